"""Printed and recomputed numbers as a reader would say them."""

from __future__ import annotations

import math

from ukcso.printed import printed_number

_UNITS = {
    "growth": "%",
    "share": "%",
    "ratio": "times",
    "one_in": "",
    "difference": "more",
    "per_day": "a day",
    "per_week": "a week",
    "per_month": "a month",
    "minutes_between": "min apart",
    "hours_between": "h apart",
}
_HEDGES = {"exact": "", "at_least": "at least", "up_to": "up to"}


def printed_phrase(relation: str, printed: str, hedge: str) -> str:
    """
    Word a printed statement.

    Examples
    --------
    >>> printed_phrase("growth", "66", "exact"), printed_phrase("per_day", "2", "nearly")
    ('66 %', 'nearly 2 a day')
    """
    return _joined(
        _HEDGES.get(hedge, hedge), "one in" * (relation == "one_in"), printed, _UNITS[relation]
    )


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
    places = max(0, -int(printed_number(printed).as_tuple().exponent)) + 1
    ends = [number_phrase(end, places) for end in (lower, upper)]
    if lower == upper:
        number = ends[0]
    else:
        number = f"{ends[0]} or more" if math.isinf(upper) else f"{ends[0]} to {ends[1]}"
    return _joined("one in" * (relation == "one_in"), number, _UNITS[relation])


def number_phrase(value: float, places: int = 2) -> str:
    """
    Write a number with its thousands apart; whole numbers without decimals.

    Examples
    --------
    >>> number_phrase(22_724), number_phrase(0.354)
    ('22,724', '0.35')
    """
    return f"{value:,.0f}" if value == math.inf or value == int(value) else f"{value:,.{places}f}"


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)
