"""What tests of several readers need: the real files, where they are, and workbooks to build."""

from __future__ import annotations

import os
import struct
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import ClassVar
from xml.sax.saxutils import escape, quoteattr

import pytest

Rows = Sequence[Sequence[object]]

_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"
_SHEET_ML = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_OFFICE_XML = "application/vnd.openxmlformats-"
_COLUMNS, _ROWS = 16_384, 1_048_576


@pytest.fixture(scope="session")
def real_file() -> Callable[[str], Path]:
    """Return the way to a file as its office published it, or skip the test."""

    def find(name: str) -> Path:
        folder = os.environ.get("UKCSO_REAL_FILES")
        if not folder:
            pytest.skip("set UKCSO_REAL_FILES to the folder of the original files")
        path = Path(folder) / name
        if not path.is_file():
            pytest.skip(f"{name} is not among the original files")
        return path

    return find


@pytest.fixture(scope="session")
def build() -> type[Build]:
    """Return what writes workbooks as offices save them."""
    return Build


def letters(column: int) -> str:
    """Return what Excel calls a column: written apart from the reader's own."""
    first, last = divmod(column, 26)
    return (letters(first - 1) if first else "") + "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[last]


class Build:
    """Workbooks of every kind: sheets by name, rows of None, text, numbers, flags and days."""

    KINDS: ClassVar = ("csv", "ods", "xlsx", "xls")

    @classmethod
    def book(
        cls,
        path: Path,
        sheets: Mapping[str, Rows],
        merged: Mapping[str, Sequence[tuple[int, int, int]]] | None = None,
        hidden: Sequence[int] = (),
    ) -> Path:
        """
        Write a workbook of the kind that its name ends in.

        `merged` has, by sheet, row, first and last column of merged cells; `hidden` has rows,
        the same in all sheets. A CSV has the first sheet only.
        """
        write = getattr(cls, f"_{path.suffix[1:]}")
        write(path, sheets, merged or {}, set(hidden))
        return path

    @staticmethod
    def archive(path: Path, parts: Mapping[str, str | bytes]) -> Path:
        """Write a zip archive."""
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
        return path

    @staticmethod
    def _csv(path: Path, sheets: Mapping[str, Rows], *_: object) -> None:
        def cell(value: object) -> str:
            text = "" if value is None else str(value)
            return '"' + text.replace('"', '""') + '"' if set(text) & set(',"\n') else text

        rows = next(iter(sheets.values()))
        path.write_text("".join(",".join(map(cell, row)) + "\r\n" for row in rows), newline="")

    @classmethod
    def _ods(cls, path: Path, sheets: Mapping[str, Rows], merged: object, hidden: set[int]) -> None:
        tables = []
        for name, rows in sheets.items():
            spans = merged.get(name, ())  # type: ignore[attr-defined]
            body = []
            for place, row in enumerate(rows):
                starts = {first: last for at, first, last in spans if at == place}
                covered = {c for first, last in starts.items() for c in range(first + 1, last + 1)}
                width = max([len(row), *(last + 1 for last in starts.values())])
                cells = [*row, *[None] * (width - len(row))]
                xml = "".join(
                    cls._ods_cell(cell, column in covered, starts.get(column, column) - column)
                    for column, cell in enumerate(cells)
                )
                shown = ' table:visibility="collapse"' * (place in hidden)
                xml += f'<table:table-cell table:number-columns-repeated="{_COLUMNS - width}"/>'
                body.append(f"<table:table-row{shown}>{xml}</table:table-row>")
            rest = f'<table:table-row table:number-rows-repeated="{_ROWS - len(rows)}">'
            rest += (
                f'<table:table-cell table:number-columns-repeated="{_COLUMNS}"/></table:table-row>'
            )
            xml = "".join(body) + rest
            tables.append(f"<table:table table:name={quoteattr(name)}>{xml}</table:table>")
        spaces = " ".join(
            f'xmlns:{name}="{_OFFICE}{name}:1.0"' for name in ("office", "table", "text")
        )
        content = f'<?xml version="1.0"?><office:document-content {spaces}><office:body>'
        content += f"<office:spreadsheet>{''.join(tables)}</office:spreadsheet>"
        content += "</office:body></office:document-content>"
        cls.archive(path, cls.ods_parts(content))

    @staticmethod
    def ods_parts(content: str | bytes) -> dict[str, str | bytes]:
        """Return the parts of an ODS archive around its content."""
        kind = "application/vnd.oasis.opendocument.spreadsheet"
        space = f'xmlns:manifest="{_OFFICE}manifest:1.0"'
        return {
            "mimetype": kind,
            "content.xml": content,
            "META-INF/manifest.xml": f"<manifest:manifest {space}/>",
        }

    @staticmethod
    def _ods_cell(cell: object, covered: bool, span: int) -> str:
        tag = "covered-table-cell" if covered else "table-cell"
        spans = f' table:number-columns-spanned="{span + 1}"' if span else ""
        if cell is None:
            return f"<table:{tag}{spans}/>"
        kind, value = "string", ""
        if isinstance(cell, bool):
            kind, value = "boolean", f' office:boolean-value="{str(cell).lower()}"'
        elif isinstance(cell, (int, float)):
            kind, value = "float", f' office:value="{cell!r}"'
        elif isinstance(cell, date):
            kind, value = "date", f' office:date-value="{cell.isoformat()}"'
        text = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(cell).split("\n"))
        return f'<table:{tag}{spans} office:value-type="{kind}"{value}>{text}</table:{tag}>'

    @classmethod
    def _xlsx(
        cls, path: Path, sheets: Mapping[str, Rows], merged: object, hidden: set[int]
    ) -> None:
        parts = {}
        for number, (name, rows) in enumerate(sheets.items(), 1):
            body = []
            for place, row in enumerate(rows):
                cells = "".join(
                    cls._xlsx_cell(f"{letters(column)}{place + 1}", cell)
                    for column, cell in enumerate(row)
                )
                shown = ' hidden="1"' * (place in hidden)
                body.append(f'<row r="{place + 1}"{shown}>{cells}</row>')
            spans = [
                f'<mergeCell ref="{letters(first)}{at + 1}:{letters(last)}{at + 1}"/>'
                for at, first, last in merged.get(name, ())  # type: ignore[attr-defined]
            ]
            after = f"<mergeCells>{''.join(spans)}</mergeCells>" if spans else ""
            parts[f"xl/worksheets/sheet{number}.xml"] = (
                f'<?xml version="1.0"?><worksheet xmlns="{_SHEET_ML}"><sheetData>{"".join(body)}'
                f"</sheetData>{after}</worksheet>"
            )
        cls.archive(path, cls.xlsx_parts(list(sheets)) | parts)

    @staticmethod
    def xlsx_parts(names: Sequence[str]) -> dict[str, str | bytes]:
        """Return the parts of an XLSX archive around its sheets; style 1 is a day."""
        numbers = range(1, len(names) + 1)
        sheets = "".join(
            f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="rId{number}"/>'
            for number, name in zip(numbers, names, strict=True)
        )
        relations = "".join(
            f'<Relationship Id="rId{number}" Type="{_RELATIONS}/worksheet"'
            f' Target="worksheets/sheet{number}.xml"/>'
            for number in numbers
        )
        styles = '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
        head = '<?xml version="1.0"?>'
        return {
            "[Content_Types].xml": f'{head}<Types xmlns="{_PACKAGE}content-types"><Default'
            f' Extension="rels" ContentType="{_OFFICE_XML}package.relationships+xml"/><Override'
            f' PartName="/xl/workbook.xml" ContentType="{_OFFICE_XML}officedocument.spreadsheetml'
            '.sheet.main+xml"/></Types>',
            "_rels/.rels": f'{head}<Relationships xmlns="{_PACKAGE}relationships"><Relationship'
            f' Id="rId1" Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/>'
            "</Relationships>",
            "xl/workbook.xml": f'{head}<workbook xmlns="{_SHEET_ML}" xmlns:r="{_RELATIONS}">'
            f"<sheets>{sheets}</sheets></workbook>",
            "xl/_rels/workbook.xml.rels": f'{head}<Relationships xmlns="{_PACKAGE}relationships">'
            f'{relations}<Relationship Id="rIdS" Type="{_RELATIONS}/styles" Target="styles.xml"/>'
            "</Relationships>",
            "xl/styles.xml": f'{head}<styleSheet xmlns="{_SHEET_ML}">{styles}</styleSheet>',
        }

    @staticmethod
    def _xlsx_cell(place: str, cell: object) -> str:
        if cell is None:
            return f'<c r="{place}" s="0"/>'  # formatted, and empty
        if isinstance(cell, bool):
            return f'<c r="{place}" t="b"><v>{int(cell)}</v></c>'
        if isinstance(cell, (int, float)):
            return f'<c r="{place}"><v>{cell!r}</v></c>'
        if isinstance(cell, date):
            return f'<c r="{place}" s="1"><v>{(cell - date(1899, 12, 30)).days}</v></c>'
        text = f'<t xml:space="preserve">{escape(str(cell))}</t>'
        return f'<c r="{place}" t="inlineStr"><is>{text}</is></c>'

    @classmethod
    def _xls(cls, path: Path, sheets: Mapping[str, Rows], _: object, hidden: set[int]) -> None:
        """Write BIFF8: cells and names only, in a compound file of one stream."""
        bodies = []
        for rows in sheets.values():
            body = [cls._record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))]
            for place, row in enumerate(rows):
                if place in hidden:
                    fields = (place, 0, len(row), 255, 0, 0, 0x20)
                    body.append(cls._record(0x0208, struct.pack("<HHHHHHI", *fields)))
                body += [cls._xls_cell(place, column, cell) for column, cell in enumerate(row)]
            bodies.append(b"".join([*body, cls._record(0x000A, b"")]))
        styles = b"".join(
            cls._record(0x00E0, struct.pack("<HHHHIIHH", 0, form, 0, 0, 0, 0, 0, 0)[:20])
            for form in (0, 14)
        )
        head = cls._record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0)) + styles
        names = [name.encode("utf-16-le") for name in sheets]
        size = len(head) + sum(4 + 8 + len(name) for name in names) + 4
        entries = b""
        for name, body in zip(names, bodies, strict=True):
            entry = struct.pack("<IHBB", size, 0, len(name) // 2, 1) + name
            entries += cls._record(0x0085, entry)
            size += len(body)
        stream = head + entries + cls._record(0x000A, b"") + b"".join(bodies)
        path.write_bytes(cls.compound({"Workbook": stream}))

    @staticmethod
    def _record(kind: int, content: bytes) -> bytes:
        return struct.pack("<HH", kind, len(content)) + content

    @classmethod
    def _xls_cell(cls, row: int, column: int, cell: object) -> bytes:
        if cell is None:
            return cls._record(0x0201, struct.pack("<HHH", row, column, 0))
        if isinstance(cell, bool):
            return cls._record(0x0205, struct.pack("<HHHBB", row, column, 0, cell, 0))
        if isinstance(cell, date):
            days = float((cell - date(1899, 12, 30)).days)
            return cls._record(0x0203, struct.pack("<HHHd", row, column, 1, days))
        if isinstance(cell, (int, float)):
            return cls._record(0x0203, struct.pack("<HHHd", row, column, 0, cell))
        text = str(cell).encode("utf-16-le")
        fields = struct.pack("<HHHHB", row, column, 0, len(text) // 2, 1)
        return cls._record(0x0204, fields + text)

    @staticmethod
    def compound(streams: Mapping[str, bytes]) -> bytes:
        """Return an OLE2 compound file of streams of at least 4,096 bytes each, padded to it."""
        free, end, fat_sector = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
        padded = {
            name: content.ljust(max(4096, -(-len(content) // 512) * 512), b"\0")
            for name, content in streams.items()
        }
        sectors = sum(len(content) // 512 for content in padded.values())
        fats = 1
        while fats * 128 < fats + 1 + sectors:
            fats += 1
        table = [fat_sector] * fats + [end]
        entries = [("Root Entry", 5, end, 0)]
        body = b""
        for name, content in padded.items():
            first, count = len(table), len(content) // 512
            table += [*range(first + 1, first + count), end]
            entries.append((name, 2, first, len(content)))
            body += content
        table += [free] * (fats * 128 - len(table))
        directory = b""
        for place, (name, kind, first, size) in enumerate(entries):
            text = name.encode("utf-16-le") + b"\0\0"
            after = place + 1 if 0 < place < len(entries) - 1 else free
            child = 1 if place == 0 else free
            directory += text.ljust(64, b"\0") + struct.pack("<HBB", len(text), kind, 1)
            directory += struct.pack("<III", free, after, child) + bytes(36)
            directory += struct.pack("<IQ", first, size)
        directory = directory.ljust(512, b"\0")
        header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
        header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
        header += struct.pack("<IIIIIIIII", 0, fats, fats, 0, 4096, end, 0, end, 0)
        header += struct.pack("<109I", *range(fats), *[free] * (109 - fats))
        return header + struct.pack(f"<{len(table)}I", *table) + directory + body
