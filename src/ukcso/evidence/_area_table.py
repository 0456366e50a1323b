"""One measure in one period, area by area: counts, rates, ranks and the funnel."""

from __future__ import annotations

from collections.abc import Iterable
from operator import itemgetter
from typing import Any

import pandas as pd

from ukcso._rules import require_known
from ukcso.areas import Area, all_areas, find_area
from ukcso.datasets import DTYPES, load_figures, load_recorded_crime, rows, tells_origin
from ukcso.errors import Listing
from ukcso.evidence._breaks import caveats
from ukcso.evidence._choice import best, sources_of
from ukcso.evidence._columns import ORIGIN, RATE
from ukcso.evidence._official import QUARTERS, add_up, counted_forces
from ukcso.evidence._people import FEW_RESIDENTS, mid_year, with_rates
from ukcso.evidence._releases import chosen, reaches
from ukcso.evidence._warn import warn
from ukcso.measures import as_name, is_official
from ukcso.periods import Period, as_period
from ukcso.stats import funnel_limits, overdispersion

_COLUMNS = (
    {"area_id": "text", "name": "text", "count": "number"}
    | RATE
    | {"rank": "whole", "n_ranked": "whole", "funnel": "text"}
    | ORIGIN
)


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
) -> pd.DataFrame:
    """
    Counts, rates, ranks and funnel positions of all areas of a kind in one year.

    Every area of the kind is a row: one without a figure stays as missing.

    Parameters
    ----------
    measure_or_code
        An offence code of `recorded_crime` for official counts (86 or "86"), or a
        measure of `figures` for printed ones.
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
        interval is Poisson's), why_not_rate (incomplete, no_count, no_estimate or
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
        An unknown measure, code, kind, age band or release, or a period that is not
        one year.

    Warns
    -----
    UserWarning
        The City of London is among the areas: it has few residents, so its rate says
        nothing, and it has no rank, no funnel position and no part in the pooled rate.
        Or quarters of the period are missing from the official tables.

    Examples
    --------
    >>> import warnings
    >>> with warnings.catch_warnings(action="ignore"):
    ...     table = area_table("86", "2022/23")
    >>> len(table), int(table["rank"].notna().sum())
    (43, 42)
    """
    require_known("kind", kind, {area.kind for area in all_areas().values()}, Listing("areas"))
    name, when = as_name(measure_or_code), as_period(period)
    areas = [area for area in all_areas().values() if area.kind == kind]
    table, about = _rated(name, when, areas, release, ages=ages, per=per, level=level)
    if about["incomplete"]:
        without = (table["why_not_rate"] == "incomplete").sum()
        warn(f"{when} lacks quarters in {without} of {len(table)} areas: they have no count")
    about |= _add_ranks(table, per)
    table = table.reindex(columns=list(_COLUMNS))
    table = table.astype({column: DTYPES[kind] for column, kind in _COLUMNS.items()})
    table.attrs["ukcso"] = {
        "table": "area_table",
        "of": name,
        "period": str(when),
        "kind": kind,
        **about,
    }
    return table


def total_row(table: pd.DataFrame, area: str) -> pd.DataFrame:
    """
    Return the row of an area that holds the areas of an `area_table`, without a rank.

    Its count is that of the same release or official table, its residents are on the same
    census basis: what a total stands beside it may be compared with. Missing is what
    these do not have.

    Examples
    --------
    >>> table = area_table("86", "2021/22", kind="region")
    >>> total_row(table, "England")[["name", "count"]].values.tolist()
    [['England', 33299.0]]
    """
    about = table.attrs["ukcso"]
    of_rates = {key: about[key] for key in ("ages", "per", "level", "population_basis")}
    when, places = as_period(about["period"]), [find_area(area)]
    row, _ = _rated(about["of"], when, places, about["release_id"], **of_rates)
    return row.reindex(columns=table.columns).astype(table.dtypes.to_dict())


def _rated(
    name: str, when: Period, areas: Iterable[Area], release: str | None, **of_rates: Any
) -> tuple[pd.DataFrame, dict[str, Any]]:
    """Return counts and rates of areas, by name, and what to say of them."""
    named = sorted(((area.area_id, area.name) for area in areas), key=itemgetter(1))
    table = pd.DataFrame(named, columns=["area_id", "name"])
    left_out: list[dict[str, Any]] = []
    is_of_code = is_official(name, release)
    if is_of_code:
        counts = _official(name, when, table["area_id"])
    else:
        counts, release, left_out = _printed(name, when, table["area_id"], release)
    table = table.merge(counts, how="left", on="area_id", validate="one_to_one")
    table = table.assign(mid_year=mid_year(when), release_id=release)
    table, of_people = with_rates(table, **of_rates)
    return table, {
        "release_id": release,
        "releases_left_out": left_out,
        "incomplete": [when.label] if "incomplete" in set(table["why_not_rate"]) else [],
        **of_people,
        "caveats": caveats(None if is_of_code else name, name if is_of_code else None),
    }


def _official(code: str, period: Period, area_ids: Iterable[str]) -> pd.DataFrame:
    """Return official counts by area, missing where a quarter is."""
    crime = load_recorded_crime()
    inside = crime[
        (crime["offence_code"] == code)
        & (crime["period_start"] >= pd.Timestamp(period.start))
        & (crime["period_end"] <= pd.Timestamp(period.end))
    ]
    held = set(crime["area_id"])
    area_ids = [area_id for area_id in area_ids if counted_forces(area_id) <= held]
    counts = add_up(inside, [period] * len(inside), area_ids, QUARTERS["year"])
    lacking = ~counts["is_whole"]
    counts["count"] = counts["count"].mask(lacking)
    return counts.assign(why_not_count=lacking.map({True: "incomplete", False: pd.NA}))


def _printed(
    measure: str, period: Period, area_ids: pd.Series[str], release: str | None
) -> tuple[pd.DataFrame, str | None, list[dict[str, Any]]]:
    """Return the exact counts of one release by area, the release, and which others there are."""
    figures = load_figures()
    if release is not None:
        require_known("release", release, set(figures["release_id"]), Listing("releases"))
    exact = figures[
        (figures["measure"] == measure)
        & (figures["breakdown"] == "all")
        & (figures["period_start"] == pd.Timestamp(period.start))
        & (figures["period_end"] == pd.Timestamp(period.end))
        & (figures["hedge"] == "exact")
        & figures["area_id"].isin(area_ids)
    ]
    taken, left_out = chosen(reaches(exact, "area_id"), release)
    by_area = exact[exact["release_id"] == taken].groupby("area_id")
    cells = [(area_id, list(rows(group))) for area_id, group in by_area]
    counts = pd.DataFrame(
        [(area_id, float(best(cell).value), sources_of(cell)) for area_id, cell in cells],
        columns=["area_id", "count", "source_ids"],
    )
    return counts, taken, left_out


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
        above, below = (
            rated["rate"] > limits[f"upper_{name}"],
            rated["rate"] < limits[f"lower_{name}"],
        )
        table.loc[rated.index[above], "funnel"] = f"above_{name}"
        table.loc[rated.index[below], "funnel"] = f"below_{name}"
    return {**about, "overdispersion": float(dispersion)}
