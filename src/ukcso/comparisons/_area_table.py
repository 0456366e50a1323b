"""One measure in one period, area by area: counts, rates, ranks and the funnel."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ukcso._rules import require_choice
from ukcso.datasets import tells_origin
from ukcso.evidence import (
    AREA,
    FEW_RESIDENTS,
    ORIGIN,
    RATE,
    rated_areas,
    shaped,
    warn_about,
)
from ukcso.measures import as_name
from ukcso.periods import Period, as_period
from ukcso.stats import funnel_limits, overdispersion

_COLUMNS = (
    AREA
    | {"period": "text", "count": "number"}
    | RATE
    | {"rank": "whole", "n_ranked": "whole", "funnel": "text"}
    | ORIGIN
)
#: What the rows may be sorted by, and whether the least comes first.
_SORTS = {"name": True, "rank": True, "count": False, "population": False, "rate": False}


@tells_origin
def area_table(  # noqa: PLR0913 - what is counted, where, per whom
    measure_or_code: str | int,
    period: Period | str,
    *,
    kind: str = "police_force_area",
    ages: str = "0-17",
    per: float = 100_000,
    level: float = 0.95,
    release: str | None = None,
    sort: str = "name",
) -> pd.DataFrame:
    """
    Counts, rates, ranks and funnel positions of all areas of a kind in one year.

    Every area of the kind is a row: one without a figure stays as missing.

    Parameters
    ----------
    measure_or_code
        An offence code for official counts (86 or "86"; Scotland and Northern Ireland
        have codes of their own, see `official_series`), or a measure of `figures` for
        printed ones.
    period
        One year, a `Period` or its text.
    kind
        Kind of area, as in `areas`.
    ages, per, level
        As in `panel`.
    release
        For printed figures, the release to take; None takes the one that prints exact
        counts of most of these areas, the latest among equals. Releases are not mixed.
    sort
        "name"; "rank", the first before; "count", "population" or "rate", the largest
        before. Missing is last, and ties are by name.

    Returns
    -------
    DataFrame, one row per area, by name or as sorted
        area_id, gss_code, name, period, count, population, rate, lower, upper (per `per`
        people; the interval is Poisson's), why_not_rate (incomplete, no_count, no_estimate or
        other_basis; `evidence.WHY_NOT_RATE` words them), rank (1 is the highest rate,
        ties share the best), n_ranked (of how many), funnel (inside, above_95,
        below_95, above_99_8, below_99_8: against control limits around the pooled
        rate, widened by the overdispersion), release_id, source_ids (who printed the
        count, `;` between, the one that stands first), population_basis,
        population_edition. Where fewer than half of the areas have a rate there is
        neither rank nor funnel position.

        ``attrs["ukcso"]`` holds pooled_rate, overdispersion or why_not_ranked (a
        sentence), release_id, releases_left_out (others with exact counts of this
        period: release_id, first, last, n_exact areas), population_basis, incomplete
        (the period, where quarters are missing), caveats that hold throughout.

    Raises
    ------
    InvalidInputError
        An unknown measure, code, kind, age band, release or order, a kind of which the
        code's table holds no area, or a period that is not one year or has no official
        count at all (the message says until when the table reaches).

    Warns
    -----
    UkcsoWarning
        The City of London is among the areas: it has few residents, so its rate says
        nothing, and it has no rank, no funnel position and no part in the pooled rate.
        Or quarters of the period are missing from the official tables, or the code's
        table does not hold some of the areas (the message says where their counts are).

    Examples
    --------
    >>> import warnings
    >>> with warnings.catch_warnings(action="ignore"):
    ...     table = area_table("86", "2022/23")
    >>> len(table), int(table["rank"].notna().sum())
    (43, 42)
    """
    require_choice("sort", sort, _SORTS)
    name, when = as_name(measure_or_code), as_period(period)
    table, about, notes = rated_areas(name, when, kind, release, ages=ages, per=per, level=level)
    if about["incomplete"]:
        without = (table["why_not_rate"] == "incomplete").sum()
        notes.append(f"it lacks quarters in {without} of {len(table)} areas: they have no count")
    warn_about([name], [kind], [str(when)], notes)
    about |= _add_ranks(table, per)
    table = shaped(table, _COLUMNS)
    table = table.sort_values(sort, ascending=_SORTS[sort], kind="stable", ignore_index=True)
    table.attrs["ukcso"] = {
        "table": "area_table",
        "of": name,
        "period": str(when),
        "kind": kind,
        **about,
    }
    return table


def _add_ranks(table: pd.DataFrame, per: float) -> dict[str, Any]:
    """Add rank and funnel position; return the pooled rate and the overdispersion, or why none."""
    rated = table[table["rate"].notna() & (table["area_id"] != FEW_RESIDENTS)]
    about: dict[str, Any] = {}
    if len(rated):
        pooled = rated["count"].sum() / rated["population"].sum()
        about["pooled_rate"] = float(per * pooled)
    if 2 * len(rated) < len(table):
        about["why_not_ranked"] = (
            f"No rank and no position in the funnel: {len(rated)} of {len(table)} areas have a "
            "rate, which is fewer than half."
        )
        return about
    dispersion = max(1.0, overdispersion(rated["count"], pooled * rated["population"]))
    limits = funnel_limits(rated["count"], rated["population"], per=per, dispersion=dispersion)
    table.loc[rated.index, "rank"] = rated["rate"].rank(method="min", ascending=False)
    table.loc[rated.index, "n_ranked"] = len(rated)
    table.loc[rated.index, "funnel"] = "inside"
    for name in ("95", "99_8"):
        above = rated["rate"] > limits[f"upper_{name}"]
        below = rated["rate"] < limits[f"lower_{name}"]
        table.loc[rated.index[above], "funnel"] = f"above_{name}"
        table.loc[rated.index[below], "funnel"] = f"below_{name}"
    return {**about, "overdispersion": float(dispersion)}
