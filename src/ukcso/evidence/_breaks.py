"""Which changes of law, recording or definition lie between two periods of a series."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from ukcso.areas import all_areas, force_areas
from ukcso.datasets import cached_by_version, load_breaks, rows
from ukcso.evidence._official_tables import IN_NATIONAL_TOTALS
from ukcso.measures import all_codes, all_measures
from ukcso.periods import Period

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
        return not _recording(self.area_id).isdisjoint(_recording(area_id))

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
        before = [(self.day - period.start).days / period.days for period in (earlier, later)]
        return min(before) < MOST_OF_IT and 1 - max(before) < MOST_OF_IT


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


def parting(
    measure_or_code: str | None, area_id: str | None, earlier: Period, later: Period
) -> list[Break]:
    """
    Return what parts two periods that one release or official table counts.

    Changes of how releases are compiled part releases, those of populations part census
    bases: neither is among them.
    """
    is_measure = measure_or_code in all_measures()
    measure, code = (measure_or_code, None) if is_measure else (None, measure_or_code)
    return [
        change
        for change in concerning(measure, code, area_id)
        if change.applies_to != "population"
        and change.kind != "different_collection"
        and change.parts(earlier, later)
    ]


def caveats(measure: str | None, offence_code: str | None) -> list[str]:
    """Return what holds of a measure or a code throughout, in any area."""
    throughout = (it for it in concerning(measure, offence_code, None) if it.day is None)
    return sorted(map(str, throughout))


def _recording(area_id: str) -> frozenset[str]:
    """Return the forces that record an area's offences; one of England and Wales has no area."""
    forces = force_areas(area_id)
    return forces | {IN_NATIONAL_TOTALS} if forces >= force_areas("england-and-wales") else forces


@cached_by_version
def all_breaks() -> tuple[Break, ...]:
    """Return every change of the dataset."""
    known = load_breaks()
    known["day"] = known["date"].dt.date.where(known["date"].notna(), None)
    return tuple(map(Break._make, rows(known[list(Break._fields)])))
