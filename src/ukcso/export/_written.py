"""What was written: datasets, and names, sizes and hashes of their files."""

from __future__ import annotations

import hashlib
from pathlib import Path

from ukcso.export._described import Dataset

#: As IANA has registered them; DuckDB's own format is not registered.
_MEDIA_TYPES = {
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
    "sqlite": "application/vnd.sqlite3",
    "duckdb": "application/octet-stream",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class Written:
    """A dataset of an export and the file that it is in, as a descriptor tells them."""

    def __init__(self, dataset: Dataset, file: Path, form: str) -> None:
        content = file.read_bytes()
        self.dataset = dataset
        self.name = file.name
        #: Whether it is one of the sheets or tables that the file holds.
        self.is_part = file.stem != dataset.name
        self.format = form
        self.mediatype = _MEDIA_TYPES[form]
        self.size = len(content)
        self.sha256 = hashlib.sha256(content).hexdigest()
