"""What a kind of table makes of its frame, before caption, sources and stamp are settled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ukcso._made import recipe_of
from ukcso._notes import source_notes
from ukcso._stamp import Stamp
from ukcso.tables._table import Column, Table

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from ukcso.tables._cells import Cell


@dataclass(frozen=True, slots=True)
class Parts:
    """Columns, rows and notes of one kind of table."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    footnotes: Mapping[str, str]
    notes: tuple[str, ...]
    #: The rows shown, with the attrs of what made them.
    frame: pd.DataFrame

    def table(self, kind: str, caption: str | None, options: Mapping[str, Any]) -> Table:
        """Return the table, stamped with what it takes to make it again."""
        recipe = recipe_of(self.frame)
        chosen = {name: value for name, value in options.items() if value is not None}
        return Table(
            caption=self.caption if caption is None else caption,
            columns=self.columns,
            rows=self.rows,
            footnotes=self.footnotes,
            notes=self.notes,
            sources=tuple(source_notes(self.frame)),
            stamp=Stamp(
                kind,
                {**recipe.arguments, **chosen},
                len(self.rows),
                recipe.datasets,
                recipe.own,
            ),
        )
