"""All files of an export into their folder, or none: what fails leaves everything as it was."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from ukcso.errors import InvalidInputError


def refuse(directory: Path, names: Sequence[str], *, overwrite: bool) -> None:
    """
    Refuse a folder that is none, and files that are there already.

    Raises
    ------
    InvalidInputError
        With the first of them, and how many there are.
    """
    if os.path.lexists(directory) and not directory.is_dir():
        msg = f"directory must be a folder, there or not yet; {directory} is none"
        raise InvalidInputError(msg)
    there = [name for name in names if os.path.lexists(directory / name)]
    if there and not overwrite:
        msg = (
            f"{directory / there[0]} is already there ({len(there)} of the {len(names)} files to "
            "write); overwrite=True (--overwrite) replaces those, and nothing else"
        )
        raise InvalidInputError(msg)
    for name in there:
        if (directory / name).is_dir():
            msg = f"{directory / name} is a folder, which an export does not replace"
            raise InvalidInputError(msg)


@contextmanager
def placed(directory: Path, names: Sequence[str], *, overwrite: bool) -> Iterator[Path]:
    """
    Give an empty folder to write the named files into; move them into place at the end.

    A folder that is not there yet is made by one rename. Into one that is there, files
    move one by one; they wait inside it, not beside it, for it may be a mount point, or
    its parent read-only. Whatever is raised, also an interrupt half-way through the moves,
    is undone. What has happened is read off the file system, so nothing falls between a
    move and its record.
    """
    there = directory.is_dir()
    missing = [parent for parent in directory.parents if not parent.exists()]
    work = (directory if there else directory.parent) / f".ukcso-export-{secrets.token_hex(6)}"
    new, old = work / "new", work / "old"
    try:
        _make(new, directory)
        yield new
        refuse(directory, names, overwrite=overwrite)
        old.mkdir()  # says that files have begun to move
        if there:
            for name in names:
                if os.path.lexists(directory / name):
                    (directory / name).replace(old / name)
                (new / name).replace(directory / name)
        else:
            new.rename(directory)
    except BaseException:
        if there and old.exists():
            _move_back(directory, names, new, old)
        elif old.exists() and not new.exists():
            directory.rename(new)
        # only now: had one not come back, it would still be there
        shutil.rmtree(work, ignore_errors=True)
        for parent in missing:
            with suppress(OSError):
                parent.rmdir()
        raise
    shutil.rmtree(work, ignore_errors=True)


def _make(folder: Path, directory: Path) -> None:
    """Make a folder to work in; an error names the folder that was asked for."""
    try:
        folder.mkdir(parents=True)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(directory)) from None


def _move_back(directory: Path, names: Sequence[str], new: Path, old: Path) -> None:
    """Put back the files that were there, and take away those that were not."""
    for name in names:
        if os.path.lexists(old / name):
            (old / name).replace(directory / name)
        elif not os.path.lexists(new / name):
            (directory / name).unlink(missing_ok=True)
