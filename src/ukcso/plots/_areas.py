"""What ranking, funnel and tile map share: the rows of an area table, and their words."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from ukcso.areas import find_area
from ukcso.datasets import pinned, rows
from ukcso.errors import InvalidInputError
from ukcso.evidence import FEW_RESIDENTS
from ukcso.outputs import (
    RECORDED,
    AreaAsked,
    capital,
    caveats,
    counted_in,
    digits,
    frame_of,
    joined,
    number_of,
    per_residents,
    several,
)
from ukcso.plots import _style
from ukcso.plots._chart import finished, tips
from ukcso.printed import grouped

if TYPE_CHECKING:
    from ukcso.periods import Period
    from ukcso.plots._offline import OfflineChart

#: Kinds of area whose plural is not their name and an s.
_KINDS = {
    "non_territorial_force": "non-territorial forces",
    "country_group": "groups of countries",
    "crown_dependency": "crown dependencies",
    "group": "groups of areas",
}
#: What is missing, by the word of the column `why_not_rate`.
_WHY_NOT = {
    "incomplete": "no count of every quarter",
    "no_count": "no figure",
    "no_estimate": "no population estimate",
    "other_basis": "a population estimate on another census basis only",
}


class Areas:
    """
    An area table, split into what is drawn and what is not.

    Attributes
    ----------
    frame
        All its rows, or those of the areas asked for.
    shown
        Those with a rate, highest first, by name among equals; the column `highlighted`
        says which stand out.
    origin
        What the table says of itself.
    why_not_ranked
        Why there are no ranks and no funnel; empty where there are.
    unit, per
        What is counted, as a word that begins a line; the title of an axis of rates.
    places
        How many decimals its rates are written with.

    Raises
    ------
    InvalidInputError
        No area has a rate, or one of `areas` or `highlight` is not in the table.
    UnknownAreaError
        A name is none.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - what the three pictures take
        self,
        measure_or_code: str | int | pd.DataFrame,
        period: Period | str | None,
        highlight: str | Sequence[str] | None,
        areas: Sequence[str] | None,
        width: float,
        asked: AreaAsked,
    ) -> None:
        self.width = _style.require_width(width)
        with warnings.catch_warnings():
            # The picture leaves it out and says so below.
            warnings.filterwarnings("ignore", message=".*City of London")
            frame = frame_of("area_table", measure_or_code, period, **asked)
        if areas is not None:
            frame = frame[frame["area_id"].isin(_ids(frame, areas, "areas"))]
        drawable = frame["rate"].notna() & (frame["area_id"] != FEW_RESIDENTS)
        if not drawable.any():
            msg = "nothing to show: no area has both a figure and a population"
            raise InvalidInputError(msg)
        self.frame = frame.assign(
            highlighted=frame["area_id"].isin(_ids(frame, highlight, "highlight"))
        )
        self.shown = self.frame[drawable].sort_values(
            ["rate", "name"], ascending=[False, True], kind="stable", ignore_index=True
        )
        self.origin = frame.attrs["ukcso"]
        self.why_not_ranked = str(self.origin.get("why_not_ranked", ""))
        self.title, counted = counted_in(frame)
        self.unit = capital(counted or "per cent")
        self.per = per_residents(frame).capitalize()
        self.places = digits(self.shown["rate"])

    def tips(self, *more: str) -> list[Any]:
        """Return tooltips with the rate, the count and the population of an area."""
        number = f",.{self.places}f"
        headings = [
            ("name", "Area", ""),
            ("rank", "Rank", ","),
            ("rate", self.per, number),
            ("lower", "Lower", number),
            ("upper", "Upper", number),
            ("count", self.unit, ","),
            ("population", "Residents", ","),
            ("position", "Position", ""),
        ]
        wanted = {"name", "rate", "count", "population", *more}
        return tips(*(heading for heading in headings if heading[0] in wanted))

    def number(self, value: float) -> str:
        """Write a rate."""
        return grouped(value, self.places)

    def require_drawn(self) -> None:
        """
        Refuse to point out what is not there.

        Raises
        ------
        InvalidInputError
            A highlighted area has no rate to draw.
        """
        blank = self.frame["highlighted"] & ~self.frame["area_id"].isin(self.shown["area_id"])
        for name in self.frame.loc[blank, "name"]:
            msg = f"highlight must have a rate to draw; {name} has none"
            raise InvalidInputError(msg)

    def finished(
        self,
        plot: Any,
        kind: str,
        subtitle: str = "",
        notes: Sequence[str] = (),
        facts: Sequence[str] = (),
    ) -> OfflineChart:
        """Put words around a plot: what one kind of picture adds to what all have."""
        with pinned(**self.origin["datasets"]):
            area = find_area(self.frame["area_id"].iloc[0]).kind
        areas = _KINDS.get(area, area.replace("_", " ") + "s")
        recorded = [RECORDED] if self.unit.endswith("recorded") else []
        return finished(
            plot,
            self.frame,
            self.width,
            title=f"{self.title}, {areas}, {self.origin['period']}",
            subtitle=f"{self.unit} {per_residents(self.frame)}{subtitle}",
            notes=[*notes, *self._missing(), *caveats(self.frame), *recorded],
            facts=[f"{kind}.", *self._facts(), *facts],
        )

    def _missing(self) -> list[str]:
        """Say which areas have no rate, and why."""
        rest = self.frame[~self.frame["area_id"].isin(self.shown["area_id"])]
        few = rest["area_id"] == FEW_RESIDENTS
        reasons = rest.loc[~few, "why_not_rate"].map(_WHY_NOT)
        notes = [
            f"Not shown, for there is {reason}: {joined(sorted(names))}."
            for reason, names in rest["name"].groupby(reasons)
        ]
        return notes + [
            f"{name} is left out: few people live there, so its rate says nothing."
            for name in rest.loc[few, "name"]
        ]

    def _facts(self) -> list[str]:
        """Say how many areas are drawn, which is highest and lowest, and what stands out."""
        ordered = list(rows(self.shown))
        marked = [("Highlighted", row) for row in ordered if row.highlighted]
        named = [("Highest", ordered[0]), ("Lowest", ordered[-1]), *marked]
        pooled = self.origin.get("pooled_rate")
        return [
            f"{len(self.shown)} of {number_of(len(self.frame), 'area')} drawn.",
            *(
                f"{word}: {row.name}, {self.number(row.rate)} (interval "
                f"{self.number(row.lower)} to {self.number(row.upper)})."
                for word, row in named
            ),
            *([f"Pooled rate: {self.number(pooled)}."] if pooled else []),
        ]


def _ids(frame: pd.DataFrame, names: str | Sequence[str] | None, argument: str) -> set[str]:
    """Return the ids of areas that must be in the table."""
    with pinned(**frame.attrs["ukcso"]["datasets"]):
        areas = [find_area(name) for name in several(argument, () if names is None else names)]
    there = set(frame["area_id"])
    for area in areas:
        if area.area_id not in there:
            msg = f"{argument} must be among the areas of the table; {area.name} is not"
            raise InvalidInputError(msg)
    return {area.area_id for area in areas}
