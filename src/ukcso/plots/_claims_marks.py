"""The plane of printed against recomputed numbers, and its marks."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ukcso.plots import _style
from ukcso.plots._chart import Canvas, altair, chart, legend, names, tips
from ukcso.plots._labels import placed
from ukcso.printed import RELATIONS, VERDICTS, grouped, printed_number

if TYPE_CHECKING:
    from collections.abc import Sequence

#: The verdicts that come with a number, and the colours and shapes they have.
LOOKS = {
    verdict: (getattr(_style, rule.colour.upper()), rule.shape)
    for verdict, rule in VERDICTS.items()
    if rule.shape
}
#: Where the largest is so many times a small one, the scale is logarithmic.
_WIDE = 20


@dataclass(frozen=True)
class Plane(Canvas):
    """
    Checked statements of one relation, and the scale that both axes share.

    Attributes
    ----------
    unit
        In which all numbers are.
    points
        What is drawn of each statement, those that differ last, so that they lie on top.
    ends
        Of both axes.
    fine
        Where the logarithmic scale begins; 0 where the scale is linear.
    """

    unit: str
    points: pd.DataFrame
    ends: tuple[float, float]
    fine: float

    @classmethod
    def of(cls, checked: pd.DataFrame, relation: str, width: float) -> Plane:
        """Return the plane of statements that were recomputed."""
        order = {verdict: place for place, verdict in enumerate(LOOKS)}
        exact = checked["hedge"] == "exact"
        points = checked.assign(
            as_printed=checked["printed"].where(exact, checked["hedge"] + " " + checked["printed"]),
            printed=[float(printed_number(printed)) for printed in checked["printed"]],
            lower=checked["recomputed_lower"],
            upper=checked["recomputed_upper"],
            order=checked["verdict"].map(order),
        ).sort_values(["order", "claim_id"])
        numbers = points[["printed", "lower", "upper"]].to_numpy().ravel()
        numbers = numbers[np.isfinite(numbers)]
        fine = _fine(numbers)
        low, high = (
            float(end) * (1.6 if fine else 1.08) for end in (min(0, numbers.min()), numbers.max())
        )
        unit = RELATIONS[relation].axis + (" (logarithmic scale)" if fine else "")
        return cls(
            width,
            (260, 420),
            [grouped(high, 0)],
            f"Recomputed, {unit}",
            unit,
            points,
            (low, high),
            fine,
        )

    @property
    def ranges(self) -> pd.DataFrame:
        """Points that are known within bounds only."""
        return self.points[self.points["lower"] != self.points["upper"]]

    @cached_property
    def differing(self) -> pd.DataFrame:
        """Names of the statements that differ, one for those at the same place."""
        wrong = self.points[self.points["verdict"] == "differs"]
        together = wrong.groupby(["printed", "lower"], sort=False)["claim_id"].agg(list)
        labels = together.rename("claim_ids").reset_index()
        labels["label"] = [
            ids[0] + (f" and {len(ids) - 1} more" if ids[1:] else "") for ids in labels["claim_ids"]
        ]
        return labels.assign(**self._pixels(labels))

    @cached_property
    def named(self) -> pd.DataFrame:
        """Those there is room for, with their places."""
        points = self.points.assign(**self._pixels(self.points))
        return placed(self.differing, points, self, self.size)

    @property
    def unlabelled(self) -> list[str]:
        """Differing statements whose ids stand nowhere in the picture."""
        shown = {ids[0] for ids in self.named["claim_ids"]}
        return sorted({name for ids in self.differing["claim_ids"] for name in ids} - shown)

    def _pixels(self, points: pd.DataFrame) -> dict[str, pd.Series[float]]:
        """Return where points are, in pixels from the top left."""
        low, high = (self.along(np.array(end)) for end in self.ends)
        across, up = (
            (self.along(points[name]) - low) / (high - low) for name in ("printed", "lower")
        )
        return {"x": self.plot_width * across, "y": self.height * (1 - up)}

    def along(self, numbers: Any) -> Any:
        """Return how far along the scale numbers are."""
        return np.sign(numbers) * np.log1p(np.abs(numbers) / self.fine) if self.fine else numbers

    def encode(self, base: Any, field: str = "lower") -> Any:
        """Place marks by their printed number and one end of the recomputed one."""
        alt = altair()
        kind = {"type": "symlog", "constant": self.fine} if self.fine else {"type": "linear"}
        scale = {"domain": list(self.ends), "nice": False, "zero": False, **kind}
        ticks: dict[str, Any] = {"values": self._ticks()} if self.fine else {"tickCount": 6}
        ticks |= {"labelOverlap": "greedy", "labelSeparation": 6, "labelFlush": False}
        across = alt.X(
            "printed:Q",
            title=_style.wrapped(f"Printed, {self.unit}", self.plot_width, self.size),
            scale=alt.Scale(**scale),
            axis=alt.Axis(format=",~f", **ticks),
        )
        return base.encode(x=across, y=self.y(field, scale, **ticks))

    def _ticks(self) -> list[float]:
        """Return 0 and round numbers on either side of it."""
        first = round(math.log10(self.fine))
        steps = [m * 10.0**power for power in range(first, first + 7) for m in (1, 2, 5)]
        low, high = self.ends
        return sorted(tick for tick in (0.0, *steps, *(-s for s in steps)) if low <= tick <= high)


def _fine(numbers: Sequence[float]) -> float:
    sizes = sorted(abs(number) for number in numbers if number)
    if not sizes or sizes[-1] < _WIDE * sizes[len(sizes) // 4]:
        return 0.0
    return float(10 ** math.floor(math.log10(sizes[len(sizes) // 4])))


def plot(plane: Plane) -> Any:
    """Return diagonal, ranges, points and names, the last on top."""
    alt = altair()
    diagonal = chart(pd.DataFrame({"printed": plane.ends, "lower": plane.ends})).mark_line(
        color=_style.SOFT, strokeWidth=1, strokeDash=[4, 3]
    )
    layers = [plane.encode(diagonal)]
    shown = [verdict for verdict in LOOKS if verdict in set(plane.points["verdict"])]
    colours, shapes = (
        alt.Scale(domain=shown, range=[LOOKS[verdict][part] for verdict in shown])
        for part in (0, 1)
    )
    key = legend(
        columns=3 if plane.narrow else 5,
        labelExpr="replace(datum.label, '_', ' ')",
        symbolSize=80,
        symbolOpacity=1,
    )
    looks = {
        "color": alt.Color("verdict:N", scale=colours, legend=key),
        "tooltip": tips(_TIPS),
    }
    ranges = plane.ranges[_DRAWN]
    if len(ranges):
        bars = chart(ranges.assign(upper=ranges["upper"].clip(upper=plane.ends[1])))
        bars = bars.mark_rule(strokeWidth=2).encode(y2="upper:Q", **looks)
        layers.append(plane.encode(bars))
    # A mark at each number; a range has one at either end, where it has one.
    finite = plane.points[_DRAWN].replace(math.inf, math.nan)
    marks = pd.concat(
        [
            finite.assign(end=finite["lower"]),
            finite.assign(end=finite["upper"]).loc[ranges.index].dropna(subset="end"),
        ]
    )
    dots = chart(marks).mark_point(filled=True, opacity=0.85, stroke="#FFFFFF", strokeWidth=0.5)
    dots = dots.encode(
        shape=alt.Shape("verdict:N", scale=shapes, legend=key),
        size=alt.condition("datum.verdict === 'differs'", alt.value(100), alt.value(60)),
        **looks,
    )
    layers.append(plane.encode(dots, "end"))
    if len(plane.named):
        base = plane.encode(chart(plane.named.drop(columns="claim_ids")))
        leads = base.transform_filter("datum.dy !== 0").mark_rule(
            color=_style.SOFT,
            strokeWidth=0.7,
            x2Offset={"expr": "0.8 * datum.dx"},
            y2Offset={"expr": "0.8 * datum.dy"},
        )
        layers += [leads.encode(x2="printed", y2="lower"), *names(base.encode(text="label:N"))]
    return plane.layered(*layers)


_DRAWN = [
    *("claim_id", "printed", "as_printed", "lower", "upper"),
    *("verdict", "diagnosis", "source_id"),
]
_TIPS: dict[str, str | tuple[str, str]] = {
    "claim_id": "Claim",
    "as_printed": "Printed",
    "lower": ("Recomputed, from", ",.2f"),
    "upper": ("to", ",.2f"),
    "verdict": "Verdict",
    "diagnosis": "Diagnosis",
    "source_id": "Source",
}
