"""A dataset from a folder that `export` wrote."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from ukcso._rules import require_choice
from ukcso.datasets import conform, resolve_version
from ukcso.errors import InvalidInputError, listed
from ukcso.export._export import FORMATS, KINDS, Format, file_of
from ukcso.outputs import path_of


def read_back(
    directory: str | os.PathLike[str],
    dataset: str,
    *,
    format: Format | None = None,  # noqa: A002 - as in `export`
) -> pd.DataFrame:
    """
    Read a dataset from a folder that `export` wrote.

    Parameters
    ----------
    directory
        The folder.
    dataset
        A name from `list_datasets`.
    format
        One of those of `export`; needed where the folder holds several.

    Returns
    -------
    DataFrame
        As `load` gives it: rows in their order, declared types,
        ``attrs["ukcso"]`` with dataset and version.

    Raises
    ------
    UnknownDatasetError
        The dataset is not shipped.
    InvalidInputError
        The folder does not hold it, holds it in several formats, or holds a CSV that
        was changed.
    SchemaError
        What it holds does not fit the dataset's schema.
    MissingDependencyError
        The format needs a package that is not installed.

    Examples
    --------
    >>> import tempfile
    >>> from ukcso.export import export
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     files = export(folder, {"breaks": 1}, "sqlite")
    ...     breaks = read_back(folder, "breaks")
    >>> breaks.attrs["ukcso"], str(breaks["date"].dtype)
    ({'dataset': 'breaks', 'version': 1}, 'datetime64[ns]')
    """
    name, _ = resolve_version(dataset)
    folder = path_of("directory", directory)
    if format is not None:
        require_choice("format", format, FORMATS)
    form = _only(folder, name, [format] if format else FORMATS)
    frame, version = KINDS[form].read(folder, name)
    checked = conform(frame, name)
    checked.attrs["ukcso"] = {"dataset": name, "version": version}
    if not isinstance(version, int):  # own data: they are those of this file now
        file = folder / file_of(name, form)
        sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
        checked.attrs["ukcso"] |= {"file": file.name, "sha256": sha256}
    return checked


def _only(folder: Path, dataset: str, formats: Sequence[str]) -> str:
    """Return the one format in which the folder may hold a dataset."""
    files = {form: folder / file_of(dataset, form) for form in formats}
    there = [form for form, file in files.items() if file.is_file()]
    if not there:
        wanted = listed(file.name for file in files.values())
        msg = f"{folder} holds no export of {dataset}: none of {wanted}"
        raise InvalidInputError(msg)
    if len(there) > 1:
        msg = f"{folder} holds several formats: {listed(there)}; name one with format="
        raise InvalidInputError(msg)
    return there[0]
