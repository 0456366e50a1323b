"""Sheets of an Excel workbook, by python-calamine, which is told beforehand what is safe."""

from __future__ import annotations

import posixpath
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from ukcso.errors import InvalidInputError, MissingDependencyError
from ukcso.readers._sheets._archive import PASSWORD, UNLOCK, Archive
from ukcso.readers._sheets._compound import extents, is_locked, streams
from ukcso.readers._sheets._sheet import (
    HEAD_ROWS,
    CellError,
    Kind,
    Limits,
    Sheet,
    plain,
    require_within,
    squared,
    unusable,
)
from ukcso.readers._sheets._sheet_ml import ASIDE, scanned

_AGAIN = "open it in Excel or LibreOffice and save it again"

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
        if part in names or (part.endswith((".xml", ".rels")) and not part.startswith(ASIDE)):
            errors[names.get(part, "")] = scanned(
                path, archive, part, names.get(part, part), limits
            )
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
            require_within(path, name, (extent.height - 1, extent.width - 1), limits)
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
            require_within(path, name, sheet.end, limits)
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
    except calamine.PasswordError:
        raise unusable(path, PASSWORD, UNLOCK) from None
    except (calamine.CalamineError, OSError, OverflowError, UnicodeError) as error:
        raise _damaged(path, error) from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # of the library; no Exception, on purpose
            raise
        raise _damaged(path, error) from None


def _damaged(path: Path, error: BaseException) -> InvalidInputError:
    """Return the error of a file over which python-calamine stumbled, with its words."""
    return unusable(path, f"is damaged ({_first_line(error)})", _AGAIN)


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
