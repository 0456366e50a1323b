"""Everything printed in each release, as a system of inequalities between counts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator
from functools import cache, cached_property
from typing import Any

import pandas as pd

from ukcso.areas import all_areas, force_areas
from ukcso.claims.system._component import Component
from ukcso.claims.system._consistency import (
    components,
    consistent,
    doubted,
    one_number_each,
)
from ukcso.claims.system._inequalities import Unknown
from ukcso.claims.system._statements import (
    Statement,
    cell_of,
    claim_statements,
    figure_statement,
    merged,
    reference_of,
)
from ukcso.claims.system._totals import totals
from ukcso.datasets import (
    cached_by_version,
    conform,
    load_areas,
    load_claims,
    load_figures,
    load_measures,
    load_releases,
    rows,
)
from ukcso.evidence import Cell, Evidence, Operand
from ukcso.measures import counts_something, unit_of
from ukcso.printed import Bounds


class ReleaseSystem:
    """
    The figures and claims of one release, and what they imply.

    A component is solved when somebody first asks for it, and once.

    Parameters
    ----------
    statements
        All that the release says, each thing once.
    claims
        Rows of its claims.
    """

    def __init__(self, statements: list[Statement], claims: list[Any]) -> None:
        self._statements, self._clashes = one_number_each(statements)
        self._components = components(self._statements)
        self._claims = claims
        self._solve = cache(lambda number: consistent(self._components[number]))

    @cached_property
    def printed(self) -> set[Unknown]:
        """The counts printed exactly."""
        return {one.count for one in self._statements if one.kind == "exact"}

    @cached_property
    def spoken_of(self) -> set[Unknown]:
        """The counts that some figure or claim is about."""
        return {count for one in self._statements if one.kind != "total" for count in one.counts}

    @cached_property
    def n_constraints(self) -> Counter[Unknown]:
        """How many statements speak of each count."""
        return Counter(count for one in self._statements for count in one.counts)

    @property
    def conflicts(self) -> list[list[Statement]]:
        """Irreducible sets of statements that cannot all be true."""
        solved = map(self._solve, range(len(self._components)))
        return [*self._clashes, *(conflict for _, conflicts in solved for conflict in conflicts)]

    def doubts_figure(self, cells: Collection[Cell]) -> bool:
        """
        Say whether a hedged figure about one of these cells contradicts the other figures.

        Contradictions with claims do not count: the claim may be the one that is wrong.
        """

        def speaks_of_one(one: Statement) -> bool:
            return one.kind == "hedged" and one.count in cells

        return any(
            all(one.kind == "hedged" for one in aside) and any(map(speaks_of_one, aside))
            for number, statements in enumerate(self._components)
            if any(map(speaks_of_one, statements))
            for aside in map(doubted, self._solve(number)[1])
        )

    def components(self, wanted: Callable[[Unknown], bool]) -> Iterator[Component]:
        """Yield what can be true of every component with a count that is wanted and not known."""
        for number in sorted({self._holding[count] for count in self._holding if wanted(count)}):
            yield from self._solve(number)[0]

    def tightened(self, cell: Cell, claim: Any) -> Bounds | None:
        """
        Return what the rest of a claim's release implies about one of its operands.

        The claim itself is left out, and with it every other that relates the same
        two cells in the same way: a statement is no evidence of itself.

        Returns
        -------
        Bounds or None
            None where the release does not bound the cell from both sides, as far as
            interval reasoning can tell.
        """
        if cell not in self._holding:
            return None
        alike = self._alike[_related(claim)]
        for component in self._solve(self._holding[cell])[0]:
            if cell in component.unknowns:
                box, index = component.box.copy(), component.unknowns.index(cell)
                left_out = {
                    number
                    for number, one in enumerate(component.statements)
                    if one.kind == "claim" and alike.issuperset({one.statement_id, *one.also})
                }
                if left_out & (box.why(index, is_upper=False) | box.why(index, is_upper=True)):
                    box.leave_out(left_out)
                end = box.upper[index]
                return None if end is None else Bounds(box.lower[index], end, upper_closed=True)
        return None

    @cached_property
    def _holding(self) -> dict[Unknown, int]:
        """The component of every count that is not printed as one number."""
        fixed = {one.count for one in self._statements if one.is_one_number}
        return {
            count: number
            for number, statements in enumerate(self._components)
            for one in statements
            for count in one.counts - fixed
        }

    @cached_property
    def _alike(self) -> dict[object, set[str]]:
        """Ids of the claims that relate the same cells in the same way, by what they relate."""
        alike: dict[object, set[str]] = defaultdict(set)
        for claim in self._claims:
            alike[_related(claim)].add(claim.claim_id)
        return alike


class ReleaseSystems:
    """
    The release system of every release, each made when it is first asked for.

    Parameters
    ----------
    claims, figures
        Frames valid against the schemas of the same names.
    across
        Whether a release may take a count that it does not print from another one
        which covers the area the same way, as `check_claims` does.
    """

    def __init__(
        self, claims: pd.DataFrame, figures: pd.DataFrame, *, across: bool = False
    ) -> None:
        self.claims, self.figures, self._across = claims, figures, across
        self._claims, self._figures = _by_release(claims), _by_release(figures)
        self._systems: dict[str, ReleaseSystem] = {}

    @cached_property
    def evidence(self) -> Evidence:
        """The figures by cell."""
        return Evidence(self.figures)

    @cached_property
    def measures(self) -> dict[str, set[str]]:
        """The measures that a release prints anything about, by release."""
        named = [(self.figures, "measure"), (self.claims, "measure"), (self.claims, "ref_measure")]
        spoken_of: dict[str, set[str]] = defaultdict(set)
        for frame, column in named:
            known = frame[["release_id", column]].dropna().drop_duplicates()
            for release_id, measure in known.itertuples(index=False):
                spoken_of[release_id].add(measure)
        return dict(sorted(spoken_of.items()))

    def of(self, release_id: str) -> ReleaseSystem:
        """Return the system of one release."""
        if release_id not in self._systems:
            claims = self._claims[release_id]
            self._systems[release_id] = ReleaseSystem(self._said(release_id), claims)
        return self._systems[release_id]

    def _said(self, release_id: str) -> list[Statement]:
        """Return all that a release says, each thing once."""
        counted = {*filter(counts_something, self.measures.get(release_id, ()))}
        figures = [figure for figure in self._figures[release_id] if figure.measure in counted]
        said = [one for figure in figures if (one := figure_statement(figure))]
        said += [one for claim in self._claims[release_id] for one in claim_statements(claim)]
        units = _units(figures, {cell for one in said for cell in one.counts})
        if self._across:
            own = {one.count for one in said if one.kind in {"exact", "hedged"}}
            said += self._borrowed(release_id, units.keys() - own)
        return merged([*said, *totals(units, some_elsewhere=release_id in _asked_more())])

    def _borrowed(self, release_id: str, cells: Collection[Cell]) -> Iterator[Statement]:
        """Take counts that a release speaks of, but nobody prints in it, from another one."""
        for cell in sorted(cells):
            operand = self.evidence.find(cell, source_id="", release_id=release_id)
            if isinstance(operand, Operand):
                wanted = operand.value, operand.hedge, operand.source_id, *cell
                for figure in self._figures[operand.release_id]:
                    printed = figure.value, figure.hedge, figure.source_id, *cell_of(figure)
                    if printed == wanted:
                        yield from filter(None, [figure_statement(figure)])
                        break


def systems_of(
    claims: pd.DataFrame | None, figures: pd.DataFrame | None, *, across: bool = False
) -> ReleaseSystems:
    """Return the systems of a caller's own frames, once checked; None is what is shipped."""
    if claims is None and figures is None:
        return shipped_systems(across=across)
    return ReleaseSystems(
        load_claims() if claims is None else conform(claims, "claims"),
        load_figures() if figures is None else conform(figures, "figures"),
        across=across,
    )


@cached_by_version
def shipped_systems(*, across: bool = False) -> ReleaseSystems:
    """Return the systems of what is shipped: one object for as long as the same versions stand."""
    # They are solved later, from these as well.
    for load in (load_areas, load_measures, load_releases):
        load()
    return ReleaseSystems(load_claims(), load_figures(), across=across)


def _by_release(frame: pd.DataFrame) -> dict[str, list[Any]]:
    by_release: dict[str, list[Any]] = defaultdict(list)
    for row in rows(frame):
        by_release[row.release_id].append(row)
    return by_release


def _related(claim: Any) -> object:
    """Return what a claim relates, and how, whatever number it prints."""
    return claim.relation, cell_of(claim), reference_of(claim)


def _units(figures: list[Any], cells: set[Any]) -> dict[Cell, str]:
    """Return what each cell counts: as printed, else as the rest of its breakdown."""
    known: dict[tuple[object, ...], str] = {}
    for figure in figures:
        for key in (cell := cell_of(figure), _dimension(cell)):
            known.setdefault(key, figure.unit.removesuffix("_per_month"))
    return {
        cell: known.get(cell) or known.get(_dimension(cell)) or unit_of(cell.measure)
        for cell in cells
    }


def _dimension(cell: Cell) -> tuple[str, str]:
    return cell.measure, cell.breakdown.partition(":")[0]


@cached_by_version
def _asked_more() -> set[str]:
    """
    Return the releases that may hold offences of no police force area in a country's total.

    Official totals hold those of British Transport Police, and so may a release that
    asked more bodies than its scope has force areas.
    """
    forces = {area_id: len(force_areas(area_id)) for area_id in all_areas()}
    releases = load_releases()
    more = releases["forces_asked"] > releases["scope_area_id"].map(forces)
    official = releases["method"] == "recorded_crime"
    return {*releases.loc[official | more.fillna(value=False), "release_id"]}
