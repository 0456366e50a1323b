"""`ukcso datasets`, `show`, `areas`, `cite`, `validate`: what there is."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from typer import Argument, Option

import ukcso
from ukcso._rules import require_choice
from ukcso.cli._app import FOR_PEOPLE, AreaKind, Form, Format, Version, app, warned
from ukcso.cli._formats import tell, write
from ukcso.errors import listed, refusal

if TYPE_CHECKING:
    import pandas as pd

#: Columns of a table by area that matter least to a person.
_LESSER = ("source_ids", "area_id", "gss_code", "n_ranked", "upper", "population")
#: A rank never stands without its set, so they go together.
_RANKS = ["rank", "rank_lower", "rank_upper", "n_ranked"]
#: What is the same in every row, and was asked for or is said below.
_CONSTANT = ["period", "release_id", "population_basis", "population_edition"]
#: Areas of a table, unless --kind says others.
FORCE = "police_force_area"
_DIGITS = dict.fromkeys(("rate", "lower", "upper"), 1)
#: How to go on where what is shipped ends.
_NEWER = (
    "Newer than that, or your own: any command takes files in the place of datasets.",
    "ukcso areas 86 2025/26 --with recorded_crime=prc-pfa-tables.ods --with population=mye.xlsx",
    "ukcso diff recorded_crime FILE shows what a newer file changes; ukcso read keeps it.",
)


@app.command("datasets")
def list_all(form: Form = Format.text) -> None:
    """
    List the shipped datasets.

    Example: ukcso datasets --format csv
    """
    shipped = ukcso.list_datasets()
    if form is Format.text:
        files = zip(shipped["dataset"], shipped["version"], strict=True)
        covers = [ukcso.metadata(name, version).covers for name, version in files]
        shipped = shipped.assign(covers=covers)
        shipped = shipped.drop(columns=["sha256", "period_start", "period_end"])
    write(shipped, form, goes=("licence", "publisher", "title"))
    for line in _NEWER if form is Format.text else ():
        tell(line)


@app.command()
def show(
    dataset: Annotated[str, Argument(help="A name from `ukcso datasets`.")],
    version: Version = None,
    rows: Annotated[
        int | None, Option(min=0, help="How many; 20 for text and markdown, else all.")
    ] = None,
    form: Form = Format.text,
) -> None:
    """
    Show the rows of a dataset.

    Example: ukcso show breaks --format markdown
    """
    frame = ukcso.load(dataset, version)
    wanted = 20 if rows is None and form in FOR_PEOPLE else rows
    write(frame if wanted is None else frame.head(wanted), form)
    if wanted is not None and wanted < len(frame):
        typer.echo(f"{wanted} of {len(frame)} rows; more with --rows", err=True)


@app.command()
def areas(
    name: Annotated[
        str | None,
        Argument(help="An area to look up; or, before a period, a measure or offence code."),
    ] = None,
    period: Annotated[str | None, Argument(help="A year, such as 2017/18.")] = None,
    kind: AreaKind = None,
    ages: Annotated[str, Option(help="Age band of the population.")] = "0-17",
    per: Annotated[float, Option(help="Size of the reference population.")] = 100_000,
    release: Annotated[str | None, Option(help="Release of printed figures.")] = None,
    sort: Annotated[str, Option(help="Order of a table: name, rate or count.")] = "name",
    top: Annotated[int | None, Option(min=1, help="Only the first so many areas.")] = None,
    form: Form = Format.text,
) -> None:
    """
    Look an area up; with a period, table a measure by area.

    Example: ukcso areas "Herts Police"; ukcso areas 86 2022/23 --sort rate --top 10
    """
    if name is not None and period is not None:
        table = warned(
            lambda: ukcso.area_table(
                name, period, kind=kind or FORCE, ages=ages, per=per, release=release, sort=sort
            )
        )
        shown = table if top is None else table.head(top)
        read = shown
        if form in FOR_PEOPLE:
            read = _with_ranks(shown).drop(columns=_CONSTANT)
            optional = [name for name in (*_LESSER, "why_not_rate", "rank") if name in read]
            read = read.drop(columns=[name for name in optional if read[name].isna().all()])
        write(read, form, goes=_LESSER, digits=_DIGITS)
        if len(shown) < len(table):
            tell(f"{len(shown)} of {len(table)} areas; all without --top")
        _tell_estimates(table)
        if table["count"].isna().all() and not table.attrs["ukcso"]["incomplete"]:
            tell(f"no area has a count for {table.attrs['ukcso']['period']}")
        return
    from ukcso.areas import all_areas  # noqa: PLC0415 - reads a dataset

    if kind is not None:
        require_choice("kind", kind, {area.kind: "" for area in all_areas().values()})
    of_kind = [area for area in all_areas().values() if kind in {None, area.kind}]
    write(
        [
            {
                column: "; ".join(value) if isinstance(value, tuple) else value
                for column, value in asdict(area).items()
            }
            for area in (of_kind if name is None else [ukcso.find_area(name, kind=kind)])
        ],
        form,
    )


@app.command()
def cite(
    dataset: Annotated[
        str, Argument(help="A dataset; ukcso; or, before an area, a measure or code.")
    ] = "ukcso",
    area: Annotated[
        str | None, Argument(help="An area: cite all that is behind its series.")
    ] = None,
    version: Version = None,
    style: Annotated[str, Option(help="text, bibtex or csl-json.")] = "text",
) -> None:
    """
    Print a citation; with an area, all sources of its series.

    Example: ukcso cite recorded_crime --style bibtex; ukcso cite image_offences Kent
    """
    from ukcso.measures import is_code  # noqa: PLC0415 - reads a dataset

    behind: str | pd.DataFrame = dataset
    if area is not None:
        find = ukcso.official_series if is_code(dataset) else ukcso.series
        behind = find(dataset, area)
    typer.echo(ukcso.cite(behind, version=version, style=style))  # type: ignore[arg-type]


@app.command()
def validate(
    dataset: Annotated[str, Argument(help="The dataset whose schema to check against.")],
    file: Annotated[Path, Argument(help="Your CSV file.")],
    beside: Annotated[
        list[str] | None,
        Option(help="Rows of your own that it names: releases=mine.csv; may be repeated."),
    ] = None,
    form: Form = Format.text,
) -> None:
    """
    Check a CSV of your own; exit 1 if a cell breaks a rule.

    Example: ukcso validate figures mine.csv --beside releases=my-releases.csv
    """
    from ukcso.datasets import read_own_csv, schema  # noqa: PLC0415 - loads pandas

    frames: dict[str, pd.DataFrame] = {}
    for text in beside or ():
        name, _, path = text.partition("=")
        if not path or name in frames:
            words = "dataset=file, each dataset once, such as releases=mine.csv"
            raise refusal(text, "--beside", words)
        frames[name] = own(Path(path), name)
    given = read_own_csv(file, schema(dataset))
    try:
        ukcso.validate(given, dataset, beside=frames)
    except ukcso.SchemaError as error:
        if error.failures["row"].isna().any() or error.failures.empty:
            raise
        write(error.failures, form)
        count = len(error.failures)
        typer.echo(f"{file}: {count} failure{'s' * (count != 1)} against {dataset}", err=True)
        raise typer.Exit(1) from None
    typer.echo(f"{file}: {len(given)} rows, valid {dataset}", err=True)


def own(file: Path, dataset: str) -> pd.DataFrame:
    """Read a user's CSV and check its cells, whatever rows of other datasets it names."""
    from ukcso.datasets import conform, read_own_csv, schema  # noqa: PLC0415 - loads pandas

    frame = conform(read_own_csv(file, schema(dataset)), dataset)
    return frame.reset_index(drop=True)  # errors count rows as a spreadsheet, results do not


def _with_ranks(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table for people: each rank with its set in one column, and none without a set."""
    from ukcso.datasets import rows  # noqa: PLC0415 - loads pandas
    from ukcso.outputs import rank_in_words  # noqa: PLC0415 - the same

    known = table["rank_lower"].notna()
    ranked = [rank_in_words(row) for row in rows(table[known])]
    read = table.astype({"rank": object}).drop(columns=_RANKS[1:])
    read.loc[~known, "rank"] = None
    read.loc[known, "rank"] = ranked
    return read


def _tell_estimates(table: pd.DataFrame) -> None:
    """Say on stderr which release a table took, and what its ranks and limits rest on."""
    from ukcso.outputs import (  # noqa: PLC0415 - loads pandas
        funnel_in_words,
        has_sets,
        sets_in_words,
        why_no_ranks,
    )

    attrs = table.attrs["ukcso"]
    editions = sorted({*table["population_edition"].dropna()})
    parts = [
        f"release {attrs['release_id']}" if attrs.get("release_id") else "",
        f"pooled rate {attrs['pooled_rate']:.1f}" if "pooled_rate" in attrs else "",
        f"population: {listed(editions)}" if editions else "",
    ]
    lines = ["; ".join(part for part in parts if part)]
    lines.append(sets_in_words(table) if has_sets(table) else why_no_ranks(table))
    lines += funnel_in_words(table) if "funnel" in attrs else []
    for line in filter(None, lines):
        tell(line)
