"""`read_back`: what comes out of a file is what went in."""

from __future__ import annotations

import shutil
from importlib.util import find_spec
from pathlib import Path

import pandas as pd
import pytest

import ukcso
from ukcso.errors import InvalidInputError, UnknownDatasetError
from ukcso.export import FORMATS, export, read_back

pytestmark = pytest.mark.slow

NAMES = sorted(set(ukcso.list_datasets()["dataset"]))
NEEDS = {"parquet": "pyarrow", "duckdb": "duckdb", "xlsx": "openpyxl"}
AT_HAND = [form for form in FORMATS if form not in NEEDS or find_spec(NEEDS[form])]


@pytest.fixture(scope="module", params=FORMATS)
def exported(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with every dataset in one format."""
    if request.param not in AT_HAND:
        pytest.skip(f"{NEEDS[request.param]} is not installed")
    folder: Path = tmp_path_factory.mktemp("exports") / request.param
    export(folder, dict.fromkeys(NAMES, 1), request.param)
    return folder


class TestReadBack:
    """`read_back` gives the frame that `load` gives."""

    @pytest.mark.parametrize("name", NAMES)
    def test_equals_the_loaded_frame(self, name: str, exported: Path) -> None:
        """Rows, order, types, names and attributes are those of the loaded dataset."""
        found, wanted = read_back(exported, name), ukcso.load(name, version=1)
        pd.testing.assert_frame_equal(found, wanted, check_dtype=True, check_exact=True)
        assert found.attrs == wanted.attrs

    def test_one_of_several_formats(self, tmp_path: Path) -> None:
        """Where a folder holds several, one must be named."""
        folder = tmp_path / "out"
        export(folder, "breaks", "csv")
        export(folder, "breaks", "sqlite", overwrite=True)
        words = "holds several formats: csv, sqlite; name one with format="
        with pytest.raises(InvalidInputError, match=words):
            read_back(folder, "breaks")
        for form in ("csv", "sqlite"):
            assert len(read_back(folder, "breaks", format=form)) == 10

    def test_nothing_there(self, tmp_path: Path) -> None:
        """The files that were looked for are named."""
        with pytest.raises(InvalidInputError, match=r"none of breaks\.csv, breaks\.parquet, ukcso"):
            read_back(tmp_path, "breaks")
        with pytest.raises(InvalidInputError, match=r"none of ukcso\.sqlite$"):
            read_back(tmp_path / "no such folder", "breaks", format="sqlite")

    @pytest.mark.parametrize("form", AT_HAND)
    def test_another_dataset_there(self, form: str, tmp_path: Path) -> None:
        """A dataset that was not exported is not found."""
        export(tmp_path / "out", "breaks", form)
        with pytest.raises(InvalidInputError, match="areas"):
            read_back(tmp_path / "out", "areas")

    def test_unknown_names(self, tmp_path: Path) -> None:
        """Datasets, formats and folders are what they are."""
        with pytest.raises(UnknownDatasetError, match="no dataset 'metadata'"):
            read_back(tmp_path, "metadata")
        with pytest.raises(InvalidInputError, match="format must be one of csv, "):
            read_back(tmp_path, "breaks", format="json")
        with pytest.raises(InvalidInputError, match="directory must be a path"):
            read_back(None, "breaks")

    def test_a_csv_that_was_changed(self, tmp_path: Path) -> None:
        """A file with another hash is no version of the dataset."""
        file, *_ = export(tmp_path / "out", "breaks")
        file.write_bytes(file.read_bytes().replace(b"brk-001", b"brk-999"))
        with pytest.raises(InvalidInputError, match="is no shipped version of breaks"):
            read_back(tmp_path / "out", "breaks")

    @pytest.mark.skipif("parquet" not in AT_HAND, reason="pyarrow is not installed")
    def test_a_folder_named_like_a_partition(self, tmp_path: Path) -> None:
        """Names of folders above a file are no columns."""
        export(tmp_path / "version=1", "breaks", "parquet")
        assert len(read_back(tmp_path / "version=1", "breaks").columns) == 6

    def test_a_path_with_odd_characters(self, tmp_path: Path) -> None:
        """Marks that mean something in addresses and patterns are only letters here."""
        folder = tmp_path / "50% [a] 'b' #c?"
        for form in AT_HAND:
            export(folder, "breaks", form)
            assert len(read_back(folder, "breaks")) == 10
            shutil.rmtree(folder)
