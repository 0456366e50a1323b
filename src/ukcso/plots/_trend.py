"""One measure in one area over time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

import pandas as pd

from ukcso._rules import require_choice
from ukcso.areas import find_area
from ukcso.datasets import pinned, rows
from ukcso.errors import InvalidInputError
from ukcso.evidence import series
from ukcso.measures import is_official
from ukcso.outputs import (
    RECORDED,
    TrendAsked,
    capital,
    caveats,
    counted_in,
    day,
    digits,
    frame_of,
    intervals,
    joined,
    number_of,
    per_residents,
    span,
)
from ukcso.plots import _style
from ukcso.plots._chart import Words, finished
from ukcso.plots._trend_marks import plot
from ukcso.plots._trend_points import Lines, lines_of
from ukcso.printed import grouped

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Unpack

    import altair as alt

Show = Literal["rate", "count", "per_day"]

_REASONS = {
    "different_release": "different releases",
    "different_scope": "a different scope",
    "forces_responding": "other forces responding",
    "break_in_series": "a break in the series",
    "inexact": "figures that are not exact",
}


def trend(  # noqa: PLR0913 - what is drawn, and how
    measure_or_code: str | pd.DataFrame,
    area: str | None = None,
    *,
    show: Show | None = None,
    periods: Sequence[str] | None = None,
    zero: bool = True,
    width: float = 700,
    **asked: Unpack[TrendAsked],
) -> alt.VConcatChart:
    """
    Draw one measure in one area over time, with intervals and breaks.

    A solid line joins periods that may be compared, a dashed one those that may not; a
    missing period is a gap. Vertical lines mark changes of law or recording. Printed
    figures are one line for each release that has exact ones, and nothing is drawn from
    one release to another.

    Parameters
    ----------
    measure_or_code
        As in `trend_table`, or the frame that it returned.
    area
        Any text that `find_area` takes; left out with a frame.
    show
        "rate", "count" or "per_day"; None takes rates where most periods have one,
        else counts.
    periods
        The periods to draw, as the table names them; None is all.
    zero
        Whether the axis begins at 0. Without it, small changes look large.
    width
        Of the picture in pixels, about: 700 for screens, 320 for a column of print.
    **asked
        ages, per, level, release, across, as in `trend_table`. Growth is not drawn, so
        none is warned of: ``across="refuse"`` still refuses.

    Returns
    -------
    altair.VConcatChart
        ``.save("kent.svg")``, also .png, .pdf, .html.

    Raises
    ------
    InvalidInputError
        A frame of another function, no area, nothing to show, an unknown `show` or
        period.
    MissingDependencyError
        Altair is not installed.

    Warns
    -----
    UserWarning
        The area is the City of London: its rates say nothing.

    Examples
    --------
    >>> chart = trend("86", "Kent")
    >>> chart.title.text
    ['Obscene publications etc (class 86), Kent, 2012/13 to 2022/23']
    """
    if show is not None:
        require_choice("show", show, get_args(Show))
    whole = _style.require_width(width)
    tables = _tables(measure_or_code, area, periods, asked)
    shown = show or _most_known(tables)
    lines = lines_of(tables, shown)
    unit, axis = _unit(lines, shown)
    drawing = plot(lines, axis, zero=zero, width=whole)
    return finished(drawing, _said(lines, unit), lines.frame, whole)


def _tables(
    measure_or_code: str | pd.DataFrame,
    area: str | None,
    periods: Sequence[str] | None,
    asked: TrendAsked,
) -> list[pd.DataFrame]:
    """Return one trend table, or for printed figures one for each release."""
    if isinstance(measure_or_code, pd.DataFrame):
        tables = [frame_of("trend_table", measure_or_code, area, **asked)]
    elif area is None:
        msg = f'area must be given beside a measure: trend("{measure_or_code:.40}", "Kent")'
        raise InvalidInputError(msg)
    else:
        asked.setdefault("across", "allow")
        releases = _releases(measure_or_code, area, asked)
        each = [{**asked, "release": release} for release in releases] or [{**asked}]
        tables = [frame_of("trend_table", measure_or_code, area, **options) for options in each]
    if periods is None:
        return tables
    known = {period for table in tables for period in table["period"]}
    for period in periods:
        require_choice("periods", period, sorted(known))
    kept = [_kept(table, table["period"].isin(periods)) for table in tables]
    return [table for table in kept if len(table)]


def _releases(measure_or_code: str, area: str, asked: TrendAsked) -> list[str]:
    """Return the releases with exact figures, in the order of their first periods."""
    if asked.get("release") is not None or is_official(measure_or_code, None):
        return []
    printed = series(measure_or_code, area)
    return list(printed.loc[printed["hedge"] == "exact", "release_id"].unique())


def _kept(frame: pd.DataFrame, wanted: pd.Series[bool]) -> pd.DataFrame:
    kept = frame[wanted]
    kept.attrs = frame.attrs
    return kept


def _most_known(tables: Sequence[pd.DataFrame]) -> Show:
    rates = pd.concat([table["rate"] for table in tables])
    return "rate" if 2 * rates.notna().sum() >= len(rates) else "count"


def _unit(lines: Lines, shown: Show) -> tuple[str, str]:
    """Return what is counted as the subtitle and as the axis say it."""
    counted = counted_in(lines.frame)[1]
    unit = capital(counted or "per cent")
    ends = f", with {intervals(lines.frame)}" if counted else ""
    if shown == "rate":
        per = per_residents(lines.frame)
        return f"{unit} {per}{ends}", capital(per) + ends
    per = " a day" if shown == "per_day" else ""
    return unit + per + ends, unit + per + ends


def _said(lines: Lines, unit: str) -> Words:
    origin = lines.frame.attrs["ukcso"]
    with pinned(**origin["datasets"]):
        area = find_area(origin["area_id"]).name
    title, counted = counted_in(lines.frame)
    ordered = lines.points.sort_values("period_start", kind="stable")["period"].tolist()
    recorded = [RECORDED] if (counted or "").endswith("recorded") else []
    return Words(
        title=f"{title}, {area}, {span(ordered)}",
        subtitle=unit,
        notes=[*_notes(lines), *caveats(lines.frame), *recorded],
        facts=_facts(lines),
    )


def _facts(lines: Lines) -> list[str]:
    known = lines.known
    places = digits(known["value"])
    values = [f"{grouped(row.value, places)} in {row.period}" for row in rows(known)]
    named = [f" ({name})" if lines.many else "" for name in known["release"]]
    order = known["value"].to_numpy()
    ends = {"Highest": order.argmax(), "Lowest": order.argmin()}
    first = [f"Line chart of {number_of(len(known), 'period')}."]
    if lines.many:
        first = [f"Line chart of {number_of(len(lines.releases), 'release')}."]
        for release, places_of in known.reset_index().groupby("release", sort=False).groups.items():
            first.append(f"{release}: {joined([values[place] for place in places_of])}.")
    else:
        ends = {"First": 0, "Last": -1, **ends}
    return [*first, *(f"{word}: {values[at]}{named[at]}." for word, at in ends.items())]


def _notes(lines: Lines) -> list[str]:
    notes = []
    if lines.many:
        notes.append("One line for each release; nothing is drawn from one release to another.")
    apart = [later for _, later in lines.segments if not later.comparable]
    if apart:
        reasons = dict.fromkeys(
            _REASONS.get(reason, reason)
            for later in apart
            if isinstance(later.why_not, str)
            for reason in later.why_not.split(";")
        )
        because = f" because of {joined(list(reasons))}" if reasons else ""
        notes.append(f"Dashed: periods that may not be compared{because}.")
    notes += [
        f"Vertical line, {day(change.date)}: {change.description.rstrip('.')}."
        for change in rows(lines.breaks)
    ]
    missing = lines.points.loc[lines.points["value"].isna(), "period"]
    if len(missing):
        notes.append(f"Not known: {joined(list(missing))}.")
    if lines.gaps:
        notes.append(f"{number_of(lines.gaps, 'gap')}: periods without a figure.")
    if lines.odd:
        notes.append(f"Not drawn, for they are of another length: {joined(lines.odd)}.")
    incomplete = lines.frame.attrs["ukcso"].get("incomplete", [])
    if incomplete:
        notes.append(f"Left out, quarters are missing: {joined(incomplete)}.")
    return notes
