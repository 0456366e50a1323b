"""A description that can be written in every format."""

from __future__ import annotations

from pathlib import Path

from ukcso.errors import InvalidInputError, listed
from ukcso.tables import _great, _text
from ukcso.tables._description import Description


class Table(Description):
    """
    A publication table: caption, columns, rows, footnotes, sources, stamp.

    Made by the functions of `ukcso.tables`. All formats say the same numbers, rounded
    once.
    """

    __slots__ = ()

    def to_html(self) -> str:
        """
        Return an HTML fragment with its own style.

        Raises
        ------
        MissingDependencyError
            great-tables is not installed.
        """
        return _great.html(self)

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
        MissingDependencyError
            great-tables is not installed.
        InvalidInputError
            A label with signs that TeX would not take.
        """
        return _great.latex(self, label=label, document=document)

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

    def to_json(self) -> str:
        """
        Return the rows as a JSON array of objects: what `to_csv` has, numbers as numbers.

        Missing and withheld are null; "notes" holds the footnotes of the row.
        """
        return _text.json(self)

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
