"""Mirrors src/ukcso/stats/_dispersion.py: variation beyond chance, by both models."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ukcso
from ukcso.errors import InvalidInputError

#: Invented: areas of very different size, of which some differ.
COUNT = np.array([2.0, 13, 11, 52, 60, 170, 231, 610, 760, 2600])
EXPECTED = np.array([4.0, 9, 16, 40, 75, 120, 260, 500, 900, 2100])


class TestOverdispersion:
    """`overdispersion`, winsorised or not."""

    def test_overdispersion_by_hand(self) -> None:
        """((8 - 10)^2 + (12 - 10)^2) / 10 over one degree of freedom is 0.8."""
        assert ukcso.overdispersion(np.array([8.0, 12.0]), np.array([10.0, 10.0])) == 0.8
        assert math.isnan(ukcso.overdispersion(np.array([8.0]), np.array([10.0])))
        missing = np.array([8.0, np.nan, 12.0])
        assert ukcso.overdispersion(missing, np.full(3, 10.0)) == 0.8

    def test_poisson_counts_have_none(self) -> None:
        """Seeded Poisson draws come out near 1."""
        draw = np.random.default_rng(7).poisson(50, 5_000).astype(float)
        assert ukcso.overdispersion(draw, np.full(5_000, 50.0)) == pytest.approx(1, abs=0.1)

    def test_none_is_drawn_in_by_default(self) -> None:
        """As it always was, to the last bit."""
        by_hand = ((COUNT - EXPECTED) ** 2 / EXPECTED).sum() / 9
        assert ukcso.overdispersion(COUNT, EXPECTED) == by_hand
        assert ukcso.overdispersion(COUNT, EXPECTED, winsorise=0) == by_hand

    @pytest.mark.parametrize(
        ("winsorise", "expected"), [(0.0, 22.2259581467915), (0.1, 10.4456303016673)]
    )
    def test_winsorised(self, winsorise: float, expected: float) -> None:
        """
        The definition typed into R 4.2.2.

        z <- (O - E) / sqrt(E); q <- quantile(z, c(w, 1 - w), type = 7)
        z <- pmin(pmax(z, q[1]), q[2]); sum(z^2) / (length(z) - 1)
        """
        found = ukcso.overdispersion(COUNT, EXPECTED, winsorise=winsorise)
        assert found == pytest.approx(expected, rel=1e-13)

    def test_71_times_leant_on_one_force(self) -> None:
        """Class 86, 2022/23: 71.39, and 40.65 winsorised, by the same lines of R."""
        crime, people = ukcso.load_recorded_crime(version=1), ukcso.load_population(version=2)
        year = crime[(crime["offence_code"] == "86") & (crime["period_start"] >= "2022-04-01")]
        counts = year[year["period_end"] <= "2023-03-31"].groupby("area_id")["offences"].sum()
        people = people[(people["mid_year"] == 2022) & (people["age_band"] == "0-17")]
        children = people[people["preferred"] == 1].set_index("area_id")["population"]
        both = pd.DataFrame({"n": counts, "at_risk": children}).dropna().drop("city-of-london")
        both = both.astype(float)
        expected = both["at_risk"] * both["n"].sum() / both["at_risk"].sum()
        assert len(both) == 42
        for winsorise, factor in ((0.0, 71.3883866430698), (0.1, 40.6474302913531)):
            found = ukcso.overdispersion(both["n"], expected, winsorise=winsorise)
            assert found == pytest.approx(factor, rel=1e-12)
            assert ukcso.between_areas(both["n"], expected, winsorise=winsorise).areas == 42

    @given(st.lists(st.integers(0, 1_000), min_size=2, max_size=30), st.floats(0, 0.49))
    def test_winsorising_takes_away(self, count: list[int], winsorise: float) -> None:
        """What is drawn in towards the middle has no more sum of squares, if 0 is between."""
        counts = np.array(count, float)
        expected = np.full(len(count), max(float(np.median(counts)), 1.0))
        plain = ukcso.overdispersion(counts, expected)
        assert ukcso.overdispersion(counts, expected, winsorise=winsorise) <= plain + 1e-9

    def test_wrong_input(self) -> None:
        """Impossible values are refused by name."""
        with pytest.raises(InvalidInputError, match="expected must be > 0"):
            ukcso.overdispersion(np.ones(2), np.zeros(2))
        with pytest.raises(InvalidInputError, match="count must be >= 0"):
            ukcso.between_areas(-np.ones(2), np.ones(2))

    @pytest.mark.parametrize("bad", [-0.1, 0.5, 10, "0.1", None, True, math.nan, np.ones(2)])
    def test_winsorise_is_a_fraction_below_a_half(self, bad: Any) -> None:
        """10 is not 0.1."""
        with pytest.raises(InvalidInputError, match=r"^winsorise must be a fraction in \[0, 0.5\)"):
            ukcso.overdispersion(COUNT, EXPECTED, winsorise=bad)


class TestBetweenAreas:
    """`between_areas`, which has both numbers."""

    @pytest.mark.parametrize(
        ("winsorise", "expected"),
        [(0.0, 0.0614426295284314), (0.1, 0.0267524418513084), (0.2, 0.0210865182058784)],
    )
    def test_tau_squared_is_that_of_funnelplotr(self, winsorise: float, expected: float) -> None:
        """
        R 4.2.2; R/od_adjustment.R of FunnelPlotR 0.6.0 sourced.

        m <- transformed_zscore(data.frame(numerator = O, denominator = E), "SR", "SHMI")
        m <- winsorisation(m, w); tau_func(10, phi_func(10, m$Wuzscore), m$s)
        (w = 0: m$Wuzscore <- m$Uzscore)
        """
        found = ukcso.between_areas(COUNT, EXPECTED, winsorise=winsorise)
        assert found.tau_squared == pytest.approx(expected, rel=1e-12)
        assert found.dispersion == ukcso.overdispersion(COUNT, EXPECTED, winsorise=winsorise)
        assert (found.areas, found.winsorise) == (10, winsorise)

    @pytest.mark.parametrize(
        ("winsorise", "expected"),
        [(0.0, 0.0208657318320905), (0.1, 0.0107301458802635), (0.25, 0.0)],
    )
    def test_tau_squared_of_the_reference_data(self, winsorise: float, expected: float) -> None:
        """As above, of tests/reference/dispersion.csv; not below 0."""
        rows = pd.read_csv(Path(__file__).parents[1] / "reference" / "dispersion.csv")
        found = ukcso.between_areas(rows["count"], rows["expected"], winsorise=winsorise)
        assert found.tau_squared == pytest.approx(expected, rel=1e-9)

    def test_nothing_recorded_is_half_an_event(self) -> None:
        """By hand: z is sqrt(10) log(0.5 / 10), and log(20 / 10) sqrt(10); n is 2, E 10 each."""
        found = ukcso.between_areas(np.array([0.0, 20.0]), np.full(2, 10.0))
        by_hand = (10 * math.log(20) ** 2 + 10 * math.log(2) ** 2 - 1) / (20 - 200 / 20)
        assert found.tau_squared == pytest.approx(by_hand, rel=1e-12)

    def test_missing_areas_are_left_out(self) -> None:
        """A missing count or expectation is no area; a Series goes as an array does."""
        more = np.append(COUNT, [np.nan, 5.0]), np.append(EXPECTED, [5.0, np.nan])
        plain = ukcso.between_areas(COUNT, EXPECTED, winsorise=0.1)
        assert ukcso.between_areas(*more, winsorise=0.1) == plain
        assert ukcso.between_areas(*map(pd.Series, more), winsorise=0.1) == plain

    @pytest.mark.parametrize("size", [0, 1])
    def test_fewer_than_two_areas(self, size: int) -> None:
        """Nothing says how areas differ."""
        found = ukcso.between_areas(COUNT[:size], EXPECTED[:size])
        assert found.areas == size
        assert math.isnan(found.dispersion)
        assert math.isnan(found.tau_squared)

    def test_one_area_beside_dust(self) -> None:
        """Its weight takes no digit from the others: the answer is finite, and not below 0."""
        found = ukcso.between_areas(np.array([1e20, 3.0]), np.array([1e20, 1.0]))
        assert 0 < found.tau_squared < math.inf

    def test_seeded_rates_that_differ(self) -> None:
        """Counts of 400 areas whose rates have a tau squared of 0.04 give it back."""
        draw = np.random.default_rng(11)
        expected = draw.uniform(50, 5_000, 400)
        counts = draw.poisson(expected * np.exp(draw.normal(0, 0.2, 400))).astype(float)
        assert ukcso.between_areas(counts, expected).tau_squared == pytest.approx(0.04, rel=0.15)
