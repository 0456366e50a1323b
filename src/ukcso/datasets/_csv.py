"""CSV as text and numbers, without guessing: the schema makes types of them."""

from __future__ import annotations

import io
from pathlib import Path

import pandas as pd

from ukcso.datasets._kinds import Day, Text
from ukcso.datasets._schema import Table
from ukcso.errors import InvalidInputError

#: Name of the index of a frame that counts rows as a spreadsheet does, headings first.
SPREADSHEET_ROW = "spreadsheet row"


def parse_csv(content: bytes, schema: type[Table]) -> pd.DataFrame:
    """Read a CSV: only an empty cell is missing, and days wait for the schema."""
    as_text = {
        name: Text.type
        for name, column in schema.to_schema().columns.items()
        if isinstance(column.dtype, (Text, Day))
    }
    return pd.read_csv(
        io.BytesIO(content),
        dtype=as_text,
        keep_default_na=False,
        na_values=[""],
        skip_blank_lines=False,
    )


def read_own_csv(path: Path, schema: type[Table]) -> pd.DataFrame:
    """
    Return a user's CSV as it stands; `validate` turns it into a typed frame.

    Rows are numbered as in a spreadsheet: the headings are row 1. Empty ones are left out.

    Raises
    ------
    InvalidInputError
        The file is no CSV, or has no commas between its columns; the message names it.
    OSError
        The file cannot be opened.
    """
    content = path.read_bytes()
    table = content.lstrip(b"\r\n")
    first = 2 + content[: len(content) - len(table)].count(b"\n")
    headings = table.partition(b"\n")[0]
    for separator, words in ((b";", "semicolons"), (b"\t", "tabs")):
        if separator in headings and b"," not in headings:
            msg = f"{path}: columns must be separated by commas, not by {words}"
            raise InvalidInputError(msg)
    try:
        frame = parse_csv(table, schema)
    except (pd.errors.ParserError, pd.errors.EmptyDataError, UnicodeDecodeError) as error:
        msg = f"{path}: not a readable CSV: {str(error).strip()}"
        raise InvalidInputError(msg) from None
    frame.index = pd.RangeIndex(first, first + len(frame), name=SPREADSHEET_ROW)
    return frame.dropna(how="all")
