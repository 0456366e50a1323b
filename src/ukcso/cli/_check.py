"""The tables of `ukcso check`: how many of each verdict, and the claims."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

import pandas as pd
import typer

from ukcso.claims import (
    VERDICTS,
    about,
    operands_phrase,
    printed_phrase,
    recomputed_phrase,
    remark,
    slip,
)
from ukcso.cli import _formats
from ukcso.datasets import load_releases, rows

T = TypeVar("T")

_PATIENCE_S, _AGAIN_S = 1.0, 0.2
_STYLES = {verdict: rule.style for verdict, rule in VERDICTS.items()}
_HEADINGS = ("claim", "about", "printed", "from", "recomputed", "verdict", "remark")
_NO_SLIP = "no single slip explains it"


def summarise(checked: pd.DataFrame) -> None:
    """Print how many claims have each verdict."""
    counts = checked["verdict"].value_counts()
    summary = [
        [verdict, str(counts.get(verdict, 0)), rule.meaning] for verdict, rule in VERDICTS.items()
    ]
    summary.append(["all", str(len(checked)), "printed statements"])
    _formats.show(("verdict", "claims", "meaning"), summary, right=["claims"], styles=_STYLES)


def show(claims: pd.DataFrame, checked: pd.DataFrame) -> None:
    """Print claims in one table: by kind of slip where all differ, else release by release."""
    facts = claims.merge(checked)
    all_differ = set(facts["verdict"]) == {"differs"}
    sections, ordered = _by_slip(facts) if all_differ else _by_release(facts)
    left_out = _formats.show(
        _HEADINGS,
        [row_of(claim) for claim in ordered],
        goes=("verdict", "remark", "from", "recomputed"),
        sections=sections,
        styles=_STYLES,
    )
    _formats.tell_left_out(left_out)


def patiently(items: Sequence[T]) -> Iterator[T]:
    """Go through items; on a terminal, tell how far once a second has passed."""
    next_time = time.monotonic() + _PATIENCE_S
    message = ""
    for done, item in enumerate(items):
        if sys.stderr.isatty() and time.monotonic() > next_time:
            message = f"checking claims: {done} of {len(items)}"
            typer.echo(f"\r{message}", err=True, nl=False)
            next_time = time.monotonic() + _AGAIN_S
        yield item
    typer.echo(f"\r{' ' * len(message)}\r" if message else "", err=True, nl=False)


def _by_slip(facts: pd.DataFrame) -> tuple[list[str], list[Any]]:
    """Return claims with the kind of slip of each: the commonest first, what none explains last."""
    slips = facts.apply(slip, axis=1)
    known = facts.assign(slip=slips, of_slip=slips.map(slips.value_counts()), unknown=slips == "")
    order = ["unknown", "of_slip", "slip", "claim_id"]
    claims = list(rows(known.sort_values(order, ascending=[True, False, True, True])))
    return [f"{claim.slip or _NO_SLIP} ({claim.of_slip})" for claim in claims], claims


def _by_release(facts: pd.DataFrame) -> tuple[list[str], list[Any]]:
    """Return claims with the release of each, the earliest published first."""
    releases = load_releases()[["release_id", "publisher", "title", "published"]]
    known = facts.merge(releases, how="left").sort_values(["published", "release_id", "claim_id"])
    claims = list(rows(known.fillna({"published": "date not known"})))
    return [
        claim.release_id
        if pd.isna(claim.title)
        else f"{claim.publisher}: {claim.title} ({claim.published}) [{claim.release_id}]"
        for claim in claims
    ], claims


def row_of(claim: Any) -> list[str]:
    """Return a claim as it reads, in the order of the headings."""
    return [
        claim.claim_id,
        about(claim),
        printed_phrase(claim.relation, claim.printed, claim.hedge),
        operands_phrase(claim),
        recomputed_phrase(
            claim.relation, claim.recomputed_lower, claim.recomputed_upper, claim.printed
        ),
        claim.verdict,
        remark(claim),
    ]
