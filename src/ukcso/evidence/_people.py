"""Populations and rates: one census basis for everything that is set side by side."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

import pandas as pd

from ukcso._rules import POSITIVE, require_choice, require_number
from ukcso.areas import all_areas, force_areas
from ukcso.datasets import cached_by_version, load_population, rows
from ukcso.datasets.population import BASES
from ukcso.errors import InvalidInputError
from ukcso.periods import Period
from ukcso.stats import rate_interval

_MID_YEAR = (6, 30)
_KEYS = ["area_id", "mid_year"]
_CELL = [*_KEYS, "basis"]
FEW_RESIDENTS = "city-of-london"

_WARNING = (
    "City of London: a rate by resident population says nothing of so few residents; it is left "
    "out of ranks, funnel and pooled rate"
)


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
    return period.start.year + (period.start > date(period.start.year, *_MID_YEAR))


def add_rates(table: pd.DataFrame, *, per: float, level: float) -> None:
    """Set rate, lower and upper of a table from its columns count and population."""
    # Corrections may outweigh the counts of a quarter, which has no rate; those of a year do not.
    counts = table["count"].where(table["population"].notna())
    estimate = rate_interval(counts, table["population"], per=per, level=level)
    table["rate"], table["lower"], table["upper"] = estimate.value, estimate.lower, estimate.upper


def with_rates(
    counts: pd.DataFrame,
    *,
    ages: str,
    per: float,
    level: float,
    population_basis: str | None = None,
) -> tuple[pd.DataFrame, dict[str, Any], list[str]]:
    """
    Add residents and rates to counts, all on one census basis.

    Bases differ by more than a year's growth, so they are never mixed: the one that
    covers most of these areas and years is taken, the rebased one if both do; within
    it the preferred edition, else the one listed first. An area without an estimate of
    its own has the sum of its members', where all have one of that year and basis.

    Parameters
    ----------
    counts
        Columns area_id, mid_year (missing where the period is not one year), count and,
        where there is more to say of a missing one, why_not_count.
    population_basis
        The census basis of a table that they are to stand beside.

    Returns
    -------
    DataFrame
        With population, population_basis, population_edition, rate, lower, upper and
        why_not (a word of `WHY_NOT_RATE`).
    dict
        What `attrs["ukcso"]` says of it: ages, per, level, population_basis.
    list of str
        What to warn of: few residents.

    Raises
    ------
    InvalidInputError
        An unknown age band; `per` or `level` out of range.
    """
    require_number("per", per, POSITIVE.words, lambda people: 0 < people < math.inf)
    require_choice("ages", ages, sorted(load_population()["age_band"].unique()))
    people = _residents(ages).merge(counts[_KEYS].drop_duplicates())
    covered = people["basis"].value_counts()
    basis = population_basis or max(BASES, key=lambda name: covered.get(name, 0))
    names = {"basis": "population_basis", "edition": "population_edition"}
    own = people.loc[people["basis"] == basis, [*_KEYS, "population", *names]]
    table = counts.merge(own.rename(columns=names), how="left", on=_KEYS, validate="many_to_one")
    table["population"] = table["population"].astype(float)
    add_rates(table, per=per, level=level)
    estimated = pd.MultiIndex.from_frame(table[_KEYS]).isin(pd.MultiIndex.from_frame(people[_KEYS]))
    why_not = table.get("why_not_count", pd.Series(pd.NA, table.index, dtype=object))
    for why, holds in {
        "no_count": table["count"].isna(),
        "not_a_year": table["mid_year"].isna(),
        "other_basis": table["population"].isna() & estimated,
        "no_estimate": table["population"].isna(),
    }.items():
        why_not = why_not.mask(why_not.isna() & holds, why)
    table["why_not"] = why_not
    has_few = (table["rate"].notna() & (table["area_id"] == FEW_RESIDENTS)).any()
    about = {
        "ages": ages,
        "per": per,
        "level": level,
        "population_basis": basis if len(own) else None,
    }
    return table, about, [_WARNING] if has_few else []


@cached_by_version
def _residents(ages: str) -> pd.DataFrame:
    """Return one estimate for each area, year and basis: its own, or the sum of its members'."""
    people = load_population()
    # Best edition of each basis first, so that the first of its area and year is taken.
    people = people[people["age_band"] == ages]
    people = people.sort_values("preferred", ascending=False, kind="stable")
    people = people.drop_duplicates(_CELL)
    known = {
        (row.area_id, row.mid_year, row.basis): (row.population, row.edition)
        for row in rows(people)
    }
    when = list(dict.fromkeys((year, basis) for _, year, basis in known))
    # Smaller areas first, for some are the members of larger ones.
    for area in sorted(all_areas().values(), key=lambda area: len(force_areas(area.area_id))):
        for year, basis in when if area.members else ():
            parts = [known.get((member, year, basis)) for member in area.members]
            if None not in parts:
                numbers, editions = zip(*filter(None, parts), strict=True)
                added_up = sum(numbers), ";".join(sorted(set(editions)))
                known.setdefault((area.area_id, year, basis), added_up)
    estimates = [(*cell, *estimate) for cell, estimate in known.items()]
    return pd.DataFrame(estimates, columns=[*_CELL, "population", "edition"])
