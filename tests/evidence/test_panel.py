"""Mirrors src/ukcso/evidence/_panel.py: one row per area and period."""

from __future__ import annotations

import json
import time
import warnings

import pandas as pd
import pytest

import ukcso
from ukcso import panel, pinned
from ukcso.errors import InvalidInputError, UkcsoWarning, UnknownAreaError
from ukcso.evidence import WHY_NOT_RATE

pytestmark = pytest.mark.filterwarnings("ignore:.*City of London:ukcso.UkcsoWarning")

CODES = ["86", "88A", "71"]
COLUMNS = [
    "measure_or_code", "area_id", "gss_code", "name", "period", "period_start", "period_end",
    "count", "population", "rate", "lower", "upper", "release_id", "source_ids",
    "population_basis", "population_edition", "complete", "why_not",
]  # fmt: skip
RATES = ["population", "rate", "lower", "upper", "population_edition"]


@pytest.fixture(scope="module")
def official() -> pd.DataFrame:
    """Return three codes in all force areas and all years."""
    with warnings.catch_warnings(action="ignore"):
        return ukcso.panel(CODES)


class TestOfficialCounts:
    """The whole grid of areas and periods."""

    def test_every_area_and_period_is_a_row(self, official: pd.DataFrame) -> None:
        """43 areas, 11 whole years and the one of which a quarter is there, 3 codes."""
        assert list(official) == COLUMNS
        assert len(official) == 43 * 12 * 3
        assert official["measure_or_code"].drop_duplicates().tolist() == CODES
        own = official[official["measure_or_code"] == "86"]
        assert own["name"].is_monotonic_increasing
        assert own.groupby("area_id")["period_start"].is_monotonic_increasing.all()
        assert own.set_index(["area_id", "period"]).index.is_unique

    def test_an_incomplete_year_stays(self, official: pd.DataFrame) -> None:
        """2023/24 has its first quarter only: no count, and the reason in the row."""
        last = official[official["period"] == "2023/24"]
        assert last["count"].isna().all()
        assert set(last["why_not"]) == {"incomplete"}
        assert not last["complete"].any()
        others = official[official["period"] != "2023/24"]
        assert others["complete"].all()
        assert others["count"].notna().all()
        assert official.attrs["ukcso"]["incomplete"] == ["2023/24"]

    def test_what_is_missing_has_its_reason(self, official: pd.DataFrame) -> None:
        """A row has a rate or a word that says why it has none."""
        assert (official["rate"].isna() == official["why_not"].notna()).all()
        assert set(official["why_not"].dropna()) <= WHY_NOT_RATE.keys()

    @pytest.mark.parametrize("code", CODES)
    def test_it_agrees_with_trend_table(self, official: pd.DataFrame, code: str) -> None:
        """Cell by cell in every area; rates where the census basis is the same."""
        for area_id, own in official[official["measure_or_code"] == code].groupby("area_id"):
            trend = ukcso.trend_table(code, area_id, across="allow").set_index("period")
            counted = own[own["complete"]].set_index("period")
            keys = ["area_id", "gss_code", "period_start", "period_end", "count"]
            pd.testing.assert_frame_equal(counted[keys], trend[keys])
            same = counted["population_basis"].eq(trend["population_basis"]).fillna(value=False)
            pd.testing.assert_frame_equal(counted.loc[same, RATES], trend.loc[same, RATES])

    @pytest.mark.parametrize("code", CODES)
    def test_it_agrees_with_area_table(self, official: pd.DataFrame, code: str) -> None:
        """Cell by cell in every year; rates where the census basis is the same."""
        n_same = 0
        for period, own in official[official["measure_or_code"] == code].groupby("period"):
            with warnings.catch_warnings(action="ignore"):
                table = ukcso.area_table(code, period).set_index("area_id")
            counted = own.set_index("area_id")
            keys = ["gss_code", "name", "period", "count"]
            pd.testing.assert_frame_equal(counted[keys], table[keys])
            same = counted["population_basis"].eq(table["population_basis"]).fillna(value=False)
            pd.testing.assert_frame_equal(counted.loc[same, RATES], table.loc[same, RATES])
            n_same += same.sum()
        assert n_same >= 43 * 6

    @pytest.mark.parametrize("frequency", ["year", "quarter"])
    @pytest.mark.parametrize("area", ["england-and-wales", "London", "wales", "BTP"])
    def test_it_agrees_with_official_series(self, area: str, frequency: str) -> None:
        """Groups are the sums of their forces, in quarters too."""
        own = ukcso.panel("88A", area, frequency=frequency)
        series = ukcso.official_series("88A", area, frequency=frequency)
        own = own[own["complete"]].reset_index(drop=True).rename(columns={"count": "value"})
        keys = ["area_id", "gss_code", "period", "period_start", "period_end", "value"]
        pd.testing.assert_frame_equal(own[keys], series[keys])

    def test_any_twelve_months_are_a_year(self) -> None:
        """The year ending June 2021 is four quarters of three financial years' table."""
        year = ukcso.panel("86", "Kent", "YE June 2021").iloc[0]
        quarters = ukcso.official_series("86", "Kent", frequency="quarter").set_index("period")
        asked = ["2020/21 Q2", "2020/21 Q3", "2020/21 Q4", "2021/22 Q1"]
        assert year["count"] == quarters.loc[asked, "value"].sum()

    def test_quarters_have_no_rates(self) -> None:
        """Residents are estimated by year."""
        table = ukcso.panel("86", "Kent", ["2022/23 Q1", "2022/23 Q2"], frequency="quarter")
        assert table["count"].notna().all()
        assert set(table["why_not"]) == {"not_a_year"}

    def test_an_area_of_another_table_is_a_row_among_others(self) -> None:
        """Scotland is a nation without a count here; asked for by name it is refused."""
        nations = ukcso.panel("86", periods="2022/23", kind="nation").set_index("area_id")
        assert nations.loc["scotland", "why_not"] == "no_count"
        assert not nations.loc["scotland", "complete"]
        with pytest.raises(InvalidInputError, match="Scotland is not in recorded_crime under 86"):
            ukcso.panel("86", ["Kent", "Scotland"])

    @pytest.mark.slow
    def test_it_is_fast(self) -> None:
        """43 areas, 11 years, 3 codes: 0.06 s where this was written, ten times that at most."""
        years = [ukcso.Period.financial_year(year) for year in range(2012, 2023)]
        taken = []
        for _ in range(4):
            start = time.perf_counter()
            table = ukcso.panel(CODES, periods=years)
            taken.append(time.perf_counter() - start)
        assert len(table) == 43 * 11 * 3
        assert min(taken) < 0.6


class TestPrintedFigures:
    """Rows that exist, release by release, and those asked for that do not."""

    def test_every_release_has_its_rows(self) -> None:
        """18,522 in the wave of September 2018; the wave of 2023 prints 18,574 (NSPCC)."""
        table = ukcso.panel("image_offences", "UK", "2016/17")
        assert table[["release_id", "count"]].to_numpy().tolist() == [
            ["nspcc-2018-09-image-offences", 18_522],
            ["nspcc-2023-02-image-offences", 18_574],
        ]
        # Neither release prints how many forces were asked (releases).
        assert not table["complete"].any()

    def test_complete_is_what_is_known_to_be(self) -> None:
        """A single force answered; of a group it depends on the release."""
        table = ukcso.panel(["image_offences", "sexual_communication_with_a_child"], kind="nation")
        known = table[table["complete"]]
        releases = ukcso.load_releases().set_index("release_id")
        for row in known[~known["area_id"].isin(["scotland", "northern-ireland"])].itertuples():
            facts = releases.loc[row.release_id]
            assert facts["forces_responding"] == facts["forces_asked"]
        forces = ukcso.panel("image_offences", ["Kent", "Lancashire"])
        assert forces["complete"].all()

    def test_it_agrees_with_area_table(self) -> None:
        """Of one release, in one year: the same rows, one for each area."""
        with warnings.catch_warnings(action="ignore"):
            table = ukcso.area_table("image_offences", "2017/18")
            release = table.attrs["ukcso"]["release_id"]
            own = ukcso.panel("image_offences", periods="2017/18", release=release)
        own = own.rename(columns={"why_not": "why_not_rate"})
        shared = [name for name in table if name in own]
        assert len(shared) == 14
        pd.testing.assert_frame_equal(own[shared], table[shared])

    def test_it_agrees_with_trend_table(self) -> None:
        """Of one release, in one area: the same years."""
        trend = ukcso.trend_table("image_offences", "Lancashire", across="allow")
        release = trend["release_id"].iloc[0]
        own = ukcso.panel("image_offences", "Lancashire", release=release)
        keys = ["area_id", "gss_code", "period", "count", "rate", "release_id", "source_ids"]
        pd.testing.assert_frame_equal(own[keys], trend[keys])

    def test_counts_are_those_of_series(self) -> None:
        """Every exact year of every release, and nothing else."""
        areas = ["Kent", "Lancashire", "UK", "Wales"]
        table = ukcso.panel("image_offences", areas, ages="all")
        for area in areas:
            series = ukcso.series("image_offences", area)
            months = [
                ukcso.Period(*ends).months
                for ends in zip(series["period_start"], series["period_end"], strict=True)
            ]
            exact = series[(series["hedge"] == "exact") & (pd.Series(months, dtype=float) == 12)]
            own = table[table["area_id"] == ukcso.find_area(area).area_id]
            keys = ["period", "release_id", "source_ids"]
            assert own[keys].to_numpy().tolist() == exact[keys].to_numpy().tolist()
            assert own["count"].tolist() == exact["value"].tolist()

    def test_what_nobody_printed_is_a_row(self) -> None:
        """Asked for by period it has one each, otherwise one in all, with the reason."""
        asked = ukcso.panel("image_offences", ["City of London", "Kent"], ["1999/00", "2017/18"])
        assert asked["name"].value_counts()["City of London"] == 2
        none = asked[asked["count"].isna()]
        assert set(none["why_not"]) == {"no_count"}
        assert none["release_id"].isna().all()
        assert not none["complete"].any()
        at_all = ukcso.panel("image_offences", "City of London")
        assert len(at_all) == 1
        assert at_all["period"].isna().all()
        assert at_all["why_not"].tolist() == ["no_count"]

    def test_measures_and_codes_stand_together(self) -> None:
        """An FOI count beside the official one, told apart by measure_or_code."""
        table = ukcso.panel([86, "image_offences"], "Lancashire", "2017/18")
        assert table["measure_or_code"].tolist()[0] == "86"
        assert set(table["measure_or_code"][1:]) == {"image_offences"}
        assert json.loads(json.dumps(table.attrs["ukcso"]))["made_by"]["arguments"] == {
            "measure_or_code": ["86", "image_offences"],
            "areas": "Lancashire",
            "periods": "2017/18",
        }


class TestArguments:
    """As people write them."""

    def test_names_codes_and_periods(self) -> None:
        """Names, ids and GSS codes; text and Period; each once, periods in order."""
        table = ukcso.panel(
            "86",
            ["Herts Police", "lancashire", "E23000003"],
            ["FY2022-23", ukcso.Period.parse("2021/22"), "2022/23"],
        )
        assert table["area_id"].tolist() == ["hertfordshire"] * 2 + ["lancashire"] * 2
        assert table["period"].tolist() == ["2021/22", "2022/23"] * 2
        one = ukcso.panel(86, "Kent", ukcso.Period.parse("2022/23"))
        # 1,738 recorded: recorded_crime
        assert one["count"].tolist() == [1_738]
        assert one.attrs["ukcso"]["made_by"]["arguments"]["periods"] == "2022/23"

    def test_kind_says_which_of_two_names(self) -> None:
        """West Midlands is a force and a region."""
        force = ukcso.panel("86", "West Midlands", "2022/23")
        region = ukcso.panel("86", "West Midlands", "2022/23", kind="region")
        assert force["area_id"].tolist() == ["west-midlands"]
        assert region["area_id"].tolist() == ["west-midlands-region"]

    @pytest.mark.parametrize(
        ("arguments", "options", "message"),
        [
            (("87",), {}, "no measure or offence code '87'"),
            (([],), {}, r"measure_or_code must be a name, or several; got \[\]"),
            (("86", []), {}, r"areas must be a name, or several; got \[\]"),
            (("86", "Kent", "2022/23 Q1"), {}, "periods must be each one year, as frequency"),
            (("86", "Kent", "2022/23"), {"frequency": "quarter"}, "periods must be each one quart"),
            (("86", "Kent", [2022]), {}, "periods must be a Period, or text"),
            (("86",), {"kind": "county"}, "no kind 'county'"),
            (("86",), {"frequency": "week"}, "one of year, quarter, month; got 'week'"),
            (("86",), {"frequency": "month"}, "one of year, quarter; got 'month'"),
            (("86",), {"ages": "0-5"}, "ages must be one of"),
            (("86",), {"per": 0}, "per must be > 0"),
            (("86",), {"release": "x"}, "release must be left out"),
            (("image_offences",), {"release": "x"}, "no release 'x'"),
        ],
    )
    def test_messages(self, arguments: tuple, options: dict[str, object], message: str) -> None:
        """The message names what is wrong."""
        with pytest.raises(InvalidInputError, match=message):
            ukcso.panel(*arguments, **options)

    def test_unknown_areas(self) -> None:
        """As everywhere."""
        with pytest.raises(UnknownAreaError):
            ukcso.panel("86", ["Kent", "nowhere"])


class TestWarnings:
    """One a call, of our own category, from the caller's line, about something."""

    def test_one_a_call(self) -> None:
        """Both notes in one, with what, where and when."""
        with pytest.warns(UkcsoWarning) as caught:
            ukcso.panel(["86", "88A"], "City of London", ["2021/22", "2022/23", "2023/24"])
        (warning,) = caught
        assert str(warning.message).startswith("86, 88A, City of London, 3 periods: City of London")
        assert str(warning.message).endswith("2023/24 lacks quarters: it has no count")
        assert warning.filename == __file__

    def test_a_trend(self) -> None:
        """What is not comparable, and few residents, in one."""
        with pytest.warns(UkcsoWarning) as caught:
            ukcso.trend_table("86", "City of London")
        (warning,) = caught
        assert "growths left blank" in str(warning.message)
        assert "so few residents" in str(warning.message)
        assert warning.filename == __file__

    def test_a_comparison(self) -> None:
        """Of rows of one's own it names what they name."""
        with pytest.warns(
            UkcsoWarning, match=r"^image_offences, united-kingdom, \d+ periods: "
        ) as one:
            ukcso.compare(ukcso.series("image_offences", "UK"))
        assert len(one) == 1


class TestSort:
    """`area_table` in another order."""

    @pytest.mark.parametrize("sort", ["count", "population", "rate"])
    def test_largest_first(self, sort: str) -> None:
        """Missing is last, and ties are by name."""
        # 2018/19: version 1 has no Welsh residents aged 0 to 17
        with ukcso.pinned(population=1):
            table = ukcso.area_table("73", "2018/19", sort=sort)
        known = table[table[sort].notna()]
        assert known.index.tolist() == list(range(len(known)))
        expected = sorted(known.itertuples(), key=lambda row: (-getattr(row, sort), row.name))
        assert known["name"].tolist() == [row.name for row in expected]
        assert len(known) == (43 if sort == "count" else 39)

    def test_rank_and_name(self) -> None:
        """The first rank is first; names are the default."""
        table = ukcso.area_table("86", "2022/23", sort="rank")
        assert table["rank"].tolist()[:42] == list(range(1, 43))
        assert table["name"].iloc[-1] == "City of London"
        assert ukcso.area_table("86", "2022/23")["name"].is_monotonic_increasing
        # so few printed it that nothing is ranked: by name
        unranked = ukcso.area_table("image_offences", "1999/00", ages="all", sort="rank")
        assert unranked["name"].is_monotonic_increasing
        with pytest.raises(InvalidInputError, match="sort must be one of name, rank, count, "):
            ukcso.area_table("86", "2022/23", sort="funnel")


def test_only_what_is_read_is_named() -> None:
    """A panel of printed figures rests on no official table."""
    table = ukcso.panel("image_offences", "Kent", "2017/18")
    assert "recorded_crime" not in table.attrs["ukcso"]["datasets"]


class TestWhatIsNoCount:
    """What may not stand as a count of a year, and what is no year of the table."""

    def test_a_monthly_average_is_no_count_of_a_year(self) -> None:
        """fig-01350 prints 1,000 arrests a month in 2026: no count of arrests in 2026."""
        with pinned(figures=2):
            table = panel("arrests_online_child_abuse", "UK")
        assert table["count"].isna().all()
        assert set(table["why_not"]) == {"no_count"}

    def test_a_quarter_below_nothing_stands_without_a_rate(self) -> None:
        """Corrections outweigh 88A in Gwent, October to December 2012: -1 in the CSV."""
        table = panel("88A", "Gwent", "2012/13 Q3", frequency="quarter").iloc[0]
        assert (table["count"], table["why_not"]) == (-1.0, "not_a_year")

    def test_a_year_that_cuts_quarters_is_refused(self) -> None:
        """No quarter is missing, so it is not called incomplete."""
        with pytest.raises(InvalidInputError, match="period must be made of whole quarters"):
            panel("86", "Kent", "year ending April 2022")

    def test_bytes_are_no_names(self) -> None:
        """They would be read as numbers one by one."""
        with pytest.raises(InvalidInputError, match="measure_or_code must be a name"):
            panel(b"86")
