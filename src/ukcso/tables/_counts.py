"""Counts of a reader's own as a table: what disclosure control is for."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ukcso._rules import COUNT, message_for
from ukcso.errors import InvalidInputError, listed
from ukcso.outputs import Stamp, capital
from ukcso.tables._cells import count_cell, words
from ukcso.tables._kind import Columns, filled, of_chance, rate_columns
from ukcso.tables._presentation import Presentation
from ukcso.tables._table import Column, Table


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
    presentation = Presentation(digits, suppress_below, round_to)
    if not isinstance(frame, pd.DataFrame) or frame.empty:
        msg = f"frame must be a DataFrame with rows; got {type(frame).__name__}"
        raise InvalidInputError(msg)
    for name, column in {"label": label, "count": count, "population": population}.items():
        if column is not None and column not in frame:
            msg = f"{name} must be a column; got {column!r}, there are {listed(frame)}"
            raise InvalidInputError(msg)
    if (population is None) != (per is None):
        msg = "population and per go together: a rate is per so many of its people"
        raise InvalidInputError(msg)
    events = _numbers(frame, count)
    if (bad := COUNT.broken(events.to_numpy())).any():
        raise InvalidInputError(message_for(count, COUNT.words, events, bad, events))
    people = np.nan if population is None else _numbers(frame, population)
    shown = pd.DataFrame({"label": frame[label].astype(str), "count": events, "population": people})
    last = _place_of_total(frame[label], total)
    if presentation.suppress_below is not None:
        _require_sum(shown["count"].reset_index(drop=True), count, last)
    of = 1 if per is None else per
    shown, decimals = presentation.of_rates(shown, per=of, level=level, total=last)
    shown = shown.assign(no_count="No count given.", no_people="No population given.")
    columns: Columns = {
        Column(_worded(label), ("label",), "words"): lambda row: words(row.label),
        Column(_worded(count), ("count",)): count_cell,
    }
    notes = presentation.notes
    if per is not None:
        columns |= rate_columns(_worded(population), per, level, decimals)
        notes = (of_chance(level), *notes)
    if caption is None:
        caption = f"{_worded(count)} by {str(label).replace('_', ' ')}"
    stamp = Stamp("counts", {}, len(shown), {}, ("frame",))
    return Table(caption, tuple(columns), filled(columns, shown), notes, (), stamp)


def _numbers(frame: pd.DataFrame, name: str) -> pd.Series[float]:
    try:
        return frame[name].astype("float64")
    except (TypeError, ValueError):
        msg = f"{name} must hold numbers; it is of {frame[name].dtype}"
        raise InvalidInputError(msg) from None


def _place_of_total(labels: pd.Series, total: str | None) -> int | None:
    """Return which row is the total; every row must have a label."""
    if labels.isna().any():
        msg = f"{labels.name} must be there in every row; a row without has no name"
        raise InvalidInputError(msg)
    is_total = labels.astype(str).to_numpy() == total
    if total is None:
        return None
    if is_total.sum() != 1:
        msg = f"total must be the {labels.name} of one row; {total!r} is that of {is_total.sum()}"
        raise InvalidInputError(msg)
    return int(is_total.argmax())


def _require_sum(counts: pd.Series[float], name: str, total: int | None) -> None:
    """
    Refuse what disclosure control could not protect: parts of counts, a wrong total.

    With missing counts among the others, a total that is below what is known is wrong.
    """
    if (broken := counts % 1 > 0).any():
        words = "whole where small ones are withheld"
        raise InvalidInputError(message_for(name, words, counts, broken, counts))
    if total is None or pd.isna(counts[total]):
        return
    parts = counts.drop(total)
    if counts[total] < parts.sum() or (counts[total] != parts.sum() and parts.notna().all()):
        msg = f"total must be the sum of the other rows, {parts.sum():g}; got {counts[total]:g}"
        raise InvalidInputError(msg)


def _worded(name: object) -> str:
    return capital(str(name).replace("_", " "))
