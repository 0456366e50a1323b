"""One claim in plain sentences: operands, sources, bounds, arithmetic, verdict."""

from __future__ import annotations

import difflib
import math
from typing import TYPE_CHECKING, Any

import pandas as pd

from ukcso.areas import all_areas
from ukcso.claims._table import check_claims
from ukcso.datasets import load_claims, load_releases, load_sources, rows
from ukcso.errors import InvalidInputError, listed
from ukcso.periods import Period
from ukcso.printed import (
    RELATIONS,
    VERDICTS,
    meant_by,
    number_phrase,
    printed_phrase,
    recomputed_phrase,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_BASES = {
    "same_source": "All numbers stand on the page that makes the statement.",
    "same_release": "Not all numbers stand on that page: one is known from the same release.",
    "other_release": "Not all numbers stand in that release: one is from another, which may have "
    "counted later or otherwise.",
}


def explain(
    claim_id: str, claims: pd.DataFrame | None = None, figures: pd.DataFrame | None = None
) -> list[str]:
    """
    Explain the verdict on one claim.

    Parameters
    ----------
    claim_id
        As in `claims`.
    claims
        A frame valid against the schema of `claims`; None is the shipped one.
    figures
        A frame valid against the schema of `figures`; None is the shipped one.

    Returns
    -------
    list of str
        Sentences, to be read one below the other.

    Raises
    ------
    InvalidInputError
        No claim has this id; the message lists the nearest.

    Examples
    --------
    >>> print(explain("clm-00104")[-2])
    It would read 69. One slip explains it: one digit: 69 printed as 66.
    """
    all_claims = load_claims() if claims is None else claims
    own = all_claims[all_claims["claim_id"] == claim_id]
    if own.empty:
        near = listed(difflib.get_close_matches(str(claim_id), list(all_claims["claim_id"]), n=3))
        msg = f"no claim {claim_id!r}; nearest: {near}"
        raise InvalidInputError(msg)
    claim: Any = own.iloc[0]
    # All claims go in, for what they imply about each other; one comes out.
    checked = check_claims(all_claims, figures)
    found: Any = checked[checked["claim_id"] == claim_id].iloc[0]
    return [line for line in _sentences(claim, found) if line]


def _sentences(claim: Any, found: Any) -> Iterator[str]:
    yield f"{claim.claim_id}, from {_release(claim.release_id)}."
    phrase = printed_phrase(claim.relation, claim.printed, claim.hedge)
    yield f"{_source(claim.source_id)} printed: {phrase}."
    yield _operand("subject", claim, found)
    if pd.notna(claim.ref_measure):
        yield _operand("reference", claim, found)
    if pd.notna(found.basis):
        yield _BASES[found.basis]
    if pd.notna(found.recomputed_lower):
        yield _arithmetic(claim, found)
        meant = meant_by(claim.printed, claim.hedge, inverse=RELATIONS[claim.relation].inverse)
        yield f"The printed {phrase} allows {_span(meant.lower, meant.upper)}."
    why = f" ({found.why_not.replace('_', ' ')})" if pd.notna(found.why_not) else ""
    yield f"Verdict: {found.verdict.replace('_', ' ')}{why}, for {VERDICTS[found.verdict].meaning}."
    reads = f"It would read {found.would_read}. " if pd.notna(found.would_read) else ""
    slip = f"One slip explains it: {found.diagnosis}." if pd.notna(found.diagnosis) else ""
    yield f"{reads}{slip}".strip()
    if pd.notna(claim.note):
        yield f"Note: {claim.note}."


def _operand(name: str, claim: Any, found: Any) -> str:
    value, hedge, source_id = (found[name], found[f"{name}_hedge"], found[f"{name}_source_id"])
    prefix, name = ("" if name == "subject" else "ref_"), name.capitalize()
    cell = {
        key: claim[f"{prefix}{key}"] for key in ("measure", "breakdown", "area_id", "period_start")
    }
    period = Period(cell["period_start"], claim[f"{prefix}period_end"])
    area = all_areas().get(cell["area_id"], cell["area_id"])
    part = "" if cell["breakdown"] == "all" else f", {cell['breakdown'].replace('_', ' ')}"
    what = f"{cell['measure'].replace('_', ' ')}{part}, {area}, {period}"
    if isinstance(hedge, str) and hedge == "implied":
        return f"{name}: {what}: not printed exactly, but bounded by the rest of the release."
    if math.isnan(value):
        return f"{name}: {what}: no number to calculate with."
    word = "" if hedge == "exact" else f"{hedge.replace('_', ' ')} "
    return f"{name}: {what}: {word}{number_phrase(value)}, printed by {_source(source_id)}."


def _arithmetic(claim: Any, found: Any) -> str:
    def shown(value: float, hedge: Any) -> str:
        return number_phrase(value) if not math.isnan(value) and hedge == "exact" else "..."

    relation = RELATIONS[claim.relation]
    time = relation.time(Period(claim.period_start, claim.period_end))
    formula = relation.arithmetic.format(
        s=shown(found.subject, found.subject_hedge),
        r=shown(found.reference, found.reference_hedge),
        t=time if time.denominator == 1 else f"{float(time):.2f}",
    )
    lower, upper = found.recomputed_lower, found.recomputed_upper
    value = recomputed_phrase(claim.relation, lower, upper, claim.printed)
    return f"Arithmetic ({relation.meaning}): {formula} = {value}."


def _span(lower: float, upper: float) -> str:
    if math.isinf(upper):
        return f"{lower:,.12g} or more"
    if math.isinf(lower):
        return f"{upper:,.12g} or less"
    return f"{lower:,.12g} to {upper:,.12g}"


def _release(release_id: str) -> str:
    for row in rows(load_releases()):
        if row.release_id == release_id:
            when = "" if pd.isna(row.published) else f", {row.published}"
            return f"{row.publisher}: {row.title}{when} [{release_id}]"
    return f"release {release_id}"


def _source(source_id: str) -> str:
    for row in rows(load_sources()):
        if row.source_id == source_id:
            when = "" if pd.isna(row.published) else f", {row.published}"
            return f"{row.publisher}{when} [{source_id}]"
    return source_id
