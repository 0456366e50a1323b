"""Where the rows of a reader's frame come from: its files, by name and hash."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from ukcso.datasets import OWN, OWN_ID
from ukcso.errors import refusal
from ukcso.readers._sheets import sha256_of


def slug(text: str) -> str:
    """
    Return a text as a part of an identifier.

    Examples
    --------
    >>> slug("FOI answers (2024) v2")
    'foi-answers-2024-v2'
    """
    return re.sub("[^a-z0-9]+", "-", text.lower()).strip("-") or "file"


def own_id(text: str) -> str:
    """
    Return the id of a release or source that is a file of the user's own, or a page.

    Examples
    --------
    >>> own_id("My figures (2).xlsx"), own_id("https://example.org/a")
    ('own-my-figures-2-xlsx', 'own-example-org-a')
    """
    return OWN_ID + slug(re.sub(r"^https?://", "", text.casefold()))


def own_origin(dataset: str, files: Sequence[Path]) -> dict[str, str]:
    """
    Return what `attrs["ukcso"]` of a frame says that was read from files.

    Of several files, the names are joined, and the hash is that of their hashes.
    """
    hashes = [sha256_of(file) for file in files]
    joined = hashlib.sha256("".join(hashes).encode()).hexdigest()
    return {
        "dataset": dataset,
        "version": OWN,
        "file": "; ".join(file.name for file in files),
        "sha256": hashes[0] if len(hashes) == 1 else joined,
    }


def files_of(argument: str, given: object) -> list[Path]:
    """
    Return the files that a caller named: one, or several.

    Raises
    ------
    InvalidInputError
        It is no path, nor a list of some.

    Examples
    --------
    >>> [file.name for file in files_of("path", "data/table.ods")]
    ['table.ods']
    """
    words = "a path, or a list of them"
    files = [given] if isinstance(given, (str, os.PathLike)) else given
    if isinstance(files, bytes) or not isinstance(files, Iterable) or not (paths := list(files)):
        raise refusal(given, argument, words)
    for path in paths:
        if not isinstance(path, (str, os.PathLike)) or not isinstance(os.fspath(path), str):
            raise refusal(path, argument, words)
    return [Path(path) for path in paths]


def one_by_one(
    files: Sequence[Path], progress: Callable[[float], None] | None
) -> Iterator[tuple[Path, Callable[[float], None]]]:
    """
    Go through files, each with what tells how far it is as a part of all of them.

    Examples
    --------
    >>> told = []
    >>> for _, tell in one_by_one([Path("2018.csv"), Path("2019.csv")], told.append):
    ...     tell(0.5)
    >>> told
    [0.25, 0.75]
    """
    for number, file in enumerate(files):

        def tell(fraction: float, number: int = number) -> None:
            if progress:
                progress((number + fraction) / len(files))

        yield file, tell
