"""The plane of printed against recomputed numbers, and its marks."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from ukcso.plots import _style
from ukcso.plots._chart import Canvas, along, altair, chart, looks, names, tips
from ukcso.plots._labels import placed
from ukcso.printed import RELATIONS, VERDICTS, grouped, printed_number

#: The verdicts that come with a number, and the colours and shapes they have.
LOOKS = {
    verdict: (getattr(_style, rule.colour.upper()), rule.shape)
    for verdict, rule in VERDICTS.items()
    if rule.shape
}
#: Where the largest is so many times a small one, the scale is logarithmic.
_WIDE = 20


class Plane(Canvas):
    """
    Checked statements of one relation, and the scale that both axes share.

    Attributes
    ----------
    unit
        In which all numbers are.
    points
        What is drawn of each statement, those that differ last, so that they lie on top.
    ranges
        Points that are known within bounds only.
    ends
        Of both axes.
    fine
        Where the logarithmic scale begins; 0 where the scale is linear.
    named
        Ids of statements that differ, with their places where there is room: one for those
        at the same place.
    unlabelled
        Those whose ids stand nowhere in the picture.
    """

    def __init__(self, checked: pd.DataFrame, relation: str, width: float) -> None:
        exact = checked["hedge"] == "exact"
        self.points = checked.assign(
            as_printed=checked["printed"].where(exact, checked["hedge"] + " " + checked["printed"]),
            printed=[float(printed_number(printed)) for printed in checked["printed"]],
            lower=checked["recomputed_lower"],
            upper=checked["recomputed_upper"],
            order=checked["verdict"].map(list(LOOKS).index),
        ).sort_values(["order", "claim_id"])
        self.ranges = self.points[self.points["lower"] != self.points["upper"]]
        numbers = self.points[["printed", "lower", "upper"]].to_numpy().ravel()
        numbers = numbers[np.isfinite(numbers)]
        self.fine = _fine(numbers)
        beyond = 1.6 if self.fine else 1.08
        self.ends = beyond * float(min(0, numbers.min())), beyond * float(numbers.max())
        self.unit = RELATIONS[relation].axis + (" (logarithmic scale)" if self.fine else "")
        super().__init__(width, (260, 420), [grouped(self.ends[1], 0)], f"Recomputed, {self.unit}")
        points = self.points.assign(**self._pixels(self.points))
        wrong = points[points["verdict"] == "differs"]
        first = wrong.drop_duplicates(["printed", "lower"])
        together = wrong.groupby(["printed", "lower"])["claim_id"].transform("size")[first.index]
        more = [f" and {count - 1} more" if count > 1 else "" for count in together]
        labels = first.assign(label=first["claim_id"] + pd.Series(more, first.index, dtype=str))
        self.named = placed(labels, points, self, self.size)
        self.unlabelled = sorted(set(wrong["claim_id"]) - set(self.named["claim_id"]))

    def _pixels(self, points: pd.DataFrame) -> dict[str, pd.Series[float]]:
        """Return where points are, in pixels from the top left."""
        ends = self.scaled(np.array(self.ends))
        across, up = (along(self.scaled(points[name]), *ends) for name in ("printed", "lower"))
        return {"x": self.plot_width * across, "y": self.height * (1 - up)}

    def scaled(self, numbers: Any) -> Any:
        """Return numbers as the scale has them, in steps of its own."""
        return np.sign(numbers) * np.log1p(np.abs(numbers) / self.fine) if self.fine else numbers

    def encode(self, base: Any, field: str = "lower") -> Any:
        """Place marks by their printed number and one end of the recomputed one."""
        kind = {"type": "symlog", "constant": self.fine} if self.fine else {"type": "linear"}
        scale = {"domain": list(self.ends), "nice": False, "zero": False, **kind}
        ticks: dict[str, Any] = {"values": self._ticks()} if self.fine else {"tickCount": 6}
        across = self.x("printed", f"Printed, {self.unit}", scale, **ticks)
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
    diagonal = chart(pd.DataFrame({"printed": plane.ends, "lower": plane.ends})).mark_line(
        color=_style.SOFT, strokeWidth=1, strokeDash=[4, 3]
    )
    layers = [plane.encode(diagonal)]
    there = [verdict for verdict in LOOKS if verdict in set(plane.points["verdict"])]
    colours, shapes = zip(*(LOOKS[verdict] for verdict in there), strict=True)
    words = "replace(datum.label, '_', ' ')"
    key = altair.Legend(columns=3 if plane.narrow else 5, labelExpr=words)
    shared = {**looks("verdict", there, key, color=colours), "tooltip": tips(*_TIPS)}
    ranges = plane.ranges[_DRAWN]
    if len(ranges):
        bars = chart(ranges.assign(upper=ranges["upper"].clip(upper=plane.ends[1])))
        bars = bars.mark_rule(strokeWidth=2).encode(y2="upper:Q", **shared)
        layers.append(plane.encode(bars))
    # A mark at each number; a range has one at either end, where it has one.
    finite = plane.points[_DRAWN].replace(math.inf, math.nan)
    above = finite.loc[ranges.index].dropna(subset="upper")
    marks = pd.concat([finite.assign(end=finite["lower"]), above.assign(end=above["upper"])])
    dots = chart(marks).mark_point(filled=True, opacity=0.85, stroke="#FFFFFF", strokeWidth=0.5)
    dots = dots.encode(
        size=altair.condition("datum.verdict === 'differs'", altair.value(100), altair.value(60)),
        **looks("verdict", there, key, shape=shapes),
        **shared,
    )
    layers.append(plane.encode(dots, "end"))
    if len(plane.named):
        base = plane.encode(chart(plane.named[_NAMED]))
        leads = base.transform_filter("datum.dy !== 0").mark_rule(
            color=_style.SOFT,
            strokeWidth=0.7,
            x2Offset={"expr": "0.8 * datum.dx"},
            y2Offset={"expr": "0.8 * datum.dy"},
        )
        layers += [leads.encode(x2="printed", y2="lower"), *names(base.encode(text="label:N"))]
    return plane.layered(*layers)


_TIPS = [
    ("claim_id", "Claim", ""),
    ("as_printed", "Printed", ""),
    ("lower", "Recomputed, from", ",.2f"),
    ("upper", "to", ",.2f"),
    ("verdict", "Verdict", ""),
    ("diagnosis", "Diagnosis", ""),
    ("source_id", "Source", ""),
]
_DRAWN = ["printed", *(name for name, _, _ in _TIPS)]
_NAMED = ["printed", "lower", "label", "x", "y", "dx", "dy", "align"]
