"""`ukcso table`, `plot`, `verify`, `export`: what a paper is made of, and whether it holds."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer import Argument, Option

import ukcso
from ukcso.cli._app import Pins, app, versions, warned
from ukcso.cli._formats import say, show, tell_left_out
from ukcso.cli._kinds import Kind, group
from ukcso.errors import InvalidInputError

if TYPE_CHECKING:
    import pandas as pd

    from ukcso.tables import Table

_RATES = "ages per level release"
_DISCLOSURE = "digits suppress_below round_to"
TABLES = {
    "areas": Kind(
        "One measure in one year, area by area.",
        "measure period",
        f"areas total kind {_RATES} {_DISCLOSURE} caption",
        '86 2018/19 --total "England and Wales" --format latex',
    ),
    "trend": Kind(
        "One measure in one area, year by year.",
        "measure area",
        f"periods {_RATES} across {_DISCLOSURE} caption",
        "image_offences Lancashire --output lancashire.html",
    ),
    "change": Kind(
        "Growth of areas on the year before, and whether it is usual.",
        "measure period",
        "areas against kind ages level adjust release caption",
        "86 2022/23 --output change.html",
    ),
    "figures": Kind(
        "What was printed of one measure in one area, by release.",
        "measure area",
        f"breakdown release as_of {_DISCLOSURE} caption",
        "image_offences UK --release nspcc-2018-09-image-offences",
    ),
    "claims": Kind(
        "Printed statements, recomputed, with their verdicts.",
        "",
        "release verdict caption",
        "--release nspcc-2018-09-image-offences --verdict differs",
    ),
    "counts": Kind(
        "Counts of your own, with rates and disclosure control.",
        "file label count",
        f"total population per level {_DISCLOSURE} caption",
        "mine.csv --label team --count offences --suppress-below 5",
    ),
}
_AREAS = f"areas highlight {_RATES} width"
PLOTS = {
    "trend": Kind(
        "One measure over time, in an area or up to six of them.",
        "measure several",
        f"show periods fit {_RATES} across width title",
        "86 Kent Lancashire --output trend.svg",
    ),
    "ranking": Kind(
        "The rates of areas in one year, highest first.",
        "measure period",
        _AREAS,
        "86 2018/19 --highlight Kent --output ranking.png",
    ),
    "funnel": Kind(
        "The rates of areas against their population.",
        "measure period",
        _AREAS,
        "86 2018/19 --output funnel.pdf",
    ),
    "change": Kind(
        "Growth of areas on the year before, against their size.",
        "measure period",
        "areas highlight against kind ages level adjust release width title",
        "86 2022/23 --highlight Kent --output change.svg",
    ),
    "tile-map": Kind(
        "The rates of police force areas as equal tiles.",
        "measure period",
        _AREAS,
        "86 2018/19 --output map.html",
    ),
    "claims": Kind(
        "Printed numbers against recomputed ones, by verdict.",
        "",
        "relation release width",
        "--relation growth --output claims.svg",
    ),
}
#: Columns of tables that matter least to a reader.
_LESSER = ("index", "per_day", "position", "rank", "remark", "operands", "publisher", "forces")

TableFormat = StrEnum("TableFormat", "text markdown csv json latex html")
_Form = Annotated[TableFormat | None, Option("--format", help="How to print it; text if left out.")]
_Output = Annotated[Path | None, Option(help="A file ending in .html, .tex, .md or .csv instead.")]
_Picture = Annotated[Path, Option(help="A file ending in .svg, .png, .pdf or .html.")]


def _table(
    kind: str,
    of: list[Any],
    chosen: dict[str, Any],
    *,
    pin: Pins = None,
    form: _Form = None,
    output: _Output = None,
) -> None:
    if form is not None and output is not None:
        msg = f"--format goes without --output; the ending of {output.name} says the format"
        raise InvalidInputError(msg)
    if kind == "counts":
        of = [_own_counts(of[0], chosen["label"])]
    with ukcso.pinned(**versions(pin)):
        table: Table = warned(lambda: getattr(ukcso.tables, kind)(*of, **chosen))
        if output is not None:
            typer.echo(table.save(output), err=True)
        elif form in {None, TableFormat.text}:
            read(table)
        else:
            sys.stdout.write(getattr(table, f"to_{form}")())


def read(table: Table) -> None:
    """Print a table for reading: marks in brackets, notes and sources below it."""
    say(table.caption, bold=True)
    say("")
    marks = {text: mark for mark, text in table.footnotes.items()}
    left_out = show(
        [column.heading for column in table.columns],
        [
            [" ".join([cell.shown, *(f"({marks[note]})" for note in cell.notes)]) for cell in row]
            for row in table.rows
        ],
        goes=[column.heading for column in table.columns if column.names[0] in _LESSER],
        right=[column.heading for column in table.columns if column.kind != "words"],
    )
    notes = [f"({mark}) {text}" for text, mark in marks.items()]
    for text in (*notes, *table.notes, *table.sources, str(table.stamp)):
        say(text)
    tell_left_out(left_out)


def _own_counts(file: Path, label: str) -> pd.DataFrame:
    """Read a user's CSV: labels as they stand, empty cells missing."""
    import pandas as pd  # noqa: PLC0415 - help needs none

    try:
        return pd.read_csv(file, dtype={label: str}, keep_default_na=False, na_values=[""])
    except (pd.errors.ParserError, pd.errors.EmptyDataError, UnicodeDecodeError) as error:
        msg = f"{file}: not a readable CSV: {str(error).strip()}"
        raise InvalidInputError(msg) from None


def _plot(
    kind: str, of: list[Any], chosen: dict[str, Any], *, output: _Picture, pin: Pins = None
) -> None:
    with ukcso.pinned(**versions(pin)):
        if kind == "trend":
            measure, areas = of
            of = [measure, areas if len(areas) > 1 else areas[0]]
        chart = warned(lambda: getattr(ukcso.plots, kind.replace("-", "_"))(*of, **chosen))
        chart.save(output)
    typer.echo(output, err=True)


app.add_typer(
    group("table", TABLES, _table),
    name="table",
    help="Make a publication table, with sources and stamp.\n\nExample: ukcso table trend 86 Kent",
)
app.add_typer(
    group("plot", PLOTS, _plot),
    name="plot",
    help="Draw a picture: SVG, PNG, PDF or stand-alone HTML.\n\n"
    "Example: ukcso plot trend 86 Kent --output kent.svg",
)


@app.command()
def verify(
    file: Annotated[Path, Argument(help="An .html, .tex or .md file with stamped tables.")],
) -> None:
    """
    Make stamped tables again; exit 1 if a cell differs.

    Example: ukcso verify table.tex
    """
    result = ukcso.tables.verify(file)
    typer.echo(str(result))
    if not result:
        raise typer.Exit(1)


@app.command()
def export(
    directory: Annotated[Path, Argument(help="A folder, there or not yet.")],
    dataset: Annotated[
        list[str] | None, Option(help="A dataset; may be repeated; all if left out.")
    ] = None,
    form: Annotated[str, Option("--format", help="csv, parquet, sqlite, duckdb, xlsx.")] = "csv",
    overwrite: Annotated[bool, Option("--overwrite", help="Replace files there.")] = False,
    pin: Pins = None,
) -> None:
    """
    Write datasets as files, with descriptors.

    Example: ukcso export data --format sqlite
    """
    with ukcso.pinned(**versions(pin)):
        written = ukcso.export.export(directory, dataset or None, form, overwrite=overwrite)  # type: ignore[arg-type]
    for file in written:
        typer.echo(file)
