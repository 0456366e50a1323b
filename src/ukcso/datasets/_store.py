"""The store of released files, the one place that opens them, and what was read in this process."""

from __future__ import annotations

import hashlib
import os
import pkgutil
import re
import threading
import zipfile
import zlib
from collections import OrderedDict, defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import importlib_resources
import pandas as pd
from importlib_resources.abc import Traversable

from ukcso.datasets import _scopes
from ukcso.datasets._csv import parse_csv
from ukcso.datasets._metadata import Metadata, damaged, parse_sidecar
from ukcso.datasets._own import OWN, Version, same_own, version_in
from ukcso.datasets._schema import Table
from ukcso.datasets._validate import conform
from ukcso.errors import DatasetIntegrityError

_MODULES = pkgutil.iter_modules([str(Path(__file__).parent)])
#: The public modules beside this one: each is a dataset, with its files in the folder of its name.
DATASETS = tuple(sorted(module.name for module in _MODULES if not module.name.startswith("_")))
LOCK = threading.RLock()
if TYPE_CHECKING:
    _PathHere = Path
else:
    # Python 3.11 makes paths of the class of its system only.
    _PathHere = type(Path())
_VERSION_FILE = re.compile(r"v([1-9]\d*)\.(csv|toml)")
#: What reading raises where a file or folder, or the zip that holds it, is damaged.
_UNREADABLE = (OSError, EOFError, KeyError, zipfile.BadZipFile, zlib.error)


class FileOnDisk(_PathHere):
    """A path that also is a `with` block which gives it, as a copy out of a zip has to be."""

    __slots__ = ()

    def __enter__(self) -> Path:  # type: ignore[override]
        return self

    def __exit__(self, *_: object) -> None:
        """Leave the file where it is."""


class Store:
    """
    Released files under one folder, and all that was made from them in this process.

    Whatever is wrong with a file, it is a `DatasetIntegrityError`.
    """

    def __init__(self, root: Traversable) -> None:
        self.root = root
        #: Results of functions that remember, and what they read: by function, then by arguments.
        self.results: defaultdict[object, dict[Any, tuple[Any, ...]]] = defaultdict(dict)
        #: Own data that were checked, by what they and all that they name were then; newest last.
        self.checked: OrderedDict[Any, Any] = OrderedDict()
        self._frames: dict[tuple[str, int], pd.DataFrame] = {}
        self.versions = cache(self._versions)
        self.sidecar = cache(self._sidecar)

    def _versions(self, dataset: str) -> tuple[int, ...]:
        """Return the released versions of a dataset, oldest first."""
        folder = f"folder {dataset}"
        try:
            entries = [entry.name for entry in (self.root / dataset).iterdir()]
        except _UNREADABLE as error:
            raise damaged(folder, error) from error
        numbers = {int(match[1]) for match in map(_VERSION_FILE.fullmatch, entries) if match}
        if not numbers:
            raise damaged(folder, "no file of any version")
        return tuple(sorted(numbers))

    def standing(self, dataset: str) -> Version:
        """Return the version that a caller gets who names none, and record that it was chosen."""
        return _scopes.standing_version(dataset, self.versions(dataset)[-1])

    def content(self, dataset: str, version: int, suffix: str) -> bytes:
        """Return a file's bytes; `dataset` and `version` exist."""
        file = f"{dataset}/v{version}{suffix}"
        try:
            return (self.root / file).read_bytes()
        except _UNREADABLE as error:
            raise damaged(file, error) from error

    def on_disk(self, dataset: str, version: int) -> FileOnDisk:
        """Return a CSV as a file on disk; `dataset` and `version` exist."""
        file = f"{dataset}/v{version}.csv"
        entry = self.root / file
        if not entry.is_file():
            raise damaged(file, "it is missing")
        if isinstance(entry, Path):
            return FileOnDisk(entry)
        # Out of a zip the block makes a copy, and only inside it there is a path.
        return cast("FileOnDisk", importlib_resources.as_file(entry))

    def _sidecar(self, dataset: str, version: int) -> Metadata:
        """Return what is known of a file; `dataset` and `version` exist."""
        return parse_sidecar(dataset, version, self.content(dataset, version, ".toml"))

    def frame(self, schema: type[Table], dataset: str, version: int) -> pd.DataFrame:
        """Return a file's checked rows, the caller's own; `dataset` and `version` exist."""
        file = dataset, version
        with LOCK:
            if file not in self._frames:
                self._frames[file] = self._checked(schema, *file)
            frame: pd.DataFrame = own_copy(self._frames[file])
            return frame

    def holds(self, frame: pd.DataFrame) -> bool:
        """Say whether a frame is a dataset as loaded in this process, or pinned, unchanged."""
        origin = frame.attrs.get("ukcso", {})
        if origin.get("version") == OWN:
            label = str(version_in(origin))
            pins = _scopes.own_pins(str(origin.get("dataset")))
            return any(same_own(label, own) and frame.equals(own.frame) for own in pins)
        loaded = self._frames.get((origin.get("dataset", ""), origin.get("version", 0)))
        return loaded is not None and bool(frame.equals(loaded))

    def _checked(self, schema: type[Table], dataset: str, version: int) -> pd.DataFrame:
        file, content = f"{dataset}/v{version}.csv", self.content(dataset, version, ".csv")
        facts = self.sidecar(dataset, version)
        digest = hashlib.sha256(content).hexdigest()
        if digest != facts.sha256:
            raise damaged(file, f"expected SHA-256 {facts.sha256}, found {digest}")
        try:
            frame = conform(parse_csv(content, schema), schema, dataset, version)
        except ValueError as error:  # of the CSV, of UTF-8 or of the schema
            msg = f"{file} breaks its own schema: {error}"
            raise DatasetIntegrityError(msg) from error
        if len(frame) != facts.rows:
            raise damaged(file, f"expected {facts.rows} rows, found {len(frame)}")
        frame.attrs["ukcso"] = {"dataset": dataset, "version": version}
        return frame


#: What this release ships.
STORE = Store(importlib_resources.files("ukcso.datasets") / "data")


def own_copy(value: Any) -> Any:
    """
    Return a copy of a frame that shares nothing with it, and anything else as it is.

    pandas 2 lets a caller write into labels, which its own copies share.
    """
    if isinstance(value, (pd.DataFrame, pd.Series)):
        value = value.copy()
        value.index = _own_labels(value.index)
        if isinstance(value, pd.DataFrame):
            value.columns = _own_labels(value.columns)
    return value


def _own_labels(labels: pd.Index[Any]) -> pd.Index[Any]:
    return labels[:] if isinstance(labels, pd.RangeIndex) else labels.copy(deep=True)


def _take_lock() -> None:
    """Wait for what other threads load: a fork amid parsing leaves locks of pandas held."""
    LOCK.acquire()


def _release_lock() -> None:
    LOCK.release()


def _renew_lock() -> None:
    """Give a forked child a lock that no thread holds: those of its parent are not there."""
    global LOCK  # noqa: PLW0603 - there is one
    LOCK = threading.RLock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(
        before=_take_lock, after_in_parent=_release_lock, after_in_child=_renew_lock
    )
