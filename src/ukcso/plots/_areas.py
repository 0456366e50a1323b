"""What ranking, funnel and tile map share: the rows of an area table, and their words."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from ukcso._rules import several
from ukcso.areas import find_area
from ukcso.datasets import metadata, pinned, rows
from ukcso.errors import InvalidInputError
from ukcso.evidence import FEW_RESIDENTS
from ukcso.outputs import (
    AreaAsked,
    capital,
    counted_in,
    digits,
    frame_of,
    has_sets,
    joined,
    number_of,
    per_residents,
    rank_in_words,
    require_options,
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
    has_sets
        Whether ranks have their confidence sets, without which none is shown.
    missing
        The others.
    width, given
        Of the picture; the title that a caller wants instead of the one made.
    unit, per
        What is counted, as a word that begins a line; the title of an axis of rates.
    places
        How many decimals its rates are written with.

    Raises
    ------
    InvalidInputError
        No area has a rate, or one of `areas` or `highlight` is not in the table; an
        option is unknown.
    UnknownAreaError
        A name is none.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - what the three pictures take
        self,
        picture: str,
        measure_or_code: str | int | pd.DataFrame,
        period: Period | str | None,
        highlight: str | Sequence[str] | None,
        areas: Sequence[str] | None,
        width: float,
        title: str | None,
        asked: AreaAsked,
    ) -> None:
        require_options(f"plots.{picture}", "area_table", asked)
        self.given = title
        self.width = _style.require_width(width)
        with warnings.catch_warnings():
            # The picture leaves it out and says so below.
            warnings.filterwarnings("ignore", message=".*City of London")
            frame = frame_of("area_table", measure_or_code, period, **asked)
        self.origin = frame.attrs["ukcso"]
        if areas is not None:
            frame = frame[frame["area_id"].isin(ids_of(frame, areas))]
        marked = frame["area_id"].isin(ids_of(frame, highlight, "highlight"))
        self.frame = frame.assign(highlighted=marked)
        drawable = frame["rate"].notna() & (frame["area_id"] != FEW_RESIDENTS)
        if not drawable.any():
            msg = "nothing to show: no area has both a figure and a population"
            raise InvalidInputError(msg + self._lacking(frame))
        blank = frame.loc[marked & ~drawable, "name"]
        if len(blank) and picture != "tile_map":  # where each area has its tile
            msg = f"highlight must have a rate to draw; {blank.iloc[0]} has none"
            raise InvalidInputError(msg)
        self.missing = self.frame[~drawable]
        self.shown = self.frame[drawable].sort_values(
            ["rate", "name"], ascending=[False, True], kind="stable", ignore_index=True
        )
        self.why_not_ranked = str(self.origin.get("why_not_ranked", ""))
        self.has_sets = has_sets(frame)
        if self.has_sets:
            ranks = [rank_in_words(row) for row in rows(self.shown)]
            self.shown = self.shown.assign(rank_words=ranks)
        self.title, counted = counted_in(frame)
        self.unit = capital(counted or "per cent")
        self.per = capital(per_residents(frame))
        self.places = digits(self.shown["rate"])

    def _lacking(self, frame: pd.DataFrame) -> str:
        """Say what areas without any rate lack, and until when there are residents."""
        reasons = frame["why_not_rate"].dropna().unique()
        if not {"no_estimate", "other_basis"} & {*reasons}:
            return ""
        with pinned(**self.origin["datasets"]):
            reach = metadata("population").covers
        missing = joined([_WHY_NOT[reason] for reason in reasons if reason in _WHY_NOT])
        newer = "pinned(population=...) and --with population=FILE take newer ones"
        return f" ({missing}: population covers {reach}; {newer})"

    def tips(self) -> list[Any]:
        """Return tooltips of all that the table says of an area's rate."""
        number = f",.{self.places}f"
        return tips(
            ("name", "Area", ""),
            *([("rank_words", "Rank", "")] if self.has_sets else []),
            ("rate", self.per, number),
            ("lower", "Lower", number),
            ("upper", "Upper", number),
            ("count", self.unit, ","),
            ("population", "Residents", ","),
        )

    def number(self, value: float) -> str:
        """Write a rate."""
        return grouped(value, self.places)

    def finished(
        self,
        plot: Any,
        kind: str,
        *,
        subtitle: str = "",
        notes: Sequence[str] = (),
        facts: Sequence[str] = (),
    ) -> OfflineChart:
        """Put words around a plot: what one kind of picture adds to what all have."""
        return finished(
            plot,
            self.frame,
            self.width,
            given=self.given,
            title=f"{self.title}, {kind_of(self.frame)}, {self.origin['period']}",
            subtitle=f"{self.unit} {per_residents(self.frame)}{subtitle}",
            notes=[*notes, *self._missing()],
            facts=[f"{kind}.", *self._facts(), *facts],
        )

    def _missing(self) -> list[str]:
        """Say which areas have no rate, and why."""
        few = self.missing["area_id"] == FEW_RESIDENTS
        reasons = self.missing.loc[~few, "why_not_rate"].map(_WHY_NOT)
        notes = [
            f"Not shown, for there is {reason}: {joined(sorted(names))}."
            for reason, names in self.missing["name"].groupby(reasons)
        ]
        return notes + [
            f"{name} is left out: few people live there, so its rate says nothing."
            for name in self.missing.loc[few, "name"]
        ]

    def _facts(self) -> list[str]:
        """Say how many areas are drawn, which is highest and lowest, and what stands out."""
        ordered = list(rows(self.shown))
        marked = [("Highlighted", row) for row in ordered if row.highlighted]
        facts = [f"{len(ordered)} of {number_of(len(self.frame), 'area')} drawn."]
        for word, row in [("Highest", ordered[0]), ("Lowest", ordered[-1]), *marked]:
            rate, lower, upper = map(self.number, (row.rate, row.lower, row.upper))
            rank = f", {row.rank_words}" if self.has_sets else ""
            facts.append(f"{word}: {row.name}, {rate} (interval {lower} to {upper}){rank}.")
        if pooled := self.origin.get("pooled_rate"):
            facts.append(f"Pooled rate: {self.number(pooled)}.")
        return facts


def kind_of(frame: pd.DataFrame) -> str:
    """Return the plural of what the areas of a table are."""
    with pinned(**frame.attrs["ukcso"]["datasets"]):
        kind = find_area(frame["area_id"].iloc[0]).kind
    return _KINDS.get(kind, kind.replace("_", " ") + "s")


def ids_of(
    frame: pd.DataFrame, names: str | Sequence[str] | None, argument: str = "areas"
) -> set[str]:
    """Return the ids of areas that must be in the table."""
    origin = frame.attrs["ukcso"]
    wanted = several(argument, () if names is None else names)
    with pinned(**origin["datasets"]):
        areas = [find_area(name, kind=origin["kind"]) for name in wanted]
    there = set(frame["area_id"])
    for area in areas:
        if area.area_id not in there:
            msg = f"{argument} must be among the areas of the table; {area.name} is not"
            raise InvalidInputError(msg)
    return {area.area_id for area in areas}
