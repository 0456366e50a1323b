"""
Which printed number stands for a cell, and whose numbers may be set side by side.

A cell is a measure, breakdown, area and period. Several sources print it, some
loosely ("more than 5,000"), some in another wave of statistics.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

import pandas as pd

from ukcso.areas import all_areas, force_areas
from ukcso.datasets import rows
from ukcso.evidence._choice import best
from ukcso.evidence._coverage import coverage_of, differences
from ukcso.printed import Bounds, Hedge, printed_bounds

Basis = Literal["same_source", "same_release", "other_release"]
#: Nearest first.
BASES: tuple[Basis, ...] = ("same_source", "same_release", "other_release")

_COUNTS = Bounds(0, float("inf"))


class Cell(NamedTuple):
    """What a number is about."""

    measure: str
    breakdown: str
    area_id: str
    period_start: pd.Timestamp
    period_end: pd.Timestamp


@dataclass(frozen=True, slots=True)
class Operand:
    """One printed number and where it was printed."""

    value: float
    hedge: Hedge
    release_id: str
    source_id: str
    basis: Basis = "same_source"

    @property
    def bounds(self) -> Bounds:
        """What the number can stand for: itself where printed exactly; never below 0."""
        if self.hedge == "exact":
            return Bounds.exactly(self.value)
        return printed_bounds(self.value, self.hedge).intersection(_COUNTS) or _COUNTS


@dataclass(frozen=True, slots=True)
class Nowhere:
    """Why there is no number to calculate with."""

    #: different_scope, forces_responding; empty where nobody printed the number.
    reasons: tuple[str, ...] = ()


class Evidence:
    """
    Printed figures, by cell.

    Parameters
    ----------
    figures
        A frame valid against the schema of `figures`.
    """

    def __init__(self, figures: pd.DataFrame) -> None:
        self._by_cell: dict[Cell, list[Operand]] = defaultdict(list)
        self._cells: dict[tuple[str, str, str], set[Cell]] = defaultdict(set)
        for row in rows(figures):
            cell = Cell(row.measure, row.breakdown, row.area_id, row.period_start, row.period_end)
            operand = Operand(row.value, row.hedge, row.release_id, row.source_id)
            self._by_cell[cell].append(operand)
            self._cells[cell[:3]].add(cell)

    def find(self, cell: Cell, *, source_id: str, release_id: str) -> Operand | Nowhere:
        """
        Return the number that a statement by this source about this cell rests on.

        An exact number of the same source comes first, then of the same release;
        then a hedged one, in the same order; then another release that covers the
        area the same way and was out when the statement's release was. Among equals, a
        primary source comes before the press, then the newest release.
        """
        printed = self._by_cell.get(cell, [])

        def distance(figure: Operand) -> tuple[bool, bool, bool]:
            # One page may print two waves: its own wave's number comes first.
            others = figure.source_id != source_id, figure.release_id != release_id
            return figure.hedge != "exact", *others

        if own := [f for f in printed if f.source_id == source_id or f.release_id == release_id]:
            nearest = min(map(distance, own))
            stands = best(figure for figure in own if distance(figure) == nearest)
            is_same = stands.source_id == source_id
            return replace(stands, basis="same_source" if is_same else "same_release")
        coverage = coverage_of(release_id)
        reasons = {
            figure.release_id: differences(coverage, coverage_of(figure.release_id), cell.area_id)
            for figure in printed
        }
        comparable = [figure for figure in printed if not reasons[figure.release_id]]
        if comparable:
            by_then = coverage.published
            earlier = [f for f in comparable if coverage_of(f.release_id).published <= by_then]
            return replace(best(earlier or comparable), basis="other_release")
        if reasons:
            # Another scope is told rather than the number of forces it brings with it.
            return Nowhere(tuple(sorted({next(iter(why)) for why in reasons.values()})))
        return Nowhere(("different_scope",) if self._other_totals(cell, release_id) else ())

    def other_cells(self, cell: Cell, *, release_id: str) -> Iterable[tuple[Cell, Operand]]:
        """Return the exact numbers of one release for the other periods of a series."""
        for other in sorted(self._cells[cell[:3]] - {cell}):
            for figure in self._by_cell[other]:
                if figure.release_id == release_id and figure.hedge == "exact":
                    yield other, figure

    def other_values(self, cell: Cell, value: float) -> Iterable[Operand]:
        """Return the exact numbers that anybody printed for a cell, but for one value."""
        seen = {value}
        for figure in self._by_cell.get(cell, []):
            if figure.hedge == "exact" and figure.value not in seen:
                seen.add(figure.value)
                yield figure

    def _other_totals(self, cell: Cell, release_id: str) -> bool:
        """Say whether only releases of another scope print the total this one speaks of."""
        if cell.area_id != coverage_of(release_id).scope_area_id:
            return False
        return any(
            figure.release_id != release_id
            and other.area_id == coverage_of(figure.release_id).scope_area_id
            and force_areas(other.area_id) & force_areas(cell.area_id)
            for area_id in all_areas()
            for other in [cell._replace(area_id=area_id)]
            for figure in self._by_cell.get(other, [])
        )
