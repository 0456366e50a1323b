"""The four user journeys of docs/command-line.md, at 80 columns and piped."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from ukcso.cli import _compare, _formats

pytestmark = pytest.mark.slow

PAGE = (Path(__file__).parents[2] / "docs" / "command-line.md").read_text(encoding="utf-8")
JOURNEYS = {
    section.partition("\n")[0]: re.findall(
        r"^```sh\n(ukcso .*)\n```\n\n```text\n((?:.*\n)*?)```$", section, re.MULTILINE
    )
    for section in PAGE.split("\n## ")[1:]
}


def words(text: str) -> set[str]:
    """Return the words of a text, styles aside."""
    return set(re.findall(r"[^\s;]+", re.sub(r"\x1b\[[0-9;]*m", "", text)))


def test_there_are_four_journeys() -> None:
    """A reporter's, a comparer's, a checker's, and that of one who cites."""
    assert list(JOURNEYS) == [
        "Reporting for a local paper",
        "Comparing forces",
        "Checking what was printed",
        "From number to citation",
    ]
    assert all(len(commands) >= 2 for commands in JOURNEYS.values())


@pytest.mark.parametrize("journey", JOURNEYS)
def test_piped(run, journey: str) -> None:
    """Each step prints what the page shows; only the statement that differs exits 1."""
    for command, shown in JOURNEYS[journey]:
        result = run(*shlex.split(command)[1:])
        assert result.code == command.startswith("ukcso claim")
        assert result.out == shown
        assert "error" not in result.err


@pytest.mark.parametrize("journey", JOURNEYS)
def test_at_80_columns(run, monkeypatch: pytest.MonkeyPatch, journey: str) -> None:
    """No line runs over, and no table falls apart into records."""
    for module in (_formats, _compare):
        monkeypatch.setattr(module, "screen", lambda *_: 80)
    for command, shown in JOURNEYS[journey]:
        out = run(*shlex.split(command)[1:]).out
        lines = re.sub(r"\x1b\[[0-9;]*m", "", out).splitlines()
        longest = max(len(word) for word in words(shown) if not word.startswith("─"))
        # A citation is one line for those who paste it.
        if not command.startswith("ukcso cite"):
            assert max(map(len, lines)) <= max(80, longest), command
        if "─" in shown and "claim growth" not in command:
            assert any(set(line) == {"─"} for line in lines), command
