"""Printed statements, and what they were checked against, as a reader would say them."""

from __future__ import annotations

import math
import re
from typing import Any

import pandas as pd

from ukcso.areas import all_areas
from ukcso.periods import Period
from ukcso.printed import grouped, printed_number

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
_BREAKDOWN_MARKS = re.compile("[_:]")
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
        hedge_phrase(hedge), "one in" * (relation == "one_in"), printed, _UNITS[relation]
    )


def hedge_phrase(hedge: str) -> str:
    """
    Word the qualifier of a printed number.

    Examples
    --------
    >>> hedge_phrase("at_least"), hedge_phrase("over"), hedge_phrase("exact")
    ('at least', 'over', '')
    """
    return _HEDGES.get(hedge, hedge)


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
    if math.isinf(value):
        return "inf"
    return grouped(value, 0 if value == int(value) else places)


def about(claim: Any) -> str:
    """Name what a claim speaks of: measure, breakdown, area, period and reference."""
    area = all_areas().get(claim.area_id)
    parts = [
        claim.measure.replace("_", " "),
        "" if claim.breakdown == "all" else _BREAKDOWN_MARKS.sub(" ", claim.breakdown),
        str(area or claim.area_id),
        str(Period(claim.period_start, claim.period_end)),
    ]
    subject = ", ".join(part for part in parts if part)
    if pd.isna(claim.ref_period_start) or claim.period_start == claim.ref_period_start:
        return subject
    return f"{subject} on {Period(claim.ref_period_start, claim.ref_period_end)}"


def operands_phrase(claim: Any) -> str:
    """Say what a claim was recomputed from."""

    def shown(value: float, hedge: object) -> str:
        if pd.isna(value):
            return "?"
        word = "" if hedge == "exact" else f"{hedge} ".replace("_", " ")
        return f"{word}{number_phrase(value)}"

    subject = shown(claim.subject, claim.subject_hedge)
    if pd.isna(claim.ref_measure):
        return subject
    reference = shown(claim.reference, claim.reference_hedge)
    changes = claim.relation in {"growth", "ratio", "difference"}
    return f"{reference} to {subject}" if changes else f"{subject} of {reference}"


def remark(claim: Any) -> str:
    """Say what explains the verdict."""
    parts = []
    if pd.notna(claim.diagnosis):
        parts.append(claim.diagnosis)
    elif pd.notna(claim.would_read):
        parts.append(f"would read {claim.would_read}")
    if pd.notna(claim.why_not):
        parts.append(claim.why_not.replace("_", " "))
    if claim.basis is not pd.NA and claim.basis == "other_release":
        parts.append("operand from another release")
    return "; ".join(parts)


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)
