"""Populations for rates: one census basis for everything that is set side by side."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from ukcso._rules import require_choice
from ukcso.datasets import load_population
from ukcso.errors import InvalidInputError
from ukcso.evidence._warn import warn
from ukcso.stats import rate_interval

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from ukcso.periods import Period

_REBASED_FIRST = ("ons_mye_2021census_rebased", "ons_mye_pre2021census")
_MID_YEAR = (6, 30)
FEW_RESIDENTS = "city-of-london"

_WARNING = (
    "City of London: a rate by resident population says nothing, for few people live there; "
    "it is left out of ranks, funnel and pooled rate"
)


def warn_of_few_residents() -> None:
    """Warn of a rate that nobody should read."""
    warn(_WARNING)


def mid_year(period: Period) -> int:
    """
    Return the year whose 30 June, the day of the estimate, lies in a period of one year.

    Raises
    ------
    InvalidInputError
        The period is longer or shorter than twelve months.
    """
    if period.months != 12:  # noqa: PLR2004 - a year
        msg = f"period must be one year for a rate by population; got {period}"
        raise InvalidInputError(msg)
    first = period.start.year
    return first if period.start <= date(first, *_MID_YEAR) else first + 1


def add_rates(table: pd.DataFrame, *, per: float, level: float) -> None:
    """Set rate, lower and upper of a table from its columns count and population."""
    estimate = rate_interval(table["count"], table["population"], per=per, level=level)
    table["rate"], table["lower"], table["upper"] = estimate.value, estimate.lower, estimate.upper


def populations(area_ids: Collection[str], years: Iterable[int], ages: str) -> pd.DataFrame:
    """
    Return the estimates of some areas and years on one census basis.

    Bases differ by more than a year's growth, so they are never mixed: the one that
    covers most of what is asked is taken, the rebased one if both do; within it the
    preferred edition, else the one listed first.

    Returns
    -------
    DataFrame with area_id, mid_year, population, basis, edition
        One row per area and year that the basis covers.

    Raises
    ------
    InvalidInputError
        An unknown age band.
    """
    people = load_population()
    require_choice("ages", ages, sorted(people["age_band"].unique()))
    wanted = people[
        people["area_id"].isin(area_ids)
        & people["mid_year"].isin(list(years))
        & (people["age_band"] == ages)
    ]
    # Best edition of each basis first, so that the first of its area and year is taken.
    wanted = wanted.sort_values("preferred", ascending=False, kind="stable")
    wanted = wanted.drop_duplicates(["area_id", "mid_year", "basis"])
    covered = wanted["basis"].value_counts()
    basis = max(_REBASED_FIRST, key=lambda name: covered.get(name, 0))
    columns = ["area_id", "mid_year", "population", "basis", "edition"]
    return wanted.loc[wanted["basis"] == basis, columns].reset_index(drop=True)
