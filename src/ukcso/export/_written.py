"""What was written: names, sizes and hashes of files."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

#: As IANA has registered them; DuckDB's own format is not registered.
_MEDIA_TYPES = {
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
    "sqlite": "application/vnd.sqlite3",
    "duckdb": "application/octet-stream",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True, slots=True)
class Written:
    """A file of an export."""

    name: str
    format: str
    mediatype: str
    size: int
    sha256: str


def written(file: Path, form: str) -> Written:
    """Return what a descriptor says of a file."""
    content = file.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    return Written(file.name, form, _MEDIA_TYPES[form], len(content), digest)
