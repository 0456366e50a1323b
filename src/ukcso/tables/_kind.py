"""How a kind of table becomes one: its record, and what kinds share."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ukcso.datasets import pinned, rows
from ukcso.errors import InvalidInputError, refusal
from ukcso.outputs import (
    Stamp,
    caveats,
    left_out,
    percent,
    recipe_of,
    residents,
    settings,
    source_notes,
    unit_of,
)
from ukcso.tables._cells import Cell, number, rate_cell
from ukcso.tables._presentation import Presentation
from ukcso.tables._table import Column, Table


def rate_column(per: float, level: float, people: str = "") -> Column:
    """Return the column of rates with their intervals."""
    whom = f"{per:,.0f} {people}".rstrip()
    heading = f"Rate per {whom}, {percent(level)} interval"
    return Column(heading, ("rate", "rate_lower", "rate_upper"), "interval")


def rate_columns(
    residents: str, per: float, level: float, decimals: int, people: str = ""
) -> Columns:
    """Return the columns of residents, with their heading, and of rates."""
    return {
        Column(residents, ("population",)): lambda row: number(row.population, 0, row.no_people),
        rate_column(per, level, people): lambda row: rate_cell(row, decimals),
    }


def of_chance(level: float) -> str:
    """Say what the intervals of a table are."""
    return f"Intervals are {percent(level)} and those of chance alone (Poisson)."


def promising_rates(caption: str, shown: pd.DataFrame) -> str:
    """Return a caption that promises rates where there are some to be seen."""
    _, ages, per, _ = settings(shown)
    has_rates = shown.loc[~shown["withheld"], "rate"].notna().any()
    return f"{caption}, with rates per {per:,.0f} {residents(ages)}" if has_rates else caption


def common_notes(frame: pd.DataFrame, recorded: str) -> list[str]:
    """Say how to read counts and rates, what holds throughout, and which releases are left out."""
    of, _, _, level = settings(frame)
    recorded_only = [recorded] if unit_of(of) == "offences" else []
    return [*recorded_only, of_chance(level), *caveats(frame), *left_out(frame)]


#: Columns, each with what makes its cell of a row.
Columns = dict[Column, Callable[[Any], Cell]]
#: What a kind of table makes of a frame: caption, columns, what they are made of, how to read them.
Content = tuple[str, Columns, pd.DataFrame, Sequence[str]]


def filled(columns: Columns, shown: pd.DataFrame) -> tuple[tuple[Cell, ...], ...]:
    """Return the rows of a table."""
    return tuple(tuple(cell(row) for cell in columns.values()) for row in rows(shown))


def chosen(
    frame: pd.DataFrame, column: str, names: Sequence[str] | None, argument: str
) -> pd.DataFrame:
    """
    Return the rows of some names in a column, in their order; all where there are no names.

    Raises
    ------
    InvalidInputError
        A name that no row has, or that is there twice.
    """
    if names is None:
        return frame
    places = {name: place for place, name in enumerate(frame[column])}
    for name in names:
        if name not in places or names.count(name) > 1:
            raise refusal(name, argument, f"{argument} of the table, each once")
    return frame.iloc[[places[name] for name in names]]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of table: all that a table is made from, and made again from."""

    #: Its name, and that of the function in `ukcso.tables`.
    name: str
    #: The function whose frame it shows.
    function: str
    #: Makes the content of the rows chosen.
    describe: Callable[[pd.DataFrame, Presentation], Content]
    #: Chooses rows of the frame; its keyword arguments are options of the table.
    choose: Callable[..., pd.DataFrame] = lambda frame: frame
    #: Which cells tell its rows apart.
    keys: tuple[int, ...] = (0,)

    @property
    def options(self) -> list[str]:
        """Names of the arguments that choose rows."""
        return list(inspect.signature(self.choose).parameters)[1:]

    def table(
        self,
        frame: pd.DataFrame,
        caption: str | None = None,
        presentation: Presentation = Presentation(),  # noqa: B008 - it is frozen
        **options: Any,
    ) -> Table:
        """
        Return the table of a frame, stamped with what it takes to make it again.

        Names, titles and breaks are looked up in the versions that the frame is from, and
        the datasets that hold them are part of the stamp. A frame of somebody's own that
        cannot be made again gets neither datasets nor sources.
        """
        recipe = recipe_of(frame)
        given = {name: value for name, value in options.items() if value is not None}
        with pinned(**recipe.datasets):
            with pinned() as used:
                chosen_rows = self.choose(frame, **given)
                try:
                    own_caption, columns, shown, notes = self.describe(chosen_rows, presentation)
                    cells = filled(columns, shown)
                except KeyError as error:
                    if not recipe.is_of_own_frame:
                        raise
                    msg = f"the frame must have every column of {self.function}; it lacks {error}"
                    raise InvalidInputError(msg) from None
            sources = tuple(source_notes(chosen_rows))
        arguments = {**recipe.arguments, **given, **presentation.options}
        datasets = {} if recipe.is_of_own_frame else {**used, **recipe.datasets}
        stamp = Stamp(self.name, arguments, len(cells), dict(sorted(datasets.items())), recipe.own)
        shown_caption = own_caption if caption is None else caption
        return Table(shown_caption, tuple(columns), cells, tuple(notes), sources, stamp)
