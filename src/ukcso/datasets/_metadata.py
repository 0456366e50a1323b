"""The sidecar beside each CSV: where it is from, under what licence, its hash."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from functools import cache

from ukcso.datasets import _files
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


@cache
def _parse(dataset: str, version: int) -> Metadata:
    facts = tomllib.loads(_files.read_bytes(dataset, version, ".toml").decode())
    known = {field.name for field in fields(Metadata)} - {"dataset", "version"}
    required = known - {"supersedes", "changes"}
    if missing := sorted(required - facts.keys()) + sorted(facts.keys() - known):
        msg = f"{dataset}/v{version}.toml: missing or unknown entries: {listed(missing)}"
        raise DatasetIntegrityError(msg)
    return Metadata(dataset=dataset, version=version, **facts)


def metadata(dataset: str, version: int | None = None) -> Metadata:
    """
    Provenance of a dataset: publisher, source, licence, coverage, hash.

    Parameters
    ----------
    dataset
        A name from `list_datasets`.
    version
        Data version; None is the newest shipped.

    Returns
    -------
    Metadata
        A frozen dataclass, one field per fact.

    Raises
    ------
    UnknownDatasetError
        The dataset or the version is not shipped; the message lists what is.

    Examples
    --------
    >>> metadata("recorded_crime", version=1).publisher
    'Home Office'
    """
    return _parse(*_files.resolve(dataset, version))
