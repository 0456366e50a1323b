"""Which changes of law, recording or definition lie between two periods of a series."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from ukcso.areas import all_areas, force_areas
from ukcso.datasets import cached_by_version, load_breaks, rows
from ukcso.measures import all_codes, all_measures
from ukcso.periods import Period

if TYPE_CHECKING:
    from datetime import date

#: A period is before or after a change where this share of its days is.
MOST_OF_IT = 0.95


class Break(NamedTuple):
    """One change; without a day it holds throughout and parts no two periods."""

    break_id: str
    area_id: str
    applies_to: str
    day: date | None
    description: str
    kind: str = ""

    @property
    def is_of_compilation(self) -> bool:
        """Whether it lies in how releases were put together, not in law or recording."""
        return self.kind == "different_collection"

    def __str__(self) -> str:
        return f"{self.break_id} ({self.day or 'throughout'}): {self.description}"

    def affects(self, names: frozenset[str], area_id: str | None) -> bool:
        """Say whether a series of these names is concerned, in an area that shares a force."""
        if self.applies_to not in names:
            return False
        if self.area_id in ("all", area_id):
            return True
        if area_id is None or not {area_id, self.area_id} <= all_areas().keys():
            return False
        return not force_areas(self.area_id).isdisjoint(force_areas(area_id))

    def parts(self, earlier: Period, later: Period) -> bool:
        """
        Say whether two periods do not lie on one side of the change.

        A period lies on the side where 95 per cent of its days are, so a law of 3
        April parts 2016/17 from 2017/18, but not 2017/18 from 2018/19. A change in
        the midst of a year leaves that year on neither side: it is parted from both
        its neighbours.
        """
        if self.day is None:
            return False
        sides = {_side(period, self.day) for period in (earlier, later)}
        return sides not in ({"before"}, {"after"})


def names_of(measure: str | None, offence_code: str | None) -> frozenset[str]:
    """
    Return what `applies_to` may call a series.

    A measure goes by its own name and its official codes, a code also by the classes
    it is a part of.
    """
    known = all_codes()
    codes = {offence_code} if offence_code else set()
    if measure is not None and measure in all_measures():
        codes |= set(all_measures()[measure].codes)
    while above := {up for it in codes & known.keys() if (up := known[it].parent)} - codes:
        codes |= above
    named = {f"measure:{measure}"} if measure else set()
    return frozenset({"all", *named, *codes, *(f"code:{code}" for code in codes)})


def affecting(names: frozenset[str], area_id: str | None) -> tuple[Break, ...]:
    """Return the changes that may concern a series; those of populations concern any."""
    names |= {"population"}
    return tuple(change for change in all_breaks() if change.affects(names, area_id))


def concerning(
    measure: str | None, offence_code: str | None, area_id: str | None
) -> tuple[Break, ...]:
    """
    Return the changes that concern a series.

    What holds of a class throughout is about that class, not about a measure that is
    close to it: a measure shares only the changes that its official codes went through.
    """
    own = names_of(None, offence_code) | ({f"measure:{measure}"} if measure else set())
    changes = affecting(names_of(measure, offence_code), area_id)
    return tuple(it for it in changes if it.day is not None or it.applies_to in own)


def caveats(measure: str | None, offence_code: str | None) -> list[str]:
    """Return what holds of a measure or a code throughout, in any area."""
    throughout = (it for it in concerning(measure, offence_code, None) if it.day is None)
    return sorted(map(str, throughout))


@cached_by_version
def all_breaks() -> tuple[Break, ...]:
    """Return every change of the dataset."""
    return tuple(
        Break(
            row.break_id,
            row.area_id,
            row.applies_to,
            None if pd.isna(row.date) else row.date.date(),
            row.description,
            row.kind,
        )
        for row in rows(load_breaks())
    )


def _side(period: Period, day: date) -> str:
    if day <= period.start:
        return "after"
    if day > period.end:
        return "before"
    before = Period(period.start, day - timedelta(days=1)).days / period.days
    if before >= MOST_OF_IT:
        return "before"
    return "after" if 1 - before >= MOST_OF_IT else "neither"
