"""Sheets as they stand in files of every kind, and files that are refused."""

from __future__ import annotations

import random
from datetime import date, datetime

import pytest

from ukcso.errors import InvalidInputError
from ukcso.readers._sheets import CellError, address, iterate_sheets, read_sheets

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


@pytest.mark.parametrize("kind", ["ods", "xlsx", "xls"])
def test_every_cell_of_two_thousand_sheets_has_its_address(tmp_path, build, kind: str) -> None:
    """Title rows, gaps, merged cells and hidden rows move no value: 700 sheets of each kind."""
    chance = random.Random(kind)  # noqa: S311 - the same sheets every time
    checked = 0
    for number in range(7):
        books = {f"Sheet {place}": _random_sheet(chance) for place in range(100)}
        sheets = {name: rows for name, (rows, _) in books.items()}
        merged = {name: spans for name, (_, spans) in books.items()}
        path = tmp_path / f"{number}.{kind}"
        build.book(path, sheets, merged, hidden=[chance.randrange(12) for _ in range(3)])
        for sheet in read_sheets(path):
            for row, cells in enumerate(sheet.rows):
                for column, cell in enumerate(cells):
                    # each value says where it was written
                    assert cell in {None, address(row, column), 1000 * row + column}
            written = sum(cell is not None for row in sheets[sheet.name] for cell in row)
            there = sum(cell is not None for row in sheet.rows for cell in row)
            assert there == written
            checked += 1
    assert checked == 700


def _random_sheet(chance: random.Random) -> tuple[list[list[object]], list[tuple[int, int, int]]]:
    """Return cells that hold their own address, as text or a number, and what is merged."""
    rows: list[list[object]] = []
    spans = []
    column = chance.choice([0, 0, 1, 3, 27])
    width = chance.randrange(1, 8)
    for row in range(chance.choice([0, 1, 3]), chance.randrange(5, 14)):
        rows += [[] for _ in range(row - len(rows))]
        if chance.random() < 0.15:
            rows.append([])  # an empty row inside
            continue
        cells: list[object] = [None] * column
        for place in range(column, column + width):
            of_place = chance.choice([address(row, place), 1000 * row + place, None])
            cells.append(of_place)
        if width > 2 and chance.random() < 0.2:
            cells[column + 1 : column + 3] = [None, None]
            spans.append((row, column, column + 2))
        rows.append(cells)
    return rows, spans


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("Force,2016\nKent,1\n", 2),
        ("Force;2016;2017\nKent;1,5;2,5\n", 3),
        ("Force\t2016\nDevon, and Cornwall\t1\n", 2),
        ("Offences, by force, and year\n\nForce;2016\nKent;1\nEssex;2\n", 2),
        ('Force,Note\nKent,"a; b; c"\nEssex,"d; e; f"\n', 2),
        ("sep=;\nForce;a,b,c,d\nKent;1,2,3,4\n", 2),
        ("Force|2016\nKent|1\n", 2),
        ("Force\nKent\n", 1),
        ('Force,"2016, in all"\r\nKent,"1,234"\r\nEssex,"2,345"\r\n', 2),
    ],
)
def test_what_separates_the_cells_of_a_csv_is_found(tmp_path, text: str, width: int) -> None:
    """Commas in prose and in numbers are told from those between cells."""
    path = tmp_path / "a.csv"
    path.write_text(text, newline="")
    (sheet,) = read_sheets(path)
    assert max(sum(cell is not None for cell in row) for row in sheet.rows[-2:]) == width


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("windows-1252", "windows-1252"),
    ],
)
def test_the_encoding_of_a_csv_is_told(tmp_path, encoding: str, told: str) -> None:
    """UTF-8, UTF-16 with its mark, and Windows-1252 are read, and the sheet says which it was."""
    path = tmp_path / "a.csv"
    path.write_bytes("Fôrce;2016 in £\r\nKent;1\r\n".encode(encoding))
    (sheet,) = read_sheets(path)
    assert sheet.rows == [["Fôrce", "2016 in £"], ["Kent", "1"]]
    assert sheet.encoding == told


def test_a_quotation_mark_inside_a_cell_is_kept(tmp_path) -> None:
    """A cell that begins with a quoted word, and goes on, is no damage."""
    path = tmp_path / "a.csv"
    path.write_text('Offence,Count\n"Other" offences,1\n')
    assert read_sheets(path)[0].rows[1][1] == "1"


def test_the_head_is_shown_before_the_rest_is_read(tmp_path, build) -> None:
    """Whoever recognises a table by its headings need not wait for its end."""
    for kind in build.KINDS:
        path = build.book(tmp_path / f"a.{kind}", {"A": [["CSP Name"], *[[1]] * 500]})
        shown = []

        def stop(sheet: str, place: int, row: list[object]) -> None:
            shown.append((sheet, place, row))  # noqa: B023 - called below
            msg = "enough"
            raise InvalidInputError(msg)

        with pytest.raises(InvalidInputError, match="enough"):
            next(iterate_sheets(path, show_head=stop))
        assert [place for _, place, _ in shown] == [0]
        assert shown[0][2] == ["CSP Name"]


def test_how_far_reading_is_is_told(tmp_path, build) -> None:
    """Fractions grow to one, whatever the kind of file."""
    for kind in build.KINDS:
        path = build.book(tmp_path / f"a.{kind}", {"A": [[1]] * 100, "B": [[1]]})
        fractions: list[float] = []
        list(iterate_sheets(path, progress=fractions.append))
        assert fractions == sorted(fractions)
        assert fractions[-1] == 1.0
