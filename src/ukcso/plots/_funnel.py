"""Rates of areas against their population, with control limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ukcso.datasets import rows
from ukcso.errors import InvalidInputError
from ukcso.outputs import AreaAsked
from ukcso.plots import _style, _words
from ukcso.plots._area_rows import Areas, areas_of
from ukcso.plots._chart import Words, finished
from ukcso.plots._funnel_drawing import Drawn, drawing
from ukcso.printed import grouped
from ukcso.stats import funnel_limits

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Unpack

    import altair as alt

    from ukcso.periods import Period

#: How far the curves go beyond the smallest and the largest area.
_BEYOND = 1.15
_STEPS = 160


def funnel(
    measure_or_code: str | pd.DataFrame,
    period: Period | str | None = None,
    *,
    highlight: str | Sequence[str] | None = None,
    width: float = 700,
    **asked: Unpack[AreaAsked],
) -> alt.VConcatChart:
    """
    Draw the rates of areas against their population, with control limits.

    An area within the limits does not differ from the pooled rate by more than chance
    and the usual differences between areas allow; one outside does, for reasons that
    the picture does not know.

    Parameters
    ----------
    measure_or_code
        As in `area_table`, or the frame that it returned, or some of its rows.
    period
        One year; left out with a frame.
    highlight
        Areas to stand out, by any text that `find_area` takes.
    width
        Of the picture in pixels, about: 700 for screens, 320 for a column of print.
    **asked
        kind, ages, per, level, release, as in `area_table`.

    Returns
    -------
    altair.VConcatChart
        ``.save("funnel.svg")``, also .png, .pdf, .html.

    Raises
    ------
    InvalidInputError
        A frame of another function, fewer than two rates, a highlighted area not among
        those of the table, or without a rate.
    UnknownAreaError
        A highlighted name is none.
    MissingDependencyError
        Altair is not installed.

    Notes
    -----
    The limits are those of `funnel_limits`, 95 and 99.8 per cent, widened by the
    overdispersion of the whole table, as its column `funnel` is.

    Examples
    --------
    >>> chart = funnel("86", "2018/19", highlight="Kent")
    >>> chart.title.text
    ['Obscene publications etc (class 86), police force areas, 2018/19']
    """
    whole = _style.require_width(width)
    areas = areas_of(measure_or_code, period, highlight, asked)
    areas.require_drawn()
    if "overdispersion" not in areas.told:
        msg = "a funnel needs at least two areas with a rate"
        raise InvalidInputError(msg)
    drawn = Drawn(areas, _curves(areas), whole)
    return finished(drawing(drawn), _said(areas, drawn), areas.frame, whole)


def _curves(areas: Areas) -> pd.DataFrame:
    """Return the limits for populations from below the smallest to above the largest."""
    people = areas.shown["population"]
    grid = np.geomspace(people.min() / _BEYOND, people.max() * _BEYOND, _STEPS)
    told = areas.told
    # The pooled rate of the whole table, as one area of its own: rows may be a part of it.
    count = pd.Series([told["pooled_rate"], *[np.nan] * len(grid)])
    population = pd.Series([told["per"], *grid])
    limits = funnel_limits(count, population, per=told["per"], dispersion=told["overdispersion"])
    return limits.assign(population=population).iloc[1:].reset_index(drop=True)


def _said(areas: Areas, drawn: Drawn) -> Words:
    outside = {
        "above": [row.name for row in rows(areas.shown) if row.funnel == "above_99_8"],
        "below": [row.name for row in rows(areas.shown) if row.funnel == "below_99_8"],
    }
    between = areas.shown["funnel"].isin(["above_95", "below_95"]).sum()
    factor = areas.told["overdispersion"]
    notes = [
        f"Limits of 95% and 99.8% around the pooled rate, widened by an overdispersion of "
        f"{grouped(factor, 1)}: the variance between the areas is that many times what "
        f"chance alone gives."
        if factor > 1
        else "Limits of 95% and 99.8% around the pooled rate.",
        *drawn.unlabelled(),
        *areas.missing(),
        *areas.caveats(),
    ]
    return Words(
        title=areas.title(),
        subtitle=f"{areas.unit()}, against the number of residents",
        notes=notes,
        facts=[
            "Funnel plot.",
            *areas.facts(),
            *(
                f"{side.capitalize()} the 99.8% limit: {_words.joined(names)}."
                for side, names in outside.items()
                if names
            ),
            f"Between the 95% and the 99.8% limit: {_words.counted(int(between), 'area')}.",
        ],
    )
