"""One description of a table; every format is written from it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from ukcso.errors import InvalidInputError, listed
from ukcso.tables import _great, _text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ukcso._stamp import Stamp
    from ukcso.tables._cells import Cell

Kind = Literal["words", "number", "interval"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading with the unit, and what a program calls it."""

    heading: str
    #: snake_case; an interval has three.
    names: tuple[str, ...]
    kind: Kind = "number"
    #: Share of the line that a column of long texts takes where lines have a width.
    width: float | None = None


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
    #: Text by mark.
    footnotes: Mapping[str, str]
    #: How to read the table, then every release and source behind its rows.
    notes: tuple[str, ...]
    sources: tuple[str, ...]
    stamp: Stamp

    def to_html(self) -> str:
        """
        Return an HTML fragment with its own style.

        Raises
        ------
        MissingDependencyError
            great-tables is not installed.
        """
        return _great.html(self)

    def to_latex(self, *, document: bool = False) -> str:
        r"""
        Return a LaTeX table that needs the package booktabs; over 45 rows also longtable.

        Parameters
        ----------
        document
            Whether to put it into a document that can be compiled alone.

        Raises
        ------
        MissingDependencyError
            great-tables is not installed.
        """
        return _great.latex(self, document=document)

    def to_markdown(self) -> str:
        """
        Return a Markdown pipe table, caption above and notes below it.

        Raises
        ------
        MissingDependencyError
            tabulate is not installed.
        """
        return _text.markdown(self)

    def to_csv(self) -> str:
        """
        Return comma-separated values for programs: no marks, no thousands separators.

        An interval is three columns, missing and withheld are empty, and the last column
        holds the footnotes of each row, or says "Withheld." Sources and stamp are in the
        other formats only.
        """
        return _text.csv(self)

    def save(self, path: str | Path) -> Path:
        """
        Write the table in the format that the file's ending names.

        Parameters
        ----------
        path
            Ends in .html, .tex, .md or .csv.

        Returns
        -------
        Path
            The file.

        Raises
        ------
        InvalidInputError
            Another ending.
        """
        file = Path(path)
        writers = {
            ".html": self.to_html,
            ".tex": self.to_latex,
            ".md": self.to_markdown,
            ".csv": self.to_csv,
        }
        if file.suffix not in writers:
            msg = f"path must end in {listed(writers)}; got {file.name!r}"
            raise InvalidInputError(msg)
        file.write_text(writers[file.suffix](), encoding="utf-8", newline="\n")
        return file

    def __str__(self) -> str:
        return self.to_markdown()

    def _repr_html_(self) -> str:
        return self.to_html()
