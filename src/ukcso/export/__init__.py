"""
Datasets as files for other programs, with descriptors that say what they hold.

- `export`: CSV, Parquet, SQLite, DuckDB or a workbook, and `datapackage.json` and
  `croissant.json` beside them; all of it or nothing.
- `read_back`: a dataset from such a folder, with its declared types.
"""

from __future__ import annotations

from ukcso.export._export import FORMATS, Format, export
from ukcso.export._read_back import read_back

__all__ = ["FORMATS", "Format", "export", "read_back"]
