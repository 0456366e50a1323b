"""Totals of a sheet held against their parts, each as the range that its words allow."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from itertools import pairwise

from ukcso.areas import force_areas
from ukcso.printed import Bounds, printed_bounds
from ukcso.readers.foi.layout._entries import Answered, Line, Problem
from ukcso.readers.foi.layout._grid import Grid
from ukcso.readers.foi.words._cells import Reading, tidy

Range = tuple[float, float]
#: Answers whose number is a part of a total, though it is not given.
_HIDDEN = {"suppressed", "low", "unreadable"}


def range_of(value: float, hedge: str) -> Range:
    """
    Return the least and the greatest count that a number with its hedge allows.

    Examples
    --------
    >>> range_of(5, "under"), range_of(300, "about"), range_of(45, "exact")
    ((0, 4), (250, 349), (45, 45))
    """
    if not float(value).is_integer():
        bounds = printed_bounds(str(value), hedge)  # type: ignore[arg-type]
        return (
            (max(0.0, bounds.lower), max(0.0, bounds.upper)) if hedge != "exact" else (value, value)
        )
    bounds = printed_bounds(str(int(value)), hedge)  # type: ignore[arg-type]
    if hedge == "exact":
        return int(value), int(value)
    return _least(bounds), _most(bounds)


def _least(bounds: Bounds) -> float:
    lower = max(0.0, bounds.lower)
    least = math.ceil(lower)
    return (
        least + 1
        if least == bounds.lower and not bounds.lower_closed and bounds.lower >= 0
        else least
    )


def _most(bounds: Bounds) -> float:
    if math.isinf(bounds.upper):
        return math.inf
    most = math.floor(bounds.upper)
    return max(0, most - 1 if most == bounds.upper and not bounds.upper_closed else most)


def range_of_reading(reading: Reading, rounded_to: float | None = None) -> Range:
    """Return what a cell adds to a total."""
    if reading.kind == "figure" and reading.value is not None:
        lower, upper = range_of(reading.value, reading.hedge)
        spare = (rounded_to or 0) / 2
        return max(0, lower - spare), upper + spare
    return (0, math.inf) if reading.kind in _HIDDEN else (0, 0)


def added(ranges: Iterable[Range]) -> Range:
    """Return the range of a sum."""
    lower, upper = 0.0, 0.0
    for least, most in ranges:
        lower, upper = lower + least, upper + most
    return lower, upper


def check_totals(block: Answered, grid: Grid, rounded_to: float | None) -> Iterator[Problem]:
    """Go through totals that their parts cannot add up to."""
    for line in block.totals:
        if line.label and line.label.kind == "average":
            continue
        for at, entry in line.entries.items():
            if entry.reading.kind != "figure":
                continue
            sums = [
                added(range_of_reading(part.entries[at].reading, rounded_to) for part in parts)
                for parts in _parts(block, line, at)
                if any(part.entries[at].reading.kind == "figure" for part in parts)
            ]
            whole = range_of_reading(entry.reading, rounded_to)
            if sums and not any(_overlap(whole, parts) for parts in sums):
                yield Problem(entry.place, tidy(grid_text(grid, line.row, at)), _words(sums[0]))
    yield from _across(block, grid, rounded_to)


def grid_text(grid: Grid, row: int, at: int) -> object:
    """Return what stands in a cell, empty text where nothing does."""
    value = grid.at(row, at)
    return "" if value is None else value


def _parts(block: Answered, total: Line, at: int) -> Iterator[list[Line]]:
    """Go through the sets of rows that a total may be of."""
    lines = [line for line in block.lines if at in line.entries]
    entry = total.entries[at]
    columns = block.columns
    if columns and columns.period is not None:
        same = entry.period
        if same:
            lines = [line for line in lines if line.entries[at].period == same]
        elif total.label and total.label.kind == "area":
            area = total.label.area
            lines = [line for line in lines if line.label and line.label.area == area]
    if total.label and total.label.area and not total.label.answers:
        members = force_areas(total.label.area.area_id)
        inside = [
            line
            for line in lines
            if line.label and line.label.area and line.label.area.area_id in members
        ]
        if len(
            {line.label.area.area_id for line in inside if line.label and line.label.area}
        ) == len(members):
            yield inside
            return
        if total.label.kind == "area":
            return
        yield inside
    before = max((other.row for other in block.totals if other.row < total.row), default=-1)
    since = [line for line in lines if before < line.row < total.row]
    above = [line for line in lines if line.row < total.row]
    for parts in (since, above, lines):
        yield parts
        yield [line for line in parts if line.label and line.label.kind == "area"]


def _across(block: Answered, grid: Grid, rounded_to: float | None) -> Iterator[Problem]:
    """Go through totals of a row's periods that they cannot add up to."""
    columns = block.columns
    if columns is None or len(columns.answers) < 2:  # noqa: PLR2004 - parts of a total
        return
    periods = sorted(
        {p.period for at in columns.answers if (p := columns.headings[at].period) and p.period}
    )
    if any(one.end >= other.start for one, other in pairwise(periods)):
        return
    asked_only = all(
        at in columns.answers for at, heading in columns.headings.items() if heading.is_period
    )
    for line in block.lines:
        for at, reading in line.sums.items():
            heading = columns.headings[at]
            if reading.kind != "figure" or not (asked_only or heading.fit == "asked"):
                continue
            entries = [
                line.entries[column].reading for column in columns.answers if column in line.entries
            ]
            parts = added(range_of_reading(reading, rounded_to) for reading in entries)
            if not _overlap(range_of_reading(reading, rounded_to), parts):
                yield Problem(
                    grid.place(line.row, at), tidy(grid_text(grid, line.row, at)), _words(parts)
                )


def _overlap(one: Range, other: Range) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _words(parts: Range) -> str:
    lower, upper = (f"{end:,.0f}" if math.isfinite(end) else "" for end in parts)
    span = lower if lower == upper else f"{lower} to {upper}" if upper else f"{lower} or more"
    return f"the sum of its parts, which is {span}"
