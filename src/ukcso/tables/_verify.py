"""A stamped table, made again from the versions it names, and compared cell by cell."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from itertools import zip_longest
from pathlib import Path

import pandas as pd

from ukcso._version import __version__
from ukcso.datasets import pinned
from ukcso.errors import InvalidInputError, UkcsoError, listed
from ukcso.outputs import Recipe, Stamp, ending_of, number_of, path_of
from ukcso.tables import _areas, _change, _claims, _figures, _trend
from ukcso.tables._documents import READERS, Row, Stamped, without_marks
from ukcso.tables._kind import Kind
from ukcso.tables._presentation import Presentation
from ukcso.tables._table import Table

_OF_KINDS = (_areas, _trend, _figures, _claims, _change)
KINDS = {module.KIND.name: module.KIND for module in _OF_KINDS}
#: Row, column, what is written there and what comes out.
Difference = tuple[str, str, str, str]
_WRITERS = {".html": Table.to_html, ".md": Table.to_markdown, ".tex": Table.to_latex}


@dataclass(frozen=True, slots=True, repr=False)
class Verification:
    """What came of making the stamped tables of a document again; true if all are the same."""

    path: Path
    #: The stamps, in the order of the document.
    stamps: tuple[Stamp, ...]
    #: One row per differing cell: table (1 is the first), row, column, written, remade.
    differences: pd.DataFrame
    #: Why a table could not be made again, by its number.
    problems: dict[int, str]

    @property
    def same(self) -> bool:
        """Whether every table came out as it is written."""
        return self.differences.empty and not self.problems

    def __bool__(self) -> bool:
        return self.same

    def __repr__(self) -> str:
        outcomes = [f"{len(self.problems)} cannot be made again"] if self.problems else []
        if len(self.differences) or not outcomes:
            outcomes.append(_differing(len(self.differences)))
        return f"<Verification of {number_of(len(self.stamps), 'table')}: {', '.join(outcomes)}>"

    def __str__(self) -> str:
        lines = []
        for number, stamp in enumerate(self.stamps, start=1):
            own = self.differences[self.differences["table"] == number]
            outcome = self.problems.get(number, _differing(len(own)) + _made_with(stamp, own))
            lines.append(f"table {number} ({stamp.function}, {stamp.rows} rows): {outcome}")
            lines += [
                f"  {cell.row}, {cell.column}: written {cell.written}, comes out as {cell.remade}"
                for cell in own.itertuples(index=False)
            ]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        return f"<pre>{escape(str(self))}</pre>"

    def _repr_markdown_(self) -> str:
        return f"```\n{self}\n```"


def verify(path: str | Path) -> Verification:
    """
    Make the stamped tables of a document again and compare them cell by cell.

    Each is made from the dataset versions that its stamp names, whatever is newest by
    now. Caption, notes and the text around a table may be edited; cells may not.

    Parameters
    ----------
    path
        An .html, .tex or .md file that holds one or more tables of `ukcso.tables`,
        alone or among other text.

    Returns
    -------
    Verification
        True where everything is the same; ``str()`` says it, or names the differing
        cells, which are also rows of ``.differences`` (table, row, column, written,
        remade). ``.problems`` says which tables could not be made again, and why.

    Raises
    ------
    InvalidInputError
        Another kind of file, not UTF-8, no stamp in it, or a stamp that cannot be read.
    OSError
        The file cannot be opened.

    Examples
    --------
    >>> import tempfile
    >>> from ukcso import tables
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     saved = tables.trend("image_offences", "Lancashire").save(f"{folder}/table.tex")
    ...     print(verify(saved))
    ...     _ = saved.write_text(saved.read_text(encoding="utf-8").replace("674", "647"))
    ...     print(verify(saved))
    table 1 (trend, 6 rows): same
    table 1 (trend, 6 rows): 1 cell differs
      2017/18, Offences recorded: written 647, comes out as 674
    """
    file = path_of("path", path)
    ending = ending_of(file, READERS)
    try:
        written = READERS[ending](file.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        msg = f"{file.name}: must be UTF-8; byte {error.start} is not ({error.reason})"
        raise InvalidInputError(msg) from None
    if not written:
        msg = f"{file.name}: no stamped table; a stamp is the line below it that begins with ukcso"
        raise InvalidInputError(msg)
    cells, problems = [], {}
    for number, table in enumerate(written, start=1):
        try:
            cells += [(number, *cell) for cell in _differences(table, _remade(table, ending))]
        except UkcsoError as error:
            problems[number] = f"cannot be made again: {error}"
    differences = pd.DataFrame(cells, columns=["table", "row", "column", "written", "remade"])
    return Verification(file, tuple(table.stamp for table in written), differences, problems)


def _remade(written: Stamped, ending: str) -> Stamped:
    """
    Return the table made again, its rows in the order of the document.

    Where all were shown, those that the document has lost come last.
    """
    stamp = written.stamp
    if not written.heading:
        msg = "no table stands above this stamp: other text between them, or no rows left"
        raise InvalidInputError(msg)
    stamp.check_files()
    if stamp.own:
        msg = f"it was made from own data ({listed(stamp.own)}), which only their owner has"
        raise InvalidInputError(msg)
    if stamp.function not in KINDS:
        msg = f"no table {stamp.function!r}; there are {listed(KINDS)}"
        raise InvalidInputError(msg)
    kind = KINDS[stamp.function]
    if not stamp.datasets:
        msg = "its stamp names no dataset, so nobody knows which versions it is from"
        raise InvalidInputError(msg)
    given = dict(stamp.arguments)
    guard = {name: given.pop(name) for name in Presentation.__slots__ if name in given}
    choice = {name: given.pop(name) for name in kind.options if name in given}
    # A total is no row of the frame: it follows from the others.
    total = {"total": choice.pop("total")} if "total" in choice else {}
    with warnings.catch_warnings(action="ignore"), pinned(**stamp.datasets):
        try:
            presentation = Presentation(**guard)
            frame = kind.choose(Recipe(kind.function, given, stamp.datasets).make(), **choice)
        except TypeError as error:
            msg = f"its stamp asks for what there is not: {error}"
            raise InvalidInputError(msg) from None

        def read(rows: pd.DataFrame, **total: str) -> Stamped:
            table = kind.table(rows, None, presentation, **total)
            return READERS[ending](_WRITERS[ending](table))[0]

        whole = read(frame)
        place_of = {_key(row, kind): place for place, row in enumerate(whole.rows)}
        kept = dict.fromkeys(place_of.get(_key(row, kind)) for row in written.rows)
        places = [place for place in kept if place is not None]
        if len(frame) == stamp.rows - len(total) or not places:
            places += [place for place in range(len(frame)) if place not in kept]
        if places == list(range(len(frame))) and not total:
            return whole
        return read(frame.iloc[places], **total)


def _key(row: Row, kind: Kind) -> Row:
    return tuple(without_marks(row[place]) for place in kind.keys if place < len(row))


def _differences(written: Stamped, remade: Stamped) -> Iterator[Difference]:
    """Go through what differs between two tables."""
    heading = remade.heading
    yield from _cells("(heading)", heading, written.heading, heading)
    kind = KINDS[written.stamp.function]
    again = {_key(row, kind): row for row in remade.rows}
    for row in written.rows:
        yield from _cells(without_marks(row[0]), heading, row, again.pop(_key(row, kind), None))
    for row in again.values():
        yield from _cells(without_marks(row[0]), heading, None, row)
    if written.stamp.rows not in {len(written.rows), len(remade.rows)}:
        yield "(rows)", "number", str(len(written.rows)), str(written.stamp.rows)


def _cells(
    name: str, heading: Row, written: Row | None, remade: Row | None
) -> Iterator[Difference]:
    if written is None or remade is None:
        whole = [", ".join(row or ["(no such row)"]) for row in (written, remade)]
        heading, written, remade = ("(whole row)",), (whole[0],), (whole[1],)
    for column, one, other in zip_longest(heading, written, remade, fillvalue=""):
        if one != other:
            yield name, column, one or "(nothing)", other or "(nothing)"


def _made_with(stamp: Stamp, differences: pd.DataFrame) -> str:
    """Say of a table that differs where another version of the package made it."""
    if differences.empty or stamp.package == __version__:
        return ""
    return f"; made with ukcso {stamp.package}, and the changelog of {__version__} says what moved"


def _differing(count: int) -> str:
    cells = "1 cell differs" if count == 1 else f"{count} cells differ"
    return cells if count else "same"
