"""One measure in one area, year by year, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ukcso._subject import capital, counted, percent, residents, settings, title_of, unit_of
from ukcso.areas import find_area
from ukcso.changes import growth, index_numbers
from ukcso.datasets import load_breaks
from ukcso.datasets._read import rows
from ukcso.pace import per_day
from ukcso.rates import rate_interval
from ukcso.tables._cells import WITHHELD_TEXT, Empty, Interval, Number, Words, marked
from ukcso.tables._disclosure import Disclosure
from ukcso.tables._footnotes import Footnotes
from ukcso.tables._numbers import digits_for
from ukcso.tables._parts import Parts
from ukcso.tables._table import Column

if TYPE_CHECKING:
    from ukcso.tables._cells import Cell

_DIGITS = {"per_day": 1, "growth": 1, "index": 0}
_NOTHING_BEFORE = "No figure for the period directly before."
_UNDEFINED = "Growth from 0, or from a count below 0, is not defined."
_NO_PEOPLE = "No estimate of residents of these ages for this area and year is shipped."
_REASONS = {
    "different_release": "another release",
    "different_scope": "another scope",
    "forces_responding": "other forces answering",
    "break_in_series": "a break in the series",
    "inexact": "a number that is not exact",
}


def parts(frame: pd.DataFrame, digits: int | None, disclosure: Disclosure) -> Parts:
    """Return the parts of the table of a frame of `trend_table`."""
    of, ages, per, level = settings(frame)
    told = frame.attrs["ukcso"]
    shown = frame.reset_index(drop=True)
    withheld = disclosure.withheld(shown["count"])
    if disclosure.round_to is not None:
        shown = _from_rounded(shown, disclosure.rounded(shown["count"]), per, level)
    kept = shown.drop(list(withheld))
    places = digits_for(kept["upper"] - kept["lower"]) if digits is None else digits
    footnotes = Footnotes()
    cells = [
        _row(row, places, footnotes, hidden=place in withheld, after_hidden=place - 1 in withheld)
        for place, row in enumerate(rows(shown))
    ]
    first = shown["period"].iloc[0]
    columns = [
        Column("Period", ("period",), "words"),
        Column(capital(counted(of)), ("count",)),
        Column(f"{capital(unit_of(of))} a day", ("per_day",)),
        Column("Change on the year before, %", ("growth_percent",)),
        Column(f"Index, {first} = 100", ("index",)),
        Column(
            f"Rate per {per:,.0f} {residents(ages)}, {percent(level)} interval",
            ("rate", "rate_lower", "rate_upper"),
            "interval",
        ),
    ]
    # With its base withheld, an index beside the counts would give the base away.
    left_out = {4} if 0 in withheld else set()
    place = find_area(told["area_id"])
    return Parts(
        caption=f"{title_of(of)}: {counted(of)}, {place.name}, {first} to "
        f"{shown['period'].iloc[-1]}, with rates per {per:,.0f} {residents(ages)}",
        columns=tuple(it for at, it in enumerate(columns) if at not in left_out),
        rows=tuple(tuple(it for at, it in enumerate(row) if at not in left_out) for row in cells),
        footnotes=footnotes.texts,
        notes=(*_notes(told, level), *disclosure.notes),
        frame=frame,
    )


def _from_rounded(
    shown: pd.DataFrame, counts: pd.Series[float], per: float, level: float
) -> pd.DataFrame:
    """Derive from rounded counts what was derived from exact ones, by the same functions."""
    days = (shown["period_end"] - shown["period_start"]).dt.days + 1.0
    changed = pd.Series(growth(counts.shift().to_numpy(), counts.to_numpy()), index=counts.index)
    estimate = rate_interval(counts, shown["population"], per=per, level=level)
    return shown.assign(
        count=counts,
        per_day=per_day(counts, days),
        growth=changed.where(shown["growth"].notna()),
        index=index_numbers(counts, counts.index[0]) if counts.iloc[0] else np.nan,
        rate=estimate.value,
        lower=estimate.lower,
        upper=estimate.upper,
    )


def _row(
    row: Any, digits: int, footnotes: Footnotes, *, hidden: bool, after_hidden: bool
) -> tuple[Cell, ...]:
    def number(value: float, places: int, reason: str) -> Cell:
        if pd.isna(value):
            return Empty(marks=(footnotes.mark(reason),))
        return Number(value, places)

    period = Words(row.period)
    withheld = Empty(WITHHELD_TEXT)
    if hidden:
        return period, *(withheld for _ in range(5))
    people: Cell = (
        Empty(marks=(footnotes.mark(_NO_PEOPLE),))
        if pd.isna(row.rate)
        else Interval(row.rate, row.lower, row.upper, digits)
    )
    grown = number(100 * row.growth, _DIGITS["growth"], _why_not(row))
    if pd.notna(row.growth) and pd.notna(row.why_not):
        grown = marked(grown, footnotes.mark(_why_not(row)))
    return (
        period,
        Number(row.count),
        number(row.per_day, _DIGITS["per_day"], _UNDEFINED),
        withheld if after_hidden and pd.notna(row.growth) else grown,
        number(row.index, _DIGITS["index"], _UNDEFINED),
        people,
    )


def _why_not(row: Any) -> str:
    """Say why there is no growth."""
    if pd.isna(row.why_not):
        return _UNDEFINED if row.comparable else _NOTHING_BEFORE
    reasons = [_REASONS[why] for why in row.why_not.split(";")]
    crossed = [] if pd.isna(row.break_ids) else row.break_ids.split(";")
    known = load_breaks().set_index("break_id")
    told = [
        f"{known.loc[it, 'date']:%-d %B %Y}, {known.loc[it, 'description']} ({it})"
        for it in crossed
    ]
    why = " and ".join(reasons)
    return f"Not comparable with the year before: {'; '.join([why, *told])}."


def _notes(told: Any, level: float) -> tuple[str, ...]:
    notes = [
        "Offences recorded, not offences committed; a rise in recording is not a rise in abuse.",
        f"Intervals are {percent(level)} and those of chance alone (Poisson).",
        *(f"Throughout: {caveat.partition(': ')[2]}." for caveat in told.get("caveats", ())),
    ]
    if told.get("incomplete"):
        notes.append(f"Left out, because quarters are missing: {', '.join(told['incomplete'])}.")
    return tuple(notes)
