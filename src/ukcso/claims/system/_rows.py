"""Inequalities between whole numbers, exactly."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from ukcso.evidence import Cell

if TYPE_CHECKING:
    from ukcso.printed import Bounds

#: A cell somebody printed or spoke of, or a part of one that nobody did.
Unknown = Cell | tuple[str, ...]
Terms = dict["Unknown | None", Fraction]


@dataclass(frozen=True, slots=True)
class Row:
    """The sum of coefficients times counts is at most `limit`, all of them whole."""

    terms: tuple[tuple[Unknown, int], ...]
    limit: int


def within(terms: dict[Unknown, Fraction], meant: Bounds | Fraction) -> tuple[Row, ...]:
    """Return the rows that keep a weighted sum within bounds, or at one number."""
    if isinstance(meant, Fraction):
        ends: list[tuple[float | Fraction, bool]] = [(meant, True), (meant, True)]
    else:
        ends = [(meant.lower, meant.lower_closed), (meant.upper, meant.upper_closed)]
    found = []
    for sign, (end, closed) in zip((-1, 1), ends, strict=True):
        if math.isfinite(end):
            signed = {unknown: sign * weight for unknown, weight in terms.items()}
            found.append(_at_most(signed, sign * _decimal(end), strict=not closed))
    return tuple(found)


def _decimal(end: float | Fraction) -> Fraction:
    """Return the decimal that an end prints as."""
    return end if isinstance(end, Fraction) else Fraction(repr(float(end)))


def ratio_within(above: Terms, below: Terms, meant: Bounds) -> tuple[Row, ...]:
    """Return rows for `lower <= above / below <= upper`, where below is above 0."""
    found = []
    for sign, end, closed in (
        (-1, meant.lower, meant.lower_closed),
        (1, meant.upper, meant.upper_closed),
    ):
        if math.isfinite(end):
            terms: Terms = defaultdict(Fraction)
            for unknown, weight in above.items():
                terms[unknown] += sign * weight
            for unknown, weight in below.items():
                terms[unknown] -= sign * _decimal(end) * weight
            constant = terms.pop(None, Fraction(0))
            counts = {unknown: weight for unknown, weight in terms.items() if unknown}
            found.append(_at_most(counts, -constant, strict=not closed))
    # Growth from nothing, or a gap between none, has no value that could be printed.
    found += [Row(((unknown, -1),), -1) for unknown in below if unknown]
    return tuple(found)


def _at_most(terms: dict[Unknown, Fraction], limit: Fraction, *, strict: bool) -> Row:
    """Return an inequality in whole numbers; a strict one has no need of an epsilon."""
    weights = {unknown: weight for unknown, weight in terms.items() if weight}
    scale = Fraction(
        math.lcm(*(weight.denominator for weight in weights.values())),
        math.gcd(*(weight.numerator for weight in weights.values())) or 1,
    )
    # Every sum of whole numbers is whole, once its weights are.
    whole = {unknown: weight * scale for unknown, weight in weights.items()}
    common = math.gcd(*(int(weight) for weight in whole.values())) or 1
    end = limit * scale / common
    last = math.ceil(end) - 1 if strict else math.floor(end)
    return Row(tuple((u, int(weight) // common) for u, weight in whole.items()), last)
