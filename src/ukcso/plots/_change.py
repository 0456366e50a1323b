"""Growth of areas against their size, with limits around the growth of all."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import pandas as pd

from ukcso.datasets import rows
from ukcso.outputs import (
    ChangeAsked,
    capital,
    change_notes,
    counted_in,
    frame_of,
    in_percent,
    joined,
    number_of,
    require_options,
    why_not,
)
from ukcso.plots import _style
from ukcso.plots._areas import kind_of
from ukcso.plots._change_marks import Plane
from ukcso.plots._chart import finished

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Unpack

    import altair as alt

    from ukcso.periods import Period


def change(  # noqa: PLR0913 - what is drawn, and how
    measure_or_code: str | int | pd.DataFrame,
    period: Period | str | None = None,
    *,
    highlight: str | Sequence[str] | None = None,
    areas: str | Sequence[str] | None = None,
    width: float = 700,
    title: str | None = None,
    **asked: Unpack[ChangeAsked],
) -> alt.VConcatChart:
    """
    Draw the growth of areas against their size, with limits around the growth of all.

    A small area's count moves by more from year to year than a large one's. Within the
    limits, a change is usual: it is not told apart from that of the rest of the country.

    Parameters
    ----------
    measure_or_code
        As in `change_table`, or the frame that it returned.
    period
        One year; left out with a frame.
    highlight
        Areas to stand out, by any text that `find_area` takes.
    areas
        The areas to draw, by the same texts; None is all. The judgement stays that of the
        whole table.
    width, title
        As in `ranking`.
    **asked
        against, kind, ages, level, adjust, release, as in `change_table`.

    Returns
    -------
    altair.VConcatChart
        ``.save("change.svg")``, also .png, .pdf, .html.

    Raises
    ------
    InvalidInputError
        A frame of another function, no area whose change is judged, a highlighted area
        without one; a title that is no text.
    UnknownAreaError
        A name of an area is none.
    MissingDependencyError
        Altair is not installed.

    Notes
    -----
    The dashed limits are those at which the test of one area asked alone would just mark
    it, with the growth of all areas for that of the rest. The solid ones allow for as
    many areas as are judged (Bonferroni, with which Holm's steps begin).

    Examples
    --------
    >>> chart = change("86", "2022/23", highlight="Kent")
    >>> chart.title.text
    ['Obscene publications etc (class 86), police force areas, change from 2021/22 to 2022/23']
    """
    require_options("plots.change", "change_table", asked)
    with warnings.catch_warnings():
        # The picture leaves it out and says so below.
        warnings.filterwarnings("ignore", message=".*City of London")
        frame = frame_of("change_table", measure_or_code, period, **asked)
    plane = Plane(frame, highlight, areas, _style.require_width(width))
    areas = kind_of(plane.frame)
    of, counted = counted_in(plane.frame)
    against, period = str(plane.origin["against"]), plane.origin["period"]
    unlabelled = sorted(set(plane.wanted["name"]) - set(plane.labels["name"]))
    notes = change_notes(plane.judged, "Limits")
    if unlabelled:
        notes.append(f"Not labelled: {joined(unlabelled)}.")
    return finished(
        plane.plot(),
        plane.frame,
        plane.width,
        given=title,
        title=f"{of}, {areas}, change from {against} to {period}",
        subtitle=f"{capital(counted or 'counts')}: growth against the count before",
        notes=[*notes, *_missing(plane)],
        facts=["Funnel plot of changes.", *_facts(plane)],
    )


def _facts(plane: Plane) -> list[str]:
    """Say how many areas are drawn, how all grew, and which are unusual or highlighted."""
    shown = plane.shown
    facts = [
        f"{len(shown)} of {number_of(len(plane.frame), 'area')} drawn.",
        f"All together: {in_percent(plane.overall)}.",
    ]
    for side in ("above", "below"):
        some = shown[shown["unusual"] == side]
        told = [
            f"{row.name}, {row.before:,.0f} to {row.after:,.0f} ({in_percent(row.growth)})"
            for row in rows(some)
        ]
        facts.append(f"Unusual, {side} the rest: {'; '.join(told) or 'none'}.")
    facts += [
        f"Highlighted: {row.name}, {row.before:,.0f} to {row.after:,.0f} "
        f"({in_percent(row.growth)}), {row.judgement}."
        for row in rows(shown[shown["highlighted"]])
    ]
    return facts


def _missing(plane: Plane) -> list[str]:
    """Say which areas have no growth or no judgement, and why."""
    judged = plane.judged
    without = plane.frame[~plane.frame["area_id"].isin(judged["area_id"])]
    reasons = pd.Series([why_not(row) for row in rows(without)], without.index, dtype=object)
    notes = [
        f"Not shown, for {reason}: {joined(sorted(names))}."
        for reason, names in without["name"].groupby(reasons)
    ]
    from_none = sorted(judged.loc[judged["growth"].isna(), "name"])
    if from_none:
        notes.insert(0, f"Not shown, for growth from 0 is not defined: {joined(from_none)}.")
    return notes
