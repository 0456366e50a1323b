"""Mirrors src/ukcso/readers/_answers.py: sheets of answers to rows that every function takes."""

from __future__ import annotations

import hashlib
import math
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

import ukcso
from ukcso.errors import InvalidInputError, SchemaError
from ukcso.readers import answers, template_rows, template_workbook

SHEET = """Image offences recorded,,,
,,,
Force,2020/21,2021/22,2022/23
Kent Police,100,110 [p],<5
GMP,200,c. 300,240
PSNI,Refused,50,60
Leeds City Council,7,8,9
Essx,1,2,3
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a sheet of answers."""
    path = tmp_path / "answers.csv"
    path.write_text(SHEET, encoding="utf-8")
    return path


def test_figures_fit_their_schema_with_the_shipped_ones(file: Path) -> None:
    """Figures, releases and sources name each other, and rows that are shipped."""
    read = answers(file, measure="image_offences")
    assert read.figures[["area_id", "value", "hedge"]].to_numpy().tolist() == [
        ["kent", 100, "exact"],
        ["kent", 110, "exact"],
        ["kent", 5, "under"],
        ["greater-manchester", 200, "exact"],
        ["greater-manchester", 300, "about"],
        ["greater-manchester", 240, "exact"],
        ["northern-ireland", 50, "exact"],
        ["northern-ireland", 60, "exact"],
    ]
    assert read.figures["note"].dropna().tolist() == ["[p]"]
    own = read.datasets()
    for name, frame in own.items():
        beside = {other: rows for other, rows in own.items() if other != name}
        pd.testing.assert_frame_equal(ukcso.validate(frame, name, beside=beside), frame)
        shipped = ukcso.load(name)
        pd.testing.assert_frame_equal(frame.head(len(shipped)), shipped)
    assert own["figures"]["figure_id"].is_unique
    release = read.release.iloc[0]
    assert (release["forces_asked"], release["forces_responding"]) == (3, 3)
    assert (release["method"], release["scope_area_id"]) == (
        "foi",
        "england-wales-and-northern-ireland",
    )


def test_what_is_no_figure(file: Path) -> None:
    """Refusals and local authorities have kinds; a misspelt force is listed with its numbers."""
    read = answers(file, measure="image_offences")
    said = read.unanswered.set_index("cell")
    assert said.loc["B6", ["area_id", "area", "kind", "words"]].tolist() == [
        "northern-ireland",
        "PSNI",
        "refused",
        "Refused",
    ]
    assert said.loc[["B7", "C7", "D7"], "kind"].tolist() == ["local_authority"] * 3
    assert said.loc["B7", "area_id"] is pd.NA
    assert said.loc["B8", "kind"] == "unreadable"
    assert sorted(read.problems["cell"]) == ["A8", "B8", "C8", "D8"]
    assert list(read.problems) == ["sheet", "cell", "text", "expected", "file"]


def test_frames_say_which_file_they_are_from(file: Path) -> None:
    """By its name and its hash."""
    read = answers(file, measure="image_offences")
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    for name, frame in read.datasets().items():
        assert frame.attrs["ukcso"] == {
            "dataset": name,
            "version": "own",
            "file": "answers.csv",
            "sha256": digest,
            "combined_with": {name: ukcso.metadata(name).version},
            "replaced": (),
        }


def test_every_function_works_on_them(file: Path) -> None:
    """Pinned, they are a release like others."""
    read = answers(file, measure="image_offences", release="our-charity-2024")
    with ukcso.pinned(**read.datasets()):
        series = ukcso.series("image_offences", "GMP", release=read.release_id)
        table = ukcso.tables.areas(
            "image_offences", "2020/21", areas=["kent"], release="our-charity-2024"
        )
    assert series["value"].tolist() == [200, 300, 240]
    assert "own answers.csv" in table.to_markdown()


def test_the_summary(file: Path) -> None:
    """Totals are ranges where cells are hedged; growth and per day are of the same forces."""
    summary = answers(file, measure="image_offences").summary()
    assert (summary.asked, summary.answered) == (3, 3)
    assert summary.throughout == ("greater-manchester", "kent")
    years = summary.by_period.set_index("period")
    assert years["answered"].tolist() == [2, 3, 3]
    # "c. 300" is 250 to 349 (half a unit of the digit 3); "<5" is 0 to 4
    assert years.loc["2021/22", ["total_lower", "total_upper"]].tolist() == [410, 509]
    assert years.loc["2022/23", ["total_lower", "total_upper"]].tolist() == [300, 304]
    assert years.loc["2021/22", ["same_lower", "same_upper"]].tolist() == [360, 459]
    # by hand: 360 / 300 - 1 and 459 / 300 - 1; 240 / 459 - 1 and 244 / 360 - 1
    assert years.loc["2021/22", ["growth_lower", "growth_upper"]].tolist() == pytest.approx(
        [0.2, 0.53]
    )
    assert years.loc["2022/23", ["growth_lower", "growth_upper"]].tolist() == pytest.approx(
        [240 / 459 - 1, 244 / 360 - 1]
    )
    assert years.loc["2020/21", "per_day_lower"] == pytest.approx(300 / 365)
    assert math.isnan(years.loc["2020/21", "growth_lower"])
    assert {"nspcc-2023-02-image-offences"} <= set(summary.waves["release_id"])
    assert "3 of 3 areas gave a number" in str(summary)


def test_an_open_end_stays_open(tmp_path: Path) -> None:
    """A total with "300+" in it has no upper end."""
    file = tmp_path / "a.csv"
    file.write_text("Force,2020/21,2021/22\nKent,10,20\nEssex,300+,7\n", encoding="utf-8")
    years = answers(file, measure="image_offences").summary().by_period
    assert years.loc[0, ["total_lower", "total_upper"]].tolist() == [310, math.inf]
    assert years.loc[1, ["growth_lower", "growth_upper"]].tolist() == pytest.approx(
        [-1, 27 / 310 - 1]
    )


def test_beside_official_counts(file: Path) -> None:
    """The same force and months; what the tables lack says so."""
    read = answers(file, measure="image_offences").check_against(86)
    kent = read[(read["area_id"] == "kent") & (read["period"] == "2020/21")].iloc[0]
    official = ukcso.official_series("86", "Kent").set_index("period")["value"]["2020/21"]
    assert kent["official"] == official
    assert (kent["difference"], kent["ratio"]) == (100 - official, 100 / official)
    ireland = read[read["area_id"] == "northern-ireland"]
    assert ireland["official"].isna().all()
    assert ireland["why_not"].notna().all()
    with pytest.raises(InvalidInputError, match="such as 86"):
        answers(file, measure="image_offences").check_against("image_offences")


def test_a_calendar_year_beside_official_counts(tmp_path: Path) -> None:
    """Its four quarters are added up, from two financial years."""
    file = tmp_path / "a.csv"
    file.write_text("Force,2019\nKent,10\n", encoding="utf-8")
    read = answers(file, measure="image_offences").check_against("86").iloc[0]
    quarters = ukcso.official_series("86", "Kent", frequency="quarter").set_index("period")["value"]
    four = ["2018/19 Q4", "2019/20 Q1", "2019/20 Q2", "2019/20 Q3"]
    assert read["official"] == quarters[four].sum()


def test_a_table_to_read(file: Path) -> None:
    """A row an area, a column a year, cells in words."""
    table = answers(file, measure="image_offences").by_area().set_index("area")
    assert list(table) == ["2020/21", "2021/22", "2022/23"]
    assert table.loc["Kent"].tolist() == ["100", "110", "under 5"]
    assert table.loc["Northern Ireland", "2020/21"] == "refused"


def test_a_folder_of_replies(tmp_path: Path) -> None:
    """One a force; a cell in two files is listed in both, another kind of file is told."""
    folder = tmp_path / "replies"
    folder.mkdir()
    reply = "Year,Number of offences\n2020/21,{}\n2021/22,<5\n"
    (folder / "Kent Police.csv").write_text(reply.format(7), encoding="utf-8")
    (folder / "Essex.csv").write_text(reply.format(8), encoding="utf-8")
    (folder / "Essex resent.csv").write_text("Year,Number\n2020/21,9\n", encoding="utf-8")
    (folder / "letter.pdf").write_bytes(b"%PDF-1.4")
    (folder / "~$Essex.csv").write_text("lock", encoding="utf-8")
    read = answers(folder, measure="image_offences")
    assert set(read.figures["area_id"]) == {"kent", "essex"}
    assert len(read.figures) == 3
    twice = read.problems[read.problems["cell"] == "B2"]
    assert sorted(twice["file"]) == ["Essex resent.csv", "Essex.csv"]
    assert read.problems.loc[read.problems["cell"] == "", "file"].tolist() == ["letter.pdf"]
    assert len(read.source) == 3
    assert read.figures.attrs["ukcso"]["file"] == "Essex resent.csv; Essex.csv; Kent Police.csv"


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    """Among replies it is a problem, with what is wrong with it; alone it is an error."""
    (tmp_path / "Kent.csv").write_text("Year,Number\n2020/21,7\n", encoding="utf-8")
    damaged = tmp_path / "Essex.xlsx"
    damaged.write_bytes(b"%PDF-1.4 a letter")
    read = answers(tmp_path, measure="image_offences")
    assert read.figures["area_id"].tolist() == ["kent"]
    assert read.problems["file"].tolist() == ["Essex.xlsx"]
    assert "PDF" in read.problems["expected"].iloc[0]
    with pytest.raises(InvalidInputError, match="Essex"):
        answers(damaged, measure="image_offences")


def test_a_folder_of_43_replies_reads_in_seconds(tmp_path: Path) -> None:
    """Each force's workbook, with all that it may hold."""
    forces = ukcso.load_areas().query("kind == 'police_force_area'")["name"]
    for force in forces:
        book = openpyxl.Workbook()
        book.active.append([f"{force}: response to a request"])
        book.active.append(["Offence", "2020/21", "2021/22"])
        book.active.append(["Indecent images of children", 12, "<5"])
        book.save(tmp_path / f"{force}.xlsx")
    read = answers(tmp_path, measure="image_offences")
    assert len(read.figures) == 86
    assert read.problems.empty


def test_measures_by_any_name(file: Path) -> None:
    """By name, title, everyday word, or the code that is its only official one."""
    for measure in ("image_offences", "Child abuse image offences", "indecent images", "86"):
        assert answers(file, measure=measure).measure == "image_offences"
    with pytest.raises(InvalidInputError, match="no measure"):
        answers(file, measure="burglary")
    with pytest.raises(InvalidInputError):
        answers(file, measure="rape")


@pytest.mark.parametrize(
    "given",
    [
        {"release": "Our Release"},
        {"release": "nspcc-2019-06-online-flag"},
        {"area_column": "Constabularies"},
    ],
)
def test_arguments_that_cannot_be_meant(file: Path, given: dict[str, str]) -> None:
    """An id that is none, a shipped release's, a column that is not there."""
    with pytest.raises(InvalidInputError, match=next(iter(given))):
        answers(file, measure="image_offences", **given)


def test_a_month_that_is_none(file: Path) -> None:
    """The schema of releases says so."""
    with pytest.raises(SchemaError):
        answers(file, measure="image_offences", published="May 2024")


def test_the_column_of_areas_by_its_heading(tmp_path: Path) -> None:
    """Where two columns name forces, the caller says which is meant."""
    file = tmp_path / "a.csv"
    file.write_text("Sent to,About,2020/21\nKent,Essex,1\nKent,Surrey,2\n", encoding="utf-8")
    read = answers(file, measure="image_offences", area_column="About")
    assert read.figures["area_id"].tolist() == ["essex", "surrey"]
    assert answers(file, measure="image_offences", area_column="B").figures.shape == (2, 13)


def test_a_sheet_without_an_answer(tmp_path: Path) -> None:
    """It is a problem, and no error; nothing is a figure, and there is no release."""
    file = tmp_path / "a.csv"
    file.write_text("To whom it may concern\nPlease find attached\n", encoding="utf-8")
    read = answers(file, measure="image_offences")
    assert (len(read.figures), len(read.release), len(read.problems)) == (0, 0, 1)
    assert read.summary().by_period.empty
    assert len(read.datasets()["figures"]) == len(ukcso.load_figures())


def test_no_files(tmp_path: Path) -> None:
    """A folder without sheets is refused, and so are two files of one name."""
    with pytest.raises(InvalidInputError, match="paths"):
        answers(tmp_path, measure="image_offences")
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.csv").write_text("Force,2020/21\nKent,1\n", encoding="utf-8")
    with pytest.raises(InvalidInputError, match="same name"):
        answers([tmp_path / "a" / "x.csv", tmp_path / "b" / "x.csv"], measure="image_offences")


def test_windows_1252_and_semicolons(tmp_path: Path) -> None:
    """As a spreadsheet program of an office saves it."""
    file = tmp_path / "a.csv"
    text = (
        "Force;2020/21;2021/22\nKent\N{NO-BREAK SPACE}Police;1\N{NO-BREAK SPACE}234;\N{EN DASH}\n"
    )
    file.write_bytes(text.encode("cp1252"))
    read = answers(file, measure="image_offences")
    assert read.figures["value"].tolist() == [1234]
    assert read.problems["cell"].tolist() == ["C2"]


def test_the_template_reads_back(tmp_path: Path) -> None:
    """Empty, every force has not answered; filled in, its cells are figures."""
    year = ukcso.Period.parse("2024/25")
    file = tmp_path / "empty.xlsx"
    file.write_bytes(template_workbook(year))
    read = answers(file, measure="image_offences")
    assert set(read.unanswered["kind"]) == {"not_answered"}
    assert len(read.unanswered) == 46 * 5  # 43 forces, two nations, British Transport Police
    assert read.problems.empty
    book = openpyxl.load_workbook(file)
    for row in range(2, 48):
        for column in range(2, 7):
            book.active.cell(row, column).value = row + column
    book.save(file)
    read = answers(file, measure="image_offences")
    assert len(read.figures) == 46 * 5
    assert read.problems.empty
    assert template_rows(year)[0][1:6] == ["2020/21", "2021/22", "2022/23", "2023/24", "2024/25"]
