"""All files or none: whatever goes wrong, the folder is as it was."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from ukcso.errors import InvalidInputError
from ukcso.export import _export, export

WRITTEN = ["breaks.csv", "datapackage.json", "croissant.json"]
FAILURES = [OSError("disk full"), KeyboardInterrupt(), MemoryError()]

every_failure = pytest.mark.parametrize("failure", FAILURES, ids=lambda f: type(f).__name__)


def state(folder: Path) -> dict[str, bytes | None]:
    """Return everything below a folder, hidden files too: content, or None for folders."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in folder.rglob("*")
    }


def failing(original: Any, failure: BaseException, call: int, *, late: bool) -> Any:
    """Return a function that fails once: at the n-th call, before or after its work."""
    calls = 0

    def replaced(*args: Any, **kwargs: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls != call:
            return original(*args, **kwargs)
        if late:
            original(*args, **kwargs)
        raise failure

    return replaced


class TestFailedExport:
    """A failed export leaves the directory as it was."""

    @every_failure
    @pytest.mark.parametrize("step", ["datapackage.json", "croissant.json"])
    @pytest.mark.parametrize("there", [True, False])
    def test_while_writing(
        self,
        failure: BaseException,
        step: str,
        there: bool,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """What was written elsewhere is removed, with the folders that were made."""
        folder = tmp_path / "a" / "b" / "out"
        if there:
            folder.mkdir(parents=True)
            (folder / "mine.txt").write_text("mine", encoding="utf-8")
        before = state(tmp_path)
        fail = failing(None, failure, 1, late=False)
        monkeypatch.setitem(_export._DESCRIPTORS, step, fail)
        with pytest.raises(type(failure)):
            export(folder, "breaks")
        assert state(tmp_path) == before

    @every_failure
    @pytest.mark.parametrize("late", [True, False])
    @pytest.mark.parametrize("call", [1, 2, 3, 4, 5])
    def test_while_moving_over_old_files(
        self,
        failure: BaseException,
        late: bool,
        call: int,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """Old files are back and new ones gone, at whichever move it stopped."""
        (tmp_path / "breaks.csv").write_text("old", encoding="utf-8")
        (tmp_path / "croissant.json").write_text("old too", encoding="utf-8")
        (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
        before = state(tmp_path)
        monkeypatch.setattr(Path, "replace", failing(Path.replace, failure, call, late=late))
        with pytest.raises(type(failure)):
            export(tmp_path, "breaks", overwrite=True)
        assert state(tmp_path) == before

    def test_while_undoing(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Should even the way back fail, the old files are kept in the hidden folder."""
        (tmp_path / "breaks.csv").write_text("old", encoding="utf-8")
        move = failing(Path.replace, OSError("disk full"), 2, late=False)
        monkeypatch.setattr(Path, "replace", failing(move, OSError("gone"), 3, late=False))
        with pytest.raises(OSError, match="gone"):
            export(tmp_path, "breaks", overwrite=True)
        assert b"old" in state(tmp_path).values()

    @every_failure
    @pytest.mark.parametrize("late", [True, False])
    def test_while_moving_the_folder(
        self,
        failure: BaseException,
        late: bool,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """A folder that was not there is not there, also when it stopped just after the move."""
        monkeypatch.setattr(Path, "rename", failing(Path.rename, failure, 1, late=late))
        with pytest.raises(type(failure)):
            export(tmp_path / "a" / "out", "breaks")
        assert state(tmp_path) == {}

    def test_a_file_that_appears_meanwhile(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What somebody else writes while the export is made is not replaced."""
        describe = _export._DESCRIPTORS["croissant.json"]

        def meanwhile(*args: Any) -> dict[str, Any]:
            (tmp_path / "breaks.csv").write_text("theirs", encoding="utf-8")
            return describe(*args)

        monkeypatch.setitem(_export._DESCRIPTORS, "croissant.json", meanwhile)
        with pytest.raises(InvalidInputError, match=r"breaks\.csv is already there"):
            export(tmp_path, "breaks")
        assert state(tmp_path) == {"breaks.csv": b"theirs"}

    def test_a_folder_that_appears_meanwhile(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A folder that somebody else fills while the export is made is left alone."""
        folder = tmp_path / "out"

        def meanwhile(*_: object) -> dict[str, Any]:
            folder.mkdir()
            (folder / "theirs.txt").write_text("theirs", encoding="utf-8")
            return {}

        monkeypatch.setitem(_export._DESCRIPTORS, "croissant.json", meanwhile)
        with pytest.raises(OSError, match="out"):
            export(folder, "breaks")
        assert state(tmp_path) == {"out": None, "out/theirs.txt": b"theirs"}

    def test_a_folder_that_cannot_be_written(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The system's own error comes through, and nothing is left."""
        mkdir = Path.mkdir

        def denied(self: Path, *args: Any, **kwargs: Any) -> None:
            if self.name.startswith(".ukcso-export-"):
                raise PermissionError(13, "Permission denied", str(self))
            mkdir(self, *args, **kwargs)

        monkeypatch.setattr(Path, "mkdir", denied)
        for folder in (tmp_path, tmp_path / "a" / "out"):
            with pytest.raises(PermissionError, match="Permission denied"):
                export(folder, "breaks")
        assert state(tmp_path) == {}

    @pytest.mark.skipif(
        not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere"
    )
    def test_a_read_only_folder(self, tmp_path: Path) -> None:
        """A folder without the right to write is refused by the system."""
        tmp_path.chmod(0o500)
        try:
            with pytest.raises(PermissionError):
                export(tmp_path, "breaks")
            with pytest.raises(PermissionError):
                export(tmp_path / "out", "breaks")
            assert list(tmp_path.iterdir()) == []
        finally:
            tmp_path.chmod(0o700)


class TestOverwriting:
    """Files that are there are replaced only when asked for, and only those of the export."""

    def test_is_refused(self, tmp_path: Path) -> None:
        """The first file that is there is named, how many, and what to say."""
        export(tmp_path, "breaks")
        before = state(tmp_path)
        words = r"breaks\.csv is already there \(3 of the 3 files .* overwrite=True"
        with pytest.raises(InvalidInputError, match=words):
            export(tmp_path, "breaks")
        words = r"datapackage\.json is already there \(2 of the 3"
        with pytest.raises(InvalidInputError, match=words):
            export(tmp_path, "measures")
        assert state(tmp_path) == before

    def test_replaces_only_its_own(self, tmp_path: Path) -> None:
        """Old files of the export are new, all others are as they were."""
        for name in ("breaks.csv", "mine.txt", "areas.csv"):
            (tmp_path / name).write_text("old", encoding="utf-8")
        export(tmp_path, "breaks", overwrite=True)
        assert sorted(state(tmp_path)) == sorted([*WRITTEN, "areas.csv", "mine.txt"])
        assert (tmp_path / "mine.txt").read_text(encoding="utf-8") == "old"
        assert (tmp_path / "areas.csv").read_text(encoding="utf-8") == "old"
        assert (tmp_path / "breaks.csv").read_bytes().startswith(b"break_id,")

    def test_a_link_is_replaced_not_followed(self, tmp_path: Path) -> None:
        """A link with the name of a file gives way; what it led to stays."""
        target = tmp_path / "elsewhere.txt"
        target.write_text("elsewhere", encoding="utf-8")
        folder = tmp_path / "out"
        folder.mkdir()
        try:
            (folder / "breaks.csv").symlink_to(target)
        except OSError:
            pytest.skip("no links here")
        export(folder, "breaks", overwrite=True)
        assert not (folder / "breaks.csv").is_symlink()
        assert target.read_text(encoding="utf-8") == "elsewhere"

    def test_a_folder_of_that_name_stays(self, tmp_path: Path) -> None:
        """A folder is not a file to replace."""
        (tmp_path / "breaks.csv").mkdir()
        with pytest.raises(InvalidInputError, match=r"breaks\.csv is a folder"):
            export(tmp_path, "breaks", overwrite=True)
        assert state(tmp_path) == {"breaks.csv": None}

    @pytest.mark.parametrize("overwrite", [True, False])
    def test_a_file_is_no_folder(self, overwrite: bool, tmp_path: Path) -> None:
        """A file in the place of the folder is refused, and one above it too."""
        file = tmp_path / "file"
        file.write_text("mine", encoding="utf-8")
        with pytest.raises(InvalidInputError, match="directory must be a folder"):
            export(file, "breaks", overwrite=overwrite)
        with pytest.raises((NotADirectoryError, FileExistsError)):
            export(file / "out", "breaks", overwrite=overwrite)
        assert state(tmp_path) == {"file": b"mine"}


def test_an_error_names_the_folder_that_was_asked_for(tmp_path: Path) -> None:
    """Not the hidden one that an export works in."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    wanted = tmp_path / "file" / "x"
    with pytest.raises(OSError, match=r"[/\\]file[/\\]x'$") as refused:
        export(wanted, {"breaks": 1})
    assert ".ukcso" not in str(refused.value)
