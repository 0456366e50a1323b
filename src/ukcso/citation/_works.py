"""Datasets, the package and sources as works that a reference list names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import pandas as pd

from ukcso._version import __version__
from ukcso.datasets import (
    OWN_ID,
    has_sources,
    is_own,
    load_sources,
    metadata,
    own_file,
    rows,
    schema,
    shipped_in,
    shipped_versions,
    standing_version,
    version_in,
)
from ukcso.errors import InvalidInputError, cut, listed, quoted

_COMPILED = "dataset:sources"
_OUR_OWN = "MIT"
_AUTHORS = "The ukcso authors"
#: So much of a hash tells own data apart.
_DIGITS = 12
_SHOWN = 5  # unknown ids named in a message
#: Columns that only numbers of official datasets have.
_OFFICIAL = ("offence_code", "population_edition")
#: What to call a work where its type, in a style that has few, does not say it.
_GENRES = {
    "press_release": "Press release",
    "official_statistics": "Official statistics",
    "briefing": "Briefing",
    "disclosure_log": "Disclosure log",
}


@dataclass(frozen=True, slots=True)
class Work:
    """What a reference list says about one thing; an empty text is not known."""

    key: str
    #: dataset, software, or the kind of a source.
    kind: str
    author: str
    #: Words in brackets where it was not seen.
    title: str
    #: ISO day, month or year.
    published: str
    #: ISO day it was last read.
    retrieved: str = ""
    url: str = ""
    version: str = ""
    #: What is printed with it, the licence's attribution line included.
    note: str = ""
    #: What a reader of the data must know, and a reader of the paper need not.
    remark: str = ""

    @property
    def genre(self) -> str:
        """What sort of work it is, where its type does not say it."""
        return _GENRES.get(self.kind, "")


def package() -> Work:
    """Return the package as a work."""
    return Work(
        key="ukcso",
        kind="software",
        author=_AUTHORS,
        title=f"ukcso: UK child-safety offence statistics, version {__version__}",
        published="2026",
        version=__version__,
        note="Python package",
    )


def _own_data(name: str, label: str) -> Work:
    """Return data of the author's own in the place of a dataset as a work."""
    file = own_file(label)
    return Work(
        key=f"own_{name}_{label[-_DIGITS:]}",
        kind="dataset",
        author="Author's own data",
        title=file or f"{name}, rows of the author's own",
        published="",
        version=label[-_DIGITS:],
        note=f"In the place of {name} of ukcso; SHA-256 begins {label[-_DIGITS:]}.",
    )


def dataset(name: str, version: int | str | None) -> Work:
    """Return one version of a dataset, or own data in its place, as a work."""
    if version is None:
        version = standing_version(name)
    if is_own(version):
        return _own_data(name, str(version))
    facts = metadata(name, version)
    note = f"Dataset {facts.dataset} version {facts.version} of ukcso, retrieved {facts.retrieved}."
    compiled = facts.source_url == _COMPILED
    dated = facts.published if re.match(r"\d{4}", facts.published) else ""
    return Work(
        key=f"ukcso_{facts.dataset}_v{facts.version}",
        kind="dataset",
        # A list of ours is cited as ours, by its own title; its rows name the publications.
        author=_AUTHORS if compiled else facts.publisher,
        title=facts.title if compiled else facts.publication,
        published=facts.retrieved[:4] if compiled and not dated else dated,
        retrieved=facts.retrieved,
        url="" if compiled else facts.source_url,
        version=str(facts.version),
        note=f"{note} {facts.attribution}".strip(),
    )


def behind(frame: object) -> list[Work]:
    """
    Return the datasets that a frame is from, then the sources of its rows, each once.

    Raises
    ------
    InvalidInputError
        The frame does not say what it is from, and its rows do not say all of it
        either; or it names a source that is not known.
    UnknownDatasetError
        It is from a dataset or version that is not shipped.
    """
    if not isinstance(frame, (pd.DataFrame, pd.Series)):
        msg = (
            "dataset_or_frame must be the name of a dataset, 'ukcso', or a pandas DataFrame; "
            f"got {type(frame).__name__}"
        )
        raise InvalidInputError(msg)
    table = frame.to_frame() if isinstance(frame, pd.Series) else frame
    origin = frame.attrs.get("ukcso") or {}
    read = dict(origin.get("datasets", {}))
    if "dataset" in origin:
        read[origin["dataset"]] = version_in(origin)
    cited = {name for name in read if name == origin.get("dataset") or _has_numbers(name, read)}
    named = list(_named(table))
    _require_columns(table, origin)
    if not cited:
        _require_all_named(table, named)
    return [
        *(work for name in sorted(cited) for work in _works_of(name, read[name])),
        *_sources(named, table.index, read.get("sources")),
    ]


def _works_of(name: str, version: int | str) -> Iterator[Work]:
    """Go through one version of a dataset; or own data, and what they were put together with."""
    yield dataset(name, version)
    if is_own(version):
        yield from (dataset(*shipped) for shipped in shipped_in(str(version)).items())


def _has_numbers(name: str, read: Mapping[str, int | str]) -> bool:
    """Say whether a dataset is one of numbers: names, definitions and our lists are looked up."""
    version = read[name]
    facts = metadata(name, shipped_versions(name)[-1] if is_own(version) else version)
    return bool(facts.period_start) and facts.licence != _OUR_OWN


class _Named(NamedTuple):
    """An id of a source, and the column and row that name it."""

    source_id: str
    column: str
    position: int


def _named(table: pd.DataFrame) -> Iterator[_Named]:
    """Go through all ids of sources in the columns, and levels of the index, that hold some."""
    for column, cells in _source_cells(table):
        for position, cell in enumerate(cells):
            empty = pd.api.types.is_scalar(cell) and pd.isna(cell)
            parts = () if empty else str(cell).split(";")
            for source_id in filter(None, map(str.strip, parts)):
                yield _Named(source_id, column, position)


def _source_cells(table: pd.DataFrame) -> Iterator[tuple[str, Iterable[Any]]]:
    index = table.index
    levels = [(name, index.get_level_values(place)) for place, name in enumerate(index.names)]
    for name, cells in (*levels, *table.items()):
        if has_sources(name):
            yield str(name), cells


def _require_columns(table: pd.DataFrame, origin: Mapping[str, Any]) -> None:
    """Refuse a frame that lost columns in which the one it is from named its sources."""
    wanted = origin.get("sources_in", [])
    if not wanted and "dataset" in origin:
        wanted = filter(has_sources, schema(origin["dataset"]).to_schema().columns)
    names = [name for name, _ in _source_cells(table)]
    lost = [column for column in wanted if not any(name.startswith(column) for name in names)]
    if lost and len(table):
        msg = f"frame must have the columns that name its sources; it lost {listed(lost)}: cite "
        msg += "it before they are dropped, renamed or put together"
        raise InvalidInputError(msg)


def _require_all_named(table: pd.DataFrame, named: Iterable[_Named]) -> None:
    """Refuse a frame that lost its origin, unless its rows name all that is behind them."""
    lost = "pandas drops where a frame came from when frames are joined"
    if not any(_source_cells(table)):
        msg = (
            "frame must come from a loader, a series or a table of ukcso, or have a column "
            f"source_id or source_ids; {lost}, so cite the dataset by name instead"
        )
        raise InvalidInputError(msg)
    positions = {it.position for it in named}
    bare = [place for place in range(len(table)) if place not in positions]
    if bare or table.empty:
        row = f"row {quoted(table.index[bare[0]])} names" if bare else "it names"
        msg = f"frame must name a source in every row; {row} none ({lost}: cite each one before)"
        raise InvalidInputError(msg)
    official = [name for name in _OFFICIAL if name in table and table[name].notna().any()]
    if official:
        msg = (
            f"frame has {listed(official)} of an official table, and does not say of which "
            f"({lost}: cite each one before)"
        )
        raise InvalidInputError(msg)


def _sources(named: Iterable[_Named], index: pd.Index[Any], version: int | None) -> Iterator[Work]:
    """Go through the sources that cells name, in the order of their ids."""
    known = load_sources(version)
    ids, wanted = set(known["source_id"]), {it.source_id for it in named}
    own = sorted(it for it in wanted - ids if it.startswith(OWN_ID))
    if not wanted <= {*ids, *own}:
        unknown = [it for it in named if it.source_id not in {*ids, *own}]
        _refuse_unknown(unknown, index, version)
    for source_id in own:
        title = f"{source_id.removeprefix(OWN_ID)}, a file or page of the author's own"
        yield Work(source_id, "dataset", "Author's own data", title, "")
    for row in rows(known[known["source_id"].isin(wanted)].fillna("")):
        title = row.title or f"[{row.kind.replace('_', ' ')}, title not seen]"
        yield Work(
            row.source_id,
            row.kind,
            row.publisher,
            title,
            row.published,
            url=row.url,
            remark=row.note,
        )


def _refuse_unknown(unknown: list[_Named], index: pd.Index[Any], version: int | None) -> None:
    """Name the first id that is not known, and how many more its column has."""
    first = unknown[0]
    own = [it for it in unknown if it.column == first.column]
    different = list(dict.fromkeys(it.source_id for it in own))
    affected = len({it.position for it in own})
    more = f": {listed(map(cut, different[:_SHOWN]))}" if len(different) > 1 else ""
    msg = (
        f"{first.column} must name sources that are in load_sources({version or ''}); got "
        f"{quoted(first.source_id)} in row {quoted(index[first.position])} "
        f"({len(different)} unknown in {affected} cell{'s' * (affected > 1)}{more})"
    )
    raise InvalidInputError(msg)
