"""Printed and recomputed numbers, as a reader would say them."""

from __future__ import annotations

import math

from ukcso.printed._hedges import HEDGES
from ukcso.printed._relations import RELATIONS
from ukcso.printed._rounding import grouped
from ukcso.printed._verdict import places_of


def printed_phrase(relation: str, printed: str, hedge: str) -> str:
    """
    Word a printed statement.

    Examples
    --------
    >>> printed_phrase("growth", "66", "exact"), printed_phrase("per_day", "2", "nearly")
    ('66 %', 'nearly 2 a day')
    """
    rule = RELATIONS[relation]
    return _joined(hedge_phrase(hedge), rule.prefix, printed, rule.suffix)


def hedge_phrase(hedge: str) -> str:
    """
    Word the qualifier of a printed number.

    Examples
    --------
    >>> hedge_phrase("at_least"), hedge_phrase("over"), hedge_phrase("exact")
    ('at least', 'over', '')
    """
    return HEDGES[hedge].words[0] if hedge in HEDGES else hedge


def recomputed_phrase(relation: str, lower: float, upper: float, printed: str) -> str:
    """
    Word a recomputed number, or the range of it, one digit finer than printed.

    Examples
    --------
    >>> recomputed_phrase("growth", 69.4915, 69.4915, "66")
    '69.5 %'
    >>> recomputed_phrase("per_day", 89.72, float("inf"), "90")
    '89.7 or more a day'
    """
    if math.isnan(lower):
        return ""
    places = places_of(printed) + 1
    ends = [number_phrase(end, places) for end in (lower, upper)]
    if lower == upper:
        number = ends[0]
    else:
        number = f"{ends[0]} or more" if math.isinf(upper) else f"{ends[0]} to {ends[1]}"
    return _joined(RELATIONS[relation].prefix, number, RELATIONS[relation].suffix)


def number_phrase(value: float, places: int = 2) -> str:
    """
    Write a number with its thousands apart; whole numbers without decimals.

    Examples
    --------
    >>> number_phrase(22_724), number_phrase(0.354)
    ('22,724', '0.35')
    """
    if math.isinf(value):
        return "inf"
    return grouped(value, 0 if value == int(value) else places)


def count_phrase(value: float, hedge: str) -> str:
    """
    Word a count with its qualifier, as an operand; a question mark where there is none.

    Examples
    --------
    >>> count_phrase(22_724, "exact"), count_phrase(5_000, "at_least")
    ('22,724', 'at least 5,000')
    """
    return "?" if math.isnan(value) else _joined(hedge_phrase(hedge), number_phrase(value))


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)
