"""Mirrors src/ukcso/cli/_foi.py: sheets of answers on the command line."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

Runner = Callable[..., Any]
SHEET = """Force,2020/21,2021/22
Kent,100,110
GMP,200,<5
PSNI,Refused,50
"""


@pytest.fixture
def file(tmp_path: Path) -> str:
    """Return a sheet of answers in which every cell is clear."""
    path = tmp_path / "answers.csv"
    path.write_text(SHEET, encoding="utf-8")
    return str(path)


@pytest.fixture
def unclear(tmp_path: Path) -> str:
    """Return a sheet in which one is not."""
    path = tmp_path / "unclear.csv"
    path.write_text(SHEET.replace("110", "3/4"), encoding="utf-8")
    return str(path)


def test_the_summary_comes_first(run: Runner, file: str) -> None:
    """How many answered, the totals, the same forces; exit 0 where all is clear."""
    code, out, err = run("foi", file, "--measure", "image_offences")
    assert code == 0
    assert "3 of 3 areas gave a number" in out
    assert "2021/22: 3 areas, total 160 to 164" in out
    assert "5 figures, 1 without a number, 0 cells not clear" in err


def test_what_is_not_clear_is_told_and_exits_1(run: Runner, unclear: str) -> None:
    """The sheet, the cell as Excel names it, what stands there and what should."""
    code, _, err = run("foi", unclear, "--measure", "image_offences")
    assert code == 1
    assert "not clear: unclear: C2 '3/4': must be a number" in err
    code, out, _ = run(
        "foi", unclear, "--measure", "image_offences", "--show", "problems", "--format", "csv"
    )
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [(row["sheet"], row["cell"], row["text"]) for row in rows] == [("unclear", "C2", "3/4")]


def test_figures_as_csv_fit_their_schema(run: Runner, file: str, tmp_path: Path) -> None:
    """What is written is a file of figures that the library reads."""
    mine = tmp_path / "mine.csv"
    code, out, _ = run("foi", file, "--measure", "86", "-o", str(mine))
    assert (code, out) == (0, "")
    rows = list(csv.DictReader(io.StringIO(mine.read_text(encoding="utf-8"))))
    assert [(row["area_id"], row["value"], row["hedge"]) for row in rows][3] == (
        "greater-manchester",
        "5",
        "under",
    )
    _, out, _ = run("foi", file, "--measure", "86", "--format", "csv")
    assert out == mine.read_text(encoding="utf-8")


def test_no_digit_of_a_large_number_is_lost(run: Runner, tmp_path: Path) -> None:
    """Seven digits are written as they were read, to a file as to stdout."""
    file, mine = tmp_path / "answers.csv", tmp_path / "mine.csv"
    file.write_text(SHEET.replace("100", "1234567"), encoding="utf-8")
    run("foi", str(file), "--measure", "86", "-o", str(mine))
    _, out, _ = run("foi", str(file), "--measure", "86", "--format", "csv")
    for text in (mine.read_text(encoding="utf-8"), out):
        assert next(csv.DictReader(io.StringIO(text)))["value"] == "1234567"


def test_a_table_for_a_board(run: Runner, file: str, tmp_path: Path) -> None:
    """The newest year, with rates, notes and a stamp; in a file or as text."""
    board = tmp_path / "board.html"
    code, _, err = run("foi", file, "--measure", "86", "--table", "-o", str(board))
    assert code == 0
    assert "left out, no police force area: Northern Ireland" in err
    assert "own answers.csv" in board.read_text(encoding="utf-8")
    _, out, _ = run("foi", file, "--measure", "86", "--table", "--period", "2020/21")
    assert "Greater Manchester" in out
    assert "2020/21" in out
    _, out, _ = run("foi", file, "--measure", "86", "--show", "areas", "--format", "csv")
    assert out.splitlines()[1:] == [
        "Greater Manchester,200,under 5",
        "Kent,100,110",
        "Northern Ireland,refused,50",
    ]


def test_a_picture(run: Runner, file: str, tmp_path: Path) -> None:
    """It needs a file to go to."""
    pytest.importorskip("altair")
    picture = tmp_path / "picture.html"
    code, _, _ = run(
        "foi", file, "--measure", "86", "--plot", "--period", "2020/21", "-o", str(picture)
    )
    assert code == 0
    assert picture.stat().st_size > 1000
    code, _, err = run("foi", file, "--measure", "86", "--plot")
    assert code == 2
    assert "--output" in err


def test_official_counts_beside(run: Runner, file: str) -> None:
    """The class is named by the user."""
    code, out, _ = run("foi", file, "--measure", "86", "--check-against", "86", "--format", "csv")
    assert code == 0
    rows = list(csv.DictReader(io.StringIO(out)))
    assert float(rows[0]["official"]) > 0
    assert rows[-1]["why_not"]


def test_one_thing_at_a_time(run: Runner, file: str) -> None:
    """A table and a picture are two commands."""
    code, _, err = run("foi", file, "--measure", "86", "--table", "--plot")
    assert code == 2
    assert "only one of" in err


def test_a_sheet_of_nothing_has_no_table(run: Runner, tmp_path: Path) -> None:
    """It says where the cells are listed that were not clear."""
    file = tmp_path / "a.csv"
    file.write_text("Force,2020/21\nKentt,1\n", encoding="utf-8")
    code, _, err = run("foi", str(file), "--measure", "86", "--table")
    assert code == 2
    assert "--show problems" in err


def test_the_template(run: Runner, tmp_path: Path) -> None:
    """It is a workbook or a CSV, and reads back without a problem."""
    for name in ("empty.xlsx", "empty.csv"):
        file = tmp_path / name
        code, _, _ = run("template", "foi", "--last-year", "2024/25", "-o", str(file))
        assert code == 0
        code, out, err = run("foi", str(file), "--measure", "86")
        assert code == 0
        assert "0 of 46 areas gave a number" in out
        assert "0 cells not clear" in err
    assert openpyxl.load_workbook(tmp_path / "empty.xlsx").active["B1"].value == "2020/21"
    code, out, _ = run("template", "foi", "--last-year", "2024/25")
    assert out == (tmp_path / "empty.csv").read_text(encoding="utf-8")
