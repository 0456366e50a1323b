"""
Counts by area and period, on which every frame of counts rests.

Official ones are added up from quarters and forces, printed ones are chosen release by
release. Both come in the same columns.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Literal

import numpy as np
import pandas as pd

from ukcso._rules import require_known
from ukcso.areas import all_areas, force_areas
from ukcso.datasets import (
    cached_by_version,
    load,
    load_figures,
    load_recorded_crime,
    load_releases,
)
from ukcso.errors import InvalidInputError, listed
from ukcso.evidence._choice import by_release, sources_of
from ukcso.evidence._columns import shaped
from ukcso.evidence._coverage import answers_for
from ukcso.measures import official_codes
from ukcso.periods import Period, financial_year_of

Frequency = Literal["year", "quarter", "month"]

#: How many months a period has.
MONTHS: Mapping[Frequency, int] = {"year": 12, "quarter": 3, "month": 1}
COLUMNS = (
    dict.fromkeys(("measure_or_code", "area_id"), "text")
    | dict.fromkeys(("period_start", "period_end"), "day")
    | {"count": "number", "complete": "flag"}
    | dict.fromkeys(("why_not_count", "release_id", "source_ids"), "text")
)
#: National totals as published are the 43 forces plus this one.
_IN_NATIONAL_TOTALS = "british-transport-police"
_ELSEWHERE = {
    "northern-ireland": "recorded_crime_northern_ireland",
    "scotland": "recorded_crime_scotland",
}


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
    return shaped(pd.DataFrame(cells), COLUMNS)


def printed_counts(
    measure: str, area_ids: Collection[str], release: str | None = None
) -> pd.DataFrame:
    """
    Return the exact counts that were printed, of one release or of all.

    Returns
    -------
    DataFrame, one row per area, period and release, as they stand in `figures`
        complete says that every force of the area is known to have answered.
    """
    figures = load_figures()
    if release is not None:
        require_release(release)
        figures = figures[figures["release_id"] == release]
    own = figures[
        (figures["measure"] == measure)
        & (figures["breakdown"] == "all")
        & figures["area_id"].isin(area_ids)
    ]
    cells = [
        {
            **stands._asdict(),
            "measure_or_code": measure,
            "count": stands.value,
            "complete": answers_for(stands.release_id, stands.area_id),
            "source_ids": sources_of(printed),
        }
        for stands, printed in by_release(own)
        if stands.hedge == "exact"
    ]
    return shaped(pd.DataFrame(cells, dtype=object), COLUMNS)


def require_release(release: str) -> None:
    """Refuse anything but the name of a release."""
    names = {*load_releases()["release_id"], *load_figures()["release_id"]}
    require_known("release", release, names, "load_releases()")


def with_missing(
    counts: pd.DataFrame,
    measure: str,
    area_ids: Sequence[str],
    spans: Sequence[Period] | None,
    release: str | None = None,
) -> pd.DataFrame:
    """
    Keep the printed counts of some periods, and add a row for each area and period without one.

    Where no periods are asked for, an area without any count has one row, of no period.
    """
    asked = pd.DataFrame({"area_id": pd.Series(area_ids, dtype=counts["area_id"].dtype)})
    if spans is not None:
        days = [(pd.Timestamp(span.start), pd.Timestamp(span.end)) for span in spans]
        periods = pd.DataFrame(days, columns=["period_start", "period_end"], dtype="datetime64[ns]")
        asked = asked.merge(periods, how="cross")
    rows = asked.merge(counts, how="left")
    rows["complete"] = rows["complete"].eq(other=True)
    rows["measure_or_code"] = measure
    return shaped(rows.assign(release_id=release) if release else rows, COLUMNS)


def counted_forces(area_id: str) -> frozenset[str]:
    """Return the forces of an area's official total; the national one has a force of no area."""
    forces = force_areas(area_id)
    return forces | {_IN_NATIONAL_TOTALS} if area_id == "england-and-wales" else forces


def require_counted(code: str, area_ids: Iterable[str]) -> None:
    """
    Refuse areas that the official table of a code does not hold; measures have no table.

    Raises
    ------
    InvalidInputError
        The message says where their counts are, and under which codes.
    """
    if code not in official_codes():
        return
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
