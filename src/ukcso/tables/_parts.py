"""What a kind of table makes of its frame, and how that becomes a stamped table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ukcso.datasets import pinned
from ukcso.outputs import Stamp, recipe_of, source_notes
from ukcso.tables._table import Table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pandas as pd

    from ukcso.tables._cells import Cell
    from ukcso.tables._description import Column


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


def stamped(
    kind: str,
    frame: pd.DataFrame,
    parts_of: Callable[[pd.DataFrame], Parts],
    caption: str | None,
    options: Mapping[str, Any],
) -> Table:
    """
    Return the table of a frame, stamped with what it takes to make it again.

    Names, titles and breaks are looked up in the versions that the frame is from, and
    the datasets that hold them are part of the stamp.
    """
    recipe = recipe_of(frame)
    with pinned(**recipe.datasets):
        with pinned() as used:
            parts = parts_of(frame)
        sources = tuple(source_notes(parts.frame))
    chosen = {name: value for name, value in options.items() if value is not None}
    return Table(
        caption=parts.caption if caption is None else caption,
        columns=parts.columns,
        rows=parts.rows,
        footnotes=parts.footnotes,
        notes=parts.notes,
        sources=sources,
        stamp=Stamp(
            kind,
            {**recipe.arguments, **chosen},
            len(parts.rows),
            dict(sorted({**used, **recipe.datasets}.items())),
            recipe.own,
        ),
    )
