"""
Add released data files to the lock, src/ukcso/datasets/data.lock: SHA-256 and file, one a line.

Run it from anywhere when files of a new version are there; it never changes a line:
python docs/build_lock.py
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

DATA = Path(__file__).parents[1] / "src" / "ukcso" / "datasets" / "data"
LOCK = DATA.with_suffix(".lock")


def digests(data: Path = DATA) -> dict[str, str]:
    """Return the SHA-256 of every CSV and sidecar, by its path in the data folder."""
    files = sorted([*data.glob("*/v*.csv"), *data.glob("*/v*.toml")])
    return {
        file.relative_to(data).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in files
    }


def locked(lock: Path = LOCK) -> dict[str, str]:
    """Return what the lock says, by file."""
    lines = lock.read_text(encoding="utf-8").splitlines() if lock.exists() else []
    pairs = (line.split("  ") for line in lines)
    return {file: digest for digest, file in pairs}


def problems(data: Path = DATA, lock: Path = LOCK) -> list[str]:
    """Say which locked files are not as they were released."""
    now = digests(data)
    return [
        f"{file} {'was changed' if file in now else 'is missing'}"
        for file, digest in locked(lock).items()
        if now.get(file) != digest
    ]


def add(data: Path = DATA, lock: Path = LOCK) -> list[str]:
    """
    Add the files that are not locked, and return them.

    Raises
    ------
    SystemExit
        A locked file is not as it was released.
    """
    if wrong := problems(data, lock):
        message = "a released file never changes; make a new version instead: "
        raise SystemExit(message + ", ".join(wrong))
    before = locked(lock)
    every = digests(data)
    lines = [f"{digest}  {file}\n" for file, digest in sorted((every | before).items())]
    lock.write_text("".join(lines), encoding="utf-8", newline="\n")
    return sorted(every.keys() - before.keys())


if __name__ == "__main__":
    sys.stdout.write("".join(f"locked {file}\n" for file in add()))
