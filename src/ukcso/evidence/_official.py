"""Official counts of any area of England and Wales, as a series."""

from __future__ import annotations

from typing import Literal

import pandas as pd

from ukcso._rules import require_choice
from ukcso.areas import find_area
from ukcso.datasets import load_recorded_crime, pinned, tells_origin
from ukcso.errors import InvalidInputError, listed, quoted
from ukcso.evidence._columns import PERIOD, shaped
from ukcso.evidence._counts import counted_forces, official_counts, require_counted
from ukcso.evidence._releases import spans_of
from ukcso.measures import as_name, official_codes

_COLUMNS = (
    {"offence_code": "text", "area_id": "text", "gss_code": "text"}
    | PERIOD
    | {"value": "number", "unit": "text"}
)


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
