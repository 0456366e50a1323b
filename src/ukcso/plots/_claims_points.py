"""Printed and recomputed numbers, the scale they share, and room for their names."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ukcso.datasets import rows
from ukcso.plots import _style
from ukcso.plots._labels import Label, Place, placed
from ukcso.printed import VERDICTS, grouped, printed_number

if TYPE_CHECKING:
    import pandas as pd

#: How each verdict that comes with a number looks: shape and colour.
VERDICT_MARKS = {
    verdict: (rule.shape, getattr(_style, rule.colour.upper()))
    for verdict, rule in VERDICTS.items()
    if rule.shape
}
#: Where the largest is so many times the smallest, the scale is logarithmic.
_WIDE = 20
_RIGHT, _BEYOND = 14, 1.08


@dataclass(frozen=True)
class Drawn:
    """What is drawn of checked statements of one relation, and how large."""

    frame: pd.DataFrame
    relation: str
    width: float

    @property
    def height(self) -> float:
        """Of the plot, in pixels."""
        return 260 if _style.is_narrow(self.width) else 420

    @property
    def size(self) -> int:
        """Of letters."""
        return _style.letters(self.width)

    @property
    def plot_width(self) -> float:
        """Of the plot, in pixels."""
        return self.width - 2 * _style.PADDING - self.extent - self.size - 10 - _RIGHT

    @property
    def extent(self) -> float:
        """Room for the numbers on the axis."""
        return 10 + max(24, _style.text_width(grouped(self.ends[1], 0), self.size))

    @cached_property
    def points(self) -> list[dict[str, Any]]:
        """Every statement, those that differ last, so that they lie on top."""
        order = list(VERDICT_MARKS)
        found = [
            {
                "claim_id": row.claim_id,
                "printed": float(printed_number(row.printed)),
                "as_printed": row.printed if row.hedge == "exact" else f"{row.hedge} {row.printed}",
                "lower": row.recomputed_lower,
                "upper": row.recomputed_upper,
                "verdict": row.verdict,
                "diagnosis": row.diagnosis,
                "source_id": row.source_id,
            }
            for row in rows(self.frame)
        ]
        return sorted(found, key=lambda it: (order.index(it["verdict"]), it["claim_id"]))

    @cached_property
    def numbers(self) -> list[float]:
        """Every end that a range has, and every printed number."""
        ends = [it[name] for it in self.points for name in ("printed", "lower", "upper")]
        return [end for end in ends if math.isfinite(end)]

    @cached_property
    def fine(self) -> float:
        """Where the logarithmic scale begins; 0 where the scale is plain."""
        sizes = sorted(abs(number) for number in self.numbers if number)
        if not sizes or sizes[-1] < _WIDE * sizes[len(sizes) // 4]:
            return 0.0
        return float(10 ** math.floor(math.log10(sizes[len(sizes) // 4])))

    @cached_property
    def ends(self) -> tuple[float, float]:
        """Of both axes."""
        low, high = min(0.0, *self.numbers), max(self.numbers)
        beyond = 1.6 if self.fine else _BEYOND
        return low * beyond, high * beyond

    @property
    def has_ranges(self) -> bool:
        """Whether anything is known within bounds only."""
        return any(it["lower"] != it["upper"] for it in self.points)

    @cached_property
    def labels(self) -> list[dict[str, Any]]:
        """Names of the statements that differ, one for those at the same place."""
        together: dict[tuple[float, float], list[str]] = {}
        for it in self.points:
            if it["verdict"] == "differs":
                together.setdefault((it["printed"], it["lower"]), []).append(it["claim_id"])
        return [
            {
                "printed": x,
                "lower": y,
                "claim_ids": ids,
                "label": ids[0] + (f" and {len(ids) - 1} more" if ids[1:] else ""),
            }
            for (x, y), ids in together.items()
        ]

    @cached_property
    def named(self) -> list[dict[str, Any]]:
        """The labels there is room for, each with its place."""
        spots = [self.pixels(it["printed"], it["lower"]) for it in self.labels]
        every = [self.pixels(it["printed"], it["lower"]) for it in self.points]
        found = placed(
            [Label(*spot, it["label"]) for spot, it in zip(spots, self.labels, strict=True)],
            every,
            size=self.size,
            width=self.plot_width,
            height=self.height,
        )
        return [
            it | place._asdict() | self._beside(*spot, place)
            for it, spot, place in zip(self.labels, spots, found, strict=True)
            if place is not None
        ]

    @property
    def unlabelled(self) -> list[str]:
        """Differing statements whose ids stand nowhere in the picture."""
        shown = {it["claim_ids"][0] for it in self.named}
        return sorted({i for it in self.labels for i in it["claim_ids"]} - shown)

    def pixels(self, printed: float, recomputed: float) -> tuple[float, float]:
        """Return where two numbers are, in pixels from the top left."""
        low, high = (self._along(end) for end in self.ends)
        across, up = ((self._along(x) - low) / (high - low) for x in (printed, recomputed))
        return self.plot_width * across, self.height * (1 - up)

    def _along(self, number: float) -> float:
        if not self.fine:
            return number
        return math.copysign(math.log1p(abs(number) / self.fine), number)

    def _beside(self, x: float, y: float, place: Place) -> dict[str, float]:
        """Return the numbers at the near end of a label, for a line that leads there."""
        low, high = (self._along(end) for end in self.ends)
        across = (x + place.dx * 0.8) / self.plot_width
        up = 1 - (y + place.dy * 0.8) / self.height
        found = (self._back(low + part * (high - low)) for part in (across, up))
        return dict(zip(("to_printed", "to_lower"), found, strict=True))

    def _back(self, along: float) -> float:
        if not self.fine:
            return along
        return math.copysign(self.fine * math.expm1(abs(along)), along)

    def ticks(self, *, across: bool) -> list[float]:
        """Return round numbers on an axis, so far apart that none touches the next."""
        room = 26.0 if not across else 12 + _style.text_width(grouped(self.ends[1], 0), self.size)
        kept: list[float] = []
        for tick in sorted(self._round(), key=_roundness):
            places = [self.pixels(other, other)[not across] for other in (tick, *kept)]
            if all(abs(places[0] - other) >= room for other in places[1:]):
                kept.append(tick)
        return sorted(kept)

    def _round(self) -> list[float]:
        start = round(math.log10(self.fine))
        steps = [m * 10.0**power for power in range(start, start + 7) for m in (1, 2, 5)]
        low, high = self.ends
        return [tick for tick in (0.0, *steps, *(-step for step in steps)) if low <= tick <= high]


def _roundness(tick: float) -> tuple[bool, int, float]:
    """Return what comes first of two ticks too near each other: 0, then 1, 5 and 2."""
    first = f"{abs(tick):e}"[0]
    return tick != 0, "152".find(first), abs(tick)
