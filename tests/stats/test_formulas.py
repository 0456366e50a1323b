"""Mirrors src/ukcso/stats/formulas.py: operators only, so whatever has operators passes."""

from __future__ import annotations

import ast
import inspect
from fractions import Fraction

import pytest

from ukcso.stats import formulas

F = Fraction


@pytest.mark.parametrize(
    ("name", "arguments", "expected"),
    [
        ("growth", (F(118), F(200)), F(41, 59)),
        ("index_number", (F(60), F(50)), 120),
        ("rate", (F(1), F(3), 1_000), F(1_000, 3)),
        ("share", (F(13), F(10)), F(13, 10)),
        ("per_hour", (F(8_760), F(365)), 1),
        ("per_day", (F(730), F(365)), 2),
        ("per_week", (F(365), F(365)), 7),
        ("per_calendar_month", (F(30), F(12)), F(5, 2)),
        ("minutes_between", (F(1_440), F(3)), 3),
        ("hours_between", (F(48), F(4)), 2),
        ("rate_ratio", (F(2), F(10), F(1), F(20)), 4),
        ("pearson", (F(8), F(10)), F(2, 5)),
    ],
)
def test_exact_numbers_stay_exact(
    name: str, arguments: tuple[Fraction, ...], expected: Fraction
) -> None:
    """Fractions in, fractions out: nothing is rounded, checked or converted; by hand."""
    assert getattr(formulas, name)(*arguments) == expected


def test_powers() -> None:
    """Two years from 100 to 121 are 10 per cent each; without z Byar's are (8/9) ** 3."""
    assert formulas.annual_growth(100.0, 121.0, 2) == pytest.approx(0.1)
    assert formulas.byar_lower(1.0, 0.0) == pytest.approx((8 / 9) ** 3)
    assert formulas.byar_upper(0.0, 0.0) == pytest.approx((8 / 9) ** 3)
    # Wilson at half and half: 1/2 -+ z / (2 sqrt(n + z^2)).
    lower, upper = formulas.wilson(5.0, 10.0, 0.5, 2.0)
    assert (lower, upper) == pytest.approx((0.5 - 1 / 14**0.5, 0.5 + 1 / 14**0.5))


def test_the_mean_month() -> None:
    """400 Gregorian years have 146,097 days (365 * 400 + 97 leap days) and 4,800 months."""
    assert formulas.DAYS_PER_MONTH == 30.436875
    assert formulas.per_mean_month(2, 30.436875) == 2


def test_no_formula_calls_anything() -> None:
    """A call would shut out the expressions of some engine."""
    tree = ast.parse(inspect.getsource(formulas))
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
