"""Tables as Markdown, for people, and as CSV and JSON, for programs."""

from __future__ import annotations

import json as json_module
import re
from typing import TYPE_CHECKING

from ukcso.outputs import csv_text
from ukcso.tables._cells import written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ukcso.tables._table import Table

#: What Markdown would read as markup inside a cell or a note, and what only Pandoc's would.
_MARKUP, _MARKUP_OF_PANDOC = r"([\\`*_|<>\[\]&~$])", r"([\\`*_|<>\[\]&~$^@\"'])"
#: How much wider than its heading a column is at least, as other writers of Markdown have it.
_ROOM = 2


def markdown(table: Table, *, of_pandoc: bool = False) -> str:
    """
    Return a pipe table, caption above, notes below, the stamp last.

    Pandoc drops tags where it writes no HTML, so its Markdown has marks without tags; the
    caption is one to Pandoc.
    """
    markup = _MARKUP_OF_PANDOC if of_pandoc else _MARKUP

    def escaped(text: str) -> str:
        return re.sub(markup, r"\\\1", " ".join(text.split()))

    cells, notes = written(table, escaped, "^{}^" if of_pandoc else "<sup>{}</sup>")
    headings = [escaped(column.heading) for column in table.columns]
    body = pipe_table(headings, cells, [column.kind == "words" for column in table.columns])
    caption = escaped(table.caption)
    head = [body, f": {caption}"] if of_pandoc else [f"**{caption}**", body]
    return "\n\n".join([*head, *notes, f"`{table.stamp}`"]) + "\n"


def pipe_table(headings: Sequence[str], rows: Sequence[Sequence[str]], left: Sequence[bool]) -> str:
    """
    Return a table with pipes between its columns, each aligned left or right.

    Examples
    --------
    >>> print(pipe_table(["Area", "Count"], [["Kent", "1,738"]], [True, False]))
    | Area   |   Count |
    |:-------|--------:|
    | Kent   |   1,738 |
    """
    columns = zip(headings, *rows, strict=True)
    widths = [max(len(heading) + _ROOM, *map(len, cells)) for heading, *cells in columns]
    layout = [("<" if is_left else ">", w) for is_left, w in zip(left, widths, strict=True)]

    def line(cells: Sequence[str]) -> str:
        padded = [f"{cell:{side}{w}}" for cell, (side, w) in zip(cells, layout, strict=True)]
        return f"| {' | '.join(padded)} |"

    rules = [f"{':':-{side}{width + 2}}" for side, width in layout]
    return "\n".join([line(headings), f"|{'|'.join(rules)}|", *map(line, rows)])


def csv(table: Table) -> str:
    """Return one line of names, then one line a row, with its footnotes in the last column."""
    return csv_text(*_plain(table))


def json(table: Table) -> str:
    """Return an array with an object for each row."""
    words = {column.names[0] for column in table.columns if column.kind == "words"} | {"notes"}
    names, lines = _plain(table)
    rows = [
        {
            name: value if name in words else json_module.loads(value or "null")
            for name, value in zip(names, line, strict=True)
        }
        for line in lines
    ]
    return json_module.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def _plain(table: Table) -> tuple[list[str], list[list[str]]]:
    """Return the names of the columns, and their values row by row, as programs read them."""
    names = [name for column in table.columns for name in column.names]
    lines = [
        [
            value
            for cell, column in zip(row, table.columns, strict=True)
            for value in cell.plain or [""] * len(column.names)
        ]
        for row in table.rows
    ]
    notes = [
        ["Withheld."] * any(cell.withheld for cell in row)
        + list(dict.fromkeys(note for cell in row for note in cell.notes))
        for row in table.rows
    ]
    if any(notes):
        names.append("notes")
        lines = [[*line, "; ".join(of)] for line, of in zip(lines, notes, strict=True)]
    return names, lines
