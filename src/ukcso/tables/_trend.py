"""One measure in one area, year by year, as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Unpack

import numpy as np
import pandas as pd

from ukcso._rules import several
from ukcso.areas import find_area
from ukcso.datasets import load_breaks, rows
from ukcso.evidence import REASONS, WHY_NOT_RATE
from ukcso.measures import title_of
from ukcso.outputs import (
    MAY_BE_USUAL,
    RECORDED_NOTE,
    TrendAsked,
    capital,
    counted,
    day,
    frame_of,
    joined,
    require_options,
    residents,
    settings,
    span,
    unit_of,
)
from ukcso.periods import Period
from ukcso.stats import growth, index_numbers, per_day
from ukcso.tables._cells import WITHHELD, Cell, count_cell, number, rate_cell, words
from ukcso.tables._kind import (
    Columns,
    Content,
    Kind,
    chosen,
    common_notes,
    promising_rates,
    rate_column,
)
from ukcso.tables._presentation import Presentation
from ukcso.tables._table import Column, Table

_NOTHING_BEFORE = "No figure for the period directly before."
_NOT_SHOWN = "The period directly before is not in this table, so nothing is set against it."
_NO_INDEX = "An index on 0, or on a count below 0, is not defined."
_ACROSS = (
    "Not comparable with the base: the index runs on over a break in between, or over periods "
    "that are not shown."
)
_UNDEFINED = "Growth from 0, or from a count below 0, is not defined."


def trend(  # noqa: PLR0913 - a table's options, beside what it is of
    measure_or_code: str | pd.DataFrame,
    area: str | None = None,
    *,
    periods: Period | str | Sequence[Period | str] | None = None,
    caption: str | None = None,
    digits: int | None = None,
    suppress_below: int | None = None,
    round_to: int | None = None,
    **asked: Unpack[TrendAsked],
) -> Table:
    """
    Table of one measure in one area, year by year: count, pace, growth, index and rate.

    Parameters
    ----------
    measure_or_code
        An offence code or a measure, as `trend_table` takes it; or a frame that
        `trend_table` returned, or some of its rows.
    area
        Any text that `find_area` takes, with a measure or code.
    periods
        Some of the periods only, in this order; each as `Period.parse` takes it.
    caption
        Instead of the one made from measure, area, periods and unit.
    digits
        Decimals of the rates; None shows two significant digits of the usual
        interval's width.
    suppress_below
        Withhold counts below this, and all that is derived from them.
    round_to
        Round counts to the nearest multiple; the rest is made from the rounded counts.
    **asked
        ages, per, level, release and across, as in `trend_table`.

    Returns
    -------
    Table
        One row per period.

    Raises
    ------
    InvalidInputError
        As `trend_table`; a frame with rows that it did not return; one of `periods` that
        is not in the table, or twice; `suppress_below` or `round_to` that is no whole
        number from 1 up.

    Warns
    -----
    UkcsoWarning
        As `trend_table`: growth is left blank where it is not comparable.

    Examples
    --------
    >>> table = trend("image_offences", "Lancashire")
    >>> [cell.shown for cell in table.rows[1]]
    ['2017/18', '674', '1.8', '14.0', '114', '214 (198 to 231)']
    """
    require_options("tables.trend", "trend_table", asked)
    names = None
    if periods is not None:
        given = several("periods", periods, Period)
        names = [str(Period.parse(str(period))) for period in given]
    presentation = Presentation(digits, suppress_below, round_to)
    frame = frame_of("trend_table", measure_or_code, area, **asked)
    return KIND.table(frame, caption, presentation, periods=names)


def _choose(frame: pd.DataFrame, periods: Sequence[str] | None = None) -> pd.DataFrame:
    """Return the rows of some periods, in their order."""
    return chosen(frame, "period", periods, "periods")


def _content(frame: pd.DataFrame, presentation: Presentation) -> Content:
    """Return what the table of a frame of `trend_table` says."""
    origin = frame.attrs["ukcso"]
    of, ages, per, level = settings(frame)
    shown, decimals = presentation.of_rates(frame, per=per, level=level)
    # Which row holds the period directly before, whatever their order.
    places = dict(zip(shown["period_end"], shown.index, strict=True))
    before = (shown["period_start"] - pd.Timedelta(days=1)).map(places)
    if presentation.round_to is not None:
        days = (shown["period_end"] - shown["period_start"]).dt.days + 1.0
        changed = growth(before.map(shown["count"]).to_numpy(), shown["count"].to_numpy())
        shown["per_day"] = per_day(shown["count"], days)
        shown["growth"] = np.where(shown["growth"].notna(), changed, np.nan)
    # What is set against a count that is not in the table gives that count away.
    shown["apart"] = before.isna() & presentation.is_guarded
    shown["growth"] = shown["growth"].mask(shown["apart"])
    shown["after_withheld"] = before.map(shown["withheld"]).eq(True)  # noqa: FBT003 - missing is not
    # On the first period shown, for some of the frame's rows may have been left out.
    by_time = shown["period_start"].sort_values().index
    base = by_time[0]
    has_base = shown["count"][base] > 0
    shown["index"] = index_numbers(shown["count"], base) if has_base else np.nan
    crossed = (before.isna() | shown["why_not"].notna()) & (shown.index != base)
    shown["broken"] = crossed[by_time].cummax()
    shown = shown.assign(no_count="", no_people=shown["why_not_rate"].map(WHY_NOT_RATE).fillna(""))
    columns: Columns = {
        Column("Period", ("period",), "words"): lambda row: words(row.period),
        Column(capital(counted(of)), ("count",)): count_cell,
        Column(f"{capital(unit_of(of))} a day", ("per_day",)): lambda row: (
            WITHHELD if row.withheld else number(row.per_day, 1, _UNDEFINED)
        ),
        Column("Change on the year before, %", ("growth_percent",)): _growth,
        Column(f"Index, {shown['period'][base]} = 100", ("index",)): _index,
        rate_column(per, level, residents(ages)): lambda row: rate_cell(row, decimals),
    }
    if shown["withheld"][base]:
        # With its base withheld, an index beside the counts would give the base away.
        columns = {column: cell for column, cell in columns.items() if cell is not _index}
    years = span(list(shown["period"][by_time]))
    caption = f"{title_of(of)}: {counted(of)}, {find_area(origin['area_id']).name}, {years}"
    notes = common_notes(frame, RECORDED_NOTE)
    if len(shown) > 1:  # whatever the counts are: a note must not tell of withheld ones
        notes.append(f"{MAY_BE_USUAL} change_table tells which are not.")
    if origin.get("on_other_basis"):
        notes.append(
            f"Residents are on one census basis throughout ({origin['population_basis']}), which "
            f"does not reach {joined(origin['on_other_basis'])}: no rates there."
        )
    if origin.get("incomplete"):
        notes.append(f"Left out, because quarters are missing: {', '.join(origin['incomplete'])}.")
    return promising_rates(caption, shown), columns, shown, [*notes, *presentation.notes]


KIND = Kind("trend", "trend_table", _content, _choose)


def _growth(row: Any) -> Cell:
    """
    Return the growth of one period, or why there is none, or why it should not be there.

    `row` is one of `trend_table`, and says besides: `withheld`, its count is;
    `after_withheld`, that of the period before is; `apart`, the period before is not in
    the table; `broken`, a step since the base of its `index` may not be compared.
    """
    if row.withheld:
        return WITHHELD
    why_not = _NOT_SHOWN if row.apart and row.comparable else _why_not(row)
    # Withheld also where there is none: "not defined" would say that the hidden count is 0.
    grown = WITHHELD if row.after_withheld else number(100 * row.growth, 1, why_not)
    return grown.noted(why_not) if pd.notna(row.why_not) and not grown.notes else grown


def _index(row: Any) -> Cell:
    indexed = WITHHELD if row.withheld else number(row.index, 0, _NO_INDEX)
    return indexed.noted(_ACROSS) if row.broken and indexed.value is not None else indexed


def _why_not(row: Any) -> str:
    """Say why there is no growth."""
    if pd.isna(row.why_not):
        return _UNDEFINED if row.comparable else _NOTHING_BEFORE
    known = load_breaks().set_index("break_id", drop=False)
    crossed = known.loc[[] if pd.isna(row.break_ids) else row.break_ids.split(";")]
    breaks = [f"{day(of.date)}, {of.description} ({of.break_id})" for of in rows(crossed)]
    why = " and ".join(REASONS[reason].one for reason in row.why_not.split(";"))
    return f"Not comparable with the year before: {'; '.join([why, *breaks])}."
