"""Frames as text for people and for programs."""

from __future__ import annotations

import sys
import warnings
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import pandas as pd
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ukcso.outputs import optional

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_WIDTH_IN_A_PIPE = 160
#: Words are kept whole up to this length; longer ones, identifiers mostly, may break.
_WORD = 16
_BETWEEN = 2


class Format(StrEnum):
    """How results are written."""

    text = "text"
    csv = "csv"
    json = "json"
    markdown = "markdown"
    latex = "latex"


def console() -> Console:
    """Return stdout for people: coloured on a terminal only, wide in a pipe."""
    found = Console(highlight=False, soft_wrap=False)
    return found if found.is_terminal else Console(highlight=False, width=_WIDTH_IN_A_PIPE)


def write(frame: pd.DataFrame, form: Format) -> None:
    """Write a frame to stdout."""
    if form is Format.text:
        shown = _as_text(frame)
        console().print(table(list(shown.columns), shown.to_numpy().tolist()))
    elif form is Format.csv:
        _as_text(frame).to_csv(sys.stdout, index=False, lineterminator="\n")
    elif form is Format.json:
        text = frame.to_json(orient="records", date_format="iso", date_unit="s", indent=2)
        sys.stdout.write(text.replace("T00:00:00", "").replace("\\/", "/") + "\n")
    elif form is Format.latex:
        sys.stdout.write(_as_latex(_as_text(frame)))
    else:
        escaped = _as_text(frame).replace({r"\|": r"\|", "\n": " "}, regex=True)
        sys.stdout.write(escaped.to_markdown(index=False, disable_numparse=True) + "\n")


def _as_latex(shown: pd.DataFrame) -> str:
    """Return a frame as LaTeX, with the package booktabs; `ukcso table` has more to say."""
    great = optional("great_tables", "tables")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # styles that LaTeX output has not
        return f"{great.GT(shown).as_latex().strip()}\n"


def table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> Table:
    """Return a table whose cells wrap, between words if there is room, and are never markup."""
    cells = [[cell if isinstance(cell, Text) else Text(str(cell)) for cell in row] for row in rows]
    made = Table(box=box.SIMPLE_HEAD, pad_edge=False, collapse_padding=True, header_style="bold")
    columns = [
        [heading, *(row[place].plain for row in cells)] for place, heading in enumerate(headings)
    ]
    longest = [max(len(word) for text in column for word in text.split()) for column in columns]
    widths = [min(length, _WORD) for length in longest]
    fits = sum(widths) + _BETWEEN * len(widths) <= console().width
    for heading, width in zip(headings, widths, strict=True):
        made.add_column(heading, overflow="fold", min_width=width if fits else None)
    for row in cells:
        made.add_row(*row)
    return made


def _as_text(frame: pd.DataFrame) -> pd.DataFrame:
    """Return every cell as text: days as ISO, whole numbers without decimals."""
    return frame.astype(object).map(_cell)


def _cell(value: Any) -> str:
    if pd.isna(value):
        return ""
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
