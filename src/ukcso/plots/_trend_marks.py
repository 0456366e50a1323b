"""The marks of a trend."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from ukcso.datasets import rows
from ukcso.plots import _style, _words
from ukcso.plots._chart import Canvas, altair, chart, legend, tips
from ukcso.printed import grouped

if TYPE_CHECKING:
    from ukcso.plots._trend_points import Lines

_JOINED = ("no break known", "not comparable")
#: The looks of releases, told apart by shape as well as by colour.
_COLOURS = (
    *(_style.BLUE, _style.VERMILION, _style.GREEN, _style.PURPLE),
    *(_style.INK, _style.ORANGE, "#56B4E9"),
)
_SHAPES = ("circle", "square", "triangle-up", "diamond", "triangle-down", "cross", "triangle-right")
_DRAWN = ["middle", "period", "value", "lower", "upper", "release", "shift"]
#: Points of one period and several releases stand so many pixels apart.
_APART = (5, 8)


def plot(lines: Lines, axis: str, *, zero: bool, width: float) -> Any:
    """Return band, intervals, breaks, lines and points, the last on top."""
    largest = lines.known[["value", "upper"]].max().max()
    label = grouped(largest, 0 if largest >= 5 else 1)  # noqa: PLR2004 - below, ticks have decimals
    return _Drawing(lines, Canvas(width, (220, 320), [label], axis), zero=zero).layers()


class _Drawing:
    """The layers of one trend, which share axes and colours."""

    def __init__(self, lines: Lines, canvas: Canvas, *, zero: bool) -> None:
        self.lines, self.canvas, self.zero = lines, canvas, zero
        self.many = len(lines.releases) > 1
        first = lines.points["period_start"].min()
        self.ends = first, lines.points["period_end"].max() + pd.Timedelta(days=1)
        points = lines.points
        beside = points[points["value"].notna()].groupby("middle")["release"]
        middle = (beside.transform("size") - 1) / 2
        self.points = points.assign(
            shift=(_APART[not canvas.narrow] * (beside.cumcount() - middle)).fillna(0)
        )
        self.shift = self.points.set_index(["middle", "release"])["shift"]
        self.levels = self._levels()

    def layers(self) -> Any:
        layers = [*self._intervals(), *self._breaks()]
        if self.lines.segments:
            layers.append(self._segments())
        # A scale of its own puts the legend of dashes above that of releases, not beside it.
        plot = self.canvas.layered(*layers, self._points())
        return plot.resolve_scale(strokeDash="independent") if self.many else plot

    def _x(self, field: str = "middle") -> Any:
        alt = altair()
        labels = self.points.drop_duplicates("middle").sort_values("middle")
        widest = max(_style.text_width(it, self.canvas.size) for it in labels["period"])
        # From the last one backwards, so many that none touches the next.
        kept: dict[str, str] = {}
        before = float("inf")
        for row in list(rows(labels))[::-1]:
            if (place := self._pixels(pd.Timestamp(row.middle))) + widest + 6 <= before:
                kept[row.middle], before = row.period, place
        return alt.X(
            f"{field}:T",
            title=None,
            scale=alt.Scale(type="utc", domain=[_at(end) for end in self.ends], nice=False),
            axis=alt.Axis(
                values=[_at(pd.Timestamp(middle)) for middle in sorted(kept)],
                labelExpr=f"({kept})[utcFormat(datum.value, '%Y-%m-%d')]",
                labelOverlap=False,
                labelBound=False,
                labelFlush=False,
                grid=False,
            ),
        )

    def _pixels(self, day: pd.Timestamp) -> float:
        first, last = self.ends
        return float(self.canvas.plot_width * ((day - first) / (last - first)))

    def _y(self, field: str = "value") -> Any:
        return self.canvas.y(field, {"zero": self.zero, "nice": True})

    def _base(self, frame: pd.DataFrame) -> Any:
        return chart(frame[[name for name in frame if name in {*_DRAWN, "joined", "segment"}]])

    def _colour(self) -> Any:
        alt = altair()
        if not self.many:
            return alt.value(_style.BLUE)
        names = self.lines.releases
        key = legend(columns=2 if self.canvas.narrow else 4, symbolOpacity=1, symbolSize=70)
        return alt.Color(
            "release:N", scale=alt.Scale(domain=names, range=_COLOURS[: len(names)]), legend=key
        )

    def _shape(self) -> Any:
        alt = altair()
        names = self.lines.releases
        if not self.many:
            return alt.value("circle")
        key = legend(columns=2 if self.canvas.narrow else 4, symbolOpacity=1, symbolSize=70)
        return alt.Shape(
            "release:N", scale=alt.Scale(domain=names, range=_SHAPES[: len(names)]), legend=key
        )

    @property
    def _aside(self) -> dict[str, Any]:
        return {"xOffset": {"expr": "datum.shift"}} if self.many else {}

    def _ends_of(self, segments: list[tuple[Any, Any]]) -> pd.DataFrame:
        """Return both ends of each segment as rows."""
        return pd.DataFrame(
            [
                {
                    **{name: getattr(end, name) for name in _DRAWN[:-1]},
                    "shift": self.shift[end.middle, end.release],
                    "segment": segment,
                    "joined": _JOINED[not later.comparable],
                }
                for segment, (earlier, later) in enumerate(segments)
                for end in (earlier, later)
            ]
        )

    def _intervals(self) -> list[Any]:
        """Return a band over what may be compared, and each point's own interval."""
        if self.lines.known["lower"].isna().all():
            return []
        high = altair().Y2("upper:Q")
        rules = self._base(self.points[self.points["value"].notna()])
        rules = rules.mark_rule(strokeWidth=1, **self._aside)
        layers = [rules.encode(x=self._x(), y=self._y("lower"), y2=high, color=self._colour())]
        if alike := [pair for pair in self.lines.segments if pair[1].comparable]:
            band = self._base(self._ends_of(alike)).mark_area(
                opacity=0.18, line=False, **self._aside
            )
            band = band.encode(x=self._x(), y=self._y("lower"), y2=high, detail="segment:N")
            layers.insert(0, band.encode(color=self._colour()))
        return layers

    def _segments(self) -> Any:
        alt = altair()
        dashed = not all(later.comparable for _, later in self.lines.segments)
        key = legend(
            title="Periods:" if self.canvas.narrow else "Neighbouring periods:",
            titleOrient="left",
            symbolType="stroke",
            symbolSize=400,
            symbolStrokeColor=_style.INK if self.many else _style.BLUE,
            offset=20 + 14 * max((level for level, _ in self.levels), default=-1),
        )
        scale = alt.Scale(domain=list(_JOINED), range=[[1, 0], [3, 4]])
        line = self._base(self._ends_of(self.lines.segments)).mark_line(
            strokeWidth=2, **self._aside
        )
        return line.encode(
            x=self._x(),
            y=self._y(),
            detail="segment:N",
            color=self._colour(),
            strokeDash=alt.StrokeDash("joined:N", scale=scale, legend=key if dashed else None),
        )

    def _points(self) -> Any:
        number = f",.{_words.digits(self.lines.known['value'])}f"
        headings: dict[str, str | tuple[str, str]] = {
            **({"release": "Release"} if self.many else {}),
            "period": "Period",
            "value": (self.canvas.title, number),
            "lower": ("Lower", number),
            "upper": ("Upper", number),
        }
        dots = self._base(self.points[self.points["value"].notna()]).mark_point(
            filled=True, size=45, opacity=1, **self._aside
        )
        return dots.encode(
            x=self._x(),
            y=self._y(),
            color=self._colour(),
            shape=self._shape(),
            tooltip=tips(headings),
        )

    def _breaks(self) -> list[Any]:
        """Return a line at each change's day, and the day above it."""
        breaks = self.lines.breaks
        if breaks.empty:
            return []
        data = pd.DataFrame(
            {
                "day": breaks["date"].dt.strftime("%Y-%m-%d"),
                "label": breaks["date"].map(_short),
                "description": breaks["description"],
                "level": [level for level, _ in self.levels],
                "align": [align for _, align in self.levels],
            }
        )
        headings = tips({"label": "Change", "description": "What"})
        base = chart(data).encode(x=self._x("day"), tooltip=headings)
        text = base.mark_text(
            baseline="bottom",
            dy={"expr": "-3 - 14 * datum.level"},
            align={"expr": "datum.align"},
        )
        return [
            base.mark_rule(color=_style.INK, strokeWidth=1, strokeDash=[1, 2]),
            text.encode(y=altair().value(0), text="label:N"),
        ]

    def _levels(self) -> list[tuple[int, str]]:
        """Return for each break the line its label stands on, and which way it runs."""
        wide = self.canvas.plot_width
        ends: list[float] = []
        levels = []
        for date in self.lines.breaks["date"]:
            place, long = self._pixels(date), _style.text_width(_short(date), self.canvas.size)
            left = min(max(place - long / 2, 0), wide - long)
            align = (
                "left"
                if left > place - long / 2
                else "right"
                if left < place - long / 2
                else "center"
            )
            left = {"left": place, "right": place - long}.get(align, left)
            level = next((at for at, end in enumerate(ends) if end + 6 < left), len(ends))
            ends[level : level + 1] = [left + long]
            levels.append((level, align))
        return levels


def _short(date: pd.Timestamp) -> str:
    return f"{date.day} {date:%b %Y}"


def _at(day: pd.Timestamp) -> Any:
    return altair().DateTime(year=day.year, month=day.month, date=day.day, utc=True)
