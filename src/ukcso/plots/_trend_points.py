"""The points, segments and breaks of a trend, as its tables have them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from ukcso.datasets import load_breaks, pinned, rows
from ukcso.errors import InvalidInputError
from ukcso.outputs import counted_in, release_names
from ukcso.periods import Period
from ukcso.stats import count_interval, per_day
from ukcso.stats.formulas import DAYS_PER_MONTH

_YEAR = 12
_A_DAY = pd.Timedelta(days=1)


class Lines:
    """
    What a trend draws of trend tables, one line each.

    Attributes
    ----------
    odd
        Periods left out because most are of another length.
    points
        The rows of all tables with value, lower and upper, the middle of the period and the
        name of the release, one release after the other, in order of time. Those of one
        period and several releases are shifted aside, so that none is hidden.
    known
        Those with a value.
    releases, many
        Names of the releases, one that is empty where counts are official; whether there
        are several, which have to be told apart.
    ends
        Of the axis of time.
    gaps
        How often periods are missing between two of a release.
    later
        Points that a line joins to the one before: both known, and no day between the two.
    segments
        Both ends of each such line, and whether periods are comparable.
    breaks
        Changes of law, recording or definition between periods that are drawn.

    Raises
    ------
    InvalidInputError
        No row has what is to be shown.
    """

    def __init__(self, tables: Sequence[pd.DataFrame], shown: str) -> None:
        names = zip(tables, _names(tables), strict=True)
        frame = pd.concat([table.assign(release=name) for table, name in names], ignore_index=True)
        spans = [Period(row.period_start, row.period_end) for row in rows(frame)]
        # Years have 365 or 366 days, and the same months.
        lengths = pd.Series([span.months or span.days / DAYS_PER_MONTH for span in spans])
        usual = lengths == (_YEAR if _YEAR in set(lengths) else lengths.mode().max())
        self.odd = [f"{row.period} ({row.release})" for row in rows(frame[~usual])]
        frame = frame.assign(days=[float(span.days) for span in spans])[usual]
        frame.attrs = {"ukcso": _origin(tables, shown)}
        middle = frame["period_start"] + (frame["period_end"] - frame["period_start"]) / 2
        # One release after the other, by their first periods.
        points = frame.assign(
            **_values(frame, shown),
            middle=middle.dt.strftime("%Y-%m-%d"),
            first=frame.groupby("release")["period_start"].transform("min"),
        ).sort_values(["first", "release", "period_start"], kind="stable", ignore_index=True)
        known = points["value"].notna()
        if not known.any():
            msg = f"nothing to show: no period has a {shown.replace('_', ' ')}"
            raise InvalidInputError(msg)
        beside = points[known].groupby("middle")["release"]
        self.points = points.assign(shift=beside.cumcount() - (beside.transform("size") - 1) / 2)
        self.known = self.points[known]
        self.releases = list(points["release"].unique())
        self.many = len(self.releases) > 1
        self.ends = points["period_start"].min(), points["period_end"].max() + _A_DAY
        ended = points.groupby("release")["period_end"].shift()
        follows = points["period_start"] - ended == _A_DAY
        self.gaps = int((ended.notna() & ~follows).sum())
        self.later = self.points[follows & known & known.shift(fill_value=False)]
        at = self.later.index.to_numpy()
        self.segments = self.points.loc[np.column_stack([at - 1, at]).ravel()].assign(
            segment=np.repeat(np.arange(len(at)), 2),
            joined=np.repeat(self.later["comparable"].to_numpy(bool), 2),
        )
        self.breaks = _breaks(frame)

    def part(self, day: pd.Timestamp) -> float:
        """Return how far along the axis of time a day is."""
        first, last = self.ends
        return float((day - first) / (last - first))


def _origin(tables: Sequence[pd.DataFrame], shown: str) -> dict[str, Any]:
    """Return what tables of one series say of themselves, of populations only where drawn."""
    origins = [table.attrs["ukcso"] for table in tables]
    versions = {name: it for origin in origins for name, it in origin["datasets"].items()}
    if shown != "rate":
        versions.pop("population", None)
    return {**origins[0], "datasets": versions}


def _names(tables: Sequence[pd.DataFrame]) -> list[str]:
    """Return what each release is called: publisher and month, or its id where two share them."""
    ids = [table["release_id"].dropna().iloc[:1].tolist() for table in tables]
    names = [next(iter(release_names(table).values()), "") for table in tables]
    return [name if names.count(name) == 1 else it[0] for name, it in zip(names, ids, strict=True)]


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
    ids = {name for joined in frame["break_ids"].dropna() for name in joined.split(";")}
    with pinned(**frame.attrs["ukcso"]["datasets"]):
        breaks = load_breaks()
    first, last = frame["period_start"].min(), frame["period_end"].max()
    inside = breaks["break_id"].isin(ids) & breaks["date"].between(first, last)
    return breaks[inside].sort_values(["date", "break_id"], ignore_index=True)
