"""The marks of a trend."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ukcso.datasets import rows
from ukcso.outputs import digits
from ukcso.plots import _style
from ukcso.plots._chart import Canvas, altair, chart, legend, looks, tips
from ukcso.plots._trend_points import Lines
from ukcso.printed import grouped

_JOINED = {True: "no break known", False: "not comparable"}
_DRAWN = ["middle", "period", "value", "lower", "upper", "release", "shift"]
#: The looks of releases, told apart by shape as well as by colour.
_COLOURS = (
    *(_style.BLUE, _style.VERMILION, _style.GREEN, _style.PURPLE),
    *(_style.INK, _style.ORANGE, _style.SKY),
)
_SHAPES = ("circle", "square", "triangle-up", "diamond", "triangle-down", "cross", "triangle-right")


def plot(lines: Lines, axis: str, *, zero: bool, width: float) -> Any:
    """Return band, intervals, breaks, lines and points, the last on top."""
    largest = lines.known[["value", "upper"]].max().max()
    label = grouped(largest, 0 if largest >= 5 else 1)  # noqa: PLR2004 - below, ticks have decimals
    canvas = Canvas(width, (220, 320), [label], axis)
    breaks = _labelled(lines, canvas)
    points = lines.known[_DRAWN]
    segments = lines.segments[[*_DRAWN, "segment", "joined"]].replace({"joined": _JOINED})
    x = _x(lines, canvas)
    color, shape = {"color": altair.value(_style.BLUE)}, {"shape": altair.value("circle")}
    if lines.many:
        key = legend(columns=2 if canvas.narrow else 4, symbolOpacity=1, symbolSize=70)
        color = looks("release", lines.releases, key, color=_COLOURS)
        shape = looks("release", lines.releases, key, shape=_SHAPES)

    def marks(frame: pd.DataFrame, mark: str, field: str = "value", **options: Any) -> Any:
        shift = {"expr": f"{7 if canvas.narrow else 9} * datum.shift"}
        base = getattr(chart(frame), f"mark_{mark}")(xOffset=shift, **options)
        y = canvas.y(field, {"zero": zero, "nice": True})
        return base.encode(x=x.field("middle"), y=y, **color)

    layers = []
    if points["lower"].notna().any():
        alike = segments[lines.segments["joined"]]
        if len(alike):
            band = marks(alike, "area", "lower", opacity=0.18, line=False)
            layers.append(band.encode(y2="upper:Q", detail="segment:N"))
        layers.append(marks(points, "rule", "lower", strokeWidth=1).encode(y2="upper:Q"))
    if len(breaks):
        headings = tips(("label", "Change", ""), ("description", "What", ""))
        base = chart(breaks).encode(x=x.field("day"), tooltip=headings)
        shift = {"dx": {"expr": "datum.dx"}, "dy": {"expr": "-3 - 14 * datum.level"}}
        text = base.mark_text(baseline="bottom", align="left", **shift)
        layers.append(base.mark_rule(color=_style.INK, strokeWidth=1, strokeDash=[1, 2]))
        layers.append(text.encode(y=altair.value(0), text="label:N"))
    if len(segments):
        highest = breaks["level"].max() if len(breaks) else -1
        key = legend(
            title="Periods:" if canvas.narrow else "Neighbouring periods:",
            titleOrient="left",
            symbolType="stroke",
            symbolSize=400,
            symbolStrokeColor=_style.INK if lines.many else _style.BLUE,
            offset=(24 if lines.many else 20) + 14 * highest,
        )
        shown = None if lines.segments["joined"].all() else key
        dashes = looks("joined", _JOINED.values(), shown, strokeDash=[[1, 0], [3, 4]])
        joined = marks(segments, "line", strokeWidth=2)
        layers.append(joined.encode(detail="segment:N", **dashes))
    number = f",.{digits(points['value'])}f"
    headings = tips(
        *([("release", "Release", "")] if lines.many else []),
        ("period", "Period", ""),
        ("value", axis, number),
        ("lower", "Lower", number),
        ("upper", "Upper", number),
    )
    dots = marks(points, "point", filled=True, size=45, opacity=1)
    drawing = canvas.layered(*layers, dots.encode(tooltip=headings, **shape))
    # A scale of its own puts the legend of dashes above that of releases, not beside it.
    return drawing.resolve_scale(strokeDash="independent") if lines.many else drawing


def _x(lines: Lines, canvas: Canvas) -> Any:
    """Return the axis of time, with the names of as many periods as fit."""
    names = dict(lines.points[["middle", "period"]].sort_values("middle").to_numpy())
    widest = max(_style.text_width(name, canvas.size) for name in names.values())
    kept: dict[str, str] = {}
    before = float("inf")
    for middle in reversed(names):  # the last one is always named
        place = lines.part(pd.Timestamp(middle)) * canvas.plot_width
        if place + widest + 6 <= before:
            kept[middle], before = names[middle], place
    axis = altair.Axis(
        values=[_day(pd.Timestamp(middle)) for middle in sorted(kept)],
        labelExpr=f"({kept})[utcFormat(datum.value, '%Y-%m-%d')]",
        labelOverlap=False,
        labelBound=False,
        labelFlush=False,
        grid=False,
    )
    scale = altair.Scale(type="utc", domain=[_day(end) for end in lines.ends], nice=False)
    return altair.X(type="temporal", title=None, scale=scale, axis=axis)


def _labelled(lines: Lines, canvas: Canvas) -> pd.DataFrame:
    """Return the breaks with their labels: how far aside, and on which line, none over another."""
    wide = canvas.plot_width
    ends: list[float] = []
    labelled = []
    for change in rows(lines.breaks):
        label = f"{change.date.day} {change.date:%b %Y}"
        place, long = lines.part(change.date) * wide, _style.text_width(label, canvas.size)
        left = min(max(place - long / 2, 0), wide - long)
        level = next((at for at, end in enumerate(ends) if end + 6 < left), len(ends))
        ends[level : level + 1] = [left + long]
        day = change.date.strftime("%Y-%m-%d")
        labelled.append((day, label, change.description, left - place, level))
    return pd.DataFrame(labelled, columns=["day", "label", "description", "dx", "level"])


def _day(day: pd.Timestamp) -> Any:
    return altair.DateTime(year=day.year, month=day.month, date=day.day, utc=True)
