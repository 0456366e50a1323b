"""Mirrors src/ukcso/readers/friendly: own figures and claims as people keep them."""

from __future__ import annotations

import csv
import warnings
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import ukcso
from ukcso import readers
from ukcso.areas import all_areas
from ukcso.errors import InvalidInputError, SchemaError
from ukcso.measures import titles
from ukcso.printed import HEDGES
from ukcso.readers.friendly import _cells

_NAMES = {"release": "my-wave", "source": "my-letters"}


def written(path: Path, rows: list[list[Any]]) -> Path:
    """Write rows as CSV or XLSX, as the ending says."""
    if path.suffix == ".csv":
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(rows)
        return path
    openpyxl = pytest.importorskip("openpyxl")
    pytest.importorskip("python_calamine")
    book = openpyxl.Workbook()
    book.active.title = "Numbers"
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def words(hedge: str) -> str:
    """Return the first word of a hedge, as it stands before a number."""
    return f"{HEDGES[hedge].words[0]} " if hedge != "exact" else ""


def whole(number: float) -> str:
    """Write a number as people do."""
    return f"{number:,.15g}"


def label(start: pd.Timestamp, end: pd.Timestamp) -> str:
    """Return the name of a period."""
    return ukcso.Period(start.date(), end.date()).label


def by_name(area_id: str) -> str:
    """Return what an area is called; its id where another one is called so too."""
    with warnings.catch_warnings(category=ukcso.UkcsoWarning, action="error"):
        try:
            name = all_areas()[area_id].name
            return name if ukcso.find_area(name).area_id == area_id else area_id
        except ukcso.UkcsoWarning:
            return area_id


def as_people_write(figures: pd.DataFrame) -> list[list[Any]]:
    """Return shipped figures with names for ids, words beside numbers and periods by name."""
    rows: list[list[Any]] = [
        [
            "Figure ID",
            "Measure",
            "Breakdown",
            "Area",
            "Period",
            "Number",
            "Unit",
            "Release",
            "Source",
            "Period basis",
            "Note",
        ]
    ]
    rows += [
        [
            row.figure_id,
            titles()[row.measure] if row.measure != "sexual_grooming" else row.measure,
            row.breakdown,
            by_name(row.area_id),
            label(row.period_start, row.period_end),
            f"{words(row.hedge)}{whole(row.value)}",
            row.unit,
            row.release_id,
            row.source_id,
            row.period_basis,
            row.note,
        ]
        for row in figures.fillna("").itertuples()
    ]
    return rows


class TestFigures:
    """`readers.figures`."""

    @pytest.mark.parametrize("ending", ["csv", "xlsx"])
    def test_the_shipped_figures_come_back(self, tmp_path: Path, ending: str) -> None:
        """Written with names, words and periods by name, all of them are read to the same rows."""
        shipped = ukcso.load_figures(version=2)
        file = written(tmp_path / f"mine.{ending}", as_people_write(shipped))
        read = readers.figures(file)
        pd.testing.assert_frame_equal(read, shipped)
        assert read.attrs["ukcso"]["file"] == f"mine.{ending}"
        assert read.attrs["ukcso"]["version"] == "own"

    def test_as_little_as_there_may_be(self, tmp_path: Path) -> None:
        """A title above, four columns, an empty row; the rest is said for all."""
        rows: list[list[Any]] = [
            ["Answers to our letters", None, None, None],
            [None, None, None, None],
            ["force", "year", "what is counted", "number"],
            ["Herts Police", "2017/18", "indecent images", "fewer than 500"],
            [None, None, None, None],
            ["GMP", "YE March 2018", "image_offences", 1234],
        ]
        read = readers.figures(written(tmp_path / "mine.xlsx", rows), **_NAMES)
        assert read["figure_id"].tolist() == ["fig-90001", "fig-90002"]
        assert read["area_id"].tolist() == ["hertfordshire", "greater-manchester"]
        assert read["value"].tolist() == [500.0, 1234.0]
        assert read["hedge"].tolist() == ["under", "exact"]
        assert set(read["period_start"]) == {pd.Timestamp("2017-04-01")}
        assert set(read["release_id"]) == {"my-wave"}
        assert set(read["unit"]) == {"offences"}

    def test_two_days_for_a_period(self, tmp_path: Path) -> None:
        """Dates of a workbook and ISO text are days; 1/4/2017 is two."""
        rows: list[list[Any]] = [
            ["area", "from", "to", "measure", "value"],
            ["Kent", date(2017, 4, 1), "2018-03-31", "image_offences", 5],
        ]
        read = readers.figures(written(tmp_path / "mine.xlsx", rows), **_NAMES)
        assert label(read["period_start"].iloc[0], read["period_end"].iloc[0]) == "2017/18"
        rows[1][2] = "31/3/2018"
        with pytest.raises(SchemaError, match=r"C2, period_end: '31/3/2018' \(must be a day"):
            readers.figures(written(tmp_path / "mine.xlsx", rows), **_NAMES)

    def test_every_problem_with_its_cell(self, tmp_path: Path) -> None:
        """One error has them all, with addresses as Excel names them."""
        rows: list[list[Any]] = [
            ["My numbers"],
            ["area", "period", "measure", "value", "release", "source", "note"],
            ["Kemt", "2017/18", "image_offences", 5, "my-wave", "my-letters", None],
            ["Kent", "long ago", "86", "a lot", "my-wave", "my-letters", None],
            ["Kent", "2017/18", "image_offences", -5, "My Wave!", "my-letters", None],
            ["Kent", "2017/18", "image_offences", None, "my-wave", "my-letters", "x"],
        ]
        with pytest.raises(SchemaError) as caught:
            readers.figures(written(tmp_path / "mine.xlsx", rows))
        failures = caught.value.failures
        cells = dict(zip(failures["cell"], failures["rule"], strict=True))
        assert set(cells) == {"A3", "B4", "C4", "D4", "D5", "E5", "D6"}
        assert "no area 'Kemt'; nearest: Kent" in cells["A3"]
        assert "must be a measure" in cells["C4"]
        assert cells["D5"] == "must be at least 0"
        assert set(failures["sheet"]) == {"Numbers"}
        assert str(caught.value).startswith("mine.xlsx: 7 cells cannot be read\n  sheet 'Numbers'")

    @pytest.mark.parametrize(
        ("headings", "message"),
        [
            (["a", "b", "c"], "no sheet has rows below headings"),
            (["area", "period", "value", "colour"], "D1: 'colour' is no heading; there are"),
            (["area", "period", "value", "number"], "D1: 'number' is a second column of value"),
        ],
    )
    def test_headings(self, tmp_path: Path, headings: list[str], message: str) -> None:
        """What lacks, what is unknown and what is there twice is told with what there is."""
        file = written(tmp_path / "mine.csv", [headings, ["x"] * len(headings)])
        with pytest.raises(InvalidInputError, match=message):
            readers.figures(file)

    def test_columns_that_lack_are_told_with_every_other_mistake(self, tmp_path: Path) -> None:
        """A column once, by its sheet's row of headings, and beside it each cell."""
        rows = [["area", "period", "number"], ["Kemt", "2017/18", 5], ["Kent", "long ago", "lots"]]
        with pytest.raises(SchemaError) as caught:
            readers.figures(written(tmp_path / "mine.csv", rows))
        failures = caught.value.failures
        assert sorted(failures["cell"]) == ["A2", "B3", "C3", "row 1"]
        assert failures["rule"].iloc[0] == "there must be a column of measure"

    def test_a_file_is_its_own_release_and_source(self, tmp_path: Path) -> None:
        """Without such columns nothing more is needed to pin, show and cite the rows."""
        rows = [
            ["Force", "Year", "Measure", "Number", "Published", "Source"],
            ["Kent", "2030/31", "image_offences", 50, "2031-05", None],
            ["Kent", "2031/32", "image_offences", 60, None, "https://example.org/a"],
        ]
        mine = readers.figures(written(tmp_path / "My figures.csv", rows))
        assert set(mine["release_id"]) == {"own-my-figures-csv"}
        assert mine["source_id"].tolist() == ["own-my-figures-csv", "own-example-org-a"]
        assert mine["note"].tolist() == ["published 2031-05", "source https://example.org/a"]
        assert "own-my-figures-csv" in mine.attrs["reading"]["notes"][0]
        with ukcso.pinned(figures=mine):
            table = ukcso.series("image_offences", "Kent")
            assert "My figures.csv" in ukcso.cite(table)
            assert "own-my-figures-csv" in ukcso.tables.figures(table).to_csv()
            ukcso.trend_table("image_offences", "Kent")
        assert table["value"].tolist() == [50, 60]
        with (
            pytest.raises(SchemaError, match="must be release_id of a row of releases"),
            ukcso.pinned(figures=mine.assign(release_id="typed-wrong")),
        ):
            pass
        releases = ukcso.load_releases().head(1)
        with (
            pytest.raises(SchemaError, match="must be release_id of a row of releases"),
            ukcso.pinned(figures=mine, releases=releases),
        ):
            pass

    def test_two_hedges(self, tmp_path: Path) -> None:
        """A word beside the number and another in the column of hedges is a problem."""
        rows = [
            ["area", "period", "measure", "value", "hedge"],
            ["Kent", "2017/18", "image_offences", "over 5", "nearly"],
            ["Kent", "2017/18", "image_offences", "over 5", "more than"],
        ]
        with pytest.raises(SchemaError, match="1 cell cannot be read") as caught:
            readers.figures(written(tmp_path / "mine.csv", rows), **_NAMES)
        assert caught.value.failures["cell"].tolist() == ["E2"]

    def test_pinned_with_their_release(self, tmp_path: Path) -> None:
        """The rows stand in a block once the release and source that they name stand too."""
        rows = [
            ["area", "period", "measure", "value"],
            ["Kent", "2030/31", "image_offences", "over 5"],
        ]
        mine = readers.figures(written(tmp_path / "mine.csv", rows), **_NAMES)
        release = ukcso.load_releases(version=1).head(1).assign(release_id="my-wave")
        source = ukcso.load_sources(version=1).head(1).assign(source_id="my-letters")
        with ukcso.pinned(figures=mine, releases=release, sources=source):
            table = ukcso.series("image_offences", "Kent")
        assert table[["period", "hedge"]].to_numpy().tolist() == [["2030/31", "over"]]


class TestClaims:
    """`readers.claims`."""

    def test_the_shipped_claims_come_back(self, tmp_path: Path) -> None:
        """Written with names, words and periods by name, all of them are read to the same rows."""
        shipped = ukcso.load_claims(version=2)
        rows: list[list[Any]] = [
            [
                "claim_id",
                "relation",
                "printed",
                "measure",
                "breakdown",
                "area",
                "period",
                "ref_measure",
                "ref_breakdown",
                "ref_area",
                "compared with",
                "subject value",
                "ref value",
                "release",
                "source",
                "period_basis",
                "note",
            ]
        ]
        for row in shipped.itertuples():
            has_reference = not pd.isna(row.ref_measure)
            rows.append(
                [
                    row.claim_id,
                    row.relation.replace("_", " "),
                    f"{words(row.hedge)}{row.printed}{' per cent' * (row.unit == 'percent')}",
                    row.measure,
                    row.breakdown,
                    row.area_id,
                    label(row.period_start, row.period_end),
                    row.ref_measure if has_reference else "",
                    row.ref_breakdown if has_reference else "",
                    row.ref_area_id if has_reference else "",
                    label(row.ref_period_start, row.ref_period_end) if has_reference else "",
                    "" if pd.isna(row.subject_value) else whole(row.subject_value),
                    "" if pd.isna(row.ref_value) else whole(row.ref_value),
                    row.release_id,
                    row.source_id,
                    row.period_basis,
                    "" if pd.isna(row.note) else row.note,
                ]
            )
        read = readers.claims(written(tmp_path / "mine.csv", rows))
        pd.testing.assert_frame_equal(read, shipped)

    def test_what_is_not_said_is_as_the_subjects(self, tmp_path: Path) -> None:
        """A fall on the year before, a share of a measure, and so many a day."""
        rows = [
            ["relation", "printed", "measure", "area", "period", "against", "ref measure"],
            ["fall", "nearly 40%", "indecent images", "Kent", "2017/18", "2016/17", ""],
            ["share", "13 per cent", "online flag", "Kent", "2019/20", "", "child_sexual_offences"],
            ["per day", "3", "indecent images", "Kent", "2017/18", "", ""],
        ]
        rows[2][2] = "online_child_sexual_offences"
        read = readers.claims(written(tmp_path / "mine.csv", rows), **_NAMES)
        fall, share, per_day = read.itertuples()
        assert (fall.relation, fall.printed, fall.hedge) == ("growth", "-40", "nearly")
        assert (fall.ref_measure, fall.ref_area_id) == ("image_offences", "kent")
        assert fall.ref_period_start == pd.Timestamp("2016-04-01")
        assert share.ref_period_start == share.period_start
        assert share.ref_measure == "child_sexual_offences"
        assert pd.isna(per_day.ref_measure)
        assert read["unit"].tolist() == ["percent", "percent", "offences_per_day"]

    def test_a_claim_without_its_reference(self, tmp_path: Path) -> None:
        """Growth of nothing is no statement; the year before is not guessed."""
        rows = [
            ["relation", "printed", "measure", "area", "period", "against"],
            ["rise", "40%", "indecent images", "Kent", "2017/18", ""],
            ["leap", "40%", "indecent images", "Kent", "2017/18", "2016/17"],
        ]
        with pytest.raises(SchemaError) as caught:
            readers.claims(written(tmp_path / "mine.csv", rows), **_NAMES)
        assert {"A3"} < set(caught.value.failures["cell"])
        assert len(caught.value.failures) == 2
        assert "growth needs both" in str(caught.value)


class TestCells:
    """Numbers with the word beside them."""

    @pytest.mark.parametrize(
        ("text", "digits", "hedge"),
        [
            ("1,234", "1234", ""),
            ("over 500", "500", "over"),
            ("More than 1,500 offences", "1500", "over"),
            ("<5", "5", "under"),
            ("c. 300", "300", "about"),
            ("~300", "300", "about"),
            ("300+", "300", "at_least"),
            ("5 or fewer", "5", "up_to"),
            ("at least 10", "10", "at_least"),
            ("just under 40%", "40", "nearly"),
            ("0.40", "0.40", ""),
            ("\N{MINUS SIGN}22", "-22", ""),
            ("more than one in 8", "8", "over"),
            ("1 in 3", "3", ""),
        ],
    )
    def test_numbers(self, text: str, digits: str, hedge: str) -> None:
        """Digits stay as printed, and the word is its hedge."""
        assert _cells.hedged(text) == (digits, hedge)

    @pytest.mark.parametrize(
        "text", ["many", "12,34", "over 5 or more", "5-6", "", "1 2", "over", "3/4", "12..5"]
    )
    def test_what_is_no_number(self, text: str) -> None:
        """Nothing is guessed."""
        with pytest.raises(InvalidInputError, match="must be a number"):
            _cells.hedged(text)

    @pytest.mark.parametrize("hedge", HEDGES)
    def test_every_word_of_every_hedge(self, hedge: str) -> None:
        """What a hedge is called is read as that hedge."""
        for word in filter(None, HEDGES[hedge].words):
            assert _cells.hedged(f"{word} 500") == ("500", hedge)
            assert _cells.hedge_of(word) == hedge
