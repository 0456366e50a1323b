"""Growth of areas from one year to another, and whether it is usual, as a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Unpack

import pandas as pd

from ukcso.datasets import rows
from ukcso.measures import title_of
from ukcso.outputs import (
    RECORDED_NOTE,
    ChangeAsked,
    before_of,
    capital,
    caveats,
    change_notes,
    counted,
    frame_of,
    heading_of_rest,
    left_out,
    percent,
    require_options,
    unit_of,
    why_not,
)
from ukcso.periods import Period
from ukcso.tables._cells import MISSING, Cell, number, words
from ukcso.tables._kind import Columns, Content, Kind
from ukcso.tables._presentation import Presentation
from ukcso.tables._table import Column, Table

#: Decimals of p.
_OF_P = 3
_JUDGED = {"usual": "usual", "above": "unusual, above", "below": "unusual, below"}
_FROM_NONE = "Growth from 0 is not defined."
_NOT_KNOWN = "The count of this year is not known."


def change(
    measure_or_code: str | int | pd.DataFrame,
    period: Period | str | None = None,
    *,
    areas: str | Sequence[str] | None = None,
    caption: str | None = None,
    **asked: Unpack[ChangeAsked],
) -> Table:
    """
    Table of the growth of areas from one year to another, and whether it is usual.

    Parameters
    ----------
    measure_or_code
        An offence code or a measure, as `change_table` takes it; or a frame that
        `change_table` returned, or some of its rows.
    period
        The later year, with a measure or code.
    areas
        The areas to judge, by any text that `find_area` takes; None is all. The judgement
        allows for as many as are asked for.
    caption
        Instead of the one made from measure, years and unit.
    **asked
        against, kind, ages, level, adjust and release, as in `change_table`.

    Returns
    -------
    Table
        One row per area, in the order of the frame: both counts, growth with its
        interval, the growth of the rest of the country, p and the judgement.

    Raises
    ------
    InvalidInputError
        As `change_table`; a frame with rows that it did not return.

    Examples
    --------
    >>> table = change("86", "2022/23", areas=["Kent"])
    >>> [cell.shown for cell in table.rows[0]][:3]
    ['Kent', '1,612', '1,738']
    """
    require_options("tables.change", "change_table", asked)
    chosen: dict[str, Any] = {**asked} if areas is None else {"areas": areas, **asked}
    frame = frame_of("change_table", measure_or_code, period, **chosen)
    return KIND.table(frame, caption)


def _content(frame: pd.DataFrame, _: Presentation) -> Content:
    """Return what the table of rows of `change_table` says."""
    origin = frame.attrs["ukcso"]
    reasons = [_reason(row) for row in rows(frame)]
    shown = frame.assign(reason=pd.Series(reasons, frame.index, dtype=object))
    of, level = origin["of"], percent(origin["level"])
    against, period = str(origin["against"]), origin["period"]
    what = capital(counted(of))
    columns: Columns = {
        Column("Area", ("area",), "words"): lambda row: words(row.name),
        Column(f"{what}, {against}", ("before",)): _count("before"),
        Column(f"{what}, {period}", ("after",)): _count("after"),
        Column(
            f"Change on {before_of(frame).removeprefix('in ')}, %, {level} interval",
            ("growth_percent", "growth_lower", "growth_upper"),
            "interval",
        ): _growth,
        Column(heading_of_rest(origin), ("growth_rest_percent",)): lambda row: number(
            100 * row.growth_rest, 1, row.reason
        ),
        Column("p", ("p",)): _p,
        Column("Judgement", ("judgement",), "words"): lambda row: (
            words(_JUDGED[row.unusual]) if pd.notna(row.unusual) else MISSING.noted(row.reason)
        ),
    }
    recorded = [RECORDED_NOTE] if unit_of(of) == "offences" else []
    notes = [*recorded, *change_notes(frame)]
    caption = f"{title_of(of)}: change in {counted(of)} from {against} to {period}"
    return caption, columns, shown, [*notes, *caveats(frame), *left_out(frame)]


KIND = Kind("change", "change_table", _content)


def _count(name: str) -> Callable[[Any], Cell]:
    """Return what makes the cell of a count."""
    return lambda row: number(getattr(row, name), 0, _NOT_KNOWN)


def _growth(row: Any) -> Cell:
    """Return the growth with its interval, which may have no upper end, or why there is none."""
    if pd.isna(row.growth):
        return MISSING.noted(_FROM_NONE if row.before == 0 else row.reason)
    ends = [number(100 * end, 1, "") for end in (row.growth, row.lower, row.upper)]
    if pd.isna(row.unusual):
        return ends[0].noted(row.reason)
    value, lower, upper = (end.shown for end in ends)
    plain = tuple(end.plain[0] for end in ends)
    return Cell(f"{value} ({lower} to {upper})", plain, value=100 * row.growth)


def _p(row: Any) -> Cell:
    """Return the adjusted p value; one that would read 0 is below the smallest that would not."""
    p = row.p_value if pd.isna(row.p_adjusted) else row.p_adjusted
    least = 10**-_OF_P
    if pd.notna(p) and p < least:
        return Cell(f"< {least:g}", (f"{p:.2g}",), value=p)
    return number(p, _OF_P, row.reason)


def _reason(row: Any) -> str:
    """Say why a row has no growth, or no judgement."""
    return "" if pd.isna(row.why_not) else f"{capital(why_not(row))}."
