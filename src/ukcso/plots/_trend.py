"""One measure over time, in one area or several."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

import numpy as np
import pandas as pd

from ukcso._rules import require_choice, several
from ukcso.areas import find_area
from ukcso.errors import InvalidInputError, listed, refusal
from ukcso.evidence import series
from ukcso.measures import as_name, is_official
from ukcso.outputs import (
    TrendAsked,
    capital,
    counted_in,
    frame_of,
    intervals,
    joined,
    per_residents,
    require_options,
    span,
)
from ukcso.plots import _style
from ukcso.plots._chart import finished
from ukcso.plots._trend_fits import Fits
from ukcso.plots._trend_marks import plot
from ukcso.plots._trend_points import Lines
from ukcso.plots._trend_words import facts_of, notes_on

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Unpack

    import altair as alt

Show = Literal["rate", "count", "per_day"]
#: More lines than these cannot be told apart.
_MOST = 6


def trend(  # noqa: PLR0913 - what is drawn, and how
    measure_or_code: str | int | pd.DataFrame,
    area: str | Sequence[str] | None = None,
    *,
    show: Show | None = None,
    periods: Sequence[str] | None = None,
    fit: bool = False,
    zero: bool = True,
    width: float = 700,
    title: str | None = None,
    **asked: Unpack[TrendAsked],
) -> alt.VConcatChart:
    """
    Draw one measure over time, in one area or several, with intervals and breaks.

    A solid line joins periods that may be compared, a dashed one those that may not; a
    missing period is a gap. Vertical lines mark changes of law or recording. Printed
    figures of one area are one line for each release that has exact ones, and nothing is
    drawn from one release to another. Several areas share one axis; colour, shape and a
    name at the end of its line tell each apart, in narrow pictures a legend.

    Parameters
    ----------
    measure_or_code
        As in `trend_table`, or the frame that it returned.
    area
        Any text that `find_area` takes, or up to six of them; left out with a frame.
    show
        "rate", "count" or "per_day"; None takes rates where most periods have one,
        else counts.
    periods
        The periods to draw, as the table names them; None is all.
    fit
        Whether to draw what `trend` fits to the periods drawn, as if the change had been
        the same every year: a line for each area, or each release, with enough years,
        dashed where a change of recording or law is a step. It takes the extra ``models``.
    zero
        Whether the axis begins at 0. Without it, small changes look large.
    width
        Of the picture in pixels, about: 700 for screens, 320 for a column of print.
    title
        Instead of the one made; what stands below the picture stays.
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
        A frame of another function, no area or more than six, nothing to show, an
        unknown `show` or period, a title that is no text; ``fit=True`` and no line has
        three residual degrees of freedom.
    UnknownAreaError
        A name of an area is none.
    MissingDependencyError
        Altair is not installed, or statsmodels for ``fit=True``.

    Warns
    -----
    UkcsoWarning
        The area is the City of London: its rates say nothing.

    Examples
    --------
    >>> chart = trend("86", "Kent")
    >>> chart.title.text
    ['Obscene publications etc (class 86), Kent, 2012/13 to 2022/23']
    >>> trend("86", ["Kent", "Essex"]).title.text
    ['Obscene publications etc (class 86), Kent and Essex, 2012/13 to 2022/23']
    """
    if show is not None:
        require_choice("show", show, get_args(Show))
    for name, flag in {"zero": zero, "fit": fit}.items():
        if not isinstance(flag, (bool, np.bool_)):
            raise refusal(flag, name, "True or False")
    require_options("plots.trend", "trend_table", asked)
    whole = _style.require_width(width)
    tables = [table for of in _each(area) for table in _tables(measure_or_code, of, asked)]
    if periods is not None:
        known = {period for table in tables for period in table["period"]}
        names = several("periods", periods)
        for period in names:
            require_choice("periods", period, sorted(known))
        kept = [table[table["period"].isin(names)] for table in tables]
        tables = [table for table in kept if len(table)]
    shown = show or _most_known(tables)
    lines = Lines(tables, shown)
    fits = Fits(tables, lines, shown) if fit else None
    if fits:  # fitted per resident, whatever is shown
        lines.points.attrs["ukcso"]["datasets"] |= fits.datasets
    unit, axis = _unit(lines, shown)
    ordered = lines.points.sort_values("period_start", kind="stable")["period"].tolist()
    of = counted_in(lines.points)[0]
    return finished(
        plot(lines, axis, fitted=fits.segments if fits else None, zero=bool(zero), width=whole),
        lines.points,
        whole,
        given=title,
        title=f"{of}, {joined(lines.areas)}, {span(ordered)}",
        subtitle=unit,
        notes=[*(fits.notes if fits else ()), *notes_on(lines, shown)],
        facts=facts_of(lines),
    )


def _each(area: str | Sequence[str] | None) -> list[str | None]:
    """Return the areas one by one, each once."""
    if area is None or isinstance(area, str):
        return [area]
    ids = list(dict.fromkeys(find_area(name).area_id for name in several("area", area)))
    if len(ids) > _MOST:
        msg = f"area must be at most {_MOST} areas, or lines cannot be told apart; "
        msg += f"got {len(ids)}: {listed(ids)}"
        raise InvalidInputError(msg)
    return [*ids] or [None]


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
    of_all = pd.concat(tables, keys=[table.attrs["ukcso"]["area_id"] for table in tables])
    known = of_all["rate"].notna()
    # Rates on two census bases are not set side by side unasked; nor is an area left out.
    one_basis = len(of_all.loc[known, "population_basis"].unique()) <= 1
    return "rate" if one_basis and 2 * known.groupby(level=0).mean().min() >= 1 else "count"


def _unit(lines: Lines, shown: Show) -> tuple[str, str]:
    """Return what is counted as the subtitle and as the axis say it."""
    counted = counted_in(lines.points)[1]
    unit = capital(counted or "per cent")
    ends = f", with {intervals(lines.points)}" if counted else ""
    per = {"rate": f" {per_residents(lines.points)}", "count": "", "per_day": " a day"}[shown]
    axis = capital(per.strip()) if shown == "rate" else unit + per
    return unit + per + ends, axis + ends
