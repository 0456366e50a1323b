"""Mirrors src/ukcso/stats/_ratios.py; the laws of its intervals are in test_intervals.py."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ukcso
from ukcso.errors import InvalidInputError


class TestRateRatioInterval:
    """`rate_ratio_interval` with a dispersion."""

    @given(
        a=st.integers(0, 5_000),
        b=st.integers(0, 5_000),
        m=st.floats(0.01, 1e4),
        n=st.floats(0.01, 1e4),
        dispersion=st.floats(1, 80),
    )
    def test_swapping_the_groups_inverts(
        self, a: int, b: int, m: float, n: float, dispersion: float
    ) -> None:
        """As without; where odds are 0 or beyond every float, within what floats can hold."""
        one = ukcso.rate_ratio_interval(a, m, b, n, dispersion=dispersion)
        other = ukcso.rate_ratio_interval(b, n, a, m, dispersion=dispersion)
        for x, y in ((one.lower, other.upper), (one.upper, other.lower)):
            assert x == pytest.approx(1 / y if y else math.inf, rel=1e-9)

    @given(a=st.integers(1, 5_000), b=st.integers(1, 5_000), dispersion=st.floats(1, 80))
    def test_contains_the_ratio(self, a: int, b: int, dispersion: float) -> None:
        """The ratio, which is that of the counts as they are, lies between its limits."""
        result = ukcso.rate_ratio_interval(a, 1, b, 1, dispersion=dispersion)
        assert result.lower < result.value < result.upper
        assert result.value == ukcso.rate_ratio(a, 1, b, 1)

    def test_beyond_every_float(self) -> None:
        """A limit too large for a float is infinite, without a warning."""
        result = ukcso.rate_ratio_interval(1, 1e-3, 1, 1e3, dispersion=1e8)
        assert (result.lower, result.upper) == (pytest.approx(0, abs=1e-290), math.inf)

    def test_clusters_are_covered_at_least_nominally(self) -> None:
        """Seeded counts that come in clusters of 5: at least 95 per cent, within noise."""
        draw = np.random.default_rng(20261124)
        for mean in (4, 20, 90):
            old, new = (5.0 * draw.poisson(mean * up, 10_000) for up in (1, 1.3))
            plain, wide = (ukcso.growth_interval(old, new, dispersion=d) for d in (1, 5))
            noise = 3 * math.sqrt(0.95 * 0.05 / 10_000)
            assert ((wide.lower <= 0.3) & (wide.upper >= 0.3)).mean() >= 0.95 - noise
            assert ((plain.lower <= 0.3) & (plain.upper >= 0.3)).mean() < 0.75


class TestStandardisedRatio:
    """`standardised_ratio` is `rate_interval` by the field's name."""

    @given(
        count=st.integers(0, 10**5),
        expected=st.floats(0.01, 1e5),
        dispersion=st.floats(1, 80),
        method=st.sampled_from(["auto", "exact", "byar"]),
    )
    def test_is_a_rate_per_one_expected(
        self, count: int, expected: float, dispersion: float, method: str
    ) -> None:
        """Value, limits and what is said of them."""
        options = {"method": method, "level": 0.9, "dispersion": dispersion}
        ratio = ukcso.standardised_ratio(count, expected, **options)
        assert ratio == ukcso.rate_interval(count, expected, per=1, **options)

    def test_is_that_of_public_health_england(self) -> None:
        """As `byars_lower` and `byars_upper` of the government's Python port, over the expected."""
        peer = pytest.importorskip("PHStatsMethods", reason="PHStatsMethods is not installed")
        counts, expected = np.array([3.0, 50.0, 419.0]), np.array([5.5, 40.0, 380.0])
        ratio = ukcso.standardised_ratio(counts, expected)
        lower = [peer.byars_lower(count) for count in counts] / expected
        upper = [peer.byars_upper(count) for count in counts] / expected
        assert ratio.lower.tolist() == pytest.approx(lower.tolist(), rel=1e-9)
        assert ratio.upper.tolist() == pytest.approx(upper.tolist(), rel=1e-9)

    def test_missing_stays_missing(self) -> None:
        """On either side."""
        ratio = ukcso.standardised_ratio(pd.Series([5, None]), pd.Series([None, 4.0]))
        assert ratio.value.isna().all()
        assert ratio.upper.isna().all()

    def test_the_expectation_is_refused_by_its_name(self) -> None:
        """Not as a population."""
        with pytest.raises(InvalidInputError, match=r"^expected must be > 0 and finite; got 0\.0"):
            ukcso.standardised_ratio(5, 0)
        with pytest.raises(InvalidInputError, match=r"^method must be one of auto, exact, byar"):
            ukcso.standardised_ratio(5, 4, method="normal")
