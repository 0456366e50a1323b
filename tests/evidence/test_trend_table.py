"""Mirrors src/ukcso/evidence/_trend_table.py."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import ukcso
from ukcso.evidence import WHY_NOT_RATE, exact_releases

pytestmark = pytest.mark.filterwarnings("ignore:.*City of London:ukcso.UkcsoWarning")


class TestTrendTable:
    """`trend_table`: one area, year by year."""

    def test_official(self) -> None:
        """Kent, class 86: growth blank over the recording break, index from the first year."""
        with pytest.warns(ukcso.UkcsoWarning, match="2 of 10 growths left blank"):
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

    def test_a_force_without_an_area_has_the_breaks_of_its_total(self) -> None:
        """British Transport Police is in the total of England and Wales: blank as there."""
        with pytest.warns(ukcso.UkcsoWarning, match="2 of 10 growths left blank"):
            table = ukcso.trend_table("86", "British Transport Police")
        broken = table.loc[table["why_not"] == "break_in_series", "period"].tolist()
        assert broken == ["2014/15", "2015/16"]
        assert set(table["break_ids"].dropna()) == {"brk-003"}

    def test_allowed_and_refused(self) -> None:
        """Asked to, it fills the growth in, or raises."""
        table = ukcso.trend_table("86", "kent", across="allow").set_index("period")
        assert table.loc["2014/15", "growth"] == ukcso.growth(208, 235)
        with pytest.raises(ukcso.NotComparableError):
            ukcso.trend_table("86", "kent", across="refuse")

    def test_the_city_of_london_is_warned_of(self) -> None:
        """A rate by its few residents is never given silently."""
        with pytest.warns(
            ukcso.UkcsoWarning, match="City of London: a rate by resident population"
        ):
            ukcso.trend_table("86", "City of London Police", across="allow")

    def test_printed_years_of_one_release(self) -> None:
        """A three-year total does not stand among years; nothing is chained."""
        release = "nspcc-2016-09-image-offences"
        table = ukcso.trend_table("image_offences", "UK", across="allow", release=release)
        assert set(table["release_id"]) == {release}
        assert table["period"].tolist() == ["2013", "2014", "2015"]
        assert table["count"].tolist() == [4_530, 6_303, 10_818]

    def test_the_newest_numbers_are_not_hidden(self) -> None:
        """The release that reaches furthest is taken, and the others are named."""
        table = ukcso.trend_table("image_offences", "UK", across="allow")
        assert set(table["release_id"]) == {"nspcc-2023-02-image-offences"}
        # 18,574 and 30,925, NSPCC wave of February 2023
        assert table.set_index("period")["count"].to_dict() == {
            "2016/17": 18_574,
            "2021/22": 30_925,
        }
        others = table.attrs["ukcso"]["releases_left_out"]
        assert others[0] == {
            "release_id": "nspcc-2021-12-image-offences",
            "first": "2020/21",
            "last": "2020/21",
            "n_exact": 1,
        }
        assert {it["release_id"]: (it["first"], it["last"], it["n_exact"]) for it in others}[
            "nspcc-2016-09-image-offences"
        ] == ("2013", "2015", 3)

    @pytest.mark.parametrize("area", ["wales", "west-midlands", "united-kingdom", "lancashire"])
    def test_no_other_release_reaches_further(self, area: str) -> None:
        """Whatever is left out ends no later; taken and left out are all there are."""
        table = ukcso.trend_table("image_offences", area, across="allow")
        about = table.attrs["ukcso"]
        last = table["period_end"].max()
        for other in about["releases_left_out"]:
            assert pd.Timestamp(ukcso.Period.parse(other["last"]).end) <= last
            again = ukcso.trend_table(
                "image_offences", area, across="allow", release=other["release_id"]
            )
            assert len(again) == other["n_exact"]
            assert again["period"].iloc[[0, -1]].tolist() == [other["first"], other["last"]]
        names = {it.release_id for it in exact_releases("image_offences", area)}
        assert names == {table["release_id"].iloc[0]} | {
            it["release_id"] for it in about["releases_left_out"]
        }

    def test_a_release_must_be_one_and_may_print_nothing(self) -> None:
        """An unknown one is refused; of one without a figure of Kent there are no rows."""
        with pytest.raises(ukcso.InvalidInputError, match="no release 'x'"):
            ukcso.trend_table("image_offences", "Kent", release="x")
        release = "nspcc-2016-09-image-offences"
        table = ukcso.trend_table("image_offences", "Kent", release=release)
        assert len(table) == 0
        others = table.attrs["ukcso"]["releases_left_out"]
        assert [it["release_id"] for it in others] == ["nspcc-2024-03-image-offences"]

    def test_official_counts_leave_no_release_out(self) -> None:
        """There is one official table."""
        table = ukcso.trend_table(86, "kent", across="allow")
        assert table.attrs["ukcso"]["releases_left_out"] == []
        assert table.attrs["ukcso"]["of"] == "86"

    def test_rates_say_which_basis_they_are_on_and_what_it_costs(self) -> None:
        """Gwent: three years on the old census basis, so the two rebased ones have no rate."""
        with ukcso.pinned(population=1):
            table = ukcso.trend_table("86", "Gwent", across="allow").set_index("period")
        about = table.attrs["ukcso"]
        assert about["population_basis"] == "ons_mye_pre2021census"
        assert about["on_other_basis"] == ["2021/22", "2022/23"]
        people = ukcso.load_population(version=1)
        gwent = people[(people["area_id"] == "gwent") & (people["age_band"] == "0-17")]
        for period, why_not in table["why_not_rate"].items():
            own = gwent[gwent["mid_year"] == int(period[:4])]["basis"]
            assert pd.isna(why_not) == ("ons_mye_pre2021census" in set(own))
            if not pd.isna(why_not):
                assert why_not == ("other_basis" if len(own) else "no_estimate")
                assert why_not in WHY_NOT_RATE
        assert (table["rate"].isna() == table["why_not_rate"].notna()).all()

    def test_what_is_no_year_has_no_rate_for_that_reason(self) -> None:
        """A total of 57 months has no rate by residents."""
        release = "nspcc-2018-04-sexual-grooming"
        table = ukcso.trend_table("sexual_grooming", "Derbyshire", release=release)
        assert set(table["why_not_rate"]) == {"not_a_year"}

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

    def test_totals_of_several_years_are_named_too(self) -> None:
        """A later release that prints one total of six years only is left out, not hidden."""
        table = ukcso.trend_table("sexual_communication_with_a_child", "Lincolnshire")
        assert table["period"].tolist() == ["2017/18"]
        assert table.attrs["ukcso"]["releases_left_out"][-1] == {
            "release_id": "nspcc-2023-08-sexual-communication",
            "first": "2017/18 to 2022/23",
            "last": "2017/18 to 2022/23",
            "n_exact": 1,
        }
