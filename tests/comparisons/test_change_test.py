"""Mirrors src/ukcso/comparisons/_change_test.py."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import binomtest

from ukcso.comparisons._change_test import p_value, smallest_rise
from ukcso.stats import growth_interval

COUNTS = st.integers(0, 5_000) | st.integers(0, 5)
GROWTH = st.floats(-0.9, 5)
DISPERSION = st.just(1.0) | st.floats(1, 80)


class TestPValue:
    """Twice the smaller tail of a binomial of clusters."""

    @given(before=COUNTS, after=COUNTS, growth=GROWTH, dispersion=DISPERSION)
    def test_below_5_per_cent_where_the_interval_excludes(
        self, before: int, after: int, growth: float, dispersion: float
    ) -> None:
        """Exactly there, zeros and parts of a cluster included."""
        interval = growth_interval(before, after, dispersion=dispersion)
        # on the limit itself rounding decides
        for limit in (interval.lower, interval.upper):
            assume(not math.isclose(limit, growth, rel_tol=1e-9, abs_tol=1e-9))
        excluded = not interval.lower <= growth <= interval.upper
        assert (p_value(before, after, growth, dispersion) < 0.05) == excluded

    @given(before=st.integers(0, 300), after=st.integers(0, 300), growth=GROWTH)
    def test_without_dispersion_twice_the_binomial_tail(
        self, before: int, after: int, growth: float
    ) -> None:
        """Scipy's one-sided binomial tests, the smaller one twice."""
        assume(before + after)
        share = (1 + growth) / (2 + growth)
        tails = (
            binomtest(after, before + after, share, alternative=side).pvalue
            for side in ("less", "greater")
        )
        assert p_value(before, after, growth, 1.0) == pytest.approx(
            min(1.0, 2 * min(tails)), rel=1e-9, abs=1e-300
        )

    def test_from_nothing_to_nothing_is_told_from_nothing(self) -> None:
        """A tail is 1 at a count of zero."""
        assert p_value(0, 0, 0.3, 1.0) == 1
        # P(X = 0) of a binomial of 3 with share 1/2, twice
        assert p_value(3, 0, 0.0, 1.0) == pytest.approx(2 / 8)
        assert p_value(0, 3, 0.0, 1.0) == pytest.approx(2 / 8)

    @given(before=st.integers(1, 500), after=st.integers(1, 500))
    def test_a_dispersion_tells_less(self, before: int, after: int) -> None:
        """Fewer clusters than offences: what is told apart needs to be further apart."""
        assume(abs(after - before) > 30)
        assert p_value(before, after, 0.0, 7.0) >= p_value(before, after, 0.0, 1.0)


class TestSmallestRise:
    """The least rise that is told apart from a growth."""

    @given(
        before=st.integers(1, 2_000),
        growth=st.floats(-0.5, 2),
        of_chance=st.floats(1, 20),
        tau_squared=st.floats(0, 0.05),
        threshold=st.sampled_from([0.05, 0.05 / 42]),
    )
    def test_it_is_told_and_one_offence_less_is_not(
        self, before: int, growth: float, of_chance: float, tau_squared: float, threshold: float
    ) -> None:
        """The count after is the least whole one above the usual whose p value is below."""

        def dispersion_of(offences: float) -> float:
            return of_chance + tau_squared * offences / 2

        rise = smallest_rise(before, growth, dispersion_of, threshold)
        assume(not math.isnan(rise))
        after = round(before * (1 + rise))
        p_values = [
            p_value(before, count, growth, dispersion_of(before + count))
            for count in (after - 1, after)
        ]
        assert rise > growth
        assert p_values[1] < threshold
        # a count below the usual may be told apart downwards
        assert p_values[0] >= threshold or after - 1 < before * (1 + growth)

    def test_from_nothing_there_is_no_growth(self) -> None:
        """Any count would do, but it has no growth."""
        assert math.isnan(smallest_rise(0, 0.1, lambda _: 1.0, 0.05))

    def test_where_no_rise_would_do(self) -> None:
        """Were areas to differ without bound, nothing would be told apart: NaN, not a loop."""
        assert math.isnan(smallest_rise(10, 0.1, lambda offences: 1 + offences, 0.05))
