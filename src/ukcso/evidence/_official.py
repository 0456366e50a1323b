"""Official counts of any area of England and Wales, added up from quarters and forces."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import pandas as pd

from ukcso._rules import require_choice
from ukcso.areas import find_area, force_areas
from ukcso.datasets import load_recorded_crime, rows, tells_origin, typed
from ukcso.errors import InvalidInputError, listed, quoted
from ukcso.evidence._columns import PERIOD, named
from ukcso.measures import as_name
from ukcso.periods import Period, financial_year_of

Frequency = Literal["year", "quarter"]

#: How many quarters a period has.
QUARTERS: dict[Frequency, int] = {"year": 4, "quarter": 1}
_COLUMNS = (
    {"offence_code": "text", "area_id": "text"} | PERIOD | {"value": "number", "unit": "text"}
)
#: National totals as published are the 43 forces plus this one.
_IN_NATIONAL_TOTALS = "british-transport-police"
_ELSEWHERE = {
    "northern-ireland": "load_recorded_crime_northern_ireland()",
    "scotland": "load_recorded_crime_scotland()",
}


@tells_origin
def official_series(
    offence_code: str | int,
    area: str,
    *,
    frequency: Frequency = "year",
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
        offence_code, area_id, period (its label), period_start, period_end, value
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
        that is not all in England and Wales (it says where its table is), or another
        frequency.

    Examples
    --------
    Obscene publications, the class that image offences are in:

    >>> found = official_series("86", "Lancashire", version=1)
    >>> found.loc[found["period"] == "2016/17", "value"].tolist()
    [608.0]
    >>> found.attrs["ukcso"]["incomplete"]
    ['2023/24']
    """
    require_choice("frequency", frequency, QUARTERS)
    crime = load_recorded_crime(version)
    codes = sorted(crime["offence_code"].unique())
    code = as_name(offence_code)
    if code not in codes:
        msg = f"no offence_code {quoted(offence_code)}; the official tables have {listed(codes)}"
        raise InvalidInputError(msg)
    place = find_area(area).area_id
    forces = counted_forces(place)
    _require_forces(place, forces - set(crime["area_id"]))
    quarters = crime[crime["offence_code"] == code]
    starts, ends = quarters["period_start"], quarters["period_end"]
    periods = map(Period, starts, ends) if frequency == "quarter" else financial_year_of(starts)
    counts = add_up(quarters, periods, [place], QUARTERS[frequency])
    whole = counts[counts["is_whole"]]
    same = {"offence_code": code, "area_id": place, "unit": "offences"}
    frame = typed(
        ({**same, **named(row.period), "value": row.count} for row in rows(whole)), _COLUMNS
    )
    frame.attrs["ukcso"] = {
        **crime.attrs["ukcso"],
        "areas": sorted(forces),
        "incomplete": [period.label for period in counts.loc[~counts["is_whole"], "period"]],
    }
    return frame


def add_up(
    quarters: pd.DataFrame, periods: Iterable[Period], area_ids: Iterable[str], n_quarters: int
) -> pd.DataFrame:
    """
    Add up quarters and forces.

    Parameters
    ----------
    quarters
        Rows of `recorded_crime` of one offence code.
    periods
        The period that each of them is part of.
    area_ids
        Areas to add forces to.
    n_quarters
        How many quarters a period has.

    Returns
    -------
    DataFrame, one row per area and period that the table knows something of, in order
        area_id, period, count, is_whole (every quarter of every force is there; the
        count is a part of the whole where it is not).
    """
    forces = pd.DataFrame(
        [(area_id, force) for area_id in area_ids for force in counted_forces(area_id)],
        columns=["area_id", "force"],
    )
    of_forces = quarters[["area_id", "offences"]].set_axis(["force", "offences"], axis="columns")
    of_forces["period"] = pd.Series(list(periods), index=of_forces.index, dtype=object)
    cells = forces.merge(of_forces, on="force").groupby(["area_id", "period"])["offences"]
    sums = cells.agg(count="sum", there="size").reset_index()
    expected = n_quarters * sums["area_id"].map(forces.groupby("area_id").size())
    return sums.assign(is_whole=sums["there"] == expected).drop(columns="there")


def counted_forces(area_id: str) -> frozenset[str]:
    """Return the forces of an area's official total; the national one has a force of no area."""
    forces = force_areas(area_id)
    return forces | {_IN_NATIONAL_TOTALS} if area_id == "england-and-wales" else forces


def _require_forces(area_id: str, missing: frozenset[str]) -> None:
    """Refuse an area with forces that are not in the table."""
    if missing:
        tables = [table for name, table in _ELSEWHERE.items() if name in missing]
        where = f"see {listed(tables)}, which count other classes" if tables else "none is shipped"
        msg = (
            "official_series has the police forces of England and Wales; "
            f"{area_id} takes a table of {listed(sorted(missing))}: {where}"
        )
        raise InvalidInputError(msg)
