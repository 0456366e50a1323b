"""One measure in one period, area by area: counts, rates, ranks and the funnel."""

from __future__ import annotations

from typing import Any, Literal

import pandas as pd

from ukcso._rules import require_choice
from ukcso.comparisons._dispersion import YearToYear, usual_of
from ukcso.comparisons._ranks import rank_sets
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
    | dict.fromkeys(("rank", "rank_lower", "rank_upper", "n_ranked"), "whole")
    | {"funnel": "text"}
    | ORIGIN
)
#: The first is that of the column `funnel`; the other is told beside it.
_MODELS: tuple[Literal["additive"], Literal["multiplicative"]] = ("additive", "multiplicative")
_WINSORISE = 0.1
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
        ties share the best), rank_lower, rank_upper (the places that its rate may have: a
        `level` confidence set of each rank alone, by the year-to-year dispersion),
        n_ranked (of how many), funnel (inside, above_95, below_95, above_99_8,
        below_99_8: against control limits around the pooled rate, widened by an additive
        model of how areas differ, see `funnel_limits`), release_id, source_ids (who printed the
        count, `;` between, the one that stands first), population_basis,
        population_edition. Where fewer than half of the areas have a rate there is
        neither rank nor funnel position.

        ``attrs["ukcso"]`` holds pooled_rate, or why_not_ranked (a sentence); overdispersion
        (of all rates, without winsorising); funnel (model, winsorise, tau_squared,
        overdispersion, the factor of the multiplicative model, areas, and depends_on_model:
        by area id the positions that the two models give, where they differ); rank_sets
        (the `YearToYear` that they rest on) or why_no_rank_sets (a sentence); release_id,
        releases_left_out (others with exact counts of this period: release_id, first,
        last, n_exact areas), population_basis, incomplete (the period, where quarters are
        missing), caveats that hold throughout.

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
    if "why_not_ranked" not in about:
        about |= _add_rank_sets(table, usual_of(name, when, kind, ages, release), level)
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
    """Add rank and funnel position; return the pooled rate and the funnel, or why none."""
    rated = _ranked(table)
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
    table.loc[rated.index, "rank"] = rated["rate"].rank(method="min", ascending=False)
    table.loc[rated.index, "n_ranked"] = len(rated)
    limits = {
        model: funnel_limits(
            rated["count"], rated["population"], per=per, model=model, winsorise=_WINSORISE
        )
        for model in _MODELS
    }
    positions = {model: _positions(rated["rate"], limits[model]) for model in _MODELS}
    table.loc[rated.index, "funnel"] = positions[_MODELS[0]]
    by_model = pd.DataFrame(positions).set_axis(rated["area_id"])
    differ = by_model[by_model[_MODELS[0]] != by_model[_MODELS[1]]]
    return {
        **about,
        "overdispersion": max(1.0, overdispersion(rated["count"], pooled * rated["population"])),
        "funnel": {
            **limits[_MODELS[0]].attrs["ukcso"],
            "depends_on_model": differ.to_dict(orient="index"),
        },
    }


def _ranked(table: pd.DataFrame) -> pd.DataFrame:
    """Return the areas that have a rate that says something."""
    return table[table["rate"].notna() & (table["area_id"] != FEW_RESIDENTS)]


def _positions(rates: pd.Series[float], limits: pd.DataFrame) -> pd.Series[str]:
    """Return where rates lie in a funnel; missing where it has no limits."""
    position = pd.Series("inside", rates.index, dtype=object).where(limits["upper_95"].notna())
    for name in ("95", "99_8"):
        position = position.mask(rates > limits[f"upper_{name}"], f"above_{name}")
        position = position.mask(rates < limits[f"lower_{name}"], f"below_{name}")
    return position


def _add_rank_sets(table: pd.DataFrame, usual: YearToYear, level: float) -> dict[str, Any]:
    """Add the confidence set of each rank; return what it rests on, or why there is none."""
    rated = _ranked(table)
    if not usual.pairs:
        why = (
            "No ranks have their confidence sets: no two consecutive years with exact counts of "
            "these areas say how far counts scatter from year to year."
        )
        return {"why_no_rank_sets": why}
    lower, upper = rank_sets(
        rated["count"], rated["population"], dispersion=max(1.0, usual.dispersion), level=level
    )
    table.loc[rated.index, "rank_lower"] = lower
    table.loc[rated.index, "rank_upper"] = upper
    return {"rank_sets": usual.as_data()}
