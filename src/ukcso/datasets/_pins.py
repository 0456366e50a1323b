"""Own data in the place of datasets: checked against schemas and each other, and remembered."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from functools import cache
from graphlib import TopologicalSorter
from typing import Any

import pandas as pd

from ukcso.datasets import _scopes, _store
from ukcso.datasets._keys import broken_keys, mentions_of
from ukcso.datasets._own import OWN, OWN_ID, Own, Version, hash_of_text, said_of_file
from ukcso.datasets._read import require_dataset, resolve_version, schema
from ukcso.datasets._schema import Table
from ukcso.datasets._validate import Failure, conform
from ukcso.errors import InvalidInputError

#: So many frames are remembered as checked.
_MOST_CHECKED = 8


def standing_in(asked: Mapping[str, object]) -> dict[str, Version]:
    """
    Return what stands for each dataset that a caller named, with a version or with rows.

    What the rows name must be there among the rows given for other datasets, or where none
    are given, in the version that stands.

    Raises
    ------
    UnknownDatasetError
        A dataset or version is not shipped.
    SchemaError
        Rows break the schema, or name what is not there; every cell is listed.
    InvalidInputError
        A frame of another library than pandas.
    """
    for name, given in asked.items():
        if hasattr(given, "columns") and not isinstance(given, pd.DataFrame):
            msg = f"{name} must be a version or a pandas DataFrame; got {type(given).__name__} of "
            msg += f"{type(given).__module__.partition('.')[0]}: its to_pandas() gives one"
            raise InvalidInputError(msg)
    frames = {
        require_dataset(name): given
        for name, given in asked.items()
        if isinstance(given, pd.DataFrame)
    }
    pins = dict(resolve_version(name, given) for name, given in asked.items() if name not in frames)
    # Parents first: what is wrong with their rows is told before what is wrong with their names.
    named_by = {name: _named_by(schema(name)) - {name} for name in frames}
    order = [name for name in TopologicalSorter(named_by).static_order() if name in frames]
    return pins | {name: _checked(name, frames, pins) for name in order}


def _checked(dataset: str, frames: Mapping[str, pd.DataFrame], pins: Mapping[str, Version]) -> Own:
    """Return the rows for a dataset, with their declared types and numbered from 0."""
    given, declared = frames[dataset], schema(dataset)
    others = {name: _identity(name, frames, pins) for name in _named_by(declared)}
    mark = (dataset, _fingerprint(given), *sorted(others.items()))
    has_hash = "" not in {mark[1], *others.values()}
    with _store.LOCK:
        known = _store.STORE.checked.pop(mark, None)
    if known is None:

        @cache
        def cells_of(target: str) -> frozenset[str]:
            parent, _, column = target.partition(".")
            rows = frames[parent] if parent in frames else _rows(parent, pins)
            return frozenset(rows[column].dropna().astype(str) if column in rows else ())

        def broken(numbered: pd.DataFrame) -> Iterator[Failure]:
            # A file of somebody's own is its own release and source, unless their rows are given.
            own = {"release_id": "releases", "source_id": "sources"}
            for failure in broken_keys(numbered, declared, cells_of):
                parent = own.get(failure[1] or "")
                rowless = parent is not None and not (
                    parent in frames or isinstance(_standing(parent, pins), Own)
                )
                if not (rowless and str(failure[2]).startswith(OWN_ID)):
                    yield failure

        rows = conform(
            given,
            declared,
            dataset,
            more=broken,
        ).reset_index(drop=True)
        rows.attrs = {}
        known = rows, hash_of_text(rows)
    if has_hash:
        with _store.LOCK:
            _store.STORE.checked[mark] = known
            while len(_store.STORE.checked) > _MOST_CHECKED:
                _store.STORE.checked.popitem(last=False)
    rows, content = known
    return _own(dataset, rows, content, said_of_file(given, dataset))


def _own(dataset: str, rows: pd.DataFrame, content: str, said: Mapping[str, Any]) -> Own:
    """Return checked rows with what they say of the file that they are from."""
    file, sha256 = said.get("file"), str(said.get("sha256"))
    if not re.fullmatch("[0-9a-f]{64}", sha256):
        sha256 = content
    attrs = {**said, "dataset": dataset, "version": OWN, "file": file, "sha256": sha256}
    return Own(dataset, file, sha256, content, rows, attrs)


def _named_by(declared: type[Table]) -> set[str]:
    """Return the datasets whose rows the columns of a schema name."""
    columns = declared.to_schema().columns.values()
    targets = [target for column in columns for target in mentions_of(column).values()]
    return {target.partition(".")[0] for target in targets if target}


def _identity(dataset: str, frames: Mapping[str, pd.DataFrame], pins: Mapping[str, Version]) -> str:
    if dataset in frames:
        return _fingerprint(frames[dataset])
    return str(_scopes.identity(_standing(dataset, pins)))


def _standing(dataset: str, pins: Mapping[str, Version]) -> Version:
    return pins[dataset] if dataset in pins else _store.STORE.standing(dataset)


def _rows(dataset: str, pins: Mapping[str, Version]) -> pd.DataFrame:
    version = _standing(dataset, pins)
    if isinstance(version, Own):
        return version.frame
    return _store.STORE.frame(schema(dataset), dataset, version)


def _fingerprint(frame: pd.DataFrame) -> str:
    """Return what tells a frame from others, fast; empty where its cells have no hash."""
    try:
        cells = pd.util.hash_pandas_object(frame, index=False).to_numpy().tobytes()
    except (TypeError, ValueError):
        return ""
    columns = [(str(name), str(kind)) for name, kind in frame.dtypes.items()]
    return hashlib.sha256(repr(columns).encode() + cells).hexdigest()
