"""One connected component of a release system: can it be true, and how tight is it."""

from __future__ import annotations

import math
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import csr_array

from ukcso.claims.system._highs import (
    INFEASIBLE,
    SOLVED,
    Programme,
    at_least,
    certificate,
    minimise,
    relaxed,
)
from ukcso.claims.system._propagation import Box, Constraint, satisfied
from ukcso.evidence import Cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ukcso.claims.system._inequalities import Unknown
    from ukcso.claims.system._statements import Statement

_FIRST_NAMED = ("exact", "hedged", "claim", "total")
_NEGLIGIBLE = 1e-9
#: Counts from here on stand for counts that grow for ever.
_LARGE = 1_000_000


class Component:
    """
    Statements linked by the counts they share.

    Interval reasoning with whole numbers comes first. It settles statements that set
    one count against another; sums of several unknown counts go to HiGHS, whose
    coefficients are whole numbers, so that a strict inequality needs no epsilon.

    Attributes
    ----------
    statements
        Exact counts first; a statement's index is its place here.
    unknowns
        The counts, by index.
    box
        The range of each as interval reasoning leaves it.
    """

    def __init__(self, statements: Iterable[Statement]) -> None:
        self.statements = sorted(statements, key=lambda one: _FIRST_NAMED.index(one.kind))
        index: dict[Unknown, int] = {}
        self._constraints = [
            Constraint(
                by,
                tuple((index.setdefault(u, len(index)), weight) for u, weight in inequality.terms),
                inequality.limit,
            )
            for by, statement in enumerate(self.statements)
            for inequality in statement.inequalities
        ]
        self.unknowns = list(index)
        self.box = Box(len(index), self._constraints)
        #: Whole numbers that satisfy every statement, as far as some were looked for.
        self._met: list[list[int]] = []

    @cached_property
    def is_feasible(self) -> bool:
        """Whether some whole numbers satisfy every statement."""
        if self.box.conflict is not None:
            return False
        if self._fits(self.box.lower):
            self._met.append(self.box.lower)
            return True
        if self._meets(self.box.copy()):
            return True
        free = self._free(self.box)
        return bool(free) and self._minimise(np.ones(len(free)), self.box).status != INFEASIBLE

    def conflict(self) -> list[Statement]:
        """Return statements that cannot all be true: few, if not the fewest."""
        by = self.box.conflict
        if by is None:
            prices = certificate(self._programme(self.box))
            by = (
                set(range(len(self.statements)))
                if prices is None
                else self._priced(prices, self.box)
            )
        return [self.statements[index] for index in sorted(by)]

    @cached_property
    def bounds(self) -> Box:
        """The range of each count, every end moved to where some whole numbers reach it."""
        box = self.box.copy()
        self._find_ends(box)
        for is_upper in (False, True):
            if not self._fits(box.upper if is_upper else box.lower):
                for unknown, name in enumerate(self.unknowns):
                    # Nobody asks for pieces that have no name.
                    if isinstance(name, Cell):
                        self._tighten(box, unknown, is_upper=is_upper)
        return box

    def _fits(self, ends: Sequence[int | None]) -> bool:
        """Say whether taking the same end of every range satisfies every statement."""
        return all(satisfied(constraint, ends) for constraint in self._constraints)

    def _meets(self, box: Box) -> bool:
        """Look for whole numbers in a box that satisfy every statement, the lowest first."""
        for unknown in range(len(self.unknowns)):
            if box.conflict is None and not box.is_fixed(unknown):
                box.fix(unknown, box.lower[unknown])
        if box.conflict is None:
            self._met.append(box.lower)
        return box.conflict is None

    def _find_ends(self, box: Box) -> None:
        """Give an upper end to every count that has one, though no single statement tells."""
        endless = [unknown for unknown, end in enumerate(box.upper) if end is None]
        if len(endless) < 2:  # noqa: PLR2004 - one alone would have been given its end
            return
        # What can grow for ever does so in a direction in which no constraint rises.
        index = {unknown: place for place, unknown in enumerate(endless)}
        homogeneous = [
            Constraint(0, tuple((index[u], weight) for u, weight in terms if u in index), 0)
            for _, terms, _ in self._constraints
        ]
        direction = Box(len(endless), homogeneous, least=_LARGE)
        if direction.conflict is None and all(
            satisfied(constraint, direction.lower) for constraint in homogeneous
        ):
            return
        for unknown in endless:
            if box.upper[unknown] is None:
                optimum = relaxed(*self._target(box, unknown, is_upper=True))
                # With whole coefficients, a count has an end just where the relaxed one has.
                if optimum.status == SOLVED:
                    end, by = math.floor(1e-5 - optimum.fun), self._priced(optimum, box)
                    box.move(unknown, end, by, is_upper=True)

    def _tighten(self, box: Box, unknown: int, *, is_upper: bool) -> None:
        """Move an end that no whole numbers reach."""
        end = (box.upper if is_upper else box.lower)[unknown]
        if end is None or box.is_fixed(unknown) or any(x[unknown] == end for x in self._met):
            return
        probe = box.copy()
        probe.fix(unknown, end)
        if self._meets(probe):
            return
        target, programme = self._target(box, unknown, is_upper=is_upper)
        sign = -1 if is_upper else 1
        value = at_least(self._minimise(target, box))
        if value is None or value <= sign * end:
            return
        # HiGHS has been seen to miss whole numbers that are there: look for some beyond its end.
        beyond = box.copy()
        beyond.move(unknown, sign * value - sign, (), is_upper=not is_upper)
        if not self._meets(beyond):
            by = self._priced(relaxed(target, programme), box)
            box.move(unknown, sign * value, by, is_upper=is_upper)

    def _free(self, box: Box) -> list[int]:
        return [unknown for unknown in range(len(self.unknowns)) if not box.is_fixed(unknown)]

    def _open(self, box: Box) -> list[Constraint]:
        """Return the constraints that interval reasoning has not settled."""
        return [c for c in self._constraints if sum(not box.is_fixed(u) for u, _ in c.terms) > 1]

    def _programme(self, box: Box) -> Programme:
        free, constraints = self._free(box), self._open(box)
        column = {unknown: place for place, unknown in enumerate(free)}
        weights = np.zeros((len(constraints), len(free)))
        limits = np.array([constraint.limit for constraint in constraints], dtype=np.float64)
        for row, constraint in enumerate(constraints):
            for unknown, weight in constraint.terms:
                if unknown in column:
                    weights[row, column[unknown]] = weight
                else:
                    limits[row] -= weight * box.lower[unknown]
        ends: Any = [
            (box.lower[u], math.inf if box.upper[u] is None else box.upper[u]) for u in free
        ]
        lower, upper = zip(*ends, strict=True)
        return Programme(
            csr_array(weights), limits, list(map(float, lower)), list(map(float, upper))
        )

    def _target(self, box: Box, unknown: int, *, is_upper: bool) -> tuple[Any, Programme]:
        """Return the programme that asks for one end."""
        target = np.zeros(len(self._free(box)))
        target[self._free(box).index(unknown)] = -1 if is_upper else 1
        return target, self._programme(box)

    def _minimise(self, target: Any, box: Box) -> Any:
        """Solve for whole numbers, and keep those that satisfy every statement exactly."""
        optimum = minimise(target, self._programme(box))
        if optimum.x is not None:
            known = box.lower.copy()
            for unknown, value in zip(self._free(box), optimum.x, strict=True):
                known[unknown] = round(value)
            if self._fits(known):
                self._met.append(known)
        return optimum

    def _priced(self, optimum: Any, box: Box) -> set[int]:
        """Return the statements behind every constraint and end that has a price."""
        if optimum.status != SOLVED:
            return set(range(len(self.statements)))
        by: set[int] = set()
        for constraint, price in zip(self._open(box), optimum.ineqlin.marginals, strict=True):
            if abs(price) > _NEGLIGIBLE:
                by.add(constraint.by)
                for unknown, weight in constraint.terms:
                    if box.is_fixed(unknown):
                        by |= box.why(unknown, is_upper=weight < 0)
        for is_upper, side in ((False, optimum.lower), (True, optimum.upper)):
            for unknown, price in zip(self._free(box), side.marginals, strict=False):
                if abs(price) > _NEGLIGIBLE:
                    by |= box.why(unknown, is_upper=is_upper)
        return by
