"""Areas in order of their rates."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ukcso.datasets import rows
from ukcso.outputs import AreaAsked
from ukcso.plots import _style, _words
from ukcso.plots._area_rows import Areas, areas_of
from ukcso.plots._chart import Words, altair, finished, values

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Unpack

    import altair as alt
    import pandas as pd

    from ukcso.periods import Period

_BOLDER = 1.1
_RIGHT = 14
#: Beyond this part of the axis, a label stands on the left of its interval.
_FAR_RIGHT = 0.75


def ranking(
    measure_or_code: str | pd.DataFrame,
    period: Period | str | None = None,
    *,
    highlight: str | Sequence[str] | None = None,
    zero: bool = True,
    width: float = 700,
    **asked: Unpack[AreaAsked],
) -> alt.VConcatChart:
    """
    Draw the rates of areas in one period, highest first, each with its interval.

    Areas without a rate are named below, not drawn as 0, and so is the City of London:
    few people live there.

    Parameters
    ----------
    measure_or_code
        As in `area_table`, or the frame that it returned, or some of its rows.
    period
        One year; left out with a frame.
    highlight
        Areas to stand out, by any text that `find_area` takes.
    zero
        Whether the axis begins at 0. Without it, small differences look large.
    width
        Of the picture in pixels, about: 700 for screens, 320 for a column of print.
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
        of the table, or without a rate.
    UnknownAreaError
        A highlighted name is none.
    MissingDependencyError
        Altair is not installed.

    Examples
    --------
    >>> chart = ranking("86", "2018/19", highlight="Kent")
    >>> chart.title.text
    ['Obscene publications etc (class 86), police force areas, 2018/19']
    """
    whole = _style.require_width(width)
    areas = areas_of(measure_or_code, period, highlight, asked)
    areas.require_drawn()
    words = Words(
        title=areas.title(),
        subtitle=f"{areas.unit()}, with {_words.intervals(areas.frame)}",
        notes=[
            "A rank is not a verdict: where intervals overlap, the order may be chance.",
            *areas.missing(),
            *areas.caveats(),
        ],
        facts=["Dot plot, highest rate first.", *areas.facts()],
    )
    return finished(_drawing(areas, zero=zero, width=whole), words, areas.frame, whole)


def _drawing(areas: Areas, *, zero: bool, width: float) -> Any:
    """Return the pooled rate, intervals, dots and labels, the last on top."""
    alt = altair()
    size = _style.letters(width)
    names = [str(name) for name in areas.shown["name"]]
    extent = max(_style.text_width(name, size) for name in names) * _BOLDER + 8
    plot = width - 2 * _style.PADDING - extent - _RIGHT
    unit = f"{_words.per_residents(areas.frame)}, with {_words.intervals(areas.frame)}"

    def x(field: str) -> Any:
        return alt.X(
            field,
            title=_style.wrapped(unit.capitalize(), plot, size),
            scale=alt.Scale(zero=zero, nice=True),
            axis=alt.Axis(
                format=",~f",
                tickCount=4 if _style.is_narrow(width) else 8,
                labelFlush=False,
                labelOverlap="parity",
                labelSeparation=6,
            ),
        )

    y = alt.Y(
        "name:N",
        title=None,
        scale=alt.Scale(domain=names),
        axis=alt.Axis(
            minExtent=extent,
            maxExtent=extent,
            labelLimit=0,
            labelOverlap=False,
            labelFontWeight=_bold(areas),
            ticks=False,
            domain=False,
            grid=True,
        ),
    )
    base = alt.Chart(values(_rows(areas))).encode(
        y=y, color=_if_highlighted(_style.VERMILION, _style.BLUE), tooltip=_tips(areas)
    )
    ends = base.mark_rule().encode(
        x=x("lower:Q"), x2="upper:Q", strokeWidth=_if_highlighted(3.5, 1.5)
    )
    dots = base.mark_point(filled=True, opacity=1).encode(
        x=x("rate:Q"),
        shape=_if_highlighted("diamond", "circle"),
        size=_if_highlighted(130, 36),
    )
    labels = base.transform_filter("datum.highlighted").encode(
        x=x("edge:Q"), text="label:N", color=alt.value(_style.INK)
    )
    beside = {"fontWeight": "bold", "dx": {"expr": "datum.dx"}, "align": {"expr": "datum.align"}}
    layers = [
        *_pooled(areas, x),
        ends,
        dots,
        # White below the letters keeps lines from running through them.
        labels.mark_text(stroke="#FFFFFF", strokeWidth=4, **beside),
        labels.mark_text(**beside),
    ]
    step = 13 if _style.is_narrow(width) else 14
    return alt.LayerChart(layer=layers, width=plot, height=alt.Step(step))


def _if_highlighted(then: object, otherwise: object) -> Any:
    alt = altair()
    return alt.condition("datum.highlighted", alt.value(then), alt.value(otherwise))


def _bold(areas: Areas) -> Any:
    """Return bold for the names of highlighted areas."""
    names = sorted(str(row.name) for row in rows(areas.shown) if row.area_id in areas.highlighted)
    test = f"indexof({json.dumps(names)}, datum.value) >= 0"
    return {"condition": {"test": test, "value": "bold"}, "value": "normal"}


def _rows(areas: Areas) -> list[dict[str, object]]:
    """Return what is drawn for each area, the label on the side where there is room."""
    most = float(areas.shown["upper"].max())
    found: list[dict[str, object]] = []
    for row in rows(areas.shown):
        left = row.upper > _FAR_RIGHT * most
        found.append(
            {
                "name": row.name,
                "rank": int(row.rank),
                "rate": row.rate,
                "lower": row.lower,
                "upper": row.upper,
                "count": row.count,
                "population": row.population,
                "highlighted": row.area_id in areas.highlighted,
                "label": f"{areas.number(row.rate)}, rank {row.rank}",
                "edge": row.lower if left else row.upper,
                "align": "right" if left else "left",
                "dx": -6 if left else 6,
            }
        )
    return found


def _tips(areas: Areas) -> list[Any]:
    alt = altair()
    rate = f",.{areas.places}f"
    return [
        alt.Tooltip("name:N", title="Area"),
        alt.Tooltip("rank:Q", title="Rank"),
        alt.Tooltip("rate:Q", title=_words.per_residents(areas.frame).capitalize(), format=rate),
        alt.Tooltip("lower:Q", title="Lower", format=rate),
        alt.Tooltip("upper:Q", title="Upper", format=rate),
        alt.Tooltip("count:Q", title=_words.measured(areas.frame).unit, format=","),
        alt.Tooltip("population:Q", title="Residents", format=","),
    ]


def _pooled(areas: Areas, x: Callable[[str], Any]) -> list[Any]:
    """Return a line at the rate of all areas together, named above it."""
    alt = altair()
    rate = areas.told["pooled_rate"]
    data = values([{"rate": rate, "label": f"Pooled rate {areas.number(rate)}"}])
    base = alt.Chart(data).encode(x=x("rate:Q"))
    line = base.mark_rule(color=_style.INK, strokeDash=[4, 3])
    name = base.mark_text(baseline="bottom", dy=-4).encode(y=alt.value(0), text="label:N")
    return [line, name]
