"""Bytes to SHA-256 to CSV to schema to frame, once per process and version."""

from __future__ import annotations

import hashlib
import io
import threading
from typing import TYPE_CHECKING

import pandas as pd

from ukcso.datasets import _files
from ukcso.datasets._metadata import metadata
from ukcso.datasets._schema import Day, Text
from ukcso.datasets._validate import check
from ukcso.datasets._versions import using
from ukcso.errors import DatasetIntegrityError, InvalidInputError, SchemaError

if TYPE_CHECKING:
    from pathlib import Path

    from ukcso.datasets._schema import Table

_LOCK = threading.RLock()
_CHECKED: dict[tuple[str, int], pd.DataFrame] = {}


def read(dataset: str, version: int | None, schema: type[Table]) -> pd.DataFrame:
    """
    Return a checked frame that is the caller's own.

    Raises
    ------
    UnknownDatasetError
        The version is not shipped.
    DatasetIntegrityError
        The file differs from its recorded hash or breaks its schema.
    """
    name, number = using(dataset, version)
    with _LOCK:
        if (name, number) not in _CHECKED:
            _CHECKED[name, number] = _checked(name, number, schema)
        return _CHECKED[name, number].copy()


def _checked(dataset: str, version: int, schema: type[Table]) -> pd.DataFrame:
    content = _files.read_bytes(dataset, version, ".csv")
    expected = metadata(dataset, version).sha256
    found = hashlib.sha256(content).hexdigest()
    if found != expected:
        msg = (
            f"{dataset}/v{version}.csv is not the file that was released: "
            f"expected SHA-256 {expected}, found {found}; reinstall ukcso"
        )
        raise DatasetIntegrityError(msg)
    try:
        frame = check(_parse(io.BytesIO(content), schema), schema, dataset)
    except SchemaError as error:
        msg = f"{dataset}/v{version}.csv breaks its own schema: {error}"
        raise DatasetIntegrityError(msg) from error
    frame.attrs["ukcso"] = {"dataset": dataset, "version": version}
    return frame


def is_shipped(frame: pd.DataFrame) -> bool:
    """Say whether a frame is a dataset as loaded in this process, unchanged."""
    told = frame.attrs.get("ukcso", {})
    checked = _CHECKED.get((told.get("dataset", ""), told.get("version", 0)))
    return checked is not None and frame.equals(checked)


def read_csv(path: Path, schema: type[Table]) -> pd.DataFrame:
    """
    Return a user's CSV as it stands; `validate` turns it into a typed frame.

    Raises
    ------
    InvalidInputError
        The file is no CSV; the message names it.
    OSError
        The file cannot be opened.
    """
    try:
        return _parse(io.BytesIO(path.read_bytes()), schema)
    except (pd.errors.ParserError, pd.errors.EmptyDataError, UnicodeDecodeError) as error:
        msg = f"{path}: not a readable CSV: {str(error).strip()}"
        raise InvalidInputError(msg) from None


def _parse(source: io.BytesIO, schema: type[Table]) -> pd.DataFrame:
    """Read a CSV without guessing: only an empty cell is missing; days wait for the schema."""
    as_text = {
        name: Text.type
        for name, column in schema.to_schema().columns.items()
        if isinstance(column.dtype, (Text, Day))
    }
    return pd.read_csv(source, dtype=as_text, keep_default_na=False, na_values=[""])
