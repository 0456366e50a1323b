"""Rates on a map where every police force area is one tile."""

from __future__ import annotations

import math
from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pandas as pd

from ukcso.datasets import load_areas, pinned
from ukcso.errors import InvalidInputError
from ukcso.outputs import AreaAsked
from ukcso.plots import _style
from ukcso.plots._areas import Areas, Picture, areas_chart
from ukcso.plots._chart import altair, chart, legend
from ukcso.printed import grouped

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Unpack

    import altair as alt

    from ukcso.periods import Period

#: Names that are too long for a tile, as they are shortened in everyday use.
_SHORT = {
    "avon-and-somerset": "Avon &\nSomerset",
    "bedfordshire": "Beds",
    "cambridgeshire": "Cambs",
    "city-of-london": "City of\nLondon",
    "derbyshire": "Derbys",
    "devon-and-cornwall": "Devon &\nCornwall",
    "dyfed-powys": "Dyfed-\nPowys",
    "gloucestershire": "Glos",
    "greater-manchester": "Greater\nManc",
    "hampshire": "Hants",
    "hertfordshire": "Herts",
    "humberside": "Humber-\nside",
    "lancashire": "Lancs",
    "leicestershire": "Leics",
    "lincolnshire": "Lincs",
    "merseyside": "Mersey-\nside",
    "metropolitan": "Met\nPolice",
    "northamptonshire": "North-\nants",
    "northumbria": "North-\numbria",
    "nottinghamshire": "Notts",
    "south-yorkshire": "South\nYorks",
    "north-yorkshire": "North\nYorks",
    "staffordshire": "Staffs",
    "warwickshire": "Warks",
    "west-midlands": "West\nMids",
    "west-yorkshire": "West\nYorks",
    "wiltshire": "Wilts",
}
_GAP = 2
_ROUND = (1, 2, 2.5, 5, 10, 20)


def tile_map(
    measure_or_code: str | int | pd.DataFrame,
    period: Period | str | None = None,
    *,
    highlight: str | Sequence[str] | None = None,
    areas: Sequence[str] | None = None,
    width: float = 700,
    **asked: Unpack[AreaAsked],
) -> alt.VConcatChart:
    """
    Draw the rates of police force areas as equal tiles, about where they lie.

    On a true map large, thinly peopled areas weigh most; here all weigh the same. Areas
    without a rate are outlined and marked with a dash, and so is the City of London.

    Parameters
    ----------
    measure_or_code, period, highlight, areas, width, **asked
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
    return areas_chart(_draw, measure_or_code, period, highlight, areas, width, asked)


def _draw(areas: Areas, width: float) -> Picture:
    note = "Each area is one tile, about where it lies; tiles say nothing of its size."
    return Picture(_plot(areas, width), "Tile map", notes=[note])


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
    power = 10 ** math.floor(math.log10(rough))
    found = (_between(low, high, factor * power) for factor in _ROUND)
    limits = next(it for it in found if len(it) < len(_style.SEQUENCE))
    return [float(f"{limit:.12g}") for limit in limits]


def _between(low: float, high: float, step: float) -> list[float]:
    """Return the multiples of a step that part numbers from low to high."""
    return [k * step for k in range(math.floor(low / step) + 1, math.ceil(high / step))]


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


def _tiles(areas: Areas) -> pd.DataFrame:
    """Return every area of the table with its tile and what is written on it, by name."""
    with pinned(**areas.origin["datasets"]):
        places = load_areas()[["area_id", "tile_column", "tile_row"]]
    tiles = areas.frame.merge(places, on="area_id", how="left").sort_values("name")
    none = tiles["tile_column"].isna() | tiles["tile_row"].isna()
    if none.any():
        msg = f"only police force areas have tiles; {tiles.loc[none, 'name'].iloc[0]} has none"
        raise InvalidInputError(msg)
    known = tiles["area_id"].isin(areas.shown["area_id"])
    digits = 0 if areas.shown["rate"].max() >= 100 else 1  # noqa: PLR2004 - three figures
    return tiles.assign(
        rate=tiles["rate"].where(known),
        number=[
            grouped(rate, digits) if is_known else _style.NONE
            for rate, is_known in zip(tiles["rate"], known, strict=True)
        ],
        short=[
            _SHORT.get(area_id, name.replace(" ", "\n", 1))
            for area_id, name in zip(tiles["area_id"], tiles["name"], strict=True)
        ],
        highlighted=tiles["area_id"].isin(areas.highlighted),
    )


def _plot(areas: Areas, width: float) -> Any:
    """Return tiles, names and numbers."""
    alt = altair()
    tiles = _tiles(areas)
    limits = classes(areas.shown["rate"])
    words = class_names(limits) if limits else [areas.number(areas.shown["rate"].iloc[0])]
    # Few classes are spread over all colours.
    last = len(_style.SEQUENCE) - 1
    colours = [round(last * place / max(1, len(limits))) for place in range(len(words))]
    place = tiles["rate"].map(lambda rate: bisect_right(limits, rate), na_action="ignore")
    tiles["class"] = place.map(lambda at: words[int(at)], na_action="ignore")
    tiles["letters"] = place.map(
        lambda at: _style.ON_SEQUENCE[colours[int(at)]], na_action="ignore"
    ).fillna(_style.INK)

    column, line = (tiles[name] - tiles[name].min() for name in ("tile_column", "tile_row"))
    # A map of a few tiles does not blow them up.
    side = math.floor(min(64.0, (width - 2 * _style.PADDING) / max(column.max() + 1, 5)))
    inner = side - 2 * _GAP
    tiles["x"], tiles["y"] = (column + 0.5) * side, (line + 0.5) * side
    base = chart(tiles).encode(
        x=alt.X("x:Q", axis=None, scale=None),
        y=alt.Y("y:Q", axis=None, scale=None),
        tooltip=areas.tips(),
    )
    rated = base.transform_filter("isValid(datum.rate)").mark_rect(width=inner, height=inner)
    scale = alt.Scale(domain=words, range=[_style.SEQUENCE[place] for place in colours])
    blank = base.transform_filter("!isValid(datum.rate)").mark_rect(
        width=inner, height=inner, fill="#FFFFFF", stroke=_style.SOFT, strokeDash=[2, 2]
    )
    return alt.LayerChart(
        layer=[
            rated.encode(color=alt.Color("class:N", scale=scale, legend=_legend(areas.per, width))),
            blank,
            *_texts(base, side),
            *_ring(base, inner),
        ],
        width=side * (column.max() + 1),
        height=side * (line.max() + 1),
    )


def _legend(unit: str, width: float) -> Any:
    shared = {"symbolType": "square", "symbolSize": 120, "symbolStrokeWidth": 0, "rowPadding": 2}
    if _style.is_narrow(width):
        return legend(title=unit, columns=3, **shared)
    lines = _style.wrapped(unit, 150, _style.letters(width))
    return legend(title=lines, orient="right", direction="vertical", columns=1, **shared)


def _ring(base: Any, side: float) -> list[Any]:
    """Return a frame around highlighted tiles, white within so that it shows on dark ones."""
    marked = base.transform_filter("datum.highlighted")
    return [
        marked.mark_rect(width=wide, height=wide, filled=False, stroke=colour, strokeWidth=3)
        for wide, colour in ((side - 3, "#FFFFFF"), (side + 1, _style.INK))
    ]


def _texts(base: Any, side: float) -> list[Any]:
    """Return the name of each tile, in one line or two, and the number below it."""
    size = max(8.0, min(11.0, side / 5.4))
    written = base.encode(color=altair().Color("letters:N", scale=None))

    def shift(one_line: float, two_lines: float) -> dict[str, str]:
        test = "indexof(datum.short, '\\n') < 0"
        return {"expr": f"{test} ? {one_line * size} : {two_lines * size}"}

    name = written.mark_text(
        baseline="middle",
        lineBreak="\n",
        lineHeight=size + 1,
        fontSize=size,
        dy=shift(-0.55, -1.3),
    )
    number = written.mark_text(
        baseline="middle", fontSize=size + 1, fontWeight="bold", dy=shift(0.9, 1.35)
    )
    return [name.encode(text="short:N"), number.encode(text="number:N")]
