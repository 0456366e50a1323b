"""What stands below an output: the releases and sources behind its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ukcso
from ukcso.citation import references
from ukcso.datasets import load_releases, metadata
from ukcso.datasets._read import rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

_OURS = "ukcso"
#: So many releases are named one by one in a line.
_FEW = 2


def source_notes(frame: pd.DataFrame) -> list[str]:
    """Return every release and every source behind the rows of a frame, one text each."""
    releases = [
        f"Release {row.release_id}: {_release(row)}, {row.title}" for row in _releases(frame)
    ]
    return [*releases, *references(frame)]


def source_line(frame: pd.DataFrame) -> str:
    """
    Return who stands behind a frame in one line, for the foot of a picture.

    Examples
    --------
    >>> import ukcso
    >>> source_line(ukcso.official_series("86", "Kent"))
    'Source: Home Office (recorded_crime v1). ukcso ...'
    """
    datasets = frame.attrs["ukcso"]["datasets"]
    releases = [_release(row) for row in _releases(frame)]
    printed = releases if len(releases) <= _FEW else [f"{len(releases)} releases"]
    if printed:
        printed[-1] += f" (figures v{datasets['figures']})"
    # What was counted before what it was divided by.
    official = [
        f"{publisher} ({name} v{datasets[name]})"
        for name in sorted(datasets, key=lambda it: it == "population")
        if (publisher := metadata(name, datasets[name]).publisher) != _OURS
    ]
    who = [*printed, *official]
    return f"Source{'s' if len(who) > 1 else ''}: {'; '.join(who)}. ukcso {ukcso.__version__}."


def _releases(frame: pd.DataFrame) -> Iterator[Any]:
    """Go through the releases that the rows name, as rows of `releases`."""
    if "release_id" in frame:
        shown = set(frame["release_id"].dropna())
        known = load_releases(frame.attrs["ukcso"]["datasets"].get("releases"))
        yield from rows(known[known["release_id"].isin(shown)].fillna({"published": ""}))


def _release(row: Any) -> str:
    return f"{row.publisher}, {row.published or 'month not known'}"
