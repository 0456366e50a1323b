"""Results as text for people and for programs."""

from __future__ import annotations

import json
import math
import shutil
import sys
from datetime import date
from typing import TYPE_CHECKING, Any, TextIO

import typer

from ukcso.cli import _layout
from ukcso.cli._app import FOR_PEOPLE, Format
from ukcso.errors import listed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    import pandas as pd

_TEX = str.maketrans(
    {sign: rf"\{sign}" for sign in "&%$#_{}"}
    | {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
)


def write(
    result: pd.DataFrame | list[dict[str, Any]],
    form: Format,
    *,
    goes: Iterable[str] = (),
    by: Collection[str] = (),
    digits: Mapping[str, int] | None = None,
) -> None:
    """Write rows to stdout; `goes` and `by` as in `show`, decimals of columns for people."""
    names, rows = _values(result)
    places = [(digits or {}).get(name) if form in FOR_PEOPLE else None for name in names]
    texts = [list(map(_text, row, places)) for row in rows]
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    if not rows:
        tell("nothing: there are no rows for this")
    if form is Format.text:
        right = [name for name, column in zip(names, columns, strict=True) if _numeric(column)]
        tell_left_out(show(names, texts, goes=goes, by=by, right=right))
    elif form is Format.csv:
        from ukcso.outputs import csv_text  # noqa: PLC0415 - loads pandas

        sys.stdout.write(csv_text(names, texts))
    elif form is Format.json:
        objects = [dict(zip(names, map(_known, row), strict=True)) for row in rows]
        typer.echo(json.dumps(objects, indent=2, default=str))
    elif form is Format.latex:
        typer.echo(_latex(names, texts, [_numeric(column) for column in columns]))
    else:
        typer.echo(_markdown(names, texts))


def show(
    headings: Sequence[str], rows: Sequence[Sequence[str]], *, goes: Iterable[str] = (), **how: Any
) -> list[str]:
    """
    Print a table for people; return the columns for which a narrow terminal has no room.

    `goes` names columns that may be left out for it, those that matter least first;
    for `how` see `table`.
    """
    going = [name for name in goes if name in headings]
    lines, left_out = _layout.table(headings, rows, screen(), goes=going, **how)
    typer.echo("\n".join([*lines, ""]))
    return left_out


def tell_left_out(columns: Iterable[str]) -> None:
    """Say on stderr which columns a terminal had no room for."""
    if names := listed(columns):
        tell(f"no room for {names}; --format csv has every column")


def say(text: str, **style: Any) -> None:
    """Print a sentence or heading, wrapped between words on a terminal."""
    for line in _layout.wrapped(text, screen()):
        typer.echo(typer.style(line, **style) if style else line)


def tell_incomplete(frame: pd.DataFrame) -> None:
    """Say on stderr which periods have no complete official count, and so none at all."""
    if left_out := frame.attrs.get("ukcso", {}).get("incomplete"):
        tell(f"left out, incomplete: {listed(left_out)}")


def tell(text: str) -> None:
    """Say something on stderr, wrapped between words on a terminal."""
    for line in _layout.wrapped(text, screen(sys.stderr)):
        typer.echo(line, err=True)


def screen(stream: TextIO | None = None) -> int | None:
    """Return the width of the terminal; None in a pipe or file, where lines have none."""
    on_terminal = (stream or sys.stdout).isatty()
    return shutil.get_terminal_size().columns if on_terminal else None


def _values(result: pd.DataFrame | list[dict[str, Any]]) -> tuple[list[str], list[Any]]:
    """Return names and rows; a missing cell of a frame is None."""
    if isinstance(result, list):
        return list(result[0]), [list(row.values()) for row in result]
    cells = result.astype(object).where(result.notna(), None)
    return list(map(str, result.columns)), cells.to_numpy().tolist()


def _text(value: Any, digits: int | None = None) -> str:
    """Return a cell as text: days as ISO, whole numbers without decimals."""
    if value is None:
        return ""
    if digits is not None:
        return f"{value:.{digits}f}"
    if isinstance(value, date):
        return value.isoformat()[:10]
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _known(value: Any) -> Any:
    """Return a value as JSON has it: infinity, for which it has no number, is null."""
    if isinstance(value, date):
        return value.isoformat()[:10]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _numeric(column: Iterable[Any]) -> bool:
    return all(value is None or isinstance(value, (int, float)) for value in column)


def _markdown(names: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a pipe table."""
    cells = [[" ".join(text.split()).replace("|", r"\|") for text in row] for row in (names, *rows)]
    widths = [max(len(name) + 2, *map(len, rest)) for name, *rest in zip(*cells, strict=True)]
    heading, *body = (
        " | ".join(text.ljust(width) for text, width in zip(row, widths, strict=True))
        for row in cells
    )
    rule = "|".join(f":{'-' * (width + 1)}" for width in widths)
    return "\n".join([f"| {heading} |", f"|{rule}|", *(f"| {row} |" for row in body)])


def _latex(names: Sequence[str], rows: Sequence[Sequence[str]], to_right: list[bool]) -> str:
    """Return a table that needs the package booktabs; `ukcso table` has more to say."""
    heading, *body = (
        " & ".join(text.translate(_TEX) for text in row) + r" \\" for row in (names, *rows)
    )
    start = rf"\begin{{tabular}}{{{''.join('lr'[right] for right in to_right)}}}"
    lines = [start, r"\toprule", heading, r"\midrule", *body, r"\bottomrule", r"\end{tabular}"]
    return "\n".join(lines)
