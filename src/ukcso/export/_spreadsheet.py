"""Workbooks, in which no text runs as a formula."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from ukcso.errors import InvalidInputError, listed
from ukcso.export._described import Dataset, version_read
from ukcso.outputs import FORMULA_MARKS, optional

FILE = "ukcso.xlsx"
METADATA = "metadata"

#: openpyxl would make an error value of a text such as #N/A.
_ERROR = "#"
_NARROWEST, _WIDEST = 8, 60
#: The rows that decide how wide a column is; ids and days look alike further down.
_SAMPLE = 200
#: The day of a workbook of own data only, which no source was read on.
_NO_DAY = "1980-01-01"
#: A zip holds no earlier day.
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")


def write(folder: Path, datasets: Sequence[Dataset]) -> None:
    """Write a workbook: a sheet of metadata, then one per dataset."""
    openpyxl = optional("openpyxl", "export")
    book = openpyxl.Workbook(write_only=True)
    facts = [asdict(dataset.facts) for dataset in datasets]
    _sheet(book, METADATA, {name: [f[name] for f in facts] for name in facts[0]})
    for dataset in datasets:
        _sheet(book, dataset.name, dataset.cells())
    # no clock: the day on which the sources were last read
    days = [dataset.facts.retrieved for dataset in datasets if not dataset.facts.is_own]
    read = datetime.fromisoformat(max(days, default=_NO_DAY))
    book.properties.creator, book.properties.created = "ukcso", read
    whole = io.BytesIO()
    book.save(whole)
    _write_without_clock(whole, folder / FILE, f"{read:%Y-%m-%d}T00:00:00Z".encode())


def _sheet(book: Any, title: str, columns: dict[str, list[Any]]) -> None:
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    letter = optional("openpyxl.utils", "export").get_column_letter
    for place, (name, cells) in enumerate(columns.items(), start=1):
        longest = max(len(str(cell)) for cell in (name, *cells[:_SAMPLE]) if cell is not None)
        sheet.column_dimensions[letter(place)].width = min(max(longest + 2, _NARROWEST), _WIDEST)
    styles = optional("openpyxl.styles", "export")
    heading = styles.Font(bold=True)
    sheet.append([_text(sheet, name, font=heading) for name in columns])
    # only a cell with a style is stored though it is empty
    empty = optional("openpyxl.cell", "export").WriteOnlyCell(sheet)
    empty.alignment = styles.Alignment(vertical="bottom")
    for *row, last in zip(*columns.values(), strict=True):
        # stored also where it is empty, for some readers take a shorter row to be broken
        end = _cell(sheet, last) if last is not None else empty
        sheet.append([*(_cell(sheet, value) for value in row), end])


def _cell(sheet: Any, value: Any) -> Any:
    if isinstance(value, str) and value.startswith((*FORMULA_MARKS, _ERROR)):
        return _text(sheet, value)
    return value


def _text(sheet: Any, value: str, *, font: Any = None) -> Any:
    """Return a cell that is text whatever it begins with, also after it was edited."""
    cell = optional("openpyxl.cell", "export").WriteOnlyCell(sheet, value=value)
    cell.data_type = "s"
    cell.quotePrefix = value.startswith(FORMULA_MARKS)
    if font:
        cell.font = font
    return cell


def _write_without_clock(source: io.BytesIO, target: Path, day: bytes) -> None:
    """Copy a workbook without the time of writing, so that every run gives the same bytes."""
    with (
        zipfile.ZipFile(source) as read,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as written,
    ):
        for entry in read.infolist():
            content = read.read(entry)
            if entry.filename == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>" + day + rb"\g<2>", content)
            fixed = zipfile.ZipInfo(entry.filename, _ZIP_EPOCH)
            written.writestr(fixed, content, zipfile.ZIP_DEFLATED)


def read(folder: Path, dataset: str) -> tuple[pd.DataFrame, int | str]:
    """
    Return the frame and version of one dataset of a workbook.

    Raises
    ------
    InvalidInputError
        The workbook has no such sheet.
    """
    openpyxl = optional("openpyxl", "export")
    with (folder / FILE).open("rb") as stream:
        book = openpyxl.load_workbook(stream, read_only=True)
        if dataset not in book.sheetnames:
            msg = f"{folder / FILE} has no sheet {dataset}; there are: {listed(book.sheetnames)}"
            raise InvalidInputError(msg)
        facts = _frame(book[METADATA])
        versions = dict(zip(facts["dataset"], facts["version"], strict=True))
        return _frame(book[dataset]), version_read(versions[dataset])


def _frame(sheet: Any) -> pd.DataFrame:
    names, *rows = sheet.iter_rows(values_only=True)
    return pd.DataFrame(rows, columns=list(names), dtype=object)
