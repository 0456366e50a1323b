"""What a block of answers is read to: entries, lines of them, and what is not clear."""

from __future__ import annotations

from dataclasses import dataclass, field

from ukcso.periods import Period
from ukcso.readers.foi.layout._columns import Columns
from ukcso.readers.foi.layout._grid import Place
from ukcso.readers.foi.words._area_names import AreaName
from ukcso.readers.foi.words._cells import Reading
from ukcso.readers.foi.words._offences import Fit


@dataclass(frozen=True, slots=True)
class Problem:
    """A cell that is not clear."""

    place: Place
    text: str
    expected: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What a cell says of an area and a period, either None where it is not known."""

    place: Place
    area: AreaName | None
    period: Period | None
    reading: Reading


@dataclass(slots=True)
class Line:
    """A row of a block: whose it is, and its entries by column."""

    row: int
    label: AreaName | None
    entries: dict[int, Entry] = field(default_factory=dict)
    sums: dict[int, Reading] = field(default_factory=dict)


@dataclass(slots=True)
class Answered:
    """A block read."""

    lines: list[Line] = field(default_factory=list)
    totals: list[Line] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    columns: Columns | None = None
    #: How what stands over the block fits the measure, and what that is.
    title_fit: Fit | None = None
    title: str = ""
    #: Whether headings or rows name the offence that is asked for, or only others.
    is_asked: bool = False
    is_of_others: bool = False
    #: Whether its title says that it holds rates or the like.
    is_of_another_kind: bool = False
