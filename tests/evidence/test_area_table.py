"""Mirrors src/ukcso/evidence/_area_table.py."""

from __future__ import annotations

import warnings

import pandas as pd
import pytest

import ukcso
from ukcso.evidence import parting, rated_years, total_row

pytestmark = pytest.mark.filterwarnings(
    "ignore:.*City of London:ukcso.UkcsoWarning", "ignore:.*no counts of:ukcso.UkcsoWarning"
)


@pytest.fixture(scope="module")
def official() -> pd.DataFrame:
    """Return class 86 by force area in 2022/23."""
    with warnings.catch_warnings(action="ignore"):
        return ukcso.area_table("86", "2022/23").set_index("area_id")


class TestTotalRow:
    """The row of an area that holds the others."""

    def test_releases_are_never_mixed(self) -> None:
        """18,522 in the wave of September 2018; the wave of 2023 prints 18,574."""
        table = ukcso.area_table("image_offences", "2016/17")
        assert table.attrs["ukcso"]["release_id"] == "nspcc-2018-09-image-offences"
        row = total_row(table, "United Kingdom").iloc[0]
        assert (row["count"], row["release_id"]) == (18_522, "nspcc-2018-09-image-offences")
        assert row["rank"] is pd.NA

    def test_a_release_without_a_total_has_none(self) -> None:
        """Nobody of that wave printed Yorkshire, so there is no count, and nothing else's."""
        table = ukcso.area_table("image_offences", "2016/17")
        row = total_row(table, "Yorkshire and the Humber").iloc[0]
        assert pd.isna(row["count"])
        assert row["why_not_rate"] == "no_count"

    def test_census_bases_are_never_mixed(self) -> None:
        """Areas are rebased in 2018/19, all ages; most groups of countries are not."""
        with ukcso.pinned(population=1):
            table = ukcso.area_table("86", "2018/19", ages="all")
            groups = ukcso.area_table("86", "2018/19", ages="all", kind="country_group")
            row = total_row(table, "England and Wales").iloc[0]
        bases = {frame.attrs["ukcso"]["population_basis"] for frame in (table, groups)}
        assert len(bases) == 2
        assert row["population_basis"] == table.attrs["ukcso"]["population_basis"]
        people = ukcso.load_population(version=1)
        expected = people[
            (people["area_id"] == "england-and-wales")
            & (people["mid_year"] == 2018)
            & (people["age_band"] == "all")
            & (people["basis"] == row["population_basis"])
        ]["population"]
        assert row["population"] in set(expected)

    def test_columns_are_those_of_the_table(self, official: pd.DataFrame) -> None:
        """It stands below the others; official totals hold British Transport Police."""
        table = official.reset_index()
        table.attrs = official.attrs
        row = total_row(table, "England and Wales")
        assert row.dtypes.to_dict() == table.dtypes.to_dict()
        series = ukcso.official_series("86", "England and Wales").set_index("period")["value"]
        assert row["count"].tolist() == [series["2022/23"]]


class TestRatedYears:
    """Every area of a kind in every year."""

    OPTIONS = {"ages": "0-17", "per": 100_000, "level": 0.95}  # noqa: RUF012 - read only

    def test_official_years_are_those_of_a_panel(self) -> None:
        """All financial years of the table, also those that lack a quarter."""
        asked = [ukcso.Period.parse("2022/23")]
        years, about, notes = rated_years("86", asked, "region", None, **self.OPTIONS)
        panel = ukcso.panel("86", kind="region")
        columns = ["area_id", "period", "count", "population", "rate"]
        merged = years[columns].merge(panel[columns], on=["area_id", "period"])
        assert len(merged) == len(years) == len(panel)
        assert merged["count_x"].equals(merged["count_y"])
        assert merged["rate_x"].equals(merged["rate_y"])
        assert (about["population_basis"], notes) == ("ons_mye_2021census_rebased", [])

    def test_years_begin_as_the_one_asked_for_does(self) -> None:
        """A calendar year is set beside calendar years."""
        asked = [ukcso.Period.parse("2020")]
        years, *_ = rated_years("86", asked, "region", None, **self.OPTIONS)
        assert {"2013", "2020", "2022"} <= set(years["period"])
        assert {start.month for start in years["period_start"]} == {1}

    def test_printed_years_are_of_every_release(self) -> None:
        """One row for each exact count of a year."""
        asked = [ukcso.Period.parse("2017/18")]
        years, *_ = rated_years("image_offences", asked, "police_force_area", None, **self.OPTIONS)
        assert years["release_id"].nunique() > 2
        assert not years.duplicated(["area_id", "period", "release_id"]).any()

    def test_areas_of_other_tables_are_named(self) -> None:
        """As by `area_table`."""
        asked = [ukcso.Period.parse("2022/23")]
        *_, notes = rated_years("86", asked, "nation", None, **self.OPTIONS)
        assert "no counts of Northern Ireland, Scotland" in notes[0]


class TestParting:
    """What lies between two periods that one release or table counts."""

    @pytest.mark.parametrize(
        ("name", "area_id", "years", "expected"),
        [
            # breaks v1: brk-003 recording in 2014, brk-001 the new offence in 88A of April 2017
            ("86", "kent", ("2013/14", "2014/15"), ["brk-003"]),
            ("86", "kent", ("2015/16", "2016/17"), []),
            ("88A", "kent", ("2016/17", "2018/19"), ["brk-001"]),
            ("86", "kent", ("2012/13", "2020/21"), ["brk-003"]),
            # a census basis and another way to collect releases part nothing here
            ("86", "kent", ("2019/20", "2022/23"), []),
            ("image_offences", "kent", ("2022/23", "2023/24"), []),
            (None, "somewhere", ("2013/14", "2014/15"), []),
        ],
    )
    def test_breaks(
        self, name: str | None, area_id: str, years: tuple[str, str], expected: list[str]
    ) -> None:
        """Of law and recording, by code and area."""
        periods = map(ukcso.Period.parse, years)
        assert [change.break_id for change in parting(name, area_id, *periods)] == expected
