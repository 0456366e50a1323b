"""What all tests share."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import pytest
from hypothesis import settings

# A machine with two busy cores is no reason to fail; the same seeds every time on CI.
settings.register_profile("ukcso", deadline=None, max_examples=100, derandomize="CI" in os.environ)
settings.load_profile("ukcso")


@pytest.fixture(scope="session")
def docs_script() -> Callable[[str], ModuleType]:
    """Return a function that gives a script of docs/ as a module, by its name."""

    def script(name: str) -> ModuleType:
        file = Path(__file__).parents[1] / "docs" / f"{name}.py"
        spec = importlib.util.spec_from_file_location(name, file)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    return script


class Run(NamedTuple):
    """What a command gave back."""

    code: int
    out: str
    err: str


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Run]:
    """Return a function that runs a command line in this process."""

    def command(*arguments: str) -> Run:
        from ukcso.cli import main  # noqa: PLC0415 - most tests need no command line

        monkeypatch.setattr(sys, "argv", ["ukcso", *arguments])
        code = 0
        try:
            main()
        except SystemExit as stopped:
            code = int(stopped.code or 0)
        printed = capsys.readouterr()
        return Run(code, printed.out, printed.err)

    return command


@pytest.fixture
def second_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Ship a version 2 of recorded_crime: Kent has 1,000 more of class 86 in April to June 2017."""
    # Here, for it loads pandera, which loads pyspark where that is installed.
    from ukcso.datasets import _store  # noqa: PLC0415

    shutil.copytree(Path(_store.__file__).parent / "data", tmp_path / "data")
    folder = tmp_path / "data" / "recorded_crime"
    text = (folder / "v1.csv").read_text(encoding="utf-8")
    row = re.compile(r"^(kent,2017-04-01,2017-06-30,86,)(\d+)$", re.MULTILINE)
    changed, times = row.subn(lambda count: f"{count[1]}{int(count[2]) + 1000}", text)
    assert times == 1
    (folder / "v2.csv").write_text(changed, encoding="utf-8", newline="\n")
    sidecar = (folder / "v1.toml").read_text(encoding="utf-8")
    digest = hashlib.sha256(changed.encode()).hexdigest()
    sidecar = re.sub(r'^sha256 = ".*"$', f'sha256 = "{digest}"', sidecar, flags=re.MULTILINE)
    more = 'supersedes = 1\nchanges = "Kent, class 86, 2017/18 Q1: 1,000 more"\n'
    (folder / "v2.toml").write_text(more + sidecar, encoding="utf-8", newline="\n")
    monkeypatch.setattr(_store, "STORE", _store.Store(tmp_path / "data"))
    return "recorded_crime"
