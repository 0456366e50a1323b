"""What a table says, apart from how it is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from ukcso.outputs import percent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ukcso.outputs import Stamp
    from ukcso.tables._cells import Cell

Kind = Literal["words", "number", "interval"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading with the unit, and what a program calls it."""

    heading: str
    #: snake_case; an interval has three.
    names: tuple[str, ...]
    kind: Kind = "number"
    #: Share of the line that a column of long texts takes where lines have a width.
    width: float | None = None


@dataclass(frozen=True, slots=True)
class Description:
    """Caption, columns, rows, footnotes, sources and stamp; every format is written from it."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    #: Text by mark.
    footnotes: Mapping[str, str]
    #: How to read the table, then every release and source behind its rows.
    notes: tuple[str, ...]
    sources: tuple[str, ...]
    stamp: Stamp


def rate_column(per: float, level: float, people: str = "") -> Column:
    """Return the column of rates with their intervals."""
    whom = f"{per:,.0f} {people}".rstrip()
    heading = f"Rate per {whom}, {percent(level)} interval"
    return Column(heading, ("rate", "rate_lower", "rate_upper"), "interval")


def of_chance(level: float) -> str:
    """Say what the intervals of a table are."""
    return f"Intervals are {percent(level)} and those of chance alone (Poisson)."
