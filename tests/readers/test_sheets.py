"""Sheets as they stand in files of every kind, and files that are refused."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from ukcso.errors import InvalidInputError
from ukcso.readers._sheets import CellError, address, read_sheets

_MOMENT = datetime.fromisoformat("2020-04-03T05:06")


def test_the_workforce_table_has_the_totals_that_are_known_of_it(real_file) -> None:
    """A real ODS with padded columns and a million repeated rows reads whole."""
    # expected numbers: made from the file with another reader, in the notes beside it
    notes, data = read_sheets(real_file("open-data-table-police-workforce-260723.ods"))
    assert (notes.name, data.name, data.kind) == ("Notes", "Data", "ods")
    assert notes.rows[0][0] is None or isinstance(notes.rows[0][0], str)
    headings, *rows = data.rows
    assert headings[:3] == ["As at 31 March...", "Geo code", "Force Name"]
    assert len(rows) == 29304
    assert len({row[2] for row in rows}) == 44
    assert sum(row[7] for row in rows) == 4_253_880
    assert sum(row[7] for row in rows if row[0] == 2023) == 262_292
    full_time = [row[8] for row in rows if row[8] != "N/A"]
    assert sum(row[8] == "N/A" for row in rows) == 2816
    assert sum(full_time) == pytest.approx(3_805_805.43, abs=0.005)


def test_the_population_workbook_has_its_rows(real_file) -> None:
    """A real XLSX of thirteen sheets reads with its title rows in place."""
    sheets = read_sheets(real_file("LAD23_Mid_Year_pop_2011_to_2023.xlsx"))
    assert len(sheets) == 13
    persons = next(sheet for sheet in sheets if sheet.name == "MYE2 - Persons")
    assert persons.rows[7][:5] == ["Code", "Name", "Geography", "All ages", "0"]
    assert len(persons.rows) == 8 + 357


def test_cells_of_a_workbook_keep_their_places_and_kinds(tmp_path) -> None:
    """Title rows, a merged cell, hidden rows, dates and errors stand where Excel has them."""
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Answers"
    sheet["C4"] = "Offences"
    sheet.merge_cells("C4:D4")
    sheet["C5"], sheet["C6"], sheet["C7"] = 1234.0, date(2020, 4, 3), _MOMENT
    sheet["D5"], sheet["D6"] = "#N/A", "=1+1"
    sheet["D7"] = True
    sheet.row_dimensions[5].hidden = True
    book.create_sheet("Hidden").sheet_state = "hidden"
    book["Hidden"]["B2"] = 0.1 + 0.2
    book.save(tmp_path / "a.xlsx")
    answers, hidden = read_sheets(tmp_path / "a.xlsx")
    assert answers.rows[3] == [None, None, "Offences", None]
    assert answers.rows[4][2] == 1234
    assert isinstance(answers.rows[4][2], int)
    assert answers.rows[5][2] == date(2020, 4, 3)
    assert answers.rows[6][2:] == [_MOMENT, True]
    assert isinstance(answers.rows[4][3], CellError)
    assert answers.rows[4][3] == "#N/A"
    assert answers.rows[5][3] == CellError("formula without a stored result")
    assert hidden.rows == [[None, None], [None, 0.3]]
    assert address(5, 3) == "D6"


def test_a_csv_is_text_as_it_stands(tmp_path) -> None:
    """Cells keep their blanks and digits; an empty one is None."""
    path = tmp_path / "own.csv"
    path.write_text("Force;2016/17\nKent; 1,20 \n\nEssex;\n")
    (sheet,) = read_sheets(path)
    assert sheet.rows == [["Force", "2016/17"], ["Kent", " 1,20 "], [None, None], ["Essex", None]]
    assert (sheet.name, sheet.kind, sheet.encoding) == ("own", "csv", "utf-8")


def test_a_truncated_workbook_is_refused(tmp_path, real_file) -> None:
    """Half of a real ODS names the file and the way out."""
    content = real_file("open-data-table-police-workforce-260723.ods").read_bytes()
    path = tmp_path / "half.ods"
    path.write_bytes(content[: len(content) // 2])
    with pytest.raises(InvalidInputError, match=r"half\.ods: is cut off or damaged; download"):
        read_sheets(path)
