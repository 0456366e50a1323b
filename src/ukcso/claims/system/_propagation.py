"""Bounds of whole numbers under inequalities, exactly, with what led to each bound."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

#: How often one end may move; a pair of inequalities can narrow a range one by one.
_MOVES = 60


#: Weights of unknowns, by index.
Terms = tuple[tuple[int, int], ...]


class Constraint(NamedTuple):
    """The sum of weights times unknowns, by index, is at most `limit`; which statement says so."""

    by: int
    terms: Terms
    limit: int


class _Move(NamedTuple):
    """One end moved: where to, by whose statements, and what it was calculated from."""

    unknown: int
    end: int
    is_upper: bool
    by: Collection[int]
    #: Of the constraint that moved it; none where it was moved from outside.
    terms: Terms
    #: The move of the same end before; -1 where there was none.
    previous: int


class Box:
    """
    What interval reasoning leaves of every unknown count, from `least` and up.

    The range of every unknown is narrowed constraint by constraint until nothing moves.
    Where several lead to the same end, the first one is named for it.

    Attributes
    ----------
    lower, upper
        By index, inclusive; None where there is no upper end.
    conflict
        Statements, by index, that no numbers satisfy; None where none was met.
    """

    def __init__(self, unknowns: int, constraints: Sequence[Constraint], least: int = 0) -> None:
        self.lower = [least] * unknowns
        self.upper: list[int | None] = [None] * unknowns
        self.conflict: set[int] | None = None
        self._constraints = constraints
        self._touching: list[list[int]] = [[] for _ in self.lower]
        for number, constraint in enumerate(constraints):
            for unknown, _ in constraint.terms:
                self._touching[unknown].append(number)
        self._moves: list[_Move] = []
        #: The last move of every lower end, then of every upper end; -1 where there is none.
        self._last = [[-1] * unknowns, [-1] * unknowns]
        self._propagate(range(len(constraints)))

    def copy(self) -> Box:
        """Return another box to narrow further."""
        other = object.__new__(Box)
        other.__dict__ |= self.__dict__
        other.lower, other.upper = self.lower.copy(), self.upper.copy()
        other._moves, other._last = self._moves.copy(), [last.copy() for last in self._last]
        return other

    def without(self, statements: Iterable[int]) -> Box:
        """Return the box of all statements but these, by index: what rests on them is wider."""
        left_out, gone = {*statements}, set[tuple[int, bool]]()
        box = Box(len(self.lower), ())
        box._constraints = self._constraints
        for unknown, numbers in enumerate(self._touching):
            kept = [number for number in numbers if self._constraints[number].by not in left_out]
            box._touching[unknown] = kept
        for move in self._moves:
            rests_on = {(u, weight < 0) for u, weight in move.terms if u != move.unknown}
            if left_out.isdisjoint(move.by) and gone.isdisjoint(rests_on):
                box._narrow(*move[:-1])
                gone.discard((move.unknown, move.is_upper))
            else:
                gone.add((move.unknown, move.is_upper))
        box._propagate(sorted({number for unknown, _ in gone for number in box._touching[unknown]}))
        return box

    def move(self, unknown: int, end: int, by: Collection[int], *, is_upper: bool) -> None:
        """Move one end as these statements together allow, and narrow what depends on it."""
        self._narrow(unknown, end, is_upper, by)
        self._propagate(self._touching[unknown])

    def fix(self, unknown: int, number: int) -> None:
        """Suppose that an unknown is one number of its range."""
        for is_upper in (False, True):
            self._narrow(unknown, number, is_upper, ())
        self._propagate(self._touching[unknown])

    def is_fixed(self, unknown: int) -> bool:
        """Say whether one number is left."""
        return self.upper[unknown] == self.lower[unknown]

    def why(self, unknown: int, *, is_upper: bool) -> set[int]:
        """Return the statements, by index, that an end rests on."""
        return self._traced([(unknown, is_upper)])

    def _traced(self, ends: Iterable[tuple[int, bool]]) -> set[int]:
        waiting = [self._last[is_upper][unknown] for unknown, is_upper in ends]
        seen, by = {-1}, set[int]()
        while waiting:
            number = waiting.pop()
            if number not in seen:
                seen.add(number)
                move = self._moves[number]
                by.update(move.by)
                for unknown, weight in move.terms:
                    earlier = self._last[weight < 0][unknown]
                    while earlier >= number:
                        earlier = self._moves[earlier].previous
                    if unknown != move.unknown:
                        waiting.append(earlier)
        return by

    def _narrow(
        self,
        unknown: int,
        end: int,
        is_upper: bool,  # noqa: FBT001 - as in a move
        by: Collection[int],
        terms: Terms = (),
    ) -> None:
        last = self._last[is_upper]
        self._moves.append(_Move(unknown, end, is_upper, by, terms, last[unknown]))
        last[unknown] = len(self._moves) - 1
        if is_upper:
            self.upper[unknown] = end
        else:
            self.lower[unknown] = end

    def _propagate(self, constraints: Iterable[int]) -> None:
        """Apply these constraints, and all that touch what they narrow, until nothing moves."""
        waiting = OrderedDict.fromkeys(constraints)
        moved = [0] * (2 * len(self.lower))
        while waiting and self.conflict is None:
            number, _ = waiting.popitem(last=False)
            for unknown in self._tighten(self._constraints[number], moved):
                end = self.upper[unknown]
                if end is not None and self.lower[unknown] > end:
                    self.conflict = self._traced([(unknown, False), (unknown, True)])
                    break
                for other in self._touching[unknown]:
                    waiting[other] = None

    def _tighten(self, constraint: Constraint, moved: list[int]) -> list[int]:
        """Apply one constraint; return the unknowns whose range it narrowed."""
        by, terms, limit = constraint
        lower, upper = self.lower, self.upper
        least, endless = 0, None
        for unknown, weight in terms:
            if weight > 0:
                least += weight * lower[unknown]
            elif (end := upper[unknown]) is not None:
                least += weight * end
            elif endless is None:
                endless = unknown
            else:
                return []
        slack = limit - least
        if endless is None and slack < 0:
            self.conflict = self._traced((u, weight < 0) for u, weight in terms) | {by}
            return []
        narrowed = []
        for unknown, weight in terms:
            if endless is not None and unknown != endless:
                continue
            is_upper = weight > 0
            if is_upper:
                known, end = upper[unknown], lower[unknown] + slack // weight
                is_news = known is None or end < known
            else:
                # An endless unknown has no part in the least sum, so nothing to add to its room.
                end = (upper[unknown] or 0) - slack // -weight
                is_news = end > lower[unknown]
            if is_news and moved[2 * unknown + is_upper] < _MOVES:
                moved[2 * unknown + is_upper] += 1
                self._narrow(unknown, end, is_upper, (by,), terms)
                narrowed.append(unknown)
        return narrowed


def satisfied(constraint: Constraint, ends: Sequence[int | None]) -> bool:
    """
    Say whether a constraint lets every unknown be at this end of its range at once.

    An unknown whose end is None can grow for ever, all those without an end together:
    a constraint between them alone lets them, and one that falls with each of them holds
    once they are large enough.
    """
    growing = [weight for unknown, weight in constraint.terms if ends[unknown] is None]
    if growing:
        return max(growing) < 0 or len(growing) == len(constraint.terms)
    return sum(weight * (ends[u] or 0) for u, weight in constraint.terms) <= constraint.limit
