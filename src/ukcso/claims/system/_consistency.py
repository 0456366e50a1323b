"""Linked statements, those that can all be true, and those that cannot."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from ukcso.claims.system._component import Component
from ukcso.claims.system._inequalities import Unknown
from ukcso.claims.system._statements import Statement

#: What may be wrong, and what is hardly; each in the order in which it is given up. What
#: adds up does so whatever was printed.
_DOUBTFUL, _CERTAIN = ("claim", "hedged"), ("exact", "total")


def one_number_each(
    statements: list[Statement],
) -> tuple[list[Statement], list[list[Statement]]]:
    """Join different exact counts of one cell: it is anything between them."""
    printed: dict[Unknown, list[Statement]] = defaultdict(list)
    for statement in statements:
        if statement.kind == "exact":
            printed[statement.count].append(statement)
    between: dict[int, Statement] = {}
    clashes: list[list[Statement]] = []
    for values in printed.values():
        lowest, *others = sorted(values, key=lambda one: one.inequalities[1].limit)
        clashes.extend([lowest, other] for other in others)
        if others:
            ends = (lowest.inequalities[0], others[-1].inequalities[1])
            between |= {id(one): replace(one, inequalities=ends) for one in values}
    return [between.get(id(one), one) for one in statements], clashes


def components(statements: list[Statement]) -> list[list[Statement]]:
    """
    Split statements into sets that share no count but such as are printed exactly.

    Each set has the counts printed exactly that it speaks of, first and sorted: the order
    decides which of several irreducible conflicts is found.
    """
    printed = {statement.count: statement for statement in statements if statement.is_one_number}
    unknown = [[c for c in statement.counts if c not in printed] for statement in statements]
    touching: dict[Unknown, list[int]] = defaultdict(list)
    for number, counts in enumerate(unknown):
        for count in counts:
            touching[count].append(number)
    split: list[list[Statement]] = []
    seen = {number for number, statement in enumerate(statements) if statement.is_one_number}
    for first in range(len(statements)):
        reached = [] if first in seen else [first]
        seen.add(first)
        for number in reached:  # which grows
            for count in unknown[number]:
                near = [other for other in touching[count] if other not in seen]
                seen.update(near)
                reached.extend(near)
        members = [statements[number] for number in sorted(reached)]
        fixed = {count for one in members for count in one.counts} & printed.keys()
        if members:
            split.append([*(printed[count] for count in sorted(fixed)), *members])
    return split


def consistent(statements: list[Statement]) -> tuple[list[Component], list[list[Statement]]]:
    """
    Return what is left of a component once contradictions are resolved, and those.

    All statements of a contradiction but exact counts are set aside, because nothing
    says which is wrong. A claim that holds once its digits are taken as cut off or
    rounded up is no contradiction, and is read so.
    """
    kept: list[Component] = []
    conflicts: list[list[Statement]] = []
    waiting = [statements]
    while waiting:
        component = Component(waiting.pop())
        if component.is_feasible:
            kept.append(component)
            continue
        conflict = irreducible(component)
        loosely = {
            id(one): replace(one, inequalities=inequalities, loosely=tuple)
            for one in conflict
            if (inequalities := one.loosely())
        }
        if loosely and Component(loosely.get(id(one), one) for one in conflict).is_feasible:
            rest = [loosely.get(id(one), one) for one in component.statements]
        else:
            conflicts.append(conflict)
            aside = {id(one) for one in doubted(conflict)}
            rest = [one for one in component.statements if id(one) not in aside]
        waiting.extend(components(rest))
    return kept, conflicts


def irreducible(component: Component) -> list[Statement]:
    """
    Return an irreducible infeasible subsystem: without any one of it, the rest can be true.

    The deletion filter of Chinneck and Dravnieks (1991) leaves out what a contradiction
    does not need, one by one: claims first, then hedged figures. While these are tried,
    all exact counts and all that adds up stay in, so that a claim that is impossible
    by itself is not blamed together with another.
    """
    certain = [one for one in component.statements if one.kind in _CERTAIN]
    doubtful = _filtered(component.conflict(), _DOUBTFUL, certain)
    conflict = Component([*doubtful, *certain]).conflict()
    return [*doubtful, *_filtered(conflict, _CERTAIN, doubtful)]


def _filtered(
    conflict: list[Statement], kinds: Sequence[str], others: list[Statement]
) -> list[Statement]:
    """Return statements of these kinds that contradict the others, none of them without need."""
    needed = [one for one in conflict if one.kind in kinds]
    for one in sorted(needed, key=lambda one: kinds.index(one.kind)):
        fewer = [other for other in needed if other is not one]
        if len(fewer) == len(needed):
            continue
        rest = Component([*others, *fewer])
        if not rest.is_feasible:
            needed = [other for other in rest.conflict() if other.kind in kinds]
    return needed


def doubted(conflict: list[Statement]) -> list[Statement]:
    """Return the statements of a contradiction that are set aside, least sure first."""
    for kinds in (_DOUBTFUL, ("total",), ("exact",)):
        if least_sure := [one for one in conflict if one.kind in kinds]:
            return least_sure
    return []
