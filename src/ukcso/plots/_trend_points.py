"""The points, segments and breaks of a trend, as its tables have them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pandas as pd

from ukcso.datasets import load_breaks, pinned, rows
from ukcso.errors import InvalidInputError
from ukcso.outputs import counted_in, release_names
from ukcso.periods import Period
from ukcso.stats import count_interval, per_day
from ukcso.stats.formulas import DAYS_PER_MONTH

if TYPE_CHECKING:
    from collections.abc import Sequence

_YEAR = 12
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
        """Names of the releases; one that is empty where counts are official."""
        return list(self.points["release"].unique())

    @property
    def many(self) -> bool:
        """Whether there are several releases, which have to be told apart."""
        return len(self.releases) > 1

    @property
    def ends(self) -> tuple[pd.Timestamp, pd.Timestamp]:
        """Of the axis of time."""
        return self.points["period_start"].min(), self.points["period_end"].max() + _A_DAY

    def part(self, day: pd.Timestamp) -> float:
        """Return how far along the axis of time a day is."""
        first, last = self.ends
        return float((day - first) / (last - first))

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
    spans = [Period(row.period_start, row.period_end) for row in rows(frame)]
    # Years have 365 or 366 days, and the same months.
    frame["length"] = [span.months or span.days / DAYS_PER_MONTH for span in spans]
    frame["days"] = [float(span.days) for span in spans]
    lengths = frame["length"]
    usual = lengths == (_YEAR if _YEAR in set(lengths) else lengths.mode().max())
    odd = [f"{row.period} ({row.release})" for row in rows(frame[~usual])]
    frame = frame[usual].reset_index(drop=True)
    frame.attrs = {"ukcso": _origin(tables, shown)}
    middle = frame["period_start"] + (frame["period_end"] - frame["period_start"]) / 2
    points = frame.assign(**_values(frame, shown), middle=middle.dt.strftime("%Y-%m-%d"))
    if points["value"].isna().all():
        msg = f"nothing to show: no period has a {shown.replace('_', ' ')}"
        raise InvalidInputError(msg)
    # One release after the other, by their first periods.
    first = points.groupby("release")["period_start"].transform("min")
    points = points.assign(first=first).sort_values(
        ["first", "release", "period_start"], kind="stable", ignore_index=True
    )
    return Lines(frame, points, _breaks(frame), odd)


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


def _follows(earlier: Any, later: Any) -> bool:
    return bool(later.period_start - earlier.period_end == _A_DAY)


def _values(frame: pd.DataFrame, shown: str) -> pd.DataFrame:
    """Return value, lower and upper of every row."""
    columns = ["value", "lower", "upper"]
    if shown == "rate":
        return frame[["rate", "lower", "upper"]].set_axis(columns, axis="columns")
    ends = pd.DataFrame({"value": frame["count"]}, columns=columns, dtype=float)
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
