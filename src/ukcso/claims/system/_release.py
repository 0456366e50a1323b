"""Everything printed in each release, as a system of inequalities between counts."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pandas as pd

from ukcso.areas import all_areas, force_areas
from ukcso.claims.system._consistency import components, consistent, one_number_each
from ukcso.claims.system._statements import (
    cell_of,
    claim_statements,
    figure_statement,
    merged,
    reference_of,
)
from ukcso.claims.system._totals import totals
from ukcso.datasets import (
    cached_by_version,
    load_areas,
    load_claims,
    load_figures,
    load_measures,
    load_releases,
    rows,
)
from ukcso.evidence import Cell, Evidence, Operand
from ukcso.measures import unit_of
from ukcso.printed import Bounds

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from ukcso.claims.system._component import Component
    from ukcso.claims.system._inequalities import Unknown
    from ukcso.claims.system._statements import Statement


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
        self._solved: dict[int, tuple[list[Component], list[list[Statement]]]] = {}

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
        solved = [self._solve(number)[1] for number in range(len(self._components))]
        return [*self._clashes, *(conflict for some in solved for conflict in some)]

    def components(self, wanted: Callable[[Unknown], bool]) -> Iterator[Component]:
        """Yield what can be true of every component with a count that is wanted."""
        for number, statements in enumerate(self._components):
            if any(wanted(count) for one in statements for count in one.counts):
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
                index = component.unknowns.index(cell)
                box = component.box.copy()
                box.take_back(
                    number
                    for number, one in enumerate(component.statements)
                    if one.kind == "claim" and alike.issuperset({one.statement_id, *one.also})
                )
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

    def _solve(self, number: int) -> tuple[list[Component], list[list[Statement]]]:
        if number not in self._solved:
            self._solved[number] = consistent(self._components[number])
        return self._solved[number]


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
        self._claims: dict[str, list[Any]] = defaultdict(list)
        self._figures: dict[str, list[Any]] = defaultdict(list)
        for claim in rows(claims):
            self._claims[claim.release_id].append(claim)
        for figure in rows(figures):
            self._figures[figure.release_id].append(figure)
        self._elsewhere = Evidence(figures) if across else None
        self._systems: dict[str, ReleaseSystem] = {}

    @cached_property
    def measures(self) -> dict[str, set[str]]:
        """The measures that a release prints anything about, by release."""
        return {
            release_id: {row.measure for row in (*self._figures[release_id], *claims)}
            | {claim.ref_measure for claim in claims if isinstance(claim.ref_measure, str)}
            for release_id in sorted({*self._claims, *self._figures})
            for claims in [self._claims[release_id]]
        }

    def of(self, release_id: str) -> ReleaseSystem:
        """Return the system of one release."""
        if release_id not in self._systems:
            claims = self._claims.get(release_id, [])
            self._systems[release_id] = ReleaseSystem(self._said(release_id), claims)
        return self._systems[release_id]

    def _said(self, release_id: str) -> list[Statement]:
        """Return all that a release says, each thing once."""
        figures, claims = self._figures.get(release_id, []), self._claims.get(release_id, [])
        said = [one for figure in figures if (one := figure_statement(figure))]
        said += [one for claim in claims for one in claim_statements(claim)]
        units = _units(figures, {cell for one in said for cell in one.counts})
        if self._elsewhere:
            own = {one.count for one in said if one.kind in {"exact", "hedged"}}
            said += self._borrowed(release_id, units.keys() - own)
        some_elsewhere = _asked_more().get(release_id, False)
        return merged([*said, *totals(units, units, some_elsewhere=some_elsewhere)])

    def _borrowed(self, release_id: str, cells: Collection[Cell]) -> Iterator[Statement]:
        """Take counts that a release speaks of, but nobody prints in it, from another one."""
        for cell in sorted(cells):
            operand = self._elsewhere and self._elsewhere.find(
                cell, source_id="", release_id=release_id
            )
            if not isinstance(operand, Operand):
                continue
            for figure in self._figures[operand.release_id]:
                printed = figure.value, figure.hedge, figure.source_id, *cell_of(figure)
                if printed == (operand.value, operand.hedge, operand.source_id, *cell):
                    statement = figure_statement(figure)
                    yield from [statement] if statement else []
                    break


@cached_by_version
def shipped_systems(*, across: bool = False) -> ReleaseSystems:
    """Return the systems of what is shipped: one object for as long as the same versions stand."""
    # They are solved later, from these as well.
    for load in (load_areas, load_measures, load_releases):
        load()
    return ReleaseSystems(load_claims(), load_figures(), across=across)


def _related(claim: Any) -> object:
    """Return what a claim relates, and how, whatever number it prints."""
    return claim.relation, cell_of(claim), reference_of(claim)


def _units(figures: list[Any], cells: set[Any]) -> dict[Cell, str]:
    """Return what each cell counts: as printed, else as the rest of its breakdown."""
    printed: dict[Cell, str] = {}
    of_dimension: dict[tuple[str, str], str] = {}
    for figure in figures:
        cell = cell_of(figure)
        unit = figure.unit.removesuffix("_per_month")
        printed.setdefault(cell, unit)
        of_dimension.setdefault(_dimension(cell), unit)
    return {
        cell: printed.get(cell) or of_dimension.get(_dimension(cell)) or unit_of(cell.measure)
        for cell in cells
    }


def _dimension(cell: Cell) -> tuple[str, str]:
    return cell.measure, cell.breakdown.partition(":")[0]


@cached_by_version
def _asked_more() -> dict[str, bool]:
    """
    Say which releases may hold offences of no police force area in a country's total.

    Official totals hold those of British Transport Police, and so may a release that
    asked more bodies than its scope has force areas.
    """

    def more(release: Any) -> bool:
        scope, asked = release.scope_area_id, release.forces_asked
        known = isinstance(scope, str) and scope in all_areas() and asked is not pd.NA
        return bool(known and asked > len(force_areas(scope)))

    return {
        release.release_id: release.method == "recorded_crime" or more(release)
        for release in rows(load_releases())
    }
