"""What adds up: areas to groups, periods to spans, parts to wholes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from itertools import pairwise, permutations

import pandas as pd

from ukcso.areas import all_areas, force_areas
from ukcso.claims.system._inequalities import Inequality, Unknown
from ukcso.claims.system._statements import Statement, cell_phrase
from ukcso.datasets import cached_by_version
from ukcso.evidence import Cell

_DAY = pd.Timedelta(days=1)
_PLATFORMS = {
    "meta": {"facebook", "facebook_messenger", "instagram", "whatsapp"},
    "facebook_instagram_snapchat": {"facebook", "instagram", "snapchat"},
}
#: Classes that an image offence is one of; those of other analyses overlap.
_APART = {
    "offence:other_or_unspecified",
    "offence:possession",
    "offence:prohibited_images",
    "offence:taking_making_distributing",
}
#: Values of a dimension that are not among those known.
_NOT_A_PART = {"known", "not_recorded", "most_common"}


def totals(unit_of: Mapping[Cell, str], *, some_elsewhere: bool) -> Iterator[Statement]:
    """
    Return what addition says about the cells of one release.

    Parameters
    ----------
    unit_of
        What each cell spoken of counts; a part is within a whole of the same unit only.
    some_elsewhere
        Whether a country's total may hold more than its police force areas:
        offences that British Transport Police recorded.
    """
    for alike in _by(sorted(unit_of), lambda cell: (cell.measure, unit_of[cell])):
        yield from _period_sums(alike)
        yield from _area_sums(alike, some_elsewhere=some_elsewhere)
        yield from _parts(alike)


def _by(cells: Iterable[Cell], key: Callable[[Cell], Hashable]) -> Iterator[list[Cell]]:
    groups: dict[Hashable, list[Cell]] = defaultdict(list)
    for cell in cells:
        groups[key(cell)].append(cell)
    return (group for group in groups.values() if len(group) > 1)


def _period_sums(cells: list[Cell]) -> Iterator[Statement]:
    """Split the periods of a series where any of them begins or ends; each is its pieces."""
    for series in _by(cells, lambda cell: cell[:3]):
        breaks = sorted({day for c in series for day in (c.period_start, c.period_end + _DAY)})
        pieces = [(start, end - _DAY) for start, end in pairwise(breaks)]
        for cell in series:
            made_of: list[Unknown] = [
                cell._replace(period_start=start, period_end=end)
                for start, end in pieces
                if cell.period_start <= start and end <= cell.period_end
            ]
            if len(made_of) > 1:
                yield _sum(cell, made_of, "the sum of its periods")


def _area_sums(cells: list[Cell], *, some_elsewhere: bool) -> Iterator[Statement]:
    """Split areas into the sets of forces that the areas spoken of tell apart."""
    known = [cell for cell in cells if cell.area_id in all_areas()]
    for group in _by(known, lambda cell: (cell[:2], cell[3:])):
        of_area = {cell.area_id: cell for cell in group}
        holders: dict[str, list[str]] = defaultdict(list)
        for area_id in of_area:
            for force in force_areas(area_id):
                holders[force].append(area_id)
        classes: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for force, areas in holders.items():
            classes[tuple(areas)].add(force)
        names = {holder: _named(forces, group[0]) for holder, forces in classes.items()}
        for area_id, cell in of_area.items():
            made_of = [names[holder] for holder in classes if area_id in holder]
            shared = any(area_id in holder and len(holder) > 1 for holder in classes)
            if shared and made_of != [cell]:
                country = all_areas()[area_id].kind in {"nation", "country_group"}
                open_end = some_elsewhere and country
                yield _sum(cell, made_of, "the sum of its areas", at_least=open_end)


def _named(forces: set[str], like: Cell) -> Unknown:
    """Return the cell of the area made of these forces, or a nameless piece."""
    area_id = _areas_by_forces().get(frozenset(forces))
    if area_id:
        return like._replace(area_id=area_id)
    return ("areas", *sorted(forces), *(str(part) for part in (*like[:2], *like[3:])))


@cached_by_version
def _areas_by_forces() -> dict[frozenset[str], str]:
    """Return areas by what they are made of; where two are the same, the first."""
    by_forces: dict[frozenset[str], str] = {}
    for area_id in sorted(all_areas(), key=lambda i: (all_areas()[i].kind == "group", i)):
        by_forces.setdefault(force_areas(area_id), area_id)
    return by_forces


def _parts(cells: list[Cell]) -> Iterator[Statement]:
    for group in _by(cells, lambda cell: (cell.measure, *cell[2:])):
        for part, whole in permutations(group, 2):
            if _inside(part.breakdown, whole.breakdown):
                is_part = Inequality(((part, 1), (whole, -1)), 0)
                yield _rule(part, f" is a part of {whole.breakdown}", is_part)
        classes = [cell for cell in group if cell.breakdown in _APART]
        everything = [cell for cell in group if cell.breakdown == "all"]
        if everything and len(classes) > 1:
            are_parts = Inequality((*((cell, 1) for cell in classes), (everything[0], -1)), 0)
            yield _rule(everything[0], ": its classes of offence are parts of it", are_parts)


def _inside(part: str, whole: str) -> bool:
    """Say whether one breakdown is certainly a part of another."""
    if "all" in {part, whole}:
        return whole == "all" != part
    (dimension, value), (of, other) = part.split(":", 1), whole.split(":", 1)
    if dimension == "victim_sex_age":
        sex, _, ages = value.partition("_")
        both = {"victim_sex": sex, "victim_age": ages}
        return of in both and _members(of, both[of]) <= _members(of, other)
    if dimension != of or value == other or value in _NOT_A_PART:
        return False
    return other == "known" or _members(of, value) <= _members(of, other)


def _members(dimension: str, value: str) -> set[str] | set[int]:
    """Return the platforms, or the years of age, that a value covers; or itself alone."""
    if dimension == "platform":
        return _PLATFORMS.get(value) or {*value.split("+")}
    first, _, last = value.partition("-")
    last = last or first
    if dimension in {"victim_age", "age"} and first.isdecimal() and last.isdecimal():
        return {*range(int(first), int(last) + 1)}
    return {value}


def _sum(cell: Cell, made_of: list[Unknown], words: str, *, at_least: bool = False) -> Statement:
    above = Inequality(((cell, -1), *((piece, 1) for piece in made_of)), 0)
    below = Inequality(((cell, 1), *((piece, -1) for piece in made_of)), 0)
    if at_least:
        return _rule(cell, f" is at least {words}", above)
    return _rule(cell, f" is {words}", above, below)


def _rule(cell: Cell, words: str, *inequalities: Inequality) -> Statement:
    return Statement("", "total", lambda: f"{cell_phrase(cell)}{words}", inequalities)
