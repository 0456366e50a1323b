"""What was written: names, sizes and hashes of files."""

from __future__ import annotations

import hashlib
from pathlib import Path

#: As IANA has registered them; DuckDB's own format is not registered.
_MEDIA_TYPES = {
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
    "sqlite": "application/vnd.sqlite3",
    "duckdb": "application/octet-stream",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class Written:
    """A file of an export, as a descriptor tells it."""

    def __init__(self, file: Path, form: str) -> None:
        content = file.read_bytes()
        self.name = file.name
        self.format = form
        self.mediatype = _MEDIA_TYPES[form]
        self.size = len(content)
        self.sha256 = hashlib.sha256(content).hexdigest()
