"""Mirrors src/ukcso/evidence/_area_table.py."""

from __future__ import annotations

import warnings

import pandas as pd
import pytest

import ukcso
from ukcso.evidence import total_row

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
