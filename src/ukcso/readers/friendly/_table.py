"""Sheets as rows by column: headings found, every cell with its address, problems gathered."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from ukcso.errors import InvalidInputError, SchemaError, cut, listed, quoted
from ukcso.readers._labels import heading_key
from ukcso.readers._sheets import CellError, Sheet, address, read_sheets

#: So many headings make a row that of the headings.
_ENOUGH = 3
_SHOWN = 20


class Problem(NamedTuple):
    """A cell that is not what its column says, in the words of an error."""

    row: int
    column: str
    value: object
    rule: str
    sheet: str
    cell: str


@dataclass(slots=True)
class Line:
    """One filled row of a sheet: its cells by column, and where each of them is."""

    sheet: str
    number: int
    cells: Mapping[str, object]
    places: Mapping[str, int]
    #: The row of the headings, from 1.
    heading: int = 1
    problems: list[Problem] = field(default_factory=list)
    #: Columns that its sheet must have, and has not: told once.
    lacking: frozenset[str] = frozenset()

    def text(self, name: str) -> str:
        """Return a cell as it is shown; empty where it is, or where there is no such column."""
        value = self.cells.get(name)
        return "" if value is None else " ".join(str(value).split())

    def refuse(self, name: str, rule: str) -> None:
        """Note that a cell, or one that is missing, is not what it must be."""
        place = self.places.get(name)
        cell = f"row {self.number}" if place is None else address(self.number - 1, place)
        value = self.cells.get(name)
        self.problems.append(Problem(self.number, name, value, rule, self.sheet, cell))


def lines_of(path: Path, headings: Mapping[str, Collection[str]]) -> list[Line]:
    """
    Return the rows below the headings of every sheet that has them.

    Rows without a filled cell are left out, and so are sheets without the headings, as long as
    one has them.

    Raises
    ------
    InvalidInputError
        No sheet has three of the headings in one row; a heading is there twice, or unknown.
    """
    found, without = [], []
    for sheet in read_sheets(path):
        place = _heading_row(sheet, headings)
        if place is None:
            without.append(sheet.name)
        else:
            found += list(_lines(sheet, place, _columns(sheet, place, headings)))
    if not found:
        names = listed(headings)
        msg = f"{path.name}: no sheet has rows below headings; the headings are {names} "
        msg += f"(three of them at least in one row; looked at: {listed(without)})"
        raise InvalidInputError(msg)
    return found


def _heading_row(sheet: Sheet, headings: Mapping[str, Collection[str]]) -> int | None:
    known = {key for keys in headings.values() for key in keys}
    for place, row in enumerate(sheet.rows):
        if len({heading_key(cell) for cell in row} & known) >= _ENOUGH:
            return place
    return None


def _columns(sheet: Sheet, place: int, headings: Mapping[str, Collection[str]]) -> dict[str, int]:
    """Return the place of each column, by its name here."""
    name_of = {key: name for name, keys in headings.items() for key in keys}
    columns: dict[str, int] = {}
    for at, cell in enumerate(sheet.rows[place]):
        if cell is None:
            continue
        name = name_of.get(heading_key(cell))
        where = f"{sheet.file}: sheet {sheet.name!r}, {address(place, at)}: {quoted(cell)}"
        if name is None:
            near = difflib.get_close_matches(heading_key(cell), name_of, n=1)
            nearest = f"; nearest: {name_of[near[0]]}" if near else ""
            msg = f"{where} is no heading{nearest}; there are {listed(headings)}"
            raise InvalidInputError(msg)
        if name in columns:
            msg = f"{where} is a second column of {name}, beside {address(place, columns[name])}"
            raise InvalidInputError(msg)
        columns[name] = at
    return columns


def _lines(sheet: Sheet, heading: int, columns: Mapping[str, int]) -> Iterator[Line]:
    for place, row in enumerate(sheet.rows[heading + 1 :], start=heading + 1):
        cells = {name: row[at] for name, at in columns.items() if row[at] is not None}
        if not cells:
            continue
        line = Line(sheet.name, place + 1, cells, columns, heading + 1)
        for name, cell in cells.items():
            if isinstance(cell, CellError):
                line.refuse(name, "is what a formula shows that has no result")
        yield line


def raise_problems(path: Path, lines: list[Line]) -> None:
    """
    Raise where any cell was refused, with all of them.

    Raises
    ------
    SchemaError
        `.failures` has a row for each: row (of the sheet, headings counted), column, value,
        rule, sheet, cell (as Excel names it).
    """
    problems = [problem for line in lines for problem in line.problems]
    if not problems:
        return
    number = f"{len(problems)} cell{'s' * (len(problems) > 1)}"
    shown = [f"{path.name}: {number} cannot be read"]
    for problem in problems[:_SHOWN]:
        value = "empty" if problem.value is None else quoted(str(problem.value))
        where = f"sheet {cut(repr(problem.sheet))}, {problem.cell}"
        shown.append(f"{where}, {problem.column}: {value} ({problem.rule})")
    if len(problems) > _SHOWN:
        shown.append(f"and {len(problems) - _SHOWN} more, see the error's .failures")
    raise SchemaError("\n  ".join(shown), pd.DataFrame(problems, columns=Problem._fields))
