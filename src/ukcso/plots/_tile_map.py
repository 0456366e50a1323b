"""Rates on a map where every police force area is one tile."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ukcso.datasets import area_names, load_areas, pinned
from ukcso.errors import InvalidInputError
from ukcso.outputs import AreaAsked
from ukcso.plots import _style
from ukcso.plots._areas import Areas
from ukcso.plots._chart import altair, chart, looks
from ukcso.printed import grouped

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Unpack

    import altair as alt

    from ukcso.periods import Period

_GAP = 2
_ROUND = (1, 2, 2.5, 5, 10, 20)


def tile_map(  # noqa: PLR0913 - what is drawn, and how
    measure_or_code: str | int | pd.DataFrame,
    period: Period | str | None = None,
    *,
    highlight: str | Sequence[str] | None = None,
    areas: Sequence[str] | None = None,
    width: float = 700,
    title: str | None = None,
    **asked: Unpack[AreaAsked],
) -> alt.VConcatChart:
    """
    Draw the rates of police force areas as equal tiles, about where they lie.

    On a true map large, thinly peopled areas weigh most; here all weigh the same. Areas
    without a rate are outlined and marked with a dash, and so is the City of London.

    Parameters
    ----------
    measure_or_code, period, highlight, areas, width, title, **asked
        As in `ranking`; areas of another `kind` have no tiles.

    Returns
    -------
    altair.VConcatChart
        ``.save("map.svg")``, also .png, .pdf, .html.

    Raises
    ------
    InvalidInputError
        A frame of another function or of areas without tiles, no rate to show, a
        highlighted area not among those of the table.
    UnknownAreaError, MissingDependencyError
        As in `ranking`.

    Examples
    --------
    >>> chart = tile_map("86", "2018/19", highlight="Kent")
    >>> chart.title.subtitle
    ['Offences recorded per 100,000 residents aged 0 to 17']
    """
    table = Areas("tile_map", measure_or_code, period, highlight, areas, width, title, asked)
    note = "Each area is one tile, about where it lies; tiles say nothing of its size."
    return table.finished(_plot(table), "Tile map", notes=[note])


def classes(rates: pd.Series[float]) -> list[float]:
    """
    Return round limits between at most as many classes as there are colours.

    Examples
    --------
    >>> import pandas as pd
    >>> classes(pd.Series([125.0, 201.0, 318.0]))
    [150.0, 200.0, 250.0, 300.0]
    """
    low, high = float(rates.min()), float(rates.max())
    if low == high:
        return []
    rough = (high - low) / len(_style.SEQUENCE)
    for factor in _ROUND:
        step = factor * 10 ** math.floor(math.log10(rough))
        limits = step * np.arange(math.floor(low / step) + 1, math.ceil(high / step))
        if len(limits) < len(_style.SEQUENCE):
            break
    return [float(f"{limit:.12g}") for limit in limits]


def class_names(limits: Sequence[float]) -> list[str]:
    """
    Word the classes between limits.

    Examples
    --------
    >>> class_names([150.0, 200.0])
    ['below 150', '150 to 200', '200 or more']
    """
    places = 0 if all(limit.is_integer() for limit in limits) else 2
    ends = [grouped(limit, places) for limit in limits]
    between = [f"{low} to {high}" for low, high in pairwise(ends)]
    return [f"below {ends[0]}", *between, f"{ends[-1]} or more"]


def _tiles(table: Areas, words: list[str], limits: list[float]) -> pd.DataFrame:
    """Return every area of the table with its tile and what is written on it, by name."""
    with pinned(**table.origin["datasets"]):
        places = load_areas()[["area_id", "tile_column", "tile_row"]]
    tiles = table.frame.merge(places, on="area_id", how="left").sort_values("name")
    none = tiles["tile_column"].isna() | tiles["tile_row"].isna()
    if none.any():
        msg = f"only police force areas have tiles; {tiles.loc[none, 'name'].iloc[0]} has none"
        raise InvalidInputError(msg)
    rate = tiles["rate"].where(tiles["area_id"].isin(table.shown["area_id"]))
    digits = 0 if rate.max() >= 100 else 1  # noqa: PLR2004 - three figures
    ends = [-math.inf, *limits, math.inf]
    return tiles.assign(
        rate=rate,
        number=rate.map(lambda rate: grouped(rate, digits), na_action="ignore").fillna(_style.NONE),
        short=tiles["area_id"].map(area_names()["tile_name"]),
        **{"class": pd.cut(rate, ends, right=False, labels=words)},
    )


def _plot(table: Areas) -> Any:
    """Return tiles, names and numbers."""
    limits = classes(table.shown["rate"])
    words = class_names(limits) if limits else [table.number(table.shown["rate"].iloc[0])]
    # Few classes are spread over all colours.
    last = len(_style.SEQUENCE) - 1
    shades = [round(last * place / max(1, len(limits))) for place in range(len(words))]
    letters = {word: _style.ON_SEQUENCE[shade] for word, shade in zip(words, shades, strict=True)}
    tiles = _tiles(table, words, limits)
    tiles["letters"] = [letters.get(name, _style.INK) for name in tiles["class"]]

    column, line = (tiles[name] - tiles[name].min() for name in ("tile_column", "tile_row"))
    # A map of a few tiles does not blow them up.
    side = math.floor(min(64.0, (table.width - 2 * _style.PADDING) / max(column.max() + 1, 5)))
    tiles["x"], tiles["y"] = (column + 0.5) * side, (line + 0.5) * side
    base = chart(tiles).encode(
        x=altair.X("x:Q", axis=None, scale=None),
        y=altair.Y("y:Q", axis=None, scale=None),
        tooltip=table.tips(),
    )

    def squares(which: str, wide: float, **look: Any) -> Any:
        return base.transform_filter(which).mark_rect(width=wide, height=wide, **look)

    def texts(field: str, one_line: float, two_lines: float, **look: Any) -> Any:
        test = "indexof(datum.short, '|') < 0"
        shift = {"expr": f"{test} ? {one_line * size} : {two_lines * size}"}
        marks = base.mark_text(baseline="middle", dy=shift, **look)
        return marks.encode(text=f"{field}:N", color=altair.Color("letters:N", scale=None))

    inner, size = side - 2 * _GAP, max(8.0, min(11.0, side / 5.4))
    key = {"title": table.per, "columns": 3}
    if not _style.is_narrow(table.width):
        lines = _style.wrapped(table.per, 150, _style.letters(table.width))
        key = {"title": lines, "orient": "right", "direction": "vertical", "columns": 1}
    legend = altair.Legend(symbolType="square", symbolSize=120, rowPadding=2, **key)
    colours = looks("class", words, legend, color=[_style.SEQUENCE[shade] for shade in shades])
    dashed = {"fill": _style.WHITE, "stroke": _style.SOFT, "strokeDash": [2, 2]}
    # White within the frame of highlighted tiles, so that it shows on dark ones.
    ring = {"filled": False, "strokeWidth": 3}
    return altair.LayerChart(
        layer=[
            squares("isValid(datum.rate)", inner).encode(**colours),
            squares("!isValid(datum.rate)", inner, **dashed),
            texts("short", -0.55, -1.3, lineBreak="|", lineHeight=size + 1, fontSize=size),
            texts("number", 0.9, 1.35, fontSize=size + 1, fontWeight="bold"),
            squares("datum.highlighted", inner - 3, stroke=_style.WHITE, **ring),
            squares("datum.highlighted", inner + 1, stroke=_style.INK, **ring),
        ],
        width=side * (column.max() + 1),
        height=side * (line.max() + 1),
    )
