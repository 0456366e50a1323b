"""Bounds of whole numbers under inequalities, exactly, with what led to each bound."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

#: An unknown count, by its place.
Place = int


class Line(NamedTuple):
    """The sum of weights times counts is at most `limit`; which statement says so."""

    by: int
    terms: tuple[tuple[Place, int], ...]
    limit: int


#: How often one end may move; a pair of inequalities can narrow a range one by one.
_MOVES = 60


@dataclass(frozen=True, slots=True)
class _Move:
    """One end moved: by whose statement, resting on which earlier moves."""

    by: int
    rests_on: tuple[int, ...]


@dataclass(slots=True)
class Box:
    """
    What interval reasoning leaves of every unknown count.

    Attributes
    ----------
    lower, upper
        Inclusive; an unknown that is not in `upper` has no upper end.
    conflict
        Statements, by place, that no numbers satisfy; None where none was met.
    """

    lower: dict[Place, int] = field(default_factory=dict)
    upper: dict[Place, int] = field(default_factory=dict)
    conflict: set[int] | None = None
    _moves: list[_Move] = field(default_factory=list)
    #: The last move of each end: (unknown, is_upper).
    _last: dict[tuple[Place, bool], int] = field(default_factory=dict)

    def why(self, unknown: Place, *, upper: bool) -> set[int]:
        """Return the statements, by place, that an end rests on."""
        last = self._last.get((unknown, upper))
        return self._traced([] if last is None else [last])

    def is_fixed(self, unknown: Place) -> bool:
        """Say whether one number is left."""
        return self.upper.get(unknown) == self.lower[unknown]

    def _traced(self, moves: list[int]) -> set[int]:
        seen: set[int] = set()
        while moves:
            move = moves.pop()
            if move not in seen:
                seen.add(move)
                moves.extend(self._moves[move].rests_on)
        return {self._moves[move].by for move in seen}

    def _ends(self, line: Line) -> tuple[int, list[Place]]:
        """Return the least that a line's sum can be, and the unknowns with no end there."""
        least, endless = 0, []
        for unknown, weight in line.terms:
            if weight > 0:
                least += weight * self.lower[unknown]
            elif unknown in self.upper:
                least += weight * self.upper[unknown]
            else:
                endless.append(unknown)
        return least, endless

    def _rests_on(self, line: Line, but: Place | None = None) -> tuple[int, ...]:
        ends = ((unknown, weight < 0) for unknown, weight in line.terms if unknown != but)
        return tuple(self._last[end] for end in ends if end in self._last)

    def _tighten(self, line: Line, moved: dict[tuple[Place, bool], int]) -> list[Place]:
        """Apply one line; return the unknowns whose range it narrowed."""
        least, endless = self._ends(line)
        if len(endless) > 1:
            return []
        if not endless and least > line.limit:
            self.conflict = self._traced(list(self._rests_on(line))) | {line.by}
            return []
        narrowed = []
        for unknown, weight in line.terms:
            if endless and unknown != endless[0]:
                continue
            is_upper = weight > 0
            if moved[unknown, is_upper] >= _MOVES:
                continue
            own = 0 if endless else weight * (self.lower if is_upper else self.upper)[unknown]
            room = line.limit - (least - own)
            end = room // weight if is_upper else -(room // -weight)
            known = self.upper.get(unknown) if is_upper else self.lower[unknown]
            if known is None or (end < known if is_upper else end > known):
                move = _Move(line.by, self._rests_on(line, but=unknown))
                moved[unknown, is_upper] += 1
                self._last[unknown, is_upper] = len(self._moves)
                self._moves.append(move)
                (self.upper if is_upper else self.lower)[unknown] = end
                narrowed.append(unknown)
        return narrowed


def propagate(unknowns: int, lines: Sequence[Line]) -> Box:
    """
    Narrow the range of so many unknowns, from 0 and up, as far as single lines can.

    Where several lead to the same bound, the first one is named for it.
    """
    box = Box(lower=dict.fromkeys(range(unknowns), 0))
    touching: dict[Place, list[int]] = defaultdict(list)
    for number, line in enumerate(lines):
        for unknown, _ in line.terms:
            touching[unknown].append(number)
    waiting, is_waiting = deque(range(len(lines))), [True] * len(lines)
    moved: dict[tuple[Place, bool], int] = defaultdict(int)
    while waiting and box.conflict is None:
        number = waiting.popleft()
        is_waiting[number] = False
        for unknown in box._tighten(lines[number], moved):  # noqa: SLF001 - of this module
            if unknown in box.upper and box.lower[unknown] > box.upper[unknown]:
                last = (box._last.get((unknown, end)) for end in (False, True))  # noqa: SLF001
                box.conflict = box._traced([move for move in last if move is not None])  # noqa: SLF001
                break
            for other in touching[unknown]:
                if not is_waiting[other]:
                    waiting.append(other)
                    is_waiting[other] = True
    return box


def satisfied(line: Line, ends: dict[Place, int]) -> bool:
    """Say whether one end of every range satisfies a line; an unknown not there is endless."""
    endless = [weight for unknown, weight in line.terms if unknown not in ends]
    if endless:
        # Of two counts that both may grow for ever, the line lets them grow together.
        return min(endless) < 0 and len(line.terms) <= 2  # noqa: PLR2004 - a pair
    return sum(weight * ends[unknown] for unknown, weight in line.terms) <= line.limit
