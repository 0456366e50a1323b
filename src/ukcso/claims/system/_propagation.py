"""Bounds of whole numbers under inequalities, exactly, with what led to each bound."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: How often one end may move; a pair of inequalities can narrow a range one by one.
_MOVES = 60


class Constraint(NamedTuple):
    """The sum of weights times unknowns, by index, is at most `limit`; which statement says so."""

    by: int
    terms: tuple[tuple[int, int], ...]
    limit: int


class _Move(NamedTuple):
    """One end moved: by whose statements, resting on which earlier moves."""

    unknown: int
    is_upper: bool
    end: int
    by: tuple[int, ...]
    rests_on: tuple[int, ...]


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
        self._left_out: frozenset[int] = frozenset()
        self._moves: list[_Move] = []
        #: The last move of each end: (unknown, is_upper).
        self._last: dict[tuple[int, bool], int] = {}
        self._propagate(range(len(constraints)))

    def copy(self) -> Box:
        """Return another box to narrow further."""
        other = object.__new__(Box)
        other.__dict__ |= self.__dict__
        other.lower, other.upper = self.lower.copy(), self.upper.copy()
        other._moves, other._last = self._moves.copy(), self._last.copy()
        return other

    def take_back(self, statements: Iterable[int]) -> None:
        """Widen what rests on these statements, by index, to what the rest of them allows."""
        self._left_out |= {*statements}
        self.lower, self.upper = [0] * len(self.lower), [None] * len(self.upper)
        self._last = {}
        taken_back: set[int] = set()
        for number, move in enumerate(self._moves):
            if self._left_out.isdisjoint(move.by) and taken_back.isdisjoint(move.rests_on):
                self._set(number, move)
            else:
                taken_back.add(number)
        widened = {self._moves[number].unknown for number in taken_back}
        self._propagate(sorted({i for unknown in widened for i in self._touching[unknown]}))

    def move(self, unknown: int, end: int, by: Iterable[int], *, is_upper: bool) -> None:
        """Move one end as these statements together allow, and narrow what depends on it."""
        self._narrow(_Move(unknown, is_upper, end, tuple(by), ()))
        self._propagate(self._touching[unknown])

    def fix(self, unknown: int, number: int) -> None:
        """Suppose that an unknown is one number of its range."""
        for is_upper in (False, True):
            self._narrow(_Move(unknown, is_upper, number, (), ()))
        self._propagate(self._touching[unknown])

    def is_fixed(self, unknown: int) -> bool:
        """Say whether one number is left."""
        return self.upper[unknown] == self.lower[unknown]

    def why(self, unknown: int, *, is_upper: bool) -> set[int]:
        """Return the statements, by index, that an end rests on."""
        return self._traced(self._behind([(unknown, is_upper)]))

    def _behind(self, ends: Iterable[tuple[int, bool]]) -> tuple[int, ...]:
        return tuple(self._last[end] for end in ends if end in self._last)

    def _traced(self, numbers: Iterable[int]) -> set[int]:
        waiting, seen = list(numbers), set()
        while waiting:
            number = waiting.pop()
            if number not in seen:
                seen.add(number)
                waiting.extend(self._moves[number].rests_on)
        return {by for number in seen for by in self._moves[number].by}

    def _narrow(self, move: _Move) -> None:
        self._moves.append(move)
        self._set(len(self._moves) - 1, move)

    def _set(self, number: int, move: _Move) -> None:
        self._last[move.unknown, move.is_upper] = number
        if move.is_upper:
            self.upper[move.unknown] = move.end
        else:
            self.lower[move.unknown] = move.end

    def _propagate(self, constraints: Iterable[int]) -> None:
        """Apply these constraints, and all that touch what they narrow, until nothing moves."""
        waiting = deque(constraints)
        is_waiting = set(waiting)
        moved = [0] * (2 * len(self.lower))
        while waiting and self.conflict is None:
            number = waiting.popleft()
            is_waiting.discard(number)
            if self._constraints[number].by in self._left_out:
                continue
            for unknown in self._tighten(self._constraints[number], moved):
                end = self.upper[unknown]
                if end is not None and self.lower[unknown] > end:
                    both = self._behind([(unknown, False), (unknown, True)])
                    self.conflict = self._traced(both)
                    break
                for other in self._touching[unknown]:
                    if other not in is_waiting:
                        waiting.append(other)
                        is_waiting.add(other)

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
            behind = self._behind((unknown, weight < 0) for unknown, weight in terms)
            self.conflict = self._traced(behind) | {by}
            return []
        narrowed = []
        for unknown, weight in terms:
            if endless is not None and unknown != endless:
                continue
            is_upper = weight > 0
            known = upper[unknown] if is_upper else lower[unknown]
            if is_upper:
                end = lower[unknown] + slack // weight
                is_news = known is None or end < known
            else:
                # An endless unknown has no part in the least sum, so nothing to add to its room.
                end = (upper[unknown] or 0) - slack // -weight
                is_news = end > lower[unknown]
            if is_news and moved[2 * unknown + is_upper] < _MOVES:
                moved[2 * unknown + is_upper] += 1
                rests_on = self._behind((u, w < 0) for u, w in terms if u != unknown)
                self._narrow(_Move(unknown, is_upper, end, (by,), rests_on))
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
