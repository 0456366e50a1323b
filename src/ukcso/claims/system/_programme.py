"""The tightest bounds that a set of statements allows, and statements that contradict."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ukcso.claims.system._part import Part

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from ukcso.claims.system._rows import Unknown
    from ukcso.claims.system._statements import Statement

#: Which statements to give up first when looking for a smallest contradictory set.
_GIVEN_UP_FIRST = ("total", "claim", "hedged", "exact")


@dataclass(slots=True)
class Solution:
    """
    What a set of statements leaves of every count in it.

    Attributes
    ----------
    lower, upper
        Inclusive ends; an unknown that is not in `upper` is not bounded above.
    pinned_by
        The statements that an unknown's two ends rest on.
    conflicts
        Smallest sets that cannot all be true.
    n_constraints
        How many statements speak of it.
    spoken_of, printed
        The unknowns that some figure or claim is about, and those printed exactly.
    """

    lower: dict[Unknown, int] = field(default_factory=dict)
    upper: dict[Unknown, int] = field(default_factory=dict)
    pinned_by: dict[Unknown, list[Statement]] = field(default_factory=dict)
    conflicts: list[list[Statement]] = field(default_factory=list)
    n_constraints: dict[Unknown, int] = field(default_factory=dict)
    spoken_of: set[Unknown] = field(default_factory=set)
    printed: set[Unknown] = field(default_factory=set)


def solve(statements: Iterable[Statement]) -> Solution:
    """
    Return the tightest whole-number bounds of every count spoken of.

    Statements that contradict are reported, and all of them but exact counts are set
    aside, because nothing says which is wrong. A claim that holds once its digits are
    taken as cut off or rounded up is no contradiction, and is read so.
    """
    asked, conflicts = one_number_each(list(statements))
    solution = Solution(conflicts=conflicts)
    for one in asked:
        for unknown in sorted(one.cells):
            solution.n_constraints[unknown] = solution.n_constraints.get(unknown, 0) + 1
            if one.kind != "total":
                solution.spoken_of.add(unknown)
            if one.kind == "exact":
                solution.printed.add(unknown)
    for part in _settled(asked, solution.conflicts):
        _bound(part, solution)
    return solution


def settled(statements: Iterable[Statement]) -> list[Statement]:
    """Return statements that can all be true: what `solve` makes bounds from."""
    asked, conflicts = one_number_each(list(statements))
    kept = {id(one): one for part in _settled(asked, conflicts) for one in part.statements}
    return list(kept.values())


def _settled(statements: list[Statement], conflicts: list[list[Statement]]) -> Iterator[Part]:
    """Yield linked statements that can all be true; add what contradicts to `conflicts`."""
    waiting = Links(statements).components()
    while waiting:
        part = Part(waiting.pop())
        if part.is_feasible():
            yield part
            continue
        core = _smallest(part)
        kept, is_read_loosely = _without(part.statements, core)
        if not is_read_loosely:
            conflicts.append(core)
        waiting.extend(Links(kept).components())


def _bound(part: Part, solution: Solution) -> None:
    part.tighten()
    for place, unknown in enumerate(part.unknowns):
        solution.lower[unknown] = part.box.lower[place]
        if place in part.box.upper:
            solution.upper[unknown] = part.box.upper[place]
        by = part.why(place, upper=False) | part.why(place, upper=True)
        solution.pinned_by[unknown] = [part.statements[number] for number in sorted(by)]


def one_number_each(
    statements: list[Statement],
) -> tuple[list[Statement], list[list[Statement]]]:
    """Join different exact counts of one cell: it is anything between them."""
    printed: dict[Unknown, list[Statement]] = defaultdict(list)
    for one in statements:
        if one.kind == "exact":
            printed[one.rows[0].terms[0][0]].append(one)
    between: dict[int, Statement] = {}
    clashes: list[list[Statement]] = []
    for values in printed.values():
        lowest, *others = sorted(values, key=lambda one: one.rows[1].limit)
        clashes.extend([lowest, other] for other in others)
        if others:
            ends = (lowest.rows[0], others[-1].rows[1])
            between |= {id(one): replace(one, rows=ends) for one in values}
    return [between.get(id(one), one) for one in statements], clashes


class Links:
    """Which statements share a count that is not printed exactly."""

    def __init__(self, statements: list[Statement]) -> None:
        self._statements = statements
        self._printed = {next(iter(one.cells)): one for one in statements if one.is_one_number}
        self._free = [one.cells - self._printed.keys() for one in statements]
        self._touching: dict[Unknown, list[int]] = defaultdict(list)
        for place, cells in enumerate(self._free):
            for cell in cells:
                self._touching[cell].append(place)

    def components(self) -> list[list[Statement]]:
        """Split statements into sets that share no count but such as are printed exactly."""
        found: list[list[Statement]] = []
        seen: set[int] = set()
        for place, one in enumerate(self._statements):
            if place not in seen and not one.is_one_number:
                found.append(self._with_counts(self._reach([place], seen)))
        return found

    def around(self, unknown: Unknown, but: Collection[str] = ()) -> list[Statement]:
        """Return all that is linked to a count, but for claims with these ids."""
        left_out = {
            place
            for place, one in enumerate(self._statements)
            if one.kind == "claim" and {one.statement_id, *one.also} <= set(but)
        }
        start = [place for place in self._touching.get(unknown, ()) if place not in left_out]
        return self._with_counts(self._reach(start, left_out))

    def _reach(self, start: list[int], seen: set[int]) -> list[int]:
        """Return the places linked to the first ones; `seen` is left out and grows."""
        seen.update(start)
        reached, waiting = [], list(start)
        while waiting:
            reached.append(place := waiting.pop())
            for cell in self._free[place]:
                waiting.extend(near := [i for i in self._touching[cell] if i not in seen])
                seen.update(near)
        return sorted(reached)

    def _with_counts(self, places: list[int]) -> list[Statement]:
        """Add the counts printed exactly that these statements speak of."""
        members = [self._statements[place] for place in places]
        # Sorted, because the order decides which of several smallest conflicts is found.
        cells = sorted({cell for one in members for cell in one.cells})
        return [*(self._printed[cell] for cell in cells if cell in self._printed), *members]


def _smallest(part: Part) -> list[Statement]:
    """Return a smallest set that cannot all be true: without any one of it, the rest can."""
    core = [part.statements[place] for place in sorted(part.suspects())]
    for one in sorted(core, key=lambda one: _GIVEN_UP_FIRST.index(one.kind)):
        fewer = [other for other in core if other is not one]
        if not Part(fewer).is_feasible():
            core = fewer
    return core


def _without(statements: list[Statement], core: list[Statement]) -> tuple[list[Statement], bool]:
    """Resolve a contradiction; say whether reading digits loosely was enough."""
    loosely = {id(one): replace(one, rows=one.loosely, loosely=()) for one in core if one.loosely}
    if loosely and Part([loosely.get(id(one), one) for one in core]).is_feasible():
        return [loosely.get(id(one), one) for one in statements], True
    doubted = [one for one in core if one.kind != "exact"] or core
    return [one for one in statements if not any(one is other for other in doubted)], False
