"""
Tables of text in which no character is ever lost.

Without a width, as in a pipe, a row is a line. Within a width, cells wrap between words;
where that is not enough, what rows share is said above them, then the columns that matter
least go; and where even that is not enough, each row becomes a record, with a line for
each column.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any

import typer

_GAP = "  "
#: A column whose cells have more to say is not wrapped to less: to the first while columns can
#: go, to the second where none can.
_READABLE = (20, 12)
#: Parts of names: columns that say nothing without each other.
_PARTNERS = (("lower", "upper"), ("start", "end"))
#: Where a cell may be broken: between words, and between the ids of a list.
_PIECES = re.compile(r"[^ ;]+;?|;| +")


def table(
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
    width: int | None = None,
    *,
    goes: Iterable[str] = (),
    by: Collection[str] = (),
    sections: Sequence[str] = (),
    right: Collection[str] = (),
    styles: Mapping[str, dict[str, Any]] | None = None,
) -> tuple[list[str], list[str]]:
    r"""
    Lay a table out.

    Parameters
    ----------
    headings, rows
        A text for each column.
    width
        Of the terminal; None where a line may have any length.
    goes
        Columns that may be left out, those that matter least first; a lower bound goes
        with its upper one, a start with its end.
    by
        Columns that are said above the rows which share them, where there is no room
        beside the others; so is what all rows share.
    sections
        A heading for each row, said above the first of those that follow and share it.
    right
        Columns whose cells are aligned to the right.
    styles
        How cells with some texts look: arguments of `typer.style`.

    Returns
    -------
    tuple
        The lines, and the headings of columns that were left out.

    Examples
    --------
    >>> rows = [["Kent", "1,738", "a;b"], ["Essex", "982", "c"]]
    >>> lines, left_out = table(["area", "count", "source_ids"], rows, right=["count"])
    >>> print(*lines, sep="\n")
    area   count  source_ids
    ────────────────────────
    Kent   1,738  a;b
    Essex    982  c
    >>> table(["area", "count", "source_ids"], rows[:1], 12, goes=["source_ids"])
    (['area  count', '───────────', 'Kent  1,738'], ['source_ids'])
    """
    names, *cells = ([_plain(text) for text in row] for row in (headings, *rows))
    fitting = (
        (widths, *choice)
        for readable in _READABLE
        for choice in _choices(names, cells, goes, by)
        if (
            widths := _widths(
                [[row[at] for row in (names, *cells)] for at in choice[0]], width, readable
            )
        )
    )
    widths, kept, shared, grouping = next(fitting, (None, [], [], []))
    if widths is None:
        return _records(names, cells, width or 0), []
    to_right = [names[at] in right for at in kept]
    lines = wrapped(_pairs(names, cells[0], shared), width) if shared else []
    lines += _lines([names[at] for at in kept], widths, to_right, {})
    lines.append("─" * (sum(widths) + len(_GAP) * (len(widths) - 1)))
    last = ["", ""]
    for row, section in zip_longest(cells, sections, fillvalue=""):
        said = [section, _pairs(names, row, grouping)]
        for text, before in zip(said, last, strict=True):
            lines += wrapped(text, width) if text != before else []
        last = said
        lines += _lines([row[at] for at in kept], widths, to_right, styles or {})
    told = {*kept, *shared, *grouping}
    return lines, [name for at, name in enumerate(names) if at not in told]


def _choices(
    names: list[str], rows: list[list[str]], goes: Iterable[str], by: Collection[str]
) -> Iterator[list[list[int]]]:
    """Go through what may be columns, said above all rows, or above those that share it."""
    columns = list(range(len(names)))
    yield [columns, [], []]
    shared = [at for at in columns if len({row[at] for row in rows}) == 1 < len(rows)]
    grouping = [at for at in columns if names[at] in by and at not in shared]
    columns = [at for at in columns if at not in {*shared, *grouping}]
    yield [columns, shared, grouping]
    for name in goes:
        gone = {name} | {name.replace(a, b) for pair in _PARTNERS for a, b in (pair, pair[::-1])}
        columns, shared, grouping = (
            [at for at in places if names[at] not in gone] for places in (columns, shared, grouping)
        )
        yield [columns, shared, grouping]


def _pairs(names: list[str], row: Sequence[str], columns: list[int]) -> str:
    """Name the cells of some columns in a line."""
    return _GAP.join(f"{names[at]}: {row[at]}" for at in columns if row[at])


def wrapped(text: str, width: int | None) -> list[str]:
    """
    Break a text between words, and between the ids of a list; none of them is cut.

    Examples
    --------
    >>> wrapped("one two;three", 8), wrapped("incomprehensible", 5)
    (['one two;', 'three'], ['incomprehensible'])
    """
    if width is None or len(text) <= width:
        return [text]
    lines = [""]
    for piece in _PIECES.findall(text):
        if lines[-1].strip() and len(lines[-1]) + len(piece) > width:
            lines.append("")
        lines[-1] += piece
    return [line.strip() for line in lines]


def _plain(text: str) -> str:
    """Return a text on one line, without signs that steer a terminal."""
    return "".join(sign if sign.isprintable() else " " for sign in text).strip()


def _widths(columns: Sequence[Sequence[str]], width: int | None, readable: int) -> list[int] | None:
    """Return how wide each column is, headings wrapped before cells; None if they do not fit."""
    full = [max(map(len, column)) for column in columns]
    room = None if width is None else width - len(_GAP) * (len(columns) - 1)
    if room is None or sum(full) <= room:
        return full
    cells = [max(map(len, column[1:]), default=0) for column in columns]
    whole = [max(map(len, _PIECES.findall(" ".join(column)))) for column in columns]
    for cell_least in (max(full, default=0), readable):
        least = [max(word, min(cell, cell_least)) for word, cell in zip(whole, cells, strict=True)]
        # wrapped where that leaves most: the widest first
        for cap in range(max(full, default=0), 0, -1):
            widths = [max(low, min(high, cap)) for low, high in zip(least, full, strict=True)]
            if sum(widths) <= room:
                return widths
    return None


def _lines(
    row: Sequence[str],
    widths: Sequence[int],
    to_right: Sequence[bool],
    styles: Mapping[str, dict[str, Any]],
) -> Iterator[str]:
    """Return the lines of a row."""
    pieces = [wrapped(cell, width) for cell, width in zip(row, widths, strict=True)]
    for line in zip_longest(*pieces, fillvalue=""):
        padded = []
        for cell, piece, width, right in zip(row, line, widths, to_right, strict=True):
            gap = " " * (width - len(piece))
            text = typer.style(piece, **styles[cell]) if piece and cell in styles else piece
            padded.append(gap + text if right else text + gap)
        yield _GAP.join(padded).rstrip()


def _records(names: list[str], rows: Iterable[Sequence[str]], width: int) -> list[str]:
    """Return a line for each cell that is not empty, upper bounds and ends beside the others."""
    lines: list[str] = []
    for row in rows:
        texts: list[str] = []
        for name, cell in zip(names, row, strict=True):
            if cell and texts and name.endswith(tuple(last for _, last in _PARTNERS)):
                texts[-1] += f"{_GAP}{name}: {cell}"
            elif cell:
                texts.append(f"{name}: {cell}")
        for text in texts:
            first, *more = wrapped(text, width - len(_GAP))
            lines += [first, *(_GAP + line for line in more)]
        lines.append("")
    return lines
