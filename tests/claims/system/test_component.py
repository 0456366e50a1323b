"""Mirrors src/ukcso/claims/system/_component.py: the tightest bounds of one component."""

from __future__ import annotations

import pytest

from ukcso.claims.system import _highs
from ukcso.claims.system._component import Component
from ukcso.claims.system._inequalities import Inequality, Unknown
from ukcso.claims.system._statements import Statement
from ukcso.evidence import Cell

X, Y, Z = (Cell("image_offences", "all", area, None, None) for area in "xyz")  # type: ignore[arg-type]
Lines = list[tuple[dict[Cell, int], int]]


def component(lines: Lines) -> Component:
    """Return a component of these inequalities, each a claim of its own."""
    return Component(
        Statement(str(number), "claim", str, (Inequality(tuple(terms.items()), limit),))
        for number, (terms, limit) in enumerate(lines)
    )


def bounds(lines: Lines) -> dict[Unknown, tuple[int, int | None]]:
    """Return the tightest ends of each count."""
    solved = component(lines)
    assert solved.is_feasible
    ends = zip(solved.bounds.lower, solved.bounds.upper, strict=True)
    return dict(zip(solved.unknowns, ends, strict=True))


class TestBounds:
    """Ends that some whole numbers reach, and no others."""

    def test_an_end_that_two_statements_give(self) -> None:
        """364 more, from 24.5 to 25.5 per cent: 364 / 0.255 = 1,427.5 to 364 / 0.245 = 1,485.7."""
        growth = [({X: 249, Y: -200}, 0), ({Y: 200, X: -251}, -1)]
        difference = [({Y: 1, X: -1}, 364), ({Y: -1, X: 1}, -364)]
        assert bounds([*growth, *difference]) == {X: (1_428, 1_485), Y: (1_792, 1_849)}

    def test_no_end_where_both_grow(self) -> None:
        """2 x <= y <= 3 x have none."""
        assert bounds([({X: 2, Y: -1}, 0), ({Y: 1, X: -3}, 0)]) == {X: (0, None), Y: (0, None)}

    def test_one_grows_and_one_does_not(self) -> None:
        """x = y + z, with y at most 5 less than x: z has an end, x and y have none."""
        total = [({X: 1, Y: -1, Z: -1}, 0), ({X: -1, Y: 1, Z: 1}, 0), ({X: 1, Y: -1}, 5)]
        assert bounds(total) == {X: (0, None), Y: (0, None), Z: (0, 5)}

    def test_sums_in_two_ways(self) -> None:
        """x + y = 10 and y + z = 10 and x + z <= 4: y is 8 or more."""
        pairs: Lines = []
        for one, other in ((X, Y), (Y, Z)):
            pairs += [({one: 1, other: 1}, 10), ({one: -1, other: -1}, -10)]
        assert bounds([*pairs, ({X: 1, Z: 1}, 4)]) == {X: (0, 2), Y: (8, 10), Z: (0, 2)}

    def test_whole_numbers_only(self) -> None:
        """2 x + 2 y = 2 z + 1 has solutions, but none in whole numbers."""
        assert not component([({X: 2, Y: 2, Z: -2}, 1), ({X: -2, Y: -2, Z: 2}, -1)]).is_feasible

    def test_what_an_end_rests_on(self) -> None:
        """Both statements, where it takes both; not a third."""
        solved = component([({X: 3, Y: -2}, 0), ({Y: 1, X: -1}, 9), ({Z: 1}, 1_000)])
        upper = solved.unknowns.index(Y)
        assert (solved.bounds.upper[upper], solved.bounds.why(upper, is_upper=True)) == (27, {0, 1})


class TestConflict:
    """Statements that cannot all be true."""

    def test_a_certificate_names_them(self) -> None:
        """x + y >= 9, x + z <= 3, y - z <= 2: 9 is not at most 5, whatever else is said."""
        sums: Lines = [({X: -1, Y: -1}, -9), ({X: 1, Z: 1}, 3), ({Y: 1, Z: -1}, 2), ({Z: 1}, 50)]
        solved = component(sums)
        assert not solved.is_feasible
        assert {one.statement_id for one in solved.conflict()} <= {"0", "1", "2"}


class TestLimits:
    """A bound does not depend on how busy the machine is."""

    def test_nodes_are_limited_and_time_is_not(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The solver stops after so many branches, the same everywhere and every time."""
        options = []
        solve = _highs.milp
        monkeypatch.setattr(
            _highs, "milp", lambda *a, **more: options.append({**more["options"]}) or solve(*a, **more)
        )
        for _ in range(2):
            assert not component([({X: 2, Y: 2}, 1), ({X: -2, Y: -2}, -1), ({X: 1}, 9)]).is_feasible
            component([({X: 2, Y: 2, Z: -2}, 1), ({X: -2, Y: -2, Z: 2}, -1)]).is_feasible
        assert len(options) >= 2
        assert all(some.keys() == {"node_limit", "mip_rel_gap"} for some in options)

    def test_past_the_limit_bounds_are_valid(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """After one branch the end is that of the relaxed programme or nearer, never too tight."""
        lines: Lines = [({X: 7, Y: 11, Z: 13}, 100), ({X: -7, Y: -11, Z: -13}, -99), ({X: 1, Y: -1}, 3)]
        tightest = bounds(lines)
        monkeypatch.setitem(_highs._OPTIONS, "node_limit", 1)  # noqa: SLF001
        for cell, (lower, upper) in bounds(lines).items():
            assert lower <= tightest[cell][0]
            assert (upper or 0) >= (tightest[cell][1] or 0)
