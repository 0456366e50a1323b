"""
The one rule that says which printed number stands for a cell.

Exact over hedged, primary source over press over repost, then the latest published.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

from ukcso.datasets import QUALITIES, cached_by_version, load_sources, rows
from ukcso.evidence._coverage import coverage_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping


class Printed(Protocol):
    """A number that some source printed of some release."""

    @property
    def hedge(self) -> str: ...
    @property
    def release_id(self) -> str: ...
    @property
    def source_id(self) -> str: ...


P = TypeVar("P", bound=Printed)


def best(candidates: Iterable[P]) -> P:
    """
    Pick exact over hedged, primary over press over repost, then the latest published.

    Published is the release, then the source; no date comes last, and among equals
    the first in the table stands. A source nobody knows comes after a repost.
    """
    # Sorting is stable, so the order among equals is that of the table.
    newest_first = sorted(candidates, key=_published, reverse=True)
    return min(newest_first, key=lambda row: (row.hedge != "exact", _source(row)[0]))


def sources_of(printed: Collection[Printed]) -> str:
    """Return the ids of all who printed a cell, the one that stands first, `;` between."""
    stands = best(printed).source_id
    return ";".join([stands, *sorted({row.source_id for row in printed} - {stands})])


def _published(row: Printed) -> tuple[str, str]:
    """Return when release and source came out, ISO text that sorts; empty where not known."""
    return coverage_of(row.release_id).published, _source(row)[1]


def _source(row: Printed) -> tuple[int, str]:
    """Return the rank of a source, primary 0, and its day; one that nobody knows is last."""
    return _sources().get(row.source_id, (len(QUALITIES), ""))


@cached_by_version
def _sources() -> Mapping[str, tuple[int, str]]:
    known = load_sources().fillna({"published": ""})
    return {row.source_id: (QUALITIES.index(row.quality), row.published) for row in rows(known)}
