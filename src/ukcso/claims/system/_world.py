"""Everything printed in each release, as statements about counts."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import pandas as pd

from ukcso.areas import all_areas, force_areas
from ukcso.claims.system._part import Part
from ukcso.claims.system._programme import Links, settled, solve
from ukcso.claims.system._statements import (
    cell_of,
    claim_statement,
    figure_statement,
    merged,
    operand_statements,
    reference_of,
)
from ukcso.claims.system._totals import totals
from ukcso.datasets import cached_by_version, load_releases, rows
from ukcso.evidence import Cell, Evidence, Operand
from ukcso.measures import unit_of
from ukcso.printed import Bounds

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from ukcso.claims.system._programme import Solution
    from ukcso.claims.system._statements import Statement


class World:
    """
    Claims and figures by release, and what they imply.

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
        self._alike: dict[object, set[str]] = defaultdict(set)
        for claim in rows(claims):
            self._claims[claim.release_id].append(claim)
            self._alike[_said(claim)].add(claim.claim_id)
        for figure in rows(figures):
            self._figures[figure.release_id].append(figure)
        self._elsewhere = Evidence(figures) if across else None
        self._links: dict[str, Links] = {}

    @property
    def releases(self) -> list[str]:
        """Every release that printed anything."""
        return sorted({*self._claims, *self._figures})

    @property
    def measures(self) -> set[str]:
        """Every measure that anything was printed about."""
        printed = (one for some in (self._claims, self._figures) for one in some.values())
        return {row.measure for some in printed for row in some}

    def solution(self, release_id: str) -> Solution:
        """Return what a release implies."""
        return solve(self.statements(release_id))

    def statements(self, release_id: str) -> list[Statement]:
        """Return all that a release says, each thing once."""
        figures, claims = self._figures[release_id], self._claims[release_id]
        said = [one for figure in figures if (one := figure_statement(figure))]
        said += [one for claim in claims for one in operand_statements(claim)]
        said += [one for claim in claims if (one := claim_statement(claim))]
        units = _units(figures, {cell for one in said for cell in one.cells})
        if self._elsewhere:
            said += self._borrowed(release_id, units, said)
        said += totals(units, units, some_elsewhere=_some_elsewhere(release_id))
        return merged(said)

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
        release_id = claim.release_id
        if release_id not in self._links:
            self._links[release_id] = Links(settled(self.statements(release_id)))
        linked = self._links[release_id].around(cell, but=self._alike[_said(claim)])
        part = Part(linked)
        if cell not in part.unknowns:
            return None
        place = part.unknowns.index(cell)
        if place not in part.box.upper:
            return None
        return Bounds(part.box.lower[place], part.box.upper[place], upper_closed=True)

    def _borrowed(
        self, release_id: str, cells: Collection[Cell], said: list[Statement]
    ) -> Iterator[Statement]:
        """Take counts that a release speaks of, but nobody prints in it, from another one."""
        own = {one.rows[0].terms[0][0] for one in said if one.kind in {"exact", "hedged"}}
        for cell in sorted(set(cells) - own):
            found = self._elsewhere and self._elsewhere.find(
                cell, source_id="", release_id=release_id
            )
            if isinstance(found, Operand) and (statement := self._of(cell, found)):
                yield statement

    def _of(self, cell: Cell, operand: Operand) -> Statement | None:
        for figure in self._figures[operand.release_id]:
            printed = figure.value, figure.hedge, figure.source_id, *cell_of(figure)
            if printed == (operand.value, operand.hedge, operand.source_id, *cell):
                return figure_statement(figure)
        return None


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


def _said(claim: Any) -> object:
    """Return what a claim relates, and how, whatever number it prints."""
    return claim.release_id, claim.relation, cell_of(claim), reference_of(claim)


def _some_elsewhere(release_id: str) -> bool:
    """
    Say whether a country's total may hold offences of no police force area.

    Official totals hold those of British Transport Police, and so may a release that
    asked more bodies than its scope has force areas.
    """
    return _asked().get(release_id, False)


@cached_by_version("areas", "releases")
def _asked() -> dict[str, bool]:
    def more(release: Any) -> bool:
        scope, asked = release.scope_area_id, release.forces_asked
        known = isinstance(scope, str) and scope in all_areas() and asked is not pd.NA
        return bool(known and asked > len(force_areas(scope)))

    return {
        release.release_id: release.method == "recorded_crime" or more(release)
        for release in rows(load_releases())
    }
