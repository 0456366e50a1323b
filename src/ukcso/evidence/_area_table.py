"""One measure in one period, area by area: counts, rates, ranks and the funnel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from ukcso._rules import require_known
from ukcso.areas import all_areas
from ukcso.datasets import DTYPES, load_figures, load_recorded_crime, rows, tells_origin
from ukcso.evidence._breaks import concerning
from ukcso.evidence._choice import best, sources_of, widest_release
from ukcso.evidence._official import counted_forces
from ukcso.evidence._people import (
    FEW_RESIDENTS,
    add_rates,
    mid_year,
    populations,
    warn_of_few_residents,
)
from ukcso.measures import is_official
from ukcso.periods import Period
from ukcso.stats import funnel_limits, overdispersion

if TYPE_CHECKING:
    from collections.abc import Mapping

COLUMNS = {
    "area_id": "text",
    "name": "text",
    "count": "number",
    "population": "number",
    "rate": "number",
    "lower": "number",
    "upper": "number",
    "rank": "whole",
    "funnel": "text",
    "release_id": "text",
    "source_ids": "text",
    "population_basis": "text",
    "population_edition": "text",
}


@tells_origin
def area_table(  # noqa: PLR0913 - what is counted, where, per whom
    measure_or_code: str,
    period: Period | str,
    *,
    kind: str = "police_force_area",
    ages: str = "0-17",
    per: float = 100_000,
    level: float = 0.95,
    release: str | None = None,
) -> pd.DataFrame:
    """
    Counts, rates, ranks and funnel positions of all areas of a kind in one year.

    Every area of the kind is a row: one without a figure stays as missing.

    Parameters
    ----------
    measure_or_code
        An offence code of `recorded_crime` for official counts, or a measure of
        `figures` for printed ones.
    period
        One year, a `Period` or its text.
    kind
        Kind of area, as in `areas`.
    ages
        Age band of the population: "0-17", "0-15" or "all".
    per
        Size of the reference population, > 0.
    level
        Confidence level of the rates, a fraction in (0, 1).
    release
        For printed figures, the release to take; None takes the one that prints exact
        counts of most of these areas, the latest among equals. Releases are not mixed.

    Returns
    -------
    DataFrame, one row per area, by name
        area_id, name, count, population, rate, lower, upper (per `per` people; the
        interval is Poisson's), rank (1 is the highest rate, ties share the best),
        funnel (inside, above_95, below_95, above_99_8, below_99_8: against control
        limits around the pooled rate, widened by the overdispersion), release_id,
        source_ids (who printed the count, `;` between, the one that stands first),
        population_basis, population_edition. ``attrs["ukcso"]`` holds the
        overdispersion, the pooled rate, what was taken, and the caveats that hold
        throughout.

    Raises
    ------
    InvalidInputError
        An unknown measure, code, kind, age band or release, or a period that is not
        one year.

    Warns
    -----
    UserWarning
        The City of London is among the areas: it has few residents, so its rate says
        nothing, and it has no rank, no funnel position and no part in the pooled rate.

    Examples
    --------
    >>> import warnings
    >>> with warnings.catch_warnings(action="ignore"):
    ...     table = area_table("86", "2022/23")
    >>> len(table), int(table["rank"].notna().sum())
    (43, 42)
    """
    when = Period.parse(period) if isinstance(period, str) else period
    areas = [area for area in all_areas().values() if area.kind == kind]
    require_known("kind", kind, {area.kind for area in all_areas().values()}, "load_areas()")
    counted = _counts(measure_or_code, when, [area.area_id for area in areas], release)
    people = populations([area.area_id for area in areas], [mid_year(when)], ages)
    found = people.set_index("area_id")
    table = pd.DataFrame(
        {
            "area_id": [area.area_id for area in areas],
            "name": [area.name for area in areas],
            "count": [counted.counts.get(area.area_id, np.nan) for area in areas],
            "population": [float(found["population"].get(area.area_id, np.nan)) for area in areas],
            "release_id": counted.release_id,
            "source_ids": [counted.source_ids.get(area.area_id, pd.NA) for area in areas],
            "population_basis": [found["basis"].get(area.area_id, pd.NA) for area in areas],
            "population_edition": [found["edition"].get(area.area_id, pd.NA) for area in areas],
        }
    )
    table = table.sort_values("name", kind="stable", ignore_index=True)
    add_rates(table, per=per, level=level)
    told = _ranked(table, per)
    table = table[list(COLUMNS)].astype({name: DTYPES[k] for name, k in COLUMNS.items()})
    table.attrs["ukcso"] = {
        "table": "area_table",
        "of": measure_or_code,
        "period": str(when),
        "kind": kind,
        "release_id": None if counted.release_id is pd.NA else counted.release_id,
        "ages": ages,
        "per": per,
        "level": level,
        "caveats": _caveats(measure_or_code, official=not table["release_id"].notna().any()),
        **told,
    }
    return table


def _caveats(measure_or_code: str, *, official: bool) -> list[str]:
    """Return what holds of these counts throughout, in any area."""
    measure, code = (None, measure_or_code) if official else (measure_or_code, None)
    return sorted(str(it) for it in concerning(measure, code, None) if it.day is None)


def _ranked(table: pd.DataFrame, per: float) -> dict[str, float]:
    """Add rank and funnel position; return the pooled rate and the overdispersion."""
    few = table["area_id"] == FEW_RESIDENTS
    if (few & table["rate"].notna()).any():
        warn_of_few_residents()
    ranked = table["rate"].where(~few).rank(method="min", ascending=False)
    table["rank"] = ranked.astype("Int64")
    table["funnel"] = pd.array([pd.NA] * len(table), dtype=DTYPES["text"])
    full = table[table["rate"].notna() & ~few]
    if full.empty:
        return {}
    pooled = full["count"].sum() / full["population"].sum()
    dispersion = max(1.0, overdispersion(full["count"], pooled * full["population"]))
    if np.isnan(dispersion):
        return {"pooled_rate": float(per * pooled)}
    limits = funnel_limits(full["count"], full["population"], per=per, dispersion=dispersion)
    position = pd.Series("inside", index=full.index, dtype=DTYPES["text"])
    for name in ("95", "99_8"):
        position[full["rate"] > limits[f"upper_{name}"]] = f"above_{name}"
        position[full["rate"] < limits[f"lower_{name}"]] = f"below_{name}"
    table.loc[full.index, "funnel"] = position
    return {"pooled_rate": float(per * pooled), "overdispersion": float(dispersion)}


class _Counted(NamedTuple):
    """Counts by area and, for printed ones, the release and the sources they are from."""

    counts: Mapping[str, float]
    source_ids: Mapping[str, str]
    release_id: Any = pd.NA


def _counts(
    measure_or_code: str, period: Period, area_ids: list[str], release: str | None
) -> _Counted:
    if is_official(measure_or_code, release):
        return _Counted(_official(measure_or_code, period, area_ids), {})
    return _printed(measure_or_code, period, area_ids, release)


def _official(code: str, period: Period, area_ids: list[str]) -> Mapping[str, float]:
    """Add up quarters, and members of a region or nation; only where all are there."""
    crime = load_recorded_crime()
    start, end = pd.Timestamp(period.start), pd.Timestamp(period.end)
    inside = crime[
        (crime["offence_code"] == code)
        & (crime["period_start"] >= start)
        & (crime["period_end"] <= end)
    ]
    yearly = inside.groupby("area_id")["offences"].agg(["sum", "size"])
    full = yearly.loc[yearly["size"] == 4, "sum"]  # noqa: PLR2004 - quarters
    return {
        area_id: float(full[list(forces)].sum())
        for area_id in area_ids
        if (forces := counted_forces(area_id)) <= set(full.index)
    }


def _printed(measure: str, period: Period, area_ids: list[str], release: str | None) -> _Counted:
    figures = load_figures()
    cell = figures[
        (figures["measure"] == measure)
        & (figures["breakdown"] == "all")
        & (figures["period_start"] == pd.Timestamp(period.start))
        & (figures["period_end"] == pd.Timestamp(period.end))
        & (figures["hedge"] == "exact")
        & figures["area_id"].isin(area_ids)
    ]
    if release is not None:
        require_known("release", release, set(figures["release_id"]), "load_releases()")
        chosen: Any = release
    elif cell.empty:
        return _Counted({}, {})
    else:
        chosen = widest_release(cell, "area_id")
    own = cell[cell["release_id"] == chosen]
    printed = {str(area_id): list(rows(group)) for area_id, group in own.groupby("area_id")}
    return _Counted(
        {area_id: float(best(found).value) for area_id, found in printed.items()},
        {area_id: sources_of(found) for area_id, found in printed.items()},
        chosen,
    )
