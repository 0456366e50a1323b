"""One measure in one area, year by year: counts, pace, growth, index and rates."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from ukcso.areas import find_area
from ukcso.datasets import tells_origin
from ukcso.evidence._columns import ORIGIN, PERIOD, PERIOD_ENDS, RATE, shaped
from ukcso.evidence._compare import Across, compared
from ukcso.evidence._official import official_counts
from ukcso.evidence._official_tables import caveats_of_counts, require_counted
from ukcso.evidence._panel import rated
from ukcso.evidence._reasons import warn_about
from ukcso.evidence._releases import chosen, exact_of_a_trend, printed_counts, reaches, spans_of
from ukcso.measures import as_name, is_official
from ukcso.stats import index_numbers, per_day

_COLUMNS = (
    {"area_id": "text", "gss_code": "text"}
    | PERIOD
    | dict.fromkeys(("count", "per_day", "growth"), "number")
    | {"comparable": "flag", "why_not": "text", "break_ids": "text", "index": "number"}
    | RATE
    | ORIGIN
)


@tells_origin
def trend_table(  # noqa: PLR0913 - what is counted, where, per whom
    measure_or_code: str | int,
    area: str,
    *,
    ages: str = "0-17",
    per: float = 100_000,
    level: float = 0.95,
    release: str | None = None,
    across: Across = "warn",
) -> pd.DataFrame:
    """
    Counts of one area year by year, with pace, growth, index and rates.

    Parameters
    ----------
    measure_or_code
        An offence code for official counts (86 or "86"; Scotland and Northern Ireland
        have codes of their own, see `official_series`), or a measure of `figures` for
        printed ones.
    area
        Any text that `find_area` takes.
    ages, per, level
        As in `panel`.
    release
        For printed figures, the release to take; None takes the one whose exact counts
        reach the newest period, the fullest among equals: the first of
        `evidence.exact_releases`. Nothing is chained across releases.
    across
        What to do where growth is not comparable, as in `compare`: "warn" leaves it
        blank and says so, "refuse" raises, "allow" fills it in.

    Returns
    -------
    DataFrame, one row per year; where none is printed, per period of the usual length
        area_id, gss_code, period, period_start, period_end, count, per_day, growth
        (fraction, against the period directly before; blank where not comparable),
        comparable, why_not, break_ids, index (100 in the first period), population, rate,
        lower, upper (per `per` people, on one census basis throughout), why_not_rate
        (not_a_year, no_estimate or other_basis; `evidence.WHY_NOT_RATE` words them),
        release_id, source_ids, population_basis, population_edition. An index runs on over breaks:
        read it with `why_not`.

        ``attrs["ukcso"]`` holds releases_left_out (others with exact counts: release_id,
        first, last, n_exact periods; those that print no year come last),
        population_basis (the one kept), on_other_basis (the periods that this costs),
        incomplete (official years left out, because quarters are missing), and caveats
        that hold throughout.

    Raises
    ------
    InvalidInputError
        An unknown measure, code, age band or release; an area that the code's table
        does not hold (the message says where its counts are, and which codes come nearest).
    UnknownAreaError
        `area` names no area.
    NotComparableError
        ``across="refuse"`` and some growth is not comparable.

    Warns
    -----
    UkcsoWarning
        ``across="warn"`` and some growth is left blank; the message counts the reasons.
        Or the area is the City of London: it has few residents, so its rates say
        nothing.

    Examples
    --------
    >>> table = trend_table("86", "Kent", across="allow")
    >>> table.loc[table["period"] == "2017/18", "count"].tolist()
    [1209.0]
    """
    name, place = as_name(measure_or_code), find_area(area)
    about: dict[str, Any] = {"releases_left_out": []}
    of_counts: list[str] = []
    if is_official(name, release):
        require_counted(name, [place.area_id])
        every = official_counts(name, [place.area_id], "year")
        lacking = every[every["why_not_count"].notna()]
        about["incomplete"] = [span.label for span in spans_of(lacking)]
        counts = every[every["complete"]].reset_index(drop=True)
        of_counts = caveats_of_counts(name)
        named = counts.assign(offence_code=name)
    else:
        counts, about["releases_left_out"] = _printed(name, place.area_id, release)
        named = counts.assign(measure=name)
    table, of_people, notes = rated(counts, ages=ages, per=per, level=level)
    grown, left_blank = compared(named.rename(columns={"count": "value"}), across)
    days = (table["period_end"] - table["period_start"]).dt.days + 1.0
    table = table.rename(columns={"why_not": "why_not_rate"}).assign(
        **{name: grown[name] for name in ("growth", "comparable", "why_not", "break_ids")},
        per_day=per_day(table["count"], days),
        index=index_numbers(table["count"], table.index[0]) if len(table) else np.nan,
    )
    warn_about([name], [place.name], table["period"], [*left_blank, *notes])
    table = shaped(table, _COLUMNS)
    table.attrs["ukcso"] = {
        "table": "trend_table",
        "of": name,
        "area_id": place.area_id,
        **about,
        **of_people,
        "on_other_basis": table.loc[table["why_not_rate"] == "other_basis", "period"].tolist(),
        "caveats": [*grown.attrs["ukcso"]["caveats"], *of_counts],
    }
    return table


def _printed(
    measure: str, area_id: str, release: str | None
) -> tuple[pd.DataFrame, list[dict[str, Any]]]:
    """Return the exact counts of one release, and which others there are."""
    printed = printed_counts(measure, [area_id])
    exact = exact_of_a_trend(printed)
    others = printed[~printed["release_id"].isin(exact["release_id"])]
    periods = [*reaches(exact, PERIOD_ENDS), *reaches(others, PERIOD_ENDS)]
    taken, left_out = chosen(periods, release)
    if release is not None:
        exact = exact_of_a_trend(printed_counts(measure, [area_id], release))
    return exact[exact["release_id"] == taken].reset_index(drop=True), left_out
