"""Bounds of whole numbers under inequalities, exactly, with what led to each bound."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

#: How often one end may move; a pair of inequalities can narrow a range one by one.
_MOVES = 60


class Constraint(NamedTuple):
    """The sum of weights times unknowns, by index, is at most `limit`; which statement says so."""

    by: int
    terms: tuple[tuple[int, int], ...]
    limit: int


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
        #: The statements that every lower end and every upper end rests on, each a bit.
        self._behind = [0] * unknowns, [0] * unknowns
        self._constraints = constraints
        self._touching: list[list[int]] = [[] for _ in self.lower]
        for number, constraint in enumerate(constraints):
            for unknown, _ in constraint.terms:
                self._touching[unknown].append(number)
        self._propagate(range(len(constraints)))

    def copy(self) -> Box:
        """Return another box to narrow further."""
        other = object.__new__(Box)
        other.__dict__ |= self.__dict__
        other.lower, other.upper = self.lower.copy(), self.upper.copy()
        other._behind = self._behind[False].copy(), self._behind[True].copy()
        return other

    def leave_out(self, statements: Collection[int]) -> None:
        """Widen what rests on these statements, by index, to what the others allow."""
        left_out, wider = _bits(statements), set[int]()
        for is_upper in (False, True):
            for unknown, behind in enumerate(self._behind[is_upper]):
                if behind & left_out:
                    self._set(unknown, None if is_upper else 0, 0, is_upper=is_upper)
                    wider.add(unknown)
        said = [constraint.by not in statements for constraint in self._constraints]
        self._touching = [[number for number in some if said[number]] for some in self._touching]
        self._propagate(sorted({number for unknown in wider for number in self._touching[unknown]}))

    def move(self, unknown: int, end: int, by: Iterable[int], *, is_upper: bool) -> None:
        """Move one end as these statements together allow, and narrow what depends on it."""
        self._set(unknown, end, _bits(by), is_upper=is_upper)
        self._propagate(self._touching[unknown])

    def fix(self, unknown: int, number: int) -> None:
        """Suppose that an unknown is one number of its range."""
        for is_upper in (False, True):
            self._set(unknown, number, 0, is_upper=is_upper)
        self._propagate(self._touching[unknown])

    def is_fixed(self, unknown: int) -> bool:
        """Say whether one number is left."""
        return self.upper[unknown] == self.lower[unknown]

    def why(self, unknown: int, *, is_upper: bool) -> set[int]:
        """Return the statements, by index, that an end rests on."""
        return {*_places(self._behind[is_upper][unknown])}

    def _set(self, unknown: int, end: Any, behind: int, *, is_upper: bool) -> None:
        (self.upper if is_upper else self.lower)[unknown] = end
        self._behind[is_upper][unknown] = behind

    def _propagate(self, constraints: Iterable[int]) -> None:
        """Apply these constraints, and all that touch what they narrow, until nothing moves."""
        waiting = OrderedDict.fromkeys(constraints)
        moved = [0] * (2 * len(self.lower))
        while waiting and self.conflict is None:
            number, _ = waiting.popitem(last=False)
            for unknown in self._tighten(self._constraints[number], moved):
                end = self.upper[unknown]
                if end is not None and self.lower[unknown] > end:
                    self.conflict = {*_places(self._rests_on([(unknown, -1), (unknown, 1)]))}
                    break
                for other in self._touching[unknown]:
                    waiting[other] = None

    def _rests_on(self, terms: Iterable[tuple[int, int]]) -> int:
        """Return the statements behind the least sum of these terms."""
        lower, upper = self._behind
        behind = 0
        for unknown, weight in terms:
            behind |= lower[unknown] if weight > 0 else upper[unknown]
        return behind

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
            self.conflict = {by, *_places(self._rests_on(terms))}
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
                behind = self._rests_on(term for term in terms if term[0] != unknown)
                self._set(unknown, end, behind | 1 << by, is_upper=is_upper)
                narrowed.append(unknown)
        return narrowed


def _bits(places: Iterable[int]) -> int:
    return sum(1 << place for place in places)


def _places(bits: int) -> Iterator[int]:
    while bits:
        yield (place := bits.bit_length() - 1)
        bits ^= 1 << place


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
