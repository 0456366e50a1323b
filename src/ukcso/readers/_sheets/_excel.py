"""Sheets of an Excel workbook, by python-calamine, which is told beforehand what is safe."""

from __future__ import annotations

import posixpath
import re
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from ukcso.errors import InvalidInputError, MissingDependencyError, UkcsoError
from ukcso.readers._sheets._archive import PASSWORD, UNLOCK, Archive
from ukcso.readers._sheets._compound import extents, is_locked, streams
from ukcso.readers._sheets._sheet import (
    HEAD_ROWS,
    MOST_CELLS,
    NEVER_CALCULATED,
    CellError,
    Kind,
    Limits,
    Sheet,
    column_letters,
    plain,
    squared,
    too_large,
    unusable,
)

_AGAIN = "open it in Excel or LibreOffice and save it again"

#: Parts that are not read: some are in UTF-16.
_ASIDE = ("customXml/", "docProps/")
#: A cell with something in it, and its place: empty ones that are only formatted end in "/>".
_FILLED = re.compile(rb"<(?:\w+:)?c\b[^>]*?\br=[\"']([A-Za-z]+)(\d+)[\"'][^>]*(?<!/)>")
#: A cell, or a row, that leaves its place to be counted.
_UNPLACED = re.compile(rb"<(?:\w+:)?c\b(?![^>]*\br=)[^>]*(?<!/)>")
_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*?\br=[\"'](\d+)[\"']")
_ROW_END = re.compile(rb"</(?:\w+:)?row>")
_ERROR_CELL = re.compile(
    rb"<(?:\w+:)?c\b(?=[^>]*\bt=[\"']e[\"'])[^>]*?\br=[\"']([A-Za-z]+)(\d+)[\"'][^>]*(?<!/)>"
    rb"(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]{1,40})</",
    re.DOTALL,
)
_NOT_CALCULATED = re.compile(
    rb"<(?:\w+:)?c\b(?![^>]*\bt=[\"']str[\"'])[^>]*?\br=[\"']([A-Za-z]+)(\d+)[\"'][^>]*(?<!/)>"
    rb"\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


def excel_sheets(path: Path, archive: Archive, limits: Limits) -> Iterator[Sheet]:
    """
    Read the sheets of an XLSX workbook, one after the other.

    Raises
    ------
    InvalidInputError
        It is damaged, or a sheet of it is larger than the limits.
    """
    archive.require_bounded()
    names = _sheets_by_part(archive)
    errors: dict[str, dict[tuple[int, int], CellError]] = {}
    for part in archive.sizes:
        if part in names or (part.endswith((".xml", ".rels")) and not part.startswith(_ASIDE)):
            errors[names.get(part, "")] = _scan(path, archive, part, names.get(part, part), limits)
    with _workbook(path) as workbook:
        yield from _sheets(path, workbook, "xlsx", limits, errors)


def xls_sheets(path: Path, limits: Limits) -> Iterator[Sheet]:
    """
    Read the sheets of an XLS workbook, one after the other.

    Raises
    ------
    InvalidInputError
        It is protected, no workbook, damaged, or a sheet of it is larger than the limits.
    """
    errors: dict[str, dict[tuple[int, int], CellError]] = {}
    try:
        by_name = {name.casefold(): part for name, part in streams(path.read_bytes()).items()}
        if "encryptedpackage" in by_name:
            raise unusable(path, PASSWORD, UNLOCK)
        stream = by_name.get("workbook", by_name.get("book"))
        if stream is None:
            raise unusable(path, "is an office document, not a workbook", "copy its table into one")
        if is_locked(stream):
            raise unusable(path, PASSWORD, UNLOCK)
        for name, extent in extents(stream).items():
            _bound(path, name, (extent.height - 1, extent.width - 1), limits)
            errors[name] = {place: CellError(words) for place, words in extent.errors.items()}
    except (ValueError, IndexError, struct.error) as error:
        if isinstance(error, InvalidInputError):
            raise
        raise unusable(path, "is cut off or damaged", _AGAIN) from None
    with _workbook(path) as workbook:
        yield from _sheets(path, workbook, "xls", limits, errors)


def _sheets(
    path: Path,
    workbook: Any,
    kind: Kind,
    limits: Limits,
    errors: dict[str, dict[tuple[int, int], CellError]],
) -> Iterator[Sheet]:
    names = workbook.sheet_names
    for number, name in enumerate(names):
        sheet = workbook.get_sheet_by_name(name)
        rows: list[list[object]] = []
        if sheet.start is not None and sheet.height:  # a chart sheet has no cells
            _bound(path, name, sheet.end, limits)
            before = [None] * sheet.start[1]
            texts: dict[str, str] = {}
            for place, values in enumerate(sheet.iter_rows()):
                row: list[object] = [*before, *(_cell(value, texts) for value in values)]
                if place < HEAD_ROWS:
                    limits.show_head(name, place, row)
                rows.append(row)
        for (row_place, column), error in errors.get(name, {}).items():
            rows.extend([] for _ in range(row_place + 1 - len(rows)))
            row = rows[row_place]
            row.extend([None] * (column + 1 - len(row)))
            if row[column] is None:
                row[column] = error
        yield Sheet(path.name, name, kind, squared(path, name, rows))
        limits.progress((number + 1) / len(names))


def _cell(value: Any, texts: dict[str, str]) -> object:
    """Return a cell as it is shown; one object for all cells of the same text."""
    if isinstance(value, str):
        value = texts.setdefault(value, value)
        return value or None
    return plain(value)


@contextmanager
def _workbook(path: Path) -> Iterator[Any]:
    """Open a workbook by python-calamine; whatever that stumbles over is one kind of error."""
    calamine = _calamine()
    try:
        with calamine.CalamineWorkbook.from_path(path) as workbook:
            yield workbook
    except (UkcsoError, GeneratorExit, KeyboardInterrupt, MemoryError):
        raise
    except calamine.PasswordError:
        raise unusable(path, PASSWORD, UNLOCK) from None
    except BaseException as error:
        # a panic of the library derives from BaseException, on purpose
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        raise unusable(path, f"is damaged ({_first_line(error)})", _AGAIN) from None


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:100]


def _calamine() -> Any:
    try:
        import python_calamine  # noqa: PLC0415 - comes with the extra `readers`
    except ModuleNotFoundError as error:
        if error.name != "python_calamine":
            raise
        msg = 'python-calamine is needed for this; install it with: pip install "ukcso[readers]"'
        raise MissingDependencyError(msg) from None
    return python_calamine


def _bound(path: Path, name: str, end: tuple[int, int], limits: Limits) -> None:
    """Refuse a sheet whose last filled cell lies beyond the limits."""
    height, width = end[0] + 1, end[1] + 1
    if width > limits.columns:
        what = f"reaches column {column_letters(width - 1)}; at most {limits.columns:,} columns "
        raise too_large(path, name, what + "are read")
    if height > limits.rows or height * width > MOST_CELLS:
        what = f"spans {height:,} rows of {width:,} columns; at most {limits.rows:,} rows and "
        raise too_large(path, name, what + f"{MOST_CELLS:,} cells are read")


def _sheets_by_part(archive: Archive) -> dict[str, str]:
    """Return the names of sheets by the parts of the archive that hold them."""
    main = next(name for name in archive.sizes if name.rpartition("/")[2] == "workbook.xml")
    folder, name = posixpath.split(main)
    book = archive.whole(main)
    relations = archive.whole(posixpath.join(folder, "_rels", f"{name}.rels"))
    if b"<!DOCTYPE" in book + relations:
        return {}  # refused when these parts are scanned
    try:
        targets = {
            relation.get("Id"): posixpath.normpath(
                posixpath.join("/", folder, relation.get("Target", ""))
            ).lstrip("/")
            for relation in ET.fromstring(relations)  # noqa: S314 - without a DOCTYPE
        }
        return {
            targets.get(sheet.get(_RELATION) or sheet.get(_STRICT_RELATION), ""): sheet.get(
                "name", ""
            )
            for sheet in ET.fromstring(book).iter()  # noqa: S314 - without a DOCTYPE
            if sheet.tag.endswith("}sheet")
        }
    except ET.ParseError as error:
        msg = f"{error}"
        raise ValueError(msg) from None


def _scan(
    path: Path, archive: Archive, part: str, sheet: str, limits: Limits
) -> dict[tuple[int, int], CellError]:
    """
    Unpack a part once, before the library does, to see whether it is whole and not too large.

    python-calamine lays out all cells up to the last one, so that a single cell in the last
    corner of a sheet would take hundreds of gigabytes; and it gives errors, and formulas that
    were never calculated, as empty cells.
    """
    scan, rest = _Scan(path, sheet, limits), b""
    for block in archive.blocks(part):
        text = rest + block
        # up to the end of a row, else of a tag
        end = max(text.rfind(mark) + len(mark) for mark in (b"</row>", b":row>"))
        if end <= len(b"</row>"):
            end = text.rfind(b">") + 1 or len(text)
        text, rest = text[:end], text[end:]
        scan.add(text)
    scan.add(rest)
    return scan.errors


class _Scan:
    """What the XML of a part has said so far."""

    def __init__(self, path: Path, sheet: str, limits: Limits) -> None:
        self.errors: dict[tuple[int, int], CellError] = {}
        self._path, self._sheet, self._limits = path, sheet, limits
        self._height = self._width = 0

    def add(self, text: bytes) -> None:
        if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
            what = "has a document type, which no workbook has"
            raise unusable(self._path, what, "it may be made to do harm; ask who sent it")
        if b"\0" in text:
            raise unusable(self._path, "is in an encoding that no workbook is in", _AGAIN)
        if places := _FILLED.findall(text):
            letters, rows = map(set, zip(*places, strict=True))
            self._height = max(self._height, *map(int, rows))
            self._width = max(self._width, *(_column(name) + 1 for name in letters))
        if _UNPLACED.search(text):
            of_rows = [len(_UNPLACED.findall(row)) for row in _ROW_END.split(text)]
            self._height = max([self._height + len(of_rows), *map(int, _ROW.findall(text))])
            self._width = max(self._width, *of_rows)
        _bound(self._path, self._sheet, (self._height - 1, self._width - 1), self._limits)
        if b'"e"' in text or b"'e'" in text:
            for name, row, words in _ERROR_CELL.findall(text):
                self._add_error(name, row, words.decode("utf-8", "replace"))
        if b"<f" in text or b":f" in text:
            for name, row in _NOT_CALCULATED.findall(text):
                self._add_error(name, row, NEVER_CALCULATED)

    def _add_error(self, letters: bytes, row: bytes, words: str) -> None:
        self.errors[int(row) - 1, _column(letters)] = CellError(words)


def _column(letters: bytes) -> int:
    """Return the place of a column from what Excel calls it."""
    place = 0
    for letter in letters[:9].upper():
        place = place * 26 + letter - 64
    return place - 1
