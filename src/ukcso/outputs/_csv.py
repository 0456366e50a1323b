"""Comma-separated values that every spreadsheet and every Python reads the same way."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from types import SimpleNamespace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

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


def frame_as_csv(frame: pd.DataFrame) -> str:
    """
    Return a frame as CSV: days in ISO form, numbers to 15 digits, missing cells empty.

    Examples
    --------
    >>> import pandas as pd
    >>> days = pd.to_datetime(["2018-04-01", None])
    >>> print(frame_as_csv(pd.DataFrame({"day": days, "n": [1234567.0, None]})), end="")
    day,n
    2018-04-01,1234567
    ,
    """
    days = frame.select_dtypes("datetime").columns
    cells = frame.assign(**{name: frame[name].dt.strftime("%Y-%m-%d") for name in days})
    texts = cells.astype(object).where(cells.notna(), "").map(_shown)
    return csv_text(map(str, cells), texts.to_numpy().tolist())


def _shown(cell: object) -> str:
    return f"{cell:.15g}" if isinstance(cell, float) else str(cell)
