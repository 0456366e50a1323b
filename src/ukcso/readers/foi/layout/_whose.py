"""Whose a row of answers is: the label beside it, above it, or of the whole sheet."""

from __future__ import annotations

import re
from collections.abc import Collection
from difflib import get_close_matches

from ukcso.areas import all_areas, force_areas
from ukcso.readers.foi.layout._columns import Columns
from ukcso.readers.foi.layout._entries import Line
from ukcso.readers.foi.layout._scan import Block, Context, Scanned
from ukcso.readers.foi.words._area_names import AreaName, AreaNames
from ukcso.readers.foi.words._cells import Reading
from ukcso.readers.foi.words._offences import ideas_of


class Labels:
    """Tells of the rows of a block whose they are."""

    def __init__(
        self,
        scanned: Scanned,
        block: Block,
        columns: Columns,
        names: AreaNames,
        everywhere: Collection[str] = (),
    ) -> None:
        self.scanned, self.block, self.columns, self.names = scanned, block, columns, names
        self.grid = scanned.grid
        cells = (self.grid.at(row, at) for row in block.rows for at in scanned.area_columns)
        #: The areas that answer for themselves, and whether there are only regions.
        self.answering, self._regional = names.answering(cells)
        #: Those of all sheets.
        self._everywhere = set(everywhere) | self.answering

    def of(
        self, row: int, context: Context, last: AreaName | None, columns: list[int]
    ) -> AreaName | None:
        """Return whose a row is; `last` is whose the row above it was."""
        labels = [self.names.read(self.grid.at(row, at)) for at in columns]
        known = [label for label in labels if label]
        if self._regional:
            known = [self.names.as_region(label) if label.answers else label for label in known]
        meant = {label.area.area_id if label.area else label.text for label in known}
        if len(meant) > 1 and all(label.kind != "authority" for label in known):
            shown = " | ".join(label.text for label in known)
            return AreaName("unknown", shown)
        if authority := [label for label in known if label.kind == "authority"]:
            return authority[0]
        if known:
            return known[0]
        if not columns:
            return context.area
        is_under = self.columns.period is not None or self.columns.offence is not None
        return last if is_under and self._names_more(row) else self._sum_beside(row, columns)

    def _sum_beside(self, row: int, columns: list[int]) -> AreaName | None:
        """Return the total, region or nation that stands before the column of areas."""
        names = [self.names.read(self.grid.at(row, at)) for at in range(columns[0])]
        return next((name for name in names if name and self.is_sum(name)), None)

    def _names_more(self, row: int) -> bool:
        labels = [at for at in (self.columns.period, self.columns.offence) if at is not None]
        texts = [self.names.read(self.grid.at(row, at)) for at in labels]
        said = any(self.grid.at(row, at) is not None for at in labels)
        return said and not any(text and text.kind in {"total", "average"} for text in texts)

    def is_sum(self, label: AreaName | None) -> bool:
        """Say whether a row is of more than one body that answers."""
        if label is None or label.kind in {"authority", "unknown"}:
            return False
        if label.kind in {"total", "average"}:
            return True
        if label.area is None or label.answers:
            return False
        return bool(force_areas(label.area.area_id) & self._everywhere)

    def is_total(self, row: int) -> bool:
        """Say whether a row is the total of a force's years or offences."""
        labels = [at for at in (self.columns.period, self.columns.offence) if at is not None]
        texts = [self.names.read(self.grid.at(row, at)) for at in labels]
        return any(
            text and text.kind in {"total", "average"} and not ideas_of(text.text) for text in texts
        )


def adds_up(readings: dict[int, Reading], lines: list[Line]) -> bool:
    """Say whether a row without a label is the sum of those above it."""
    above = [line for line in lines if line.label and line.label.kind == "area"]
    exact = all(it.kind == "figure" and it.hedge == "exact" for it in readings.values())
    if len(above) < 2 or not exact:  # noqa: PLR2004 - one row is no sum
        return False
    for at, reading in readings.items():
        parts = (line.entries[at].reading for line in above if at in line.entries)
        if reading.value != sum(part.value or 0 for part in parts):
            return False
    return True


def is_like_a_force(text: str) -> bool:
    """Say whether a label that is no known name seems to be meant for one."""
    lower = text.lower()
    if re.search("police|constab", lower):
        return True
    names = [area.name.lower() for area in all_areas().values() if area.kind == "police_force_area"]
    return bool(get_close_matches(lower, names, n=1, cutoff=0.8))
