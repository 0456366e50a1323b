"""Sheets of the Home Office's open data: which of them hold counts, and each row of those."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from ukcso.areas import find_area
from ukcso.errors import InvalidInputError, UnknownAreaError, listed, quoted
from ukcso.readers._labels import heading_key, unmarked
from ukcso.readers._sheets import CellError, Sheet, address

#: What the table has, by what a row of it is called here; as published.
HEADINGS = {
    "year": "Financial Year",
    "quarter": "Financial Quarter",
    "force": "Force Name",
    "description": "Offence Description",
    "group": "Offence Group",
    "subgroup": "Offence Subgroup",
    "code": "Offence Code",
    "offences": "Number of Offences",
}
_COLUMNS = {heading_key(heading): column for column, heading in HEADINGS.items()}
#: So many of them are the row of headings, even where others are missing.
_ENOUGH = 4
#: What is wanted where another file came.
MEANT = (
    '"Police recorded crime open data: Police Force Area tables, year ending March 2013 onwards", '
    "a file such as prc-pfa-mar2013-onwards-tables-230726.ods"
)
#: Headings of sister tables, and what those are.
_SISTERS = {
    "cspname": "the table by community safety partnership",
    "offencecount": "the table by community safety partnership",
    "totalheadcount": "the police workforce table",
    "workertype": "the police workforce table",
    "outcomegroup": "the table of crime outcomes",
    "outcometype": "the table of crime outcomes",
    "outcomedescription": "the table of crime outcomes",
}
#: Who records fraud beside the forces: no areas. "Report Fraud" follows Action Fraud.
_BODIES = re.compile(
    r"(action fraud|report fraud|national fraud intelligence bureau|nfib|cifas|uk ?finance"
    r"|financial fraud action|ffa)\b.*"
)
_YEAR_SHEET = re.compile(r"\s*((?:19|20)\d\d)\s*[-_/\u2013 ]\s*(\d{4}|\d\d)\s*")
_YEAR = re.compile(r"\s*((?:19|20)\d\d)\s*[-_/\u2013]\s*(\d{4}|\d\d)\s*")
#: A row that was cut off after its first cell is no note.
_STARTS_A_ROW = re.compile(r"\s*(19|20)\d\d\s*[-_/\u2013]")
_COUNT = re.compile(r"\s*([-\u2212]?(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,15}))\s*")
_FORCES = {"police_force_area", "non_territorial_force"}


class NotCounted(NamedTuple):
    """A cell without a number: where it is."""

    cell: str


class Row(NamedTuple):
    """One row: where it stands, and what it says."""

    place: int
    year: int
    quarter: int
    #: The id of the force; a body's name where `is_body`.
    force: str
    is_body: bool
    description: str
    group: str
    subgroup: str
    code: str
    offences: int | NotCounted


def refuse_sister(path: Path, row: Sequence[object]) -> None:
    """
    Refuse a file by a row of headings that belongs to another table.

    Raises
    ------
    InvalidInputError
        It does; the message names the table that is meant.
    """
    keys = [heading_key(cell) for cell in row]
    for key, words in _SISTERS.items():
        if key in keys:
            msg = f"{path.name}: is {words}; the one by police force area is meant: {MEANT}"
            raise InvalidInputError(msg)


def year_rows(path: Path, sheet: Sheet) -> Iterator[Row] | None:
    """
    Return the rows of a sheet of counts, checked cell by cell; None of a cover or of notes.

    Raises
    ------
    InvalidInputError
        A heading is missing or doubled, or a cell is not what its heading says; the message
        names file, sheet and cell.
    """
    places = [
        (place, {key for cell in row if (key := heading_key(cell)) in _COLUMNS})
        for place, row in enumerate(sheet.rows[:20])
    ]
    first, keys = max(places, key=lambda item: len(item[1]), default=(0, set()))
    named_year = _year_of(_YEAR_SHEET, sheet.name) if sheet.kind != "csv" else None
    if len(keys) < _ENOUGH:
        if named_year is None:
            return None
        what = f"sheet {sheet.name!r} has no row of headings; it must have, in one row, "
        msg = f"{path.name}: {what}{listed(HEADINGS.values())}"
        raise InvalidInputError(msg)
    return _Reading(path, sheet, first, named_year).rows()


class _Reading:
    """The rows of one sheet of counts, below its headings."""

    def __init__(self, path: Path, sheet: Sheet, first: int, named_year: int | None) -> None:
        self._path, self._sheet, self._first, self._named_year = path, sheet, first, named_year
        self._places = self._columns()
        self._read: dict[tuple[str, object], Any] = {}

    def _columns(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for place, cell in enumerate(self._sheet.rows[self._first]):
            column = _COLUMNS.get(heading_key(cell))
            if column in found:
                raise self._error(self._first, place, f"is a second {HEADINGS[column]!r}")
            if column:
                found[column] = place
        if missing := [heading for column, heading in HEADINGS.items() if column not in found]:
            where = f"{self._path.name}, sheet {self._sheet.name!r}, row {self._first + 1}"
            msg = f"{where}: there is no column {listed(missing)}; {MEANT} has it"
            raise InvalidInputError(msg)
        return found

    def rows(self) -> Iterator[Row]:
        columns = [(column, self._places[column], read) for column, read in self._readers().items()]
        body = self._sheet.rows[self._first + 1 :]
        while body and self._is_note(body[-1]):
            body.pop()
        if not body:
            where = f"{self._path.name}, sheet {self._sheet.name!r}"
            msg = f"{where}: there is no row below the headings"
            raise InvalidInputError(msg)
        known = self._read
        for place, row in enumerate(body, self._first + 1):
            cells = []
            for column, at, read in columns:
                key = (column, row[at])
                value = known.get(key)
                if value is None:
                    if not any(cell is not None for cell in row):
                        break
                    value = known[key] = self._value(place, at, read)
                cells.append(value)
            else:
                year, quarter, (force, is_body), *rest, offences = cells
                if offences is None:
                    offences = NotCounted(address(place, self._places["offences"]))
                yield Row._make((place, year, quarter, force, is_body, *rest, offences))

    def _readers(self) -> dict[str, Callable[[object], Any]]:
        return {
            "year": self._year,
            "quarter": _quarter,
            "force": _force,
            "description": _text,
            "group": _text,
            "subgroup": _text,
            "code": _code,
            "offences": _count,
        }

    def _value(self, row: int, column: int, read: Callable[[object], Any]) -> Any:
        cell = self._sheet.rows[row][column]
        try:
            return read(cell)
        except InvalidInputError as error:
            if isinstance(cell, str) and heading_key(cell) in _COLUMNS:
                words = f"repeats the heading in row {self._first + 1}; take row {row + 1} out, "
                words += "for the table must have one row of headings"
                raise self._error(row, column, words) from None
            raise self._error(row, column, str(error)) from None

    def _year(self, cell: object) -> int:
        year = _year_of(_YEAR, cell) if isinstance(cell, str) else None
        if year is None:
            raise InvalidInputError(_must(cell, "a financial year such as 2017/18"))
        if self._named_year not in {None, year}:
            words = f"of {year_label(self._named_year or 0)}, as the sheet is named"
            raise InvalidInputError(_must(cell, words))
        return year

    def _is_note(self, row: Sequence[object]) -> bool:
        """Say whether a row at the end is empty, or has words about the table in one cell."""
        filled = [cell for cell in row if cell is not None]
        return not filled or (len(filled) == 1 and not _STARTS_A_ROW.match(str(filled[0])))

    def _error(self, row: int, column: int, words: str) -> InvalidInputError:
        where = f"{self._path.name}, sheet {self._sheet.name!r}, cell {address(row, column)}"
        return InvalidInputError(f"{where}: {words}")


def year_label(year: int) -> str:
    """Return the name of the financial year that starts in a year."""
    return f"{year}/{(year + 1) % 100:02}"


def _must(cell: object, words: str) -> str:
    if cell is None:
        return f"is empty; it must be {words}"
    if isinstance(cell, CellError):
        return f"is an error, {cell}; it must be {words}"
    return (
        f"must be {words}; got {quoted(cell if isinstance(cell, (str, int, float)) else str(cell))}"
    )


def _year_of(form: re.Pattern[str], text: str) -> int | None:
    """Return the first year of a financial year."""
    parts = form.fullmatch(unmarked(text) if form is _YEAR else text)
    if not parts or int(parts[2][-2:]) != (int(parts[1]) + 1) % 100:
        return None
    return int(parts[1])


def _quarter(cell: object) -> int:
    text = str(cell).strip().removeprefix("Q").removeprefix("q")
    if text in {"1", "2", "3", "4"} and not isinstance(cell, bool):
        return int(text)
    raise InvalidInputError(_must(cell, "a quarter, 1 to 4"))


def _force(cell: object) -> tuple[str, bool]:
    words = "a police force"
    if not isinstance(cell, str) or isinstance(cell, CellError):
        raise InvalidInputError(_must(cell, words))
    name = unmarked(cell)
    if _BODIES.fullmatch(" ".join(re.sub(r"[\W_]+", " ", name.casefold()).split())):
        return name, True
    try:
        area = find_area(name, kind="police_force_area")
    except UnknownAreaError as error:
        msg = f"{_must(cell, words)} ({error})"
        raise InvalidInputError(msg) from None
    if area.kind not in _FORCES:
        msg = f"{_must(cell, words)}, not a {area.kind.replace('_', ' ')}"
        raise InvalidInputError(msg)
    return area.area_id, False


def _text(cell: object) -> str:
    if isinstance(cell, str) and not isinstance(cell, CellError) and cell.strip():
        return " ".join(cell.split())
    raise InvalidInputError(_must(cell, "text"))


def _code(cell: object) -> str:
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return str(cell)
    if isinstance(cell, str) and not isinstance(cell, CellError) and cell.strip():
        return unmarked(cell) if "[" in cell else cell.strip()
    raise InvalidInputError(_must(cell, "an offence code"))


def _count(cell: object) -> int | None:
    """Return a count; None where the table has none."""
    if isinstance(cell, int) and not isinstance(cell, bool):
        return cell
    if isinstance(cell, str) and (parts := _COUNT.fullmatch(cell)):
        return int(parts[1].replace(",", "").replace("\u2212", "-"))
    if cell is None or (
        isinstance(cell, str)
        and not isinstance(cell, CellError)
        and cell.strip().casefold() in {"", "n/a"}
    ):
        return None
    raise InvalidInputError(_must(cell, "a whole number of offences"))
