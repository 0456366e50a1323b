"""Mirrors src/ukcso/cli/_diff.py: what a newer file changes."""

from __future__ import annotations

from pathlib import Path

import pytest

import ukcso


@pytest.fixture(scope="module")
def newer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file of counts in which two quarters of two forces were revised."""
    crime = ukcso.load_recorded_crime(version=1)
    of_code = (crime["offence_code"] == "86") & (crime["period_start"] == "2023-01-01")
    crime.loc[of_code & (crime["area_id"] == "kent"), "offences"] += 40
    crime.loc[of_code & (crime["area_id"] == "essex"), "offences"] -= 50
    file = tmp_path_factory.mktemp("own") / "newer.csv"
    crime.to_csv(file, index=False)
    return file


def test_in_words(run, newer: Path) -> None:
    """The file, what it is held against, how many cells, and the largest moves."""
    result = run("diff", "recorded_crime", str(newer))
    lines = result.out.splitlines()
    assert result.code == 0
    assert lines[0].startswith("recorded_crime: own newer.csv ")
    assert lines[1:4] == ["2 cells changed (2022/23)", "0 cells added", "0 cells gone"]
    assert lines[5].startswith("  essex, 2023-01-01, 86: ")
    assert lines[5].endswith("(-50)")


@pytest.mark.parametrize(("by", "rows"), [("cell", 2), ("area", 2), ("code", 1), ("year", 1)])
def test_as_rows(run, newer: Path, by: str, rows: int) -> None:
    """One for each cell, area, code or year; a year has the sum of both moves."""
    result = run("diff", "recorded_crime", str(newer), "--by", by, "--format", "csv")
    heading, *body = result.out.splitlines()
    assert result.code == 0
    assert len(body) == rows
    if by == "year":
        assert dict(zip(heading.split(","), body[0].split(","), strict=True))["move"] == "-10"
    assert run("diff", "recorded_crime", str(newer), "--by", by).code == 0


def test_against_a_version(run, tmp_path: Path) -> None:
    """Version 1 of the figures is held against 2 unless another is named."""
    file = tmp_path / "figures.csv"
    ukcso.load_figures(version=1).to_csv(file, index=False)
    assert ", against version 2," in run("diff", "figures", str(file)).out
    same = run("diff", "figures", str(file), "--version", "1")
    assert "0 cells changed" in same.out


def test_own_rows_with_the_shipped_ones(run, tmp_path: Path) -> None:
    """`--with DATASET+=FILE` puts them together; the own value stands."""
    crime = ukcso.load_recorded_crime(version=1)
    kent = crime[(crime["area_id"] == "kent") & (crime["offence_code"] == "86")]
    file = tmp_path / "kent.csv"
    kent.assign(offences=100).to_csv(file, index=False)
    table = run(
        "areas", "86", "2022/23", "--format", "csv", "--with", f"recorded_crime+={file}"
    ).out.splitlines()
    assert len(table) == 44
    assert any(line.startswith("kent,") and ",400," in line for line in table)
    twice = run("areas", "Kent", "--with", f"breaks={file}", "--with", f"breaks+={file}")
    assert twice.code == 2


def test_own_figures_are_read_to_a_file(run, tmp_path: Path) -> None:
    """What `ukcso read figures` wrote, `validate` takes."""
    mine = tmp_path / "mine.csv"
    mine.write_text(
        "measure,area,period,value\nindecent images,Kent,2017/18,over 500\n", encoding="utf-8"
    )
    release = ukcso.load_releases()["release_id"].iloc[0]
    source = ukcso.load_sources()["source_id"].iloc[0]
    options = ("--release", release, "--source", source)
    out = str(tmp_path / "figures.csv")
    result = run("read", "figures", str(mine), "-o", out, *options)
    assert (result.code, result.err) == (0, f"{out}: 1 rows\n")
    assert run("validate", "figures", out).code == 0
    wrong = run("read", "claims", str(mine), "-o", out, *options)
    assert wrong.code == 2
    assert "relation" in wrong.err
