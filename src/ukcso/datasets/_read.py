"""Datasets by name and version: rows, facts, and the file itself."""

from __future__ import annotations

from importlib import import_module
from numbers import Integral
from typing import TypeVar, cast

from pandera.typing import DataFrame

from ukcso.datasets import _scopes, _store
from ukcso.datasets._metadata import Metadata, own_metadata
from ukcso.datasets._own import OWN, Own, Version, is_own, own_file, same_own
from ukcso.datasets._schema import Table
from ukcso.errors import InvalidInputError, UnknownDatasetError, listed, quoted

T = TypeVar("T", bound="Table")


def require_dataset(name: object) -> str:
    """Refuse anything but the name of a dataset."""
    if isinstance(name, str) and name in _store.DATASETS:
        return name
    msg = f"no dataset {quoted(name)}; there are: {listed(_store.DATASETS)}"
    raise UnknownDatasetError(msg)


def schema(dataset: str) -> type[Table]:
    """
    Return the pandera schema class of a dataset.

    Parameters
    ----------
    dataset
        A name from `list_datasets`.

    Raises
    ------
    UnknownDatasetError
        The dataset is not shipped.

    Examples
    --------
    >>> schema("figures").__name__
    'Figures'
    """
    name = require_dataset(dataset)
    module = import_module(f"{__name__.rpartition('.')[0]}.{name}")
    return cast("type[Table]", getattr(module, name.title().replace("_", "")))


def resolve_version(dataset: object, version: object = None) -> tuple[str, Version]:
    """
    Turn what a caller asked for into a dataset and version that exist.

    No version is the pinned one, else the newest. Own data are asked for by the name that
    stands in attrs and stamps, and are there inside the blocks that pin them.

    Raises
    ------
    UnknownDatasetError
        The name or the version is not shipped; the message lists what is. Or they are own
        data that no block around pins.

    Examples
    --------
    >>> resolve_version("figures", 1)
    ('figures', 1)
    """
    name = require_dataset(dataset)
    if version is None:
        return name, _store.STORE.standing(name)
    if version == OWN or is_own(version):
        return name, _own_of_this_name(name, str(version))
    shipped = _store.STORE.versions(name)
    # Integral: a version taken from the frame of `list_datasets` is numpy's
    if isinstance(version, bool) or not isinstance(version, Integral) or version not in shipped:
        msg = f"no version {quoted(version)} of {name}; there are: {listed(shipped)}"
        raise UnknownDatasetError(msg)
    return name, int(version)


def standing_version(dataset: str) -> int | str:
    """Return the version that stands, own data by the name that attrs and stamps give them."""
    _, version = resolve_version(dataset)
    return version.label if isinstance(version, Own) else version


def _own_of_this_name(dataset: str, label: str) -> Own:
    """Return own data that a block around pins, the innermost of that name."""
    others = list(_scopes.own_pins(dataset))
    for own in others:
        if same_own(label, own):
            return own
    instead = f" ({others[0].label} is)" if others else ""
    msg = f"{dataset} {label} is data of somebody's own, and not pinned here{instead}: hand "
    msg += f"{own_file(label) or 'them'} over, with ukcso.pinned({dataset}=frame) around the "
    msg += f"call or --with {dataset}=FILE on the command line"
    raise UnknownDatasetError(msg)


def read(schema: type[T], version: int | str | None) -> DataFrame[T]:
    """Return a checked frame of the dataset in whose module a schema stands: see `load`."""
    dataset, standing = resolve_version(schema.__module__.rpartition(".")[2], version)
    if isinstance(standing, Own):
        _scopes.record({dataset: standing.label})
        rows = _store.own_copy(standing.frame)
        rows.attrs["ukcso"] = {**standing.attrs}
        return cast("DataFrame[T]", rows)
    _scopes.record({dataset: standing})
    return cast("DataFrame[T]", _store.STORE.frame(schema, dataset, standing))


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


def metadata(dataset: str, version: int | str | None = None) -> Metadata:
    """
    Provenance of a dataset: publisher, source, licence, coverage, hash.

    Inside a block that pins own data in its place, it is what is known of those: version
    "own", their file and hash, how many rows, and until when they reach.

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
    name, standing = resolve_version(dataset, version)
    if isinstance(standing, Own):
        return own_metadata(standing, _store.STORE.sidecar(name, shipped_versions(name)[-1]))
    return _store.STORE.sidecar(name, standing)


def path(dataset: str, version: int | str | None = None) -> _store.FileOnDisk:
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
    InvalidInputError
        Own data stand in its place, which are no file here.

    Examples
    --------
    >>> with path("breaks", version=1) as csv:
    ...     csv.name
    'v1.csv'
    """
    name, standing = resolve_version(dataset, version)
    if isinstance(standing, Own):
        msg = f"{name} {standing.label} is pinned here, rows of your own that are no file of this "
        msg += "package; load(dataset).to_csv writes them, path(dataset, version) gives a file"
        raise InvalidInputError(msg)
    return _store.STORE.on_disk(name, standing)
