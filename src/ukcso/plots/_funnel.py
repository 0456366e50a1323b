"""Rates of areas against their population, with control limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ukcso.datasets import rows
from ukcso.errors import InvalidInputError
from ukcso.outputs import AreaAsked
from ukcso.plots import _style, _words
from ukcso.plots._areas import Areas, Picture, areas_chart
from ukcso.plots._chart import Canvas, altair, chart, legend, names
from ukcso.plots._labels import Label, placed
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


def funnel(
    measure_or_code: str | pd.DataFrame,
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
        As in `ranking`; and where the table has no funnel, for too few areas have a
        rate.
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
    if "overdispersion" not in areas.origin:
        msg = "a funnel needs at least two areas with a rate"
        raise InvalidInputError(msg)
    curves = _curves(areas)
    # Above every point, and above the curves where they matter.
    top = 1.12 * max(areas.shown["rate"].max(), curves["upper_99_8"].median())
    canvas = Canvas(width, (260, 380), [grouped(top, 0)], areas.per)
    points = _points(areas)
    labels = _labels(points, curves, canvas, top)
    unlabelled = sorted(labels.loc[labels["align"].isna(), "name"])
    factor = areas.origin["overdispersion"]
    return Picture(
        _plot(areas, canvas, curves, points, labels.dropna(subset="align"), top),
        "Funnel plot",
        subtitle=", against the number of residents",
        notes=[
            f"Limits of 95% and 99.8% around the pooled rate, widened by an overdispersion of "
            f"{grouped(factor, 1)}: the variance between the areas is that many times what "
            f"chance alone gives."
            if factor > 1
            else "Limits of 95% and 99.8% around the pooled rate.",
            *([f"Not labelled: {_words.joined(unlabelled)}."] if unlabelled else []),
        ],
        facts=_outside(areas.shown),
    )


def _outside(shown: pd.DataFrame) -> list[str]:
    beyond = {side: shown.loc[shown["funnel"] == f"{side}_99_8", "name"] for side in _SIDES}
    between = int(shown["funnel"].isin([f"{side}_95" for side in _SIDES]).sum())
    return [
        *(
            f"{side.capitalize()} the 99.8% limit: {_words.joined(list(areas))}."
            for side, areas in beyond.items()
            if len(areas)
        ),
        f"Between the 95% and the 99.8% limit: {_words.counted(between, 'area')}.",
    ]


_SIDES = ("above", "below")


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


def _points(areas: Areas) -> pd.DataFrame:
    """Return the areas with the look of their position."""
    places = [str(place).partition("_")[2] or "inside" for place in areas.shown["funnel"]]
    points = areas.shown.assign(
        position=[_POSITIONS[place][0] for place in places],
        size=[_POSITIONS[place][3] for place in places],
        outside=[place == "99_8" for place in places],
    )
    points.loc[points["highlighted"], "size"] = _HIGHLIGHTED
    return points


def _labels(points: pd.DataFrame, curves: pd.DataFrame, canvas: Canvas, top: float) -> pd.DataFrame:
    """Return the areas to be named and where their names go; `align` is missing for no room."""
    low, high = np.log(curves["population"].min()), np.log(curves["population"].max())
    across = canvas.plot_width * (np.log(points["population"]) - low) / (high - low)
    down = canvas.height * (1 - points["rate"] / top)
    wanted = points.assign(x=across, y=down)[points["highlighted"] | points["outside"]]
    # Highlighted ones first: they must have room.
    wanted = wanted.sort_values("highlighted", ascending=False, kind="stable")
    places = placed(
        [Label(row.x, row.y, row.name) for row in rows(wanted)],
        zip(across, down, strict=True),
        size=canvas.size * 1.1,
        width=canvas.plot_width,
        height=canvas.height,
    )
    return wanted.assign(
        dx=[place and place.dx for place in places],
        dy=[place and place.dy for place in places],
        align=[place and place.align for place in places],
    )


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
    ends = [float(end) for end in (curves["population"].min(), curves["population"].max())]
    ticks = [m * 10**power for power in range(3, 10) for m in (1, 2, 5)]
    x = alt.X(
        "population:Q",
        title=_style.wrapped("Residents of these ages (logarithmic scale)", canvas.plot_width, 11),
        scale=alt.Scale(type="log", domain=ends, nice=False),
        axis=alt.Axis(
            values=[tick for tick in ticks if ends[0] <= tick <= ends[1]],
            format=",",
            grid=False,
            labelOverlap=False,
        ),
    )

    def y(field: str) -> Any:
        return canvas.y(field, {"domain": [0, top], "nice": False})

    words, shapes, colours, _ = (list(part) for part in zip(*_POSITIONS.values(), strict=True))
    key = legend(symbolSize=70, symbolOpacity=1)
    dots = (
        chart(points)
        .mark_point(filled=True, opacity=1)
        .encode(
            x=x,
            y=y("rate"),
            shape=alt.Shape("position:N", scale=alt.Scale(domain=words, range=shapes), legend=key),
            color=alt.Color("position:N", scale=alt.Scale(domain=words, range=colours), legend=key),
            size=alt.Size("size:Q", scale=None, legend=None),
            stroke=alt.condition("datum.highlighted", alt.value(_style.INK), alt.value("#FFFFFF")),
            strokeWidth=alt.condition("datum.highlighted", alt.value(2), alt.value(0.5)),
            tooltip=areas.tips("position"),
        )
    )
    named = chart(labels).encode(x=x, y=y("rate"), text="name:N")
    lines = _limits(areas, canvas, curves[["population", *_CURVES]], top)
    layers = [lines.encode(x=x, y=y("limit")), dots]
    if len(labels):
        layers += names(named, fontWeight="bold")
    return canvas.layered(*layers).resolve_scale(strokeDash="independent")


_CURVES = {
    "lower_95": "95% limits",
    "upper_95": "95% limits",
    "lower_99_8": "99.8% limits",
    "upper_99_8": "99.8% limits",
    "pooled_rate": "pooled rate",
}


def _limits(areas: Areas, canvas: Canvas, curves: pd.DataFrame, top: float) -> Any:
    """Return the limits and the pooled rate, told apart by their dashes."""
    alt = altair()
    pooled = f"pooled rate {areas.number(areas.origin['pooled_rate'])}"
    lines = curves.melt("population", var_name="curve", value_name="limit")
    lines["level"] = lines["curve"].map({**_CURVES, "pooled_rate": pooled})
    # Left out rather than clipped: Vega numbers its clips anew in every picture.
    lines = lines[lines["limit"] <= top]
    dash = alt.StrokeDash(
        "level:N",
        scale=alt.Scale(
            domain=["95% limits", "99.8% limits", pooled], range=[[5, 3], [1, 0], [1, 2]]
        ),
        legend=legend(
            columns=2 if canvas.narrow else 3,
            symbolType="stroke",
            symbolSize=300,
            symbolStrokeColor=_style.INK,
        ),
    )
    line = chart(lines).mark_line(color=_style.INK, strokeWidth=1.2)
    return line.encode(detail="curve:N", strokeDash=dash)
