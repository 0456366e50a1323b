"""Mirrors src/ukcso/stats/_estimates.py: what all intervals share."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
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
    estimate = _estimates.Estimate(2.0, 1.0, 3.0, level=0.95, method="exact")
    assert estimate == ukcso.Estimate(2.0, 1.0, 3.0, 0.95, "exact")
    with pytest.raises(AttributeError):
        estimate.value = 3.0


@pytest.mark.parametrize(
    ("numbers", "text"),
    [
        ((5.251, 3.8213, 7.2159), "5.25 (3.82 to 7.22)"),
        # Limits as in test_intervals.py; the text is these numbers rounded by hand.
        ((67.0, 51.924, 85.087), "67.0 (51.9 to 85.1)"),
        ((1249.0, 1180.68, 1320.24), "1,249 (1,181 to 1,320)"),
        ((0.0, 0.0, 3.689), "0.00 (0.00 to 3.69)"),
        ((0.00354, 0.003011, 0.004162), "0.00354 (0.00301 to 0.00416)"),
        # A count of 1,250.0 with narrow limits keeps two figures of how narrow.
        ((1250.0, 1247.56, 1252.44), "1,250.0 (1,247.6 to 1,252.4)"),
        # Off -1, 0 and 1 stays off, for there is the question of a change.
        ((0.12, -0.0003, 0.25), "0.1200 (-0.0003 to 0.2500)"),
        ((1.5, 1.0004, 2.2), "1.5000 (1.0004 to 2.2000)"),
        ((0.5, 0.25, 1.0), "0.500 (0.250 to 1.000)"),
        ((-0.0, -1.0, 2.1), "0.00 (-1.00 to 2.10)"),
        ((float("nan"), 2.104, float("inf")), "nan (2.10 to inf)"),
        ((1e-13, 1e-14, 2e-13), "1e-13 (1e-14 to 2e-13)"),
        ((5, 4, 6), "5.00 (4.00 to 6.00)"),
    ],
)
def test_an_estimate_reads_as_text(numbers: tuple[float, float, float], text: str) -> None:
    """Value and limits, with figures enough and none too many; the level beside them."""
    estimate = ukcso.Estimate(*numbers, 0.998, "exact")
    assert str(estimate) == f"{estimate}" == estimate._repr_markdown_() == text
    assert repr(estimate) == f"<Estimate {text}, 99.8%, exact>"


def test_many_estimates_are_short_too() -> None:
    """The first stand in the text, the first sixty in a table with their labels."""
    counts = pd.Series([67.0, np.nan, 1.0, 1.0], index=["a|b", "c", "d", "e"], name="n")
    estimate = ukcso.count_interval(counts)
    text = "[67.0 (51.9 to 85.1), nan (nan to nan), 1.00 (0.03 to 5.57), ...]"
    assert repr(estimate) == f"<Estimate {text}, 95%, auto>"
    assert estimate._repr_markdown_().splitlines() == [
        "| | value (95% interval) |",
        "|:---|---:|",
        r"| a\|b | 67.0 (51.9 to 85.1) |",
        "| c | nan (nan to nan) |",
        "| d | 1.00 (0.03 to 5.57) |",
        "| e | 1.00 (0.03 to 5.57) |",
    ]
    many = ukcso.rate_interval(np.ones((2, 500)), 1.0, per=1)
    assert len(repr(many)) < 200
    assert many._repr_markdown_().splitlines()[-1] == "| ... | 940 more |"
    assert str(ukcso.count_interval(counts.head(1).astype("Int64"))) == "[67.0 (51.9 to 85.1)]"
