"""Mirrors src/ukcso/cli/_own_data.py: `--with DATASET=FILE` on every command."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

import ukcso
from ukcso.cli._app import app


@pytest.fixture(scope="module")
def newer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a CSV of counts as if the shipped ones were three years later."""
    crime = ukcso.load_recorded_crime(version=1)
    crime["period_start"] += pd.DateOffset(years=3)
    crime["period_end"] = crime["period_start"] + pd.offsets.QuarterEnd(0)
    file = tmp_path_factory.mktemp("own") / "newer.csv"
    crime.to_csv(file, index=False)
    return file


def test_every_command_has_it(run) -> None:
    """The help of each shows the option, whoever wrote the command."""
    assert run("--version").code == 0  # the commands are loaded
    names = {command.name or command.callback.__name__ for command in app.registered_commands}
    groups = {group.name for group in app.registered_groups}
    assert {"areas", "check", "series", "verify", "export"} <= names
    commands = [(name.replace("_", "-"),) for name in names]
    for name in groups:
        listed = run(str(name), "--help").out.partition("Commands:")[2]
        commands += [
            (str(name), kind) for kind in re.findall(r"^  ([\w-]+) ", listed, re.MULTILINE)
        ]
    assert len(commands) > 20
    for command in commands:
        assert "--with DATASET=FILE" in run(*command, "--help").out, command


@pytest.mark.parametrize("before", [True, False])
def test_before_or_after_the_command(run, newer: Path, before: bool) -> None:
    """The count of 2025/26 is that of 2022/23 in the shipped table, wherever the option stands."""
    option = ("--with", f"recorded_crime={newer}")
    command = ("areas", "86", "2025/26", "--format", "csv")
    result = run(*option, *command) if before else run(*command, *option)
    assert result.code == 0
    (kent,) = [line for line in result.out.splitlines() if line.startswith("kent,")]
    # data/recorded_crime/v1.csv: four quarters of class 86 in Kent from April 2022 add up to this
    assert ",1738," in kent
    assert run(*command).code == 2  # nothing stays behind


def test_a_table_is_stamped_and_verified(run, newer: Path, tmp_path: Path) -> None:
    """`verify` asks for the file, and takes it."""
    option = ("--with", f"recorded_crime={newer}")
    saved = str(tmp_path / "kent.md")
    assert run("table", "trend", "86", "Kent", "--output", saved, *option).code == 0
    assert "recorded_crime own newer.csv " in Path(saved).read_text(encoding="utf-8")
    alone = run("verify", saved)
    assert alone.code == 1
    assert "hand newer.csv over" in alone.out
    assert run("verify", saved, *option) == (0, "table 1 (trend, 11 rows): same\n", "")


def test_several_files_stand_together(run, tmp_path: Path) -> None:
    """A figure may name a release that is in another of the files."""
    figures = ukcso.load_figures(version=1).head(1)
    releases = ukcso.load_releases(version=1).head(1)
    figures.assign(release_id="mine-2026").to_csv(tmp_path / "f.csv", index=False)
    releases.assign(release_id="mine-2026").to_csv(tmp_path / "r.csv", index=False)
    both = (f"figures={tmp_path / 'f.csv'}", f"releases={tmp_path / 'r.csv'}")
    alone = run("show", "figures", "--with", both[0])
    assert alone.code == 2
    assert "'mine-2026' (must be release_id of a row of releases" in alone.err
    shown = run("show", "figures", "--format", "csv", "--with", both[0], "--with", both[1])
    assert shown.code == 0
    assert len(shown.out.splitlines()) == 2


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (["recorded_crime"], "--with must be DATASET=FILE"),
        (["recorded_crime="], "--with must be DATASET=FILE"),
        (["breaks=a.csv", "breaks=b.csv"], "each dataset once"),
        (["crime=a.csv"], "no dataset 'crime'"),
        (["breaks=nowhere.csv"], "nowhere.csv: no such file"),
    ],
)
def test_what_is_wrong(run, given: list[str], message: str) -> None:
    """One line that says what to type, and exit 2."""
    result = run("areas", "Kent", *(part for text in given for part in ("--with", text)))
    assert result.code == 2
    assert message in result.err
    assert len(result.err.splitlines()) == 1


def test_datasets_say_how_to_go_on(run) -> None:
    """Below the list, on stderr, it is told how to read in what is newer."""
    result = run("datasets")
    assert "--with recorded_crime=" in result.err
    assert "ukcso diff recorded_crime FILE" in result.err
    assert run("datasets", "--format", "csv").err == ""
