"""Mirrors src/ukcso/claims/system/_inequalities.py: coefficients and limits, by hand."""

from __future__ import annotations

import math
from fractions import Fraction

import pandas as pd
import pytest

from ukcso.claims.system._inequalities import IMPOSSIBLE, Form, exactly, quotient_within
from ukcso.evidence import Cell
from ukcso.printed import Bounds

DAYS = pd.Timestamp("2017-04-01"), pd.Timestamp("2018-03-31")
S, R = (Cell("image_offences", "all", area, *DAYS) for area in ("kent", "surrey"))
GROWTH: tuple[Form, Form] = ((100, -100, 0), (0, 1, 0))
RATIO: tuple[Form, Form] = ((1, 0, 0), (0, 1, 0))
COUNT: tuple[Form, Form] = ((1, 0, 0), (0, 0, 1))
DIFFERENCE: tuple[Form, Form] = ((1, -1, 0), (0, 0, 1))
MINUTES: tuple[Form, Form] = ((0, 0, 525_600), (1, 0, 0))


@pytest.mark.parametrize(
    ("forms", "meant", "expected"),
    [
        # 99.5 <= s < 100.5 is 100 <= s <= 100
        (COUNT, Bounds(99.5, 100.5), [({S: -1}, -100), ({S: 1}, 100)]),
        (COUNT, Bounds(100, 200), [({S: -1}, -100), ({S: 1}, 199)]),
        (COUNT, Bounds(100, 200, upper_closed=True), [({S: -1}, -100), ({S: 1}, 200)]),
        (COUNT, Bounds(100, math.inf), [({S: -1}, -100)]),
        (COUNT, Bounds(100, math.inf, lower_closed=False), [({S: -1}, -101)]),
        (COUNT, Bounds(-math.inf, 7), [({S: 1}, 6)]),
        # three a month for twelve months
        (((1, 0, 0), (0, 0, 12)), Bounds(2.5, 3.5), [({S: -1}, -30), ({S: 1}, 41)]),
        # a day of 365, as a fraction of a week
        (((1, 0, 0), (0, 0, Fraction(365, 7))), Bounds(1.5, 2.5), [({S: -1}, -79), ({S: 1}, 130)]),
        # 36.5 r <= 100 s - 100 r < 37.5 r, halved where it can be
        (GROWTH, Bounds(36.5, 37.5), [({S: -200, R: 273}, 0), ({S: 8, R: -11}, -1), ({R: -1}, -1)]),
        (GROWTH, Bounds(-50.5, -49.5, lower_closed=False, upper_closed=True),
         [({S: -200, R: 99}, -1), ({S: 200, R: -101}, 0), ({R: -1}, -1)]),
        (RATIO, Bounds(1.5, 2.5), [({S: -2, R: 3}, 0), ({S: 2, R: -5}, -1), ({R: -1}, -1)]),
        (RATIO, Bounds(2, math.inf, lower_closed=False), [({S: -1, R: 2}, -1), ({R: -1}, -1)]),
        # one in 3.5 to 4.5 of the reference
        (((0, 1, 0), (1, 0, 0)), Bounds(3.5, 4.5),
         [({S: 7, R: -2}, 0), ({S: -9, R: 2}, -1), ({S: -1}, -1)]),
        (DIFFERENCE, Bounds(363.5, 364.5), [({S: -1, R: 1}, -364), ({S: 1, R: -1}, 364)]),
        (DIFFERENCE, Bounds(-4, 4), [({S: -1, R: 1}, 4), ({S: 1, R: -1}, 3)]),
        # 525,600 / 23.5 = 22,365.9 to 525,600 / 22.5 = 23,360
        (MINUTES, Bounds(22.5, 23.5), [({S: 1}, 23_360), ({S: -1}, -22_366), ({S: -1}, -1)]),
    ],
)  # fmt: skip
def test_within(
    forms: tuple[Form, Form], meant: Bounds, expected: list[tuple[dict[Cell, int], int]]
) -> None:
    """Whole coefficients without a common divisor; an open end is not reached."""
    inequalities = quotient_within(*forms, meant, S, R)
    assert [(dict(one.terms), one.limit) for one in inequalities] == expected


@pytest.mark.parametrize(
    ("forms", "meant", "expected"),
    [
        # 100 s - 100 s over s is 0, which is not from 36.5 to 37.5
        (GROWTH, Bounds(36.5, 37.5), [({S: 73}, 0), ({S: -3}, -1), ({S: -1}, -1)]),
        (RATIO, Bounds(0.5, 1.5), [({S: -1}, 0), ({S: -1}, -1), ({S: -1}, -1)]),
        (DIFFERENCE, Bounds(-0.5, 0.5), [({}, 0), ({}, 0)]),
        (DIFFERENCE, Bounds(3.5, 4.5), [({}, -4), ({}, 4)]),
    ],
)
def test_a_count_against_itself(
    forms: tuple[Form, Form], meant: Bounds, expected: list[tuple[dict[Cell, int], int]]
) -> None:
    """Its weights are added up, and what is left of them can be nothing."""
    inequalities = quotient_within(*forms, meant, S, S)
    assert [(dict(one.terms), one.limit) for one in inequalities] == expected


def test_exactly() -> None:
    """One number, from below and from above; also beyond what a float holds."""
    number = 2**53 + 1
    least, most = exactly(S, number)
    assert (least.terms, least.limit) == (((S, -1),), -number)
    assert (most.terms, most.limit) == (((S, 1),), number)


def test_impossible() -> None:
    """Nothing is at most -1."""
    assert (IMPOSSIBLE.terms, IMPOSSIBLE.limit) == ((), -1)
