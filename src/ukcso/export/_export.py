"""From what was asked for to the files of an export."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple

import pandas as pd

from ukcso._rules import require_choice
from ukcso.datasets import DATASETS, resolve_version
from ukcso.errors import InvalidInputError, UkcsoError, refusal
from ukcso.export import _databases, _spreadsheet, _tables
from ukcso.export._croissant import croissant
from ukcso.export._datapackage import datapackage
from ukcso.export._described import Dataset, described, require_references
from ukcso.export._place import placed, refuse
from ukcso.export._written import Written
from ukcso.outputs import optional, path_of

Format = Literal["csv", "parquet", "sqlite", "duckdb", "xlsx"]
Datasets = str | Iterable[str] | Mapping[str, int | None] | None


class Kind(NamedTuple):
    """How a format is written and read, and what it needs."""

    write: Callable[[Path, Sequence[Dataset]], None]
    read: Callable[[Path, str], tuple[pd.DataFrame, int | str]]
    #: The one file of all datasets; None where each has its own.
    file: str | None = None
    #: A module outside the standard library.
    needs: str | None = None


KINDS = {
    "csv": Kind(_tables.write_csv, _tables.read_csv),
    "parquet": Kind(_tables.write_parquet, _tables.read_parquet, needs="pyarrow.parquet"),
    "sqlite": Kind(_databases.write_sqlite, _databases.read_sqlite, _databases.SQLITE_FILE),
    "duckdb": Kind(
        _databases.write_duckdb, _databases.read_duckdb, _databases.DUCKDB_FILE, "duckdb"
    ),
    "xlsx": Kind(_spreadsheet.write, _spreadsheet.read, _spreadsheet.FILE, "openpyxl"),
}
FORMATS = tuple(KINDS)
_DESCRIPTORS: dict[str, Callable[..., dict[str, Any]]] = {
    "datapackage.json": datapackage,
    "croissant.json": croissant,
}


def export(
    directory: str | os.PathLike[str],
    datasets: Datasets = None,
    format: Format = "csv",  # noqa: A002 - what a user calls it
    *,
    overwrite: bool = False,
) -> list[Path]:
    """
    Write datasets as files, with `datapackage.json` and `croissant.json` beside them.

    Parameters
    ----------
    directory
        A folder, there or not yet.
    datasets
        A name from `list_datasets`, some of them, or a mapping of names to versions.
        None is all of them. Where no version is given, it is the pinned one, else the newest
        shipped; own data that are pinned are written as such.
    format
        "csv" (the shipped files, byte for byte) or "parquet": a file per dataset;
        "sqlite", "duckdb" or "xlsx": one file with a table or sheet per dataset, and
        one of metadata.
    overwrite
        Whether to replace files of the same names. Other files are left alone.

    Returns
    -------
    list of pathlib.Path
        The files written: data by name of dataset, then the two descriptors.

    Raises
    ------
    UnknownDatasetError
        A dataset or version is not shipped.
    InvalidInputError
        An unknown format, a dataset named twice, versions that do not fit together, a
        file that is already there.
    MissingDependencyError
        The format needs a package that is not installed.
    OSError
        The folder cannot be written.

    Notes
    -----
    Everything is written elsewhere first and then moved, so a failed export leaves the
    folder as it was. The same versions give the same bytes on every run with the same
    libraries; only a DuckDB file has a random id of its own.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     files = export(folder, {"areas": 1, "breaks": 1})
    >>> [file.name for file in files]
    ['areas.csv', 'breaks.csv', 'datapackage.json', 'croissant.json']
    """
    require_choice("format", format, FORMATS)
    kind = KINDS[format]
    folder = path_of("directory", directory)
    wanted = described(_versions(datasets))
    files = [file_of(dataset.name, format) for dataset in wanted]
    every = [*dict.fromkeys(files), *_DESCRIPTORS]
    if kind.needs:
        optional(kind.needs, "export")
    refuse(folder, every, overwrite=overwrite)
    require_references(wanted)
    with placed(folder, every, overwrite=overwrite) as staging:
        try:
            kind.write(staging, wanted)
        except (UkcsoError, OSError, MemoryError):
            raise
        except Exception as error:  # what each database makes of a full disk
            msg = f"{folder}: nothing was written, for writing failed: {error}"
            raise OSError(msg) from error
        pairs = zip(wanted, files, strict=True)
        written = [Written(dataset, staging / file, format) for dataset, file in pairs]
        for name, describe in _DESCRIPTORS.items():
            text = json.dumps(describe(written), indent=2, ensure_ascii=False)
            (staging / name).write_text(text + "\n", encoding="utf-8", newline="\n")
    return [folder / name for name in every]


def file_of(dataset: str, form: str) -> str:
    """Return the name of the file that holds a dataset in some format."""
    return KINDS[form].file or f"{dataset}.{form}"


def _versions(datasets: object) -> dict[str, int | str]:
    """Return name and version of each dataset asked for, own data by their name."""
    if isinstance(datasets, str):
        datasets = [datasets]
    named = DATASETS if datasets is None else datasets
    if not isinstance(named, Iterable) or isinstance(named, bytes):
        raise refusal(datasets, "datasets", "names, or a mapping of names to versions")
    pairs = list(named.items() if isinstance(named, Mapping) else ((name, None) for name in named))
    if not pairs:
        msg = "datasets must name at least one dataset; got none"
        raise InvalidInputError(msg)
    versions: dict[str, int | str] = {}
    for place, pair in enumerate(pairs):
        name, standing = resolve_version(*pair)
        if name in versions:
            msg = f"datasets must name each dataset once; got {name!r} again at position {place}"
            raise InvalidInputError(msg)
        versions[name] = standing if isinstance(standing, int) else standing.label
    return versions
