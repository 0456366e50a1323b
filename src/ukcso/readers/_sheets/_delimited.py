"""A CSV as a sheet of text: its encoding, what separates its cells, its rows."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from ukcso.readers._sheets._sheet import (
    HEAD_ROWS,
    MOST_CELLS,
    Limits,
    Sheet,
    plain,
    squared,
    too_large,
    unusable,
)

_BLOCK = 2**20
_SAMPLE = 2**16
_SAVE_AS = 'save it again as "CSV UTF-8", or as XLSX'
#: Where two fit as well, the first: commas stand in numbers and prose, tabs hardly do.
_SEPARATORS = "\t;,|"
_NO_TEXT = bytes(sign for sign in range(32) if sign not in b"\t\n\r\f\x1a\x0b")
#: Bytes that mean nothing in Windows-1252.
_UNDEFINED = bytes([0x81, 0x8D, 0x8F, 0x90, 0x9D])


def delimited_sheets(path: Path, limits: Limits) -> Iterator[Sheet]:
    """
    Read a CSV, as the one sheet that it is; every cell is text, as it stands.

    Raises
    ------
    InvalidInputError
        It is no text, is in two encodings, a quotation mark in it is not closed, or it is
        larger than the limits.
    """
    encoding = _encoding(path)
    codec = "utf-8-sig" if encoding == "utf-8" else encoding
    with path.open(encoding=codec, newline="") as file:
        sample = file.read(_SAMPLE)
    first_line, _, _ = sample.partition("\n")
    declared = first_line.strip().removeprefix("sep=") if first_line.startswith("sep=") else ""
    separator = declared if len(declared) == 1 else _separator(sample)
    read = _Rows(path, codec, separator, limits, skip=bool(declared))
    try:
        rows = read.rows(strict=True)
    except csv.Error:
        try:
            rows = read.rows(strict=False)  # a mark inside a cell: "Other" offences
        except csv.Error as error:
            what = f"row {read.line:,} cannot be read ({error})"
            raise unusable(path, what, _SAVE_AS) from None
    yield Sheet(path.name, path.stem, "csv", squared(path, path.stem, rows), encoding)


class _Rows:
    """The rows of a CSV, read as a stream."""

    def __init__(
        self, path: Path, codec: str, separator: str, limits: Limits, *, skip: bool
    ) -> None:
        self.line = 0
        self._path, self._codec, self._separator = path, codec, separator
        self._limits, self._skip = limits, skip

    def rows(self, *, strict: bool) -> list[list[object]]:
        """
        Read all rows.

        Raises
        ------
        csv.Error
            A quotation mark is not where one belongs; of a strict reading only.
        InvalidInputError
            There are too many rows or cells, or a quotation mark is not closed.
        """
        rows: list[list[object]] = []
        texts: dict[str, object] = {}
        cells, size = 0, self._path.stat().st_size
        with self._path.open("rb") as raw:
            text = io.TextIOWrapper(raw, self._codec, newline="")
            if self._skip:
                text.readline()
            reader = csv.reader(text, delimiter=self._separator, strict=strict)
            while True:
                started = reader.line_num + 1
                self.line = len(rows) + 1
                try:
                    values = next(reader)
                except StopIteration:
                    return rows
                except csv.Error as error:
                    self._unclosed(error, started)
                    raise
                row = [texts.setdefault(value, plain(value)) for value in values]
                if len(texts) > _SAMPLE:
                    texts.clear()
                if len(rows) < HEAD_ROWS:
                    self._limits.show_head(self._path.stem, len(rows), row)
                rows.append(row)
                cells += len(row)
                if len(rows) % _SAMPLE == 0:
                    self._limits.progress(min(raw.tell() / size, 1.0))
                self._bound(len(rows), len(row), cells)

    def _unclosed(self, error: csv.Error, started: int) -> None:
        """Refuse a file that ends inside quotation marks, or has a cell without an end."""
        if "end of data" in str(error) or "limit" in str(error):
            what = f"the quotation mark that opens in line {started:,} is not closed"
            raise unusable(self._path, what, "close it, or save the file from Excel") from None

    def _bound(self, rows: int, width: int, cells: int) -> None:
        sheet = self._path.stem
        if width > self._limits.columns:
            what = f"has {width:,} cells in row {rows:,}; at most {self._limits.columns:,} "
            raise too_large(self._path, sheet, what + "columns are read")
        if rows > self._limits.rows or cells > MOST_CELLS:
            what = f"has over {rows - 1:,} rows and {cells - width:,} cells; at most "
            what += f"{self._limits.rows:,} rows and {MOST_CELLS:,} cells are read"
            raise too_large(self._path, sheet, what)


def _encoding(path: Path) -> str:
    """Return the encoding that all of a file is in: UTF-16 with its mark, UTF-8, Windows-1252."""
    with path.open("rb") as file:
        mark = file.read(2)
    if mark in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}:
        if not _decodes(path, "utf-16"):
            raise unusable(path, "is damaged: no UTF-16, though it begins so", _SAVE_AS)
        return "utf-16"
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            if len(block.translate(None, _NO_TEXT)) < len(block):
                what = "is neither a workbook nor text"
                raise unusable(path, what, "open it in the program it is from and save it as XLSX")
    if _decodes(path, "utf-8"):
        return "utf-8"
    _refuse_mixture(path)
    return "windows-1252"


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                text = decoder.decode(block)
                if encoding == "utf-16" and "\0" in text:
                    return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _refuse_mixture(path: Path) -> None:
    """Refuse a file of which some lines are UTF-8 and others are not: pasted together."""
    utf_8 = other = 0
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if line.isascii():
                continue
            try:
                line.decode()
            except UnicodeDecodeError:
                other = other or number
                if len(line.translate(None, _UNDEFINED)) < len(line):
                    what = f"line {number:,} is neither UTF-8 nor Windows-1252"
                    raise unusable(path, what, _SAVE_AS) from None
            else:
                utf_8 = utf_8 or number
            if utf_8 and other:
                what = f"line {utf_8:,} is UTF-8 and line {other:,} is Windows-1252"
                raise unusable(path, what, "correct the letters of one, then " + _SAVE_AS)


def _separator(sample: str) -> str:
    r"""
    Return what separates the cells: what gives most rows of the same width.

    Examples
    --------
    >>> _separator("Offences, by force\nForce;2016;2017\nKent;1,5;2,5\n")
    ';'
    """
    lines = io.StringIO(sample, newline="").readlines()
    agreeing = {separator: _agreeing_rows(lines, separator) for separator in _SEPARATORS}
    return (
        max(agreeing, key=lambda separator: agreeing[separator]) if any(agreeing.values()) else ","
    )


def _agreeing_rows(lines: list[str], separator: str) -> int:
    """Return how many rows have the commonest width of several cells."""
    widths: Counter[int] = Counter()
    reader = csv.reader(lines, delimiter=separator)
    while True:
        try:
            row = next(reader)
        except StopIteration:
            break
        except csv.Error:
            continue
        # empty cells at the end are padding
        if len(row) > 1 and any(cell.strip() for cell in row):
            widths[len(row)] += 1
    return max(widths.values(), default=0)
