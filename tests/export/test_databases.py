"""SQLite and DuckDB: types, keys and metadata are those of schema and sidecar."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

import ukcso
from ukcso import datasets
from ukcso.export import export

NAMES = sorted(set(ukcso.list_datasets()["dataset"]))
SQLITE = {
    "text": "TEXT",
    "day": "TEXT",
    "whole number": "INTEGER",
    "whole number or empty": "INTEGER",
    "float64": "REAL",
}
DUCKDB = {
    "text": "VARCHAR",
    "day": "DATE",
    "whole number": "BIGINT",
    "whole number or empty": "BIGINT",
    "float64": "DOUBLE",
}

every_dataset = pytest.mark.parametrize("name", NAMES)


def references(name: str) -> set[tuple[str, str, str]]:
    """Return what the schema says: column, table and column referred to."""
    return {
        (str(column), *declared.metadata["references"].split("."))
        for column, declared in datasets.schema(name).to_schema().columns.items()
        if "references" in (declared.metadata or {})
    }


@pytest.fixture(scope="module")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """Return a SQLite file with every dataset."""
    file, *_ = export(tmp_path_factory.mktemp("sqlite"), dict.fromkeys(NAMES, 1), "sqlite")
    with closing(sqlite3.connect(file)) as connection:
        yield connection


@pytest.fixture(scope="module")
def duckdb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Return a DuckDB file with every dataset."""
    package = pytest.importorskip("duckdb")
    file, *_ = export(tmp_path_factory.mktemp("duckdb"), dict.fromkeys(NAMES, 1), "duckdb")
    with package.connect(str(file), read_only=True) as connection:
        yield connection


class TestSQLite:
    """`ukcso.sqlite`."""

    def test_every_reference_is_found(self, sqlite: sqlite3.Connection) -> None:
        """SQLite itself finds no row without its parent, and no damage."""
        assert sqlite.execute("PRAGMA foreign_key_check").fetchall() == []
        assert sqlite.execute("PRAGMA integrity_check").fetchall() == [("ok",)]

    @every_dataset
    def test_columns(self, name: str, sqlite: sqlite3.Connection) -> None:
        """Names, types and NOT NULL follow the schema, the primary key its unique columns."""
        declared = datasets.schema(name).of_version(1)
        found = sqlite.execute(f"PRAGMA table_info({name})").fetchall()
        assert [(c[1], c[2], bool(c[3])) for c in found] == [
            (column, SQLITE[str(d.dtype)], not d.nullable) for column, d in declared.columns.items()
        ]
        key = [c[1] for c in sorted(found, key=lambda c: c[5]) if c[5]]
        assert key == list(declared.unique)

    @every_dataset
    def test_foreign_keys(self, name: str, sqlite: sqlite3.Connection) -> None:
        """Every reference that the schema declares is a key, those of a table to itself too."""
        found = sqlite.execute(f"PRAGMA foreign_key_list({name})").fetchall()
        assert {(key[3], key[2], key[4]) for key in found} == references(name)

    @pytest.mark.skipif(sqlite3.sqlite_version_info < (3, 37), reason="no strict tables")
    def test_tables_are_strict(self, sqlite: sqlite3.Connection) -> None:
        """A text can not be put into a column of numbers, not even by hand."""
        tables = sqlite.execute("PRAGMA table_list").fetchall()
        strict = {t[1] for t in tables if t[5]}
        assert strict == {*NAMES, "metadata"}

    def test_days_are_iso_text(self, sqlite: sqlite3.Connection) -> None:
        """SQLite's own functions read them."""
        query = "SELECT date, date(date) FROM breaks WHERE break_id = 'brk-001'"
        # The day on which section 15A came into force, as in data/breaks/v1.csv.
        assert sqlite.execute(query).fetchone() == ("2017-04-03", "2017-04-03")

    @every_dataset
    def test_metadata(self, name: str, sqlite: sqlite3.Connection) -> None:
        """The sidecar goes with the data, in full."""
        found = sqlite.execute("SELECT * FROM metadata WHERE dataset = ?", [name])
        names = [column[0] for column in found.description]
        (row,) = found.fetchall()
        assert dict(zip(names, row, strict=True)) == asdict(ukcso.metadata(name, version=1))

    def test_only_what_is_there_is_referred_to(self, tmp_path: Path) -> None:
        """Without its parents, a table has no foreign keys but those to itself."""
        file, *_ = export(tmp_path / "out", ["figures", "areas"], "sqlite")
        with closing(sqlite3.connect(file)) as connection:
            found = connection.execute("PRAGMA foreign_key_list(figures)").fetchall()
        assert [(key[3], key[2]) for key in found] == [("area_id", "areas")]

    def test_an_older_sqlite(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Before 3.37 there are no strict tables, so plain ones are made."""
        monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 34, 0))
        file, *_ = export(tmp_path / "out", "breaks", "sqlite")
        with closing(sqlite3.connect(file)) as connection:
            (sql,) = connection.execute(
                "SELECT sql FROM sqlite_master WHERE name = 'breaks'"
            ).fetchone()
        assert sql.endswith(")")


class TestDuckDB:
    """`ukcso.duckdb`."""

    @every_dataset
    def test_columns(self, name: str, duckdb: Any) -> None:
        """Names, types and NOT NULL follow the schema."""
        declared = datasets.schema(name).of_version(1)
        found = duckdb.execute(
            "SELECT column_name, data_type, is_nullable = 'YES' FROM information_schema.columns "
            "WHERE table_name = ? ORDER BY ordinal_position",
            [name],
        ).fetchall()
        assert found == [
            (column, DUCKDB[str(d.dtype)], d.nullable) for column, d in declared.columns.items()
        ]

    @every_dataset
    def test_keys(self, name: str, duckdb: Any) -> None:
        """Primary and foreign keys follow the schema, but for those of a table to itself."""
        found = duckdb.execute(
            "SELECT constraint_type, constraint_column_names, constraint_text "
            "FROM duckdb_constraints() WHERE table_name = ?",
            [name],
        ).fetchall()
        keys = [columns for kind, columns, _ in found if kind == "PRIMARY KEY"]
        assert keys == [list(datasets.schema(name).to_schema().unique)]
        referring = {
            (columns[0], text.partition(" REFERENCES ")[2].partition("(")[0].strip(' "'))
            for kind, columns, text in found
            if kind == "FOREIGN KEY"
        }
        assert referring == {(c, parent) for c, parent, _ in references(name) if parent != name}

    def test_metadata(self, duckdb: Any) -> None:
        """The sidecar goes with the data."""
        found = dict(duckdb.execute("SELECT dataset, sha256 FROM metadata").fetchall())
        assert found == {name: ukcso.metadata(name, version=1).sha256 for name in NAMES}

    def test_counts(self, duckdb: Any) -> None:
        """A sum by SQL is the sum by pandas."""
        (found,) = duckdb.execute("SELECT sum(offences) FROM recorded_crime").fetchone()
        assert found == ukcso.load_recorded_crime(version=1)["offences"].sum()
