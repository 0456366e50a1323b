"""Mirrors src/ukcso/readers/_own_rows.py: any dataset from a file, whatever its form."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pandas as pd
import pytest

import ukcso
from ukcso.errors import InvalidInputError, SchemaError, UnknownDatasetError
from ukcso.readers import own_rows


def test_a_csv_with_the_columns_of_the_dataset(tmp_path: Path) -> None:
    """It is read back to the same rows, and says which file it is from."""
    breaks = ukcso.load_breaks(version=1)
    file = tmp_path / "my breaks.csv"
    breaks.to_csv(file, index=False)
    read = own_rows("breaks", file)
    pd.testing.assert_frame_equal(read, breaks)
    assert read.attrs["ukcso"] == {
        "dataset": "breaks",
        "version": "own",
        "file": "my breaks.csv",
        "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
    }


@pytest.mark.parametrize("dataset", ["breaks", "population", "figures", "claims"])
def test_a_parquet_file(tmp_path: Path, dataset: str) -> None:
    """Columns come back in the declared types; the file is the one that is read."""
    pytest.importorskip("pyarrow")
    shipped = ukcso.load(dataset, version=1)
    file = tmp_path / "mine.parquet"
    shipped.to_parquet(file)
    read = own_rows(dataset, file)
    pd.testing.assert_frame_equal(read, shipped)
    assert read.attrs["ukcso"]["file"] == "mine.parquet"


def test_a_parquet_file_remembers_the_workbook(tmp_path: Path) -> None:
    """A stamp of rows that were read before names the file that was published."""
    pytest.importorskip("pyarrow")
    breaks = ukcso.load_breaks(version=1)
    origin = {"dataset": "breaks", "version": "own", "file": "prc.ods", "sha256": 64 * "a"}
    breaks.attrs["ukcso"] = origin
    breaks.to_parquet(tmp_path / "mine.parquet")
    assert own_rows("breaks", tmp_path / "mine.parquet").attrs["ukcso"] == origin


def test_a_cell_that_breaks_a_rule(tmp_path: Path) -> None:
    """The row is that of the spreadsheet, headings first."""
    file = tmp_path / "mine.csv"
    ukcso.load_population(version=1).head(3).assign(population=[1, -2, 3]).to_csv(file, index=False)
    with pytest.raises(SchemaError, match="row 3, column population"):
        own_rows("population", file)


def test_other_columns(tmp_path: Path) -> None:
    """The message has the columns that are wanted."""
    file = tmp_path / "mine.csv"
    file.write_text("area,number\nKent,3\n", encoding="utf-8")
    with pytest.raises(
        InvalidInputError, match=r"mine\.csv must be a CSV or Parquet file.*break_id"
    ):
        own_rows("breaks", file)


def test_no_such_dataset(tmp_path: Path) -> None:
    """A name that is none is told before the file is looked at."""
    with pytest.raises(UnknownDatasetError, match="no dataset 'crime'"):
        own_rows("crime", tmp_path / "nothing.csv")
