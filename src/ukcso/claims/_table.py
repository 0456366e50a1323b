"""Every printed statement against the printed numbers it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from ukcso.claims.system import World, cell_of, reference_of
from ukcso.datasets import (
    cached_by_version,
    conform,
    load_claims,
    load_figures,
    rows,
    tells_origin,
)
from ukcso.evidence import BASES, Basis, Evidence, Nowhere, Operand
from ukcso.periods import Period
from ukcso.printed import Bounds, ClaimCheck, check

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

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
#: What stands as the hedge of an operand that nobody printed.
_IMPLIED = "implied"
#: Whether an implied operand settles anything: that almost any number fits does not.
_DECIDED = {"reproduced", "truncated", "rounded_up", "differs"}
_COUNTS = Bounds(0, float("inf"))
_DTYPES: dict[str, Any] = {"text": pd.StringDtype("python"), "number": "float64"}


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
        return _shipped().copy()
    asked = load_claims() if claims is None else conform(claims, "claims")
    shown = load_figures() if figures is None else conform(figures, "figures")
    return _checked(asked, shown, progress)


@cached_by_version("areas", "claims", "figures", "measures", "releases", "sources")
def _shipped() -> pd.DataFrame:
    """Check what is shipped, once in a process: tables and pictures ask for it again and again."""
    return _checked(load_claims(), load_figures(), iter)


def _checked(
    asked: pd.DataFrame,
    shown: pd.DataFrame,
    progress: Callable[[list[Any]], Iterable[Any]],
) -> pd.DataFrame:
    evidence, world = Evidence(shown), World(asked, shown)
    found = [_row(claim, evidence, world) for claim in progress(list(rows(asked)))]
    table = pd.DataFrame(found, columns=list(COLUMNS), index=asked.index)
    return table.astype({name: _DTYPES[kind] for name, kind in COLUMNS.items()})


def _row(claim: Any, evidence: Evidence, world: World) -> dict[str, object]:
    """Return what `check_claims` says about one claim."""
    row: dict[str, object] = {
        "claim_id": claim.claim_id,
        "relation": claim.relation,
        "printed": claim.printed,
        "hedge": claim.hedge,
        "source_id": claim.source_id,
        "release_id": claim.release_id,
    }
    operands = dict(_operands(claim, evidence))
    found = {name: it for name, it in operands.items() if isinstance(it, Operand)}
    for name, operand in found.items():
        row[name] = operand.value
        row[f"{name}_hedge"] = operand.hedge
        row[f"{name}_source_id"] = operand.source_id
    lacking = {name: it for name, it in operands.items() if isinstance(it, Nowhere)}
    implied = _implied(claim, operands, world)
    unprinted = [f"{name} never published" for name, it in lacking.items() if not it.reasons]
    if not lacking.keys() <= implied.keys():
        reasons = sorted({why for it in lacking.values() for why in it.reasons})
        verdict = "not_computable" if unprinted else "not_comparable"
        return row | {"verdict": verdict, "why_not": "; ".join(unprinted or reasons)}
    result = _check(claim, found, **implied)
    if lacking and result.verdict not in _DECIDED:
        return row | {"verdict": "not_computable", "why_not": "; ".join(unprinted)}
    row |= {f"{name}_hedge": _IMPLIED for name in lacking}
    low, high = _ends(result.recomputed)
    own: tuple[Basis, ...] = ("same_release",) if lacking else ()
    undefined = "undefined: the reference is 0" if result.verdict == "not_computable" else pd.NA
    return row | {
        "recomputed_lower": low,
        "recomputed_upper": high,
        "verdict": result.verdict,
        "basis": max((*(it.basis for it in found.values()), *own), key=BASES.index),
        "diagnosis": result.diagnosis or _other_base(claim, result, found, evidence),
        "would_read": result.would_read,
        "why_not": undefined,
    }


def _operands(claim: Any, evidence: Evidence) -> Iterator[tuple[str, Operand | Nowhere]]:
    """Find a claim's subject and, where it has one, its reference."""
    own = {"source_id": claim.source_id, "release_id": claim.release_id}
    for name, cell, beside in (
        ("subject", cell_of(claim), claim.subject_value),
        ("reference", reference_of(claim), claim.ref_value),
    ):
        if cell is None:
            continue
        # The number printed beside the statement is the one it was made from.
        printed_beside = Operand(beside, "exact", claim.release_id, claim.source_id)
        yield name, printed_beside if pd.notna(beside) else evidence.find(cell, **own)


def _implied(claim: Any, operands: dict[str, Operand | Nowhere], world: World) -> dict[str, Bounds]:
    """Return what the rest of the release implies about operands it does not print exactly."""
    found = {}
    for name, cell in (("subject", cell_of(claim)), ("reference", reference_of(claim))):
        operand = operands.get(name)
        if cell is None or not _is_open(operand):
            continue
        tightened = world.tightened(cell, claim)
        printed = operand.bounds if isinstance(operand, Operand) else _COUNTS
        both = printed.intersection(tightened) if tightened else None
        if both is not None:
            found[name] = both
    return found


def _is_open(operand: Operand | Nowhere | None) -> bool:
    """Say whether nobody printed a count exactly, and no coverage stands against it."""
    if isinstance(operand, Operand):
        return operand.hedge != "exact" and operand.basis != "other_release"
    return operand is not None and not operand.reasons


def _check(claim: Any, operands: dict[str, Operand], **instead: Bounds) -> ClaimCheck:
    bounds = {name: operand.bounds for name, operand in operands.items()} | instead
    period = None if "reference" in bounds else Period(claim.period_start, claim.period_end)
    return check(
        claim.relation,
        claim.printed,
        subject=bounds["subject"],
        reference=bounds.get("reference"),
        period=period,
        hedge=claim.hedge,
    )


def _other_base(
    claim: Any, result: ClaimCheck, operands: dict[str, Operand], evidence: Evidence
) -> str | None:
    """Name another printed base that gives the printed number: the last slip looked for."""
    base, reference = operands.get("reference"), reference_of(claim)
    if result.verdict != "differs" or base is None or reference is None:
        return None
    for cell, figure in evidence.other_cells(reference, release_id=claim.release_id):
        if cell != cell_of(claim) and _fits(claim, operands, figure):
            period = Period(cell.period_start, cell.period_end)
            return f"another period's base: {figure.value:,.0f} of {period}"
    for figure in evidence.other_values(reference, base.value):
        if _fits(claim, operands, figure):
            return f"another printed base: {figure.value:,.0f} in {figure.release_id}"
    return None


def _fits(claim: Any, operands: dict[str, Operand], base: Operand) -> bool:
    return _check(claim, operands, reference=base.bounds).verdict == "reproduced"


def _ends(value: float | Bounds) -> tuple[float, float]:
    return (value.lower, value.upper) if isinstance(value, Bounds) else (value, value)
