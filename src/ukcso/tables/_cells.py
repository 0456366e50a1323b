"""What a cell of a table holds, how it reads to people, and what programs get of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ukcso.printed import grouped, rounded

MISSING_TEXT = "–"  # noqa: RUF001 - an en dash, as statistical tables have it
WITHHELD_TEXT = "[c]"


@dataclass(frozen=True, slots=True)
class Words:
    """A text."""

    text: str
    marks: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        return self.text

    def plain(self, _parts: int) -> list[str]:
        """Return what a CSV has: one value for each of the column's parts."""
        return [self.text]


@dataclass(frozen=True, slots=True)
class Number:
    """A number with so many decimals."""

    value: float
    digits: int = 0
    marks: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        return grouped(self.value, self.digits)

    def plain(self, _parts: int) -> list[str]:
        """Return what a CSV has: one value for each of the column's parts."""
        return [f"{rounded(self.value, self.digits):f}"]


@dataclass(frozen=True, slots=True)
class Interval:
    """
    A number with its limits.

    Examples
    --------
    >>> Interval(23.12, 21.44, 24.86, digits=1).shown
    '23.1 (21.4 to 24.9)'
    """

    value: float
    lower: float
    upper: float
    digits: int = 0
    marks: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        value, lower, upper = (
            grouped(it, self.digits) for it in (self.value, self.lower, self.upper)
        )
        return f"{value} ({lower} to {upper})"

    def plain(self, _parts: int) -> list[str]:
        """Return what a CSV has: one value for each of the column's parts."""
        return [f"{rounded(it, self.digits):f}" for it in (self.value, self.lower, self.upper)]


@dataclass(frozen=True, slots=True)
class Empty:
    """Nothing to show, for a reason that a footnote gives."""

    shown: str = MISSING_TEXT
    marks: tuple[str, ...] = ()

    def plain(self, parts: int) -> list[str]:
        """Return what a CSV has: one value for each of the column's parts."""
        return [""] * parts


Cell = Words | Number | Interval | Empty


def marked(cell: Cell, mark: str) -> Cell:
    """Return a cell with one more footnote mark."""
    return replace(cell, marks=(*cell.marks, mark))
