"""
The one place that opens packaged files.

Goes through `importlib_resources`, so a zipped install behaves like any other.
"""

from __future__ import annotations

import re
from functools import cache
from numbers import Integral
from typing import TYPE_CHECKING

import importlib_resources

from ukcso.datasets._scopes import pinned_version
from ukcso.errors import UnknownDatasetError, listed

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

    from importlib_resources.abc import Traversable

_VERSION_FILE = re.compile(r"v([1-9]\d*)\.csv")


def _root() -> Traversable:
    return importlib_resources.files("ukcso.datasets") / "data"


@cache
def names() -> tuple[str, ...]:
    """Return the shipped datasets in alphabetical order."""
    return tuple(sorted(entry.name for entry in _root().iterdir() if entry.is_dir()))


@cache
def versions(dataset: str) -> tuple[int, ...]:
    """Return the shipped versions of a dataset, oldest first."""
    if dataset not in names():
        msg = f"no dataset {dataset!r}; there are: {listed(names())}"
        raise UnknownDatasetError(msg)
    found = (_VERSION_FILE.fullmatch(entry.name) for entry in (_root() / dataset).iterdir())
    return tuple(sorted(int(match[1]) for match in found if match))


def resolve(dataset: object, version: object = None) -> tuple[str, int]:
    """
    Turn what a caller asked for into a dataset and version that exist.

    No version is the pinned one, else the newest.

    Raises
    ------
    UnknownDatasetError
        The name or the version is not shipped; the message lists what is.

    Examples
    --------
    >>> resolve("figures", 1)
    ('figures', 1)
    """
    if not isinstance(dataset, str) or dataset not in names():
        msg = f"no dataset {dataset!r}; there are: {listed(names())}"
        raise UnknownDatasetError(msg)
    shipped = versions(dataset)
    if version is None:
        return dataset, pinned_version(dataset) or shipped[-1]
    # Integral: a version taken from the frame of `list_datasets` is numpy's
    if isinstance(version, bool) or not isinstance(version, Integral) or version not in shipped:
        msg = f"no version {version!r} of {dataset}; there are: {listed(shipped)}"
        raise UnknownDatasetError(msg)
    return dataset, int(version)


def read_bytes(dataset: str, version: int, suffix: str) -> bytes:
    """Return a packaged file's bytes; `dataset` and `version` come from `resolve`."""
    return (_root() / dataset / f"v{version}{suffix}").read_bytes()


def path(dataset: str, version: int | None = None) -> AbstractContextManager[Path]:
    """
    The CSV of a dataset as a file on disk, for tools that want a path.

    Parameters
    ----------
    dataset
        A name from `list_datasets`.
    version
        Data version; None is the newest shipped.

    Returns
    -------
    context manager giving a `pathlib.Path`
        Valid inside the `with` block only: from a zipped install it is a
        temporary copy.

    Raises
    ------
    UnknownDatasetError
        The dataset or the version is not shipped.

    Examples
    --------
    >>> with path("breaks", version=1) as csv:
    ...     csv.name
    'v1.csv'
    """
    name, number = resolve(dataset, version)
    csv: AbstractContextManager[Path] = importlib_resources.as_file(
        _root() / name / f"v{number}.csv"
    )
    return csv
