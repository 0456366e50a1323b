"""Mirrors src/ukcso/cli/_read.py: official files as published, to files that commands take."""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd
import pytest

import ukcso

HEADINGS = (
    "Financial Year,Financial Quarter,Force Name,Offence Description,Offence Group,"
    "Offence Subgroup,Offence Code,Number of Offences"
)
ROWS = (
    "2025/26,1,Kent,Obscene publications etc,Miscellaneous,Miscellaneous,86, 310 ",
    "2025/26,1,Kent,Rape,Sexual offences,Rape offences,19C,7",
    "2025/26,1,Action Fraud,Fraud,Fraud offences,Fraud: action fraud,AF, 66776 ",
)


@pytest.fixture
def published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return a small table as published, in the folder in which the commands run."""
    monkeypatch.chdir(tmp_path)
    Path("prc-pfa.csv").write_text("\n".join((HEADINGS, *ROWS)), encoding="utf-8")
    return "prc-pfa.csv"


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_the_home_office_table_is_written_as_a_dataset(run, published: str, ending: str) -> None:
    """The file is valid against the schema; what it holds and leaves out is told on stderr."""
    result = run("read", "home-office", published, "-o", f"crime.{ending}")
    assert (result.code, result.out) == (0, "")
    lines = result.err.splitlines()
    assert lines[0] == f"crime.{ending}: 4 rows of 1 areas, 2025/26 (3 rows read)"
    assert "note: left out, for they are no areas: Action Fraud 66,776" in lines
    assert "note: British Transport Police is not among the forces" in lines
    if ending == "csv":
        assert run("validate", "recorded_crime", "crime.csv").code == 0
        written = pd.read_csv("crime.csv")
    else:
        written = ukcso.validate(pd.read_parquet("crime.parquet"), "recorded_crime")
    assert written["offences"].tolist() == [310, 317, 7, 7]


def test_codes_are_named_with_commas(run, published: str) -> None:
    """All codes, or some, beside those of the shipped table."""
    assert run("read", "home-office", published, "-o", "a.csv", "--codes", "19C, 86").code == 0
    assert pd.read_csv("a.csv")["offence_code"].tolist() == ["19C", "86"]
    assert run("read", "home-office", published, "-o", "a.csv", "--codes", "all").code == 0
    assert "offence_description" in pd.read_csv("a.csv")


@pytest.mark.usefixtures("published")
def test_populations_are_written_as_a_dataset(run) -> None:
    """A table without a cover needs its edition."""
    ages = ",".join(map(str, range(91)))
    counts = ",".join(["100"] * 91)
    Path("mye2.csv").write_text(
        f"MYE2: mid-2024\nCode,Name,Geography,All ages,{ages}\nE09000001,City,LB,9100,{counts}\n",
        encoding="utf-8",
    )
    edition = "ONS mid-2024 edition (2023 LADs)"
    result = run("read", "population", "mye2.csv", "-o", "p.csv", "--edition", edition)
    assert result.code == 0
    assert "p.csv: 3 rows of 1 areas, 2024 (1 rows read)" in result.err
    assert run("validate", "population", "p.csv").code == 0
    refused = run("read", "population", "mye2.csv", "-o", "q.csv")
    assert (refused.code, refused.out) == (2, "")
    assert refused.err.startswith("error: mye2.csv: has no cover sheet that names its edition")
    assert not Path("q.csv").exists()


def test_a_refused_file_leaves_the_old_one(run, published: str) -> None:
    """Nothing is half written, and the error is one line."""
    Path("crime.csv").write_text("old", encoding="utf-8")
    cut_off = "\n".join((HEADINGS, ROWS[0], ROWS[1][:15]))
    Path("bad.csv").write_text(cut_off, encoding="utf-8")
    result = run("read", "home-office", "bad.csv", "-o", "crime.csv")
    assert result.code == 2
    assert result.err.startswith("error: bad.csv, sheet 'bad', cell D3: is empty")
    assert result.err.count("\n") == 1
    assert Path("crime.csv").read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in Path().iterdir()) == ["bad.csv", "crime.csv", "prc-pfa.csv"]
    assert (
        "path must end in .csv, .parquet"
        in run(*("read", "home-office", published, "-o", "crime.xlsx")).err
    )


def test_on_a_terminal_it_says_how_far(run, published: str, monkeypatch) -> None:
    """Progress goes to stderr, and is wiped away at the end."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    result = run("read", "home-office", published, "-o", "crime.csv")
    assert result.code == 0
    shown, _, rest = result.err.rpartition("\r")
    assert "\rreading: 100 per cent" in shown
    assert rest.startswith("crime.csv: 4 rows")
