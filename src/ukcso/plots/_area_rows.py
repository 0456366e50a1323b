"""The rows of an area table that a picture shows, and words for those it does not."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from ukcso.areas import find_area
from ukcso.datasets import pinned, rows
from ukcso.errors import InvalidInputError
from ukcso.evidence import FEW_RESIDENTS
from ukcso.outputs import AreaAsked, caveats, frame_of
from ukcso.plots import _words
from ukcso.printed import grouped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ukcso.periods import Period

_KINDS = {
    "police_force_area": "police force areas",
    "non_territorial_force": "non-territorial forces",
    "country_group": "groups of countries",
    "crown_dependency": "crown dependencies",
    "group": "groups of areas",
}


@dataclass(frozen=True)
class Areas:
    """
    An area table, split into what is drawn and what is not.

    Attributes
    ----------
    shown
        Rows with a rate, best rank first, by name among equals.
    highlighted
        Ids of the areas to stand out.
    """

    frame: pd.DataFrame
    shown: pd.DataFrame
    highlighted: frozenset[str]

    @property
    def told(self) -> Any:
        """What the table says of itself."""
        return _words.told(self.frame)

    @property
    def places(self) -> int:
        """How many decimals its rates are told with."""
        return _words.digits(self.shown["rate"])

    @property
    def kind(self) -> str:
        """What the areas are, in words."""
        with pinned(**self.told["datasets"]):
            kind = find_area(self.frame["area_id"].iloc[0]).kind
        return _KINDS.get(kind, f"{kind}s")

    def title(self) -> str:
        """Word measure, place and period."""
        what, period = _words.measured(self.frame).title, self.told["period"]
        return f"{what}, {self.kind}, {period}"

    def unit(self) -> str:
        """Word what is counted, per whom."""
        return f"{_words.measured(self.frame).unit} {_words.per_residents(self.frame)}"

    def number(self, value: float) -> str:
        """Write a rate."""
        return grouped(value, self.places)

    def missing(self) -> list[str]:
        """Say which areas have no rate, and why."""
        rest = self.frame[~self.frame["area_id"].isin(self.shown["area_id"])]
        few = rest["area_id"] == FEW_RESIDENTS
        uncounted = rest["count"].isna()
        why = {
            "no figure": rest.loc[uncounted & ~few, "name"],
            "no population estimate": rest.loc[~uncounted & ~few, "name"],
        }
        notes = [
            f"Not shown, for there is {reason}: {_words.joined(sorted(names))}."
            for reason, names in why.items()
            if len(names)
        ]
        if few.any():
            name = rest.loc[few, "name"].iloc[0]
            notes.append(f"{name} is left out: few people live there, so its rate says nothing.")
        return notes

    def require_drawn(self) -> None:
        """
        Refuse to point out what is not there.

        Raises
        ------
        InvalidInputError
            A highlighted area has no rate to draw.
        """
        drawn = set(self.shown["area_id"])
        for row in rows(self.frame):
            if row.area_id in self.highlighted and row.area_id not in drawn:
                msg = f"highlight must have a rate to draw; {row.name} has none"
                raise InvalidInputError(msg)

    def caveats(self) -> list[str]:
        """Say what a reader must know of the counts."""
        recorded = [_words.RECORDED] if _words.measured(self.frame).is_recorded else []
        return [*caveats(self.frame), *recorded]

    def facts(self) -> list[str]:
        """Say how many areas are drawn, which is highest and lowest, and what stands out."""
        first, last = self.shown.iloc[0], self.shown.iloc[-1]
        marked = [row for row in rows(self.shown) if row.area_id in self.highlighted]
        return [
            f"{len(self.shown)} of {_words.counted(len(self.frame), 'area')} drawn.",
            f"Highest: {first['name']}, {self._with_interval(first)}.",
            f"Lowest: {last['name']}, {self._with_interval(last)}.",
            *(f"Highlighted: {row.name}, {self._with_interval(row)}." for row in marked),
            f"Pooled rate: {self.number(self.told['pooled_rate'])}.",
        ]

    def _with_interval(self, row: Any) -> str:
        ends = f"{self.number(row.lower)} to {self.number(row.upper)}"
        return f"{self.number(row.rate)} (interval {ends})"


def areas_of(
    measure_or_code: str | pd.DataFrame,
    period: Period | str | None,
    highlight: str | Sequence[str] | None,
    asked: AreaAsked,
) -> Areas:
    """
    Return the areas to draw.

    Raises
    ------
    InvalidInputError
        No area has a rate, or a highlighted one is not among them.
    UnknownAreaError
        A highlighted name is none.
    """
    with warnings.catch_warnings():
        # The picture leaves it out and says so below.
        warnings.filterwarnings("ignore", message="City of London")
        frame = frame_of("area_table", measure_or_code, period, **asked)
    ranked = frame[frame["rank"].notna()]
    if ranked.empty or "pooled_rate" not in _words.told(frame):
        msg = "nothing to show: no area has both a figure and a population"
        raise InvalidInputError(msg)
    shown = ranked.sort_values(["rank", "name"], kind="stable", ignore_index=True)
    return Areas(frame, shown, _highlighted(frame, highlight))


def _highlighted(frame: pd.DataFrame, highlight: str | Sequence[str] | None) -> frozenset[str]:
    asked = [highlight] if isinstance(highlight, str) else list(highlight or [])
    with pinned(**_words.told(frame)["datasets"]):
        found = [find_area(name) for name in asked]
    there = set(frame["area_id"])
    for area in found:
        if area.area_id not in there:
            msg = f"highlight must be among the areas of the table; {area.name} is not"
            raise InvalidInputError(msg)
    return frozenset(area.area_id for area in found)
