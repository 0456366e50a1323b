"""Own rows and shipped ones as one frame: the own value stands, and what it replaced is told."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from ukcso.datasets._own import OWN, hash_of_text, said_of_file
from ukcso.datasets._read import read, schema
from ukcso.datasets._revisions import compared, rows_of
from ukcso.datasets._store import own_copy
from ukcso.datasets._validate import conform
from ukcso.errors import InvalidInputError, refusal

#: Rows of which one at most is preferred.
_PREFERRED_OF = ["area_id", "mid_year", "age_band"]


class Replaced(tuple[Mapping[str, Any], ...]):
    """What own values replaced; pandas copies attrs with every frame, and this costs nothing."""

    __slots__ = ()

    def __deepcopy__(self, _: object) -> Replaced:
        return self


def combine(shipped: str | pd.DataFrame, own: pd.DataFrame) -> pd.DataFrame:
    """
    Put rows of your own and those of a dataset together; where both have a row, yours stands.

    Parameters
    ----------
    shipped
        A name from `list_datasets`, for the version that is pinned, else the newest; or a
        frame as `load` gives it.
    own
        Rows that fit the schema of the same dataset.

    Returns
    -------
    DataFrame
        Fits the schema, for `pinned`: rows where the dataset has them, new ones below.
        ``attrs["ukcso"]`` says what it is made from: version "own", file and sha256 as yours
        says, combined_with (version by dataset) and replaced, one mapping for each value that
        yours stands for: the key of the row, column, shipped, own.

    Raises
    ------
    SchemaError
        A frame does not fit the schema.
    UnknownDatasetError
        No such dataset.
    InvalidInputError
        A frame that does not say of which dataset it is.

    Notes
    -----
    An estimate of residents that yours is preferred to stays there and is no longer preferred.

    Examples
    --------
    >>> import ukcso
    >>> crime = ukcso.load_recorded_crime(version=1).head(1)
    >>> crime["offences"] += 5
    >>> together = combine(ukcso.load_recorded_crime(version=1), crime)
    >>> len(together), [(it["shipped"], it["own"]) for it in together.attrs["ukcso"]["replaced"]]
    (35640, [(30, 35)])
    """
    name, theirs = _shipped(shipped)
    declared = schema(name)
    mine = conform(own, declared, name)
    key = list(declared.to_schema().unique)
    cells = compared(name, theirs, mine)
    cells = cells[cells["change"] == "changed"]
    origins = theirs.attrs["ukcso"], _said(mine, name)
    order = pd.MultiIndex.from_frame(theirs[key])
    kept = theirs[~order.isin(pd.MultiIndex.from_frame(mine[key]))]
    if "preferred" in kept:
        preferred = pd.MultiIndex.from_frame(mine.loc[mine["preferred"] == 1, _PREFERRED_OF])
        later = pd.MultiIndex.from_frame(kept[_PREFERRED_OF]).isin(preferred)
        kept = kept.assign(preferred=kept["preferred"].mask(later, 0))
    kept.attrs, mine.attrs = {}, {}
    together = conform(pd.concat([kept, mine], ignore_index=True)[list(mine)], declared, name)
    places = order.get_indexer(pd.MultiIndex.from_frame(together[key]))
    places = np.where(places < 0, len(order), places)
    together = together.iloc[places.argsort(kind="stable")].reset_index(drop=True)
    together.attrs["ukcso"] = _origin(name, *origins) | {"replaced": _replaced(cells)}
    return together


def _shipped(given: object) -> tuple[str, pd.DataFrame]:
    """Return the name of a dataset, and its rows with what they say of themselves."""
    if isinstance(given, str):
        return given, read(schema(given), None)
    if not isinstance(given, pd.DataFrame):
        raise refusal(given, "shipped", "the name of a dataset, or its frame")
    name = given.attrs.get("ukcso", {}).get("dataset")
    if name is None:
        msg = "shipped must say of which dataset it is, as load does (pandas drops attrs in "
        msg += 'merges); name the dataset instead: combine("recorded_crime", own)'
        raise InvalidInputError(msg)
    frame = own_copy(given)
    return str(name), conform(frame, schema(str(name)), str(name))


def _said(own: pd.DataFrame, dataset: str) -> Mapping[str, Any]:
    """Return what own rows say of their file; of none, the hash is that of their CSV text."""
    if origin := said_of_file(own, dataset):
        return {"file": origin.get("file"), "sha256": str(origin.get("sha256"))}
    return {"file": None, "sha256": hash_of_text(own)}


def _origin(dataset: str, theirs: Mapping[str, Any], mine: Mapping[str, Any]) -> dict[str, Any]:
    """Return what two frames together are from; two own ones as readers say it of several files."""
    file, sha256 = mine["file"], mine["sha256"]
    beside = {dataset: theirs.get("version")}
    if theirs.get("version") == OWN:
        files = (it or "rows" for it in (file, theirs.get("file")))
        file = "; ".join(files)
        sha256 = hashlib.sha256(f"{sha256}{theirs.get('sha256')}".encode()).hexdigest()
        beside = dict(theirs.get("combined_with", {}))
    return {
        "dataset": dataset,
        "version": OWN,
        "file": file,
        "sha256": sha256,
        "combined_with": beside,
    }


def _replaced(cells: pd.DataFrame) -> Replaced:
    """Return changed cells as plain values, which attrs can hold and a file can too."""
    names = [str(name) for name in cells]
    keys = names[: names.index("change")]
    found = []
    for row in rows_of(cells):
        sides = {
            side: row[f"{column}_text"] if pd.isna(row[column]) else _number(row[column])
            for side, column in (("shipped", "before"), ("own", "after"))
        }
        plain = {side: None if pd.isna(cell) else cell for side, cell in sides.items()}
        where = {name: _plain(row[name]) for name in keys}
        found.append({**where, "column": row["column"], **plain})
    return Replaced(found)


def _number(value: float) -> float:
    return int(value) if value.is_integer() else value


def _plain(cell: Any) -> object:
    if isinstance(cell, pd.Timestamp):
        return cell.date().isoformat()
    return cell.item() if hasattr(cell, "item") else cell
