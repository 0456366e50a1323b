"""
Versioned CSV datasets, each with a schema, a sidecar of provenance and a loader.

- `list_datasets`: what is shipped.
- `load_<dataset>`, or `load` by name: a checked frame, the caller's own.
- `metadata`: where a dataset is from, under what licence.
- `path`: the CSV itself.
- `pinned`: fix versions for a stretch of code, or put data of your own in their place.
- `validate`: a frame of your own against a dataset's schema.
- `revise`: what newer rows change in a dataset; `combine`: yours and the shipped ones together.

A dataset is a folder `data/<dataset>` and a module of the same name here, which
holds its schema class and its loader.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import pandas as pd

from ukcso.datasets import _validate
from ukcso.datasets._columns import DTYPES as DTYPES
from ukcso.datasets._columns import rows as rows
from ukcso.datasets._columns import typed as typed
from ukcso.datasets._combined import combine as combine
from ukcso.datasets._csv import read_own_csv as read_own_csv
from ukcso.datasets._keys import broken_keys
from ukcso.datasets._metadata import NOT_STATED as NOT_STATED
from ukcso.datasets._metadata import Metadata as Metadata
from ukcso.datasets._origin import has_sources as has_sources
from ukcso.datasets._origin import tells_origin as tells_origin
from ukcso.datasets._own import OWN as OWN
from ukcso.datasets._own import OWN_ID as OWN_ID
from ukcso.datasets._own import is_own as is_own
from ukcso.datasets._own import own_file as own_file
from ukcso.datasets._own import said_of_file as said_of_file
from ukcso.datasets._own import shipped_in as shipped_in
from ukcso.datasets._own import version_in as version_in
from ukcso.datasets._read import metadata as metadata
from ukcso.datasets._read import path as path
from ukcso.datasets._read import read
from ukcso.datasets._read import resolve_version as resolve_version
from ukcso.datasets._read import schema as schema
from ukcso.datasets._read import shipped_versions as shipped_versions
from ukcso.datasets._read import standing_version as standing_version
from ukcso.datasets._revisions import Revision as Revision
from ukcso.datasets._revisions import revise as revise
from ukcso.datasets._store import DATASETS as DATASETS
from ukcso.datasets._versions import cached_by_version as cached_by_version
from ukcso.datasets._versions import pinned as pinned
from ukcso.datasets.areas import area_names as area_names
from ukcso.datasets.areas import load_areas as load_areas
from ukcso.datasets.breaks import load_breaks as load_breaks
from ukcso.datasets.claims import load_claims as load_claims
from ukcso.datasets.figures import load_figures as load_figures
from ukcso.datasets.local_authorities import load_local_authorities as load_local_authorities
from ukcso.datasets.measures import load_measures as load_measures
from ukcso.datasets.offence_codes import load_offence_codes as load_offence_codes
from ukcso.datasets.population import load_population as load_population
from ukcso.datasets.recorded_crime import load_recorded_crime as load_recorded_crime
from ukcso.datasets.recorded_crime_national import (
    load_recorded_crime_national as load_recorded_crime_national,
)
from ukcso.datasets.recorded_crime_northern_ireland import (
    load_recorded_crime_northern_ireland as load_recorded_crime_northern_ireland,
)
from ukcso.datasets.recorded_crime_scotland import (
    load_recorded_crime_scotland as load_recorded_crime_scotland,
)
from ukcso.datasets.releases import load_releases as load_releases
from ukcso.datasets.sources import QUALITIES as QUALITIES
from ukcso.datasets.sources import load_sources as load_sources
from ukcso.errors import InvalidInputError

#: What a user calls; all other names are for the rooms of the house.
__all__ = ["Metadata", "Revision", "combine", "list_datasets", "load", "metadata", "path"]
__all__ += ["pinned", "revise", "validate"]
__all__ += [f"load_{name}" for name in DATASETS]


def load(dataset: str, version: int | str | None = None) -> pd.DataFrame:
    """
    Load a dataset by its name; `load_<dataset>` is the same with a typed result.

    Parameters
    ----------
    dataset
        A name from `list_datasets`.
    version
        Data version; None is the pinned one, else the newest shipped. Pin it in anything you
        publish.

    Returns
    -------
    DataFrame
        Checked against hash and schema; ``attrs["ukcso"]`` holds dataset and version.

    Raises
    ------
    UnknownDatasetError
        The dataset or the version is not shipped; the message lists what is.
    DatasetIntegrityError
        The shipped file is damaged.

    Examples
    --------
    >>> load("releases", version=1).attrs["ukcso"]
    {'dataset': 'releases', 'version': 1}
    """
    return read(schema(dataset), version)


def conform(frame: pd.DataFrame, dataset: str) -> pd.DataFrame:
    """
    Check a frame as `validate`, whatever rows of other datasets it names.

    Functions that take figures or claims of a caller's own ask for no more: a measure or
    a release that nobody else knows is fine there.
    """
    return _validate.conform(frame, schema(dataset), dataset)


def validate(
    frame: pd.DataFrame, dataset: str, *, beside: Mapping[str, pd.DataFrame] | None = None
) -> pd.DataFrame:
    """
    Check a frame of your own against a dataset's schema, and what it names against others.

    Areas, measures, sources and whatever else a cell names must be rows of their datasets,
    in the pinned version, else the newest. New ones of your own are handed over `beside`.

    Parameters
    ----------
    frame
        Columns exactly as the dataset declares them, in its order. Text that
        reads as a date or number is converted.
    dataset
        A name from `list_datasets`.
    beside
        Frames of your own by dataset, whose rows count too: ``{"sources": sources}``.
        They must fit their schemas; what they name themselves is their own `validate`.

    Returns
    -------
    DataFrame
        A copy with the declared types, index kept.

    Raises
    ------
    SchemaError
        Some cell breaks a rule; `.failures` lists every one of them (row, column,
        value, rule). `row` is the label in the frame's index, which counts from 0
        where none was set.
    UnknownDatasetError
        The dataset, or one beside it, is not shipped.
    InvalidInputError
        `beside` is no mapping.

    Examples
    --------
    >>> own = load_figures(version=1).head(3).assign(hedge=["exact", "roughly", "exact"])
    >>> validate(own, "figures")
    Traceback (most recent call last):
    ukcso.errors.SchemaError: figures: 1 failure against the schema; rows count from 0
      row 1, column hedge: 'roughly' must be one of ...
    """
    declared = schema(dataset)
    if not isinstance(beside or {}, Mapping):
        msg = f"beside must map datasets to frames; got {type(beside).__name__}"
        raise InvalidInputError(msg)
    frames = {name: [conform(own, name)] for name, own in (beside or {}).items()}
    if isinstance(frame, pd.DataFrame):
        frames.setdefault(dataset, []).append(frame)

    @cache
    def cells_of(target: str) -> frozenset[str]:
        parent, _, column = target.partition(".")
        there = [load(parent), *frames.get(parent, [])]
        cells = [own[column].dropna().astype(str) for own in there if column in own]
        return frozenset().union(*cells)

    return _validate.conform(
        frame, declared, dataset, more=lambda numbered: broken_keys(numbered, declared, cells_of)
    )


def list_datasets() -> pd.DataFrame:
    """
    Every dataset and version this release ships, whatever is pinned.

    Returns
    -------
    DataFrame, one row per dataset and version
        dataset, version, title, rows, period_start, period_end (ISO days, empty
        where rows have no period), publisher, licence, sha256.

    Examples
    --------
    >>> "figures" in set(list_datasets()["dataset"])
    True
    """
    columns = [
        "dataset",
        "version",
        "title",
        "rows",
        "period_start",
        "period_end",
        "publisher",
        "licence",
        "sha256",
    ]
    entries = [metadata(name, n) for name in DATASETS for n in shipped_versions(name)]
    return pd.DataFrame(entries, columns=columns)
