"""
`croissant.json`: Croissant 1.0 (JSON-LD on schema.org), from sidecars and schemas only.

https://docs.mlcommons.org/croissant/docs/croissant-spec.html has the standard. Records
of CSV and Parquet files can be read through it. Croissant has no word for a sheet or
for a table of a database: there, each is a `FileObject` contained in the one file, so
that columns, types and keys are told, but no tool extracts records. References of a
table to itself are left out, because mlcroissant joins tables on references and cannot
join one with itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ukcso._version import DESCRIPTION, TITLE, __version__
from ukcso.export._described import Column, stated
from ukcso.export._terms import LICENCES
from ukcso.export._written import Written

#: The context of the standard, as it prints it.
_NAMES = """
    @language @vocab citeAs column conformsTo cr rai data dataType dct equivalentProperty
    examples extract field fileProperty fileObject fileSet format includes isLiveDataset
    jsonPath key md5 parentField path recordSet references regex repeated replace
    samplingRate sc separator source subField transform
"""
_CONTEXT: dict[str, Any] = {name: f"cr:{name}" for name in _NAMES.split()} | {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "sc": "https://schema.org/",
}
_TYPES = {"text": "sc:Text", "day": "sc:Date", "whole": "sc:Integer", "number": "sc:Float"}
#: mlcroissant reads Parquet under this name only.
_ENCODINGS = {"parquet": "application/x-parquet"}


def croissant(files: Sequence[Written]) -> dict[str, Any]:
    """Return the descriptor of what was written."""
    facts = [file.dataset.facts for file in files]
    names = {f.licence: LICENCES[f.licence].path or f.licence for f in facts}
    publishers = sorted({f.publisher for f in facts})
    days = [f.retrieved for f in facts if f.retrieved]  # of own data nobody knows one
    whole_files = {file.name: _file(file) for file in files}
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": "ukcso",
        "description": f"{TITLE}. {DESCRIPTION}",
        "version": __version__,
        "license": sorted(names.values()),
        "creator": [{"@type": "sc:Organization", "name": name} for name in publishers],
        # no clock: nothing here is older than the day on which its source was last read
        **({"datePublished": max(days)} if days else {}),
        "citeAs": " ".join(dict.fromkeys(f.attribution for f in facts)),
        "distribution": [*whole_files.values(), *(_part(file) for file in files if file.is_part)],
        "recordSet": [_records(file) for file in files],
    }


def _file(file: Written) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": file.name,
        "name": file.name,
        "contentUrl": file.name,
        "contentSize": f"{file.size} B",
        "encodingFormat": _ENCODINGS.get(file.format, file.mediatype),
        "sha256": file.sha256,
    }


def _part(file: Written) -> dict[str, Any]:
    name = file.dataset.name
    return {
        "@type": "cr:FileObject",
        "@id": f"{file.name}/{name}",
        "name": name,
        "description": f"The table {name} inside {file.name}.",
        "containedIn": {"@id": file.name},
        "contentUrl": name,
        "encodingFormat": file.mediatype,
    }


def _records(file: Written) -> dict[str, Any]:
    dataset = file.dataset
    source = f"{file.name}/{dataset.name}" if file.is_part else file.name
    return {
        "@type": "cr:RecordSet",
        "@id": dataset.name,
        "name": dataset.name,
        "description": dataset.facts.title,
        "key": [{"@id": f"{dataset.name}/{column}"} for column in dataset.key],
        "field": [_field(dataset.name, column, source) for column in dataset.columns],
    }


def _field(dataset: str, column: Column, source: str) -> dict[str, Any]:
    unit = f" Unit: {column.unit}." if column.unit else ""
    refers = column.references if column.references and column.references[0] != dataset else None
    entries = {
        "@type": "cr:Field",
        "@id": f"{dataset}/{column.name}",
        "name": column.name,
        "description": f"{column.description}.{unit}",
        "dataType": _TYPES[column.kind],
        "source": {"fileObject": {"@id": source}, "extract": {"column": column.name}},
        "references": refers and {"field": {"@id": "/".join(refers)}},
    }
    return stated(entries)
