"""Mirrors src/ukcso/claims/system/_propagation.py: small systems, by hand."""

from __future__ import annotations

import itertools
import random

import pytest

from ukcso.claims.system._propagation import Box, Constraint, satisfied

Lines = list[tuple[dict[int, int], int]]
X, Y, Z = 0, 1, 2


def constraints(lines: Lines) -> list[Constraint]:
    """Return constraints, each by a statement of its own."""
    return [Constraint(by, tuple(terms.items()), limit) for by, (terms, limit) in enumerate(lines)]


def box(lines: Lines, unknowns: int = 3) -> Box:
    """Return the box of these constraints."""
    return Box(unknowns, constraints(lines))


@pytest.mark.parametrize(
    ("lines", "lower", "upper"),
    [
        ([], [0, 0, 0], [None, None, None]),
        ([({X: 1}, 7)], [0, 0, 0], [7, None, None]),
        ([({X: -1}, -7)], [7, 0, 0], [None, None, None]),
        # 2 x <= 7, and -2 x <= -7
        ([({X: 2}, 7)], [0, 0, 0], [3, None, None]),
        ([({X: -2}, -7)], [4, 0, 0], [None, None, None]),
        ([({X: 1, Y: 1}, 5)], [0, 0, 0], [5, 5, None]),
        ([({X: 1, Y: 1}, 5), ({X: -1}, -3)], [3, 0, 0], [5, 2, None]),
        # x <= y tells of y from below only
        ([({X: 1, Y: -1}, 0), ({X: -1}, -4)], [4, 4, 0], [None, None, None]),
        ([({X: 1, Y: -1}, 0), ({Y: 1}, 9)], [0, 0, 0], [9, 9, None]),
        # x is y and z together
        ([({X: 1, Y: -1, Z: -1}, 0), ({X: -1, Y: 1, Z: 1}, 0), ({X: 1}, 10), ({X: -1}, -10),
          ({Y: 1}, 4)], [10, 0, 6], [10, 4, 10]),
        # two without an end tell nothing of each other
        ([({X: -1, Y: -1}, -5)], [0, 0, 0], [None, None, None]),
        ([({X: -1, Y: -1}, -5), ({Y: 1}, 2)], [3, 0, 0], [None, 2, None]),
        # 3 x = 2 y, x from 3 to 5: nothing but 4 and 6 is found only by going on
        ([({X: 3, Y: -2}, 0), ({X: -3, Y: 2}, 0), ({X: -1}, -3), ({X: 1}, 5)],
         [4, 6, 0], [4, 6, None]),
    ],
)  # fmt: skip
def test_ends(lines: Lines, lower: list[int], upper: list[int | None]) -> None:
    """Each end is where single constraints leave it."""
    found = box(lines)
    assert (found.lower, found.upper, found.conflict) == (lower, upper, None)


@pytest.mark.parametrize(
    ("lines", "conflict"),
    [
        ([({X: 1}, 3), ({X: -1}, -4)], {0, 1}),
        ([({}, -1)], {0}),
        ([({Y: 1}, 1), ({X: 1}, 3), ({X: -1}, -4)], {1, 2}),
        # y is x or more, and x 5 or more: not at most 4
        ([({X: -1}, -5), ({X: 1, Y: -1}, 0), ({Y: 1}, 4), ({Z: 1}, 9)], {0, 1, 2}),
        # twice a number is never 5
        ([({X: 2}, 5), ({X: -2}, -5)], {0, 1}),
    ],
)
def test_conflicts(lines: Lines, conflict: set[int]) -> None:
    """A contradiction names what led to it, and nothing else."""
    assert box(lines).conflict == conflict


def test_why() -> None:
    """An end rests on every constraint that led to it."""
    found = box([({X: 1}, 4), ({Y: 1, X: -1}, 0), ({Z: -1}, -2)])
    assert found.upper[Y] == 4
    assert found.why(Y, is_upper=True) == {0, 1}
    assert found.why(Z, is_upper=False) == {2}
    assert found.why(Y, is_upper=False) == set()


def test_without_a_statement_what_rests_on_it_is_wider() -> None:
    """The box is that of the other constraints; the first one is untouched."""
    lines: Lines = [({X: 1}, 4), ({Y: 1, X: -1}, 0), ({X: 1}, 9), ({Z: -1}, -2)]
    found = box(lines)
    rest = found.copy()
    rest.leave_out([0])
    assert (rest.upper, rest.lower) == ([9, 9, None], [0, 0, 2])
    assert rest.why(Y, is_upper=True) == {1, 2}
    assert found.upper == [4, 4, None]


@pytest.mark.parametrize("seed", range(20))
def test_a_box_without_a_statement(seed: int) -> None:
    """Random systems: the box without a statement is that of the others."""
    chance = random.Random(seed)  # noqa: S311 - the same systems every time
    lines: Lines = [({unknown: 1}, chance.randint(5, 60)) for unknown in (X, Y, Z)]
    for _ in range(6):
        terms = {u: chance.choice([-3, -2, -1, 1, 2, 3]) for u in chance.sample((X, Y, Z), 2)}
        lines.append((terms, chance.randint(0, 30)))
    for left_out in range(len(lines)):
        found = box(lines)
        assert found.conflict is None
        found.leave_out([left_out])
        others = Box(3, [c for c in constraints(lines) if c.by != left_out])
        assert (found.lower, found.upper) == (others.lower, others.upper)


@pytest.mark.parametrize("seed", range(20))
def test_no_whole_numbers_are_lost(seed: int) -> None:
    """Random systems: all that satisfies every constraint lies in the box."""
    chance = random.Random(seed)  # noqa: S311 - the same systems every time
    lines: Lines = [({unknown: 1}, 6) for unknown in (X, Y, Z)]
    for _ in range(3):
        lines.append(({u: chance.randint(-3, 3) or 1 for u in (X, Y, Z)}, chance.randint(-4, 9)))
    found = box(lines)
    fitting = [
        counts
        for counts in itertools.product(range(7), repeat=3)
        if all(satisfied(constraint, counts) for constraint in constraints(lines))
    ]
    assert not (found.conflict and fitting)
    for counts in fitting:
        for number, lower, upper in zip(counts, found.lower, found.upper, strict=True):
            assert lower <= number <= (upper or 0)


def test_a_supposed_number_is_carried_on() -> None:
    """Of x + y = 5, with 2 for x, y is 3."""
    found = box([({X: 1, Y: 1}, 5), ({X: -1, Y: -1}, -5)], unknowns=2)
    found.fix(X, 2)
    assert (found.lower, found.upper) == ([2, 3], [2, 3])


def test_a_moved_end_rests_on_what_moved_it() -> None:
    """So does what follows from it."""
    found = box([({Y: 1, X: -1}, 0)], unknowns=2)
    found.move(X, 8, [5, 6], is_upper=True)
    assert found.upper == [8, 8]
    assert found.why(Y, is_upper=True) == {0, 5, 6}


@pytest.mark.parametrize(
    ("terms", "limit", "ends", "holds"),
    [
        ({X: 1, Y: 1}, 5, [2, 3, 0], True),
        ({X: 1, Y: 1}, 5, [3, 3, 0], False),
        # both grow: the constraint is between them alone
        ({X: 4, Y: -5}, 0, [None, None, 0], True),
        # y is as large as need be
        ({X: 1, Y: -1}, 0, [3, None, 0], True),
        ({X: 1, Y: -1}, 0, [None, 3, 0], False),
        ({X: 1, Y: -1, Z: 1}, 0, [None, None, 1], False),
    ],
)
def test_satisfied(terms: dict[int, int], limit: int, ends: list[int | None], holds: bool) -> None:
    """Whether all unknowns may be at these ends at once."""
    assert satisfied(Constraint(0, tuple(terms.items()), limit), ends) is holds
