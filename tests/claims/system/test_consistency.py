"""Mirrors src/ukcso/claims/system/_consistency.py: what contradicts, and what is left of it."""

from __future__ import annotations

import random
from typing import Any, Literal

import pandas as pd
import pytest

from ukcso.claims.system._component import Component
from ukcso.claims.system._consistency import (
    components,
    consistent,
    doubted,
    irreducible,
    one_number_each,
)
from ukcso.claims.system._inequalities import Inequality
from ukcso.claims.system._statements import Statement
from ukcso.evidence import Cell

Kind = Literal["exact", "hedged", "claim", "total"]
DAYS = pd.Timestamp("2017-04-01"), pd.Timestamp("2018-03-31")
A, B, C, D = (Cell("image_offences", "all", area, *DAYS) for area in "abcd")


def said(name: str, kind: Kind, *rows: tuple[dict[Cell, int], int], **more: Any) -> Statement:
    """Return a statement that a sum of counts is at most a limit, and so on."""
    inequalities = tuple(Inequality(tuple(terms.items()), limit) for terms, limit in rows)
    return Statement(name, kind, lambda: name, inequalities, **more)


def exact(name: str, cell: Cell, number: int) -> Statement:
    """Return a statement of one number."""
    return said(name, "exact", ({cell: -1}, -number), ({cell: 1}, number))


def names(statements: list[Statement]) -> set[str]:
    """Return what the statements are called."""
    return {statement.statement_id for statement in statements}


#: a = b + c
SUM = said("sum", "total", ({A: -1, B: 1, C: 1}, 0), ({A: 1, B: -1, C: -1}, 0))
#: 10 b >= 23 a: a part more than twice its whole
RATIO = said("ratio", "claim", ({B: -10, A: 23}, 0), ({A: -1}, -1))
#: c is at most eight tenths of b
FALL = said("fall", "claim", ({C: 10, B: -8}, 0), ({B: -1}, -1))


class TestIrreducible:
    """Sets without which nothing contradicts."""

    def test_what_adds_up_is_given_up_last(self) -> None:
        """A part that is 2.3 times its whole is impossible by itself: no other claim is blamed."""
        for order in ([RATIO, FALL], [FALL, RATIO]):
            periods = Component([exact("b", B, 17), exact("c", C, 10), SUM, *order])
            assert names(irreducible(periods)) == {"ratio", "sum"}

    def test_two_claims_that_only_together_contradict(self) -> None:
        """Both are named."""
        more = said("more", "claim", ({A: -1}, -10))
        fewer = said("fewer", "claim", ({A: 1}, 5))
        assert names(irreducible(Component([more, fewer, SUM]))) == {"more", "fewer"}

    def test_counts_that_do_not_add_up(self) -> None:
        """333 and 67 are not 410; what is claimed beside them has no part in it."""
        wrong = [exact("a", A, 410), exact("b", B, 333), exact("c", C, 67), SUM]
        fine = said("fine", "claim", ({B: -1, C: 1}, 0))
        assert names(irreducible(Component([*wrong, fine]))) == {"a", "b", "c", "sum"}

    @pytest.mark.parametrize("seed", range(30))
    def test_without_any_one_the_rest_can_be_true(self, seed: int) -> None:
        """Random systems: each set contradicts, and no part of it does."""
        chance = random.Random(seed)  # noqa: S311 - the same systems every time
        statements = [exact(cell.area_id, cell, chance.randint(0, 20)) for cell in (A, B)]
        statements.append(SUM)
        for number in range(8):
            one, other = chance.sample((A, B, C, D), 2)
            row = ({one: chance.choice([-2, -1]), other: chance.choice([1, 3])}, 0)
            least = ({other: -1}, -chance.randint(0, 9))
            kind: Kind = chance.choice(["claim", "hedged"])
            statements.append(said(str(number), kind, row, least))
        kept, conflicts = consistent(statements)
        for conflict in conflicts:
            assert not Component(conflict).is_feasible
            for one in conflict:
                assert Component(other for other in conflict if other is not one).is_feasible
        assert all(component.is_feasible for component in kept)


class TestConsistent:
    """What is left once contradictions are resolved."""

    def test_claims_are_set_aside_before_what_adds_up(self) -> None:
        """The ratio goes, the sum and the true claim stay, and bound the whole."""
        kept, conflicts = consistent([exact("b", B, 17), RATIO, FALL, SUM])
        assert [names(doubted(conflict)) for conflict in conflicts] == [{"ratio"}]
        left = {name for component in kept for name in names(component.statements)}
        assert left == {"b", "fall", "sum"}

    def test_a_sum_is_set_aside_where_only_exact_counts_contradict_it(self) -> None:
        """Counts are printed with more care than a rule of addition fits them."""
        wrong = [exact("a", A, 410), exact("b", B, 333), exact("c", C, 67), SUM]
        _, conflicts = consistent(wrong)
        assert [names(doubted(conflict)) for conflict in conflicts] == [{"sum"}]

    def test_digits_cut_off_are_no_contradiction(self) -> None:
        """A claim that holds when read loosely is read so."""
        loosely = (Inequality(((A, 1),), 12),)
        cut = said("cut", "claim", ({A: 1}, 8), loosely=lambda: loosely)
        least = said("least", "hedged", ({A: -1}, -10))
        kept, conflicts = consistent([least, cut])
        assert conflicts == []
        assert [(c.bounds.lower, c.bounds.upper) for c in kept] == [([10], [12])]


class TestComponents:
    """What is linked by counts that nobody printed exactly."""

    def test_a_count_printed_exactly_links_nothing(self) -> None:
        """Two claims about 10 in A are two components; each has the count."""
        claims = [said("x", "claim", ({A: 1, B: -1}, 0)), said("y", "claim", ({A: 1, C: -1}, 0))]
        split = components([exact("ten", A, 10), *claims])
        assert [names(some) for some in split] == [{"ten", "x"}, {"ten", "y"}]

    def test_a_shared_unknown_links(self) -> None:
        """They are one."""
        claims = [said("x", "claim", ({A: 1, B: -1}, 0)), said("y", "claim", ({B: 1, C: -1}, 0))]
        assert [names(some) for some in components(claims)] == [{"x", "y"}]

    def test_two_numbers_for_one_count(self) -> None:
        """They contradict; for the rest it is anything between."""
        joined, clashes = one_number_each([exact("x", A, 10), exact("y", A, 14)])
        assert [names(clash) for clash in clashes] == [{"x", "y"}]
        assert {tuple(row.limit for row in one.inequalities) for one in joined} == {(-10, 14)}
