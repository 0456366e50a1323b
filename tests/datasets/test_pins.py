"""Mirrors src/ukcso/datasets/_pins.py, with _own.py: data of one's own in the place of datasets."""

from __future__ import annotations

import asyncio
import gc
import hashlib
import threading
import time
import weakref

import pandas as pd
import pytest

import ukcso
from ukcso.datasets import _pins, _store, is_own, own_file, version_in
from ukcso.datasets._own import own_label

_HASH = hashlib.sha256(b"the file").hexdigest()


def years_later(years: int, **said: str) -> pd.DataFrame:
    """Return the shipped counts as if they were of later years, as a reader returns them."""
    crime = ukcso.load_recorded_crime(version=1)
    crime["period_start"] += pd.DateOffset(years=years)
    crime["period_end"] = crime["period_start"] + pd.offsets.QuarterEnd(0)
    origin = {"dataset": "recorded_crime", "version": "own", "file": "prc.ods", "sha256": _HASH}
    crime.attrs["ukcso"] = origin | said
    return crime


@pytest.fixture(scope="module")
def newer() -> pd.DataFrame:
    """Return a made-up workbook of July 2026: counts of April 2015 to June 2026."""
    return years_later(3)


def kent(period: str) -> float:
    """Return class 86 in Kent in a year, of the table that stands."""
    found = ukcso.official_series("86", "Kent").set_index("period")["value"]
    return float(found[period])


def wave() -> dict[str, pd.DataFrame]:
    """Return a figure of one's own with the release and the source that it names."""
    figures = ukcso.load_figures(version=1)
    figures = figures[figures["measure"] == "image_offences"].head(1)
    own = {"figure_id": "fig-90001", "release_id": "mine-2026", "source_id": "my-letters"}
    releases = ukcso.load_releases(version=1).head(1).assign(release_id="mine-2026")
    sources = ukcso.load_sources(version=1).head(1).assign(source_id="my-letters")
    return {"figures": figures.assign(**own), "releases": releases, "sources": sources}


class TestWhatStands:
    """Every function rests on the rows that are pinned, and says so."""

    def test_functions_without_a_parameter_for_it(self, newer: pd.DataFrame) -> None:
        """The count of 2022/23 is that of 2025/26 in a table three years later."""
        before = kent("2022/23")
        with ukcso.pinned(recorded_crime=newer) as used:
            assert kent("2025/26") == before
            table = ukcso.area_table("86", "2025/26").set_index("area_id")
            assert table.loc["kent", "count"] == before
            assert ukcso.panel("86", "Kent", "2025/26")["count"].tolist() == [before]
        assert used["recorded_crime"] == f"own prc.ods {_HASH[:12]}"
        assert table.attrs["ukcso"]["datasets"]["recorded_crime"] == used["recorded_crime"]
        assert kent("2022/23") == before

    def test_the_loader_gives_the_rows_and_where_they_are_from(self, newer: pd.DataFrame) -> None:
        """`load_x` in the block returns the own frame, the caller's own copy of it."""
        with ukcso.pinned(recorded_crime=newer):
            loaded = ukcso.load_recorded_crime()
            loaded.loc[0, "offences"] = -9
            again = ukcso.load("recorded_crime")
        pd.testing.assert_frame_equal(again, newer, check_like=False)
        assert again.attrs["ukcso"] == newer.attrs["ukcso"]
        assert version_in(again.attrs["ukcso"]) == f"own prc.ods {_HASH[:12]}"

    def test_later_edits_of_the_frame_do_not_reach_the_block(self) -> None:
        """One copy is kept, made when `pinned` is called."""
        mine = years_later(3)
        block = ukcso.pinned(recorded_crime=mine)
        mine["offences"] = 0
        with block:
            assert kent("2025/26") > 0

    def test_facts(self, newer: pd.DataFrame) -> None:
        """`metadata` says that the data are own, whence, and until when they reach."""
        with ukcso.pinned(recorded_crime=newer):
            facts = ukcso.metadata("recorded_crime")
            with pytest.raises(ukcso.InvalidInputError, match="no file of this package"):
                ukcso.path("recorded_crime")
            assert set(ukcso.list_datasets()["version"]) == {1, 2}
        assert (facts.version, facts.sha256, facts.rows) == ("own", _HASH, len(newer))
        assert facts.covers == "April 2015 to June 2026"
        assert (facts.publication, facts.publisher) == ("prc.ods", "own data")

    def test_until_when_it_reaches(self, newer: pd.DataFrame) -> None:
        """A year outside the own table is refused with the reach of that table."""
        with ukcso.pinned(recorded_crime=newer):
            with pytest.raises(ukcso.InvalidInputError, match=r"own prc\.ods .* from April 2015"):
                ukcso.area_table("86", "2012/13")
            lines = ukcso.trend_table("86", "Kent", across="allow")
        assert lines["period"].tolist()[::10] == ["2015/16", "2025/26"]
        assert lines.attrs["ukcso"]["incomplete"] == ["2026/27"]

    def test_no_rate_without_residents_and_the_reason(self, newer: pd.DataFrame) -> None:
        """Residents of mid-2025 are not shipped: rates are empty, and there once they are given."""
        people = ukcso.load_population(version=2)
        people["mid_year"] += 1
        with ukcso.pinned(recorded_crime=newer):
            table = ukcso.area_table("86", "2025/26")
            assert table["rate"].isna().all()
            assert set(table["why_not_rate"]) == {"no_estimate"}
            with (
                ukcso.pinned(population=people) as used,
                pytest.warns(ukcso.UkcsoWarning, match="City of London"),
            ):
                table = ukcso.area_table("86", "2025/26")
        assert table["rate"].notna().all()
        assert is_own(used["population"])

    def test_fewer_codes(self, newer: pd.DataFrame) -> None:
        """A code that the rows lack is refused, though the shipped table has it."""
        with ukcso.pinned(recorded_crime=newer[newer["offence_code"] == "86"]):
            for ask in (
                lambda: ukcso.area_table("88A", "2025/26"),
                lambda: ukcso.trend_table("88A", "Kent"),
                lambda: ukcso.official_series("88A", "Kent"),
                lambda: ukcso.panel("88A"),
            ):
                with pytest.raises(ukcso.InvalidInputError, match=r"which holds 86$"):
                    ask()

    def test_fewer_areas(self, newer: pd.DataFrame) -> None:
        """An area that the rows lack is told, and not where the shipped counts of it are."""
        with ukcso.pinned(recorded_crime=newer[newer["area_id"] != "kent"]):
            with pytest.raises(ukcso.InvalidInputError, match=r"these rows lack Kent$"):
                ukcso.trend_table("86", "Kent")
            with pytest.raises(ukcso.InvalidInputError, match="England and Wales is not in"):
                ukcso.official_series("86", "England and Wales")
            with pytest.warns(ukcso.UkcsoWarning, match="these rows lack Kent"):
                ukcso.area_table("86", "2022/23")

    def test_no_rows_and_a_single_quarter(self) -> None:
        """What little there is is told; no function falls over it."""
        crime = ukcso.load_recorded_crime(version=1)
        with ukcso.pinned(recorded_crime=crime.head(0)):
            with pytest.raises(ukcso.InvalidInputError, match="it has no rows"):
                ukcso.area_table("86", "2022/23")
            assert ukcso.metadata("recorded_crime").covers == ""
        with ukcso.pinned(recorded_crime=crime[crime["period_start"] == "2023-04-01"]):
            with pytest.raises(ukcso.InvalidInputError, match="from April 2023 to June 2023"):
                ukcso.area_table("86", "2022/23")
            assert len(ukcso.trend_table("86", "Kent")) == 0
            assert len(ukcso.official_series("86", "Kent", frequency="quarter")) == 1

    def test_codes_and_measures_of_ones_own(self) -> None:
        """A code of one's own has counts, rates and a title, once its list is given too."""
        code = ukcso.load_offence_codes(version=1).query("offence_code == '86'")
        crime = ukcso.load_recorded_crime(version=1).query("offence_code == '86'")
        with (
            ukcso.pinned(
                offence_codes=ukcso.combine(
                    "offence_codes", code.assign(offence_code="99", title="X")
                ),
                recorded_crime=crime.assign(offence_code="99"),
            ),
            pytest.warns(ukcso.UkcsoWarning, match="City of London"),
        ):
            table = ukcso.tables.areas("99", "2022/23")
        assert table.caption.startswith("X (class 99): offences recorded")

    def test_printed_figures_claims_and_what_they_imply(self) -> None:
        """Figures that name a release and a source of one's own; claims are checked with them."""
        own = wave()
        claims = ukcso.load_claims(version=1).head(1)
        mine = {"release_id": "mine-2026", "source_id": "my-letters", "claim_id": "clm-90001"}
        own["claims"] = claims.assign(**mine)
        with ukcso.pinned(**own) as used:
            measure, area = own["figures"][["measure", "area_id"]].iloc[0]
            assert ukcso.series(measure, area)["release_id"].tolist() == ["mine-2026"]
            assert ukcso.check_claims()["claim_id"].tolist() == ["clm-90001"]
            assert set(ukcso.contradictions()["release_id"]) <= {"mine-2026"}
            assert set(ukcso.implied()["release_id"]) <= {"mine-2026"}
            cited = ukcso.cite(ukcso.series(measure, area))
        assert all(is_own(used[name]) for name in own)
        assert cited.splitlines()[0].startswith("Author's own data (n.d.). figures")
        assert len(ukcso.check_claims()) > 500

    def test_own_rows_as_a_parameter_are_held_too(self) -> None:
        """The pinned figures, handed over as `figures=`, are no third version of them."""
        with ukcso.pinned(**wave()):
            area = ukcso.load_figures()["area_id"].iloc[0]
            table = ukcso.series("image_offences", area, figures=ukcso.load_figures())
        assert table.attrs["ukcso"]["own"] == []
        assert is_own(table.attrs["ukcso"]["datasets"]["figures"])


class TestChecks:
    """A frame is checked when it is handed over, with what it names."""

    def test_a_cell_that_breaks_the_schema(self, newer: pd.DataFrame) -> None:
        """Every failing cell is listed."""
        with pytest.raises(ukcso.SchemaError, match="offences is missing"):
            ukcso.pinned(recorded_crime=newer.drop(columns="offences"))

    def test_a_code_that_nobody_knows(self, newer: pd.DataFrame) -> None:
        """A code must be a row of `offence_codes`, the shipped one or one of the caller's."""
        odd = newer.head(3).assign(offence_code="999")
        with pytest.raises(ukcso.SchemaError, match="must be offence_code of a row") as caught:
            ukcso.pinned(recorded_crime=odd)
        assert len(caught.value.failures) >= 3

    def test_rows_that_are_pinned_together_name_each_other(self) -> None:
        """A release of one's own counts if it is handed over, here or around."""
        own = wave()
        with pytest.raises(ukcso.SchemaError, match="release_id of a row of releases"):
            ukcso.pinned(figures=own["figures"])
        supporting = {name: own[name] for name in ("releases", "sources")}
        with ukcso.pinned(**supporting), ukcso.pinned(figures=own["figures"]):
            assert len(ukcso.load_figures()) == 1

    def test_parents_are_looked_at_first(self) -> None:
        """Where releases are broken, that is told, and not what figures cannot find in them."""
        own = wave()
        own["releases"] = own["releases"].drop(columns="release_id")
        with pytest.raises(ukcso.SchemaError, match=r"^releases: 1 failure"):
            ukcso.pinned(**own)

    def test_what_a_version_pinned_beside_it_lacks(self) -> None:
        """Rows are checked against the version that will stand beside them, not the newest."""
        figures = ukcso.load_figures(version=2)
        ukcso.pinned(figures=figures)
        newest = set(ukcso.load_releases(version=2)["release_id"])
        lacking = newest - set(ukcso.load_releases(version=1)["release_id"])
        assert lacking
        with pytest.raises(ukcso.SchemaError, match="releases"):
            ukcso.pinned(figures=figures, releases=1)

    def test_what_is_no_dataset(self, newer: pd.DataFrame) -> None:
        """A name that is none is refused, whatever is given for it."""
        with pytest.raises(ukcso.UnknownDatasetError, match="no dataset 'crime'"):
            ukcso.pinned(crime=newer)

    def test_a_frame_of_another_library(self) -> None:
        """It is asked for as pandas has it."""
        polars = pytest.importorskip("polars")
        with pytest.raises(ukcso.InvalidInputError, match="DataFrame of polars: its to_pandas"):
            ukcso.pinned(breaks=polars.DataFrame({"break_id": ["brk-001"]}))
        with pytest.raises(ukcso.UnknownDatasetError, match=r"no version 'crime\.csv' of breaks"):
            ukcso.pinned(breaks="crime.csv")

    def test_the_same_rows_are_checked_once(self, newer: pd.DataFrame) -> None:
        """Pinning 35,640 rows again costs their hash, not their validation."""
        with ukcso.pinned(recorded_crime=newer):
            pass
        checked = dict(_store.STORE.checked)
        start = time.perf_counter()
        for _ in range(10):
            with ukcso.pinned(recorded_crime=newer.copy()):
                pass
        assert time.perf_counter() - start < 1
        assert dict(_store.STORE.checked).keys() == checked.keys()

    def test_an_edit_in_place_is_noticed(self) -> None:
        """The same object with another number is another table, whatever its attrs say."""
        mine = years_later(3)
        with ukcso.pinned(recorded_crime=mine):
            before = kent("2025/26")
        cell = (mine["area_id"] == "kent") & (mine["offence_code"] == "86")
        last = cell & (mine["period_start"] == "2026-01-01")
        mine.loc[last, "offences"] += 1_000
        with ukcso.pinned(recorded_crime=mine):
            assert kent("2025/26") == before + 1_000

    def test_no_more_than_some_frames_are_kept(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Memory is bounded: the frame that was asked for longest ago goes first."""
        monkeypatch.setattr(_pins, "_MOST_CHECKED", 2)
        monkeypatch.setattr(_store, "STORE", _store.Store(_store.STORE.root))
        breaks = ukcso.load_breaks(version=1)
        kept = []
        for rows in (3, 4, 5):
            ukcso.pinned(breaks=breaks.head(rows))
            kept.append(weakref.ref(next(reversed(_store.STORE.checked.values()))[0]))
        gc.collect()
        assert [frame() is None for frame in kept] == [True, False, False]

    def test_cells_without_a_hash_are_checked_each_time(self) -> None:
        """A list in a cell is no reason for another error than that of the schema."""
        odd = ukcso.load_breaks(version=1).astype(object)
        odd.iloc[0, 1] = ["a list"]
        with pytest.raises(ukcso.SchemaError):
            ukcso.pinned(breaks=odd)


class TestBlocks:
    """Nested blocks, threads and tasks: what stands is what the innermost block pins."""

    def test_blocks_nest(self, newer: pd.DataFrame) -> None:
        """Own rows in a block, a version in the one inside, and other own rows in a third."""
        shipped = kent("2022/23")
        with ukcso.pinned(recorded_crime=newer):
            own = kent("2022/23")
            with ukcso.pinned(recorded_crime=1):
                assert kent("2022/23") == shipped
                with ukcso.pinned(recorded_crime=years_later(1, file="other.ods")):
                    assert kent("2023/24") == shipped
            assert kent("2022/23") == own != shipped

    def test_own_rows_by_their_name(self, newer: pd.DataFrame) -> None:
        """What a frame says it is from can be pinned again, where those rows are."""
        name = own_label("prc.ods", _HASH)
        with ukcso.pinned(recorded_crime=newer), ukcso.pinned(recorded_crime=1):
            with ukcso.pinned(recorded_crime=name):
                assert len(ukcso.load_recorded_crime()) == len(newer)
            assert len(ukcso.load("recorded_crime", "own")) == len(newer)
        with pytest.raises(ukcso.UnknownDatasetError, match=r"hand prc\.ods over"):
            ukcso.pinned(recorded_crime=name)

    def test_nothing_leaks_out_of_a_block(self, newer: pd.DataFrame) -> None:
        """Results are remembered for the rows they are from; outside, the shipped ones stand."""
        before = ukcso.trend_table("86", "Kent", across="allow")
        for rows in (newer, newer[newer["period_start"] >= "2020-04-01"], newer):
            with ukcso.pinned(recorded_crime=rows):
                found = ukcso.trend_table("86", "Kent", across="allow")
            assert len(found) == (11 if rows is newer else 6)
            after = ukcso.trend_table("86", "Kent", across="allow")
            pd.testing.assert_frame_equal(before, after)

    def test_other_threads_are_not_concerned(self, newer: pd.DataFrame) -> None:
        """A thread that was started in the block has the shipped rows."""
        found: list[object] = []
        with ukcso.pinned(recorded_crime=newer):
            thread = threading.Thread(
                target=lambda: found.append(ukcso.load_recorded_crime().attrs["ukcso"]["version"])
            )
            thread.start()
            thread.join()
        assert found == [1]

    def test_tasks_have_their_own_blocks(self) -> None:
        """Two tasks that take turns each see their own rows."""

        async def look(years: int) -> str:
            with ukcso.pinned(recorded_crime=years_later(years)):
                await asyncio.sleep(0)
                periods = ukcso.official_series("86", "Kent")["period"]
                await asyncio.sleep(0)
                assert ukcso.official_series("86", "Kent")["period"].equals(periods)
                return str(periods.iloc[-1])

        async def both() -> list[str]:
            return list(await asyncio.gather(look(1), look(2)))

        assert asyncio.run(both()) == ["2023/24", "2024/25"]


class TestNames:
    """Own data are called by their file and the beginning of its hash."""

    def test_rows_that_name_no_file(self) -> None:
        """The hash is then that of the rows as CSV."""
        breaks = ukcso.load_breaks(version=1).head(2)
        breaks.attrs = {}
        text = breaks.to_csv(index=False, lineterminator="\n")
        with ukcso.pinned(breaks=breaks):
            origin = ukcso.load_breaks().attrs["ukcso"]
        assert origin["file"] is None
        assert origin["sha256"] == hashlib.sha256(text.encode()).hexdigest()

    def test_rows_of_a_shipped_version(self) -> None:
        """Some rows of a shipped dataset are own data, of no file."""
        with ukcso.pinned(breaks=ukcso.load_breaks(version=1).head(2)):
            assert ukcso.load_breaks().attrs["ukcso"]["file"] is None

    @pytest.mark.parametrize(
        ("file", "shown"),
        [
            ("prc 2026, final.ods", "prc 2026_ final.ods"),
            ("a.xlsx; b.xlsx; c.xlsx", "a.xlsx and 2 more"),
            ("x" * 200 + ".csv", "x" * 80),
            ("<b>`$.csv", "_b___.csv"),
        ],
    )
    def test_file_names(self, file: str, shown: str) -> None:
        """A name is shown without what would end a stamp or be markup in a document."""
        label = own_label(file, _HASH)
        assert label == f"own {shown} {_HASH[:12]}"
        assert own_file(label) == shown
        assert is_own(label)

    def test_what_is_no_name(self) -> None:
        """A version, and other text, are none."""
        assert not any(map(is_own, (1, "own", "own prc.ods", "v1 0123456789ab", None)))
