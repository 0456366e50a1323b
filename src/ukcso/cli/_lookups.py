"""`ukcso datasets`, `show`, `areas`, `cite`, `validate`: what there is."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import pandas as pd
import typer

from ukcso import areas as area_names
from ukcso import datasets, evidence
from ukcso.citation import cite as citation
from ukcso.cli._app import FOR_PEOPLE, Form, Version, app, warned
from ukcso.cli._formats import Format, write
from ukcso.cli._own import own
from ukcso.errors import SchemaError
from ukcso.measures import is_code


@app.command("datasets")
def list_all(form: Form = Format.text) -> None:
    """List the shipped datasets. Example: ukcso datasets --format csv"""
    found = datasets.list_datasets()
    write(found.drop(columns="sha256") if form is Format.text else found, form)


@app.command()
def show(
    dataset: Annotated[str, typer.Argument(help="A name from `ukcso datasets`.")],
    version: Version = None,
    rows: Annotated[
        int | None,
        typer.Option(min=0, help="How many rows; 20 for text and markdown, else all."),
    ] = None,
    form: Form = Format.text,
) -> None:
    """Show a dataset. Example: ukcso show breaks --format markdown"""
    frame = datasets.load(dataset, version)
    shown = 20 if rows is None and form in FOR_PEOPLE else rows
    write(frame if shown is None else frame.head(shown), form)
    if shown is not None and shown < len(frame):
        typer.echo(f"{shown} of {len(frame)} rows; more with --rows", err=True)


@app.command()
def areas(
    name: Annotated[
        str | None,
        typer.Argument(help="An area to look up; or, before a period, a measure or offence code."),
    ] = None,
    period: Annotated[str | None, typer.Argument(help="A year, such as 2017/18.")] = None,
    kind: Annotated[str, typer.Option(help="Kind of area, for a table.")] = "police_force_area",
    ages: Annotated[str, typer.Option(help="Age band of the population.")] = "0-17",
    per: Annotated[float, typer.Option(help="Size of the reference population.")] = 100_000,
    release: Annotated[str | None, typer.Option(help="Release of printed figures.")] = None,
    form: Form = Format.text,
) -> None:
    """
    Look an area up; or, with a period, table a measure area by area.

    Example: ukcso areas "Herts Police"; ukcso areas image_offences 2017/18
    """
    if name is not None and period is not None:
        table = warned(
            lambda: evidence.area_table(
                name, period, kind=kind, ages=ages, per=per, release=release
            )
        )
        write(_rounded(table) if form in FOR_PEOPLE else table, form)
        _tell_told(table)
        return
    found = [area_names.find_area(name)] if name else list(area_names.all_areas().values())
    rows = [
        {
            "area_id": area.area_id,
            "name": area.name,
            "kind": area.kind,
            "gss_code": area.gss_code,
            "nation": area.nation,
            "region": area.region,
            "members": "; ".join(area.members),
            "aliases": "; ".join(area.aliases),
        }
        for area in found
    ]
    write(pd.DataFrame(rows), form)


@app.command()
def cite(
    dataset: Annotated[
        str, typer.Argument(help="A dataset; ukcso; or, before an area, a measure or code.")
    ] = "ukcso",
    area: Annotated[
        str | None, typer.Argument(help="An area: cite all that is behind its series.")
    ] = None,
    version: Version = None,
    style: Annotated[str, typer.Option(help="text, bibtex or csl-json.")] = "text",
) -> None:
    """
    Print a citation; or, with an area, every source behind its series.

    Example: ukcso cite recorded_crime --style bibtex; ukcso cite image_offences Kent
    """
    if area is None:
        told = citation(dataset, version=version, style=style)  # type: ignore[arg-type]
    else:
        find = evidence.official_series if is_code(dataset) else evidence.series
        told = citation(find(dataset, area), version=version, style=style)  # type: ignore[arg-type]
    typer.echo(told)


@app.command()
def validate(
    dataset: Annotated[str, typer.Argument(help="The dataset whose schema to check against.")],
    file: Annotated[Path, typer.Argument(help="Your CSV file.")],
    form: Form = Format.text,
) -> None:
    """
    Check a CSV of your own against a schema; exit 1 if a cell breaks it.

    Example: ukcso validate figures mine.csv
    """
    try:
        frame = own(file, dataset)
    except SchemaError as error:
        if error.failures["row"].isna().any() or error.failures.empty:
            raise
        write(error.failures, form)
        typer.echo(f"{file}: {len(error.failures)} failures against {dataset}", err=True)
        raise typer.Exit(1) from None
    typer.echo(f"{file}: {len(frame)} rows, valid {dataset}", err=True)


def _rounded(table: pd.DataFrame) -> pd.DataFrame:
    """Round rates for reading, and leave out what is the same in every row."""
    rates = dict.fromkeys(("rate", "lower", "upper"), 1)
    constant = ["release_id", "population_basis", "population_edition"]
    return table.drop(columns=constant).round(rates)


def _tell_told(table: pd.DataFrame) -> None:
    """Say on stderr what a table took and estimated."""
    told = table.attrs.get("ukcso", {})
    parts = [
        f"release {told['release_id']}" if told.get("release_id") else "",
        f"pooled rate {told['pooled_rate']:.1f}" if "pooled_rate" in told else "",
        f"overdispersion {told['overdispersion']:.1f}" if "overdispersion" in told else "",
        *sorted(set(table["population_edition"].dropna())),
    ]
    typer.echo("; ".join(part for part in parts if part), err=True)
