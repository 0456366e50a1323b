"""
Versioned CSV datasets, each with a schema, a sidecar of provenance and a loader.

- `list_datasets`: what is shipped.
- `load_<dataset>`, or `load` by name: a checked frame, the caller's own.
- `metadata`: where a dataset is from, under what licence.
- `path`: the CSV itself.
- `pinned`: fix versions for a stretch of code.
- `validate`: a frame of your own against a dataset's schema.

A dataset is a folder `data/<dataset>` and a module of the same name here, which
holds its schema class and its loader.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from ukcso.datasets import _files, _validate
from ukcso.datasets._columns import DTYPES, rows, typed
from ukcso.datasets._files import names, path, resolve
from ukcso.datasets._metadata import Metadata, metadata
from ukcso.datasets._origin import tells_origin
from ukcso.datasets._read import read_csv
from ukcso.datasets._versions import cached_by_version, pinned
from ukcso.datasets.areas import Areas, load_areas
from ukcso.datasets.breaks import Breaks, load_breaks
from ukcso.datasets.claims import Claims, load_claims
from ukcso.datasets.figures import Figures, load_figures
from ukcso.datasets.local_authorities import LocalAuthorities, load_local_authorities
from ukcso.datasets.measures import Measures, load_measures
from ukcso.datasets.offence_codes import OffenceCodes, load_offence_codes
from ukcso.datasets.population import Population, load_population
from ukcso.datasets.recorded_crime import RecordedCrime, load_recorded_crime
from ukcso.datasets.recorded_crime_national import (
    RecordedCrimeNational,
    load_recorded_crime_national,
)
from ukcso.datasets.recorded_crime_northern_ireland import (
    RecordedCrimeNorthernIreland,
    load_recorded_crime_northern_ireland,
)
from ukcso.datasets.recorded_crime_scotland import (
    RecordedCrimeScotland,
    load_recorded_crime_scotland,
)
from ukcso.datasets.releases import Releases, load_releases
from ukcso.datasets.sources import QUALITIES, Sources, load_sources

if TYPE_CHECKING:
    from collections.abc import Callable

    from ukcso.datasets._schema import Table

__all__ = [
    "DTYPES",
    "QUALITIES",
    "Metadata",
    "cached_by_version",
    "list_datasets",
    "load",
    "load_areas",
    "load_breaks",
    "load_claims",
    "load_figures",
    "load_local_authorities",
    "load_measures",
    "load_offence_codes",
    "load_population",
    "load_recorded_crime",
    "load_recorded_crime_national",
    "load_recorded_crime_northern_ireland",
    "load_recorded_crime_scotland",
    "load_releases",
    "load_sources",
    "metadata",
    "names",
    "path",
    "pinned",
    "read_csv",
    "resolve",
    "rows",
    "schema",
    "tells_origin",
    "typed",
    "validate",
]

_DATASETS: dict[str, tuple[type[Table], Callable[..., pd.DataFrame]]] = {
    "areas": (Areas, load_areas),
    "breaks": (Breaks, load_breaks),
    "claims": (Claims, load_claims),
    "figures": (Figures, load_figures),
    "local_authorities": (LocalAuthorities, load_local_authorities),
    "measures": (Measures, load_measures),
    "offence_codes": (OffenceCodes, load_offence_codes),
    "population": (Population, load_population),
    "recorded_crime": (RecordedCrime, load_recorded_crime),
    "recorded_crime_national": (RecordedCrimeNational, load_recorded_crime_national),
    "recorded_crime_northern_ireland": (
        RecordedCrimeNorthernIreland,
        load_recorded_crime_northern_ireland,
    ),
    "recorded_crime_scotland": (RecordedCrimeScotland, load_recorded_crime_scotland),
    "releases": (Releases, load_releases),
    "sources": (Sources, load_sources),
}


def load(dataset: str, version: int | None = None) -> pd.DataFrame:
    """
    Load a dataset by its name; `load_<dataset>` is the same with a typed result.

    Parameters
    ----------
    dataset
        A name from `list_datasets`.
    version
        Data version; None is the newest shipped. Pin it in anything you publish.

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
    name, number = _files.resolve(dataset, version)
    return _DATASETS[name][1](version=number)


def schema(dataset: str) -> type[Table]:
    """
    Return the pandera schema class of a dataset.

    Parameters
    ----------
    dataset
        A name from `list_datasets`.

    Raises
    ------
    UnknownDatasetError
        The dataset is not shipped.

    Examples
    --------
    >>> schema("figures").__name__
    'Figures'
    """
    name, _ = _files.resolve(dataset)
    return _DATASETS[name][0]


def validate(frame: pd.DataFrame, dataset: str) -> pd.DataFrame:
    """
    Check a frame of your own against a dataset's schema.

    Parameters
    ----------
    frame
        Columns exactly as the dataset declares them, in its order. Text that
        reads as a date or number is converted.
    dataset
        A name from `list_datasets`.

    Returns
    -------
    DataFrame
        A copy with the declared types, index kept.

    Raises
    ------
    SchemaError
        Some cell breaks a rule; `.failures` lists every one of them (row, column,
        value, rule).
    UnknownDatasetError
        The dataset is not shipped.

    Examples
    --------
    >>> own = load_figures(version=1).head(3).assign(hedge=["exact", "roughly", "exact"])
    >>> validate(own, "figures")
    Traceback (most recent call last):
    ukcso.errors.SchemaError: figures: 1 failure against the schema
      row 1, column hedge: 'roughly' must be one of ...
    """
    return _validate.check(frame, schema(dataset), dataset)


def list_datasets() -> pd.DataFrame:
    """
    Every dataset and version this release ships.

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
    entries = [
        metadata(name, version) for name in _files.names() for version in _files.versions(name)
    ]
    return pd.DataFrame(
        [[getattr(entry, c) for c in columns] for entry in entries], columns=columns
    )
