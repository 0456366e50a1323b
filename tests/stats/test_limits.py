"""Mirrors src/ukcso/stats/limits.py: limits of one float and of a block of an array."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from scipy.stats import beta, chi2

from ukcso.errors import InvalidInputError
from ukcso.stats import limits


class TestCounts:
    """`of_counts`, by method."""

    @pytest.mark.parametrize("count", [0.0, 1.0, 7.0, 9.5, 1_000.0, 3e6])
    def test_exact_are_chi_squared_quantiles(self, count: float) -> None:
        """Garwood's limits in their other form: half a quantile of chi squared."""
        lower, upper = limits.of_counts("exact", 0.9, 1.0)(count)
        expected = chi2.ppf(0.05, 2 * count) / 2 if count else 0.0
        assert lower == pytest.approx(expected, rel=1e-9)
        assert upper == pytest.approx(chi2.ppf(0.95, 2 * count + 2) / 2, rel=1e-9)
        assert type(lower) is type(upper) is float

    @pytest.mark.parametrize("method", ["auto", "exact", "byar"])
    def test_a_block_is_as_its_floats(self, method: str) -> None:
        """Whole numbers from the table, beyond it, and fractions, in any order, twice."""
        of = limits.of_counts(method, 0.95, 1.0)
        ends = limits._TABLE_ENDS
        block = np.array([3.0, 0.0, ends - 1, ends, 2.5, 12.0, 3.0, 9.0, 10.0])
        for _ in range(2):
            with np.errstate(all="ignore"):  # as `apply` calls it
                found = of(block)
            for place, count in enumerate(block):
                for side, limit in enumerate(of(float(count))):
                    assert found[side][place] == pytest.approx(limit, rel=1e-13)

    def test_clusters(self) -> None:
        """With a dispersion of 4, 20 events are 5 clusters of 4."""
        clusters = limits.of_counts("exact", 0.95, 1.0)(5.0)
        found = limits.of_counts("exact", 0.95, 4.0)(20.0)
        assert found == pytest.approx([4 * limit for limit in clusters], rel=1e-15)

    def test_byar_is_never_below_0(self) -> None:
        """At tiny counts the formula would be."""
        of = limits.of_counts("byar", 0.999, 1.0)
        with np.errstate(all="ignore"):
            assert of(np.array([0.0, 1e-3, 0.1]))[0].tolist() == [0.0, 0.0, 0.0]
        assert [of(count)[0] for count in (0.0, 1e-3, 0.1)] == [0.0, 0.0, 0.0]

    @pytest.mark.parametrize("bad", ["normal", None, "Exact", 1])
    def test_an_unknown_method(self, bad: Any) -> None:
        """The message lists the methods."""
        with pytest.raises(InvalidInputError, match="method must be one of auto, exact, byar; got"):
            limits.of_counts(bad, 0.95, 1.0)
        with pytest.raises(InvalidInputError, match="method must be one of wilson, exact; got"):
            limits.of_shares(bad if bad != "Exact" else "auto", 0.95)


class TestShares:
    """`of_shares`."""

    def test_exact_are_beta_quantiles(self) -> None:
        """Clopper and Pearson's limits."""
        part, whole = np.array([1.0, 30.0, 119.0]), np.array([120.0, 120.0, 120.0])
        lower, upper = limits.of_shares("exact", 0.95)(part, whole, part / whole)
        assert lower == pytest.approx(beta.ppf(0.025, part, whole - part + 1), rel=1e-9)
        assert upper == pytest.approx(beta.ppf(0.975, part + 1, whole - part), rel=1e-9)

    @pytest.mark.parametrize("method", ["wilson", "exact"])
    def test_sharp_ends(self, method: str) -> None:
        """Nothing has a lower limit of 0, all of it an upper one of 1; for a float too."""
        of = limits.of_shares(method, 0.95)
        part, whole = np.array([0.0, 7.0]), np.array([7.0, 7.0])
        lower, upper = of(part, whole, part / whole)
        assert (lower[0], upper[1]) == (0.0, 1.0)
        assert of(0.0, 7.0, 0.0)[0] == 0.0
        assert of(7.0, 7.0, 1.0)[1] == 1.0
        # One part for several wholes.
        assert of(7.0, whole, 7.0 / whole)[1].tolist() == [1.0, 1.0]


def test_limits_of_ratios_by_hand() -> None:
    """1 of 2 events in each of two groups of one size: odds of Clopper and Pearson's limits."""
    lower, upper = limits.of_ratios(0.95)(1.0, 1.0, 1.0, 2.0)
    share = beta.ppf(0.025, 1, 2), beta.ppf(0.975, 2, 1)
    assert lower == pytest.approx(2 * share[0] / (1 - share[0]), rel=1e-9)
    assert upper == pytest.approx(2 * share[1] / (1 - share[1]), rel=1e-9)
    assert limits.of_ratios(0.95)(0.0, 1.0, 0.0, 1.0) == (0.0, math.inf)


def test_known_is_nan_at_0() -> None:
    """What is divided by 0 events is undefined."""
    assert np.isnan(limits.known(np.array([0.0, 2.0]))).tolist() == [True, False]
