"""
The one rule that says which printed number stands for a cell.

Exact over hedged, primary source over press over repost, then the latest published.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, TypeVar

import pandas as pd

from ukcso.datasets import QUALITIES, cached_by_version, load_sources, rows
from ukcso.evidence._coverage import coverage_of

P = TypeVar("P")


def best(candidates: Iterable[P]) -> P:
    """
    Pick exact over hedged, primary over press over repost, then the latest published.

    Published is the release, then the source; no date comes last, and among equals
    the first in the table stands. A source nobody knows comes after a repost.
    """
    # Sorting is stable, so the order among equals is that of the table.
    newest_first = sorted(candidates, key=_published, reverse=True)
    return min(newest_first, key=_looseness)


def by_release(figures: pd.DataFrame) -> Iterator[tuple[Any, list[Any]]]:
    """Go through cells as each release has them: the row that stands, and all that print it."""
    cells: defaultdict[tuple[Any, ...], list[Any]] = defaultdict(list)
    for row in rows(figures):
        cells[row.area_id, row.period_start, row.period_end, row.release_id].append(row)
    for printed in cells.values():
        yield best(printed), printed


def sources_of(printed: Collection[Any]) -> str:
    """Return the ids of all who printed a cell, the one that stands first, `;` between."""
    stands = best(printed).source_id
    return ";".join([stands, *sorted({row.source_id for row in printed} - {stands})])


def _looseness(row: Any) -> tuple[bool, int]:
    """Return whether a number is hedged, and how far its source is from the first print."""
    return row.hedge != "exact", _source(row)[0]


def _published(row: Any) -> tuple[str, str]:
    """Return when release and source came out, ISO text that sorts; empty where not known."""
    return coverage_of(row.release_id).published, _source(row)[1]


def _source(row: Any) -> tuple[int, str]:
    """Return the rank of a source, primary 0, and its day; one that nobody knows is last."""
    return _sources().get(row.source_id, (len(QUALITIES), ""))


@cached_by_version
def _sources() -> Mapping[str, tuple[int, str]]:
    known = load_sources().fillna({"published": ""})
    return {row.source_id: (QUALITIES.index(row.quality), row.published) for row in rows(known)}
