"""Released data files are those of the lock, and docs/build_lock.py only ever adds."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

DOCS = Path(__file__).parents[1] / "docs"
AGAIN = "a released file changed, or a new one is not locked: see docs/build_lock.py"


@pytest.fixture(scope="module")
def builder(docs_script: Callable[[str], ModuleType]) -> ModuleType:
    """Return the script as a module."""
    return docs_script("build_lock")


def test_every_file_is_as_it_was_locked(builder: ModuleType) -> None:
    """Each CSV and sidecar has its line and its hash, and no line is without a file."""
    assert builder.locked() == builder.digests(), AGAIN


def test_every_file_of_the_data_folder_is_locked(builder: ModuleType) -> None:
    """Nothing else lies in the data folder."""
    files = {file.relative_to(builder.DATA).as_posix() for file in builder.DATA.rglob("*.*")}
    assert files == builder.locked().keys(), AGAIN


class TestAdd:
    """The script adds lines, and refuses to change one."""

    @pytest.fixture
    def place(self, builder: ModuleType, tmp_path: Path) -> tuple[Path, Path]:
        """Return a copy of some data and its lock."""
        data = tmp_path / "data"
        shutil.copytree(builder.DATA / "breaks", data / "breaks")
        builder.add(data, tmp_path / "data.lock")
        return data, tmp_path / "data.lock"

    def test_a_new_file_is_added(self, builder: ModuleType, place: tuple[Path, Path]) -> None:
        """Old lines stay as they are; a second run adds nothing."""
        data, lock = place
        before = lock.read_text(encoding="utf-8").splitlines()
        (data / "breaks" / "v99.csv").write_text("a\n", encoding="utf-8")
        assert builder.add(data, lock) == ["breaks/v99.csv"]
        assert set(before) < set(lock.read_text(encoding="utf-8").splitlines())
        assert builder.add(data, lock) == []

    def test_a_changed_or_lost_file_is_refused(
        self, builder: ModuleType, place: tuple[Path, Path]
    ) -> None:
        """The lock stays as it was."""
        data, lock = place
        before = lock.read_bytes()
        (data / "breaks" / "v1.csv").write_text("a\n", encoding="utf-8")
        (data / "breaks" / "v1.toml").unlink()
        with pytest.raises(SystemExit, match=r"v1\.csv was changed, breaks/v1\.toml is missing"):
            builder.add(data, lock)
        assert lock.read_bytes() == before
