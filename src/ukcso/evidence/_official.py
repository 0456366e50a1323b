"""Official counts of any area that a table holds, added up from quarters and forces."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np
import pandas as pd

from ukcso._rules import require_choice
from ukcso.areas import find_area
from ukcso.datasets import load, pinned, tells_origin, version_in
from ukcso.errors import InvalidInputError, Listing, listed, quoted, refusal
from ukcso.evidence._columns import COUNTS, PERIOD, shaped
from ukcso.evidence._official_tables import (
    OFFICIAL_TABLES,
    caveats_of_counts,
    counts_in,
    parts_in,
    require_code_counted,
    require_counted,
)
from ukcso.evidence._releases import spans_of
from ukcso.measures import as_name, codes_by_force, is_code, official_table
from ukcso.periods import Period, financial_year_of

Frequency = Literal["year", "quarter", "month"]

#: How many months a period has.
MONTHS: Mapping[Frequency, int] = {"year": 12, "quarter": 3, "month": 1}
_COLUMNS = (
    {"offence_code": "text", "area_id": "text", "gss_code": "text"}
    | PERIOD
    | {"value": "number", "unit": "text"}
)

_APRIL, _YEAR = 4, 12


@tells_origin
def official_series(
    offence_code: str | int,
    area: str,
    *,
    frequency: Literal["year", "quarter"] = "year",
    version: int | None = None,
) -> pd.DataFrame:
    """
    Offences of one official code in one area, members and quarters added up.

    Forces are added to regions, nations and groups. England and Wales together are
    the 43 forces plus British Transport Police, as in the published national totals;
    England, Wales and regions are their territorial forces only, so England and Wales
    is more than England plus Wales.

    Scotland and Northern Ireland have codes of their own, with one count a financial
    year. Of Northern Ireland it is that of all recorded crime (`ni-sexual-offences`) or of
    offences with an online motivation (all other codes), victims of any age and sex;
    outcomes and crimes with a person victim count otherwise and are never read here.
    A code that the tables by force hold is counted from them, also where
    `load_recorded_crime_national` reaches further (`sexual-offences`); only
    `all-excluding-fraud` is from there, in its preferred edition.

    Parameters
    ----------
    offence_code
        A code of official counts: "86" or 86, "88A", "sexual-offences",
        "indecent-photos-of-children", "ni-indecent-images-of-children".
    area
        Whatever `find_area` finds and the code's table holds: a force, British Transport
        Police, a region, England, Wales, or a group of them; Scotland; Northern Ireland.
    frequency
        "year" for financial years, complete ones only, or "quarter", of the tables by force.
    version
        Version of the dataset that holds the code; None is the newest shipped.

    Returns
    -------
    DataFrame, one row per period
        offence_code, area_id, gss_code, period (its label), period_start, period_end, value
        (offences recorded; a quarter is below 0 where corrections outweigh them), unit.
        ``attrs["ukcso"]`` holds dataset, version, areas (those added), incomplete (labels
        of the years that lack a quarter and were left out) and, where there are some,
        caveats (what bounds the counts of Scotland and Northern Ireland).

    Raises
    ------
    UnknownAreaError
        No such area.
    UnknownDatasetError
        The version is not shipped.
    InvalidInputError
        No such code; an area that the code's table does not hold (the message says where
        its counts are, and which codes come nearest); or another frequency.

    Examples
    --------
    Obscene publications, the class that image offences are in:

    >>> found = official_series("86", "Lancashire", version=1)
    >>> found.loc[found["period"] == "2016/17", "value"].tolist()
    [608.0]
    >>> found.attrs["ukcso"]["incomplete"]
    ['2023/24']
    >>> scottish = official_series("indecent-photos-of-children", "Scotland", version=1)
    >>> scottish.loc[scottish["period"] == "2024/25", "value"].tolist()
    [828.0]
    """
    require_choice("frequency", frequency, ("year", "quarter"))
    code = as_name(offence_code)
    if not is_code(code):
        words = f"no offence_code {quoted(code)}; the official tables have "
        words += f"{listed(sorted(codes_by_force()))} of forces; all are in "
        raise InvalidInputError(words, Listing("offence_codes"))
    table = official_table(code)
    origin = load(table, version).attrs["ukcso"]
    with pinned(**{table: version_in(origin)}):
        place = find_area(area)
        require_counted(code, [place.area_id])
        counts = official_counts(code, [place.area_id], frequency)
        added = sorted(parts_in(table, place.area_id))
        said = caveats_of_counts(code)
    counts["period"] = [span.label for span in spans_of(counts)]
    whole = counts[counts["complete"]].reset_index(drop=True)
    frame = shaped(
        whole.rename(columns={"count": "value"}).assign(
            offence_code=code, gss_code=place.gss_code, unit="offences"
        ),
        _COLUMNS,
    )
    frame.attrs["ukcso"] = {
        **origin,
        "areas": added,
        "incomplete": counts.loc[counts["why_not_count"].notna(), "period"].tolist(),
        **({"caveats": said} if said else {}),
    }
    return frame


def official_counts(
    code: str, area_ids: Sequence[str], frequency: Frequency, spans: Sequence[Period] | None = None
) -> pd.DataFrame:
    """
    Add up quarters and forces.

    Parameters
    ----------
    code
        A code of official counts.
    area_ids
        Areas to add forces to.
    frequency
        How long the periods are.
    spans
        The periods; None is every one that the code's table has a count in.

    Returns
    -------
    DataFrame, one row per area and period, in order
        A count is missing where some of its quarters are (why_not_count is incomplete), and
        where all are.

    Raises
    ------
    InvalidInputError
        Periods shorter than those of the table, or that cut them; or rows of one's own in
        the place of the table that have no count of the code.
    """
    name = official_table(code)
    months, table = OFFICIAL_TABLES[name].months, counts_in(name)
    if MONTHS[frequency] < months:
        raise refusal(frequency, "frequency", f"year: {name} has one count a financial year")
    forces, starts = table.index.unique("area_id"), pd.DatetimeIndex(table.columns)
    ends = starts + pd.offsets.MonthEnd(months)
    if spans is None:
        years = financial_year_of(starts).unique()
        spans = list(years if frequency == "year" else map(Period, starts, ends))
    else:
        _require_whole(spans, months)
    first, last = (
        pd.DatetimeIndex([getattr(span, name) for span in spans]) for name in ("start", "end")
    )
    inside = (starts.to_numpy()[:, None] >= first.to_numpy()) & (
        ends.to_numpy()[:, None] <= last.to_numpy()
    )
    # An area with a force of another table has no count here, and lacks no quarter.
    parts = [parts_in(name, area_id) for area_id in area_ids]
    members = np.array(
        [forces.isin(own if own <= set(forces) else ()) for own in parts], dtype=float
    )
    require_code_counted(code)
    quarters = table.loc[code].reindex(forces).to_numpy()
    sums = members @ np.nan_to_num(quarters) @ inside
    there = members @ ~np.isnan(quarters) @ inside
    expected = members.sum(axis=1, keepdims=True) * MONTHS[frequency] / months
    whole = (there == expected) & (there > 0)
    cells = {
        "measure_or_code": code,
        "area_id": np.repeat(np.array(area_ids, dtype=object), len(spans)),
        "period_start": np.tile(first, len(area_ids)),
        "period_end": np.tile(last, len(area_ids)),
        "count": np.where(whole, sums, np.nan).ravel(),
        "complete": whole.ravel(),
        "why_not_count": pd.Series(((there > 0) & ~whole).ravel()).map({True: "incomplete"}),
    }
    return shaped(pd.DataFrame(cells), COUNTS)


def _require_whole(spans: Sequence[Period], months: int) -> None:
    """Refuse a period that cuts the quarters, or financial years, that a table counts by."""
    counted = (
        "quarters (from January, April, July or October)" if months < _YEAR else "years to March"
    )
    for span in spans:
        if span.start.day != 1 or (span.start.month - _APRIL) % months:
            raise refusal(str(span), "period", f"made of whole {counted}, as the table is")
