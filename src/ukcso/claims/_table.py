"""Every printed statement against the printed numbers it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pandas as pd

from ukcso.claims.system import (
    ReleaseSystems,
    cell_of,
    reference_of,
    shipped_systems,
    systems_of,
)
from ukcso.datasets import cached_by_version, rows, tells_origin, typed
from ukcso.evidence import BASES, Cell, Evidence, Nowhere, Operand
from ukcso.periods import Period
from ukcso.printed import RELATIONS, Bounds, ClaimCheck, check, is_above_whole

COLUMNS = {
    "claim_id": "text",
    "relation": "text",
    "printed": "text",
    "hedge": "text",
    "subject": "number",
    "reference": "number",
    "recomputed_lower": "number",
    "recomputed_upper": "number",
    "verdict": "text",
    "basis": "text",
    "diagnosis": "text",
    "would_read": "text",
    "source_id": "text",
    "release_id": "text",
    "subject_hedge": "text",
    "subject_source_id": "text",
    "reference_hedge": "text",
    "reference_source_id": "text",
    "why_not": "text",
}
_OF_THE_CLAIM = ("claim_id", "relation", "printed", "hedge", "source_id", "release_id")
#: What stands as the hedge of an operand that nobody printed.
_IMPLIED = "implied"
#: Whether an implied operand settles anything: that almost any number fits does not.
_DECIDED = {"reproduced", "truncated", "rounded_up", "differs"}
_COUNTS = Bounds(0, float("inf"))

#: What a claim rests on, by name of operand: printed numbers, or why there is none.
_Operands = dict[str, Operand | Nowhere]


@tells_origin
def check_claims(
    claims: pd.DataFrame | None = None,
    figures: pd.DataFrame | None = None,
    *,
    progress: Callable[[list[Any]], Iterable[Any]] = iter,
) -> pd.DataFrame:
    """
    Recompute every printed statement from the printed numbers it rests on.

    Operands come from the statement's own source first, then from its release, then
    from another release that covers the area the same way; an exact number goes
    before a hedged one of the same release.

    Parameters
    ----------
    claims
        A frame valid against the schema of `claims`; None is the shipped one.
    figures
        A frame valid against the schema of `figures`; None is the shipped one.
    progress
        Wraps the list of claims gone through, for a progress bar.

    Returns
    -------
    DataFrame, one row per claim, index as in `claims`
        claim_id, relation, printed, hedge, subject, reference (the numbers as
        printed; NaN where none is known), recomputed_lower, recomputed_upper (equal
        where both operands are exact), verdict, basis (same_source, same_release,
        other_release: the farther of the two operands), diagnosis, would_read,
        source_id, release_id, subject_hedge, subject_source_id, reference_hedge,
        reference_source_id, why_not (what is missing, or what differs:
        different_scope, forces_responding).

    Raises
    ------
    SchemaError
        A frame of your own breaks its schema; `.failures` lists every cell.

    Examples
    --------
    >>> table = check_claims().set_index("claim_id")
    >>> table.loc["clm-00164", ["printed", "verdict", "would_read"]].tolist()
    ['322', 'differs', '22']
    """
    if claims is None and figures is None and progress is iter:
        return _shipped()
    return _checked(systems_of(claims, figures), progress)


@cached_by_version
def _shipped() -> pd.DataFrame:
    """Check what is shipped, once in a process: tables and pictures ask for it again and again."""
    return _checked(shipped_systems(across=False), iter)


def _checked(
    systems: ReleaseSystems, progress: Callable[[list[Any]], Iterable[Any]]
) -> pd.DataFrame:
    claims = systems.claims
    checked = [_row(claim, systems) for claim in progress(list(rows(claims)))]
    return typed(checked, COLUMNS).set_axis(claims.index)


def _row(claim: Any, systems: ReleaseSystems) -> dict[str, object]:
    """Return what `check_claims` says about one claim."""
    operands, bounds = _operands(claim, systems)
    row = {name: getattr(claim, name) for name in _OF_THE_CLAIM}
    for name, operand in operands.items():
        if isinstance(operand, Operand):
            row |= {name: operand.value, f"{name}_hedge": operand.hedge}
            row[f"{name}_source_id"] = operand.source_id
    return {**row, **_verdict(claim, operands, bounds, systems.evidence)}


def _operands(claim: Any, systems: ReleaseSystems) -> tuple[_Operands, dict[str, Bounds]]:
    """Find a claim's subject and, where it has one, its reference; and what each can be."""
    operands: _Operands = {}
    bounds: dict[str, Bounds] = {}
    hedged: set[Cell] = set()
    release_id, source_id = claim.release_id, claim.source_id
    for name, cell, beside in (
        ("subject", cell_of(claim), claim.subject_value),
        ("reference", reference_of(claim), claim.ref_value),
    ):
        if cell is None:
            continue
        # The number printed beside the statement is the one it was made from.
        operand: Operand | Nowhere = Operand(beside, "exact", release_id, source_id)
        if pd.isna(beside):
            operand = systems.evidence.find(cell, source_id=source_id, release_id=release_id)
        operands[name] = operand
        if isinstance(operand, Operand):
            bounds[name] = operand.bounds
            # Nobody printed it exactly, and no coverage stands against what the release implies.
            is_open = operand.hedge != "exact" and operand.basis != "other_release"
        else:
            is_open = not operand.reasons
        implied = systems.of(release_id).tightened(cell, claim) if is_open else None
        if implied and (both := implied.intersection(bounds.get(name, _COUNTS))):
            bounds[name] = both
        if isinstance(operand, Operand) and is_open and operand.release_id == release_id:
            hedged.add(cell)
    printed = {name for name, operand in operands.items() if isinstance(operand, Operand)}
    # Beside a hedged figure that is doubted, nothing that the release implies may stand.
    if hedged and bounds.keys() > printed and systems.of(release_id).doubts_figure(hedged):
        bounds = {name: bounds[name] for name in printed}
    return operands, bounds


def _verdict(
    claim: Any, operands: _Operands, bounds: dict[str, Bounds], evidence: Evidence
) -> Mapping[str, object]:
    """Return the columns that say what a claim's operands make of it."""
    lacking = {name: o for name, o in operands.items() if isinstance(o, Nowhere)}
    unprinted = [f"{name} never published" for name, o in lacking.items() if not o.reasons]
    not_computable = {"verdict": "not_computable", "why_not": "; ".join(unprinted)}
    if lacking.keys() - bounds.keys():
        if unprinted:
            return not_computable
        reasons = {why for nowhere in lacking.values() for why in nowhere.reasons}
        return {"verdict": "not_comparable", "why_not": "; ".join(sorted(reasons))}
    reference = bounds.get("reference")
    if reference and is_above_whole(RELATIONS[claim.relation], bounds["subject"], reference):
        return {"verdict": "not_computable", "why_not": "part above whole"}
    result = _check(claim, bounds)
    if lacking and result.verdict not in _DECIDED:
        return not_computable
    value, undefined = result.recomputed, result.verdict == "not_computable"
    # What a release implies is its own.
    bases = [BASES[1] if isinstance(o, Nowhere) else o.basis for o in operands.values()]
    return {
        "recomputed_lower": value.lower if isinstance(value, Bounds) else value,
        "recomputed_upper": value.upper if isinstance(value, Bounds) else value,
        "verdict": result.verdict,
        "basis": max(bases, key=BASES.index),
        "diagnosis": result.diagnosis or _other_base(claim, result, operands, evidence),
        "would_read": result.would_read,
        "why_not": "undefined: the reference is 0" if undefined else None,
        **{f"{name}_hedge": _IMPLIED for name in lacking},
    }


def _check(claim: Any, bounds: dict[str, Bounds]) -> ClaimCheck:
    reference = bounds.get("reference")
    period = None if reference else Period(claim.period_start, claim.period_end)
    return check(
        claim.relation,
        claim.printed,
        subject=bounds["subject"],
        reference=reference,
        period=period,
        hedge=claim.hedge,
    )


def _other_base(
    claim: Any, result: ClaimCheck, operands: _Operands, evidence: Evidence
) -> str | None:
    """Name another printed base that gives the printed number: the last slip looked for."""
    subject, base, reference = operands["subject"], operands.get("reference"), reference_of(claim)
    if result.verdict != "differs" or reference is None:
        return None
    if not (isinstance(subject, Operand) and isinstance(base, Operand)):
        return None

    def fits(figure: Operand) -> bool:
        bounds = {"subject": subject.bounds, "reference": figure.bounds}
        is_part = not is_above_whole(RELATIONS[claim.relation], *bounds.values())
        return is_part and _check(claim, bounds).verdict == "reproduced"

    for cell, figure in evidence.other_cells(reference, release_id=claim.release_id):
        if cell != cell_of(claim) and fits(figure):
            period = Period(cell.period_start, cell.period_end)
            return f"another period's base: {figure.value:,.0f} of {period}"
    for figure in evidence.other_values(reference, base.value):
        if fits(figure):
            return f"another printed base: {figure.value:,.0f} in {figure.release_id}"
    return None
