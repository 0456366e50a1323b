"""One set of linked statements: can it be true, and how tight is it."""

from __future__ import annotations

import math
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from scipy.sparse import csr_array

from ukcso.claims.system._highs import INFEASIBLE, SOLVED, at_least, at_odds, minimise, relaxed
from ukcso.claims.system._propagation import Line, propagate, satisfied
from ukcso.evidence import Cell

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ukcso.claims.system._propagation import Place
    from ukcso.claims.system._rows import Unknown
    from ukcso.claims.system._statements import Statement

_FIRST_NAMED = ("exact", "hedged", "claim", "total")
#: So many unknowns in one programme that asks for several ends at once.
_AT_ONCE = 100
_NEGLIGIBLE = 1e-9


class _Matrix(NamedTuple):
    """The lines that interval reasoning has not settled, in the unknowns it has not."""

    free: list[Place]
    lines: list[Line]
    weights: Any
    limits: Any


class Part:
    """
    Statements linked by the counts they share.

    Interval reasoning with whole numbers comes first. It settles statements that set
    one count against another; sums of several unknown counts go to HiGHS, whose
    coefficients are whole numbers, so that a strict inequality needs no epsilon.

    Attributes
    ----------
    statements
        Exact counts first; a statement's place is its place here.
    unknowns
        The counts, by place.
    box
        The range of each, by place.
    """

    def __init__(self, statements: Iterable[Statement]) -> None:
        self.statements = sorted(statements, key=lambda one: _FIRST_NAMED.index(one.kind))
        place: dict[Unknown, Place] = {}
        self._lines = [
            Line(
                number,
                tuple((place.setdefault(u, len(place)), weight) for u, weight in row.terms),
                row.limit,
            )
            for number, one in enumerate(self.statements)
            for row in one.rows
        ]
        self.unknowns = list(place)
        self.box = propagate(len(place), self._lines)
        #: Whole numbers that satisfy every statement, as far as some were looked for.
        self._met: list[dict[Place, int]] = []
        self._why: dict[tuple[Place, bool], set[int]] = {}

    def is_feasible(self) -> bool:
        """Say whether some whole numbers satisfy every statement."""
        if self.box.conflict is not None:
            return False
        if self._fits(self.box.lower):
            return True
        if not self._matrix.free:
            return False
        # As low as can be all together: often the lowest that each of them can be.
        lowest = self._minimise(np.ones(len(self._matrix.free)))
        return bool(lowest.status != INFEASIBLE)

    def suspects(self) -> set[int]:
        """Return statements, by place, that cannot all be true: few, if not the fewest."""
        if self.box.conflict is not None:
            return self.box.conflict
        found = at_odds(*self._programme())
        return set(range(len(self.statements))) if found is None else self._priced(found)

    def tighten(self) -> None:
        """Move every end to where some whole numbers reach it."""
        for is_upper, ends in ((False, self.box.lower), (True, self.box.upper)):
            if self._fits(ends):
                continue
            free = self._matrix.free
            # Nobody asks for pieces that have no name.
            asked = [
                p for p, unknown in enumerate(free) if isinstance(self.unknowns[unknown], Cell)
            ]
            ended = [place for place in asked if free[place] in ends]
            at_once = max(1, _AT_ONCE // len(free))
            for first in range(0, len(ended), at_once):
                self._move(ended[first : first + at_once], ends, is_upper=is_upper)
            for place in asked:
                if free[place] not in ends and self._has_end(place):
                    self._move([place], ends, is_upper=is_upper)

    def _has_end(self, place: int) -> bool:
        """
        Say whether a count is bounded above.

        With whole coefficients, it is just where the relaxed programme is; HiGHS of
        2023 reports an optimum where whole numbers have none.
        """
        target = np.zeros(len(self._matrix.free))
        target[place] = -1
        return bool(relaxed(target, *self._programme()).status == SOLVED)

    def _move(self, places: list[int], ends: dict[Place, int], *, is_upper: bool) -> None:
        """Move ends, but for those that a solution already met reaches."""
        free, sign = self._matrix.free, -1 if is_upper else 1
        targets = {}
        for place in places:
            end = ends.get(free[place])
            if end is None or not any(known[free[place]] == end for known in self._met):
                targets[place] = np.zeros(len(free))
                targets[place][place] = sign
        best = self._optima(list(targets.values()))
        for (place, target), value in zip(targets.items(), best, strict=True):
            unknown, end = free[place], sign * value if value is not None else None
            if end is not None and (unknown not in ends or sign * end > sign * ends[unknown]):
                self._why[unknown, is_upper] = self._tight(target)
                ends[unknown] = end

    def _optima(self, targets: list[Any]) -> list[int | None]:
        """Return the least value of each target; None where there is none, or no answer."""
        if len(targets) > 1:
            together = self._minimise(np.concatenate(targets), copies=len(targets))
            if together.status == SOLVED:
                apart = np.split(together.x, len(targets))
                return [round(target @ x) for target, x in zip(targets, apart, strict=True)]
            return [self._optima([target])[0] for target in targets]
        return [at_least(self._minimise(target)) for target in targets]

    def why(self, unknown: Place, *, upper: bool) -> set[int]:
        """Return the statements, by place, that an end rests on."""
        found = self._why.get((unknown, upper))
        return self.box.why(unknown, upper=upper) if found is None else found

    def _fits(self, ends: dict[Place, int]) -> bool:
        """Say whether taking the same end of every range satisfies every statement."""
        return all(satisfied(line, ends) for line in self._lines)

    @cached_property
    def _matrix(self) -> _Matrix:
        free = [unknown for unknown in self.box.lower if not self.box.is_fixed(unknown)]
        column = {unknown: place for place, unknown in enumerate(free)}
        lines = [line for line in self._lines if sum(u in column for u, _ in line.terms) > 1]
        limits = np.array([line.limit for line in lines], dtype=np.float64)
        entries: list[tuple[int, int, int]] = []
        for row, line in enumerate(lines):
            for unknown, weight in line.terms:
                if unknown in column:
                    entries.append((weight, row, column[unknown]))
                else:
                    limits[row] -= weight * self.box.lower[unknown]
        found: Any = zip(*entries, strict=True) if entries else ((), (), ())
        values, *places = found
        shape = len(lines), len(free)
        weights = csr_array((np.array(values, dtype=np.float64), tuple(places)), shape=shape)
        return _Matrix(free, lines, weights, limits)

    def _programme(self) -> tuple[Any, Any, tuple[list[float], list[float]]]:
        free, _, weights, limits = self._matrix
        lower = [float(self.box.lower[unknown]) for unknown in free]
        return weights, limits, (lower, [self.box.upper.get(u, math.inf) for u in free])

    def _minimise(self, target: Any, copies: int = 1) -> Any:
        """Solve for whole numbers, and keep those that satisfy every statement exactly."""
        found = minimise(target, *self._programme(), copies=copies)
        if found.x is not None:
            for values in np.split(found.x, copies):
                whole = {u: round(x) for u, x in zip(self._matrix.free, values, strict=True)}
                if self._fits(known := self.box.lower | whole):
                    self._met.append(known)
        return found

    def _tight(self, target: Any) -> set[int]:
        """Return the statements without which the relaxed optimum would move."""
        found = relaxed(target, *self._programme())
        if found.status != SOLVED:
            return set(range(len(self.statements)))
        return self._priced(found)

    def _priced(self, found: Any) -> set[int]:
        """Return the statements behind every line and end that has a price."""
        free = self._matrix.free
        places: set[int] = set()
        for line, price in zip(self._matrix.lines, found.ineqlin.marginals, strict=True):
            if abs(price) > _NEGLIGIBLE:
                places.add(line.by)
                for unknown, weight in line.terms:
                    if self.box.is_fixed(unknown):
                        places |= self.why(unknown, upper=weight < 0)
        for is_upper, side in ((False, found.lower), (True, found.upper)):
            for unknown, price in zip(free, side.marginals, strict=False):
                if abs(price) > _NEGLIGIBLE:
                    places |= self.why(unknown, upper=is_upper)
        return places
