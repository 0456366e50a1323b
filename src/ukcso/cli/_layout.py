"""
Tables of text in which no character is ever lost.

Without a width, as in a pipe, a row is a line. Within a width, cells wrap between words;
where that is not enough, the columns that matter least go; and where even that is not
enough, each row becomes a record, with a line for each column.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any

import typer

_GAP = "  "
#: A column whose cells have more to say than this is not wrapped to less.
_READABLE = 12
#: Where a cell may be broken: between words, and between the ids of a list.
_PIECES = re.compile(r"[^ ;]+;?|;| +")


def table(
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
    width: int | None = None,
    *,
    goes: Iterable[str] = (),
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
        Columns that may be left out, those that matter least first.
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
    cells = [[_plain(text) for text in row] for row in (headings, *rows)]
    kept = list(range(len(headings)))
    going = [headings.index(heading) for heading in goes]
    while (widths := _widths([[row[at] for row in cells] for at in kept], width)) is None:
        if not going:
            return _records(cells, width or 0), []
        kept.remove(going.pop(0))
    to_right = [headings[at] in right for at in kept]
    heading, *body = (
        list(_lines([row[at] for at in kept], widths, to_right, styles or {})) for row in cells
    )
    rule = "─" * (sum(widths) + len(_GAP) * (len(widths) - 1))
    left_out = [name for at, name in enumerate(headings) if at not in kept]
    return [*heading, rule, *(line for lines in body for line in lines)], left_out


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


def _widths(columns: Sequence[Sequence[str]], width: int | None) -> list[int] | None:
    """Return how wide each column is, headings wrapped before cells; None if they do not fit."""
    full = [max(map(len, column)) for column in columns]
    room = None if width is None else width - len(_GAP) * (len(columns) - 1)
    if room is None or sum(full) <= room:
        return full
    cells = [max(map(len, column[1:]), default=0) for column in columns]
    whole = [max(map(len, _PIECES.findall(" ".join(column)))) for column in columns]
    for readable in (max(full), _READABLE):
        least = [max(word, min(cell, readable)) for word, cell in zip(whole, cells, strict=True)]
        # wrapped where that leaves most: the widest first
        for cap in range(max(full), 0, -1):
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


def _records(cells: Sequence[Sequence[str]], width: int) -> list[str]:
    """Return a line for each cell that is not empty, and an empty line after each row."""
    headings, *rows = cells
    lines = []
    for row in rows:
        for heading, cell in zip(headings, row, strict=True):
            if cell:
                first, *more = wrapped(f"{heading}: {cell}", width - len(_GAP))
                lines += [first, *(_GAP + line for line in more)]
        lines.append("")
    return lines
