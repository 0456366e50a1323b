"""Mirrors src/ukcso/cli/__init__.py and __main__.py: what starts, how fast, and completion."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import ukcso

pytestmark = pytest.mark.slow

HEAVY = ("altair", "narwhals", "numpy", "pandas", "pandera", "scipy", "vl_convert")
CLAIM = ("claim", "growth", "66", "--subject", "200", "--reference", "118")


def ukcso_process(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `python -m ukcso`."""
    return subprocess.run(
        [sys.executable, "-m", "ukcso", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )


@pytest.mark.parametrize(
    "arguments",
    [("--version",), ("--help",), ("table", "areas", "--help"), ("plot", "--help"), CLAIM],
    ids=" ".join,
)
def test_nothing_heavy_is_loaded(arguments: tuple[str, ...]) -> None:
    """Help and a single claim need no data, so no pandas, and start at once."""
    code = (
        "import sys\nsys.argv = ['ukcso', *sys.argv[1:]]\nfrom ukcso.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        f"print('loaded:', *(sys.modules.keys() & set({HEAVY!r})))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "loaded:"


def test_python_m() -> None:
    """`python -m ukcso` is the command, and calls itself by its name."""
    assert ukcso_process("--version").stdout == f"ukcso {ukcso.__version__}\n"
    assert ukcso_process("table", "areas", "--help").stdout.startswith("Usage: ukcso table areas ")


def test_a_warning_is_a_line() -> None:
    """A name of a force and a region is the force, and the note has no file and no code."""
    done = ukcso_process("series", "86", "West Midlands")
    assert done.returncode == 0
    notes = [line for line in done.stderr.splitlines() if "West Midlands" in line]
    assert len(notes) == 1
    assert notes[0].startswith("note: 'West Midlands' is taken for the force")
    assert ".py" not in done.stderr


class TestHelp:
    """What a person sees first."""

    def test_summaries_fit_on_a_line_of_80(self) -> None:
        """None is cut, and none runs on to a second line."""
        for command in ((), ("table",), ("plot",)):
            out = ukcso_process(*command, "--help", COLUMNS="80").stdout
            commands = out.partition("Commands:\n")[2].splitlines()
            assert len(commands) >= 5
            assert all(re.match(r"  [\w-]+ +\S", line) for line in commands)
            assert all(len(line) <= 80 and line.endswith(".") for line in commands)
            assert "..." not in "".join(commands)


class TestCompletion:
    """typer's completion, in bash."""

    @pytest.mark.parametrize(
        ("words", "expected"),
        [
            ("ukcso ta", {"table"}),
            ("ukcso table ", {"areas", "trend", "change", "figures", "claims", "counts"}),
            ("ukcso plot ti", {"tile-map"}),
            ("ukcso table counts --lab", {"--label"}),
        ],
    )
    def test_words(self, words: str, expected: set[str]) -> None:
        """Commands, kinds and options are completed."""
        done = ukcso_process(
            _UKCSO_COMPLETE="complete_bash",
            COMP_WORDS=words,
            COMP_CWORD=str(len(words.split(" ")) - 1),
        )
        assert set(done.stdout.split()) == expected

    def test_install(self, tmp_path: Path) -> None:
        """--install-completion writes a script that bash can read."""
        done = ukcso_process("--install-completion", "bash", HOME=str(tmp_path), SHELL="/bin/bash")
        assert done.returncode == 0, done.stderr
        (script,) = tmp_path.rglob("ukcso.sh")
        assert "_UKCSO_COMPLETE=complete_bash" in script.read_text(encoding="utf-8")
        subprocess.run(["/bin/bash", "-n", str(script)], check=True)

    def test_show(self) -> None:
        """--show-completion prints it."""
        assert "complete -o default -F" in ukcso_process("--show-completion", "bash").stdout
