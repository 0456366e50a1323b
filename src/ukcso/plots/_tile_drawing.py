"""The marks of a tile map."""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from ukcso.datasets import rows
from ukcso.plots import _style, _words
from ukcso.plots._chart import altair, values
from ukcso.printed import grouped

if TYPE_CHECKING:
    import pandas as pd

    from ukcso.plots._area_rows import Areas

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


@dataclass(frozen=True)
class Drawn:
    """What a tile map draws, and how large."""

    areas: Areas
    tiles: pd.DataFrame
    limits: list[float]
    width: float

    @property
    def side(self) -> float:
        """Of a tile, in pixels."""
        columns = int(self.tiles["tile_column"].max() - self.tiles["tile_column"].min()) + 1
        room = self.width - 2 * _style.PADDING
        # A map of a few tiles does not blow them up.
        return float(math.floor(min(64.0, room / max(columns, 5))))

    def colour(self, rate: float) -> int:
        """Return the place of a rate's class among the colours."""
        return self.steps[bisect_right(self.limits, rate)]

    @property
    def steps(self) -> list[int]:
        """Which colours the classes have: few classes are spread over all of them."""
        count, last = len(self.limits) + 1, len(_style.SEQUENCE) - 1
        return [round(last * k / (count - 1)) for k in range(count)] if count > 1 else [0]

    @property
    def names(self) -> list[str]:
        """The classes, as the legend has them."""
        if not self.limits:
            return [self.areas.number(self.areas.shown["rate"].iloc[0])]
        places = 0 if all(limit.is_integer() for limit in self.limits) else 2
        ends = [grouped(limit, places) for limit in self.limits]
        between = [f"{low} to {high}" for low, high in pairwise(ends)]
        return [f"below {ends[0]}", *between, f"{ends[-1]} or more"]


def drawing(drawn: Drawn) -> Any:
    """Return tiles, names and numbers."""
    alt = altair()
    across, down = drawn.tiles["tile_column"], drawn.tiles["tile_row"]
    base = alt.Chart(values(_rows(drawn))).encode(
        x=_place("tile_column", across), y=_place("tile_row", down), tooltip=_tips(drawn)
    )
    side = drawn.side - 2 * _GAP
    layers = [
        _rated(drawn, base, side),
        _blank(base, side),
        *_texts(drawn, base),
        _ring(base, side),
    ]
    return alt.LayerChart(
        layer=layers,
        width=drawn.side * (int(across.max() - across.min()) + 1),
        height=drawn.side * (int(down.max() - down.min()) + 1),
    )


def _place(field: str, places: pd.Series[int]) -> Any:
    alt = altair()
    ends = [float(places.min()) - 0.5, float(places.max()) + 0.5]
    downwards = field == "tile_row"
    return getattr(alt, "Y" if downwards else "X")(
        f"{field}:Q",
        axis=None,
        scale=alt.Scale(domain=ends, reverse=downwards, nice=False, zero=False),
    )


def _rows(drawn: Drawn) -> list[dict[str, object]]:
    places = 0 if drawn.areas.shown["rate"].max() >= 100 else 1  # noqa: PLR2004 - three figures
    found: list[dict[str, object]] = []
    for row in rows(drawn.tiles):
        known = not math.isnan(row.rate)
        found.append(
            {
                "name": row.name,
                "short": _SHORT.get(row.area_id, row.name.replace(" ", "\n", 1)),
                "number": grouped(row.rate, places) if known else _style.NONE,
                "tile_column": int(row.tile_column),
                "tile_row": int(row.tile_row),
                "rate": row.rate,
                "count": row.count,
                "population": row.population,
                "class": drawn.names[bisect_right(drawn.limits, row.rate)] if known else None,
                "letters": _style.ON_SEQUENCE[drawn.colour(row.rate)] if known else _style.INK,
                "highlighted": row.area_id in drawn.areas.highlighted,
            }
        )
    return found


def _tips(drawn: Drawn) -> list[Any]:
    alt = altair()
    return [
        alt.Tooltip("name:N", title="Area"),
        alt.Tooltip(
            "rate:Q",
            title=_words.per_residents(drawn.areas.frame).capitalize(),
            format=f",.{drawn.areas.places}f",
        ),
        alt.Tooltip("count:Q", title=_words.measured(drawn.areas.frame).unit, format=","),
        alt.Tooltip("population:Q", title="Residents", format=","),
    ]


def _rated(drawn: Drawn, base: Any, side: float) -> Any:
    alt = altair()
    narrow = _style.is_narrow(drawn.width)
    unit = _words.per_residents(drawn.areas.frame).capitalize()
    legend = alt.Legend(
        title=_style.wrapped(unit, 150, _style.letters(drawn.width)) if not narrow else unit,
        orient="top" if narrow else "right",
        direction="horizontal" if narrow else "vertical",
        columns=3 if narrow else 1,
        symbolType="square",
        symbolSize=120,
        symbolStrokeWidth=0,
        rowPadding=2,
    )
    return (
        base.transform_filter("isValid(datum.rate)")
        .mark_rect(width=side, height=side)
        .encode(
            color=alt.Color(
                "class:N",
                scale=alt.Scale(
                    domain=drawn.names, range=[_style.SEQUENCE[k] for k in drawn.steps]
                ),
                legend=legend,
            ),
        )
    )


def _blank(base: Any, side: float) -> Any:
    """Return an outline for areas without a rate."""
    blank = base.transform_filter("!isValid(datum.rate)")
    return blank.mark_rect(
        width=side, height=side, fill="#FFFFFF", stroke=_style.SOFT, strokeDash=[2, 2]
    )


def _ring(base: Any, side: float) -> Any:
    """Return a frame around highlighted tiles, white within so that it shows on dark ones."""
    marked = base.transform_filter("datum.highlighted")
    rings = [(side - 3, "#FFFFFF"), (side + 1, _style.INK)]
    return altair().LayerChart(
        layer=[
            marked.mark_rect(width=wide, height=wide, filled=False, stroke=colour, strokeWidth=3)
            for wide, colour in rings
        ]
    )


def _texts(drawn: Drawn, base: Any) -> list[Any]:
    alt = altair()
    size = max(8.0, min(11.0, drawn.side / 5.4))
    written = base.encode(color=alt.Color("letters:N", scale=None))
    name = written.mark_text(
        baseline="middle",
        lineBreak="\n",
        lineHeight=size + 1,
        fontSize=size,
        dy={"expr": f"indexof(datum.short, '\\n') < 0 ? {-0.55 * size} : {-1.3 * size}"},
    )
    number = written.mark_text(
        baseline="middle",
        fontSize=size + 1,
        fontWeight="bold",
        dy={"expr": f"indexof(datum.short, '\\n') < 0 ? {0.9 * size} : {1.35 * size}"},
    )
    return [name.encode(text="short:N"), number.encode(text="number:N")]
