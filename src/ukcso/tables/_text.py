"""Tables as Markdown, through pandas and tabulate, and as CSV and JSON."""

from __future__ import annotations

import csv as csv_module
import io
import json as json_module
import re
from typing import TYPE_CHECKING

from ukcso.outputs import optional
from ukcso.tables._cells import WITHHELD_TEXT

if TYPE_CHECKING:
    from ukcso.tables._cells import Cell
    from ukcso.tables._description import Description

#: What Markdown would read as markup inside a cell or a note.
_MARKUP = re.compile(r"([\\`*_|<>\[\]&~$])")


def markdown(table: Description) -> str:
    """Return a pipe table, caption above, notes below, the stamp last."""
    optional("tabulate", "tables")
    import pandas as pd  # noqa: PLC0415 - a table that is only described needs none

    frame = pd.DataFrame(
        [[_cell(cell) for cell in row] for row in table.rows],
        columns=[_escaped(column.heading) for column in table.columns],
    )
    aligned = ["left" if column.kind == "words" else "right" for column in table.columns]
    body = frame.to_markdown(index=False, disable_numparse=True, colalign=aligned)
    footnotes = [f"<sup>{mark}</sup> {_escaped(text)}" for mark, text in table.footnotes.items()]
    notes = [_escaped(note) for note in (*table.notes, *table.sources)]
    parts = [f"**{_escaped(table.caption)}**", body, *footnotes, *notes, f"`{table.stamp}`"]
    return "\n\n".join(parts) + "\n"


def csv(table: Description) -> str:
    """Return one line of names, then one line a row, with its footnotes in the last column."""
    written = io.StringIO()
    writer = csv_module.writer(written, lineterminator="\n")
    names, lines = _plain(table)
    writer.writerow(names)
    writer.writerows(lines)
    return written.getvalue()


def json(table: Description) -> str:
    """Return an array with an object for each row."""
    words = {it.names[0] for it in table.columns if it.kind == "words"} | {"notes"}
    names, lines = _plain(table)
    rows = [
        {
            name: value if name in words else json_module.loads(value or "null")
            for name, value in zip(names, line, strict=True)
        }
        for line in lines
    ]
    return json_module.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def _plain(table: Description) -> tuple[list[str], list[list[str]]]:
    """Return the names of the columns, and their values row by row, as programs read them."""
    names = [name for column in table.columns for name in column.names]
    withheld = [any(cell.shown == WITHHELD_TEXT for cell in row) for row in table.rows]
    noted = bool(table.footnotes) or any(withheld)
    lines = []
    for row, is_withheld in zip(table.rows, withheld, strict=True):
        values = [
            value
            for cell, column in zip(row, table.columns, strict=True)
            for value in cell.plain(len(column.names))
        ]
        marks = dict.fromkeys(mark for cell in row for mark in cell.marks)
        notes = ["Withheld."] * is_withheld + [table.footnotes[mark] for mark in marks]
        lines.append([*values, *(["; ".join(notes)] if noted else [])])
    return [*names, "notes"] if noted else names, lines


def _cell(cell: Cell) -> str:
    marks = ",".join(cell.marks)
    return _escaped(cell.shown) + (f"<sup>{marks}</sup>" if marks else "")


def _escaped(text: str) -> str:
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))
