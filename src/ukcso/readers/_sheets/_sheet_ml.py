"""What the XML of an XLSX says before python-calamine lays it out: size, errors, formulas."""

from __future__ import annotations

import re
from pathlib import Path

from ukcso.readers._sheets._archive import Archive
from ukcso.readers._sheets._sheet import (
    NEVER_CALCULATED,
    CellError,
    Limits,
    require_within,
    unusable,
)

#: Parts that are not read: some are in UTF-16.
ASIDE = ("customXml/", "docProps/")
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


def scanned(
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
            raise unusable(
                self._path,
                "is in an encoding that no workbook is in",
                "open it in Excel or LibreOffice and save it again",
            )
        if places := _FILLED.findall(text):
            self._height = max(self._height, *map(int, {row for _, row in places}))
            self._width = max(
                self._width, *(_column(name) + 1 for name in {name for name, _ in places})
            )
        all_placed = text.count(b"<c r=") == text.count(b"<c ") + text.count(b"<c>")
        if (b":c" in text or not all_placed) and _UNPLACED.search(text):
            of_rows = [len(_UNPLACED.findall(row)) for row in _ROW_END.split(text)]
            self._height = max([self._height + len(of_rows), *map(int, _ROW.findall(text))])
            self._width = max(self._width, *of_rows)
        require_within(self._path, self._sheet, (self._height - 1, self._width - 1), self._limits)
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
