"""Datasets, the package and sources as works that a reference list names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from ukcso._version import __version__
from ukcso.datasets import load_sources, metadata, rows
from ukcso.errors import InvalidInputError, listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_COMPILED = "dataset:sources"
_OUR_OWN = "MIT"
_AUTHORS = "The ukcso authors"
_SHOWN = 5  # unknown ids named in a message
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
    def date(self) -> list[int]:
        """Year, month and day, as far as known."""
        return [int(part) for part in self.published.split("-") if part]

    @property
    def genre(self) -> str:
        """What sort of work it is, where its type does not say it."""
        return _GENRES.get(self.kind, "")

    @property
    def heading(self) -> str:
        """The title; words in brackets where it was not seen."""
        return self.title or f"[{self.kind.replace('_', ' ')}, title not seen]"


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


def dataset(name: str, version: int | None) -> Work:
    """Return one version of a dataset as a work."""
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
        The frame says neither, or names a source that is not known.
    UnknownDatasetError
        It is from a dataset or version that is not shipped.
    """
    if not isinstance(frame, (pd.DataFrame, pd.Series)):
        msg = (
            "dataset_or_frame must be the name of a dataset, 'ukcso', or a pandas DataFrame; "
            f"got {type(frame).__name__}"
        )
        raise InvalidInputError(msg)
    origin = frame.attrs.get("ukcso") or {}
    cited = dict(_cited(origin))
    cells = list(_source_cells(frame))
    if not cited and not cells:
        msg = (
            "frame must come from a loader, a series or a table of ukcso, or have a column "
            "source_id or source_ids; pandas drops where it came from in merges, so cite the "
            "dataset by name instead"
        )
        raise InvalidInputError(msg)
    return [
        *(dataset(name, cited[name]) for name in sorted(cited)),
        *_sources(cells, dict(_read_for(origin)).get("sources")),
    ]


def _read_for(origin: dict[str, Any]) -> Iterator[tuple[str, int | None]]:
    """Go through every dataset that was read to make a frame, with its version."""
    yield from origin.get("datasets", {}).items()
    if "dataset" in origin:
        yield origin["dataset"], origin.get("version")


def _cited(origin: dict[str, Any]) -> Iterator[tuple[str, int | None]]:
    """Leave out what was only looked up: names, definitions and our own lists."""
    for name, version in _read_for(origin):
        facts = metadata(name, version)
        numbers = facts.period_start and facts.licence != _OUR_OWN
        if numbers or name == origin.get("dataset"):
            yield name, version


def _source_cells(frame: pd.DataFrame | pd.Series[Any]) -> Iterator[pd.Series[Any]]:
    """Go through the columns, and levels of the index, that hold ids of sources."""
    table = frame.to_frame() if isinstance(frame, pd.Series) else frame
    for level, name in enumerate(table.index.names):
        if _holds_sources(name):
            yield pd.Series(table.index.get_level_values(level), table.index, name=name)
    for position, name in enumerate(table.columns):
        if _holds_sources(name):
            yield table.iloc[:, position]


def _holds_sources(name: object) -> bool:
    return isinstance(name, str) and (
        name in {"source_id", "source_ids"} or name.endswith("_source_id")
    )


def _sources(cells: Iterable[pd.Series[Any]], version: int | None) -> Iterator[Work]:
    """Go through the sources named in some cells, in the order of their ids."""
    known = load_sources(version)
    ids = set(known["source_id"])
    wanted: set[str] = set()
    for column in cells:
        named = column.dropna().astype(object).map(_split)
        wanted.update(name for names in named for name in names)
        _refuse_unknown(named, ids, version)
    for row in rows(known[known["source_id"].isin(wanted)].fillna("")):
        yield Work(
            key=row.source_id,
            kind=row.kind,
            author=row.publisher,
            title=row.title,
            published=row.published,
            url=row.url,
            remark=row.note,
        )


def _split(cell: object) -> tuple[str, ...]:
    return tuple(name for part in str(cell).split(";") if (name := part.strip()))


def _refuse_unknown(named: pd.Series[Any], known: set[str], version: int | None) -> None:
    unknown = [(name, row) for row, names in named.items() for name in names if name not in known]
    if unknown:
        different = list(dict.fromkeys(name for name, _ in unknown))
        name, row = unknown[0]
        affected = sum(any(name not in known for name in names) for names in named)
        cells = f"{affected} cell{'s' * (affected > 1)}"
        more = f": {listed(different[:_SHOWN])}" if len(different) > 1 else ""
        msg = (
            f"{named.name} must name sources that are in load_sources({version or ''}); "
            f"got {name!r} in row {row!r} ({len(different)} unknown in {cells}{more})"
        )
        raise InvalidInputError(msg)
