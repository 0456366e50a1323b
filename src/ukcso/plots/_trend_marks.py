"""The marks of a trend."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ukcso.datasets import rows
from ukcso.outputs import digits
from ukcso.plots import _style
from ukcso.plots._chart import Canvas, along, altair, chart, looks, tips
from ukcso.plots._trend_points import Lines
from ukcso.printed import grouped

_JOINED = {True: "no break known", False: "not comparable"}
_DRAWN = ["middle", "period", "value", "lower", "upper", "area", "release", "shift"]
#: The looks of lines, told apart by shape as well as by colour.
_COLOURS = (
    *(_style.BLUE, _style.VERMILION, _style.GREEN, _style.PURPLE),
    *(_style.INK, _style.ORANGE, _style.SKY),
)
_SHAPES = ("circle", "square", "triangle-up", "diamond", "triangle-down", "cross", "triangle-right")
#: How far from the plot the name of a line begins, and how far from its symbol.
_BESIDE, _AFTER = 12, 9
_DOT: dict[str, Any] = {"filled": True, "size": 45, "opacity": 1}


def plot(lines: Lines, axis: str, *, fitted: pd.DataFrame | None, zero: bool, width: float) -> Any:
    """
    Return band, intervals, breaks, lines, points and the names of areas, the last on top.

    `fitted` has the parts of fitted lines, as `Fits` has them.
    """
    return _Drawing(lines, axis, fitted, zero=zero, width=width).plot()


class _Drawing(Canvas):
    """
    The plane of a trend, and the marks on it.

    Attributes
    ----------
    lines, axis, fitted
        What is drawn; the title of the vertical axis; fitted lines, if there are some.
    several
        Whether lines are areas: they have names at their ends and no bands, which would hide
        each other.
    beside
        The names that stand beside the plot: in a column of print there is no room for them,
        and a legend has them.
    domain
        Of the vertical axis, where names are placed by it; else Vega's own.
    across, colour, shape
        The axis of time; how lines are told apart.
    breaks
        With their labels.
    """

    def __init__(
        self, lines: Lines, axis: str, fitted: pd.DataFrame | None, *, zero: bool, width: float
    ) -> None:
        self.lines, self.axis, self.several = lines, axis, lines.by == "area"
        self.fitted = fitted
        numbers = pd.concat([lines.known[["value", "lower", "upper"]], fitted])
        numbers = numbers[["value", "lower", "upper"]]
        lowest, largest = numbers.min().min(), numbers.max().max()
        label = grouped(largest, 0 if largest >= 5 else 1)  # noqa: PLR2004 - below, ticks have decimals
        self.beside = lines.names if self.several and not _style.is_narrow(width) else []
        letters = _style.letters(width)
        rooms = [_style.text_width(name, letters) + _BESIDE + _AFTER for name in self.beside]
        super().__init__(width - max(rooms, default=0), (220, 320), [label], axis)
        self.narrow = _style.is_narrow(width)
        self.domain = [0 if zero else 0.95 * lowest, 1.05 * largest]
        self.scale: dict[str, Any] = {"zero": zero, "nice": True}
        if self.several:
            self.scale = {"domain": self.domain, "nice": False}
        self.across = _x(lines, self)
        self.breaks = _labelled(lines, self)
        self.colour = {"color": altair.value(_style.BLUE)}
        self.shape = {"shape": altair.value("circle")}
        if lines.many:
            key = None if self.beside else altair.Legend(columns=2 if self.narrow else 4)
            self.colour = looks(lines.by, lines.names, key, color=_COLOURS)
            self.shape = looks(lines.by, lines.names, key, shape=_SHAPES)

    def plot(self) -> Any:
        """Return all marks, the last on top."""
        points = self.lines.known[_DRAWN]
        layers = []
        if points["lower"].notna().any():
            alike = self.lines.segments[self.lines.segments["joined"]][[*_DRAWN, "segment"]]
            if len(alike) and not self.several:
                band = self._marks(alike, "area", "lower", opacity=0.18, line=False)
                layers.append(band.encode(y2="upper:Q", detail="segment:N"))
            rules = self._marks(points, "rule", "lower", strokeWidth=1)
            layers.append(rules.encode(y2="upper:Q"))
        if len(self.breaks):
            layers += self._changes()
        if len(self.lines.segments):
            layers.append(self._joined())
        if self.fitted is not None:
            layers += self._fits(self.fitted)
        number = f",.{digits(points['value'])}f"
        headings = tips(
            *([("area", "Area", "")] if self.several else []),
            *([("release", "Release", "")] if len(self.lines.releases) > 1 else []),
            ("period", "Period", ""),
            ("value", self.axis, number),
            ("lower", "Lower", number),
            ("upper", "Upper", number),
        )
        dots = self._marks(points, "point", **_DOT)
        layers.append(dots.encode(tooltip=headings, **self.shape))
        if self.beside:
            layers += self._names()
        drawing = self.layered(*layers)
        # A scale of its own puts the legend of dashes above that of lines, not beside it.
        return drawing.resolve_scale(strokeDash="independent") if self.lines.many else drawing

    def _marks(self, frame: pd.DataFrame, mark: str, field: str = "value", **options: Any) -> Any:
        """Return marks of one kind at the places of points, in the colours of their lines."""
        step = 3 if self.several else 7 if self.narrow else 9
        options = {"xOffset": {"expr": f"{step} * datum.shift"}, **options}
        base = getattr(chart(frame), f"mark_{mark}")(**options)
        y = self.y(field, self.scale)
        return base.encode(x=self.across.field("middle"), y=y, **self.colour)

    def _changes(self) -> list[Any]:
        """Return a vertical line for each break, with its day above it."""
        headings = tips(("label", "Change", ""), ("description", "What", ""))
        base = chart(self.breaks).encode(x=self.across.field("day"), tooltip=headings)
        shift = {"dx": {"expr": "datum.dx"}, "dy": {"expr": "-3 - 14 * datum.level"}}
        text = base.mark_text(baseline="bottom", align="left", **shift)
        line = base.mark_rule(color=_style.INK, strokeWidth=1, strokeDash=[1, 2])
        return [line, text.encode(y=altair.value(0), text="label:N")]

    def _joined(self) -> Any:
        """Return the lines between points, dashed where periods may not be compared."""
        segments = self.lines.segments[[*_DRAWN, "segment", "joined"]]
        highest = self.breaks["level"].max() if len(self.breaks) else -1
        key = altair.Legend(
            title="Periods:" if self.narrow else "Neighbouring periods:",
            titleOrient="left",
            symbolType="stroke",
            symbolSize=400,
            symbolStrokeColor=_style.INK if self.lines.many else _style.BLUE,
            offset=(24 if self.lines.many else 20) + 14 * highest,
        )
        shown = None if segments["joined"].all() else key
        dashes = looks("joined", _JOINED.values(), shown, strokeDash=[[1, 0], [3, 4]])
        # Beside a fitted line, the one from count to count is the lesser.
        wide = {"strokeWidth": 2} if self.fitted is None else {"strokeWidth": 1, "opacity": 0.5}
        joined = self._marks(segments.replace({"joined": _JOINED}), "line", **wide)
        return joined.encode(detail="segment:N", **dashes)

    def _fits(self, fitted: pd.DataFrame) -> list[Any]:
        """Return the fitted lines, dashed at steps."""
        own_colour = {} if self.lines.many else {"color": altair.value(_style.VERMILION)}
        drawn = []
        for is_step, dashes in ((False, [1, 0]), (True, [3, 3])):
            part = fitted.loc[fitted["is_step"] == is_step, [*_DRAWN, "segment", "fit"]]
            if len(part):
                line = self._marks(part, "line", strokeWidth=2.5, strokeDash=dashes)
                drawn.append(line.encode(detail=["fit:N", "segment:N"], **own_colour))
        return drawn

    def _names(self) -> list[Any]:
        """Return symbol and name of each area beside the plot, led there from its last point."""
        ends = _beside(self)
        down, side = {"expr": "datum.dy"}, {"expr": "datum.dx"}
        before, after = ({"expr": f"datum.dx + {far}"} for far in (3 - _AFTER, _AFTER))
        lead: dict[str, Any] = {"x2Offset": before, "y2Offset": down, "strokeWidth": 0.7}
        text: dict[str, Any] = {"dx": after, "dy": down, "align": "left", "baseline": "middle"}
        leads = self._marks(ends, "rule", opacity=0.6, **lead)
        symbols = self._marks(ends, "point", xOffset=side, yOffset=down, **_DOT)
        names = self._marks(ends, "text", xOffset=0, **text)
        return [
            leads.encode(x2="middle", y2="value"),
            symbols.encode(**self.shape),
            names.encode(text="area:N", color=altair.value(_style.INK)),
        ]


def _x(lines: Lines, canvas: Canvas) -> Any:
    """Return the axis of time, with the names of as many periods as fit."""
    names = dict(lines.points[["middle", "period"]].sort_values("middle").to_numpy())
    wide = max(_style.text_width(name, canvas.size) for name in names.values()) + 6
    kept: list[str] = []
    before = float("inf")
    for middle in reversed(names):  # the last one is always named; Vega would keep the first
        place = lines.part(pd.Timestamp(middle)) * canvas.plot_width
        if place + wide <= before:
            kept, before = [middle, *kept], place
    axis = altair.Axis(
        values=[_day(pd.Timestamp(middle)) for middle in kept],
        labelExpr=f"({names})[utcFormat(datum.value, '%Y-%m-%d')]",
        labelOverlap=False,
        labelBound=False,
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


def _beside(drawing: _Drawing) -> pd.DataFrame:
    """Return the last point of each area, and how far from it its name stands, one a line."""
    last = drawing.lines.known.sort_values("middle", kind="stable").groupby("area").tail(1)
    ends = last[_DRAWN].sort_values("value", ascending=False, kind="stable", ignore_index=True)
    points = drawing.height * (1 - along(ends["value"], *drawing.domain))
    line = drawing.size + 3
    # Down where the one above is too near, and all of these up again where the plot ends.
    steps = line * ends.index.to_numpy()
    lowest = drawing.height - line * (len(ends) - 1)
    names = (points - steps).cummax().clip(upper=lowest) + steps
    across = drawing.plot_width * drawing.lines.part(pd.to_datetime(ends["middle"]))
    return ends.assign(dx=drawing.plot_width + _BESIDE - across, dy=names - points)


def _day(day: pd.Timestamp) -> Any:
    return altair.DateTime(year=day.year, month=day.month, date=day.day, utc=True)
