"""Official counts of any area of England and Wales, added up from quarters and forces."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import numpy as np
import pandas as pd

from ukcso._rules import require_choice
from ukcso.areas import all_areas, find_area, force_areas
from ukcso.datasets import cached_by_version, load, load_recorded_crime, pinned, tells_origin
from ukcso.errors import InvalidInputError, listed, quoted
from ukcso.evidence._columns import COUNTS, PERIOD, shaped
from ukcso.evidence._releases import spans_of
from ukcso.measures import as_name, official_codes
from ukcso.periods import Period, financial_year_of

Frequency = Literal["year", "quarter", "month"]

#: How many months a period has.
MONTHS: Mapping[Frequency, int] = {"year": 12, "quarter": 3, "month": 1}
_COLUMNS = (
    {"offence_code": "text", "area_id": "text", "gss_code": "text"}
    | PERIOD
    | {"value": "number", "unit": "text"}
)
#: National totals as published are the 43 forces plus this one.
_IN_NATIONAL_TOTALS = "british-transport-police"
_ELSEWHERE = {
    "northern-ireland": "recorded_crime_northern_ireland",
    "scotland": "recorded_crime_scotland",
}


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

    Parameters
    ----------
    offence_code
        A code of `load_recorded_crime`: "86" or 86, "88A", "sexual-offences".
    area
        Whatever `find_area` finds: a force, British Transport Police, a region,
        England, Wales, or a group of them.
    frequency
        "year" for financial years, complete ones only, or "quarter".
    version
        Version of `recorded_crime`; None is the newest shipped.

    Returns
    -------
    DataFrame, one row per period
        offence_code, area_id, gss_code, period (its label), period_start, period_end, value
        (offences recorded; a quarter is below 0 where corrections outweigh them), unit.
        ``attrs["ukcso"]`` holds dataset, version, areas (the forces added) and
        incomplete (labels of the years that lack a quarter and were left out).

    Raises
    ------
    UnknownAreaError
        No such area.
    UnknownDatasetError
        The version is not shipped.
    InvalidInputError
        A code that is not in the table (the message lists those there are), an area
        that is not all in England and Wales (it says where its counts are, and under
        which codes), or another frequency.

    Examples
    --------
    Obscene publications, the class that image offences are in:

    >>> found = official_series("86", "Lancashire", version=1)
    >>> found.loc[found["period"] == "2016/17", "value"].tolist()
    [608.0]
    >>> found.attrs["ukcso"]["incomplete"]
    ['2023/24']
    """
    require_choice("frequency", frequency, ("year", "quarter"))
    crime = load_recorded_crime(version)
    with pinned(recorded_crime=crime.attrs["ukcso"]["version"]):
        code, place = as_name(offence_code), find_area(area)
        if code not in official_codes():
            codes = listed(sorted(official_codes()))
            msg = f"no offence_code {quoted(code)}; the official tables have {codes}"
            raise InvalidInputError(msg)
        require_counted(code, [place.area_id])
        counts = official_counts(code, [place.area_id], frequency)
    counts["period"] = [span.label for span in spans_of(counts)]
    whole = counts[counts["complete"]].reset_index(drop=True)
    frame = shaped(
        whole.rename(columns={"count": "value"}).assign(
            offence_code=code, gss_code=place.gss_code, unit="offences"
        ),
        _COLUMNS,
    )
    frame.attrs["ukcso"] = {
        **crime.attrs["ukcso"],
        "areas": sorted(counted_forces(place.area_id)),
        "incomplete": counts.loc[counts["why_not_count"].notna(), "period"].tolist(),
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
        A code of `recorded_crime`.
    area_ids
        Areas to add forces to.
    frequency
        How long the periods are.
    spans
        The periods; None is every one that the table has a quarter of.

    Returns
    -------
    DataFrame, one row per area and period, in order
        A count is missing where some of its quarters are (why_not_count is incomplete), and
        where all are.
    """
    table = _quarters()
    forces, starts = table.index.unique("area_id"), pd.DatetimeIndex(table.columns)
    ends = starts + pd.offsets.QuarterEnd(0)
    if spans is None:
        years = financial_year_of(starts).unique()
        spans = list(years if frequency == "year" else map(Period, starts, ends))
    first, last = (
        pd.DatetimeIndex([getattr(span, name) for span in spans]) for name in ("start", "end")
    )
    inside = (starts.to_numpy()[:, None] >= first.to_numpy()) & (
        ends.to_numpy()[:, None] <= last.to_numpy()
    )
    # An area with a force of another table has no count here, and lacks no quarter.
    held = [counted_forces(area_id) for area_id in area_ids]
    members = np.array([forces.isin(own) & (own <= set(forces)) for own in held], dtype=float)
    quarters = table.loc[code].reindex(forces).to_numpy()
    sums = members @ np.nan_to_num(quarters) @ inside
    there = members @ ~np.isnan(quarters) @ inside
    expected = members.sum(axis=1, keepdims=True) * MONTHS[frequency] / MONTHS["quarter"]
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


def counted_forces(area_id: str) -> frozenset[str]:
    """Return the forces of an area's official total; the national one has a force of no area."""
    forces = force_areas(area_id)
    return forces | {_IN_NATIONAL_TOTALS} if area_id == "england-and-wales" else forces


def require_counted(code: str, area_ids: Iterable[str]) -> None:
    """
    Refuse areas that the official table of a code does not hold.

    Raises
    ------
    InvalidInputError
        The message says where their counts are, and under which codes.
    """
    held = set(_quarters().index.unique("area_id"))
    for area_id in area_ids:
        if lacking := sorted(counted_forces(area_id) - held):
            name = all_areas()[area_id].name
            msg = f"{name} is not in recorded_crime under {code}: {'; '.join(map(_where, lacking))}"
            raise InvalidInputError(msg)


def _where(area_id: str) -> str:
    """Say where the counts of an area are that is not in the table of England and Wales."""
    name, table = all_areas()[area_id].name, _ELSEWHERE.get(area_id)
    if table is None:
        return f"no official counts of {name} are shipped"
    codes = listed(sorted(load(table)["offence_code"].unique()))
    return f"the counts of {name} are in load_{table}(), under codes of its own: {codes}"


@cached_by_version
def _quarters() -> pd.DataFrame:
    """Return offences by code and force, a column for each quarter by its first day."""
    crime = load_recorded_crime()
    return crime.astype({"offences": float}).pivot(  # noqa: PD010 - one row a cell, nothing to add up
        index=["offence_code", "area_id"], columns="period_start", values="offences"
    )
