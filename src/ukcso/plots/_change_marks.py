"""The marks of a picture of changes: areas, the limits around them, and their names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ukcso.comparisons import SIDES, YearToYear, change_limits
from ukcso.datasets import rows
from ukcso.errors import InvalidInputError
from ukcso.outputs import before_of, capital, counted_in, heading_of_rest, percent, why_not
from ukcso.plots import _style
from ukcso.plots._areas import ids_of
from ukcso.plots._chart import Canvas, along, altair, chart, dashed, looks, names, points, tips
from ukcso.plots._labels import placed

if TYPE_CHECKING:
    from collections.abc import Sequence

_BEYOND = 1.2
_STEPS = 120
#: How an area looks by its judgement: in words, shape, colour and size.
_LOOKS = {
    "usual": ("usual", "circle", _style.BLUE, 50),
    "above": ("unusual, above", "diamond", _style.VERMILION, 110),
    "below": ("unusual, below", "square", _style.PURPLE, 80),
}
_HIGHLIGHTED = 150
_ONE, _ALL, _REST = "one", "all", "rest"
_DASHES = {_ONE: [5, 3], _ALL: [1, 0], _REST: [1, 2]}


class Plane(Canvas):
    """
    The plane of growth against size.

    Attributes
    ----------
    frame, origin
        The change table, and what it says of itself.
    shown
        The areas with a judgement, with how they look and where they are in pixels.
    overall
        The growth of all areas together.
    curves
        The limits, from below the smallest count to above the largest.
    bottom, top
        Of the axis of growth, in per cent.
    """

    def __init__(
        self,
        frame: pd.DataFrame,
        highlight: str | Sequence[str] | None,
        areas: str | Sequence[str] | None,
        width: float,
    ) -> None:
        self.frame, self.origin, self.width = frame, frame.attrs["ukcso"], width
        judged = frame[frame["unusual"].notna()]
        drawn = judged if areas is None else judged[judged["area_id"].isin(ids_of(frame, areas))]
        drawn = drawn[np.isfinite(drawn["growth"])]
        if drawn.empty:
            reasons = {why_not(row) for row in rows(frame[frame["unusual"].isna()])}
            why = f": {min(reasons)}" if len(reasons) == 1 else ""
            msg = f"nothing to show: no area has a change that is judged{why}"
            raise InvalidInputError(msg)
        marked = ids_of(frame, highlight, "highlight")
        if blank := sorted(marked - set(drawn["area_id"])):
            name = frame.loc[frame["area_id"] == blank[0], "name"].iloc[0]
            msg = f"highlight must have a change to draw; {name} has none"
            raise InvalidInputError(msg)
        self.judged = judged
        self.overall = _together(judged)
        before = drawn["before"]
        self.ends = [before.min() / _BEYOND, before.max() * _BEYOND]
        self.curves = self._limits_of_sizes()
        growth = 100 * drawn["growth"]
        inner = self.curves[self.curves["limit"].notna()].groupby("curve")["limit"].median()
        self.top = 1.12 * max(growth.max(), inner.max(), 10)
        self.bottom = max(-100.0, 1.12 * min(growth.min(), inner.min(), -10))
        super().__init__(width, (260, 380), ["+100%"], self._axis_title())
        looked = [_LOOKS[word] for word in drawn["unusual"]]
        highlighted = drawn["area_id"].isin(marked)
        self.shown = drawn.assign(
            highlighted=highlighted,
            percent=growth,
            lower_percent=100 * drawn["lower"],
            upper_percent=100 * drawn["upper"].where(np.isfinite(drawn["upper"])),
            rest_percent=100 * drawn["growth_rest"],
            judgement=[words for words, *_ in looked],
            size=np.where(highlighted, _HIGHLIGHTED, [size for *_, size in looked]),
            label=drawn["name"],
            x=self.plot_width * along(np.log(before), *np.log(self.ends)),
            y=self.height * (1 - along(growth, self.bottom, self.top)),
        )
        wanted = self.shown[highlighted | (drawn["unusual"] != "usual")]
        self.wanted = wanted.sort_values("highlighted", ascending=False, kind="stable")
        self.labels = placed(self.wanted, self.shown, self, self.size * 1.1)

    def _axis_title(self) -> str:
        return f"Change on {before_of(self.frame).removeprefix('in ')}"

    def _limits_of_sizes(self) -> pd.DataFrame:
        """Return the growth, in per cent, at which a count of each size would just be marked."""
        grid = np.geomspace(self.ends[0], self.ends[1], _STEPS)
        usual = YearToYear(**self.origin["dispersion"])
        level = 1 - self.origin["level"]
        levels = {_ONE: level}
        if self.origin["adjust"] == "holm" and self.origin["n_judged"] > 1:
            levels[_ALL] = level / self.origin["n_judged"]
        curves = []
        for name, threshold in levels.items():
            for side in SIDES:
                limit = 100 * change_limits(grid, self.overall, usual, threshold, side)
                curve = {"before": grid, "level": name, "limit": limit, "curve": f"{name} {side}"}
                curves.append(pd.DataFrame(curve))
        rest = pd.DataFrame({"before": self.ends, "level": _REST, "limit": 100 * self.overall})
        return pd.concat([*curves, rest.assign(curve=_REST)], ignore_index=True)

    def plot(self) -> Any:
        """Return the limits, the points and their names, the last on top."""
        words, shapes, colours, _ = zip(*_LOOKS.values(), strict=True)
        number = "+,.1f"
        dots = points(
            self.shown,
            **looks("judgement", words, altair.Legend(columns=3), shape=shapes, color=colours),
            tooltip=tips(
                ("name", "Area", ""),
                ("before", str(self.origin["against"]), ","),
                ("after", str(self.origin["period"]), ","),
                ("percent", "Change, %", number),
                ("lower_percent", "Lower", number),
                ("upper_percent", "Upper", number),
                ("rest_percent", heading_of_rest(self.origin), number),
                ("judgement", "Judgement", ""),
            ),
        )
        layers = [self._at(self._limits(), "limit"), self._at(dots, "percent")]
        if len(self.labels):
            base = self._at(chart(self.labels), "percent").encode(text="label:N")
            layers += names(base, fontWeight="bold")
        return self.layered(*layers).resolve_scale(strokeDash="independent")

    def _at(self, base: Any, field: str) -> Any:
        """Place marks by size and growth."""
        ticks = [m * 10**power for power in range(7) for m in (1, 2, 3, 5)]
        _, counted = counted_in(self.frame)
        x = self.x(
            "before",
            f"{capital(counted or 'count')}, {self.origin['against']} (logarithmic scale)",
            {"type": "log", "domain": self.ends, "nice": False},
            values=[tick for tick in ticks if self.ends[0] <= tick <= self.ends[1]],
            grid=False,
        )
        y = self.y(
            field,
            {"domain": [self.bottom, self.top], "nice": False},
            labelExpr="format(datum.value, datum.value ? '+,d' : 'd') + '%'",
        )
        return base.encode(x=x, y=y)

    def _limits(self) -> Any:
        """Return the limits and the growth of all, told apart by their dashes."""
        level = percent(self.origin["level"])
        words = {
            _ONE: f"{level} limits, one area",
            _ALL: f"the same, allowing for {self.origin['n_judged']} areas",
            _REST: f"all areas {100 * self.overall:+,.1f}%",
        }
        there = set(self.curves["level"])
        dashes = {words[name]: dash for name, dash in _DASHES.items() if name in there}
        lines = self.curves.assign(level=self.curves["level"].map(words))
        lines = lines[lines["limit"].between(self.bottom, self.top)]
        return dashed(lines, dashes, 1 if self.narrow else 3)


def _together(judged: pd.DataFrame) -> float:
    """Return the growth of all areas; of some alone, about that: the growth of their rest."""
    if "areas" in judged.attrs["ukcso"]["made_by"]["arguments"]:
        return float(judged["growth_rest"].median())
    return float(judged["after"].sum() / judged["before"].sum() - 1)
