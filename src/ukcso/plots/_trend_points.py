"""The points, segments and breaks of a trend, as its tables have them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from ukcso.areas import find_area
from ukcso.datasets import load_breaks, pinned, rows
from ukcso.errors import InvalidInputError
from ukcso.outputs import counted_in, release_names
from ukcso.periods import Period
from ukcso.plots._chart import along
from ukcso.stats import count_interval, per_day
from ukcso.stats.formulas import DAYS_PER_MONTH

_YEAR = 12
_A_DAY = pd.Timedelta(days=1)


class Lines:
    """
    What a trend draws of trend tables: one line for each area, or each release of one area.

    Attributes
    ----------
    odd
        Periods left out because most are of another length.
    points
        The rows of all tables with value, lower and upper, the middle of the period and the
        names of area and release, one line after the other, in order of time. Those of one
        period and several lines are shifted aside, so that none is hidden.
    known
        Those with a value.
    areas, releases
        Names of the areas; of the releases, one that is empty where counts are official.
    by, names, many
        The column that tells lines apart, its words in order, and whether there are several.
    ends
        Of the axis of time.
    gaps
        How often periods are missing between two of a line.
    later
        Points that a line joins to the one before: both known, and no day between the two.
    segments
        Both ends of each such line, and whether periods are comparable.
    breaks
        Changes of law, recording or definition between periods that are drawn, each with
        the areas that it is of.
    missing, incomplete
        Areas by why and in which periods they have no value; by the periods that are left
        out, because quarters are missing.

    Raises
    ------
    InvalidInputError
        No row has what is to be shown.
    """

    def __init__(self, tables: Sequence[pd.DataFrame], shown: str) -> None:
        areas, releases = areas_of(tables), releases_of(tables)
        self.areas = list(dict.fromkeys(areas))
        self.by = "area" if len(self.areas) > 1 else "release"
        frame = pd.concat(
            [
                table.assign(area=area, release=release, place=self.areas.index(area))
                for table, area, release in zip(tables, areas, releases, strict=True)
            ],
            ignore_index=True,
        )
        spans = [Period(row.period_start, row.period_end) for row in rows(frame)]
        # Years have 365 or 366 days, and the same months.
        lengths = pd.Series([span.months or span.days / DAYS_PER_MONTH for span in spans])
        usual = lengths == (_YEAR if _YEAR in set(lengths) else lengths.mode().max())
        odd = frame[~usual]
        self.odd = (odd["period"] + " (" + odd[self.by] + ")").tolist()
        frame = frame.assign(days=[float(span.days) for span in spans])[usual]
        frame.attrs = {"ukcso": _origin(tables, shown)}
        middle = frame["period_start"] + (frame["period_end"] - frame["period_start"]) / 2
        # One release after the other, by their first periods.
        points = frame.assign(
            **_values(frame, shown),
            middle=middle.dt.strftime("%Y-%m-%d"),
            first=frame.groupby(["area", "release"])["period_start"].transform("min"),
        ).sort_values(["place", "first", "release", "period_start"], ignore_index=True)
        known = points["value"].notna()
        if not known.any():
            msg = f"nothing to show: no period has a {shown.replace('_', ' ')}"
            raise InvalidInputError(msg)
        beside = points[known].groupby("middle")["release"]
        shift = beside.cumcount() - (beside.transform("size") - 1) / 2
        if self.by == "area":
            shift = points["place"] - (len(self.areas) - 1) / 2
        self.points = points.assign(shift=shift)
        self.known = self.points[known]
        self.releases = list(points["release"].unique())
        self.names = list(points[self.by].unique())
        self.many = len(self.names) > 1
        self.ends = points["period_start"].min(), points["period_end"].max() + _A_DAY
        ended = points.groupby(["area", "release"])["period_end"].shift()
        follows = points["period_start"] - ended == _A_DAY
        self.gaps = int((ended.notna() & ~follows).sum())
        self.later = self.points[follows & known & known.shift(fill_value=False)]
        at = self.later.index.to_numpy()
        self.segments = self.points.loc[np.column_stack([at - 1, at]).ravel()].assign(
            segment=np.repeat(np.arange(len(at)), 2),
            joined=np.repeat(self.later["comparable"].to_numpy(bool), 2),
        )
        self.breaks = _breaks(frame)
        self.missing: dict[tuple[str, tuple[str, ...]], list[str]] = defaultdict(list)
        blank = self.points[~known].fillna({"why_not_rate": ""})
        for (why, area), periods in blank.groupby(["why_not_rate", "area"])["period"]:
            self.missing[str(why), tuple(periods.unique())].append(str(area))
        self.incomplete: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for table, area in zip(tables, areas, strict=True):
            self.incomplete[tuple(table.attrs["ukcso"].get("incomplete", ()))].append(area)

    def part(self, day: Any) -> Any:
        """Return how far along the axis of time a day is, or several are."""
        return along(day, *self.ends)


def areas_of(tables: Sequence[pd.DataFrame]) -> list[str]:
    """Return the name of the area that each table is of."""
    names = []
    for table in tables:
        origin = table.attrs["ukcso"]
        with pinned(**origin["datasets"]):
            names.append(find_area(origin["area_id"]).name)
    return names


def releases_of(tables: Sequence[pd.DataFrame]) -> list[str]:
    """Return what each release is called: publisher and month, or its id where two share them."""
    ids = [next(iter(table["release_id"].dropna()), "") for table in tables]
    names = [next(iter(release_names(table).values()), "") for table in tables]
    ids_of: dict[str, set[str]] = {}
    for name, release in zip(names, ids, strict=True):
        ids_of.setdefault(name, set()).add(release)
    both = zip(names, ids, strict=True)
    return [name if len(ids_of[name]) == 1 else release for name, release in both]


def _origin(tables: Sequence[pd.DataFrame], shown: str) -> dict[str, Any]:
    """Return what tables of one measure say of themselves, of populations only where drawn."""
    origins = [table.attrs["ukcso"] for table in tables]
    versions = {name: it for origin in origins for name, it in origin["datasets"].items()}
    if shown != "rate":
        versions.pop("population", None)
    caveats = dict.fromkeys(text for origin in origins for text in origin.get("caveats", []))
    return {**origins[0], "datasets": versions, "caveats": list(caveats)}


def _values(frame: pd.DataFrame, shown: str) -> pd.DataFrame:
    """Return value, lower and upper of every row."""
    if shown == "rate":
        return frame[["rate", "lower", "upper"]].rename(columns={"rate": "value"})
    ends = pd.DataFrame({"value": frame["count"], "lower": np.nan, "upper": np.nan}, dtype=float)
    if counted_in(frame)[1]:
        estimate = count_interval(frame["count"], level=frame.attrs["ukcso"]["level"])
        ends = ends.assign(lower=estimate.lower, upper=estimate.upper)
    return ends.apply(per_day, args=(frame["days"],)) if shown == "per_day" else ends


def _breaks(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the breaks that lie between periods shown, by day."""
    ids = frame["break_ids"].dropna().str.split(";").explode()
    areas = frame.loc[ids.index, "area"].groupby(ids.to_numpy()).unique()
    with pinned(**frame.attrs["ukcso"]["datasets"]):
        breaks = load_breaks()
    first, last = frame["period_start"].min(), frame["period_end"].max()
    inside = breaks["break_id"].isin(ids) & breaks["date"].between(first, last)
    shown = breaks[inside].sort_values(["date", "break_id"], ignore_index=True)
    return shown.assign(areas=shown["break_id"].map(areas))
