"""Mirrors src/ukcso/comparisons/_area_table.py."""

from __future__ import annotations

import warnings

import pandas as pd
import pytest

import ukcso
from ukcso.errors import InvalidInputError

pytestmark = pytest.mark.filterwarnings(
    "ignore:.*City of London:ukcso.UkcsoWarning", "ignore:.*no counts of:ukcso.UkcsoWarning"
)


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

    def test_ranks(self, official: pd.DataFrame) -> None:
        """The highest rate is first."""
        ranked = official.drop("city-of-london")
        assert ranked["rank"].tolist() == ranked["rate"].rank(ascending=False).tolist()

    def test_funnel(self, official: pd.DataFrame) -> None:
        """Additive, tails drawn in: tau squared 0.0335, 7 of 42 outside the 95 per cent limits."""
        ranked = official.drop("city-of-london")
        funnel = official.attrs["ukcso"]["funnel"]
        # issue 12, held against FunnelPlotR in tests/stats/test_funnels.py
        assert (funnel["model"], funnel["winsorise"], funnel["areas"]) == ("additive", 0.1, 42)
        assert round(funnel["tau_squared"], 4) == 0.0335
        assert round(funnel["overdispersion"], 2) == 40.65
        assert (ranked["funnel"] != "inside").sum() == 7
        limits = ukcso.funnel_limits(
            *(ranked["count"], ranked["population"]), per=100_000, model="additive", winsorise=0.1
        )
        for name in ("95", "99_8"):
            above = ranked["rate"] > limits[f"upper_{name}"]
            below = ranked["rate"] < limits[f"lower_{name}"]
            outside = {"95": "95|99_8", "99_8": "99_8"}[name]
            assert (ranked["funnel"].str.fullmatch(f"above_({outside})") == above).all()
            assert (ranked["funnel"].str.fullmatch(f"below_({outside})") == below).all()

    def test_what_depends_on_the_model_is_told(self, official: pd.DataFrame) -> None:
        """The Metropolitan Police lies below 95 per cent limits by one, 99.8 by the other."""
        depends = official.attrs["ukcso"]["funnel"]["depends_on_model"]
        assert depends["metropolitan"] == {
            "additive": "below_95",
            "multiplicative": "below_99_8",
        }
        for area_id, position in depends.items():
            assert official.loc[area_id, "funnel"] == position["additive"]
            assert position["additive"] != position["multiplicative"]

    def test_the_factor_without_winsorising_stays(self, official: pd.DataFrame) -> None:
        """71.39 (issue 12), as it was told before there was a model."""
        assert round(official.attrs["ukcso"]["overdispersion"], 2) == 71.39

    def test_the_city_of_london_is_warned_of(self, official: pd.DataFrame) -> None:
        """Its rate stands, without rank or position."""
        with pytest.warns(
            ukcso.UkcsoWarning, match="City of London: a rate by resident population"
        ):
            ukcso.area_table("86", "2022/23")
        city = official.loc["city-of-london"]
        assert city["rank"] is pd.NA
        assert city["funnel"] is pd.NA
        assert city["rate"] > 0

    @pytest.mark.parametrize(
        ("version", "period", "basis"),
        [
            # version 1 has Welsh children of 2019 on the old basis only, version 2 rebased
            (1, "2019/20", "pre2021census"),
            (1, "2021/22", "2021census_rebased"),
            (2, "2019/20", "2021census_rebased"),
            (2, "2021/22", "2021census_rebased"),
        ],
    )
    def test_one_census_basis(self, version: int, period: str, basis: str) -> None:
        """All areas take the newest basis on which all of them have an estimate."""
        with ukcso.pinned(population=version):
            table = ukcso.area_table("86", period)
            assert set(table["population_basis"].dropna()) == {f"ons_mye_{basis}"}
            assert table["population"].notna().all()

    def test_a_year_without_welsh_children_leaves_them_missing(self) -> None:
        """Version 1 has no Welsh 0-17 estimate of 2018: four rates are missing, 43 rows stay."""
        with ukcso.pinned(population=1):
            table = ukcso.area_table("86", "2018/19").set_index("area_id")
        missing = table.index[table["rate"].isna()].tolist()
        assert missing == ["dyfed-powys", "gwent", "north-wales", "south-wales"]
        assert set(table.loc[missing, "why_not_rate"]) == {"no_estimate"}
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

    def test_an_incomplete_year_says_so(self) -> None:
        """2023/24 has its first quarter only: no counts, a warning, and why in every row."""
        with pytest.warns(
            ukcso.UkcsoWarning,
            match="86, police_force_area, 2023/24: it lacks quarters in 43 of 43 areas",
        ):
            table = ukcso.area_table("86", "2023/24")
        assert table["count"].isna().all()
        assert set(table["why_not_rate"]) == {"incomplete"}
        assert table.attrs["ukcso"]["incomplete"] == ["2023/24"]

    def test_areas_of_other_tables_are_not_incomplete(self) -> None:
        """Scotland is in no table of England and Wales: it has no count, and lacks no quarter."""
        table = ukcso.area_table("86", "2022/23", kind="nation").set_index("area_id")
        assert table.loc["scotland", "why_not_rate"] == "no_count"
        assert table.attrs["ukcso"]["incomplete"] == []

    @pytest.mark.parametrize("kind", ["nation", "country_group"])
    def test_areas_of_other_tables_are_warned_of(self, kind: str) -> None:
        """One warning of the call says where their counts are, as a refusal does."""
        with pytest.warns(ukcso.UkcsoWarning) as warned:
            ukcso.area_table("86", "2022/23", kind=kind)
        assert len(warned) == 1
        assert "Scotland are in load_recorded_crime_scotland()" in str(warned[0].message)
        assert "nearest: indecent-photos-of-children" in str(warned[0].message)

    @pytest.mark.parametrize("period", ["2030/31", "2024/25", "2010/11"])
    def test_a_year_that_the_table_does_not_reach(self, period: str) -> None:
        """It is refused, with what the table reaches; a panel has a row that says why not."""
        words = f"no count of 86 in {period}: recorded_crime holds it from April 2012 to June 2023"
        with pytest.raises(ukcso.InvalidInputError, match=words):
            ukcso.area_table("86", period)
        assert ukcso.panel("86", "Kent", period)["why_not"].tolist() == ["no_count"]

    def test_a_code_may_be_a_number(self, official: pd.DataFrame) -> None:
        """Class 86 is 86 to people."""
        table = ukcso.area_table(86, "2022/23").set_index("area_id")
        pd.testing.assert_frame_equal(table, official)
        assert table.attrs["ukcso"]["of"] == "86"


class TestPrintedFigures:
    """Counts as one release printed them."""

    def test_one_release_and_missing_forces(self) -> None:
        """Every row is of one release; forces it does not name stay as missing."""
        table = ukcso.area_table("image_offences", "2017/18")
        assert len(table) == 43
        assert len(set(table["release_id"])) == 1
        assert 0 < table["count"].notna().sum() < 43
        assert (
            table.loc[table["count"].isna(), ["rate", "rank", "rank_lower", "funnel"]]
            .isna()
            .all(axis=None)
        )
        by_area = table.set_index("area_id")["count"]
        # Bedfordshire 200, Lancashire 674: NSPCC wave of September 2018
        assert (by_area["bedfordshire"], by_area["lancashire"]) == (200, 674)

    def test_a_release_may_be_asked_for(self) -> None:
        """Another wave's counts are another table."""
        table = ukcso.area_table(
            "image_offences", "2017/18", release="nspcc-2024-03-image-offences"
        ).set_index("area_id")
        assert table.loc["kent", "count"] == 1_042

    def test_the_others_are_named(self) -> None:
        """The fullest of the releases of 2017/18 is taken; the others say what they have."""
        about = ukcso.area_table("image_offences", "2017/18").attrs["ukcso"]
        assert about["release_id"] == "nspcc-2018-09-image-offences"
        figures = ukcso.load_figures(version=1)
        own = figures[
            (figures["measure"] == "image_offences")
            & (figures["breakdown"] == "all")
            & (figures["hedge"] == "exact")
            & (figures["period_start"] == pd.Timestamp("2017-04-01"))
            & (figures["period_end"] == pd.Timestamp("2018-03-31"))
        ]
        kinds = ukcso.load_areas().set_index("area_id")["kind"]
        own = own[own["area_id"].map(kinds) == "police_force_area"]
        counted = own.groupby("release_id")["area_id"].nunique()
        assert {it["release_id"]: it["n_exact"] for it in about["releases_left_out"]} == (
            counted.drop(about["release_id"]).to_dict()
        )
        for other in about["releases_left_out"]:
            assert (other["first"], other["last"]) == ("2017/18", "2017/18")
            assert other["n_exact"] <= counted[about["release_id"]]

    def test_nothing_printed(self) -> None:
        """A year nobody printed is 43 rows without counts."""
        table = ukcso.area_table("image_offences", "1999/00", ages="all")
        assert len(table) == 43
        assert table["count"].isna().all()


class TestRanks:
    """A rank says of how many; of few there is none."""

    def test_a_rank_says_of_how_many(self, official: pd.DataFrame) -> None:
        """42 of the 43: the City of London has none."""
        assert official["n_ranked"].dropna().unique().tolist() == [42]
        assert official.loc["city-of-london", "n_ranked"] is pd.NA
        assert "why_not_ranked" not in official.attrs["ukcso"]

    def test_sets_of_places(self, official: pd.DataFrame) -> None:
        """The 5th of 42 may be 1st to 35th; half of the sets are 34 places wide or wider."""
        ranked = official.drop("city-of-london")
        fifth = ranked[ranked["rank"] == 5].iloc[0]
        # csranks has 1st to 34th: tests/reference/rank_sets.csv
        assert (fifth["rank_lower"], fifth["rank_upper"]) == (1, 35)
        assert 34 <= (ranked["rank_upper"] - ranked["rank_lower"]).median() < 35
        assert ranked["rank"].between(ranked["rank_lower"], ranked["rank_upper"]).all()
        assert official.loc["city-of-london", ["rank_lower", "rank_upper"]].isna().all()

    def test_sets_rest_on_the_year_to_year_dispersion(self, official: pd.DataFrame) -> None:
        """Of the same code and kind, every comparable pair of years in it; attrs have it."""
        sets = official.attrs["ukcso"]["rank_sets"]
        usual = ukcso.year_to_year_dispersion(ukcso.panel("86"))
        assert sets == usual.as_data()
        regions = ukcso.area_table("86", "2022/23", kind="region").attrs["ukcso"]["rank_sets"]
        assert regions["pairs"][0]["areas"] == 9

    def test_sets_by_level(self, official: pd.DataFrame) -> None:
        """More confidence takes more places."""
        wide = ukcso.area_table("86", "2022/23", level=0.999).set_index("area_id")
        narrow = official.drop("city-of-london")
        assert (wide.loc[narrow.index, "rank_upper"] >= narrow["rank_upper"]).all()
        assert wide["rank_upper"].sum() > narrow["rank_upper"].sum()

    def test_without_consecutive_years_there_are_no_sets(self) -> None:
        """No release prints two years of child sexual offences by nation: the reason is told."""
        table = ukcso.area_table("child_sexual_offences", "2018/19", kind="nation", ages="all")
        assert table["rank"].notna().sum() == 4
        assert table[["rank_lower", "rank_upper"]].isna().all(axis=None)
        about = table.attrs["ukcso"]
        assert "no two consecutive years" in about["why_no_rank_sets"]
        assert "rank_sets" not in about

    def test_few_of_the_areas_have_no_rank(self) -> None:
        """A release that counts few of the 43 says nothing of who is first of them."""
        table = ukcso.area_table("image_offences", "2021/22")
        counted = int(table["rate"].notna().sum())
        assert 0 < counted < 22
        assert table[["rank", "n_ranked", "funnel"]].isna().all(axis=None)
        about = table.attrs["ukcso"]
        assert f"{counted} of 43 areas have a rate" in about["why_not_ranked"]
        assert "overdispersion" not in about
        assert about["pooled_rate"] > 0

    def test_half_of_them_are_enough(self) -> None:
        """Two of four nations are ranked among two."""
        table = ukcso.area_table("86", "2022/23", kind="nation").set_index("area_id")
        assert table["rank"].dropna().to_dict() == {"wales": 1, "england": 2}
        assert set(table["n_ranked"].dropna()) == {2}


class TestRefusals:
    """Names and periods that cannot be meant."""

    @pytest.mark.parametrize(
        ("arguments", "options", "message"),
        [
            (("87", "2022/23"), {}, "no measure or offence code '87'"),
            (("image_offense", "2022/23"), {}, "nearest: image_offences"),
            (("86", "2022/23 Q1"), {}, "period must be one year"),
            (("86", "lately"), {}, "no period 'lately'"),
            (("86", 2022), {}, "period must be a Period, or text such as .*; got 2022"),
            (("86", ["2021/22"]), {}, r"period must be a Period, .*; got \['2021/22'\]"),
            ((87, "2022/23"), {}, "no measure or offence code '87'"),
            ((True, "2022/23"), {}, "measure_or_code must be text"),
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
