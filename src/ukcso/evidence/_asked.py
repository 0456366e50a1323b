"""What a table is of: official counts of a code, or one release's printed figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ukcso.datasets.measures import load_measures
from ukcso.datasets.recorded_crime import load_recorded_crime
from ukcso.errors import InvalidInputError
from ukcso.evidence._columns import known
from ukcso.evidence._series import publication

if TYPE_CHECKING:
    import pandas as pd


def is_code(measure_or_code: str) -> bool:
    """Say whether official counts are shipped under this name."""
    return measure_or_code in set(load_recorded_crime()["offence_code"].unique())


def is_official(measure_or_code: str, release: str | None) -> bool:
    """
    Say whether a table is of official counts; else it is of printed figures.

    Raises
    ------
    InvalidInputError
        Neither a code nor a measure, or a release asked for official counts.
    """
    measures = set(load_measures()["measure"])
    if measure_or_code not in measures and is_code(measure_or_code):
        if release is not None:
            msg = f"release must be left out for official counts; got {release!r}"
            raise InvalidInputError(msg)
        return True
    if measure_or_code not in measures:
        names = measures | set(load_recorded_crime()["offence_code"])
        known("measure or offence code", measure_or_code, names, "load_measures()")
    return False


def widest_release(figures: pd.DataFrame, over: str) -> str:
    """Return the release with figures for most values of a column, the latest among equals."""
    covered = figures.groupby("release_id")[over].nunique()
    return str(max(covered.index, key=lambda i: (covered[i], *publication(i)[1:])))
