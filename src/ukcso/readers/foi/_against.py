"""Answers beside official counts of the same forces and months."""

from __future__ import annotations

import pandas as pd

from ukcso.areas import all_areas
from ukcso.datasets import rows, typed
from ukcso.errors import InvalidInputError, quoted
from ukcso.evidence import panel
from ukcso.measures import as_name, official_table, title_of
from ukcso.periods import Period

_COLUMNS = {
    "area_id": "text",
    "name": "text",
    "period": "text",
    "value": "number",
    "hedge": "text",
    "official": "number",
    "difference": "number",
    "ratio": "number",
    "why_not": "text",
}
_QUARTER = 3


def against(figures: pd.DataFrame, code: str | int) -> pd.DataFrame:
    """Put answers beside the official counts of a code, quarter by quarter added up."""
    name = as_name(code)
    if official_table(name) != "recorded_crime":
        msg = f"no official counts of {quoted(code)} by force; give an offence code such as 86"
        raise InvalidInputError(msg)
    quarters = panel(name, frequency="quarter")
    known = {
        (row.area_id, row.period_start): row.number
        for row in rows(quarters.rename(columns={"count": "number"}))
        if not pd.isna(row.number)
    }
    counted = set(quarters["area_id"])
    found = []
    for row in rows(figures):
        period = Period(row.period_start.date(), row.period_end.date())
        official, why_not = _official(known, counted, row.area_id, period, title_of(name))
        exact = row.hedge == "exact" and official is not None
        found.append(
            {
                "area_id": row.area_id,
                "name": all_areas()[row.area_id].name,
                "period": period.label,
                "value": row.value,
                "hedge": row.hedge,
                "official": official,
                "difference": row.value - official if exact and official is not None else None,
                "ratio": row.value / official if exact and official else None,
                "why_not": why_not,
            }
        )
    return typed(found, _COLUMNS)


def _official(
    known: dict[tuple[str, pd.Timestamp], float],
    counted: set[str],
    area_id: str,
    period: Period,
    title: str,
) -> tuple[float | None, str | None]:
    """Return the official count of an area and period, or why there is none."""
    if area_id not in counted:
        return None, f"the tables of {title} have no counts of it"
    months = period.months
    if months is None or months % _QUARTER or (period.start.month - 1) % _QUARTER:
        return None, "the period is not made of quarters"
    starts = pd.date_range(period.start, periods=months // _QUARTER, freq="3MS")
    counts = [known.get((area_id, start)) for start in starts]
    if any(count is None for count in counts):
        return None, "the tables lack quarters of it"
    return float(sum(count for count in counts if count is not None)), None
