"""A workbook that is newer than what is shipped: two lines, and everything is of its last year."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

import ukcso
from ukcso import plots, tables

pytestmark = pytest.mark.slow

#: So much later is everything in the made-up workbook than in the shipped table.
_YEARS = 3


@pytest.fixture(scope="module")
def workbook() -> pd.DataFrame:
    """Return what a reader makes of a made-up workbook of July 2026: April 2015 to March 2026."""
    crime = ukcso.load_recorded_crime(version=1)
    crime["period_start"] += pd.DateOffset(years=_YEARS)
    crime["period_end"] = crime["period_start"] + pd.offsets.QuarterEnd(0)
    crime = crime[crime["period_end"] < "2026-04-01"].reset_index(drop=True)
    file = "prc-pfa-mar2013-onwards-tables-230726.ods"
    origin = {"dataset": "recorded_crime", "version": "own", "file": file, "sha256": 64 * "a"}
    crime.attrs["ukcso"] = origin
    return crime


@pytest.fixture(scope="module")
def residents() -> pd.DataFrame:
    """Return made-up estimates of mid-2015 to mid-2027, with those of mid-2025 among them."""
    people = ukcso.load_population(version=2)
    people["mid_year"] += _YEARS
    people.attrs["ukcso"] = {
        "dataset": "population",
        "version": "own",
        "file": "mye25tablesew.xlsx",
        "sha256": 64 * "b",
    }
    return people


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """What is warned of is tested elsewhere."""
    with warnings.catch_warnings(action="ignore", category=ukcso.UkcsoWarning):
        yield


def same_but_for_the_years(own: pd.DataFrame, shipped: pd.DataFrame, columns: list[str]) -> None:
    """Compare tables of the workbook and of the shipped counts, three years apart."""
    pd.testing.assert_frame_equal(own[columns], shipped[columns])


class TestCounts:
    """With the workbook alone: counts and changes; rates are empty and say why."""

    def test_counts(self, workbook: pd.DataFrame) -> None:
        """2025/26 has the counts of 2022/23; no rate, for want of residents of mid-2025."""
        shipped = ukcso.area_table("86", "2022/23")
        with ukcso.pinned(recorded_crime=workbook):
            table = ukcso.area_table("86", "2025/26")
        same_but_for_the_years(table, shipped, ["area_id", "gss_code", "name", "count"])
        assert table["rate"].isna().all()
        assert set(table["why_not_rate"]) == {"no_estimate"}
        assert table.attrs["ukcso"]["why_not_ranked"]

    def test_changes(self, workbook: pd.DataFrame) -> None:
        """The change table is tested on counts, and says so."""
        shipped = ukcso.change_table("86", "2022/23")
        with ukcso.pinned(recorded_crime=workbook):
            table = ukcso.change_table("86", "2025/26")
        same_but_for_the_years(table, shipped, ["area_id", "before", "after"])
        assert table["p_value"].notna().sum() == 42
        assert table["growth_rate"].isna().all()
        assert any("counts alone" in note for note in table.attrs["ukcso"]["notes"])

    def test_pictures_that_need_no_residents(self, workbook: pd.DataFrame, tmp_path: Path) -> None:
        """A change and a trend of counts are drawn, with the name of the file below."""
        with ukcso.pinned(recorded_crime=workbook):
            for name, chart in {
                "change": plots.change("86", "2025/26"),
                "trend": plots.trend("86", "Kent", show="count"),
            }.items():
                chart.save(file := tmp_path / f"{name}.svg")
                text = file.read_text(encoding="utf-8")
                assert "2025/26" in text
                assert "prc-pfa-mar2013-onwards-tables-230726.ods" in text

    @pytest.mark.parametrize("picture", ["ranking", "funnel", "tile_map"])
    def test_pictures_of_rates_say_what_lacks(self, workbook: pd.DataFrame, picture: str) -> None:
        """The message has the reach of the estimates, and how to give newer ones."""
        words = r"no population estimate: population covers mid-2012 to mid-2024; pinned\(popul"
        with ukcso.pinned(recorded_crime=workbook), pytest.raises(ValueError, match=words):
            getattr(plots, picture)("86", "2025/26")


class TestRates:
    """With residents of mid-2025 too: everything as of a shipped year."""

    def test_rates_and_ranks(self, workbook: pd.DataFrame, residents: pd.DataFrame) -> None:
        """All columns are those of 2022/23, but for the period and what rests on other years."""
        shipped = ukcso.area_table("86", "2022/23")
        with ukcso.pinned(recorded_crime=workbook, population=residents):
            table = ukcso.area_table("86", "2025/26")
        # Places that a rank may have rest on the dispersion of the other years, and on breaks.
        others = {"period", "rank_lower", "rank_upper"}
        same_but_for_the_years(table, shipped, [name for name in shipped if name not in others])

    def test_changes_of_rates(self, workbook: pd.DataFrame, residents: pd.DataFrame) -> None:
        """Growth of the rate is there too, and the same forces are unusual."""
        shipped = ukcso.change_table("86", "2022/23")
        with ukcso.pinned(recorded_crime=workbook, population=residents):
            table = ukcso.change_table("86", "2025/26")
        same_but_for_the_years(table, shipped, ["growth_rate"])
        # A break that lies between two shipped years does not lie between these.
        assert table.loc[table["unusual"] == "above", "area_id"].tolist() == ["staffordshire"]

    @pytest.mark.parametrize("picture", ["ranking", "funnel", "tile_map", "change"])
    def test_pictures(
        self, workbook: pd.DataFrame, residents: pd.DataFrame, picture: str, tmp_path: Path
    ) -> None:
        """Each is drawn of 2025/26, and names both files."""
        with ukcso.pinned(recorded_crime=workbook, population=residents):
            getattr(plots, picture)("86", "2025/26").save(file := tmp_path / "picture.svg")
        text = file.read_text(encoding="utf-8")
        assert "2025/26" in text
        assert "prc-pfa-mar2013-onwards-tables-230726.ods" in text

    @pytest.mark.parametrize("kind", ["areas", "change"])
    def test_tables_are_verified(
        self, workbook: pd.DataFrame, residents: pd.DataFrame, kind: str, tmp_path: Path
    ) -> None:
        """The stamp names both files; the table comes out the same where both are."""
        with ukcso.pinned(recorded_crime=workbook, population=residents):
            table = getattr(tables, kind)("86", "2025/26")
            saved = table.save(tmp_path / "table.md")
            assert ukcso.verify(saved)
        assert f"population own mye25tablesew.xlsx {12 * 'b'}" in str(table.stamp)
        assert not ukcso.verify(saved)
