"""All files of an export into their folder, or none: what fails leaves everything as it was."""

from __future__ import annotations

import os
import secrets
import shutil
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from ukcso.errors import InvalidInputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


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

    Whatever is raised, also an interrupt half-way through the moves, is undone. What has
    happened is read off the file system, so nothing falls between a move and its record.
    """
    if directory.is_dir():
        with _into_folder(directory, names, overwrite=overwrite) as staging:
            yield staging
    else:
        with _as_folder(directory) as staging:
            yield staging


@contextmanager
def _as_folder(directory: Path) -> Iterator[Path]:
    """Make the folder itself by one rename."""
    missing = [parent for parent in directory.parents if not parent.exists()]
    staging = directory.parent / _hidden()
    renaming = False
    try:
        directory.parent.mkdir(parents=True, exist_ok=True)
        staging.mkdir()
        yield staging
        renaming = True
        staging.rename(directory)
    except BaseException:
        if renaming and not staging.exists():
            directory.rename(staging)
        shutil.rmtree(staging, ignore_errors=True)
        for parent in missing:
            with suppress(OSError):
                parent.rmdir()
        raise


@contextmanager
def _into_folder(directory: Path, names: Sequence[str], *, overwrite: bool) -> Iterator[Path]:
    """
    Move files one by one into a folder that is there.

    The files wait inside it, not beside it: it may be a mount point, or its parent
    read-only.
    """
    work = directory / _hidden()
    new, old = work / "new", work / "old"
    moving = False
    present: set[str] = set()
    try:
        for folder in (work, new, old):
            folder.mkdir()
        yield new
        refuse(directory, names, overwrite=overwrite)
        present = {name for name in names if os.path.lexists(directory / name)}
        moving = True
        for name in names:
            if name in present:
                (directory / name).replace(old / name)
            (new / name).replace(directory / name)
    except BaseException:
        for name in names if moving else ():
            if os.path.lexists(old / name):
                (old / name).replace(directory / name)
            elif name not in present and not os.path.lexists(new / name):
                (directory / name).unlink(missing_ok=True)
        # only now: had one not come back, it would still be there
        shutil.rmtree(work, ignore_errors=True)
        raise
    shutil.rmtree(work, ignore_errors=True)


def _hidden() -> str:
    return f".ukcso-export-{secrets.token_hex(6)}"
