"""
`datapackage.json`: a Data Package of version 2, from sidecars and schemas only.

https://datapackage.org/standard/data-package/ has the standard. Tables inside a
workbook or database are resources of one path, told apart by their table dialect;
frictionless finds the sheet or table by the entries `excel` and `sql` beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from typing import Any

from ukcso._version import DESCRIPTION, TITLE, __version__
from ukcso.datasets import Metadata
from ukcso.export._described import Column, Dataset, stated
from ukcso.export._terms import LICENCES
from ukcso.export._written import Written

_PROFILE = "https://datapackage.org/profiles/2.0/{}.json"
_TYPES = {"text": "string", "day": "date", "whole": "integer", "number": "number"}
_CONSTRAINTS = {
    "isin": "enum",
    "has_form": "pattern",
    "greater_than_or_equal_to": "minimum",
    "less_than_or_equal_to": "maximum",
}
_DIALECTS: dict[str, Callable[[str], dict[str, Any]]] = {
    "csv": lambda _: {
        "header": True,
        "delimiter": ",",
        "lineTerminator": "\n",
        "quoteChar": '"',
        "doubleQuote": True,
    },
    "parquet": lambda _: {},
    "xlsx": lambda name: {"sheetName": name, "excel": {"sheet": name}},
    "sqlite": lambda name: {"table": name, "sql": {"table": name}},
    "duckdb": lambda name: {"table": name, "sql": {"table": name}},
}


def datapackage(files: Sequence[Written]) -> dict[str, Any]:
    """Return the descriptor of what was written."""
    facts = [file.dataset.facts for file in files]
    return {
        "$schema": _PROFILE.format("datapackage"),
        "name": "ukcso",
        "title": TITLE,
        "description": DESCRIPTION,
        "version": __version__,
        "licenses": _distinct(_licence(f) for f in facts),
        "sources": _distinct(_source(f) for f in facts),
        "contributors": _distinct({"title": f.publisher, "roles": ["creator"]} for f in facts),
        "resources": [_resource(file) for file in files],
    }


def _resource(file: Written) -> dict[str, Any]:
    facts = file.dataset.facts
    dialect = _DIALECTS[file.format](facts.dataset)
    entries = {
        "$schema": _PROFILE.format("dataresource"),
        "name": facts.dataset,
        "type": "table",
        "path": file.name,
        "title": facts.title,
        "description": facts.coverage,
        "version": str(facts.version),
        "format": file.format,
        "mediatype": file.mediatype,
        "encoding": "utf-8" if file.format == "csv" else None,  # of text files only
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
        "licenses": [_licence(facts)],
        "sources": [_source(facts)],
        "schema": _schema(file.dataset),
        # the sidecar in full, for the standard has no place for all of it
        "ukcso": stated(asdict(facts)),
        "dialect": {"$schema": _PROFILE.format("tabledialect"), **dialect} if dialect else None,
    }
    return stated(entries)


def _schema(dataset: Dataset) -> dict[str, Any]:
    entries = {
        "$schema": _PROFILE.format("tableschema"),
        "fields": [_field(column) for column in dataset.columns],
        "missingValues": [""],
        "primaryKey": list(dataset.key),
        "uniqueKeys": [[column] for column in dataset.distinct] or None,
        "foreignKeys": [_foreign_key(dataset.name, *pair) for pair in dataset.references] or None,
    }
    return stated(entries)


def _field(column: Column) -> dict[str, Any]:
    constraints = {"required": column.filled, "unique": column.unique or None}
    constraints |= {_CONSTRAINTS[rule]: value for rule, value in column.rules.items()}
    entries = {
        "name": column.name,
        "type": _TYPES[column.kind],
        "format": "default",
        "description": column.description,
        "constraints": stated(constraints),
        "unit": column.unit or None,
    }
    return stated(entries)


def _foreign_key(dataset: str, column: str, reference: tuple[str, str]) -> dict[str, Any]:
    """Return a foreign key; the standard leaves the resource out where it is the same."""
    parent, key = reference
    other = parent if parent != dataset else None
    return {"fields": [column], "reference": stated({"resource": other, "fields": [key]})}


def _licence(facts: Metadata) -> dict[str, Any]:
    name, path = LICENCES[facts.licence]
    return stated({"name": name, "title": facts.licence, "path": path or None})


def _source(facts: Metadata) -> dict[str, Any]:
    by_row = facts.source_url.startswith("dataset:")  # every row names its own source
    return stated({"title": facts.publication, "path": None if by_row else facts.source_url})


def _distinct(entries: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return each entry once, in alphabetical order."""
    return sorted({str(entry): entry for entry in entries}.values(), key=lambda e: str(e["title"]))
