"""
The one rule that says which printed number stands for a cell.

Exact over hedged, primary source over press over repost, then the latest published.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

from ukcso.datasets import QUALITIES, cached_by_version, load_releases, load_sources

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
    unknown = len(QUALITIES)
    return min(
        # Sorting is stable, so the order among equals is that of the table.
        sorted(candidates, key=_published, reverse=True),
        key=lambda row: (row.hedge != "exact", _quality().get(row.source_id, unknown)),
    )


def sources_of(printed: Collection[Printed]) -> str:
    """Return the ids of all who printed a cell, the one that stands first, `;` between."""
    stands = best(printed).source_id
    return ";".join([stands, *sorted({row.source_id for row in printed} - {stands})])


def _published(row: Printed) -> tuple[str, str]:
    releases, sources = _days()
    return releases.get(row.release_id, ""), sources.get(row.source_id, "")


@cached_by_version("sources")
def _quality() -> Mapping[str, int]:
    """Return the rank of every source, primary 0."""
    sources = load_sources()
    rank = {quality: place for place, quality in enumerate(QUALITIES)}
    return dict(zip(sources["source_id"], sources["quality"].map(rank), strict=True))


@cached_by_version("releases", "sources")
def _days() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return when releases and sources came out, ISO text that sorts; empty where not known."""
    releases, sources = load_releases(), load_sources()
    return (
        dict(zip(releases["release_id"], releases["published"].fillna(""), strict=True)),
        dict(zip(sources["source_id"], sources["published"].fillna(""), strict=True)),
    )
