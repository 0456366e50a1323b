"""Rows of any dataset from a file of one's own: as read before, as published, or as kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd

from ukcso.datasets import conform, read_own_csv, said_of_file, schema
from ukcso.errors import InvalidInputError
from ukcso.readers._home_office import home_office_recorded_crime
from ukcso.readers._origin import own_origin
from ukcso.readers._population import ons_population
from ukcso.readers.friendly import claims, figures

_PARQUET = b"PAR1"


#: What reads a dataset as it is published, or as people keep it.
_READERS: Mapping[str, Callable[..., pd.DataFrame]] = {
    "recorded_crime": home_office_recorded_crime,
    "population": ons_population,
    "figures": lambda path, progress: figures(path),  # noqa: ARG005 - small
    "claims": lambda path, progress: claims(path),  # noqa: ARG005 - small
}


def own_rows(
    dataset: str, path: Path, progress: Callable[[float], None] | None = None
) -> pd.DataFrame:
    """
    Return the rows of a file for `pinned`, whatever form of the dataset it holds.

    A CSV with the dataset's own columns and a Parquet file are taken as they are; anything
    else is what is published or kept of that dataset, and read by its reader.

    Raises
    ------
    UnknownDatasetError
        No such dataset.
    InvalidInputError
        The file cannot be read, or the dataset has no other form than its own columns.
    SchemaError
        A cell breaks a rule of the dataset.
    OSError
        The file cannot be opened.
    """
    declared = schema(dataset)
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith(_PARQUET):
        return _from_parquet(dataset, path)
    names = head.partition(b"\n")[0].decode("utf-8-sig", errors="replace").strip().split(",")
    if {*declared.of_version(None, names).columns} <= {name.strip('"') for name in names}:
        frame = conform(read_own_csv(path, declared), dataset).reset_index(drop=True)
        frame.attrs["ukcso"] = own_origin(dataset, [path])
        return frame
    if dataset in _READERS:
        return _READERS[dataset](path, progress=progress)
    words = f"{path.name} must be a CSV or Parquet file with the columns of {dataset}: "
    raise InvalidInputError(words + ", ".join(declared.of_version(None).columns))


def _from_parquet(dataset: str, path: Path) -> pd.DataFrame:
    """Return rows with what they say of the file that they were first read from."""
    frame = pd.read_parquet(path)
    frame = conform(frame, dataset)
    if not said_of_file(frame, dataset):
        frame.attrs["ukcso"] = own_origin(dataset, [path])
    return frame
