"""Counts and rates of the areas of a kind, in one year or in all, and of what holds them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import pandas as pd

from ukcso.areas import find_area
from ukcso.evidence._official import MONTHS, official_counts
from ukcso.evidence._official_tables import (
    note_of_uncounted,
    require_kind_counted,
    require_reached,
)
from ukcso.evidence._panel import areas_of, caveats_of, rated
from ukcso.evidence._people import mid_year
from ukcso.evidence._releases import (
    chosen,
    printed_counts,
    reaches,
    require_release,
    spans_of,
    with_missing,
)
from ukcso.measures import is_official
from ukcso.periods import Period, as_period


def rated_areas(
    name: str, when: Period, kind: str, release: str | None, **of_rates: Any
) -> tuple[pd.DataFrame, dict[str, Any], list[str]]:
    """
    Count and rate every area of a kind in one year.

    Parameters
    ----------
    name
        A measure or code by its own name.
    when, kind, release
        As in `area_table`.
    **of_rates
        ages, per and level; see `with_rates`.

    Returns
    -------
    DataFrame, dict, list of str
        One row per area, by name, one without a count too; what attrs say of it
        (release_id, releases_left_out, incomplete, caveats and of the residents); what to
        warn of.

    Raises
    ------
    InvalidInputError
        As `area_table`.
    """
    area_ids = [area.area_id for area in areas_of(kind)]
    uncounted = _require_counted(name, kind, [when], area_ids, release)
    table, about, notes = _rated(name, when, area_ids, release, **of_rates)
    return table, about, notes + uncounted


def rated_years(
    name: str, years: Collection[Period], kind: str, release: str | None, **of_rates: Any
) -> tuple[pd.DataFrame, dict[str, Any], list[str]]:
    """
    Count and rate every area of a kind in each year that there is, some of them asked about.

    Parameters
    ----------
    name
        A measure or code by its own name.
    years
        Those asked about; all others begin in the same month. A code's table must reach them.
    kind, release
        As in `panel`.
    **of_rates
        ages, per and level; see `with_rates`.

    Returns
    -------
    DataFrame, dict, list of str
        As from `panel`, one row per area and year, of printed figures also per release; what
        attrs say of it (caveats and of the residents); which areas the table does not hold.

    Raises
    ------
    InvalidInputError
        As `area_table`.
    """
    for year in years:
        mid_year(year)  # refuses what is no year
    area_ids = [area.area_id for area in areas_of(kind)]
    uncounted = _require_counted(name, kind, years, area_ids, release)
    if is_official(name, release):
        counts = official_counts(name, area_ids, "year", _alike(name, area_ids[:1], min(years)))
    else:
        if release is not None:
            require_release(release)
        printed = printed_counts(name, area_ids, release)
        month = min(years).start.month
        alike = [
            span.months == MONTHS["year"] and span.start.month == month
            for span in spans_of(printed)
        ]
        # A Series, because a list of none would choose columns.
        counts = printed[pd.Series(alike, printed.index, dtype=bool)].reset_index(drop=True)
    table, about, _ = rated(counts, **of_rates)
    return table, {**about, "caveats": caveats_of(name)}, uncounted


def _alike(code: str, area_ids: list[str], year: Period) -> list[Period]:
    """Return all years that a code's table has counts in, each beginning as one of them does."""
    held = spans_of(official_counts(code, area_ids, "year"))
    first, last = min(held).start.year, max(held).start.year
    steps = range(first - year.start.year, last - year.start.year + 1)
    return [year.next(step) for step in steps]


def _require_counted(
    name: str, kind: str, years: Collection[Period], area_ids: list[str], release: str | None
) -> list[str]:
    """Refuse what the official table of a code does not hold; say which areas it does not."""
    if not is_official(name, release):
        return []
    require_kind_counted(name, kind)
    for year in years:
        require_reached(name, year)
    return note_of_uncounted(name, area_ids)


def total_row(table: pd.DataFrame, area: str) -> pd.DataFrame:
    """
    Return the row of an area that holds the areas of an `area_table`, without a rank.

    Its count is that of the same release or official table, its residents are on the same
    census basis: what a total stands beside it may be compared with. Missing is what
    these do not have.

    Examples
    --------
    >>> import ukcso
    >>> table = ukcso.area_table("86", "2021/22", kind="region")
    >>> total_row(table, "England")[["name", "count"]].values.tolist()
    [['England', 33299.0]]
    """
    about = table.attrs["ukcso"]
    of_rates = {key: about[key] for key in ("ages", "per", "level", "population_basis")}
    when, area_ids = as_period(about["period"]), [find_area(area).area_id]
    row, *_ = _rated(about["of"], when, area_ids, about["release_id"], **of_rates)
    return row.reindex(columns=table.columns).astype(table.dtypes.to_dict())


def _rated(
    name: str, when: Period, area_ids: list[str], release: str | None, **of_rates: Any
) -> tuple[pd.DataFrame, dict[str, Any], list[str]]:
    """Return counts and rates of areas, what to say of them, and what to warn of."""
    mid_year(when)  # refuses what is no year
    left_out: list[dict[str, Any]] = []
    if is_official(name, release):
        counts = official_counts(name, area_ids, "year", [when])
    else:
        if release is not None:
            require_release(release)
        printed = printed_counts(name, area_ids)
        of_year = with_missing(printed, name, area_ids, [when]).dropna(subset="count")
        release, left_out = chosen(reaches(of_year, ["area_id"]), release)
        own = printed[printed["release_id"] == release]
        counts = with_missing(own, name, area_ids, [when], release)
    table, of_people, notes = rated(counts, **of_rates)
    table = table.rename(columns={"why_not": "why_not_rate"})
    about = {
        "release_id": release,
        "releases_left_out": left_out,
        "incomplete": [when.label] if "incomplete" in set(table["why_not_rate"]) else [],
        **of_people,
        "caveats": caveats_of(name),
    }
    return table, about, notes
