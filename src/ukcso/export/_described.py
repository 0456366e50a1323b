"""What schema and sidecar say of a dataset, as every format needs it."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from graphlib import TopologicalSorter
from typing import Any

import pandas as pd

from ukcso.datasets import DATASETS, Metadata, load, metadata, schema
from ukcso.errors import InvalidInputError

_Cells = dict[str, list[Any]]
_KINDS = {
    "text": "text",
    "day": "day",
    "whole number": "whole",
    "whole number or empty": "whole",
    "float64": "number",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: kind (text, day, whole, number), unit and rules."""

    name: str
    kind: str
    description: str
    unit: str
    filled: bool
    unique: bool
    #: Dataset and column whose cells the filled cells are; None too where that is not exported.
    references: tuple[str, str] | None
    #: pandera's name of a check to its value: isin, has_form, greater_than_or_equal_to ...
    rules: Mapping[str, Any] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Dataset:
    """One version of one dataset, described."""

    facts: Metadata
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    #: Columns outside the key whose filled cells differ: other datasets may refer to them.
    distinct: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name of the dataset."""
        return self.facts.dataset

    @property
    def frame(self) -> pd.DataFrame:
        """The checked rows, as `load` gives them."""
        return load(self.name, self.facts.version)

    @property
    def references(self) -> Iterable[tuple[str, tuple[str, str]]]:
        """Columns that refer to others, and to what."""
        return [(c.name, c.references) for c in self.columns if c.references]

    def cells(self, day: Callable[[pd.Timestamp], object] = pd.Timestamp.date) -> _Cells:
        """Return every column as Python's own values: str, int, float, None, days as asked."""
        frame = self.frame.astype(object).where(self.frame.notna(), None)
        columns = {column.name: frame[column.name].tolist() for column in self.columns}
        for column in self.columns:
            if column.kind == "day":
                columns[column.name] = [cell and day(cell) for cell in columns[column.name]]
        return columns


def described(versions: Mapping[str, int | str]) -> list[Dataset]:
    """
    Return what is known of datasets by name and version, in alphabetical order.

    They exist; of their references, those among them count.
    """
    return [_dataset(name, versions) for name in sorted(versions)]


def _dataset(name: str, versions: Mapping[str, int | str]) -> Dataset:
    version = versions[name]
    if isinstance(version, int):
        declared = schema(name).of_version(version)
    else:
        declared = schema(name).of_version(None, list(load(name, version)))
    columns = tuple(_column(str(c), column, versions) for c, column in declared.columns.items())
    named = (c.name for c in columns if c.unique or f"{name}.{c.name}" in _referred())
    distinct = tuple(column for column in named if [column] != declared.unique)
    return Dataset(metadata(name, versions[name]), columns, tuple(declared.unique), distinct)


def _column(name: str, declared: Any, there: Container[str]) -> Column:
    facts = declared.metadata or {}
    dataset, _, column = facts.get("references", "").partition(".")
    return Column(
        name,
        _KINDS[str(declared.dtype)],
        declared.description,
        unit=facts.get("unit", ""),
        filled=not declared.nullable,
        unique=declared.unique,
        references=(dataset, column) if dataset in there else None,
        rules={check.name: next(iter(check.statistics.values())) for check in declared.checks},
    )


@cache
def _referred() -> frozenset[str]:
    """Return the columns that some column of some dataset refers to, as `dataset.column`."""
    columns = (c for name in DATASETS for c in schema(name).to_schema().columns.values())
    return frozenset((column.metadata or {}).get("references", "") for column in columns)


def version_read(written: object) -> int | str:
    """Return a version as it was written: a number, or "own"."""
    text = str(written)
    return int(text) if text.isdecimal() else text


def stated(entries: Mapping[str, Any]) -> dict[str, Any]:
    """Return the entries that say something: all that are not None."""
    return {name: entry for name, entry in entries.items() if entry is not None}


def parents_first(datasets: Iterable[Dataset]) -> list[Dataset]:
    """Return datasets so that each comes after those it refers to."""
    by_name = {dataset.name: dataset for dataset in datasets}
    parents = {
        name: sorted({parent for _, (parent, _) in dataset.references} - {name})
        for name, dataset in by_name.items()
    }
    return [by_name[name] for name in TopologicalSorter(parents).static_order()]


def require_references(datasets: Iterable[Dataset]) -> None:
    """
    Refuse versions that do not fit together: a database would.

    Raises
    ------
    InvalidInputError
        A cell names a row that the other dataset does not have in the version asked for.
    """
    by_name = {dataset.name: dataset for dataset in datasets}
    for dataset in by_name.values():
        for column, (parent, key) in dataset.references:
            named = dataset.frame[column].dropna()
            lost = named[~named.isin(by_name[parent].frame[key].dropna())]
            if len(lost):
                msg = (
                    f"datasets must fit together; {dataset.name} version {dataset.facts.version} "
                    f"has {lost.iloc[0]!r} as {column} in row {lost.index[0]}, which is no {key} "
                    f"of {parent} version {by_name[parent].facts.version} ({len(lost)} such)"
                )
                raise InvalidInputError(msg)
