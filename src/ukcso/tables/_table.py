"""A publication table, and how a kind of table becomes one."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from ukcso.datasets import pinned
from ukcso.errors import InvalidInputError
from ukcso.outputs import Stamp, ending_of, percent, recipe_of, source_notes, write_whole
from ukcso.tables import _html, _latex, _text
from ukcso.tables._cells import marks
from ukcso.tables._presentation import Presentation

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import pandas as pd

    from ukcso.outputs import Recipe
    from ukcso.tables._cells import Cell


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading with the unit, and what a program calls it."""

    heading: str
    #: snake_case; an interval has three.
    names: tuple[str, ...]
    kind: Literal["words", "number", "interval"] = "number"
    #: Share of the line that a column of long texts takes where lines have a width.
    width: float | None = None


def rate_column(per: float, level: float, people: str = "") -> Column:
    """Return the column of rates with their intervals."""
    whom = f"{per:,.0f} {people}".rstrip()
    heading = f"Rate per {whom}, {percent(level)} interval"
    return Column(heading, ("rate", "rate_lower", "rate_upper"), "interval")


def of_chance(level: float) -> str:
    """Say what the intervals of a table are."""
    return f"Intervals are {percent(level)} and those of chance alone (Poisson)."


@dataclass(frozen=True, slots=True)
class Content:
    """What a kind of table makes of a frame."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    #: How to read the table.
    notes: tuple[str, ...]
    #: The rows shown, for the sources behind them.
    frame: pd.DataFrame


@dataclass(frozen=True, slots=True)
class Table:
    """
    A publication table: caption, columns, rows, footnotes, sources, stamp.

    Made by the functions of `ukcso.tables`. All formats say the same numbers, rounded
    once.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    #: How to read the table.
    notes: tuple[str, ...]
    #: Every release and source behind the rows.
    sources: tuple[str, ...]
    stamp: Stamp

    @property
    def footnotes(self) -> dict[str, str]:
        """The text of every footnote by its letter."""
        return {mark: text for text, mark in marks(self.rows).items()}

    def to_html(self, *, document: bool = False) -> str:
        """
        Return an HTML fragment with its own style, which goes into a page in UTF-8.

        Parameters
        ----------
        document
            Whether to return a whole page, which says its character set.
        """
        return _html.html(self, document=document)

    def to_latex(self, *, label: str | None = None, document: bool = False) -> str:
        r"""
        Return a LaTeX table that needs booktabs; one taller than a page also longtable.

        Parameters
        ----------
        label
            For ``\ref``, beside the caption.
        document
            Whether to put it into a document that can be compiled alone.

        Raises
        ------
        InvalidInputError
            A label with signs that TeX would not take.
        """
        return _latex.latex(self, label=label, document=document)

    def to_markdown(self) -> str:
        """Return a Markdown pipe table, caption above and notes below it."""
        return _text.markdown(self)

    def to_csv(self) -> str:
        """
        Return comma-separated values for programs: no marks, no thousands separators.

        An interval is three columns, missing and withheld are empty, and the last column
        holds the footnotes of each row, or says "Withheld." Text that a spreadsheet would
        run as a formula begins with an apostrophe. Sources and stamp are in the other
        formats only.
        """
        return _text.csv(self)

    def to_json(self) -> str:
        """
        Return the rows as a JSON array of objects: what `to_csv` has, numbers as numbers.

        Missing and withheld are null; "notes" holds the footnotes of the row.
        """
        return _text.json(self)

    def save(self, path: str | Path) -> Path:
        """
        Write the table in the format that the file's ending names, whole or not at all.

        Parameters
        ----------
        path
            Ends in .html, .tex, .md, .csv or .json, whatever the case. An .html is a
            whole page; a file that is there is replaced once the new one is complete.

        Returns
        -------
        Path
            The file.

        Raises
        ------
        InvalidInputError
            Another ending, or a place that cannot be written to.
        """
        file = Path(path)
        writers: dict[str, Callable[[], str]] = {
            ".html": lambda: self.to_html(document=True),
            ".tex": self.to_latex,
            ".md": self.to_markdown,
            ".csv": self.to_csv,
            ".json": self.to_json,
        }
        write_whole(file, writers[ending_of(file, writers)]())
        return file

    def __str__(self) -> str:
        return self.to_markdown()

    def _repr_html_(self) -> str:
        return self.to_html()


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
            msg = f"{argument} must be {argument} of the table, each once; got {name!r}"
            raise InvalidInputError(msg)
    return frame.iloc[[places[name] for name in names]]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of table: all that a table is made from, and made again from."""

    #: Its name, and that of the function in `ukcso.tables`.
    name: str
    #: The function whose frame it shows.
    function: str
    #: Makes the content of a frame, shown in a way; keyword arguments are options besides.
    describe: Callable[..., Content]
    #: Chooses rows of the frame; its keyword arguments are options of the table.
    choose: Callable[..., pd.DataFrame] = lambda frame: frame
    #: Which cells tell its rows apart.
    keys: tuple[int, ...] = (0,)

    def options(self, arguments: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return those arguments that choose rows, and those that say how they are shown."""
        choosing = inspect.signature(self.choose).parameters
        showing = inspect.signature(self.describe).parameters
        return (
            {name: value for name, value in arguments.items() if name in choosing},
            {name: value for name, value in arguments.items() if name in showing},
        )

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
        choice, showing = self.options(given)
        with pinned(**recipe.datasets):
            with pinned() as used:
                rows = self.choose(frame, **choice)
                content = self._content(rows, presentation, showing, recipe)
            sources = tuple(source_notes(content.frame))
        given |= presentation.options
        datasets = {} if recipe.is_of_own_frame else {**used, **recipe.datasets}
        return Table(
            content.caption if caption is None else caption,
            content.columns,
            content.rows,
            content.notes,
            sources,
            Stamp(
                self.name,
                {**recipe.arguments, **given},
                len(content.rows),
                dict(sorted(datasets.items())),
                recipe.own,
            ),
        )

    def _content(
        self, rows: pd.DataFrame, presentation: Presentation, showing: Any, recipe: Recipe
    ) -> Content:
        try:
            return self.describe(rows, presentation, **showing)
        except KeyError as error:
            if not recipe.is_of_own_frame:
                raise
            msg = f"the frame must have every column of {self.function}; it lacks {error}"
            raise InvalidInputError(msg) from None
