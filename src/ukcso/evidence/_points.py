"""Values to set side by side: which is the one before, and what makes the two differ."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from ukcso._rules import require_choice
from ukcso.datasets import rows
from ukcso.errors import InvalidInputError, listed
from ukcso.evidence._breaks import Break, concerning
from ukcso.evidence._coverage import Coverage, coverage_of, differences
from ukcso.evidence._operands import Operand
from ukcso.periods import Period
from ukcso.printed import HEDGES
from ukcso.stats import growth

_NEEDED = ("period_start", "period_end", "value")
_OF_A_SERIES = ("measure", "offence_code", "breakdown", "area_id", "unit")


@dataclass(frozen=True, slots=True, eq=False)
class Point:
    """One value of a series, with all that decides what it may be compared with."""

    of: tuple[object, ...]
    period: Period
    value: float
    hedge: Any
    release_id: str | None
    coverage: Coverage
    area_id: str | None
    basis: str | None
    breaks: tuple[Break, ...]

    def __str__(self) -> str:
        return f"{self.period} ({self.release_id})" if self.release_id else str(self.period)

    def reasons(self, earlier: Point) -> Iterator[tuple[str, str]]:
        """Go through the reasons not to compare it with an earlier value, and say what differs."""
        if earlier.release_id != self.release_id:
            yield "different_release", f"{earlier.release_id or '-'}, {self.release_id or '-'}"
            area_id = self.area_id or self.coverage.scope_area_id or ""
            yield from differences(earlier.coverage, self.coverage, area_id).items()
        if crossed := self.crossed(earlier):
            yield "break_in_series", listed(crossed)
        if not earlier.hedge == self.hedge == "exact":
            printed = (f"{point.hedge} {point.value:,.10g}" for point in (earlier, self))
            yield "inexact", listed(printed)

    def crossed(self, earlier: Point) -> list[Break]:
        """
        Return the breaks that part it from an earlier value.

        A change of how releases are compiled parts two releases; one release is compiled
        one way throughout. One of populations parts two bases, whenever they are from.
        """

        def parted(change: Break) -> bool:
            if change.applies_to == "population":
                return earlier.basis != self.basis
            if change.kind == "different_collection" and earlier.release_id == self.release_id:
                return False
            return change.parts(earlier.period, self.period)

        return [change for change in self.breaks if parted(change)]


@dataclass(frozen=True)
class Step:
    """A value and the one before it, if there is one to set it against."""

    point: Point
    earlier: Point | None

    @cached_property
    def reasons(self) -> dict[str, str]:
        """Why the two may not be compared: what differs, by the word of the reason."""
        return dict(self.point.reasons(self.earlier)) if self.earlier else {}

    @property
    def breaks(self) -> list[Break]:
        """The breaks between the two."""
        return self.point.crossed(self.earlier) if self.earlier else []

    @property
    def growth(self) -> tuple[float, float, float]:
        """
        As `ukcso.growth` has it, and what the hedges allow it to be: itself where both are exact.

        All are missing where corrections make a count negative.
        """
        if self.earlier is None or min(self.earlier.value, self.point.value) < 0:
            return np.nan, np.nan, np.nan
        grown = growth(self.earlier.value, self.point.value)
        if np.isnan(grown) or self.earlier.hedge == self.point.hedge == "exact":
            return grown, grown, grown
        later, before = (
            Operand(point.value, point.hedge, "", "").bounds for point in (self.point, self.earlier)
        )
        allowed = later / before - 1
        return grown, allowed.lower, allowed.upper


def _point(row: Any) -> Point:
    def text(name: str) -> str | None:
        value = getattr(row, name, None)
        return None if pd.isna(value) else str(value)

    of = {name: text(name) for name in _OF_A_SERIES}
    release_id = text("release_id")
    hedge = text("hedge") or "exact"
    require_choice("hedge", hedge, HEDGES)
    try:
        value = np.nan if pd.isna(row.value) else float(row.value)
    except (TypeError, ValueError):
        msg = f"value must be a number; got {row.value!r}"
        raise InvalidInputError(msg) from None
    return Point(
        of=tuple(of.values()),
        period=Period(row.period_start, row.period_end),
        value=value,
        hedge=hedge,
        release_id=release_id,
        coverage=coverage_of(release_id, Coverage.of(row)),
        area_id=of["area_id"],
        basis=text("basis"),
        breaks=concerning(of["measure"], of["offence_code"], of["area_id"]),
    )


def steps_of(frame: pd.DataFrame) -> list[Step]:
    """Return each value of a frame, checked, with the one to set it against if there is one."""
    lacking = [name for name in _NEEDED if name not in getattr(frame, "columns", ())]
    if lacking:
        msg = f"series_or_rows must have the columns {listed(_NEEDED)}; missing: {listed(lacking)}"
        raise InvalidInputError(msg)
    points = [_point(row) for row in rows(frame)]
    by_period: dict[object, list[Point]] = defaultdict(list)
    for point in points:
        by_period[point.of, point.period].append(point)
    for point in points:
        standing = Counter(other.release_id for other in by_period[point.of, point.period])
        if standing[point.release_id] > 1:
            msg = (
                f"series_or_rows must have one value per series, period and release; {point} "
                f"stands {standing[point.release_id]} times: `series` picks the one that stands"
            )
            raise InvalidInputError(msg)
    return [Step(point, _earlier(point, by_period)) for point in points]


def _earlier(point: Point, by_period: Mapping[object, list[Point]]) -> Point | None:
    """Pick the own release's, or the nearest in coverage, exact, out by then, the latest."""

    def distance(other: Point) -> tuple[bool, int, bool, bool]:
        return (
            other.release_id != point.release_id,
            len(differences(other.coverage, point.coverage, point.area_id or "")),
            other.hedge != "exact",
            other.coverage.published > point.coverage.published,
        )

    if np.isnan(point.value):
        return None
    before = by_period.get((point.of, point.period.previous()), [])
    known = [other for other in before if not np.isnan(other.value)]
    known.sort(key=lambda other: other.coverage.published, reverse=True)
    return min(known, key=distance, default=None)
