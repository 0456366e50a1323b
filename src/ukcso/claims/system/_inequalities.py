"""Inequalities between whole numbers, exactly."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from ukcso.evidence import Cell
from ukcso.printed import Bounds

#: A cell somebody printed or spoke of, or a part of one that nobody did.
Unknown = Cell | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Inequality:
    """The sum of coefficients times counts is at most `limit`, all of them whole."""

    terms: tuple[tuple[Unknown, int], ...]
    limit: int


#: What no numbers satisfy.
IMPOSSIBLE = Inequality((), -1)


#: A linear form: so many times the subject, the reference, and one.
Form = tuple[Fraction | int, Fraction | int, Fraction | int]


def exactly(count: Unknown, number: int) -> tuple[Inequality, ...]:
    """Return the inequalities that leave one number for a count."""
    return Inequality(((count, -1),), -number), Inequality(((count, 1),), number)


def quotient_within(
    above: Form, below: Form, meant: Bounds, subject: Unknown, reference: Unknown | None = None
) -> tuple[Inequality, ...]:
    """Return what keeps one form over another within bounds, where the lower one is above 0."""
    of_itself = subject == reference
    inequalities = []
    for weight, other, limit in _coefficients(above, below, meant):
        pair = (
            ((subject, weight + other),) if of_itself else ((subject, weight), (reference, other))
        )
        terms = tuple((count, times) for count, times in pair if count is not None and times)
        inequalities.append(Inequality(terms, limit))
    return tuple(inequalities)


@lru_cache(maxsize=4_096)
def _coefficients(above: Form, below: Form, meant: Bounds) -> tuple[tuple[int, int, int], ...]:
    """Return coefficients of subject and reference, and limit, of each inequality."""
    coefficients = []
    for sign, end, closed in (
        (-1, meant.lower, meant.lower_closed),
        (1, meant.upper, meant.upper_closed),
    ):
        if math.isfinite(end):
            decimal = Fraction(repr(float(end)))  # what the end prints as
            *counts, constant = (
                sign * (a - decimal * b if b else Fraction(a))
                for a, b in zip(above, below, strict=True)
            )
            coefficients.append(_whole(counts, -constant, strict=not closed))
    # Growth from nothing, or a gap between none, has no value that could be printed.
    coefficients += [(-1, 0, -1)] * bool(below[0]) + [(0, -1, -1)] * bool(below[1])
    return tuple(coefficients)


def _whole(weights: list[Fraction], limit: Fraction, *, strict: bool) -> tuple[int, int, int]:
    """
    Return an inequality in whole numbers without a common divisor.

    A sum of whole numbers is whole, so that a strict inequality needs no epsilon.
    """
    scale = Fraction(
        math.lcm(*(weight.denominator for weight in weights)),
        math.gcd(*(weight.numerator for weight in weights)) or 1,
    )
    subject, reference = (int(weight * scale) for weight in weights)
    end = limit * scale
    return subject, reference, math.ceil(end) - 1 if strict else math.floor(end)
