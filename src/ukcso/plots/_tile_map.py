"""Rates on a map where every police force area is one tile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ukcso.datasets import load_areas, pinned
from ukcso.errors import InvalidInputError
from ukcso.outputs import AreaAsked
from ukcso.plots import _style
from ukcso.plots._area_rows import Areas, areas_of
from ukcso.plots._chart import Words, finished
from ukcso.plots._tile_drawing import Drawn, classes, drawing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Unpack

    import altair as alt
    import pandas as pd

    from ukcso.periods import Period


def tile_map(
    measure_or_code: str | pd.DataFrame,
    period: Period | str | None = None,
    *,
    highlight: str | Sequence[str] | None = None,
    width: float = 700,
    **asked: Unpack[AreaAsked],
) -> alt.VConcatChart:
    """
    Draw the rates of police force areas as equal tiles, about where they lie.

    On a true map large, thinly peopled areas weigh most; here all weigh the same. Areas
    without a rate are outlined and marked with a dash, and so is the City of London.

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
        ages, per, level, release, as in `area_table`; other kinds of area have no tiles.

    Returns
    -------
    altair.VConcatChart
        ``.save("map.svg")``, also .png, .pdf, .html.

    Raises
    ------
    InvalidInputError
        A frame of another function or of areas without tiles, no rate to show, a
        highlighted area not among those of the table.
    UnknownAreaError
        A highlighted name is none.
    MissingDependencyError
        Altair is not installed.

    Examples
    --------
    >>> chart = tile_map("86", "2018/19", highlight="Kent")
    >>> chart.title.subtitle
    ['Offences recorded per 100,000 residents aged 0 to 17']
    """
    whole = _style.require_width(width)
    areas = areas_of(measure_or_code, period, highlight, asked)
    drawn = Drawn(areas, _tiles(areas), classes(areas.shown["rate"]), whole)
    return finished(drawing(drawn), _said(areas), areas.frame, whole)


def _tiles(areas: Areas) -> pd.DataFrame:
    """Return every area of the table with its tile, in order of name."""
    with pinned(**areas.told["datasets"]):
        places = load_areas()[["area_id", "tile_column", "tile_row"]]
    tiles = areas.frame.merge(places, on="area_id", how="left").sort_values("name")
    none = tiles["tile_column"].isna() | tiles["tile_row"].isna()
    if none.any():
        msg = f"only police force areas have tiles; {tiles.loc[none, 'name'].iloc[0]} has none"
        raise InvalidInputError(msg)
    rated = tiles["area_id"].isin(areas.shown["area_id"])
    tiles["rate"] = tiles["rate"].where(rated)
    return tiles.reset_index(drop=True)


def _said(areas: Areas) -> Words:
    notes = [
        "Each area is one tile, about where it lies; tiles say nothing of its size.",
        *areas.missing(),
        *areas.caveats(),
    ]
    return Words(
        title=areas.title(),
        subtitle=areas.unit(),
        notes=notes,
        facts=["Tile map.", *areas.facts()],
    )
