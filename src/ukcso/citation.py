"""How to cite a dataset, the package, or the sources behind some rows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import ukcso
from ukcso.datasets import load_sources, metadata
from ukcso.datasets._read import rows
from ukcso.errors import InvalidInputError, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

Style = Literal["text", "bibtex"]
_STYLES = ("text", "bibtex")
_COMPILED = "dataset:sources"


@dataclass(frozen=True, slots=True)
class _Work:
    """What a reference list says about one thing."""

    key: str
    author: str
    title: str
    year: str
    url: str
    note: str


def cite(
    dataset_or_frame: str | pd.DataFrame, *, version: int | None = None, style: Style = "text"
) -> str:
    """
    Return a citation, attribution line included.

    Parameters
    ----------
    dataset_or_frame
        A name from `list_datasets`; "ukcso" for the package; or a frame as loaded,
        for its dataset and, where it has a column `source_id`, every source behind
        its rows.
    version
        Data version of a named dataset; None is the newest shipped.
    style
        "text", or "bibtex" with one entry per work.

    Raises
    ------
    UnknownDatasetError
        No such dataset or version.
    InvalidInputError
        An unknown style, or a frame that neither says its dataset nor has sources.

    Examples
    --------
    >>> print(cite("recorded_crime", version=1))
    Home Office (2023). Police recorded crime open data: ...
    >>> print(cite("ukcso", style="bibtex").splitlines()[0])
    @misc{ukcso,
    """
    if style not in _STYLES:
        msg = f"style must be one of {listed(_STYLES)}; got {style!r}"
        raise InvalidInputError(msg)
    if isinstance(dataset_or_frame, str):
        name = dataset_or_frame
        works = [_package() if name == "ukcso" else _dataset(name, version)]
    else:
        works = list(_behind(dataset_or_frame))
    write = _as_text if style == "text" else _as_bibtex
    return "\n".join(write(work) for work in works)


def _package() -> _Work:
    return _Work(
        key="ukcso",
        author="The ukcso authors",
        title=f"ukcso: UK child-safety offence statistics, version {ukcso.__version__}",
        year="2026",
        url="",
        note="Python package",
    )


def _dataset(name: str, version: int | None) -> _Work:
    facts = metadata(name, version)
    note = f"Dataset {facts.dataset} version {facts.version} of ukcso, retrieved {facts.retrieved}."
    return _Work(
        key=f"ukcso_{facts.dataset}_v{facts.version}",
        author=facts.publisher,
        title=facts.publication,
        year=_year(facts.published),
        url="" if facts.source_url == _COMPILED else facts.source_url,
        note=f"{note} {facts.attribution}".strip(),
    )


def _behind(frame: pd.DataFrame) -> Iterator[_Work]:
    """Go through the dataset a frame came from, then the sources of its rows."""
    origin = getattr(frame, "attrs", {}).get("ukcso")
    has_sources = "source_id" in getattr(frame, "columns", ())
    if not origin and not has_sources:
        msg = (
            "frame must come from a loader or have a column source_id; pandas drops where it "
            "came from in merges, so cite the dataset by name instead"
        )
        raise InvalidInputError(msg)
    if origin:
        yield _dataset(origin["dataset"], origin["version"])
    if has_sources:
        wanted = set(frame["source_id"].dropna())
        known = load_sources()
        for row in rows(known[known["source_id"].isin(wanted)].fillna("")):
            yield _Work(
                key=row.source_id,
                author=row.publisher,
                title=row.title or f"[{row.kind.replace('_', ' ')}, title not seen]",
                year=_year(row.published),
                url=row.url,
                note="",
            )


def _year(published: str) -> str:
    return published[:4] if re.match(r"\d{4}", published) else "n.d."


def _as_text(work: _Work) -> str:
    parts = [f"{work.author} ({work.year}). {work.title}.", work.note, work.url]
    return " ".join(part for part in parts if part)


def _as_bibtex(work: _Work) -> str:
    # Double braces keep a body's name from being read as first and last name.
    fields = {
        "author": f"{{{_escaped(work.author)}}}",
        "title": f"{{{_escaped(work.title)}}}",
        "year": work.year if work.year.isdigit() else "",
        "howpublished": f"\\url{{{work.url}}}" if work.url else "",
        "note": _escaped(work.note),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{work.key},", *lines, "}"])


def _escaped(text: str) -> str:
    """Escape what TeX would read as a command."""
    return re.sub(r"([&%$#_{}])", r"\\\1", text)
