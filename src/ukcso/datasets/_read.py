"""Datasets by name and version: rows, facts, and the file itself."""

from __future__ import annotations

from numbers import Integral
from typing import TypeVar, cast

from pandera.typing import DataFrame

from ukcso.datasets import _scopes, _store
from ukcso.datasets._metadata import Metadata
from ukcso.datasets._schema import Table
from ukcso.errors import UnknownDatasetError, listed, quoted

T = TypeVar("T", bound="Table")


def require_dataset(name: object) -> str:
    """Refuse anything but the name of a dataset."""
    if isinstance(name, str) and name in _store.DATASETS:
        return name
    msg = f"no dataset {quoted(name)}; there are: {listed(_store.DATASETS)}"
    raise UnknownDatasetError(msg)


def resolve_version(dataset: object, version: object = None) -> tuple[str, int]:
    """
    Turn what a caller asked for into a dataset and version that exist.

    No version is the pinned one, else the newest.

    Raises
    ------
    UnknownDatasetError
        The name or the version is not shipped; the message lists what is.

    Examples
    --------
    >>> resolve_version("figures", 1)
    ('figures', 1)
    """
    name = require_dataset(dataset)
    if version is None:
        return name, _store.STORE.standing(name)
    shipped = _store.STORE.versions(name)
    # Integral: a version taken from the frame of `list_datasets` is numpy's
    if isinstance(version, bool) or not isinstance(version, Integral) or version not in shipped:
        msg = f"no version {quoted(version)} of {name}; there are: {listed(shipped)}"
        raise UnknownDatasetError(msg)
    return name, int(version)


def read(schema: type[T], version: int | None) -> DataFrame[T]:
    """Return a checked frame of the dataset in whose module a schema stands: see `load`."""
    dataset, number = resolve_version(schema.__module__.rpartition(".")[2], version)
    _scopes.record({dataset: number})
    return cast("DataFrame[T]", _store.STORE.frame(schema, dataset, number))


def read_newest(schema: type[T]) -> DataFrame[T]:
    """
    Return the newest rows whatever is pinned, and do not count them as read.

    For names only: what a reader calls an area does not depend on what is pinned.
    """
    dataset = schema.__module__.rpartition(".")[2]
    newest = _store.STORE.versions(dataset)[-1]
    return cast("DataFrame[T]", _store.STORE.frame(schema, dataset, newest))


def shipped_versions(dataset: str) -> tuple[int, ...]:
    """Return the versions of a dataset that exists, oldest first."""
    return _store.STORE.versions(dataset)


def metadata(dataset: str, version: int | None = None) -> Metadata:
    """
    Provenance of a dataset: publisher, source, licence, coverage, hash.

    Parameters
    ----------
    dataset, version
        As in `load`.

    Returns
    -------
    Metadata
        A frozen dataclass, one field per fact.

    Raises
    ------
    UnknownDatasetError, DatasetIntegrityError
        As in `load`.

    Examples
    --------
    >>> metadata("recorded_crime", version=1).publisher
    'Home Office'
    """
    return _store.STORE.sidecar(*resolve_version(dataset, version))


def path(dataset: str, version: int | None = None) -> _store.FileOnDisk:
    """
    The CSV of a dataset as a file on disk, for tools that want a path.

    Parameters
    ----------
    dataset, version
        As in `load`.

    Returns
    -------
    `pathlib.Path`, and a context manager giving one
        Where the package lies on disk, a plain path. From a zipped install a context
        manager only, whose path is a temporary copy, valid inside the `with` block: use
        the block where your code may run from a zip.

    Raises
    ------
    UnknownDatasetError, DatasetIntegrityError
        As in `load`; the file is not checked.

    Examples
    --------
    >>> with path("breaks", version=1) as csv:
    ...     csv.name
    'v1.csv'
    """
    return _store.STORE.on_disk(*resolve_version(dataset, version))
