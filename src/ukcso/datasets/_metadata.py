"""The sidecar beside each CSV: where it is from, under what licence, its hash."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields

from ukcso.errors import DatasetIntegrityError, listed


@dataclass(frozen=True, slots=True)
class Metadata:
    """
    Provenance of one version of one dataset.

    Column types, units and allowed values are not here: they live in the schema.
    """

    dataset: str
    version: int
    title: str
    publisher: str
    publication: str
    #: A link, or "dataset:sources" where every row names its own source.
    source_url: str
    #: ISO day or month of publication; "various" where rows have their own.
    published: str
    #: ISO day the facts were last read from the source.
    retrieved: str
    licence: str
    #: The sentence the licence asks re-users to print.
    attribution: str
    #: Area, period and what is left out.
    coverage: str
    #: accredited official statistics, official statistics, or compiled.
    status: str
    #: Known faults and oddities of the source, which are shipped as they are.
    known_issues: str
    sha256: str
    rows: int
    #: First and last ISO day spoken of; empty where rows have no period.
    period_start: str
    period_end: str
    #: The version this one replaces, and which cells moved by how much.
    supersedes: int | None = None
    changes: str = ""


_ENTRIES = {field.name for field in fields(Metadata)} - {"dataset", "version"}
_WHOLE_NUMBERS = {"rows", "supersedes"}
_ONLY_LATER = {"supersedes", "changes"}


def damaged(file: str, why: object) -> DatasetIntegrityError:
    """Return the error of a file that is not as it was released."""
    msg = f"{file} is not the file that was released: {why}; reinstall ukcso"
    return DatasetIntegrityError(msg)


def parse_sidecar(dataset: str, version: int, content: bytes) -> Metadata:
    """
    Read a sidecar.

    Raises
    ------
    DatasetIntegrityError
        It is no TOML, or an entry is missing, unknown or of another type.
    """
    file = f"{dataset}/v{version}.toml"
    try:
        facts = tomllib.loads(content.decode())
    except ValueError as error:  # of TOML or of UTF-8
        raise damaged(file, error) from error
    missing = sorted(_ENTRIES - _ONLY_LATER - facts.keys())
    if wrong := missing + sorted(facts.keys() - _ENTRIES):
        msg = f"{file}: missing or unknown entries: {listed(wrong)}"
        raise DatasetIntegrityError(msg)
    for name, fact in facts.items():
        if type(fact) is not (int if name in _WHOLE_NUMBERS else str):
            msg = f"{file}: {name} cannot be {fact!r}; reinstall ukcso"
            raise DatasetIntegrityError(msg)
    return Metadata(dataset=dataset, version=version, **facts)
