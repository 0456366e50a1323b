"""Mirrors src/ukcso/cli/_kinds.py: each kind has its own options, and old spellings work."""

from __future__ import annotations

import inspect
import re

import pytest

import ukcso
from ukcso.cli._outputs import PLOTS, TABLES

ARGUMENTS = ("measure", "period", "area", "several", "file")
KINDS = [
    *(("table", kind, record, getattr(ukcso.tables, kind)) for kind, record in TABLES.items()),
    *(
        ("plot", kind, record, getattr(ukcso.plots, kind.replace("-", "_")))
        for kind, record in PLOTS.items()
    ),
]


@pytest.mark.parametrize(("command", "kind", "record", "function"), KINDS)
def test_each_kind_has_the_options_of_its_function(run, command, kind, record, function) -> None:
    """Its help has these and no others, and an example that is of this kind."""
    named = {*f"{record.options} {record.needed}".split()} - {*ARGUMENTS}
    parameters = {*inspect.signature(function).parameters} - {"asked"}
    spelled = {"kind": "area-kind", "areas": "area", "periods": "period"}
    result = run(command, kind, "--help")
    assert result.code == 0
    options = {*re.findall(r"^  --([\w-]+)", result.out, re.MULTILINE)}
    shared = {"help", "pin", "output", "with"} | ({"format"} if command == "table" else set())
    assert options == shared | {spelled.get(name, name).replace("_", "-") for name in named}
    assert f"Example: ukcso {command} {kind} " in result.out
    if "asked" not in inspect.signature(function).parameters:
        assert named <= parameters


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("table", "areas", "86"), "Missing argument"),
        (("table", "trend", "86", "Kent", "--total", "x"), "No such option: --total"),
        (("table", "areas", "86", "2018/19", "--as-of", "x"), "No such option: --as-of"),
        (("table", "claims", "86"), "unexpected extra argument"),
        (("table", "counts", "x.csv", "--label", "team"), "Missing option '--count'"),
        (("table", "areas", "86", "2018/19", "--per", "many"), "--per"),
        (("table", "trends"), "No such command 'trends'"),
        (("plot", "funnel", "86", "2018/19", "--show", "rate"), "No such option: --show"),
        (("plot", "ranking", "86", "--output", "x.svg"), "Missing argument"),
    ],
)
def test_wrong_usage(run, arguments: tuple[str, ...], message: str) -> None:
    """What another kind takes is refused: ignored, it would seem to have worked."""
    result = run(*arguments)
    assert (result.code, result.out) == (2, "")
    assert message in result.err
    assert "Traceback" not in result.err


class TestOldSpellings:
    """What was one command with a kind, before each kind was a command."""

    def test_options_before_the_kind(self, run) -> None:
        """They went anywhere."""
        arguments = ("trend", "image_offences", "Lancashire")
        before = run("table", "--format", "csv", *arguments)
        assert before == run("table", *arguments, "--format", "csv")
        assert before.code == 0

    def test_underscores(self, run) -> None:
        """`plot tile_map` is `plot tile-map`."""
        assert run("plot", "tile_map", "--help") == run("plot", "tile-map", "--help")

    def test_no_kind(self, run) -> None:
        """The kinds are listed."""
        assert all(kind in run("table").out + run("table").err for kind in TABLES)
