"""Areas in order of their rates."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ukcso.outputs import (
    AreaAsked,
    intervals,
    percent,
    sets_in_words,
    settings,
    why_no_ranks,
)
from ukcso.plots import _style
from ukcso.plots._areas import Areas
from ukcso.plots._chart import Canvas, altair, chart, if_highlighted, names

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Unpack

    import altair as alt

    from ukcso.periods import Period

#: Beyond this part of the axis, a label stands on the left of its interval.
_FAR_RIGHT = 0.75
#: The part of a picture's plot that ranks take, by whether it is narrow, and the gap before them.
_OF_RANKS = {False: 0.27, True: 0.3}
_GAP = 14
#: Ticks so near to the last would run into it.
_CLOSE = 5


def ranking(  # noqa: PLR0913 - what is drawn, and how
    measure_or_code: str | int | pd.DataFrame,
    period: Period | str | None = None,
    *,
    highlight: str | Sequence[str] | None = None,
    areas: Sequence[str] | None = None,
    zero: bool = True,
    width: float = 700,
    title: str | None = None,
    **asked: Unpack[AreaAsked],
) -> alt.VConcatChart:
    """
    Draw the rates of areas in one period, highest first, with intervals; beside them, ranks.

    A rank stands with its confidence set: all ranks that fit the same counts as well. The
    sets are wide, which is what there is to say of a rank.

    Areas without a rate are named below, not drawn as 0, and so is the City of London:
    so few people live there that its rate says nothing.

    Parameters
    ----------
    measure_or_code
        As in `area_table`, or the frame that it returned.
    period
        One year; left out with a frame.
    highlight
        Areas to stand out, by any text that `find_area` takes.
    areas
        The areas to draw, by the same texts; None is all. Ranks, limits and the pooled
        rate stay those of the whole table.
    zero
        Whether the axis begins at 0. Without it, small differences look large.
    width
        Of the picture in pixels, about: 700 for screens, 320 for a column of print.
    title
        Instead of the one made; what stands below the picture stays.
    **asked
        kind, ages, per, level, release, as in `area_table`.

    Returns
    -------
    altair.VConcatChart
        ``.save("ranking.svg")``, also .png, .pdf, .html.

    Raises
    ------
    InvalidInputError
        A frame of another function, no rate to show, a highlighted area not among those
        of the table, or without a rate; a title that is no text.
    UnknownAreaError
        A name of an area is none.
    MissingDependencyError
        Altair is not installed.

    Examples
    --------
    >>> chart = ranking("86", "2018/19", highlight="Kent")
    >>> chart.title.text
    ['Obscene publications etc (class 86), police force areas, 2018/19']
    """
    table = Areas("ranking", measure_or_code, period, highlight, areas, width, title, asked)
    ends = f", with {intervals(table.frame)}"
    notes = ["Intervals are those of chance alone."]
    if table.has_sets:
        notes.append(sets_in_words(table.frame, "On the right"))
    elif why := why_no_ranks(table.frame):
        notes.append(why)
    plot = _plot(table, table.per + ends, zero=zero)
    return table.finished(plot, "Dot plot, highest rate first", subtitle=ends, notes=notes)


def _plot(table: Areas, title: str, *, zero: bool) -> Any:
    """Return the pooled rate, intervals, dots and labels, the last on top; beside it, the ranks."""
    shown = table.shown
    ordered = shown["name"].tolist()
    canvas = Canvas(table.width, (0, 0), ordered, "")
    ranks_width = _OF_RANKS[canvas.narrow] * canvas.plot_width if table.has_sets else 0
    canvas.plot_width -= ranks_width and ranks_width + _GAP
    ticks = 4 if canvas.narrow else 8
    x = canvas.x("rate", title, {"zero": zero, "nice": True}, tickCount=ticks)
    bold = json.dumps(shown.loc[shown["highlighted"], "name"].tolist())
    weight = {"test": f"indexof({bold}, datum.value) >= 0", "value": "bold"}
    y = altair.Y(
        "name:N",
        title=None,
        scale=altair.Scale(domain=ordered),
        axis=altair.Axis(
            minExtent=canvas.extent,
            labelFontWeight={"condition": weight, "value": "normal"},
            ticks=False,
            domain=False,
            grid=True,
        ),
    )
    colours = if_highlighted(_style.VERMILION, _style.BLUE)
    base = chart(_labelled(table)).encode(y=y, color=colours, tooltip=table.tips())
    wide = if_highlighted(3.5, 1.5)
    ends = base.mark_rule().encode(x=x.field("lower"), x2="upper:Q", strokeWidth=wide)
    shape, size = if_highlighted("diamond", "circle"), if_highlighted(130, 36)
    dots = base.mark_point(filled=True, opacity=1).encode(x=x, shape=shape, size=size)
    labels = base.transform_filter("datum.highlighted").encode(
        x=x.field("edge"), text="label:N", color=altair.value(_style.INK)
    )
    layers = [ends, dots, *names(labels, fontWeight="bold")]
    if pooled := table.origin.get("pooled_rate"):
        label = f"Pooled rate {table.number(pooled)}"
        base = chart(pd.DataFrame({"rate": [pooled], "label": [label]})).encode(x=x)
        line = base.mark_rule(color=_style.INK, strokeDash=[4, 3])
        name = base.mark_text(baseline="bottom", dy=-4).encode(y=altair.value(0), text="label:N")
        layers = [line, name, *layers]
    step = altair.Step(13 if canvas.narrow else 14)
    rates = altair.LayerChart(layer=layers, width=canvas.plot_width, height=step)
    if not table.has_sets:
        return rates
    canvas.plot_width = ranks_width
    ranks = altair.LayerChart(layer=_ranks(table, canvas, y), width=ranks_width, height=step)
    return altair.HConcatChart(hconcat=[rates, ranks], spacing=_GAP)


def _ranks(table: Areas, canvas: Canvas, y: Any) -> list[Any]:
    """Return the set of each rank and the rank itself, in the rows of the rates."""
    n_ranked = int(table.shown["n_ranked"].iloc[0])
    ticks = [1, *range(10, n_ranked, 20 if canvas.narrow else 10), n_ranked]
    x = canvas.x(
        "rank",
        f"Rank, {percent(settings(table.frame)[3])} sets",
        {"domain": [1, n_ranked], "nice": False, "padding": 4},
        values=[tick for tick in ticks if tick in {1, n_ranked} or n_ranked - tick > _CLOSE],
        grid=False,
    )
    rows_alone = altair.Axis(labels=False, title=None, ticks=False, domain=False, grid=True)
    colours = if_highlighted(_style.VERMILION, _style.BLUE)
    base = chart(table.shown).encode(y=y.axis(rows_alone), color=colours, tooltip=table.tips())
    wide = if_highlighted(5, 3)
    sets = base.mark_rule(opacity=0.45).encode(
        x=x.field("rank_lower"), x2="rank_upper:Q", strokeWidth=wide
    )
    shape, size = if_highlighted("diamond", "circle"), if_highlighted(80, 24)
    dots = base.mark_point(filled=True, opacity=1).encode(x=x, shape=shape, size=size)
    return [sets, dots]


def _labelled(table: Areas) -> pd.DataFrame:
    """Return what is drawn for each area, the label on the side where there is room."""
    shown = table.shown
    left = shown["upper"] > _FAR_RIGHT * shown["upper"].max()
    return shown.assign(
        label=shown["rate"].map(table.number),
        edge=shown["lower"].where(left, shown["upper"]),
        align=np.where(left, "right", "left"),
        dx=np.where(left, -6, 6),
        dy=0,
    )
