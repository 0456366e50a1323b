"""The points, segments and breaks of a trend, as its tables have them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pandas as pd

from ukcso.datasets import load_breaks, load_releases, pinned, rows
from ukcso.errors import InvalidInputError
from ukcso.periods import Period
from ukcso.plots import _words
from ukcso.stats import count_interval, per_day

if TYPE_CHECKING:
    from collections.abc import Sequence

_A_DAY = pd.Timedelta(days=1)


@dataclass(frozen=True)
class Lines:
    """
    What a trend draws.

    Attributes
    ----------
    frame
        The rows of all tables.
    points
        The same with value, lower and upper, the middle of the period and the name of
        the release, one release after the other, in order of time.
    breaks
        Changes of law, recording or definition between periods that are drawn.
    odd
        Periods left out because most are of another length.
    """

    frame: pd.DataFrame
    points: pd.DataFrame
    breaks: pd.DataFrame
    odd: Sequence[str] = ()

    @cached_property
    def releases(self) -> list[str]:
        """Names of the releases; one that is not known where counts are official."""
        return list(self.points["release"].unique())

    @cached_property
    def known(self) -> pd.DataFrame:
        """Points with a value."""
        return self.points[self.points["value"].notna()]

    @cached_property
    def pairs(self) -> list[tuple[Any, Any]]:
        """Every point and the one that the same release has next."""
        each = self.points.groupby("release", sort=False)
        return [pair for _, line in each for pair in pairwise(rows(line))]

    @cached_property
    def segments(self) -> list[tuple[Any, Any]]:
        """Every two points that a line joins: both known, and no day between the two."""
        return [
            (earlier, later)
            for earlier, later in self.pairs
            if pd.notna(earlier.value) and pd.notna(later.value) and _follows(earlier, later)
        ]

    @property
    def gaps(self) -> int:
        """How often periods are missing between two of a release."""
        return sum(not _follows(earlier, later) for earlier, later in self.pairs)


def lines_of(tables: Sequence[pd.DataFrame], shown: str) -> Lines:
    """
    Return what is drawn of trend tables, one line each.

    Raises
    ------
    InvalidInputError
        No row has what is to be shown.
    """
    named = [table.assign(release=name) for table, name in zip(tables, _names(tables), strict=True)]
    frame = pd.concat(named, ignore_index=True)
    frame.attrs = {"ukcso": _origin(tables, shown)}
    months = pd.Series([_months(row) for row in rows(frame)])
    usual = months == months.mode().max()
    odd = [f"{row.period} ({row.release})" for row in rows(frame[~usual])]
    drawn, origin = frame[usual].reset_index(drop=True), frame.attrs
    drawn.attrs = origin
    points = drawn.assign(**_values(drawn, shown))
    if points["value"].isna().all():
        msg = f"nothing to show: no period has a {shown.replace('_', ' ')}"
        raise InvalidInputError(msg)
    middle = points["period_start"] + (points["period_end"] - points["period_start"]) / 2
    points["middle"] = middle.dt.strftime("%Y-%m-%d")
    first = points.groupby("release")["period_start"].transform("min")
    points = points.assign(first=first).sort_values(
        ["first", "release", "period_start"], kind="stable", ignore_index=True
    )
    return Lines(drawn, points, _breaks(drawn), odd)


def _origin(tables: Sequence[pd.DataFrame], shown: str) -> dict[str, Any]:
    """Return what tables of one series say of themselves, of populations only where drawn."""
    origins = [table.attrs["ukcso"] for table in tables]
    versions = {name: it for origin in origins for name, it in origin["datasets"].items()}
    if shown != "rate":
        versions.pop("population", None)
    return {**origins[0], "datasets": versions}


def _names(tables: Sequence[pd.DataFrame]) -> list[str]:
    """Return what each release is called: publisher and month, or its id where two share them."""
    with pinned(**tables[0].attrs["ukcso"]["datasets"]):
        releases = load_releases().set_index("release_id")
    ids = [
        None if table["release_id"].isna().all() else table["release_id"].iloc[0]
        for table in tables
    ]
    known = [
        ""
        if it is None
        else f"{releases.loc[it, 'publisher']}, {releases['published'].fillna('').get(it) or 'month not known'}"
        for it in ids
    ]
    return [
        name if known.count(name) == 1 else str(it) for name, it in zip(known, ids, strict=True)
    ]


def _months(row: Any) -> float:
    """Return the length of a period: years have 365 or 366 days, and the same months."""
    span = Period(row.period_start, row.period_end)
    return span.months or span.days / 30


def _follows(earlier: Any, later: Any) -> bool:
    return bool(later.period_start - earlier.period_end == _A_DAY)


def _values(frame: pd.DataFrame, shown: str) -> pd.DataFrame:
    """Return value, lower and upper of every row."""
    if shown == "rate":
        ends = frame[["rate", "lower", "upper"]]
    else:
        ends = pd.DataFrame({"value": frame["count"], "lower": float("nan"), "upper": float("nan")})
        if _words.measured(frame).counted:
            estimate = count_interval(frame["count"], level=frame.attrs["ukcso"]["level"])
            ends = ends.assign(lower=estimate.lower, upper=estimate.upper)
        if shown == "per_day":
            days = [float(Period(row.period_start, row.period_end).days) for row in rows(frame)]
            ends = ends.apply(per_day, args=(pd.Series(days, index=frame.index),))
    return ends.set_axis(["value", "lower", "upper"], axis="columns")


def _breaks(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the breaks that lie between periods shown, by day."""
    ids = {name for joined in frame["break_ids"].dropna() for name in joined.split(";")}
    with pinned(**frame.attrs["ukcso"]["datasets"]):
        breaks = load_breaks()
    first, last = frame["period_start"].min(), frame["period_end"].max()
    inside = breaks["break_id"].isin(ids) & breaks["date"].between(first, last)
    return breaks[inside].sort_values(["date", "break_id"], ignore_index=True)
