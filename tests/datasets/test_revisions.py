"""Mirrors src/ukcso/datasets/_revisions.py: what newer rows change in a dataset."""

from __future__ import annotations

import pandas as pd
import pytest

import ukcso


def newer() -> pd.DataFrame:
    """Return a made-up newer release: two cells revised, a quarter more, the first quarter gone."""
    crime = ukcso.load_recorded_crime(version=1)
    crime.loc[cell(crime, "kent", "86", "2023-01-01"), "offences"] += 40
    crime.loc[cell(crime, "essex", "88A", "2022-10-01"), "offences"] -= 7
    more = crime[crime["period_start"] == "2023-04-01"].assign(
        period_start=pd.Timestamp("2023-07-01"), period_end=pd.Timestamp("2023-09-30")
    )
    crime = pd.concat([crime[crime["period_start"] > "2012-04-01"], more], ignore_index=True)
    origin = {"dataset": "recorded_crime", "version": "own", "file": "prc.ods", "sha256": 64 * "a"}
    crime.attrs["ukcso"] = origin
    return crime


def cell(crime: pd.DataFrame, area: str, code: str, day: str) -> pd.Series[bool]:
    """Say which row is that of one cell."""
    return (
        (crime["area_id"] == area)
        & (crime["offence_code"] == code)
        & (crime["period_start"] == day)
    )


@pytest.fixture(scope="module")
def revision() -> ukcso.Revision:
    """Return what the made-up release changes."""
    return ukcso.revise("recorded_crime", newer(), version=1)


class TestCells:
    """Every cell that differs, and no other."""

    def test_changed_ones_come_first_by_size(self, revision: ukcso.Revision) -> None:
        """The larger move is above the smaller one, whatever its sign."""
        first = revision.largest
        assert first["area_id"].tolist() == ["kent", "essex"]
        assert first["move"].tolist() == [40.0, -7.0]
        assert (first["after"] - first["before"]).tolist() == [40.0, -7.0]
        assert set(first["column"]) == {"offences"}

    def test_added_and_gone(self, revision: ukcso.Revision) -> None:
        """A quarter has 44 forces times 18 codes, which is 792 cells."""
        counts = revision.cells["change"].value_counts()
        assert counts.to_dict() == {"added": 792, "gone": 792, "changed": 2}
        added = revision.cells[revision.cells["change"] == "added"]
        assert set(added["period_start"]) == {pd.Timestamp("2023-07-01")}
        assert added["before"].isna().all()
        assert added["after"].notna().all()

    def test_it_adds_up(self, revision: ukcso.Revision) -> None:
        """What is in the newer rows is what was there, less what is gone, with what is added."""
        counts = revision.cells["change"].value_counts()
        assert revision.n_after == revision.n_before + counts["added"] - counts["gone"]

    def test_nothing_changes(self) -> None:
        """The same rows are no revision, in whatever order."""
        crime = ukcso.load_recorded_crime(version=1)
        revision = ukcso.revise("recorded_crime", crime.iloc[::-1], version=1)
        assert not revision
        assert len(revision.cells) == len(revision.largest) == len(revision.by_area) == 0

    def test_an_estimate_of_another_edition_is_the_same_cell(self) -> None:
        """Residents of one area, year, age band and basis are compared over editions."""
        people = ukcso.load_population(version=2).query("mid_year == 2023 and preferred == 1")
        newer = people.assign(edition="mid-2025 edition", population=people["population"] + 3)
        revision = ukcso.revise("population", newer, version=2)
        changed = revision.cells[revision.cells["change"] == "changed"]
        moves = changed.loc[changed["column"] == "population", "move"]
        assert len(moves) == len(people)
        assert set(moves) == {3.0}
        assert revision.by_year["year"].tolist()[-1] == 2024

    def test_text(self) -> None:
        """A cell of text has before_text and after_text, and what the row is about."""
        figures = ukcso.load_figures(version=2)
        figures.loc[0, "hedge"] = "over"
        revision = ukcso.revise("figures", figures, version=2)
        (row,) = revision.cells.to_dict("records")
        assert (row["column"], row["before_text"], row["after_text"]) == ("hedge", "exact", "over")
        assert (row["figure_id"], row["area_id"]) == ("fig-00001", "northamptonshire")
        assert pd.isna(row["move"])
        assert "hedge exact to over" in str(revision)


class TestGroups:
    """How much moved, by area, by code and by year."""

    def test_by_area(self, revision: ukcso.Revision) -> None:
        """The moves of an area, its cells that are new, and those that are gone."""
        kent = revision.by_area.set_index("area_id").loc["kent"]
        assert kent[["changed", "added", "gone"]].tolist() == [1, 18, 18]
        assert (kent["move"], kent["largest_move"]) == (40.0, 40.0)
        assert len(revision.by_area) == 44

    def test_by_code(self, revision: ukcso.Revision) -> None:
        """A fall is below zero; its size is not."""
        grooming = revision.by_code.set_index("offence_code").loc["88A"]
        assert (grooming["move"], grooming["largest_move"]) == (-7.0, 7.0)

    def test_by_year(self, revision: ukcso.Revision) -> None:
        """Financial years, those with nothing changed left out."""
        years = revision.by_year.set_index("year")
        assert years.index.tolist() == ["2012/13", "2022/23", "2023/24"]
        assert years.loc["2022/23", "changed"] == 2

    def test_a_dataset_without_years_or_codes(self) -> None:
        """There are no groups where rows have none."""
        sources = ukcso.load_sources(version=2).iloc[1:]
        revision = ukcso.revise("sources", sources, version=2)
        assert len(revision.cells) == 1
        assert len(revision.by_area) == len(revision.by_code) == len(revision.by_year) == 0


class TestWords:
    """`str` says it for people, and which file it is of."""

    def test_lines(self, revision: ukcso.Revision) -> None:
        """Numbers of rows and cells, the years of each, the largest moves."""
        lines = str(revision).splitlines()
        assert lines[0] == (
            f"recorded_crime: own prc.ods {12 * 'a'}, 35,640 rows, against version 1, 35,640 rows"
        )
        assert lines[1:4] == [
            "2 cells changed (2022/23)",
            "792 cells added (2023/24)",
            "792 cells gone (2012/13)",
        ]
        assert lines[5].startswith("  kent, 2023-01-01, 86: ")
        assert lines[5].endswith(" (+40)")
        assert lines[6].endswith(" (-7)")
        assert repr(revision) == "<Revision of recorded_crime: 2 changed, 792 added, 792 gone>"
        assert revision._repr_html_().startswith("<pre>recorded_crime")

    def test_against_what_is_pinned(self) -> None:
        """Without a version it is what stands."""
        with ukcso.pinned(recorded_crime=newer()):
            revision = ukcso.revise("recorded_crime", newer())
        assert not revision
        assert revision.against == revision.given == f"own prc.ods {12 * 'a'}"


def test_what_does_not_fit() -> None:
    """A frame that breaks the schema, and a name that is no dataset."""
    with pytest.raises(ukcso.SchemaError):
        ukcso.revise("recorded_crime", ukcso.load_breaks())
    with pytest.raises(ukcso.UnknownDatasetError):
        ukcso.revise("crime", newer())
