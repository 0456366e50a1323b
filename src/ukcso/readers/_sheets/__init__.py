"""
Sheets of files as they stand: CSV, XLSX, XLS and ODS to rows of cells with their addresses.

What cannot be read is refused here, in one way, whatever the format: `InvalidInputError` with
the file's name and the way out. A file is never changed, nothing that it links to is opened, and
what it may cost is bounded before it is unpacked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from ukcso.readers._sheets._archive import opened_archive
from ukcso.readers._sheets._delimited import delimited_sheets
from ukcso.readers._sheets._excel import excel_sheets, xls_sheets
from ukcso.readers._sheets._nature import OLE2, ZIP, refuse_other_kinds
from ukcso.readers._sheets._opendocument import opendocument_sheets
from ukcso.readers._sheets._sheet import MOST_BYTES, Limits, unusable
from ukcso.readers._sheets._sheet import NEVER_CALCULATED as NEVER_CALCULATED
from ukcso.readers._sheets._sheet import CellError as CellError
from ukcso.readers._sheets._sheet import Kind as Kind
from ukcso.readers._sheets._sheet import Sheet as Sheet
from ukcso.readers._sheets._sheet import address as address
from ukcso.readers._sheets._sheet import column_letters as column_letters
from ukcso.readers._sheets._sheet import sha256_of as sha256_of


def read_sheets(path: Path, *, max_rows: int = 2_000_000, max_columns: int = 2_000) -> list[Sheet]:
    """
    Return every sheet of a file; see `iterate_sheets`.

    Raises
    ------
    InvalidInputError
        The file cannot be read; the message names it, and the way out.
    MissingDependencyError
        It is XLSX or XLS, and python-calamine is not installed.
    """
    return list(iterate_sheets(path, max_rows=max_rows, max_columns=max_columns))


def iterate_sheets(
    path: Path,
    *,
    max_rows: int = 2_000_000,
    max_columns: int = 2_000,
    show_head: Callable[[str, int, list[object]], None] = lambda *_: None,
    progress: Callable[[float], None] = lambda _: None,
) -> Iterator[Sheet]:
    """
    Read a file sheet by sheet, in its order, so that only one need be in memory.

    What kind of file it is, its first bytes say, not its name.

    Parameters
    ----------
    max_rows, max_columns
        What the filled part of a sheet may have; more is refused.
    show_head
        Called with sheet, place from 0 and cells of each of its first rows, before the rest is
        read; it may raise.
    progress
        Called now and then with the fraction of the file that is read.

    Raises
    ------
    InvalidInputError, MissingDependencyError
        As `read_sheets`.
    """
    limits = Limits(max_rows, max_columns, show_head, progress)
    head = _first_bytes(path)
    refuse_other_kinds(path, head)
    if head.startswith(OLE2):
        yield from xls_sheets(path, limits)
    elif head.startswith(ZIP):
        with opened_archive(path) as archive:
            if archive.kind == "ods":
                yield from opendocument_sheets(path, archive, limits)
            else:
                yield from excel_sheets(path, archive, limits)
    else:
        yield from delimited_sheets(path, limits)
    progress(1.0)


def _first_bytes(path: Path) -> bytes:
    """Return how a file begins, where it can be opened and is not too large to be meant."""
    try:
        is_folder = path.is_dir()
        size = path.stat().st_size
        head = b"" if is_folder else _head(path)
    except (OSError, ValueError) as error:
        words = getattr(error, "strerror", None) or "cannot be opened"
        raise unusable(path, words.lower(), "look at the path") from None
    if is_folder:
        raise unusable(path, "is a folder", "name a file in it")
    if not size:
        raise unusable(path, "is empty", "was it saved, or downloaded in full?")
    if size > MOST_BYTES:
        what = f"has {size / 2**20:,.0f} MB, and no table that is read here has over 512"
        raise unusable(path, what, "keep the years that are meant in a file of their own")
    return head


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(4096)
