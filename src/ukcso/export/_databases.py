"""SQLite and DuckDB: one file, a table per dataset, with keys."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

import pandas as pd

from ukcso.datasets import Metadata
from ukcso.errors import InvalidInputError, listed
from ukcso.export._described import Dataset, parents_first, version_read
from ukcso.outputs import optional

SQLITE_FILE = "ukcso.sqlite"
DUCKDB_FILE = "ukcso.duckdb"
METADATA = "metadata"

_SQLITE_TYPES = {"text": "TEXT", "day": "TEXT", "whole": "INTEGER", "number": "REAL"}
_DUCKDB_TYPES = {"text": "VARCHAR", "day": "DATE", "whole": "BIGINT", "number": "DOUBLE"}


def write_sqlite(folder: Path, datasets: Sequence[Dataset]) -> None:
    """Write one SQLite file: strict tables, days as ISO text."""
    # strict tables came with SQLite 3.37; a Python may be linked with an older one
    strict = " STRICT" if sqlite3.sqlite_version_info >= (3, 37) else ""
    with closing(sqlite3.connect(folder / SQLITE_FILE)) as connection, connection:
        _write_metadata(connection, datasets, _SQLITE_TYPES, strict)
        for dataset in parents_first(datasets):
            connection.execute(_table(dataset, _SQLITE_TYPES) + strict)
            cells = dataset.cells(day="{:%Y-%m-%d}".format).values()
            _insert(connection, dataset.name, zip(*cells, strict=True))


def write_duckdb(folder: Path, datasets: Sequence[Dataset]) -> None:
    """
    Write one DuckDB file.

    References of a table to itself are not declared: DuckDB looks for the row referred
    to before it inserts, so England could not name England as its nation.
    """
    duckdb = optional("duckdb", "export")
    with duckdb.connect(str(folder / DUCKDB_FILE)) as connection:
        _write_metadata(connection, datasets, _DUCKDB_TYPES)
        for dataset in parents_first(datasets):
            connection.execute(_table(dataset, _DUCKDB_TYPES, to_itself=False))
            connection.from_df(dataset.frame).insert_into(dataset.name)


def _table(dataset: Dataset, types: Mapping[str, str], *, to_itself: bool = True) -> str:
    lines = [
        f'"{c.name}" {types[c.kind]}{" NOT NULL" if c.filled else ""}' for c in dataset.columns
    ]
    lines.append('PRIMARY KEY ("{}")'.format('", "'.join(dataset.key)))
    lines += [f'UNIQUE ("{name}")' for name in dataset.distinct]
    lines += [
        f'FOREIGN KEY ("{column}") REFERENCES "{parent}" ("{key}")'
        for column, (parent, key) in dataset.references
        if to_itself or parent != dataset.name
    ]
    return _create(dataset.name, lines)


def _write_metadata(
    connection: Any, datasets: Iterable[Dataset], types: Mapping[str, str], options: str = ""
) -> None:
    facts = [asdict(dataset.facts) for dataset in datasets]
    kinds = {fact.name: "whole" if "int" in str(fact.type) else "text" for fact in fields(Metadata)}
    if any(dataset.facts.is_own for dataset in datasets):  # whose version is no number
        kinds["version"] = "text"
        facts = [fact | {"version": str(fact["version"])} for fact in facts]
    lines = [
        f'"{fact.name}" {types[kinds[fact.name]]}{"" if "None" in str(fact.type) else " NOT NULL"}'
        for fact in fields(Metadata)
    ]
    connection.execute(_create(METADATA, [*lines, 'PRIMARY KEY ("dataset")']) + options)
    _insert(connection, METADATA, [tuple(fact.values()) for fact in facts])


def _create(name: str, lines: Iterable[str]) -> str:
    inside = ",\n  ".join(lines)
    return f'CREATE TABLE "{name}" (\n  {inside}\n)'


def _insert(connection: Any, table: str, rows: Iterable[Sequence[object]]) -> None:
    filled = list(rows)
    marks = ", ".join("?" for _ in filled[0])
    connection.executemany(f'INSERT INTO "{table}" VALUES ({marks})', filled)  # noqa: S608 - a name of ours


def read_sqlite(folder: Path, dataset: str) -> tuple[pd.DataFrame, int | str]:
    """Return the frame and version of one dataset of a SQLite file."""
    file = folder / SQLITE_FILE
    with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        return _read(connection, file, dataset)


def read_duckdb(folder: Path, dataset: str) -> tuple[pd.DataFrame, int | str]:
    """Return the frame and version of one dataset of a DuckDB file."""
    file = folder / DUCKDB_FILE
    with optional("duckdb", "export").connect(str(file), read_only=True) as connection:
        return _read(connection, file, dataset)


def _read(connection: Any, file: Path, dataset: str) -> tuple[pd.DataFrame, int | str]:
    versions = dict(connection.execute(f'SELECT "dataset", "version" FROM "{METADATA}"').fetchall())  # noqa: S608 - a name of ours
    if dataset not in versions:
        msg = f"{file} has no table {dataset}; there are: {listed(versions)}"
        raise InvalidInputError(msg)
    result = connection.execute(f'SELECT * FROM "{dataset}" ORDER BY rowid')  # noqa: S608 - one of the names above
    columns = [entry[0] for entry in result.description]
    rows = pd.DataFrame(result.fetchall(), columns=columns, dtype=object)
    return rows, version_read(versions[dataset])
