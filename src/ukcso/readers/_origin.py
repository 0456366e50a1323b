"""Where the rows of a reader's frame come from: its files, by name and hash."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from ukcso.readers._sheets import sha256_of


def own_origin(dataset: str, files: Sequence[Path]) -> dict[str, str]:
    """
    Return what `attrs["ukcso"]` of a frame says that was read from files.

    Of several files, the names are joined, and the hash is that of their hashes.
    """
    hashes = [sha256_of(file) for file in files]
    joined = hashlib.sha256("".join(hashes).encode()).hexdigest()
    return {
        "dataset": dataset,
        "version": "own",
        "file": "; ".join(file.name for file in files),
        "sha256": hashes[0] if len(hashes) == 1 else joined,
    }
