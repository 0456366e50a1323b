"""Mirrors src/ukcso/stats/_estimates.py: what all intervals share."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

import ukcso
from ukcso.errors import InvalidInputError
from ukcso.stats import _estimates

INTERVALS = {
    "count": lambda level: ukcso.count_interval(5, level=level),
    "rate": lambda level: ukcso.rate_interval(5, 100, per=10, level=level),
    "share": lambda level: ukcso.share_interval(5, 100, level=level),
    "ratio": lambda level: ukcso.rate_ratio_interval(5, 1, 7, 1, level=level),
    "growth": lambda level: ukcso.growth_interval(5, 7, level=level),
}


@pytest.mark.parametrize("interval", INTERVALS.values(), ids=INTERVALS)
@pytest.mark.parametrize("level", [Decimal("0.9"), Fraction(9, 10), np.float64(0.9), np.array(0.9)])
def test_the_level_is_a_float(interval: Any, level: Any) -> None:
    """Whatever sort of number the caller has, the estimate holds a plain float."""
    estimate = interval(level)
    assert (estimate.level, type(estimate.level)) == (0.9, float)
    assert estimate == interval(0.9)


@pytest.mark.parametrize("bad", [95, 0, 1, "0.95", None, True, [0.95], float("nan"), 1j])
def test_a_level_is_a_fraction(bad: Any) -> None:
    """95 is not 0.95."""
    with pytest.raises(InvalidInputError, match=r"^level must be a fraction in \(0, 1\)"):
        _estimates.require_level(bad)


def test_z_scores() -> None:
    """R: qnorm(0.975), qnorm(0.995), qnorm(0.75)."""
    for level, z in ((0.95, 1.959963984540054), (0.99, 2.5758293035489), (0.5, 0.6744897501960817)):
        assert _estimates.z_score(level) == pytest.approx(z, rel=1e-13)
        assert 2 * _estimates.tail(level) == pytest.approx(1 - level)


def test_an_estimate_is_immutable_and_compares() -> None:
    """Equal parts make equal estimates."""
    estimate = _estimates.Estimate.of((2.0, 1.0, 3.0), 0.95, "exact")
    assert estimate == ukcso.Estimate(2.0, 1.0, 3.0, 0.95, "exact")
    with pytest.raises(AttributeError):
        estimate.value = 3.0
