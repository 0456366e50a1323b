"""`ukcso foi`, `template foi`: sheets of answers to requests, read, added up, tabled, pictured."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer import Argument, Option

import ukcso
from ukcso.cli._app import FOR_PEOPLE, Form, Format, app, warned
from ukcso.cli._formats import say, tell, write
from ukcso.cli._own_data import App
from ukcso.errors import InvalidInputError, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from ukcso.readers import Answers

#: Lines of problems that a person is shown, and cells named in one.
_MOST_LINES, _MOST_CELLS = 25, 8
_PICTURES = (".svg", ".png", ".pdf", ".html")
_TABLES = (".html", ".tex", ".md", ".csv")

Shown = StrEnum("Shown", "summary areas figures unanswered problems")
_KIND = "police_force_area"

template = App(no_args_is_help=True, rich_markup_mode=None)
app.add_typer(template, name="template")


@template.callback()
def _template() -> None:
    """Write an empty sheet to fill in, which this package reads back."""


@app.command()
def foi(  # noqa: PLR0913, PLR0917 - one parameter per option
    files: Annotated[
        list[Path], Argument(help="Sheets of answers (csv, xlsx, xls, ods), or a folder.")
    ],
    measure: Annotated[str, Option(help="What was asked about: image_offences.")],
    show: Annotated[
        Shown | None, Option(help="What to write; figures for csv and json, else the summary.")
    ] = None,
    table: Annotated[bool, Option("--table", help="A table of forces in one year.")] = False,  # noqa: FBT002 - an option
    plot: Annotated[bool, Option("--plot", help="A picture of it; needs --output.")] = False,  # noqa: FBT002 - an option
    check_against: Annotated[
        str | None, Option(metavar="CODE", help="Put official counts beside the answers: 86.")
    ] = None,
    period: Annotated[
        str | None, Option(help="The year of a table or picture; the newest if left out.")
    ] = None,
    release: Annotated[str | None, Option(help="What to call the own release.")] = None,
    area_column: Annotated[
        str | None, Option(help="Heading or letter of the column of forces.")
    ] = None,
    output: Annotated[Path | None, Option("--output", "-o", help="Write to this file.")] = None,
    form: Form = Format.text,
) -> None:
    """
    Read answers to FOI requests; exit 1 if a cell is not clear.

    Example: ukcso foi answers.xlsx --measure 86; ukcso foi replies --measure 86 --table
    """
    from ukcso.readers import answers  # noqa: PLC0415 - loads pandas

    chosen = {"--show": show is not None, "--table": table, "--plot": plot}
    chosen["--check-against"] = check_against is not None
    if sum(chosen.values()) > 1:
        msg = f"only one of {listed(chosen)} at a time"
        raise InvalidInputError(msg)
    read = answers(files, measure=measure, release=release, area_column=area_column)
    if table or plot:
        _made(read, period, output, form, is_picture=plot)
    elif check_against is not None:
        _put(warned(lambda: read.check_against(check_against)), output, form)
    else:
        default = Shown.summary if form in FOR_PEOPLE and output is None else Shown.figures
        _shown(read, show or default, output, form)
    _tell_problems(read)
    if len(read.problems):
        raise typer.Exit(1)


@template.command("foi")
def template_foi(
    output: Annotated[
        Path | None, Option("--output", "-o", help="A path in .xlsx or .csv; stdout if left out.")
    ] = None,
    last_year: Annotated[
        str | None, Option(help="The last of its five years; else the last that is over.")
    ] = None,
) -> None:
    """
    Write an empty sheet for answers: a row a force, a column a year.

    Example: ukcso template foi -o answers.xlsx
    """
    from ukcso.outputs import csv_text, ending_of, optional, write_whole  # noqa: PLC0415 - loads pandas
    from ukcso.readers import template_rows, template_workbook  # noqa: PLC0415

    last = None if last_year is None else ukcso.Period.parse(last_year)
    heading, *rows = template_rows(last)
    text = csv_text(
        [name or "" for name in heading], [[cell or "" for cell in row] for row in rows]
    )
    if output is None:
        sys.stdout.write(text)
        return
    if ending_of(output, (".csv", ".xlsx")) == ".xlsx":
        optional("openpyxl", "readers")
        write_whole(output, template_workbook(last))
    else:
        write_whole(output, text)
    tell(str(output))


def _shown(read: Answers, show: Shown, output: Path | None, form: Format) -> None:
    """Write a part of what was read."""
    if show is Shown.summary:
        summary = read.summary()
        if form in FOR_PEOPLE and output is None:
            for line in str(summary).splitlines():
                say(line)
            return
        _put(summary.by_period, output, form)
        return
    frame = read.by_area() if show is Shown.areas else getattr(read, show.value)
    _put(frame, output, form)


def _put(frame: pd.DataFrame, output: Path | None, form: Format) -> None:
    """Write rows to stdout, or to a CSV."""
    if output is None:
        write(frame, form, goes=("note", "source_id", "release_id", "period_basis", "breakdown"))
        return
    from ukcso.outputs import ending_of, frame_as_csv, write_whole  # noqa: PLC0415 - loads pandas

    ending_of(output, (".csv",))
    write_whole(output, frame_as_csv(frame))
    tell(str(output))


def _made(
    read: Answers, period: str | None, output: Path | None, form: Format, *, is_picture: bool
) -> None:
    """Make a table or picture of the answers of one year, in the place of the shipped figures."""
    if read.figures.empty:
        msg = "no cell of the sheets is a number of a force and period; --show problems lists them"
        raise InvalidInputError(msg)
    year = _newest(read) if period is None else period
    with ukcso.pinned(**read.datasets()):
        if is_picture:
            if output is None:
                msg = f"--plot needs --output, a path in {listed(_PICTURES)}"
                raise InvalidInputError(msg)
            warned(lambda: _picture(read, year)).save(output)
            tell(str(output))
            return
        forces = _forces(read)
        made = warned(
            lambda: ukcso.tables.areas(read.measure, year, areas=forces, release=read.release_id)
        )
        if output is not None:
            tell(str(made.save(output)))
        elif form is Format.text:
            from ukcso.cli._outputs import read as shown  # noqa: PLC0415 - it registers commands

            shown(made)
        else:
            sys.stdout.write(getattr(made, f"to_{form}")())


def _picture(read: Answers, year: str) -> Any:
    if len(set(read.figures["area_id"])) == 1:
        return ukcso.plots.trend(
            read.measure, read.figures["area_id"].iloc[0], release=read.release_id
        )
    return ukcso.plots.ranking(read.measure, year, areas=_forces(read), release=read.release_id)


def _forces(read: Answers) -> list[str]:
    """Return the forces that answered; say which areas are of other kinds."""
    from ukcso.areas import all_areas  # noqa: PLC0415 - reads a dataset

    areas = [all_areas()[area_id] for area_id in sorted(set(read.figures["area_id"]))]
    others = [area.name for area in areas if area.kind != _KIND]
    if others:
        tell(f"left out, no police force area: {listed(others)}; --show areas has them")
    return [area.area_id for area in areas if area.kind == _KIND]


def _newest(read: Answers) -> str:
    """Return the newest period that most forces answered."""
    spans = read.figures.groupby(["period_start", "period_end"])["area_id"].nunique()
    most = spans[spans >= spans.max() / 2].index.max()
    return f"{most[0]:%Y-%m-%d}/{most[1]:%Y-%m-%d}"


def _tell_problems(read: Answers) -> None:
    """Say on stderr what is not clear, cells of one kind together."""
    lines = list(_problem_lines(read.problems))
    for line in lines[:_MOST_LINES]:
        tell(line)
    if len(lines) > _MOST_LINES:
        tell(f"and {len(lines) - _MOST_LINES} kinds more; all with --show problems")
    counts = f"{len(read.figures)} figures, {len(read.unanswered)} without a number"
    count = len(read.problems)
    tell(f"{counts}, {count} cell{'s' * (count != 1)} not clear")


def _problem_lines(problems: pd.DataFrame) -> Iterator[str]:
    several = len(set(problems["file"])) > 1
    for (file, sheet, expected), group in problems.groupby(
        ["file", "sheet", "expected"], sort=False
    ):
        cells = [f"{row.cell} {row.text!r}".strip() for row in group.itertuples(index=False)]
        more = f" and {len(cells) - _MOST_CELLS} more" if len(cells) > _MOST_CELLS else ""
        place = f"{file} {sheet}" if several else sheet
        yield f"not clear: {place}: {listed(cells[:_MOST_CELLS])}{more}: must be {expected}"
