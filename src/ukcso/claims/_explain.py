"""One claim in plain sentences: operands, sources, bounds, arithmetic, verdict."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import pandas as pd

from ukcso._rules import require_known
from ukcso.claims._table import check_claims
from ukcso.claims._wording import cell_phrase
from ukcso.claims.system import cell_of, reference_of
from ukcso.datasets import load_claims, load_releases, load_sources
from ukcso.periods import Period
from ukcso.printed import (
    RELATIONS,
    VERDICTS,
    count_phrase,
    meant_by,
    number_phrase,
    printed_phrase,
    range_phrase,
    recomputed_phrase,
)

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
    require_known("claim", claim_id, list(all_claims["claim_id"]), "the claims")
    # All claims go in, for what they imply about each other; one comes out.
    checked = check_claims(claims, figures)
    claim, row = (frame[frame["claim_id"] == claim_id].iloc[0] for frame in (all_claims, checked))
    return list(_sentences(claim, row))


def _sentences(claim: Any, row: Any) -> Iterator[str]:
    yield f"{claim.claim_id}, from {_of('release', load_releases(), claim.release_id)}."
    phrase = printed_phrase(claim.relation, claim.printed, claim.hedge)
    yield f"{_source(claim.source_id)} printed: {phrase}."
    yield _operand("subject", cell_phrase(cell_of(claim)), row)
    if reference := reference_of(claim):
        yield _operand("reference", cell_phrase(reference), row)
    if pd.notna(row.basis):
        yield _BASES[row.basis]
    if pd.notna(row.recomputed_lower):
        yield _arithmetic(claim, row)
        meant = meant_by(claim.printed, claim.hedge, inverse=RELATIONS[claim.relation].inverse)
        span = range_phrase(meant.lower, meant.upper, lambda end: f"{end:,.12g}")
        yield f"The printed {phrase} allows {span}."
    why = f" ({row.why_not.replace('_', ' ')})" if pd.notna(row.why_not) else ""
    yield f"Verdict: {row.verdict.replace('_', ' ')}{why}, for {VERDICTS[row.verdict].meaning}."
    reads = f"It would read {row.would_read}." if pd.notna(row.would_read) else ""
    slip = f"One slip explains it: {row.diagnosis}." if pd.notna(row.diagnosis) else ""
    if reads or slip:
        yield f"{reads} {slip}".strip()
    if pd.notna(claim.note):
        yield f"Note: {claim.note}."


def _operand(name: str, cell: str, row: Any) -> str:
    value, hedge = row[name], row[f"{name}_hedge"]
    if pd.notna(hedge) and hedge == "implied":
        known = "not printed exactly, but bounded by the rest of the release"
    elif math.isnan(value):
        known = "no number to calculate with"
    else:
        known = f"{count_phrase(value, hedge)}, printed by {_source(row[f'{name}_source_id'])}"
    return f"{name.capitalize()}: {cell}: {known}."


def _arithmetic(claim: Any, row: Any) -> str:
    relation = RELATIONS[claim.relation]
    time = relation.time(Period(claim.period_start, claim.period_end))
    hedges = row[["subject_hedge", "reference_hedge"]].fillna("")
    subject, reference = (
        number_phrase(value) if hedge == "exact" else "..."
        for value, hedge in zip(row[["subject", "reference"]], hedges, strict=True)
    )
    formula = relation.arithmetic.format(
        s=subject, r=reference, t=time if time.denominator == 1 else f"{float(time):.2f}"
    )
    ends = row.recomputed_lower, row.recomputed_upper
    value = recomputed_phrase(claim.relation, *ends, claim.printed)
    return f"Arithmetic ({relation.meaning}): {formula} = {value}."


def _source(source_id: str) -> str:
    return _of("source", load_sources(), source_id)


def _of(kind: str, table: pd.DataFrame, row_id: str) -> str:
    """Name a release or a source, with its day."""
    rows = table[table[f"{kind}_id"] == row_id]
    if rows.empty:
        return f"{kind} {row_id}"
    row = rows.iloc[0]
    title = f": {row.title}" if kind == "release" else ""
    when = "" if pd.isna(row.published) else f", {row.published}"
    return f"{row.publisher}{title}{when} [{row_id}]"
