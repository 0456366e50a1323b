"""One measure in one area over time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

import pandas as pd

from ukcso._rules import require_choice
from ukcso.areas import find_area
from ukcso.datasets import pinned
from ukcso.outputs import TrendAsked, caveats, day, frame_of
from ukcso.plots import _style, _words
from ukcso.plots._chart import Words, finished
from ukcso.plots._trend_drawing import drawing
from ukcso.plots._trend_points import Drawn, breaks_in, points_of
from ukcso.printed import grouped

if TYPE_CHECKING:
    from typing import Unpack

    import altair as alt

    from ukcso.plots._trend_points import Break

Show = Literal["rate", "count", "per_day"]

_REASONS = {
    "different_release": "different releases",
    "different_scope": "a different scope",
    "forces_responding": "other forces responding",
    "break_in_series": "a break in the series",
    "inexact": "figures that are not exact",
}


def trend(
    measure_or_code: str | pd.DataFrame,
    area: str | None = None,
    *,
    show: Show | None = None,
    zero: bool = True,
    width: float = 700,
    **asked: Unpack[TrendAsked],
) -> alt.VConcatChart:
    """
    Draw one measure in one area over time, with intervals and breaks.

    A solid line joins periods that may be compared, a dashed one those that may not; a
    missing period is a gap. Vertical lines mark changes of law or recording.

    Parameters
    ----------
    measure_or_code
        As in `trend_table`, or the frame that it returned, or some of its rows.
    area
        Any text that `find_area` takes; left out with a frame.
    show
        "rate", "count" or "per_day"; None takes rates where most periods have one,
        else counts.
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
        A frame of another function, nothing to show, an unknown `show`.
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
    if not isinstance(measure_or_code, pd.DataFrame):
        asked.setdefault("across", "allow")
    frame = frame_of("trend_table", measure_or_code, area, **asked)
    shown = show or _most_known(frame)
    what = _words.measured(frame)
    points = points_of(frame, shown, intervals=what.counted is not None)
    marked = breaks_in(frame)
    unit, axis = _unit(frame, shown, what)
    drawn = Drawn(points, marked, axis, zero=zero, width=whole)
    return finished(drawing(drawn), _said(frame, drawn, what, unit), frame, whole)


def _most_known(frame: pd.DataFrame) -> Show:
    return "rate" if 2 * frame["rate"].notna().sum() >= len(frame) else "count"


def _unit(frame: pd.DataFrame, shown: Show, what: _words.Measured) -> tuple[str, str]:
    """Return what is counted as the subtitle and as the axis say it."""
    ends = f", with {_words.intervals(frame)}" if what.counted else ""
    if shown == "rate":
        per = _words.per_residents(frame)
        return f"{what.unit} {per}{ends}", per.capitalize() + ends
    unit = f"{what.unit} a day" if shown == "per_day" else what.unit
    return unit + ends, unit + ends


def _said(frame: pd.DataFrame, drawn: Drawn, what: _words.Measured, unit: str) -> Words:
    with pinned(**_words.told(frame)["datasets"]):
        area = find_area(_words.told(frame)["area_id"]).name
    points, known = drawn.points, drawn.known
    periods = _words.span([points[0].period, points[-1].period][: len(points)])
    places = _words.digits(point.value for point in known)
    highest, lowest = (pick(known, key=lambda it: it.value) for pick in (max, min))
    return Words(
        title=f"{what.title}, {area}, {periods}",
        subtitle=unit,
        notes=[*_notes(drawn), *_caveats(frame, what)],
        facts=[
            f"Line chart of {_words.counted(len(known), 'period')}.",
            *(
                f"{word}: {grouped(it.value, places)} in {it.period}."
                for word, it in (
                    ("First", known[0]),
                    ("Last", known[-1]),
                    ("Highest", highest),
                    ("Lowest", lowest),
                )
            ),
        ],
    )


def _notes(drawn: Drawn) -> list[str]:
    notes = []
    reasons = dict.fromkeys(
        _REASONS.get(reason, reason)
        for segment in drawn.segments
        if not segment.comparable
        for reason in segment.why_not
    )
    if any(not segment.comparable for segment in drawn.segments):
        because = f" because of {_words.joined(list(reasons))}" if reasons else ""
        notes.append(f"Dashed: periods that may not be compared{because}.")
    notes += [_break(found) for found in drawn.breaks]
    missing = [point.period for point in drawn.points if point not in drawn.known]
    if missing:
        notes.append(f"Not known: {_words.joined(missing)}.")
    gaps = len([1 for earlier, later in drawn.pairs if not later.follows(earlier)])
    if gaps:
        notes.append(f"{_words.counted(gaps, 'gap')}: periods without a figure.")
    return notes


def _break(found: Break) -> str:
    return f"Vertical line, {day(found.day)}: {found.description.rstrip('.')}."


def _caveats(frame: pd.DataFrame, what: _words.Measured) -> list[str]:
    """Say what a reader must know of the whole series."""
    incomplete = _words.told(frame).get("incomplete", [])
    return [
        *([f"Left out, quarters are missing: {_words.joined(incomplete)}."] if incomplete else []),
        *caveats(frame),
        *([_words.RECORDED] if what.is_recorded else []),
    ]
