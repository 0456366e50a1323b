"""The marks of a trend."""

from __future__ import annotations

import math
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from ukcso.plots import _style, _words
from ukcso.plots._chart import altair, values
from ukcso.printed import grouped

if TYPE_CHECKING:
    from ukcso.plots._trend_points import Break, Drawn, Point

_JOINED = ("no break known", "not comparable")
_RIGHT = 14


def drawing(drawn: Drawn) -> Any:
    """Return band, intervals, breaks, lines and points, the last on top."""
    alt = altair()
    layers = [
        *_intervals(drawn),
        *(_breaks(drawn) if drawn.breaks else []),
        *([_lines(drawn)] if drawn.segments else []),
        _points(drawn),
    ]
    return alt.LayerChart(layer=layers, width=_plot_width(drawn), height=drawn.height)


def _plot_width(drawn: Drawn) -> float:
    title = len(_axis_title(drawn)) * (_style.letters(drawn.width) + 3) + 6
    return drawn.width - 2 * _style.PADDING - _extent(drawn) - title - _RIGHT


def _axis_title(drawn: Drawn) -> list[str]:
    return _style.wrapped(drawn.axis, drawn.height, _style.letters(drawn.width))


def _extent(drawn: Drawn) -> float:
    """Room for the longest number on the axis."""
    largest = max(max(point.value, point.upper or 0) for point in drawn.known)
    places = 0 if largest >= 5 else 1  # noqa: PLR2004 - below, ticks have decimals
    text = grouped(largest, places)
    return 10 + max(24, _style.text_width(text, _style.letters(drawn.width)))


def _x(drawn: Drawn, field: str = "middle") -> Any:
    alt = altair()
    names = {point.middle: point.period for point in drawn.points}
    # Every nth name, counted from the last, so that none touches the next.
    widest = max(_style.text_width(name, _style.letters(drawn.width)) for name in names.values())
    first, last = drawn.points[0].start, drawn.points[-1].end
    nearest = min(((b.start - a.start).days for a, b in drawn.pairs), default=366)
    apart = _plot_width(drawn) * nearest / (last - first + timedelta(days=1)).days
    every = max(1, -int(-(widest + 6) // apart))
    kept = list(names)[::-1][::every][::-1]
    table = ", ".join(f"'{middle}': '{names[middle]}'" for middle in kept)
    return alt.X(
        f"{field}:T",
        title=None,
        scale=alt.Scale(type="utc", domain=[_at(first), _at(last + timedelta(days=1))], nice=False),
        axis=alt.Axis(
            values=[_at(middle) for middle in kept],
            labelExpr=f"({{{table}}})[utcFormat(datum.value, '%Y-%m-%d')]",
            labelOverlap=False,
            labelBound=False,
            labelFlush=False,
            grid=False,
        ),
    )


def _at(day: Any) -> Any:
    year, month, date = (int(part) for part in str(day).split("-"))
    return altair().DateTime(year=year, month=month, date=date, utc=True)


def _y(drawn: Drawn, field: str = "value") -> Any:
    alt = altair()
    return alt.Y(
        f"{field}:Q",
        title=_axis_title(drawn),
        scale=alt.Scale(zero=drawn.zero, nice=True),
        axis=alt.Axis(
            minExtent=_extent(drawn), maxExtent=_extent(drawn), format=",~f", tickCount=6
        ),
    )


def _row(point: Point) -> dict[str, object]:
    return {
        "middle": point.middle,
        "period": point.period,
        "value": point.value,
        "lower": point.lower,
        "upper": point.upper,
    }


def _intervals(drawn: Drawn) -> list[Any]:
    """Return a band over what may be compared, and each point's own interval."""
    alt = altair()
    if all(math.isnan(point.lower) for point in drawn.known):
        return []
    band = [
        _row(point) | {"run": run}
        for run, (earlier, later) in enumerate(drawn.pairs)
        if later in drawn.segments and later.comparable
        for point in (earlier, later)
    ]
    x, low, high = _x(drawn), _y(drawn, "lower"), alt.Y2("upper:Q")
    ends = alt.Chart(values(map(_row, drawn.known))).mark_rule(color=_style.BLUE, strokeWidth=1)
    layers = [ends.encode(x=x, y=low, y2=high)]
    if band:
        area = alt.Chart(values(band)).mark_area(color=_style.BLUE, opacity=0.18, line=False)
        layers.insert(0, area.encode(x=x, y=low, y2=high, detail="run:N"))
    return layers


def _lines(drawn: Drawn) -> Any:
    alt = altair()
    data = [
        _row(point) | {"segment": segment, "joined": _JOINED[not later.comparable]}
        for segment, (earlier, later) in enumerate(drawn.pairs)
        if later in drawn.segments
        for point in (earlier, later)
    ]
    dashed = any(not point.comparable for point in drawn.segments)
    legend = alt.Legend(
        title="Neighbouring periods:" if not _style.is_narrow(drawn.width) else "Periods:",
        orient="top",
        direction="horizontal",
        titleOrient="left",
        symbolType="stroke",
        symbolSize=400,
        symbolStrokeColor=_style.BLUE,
        offset=_headroom(drawn),
    )
    return (
        alt.Chart(values(data))
        .mark_line(color=_style.BLUE, strokeWidth=2)
        .encode(
            x=_x(drawn),
            y=_y(drawn),
            detail="segment:N",
            strokeDash=alt.StrokeDash(
                "joined:N",
                scale=alt.Scale(domain=list(_JOINED), range=[[1, 0], [3, 4]]),
                legend=legend if dashed else None,
            ),
        )
    )


def _points(drawn: Drawn) -> Any:
    alt = altair()
    places = _words.digits(point.value for point in drawn.known)
    tips = {"period:N": "Period", "value:Q": drawn.axis, "lower:Q": "Lower", "upper:Q": "Upper"}
    return (
        alt.Chart(values(map(_row, drawn.known)))
        .mark_point(color=_style.BLUE, filled=True, size=45, opacity=1)
        .encode(
            x=_x(drawn),
            y=_y(drawn),
            tooltip=[
                alt.Tooltip(
                    name, title=title, **({"format": f",.{places}f"} if name[-1] == "Q" else {})
                )
                for name, title in tips.items()
            ],
        )
    )


def _headroom(drawn: Drawn) -> float:
    return 20 + 14 * max((level for level, _ in _levels(drawn)), default=-1)


def _breaks(drawn: Drawn) -> list[Any]:
    """Return a line at each change's day, and the day above it."""
    alt = altair()
    data = [
        {
            "day": found.day.isoformat(),
            "label": _short(found),
            "description": found.description,
            "level": level,
            "align": align,
        }
        for found, (level, align) in zip(drawn.breaks, _levels(drawn), strict=True)
    ]
    tips = [alt.Tooltip("label:N", title="Change"), alt.Tooltip("description:N", title="What")]
    base = alt.Chart(values(data)).encode(x=_x(drawn, "day"), tooltip=tips)
    rule = base.mark_rule(color=_style.INK, strokeWidth=1, strokeDash=[1, 2])
    text = base.mark_text(
        color=_style.INK,
        baseline="bottom",
        dy={"expr": "-3 - 14 * datum.level"},
        align={"expr": "datum.align"},
    ).encode(y=alt.value(0), text="label:N")
    return [rule, text]


def _short(found: Break) -> str:
    return f"{found.day.day} {found.day:%b %Y}"


def _levels(drawn: Drawn) -> list[tuple[int, str]]:
    """Return for each break the line its label stands on, and which way it runs."""
    wide = _plot_width(drawn)
    first, last = drawn.points[0].start, drawn.points[-1].end
    ends: list[float] = []
    found = []
    for mark in drawn.breaks:
        place = wide * (mark.day - first).days / (last - first).days
        half = _style.text_width(_short(mark), _style.letters(drawn.width)) / 2
        align, shift = "center", 0.0
        if place < half:
            align, shift = "left", half
        elif place > wide - half:
            align, shift = "right", -half
        left, right = place + shift - half, place + shift + half
        level = next((i for i, end in enumerate(ends) if end + 6 < left), len(ends))
        ends[level : level + 1] = [right]
        found.append((level, align))
    return found
