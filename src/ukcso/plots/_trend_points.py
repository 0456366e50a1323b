"""The points, segments and breaks of a trend, as its table has them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pandas as pd

from ukcso.datasets import load_breaks, pinned, rows
from ukcso.errors import InvalidInputError
from ukcso.periods import Period
from ukcso.plots import _style, _words
from ukcso.stats import count_interval, per_day

if TYPE_CHECKING:
    from collections.abc import Sequence

_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Point:
    """One period and what is drawn for it."""

    period: str
    start: date
    end: date
    value: float
    lower: float
    upper: float
    comparable: bool
    why_not: tuple[str, ...]

    @property
    def middle(self) -> str:
        """The day that it is drawn at."""
        return (self.start + (self.end - self.start) / 2).isoformat()

    @property
    def known(self) -> bool:
        """Whether there is anything to draw."""
        return not pd.isna(self.value)

    def follows(self, other: Point) -> bool:
        """Say whether no day lies between another period and this one."""
        return self.start - other.end == _A_DAY


@dataclass(frozen=True, slots=True)
class Break:
    """A change of law, recording or definition within the time that is drawn."""

    break_id: str
    day: date
    description: str


@dataclass(frozen=True)
class Drawn:
    """What a trend draws, and how large."""

    points: Sequence[Point]
    breaks: Sequence[Break]
    axis: str
    zero: bool
    width: float

    @property
    def known(self) -> list[Point]:
        """Points with a value."""
        return [point for point in self.points if point.known]

    @property
    def pairs(self) -> list[tuple[Point, Point]]:
        """Every period and the one shown next."""
        return list(pairwise(self.points))

    @property
    def segments(self) -> list[Point]:
        """The later point of every two that a line joins."""
        return [b for a, b in self.pairs if a.known and b.known and b.follows(a)]

    @property
    def height(self) -> float:
        """Of the plot, in pixels."""
        return 220 if _style.is_narrow(self.width) else 320


def points_of(frame: pd.DataFrame, shown: str, *, intervals: bool) -> list[Point]:
    """
    Return the rows as points, in order of time.

    Raises
    ------
    InvalidInputError
        No row has what is to be shown.
    """
    table = frame.sort_values("period_start", kind="stable")
    drawn = _values(table, shown, intervals=intervals)
    if drawn["value"].isna().all():
        msg = f"nothing to show: no period has a {shown.replace('_', ' ')}"
        raise InvalidInputError(msg)
    return [
        Point(
            row.period,
            row.period_start.date(),
            row.period_end.date(),
            float(value),
            float(lower),
            float(upper),
            bool(row.comparable),
            tuple(row.why_not.split(";")) if isinstance(row.why_not, str) else (),
        )
        for row, (value, lower, upper) in zip(
            rows(table), drawn.itertuples(index=False, name=None), strict=True
        )
    ]


def breaks_in(frame: pd.DataFrame) -> list[Break]:
    """Return the breaks that lie between periods shown, by day."""
    ids = {it for told in frame["break_ids"].dropna() for it in told.split(";")}
    with pinned(**_words.told(frame)["datasets"]):
        known = load_breaks()
    first, last = frame["period_start"].min(), frame["period_end"].max()
    inside = known["break_id"].isin(ids) & known["date"].between(first, last)
    found: list[Any] = list(rows(known[inside].sort_values(["date", "break_id"])))
    return [Break(row.break_id, row.date.date(), row.description) for row in found]


def _values(table: pd.DataFrame, shown: str, *, intervals: bool) -> pd.DataFrame:
    """Return value, lower and upper of every row."""
    if shown == "rate":
        found = table[["rate", "lower", "upper"]]
    else:
        found = pd.DataFrame({"value": table["count"], "lower": float("nan")})
        found["upper"] = found["lower"]
        if intervals:
            estimate = count_interval(table["count"], level=_words.told(table)["level"])
            found["lower"], found["upper"] = estimate.lower, estimate.upper
        if shown == "per_day":
            days = [float(Period(row.period_start, row.period_end).days) for row in rows(table)]
            spans = pd.Series(days, index=table.index)
            found = found.apply(lambda column: per_day(column, spans))
    return found.set_axis(["value", "lower", "upper"], axis="columns")
