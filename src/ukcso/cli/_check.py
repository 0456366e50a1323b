"""The tables of `ukcso check`: every claim with its verdict, release by release."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any, TypeVar

import pandas as pd
import typer

from ukcso.claims import VERDICTS, about, operands_phrase, printed_phrase, recomputed_phrase, remark
from ukcso.cli import _formats
from ukcso.datasets import load_releases, rows

T = TypeVar("T")

_PATIENCE_S, _AGAIN_S = 1.0, 0.2
_STYLES = {verdict: rule.style for verdict, rule in VERDICTS.items()}
_HEADINGS = ("claim", "about", "printed", "from", "recomputed", "verdict", "remark")


def show(claims: pd.DataFrame, checked: pd.DataFrame) -> None:
    """Print the claims of each release, then how many of each verdict there are."""
    left_out: set[str] = set()
    for heading, group in _by_release(claims.merge(checked)):
        _formats.say(heading, bold=True)
        cells = [_cells(claim) for claim in group]
        goes = ("remark", "from", "recomputed")
        left_out.update(_formats.show(_HEADINGS, cells, goes=goes, styles=_STYLES))
    counts = checked["verdict"].value_counts()
    summary = [
        [verdict, str(counts.get(verdict, 0)), rule.meaning] for verdict, rule in VERDICTS.items()
    ]
    summary.append(["all", str(len(checked)), "printed statements"])
    _formats.show(("verdict", "claims", "meaning"), summary, styles=_STYLES)
    _formats.tell_left_out(name for name in _HEADINGS if name in left_out)


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


def _by_release(facts: pd.DataFrame) -> Iterator[tuple[str, list[Any]]]:
    """Go through the claims release by release, the earliest published first."""
    releases = load_releases()[["release_id", "publisher", "title", "published"]]
    known = facts.merge(releases, how="left").sort_values(["published", "release_id", "claim_id"])
    for release_id, claims in groupby(rows(known), key=attrgetter("release_id")):
        group = list(claims)
        if pd.isna(group[0].title):
            yield release_id, group
        else:
            when = group[0].published if pd.notna(group[0].published) else "date not known"
            yield f"{group[0].publisher}: {group[0].title} ({when}) [{release_id}]", group


def _cells(claim: Any) -> list[str]:
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
