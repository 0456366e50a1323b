"""One measure in one area, year by year: counts, pace, growth, index and rates."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ukcso.areas import find_area
from ukcso.datasets import DTYPES, rows, tells_origin
from ukcso.evidence._choice import widest_release
from ukcso.evidence._compare import compare
from ukcso.evidence._official import official_series
from ukcso.evidence._people import (
    FEW_RESIDENTS,
    add_rates,
    mid_year,
    populations,
    warn_of_few_residents,
)
from ukcso.evidence._series import series
from ukcso.measures import is_official
from ukcso.periods import Period
from ukcso.stats import index_numbers, per_day
from ukcso.stats.formulas import DAYS_PER_MONTH

if TYPE_CHECKING:
    from ukcso.evidence._compare import Across

COLUMNS = {
    "period": "text",
    "period_start": "day",
    "period_end": "day",
    "count": "number",
    "per_day": "number",
    "growth": "number",
    "comparable": "flag",
    "why_not": "text",
    "break_ids": "text",
    "index": "number",
    "population": "number",
    "rate": "number",
    "lower": "number",
    "upper": "number",
    "release_id": "text",
    "source_ids": "text",
    "population_basis": "text",
    "population_edition": "text",
}


@tells_origin
def trend_table(  # noqa: PLR0913 - what is counted, where, per whom
    measure_or_code: str,
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
        An offence code of `recorded_crime` for official counts, or a measure of
        `figures` for printed ones.
    area
        Any text that `find_area` takes.
    ages
        Age band of the population: "0-17", "0-15" or "all".
    per
        Size of the reference population, > 0.
    level
        Confidence level of the rates, a fraction in (0, 1).
    release
        For printed figures, the release to take; None takes the one that prints exact
        counts of most periods, the latest among equals. Nothing is chained across
        releases.
    across
        What to do where growth is not comparable, as in `compare`: "warn" leaves it
        blank and says so, "refuse" raises, "allow" fills it in.

    Returns
    -------
    DataFrame, one row per period, all of the length that most periods have
        period, period_start, period_end, count, per_day, growth (fraction, against the
        period directly before; blank where not comparable), comparable, why_not, break_ids, index
        (100 in the first period), population, rate, lower, upper (per `per` people, on
        one census basis throughout), release_id, source_ids, population_basis,
        population_edition. An index runs on over breaks: read it with `why_not`.

    Raises
    ------
    InvalidInputError
        An unknown measure, code, age band or release.
    UnknownAreaError
        `area` names no area.
    NotComparableError
        ``across="refuse"`` and some growth is not comparable.

    Warns
    -----
    UserWarning
        ``across="warn"`` and some growth is left blank; the message counts the reasons.
        Or the area is the City of London: few people live there, so its rates say
        nothing.

    Examples
    --------
    >>> table = trend_table("86", "Kent", across="allow")
    >>> table.loc[table["period"] == "2017/18", "count"].tolist()
    [1209.0]
    """
    where = find_area(area)
    printed = _series(measure_or_code, area, release)
    told = compare(printed, across=across)
    table = told.rename(columns={"value": "count"})
    spans = _spans(table)
    days = pd.Series([float(span.days) for span in spans], index=table.index)
    table["per_day"] = per_day(table["count"], days)
    table["index"] = index_numbers(table["count"], table.index[0]) if len(table) else np.nan
    years = [mid_year(span) if span.months == 12 else None for span in spans]  # noqa: PLR2004
    people = populations([where.area_id], [year for year in years if year], ages)
    found = people.set_index("mid_year")
    table["population"] = [float(found["population"].get(year, np.nan)) for year in years]
    table["population_basis"] = [found["basis"].get(year, pd.NA) for year in years]
    table["population_edition"] = [found["edition"].get(year, pd.NA) for year in years]
    add_rates(table, per=per, level=level)
    if where.area_id == FEW_RESIDENTS and table["rate"].notna().any():
        warn_of_few_residents()
    for name in ("release_id", "source_ids"):
        if name not in table:
            table[name] = pd.NA
    table = table[list(COLUMNS)].astype({name: DTYPES[k] for name, k in COLUMNS.items()})
    table.attrs["ukcso"] = {
        **told.attrs.get("ukcso", {}),
        "table": "trend_table",
        "of": measure_or_code,
        "area_id": where.area_id,
        "ages": ages,
        "per": per,
        "level": level,
    }
    return table


def _series(measure_or_code: str, area: str, release: str | None) -> pd.DataFrame:
    """Return official counts, or the exact printed ones of one release."""
    if is_official(measure_or_code, release):
        return official_series(measure_or_code, area)
    told = series(measure_or_code, area, release=release)
    exact = told[told["hedge"] == "exact"]
    if exact.empty:
        return exact.reset_index(drop=True)
    chosen = widest_release(exact, "period")
    own: pd.DataFrame = exact[exact["release_id"] == chosen].reset_index(drop=True)
    lengths = pd.Series([_length(span) for span in _spans(own)], index=own.index)
    own = own[lengths == lengths.mode().max()].reset_index(drop=True)
    own.attrs = dict(told.attrs)
    return own


def _spans(table: pd.DataFrame) -> list[Period]:
    return [Period(row.period_start, row.period_end) for row in rows(table)]


def _length(span: Period) -> float:
    """Return months, for years have 365 or 366 days; part months as what they are of one."""
    return span.months or span.days / DAYS_PER_MONTH
