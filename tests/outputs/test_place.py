"""One file, whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from ukcso.errors import InvalidInputError
from ukcso.outputs import ending_of, path_of, write_whole


def test_endings() -> None:
    """Whatever the case; another one is refused with a list of those there are."""
    assert ending_of(Path("a/Table.HTML"), [".html", ".csv"]) == ".html"
    with pytest.raises(InvalidInputError, match=r"must end in \.html, \.csv; got 'table'"):
        ending_of(Path("a/table"), [".html", ".csv"])


def test_text_and_bytes(tmp_path: Path) -> None:
    """Text is UTF-8 with line feeds on every system; an old file is replaced."""
    file = tmp_path / "a.txt"
    file.write_text("old", encoding="utf-8")
    write_whole(file, "–\n")  # noqa: RUF001 - an en dash
    assert file.read_bytes() == b"\xe2\x80\x93\n"
    write_whole(file, b"\0")
    assert file.read_bytes() == b"\0"
    assert list(tmp_path.iterdir()) == [file]


def test_a_missing_folder(tmp_path: Path) -> None:
    """It is said by name, as an error of this package."""
    with pytest.raises(InvalidInputError, match=r"none/a\.txt cannot be written: No such file"):
        write_whole(tmp_path / "none" / "a.txt", "x")


def test_what_fails_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that fills up half-way leaves neither half a file nor a temporary one."""
    file = tmp_path / "a.txt"
    file.write_text("old", encoding="utf-8")

    def full(path: Path, content: bytes) -> int:
        with path.open("wb") as stream:
            stream.write(content[:1])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(InvalidInputError, match="cannot be written: No space left"):
        write_whole(file, "new")
    assert file.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [file]


def test_a_link_is_followed(tmp_path: Path) -> None:
    """The file that it leads to is replaced, the link stays."""
    file, link = tmp_path / "a.txt", tmp_path / "b.txt"
    file.write_text("old", encoding="utf-8")
    link.symlink_to(file)
    write_whole(link, "new")
    assert link.is_symlink()
    assert file.read_text(encoding="utf-8") == "new"


@pytest.mark.parametrize("given", [5, None, b"a.md", "\0.md", "\udc80.md", "9" * 1_000_000])
def test_what_is_no_path(given: object) -> None:
    """It is refused by the name of the argument, and in part where it is long."""
    with pytest.raises(InvalidInputError, match=r"^path must be a path") as refused:
        path_of("path", given)
    assert len(str(refused.value)) < 300
    with pytest.raises(InvalidInputError) as refused:
        ending_of(Path("9" * 4_000), [".md"])
    assert len(str(refused.value)) < 300
