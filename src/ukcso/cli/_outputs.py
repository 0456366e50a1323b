"""`ukcso table`, `verify`, `export`: what a paper is made of, and whether it still holds."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ukcso import export as exports
from ukcso import tables
from ukcso.cli._app import Release, app, warned
from ukcso.datasets import pinned
from ukcso.errors import InvalidInputError, listed

if TYPE_CHECKING:
    from collections.abc import Callable


class TableKind(StrEnum):
    """What a table is of."""

    areas = "areas"
    trend = "trend"
    figures = "figures"
    claims = "claims"


class TableFormat(StrEnum):
    """How a table is written."""

    text = "text"
    markdown = "markdown"
    csv = "csv"
    json = "json"
    latex = "latex"
    html = "html"


_MAKERS: dict[TableKind, Callable[..., tables.Table]] = {
    TableKind.areas: tables.areas,
    TableKind.trend: tables.trend,
    TableKind.figures: tables.figures,
    TableKind.claims: tables.claims,
}
_WRITERS: dict[TableFormat, Callable[[tables.Table], str]] = {
    TableFormat.text: tables.Table.to_markdown,
    TableFormat.markdown: tables.Table.to_markdown,
    TableFormat.csv: tables.Table.to_csv,
    TableFormat.json: tables.Table.to_json,
    TableFormat.latex: tables.Table.to_latex,
    TableFormat.html: tables.Table.to_html,
}
#: Options that a kind of table has beside caption.
_RATES = {"ages", "per", "level", "release"}
_DISCLOSURE = {"digits", "suppress_below", "round_to"}
_OPTIONS = {
    TableKind.areas: {"area_kind", "total"} | _RATES | _DISCLOSURE,
    TableKind.trend: {"across"} | _RATES | _DISCLOSURE,
    TableKind.figures: {"breakdown", "release", "as_of"} | _DISCLOSURE,
    TableKind.claims: {"release", "verdict"},
}

Ages = Annotated[str | None, typer.Option(help="Age band of the population.")]
Per = Annotated[float | None, typer.Option(help="Size of the reference population.")]
Level = Annotated[float | None, typer.Option(help="Confidence level, such as 0.95.")]
Across = Annotated[
    str | None, typer.Option(help="warn, refuse or allow growth not comparable; for trend.")
]
Measure = Annotated[str | None, typer.Argument(help="A measure or offence code.")]
Pins = Annotated[
    list[str] | None,
    typer.Option("--pin", help="A dataset's version, such as recorded_crime=1; may be repeated."),
]


@app.command()
def table(
    kind: Annotated[TableKind, typer.Argument(help="What the table is of.")],
    measure: Measure = None,
    place: Annotated[
        str | None, typer.Argument(help="A year for areas; an area for trend and figures.")
    ] = None,
    total: Annotated[str | None, typer.Option(help="An area for the last row of areas.")] = None,
    area_kind: Annotated[str | None, typer.Option(help="Kind of area, for areas.")] = None,
    ages: Ages = None,
    per: Per = None,
    level: Level = None,
    release: Release = None,
    across: Across = None,
    breakdown: Annotated[str | None, typer.Option(help="dimension:value, for figures.")] = None,
    as_of: Annotated[str | None, typer.Option(help="Out by this ISO day, for figures.")] = None,
    verdict: Annotated[str | None, typer.Option(help="Only this verdict, for claims.")] = None,
    digits: Annotated[int | None, typer.Option(help="Decimals of the rates.")] = None,
    suppress_below: Annotated[int | None, typer.Option(help="Withhold smaller counts.")] = None,
    round_to: Annotated[int | None, typer.Option(help="Round counts to this multiple.")] = None,
    caption: Annotated[str | None, typer.Option(help="Instead of the one made.")] = None,
    pin: Pins = None,
    form: Annotated[
        TableFormat | None, typer.Option("--format", help="How to print the table; else text.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option(help="A file ending in .html, .tex, .md or .csv instead.")
    ] = None,
) -> None:
    """
    Make a publication table, with sources and stamp.

    Example: ukcso table areas 86 2018/19 --total "England and Wales" --format latex

    Example: ukcso table trend image_offences Lancashire --output lancashire.html
    """
    asked: dict[str, Any] = {
        "total": total,
        "area_kind": area_kind,
        "ages": ages,
        "per": per,
        "level": level,
        "release": release,
        "across": across,
        "breakdown": breakdown,
        "as_of": as_of,
        "verdict": verdict,
        "digits": digits,
        "suppress_below": suppress_below,
        "round_to": round_to,
    }
    chosen = {name: value for name, value in asked.items() if value is not None}
    refuse_others(kind, chosen, _OPTIONS[kind])
    what = subject(kind, measure, place, by_area=kind is not TableKind.areas)
    if "area_kind" in chosen:
        chosen["kind"] = chosen.pop("area_kind")
    if form is not None and output is not None:
        msg = f"--format goes without --output; the ending of {output.name} says the format"
        raise InvalidInputError(msg)
    with pinned(**versions(pin)):
        made = warned(lambda: _MAKERS[kind](*what, caption=caption, **chosen))
        if output is None:
            sys.stdout.write(_WRITERS[form or TableFormat.text](made))
        else:
            typer.echo(made.save(output), err=True)


@app.command()
def verify(
    file: Annotated[Path, typer.Argument(help="An .html, .tex or .md file with stamped tables.")],
) -> None:
    """
    Make the stamped tables of a document again; exit 1 if a cell differs.

    Example: ukcso verify table.tex
    """
    found = tables.verify(file)
    typer.echo(str(found))
    if not found:
        raise typer.Exit(1)


@app.command()
def export(
    directory: Annotated[Path, typer.Argument(help="A folder, there or not yet.")],
    dataset: Annotated[
        list[str] | None, typer.Option(help="A dataset; may be repeated; all if left out.")
    ] = None,
    form: Annotated[str, typer.Option("--format", help=f"{listed(exports.FORMATS)}.")] = "csv",
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace files there.")] = False,
    pin: Pins = None,
) -> None:
    """
    Write datasets as files, with descriptors beside them.

    Example: ukcso export data --format sqlite
    """
    with pinned(**versions(pin)):
        written = exports.export(directory, dataset or None, form, overwrite=overwrite)  # type: ignore[arg-type]
    for file in written:
        typer.echo(file)


def versions(pins: list[str] | None) -> dict[str, int]:
    """Read what --pin was given: dataset=version."""
    found = {}
    for text in pins or ():
        name, _, number = text.partition("=")
        if not number.isdecimal():
            msg = f"--pin must be dataset=version, such as recorded_crime=1; got {text!r}"
            raise InvalidInputError(msg)
        found[name] = int(number)
    return found


def refuse_others(kind: StrEnum, chosen: dict[str, Any], known: set[str]) -> None:
    """Refuse options that another kind has: ignored, they would seem to have worked."""
    others = [f"--{name.replace('_', '-')}" for name in chosen if name not in known]
    if others:
        msg = f"{listed(others)} does not go with {kind}"
        raise InvalidInputError(msg)


def subject(kind: StrEnum, measure: str | None, place: str | None, *, by_area: bool) -> list[str]:
    """Return what an output is of; claims are of a release, an option."""
    if kind == "claims":
        if measure is not None:
            msg = f"claims takes --release, no measure; got {measure!r}"
            raise InvalidInputError(msg)
        return []
    if measure is None or place is None:
        second = "an area, such as Kent" if by_area else "a year, such as 2018/19"
        msg = f"{kind} takes a measure or offence code and {second}"
        raise InvalidInputError(msg)
    return [measure, place]
