"""Rates of areas against their population, with control limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ukcso.errors import InvalidInputError
from ukcso.outputs import AreaAsked, joined, number_of
from ukcso.plots import _style
from ukcso.plots._areas import Areas, Picture, areas_chart
from ukcso.plots._chart import Canvas, altair, chart, if_highlighted, legend, names
from ukcso.plots._labels import placed
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
#: How an area looks by its position: words, shape, colour, size.
_POSITIONS = {
    "inside": ("within the limits", "circle", _style.BLUE, 50),
    "95": ("outside 95%", "square", _style.ORANGE, 50),
    "99_8": ("outside 99.8%", "diamond", _style.VERMILION, 110),
}
_HIGHLIGHTED = 150
_DASHES = {"95% limits": [5, 3], "99.8% limits": [1, 0], "pooled rate": [1, 2]}


def funnel(
    measure_or_code: str | int | pd.DataFrame,
    period: Period | str | None = None,
    *,
    highlight: str | Sequence[str] | None = None,
    areas: Sequence[str] | None = None,
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
    measure_or_code, period, highlight, areas, width, **asked
        As in `ranking`.

    Returns
    -------
    altair.VConcatChart
        ``.save("funnel.svg")``, also .png, .pdf, .html.

    Raises
    ------
    InvalidInputError
        As in `ranking`; or fewer than half of the areas of the table have a rate.
    UnknownAreaError, MissingDependencyError
        As in `ranking`.

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
    return areas_chart(_draw, measure_or_code, period, highlight, areas, width, asked)


def _draw(areas: Areas, width: float) -> Picture:
    areas.require_drawn()
    origin = areas.origin
    if areas.why_not_ranked:
        msg = f"no funnel can be drawn. {areas.why_not_ranked}"
        raise InvalidInputError(msg)
    curves = _curves(areas)
    # Above every point, and above the curves where they matter.
    top = 1.12 * max(areas.shown["rate"].max(), curves["upper_99_8"].median())
    canvas = Canvas(width, (260, 380), [grouped(top, 0)], areas.per)
    points = _points(areas, curves, canvas, top)
    # Highlighted ones first: they must have room.
    wanted = points[points["highlighted"] | (points["place"] == "99_8")]
    wanted = wanted.sort_values("highlighted", ascending=False, kind="stable")
    labels = placed(wanted, points, canvas, canvas.size * 1.1)
    unlabelled = sorted(set(wanted["name"]) - set(labels["name"]))
    factor = origin["overdispersion"]
    limits = "Limits of 95% and 99.8% around the pooled rate"
    if factor > 1:
        limits += (
            f", widened by an overdispersion of {grouped(factor, 1)}: the variance between "
            "the areas is that many times what chance alone gives"
        )
    between = sum(points["place"] == "95")
    at = points.groupby("funnel")["name"].agg(list)
    return Picture(
        _plot(areas, canvas, curves, points, labels, top),
        "Funnel plot",
        subtitle=", against the number of residents",
        notes=[
            f"{limits}.",
            *([f"Not labelled: {joined(unlabelled)}."] if unlabelled else []),
        ],
        facts=[
            *(
                f"{side.capitalize()} the 99.8% limit: {joined(at[f'{side}_99_8'])}."
                for side in ("above", "below")
                if f"{side}_99_8" in at
            ),
            f"Between the 95% and the 99.8% limit: {number_of(between, 'area')}.",
        ],
    )


def _curves(areas: Areas) -> pd.DataFrame:
    """Return the limits for populations from below the smallest to above the largest."""
    people, origin = areas.shown["population"], areas.origin
    grid = np.geomspace(people.min() / _BEYOND, people.max() * _BEYOND, _STEPS)
    # The pooled rate of the whole table, as one area of its own: rows may be a part of it.
    count = pd.Series([origin["pooled_rate"], *[np.nan] * len(grid)])
    population = pd.Series([origin["per"], *grid])
    limits = funnel_limits(
        count, population, per=origin["per"], dispersion=origin["overdispersion"]
    )
    return limits.assign(population=population).iloc[1:].reset_index(drop=True)


def _points(areas: Areas, curves: pd.DataFrame, canvas: Canvas, top: float) -> pd.DataFrame:
    """Return the areas with the look of their position, and where they are in pixels."""
    places = [str(place).partition("_")[2] or "inside" for place in areas.shown["funnel"]]
    low, high = np.log(curves["population"].min()), np.log(curves["population"].max())
    points = areas.shown.assign(
        place=places,
        position=[_POSITIONS[place][0] for place in places],
        size=[_POSITIONS[place][3] for place in places],
        label=areas.shown["name"],
        x=canvas.plot_width * (np.log(areas.shown["population"]) - low) / (high - low),
        y=canvas.height * (1 - areas.shown["rate"] / top),
    )
    points.loc[points["highlighted"], "size"] = _HIGHLIGHTED
    return points


def _plot(  # noqa: PLR0913, PLR0917 - what is drawn, and where
    areas: Areas,
    canvas: Canvas,
    curves: pd.DataFrame,
    points: pd.DataFrame,
    labels: pd.DataFrame,
    top: float,
) -> Any:
    """Return the curves, the points and their names, the last on top."""
    alt = altair()
    ends = curves["population"].agg(["min", "max"]).tolist()
    ticks = [m * 10**power for power in range(3, 10) for m in (1, 2, 5)]
    title = "Residents of these ages (logarithmic scale)"
    x = alt.X(
        "population:Q",
        title=_style.wrapped(title, canvas.plot_width, canvas.size),
        scale=alt.Scale(type="log", domain=ends, nice=False),
        axis=alt.Axis(
            values=[tick for tick in ticks if ends[0] <= tick <= ends[1]],
            format=",",
            grid=False,
            labelOverlap=False,
        ),
    )

    def at(base: Any, field: str) -> Any:
        return base.encode(x=x, y=canvas.y(field, {"domain": [0, top], "nice": False}))

    words, shapes, colours, _ = (list(part) for part in zip(*_POSITIONS.values(), strict=True))
    key = legend(symbolSize=70, symbolOpacity=1)
    dots = chart(points).mark_point(filled=True, opacity=1)
    dots = dots.encode(
        shape=alt.Shape("position:N", scale=alt.Scale(domain=words, range=shapes), legend=key),
        color=alt.Color("position:N", scale=alt.Scale(domain=words, range=colours), legend=key),
        size=alt.Size("size:Q", scale=None, legend=None),
        stroke=if_highlighted(_style.INK, "#FFFFFF"),
        strokeWidth=if_highlighted(2, 0.5),
        tooltip=areas.tips("position"),
    )
    layers = [at(_limits(areas, canvas, curves, top), "limit"), at(dots, "rate")]
    if len(labels):
        layers += names(at(chart(labels), "rate").encode(text="label:N"), fontWeight="bold")
    return canvas.layered(*layers).resolve_scale(strokeDash="independent")


def _limits(areas: Areas, canvas: Canvas, curves: pd.DataFrame, top: float) -> Any:
    """Return the limits and the pooled rate, told apart by their dashes."""
    alt = altair()
    pooled = f"pooled rate {areas.number(areas.origin['pooled_rate'])}"
    words = dict(zip(("95", "99_8", "rate"), (*list(_DASHES)[:2], pooled), strict=True))
    lines = curves.drop(columns="rate", errors="ignore").melt(
        "population", var_name="curve", value_name="limit"
    )
    lines["level"] = lines["curve"].str.partition("_")[2].map(words)
    # Left out rather than clipped: Vega numbers its clips anew in every picture.
    lines = lines[lines["limit"] <= top]
    key = legend(
        columns=2 if canvas.narrow else 3,
        symbolType="stroke",
        symbolSize=300,
        symbolStrokeColor=_style.INK,
    )
    scale = alt.Scale(domain=list(words.values()), range=list(_DASHES.values()))
    line = chart(lines).mark_line(color=_style.INK, strokeWidth=1.2)
    return line.encode(
        detail="curve:N", strokeDash=alt.StrokeDash("level:N", scale=scale, legend=key)
    )
