"""Printed statements, and what they were checked against, as a reader would say them."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from ukcso.areas import all_areas
from ukcso.periods import Period
from ukcso.printed import RELATIONS, number_phrase

_BREAKDOWN_MARKS = re.compile("[_:]")


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
    is_change = RELATIONS[claim.relation].is_change
    return f"{reference} to {subject}" if is_change else f"{subject} of {reference}"


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
