"""A sheet as it was read, where its cells are, and what a file may hold at most."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Literal, NamedTuple

from ukcso.errors import InvalidInputError

Kind = Literal["csv", "xlsx", "xls", "ods"]

#: Bytes of a file, and bytes of a workbook once unpacked: about three times what the largest
#: official table of forces and codes has.
MOST_BYTES = 2**29
MOST_UNPACKED = 2**30
#: Cells of one sheet, empty ones between filled ones too: 58,000 rows of MYEB1 have a million.
MOST_CELLS = 12_000_000
#: Rows at the head of a sheet that a reader is shown before the rest is read.
HEAD_ROWS = 30

#: What Excel and LibreOffice show where a formula has no result.
_ERRORS = re.compile(
    r"#(N/A|REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|GETTING_DATA)$"
)
NEVER_CALCULATED = "formula without a stored result"


class CellError(str):
    """What a cell shows where its formula has no result: "#REF!", "#N/A"."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """
    One sheet of a file; a CSV is one.

    Attributes
    ----------
    file
        Name of the file, without its folder.
    name
        What the sheet is called; of a CSV, the file's name without its ending.
    rows
        Rows of equal width. ``rows[0][0]`` is cell A1; empty rows and columns before the first
        filled cell stand, those after the last do not. A cell is None, text, a number (int
        where it is whole), bool, a date or datetime, or a `CellError`. A merged cell's value
        stands in its first cell; hidden rows, columns and sheets are read like others.
    encoding
        Of a CSV: "utf-8", "utf-16" or "windows-1252"; of a workbook None.
    """

    file: str
    name: str
    kind: Kind
    rows: list[list[object]]
    encoding: str | None = None


class Limits(NamedTuple):
    """What one sheet may hold, and who is told of what while it is read."""

    rows: int
    columns: int
    #: Called with the name of a sheet, the place of a row and the row, for the head of each
    #: sheet; it may raise, and the rest of the file is not read.
    show_head: Callable[[str, int, list[object]], None] = lambda *_: None
    #: Called now and then with the fraction of the file that is read.
    progress: Callable[[float], None] = lambda _: None


def address(row: int, column: int) -> str:
    """
    Return what Excel calls a cell, by its places from 0.

    Examples
    --------
    >>> address(6, 1), address(0, 26), address(1_048_575, 16_383)
    ('B7', 'AA1', 'XFD1048576')
    """
    return f"{column_letters(column)}{row + 1}"


def column_letters(column: int) -> str:
    """
    Return what Excel calls a column, by its place from 0.

    Examples
    --------
    >>> column_letters(0), column_letters(701), column_letters(702)
    ('A', 'ZZ', 'AAA')
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def unusable(path: Path, what: str, way_out: str) -> InvalidInputError:
    """Return the error of a file that cannot be read: its name, what is wrong, the way out."""
    return InvalidInputError(f"{path.name}: {what}; {way_out}")


def too_large(path: Path, sheet: str, what: str) -> InvalidInputError:
    """Return the error of a sheet that holds more than any table that is read here."""
    way_out = "copy the table that is meant to a sheet of its own"
    return unusable(path, f"sheet {sheet!r} {what}", way_out)


def require_within(path: Path, name: str, end: tuple[int, int], limits: Limits) -> None:
    """Refuse a sheet whose last filled cell lies beyond the limits."""
    height, width = end[0] + 1, end[1] + 1
    if width > limits.columns:
        what = f"reaches column {column_letters(width - 1)}; at most {limits.columns:,} columns "
        raise too_large(path, name, what + "are read")
    if height > limits.rows or height * width > MOST_CELLS:
        what = f"spans {height:,} rows of {width:,} columns; at most {limits.rows:,} rows and "
        raise too_large(path, name, what + f"{MOST_CELLS:,} cells are read")


def plain(value: object) -> object:
    """
    Return a cell as it is shown: whole numbers without decimals, others to 15 digits.

    Examples
    --------
    >>> plain(1234.0), plain(0.1 + 0.2), plain(""), plain("#N/A")
    (1234, 0.3, None, '#N/A')
    """
    if isinstance(value, float):
        shown = float(f"{value:.15g}")
        return int(shown) if shown.is_integer() and abs(shown) < 1e15 else shown  # noqa: PLR2004 - digits that Excel keeps
    if isinstance(value, str):
        return (CellError(value) if _ERRORS.match(value) else value) if value else None
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    if isinstance(value, time):
        return value.isoformat("seconds")
    if isinstance(value, timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    return value


def squared(path: Path, name: str, rows: list[list[object]]) -> list[list[object]]:
    """Cut empty rows and cells at the end, in place, and make all rows equally wide."""
    for row in rows:
        while row and row[-1] is None:
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    width = max(map(len, rows), default=0)
    if width * len(rows) > MOST_CELLS:
        raise too_large(path, name, f"spans {len(rows):,} rows of {width:,} columns, most empty")
    for row in rows:
        row.extend([None] * (width - len(row)))
    return rows


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
