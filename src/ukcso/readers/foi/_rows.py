"""What sheets say as rows of the datasets figures, releases and sources, and as lists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pandas as pd

from ukcso.areas import all_areas, force_areas
from ukcso.datasets import conform, load_figures, load_releases, load_sources, typed
from ukcso.measures import unit_of
from ukcso.readers._origin import own_id, own_origin
from ukcso.readers.foi.layout._entries import Entry, Problem

_UNANSWERED = {
    "area_id": "text",
    "area": "text",
    "period_start": "day",
    "period_end": "day",
    "kind": "text",
    "words": "text",
    "sheet": "text",
    "cell": "text",
    "file": "text",
}
_PROBLEMS = dict.fromkeys(("sheet", "cell", "text", "expected", "file"), "text")
#: A host that no address can have, by the rules of the internet: the file is one's own.
_NOWHERE = "https://own.invalid/"
#: Areas that totals speak of, the smallest first that holds all who were asked.
_SCOPES = (
    "wales",
    "england",
    "england-and-wales",
    "england-wales-and-northern-ireland",
    "great-britain",
    "united-kingdom",
)


def figures_of(
    entries: Iterable[Entry], measure: str, release_id: str, source_ids: dict[str, str]
) -> pd.DataFrame:
    """Return the rows of `figures`, numbered after those that are shipped."""
    shipped = load_figures()
    number = int(shipped["figure_id"].str.removeprefix("fig-").astype(int).max())
    found = [entry for entry in entries if entry.reading.kind == "figure" and _is_asked(entry)]
    rows = [
        {
            "figure_id": f"fig-{number + at:05}",
            "measure": measure,
            "breakdown": "all",
            "area_id": entry.area.area.area_id,  # type: ignore[union-attr]
            "period_start": pd.Timestamp(entry.period.start),  # type: ignore[union-attr]
            "period_end": pd.Timestamp(entry.period.end),  # type: ignore[union-attr]
            "value": entry.reading.value,
            "hedge": entry.reading.hedge,
            "unit": unit_of(measure),
            "release_id": release_id,
            "source_id": source_ids[entry.place.file],
            "period_basis": "stated",
            "note": entry.reading.note or None,
        }
        for at, entry in enumerate(found, start=1)
    ]
    return conform(pd.DataFrame(rows, columns=list(shipped)), "figures")


def sources_of(files: Sequence[Path], publisher: str) -> tuple[pd.DataFrame, dict[str, str]]:
    """Return the rows of `sources`, one a file, and their ids by the names of the files."""
    ids: dict[str, str] = {}
    for file in files:
        base = own_id(file.name)
        taken = sum(other == base or other.startswith(f"{base}-no-") for other in ids.values())
        ids[file.name] = f"{base}-no-{taken + 1}" if taken else base
    rows = [
        {
            "source_id": source_id,
            "kind": "disclosure_log",
            "publisher": publisher,
            "title": f"Answers to requests: {name}",
            "published": None,
            "url": f"{_NOWHERE}{quote(name)}",
            "quality": "primary",
            "note": "a file of one's own; its address leads nowhere",
        }
        for name, source_id in ids.items()
    ]
    frame = pd.DataFrame(rows, columns=list(load_sources()))
    return conform(frame, "sources"), ids


def release_of(
    entries: Sequence[Entry], measure: str, title: str, about: dict[str, str | None]
) -> pd.DataFrame:
    """Return the row of `releases`; none where no period is known."""
    columns = list(load_releases())
    spans = [entry.period for entry in entries if entry.period and _is_asked(entry)]
    asked, responding = bodies(entries), bodies(entries, answered=True)
    rows: list[dict[str, Any]] = []
    if spans:
        start, end = min(span.start for span in spans), max(span.end for span in spans)
        rows.append(
            {
                "release_id": about["release_id"],
                "publisher": about["publisher"],
                "title": f"Answers to requests: {title}",
                "method": "foi",
                "published": about["published"],
                "measure": measure,
                "period_start": pd.Timestamp(start),
                "period_end": pd.Timestamp(end),
                "scope_area_id": scope_of(asked),
                "forces_responding": len(responding),
                "forces_asked": len(asked),
                "note": "own data",
            }
        )
    return conform(pd.DataFrame(rows, columns=columns), "releases")


def _is_asked(entry: Entry) -> bool:
    return bool(entry.area and entry.area.area and entry.area.kind == "area")


def bodies(entries: Iterable[Entry], *, answered: bool = False) -> set[str]:
    """Return the areas that were asked, or those that gave a number."""
    return {
        entry.area.area.area_id
        for entry in entries
        if entry.area
        and entry.area.area
        and entry.area.kind == "area"
        and (not answered or entry.reading.kind == "figure")
    }


def scope_of(area_ids: Iterable[str]) -> str:
    """
    Return the smallest area that holds all of some areas.

    Examples
    --------
    >>> scope_of(["kent"]), scope_of(["kent", "gwent"]), scope_of(["kent", "scotland"])
    ('kent', 'england-and-wales', 'great-britain')
    """
    known = list(dict.fromkeys(area_ids))
    if len(known) == 1:
        return known[0]
    inside = {
        part
        for area_id in known
        if all_areas()[area_id].kind != "non_territorial_force"
        for part in force_areas(area_id)
    }
    return next((scope for scope in _SCOPES if inside <= force_areas(scope)), "united-kingdom")


def unanswered_of(entries: Iterable[Entry]) -> pd.DataFrame:
    """Return answers that are no number, and the numbers of local authorities."""
    rows = []
    for entry in entries:
        kind = entry.reading.kind
        if entry.area and entry.area.kind == "authority":
            kind = "" if kind == "not_answered" and not entry.reading.words else "local_authority"
        if kind in {"", "figure"}:
            continue
        rows.append(
            {
                "area_id": entry.area.area.area_id if entry.area and entry.area.area else None,
                "area": entry.area.text if entry.area else None,
                "period_start": entry.period.start if entry.period else None,
                "period_end": entry.period.end if entry.period else None,
                "kind": kind,
                "words": entry.reading.words,
                "sheet": entry.place.sheet,
                "cell": entry.place.cell,
                "file": entry.place.file,
            }
        )
    return typed(rows, _UNANSWERED)


def problems_of(problems: Iterable[Problem]) -> pd.DataFrame:
    """Return cells that are not clear, each once for each thing that is not."""
    rows = dict.fromkeys(
        (it.place.sheet, it.place.cell, it.text, it.expected, it.place.file) for it in problems
    )
    return typed((dict(zip(_PROBLEMS, row, strict=True)) for row in rows), _PROBLEMS)


def told_apart(frame: pd.DataFrame, dataset: str, files: Sequence[Path]) -> pd.DataFrame:
    """Return a frame that says in its `attrs` which files it is from."""
    frame.attrs["ukcso"] = own_origin(dataset, files)
    return frame
