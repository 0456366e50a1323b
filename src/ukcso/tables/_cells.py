"""What a cell of a table holds: how it reads to people, and what programs get of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from string import ascii_lowercase
from typing import TYPE_CHECKING, Any

import pandas as pd

from ukcso.printed import grouped, rounded

if TYPE_CHECKING:
    from ukcso.tables._table import Table


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell, with the texts of its footnotes; letters are given when a table is whole."""

    #: What people read.
    shown: str
    #: What a CSV has, one value for each of the column's names; none where it is empty.
    plain: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    #: The number, not rounded.
    value: float | None = None
    #: Whether disclosure control keeps back what is known.
    withheld: bool = False

    def noted(self, *notes: str) -> Cell:
        """Return the cell with more footnotes."""
        return replace(self, notes=(*self.notes, *notes))


#: Nothing belongs here: a total has no rank.
BLANK = Cell("")
#: Nothing is known; its footnote says why.
MISSING = Cell("–")  # noqa: RUF001 - an en dash, as statistical tables have it
WITHHELD = Cell("[c]", withheld=True)


def words(text: str) -> Cell:
    """Return a text."""
    return Cell(text, (text,))


def number(value: float, digits: int, why_not: str) -> Cell:
    """Return a number with so many decimals, or a dash with the reason."""
    if pd.isna(value):
        return MISSING.noted(why_not)
    return Cell(grouped(value, digits), (f"{rounded(value, digits):f}",), value=value)


def interval(row: Any, digits: int, why_not: str) -> Cell:
    """
    Return a rate with its limits, or a dash with the reason.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> interval(SimpleNamespace(rate=23.12, lower=21.44, upper=24.86), 1, "").shown
    '23.1 (21.4 to 24.9)'
    """
    if pd.isna(row.rate):
        return MISSING.noted(why_not)
    ends = [number(end, digits, "") for end in (row.rate, row.lower, row.upper)]
    value, lower, upper = (end.shown for end in ends)
    plain = tuple(end.plain[0] for end in ends)
    return Cell(f"{value} ({lower} to {upper})", plain, value=row.rate)


def count_cell(row: Any) -> Cell:
    """Return the count of a row, which says whether it is withheld, and why there is none."""
    return WITHHELD if row.withheld else number(row.count, 0, row.no_count)


def rate_cell(row: Any, digits: int) -> Cell:
    """Return the rate of a row, which is withheld with its count."""
    why_not = row.no_count if pd.isna(row.count) else row.no_people
    return WITHHELD if row.withheld else interval(row, digits, why_not)


def marks(rows: Iterable[Iterable[Cell]]) -> dict[str, str]:
    """
    Return a letter for each footnote's text, in the order in which a reader meets them.

    Letters, because a raised digit reads as a part of a number.

    Examples
    --------
    >>> marks([[MISSING.noted("not known")], [MISSING.noted("few"), MISSING.noted("not known")]])
    {'not known': 'a', 'few': 'b'}
    """
    texts = dict.fromkeys(note for row in rows for cell in row for note in cell.notes)
    size = len(ascii_lowercase)
    return {text: ascii_lowercase[at % size] * (at // size + 1) for at, text in enumerate(texts)}


def written(
    table: Table, escaped: Callable[[str], str], raised: str
) -> tuple[list[list[str]], list[str]]:
    """
    Return the texts of cells with their marks, and all that stands below, as a format has them.

    Parameters
    ----------
    table
        Its footnotes, notes and sources stand below the cells.
    escaped, raised
        How the format writes a text, and where it has the letter of a footnote.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> rows, notes = [[words("a&b").noted("few")]], ["All."]
    >>> table = SimpleNamespace(rows=rows, notes=notes, sources=["A & B."])
    >>> written(table, lambda text: text, "^{}")
    ([['a&b^a']], ['^a few', 'All.', 'A & B.'])
    """
    letters = marks(table.rows)

    def marked(cell: Cell) -> str:
        mark = ",".join(letters[note] for note in cell.notes)
        return escaped(cell.shown) + (raised.format(mark) if mark else "")

    footnotes = [f"{raised.format(mark)} {escaped(text)}" for text, mark in letters.items()]
    below = [*footnotes, *map(escaped, [*table.notes, *table.sources])]
    return [[marked(cell) for cell in row] for row in table.rows], below
