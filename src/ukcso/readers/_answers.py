"""Answers to freedom of information requests, as people keep them in sheets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from ukcso.datasets import combine, load_releases
from ukcso.errors import InvalidInputError, UkcsoError, listed, refusal
from ukcso.measures import NO_COUNTS, as_name, known_measure, title_of, unit_of
from ukcso.readers._origin import slug
from ukcso.readers.foi import _rows
from ukcso.readers.foi._against import against
from ukcso.readers.foi._summary import AnswersSummary, by_area, summarise
from ukcso.readers.foi.layout._collect import SUFFIXES, read_files
from ukcso.readers.foi.layout._entries import Problem
from ukcso.readers.foi.layout._grid import Place
from ukcso.readers.foi.words._offences import measure_of

Paths = str | Path | Sequence[str | Path]
_NO_SHEET = "a spreadsheet: CSV, XLSX, XLS or ODS; this file was left out"


@dataclass(frozen=True, repr=False)
class Answers:
    """
    What bodies answered, as rows that every function of this package works on.

    Attributes
    ----------
    measure
        What they were asked about.
    release_id
        What the own release is called: the argument of functions that take one.
    figures
        The numbers: rows of `figures`, a hedge where a cell has one ("<5" is 5, under), its
        marks ("[p]") in the note.
    release
        The row of `releases` that says how many were asked and gave a number; none where no
        period is known.
    source
        Rows of `sources`, one a file.
    unanswered
        Answers that are no number: area_id, area (as written), period_start, period_end, kind,
        words, sheet, cell, file. Kinds are refused, not_held, not_answered (also an empty row),
        suppressed, not_applicable, low, local_authority (its number is no force's) and
        unreadable (it is among the problems).
    problems
        Every cell that is not clear: sheet, cell (as Excel names it), text, expected, file. Its
        number is in no figure. A total is listed that its parts cannot add up to.
    """

    measure: str
    release_id: str
    figures: pd.DataFrame
    release: pd.DataFrame
    source: pd.DataFrame
    unanswered: pd.DataFrame
    problems: pd.DataFrame

    def __repr__(self) -> str:
        counts = f"{len(self.figures)} figures, {len(self.unanswered)} unanswered"
        return f"<Answers about {self.measure}: {counts}, {len(self.problems)} problems>"

    def datasets(self) -> Mapping[str, pd.DataFrame]:
        """
        Return own rows joined to the shipped ones: ``pinned(**answers.datasets())``.

        Returns
        -------
        dict of figures, releases and sources
        """
        own = {"figures": self.figures, "releases": self.release, "sources": self.source}
        return {name: combine(name, frame) for name, frame in own.items()}

    def summary(self) -> AnswersSummary:
        """
        Return what the answers add up to; printed, it is a text.

        Returns
        -------
        AnswersSummary
        """
        return summarise(self.figures, self.unanswered, self.measure, self.release_id)

    def by_area(self) -> pd.DataFrame:
        """
        Return the answers as a table to read: a row an area, a column a period, cells in words.

        Returns
        -------
        DataFrame of text
            area, then a column a period: "1,234", "under 5", "refused"; empty where nothing
            was said.
        """
        return by_area(self.figures, self.unanswered)

    def check_against(self, code: str | int) -> pd.DataFrame:
        """
        Put the answers beside the official counts of a code, for the same forces and months.

        The two need not agree: an official class is not the measure. A force that is far off
        the others may have counted something else, or other months.

        Parameters
        ----------
        code
            An offence code with counts by force, such as 86.

        Returns
        -------
        DataFrame, one row a figure
            area_id, name, period, value, hedge, official, difference (value less official,
            for exact values), ratio (value by official), why_not.

        Raises
        ------
        InvalidInputError
            No code with counts by force.
        """
        return against(self.figures, code)


def answers(  # noqa: PLR0913 - what was asked, and who asked
    paths: Paths,
    *,
    measure: str,
    release: str | None = None,
    area_column: str | None = None,
    publisher: str = "own data",
    published: str | None = None,
) -> Answers:
    r"""
    Read sheets of answers to freedom of information requests, however they lie.

    Years across or down, forces across, a row a force and year, a sheet a year, a reply of one
    force; several offences in one sheet, of which headings name the one that is asked for.
    Titles, notes, empty rows, changes and rates are passed over; totals are held against their
    parts. Nothing is guessed: what is not clear is in `problems`, and in no figure.

    Parameters
    ----------
    paths
        A file (CSV, XLSX, XLS, ODS), several, or a folder of them, such as replies that came one
        a force. A cell that stands in two places is a problem.
    measure
        What was asked about: a measure of `load_measures`, its title, or an everyday word; an
        offence code is the measure that it alone is the official code of.
    release
        Id of the own release, such as "our-charity-2024"; else ``own-`` and the measure.
    area_column
        Heading or letter of the column of areas, where several could be.
    publisher, published
        Of the own release: who put the answers together, and the month ("2024-05").

    Returns
    -------
    Answers

    Raises
    ------
    InvalidInputError
        A file that cannot be read (one among several is a problem), a folder without sheets,
        no such measure or column, an id that is no identifier or a shipped release's.
    SchemaError
        `published` is no month.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> sheet = "Force,2021/22,2022/23\nKent Police,<5,c. 300\nGMP,Refused,1234\n"
    >>> file = pathlib.Path(tempfile.mkdtemp()) / "answers.csv"
    >>> _ = file.write_text(sheet)
    >>> read = answers(file, measure="image_offences")
    >>> read.figures[["area_id", "value", "hedge"]].to_numpy().tolist()
    [['kent', 5.0, 'under'], ['kent', 300.0, 'about'], ['greater-manchester', 1234.0, 'exact']]
    >>> read.unanswered[["area", "kind", "cell"]].to_numpy().tolist(), len(read.problems)
    ([['GMP', 'refused', 'B3']], 0)
    """
    files, others = _files(paths)
    name = _measure(measure)
    release_id = _release_id(release, name)
    whole = unit_of(name) not in NO_COUNTS
    read = read_files(files, name, area_column=area_column, whole=whole)
    read.problems += [Problem(Place(other.name, "", ""), other.name, _NO_SHEET) for other in others]
    source, source_ids = _rows.sources_of(files, publisher)
    about = {"release_id": release_id, "publisher": publisher, "published": published}
    figures = _rows.figures_of(read.entries, name, release_id, source_ids)
    return Answers(
        measure=name,
        release_id=release_id,
        figures=_rows.told_apart(figures, "figures", files),
        release=_rows.told_apart(
            _rows.release_of(read.entries, name, title_of(name), about), "releases", files
        ),
        source=_rows.told_apart(source, "sources", files),
        unanswered=_rows.unanswered_of(read.entries),
        problems=_rows.problems_of(read.problems),
    )


def _files(paths: Paths) -> tuple[list[Path], list[Path]]:
    """Return the files that are meant, and those of a folder that hold no sheets."""
    given = [paths] if isinstance(paths, (str, Path)) else list(paths)
    files: list[Path] = []
    others: list[Path] = []
    for item in given:
        path = Path(item)
        if not path.is_dir():
            files.append(path)
            continue
        inside = sorted(
            it for it in path.iterdir() if it.is_file() and it.name[:1] not in {".", "~"}
        )
        files += [it for it in inside if it.suffix.lower() in SUFFIXES]
        others += [it for it in inside if it.suffix.lower() not in SUFFIXES]
    if not files:
        raise refusal(
            paths, "paths", f"a file, files, or a folder with files ({listed(sorted(SUFFIXES))})"
        )
    names = [file.name for file in files]
    if twice := [name for name in dict.fromkeys(names) if names.count(name) > 1]:
        msg = f"files have the same name: {listed(twice)}; give each a name of its own"
        raise InvalidInputError(msg)
    return files, others


def _measure(measure: str) -> str:
    """Return a measure by any of its names, or by the code that is its only official one."""
    try:
        name = as_name(measure)
    except UkcsoError:
        return known_measure(measure)
    return measure_of(name) or known_measure(measure)


def _release_id(release: str | None, measure: str) -> str:
    release_id = f"own-{measure.replace('_', '-')}" if release is None else release
    if not isinstance(release_id, str) or slug(release_id) != release_id:
        raise refusal(release, "release", "an identifier such as our-charity-2024")
    if release_id in set(load_releases()["release_id"]):
        raise refusal(
            release, "release", "none of the shipped ones; own answers are no part of one"
        )
    return release_id
