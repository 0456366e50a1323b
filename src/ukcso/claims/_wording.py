"""Printed statements, and what they were checked against, as a reader would say them."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from ukcso.areas import all_areas
from ukcso.claims.system import cell_of
from ukcso.evidence import Cell
from ukcso.periods import Period
from ukcso.printed import RELATIONS, count_phrase

_BREAKDOWN_MARKS = re.compile("[_:]")


def about(claim: Any) -> str:
    """Name what a claim speaks of: measure, breakdown, area, period and reference."""
    subject = cell_phrase(cell_of(claim))
    if pd.isna(claim.ref_period_start) or claim.period_start == claim.ref_period_start:
        return subject
    return f"{subject} on {Period(claim.ref_period_start, claim.ref_period_end)}"


def cell_phrase(cell: Cell) -> str:
    """Name what a count is about."""
    measure, breakdown, area_id, start, end = cell
    part = "" if breakdown == "all" else f", {_BREAKDOWN_MARKS.sub(' ', breakdown)}"
    area = all_areas().get(area_id, area_id)
    return f"{measure.replace('_', ' ')}{part}, {area}, {Period(start, end)}"


def operands_phrase(claim: Any) -> str:
    """Say what a claim was recomputed from."""
    subject = count_phrase(claim.subject, claim.subject_hedge)
    if pd.isna(claim.ref_measure):
        return subject
    reference = count_phrase(claim.reference, claim.reference_hedge)
    is_change = RELATIONS[claim.relation].is_change
    return f"{reference} to {subject}" if is_change else f"{subject} of {reference}"


def remark(claim: Any) -> str:
    """Say what explains the verdict."""
    reads = f"would read {claim.would_read}" if pd.notna(claim.would_read) else ""
    parts = [
        claim.diagnosis if pd.notna(claim.diagnosis) else reads,
        claim.why_not.replace("_", " ") if pd.notna(claim.why_not) else "",
        "operand from another release" * (pd.notna(claim.basis) and claim.basis == "other_release"),
    ]
    return "; ".join(part for part in parts if part)


def slip(claim: Any) -> str:
    """Name the kind of slip that explains a verdict, without its numbers; empty where none does."""
    return claim.diagnosis.partition(":")[0] if pd.notna(claim.diagnosis) else ""
