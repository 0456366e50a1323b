"""Counts of a reader's own as a table: what disclosure control is for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from ukcso._stamp import Stamp
from ukcso._subject import capital, percent
from ukcso.datasets._read import rows
from ukcso.errors import InvalidInputError, listed
from ukcso.rates import rate_interval
from ukcso.tables._cells import WITHHELD_TEXT, Empty, Interval, Number, Words
from ukcso.tables._disclosure import Disclosure
from ukcso.tables._footnotes import Footnotes
from ukcso.tables._numbers import digits_for
from ukcso.tables._table import Column, Table

if TYPE_CHECKING:
    from ukcso.tables._cells import Cell

_NO_COUNT = "No count given."
_NO_PEOPLE = "No population given."


@dataclass(frozen=True, slots=True)
class Own:
    """A frame of somebody's own, and what its columns are."""

    frame: pd.DataFrame
    label: str
    count: str
    population: str | None = None
    total: str | None = None
    per: float | None = None
    level: float = 0.95

    def __post_init__(self) -> None:
        if not isinstance(self.frame, pd.DataFrame) or self.frame.empty:
            msg = f"frame must be a DataFrame with rows; got {type(self.frame).__name__}"
            raise InvalidInputError(msg)
        for name in ("label", "count", "population"):
            column = getattr(self, name)
            if column is not None and column not in self.frame:
                msg = f"{name} must be a column; got {column!r}, there are {listed(self.frame)}"
                raise InvalidInputError(msg)
        if (self.population is None) != (self.per is None):
            msg = "population and per go together: a rate is per so many of its people"
            raise InvalidInputError(msg)
        times = int((self.frame[self.label].astype(str) == self.total).sum())
        if self.total is not None and times != 1:
            msg = f"total must be the {self.label} of one row; {self.total!r} is that of {times}"
            raise InvalidInputError(msg)

    def tidy(self) -> pd.DataFrame:
        """Return label, count and population under these names, rows numbered."""
        people = self.frame[self.population] if self.population else float("nan")
        return pd.DataFrame(
            {
                "label": self.frame[self.label].astype(str),
                "count": self.frame[self.count],
                "population": people,
            }
        ).reset_index(drop=True)


def table(own: Own, caption: str | None, digits: int | None, disclosure: Disclosure) -> Table:
    """Return the table; a missing or negative count is refused where rates are made of it."""
    shown = own.tidy()
    is_total = shown["label"] == own.total
    withheld = disclosure.withheld(
        shown["count"], shown.index[is_total][0] if is_total.any() else None
    )
    shown["count"] = disclosure.rounded(shown["count"])
    columns = [
        Column(capital(own.label.replace("_", " ")), ("label",), "words"),
        Column(capital(own.count.replace("_", " ")), ("count",)),
    ]
    places = digits
    if own.per is not None:
        estimate = rate_interval(shown["count"], shown["population"], per=own.per, level=own.level)
        shown["rate"], shown["lower"] = estimate.value, estimate.lower
        shown["upper"] = estimate.upper
        kept = shown.drop(list(withheld))
        places = digits_for(kept["upper"] - kept["lower"]) if digits is None else digits
        rate = f"Rate per {own.per:,.0f}, {percent(own.level)} interval"
        columns += [
            Column(capital(str(own.population).replace("_", " ")), ("population",)),
            Column(rate, ("rate", "rate_lower", "rate_upper"), "interval"),
        ]
    footnotes = Footnotes()
    cells = tuple(
        _row(row, places, footnotes, withheld=place in withheld)
        for place, row in enumerate(rows(shown))
    )
    chance = f"Intervals are {percent(own.level)} and those of chance alone (Poisson)."
    return Table(
        caption=caption or f"{columns[1].heading} by {own.label.replace('_', ' ')}",
        columns=tuple(columns),
        rows=tuple(row[: len(columns)] for row in cells),
        footnotes=footnotes.texts,
        notes=(*([chance] if own.per is not None else []), *disclosure.notes),
        sources=(),
        stamp=Stamp("counts", {}, len(cells), {}, ("frame",)),
    )


def _row(row: Any, digits: int | None, footnotes: Footnotes, *, withheld: bool) -> tuple[Cell, ...]:
    def number(value: float, reason: str) -> Cell:
        if pd.isna(value):
            return Empty(marks=(footnotes.mark(reason),))
        return Number(value)

    label = Words(row.label)
    hidden = Empty(WITHHELD_TEXT)
    if digits is None:
        return label, hidden if withheld else number(row.count, _NO_COUNT)
    people = number(row.population, _NO_PEOPLE)
    if withheld:
        return label, hidden, people, hidden
    why = _NO_COUNT if pd.isna(row.count) else _NO_PEOPLE
    rate: Cell = (
        Empty(marks=(footnotes.mark(why),))
        if pd.isna(row.rate)
        else Interval(row.rate, row.lower, row.upper, digits)
    )
    return label, number(row.count, _NO_COUNT), people, rate
