"""Comma-separated values that every spreadsheet and every Python reads the same way."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from types import SimpleNamespace

FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?( ?%)?|[+-]?inf", re.IGNORECASE)


def runs_as_formula(text: str) -> bool:
    """
    Say whether a spreadsheet that opens a CSV would run this cell as a formula.

    Notes
    -----
    A plain number, signed or not, is a number there and no formula.

    Examples
    --------
    >>> runs_as_formula("=1+1"), runs_as_formula("-12"), runs_as_formula("-12+A1")
    (True, False, True)
    """
    return text.startswith(FORMULA_MARKS) and not _NUMBER.fullmatch(text)


def csv_text(names: Iterable[str], rows: Iterable[Sequence[str]]) -> str:
    """
    Return one line of names, then one line a row, each ended by a line feed.

    Text that a spreadsheet would run as a formula begins with an apostrophe.

    Examples
    --------
    >>> print(csv_text(["area", "change"], [["Kent", "-12.3"], ["=1+1", ""]]), end="")
    area,change
    Kent,-12.3
    '=1+1,
    """
    lines: list[str] = []
    # Python quotes the characters of its line end only (until 3.13): with both, a bare
    # carriage return is quoted everywhere.
    writer = csv.writer(SimpleNamespace(write=lines.append), lineterminator="\r\n")
    for row in (names, *rows):
        writer.writerow([f"'{text}" if runs_as_formula(text) else text for text in row])
    return "".join(line.removesuffix("\r\n") + "\n" for line in lines)
