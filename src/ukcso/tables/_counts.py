"""Counts of a reader's own as a table: what disclosure control is for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ukcso._rules import COUNT, message_for
from ukcso.datasets import rows
from ukcso.errors import InvalidInputError, listed
from ukcso.evidence import add_rates
from ukcso.outputs import Stamp, capital
from ukcso.tables._cells import WITHHELD_TEXT, Empty, Interval, Number, Words
from ukcso.tables._description import Column, of_chance, rate_column
from ukcso.tables._disclosure import Disclosure
from ukcso.tables._footnotes import Footnotes
from ukcso.tables._numbers import asked_digits, rate_digits
from ukcso.tables._table import Table

if TYPE_CHECKING:
    from ukcso.tables._cells import Cell

_NO_COUNT = "No count given."
_NO_PEOPLE = "No population given."


def counts(  # noqa: PLR0913 - what the columns are, and a table's options
    frame: pd.DataFrame,
    *,
    label: str,
    count: str,
    population: str | None = None,
    total: str | None = None,
    per: float | None = None,
    level: float = 0.95,
    caption: str | None = None,
    digits: int | None = None,
    suppress_below: int | None = None,
    round_to: int | None = None,
) -> Table:
    """
    Table of counts of your own, with rates and disclosure control.

    Parameters
    ----------
    frame
        One row per group, and one for their total where there is one.
    label, count, population
        Names of its columns: what a row is of; events, >= 0; people at risk, > 0.
    total
        The label of the row that is the sum of the others.
    per
        Size of the reference population of the rates, > 0; with population only.
    level
        Confidence level, a fraction in (0, 1).
    caption
        Instead of the one made from the names of the columns.
    digits
        Decimals of the rates; None shows two significant digits of the usual
        interval's width.
    suppress_below
        Withhold counts below this, and one more where the withheld one could be worked
        out from the total.
    round_to
        Round counts to the nearest multiple; rates are made from the rounded counts.

    Returns
    -------
    Table
        Rows in the order of the frame. Its stamp says that the data are your own.

    Raises
    ------
    InvalidInputError
        A column that is not there or not of numbers, a row without a label, a negative
        count, a population at or below 0, a total that is not the label of one row,
        `population` without `per`, digits that are no whole number from 0 to 12. With
        `suppress_below` also a count that is not whole, and a total that is not the sum
        of the other rows.

    Examples
    --------
    Invented numbers; 9 goes too, for 32 - 20 - 9 would give the 3 away:

    >>> import pandas as pd
    >>> own = pd.DataFrame({"team": ["a", "b", "c", "all"], "offences": [3, 9, 20, 32]})
    >>> table = counts(own, label="team", count="offences", total="all", suppress_below=5)
    >>> [row[1].shown for row in table.rows]
    ['[c]', '[c]', '20', '32']
    """
    disclosure = Disclosure(suppress_below, round_to)
    digits = asked_digits(digits)
    own = _Own(frame, label, count, population, total, per, level)
    return _table(own, caption, digits, disclosure)


@dataclass(frozen=True, slots=True)
class _Own:
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
        if self.frame[self.label].isna().any():
            msg = f"{self.label} must be there in every row; a row without has no name"
            raise InvalidInputError(msg)
        times = int((self.frame[self.label].astype(str) == self.total).sum())
        if self.total is not None and times != 1:
            msg = f"total must be the {self.label} of one row; {self.total!r} is that of {times}"
            raise InvalidInputError(msg)

    def tidy(self) -> pd.DataFrame:
        """
        Return label, count and population under these names, rows numbered.

        Raises
        ------
        InvalidInputError
            A column that is not of numbers, or a negative count.
        """
        counts = self._numbers(self.count)
        if (bad := COUNT.broken(counts.to_numpy())).any():
            raise InvalidInputError(message_for(self.count, COUNT.words, counts, bad, counts))
        people = np.nan if self.population is None else self._numbers(self.population)
        labels = self.frame[self.label].astype(str)
        told = pd.DataFrame({"label": labels, "count": counts, "population": people})
        return told.reset_index(drop=True)

    def _numbers(self, name: str) -> pd.Series[float]:
        try:
            return self.frame[name].astype("float64")
        except (TypeError, ValueError):
            msg = f"{name} must hold numbers; it is of {self.frame[name].dtype}"
            raise InvalidInputError(msg) from None

    def check_sum(self, shown: pd.DataFrame, total: int | None) -> None:
        """
        Refuse what disclosure control could not protect: parts of counts, a wrong total.

        Raises
        ------
        InvalidInputError
            A count that is not whole, or a total that is not the sum of the others; with
            missing ones among them, one that is below what is known of it.
        """
        counts = shown["count"]
        if (broken := counts % 1 > 0).any():
            words = "whole where small ones are withheld"
            raise InvalidInputError(message_for(self.count, words, counts, broken, counts))
        if total is None or pd.isna(counts[total]):
            return
        parts = counts.drop(total)
        wrong = counts[total] < parts.sum()
        if wrong or (counts[total] != parts.sum() and parts.notna().all()):
            msg = f"total must be the sum of the other rows, {parts.sum():g}; got {counts[total]:g}"
            raise InvalidInputError(msg)


def _table(own: _Own, caption: str | None, digits: int | None, disclosure: Disclosure) -> Table:
    """Return the table, with rates where there is a population."""
    shown = own.tidy()
    is_total = shown["label"] == own.total
    total = int(is_total.argmax()) if is_total.any() else None
    if disclosure.suppress_below is not None:
        own.check_sum(shown, total)
    withheld = disclosure.withheld(shown["count"], total)
    shown["count"] = disclosure.rounded(shown["count"])
    columns = [
        Column(_worded(own.label), ("label",), "words"),
        Column(_worded(own.count), ("count",)),
    ]
    places = None
    if own.per is not None:
        add_rates(shown, per=own.per, level=own.level)
        places = rate_digits(shown, withheld, digits)
        columns += [
            Column(_worded(own.population), ("population",)),
            rate_column(own.per, own.level),
        ]
    footnotes = Footnotes()
    cells = tuple(
        _row(row, places, footnotes, withheld=place in withheld)
        for place, row in enumerate(rows(shown))
    )
    return Table(
        caption=f"{columns[1].heading} by {str(own.label).replace('_', ' ')}"
        if caption is None
        else caption,
        columns=tuple(columns),
        rows=cells,
        footnotes=footnotes.texts,
        notes=(*([of_chance(own.level)] if own.per is not None else []), *disclosure.notes),
        sources=(),
        stamp=Stamp("counts", {}, len(cells), {}, ("frame",)),
    )


def _worded(name: object) -> str:
    return capital(str(name).replace("_", " "))


def _row(row: Any, digits: int | None, footnotes: Footnotes, *, withheld: bool) -> tuple[Cell, ...]:
    def number(value: float, reason: str) -> Cell:
        if pd.isna(value):
            return Empty(marks=(footnotes.mark(reason),))
        return Number(value)

    label = Words(row.label)
    hidden = Empty(WITHHELD_TEXT)
    if digits is None:
        return label, hidden if withheld else number(row.count, _NO_COUNT)
    # Made in the order of the columns, for that is the order of the letters.
    count = hidden if withheld else number(row.count, _NO_COUNT)
    people = number(row.population, _NO_PEOPLE)
    if withheld:
        return label, hidden, people, hidden
    why = _NO_COUNT if pd.isna(row.count) else _NO_PEOPLE
    rate: Cell = (
        Empty(marks=(footnotes.mark(why),))
        if pd.isna(row.rate)
        else Interval(row.rate, row.lower, row.upper, digits)
    )
    return label, count, people, rate
