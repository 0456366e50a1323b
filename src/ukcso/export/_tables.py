"""CSV and Parquet: one file per dataset."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from shutil import copyfile

import pandas as pd

from ukcso.datasets import load, metadata, path, shipped_versions
from ukcso.errors import InvalidInputError
from ukcso.export._described import Dataset, stated, version_read
from ukcso.outputs import optional

#: Before the names of the sidecar's facts in a Parquet file.
_PREFIX = "ukcso."


def write_csv(folder: Path, datasets: Sequence[Dataset]) -> None:
    """Write the shipped files, byte for byte: their hash is the released one; own rows too."""
    for dataset in datasets:
        if dataset.facts.is_own:
            text = dataset.frame.to_csv(index=False, lineterminator="\n")
            (folder / f"{dataset.name}.csv").write_text(text, encoding="utf-8", newline="\n")
            continue
        with path(dataset.name, dataset.facts.version) as shipped:
            copyfile(shipped, folder / f"{dataset.name}.csv")


def read_csv(folder: Path, dataset: str) -> tuple[pd.DataFrame, int | str]:
    """
    Return the frame and version of an exported CSV.

    Raises
    ------
    InvalidInputError
        It is not the file of any version that is shipped, so it was changed.
    """
    file = folder / f"{dataset}.csv"
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    for version in shipped_versions(dataset):
        if metadata(dataset, version).sha256 == digest:
            return load(dataset, version), version
    msg = (
        f"{file} is no shipped version of {dataset}: its SHA-256 is {digest}; "
        "ukcso.validate checks a file of your own"
    )
    raise InvalidInputError(msg)


def write_parquet(folder: Path, datasets: Sequence[Dataset]) -> None:
    """Write Parquet files with the sidecar in the metadata of their schema."""
    pa, parquet = optional("pyarrow", "export"), optional("pyarrow.parquet", "export")
    types = {"text": pa.string(), "day": pa.date32(), "whole": pa.int64(), "number": pa.float64()}
    for dataset in datasets:
        facts = stated(asdict(dataset.facts))
        fields = [
            pa.field(
                column.name,
                types[column.kind],
                nullable=not column.filled,
                metadata={"description": column.description, "unit": column.unit},
            )
            for column in dataset.columns
        ]
        named = {f"{_PREFIX}{name}": str(fact) for name, fact in facts.items()}
        table = pa.table(dataset.cells(), schema=pa.schema(fields, named))
        parquet.write_table(table, folder / f"{dataset.name}.parquet", compression="zstd")


def read_parquet(folder: Path, dataset: str) -> tuple[pd.DataFrame, int | str]:
    """Return the frame and version of an exported Parquet file."""
    # not read_table: it would take a folder such as version=1 above the file for a partition
    file = optional("pyarrow.parquet", "export").ParquetFile(folder / f"{dataset}.parquet")
    with file:
        table = file.read()
    version = (table.schema.metadata or {}).get(f"{_PREFIX}version".encode(), b"0").decode()
    rows = pd.DataFrame(table.to_pydict(), dtype=object)
    return rows, version_read(version)
