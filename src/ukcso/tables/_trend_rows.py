"""The rows of the table of a trend, and why a growth is left blank."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ukcso.datasets import load_breaks
from ukcso.evidence import REASONS, WHY_NOT_RATE
from ukcso.outputs import day
from ukcso.tables._cells import MISSING, WITHHELD, Cell, interval, number, words

_DIGITS = {"per_day": 1, "growth": 1, "index": 0}
_NOTHING_BEFORE = "No figure for the period directly before."
_NOT_SHOWN = "The period directly before is not in this table, so nothing is set against it."
_NO_INDEX = "An index on 0, or on a count below 0, is not defined."
_ACROSS = (
    "Not comparable with the base: the index runs on over a break in between, or over periods "
    "that are not shown."
)
_UNDEFINED = "Growth from 0, or from a count below 0, is not defined."


def trend_row(row: Any, digits: int, *, has_index: bool) -> tuple[Cell, ...]:
    """
    Return the cells of one period.

    `row` is one of `trend_table`, and says besides: `withheld`, its count is;
    `after_withheld`, that of the period before is; `apart`, the period before is not in
    the table; `broken`, a step since the base of its `index` may not be compared.
    """
    period = words(row.period)
    if row.withheld:
        return period, *[WITHHELD] * (5 if has_index else 4)
    why_not = _NOT_SHOWN if row.apart and row.comparable else _why_not(row)
    # Withheld also where there is none: "not defined" would say that the hidden count is 0.
    grown = WITHHELD if row.after_withheld else number(100 * row.growth, _DIGITS["growth"], why_not)
    if row.apart and not row.after_withheld:
        grown = MISSING.noted(why_not)
    if pd.notna(row.why_not) and not grown.notes:
        grown = grown.noted(why_not)
    cells = [number(row.count, 0, ""), number(row.per_day, _DIGITS["per_day"], _UNDEFINED), grown]
    # Not made where it is not shown: its footnote would tell of a count that is withheld.
    if has_index:
        indexed = number(row.index, _DIGITS["index"], _NO_INDEX)
        cells.append(indexed.noted(_ACROSS) if row.broken and not indexed.notes else indexed)
    return period, *cells, interval(row, digits, WHY_NOT_RATE.get(row.why_not_rate, ""))


def _why_not(row: Any) -> str:
    """Say why there is no growth."""
    if pd.isna(row.why_not):
        return _UNDEFINED if row.comparable else _NOTHING_BEFORE
    reasons = [REASONS[why].one for why in row.why_not.split(";")]
    crossed = [] if pd.isna(row.break_ids) else row.break_ids.split(";")
    known = load_breaks().set_index("break_id")
    breaks = [
        f"{day(known.loc[name, 'date'])}, {known.loc[name, 'description']} ({name})"
        for name in crossed
    ]
    why = " and ".join(reasons)
    return f"Not comparable with the year before: {'; '.join([why, *breaks])}."
