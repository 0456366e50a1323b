"""The table of `ukcso check`: every claim with its verdict, release by release."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, TypeVar

import pandas as pd
from rich.console import Console
from rich.progress import Progress
from rich.text import Text

from ukcso.claims import VERDICTS, about, operands_phrase, printed_phrase, recomputed_phrase, remark
from ukcso.cli._formats import console, table
from ukcso.datasets import load_releases

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

T = TypeVar("T")

_PATIENCE_S = 1.0
_HEADINGS = ("claim", "about", "printed", "from", "recomputed", "verdict", "remark")


def show(claims: pd.DataFrame, checked: pd.DataFrame) -> None:
    """Print the claims of each release, then how many of each verdict there are."""
    out = console()
    facts = claims.set_index("claim_id").join(
        checked.set_index("claim_id").drop(
            columns=["relation", "printed", "hedge", "source_id", "release_id"]
        )
    )
    for heading, group in _by_release(facts):
        out.print(Text(heading, style="bold"))
        rows = [_cells(claim) for claim in group.reset_index().itertuples(index=False)]
        out.print(table(_HEADINGS, rows))
    out.print(summary(checked))


def summary(checked: pd.DataFrame) -> Any:
    """Return how many of each verdict there are, and what each means."""
    counts = checked["verdict"].value_counts()
    rows: list[list[object]] = [
        [Text(verdict, style=rule.style), int(counts.get(verdict, 0)), rule.meaning]
        for verdict, rule in VERDICTS.items()
    ]
    rows.append([Text("all", style="bold"), len(checked), "printed statements"])
    return table(("verdict", "claims", "meaning"), rows)


def patiently(items: Sequence[T]) -> Iterator[T]:
    """Go through items; on a terminal, show a bar once a second has passed."""
    out = Console(stderr=True)
    began = time.monotonic()
    bar: Progress | None = None
    try:
        for done, item in enumerate(items):
            if bar is None and out.is_terminal and time.monotonic() - began > _PATIENCE_S:
                bar = Progress(console=out, transient=True)
                task = bar.add_task("checking claims", total=len(items), completed=done)
                bar.start()
            yield item
            if bar is not None:
                bar.update(task, completed=done + 1)
    finally:
        if bar is not None:
            bar.stop()


def _by_release(facts: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """Go through the claims release by release, the earliest published first."""
    releases = load_releases().set_index("release_id")
    known = facts.join(releases[["publisher", "title", "published"]], on="release_id")
    known = known.sort_values(["published", "release_id", "claim_id"], na_position="last")
    for release_id, group in known.groupby("release_id", sort=False):
        first = group.iloc[0]
        if pd.isna(first["title"]):
            yield str(release_id), group
        else:
            when = first["published"] if pd.notna(first["published"]) else "date not known"
            yield f"{first['publisher']}: {first['title']} ({when}) [{release_id}]", group


def _cells(claim: Any) -> list[object]:
    return [
        claim.claim_id,
        about(claim),
        printed_phrase(claim.relation, claim.printed, claim.hedge),
        operands_phrase(claim),
        recomputed_phrase(
            claim.relation, claim.recomputed_lower, claim.recomputed_upper, claim.printed
        ),
        Text(claim.verdict, style=VERDICTS[claim.verdict].style),
        remark(claim),
    ]
