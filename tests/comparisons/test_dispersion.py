"""Mirrors src/ukcso/comparisons/_dispersion.py."""

from __future__ import annotations

import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import ukcso
from ukcso import Period
from ukcso.errors import InvalidInputError

REFERENCE = Path(__file__).parents[1] / "reference"
MADE_UP = pd.read_csv(REFERENCE / "year_to_year_panels.csv")
#: Made by R: see the head of year_to_year_dispersion.R.
BY_R = pd.read_csv(REFERENCE / "year_to_year_dispersion.csv", dtype={"panel": str})


def panel_of(name: str) -> pd.DataFrame:
    """Return a made-up panel, or that of a code."""
    if name in set(MADE_UP["panel"]):
        return MADE_UP[MADE_UP["panel"] == name].drop(columns="panel")
    with warnings.catch_warnings(action="ignore"):
        return ukcso.panel(name)


class TestAgainstR:
    """R's glm, family quasipoisson, of each pair, with area, year and residents."""

    @pytest.mark.parametrize("apart", [1, 2])
    @pytest.mark.parametrize("name", sorted(set(BY_R["panel"])))
    def test_each_pair_and_all_together(self, name: str, apart: int) -> None:
        """Statistic, areas and dispersion of a pair are R's to 1e-8, and so is what they give."""
        own = BY_R[(BY_R["panel"] == name) & (BY_R["apart"] == apart)]
        expected = {Period.financial_year(int(row.first)).label: row for row in own.itertuples()}
        usual = ukcso.year_to_year_dispersion(panel_of(name), apart=apart)
        assert usual.pairs
        for pair in usual.pairs:
            of_r = expected.pop(pair.earlier)
            assert pair.areas == of_r.areas
            assert pair.statistic == pytest.approx(of_r.statistic, rel=1e-8)
            assert pair.dispersion == pytest.approx(of_r.dispersion, rel=1e-8)
        # R was not told of the breaks
        assert set(expected) == {
            pair.earlier for pair in usual.left_out if pair.why_not == "break_in_series"
        }
        used = own[own["first"].isin([int(pair.earlier[:4]) for pair in usual.pairs])]
        total = used["statistic"].sum() / (used["areas"] - 1).sum()
        assert usual.dispersion == pytest.approx(total, rel=1e-8)
        assert usual.degrees_of_freedom == (used["areas"] - 1).sum()


class TestShipped:
    """The official counts of forces."""

    @pytest.mark.parametrize(
        ("code", "expected", "pairs"),
        # R's statistics of the pairs that no break parts: year_to_year_dispersion.csv
        [("86", 7.328351, 8), ("88A", 4.021390, 7)],
    )
    def test_from_year_to_year(self, code: str, expected: float, pairs: int) -> None:
        """Class 86 scatters 7.3 times further than chance, 88A 4.0 times."""
        usual = ukcso.year_to_year_dispersion(panel_of(code))
        assert usual.dispersion == pytest.approx(expected, abs=1e-6)
        assert len(usual.pairs) == pairs

    def test_it_grows_with_the_years_between(self) -> None:
        """7, 13, 16 and 22 for pairs of one to four years apart: issue 12 has 7, 13, 16, 21."""
        panel = panel_of("86")
        found = [ukcso.year_to_year_dispersion(panel, apart=n).dispersion for n in (1, 2, 3, 4)]
        assert [round(one) for one in found] == [7, 13, 16, 22]

    def test_breaks_are_no_pair(self) -> None:
        """Recording changed in November 2014, and 88A began to hold a new offence in April 2017."""
        left_out = ukcso.year_to_year_dispersion(panel_of("88A")).left_out
        breaks = {(one.earlier, one.later): one.breaks for one in left_out}
        assert {pair: [it[:7] for it in own] for pair, own in breaks.items()} == {
            ("2013/14", "2014/15"): ["brk-003"],
            ("2014/15", "2015/16"): ["brk-003"],
            ("2016/17", "2017/18"): ["brk-001"],
        }

    def test_the_city_of_london_is_in_no_pair(self) -> None:
        """It has few residents and offences; its counts change nothing."""
        panel = panel_of("86")
        without = panel[panel["area_id"] != "city-of-london"]
        assert ukcso.year_to_year_dispersion(panel) == ukcso.year_to_year_dispersion(without)
        assert {pair.areas for pair in ukcso.year_to_year_dispersion(panel).pairs} == {42}

    def test_without_residents_counts_alone_and_says_so(self) -> None:
        """Version 1 lacks Welsh children of most years: those pairs are held together by counts."""
        with ukcso.pinned(population=1):
            usual = ukcso.year_to_year_dispersion(panel_of("86"))
        assert [pair.has_residents for pair in usual.pairs] == [False] * 7 + [True]
        assert {pair.areas for pair in usual.pairs} == {42}
        assert usual.dispersion == pytest.approx(7.328351, abs=0.1)

    def test_of_several_releases_each_pair_is_of_one(self) -> None:
        """Two waves print 2016/17 and 2017/18; the one of 17 forces is taken, not both."""
        with warnings.catch_warnings(action="ignore"):
            usual = ukcso.year_to_year_dispersion(ukcso.panel("image_offences"))
        pairs = {(pair.earlier, pair.later): pair.areas for pair in usual.pairs}
        assert len(pairs) == len(usual.pairs)
        assert pairs["2016/17", "2017/18"] == 16


class TestOwnFrames:
    """Rows that are no panel of ours."""

    ROWS = pd.DataFrame(
        {
            "name": ["a", "b", "c"] * 2,
            "period": ["2018/19"] * 3 + ["2019/20"] * 3,
            "count": [100, 200, 50, 120, 190, 70],
        }
    )

    def test_by_hand(self) -> None:
        """Without residents the expected share is that of the later year: 380 of 730."""
        usual = ukcso.year_to_year_dispersion(self.ROWS)
        before, after = np.array([100, 200, 50]), np.array([120, 190, 70])
        both, share = before + after, 380 / 730
        statistic = ((after - both * share) ** 2 / (both * share * (1 - share))).sum()
        assert usual.dispersion == pytest.approx(statistic / 2, rel=1e-12)
        words = "(1 pair of years 1 year apart, 2 degrees of freedom)"
        assert str(usual) == f"{statistic / 2:.2f} {words}"

    @pytest.mark.parametrize("years", [["2018"] * 3 + ["2019"] * 3, [2018] * 3 + [2019] * 3])
    def test_periods_may_be_calendar_years(self, years: list[object]) -> None:
        """Written as text or as a whole number."""
        usual = ukcso.year_to_year_dispersion(self.ROWS.assign(period=years))
        assert usual.pairs[0][:2] == ("2018", "2019")

    def test_a_gap_is_no_pair(self) -> None:
        """2018/19 and 2020/21 are not consecutive; two years apart they are a pair."""
        rows = self.ROWS.replace("2019/20", "2020/21")
        usual = ukcso.year_to_year_dispersion(rows)
        assert (usual.pairs, usual.degrees_of_freedom) == ((), 0)
        assert np.isnan(usual.dispersion)
        assert len(ukcso.year_to_year_dispersion(rows, apart=2).pairs) == 1

    def test_one_area_and_no_offences_are_no_pair(self) -> None:
        """The reason is told."""
        one = ukcso.year_to_year_dispersion(self.ROWS[self.ROWS["name"] == "a"])
        assert [pair.why_not for pair in one.left_out] == ["few_areas"]
        nothing = self.ROWS.assign(count=[0, 0, 0, 5, 6, 7])
        assert [pair.why_not for pair in ukcso.year_to_year_dispersion(nothing).left_out] == [
            "no_offences"
        ]

    def test_an_area_without_offences_takes_no_part(self) -> None:
        """It has nothing that could scatter."""
        more = pd.DataFrame({"name": "d", "period": ["2018/19", "2019/20"], "count": 0})
        with_it = ukcso.year_to_year_dispersion(pd.concat([self.ROWS, more]))
        assert with_it == ukcso.year_to_year_dispersion(self.ROWS)

    def test_breaks_of_an_area_that_is_known_are_respected(self) -> None:
        """Recording in England and Wales changed in 2014/15; made-up areas know nothing of it."""
        rows = self.ROWS.replace({"2018/19": "2013/14", "2019/20": "2014/15"})
        assert len(ukcso.year_to_year_dispersion(rows).pairs) == 1
        named = rows.replace({"a": "Kent", "b": "Essex", "c": "Surrey"})
        assert ukcso.year_to_year_dispersion(named).left_out[0].why_not == "break_in_series"

    @pytest.mark.parametrize(
        ("change", "message"),
        [
            ({"count": None}, "must have the columns .*; missing: count"),
            ({"count": [-1, 2, 3, 4, 5, 6]}, "count of panel must be >= 0; got -1 in row 0"),
            ({"count": ["x"] * 6}, "numbers in count; got 'x'"),
            ({"period": ["2018/19 Q1"] * 6}, "period must be one year"),
            ({"period": ["2018/19"] * 6}, "one count per area and year; a has several in 2018/19"),
            ({"measure_or_code": ["86", "88A"] * 3}, "measure_or_code of panel must be one of 86"),
        ],
    )
    def test_what_is_refused(self, change: dict[str, object], message: str) -> None:
        """The message says what the panel must have."""
        rows = self.ROWS.assign(**change)
        if change == {"count": None}:
            rows = rows.drop(columns="count")
        with pytest.raises(InvalidInputError, match=message):
            ukcso.year_to_year_dispersion(rows)

    @pytest.mark.parametrize("apart", [0, -1, 1.5, "1", True])
    def test_apart_is_a_whole_number(self, apart: object) -> None:
        """Of years, from 1 on."""
        with pytest.raises(InvalidInputError, match="apart must be"):
            ukcso.year_to_year_dispersion(self.ROWS, apart=apart)

    def test_no_frame(self) -> None:
        """A code is not a panel."""
        with pytest.raises(InvalidInputError, match="panel must be a DataFrame"):
            ukcso.year_to_year_dispersion("86")


class TestBySize:
    """A variance of c m + t m^2."""

    @pytest.mark.parametrize("seed", range(3))
    @pytest.mark.parametrize(
        ("of_chance", "tau_squared"), [(1.0, 0.0), (1.0, 0.02), (4.0, 0.005), (7.0, 0.0), (3, 0.05)]
    )
    def test_it_finds_what_it_was_made_with(
        self, of_chance: float, tau_squared: float, seed: int
    ) -> None:
        """Negative-binomial counts of that variance, of 2,000 areas, give it back about."""
        draws = np.random.default_rng(seed)
        means = np.exp(draws.uniform(np.log(30), np.log(4_000), 2_000))
        variance = of_chance * means + tau_squared * means**2
        excess = np.maximum(variance - means, 1e-6 * means)
        counts = [
            draws.negative_binomial(means**2 / excess, 1 / (1 + excess / means)) for _ in range(2)
        ]
        rows = pd.DataFrame(
            {
                "area_id": np.tile(np.arange(2_000).astype(str), 2),
                "period": np.repeat(["2018/19", "2019/20"], 2_000),
                "count": np.concatenate(counts),
            }
        )
        usual = ukcso.year_to_year_dispersion(rows)
        # a mean-sized area, in both years together
        assert usual.of_size(2_000) == pytest.approx(of_chance + 2 * tau_squared * 500, rel=0.2)

    def test_one_size_has_one_dispersion(self) -> None:
        """Where areas are alike nothing tells the two apart: the dispersion serves all."""
        rows = TestOwnFrames.ROWS.assign(count=[100, 100, 100, 90, 100, 110])
        usual = ukcso.year_to_year_dispersion(rows)
        assert usual.tau_squared == 0
        assert usual.of_size(1_000) == max(1.0, usual.dispersion)

    @pytest.mark.parametrize("code", ["86", "88A", "71", "23"])
    def test_it_is_never_below_chance(self, code: str) -> None:
        """A dispersion below 1 is for no interval."""
        usual = ukcso.year_to_year_dispersion(panel_of(code))
        sizes = np.array([0, 1, 10, 1_000, 100_000])
        assert (usual.of_size(sizes, 0.1) >= 1).all()
        assert (np.diff(usual.of_size(sizes)) >= 0).all()
