"""The rows of the table of a trend, and why a growth is left blank."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from ukcso.datasets import load_breaks
from ukcso.outputs import day
from ukcso.tables._cells import WITHHELD_TEXT, Empty, Interval, Number, Words, marked

if TYPE_CHECKING:
    from ukcso.tables._cells import Cell
    from ukcso.tables._footnotes import Footnotes

_DIGITS = {"per_day": 1, "growth": 1, "index": 0}
_NOTHING_BEFORE = "No figure for the period directly before."
_NOT_SHOWN = "The period directly before is not in this table, so nothing is set against it."
_NO_INDEX = "An index on 0, or on a count below 0, is not defined."
_ACROSS = (
    "Not comparable with the base: the index runs on over a break in between, or over periods "
    "that are not shown."
)
_UNDEFINED = "Growth from 0, or from a count below 0, is not defined."
_NO_PEOPLE = "No estimate of residents of these ages for this area and year is shipped."
_REASONS = {
    "different_release": "another release",
    "different_scope": "another scope",
    "forces_responding": "other forces answering",
    "break_in_series": "a break in the series",
    "inexact": "a number that is not exact",
}


def trend_row(  # noqa: PLR0913 - what to show, and three reasons not to
    row: Any,
    digits: int,
    footnotes: Footnotes,
    *,
    hidden: bool,
    after_hidden: bool,
    apart: bool,
    index: Literal["whole", "broken"] | None,
) -> tuple[Cell, ...]:
    """
    Return the cells of one period.

    `hidden`: its count is withheld. `after_hidden`: that of the period before is.
    `apart`: the period before is not in the table. `index`: whether a step since its
    base may not be compared; None where the table has no index.
    """

    def number(value: float, places: int, reason: str) -> Cell:
        if pd.isna(value):
            return Empty(marks=(footnotes.mark(reason),))
        return Number(value, places)

    period = Words(row.period)
    withheld = Empty(WITHHELD_TEXT)
    if hidden:
        return period, *(withheld for _ in range(5 if index else 4))
    # Made in the order of the columns, for that is the order of the letters.
    pace = number(row.per_day, _DIGITS["per_day"], _UNDEFINED)
    why_not = _NOT_SHOWN if apart and row.comparable else _why_not(row)
    grown: Cell
    if after_hidden:
        # Also where there is none: "not defined" would say that the hidden count is 0.
        grown = withheld
    else:
        grown = number(math.nan if apart else 100 * row.growth, _DIGITS["growth"], why_not)
    if pd.notna(row.why_not) and not grown.marks:
        grown = marked(grown, footnotes.mark(why_not))
    # Not made where it is not shown: its footnote would tell of a count that is withheld.
    indexed = [number(row.index, _DIGITS["index"], _NO_INDEX)] if index else []
    if index == "broken" and not indexed[0].marks:
        indexed = [marked(indexed[0], footnotes.mark(_ACROSS))]
    people: Cell = (
        Empty(marks=(footnotes.mark(_NO_PEOPLE),))
        if pd.isna(row.rate)
        else Interval(row.rate, row.lower, row.upper, digits)
    )
    return period, Number(row.count), pace, grown, *indexed, people


def _why_not(row: Any) -> str:
    """Say why there is no growth."""
    if pd.isna(row.why_not):
        return _UNDEFINED if row.comparable else _NOTHING_BEFORE
    reasons = [_REASONS[why] for why in row.why_not.split(";")]
    crossed = [] if pd.isna(row.break_ids) else row.break_ids.split(";")
    known = load_breaks().set_index("break_id")
    told = [
        f"{day(known.loc[it, 'date'])}, {known.loc[it, 'description']} ({it})" for it in crossed
    ]
    why = " and ".join(reasons)
    return f"Not comparable with the year before: {'; '.join([why, *told])}."
