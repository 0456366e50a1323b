"""Parquet files: types, compression and what their schema says."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

import ukcso
from ukcso import datasets
from ukcso.export import export

NAMES = sorted(set(ukcso.list_datasets()["dataset"]))
TYPES = {
    "text": "string",
    "day": "date32[day]",
    "whole number": "int64",
    "whole number or empty": "int64",
    "float64": "double",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with every dataset."""
    pytest.importorskip("pyarrow")
    made: Path = tmp_path_factory.mktemp("parquet")
    export(made, dict.fromkeys(NAMES, 1), "parquet")
    return made


@pytest.fixture
def parquet() -> Any:
    """Return pyarrow's module."""
    return pytest.importorskip("pyarrow.parquet")


@pytest.mark.parametrize("name", NAMES)
class TestParquet:
    """`<dataset>.parquet`."""

    def test_columns(self, name: str, folder: Path, parquet: Any) -> None:
        """Types, which cells may be empty, descriptions and units follow the schema."""
        found = parquet.read_schema(folder / f"{name}.parquet")
        declared = datasets.schema(name).of_version(1).columns
        assert [(f.name, str(f.type), f.nullable) for f in found] == [
            (column, TYPES[str(d.dtype)], d.nullable) for column, d in declared.items()
        ]
        for column in found:
            told = declared[column.name]
            assert column.metadata[b"description"].decode() == told.description
            unit = (told.metadata or {}).get("unit", "")
            assert column.metadata[b"unit"].decode() == unit

    def test_metadata(self, name: str, folder: Path, parquet: Any) -> None:
        """The sidecar is in the metadata of the schema: version, hash, licence and all."""
        found = parquet.read_schema(folder / f"{name}.parquet").metadata
        facts = asdict(ukcso.metadata(name, version=1))
        wanted = {f"ukcso.{key}": str(fact) for key, fact in facts.items() if fact is not None}
        assert {key.decode(): fact.decode() for key, fact in found.items()} == wanted

    def test_is_compressed(self, name: str, folder: Path, parquet: Any) -> None:
        """Every column is compressed with Zstandard."""
        with parquet.ParquetFile(folder / f"{name}.parquet") as file:
            group = file.metadata.row_group(0)
            used = {group.column(place).compression for place in range(group.num_columns)}
        assert used == {"ZSTD"}
