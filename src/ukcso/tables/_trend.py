"""One measure in one area, year by year, as a table."""

from __future__ import annotations

import math
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
_NOT_SHOWN = "The period directly before is not in this table, so nothing is set against it."
_NO_INDEX = "An index on 0, or on a count below 0, is not defined."
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
    before = _places_before(shown)
    if disclosure.round_to is not None:
        shown = _from_rounded(shown, disclosure.rounded(shown["count"]), before, per, level)
    footnotes = Footnotes()
    # On the first period shown, for some of the frame's rows may have been left out.
    base = int(shown["period_start"].argmin())
    has_base = shown["count"].iloc[base] > 0
    shown["index"] = index_numbers(shown["count"], base) if has_base else np.nan
    # With its base withheld, an index beside the counts would give the base away.
    has_index = base not in withheld
    kept = shown.drop(list(withheld))
    places = digits_for(kept["upper"] - kept["lower"]) if digits is None else digits
    cells = [
        _row(
            row,
            places,
            footnotes,
            hidden=place in withheld,
            after_hidden=earlier in withheld,
            # What is set against a count that is not in the table gives that count away.
            apart=disclosure.is_on and earlier is None,
            has_index=has_index,
        )
        for place, (row, earlier) in enumerate(zip(rows(shown), before, strict=True))
    ]
    first, last = shown["period"].iloc[[base, int(shown["period_start"].argmax())]]
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
    place = find_area(told["area_id"])
    span = first if first == last else f"{first} to {last}"
    return Parts(
        caption=f"{title_of(of)}: {counted(of)}, {place.name}, {span}, "
        f"with rates per {per:,.0f} {residents(ages)}",
        columns=tuple(it for it in columns if has_index or it.names != ("index",)),
        rows=tuple(cells),
        footnotes=footnotes.texts,
        notes=(*_notes(told, level), *disclosure.notes),
        frame=frame,
    )


def _places_before(shown: pd.DataFrame) -> list[int | None]:
    """Return for each row which one holds the period directly before, whatever their order."""
    ends = {end: place for place, end in enumerate(shown["period_end"])}
    return [ends.get(start - pd.Timedelta(days=1)) for start in shown["period_start"]]


def _from_rounded(
    shown: pd.DataFrame,
    counts: pd.Series[float],
    before: list[int | None],
    per: float,
    level: float,
) -> pd.DataFrame:
    """Derive from rounded counts what was derived from exact ones, by the same functions."""
    days = (shown["period_end"] - shown["period_start"]).dt.days + 1.0
    earlier = np.array([np.nan if it is None else counts.loc[it] for it in before])
    changed = pd.Series(growth(earlier, counts.to_numpy()), index=counts.index)
    estimate = rate_interval(counts, shown["population"], per=per, level=level)
    return shown.assign(
        count=counts,
        per_day=per_day(counts, days),
        growth=changed.where(shown["growth"].notna()),
        rate=estimate.value,
        lower=estimate.lower,
        upper=estimate.upper,
    )


def _row(  # noqa: PLR0913 - what to show, and three reasons not to
    row: Any,
    digits: int,
    footnotes: Footnotes,
    *,
    hidden: bool,
    after_hidden: bool,
    apart: bool,
    has_index: bool,
) -> tuple[Cell, ...]:
    def number(value: float, places: int, reason: str) -> Cell:
        if pd.isna(value):
            return Empty(marks=(footnotes.mark(reason),))
        return Number(value, places)

    period = Words(row.period)
    withheld = Empty(WITHHELD_TEXT)
    if hidden:
        return period, *(withheld for _ in range(5 if has_index else 4))
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
    index = [number(row.index, _DIGITS["index"], _NO_INDEX)] if has_index else []
    people: Cell = (
        Empty(marks=(footnotes.mark(_NO_PEOPLE),))
        if pd.isna(row.rate)
        else Interval(row.rate, row.lower, row.upper, digits)
    )
    return period, Number(row.count), pace, grown, *index, people


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
