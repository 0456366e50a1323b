"""Every printed statement against the printed numbers it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from ukcso.claims.system import ReleaseSystems, cell_of, reference_of, shipped_systems
from ukcso.datasets import (
    cached_by_version,
    conform,
    load_claims,
    load_figures,
    rows,
    tells_origin,
    typed,
)
from ukcso.evidence import BASES, Basis, Evidence, Nowhere, Operand
from ukcso.periods import Period
from ukcso.printed import RELATIONS, Bounds, ClaimCheck, check, is_above_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

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
    own_claims = load_claims() if claims is None else conform(claims, "claims")
    own_figures = load_figures() if figures is None else conform(figures, "figures")
    own_systems = ReleaseSystems(own_claims, own_figures)
    return _checked(own_claims, own_figures, own_systems, progress)


@cached_by_version
def _shipped() -> pd.DataFrame:
    """Check what is shipped, once in a process: tables and pictures ask for it again and again."""
    return _checked(load_claims(), load_figures(), shipped_systems(across=False), iter)


def _checked(
    claims: pd.DataFrame,
    figures: pd.DataFrame,
    systems: ReleaseSystems,
    progress: Callable[[list[Any]], Iterable[Any]],
) -> pd.DataFrame:
    evidence = Evidence(figures)
    checked = [_row(claim, evidence, systems) for claim in progress(list(rows(claims)))]
    return typed(checked, COLUMNS).set_axis(claims.index)


class _Operands(NamedTuple):
    """What a claim rests on, by name of operand."""

    #: Printed numbers.
    printed: dict[str, Operand]
    #: Why there is none.
    lacking: dict[str, Nowhere]
    #: What the rest of the release implies about those not printed exactly.
    implied: dict[str, Bounds]

    @property
    def bounds(self) -> dict[str, Bounds]:
        return {name: operand.bounds for name, operand in self.printed.items()} | self.implied

    @property
    def is_enough(self) -> bool:
        return self.lacking.keys() <= self.implied.keys()

    @property
    def unprinted(self) -> str:
        names = [name for name, nowhere in self.lacking.items() if not nowhere.reasons]
        return "; ".join(f"{name} never published" for name in names)

    @property
    def basis(self) -> Basis:
        """The farther of the operands; what a release implies is its own."""
        implied: list[Basis] = ["same_release"] if self.lacking else []
        bases = [operand.basis for operand in self.printed.values()]
        return max([*bases, *implied], key=BASES.index)

    def columns(self) -> dict[str, object]:
        return {
            f"{name}{column}": value
            for name, operand in self.printed.items()
            for column, value in (
                ("", operand.value),
                ("_hedge", operand.hedge),
                ("_source_id", operand.source_id),
            )
        }


def _row(claim: Any, evidence: Evidence, systems: ReleaseSystems) -> dict[str, object]:
    """Return what `check_claims` says about one claim."""
    operands = _operands(claim, evidence, systems)
    return {
        "claim_id": claim.claim_id,
        "relation": claim.relation,
        "printed": claim.printed,
        "hedge": claim.hedge,
        "source_id": claim.source_id,
        "release_id": claim.release_id,
        **operands.columns(),
        **_verdict(claim, operands, evidence),
    }


def _verdict(claim: Any, operands: _Operands, evidence: Evidence) -> dict[str, object]:
    """Return the columns that say what a claim's operands make of it."""
    if not operands.is_enough:
        reasons = {why for nowhere in operands.lacking.values() for why in nowhere.reasons}
        if operands.unprinted:
            return {"verdict": "not_computable", "why_not": operands.unprinted}
        return {"verdict": "not_comparable", "why_not": "; ".join(sorted(reasons))}
    bounds = operands.bounds
    reference = bounds.get("reference")
    if reference and is_above_whole(RELATIONS[claim.relation], bounds["subject"], reference):
        return {"verdict": "not_computable", "why_not": "part above whole"}
    result = _check(claim, bounds)
    if operands.lacking and result.verdict not in _DECIDED:
        return {"verdict": "not_computable", "why_not": operands.unprinted}
    lower, upper = _ends(result.recomputed)
    undefined = result.verdict == "not_computable"
    return {
        "recomputed_lower": lower,
        "recomputed_upper": upper,
        "verdict": result.verdict,
        "basis": operands.basis,
        "diagnosis": result.diagnosis or _other_base(claim, result, operands, evidence),
        "would_read": result.would_read,
        "why_not": "undefined: the reference is 0" if undefined else None,
        **{f"{name}_hedge": _IMPLIED for name in operands.lacking},
    }


def _operands(claim: Any, evidence: Evidence, systems: ReleaseSystems) -> _Operands:
    """Find a claim's subject and, where it has one, its reference."""
    operands = _Operands({}, {}, {})
    for name, cell, beside in (
        ("subject", cell_of(claim), claim.subject_value),
        ("reference", reference_of(claim), claim.ref_value),
    ):
        if cell is None:
            continue
        # The number printed beside the statement is the one it was made from.
        operand: Operand | Nowhere = Operand(beside, "exact", claim.release_id, claim.source_id)
        if pd.isna(beside):
            operand = evidence.find(cell, source_id=claim.source_id, release_id=claim.release_id)
        if isinstance(operand, Operand):
            operands.printed[name] = operand
        else:
            operands.lacking[name] = operand
        if _is_open(operand):
            tightened = systems.of(claim.release_id).tightened(cell, claim)
            known = operand.bounds if isinstance(operand, Operand) else _COUNTS
            both = known.intersection(tightened) if tightened else None
            if both is not None:
                operands.implied[name] = both
    return operands


def _is_open(operand: Operand | Nowhere) -> bool:
    """Say whether nobody printed a count exactly, and no coverage stands against it."""
    if isinstance(operand, Operand):
        return operand.hedge != "exact" and operand.basis != "other_release"
    return not operand.reasons


def _check(claim: Any, bounds: dict[str, Bounds]) -> ClaimCheck:
    reference = bounds.get("reference")
    period = Period(claim.period_start, claim.period_end) if reference is None else None
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
    base, reference = operands.printed.get("reference"), reference_of(claim)
    if result.verdict != "differs" or base is None or reference is None:
        return None

    def fits(figure: Operand) -> bool:
        printed = {name: operand.bounds for name, operand in operands.printed.items()}
        bounds = printed | {"reference": figure.bounds}
        is_part = not is_above_whole(RELATIONS[claim.relation], bounds["subject"], figure.bounds)
        return is_part and _check(claim, bounds).verdict == "reproduced"

    for cell, figure in evidence.other_cells(reference, release_id=claim.release_id):
        if cell != cell_of(claim) and fits(figure):
            period = Period(cell.period_start, cell.period_end)
            return f"another period's base: {figure.value:,.0f} of {period}"
    for figure in evidence.other_values(reference, base.value):
        if fits(figure):
            return f"another printed base: {figure.value:,.0f} in {figure.release_id}"
    return None


def _ends(value: float | Bounds) -> tuple[float, float]:
    return (value.lower, value.upper) if isinstance(value, Bounds) else (value, value)
