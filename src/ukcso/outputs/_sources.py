"""What stands below an output: the releases and sources behind its rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from ukcso._version import __version__
from ukcso.citation import behind, references
from ukcso.datasets import (
    is_own,
    load_releases,
    metadata,
    own_file,
    rows,
    shipped_in,
    shipped_versions,
)
from ukcso.errors import listed
from ukcso.outputs._recipe import OWN_FRAME
from ukcso.outputs._words import number_of, span

_OURS = "ukcso"
#: Datasets of what publications printed.
_PRINTED = ("claims", "figures")
#: So many releases are named one by one in a line.
_FEW = 2


def source_notes(frame: pd.DataFrame) -> list[str]:
    """Return every release and every source behind the rows of a frame, one text each."""
    if OWN_FRAME in frame.attrs["ukcso"].get("own", ()):
        return []
    frame = _as_shown(frame)
    releases = [f"Release {row.release_id}: {_named(row)}, {row.title}" for row in _releases(frame)]
    return [*releases, *references(frame)]


def source_line(frame: pd.DataFrame) -> str:
    """
    Return who stands behind a frame in one line, for the foot of a picture.

    Examples
    --------
    >>> import ukcso
    >>> source_line(ukcso.official_series("86", "Kent"))
    'Source: Home Office (recorded_crime v1). ukcso ...'
    >>> release = "nspcc-2023-02-image-offences"
    >>> source_line(ukcso.series("image_offences", "Lancashire", release=release))
    'Source: Lancashire Evening Post on NSPCC, 2023-02 (figures v2). ukcso ...'
    """
    if OWN_FRAME in frame.attrs["ukcso"].get("own", ()):
        return f"Source: data of the author's own. ukcso {__version__}."
    frame = _as_shown(frame)
    datasets = frame.attrs["ukcso"]["datasets"]
    publishers = {
        name: own_source(version) if is_own(version) else metadata(name, version).publisher
        for name, version in datasets.items()
    }
    printed = list(dict.fromkeys(work.author for work in behind(frame) if work.kind != "dataset"))
    who = []
    if printed:
        releases = list(release_names(frame).values())
        of = listed(releases) if len(releases) <= _FEW else f"{len(releases)} releases"
        by = printed[0] if len(printed) == 1 else f"{len(printed)} publishers"
        lists = listed(_list(name, datasets[name]) for name in _PRINTED if name in datasets)
        who.append(f"{by} on {of} ({lists})" if of else f"{by} ({lists})")
    # What was counted before what it was divided by.
    who += [
        f"{publishers[name]} ({name} {'own' if is_own(datasets[name]) else f'v{datasets[name]}'})"
        for name in sorted(datasets, key=lambda name: name == "population")
        if publishers[name] != _OURS and not (is_own(datasets[name]) and _is_looked_up(name))
    ]
    who += [
        f"{metadata(name, shipped).publisher} ({name} v{shipped})"
        for version in datasets.values()
        if is_own(version)
        for name, shipped in shipped_in(version).items()
        if not _is_looked_up(name)
    ]
    return f"Source{'s' if len(who) > 1 else ''}: {'; '.join(who)}. ukcso {__version__}."


def own_source(version: str) -> str:
    """
    Return who stands behind own data: their file, and that it is the author's.

    Examples
    --------
    >>> own_source("own prc-2026.ods 3f2a91c0d1e2"), own_source("own 3f2a91c0d1e2")
    ("prc-2026.ods, the author's own data", "the author's own data")
    """
    return ", ".join(filter(None, (own_file(version), "the author's own data")))


def _list(name: str, version: int | str) -> str:
    """Name a list of what was printed, with its version or the file of one's own."""
    return f"{name} own: {own_source(str(version))}" if is_own(version) else f"{name} v{version}"


def _is_looked_up(name: str) -> bool:
    """Say whether a dataset holds names and definitions, no numbers."""
    return metadata(name, shipped_versions(name)[-1]).publisher == _OURS


def caveats(frame: pd.DataFrame) -> list[str]:
    """
    Return what holds of a frame's counts throughout, as sentences.

    Examples
    --------
    >>> import ukcso
    >>> caveats(ukcso.trend_table("86", "Kent", across="allow"))[0]
    'Throughout: Class holds obscene publications as a whole, not only images of children.'
    """
    breaks: list[str] = frame.attrs["ukcso"].get("caveats", [])
    return [f"Throughout: {text.partition(': ')[2].rstrip('.')}." for text in breaks]


def left_out(frame: pd.DataFrame) -> list[str]:
    """
    Say which other releases print exact counts of the same, and how far they reach.

    Examples
    --------
    >>> import ukcso
    >>> left_out(ukcso.trend_table("image_offences", "Lancashire"))
    ['Releases are not mixed; left out: nspcc-2018-09-image-offences (2016/17 to 2017/18).']
    """
    origin = frame.attrs["ukcso"]
    others = []
    for reach in origin.get("releases_left_out", []):
        by_area = origin["table"] == "area_table"
        years = span([reach["first"], reach["last"]])
        so_far = number_of(reach["n_exact"], "area") if by_area else years
        others.append(f"{reach['release_id']} ({so_far})")
    return [f"Releases are not mixed; left out: {listed(others)}."] if others else []


def release_names(frame: pd.DataFrame) -> dict[str, str]:
    """Return what the releases that the rows name are called: publisher and month, by id."""
    return {row.release_id: _named(row) for row in _releases(frame)}


def _as_shown(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame that no longer names the estimates of residents where it has none."""
    if "population" not in frame or frame["population"].notna().any():
        return frame
    bare = frame.copy()
    origin = frame.attrs["ukcso"]
    others = {name: it for name, it in origin["datasets"].items() if name != "population"}
    bare.attrs["ukcso"] = {**origin, "datasets": others}
    return bare


def _releases(frame: pd.DataFrame) -> Iterator[Any]:
    """Go through the releases that the rows name, as rows of `releases`."""
    if "release_id" in frame:
        shown = set(frame["release_id"].dropna())
        known = load_releases(frame.attrs["ukcso"]["datasets"].get("releases"))
        yield from rows(known[known["release_id"].isin(shown)].fillna({"published": ""}))


def _named(row: Any) -> str:
    return f"{row.publisher}, {row.published or 'month not known'}"
