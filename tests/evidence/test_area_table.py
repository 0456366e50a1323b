"""Mirrors src/ukcso/evidence/_area_table.py and _people.py."""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
import pytest

import ukcso
from ukcso.errors import InvalidInputError

pytestmark = pytest.mark.filterwarnings("ignore:City of London:UserWarning")


@pytest.fixture(scope="module")
def official() -> pd.DataFrame:
    """Return class 86 by force area in 2022/23."""
    with warnings.catch_warnings(action="ignore"):
        return ukcso.area_table("86", "2022/23").set_index("area_id")


class TestOfficialCounts:
    """Class 86 of the Home Office tables, per child."""

    def test_every_force_area_is_a_row(self, official: pd.DataFrame) -> None:
        """43 areas, by name, each with count, population and rate."""
        assert len(official) == 43
        assert official["name"].is_monotonic_increasing
        assert official[["count", "population", "rate", "lower", "upper"]].notna().all(axis=None)

    def test_numbers_are_those_of_the_measure_functions(self, official: pd.DataFrame) -> None:
        """Kent: 1,738 recorded (recorded_crime), 408,340 children mid-2022 (population)."""
        kent = official.loc["kent"]
        assert (kent["count"], kent["population"]) == (1_738, 408_340)
        estimate = ukcso.rate_interval(1_738, 408_340, per=100_000)
        assert [kent["rate"], kent["lower"], kent["upper"]] == pytest.approx(
            [estimate.value, estimate.lower, estimate.upper], rel=1e-12
        )

    def test_ranks_and_funnel(self, official: pd.DataFrame) -> None:
        """The highest rate is first; the funnel opens by the overdispersion, which is told."""
        ranked = official.drop("city-of-london")
        assert ranked["rank"].tolist() == ranked["rate"].rank(ascending=False).tolist()
        positions = {"inside", "above_95", "below_95", "above_99_8", "below_99_8"}
        assert set(ranked["funnel"]) <= positions
        told = official.attrs["ukcso"]
        expected = ranked["population"] * told["pooled_rate"] / 100_000
        dispersion = ukcso.overdispersion(ranked["count"], expected)
        assert told["overdispersion"] == pytest.approx(dispersion)
        limits = ukcso.funnel_limits(
            ranked["count"], ranked["population"], per=100_000, dispersion=told["overdispersion"]
        )
        outside = ranked["rate"] > limits["upper_95"]
        assert (ranked["funnel"].str.startswith("above") == outside).all()

    def test_the_city_of_london_is_warned_of(self, official: pd.DataFrame) -> None:
        """Its rate stands, without rank or position."""
        with pytest.warns(UserWarning, match="City of London: a rate by resident population"):
            ukcso.area_table("86", "2022/23")
        city = official.loc["city-of-london"]
        assert city["rank"] is pd.NA
        assert city["funnel"] is pd.NA
        assert city["rate"] > 0

    def test_one_census_basis(self) -> None:
        """2019/20 takes the old basis, the only one with Welsh children; 2021/22 the rebased."""
        for period, basis in (("2019/20", "pre2021census"), ("2021/22", "2021census_rebased")):
            table = ukcso.area_table("86", period)
            assert set(table["population_basis"].dropna()) == {f"ons_mye_{basis}"}
            assert table["population"].notna().all()

    def test_a_year_without_welsh_children_leaves_them_missing(self) -> None:
        """2018/19 has no Welsh 0-17 estimate on any basis: four rates are missing, 43 rows stay."""
        table = ukcso.area_table("86", "2018/19").set_index("area_id")
        missing = table.index[table["rate"].isna()].tolist()
        assert missing == ["dyfed-powys", "gwent", "north-wales", "south-wales"]
        assert table["count"].notna().all()

    def test_regions_and_nations_are_sums(self, official: pd.DataFrame) -> None:
        """A region has the counts of its forces."""
        regions = ukcso.area_table("86", "2022/23", kind="region").set_index("area_id")
        london = official.loc[["city-of-london", "metropolitan"], "count"].sum()
        assert regions.loc["london", "count"] == london

    def test_the_national_total_is_that_of_official_series(self) -> None:
        """England and Wales holds British Transport Police, in both tables."""
        table = ukcso.area_table("86", "2022/23", kind="country_group").set_index("area_id")
        national = ukcso.official_series("86", "England and Wales").set_index("period")["value"]
        assert table.loc["england-and-wales", "count"] == national["2022/23"]

    def test_ties_share_the_best_rank(self) -> None:
        """Equal rates have equal ranks, and the next one skips."""
        table = ukcso.area_table("71", "2013/14")
        same = table.groupby("rate")["rank"].nunique()
        assert (same <= 1).all()

    def test_an_incomplete_year_has_no_counts(self) -> None:
        """2023/24 has its first quarter only."""
        assert ukcso.area_table("86", "2023/24")["count"].isna().all()


class TestPrintedFigures:
    """Counts as one release printed them."""

    def test_one_release_and_missing_forces(self) -> None:
        """Every row is of one release; forces it does not name stay as missing."""
        table = ukcso.area_table("image_offences", "2017/18")
        assert len(table) == 43
        assert len(set(table["release_id"])) == 1
        assert 0 < table["count"].notna().sum() < 43
        assert table.loc[table["count"].isna(), ["rate", "rank", "funnel"]].isna().all(axis=None)
        by_area = table.set_index("area_id")["count"]
        # Bedfordshire 200, Lancashire 674: NSPCC wave of September 2018
        assert (by_area["bedfordshire"], by_area["lancashire"]) == (200, 674)

    def test_a_release_may_be_asked_for(self) -> None:
        """Another wave's counts are another table."""
        table = ukcso.area_table(
            "image_offences", "2017/18", release="nspcc-2024-03-image-offences"
        ).set_index("area_id")
        assert table.loc["kent", "count"] == 1_042

    def test_nothing_printed(self) -> None:
        """A year nobody printed is 43 rows without counts."""
        table = ukcso.area_table("image_offences", "1999/00", ages="all")
        assert len(table) == 43
        assert table["count"].isna().all()


class TestRefusals:
    """Names and periods that cannot be meant."""

    @pytest.mark.parametrize(
        ("arguments", "options", "message"),
        [
            (("87", "2022/23"), {}, "no measure or offence code '87'"),
            (("image_offense", "2022/23"), {}, "nearest: image_offences"),
            (("86", "2022/23 Q1"), {}, "period must be one year"),
            (("86", "lately"), {}, "no period 'lately'"),
            (("86", "2022/23"), {"kind": "county"}, "no kind 'county'"),
            (("86", "2022/23"), {"ages": "0-5"}, "ages must be one of"),
            (("86", "2022/23"), {"per": 0}, "per must be > 0"),
            (("86", "2022/23"), {"release": "x"}, "release must be left out"),
            (("image_offences", "2017/18"), {"release": "x"}, "no release 'x'"),
        ],
    )
    def test_messages(self, arguments: tuple, options: dict[str, object], message: str) -> None:
        """The message names what is wrong."""
        with pytest.raises(InvalidInputError, match=message):
            ukcso.area_table(*arguments, **options)


class TestTrendTable:
    """`trend_table`: one area, year by year."""

    def test_official(self) -> None:
        """Kent, class 86: growth blank over the recording break, index from the first year."""
        with pytest.warns(UserWarning, match="2 of 10 growths left blank"):
            table = ukcso.trend_table("86", "Kent Police")
        by_period = table.set_index("period")
        assert by_period.loc["2022/23", "count"] == 1_738
        assert by_period.loc["2022/23", "growth"] == ukcso.growth(1_612, 1_738)
        assert by_period.loc["2022/23", "per_day"] == pytest.approx(1_738 / 365)
        assert by_period.loc["2019/20", "per_day"] == pytest.approx(1_223 / 366)
        assert by_period["index"].iloc[0] == 100
        blank = by_period.index[by_period["growth"].isna()].tolist()
        assert blank == ["2012/13", "2014/15", "2015/16"]
        assert by_period.loc["2014/15", "why_not"] == "break_in_series"
        assert len(set(by_period["population_basis"])) == 1

    def test_allowed_and_refused(self) -> None:
        """Asked to, it fills the growth in, or raises."""
        table = ukcso.trend_table("86", "kent", across="allow").set_index("period")
        assert table.loc["2014/15", "growth"] == ukcso.growth(208, 235)
        with pytest.raises(ukcso.NotComparableError):
            ukcso.trend_table("86", "kent", across="refuse")

    def test_the_city_of_london_is_warned_of(self) -> None:
        """A rate by its few residents is never given silently."""
        with pytest.warns(UserWarning, match="City of London: a rate by resident population"):
            ukcso.trend_table("86", "City of London Police", across="allow")

    def test_printed_years_of_one_release(self) -> None:
        """A three-year total does not stand among years; nothing is chained."""
        table = ukcso.trend_table("image_offences", "UK", across="allow")
        assert len(set(table["release_id"])) == 1
        assert table["period"].tolist() == ["2013", "2014", "2015"]
        assert table["count"].tolist() == [4_530, 6_303, 10_818]

    def test_no_figures(self) -> None:
        """An area nobody printed a figure for gives no rows, in the same columns."""
        none = ukcso.trend_table("image_offences", "City of London")
        some = ukcso.trend_table("86", "kent", across="allow")
        assert len(none) == 0
        assert none.dtypes.to_dict() == some.dtypes.to_dict()

    def test_numbers_agree_with_area_table(self) -> None:
        """The same count and population give the same rate, where the basis is the same."""
        trend = ukcso.trend_table("86", "kent", across="allow").set_index("period")
        areas = ukcso.area_table("86", "2022/23").set_index("area_id")
        for name in ("count", "population", "rate", "lower", "upper"):
            assert trend.loc["2022/23", name] == areas.loc["kent", name]
        assert not np.isnan(trend["rate"]).any()
