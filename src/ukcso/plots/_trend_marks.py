"""The marks of a trend."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from ukcso.datasets import rows
from ukcso.outputs import digits
from ukcso.plots import _style
from ukcso.plots._chart import Canvas, altair, chart, legend, tips
from ukcso.printed import grouped

if TYPE_CHECKING:
    from ukcso.plots._trend_points import Lines

_JOINED = ("no break known", "not comparable")
#: The looks of releases, told apart by shape as well as by colour.
_COLOURS = (
    *(_style.BLUE, _style.VERMILION, _style.GREEN, _style.PURPLE),
    *(_style.INK, _style.ORANGE, _style.SKY),
)
_SHAPES = ("circle", "square", "triangle-up", "diamond", "triangle-down", "cross", "triangle-right")


def plot(lines: Lines, axis: str, *, zero: bool, width: float) -> Any:
    """Return band, intervals, breaks, lines and points, the last on top."""
    alt = altair()
    largest = lines.known[["value", "upper"]].max().max()
    label = grouped(largest, 0 if largest >= 5 else 1)  # noqa: PLR2004 - below, ticks have decimals
    canvas = Canvas(width, (220, 320), [label], axis)
    breaks = _labelled(lines, canvas)
    points, segments = _drawn(lines, canvas)
    colour, shape = _looks(lines, canvas)
    x = _x(lines, canvas)

    def marks(frame: pd.DataFrame, mark: str, field: str = "value", **options: Any) -> Any:
        base = getattr(chart(frame), f"mark_{mark}")(xOffset={"expr": "datum.shift"}, **options)
        y = canvas.y(field, {"zero": zero, "nice": True})
        return base.encode(x=x("middle"), y=y, color=colour)

    layers = []
    if points["lower"].notna().any():
        if (alike := segments["joined"] == _JOINED[0]).any():
            band = marks(segments[alike], "area", "lower", opacity=0.18, line=False)
            layers.append(band.encode(y2="upper:Q", detail="segment:N"))
        layers.append(marks(points, "rule", "lower", strokeWidth=1).encode(y2="upper:Q"))
    if len(breaks):
        headings = tips({"label": "Change", "description": "What"})
        base = chart(breaks).encode(x=x("day"), tooltip=headings)
        shift = {"dx": {"expr": "datum.dx"}, "dy": {"expr": "-3 - 14 * datum.level"}}
        text = base.mark_text(baseline="bottom", align="left", **shift)
        layers.append(base.mark_rule(color=_style.INK, strokeWidth=1, strokeDash=[1, 2]))
        layers.append(text.encode(y=alt.value(0), text="label:N"))
    if len(segments):
        highest = breaks["level"].max() if len(breaks) else -1
        dash = _dash(lines, canvas, (24 if lines.many else 20) + 14 * highest)
        joined = marks(segments, "line", strokeWidth=2)
        layers.append(joined.encode(detail="segment:N", strokeDash=dash))
    number = f",.{digits(points['value'])}f"
    headings = tips(
        {
            **({"release": "Release"} if lines.many else {}),
            "period": "Period",
            "value": (axis, number),
            "lower": ("Lower", number),
            "upper": ("Upper", number),
        }
    )
    dots = marks(points, "point", filled=True, size=45, opacity=1)
    drawing = canvas.layered(*layers, dots.encode(shape=shape, tooltip=headings))
    # A scale of its own puts the legend of dashes above that of releases, not beside it.
    return drawing.resolve_scale(strokeDash="independent") if lines.many else drawing


def _drawn(lines: Lines, canvas: Canvas) -> tuple[pd.DataFrame, pd.DataFrame]:
    """
    Return points, and segments as two rows each.

    Points of one period and several releases stand side by side, so that none is hidden.
    """
    beside = lines.known.groupby("middle")["release"]
    aside = beside.cumcount() - (beside.transform("size") - 1) / 2
    points = lines.known.assign(shift=aside * (7 if canvas.narrow else 9))
    columns = ["middle", "period", "value", "lower", "upper", "release", "shift"]
    at = points.set_index(["release", "middle"], drop=False)[columns]
    ends = [
        at.loc[(end.release, end.middle)].to_dict()
        | {"segment": segment, "joined": _JOINED[not later.comparable]}
        for segment, (earlier, later) in enumerate(lines.segments)
        for end in (earlier, later)
    ]
    return points[columns], pd.DataFrame(ends, columns=[*columns, "segment", "joined"])


def _looks(lines: Lines, canvas: Canvas) -> tuple[Any, Any]:
    """Return colour and shape: of each release, where there are several."""
    alt = altair()
    if not lines.many:
        return alt.value(_style.BLUE), alt.value("circle")
    key = legend(columns=2 if canvas.narrow else 4, symbolOpacity=1, symbolSize=70)
    colours, shapes = (alt.Scale(domain=lines.releases, range=it) for it in (_COLOURS, _SHAPES))
    return (
        alt.Color("release:N", scale=colours, legend=key),
        alt.Shape("release:N", scale=shapes, legend=key),
    )


def _dash(lines: Lines, canvas: Canvas, headroom: float) -> Any:
    alt = altair()
    key = legend(
        title="Periods:" if canvas.narrow else "Neighbouring periods:",
        titleOrient="left",
        symbolType="stroke",
        symbolSize=400,
        symbolStrokeColor=_style.INK if lines.many else _style.BLUE,
        offset=headroom,
    )
    scale = alt.Scale(domain=list(_JOINED), range=[[1, 0], [3, 4]])
    dashed = not all(later.comparable for _, later in lines.segments)
    return alt.StrokeDash("joined:N", scale=scale, legend=key if dashed else None)


def _x(lines: Lines, canvas: Canvas) -> Any:
    """Return a function for the axis of time, with the names of as many periods as fit."""
    alt = altair()
    names = dict(lines.points[["middle", "period"]].sort_values("middle").to_numpy())
    widest = max(_style.text_width(name, canvas.size) for name in names.values())
    kept: dict[str, str] = {}
    before = float("inf")
    for middle in reversed(names):  # the last one is always named
        place = lines.part(pd.Timestamp(middle)) * canvas.plot_width
        if place + widest + 6 <= before:
            kept[middle], before = names[middle], place
    axis = alt.Axis(
        values=[_day(pd.Timestamp(middle)) for middle in sorted(kept)],
        labelExpr=f"({kept})[utcFormat(datum.value, '%Y-%m-%d')]",
        labelOverlap=False,
        labelBound=False,
        labelFlush=False,
        grid=False,
    )
    scale = alt.Scale(type="utc", domain=[_day(end) for end in lines.ends], nice=False)
    return lambda field: alt.X(f"{field}:T", title=None, scale=scale, axis=axis)


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
    return altair().DateTime(year=day.year, month=day.month, date=day.day, utc=True)
