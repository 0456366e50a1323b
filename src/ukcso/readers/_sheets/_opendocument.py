"""
Sheets of an ODS workbook, as a stream: no part is ever in memory whole.

python-calamine reads ODS too, but lays out rows and columns that are repeated, counts rows
between empty ones otherwise from version to version, and gives errors as empty cells.
"""

from __future__ import annotations

import math
import re
from collections import deque
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from xml.parsers import expat

from ukcso.readers._sheets._archive import Archive
from ukcso.readers._sheets._sheet import (
    HEAD_ROWS,
    MOST_CELLS,
    NEVER_CALCULATED,
    CellError,
    Limits,
    Sheet,
    column_letters,
    plain,
    squared,
    too_large,
    unusable,
)

_CONTENT = "content.xml"
_CELL_TIMES = "table:number-columns-repeated"
_NUMBERS = {"float", "percentage", "currency"}
#: What stands in a cell beside its value: comments, pictures.
_ASIDE = ("office:annotation", "office:forms", "draw:", "dr3d:")
_DURATION = re.compile(r"PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S")
_LIBREOFFICE_ERROR = re.compile(r"(Err:|#ERR)\d+$")
_HEAD_BYTES = 2**24
_LONGEST_TEXT = 2**20


def opendocument_sheets(path: Path, archive: Archive, limits: Limits) -> Iterator[Sheet]:
    """
    Read the sheets of an ODS workbook, one after the other.

    Raises
    ------
    InvalidInputError
        It is no spreadsheet, is damaged, or a sheet of it is larger than the limits.
    """
    reader = _Reader(path, limits)
    size, read = archive.sizes[_CONTENT], 0
    for block in archive.blocks(_CONTENT):
        if read > _HEAD_BYTES:  # whose table it is was shown, and may have said more
            archive.require_bounded()
        reader.feed(block, final=False)
        read += len(block)
        limits.progress(read / size)
        while reader.sheets:
            yield reader.sheets.popleft()
    reader.feed(b"", final=True)
    yield from reader.sheets


class _Reader:
    """What the XML has said so far. Two million cells pass through: what is short here is fast."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self.sheets: deque[Sheet] = deque()
        self._path, self._limits = path, limits
        self._texts: dict[str, object] = {}  # one object for all cells of the same text
        self._name, self._linked, self._nested = "", False, 0
        self._rows: list[list[object]] = []
        self._empty_rows = self._filled = 0  # rows since the last filled one, cells in all
        self._row: list[object] = []
        self._row_times, self._empty_cells = 1, 0
        self._cell: dict[str, str] = {}
        self._words: list[str] = []
        self._aside = 0
        self._kept: Callable[[str], object] | None = None
        self._starts: dict[str, Callable[[dict[str, str]], None]] = {
            "table:table": self._start_sheet,
            "table:table-source": self._link,
            "table:table-row": self._start_row,
            "table:covered-table-cell": self._start_covered,
            "text:s": lambda attributes: self._words.append(_blanks(attributes)),
            "text:tab": lambda _: self._words.append("\t"),
            "text:line-break": lambda _: self._words.append("\n"),
        }
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.specified_attributes = True
        self._parser.StartElementHandler = self._root
        self._parser.StartDoctypeDeclHandler = self._doctype

    def feed(self, block: bytes, *, final: bool) -> None:
        try:
            self._parser.Parse(block, final)
        except expat.ExpatError as error:
            what = f"is damaged in line {error.lineno:,} of its content"
            raise unusable(self._path, what, "download or save it again") from None
        if sum(map(len, self._words)) > _LONGEST_TEXT:
            what = f"has a cell of over {_LONGEST_TEXT:,} characters"
            raise too_large(self._path, self._name, what)

    def _doctype(self, *_: object) -> None:
        # entities that stand for entities grow without bound; no office program writes any
        what = "has a document type, which no spreadsheet has"
        raise unusable(self._path, what, "it may be made to do harm; ask who sent it")

    def _root(self, name: str, _: object) -> None:
        if name != "office:document-content":
            raise unusable(self._path, "is no spreadsheet", "open it and save it as XLSX")
        self._read_cells()

    def _read_cells(self) -> None:
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table:table-cell":
            self._cell = attributes
            self._words.clear()
        elif name == "text:p":
            self._parser.CharacterDataHandler = self._words.append
            if self._words:
                self._words.append("\n")
        elif (start := self._starts.get(name)) is not None:
            start(attributes)
        elif name.startswith(_ASIDE):
            self._aside, self._kept = 1, self._parser.CharacterDataHandler
            self._parser.StartElementHandler = self._start_aside
            self._parser.EndElementHandler = self._end_aside
            self._parser.CharacterDataHandler = None

    def _end(self, name: str) -> None:
        if name == "text:p":
            self._parser.CharacterDataHandler = None
        elif name == "table:table-cell":
            self._end_cell()
        elif name == "table:covered-table-cell":
            self._words.clear()
            self._empty_cells += _count(self._cell, _CELL_TIMES)
        elif name == "table:table-row":
            self._end_row()
        elif name == "table:table":
            self._end_sheet()

    def _start_aside(self, *_: object) -> None:
        self._aside += 1

    def _end_aside(self, _: str) -> None:
        self._aside -= 1
        if not self._aside:
            self._parser.CharacterDataHandler = self._kept
            self._read_cells()

    def _start_sheet(self, attributes: dict[str, str]) -> None:
        self._nested += 1
        if self._nested > 1:
            what = f"sheet {self._name!r} has a table inside a cell"
            raise unusable(self._path, what, "move it to a sheet of its own")
        self._name, self._linked = attributes.get("table:name", ""), False
        self._rows, self._empty_rows, self._filled = [], 0, 0

    def _link(self, _: object) -> None:
        self._linked = True  # what another file had, kept for formulas: no sheet of this one

    def _end_sheet(self) -> None:
        self._nested -= 1
        if not self._linked:
            rows = squared(self._path, self._name, self._rows)
            self.sheets.append(Sheet(self._path.name, self._name, "ods", rows))

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._row, self._empty_cells = [], 0
        self._row_times = _count(attributes, "table:number-rows-repeated")

    def _start_covered(self, attributes: dict[str, str]) -> None:
        self._cell = attributes
        self._words.clear()

    def _end_cell(self) -> None:
        attributes, texts = self._cell, self._words
        words = texts[0] if len(texts) == 1 else "".join(texts)
        texts.clear()
        times = _count(attributes, _CELL_TIMES) if _CELL_TIMES in attributes else 1
        value: object
        kind = attributes.get("office:value-type")
        if kind == "string" and words and "table:formula" not in attributes:
            value = self._texts.get(words)
            if value is None:
                value = self._texts[words] = plain(words)
        elif kind == "float":
            value = _number(attributes, words)
        else:
            value = _value(kind, attributes, words)
        if value is None:
            self._empty_cells += times
            return
        if self._empty_cells or times > 1:
            self._require_width(len(self._row) + self._empty_cells + times)
            self._row.extend([None] * self._empty_cells + [value] * (times - 1))
            self._empty_cells = 0
        self._row.append(value)

    def _require_width(self, width: int) -> None:
        if width > self._limits.columns:
            what = f"reaches column {column_letters(width - 1)}; at most "
            what += f"{self._limits.columns:,} columns are read"
            raise too_large(self._path, self._name, what)

    def _end_row(self) -> None:
        row, times = self._row, self._row_times
        if not row:
            self._empty_rows += times
            return
        first = len(self._rows) + self._empty_rows
        self._filled += len(row) * times
        limits = self._limits
        self._require_width(len(row))
        if first + times > limits.rows or self._filled > MOST_CELLS:
            what = f"reaches row {first + times:,} with {self._filled:,} cells; at most "
            what += f"{limits.rows:,} rows and {MOST_CELLS:,} cells are read"
            raise too_large(self._path, self._name, what)
        self._rows.extend([] for _ in range(self._empty_rows))
        self._empty_rows = 0
        if first < HEAD_ROWS:
            limits.show_head(self._name, first, row)
        self._rows.append(row)
        self._rows.extend(list(row) for _ in range(times - 1))


def _value(kind: str | None, attributes: dict[str, str], words: str) -> object:
    """Return a cell of a kind that is rare in tables of counts."""
    if "table:formula" in attributes:
        if attributes.get("calcext:value-type") == "error" or _LIBREOFFICE_ERROR.match(words):
            return CellError(words or "#N/A")
        if kind is None and not words:
            return CellError(NEVER_CALCULATED)
    if kind in _NUMBERS:
        return _number(attributes, words)
    if kind == "boolean":
        return attributes.get("office:boolean-value") == "true"
    value: object = None
    if kind == "date":
        value = _day(attributes.get("office:date-value", ""))
    elif kind == "time":
        parts = _DURATION.fullmatch(attributes.get("office:time-value", ""))
        value = ":".join(parts.groups()) if parts else None
    return value or plain(words or attributes.get("office:string-value", ""))


def _number(attributes: dict[str, str], words: str) -> object:
    text = attributes.get("office:value", "")
    if text.isdecimal() and len(text) < 16:  # noqa: PLR2004 - digits that Excel keeps
        return int(text)
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    return plain(number) if math.isfinite(number) else words or None


def _count(attributes: dict[str, str], name: str) -> int:
    """Return how often a row or cell stands; a number that is none is once."""
    times = attributes.get(name)
    if times is None:
        return 1
    return max(1, int(times)) if times.isascii() and times.isdecimal() and len(times) < 10 else 1  # noqa: PLR2004 - more than any sheet has


def _blanks(attributes: dict[str, str]) -> str:
    return " " * min(_count(attributes, "text:c"), 1000)


def _day(text: str) -> date | None:
    """Return a date, or a datetime where it has a time of day."""
    try:
        return plain(datetime.fromisoformat(text))  # type: ignore[return-value]
    except ValueError:
        return None
