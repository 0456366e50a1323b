"""What must not be lost: numbers that a note takes back, and sheets of which nothing was read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ukcso.periods import Period
from ukcso.readers.foi.layout._entries import Entry, Problem
from ukcso.readers.foi.layout._grid import Grid
from ukcso.readers.foi.words._area_names import AreaNames
from ukcso.readers.foi.words._cells import Reading, read_cell, tidy
from ukcso.readers.foi.words._headings import role_of
from ukcso.readers.foi.words._period_names import looks_like_year, period_in

_TAKEN_BACK = re.compile(
    r"\bwithdr[ae]wn?\b|\bdo(?:es)? not (?:use|rely)|\bnot (?:to )?(?:be )?(?:used|relied|reliable)"
    r"|\bunreliable|\bdisregard|\bignored?\b|\binvalid\b|\bin error\b|\bincorrect|\bfaulty?\b"
)
_YEAR = re.compile(r"(?<![\d/-])(?:19|20)\d\d(?![\d/-])")
_PERIOD = re.compile(r"\b(?:19|20)\d\d(?: ?[/-] ?\d\d(?:\d\d)?)?\b|\b\d\d/\d\d\b")
_ANSWER = re.compile(r"\d|refus|exempt|not held|\bnil\b|\bnone\b|\bzero\b|suppress|not recorded")
#: A year and its answer in one cell.
_YEAR_AND_ANSWER = re.compile(
    r"(?:fy ?)?(?:19|20)\d\d(?: ?[/-] ?\d\d(?:\d\d)?)? ?(?:[:=]| - ) ?(.+?)"
)
_META = re.compile(r"\b(?:foi|ref|version|page|table|annex|note|working days)\b", re.IGNORECASE)
#: Lines at the head of a letter.
_HEAD = re.compile(r"(?:sent|date|from|to|subject|re|ref|reference|received)\b[^:]{0,20}:")
_NOT_UNDERSTOOD = "a number beside its police force and period; this was not understood"


def taken_back(entries: list[Entry], texts: Iterable[str], names: AreaNames) -> list[Problem]:
    """List the numbers that a note says not to use, and leave them out of the entries."""
    problems = []
    notes = [text for text in dict.fromkeys(texts) if _TAKEN_BACK.search(text.lower())]
    for text in notes:
        areas = {area.area_id for area in names.mentioned(text)}
        periods = list(_periods(text))
        if not areas and not periods:
            continue
        for at, entry in enumerate(entries):
            area_id = entry.area.area.area_id if entry.area and entry.area.area else None
            if entry.reading.kind != "figure" or (areas and area_id not in areas):
                continue
            if periods and not any(_is_in(entry.period, period) for period in periods):
                continue
            expected = f"a number that stands; a note says {tidy(text)!r}"
            problems.append(Problem(entry.place, entry.reading.words, expected))
            entries[at] = replace(entry, reading=Reading("unreadable", entry.reading.words))
    return problems


def _periods(text: str) -> Iterator[Period]:
    for part in re.split(r" and |[,;:&]|\. ", tidy(text)):
        if period := period_in(part):
            yield period
    yield from (Period.parse(year) for year in _YEAR.findall(tidy(text)))


def _is_in(period: Period | None, other: Period) -> bool:
    return period is not None and other.start <= period.start and period.end <= other.end


def leftovers(grid: Grid) -> Iterator[Problem]:
    """Go through the cells of a sheet that seem to be answers, where nothing of it was read."""
    for row in range(grid.height):
        cells = grid.filled(row)
        if not cells:
            continue
        is_meta = role_of(cells[0][1]) == "other" and not isinstance(cells[0][1], (int, float))
        for at, value in cells:
            if not (is_meta and len(cells) == 2) and _seems_answer(value):  # noqa: PLR2004 - a pair
                yield Problem(grid.place(row, at), tidy(value), _NOT_UNDERSTOOD)


def left_in_notes(grid: Grid, rows: Iterable[int]) -> Iterator[Problem]:
    """Go through the numbers in rows around blocks that are no note: in cells of their own."""
    for row in rows:
        cells = grid.filled(row)
        is_meta = role_of(cells[0][1]) == "other" or _META.search(tidy(cells[0][1]))
        for at, value in cells:
            if isinstance(value, str):
                match = _YEAR_AND_ANSWER.fullmatch(tidy(value).lower())
                is_left = match is not None and read_cell(match[1]).kind == "figure"
            else:
                is_left = len(cells) > 1 and not is_meta and _seems_answer(value)
            if is_left:
                yield Problem(grid.place(row, at), tidy(value), _NOT_UNDERSTOOD)


def _seems_answer(value: object) -> bool:
    if looks_like_year(value) or isinstance(value, bool):
        return False
    if isinstance(value, (int, float)):
        return True
    text = tidy(value).lower() if isinstance(value, str) else ""
    if not text or _HEAD.match(text):
        return False
    if _PERIOD.search(text):
        return _ANSWER.search(_PERIOD.sub(" ", text)) is not None
    return re.match(r"\W*\d+\W*$", text) is not None or not read_cell(text).expected
