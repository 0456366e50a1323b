"""The marks of a funnel."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ukcso.datasets import rows
from ukcso.plots import _style, _words
from ukcso.plots._chart import altair, values
from ukcso.plots._labels import Label, Place, placed
from ukcso.printed import grouped

if TYPE_CHECKING:
    import pandas as pd

    from ukcso.plots._area_rows import Areas

_RIGHT = 14
#: How an area looks by its position: words, shape, colour.
POSITIONS = {
    "inside": ("within the limits", "circle", _style.BLUE),
    "95": ("outside 95%", "square", _style.ORANGE),
    "99_8": ("outside 99.8%", "diamond", _style.VERMILION),
}


@dataclass(frozen=True)
class Drawn:
    """What a funnel draws, and how large."""

    areas: Areas
    curves: pd.DataFrame
    width: float

    @property
    def height(self) -> float:
        """Of the plot, in pixels."""
        return 260 if _style.is_narrow(self.width) else 380

    @property
    def size(self) -> int:
        """Of letters."""
        return _style.letters(self.width)

    @cached_property
    def top(self) -> float:
        """Where the axis of rates ends: above every point, and the curves where they matter."""
        highest = float(self.areas.shown["rate"].max())
        return 1.12 * max(highest, float(self.curves["upper_99_8"].median()))

    @property
    def extent(self) -> float:
        """Room for the numbers on the axis of rates."""
        return 10 + max(24, _style.text_width(grouped(self.top, 0), self.size))

    @property
    def title(self) -> list[str]:
        """Of the axis of rates, in lines that fit."""
        text = _words.per_residents(self.areas.frame).capitalize()
        return _style.wrapped(text, self.height, self.size)

    @property
    def plot_width(self) -> float:
        """Of the plot, in pixels."""
        title = len(self.title) * (self.size + 3) + 6
        return self.width - 2 * _style.PADDING - self.extent - title - _RIGHT

    @cached_property
    def spots(self) -> dict[str, tuple[float, float]]:
        """Where each area is, in pixels from the top left."""
        return {row.area_id: self._pixels(row) for row in rows(self.areas.shown)}

    @cached_property
    def labels(self) -> list[tuple[Any, Place | None]]:
        """The rows to be named, and where their names go."""
        named = [
            row
            for row in rows(self.areas.shown)
            if row.area_id in self.areas.highlighted or str(row.funnel).endswith("99_8")
        ]
        # Highlighted ones first: they must have room.
        named.sort(key=lambda row: row.area_id not in self.areas.highlighted)
        found = placed(
            [Label(*self.spots[row.area_id], row.name) for row in named],
            self.spots.values(),
            size=self.size * 1.1,
            width=self.plot_width,
            height=self.height,
        )
        return list(zip(named, found, strict=True))

    def unlabelled(self) -> list[str]:
        """Name those that there is no room to label."""
        names = sorted(row.name for row, place in self.labels if place is None)
        return [f"Not labelled: {_words.joined(names)}."] if names else []

    def _pixels(self, row: Any) -> tuple[float, float]:
        people = self.curves["population"]
        low, high = math.log(people.min()), math.log(people.max())
        across = self.plot_width * (math.log(row.population) - low) / (high - low)
        return across, self._height_of(row.rate)

    def _height_of(self, rate: float) -> float:
        return self.height * (1 - rate / self.top)


def drawing(drawn: Drawn) -> Any:
    """Return the curves, the points and their names, the last on top."""
    alt = altair()
    layers = [_limits(drawn), _points(drawn), *_names(drawn)]
    return alt.LayerChart(layer=layers, width=drawn.plot_width, height=drawn.height).resolve_scale(
        strokeDash="independent"
    )


def _x(drawn: Drawn) -> Any:
    alt = altair()
    people = drawn.curves["population"]
    low, high = float(people.min()), float(people.max())
    ticks = [m * 10**power for power in range(3, 10) for m in (1, 2, 5)]
    return alt.X(
        "population:Q",
        title=_style.wrapped("Residents of these ages (logarithmic scale)", drawn.plot_width, 11),
        scale=alt.Scale(type="log", domain=[low, high], nice=False),
        axis=alt.Axis(
            values=[tick for tick in ticks if low <= tick <= high],
            format=",",
            grid=False,
            labelOverlap=False,
        ),
    )


def _y(drawn: Drawn, field: str) -> Any:
    alt = altair()
    return alt.Y(
        field,
        title=drawn.title,
        scale=alt.Scale(domain=[0, drawn.top], nice=False),
        axis=alt.Axis(minExtent=drawn.extent, maxExtent=drawn.extent, format=",~f", tickCount=6),
    )


def _limits(drawn: Drawn) -> Any:
    """Return the limits and the pooled rate, told apart by their dashes."""
    alt = altair()
    pooled = f"pooled rate {drawn.areas.number(drawn.areas.told['pooled_rate'])}"
    curves = {
        "lower_95": "95% limits",
        "upper_95": "95% limits",
        "lower_99_8": "99.8% limits",
        "upper_99_8": "99.8% limits",
        "pooled_rate": pooled,
    }
    data = [
        {
            "population": row.population,
            "limit": getattr(row, curve),
            "curve": curve,
            "level": words,
        }
        for curve, words in curves.items()
        for row in rows(drawn.curves)
        # Left out rather than clipped: Vega numbers its clips anew in every picture.
        if getattr(row, curve) <= drawn.top
    ]
    dash = alt.StrokeDash(
        "level:N",
        scale=alt.Scale(
            domain=["95% limits", "99.8% limits", pooled], range=[[5, 3], [1, 0], [1, 2]]
        ),
        legend=alt.Legend(
            title=None,
            orient="top",
            direction="horizontal",
            columns=2 if _style.is_narrow(drawn.width) else 3,
            symbolType="stroke",
            symbolSize=300,
            symbolStrokeColor=_style.INK,
        ),
    )
    line = alt.Chart(values(data)).mark_line(color=_style.INK, strokeWidth=1.2)
    return line.encode(x=_x(drawn), y=_y(drawn, "limit:Q"), detail="curve:N", strokeDash=dash)


def _points(drawn: Drawn) -> Any:
    alt = altair()
    data = [
        {
            "name": row.name,
            "population": row.population,
            "rate": row.rate,
            "count": row.count,
            "position": POSITIONS[str(row.funnel).partition("_")[2] or "inside"][0],
            "highlighted": row.area_id in drawn.areas.highlighted,
            "size": _size(drawn, row),
        }
        for row in rows(drawn.areas.shown)
    ]
    words, shapes, colours = (list(part) for part in zip(*POSITIONS.values(), strict=True))
    legend = alt.Legend(
        title=None, orient="top", direction="horizontal", symbolSize=70, symbolOpacity=1
    )
    return (
        alt.Chart(values(data))
        .mark_point(filled=True, opacity=1)
        .encode(
            x=_x(drawn),
            y=_y(drawn, "rate:Q"),
            shape=alt.Shape(
                "position:N", scale=alt.Scale(domain=words, range=shapes), legend=legend
            ),
            color=alt.Color(
                "position:N", scale=alt.Scale(domain=words, range=colours), legend=legend
            ),
            size=alt.Size("size:Q", scale=None, legend=None),
            stroke=alt.condition("datum.highlighted", alt.value(_style.INK), alt.value("#FFFFFF")),
            strokeWidth=alt.condition("datum.highlighted", alt.value(2), alt.value(0.5)),
            tooltip=[
                alt.Tooltip("name:N", title="Area"),
                alt.Tooltip("rate:Q", title="Rate", format=f",.{drawn.areas.places}f"),
                alt.Tooltip("count:Q", title="Count", format=","),
                alt.Tooltip("population:Q", title="Residents", format=","),
                alt.Tooltip("position:N", title="Position"),
            ],
        )
    )


def _size(drawn: Drawn, row: Any) -> int:
    if row.area_id in drawn.areas.highlighted:
        return 150
    return 110 if str(row.funnel).endswith("99_8") else 50


def _names(drawn: Drawn) -> list[Any]:
    """Return the names of points, white below the letters so that no line runs through."""
    alt = altair()
    data = [
        {
            "population": row.population,
            "rate": row.rate,
            "name": row.name,
            "dx": place.dx,
            "dy": place.dy,
            "align": place.align,
        }
        for row, place in drawn.labels
        if place
    ]
    if not data:
        return []
    beside: dict[str, Any] = {part: {"expr": f"datum.{part}"} for part in ("dx", "dy", "align")}
    beside |= {"fontWeight": "bold", "baseline": "middle"}
    base = alt.Chart(values(data)).encode(x=_x(drawn), y=_y(drawn, "rate:Q"), text="name:N")
    return [base.mark_text(stroke="#FFFFFF", strokeWidth=4, **beside), base.mark_text(**beside)]
