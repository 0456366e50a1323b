"""A sheet seen with its areas down the side, whichever way it lies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ukcso.readers._sheets import CellError, address
from ukcso.readers.foi.words._cells import tidy

#: A text of more digits is no count.
_MOST_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Place:
    """Where a cell is: the file, the sheet, and what Excel calls it."""

    file: str
    sheet: str
    cell: str


class Grid:
    """
    Cells of a sheet by row and column from 0; None where one is empty or outside.

    A turned grid has the sheet's columns as its rows; its addresses are still Excel's.
    """

    def __init__(
        self, file: str, sheet: str, rows: list[list[object]], *, turned: bool = False
    ) -> None:
        self.file, self.sheet, self.turned = file, sheet, turned
        self._rows = rows
        self.height = len(rows)
        self.width = max(map(len, rows), default=0)

    @classmethod
    def of(cls, file: str, sheet: str, rows: list[list[object]]) -> Grid:
        """Return the grid of a sheet as it was read; a number written as text is a number."""
        return cls(file, sheet, [[_plain(value) for value in row] for row in rows])

    def turn(self) -> Grid:
        """Return the grid with rows for columns."""
        rows: list[list[object]] = [
            [self.at(row, column) for row in range(self.height)] for column in range(self.width)
        ]
        return Grid(self.file, self.sheet, rows, turned=not self.turned)

    def at(self, row: int, column: int) -> object:
        """Return a cell."""
        cells = self._rows[row] if 0 <= row < self.height else []
        return cells[column] if 0 <= column < len(cells) else None

    def filled(self, row: int) -> list[tuple[int, object]]:
        """Return the cells of a row that hold something, with their columns."""
        return [(at, value) for at, value in enumerate(self._rows[row]) if value is not None]

    def place(self, row: int, column: int) -> Place:
        """Return where Excel has a cell."""
        cell = address(column, row) if self.turned else address(row, column)
        return Place(self.file, self.sheet, cell)

    def texts(self, rows: Iterator[int] | list[int]) -> Iterator[str]:
        """Go through the texts of rows: each cell, and the row's cells together."""
        for row in rows:
            cells = [tidy(value) for _, value in self.filled(row)]
            yield from cells
            if len(cells) == 2:  # noqa: PLR2004 - a key in two columns
                yield f"{cells[0]} = {cells[1]}"


def _plain(value: object) -> object:
    if not isinstance(value, str) or isinstance(value, CellError):
        return value
    text = tidy(value)
    if not text:
        return None
    return int(text) if text.isascii() and text.isdecimal() and len(text) < _MOST_DIGITS else value
