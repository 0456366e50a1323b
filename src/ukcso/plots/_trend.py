"""One measure in one area over time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np
import pandas as pd

from ukcso._rules import require_choice
from ukcso.areas import find_area
from ukcso.datasets import pinned, rows
from ukcso.errors import refusal
from ukcso.evidence import REASONS, WHY_NOT_RATE, series
from ukcso.measures import as_name, is_official
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
    require_options,
    several,
    span,
)
from ukcso.plots import _style
from ukcso.plots._chart import finished
from ukcso.plots._trend_marks import plot
from ukcso.plots._trend_points import Lines
from ukcso.printed import grouped

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Unpack

    import altair as alt

Show = Literal["rate", "count", "per_day"]


def trend(  # noqa: PLR0913 - what is drawn, and how
    measure_or_code: str | int | pd.DataFrame,
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
    UkcsoWarning
        The area is the City of London: its rates say nothing.

    Examples
    --------
    >>> chart = trend("86", "Kent")
    >>> chart.title.text
    ['Obscene publications etc (class 86), Kent, 2012/13 to 2022/23']
    """
    if show is not None:
        require_choice("show", show, get_args(Show))
    if not isinstance(zero, (bool, np.bool_)):
        raise refusal(zero, "zero", "True or False")
    require_options("plots.trend", "trend_table", asked)
    whole = _style.require_width(width)
    tables = _tables(measure_or_code, area, asked)
    if periods is not None:
        known = {period for table in tables for period in table["period"]}
        names = several("periods", periods)
        for period in names:
            require_choice("periods", period, sorted(known))
        kept = [table[table["period"].isin(names)] for table in tables]
        tables = [table for table in kept if len(table)]
    shown = show or _most_known(tables)
    lines = Lines(tables, shown)
    unit, axis = _unit(lines, shown)
    origin = lines.points.attrs["ukcso"]
    with pinned(**origin["datasets"]):
        place = find_area(origin["area_id"]).name
    title, counted = counted_in(lines.points)
    ordered = lines.points.sort_values("period_start", kind="stable")["period"].tolist()
    recorded = [RECORDED] if (counted or "").endswith("recorded") else []
    return finished(
        plot(lines, axis, zero=bool(zero), width=whole),
        lines.points,
        whole,
        title=f"{title}, {place}, {span(ordered)}",
        subtitle=unit,
        notes=[*_notes(lines), *caveats(lines.points), *recorded],
        facts=_facts(lines),
    )


def _tables(
    measure_or_code: str | int | pd.DataFrame, area: str | None, asked: TrendAsked
) -> list[pd.DataFrame]:
    """Return one trend table, or for printed figures one for each release with exact ones."""
    each = [{**asked}]
    if not isinstance(measure_or_code, pd.DataFrame):
        each = [{"across": "allow", **asked}]
        if not (
            area is None
            or asked.get("release") is not None
            or is_official(as_name(measure_or_code), None)
        ):
            printed = series(str(measure_or_code), area)
            releases = printed.loc[printed["hedge"] == "exact", "release_id"].unique()
            each = [{**each[0], "release": release} for release in releases] or each
    return [frame_of("trend_table", measure_or_code, area, **options) for options in each]


def _most_known(tables: Sequence[pd.DataFrame]) -> Show:
    rows_of_all = pd.concat(tables)
    known = rows_of_all["rate"].notna()
    # Rates on two census bases are not set side by side unasked.
    one_basis = len(rows_of_all.loc[known, "population_basis"].unique()) <= 1
    return "rate" if one_basis and 2 * known.sum() >= len(known) else "count"


def _unit(lines: Lines, shown: Show) -> tuple[str, str]:
    """Return what is counted as the subtitle and as the axis say it."""
    counted = counted_in(lines.points)[1]
    unit = capital(counted or "per cent")
    ends = f", with {intervals(lines.points)}" if counted else ""
    per = {"rate": f" {per_residents(lines.points)}", "count": "", "per_day": " a day"}[shown]
    axis = capital(per.strip()) if shown == "rate" else unit + per
    return unit + per + ends, axis + ends


def _facts(lines: Lines) -> list[str]:
    numbers = lines.known["value"]
    values = numbers.map(lambda value: grouped(value, digits(numbers))) + " in "
    values += lines.known["period"]
    ends: dict[str, Any] = {"Highest": numbers.idxmax(), "Lowest": numbers.idxmin()}
    if lines.many:
        facts = [f"Line chart of {number_of(len(lines.releases), 'release')}."]
        for release, of_one in values.groupby(lines.known["release"], sort=False):
            facts.append(f"{release}: {joined(of_one.tolist())}.")
        values += " (" + lines.known["release"] + ")"
    else:
        facts = [f"Line chart of {number_of(len(numbers), 'period')}."]
        ends = {"First": numbers.index[0], "Last": numbers.index[-1], **ends}
    return facts + [f"{word}: {values[place]}." for word, place in ends.items()]


def _notes(lines: Lines) -> list[str]:
    origin = lines.points.attrs["ukcso"]
    notes = []
    if lines.many:
        notes.append("One line for each release; nothing is drawn from one release to another.")
    apart = lines.later[~lines.later["comparable"].astype(bool)]
    if len(apart):
        reasons = dict.fromkeys(
            REASONS[reason].several
            for why_not in apart["why_not"].dropna()
            for reason in why_not.split(";")
        )
        because = f" because of {joined(list(reasons))}" if reasons else ""
        notes.append(f"Dashed: periods that may not be compared{because}.")
    notes += [
        f"Vertical line, {day(change.date)}: {change.description.rstrip('.')}."
        for change in rows(lines.breaks)
    ]
    missing = lines.points[lines.points["value"].isna()]
    for why, periods in missing.groupby("why_not_rate", dropna=False)["period"]:
        because = f" {WHY_NOT_RATE[str(why)]}" if pd.notna(why) else ""
        notes.append(f"Not known: {joined(periods.tolist())}.{because}")
    if len(lines.known["population_basis"].unique()) > 1 and "population" in origin["datasets"]:
        notes.append("Residents are estimated on two census bases; rates on both do not compare.")
    if lines.gaps:
        notes.append(f"{number_of(lines.gaps, 'gap')}: periods without a figure.")
    if lines.odd:
        notes.append(f"Not drawn, for they are of another length: {joined(lines.odd)}.")
    if incomplete := origin.get("incomplete"):
        notes.append(f"Left out, quarters are missing: {joined(incomplete)}.")
    return notes
