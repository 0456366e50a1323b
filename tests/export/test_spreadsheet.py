"""Workbooks: text stays text, numbers and days are numbers and days."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

import ukcso
from ukcso.export import _spreadsheet, export
from ukcso.outputs import runs_as_formula

NAMES = sorted(set(ukcso.list_datasets()["dataset"]))
VERSIONS = [(str(row.dataset), int(str(row.version))) for row in ukcso.list_datasets().itertuples()]
# The characters that OWASP's page on CSV injection names, and error values.
DANGEROUS = ["=1+1", '=HYPERLINK("x")', "+1+1", "-2+3", "@SUM(A1)", "\tx", "\rx", "#N/A"]


class TestRunsAsFormula:
    """`runs_as_formula` finds what a spreadsheet would run."""

    @pytest.mark.parametrize("text", DANGEROUS[:-1])
    def test_marks(self, text: str) -> None:
        """A cell that begins with a mark is one."""
        assert runs_as_formula(text)

    @pytest.mark.parametrize("text", ["-12", "+3", "-2.40", "66", "a=b", "", "west-mercia", "1+1"])
    def test_plain_cells(self, text: str) -> None:
        """A signed number is a number, and a mark further on does nothing."""
        assert not runs_as_formula(text)

    @pytest.mark.parametrize(("name", "version"), VERSIONS)
    def test_nothing_shipped_is_one(self, name: str, version: int) -> None:
        """No cell of any shipped CSV would run, so a CSV can be exported as it is."""
        with ukcso.path(name, version=version) as file:
            text = file.read_text(encoding="utf-8")
        cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
        assert [cell for cell in cells if runs_as_formula(cell)] == []


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Return a workbook with every dataset but the longest."""
    openpyxl = pytest.importorskip("openpyxl")
    asked = dict.fromkeys(sorted({*NAMES} - {"recorded_crime"}), 1)
    file, *_ = export(tmp_path_factory.mktemp("xlsx"), asked, "xlsx")
    return openpyxl.load_workbook(file)


class TestWorkbook:
    """`ukcso.xlsx`."""

    def test_sheets(self, book: Any) -> None:
        """Metadata first, then a sheet per dataset, with names that Excel takes."""
        assert book.sheetnames == ["metadata", *sorted({*NAMES} - {"recorded_crime"})]
        # Excel takes at most 31 characters.
        assert max(map(len, [*NAMES, "metadata"])) <= 31

    def test_metadata(self, book: Any) -> None:
        """The first sheet has the sidecar of each dataset."""
        names, *rows = book["metadata"].iter_rows(values_only=True)
        found = {row[0]: dict(zip(names, row, strict=True)) for row in rows}
        wanted = asdict(ukcso.metadata("breaks", version=1))
        assert found["breaks"] == {name: fact or None for name, fact in wanted.items()}

    def test_no_cell_is_a_formula_or_an_error(self, book: Any) -> None:
        """Every cell is a text, a number, a day or empty."""
        kinds = {
            (cell.data_type, isinstance(cell.value, datetime))
            for sheet in book
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None
        }
        assert kinds == {("s", False), ("n", False), ("d", True)}

    def test_printed_numbers_stay_text(self, book: Any) -> None:
        """The digits of a claim are its precision."""
        sheet = book["claims"]
        place = [cell.value for cell in sheet[1]].index("printed")
        found = [row[place] for row in sheet.iter_rows(min_row=2)]
        assert {cell.data_type for cell in found} == {"s"}
        assert "-22" in {cell.value for cell in found}
        assert all(cell.quotePrefix == cell.value.startswith("-") for cell in found)

    def test_headings(self, book: Any) -> None:
        """The first row is bold and stays in sight; columns are as wide as their text, or 60."""
        for sheet in book:
            assert sheet.freeze_panes == "A2"
            assert all(cell.font.bold for cell in sheet[1])
            widths = [dimension.width for dimension in sheet.column_dimensions.values()]
            assert all(8 <= width <= 60 for width in widths)
        assert book["breaks"].column_dimensions["A"].width == len("break_id") + 2

    def test_dangerous_text_is_stored_as_text(self, tmp_path: Path) -> None:
        """A cell that a spreadsheet would run is a string, also after it was edited."""
        openpyxl = pytest.importorskip("openpyxl")
        written = openpyxl.Workbook(write_only=True)
        cells = [*DANGEROUS, "2.40", None]
        _spreadsheet._sheet(written, "t", {"=text": cells, "last": cells})
        written.save(tmp_path / "t.xlsx")
        rows = list(openpyxl.load_workbook(tmp_path / "t.xlsx")["t"].iter_rows())
        assert [cell.data_type for cell in rows[0]] == ["s", "s"]
        for wanted, row in zip(cells[:-1], rows[1:-1], strict=True):
            assert [cell.data_type for cell in row] == ["s", "s"]
            if not wanted.startswith("\r"):  # XML reads a carriage return as a new line
                assert [cell.value for cell in row] == [wanted, wanted]
        quoted = [row[0].quotePrefix for row in rows[1:-1]]
        assert quoted == [True] * 7 + [False] * 2

    def test_no_clock(self, tmp_path: Path) -> None:
        """The file says when its sources were read, not when it was written."""
        pytest.importorskip("openpyxl")
        file, *_ = export(tmp_path / "out", {"breaks": 1}, "xlsx")
        with zipfile.ZipFile(file) as archive:
            assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            core = archive.read("docProps/core.xml").decode()
        day = ukcso.metadata("breaks", version=1).retrieved
        assert core.count(f">{day}T00:00:00Z<") == 2
