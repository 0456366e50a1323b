"""One connected component of a release system: can it be true, and how tight is it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

from ukcso.claims.system._highs import CLEARLY, INFEASIBLE, NEARLY, SOLVED, Programme, at_least
from ukcso.claims.system._inequalities import Unknown
from ukcso.claims.system._propagation import Box, Constraint, satisfied
from ukcso.claims.system._statements import KINDS, Statement
from ukcso.evidence import Cell

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
        self.statements = sorted(statements, key=lambda one: KINDS.index(one.kind))
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

    @property
    def is_feasible(self) -> bool:
        """Whether some whole numbers satisfy every statement."""
        return not self._contradicting

    def conflict(self) -> list[Statement]:
        """Return statements that cannot all be true: few, if not the fewest."""
        return [self.statements[index] for index in sorted(self._contradicting)]

    @cached_property
    def _contradicting(self) -> set[int]:
        if self.box.conflict is not None:
            return self.box.conflict
        if self._fits(self.box.lower):
            self._met.append(self.box.lower)
            return set()
        if self._meets(self.box.copy()):
            return set()
        programme = Programme(self._constraints, self.box)
        optimum = programme.certificate()
        is_clear = optimum.status == SOLVED and optimum.fun > CLEARLY
        if not is_clear and (
            self._met_at(programme, optimum) or self._minimum(programme, 1).status != INFEASIBLE
        ):
            return set()
        return programme.priced(optimum) if is_clear else {*range(len(self.statements))}

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

    def _minimum(self, programme: Programme, sign: int, unknown: int | None = None) -> Any:
        """Solve for whole numbers."""
        optimum = programme.minimise(sign, unknown)
        self._met_at(programme, optimum)
        return optimum

    def _met_at(self, programme: Programme, optimum: Any) -> bool:
        """Say whether the whole numbers nearest to an optimum satisfy every statement exactly."""
        is_met = optimum.x is not None and self._fits(numbers := programme.at(optimum))
        if is_met:
            self._met.append(numbers)
        return is_met

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
                programme = Programme(self._constraints, box)
                optimum = programme.relaxed(-1, unknown)
                # With whole coefficients, a count has an end just where the relaxed one has.
                if optimum.status == SOLVED:
                    end = math.floor(NEARLY - optimum.fun)
                    box.move(unknown, end, programme.priced(optimum), is_upper=True)

    def _tighten(self, box: Box, unknown: int, *, is_upper: bool) -> None:
        """Move an end that no whole numbers reach."""
        end = (box.upper if is_upper else box.lower)[unknown]
        if end is None or box.is_fixed(unknown) or any(x[unknown] == end for x in self._met):
            return
        probe = box.copy()
        probe.fix(unknown, end)
        if self._meets(probe):
            return
        programme = Programme(self._constraints, box)
        sign = -1 if is_upper else 1
        value = at_least(self._minimum(programme, sign, unknown))
        if value is None or value <= sign * end:
            return
        # HiGHS has been seen to miss whole numbers that are there: look for some beyond its end.
        beyond = box.copy()
        beyond.move(unknown, sign * value - sign, (), is_upper=not is_upper)
        if not self._meets(beyond):
            by = programme.priced(programme.relaxed(sign, unknown))
            box.move(unknown, sign * value, by, is_upper=is_upper)
