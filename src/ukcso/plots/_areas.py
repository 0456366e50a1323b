"""What ranking, funnel and tile map share: the rows of an area table, and their words."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

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
)
from ukcso.plots import _style
from ukcso.plots._chart import Words, finished, tips
from ukcso.printed import grouped

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ukcso.periods import Period
    from ukcso.plots._offline import OfflineChart

_KINDS = {
    "police_force_area": "police force areas",
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


class Picture(NamedTuple):
    """What one kind of picture adds to what all have."""

    plot: Any
    kind: str
    subtitle: str = ""
    notes: Sequence[str] = ()
    facts: Sequence[str] = ()


@dataclass(frozen=True)
class Areas:
    """
    An area table, split into what is drawn and what is not.

    Attributes
    ----------
    frame
        All its rows.
    shown
        Those with a rate, highest first, by name among equals; the column `highlighted`
        says which stand out.
    """

    frame: pd.DataFrame
    shown: pd.DataFrame
    highlighted: frozenset[str]

    @property
    def origin(self) -> Any:
        """What the table says of itself."""
        return self.frame.attrs["ukcso"]

    @property
    def why_not_ranked(self) -> str:
        """Why there are no ranks and no funnel; empty where there are."""
        return str(self.origin.get("why_not_ranked", ""))

    @property
    def places(self) -> int:
        """How many decimals its rates are written with."""
        return digits(self.shown["rate"])

    @property
    def kind(self) -> str:
        """What the areas are, in words."""
        with pinned(**self.origin["datasets"]):
            kind = find_area(self.frame["area_id"].iloc[0]).kind
        return _KINDS.get(kind, f"{kind}s")

    @property
    def unit(self) -> str:
        """What is counted, as a word that begins a line."""
        return capital(counted_in(self.frame)[1] or "per cent")

    @property
    def per(self) -> str:
        """The denominator, as the title of an axis."""
        return per_residents(self.frame).capitalize()

    def tips(self, *more: str) -> list[Any]:
        """Return tooltips with the rate, the count and the population of an area."""
        number = f",.{self.places}f"
        headings: dict[str, str | tuple[str, str]] = {
            "name": "Area",
            "rank": ("Rank", ","),
            "rate": (self.per, number),
            "lower": ("Lower", number),
            "upper": ("Upper", number),
            "count": (self.unit, ","),
            "population": ("Residents", ","),
            "position": "Position",
        }
        wanted = {"name", "rate", "count", "population", *more}
        return tips({name: it for name, it in headings.items() if name in wanted})

    def number(self, value: float) -> str:
        """Write a rate."""
        return grouped(value, self.places)

    def missing(self) -> list[str]:
        """Say which areas have no rate, and why."""
        rest = self.frame[~self.frame["area_id"].isin(self.shown["area_id"])]
        few = rest["area_id"] == FEW_RESIDENTS
        reasons = rest.loc[~few, "why_not_rate"].map(_WHY_NOT)
        notes = [
            f"Not shown, for there is {reason}: {joined(sorted(names))}."
            for reason, names in rest["name"].groupby(reasons)
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
        blank = self.highlighted - set(self.shown["area_id"])
        for name in self.frame.loc[self.frame["area_id"].isin(blank), "name"]:
            msg = f"highlight must have a rate to draw; {name} has none"
            raise InvalidInputError(msg)

    def facts(self) -> list[str]:
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


def areas_chart(  # noqa: PLR0913, PLR0917 - what the three pictures take
    draw: Callable[[Areas, float], Picture],
    measure_or_code: str | int | pd.DataFrame,
    period: Period | str | None,
    highlight: str | Sequence[str] | None,
    areas: Sequence[str] | None,
    width: float,
    asked: AreaAsked,
) -> OfflineChart:
    """
    Draw areas, with title, notes and source line.

    Raises
    ------
    InvalidInputError
        No area has a rate, or one of `areas` or `highlight` is not in the table.
    UnknownAreaError
        A name is none.
    """
    whole = _style.require_width(width)
    with warnings.catch_warnings():
        # The picture leaves it out and says so below.
        warnings.filterwarnings("ignore", message="City of London")
        frame = frame_of("area_table", measure_or_code, period, **asked)
    if areas is not None:
        wanted = frame["area_id"].isin(_ids(frame, areas, "areas"))
        frame, origin = frame[wanted], frame.attrs
        frame.attrs = origin
    drawable = frame["rate"].notna() & (frame["area_id"] != FEW_RESIDENTS)
    if not drawable.any():
        msg = "nothing to show: no area has both a figure and a population"
        raise InvalidInputError(msg)
    highlighted = _ids(frame, highlight, "highlight")
    shown = frame[drawable].sort_values(
        ["rate", "name"], ascending=[False, True], kind="stable", ignore_index=True
    )
    shown["highlighted"] = shown["area_id"].isin(highlighted)
    table = Areas(frame, shown, highlighted)
    picture = draw(table, whole)
    recorded = table.unit.endswith("recorded")
    words = Words(
        title=f"{counted_in(frame)[0]}, {table.kind}, {table.origin['period']}",
        subtitle=f"{table.unit} {per_residents(frame)}{picture.subtitle}",
        notes=[
            *picture.notes,
            *table.missing(),
            *caveats(frame),
            *([RECORDED] if recorded else []),
        ],
        facts=[f"{picture.kind}.", *table.facts(), *picture.facts],
    )
    return finished(picture.plot, words, frame, whole)


def _ids(frame: pd.DataFrame, names: str | Sequence[str] | None, argument: str) -> frozenset[str]:
    """Return the ids of areas that must be in the table."""
    with pinned(**frame.attrs["ukcso"]["datasets"]):
        areas = [find_area(name) for name in ([names] if isinstance(names, str) else names or ())]
    there = set(frame["area_id"])
    for area in areas:
        if area.area_id not in there:
            msg = f"{argument} must be among the areas of the table; {area.name} is not"
            raise InvalidInputError(msg)
    return frozenset(area.area_id for area in areas)
