"""One file, written whole or not at all, in the format that its ending names."""

from __future__ import annotations

import os
import secrets
from collections.abc import Collection
from pathlib import Path

from ukcso.errors import InvalidInputError, listed, quoted, refusal

_LONGEST = 4096


def path_of(argument: str, given: object) -> Path:
    """
    Return a path from what a caller gave.

    Raises
    ------
    InvalidInputError
        It is none that a file could have.

    Examples
    --------
    >>> path_of("path", "table.html").name
    'table.html'
    """
    text = os.fspath(given) if isinstance(given, (str, os.PathLike)) else None
    if not isinstance(text, str):
        raise refusal(given, argument, "a path")
    if len(text) > _LONGEST or "\0" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
        raise refusal(given, argument, "a path that a file can have")
    return Path(text)


def ending_of(path: Path, endings: Collection[str]) -> str:
    """
    Return the ending of a file's name, in small letters and with its dot.

    Raises
    ------
    InvalidInputError
        It is none of those there are.

    Examples
    --------
    >>> from pathlib import Path
    >>> ending_of(Path("Table.HTML"), [".csv", ".html"])
    '.html'
    """
    ending = path.suffix.lower()
    if ending not in endings:
        msg = f"path must end in {listed(endings)}; got {quoted(path.name)}"
        raise InvalidInputError(msg)
    return ending


def write_whole(path: Path, content: str | bytes) -> None:
    """
    Write beside the file and move into place, so that no half of one is ever there.

    Text is UTF-8, its lines end in a line feed on every system.

    Raises
    ------
    InvalidInputError
        The folder is not there, or cannot be written to.
    """
    target = path.resolve()
    beside = target.with_name(f".{secrets.token_hex(6)}.part")
    try:
        beside.write_bytes(content.encode() if isinstance(content, str) else content)
        beside.replace(target)
    except OSError as error:
        msg = f"{path} cannot be written: {error.strerror}"
        raise InvalidInputError(msg) from error
    finally:
        beside.unlink(missing_ok=True)
