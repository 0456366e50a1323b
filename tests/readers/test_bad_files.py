"""Files that are no tables, are damaged or made to do harm: one clear error, at bounded cost."""

from __future__ import annotations

import random
import struct
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ukcso.errors import InvalidInputError
from ukcso.readers._sheets import CellError, iterate_sheets, read_sheets

ROWS = [["Force", "2016/17", "2017/18"], ["Kent", 933, 1133], ["Essex", None, 1]]


def refusal_of(path: Path) -> str:
    """Return the one message that a file is refused with."""
    with pytest.raises(InvalidInputError) as caught:
        read_sheets(path)
    message = str(caught.value)
    assert message.startswith(f"{path.name}: ")
    assert "; " in message  # and the way out
    assert "\n" not in message
    return message


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.xlsx", b"%PDF-1.7\n...", "is a PDF, though its name ends in .xlsx"),
        ("a.pdf", b"%PDF-1.7\n...", "is a PDF; ask for the spreadsheet"),
        ("a.xls", b"\n<html><table><tr><td>1</td></tr></table>", "is a web page (HTML), though"),
        ("a.xls", b"\xef\xbb\xbf<!DOCTYPE html><html>", "is a web page (HTML), though its name"),
        ("a.xls", b"<?xml version='1.0'?><x/>", "is XML, not a table, though its name ends"),
        (
            "a.xls",
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "is a workbook as plain XML; open it in Excel or LibreOffice and save it as XLSX",
        ),
        ("a.csv", b"", "is empty"),
        ("a.csv", b"a,b\x00\x01", "is neither a workbook nor text"),
        ("a.csv", "a,b\n1,2\n".encode("utf-16-le"), "is neither a workbook nor text"),
        ("a.csv", b"\xff\xfea\xd8b", "is damaged: no UTF-16, though it begins so"),
        ("a.csv", b'a,b\n"1,2\n3,4\n', "the quotation mark that opens in line 2 is not closed"),
        ("a.csv", "£\n".encode() + b"\xa3\n", "line 1 is UTF-8 and line 2 is Windows-1252"),
        ("a.csv", b"a\n\x81\n", "line 2 is neither UTF-8 nor Windows-1252"),
        ("a.eml", b"From: a@b\nMIME-Version: 1.0\n\n", "is an e-mail; save its attachment"),
        ("a.csv.gz", b"\x1f\x8b\x08\0\0", "is packed with gzip; unpack it first"),
        ("a.xlsx", b"PK\x03\x04 and no more", "is cut off or damaged; download"),
        (
            "a.xls",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
            "is cut off or damaged; open it",
        ),
    ],
)
def test_a_file_that_is_no_table_is_refused_by_what_it_is(
    tmp_path, name: str, content: bytes, words: str
) -> None:
    """What a file is, its first bytes say, whatever its name ends in."""
    path = tmp_path / name
    path.write_bytes(content)
    assert words in refusal_of(path)


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("word/document.xml", "is a Word document"),
        ("xl/workbook.bin", "is a binary workbook (XLSB); save it as XLSX"),
        ("table.csv", "is a zip archive, not a workbook; unpack it and name the file"),
        ("encrypted-package", "is protected by a password; open it, save it without"),
    ],
)
def test_another_archive_is_refused_by_what_it_is(tmp_path, build, part: str, words: str) -> None:
    """A document that is packed as workbooks are is told from one."""
    assert words in refusal_of(build.archive(tmp_path / "a.xlsx", {part: "x"}))


def test_a_folder_and_a_missing_file_are_refused(tmp_path) -> None:
    """What cannot be opened is told like what cannot be read."""
    assert "is a folder; name a file in it" in refusal_of(tmp_path)
    assert "no such file or directory; look at the path" in refusal_of(tmp_path / "none.xlsx")


def test_a_protected_workbook_is_refused(tmp_path, build) -> None:
    """Excel packs a protected workbook into an old container, LibreOffice says so in a part."""
    locked = tmp_path / "locked.xlsx"
    locked.write_bytes(build.compound({"EncryptionInfo": b"x", "EncryptedPackage": b"x"}))
    assert "is protected by a password; open it, save it without" in refusal_of(locked)
    old = build.book(tmp_path / "a.xls", {"A": [[1]]})
    filepass = b"\x2f\x00\x02\x00\x00\x00"
    stream = old.read_bytes()[1536:]
    old.write_bytes(build.compound({"Workbook": stream[:20] + filepass + stream[20:]}))
    assert "is protected by a password" in refusal_of(old)
    document = tmp_path / "letter.xls"
    document.write_bytes(build.compound({"WordDocument": b"x"}))
    assert "is an office document, not a workbook" in refusal_of(document)
    parts = build.ods_parts(b"\x17\x01")
    parts["META-INF/manifest.xml"] = "<manifest:encryption-data/>"
    assert "is protected by a password" in refusal_of(build.archive(tmp_path / "a.ods", parts))


@pytest.mark.parametrize("kind", ["ods", "xlsx"])
def test_entities_are_refused_unread(tmp_path, build, kind: str) -> None:
    """A document that defines entities, each of ten others, is refused at its first line."""
    laughs = '<!ENTITY a0 "ha">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)
    )
    xml = f'<?xml version="1.0"?><!DOCTYPE x [{laughs}]><x>&a11;</x>'
    path = tmp_path / f"a.{kind}"
    if kind == "ods":
        build.archive(path, build.ods_parts(xml))
    else:
        parts = build.xlsx_parts(["A"])
        build.archive(path, parts | {"xl/worksheets/sheet1.xml": xml})
        build.archive(tmp_path / "b.xlsx", parts | {"xl/workbook.xml": xml})
        assert "has a document type" in refusal_of(tmp_path / "b.xlsx")
    assert "has a document type" in refusal_of(path)


@pytest.mark.parametrize("kind", ["ods", "xlsx"])
def test_a_zip_bomb_is_refused_by_its_directory(tmp_path, build, kind: str) -> None:
    """What would unpack to a thousand times its size is not unpacked."""
    bomb = b" " * 2**26
    parts = build.ods_parts(bomb) if kind == "ods" else build.xlsx_parts(["A"]) | {"x.xml": bomb}
    path = build.archive(tmp_path / f"a.{kind}", parts)
    assert "would unpack to 64 MB, out of all proportion to its size" in refusal_of(path)


@pytest.mark.parametrize("kind", ["ods", "xlsx"])
def test_a_directory_that_lies_about_sizes_is_refused(tmp_path, build, kind: str) -> None:
    """A part that holds more than the directory says is cut off, and so damaged."""
    path = build.book(tmp_path / f"a.{kind}", {"A": [["x" * 50] * 50] * 50})
    part = "content.xml" if kind == "ods" else "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo(part).file_size
    content = path.read_bytes().replace(size.to_bytes(4, "little"), (500).to_bytes(4, "little"))
    path.write_bytes(content)
    assert "is cut off or damaged" in refusal_of(path)


def test_a_workbook_larger_than_any_table_is_refused(tmp_path, build, monkeypatch) -> None:
    """The size of what would be unpacked is told, before it is."""
    monkeypatch.setattr("ukcso.readers._sheets._archive.MOST_UNPACKED", 1000)
    monkeypatch.setattr("ukcso.readers._sheets._opendocument._HEAD_BYTES", -1)
    for kind in ("ods", "xlsx"):
        path = build.book(tmp_path / f"a.{kind}", {"A": ROWS * 10})
        assert "unpacks to 0 MB, and no table that is read here" in refusal_of(path)
    monkeypatch.setattr("ukcso.readers._sheets.MOST_BYTES", 10)
    assert "has 0 MB" in refusal_of(build.book(tmp_path / "a.csv", {"A": ROWS}))


@pytest.mark.parametrize("kind", ["csv", "ods", "xlsx"])
def test_a_hundred_thousand_columns_are_refused(tmp_path, build, kind: str) -> None:
    """A sheet as wide as no table is refused by its name."""
    for between in (None, "1"):
        rows = [["a"], ["1", *[between] * 99_998, "1"]]
        message = refusal_of(build.book(tmp_path / f"wide.{kind}", {"wide": rows}))
        assert message.startswith(f"wide.{kind}: sheet 'wide' ")
        # an XLSX is not read further than the first block that is too wide
        words = {"csv": "has 100,000 cells in row 2", "ods": "reaches column EQXD"}
        assert words.get(kind, "reaches column ") in message
        assert "at most 2,000 columns are read" in message


def test_a_value_repeated_without_bound_is_refused(tmp_path, build) -> None:
    """Seventeen thousand million filled cells in a hundred bytes are not laid out."""
    good = build.book(tmp_path / "a.ods", {"A": [[1]]})
    with zipfile.ZipFile(good) as archive:
        xml = archive.read("content.xml").decode()
    for times, words in (
        ('table:number-columns-repeated="16384"', "reaches column XFD"),
        ('table:number-columns-repeated="1999"', "with 2,096,103,424 cells"),
    ):
        row = f'<table:table-row table:number-rows-repeated="1048576"><table:table-cell {times} '
        bad = xml.replace("<table:table-row><table:table-cell ", row, 1)
        message = refusal_of(build.archive(tmp_path / "b.ods", build.ods_parts(bad)))
        assert words in message


@pytest.mark.parametrize("kind", ["ods", "xlsx", "xls"])
def test_a_stray_cell_far_away_is_refused(tmp_path, build, kind: str) -> None:
    """Two cells, with a thousand million empty ones between them, are not laid out."""
    rows = [["a"], *[[]] * 25_000, [None] * 1500 + ["b"]]
    path = build.book(tmp_path / f"a.{kind}", {"far": rows})
    assert "sheet 'far' spans" in refusal_of(path)


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ('<row r="9"><c r="A999999999999"><v>1</v></c></row>', "'A' spans 999,999,999,999 rows"),
        ('<row r="9"><c r="zzzzz9"><v>1</v></c></row>', "'A' reaches column ZZZZZ"),
        ('<row r="4000000000"><c><v>1</v></c></row>', "'A' spans 4,000,000,000 rows"),
        (f'<row r="900000">{"<c><v>1</v></c>" * 500}</row>', "spans 900,000 rows of 500 columns"),
    ],
)
def test_cells_in_places_that_excel_does_not_have_are_refused(
    tmp_path, build, cells: str, words: str
) -> None:
    """A place may be written in ways that no program writes, and is bounded all the same."""
    xml = f"<worksheet><sheetData>{cells}</sheetData></worksheet>"
    parts = build.xlsx_parts(["A"])
    path = build.archive(tmp_path / "a.xlsx", parts | {"xl/worksheets/sheet1.xml": xml})
    assert words in refusal_of(path)
    utf_16 = f'<?xml version="1.0" encoding="utf-16"?>{xml}'.encode("utf-16")
    build.archive(path, parts | {"xl/worksheets/sheet1.xml": utf_16})
    assert "is in an encoding that no workbook is in" in refusal_of(path)


def test_formulas_show_their_stored_results_or_say_that_there_is_none(tmp_path, build) -> None:
    """A formula is its result; one never calculated, and an error, are told as such."""
    cells = (
        '<c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>1+1</f></c><c r="C1"><f>1+1</f><v></v></c>'
        '<c r="D1" t="e"><f>NA()</f><v>#N/A</v></c><c t="str" r="E1"><f>""</f><v></v></c>'
        "<c r='F1' s='0' t='e'><v>#REF!</v></c><c r=\"G1\"><f>[1]Sheet1!A1</f><v>7</v></c>"
        '<c r="H1"><f t="shared" si="0"/></c>'
    )
    sheet = f'<worksheet xmlns="x"><sheetData><row r="1">{cells}</row></sheetData></worksheet>'
    sheet = sheet.replace('"x"', '"http://schemas.openxmlformats.org/spreadsheetml/2006/main"')
    parts = build.xlsx_parts(["A"]) | {"xl/worksheets/sheet1.xml": sheet}
    (read,) = read_sheets(build.archive(tmp_path / "a.xlsx", parts))
    never = "formula without a stored result"
    assert read.rows == [[2, never, never, "#N/A", None, "#REF!", 7, never]]
    assert [isinstance(cell, CellError) for cell in read.rows[0]] == [
        *[False, True, True, True, False, True, False, True]
    ]


def test_in_ods_too_errors_and_uncalculated_formulas_are_told(tmp_path, build) -> None:
    """LibreOffice and Excel write an error as text, or as a kind of value."""
    path = build.book(tmp_path / "a.ods", {"A": [["cells"]]})
    with zipfile.ZipFile(path) as archive:
        xml = archive.read("content.xml").decode()
    formula = '<table:table-cell table:formula="of:=1"'
    string = 'office:value-type="string"'
    cells = (
        f'{formula} office:value-type="float" office:value="2"/>'
        f"{formula}/>"
        f'{formula} {string} office:string-value=""><text:p>#N/A</text:p></table:table-cell>'
        f'{formula} {string} calcext:value-type="error"><text:p>Err:502</text:p></table:table-cell>'
        f'{formula} {string} office:string-value=""/>'
        '<table:table-cell office:value-type="percentage" office:value="0.12"><text:p>12%</text:p>'
        "<office:annotation><text:p>a comment</text:p></office:annotation></table:table-cell>"
        f"<table:table-cell {string}><text:p>a<text:s text:c='2'/>b<text:tab/>"
        "<text:span>c</text:span></text:p><text:p>d<office:annotation><text:p>no</text:p>"
        "</office:annotation>e</text:p></table:table-cell>"
    )
    start, end = xml.index("<table:table-cell"), xml.index("</table:table-cell>")
    xml = xml[:start] + cells + xml[end + len("</table:table-cell>") :]
    xml = xml.replace("<office:body>", '<office:body xmlns:calcext="urn:org:documentfoundation">')
    (sheet,) = read_sheets(build.archive(path, build.ods_parts(xml)))
    never = CellError("formula without a stored result")
    assert sheet.rows == [[2, never, "#N/A", "Err:502", None, 0.12, "a  b\tc\nde"]]
    assert [type(cell) for cell in sheet.rows[0][1:4]] == [CellError] * 3


def test_in_xls_too_errors_are_told(tmp_path, build) -> None:
    """An error is a record of its own there, and may be a formula's result."""
    path = build.book(tmp_path / "a.xls", {"Ä": [["a", 1]]})
    stream = path.read_bytes()[1536:]
    error = struct.pack("<HHHHHBB", 0x0205, 8, 1, 2, 0, 0x2A, 1)
    result = bytes([2, 0, 0x17, 0, 0, 0, 0xFF, 0xFF])
    formula = struct.pack("<HHHHH", 0x0006, 22, 1, 3, 0) + result + bytes(8)
    end = stream.rindex(b"\x0a\x00\x00\x00")
    path.write_bytes(build.compound({"Workbook": stream[:end] + error + formula + stream[end:]}))
    (sheet,) = read_sheets(path)
    assert (sheet.name, sheet.rows) == ("Ä", [["a", 1, None, None], [None, None, "#N/A", "#REF!"]])
    assert isinstance(sheet.rows[1][3], CellError)


def test_what_another_file_had_is_no_sheet(tmp_path, build) -> None:
    """LibreOffice keeps the sheets that formulas look at elsewhere; they are left out."""
    path = build.book(tmp_path / "a.ods", {"A": [[1]], "'file:///b.ods'#A": [[2]]})
    with zipfile.ZipFile(path) as archive:
        xml = archive.read("content.xml").decode()
    tag = "<table:table table:name=\"'file:///b.ods'#A\">"
    xml = xml.replace(tag, tag + '<table:table-source xlink:href="b.ods"/>')
    xml = xml.replace("<office:body>", '<office:body xmlns:xlink="http://www.w3.org/1999/xlink">')
    assert [sheet.name for sheet in read_sheets(build.archive(path, build.ods_parts(xml)))] == ["A"]


CELLS = st.one_of(
    st.none(),
    st.integers(-10_000, 10**9),
    st.booleans(),
    st.dates(date(1990, 1, 1), date(2030, 1, 1)),
    st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=8),
)


@settings(max_examples=40)
@given(
    rows=st.lists(st.lists(CELLS, max_size=6), max_size=8),
    kind=st.sampled_from(["ods", "xlsx", "xls"]),
)
def test_every_built_workbook_reads_back(tmp_path_factory, build, rows, kind: str) -> None:
    """What was written is read, cell by cell, whatever the kind of workbook."""
    path = build.book(tmp_path_factory.mktemp("built") / f"a.{kind}", {"A": rows})
    (sheet,) = read_sheets(path)
    width = max(
        [column + 1 for row in rows for column, cell in enumerate(row) if cell is not None],
        default=0,
    )
    height = max(
        [place + 1 for place, row in enumerate(rows) if any(c is not None for c in row)], default=0
    )
    expected = [[*row, *[None] * width][:width] for row in rows[:height]]
    assert sheet.rows == expected
    assert [[type(cell) is bool for cell in row] for row in sheet.rows] == [
        [type(cell) is bool for cell in row] for row in expected
    ]


def damaged(content: bytes, seed: int) -> bytes:
    """Return bytes with some flipped, cut out, doubled or cut off."""
    if not content:
        return b"\0"
    chance = random.Random(seed)  # noqa: S311 - damage, not secrets
    damaged = bytearray(content)
    for _ in range(chance.choice([1, 1, 3, 20])):
        place = chance.randrange(len(damaged))
        match chance.randrange(4):
            case 0:
                damaged[place] ^= 1 << chance.randrange(8)
            case 1:
                del damaged[place : place + chance.randrange(1, 200)]
            case 2:
                damaged[place:place] = damaged[place : place + chance.randrange(1, 200)]
            case _:
                damaged[place] = chance.randrange(256)
        if not damaged:
            return b"\0"
    if chance.random() < 0.2:
        del damaged[chance.randrange(len(damaged)) :]
    return bytes(damaged)


def read_or_refused(path: Path) -> None:
    """Read a file that may be damaged: it gives sheets, or is refused."""
    try:
        for sheet in iterate_sheets(path):
            assert len({len(row) for row in sheet.rows}) <= 1
    except InvalidInputError as error:
        assert str(error).startswith(f"{path.name}: ")  # noqa: PT017 - either is right


@pytest.mark.parametrize("kind", ["csv", "ods", "xlsx", "xls"])
def test_a_damaged_file_is_read_or_refused(tmp_path, build, kind: str) -> None:
    """No flipped byte ends in anything but sheets or one kind of error."""
    book = build.book(tmp_path / f"a.{kind}", {"A": ROWS * 20, "B": [["x", 1.5, True]]})
    content = book.read_bytes()
    for seed in range(150):
        book.write_bytes(damaged(content, seed))
        read_or_refused(book)


@pytest.mark.parametrize("kind", ["ods", "xlsx"])
def test_damaged_content_in_a_sound_archive_is_read_or_refused(tmp_path, build, kind: str) -> None:
    """Damage below the archive's checksums is no other matter."""
    book = build.book(tmp_path / f"a.{kind}", {"A": ROWS * 20, "B": [["x", 1.5, True]]})
    with zipfile.ZipFile(book) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for seed in range(150):
        name = sorted(parts)[seed % len(parts)]
        build.archive(book, parts | {name: damaged(parts[name], seed)})
        read_or_refused(book)


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    [
        "open-data-table-police-workforce-260723.ods",
        "LAD23_Mid_Year_pop_2011_to_2023.xlsx",
        "home-office-prc-pfa-2017-18.csv",
    ],
)
def test_a_damaged_official_file_is_read_or_refused(tmp_path, real_file, name: str) -> None:
    """The same of the files as their offices published them."""
    content = real_file(name).read_bytes()
    path = tmp_path / name
    for seed in range(12):
        path.write_bytes(damaged(content, seed))
        read_or_refused(path)
