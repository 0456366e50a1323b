"""A publication table, in every format."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ukcso.errors import cut, refusal
from ukcso.outputs import Stamp, ending_of, number_of, path_of, write_whole
from ukcso.tables import _html, _latex, _text
from ukcso.tables._cells import Cell, marks


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading with the unit, and what a program calls it."""

    heading: str
    #: snake_case; an interval has three.
    names: tuple[str, ...]
    kind: Literal["words", "number", "interval"] = "number"
    #: Share of the line that a column of long texts takes where lines have a width.
    width: float | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Table:
    """
    A publication table: caption, columns, rows, footnotes, sources, stamp.

    Made by the functions of `ukcso.tables`. All formats say the same numbers, rounded
    once. A notebook or a Quarto document shows it as its own format has tables.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    #: How to read the table.
    notes: tuple[str, ...]
    #: Every release and source behind the rows.
    sources: tuple[str, ...]
    stamp: Stamp

    def __post_init__(self) -> None:
        """Refuse a caption that is no text: nothing else of a table is a caller's own words."""
        if not isinstance(self.caption, str):
            raise refusal(self.caption, "caption", "text")

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
        file = path_of("path", path)
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

    def __repr__(self) -> str:
        size = f"{number_of(len(self.rows), 'row')}, {number_of(len(self.columns), 'column')}"
        return f"<Table {self.stamp.function}: {cut(self.caption)}; {size}>"

    def _repr_html_(self) -> str:
        """Return what notebooks, and Jupyter and Quarto for HTML, show."""
        return self.to_html()

    def _repr_markdown_(self) -> str:
        """Return what Quarto takes for Word, and for PDF before LaTeX: Pandoc's Markdown."""
        return _text.markdown(self, of_pandoc=True)

    def _repr_latex_(self) -> str:
        """Return what Jupyter takes for PDF; its documents load booktabs and longtable."""
        return self.to_latex()
