"""The subcommands."""

from __future__ import annotations

import difflib
import math
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import pandas as pd
import typer

import ukcso
from ukcso import areas as area_names
from ukcso import claims as claim_checks
from ukcso import datasets
from ukcso.bounds import Bounds
from ukcso.citation import cite as citation
from ukcso.claims._wording import recomputed_phrase
from ukcso.cli import _check
from ukcso.cli._formats import Format, write
from ukcso.datasets._read import read_csv
from ukcso.errors import InvalidInputError, SchemaError, listed
from ukcso.printed import printed_bounds, printed_number

if TYPE_CHECKING:
    from ukcso.claims._relations import Kind
    from ukcso.printed import Hedge

app = typer.Typer(
    help="UK child-safety offence statistics: what was recorded, what was printed about it.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

Form = Annotated[Format, typer.Option("--format", help="How to write the result.")]
Version = Annotated[int | None, typer.Option(help="Data version; the newest if left out.")]


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"ukcso {ukcso.__version__}")
        raise typer.Exit


@app.callback()
def _root(
    _version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """UK child-safety offence statistics: what was recorded, what was printed about it."""


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
    for_people = form in {Format.text, Format.markdown}
    shown = 20 if rows is None and for_people else rows
    write(frame if shown is None else frame.head(shown), form)
    if shown is not None and shown < len(frame):
        typer.echo(f"{shown} of {len(frame)} rows; more with --rows", err=True)


@app.command()
def areas(
    name: Annotated[
        str | None, typer.Argument(help="Id, name, alias or GSS code; all areas if left out.")
    ] = None,
    form: Form = Format.text,
) -> None:
    """Look an area up. Example: ukcso areas "Herts Police"."""
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
def check(
    release: Annotated[str | None, typer.Option(help="Only the claims of this release.")] = None,
    everything: Annotated[
        bool,
        typer.Option("--all/--findings", help="Every claim, or only those not reproduced."),
    ] = True,
    claims: Annotated[
        Path | None, typer.Option(help="A CSV of your own claims instead of the shipped ones.")
    ] = None,
    figures: Annotated[
        Path | None, typer.Option(help="A CSV of your own figures instead of the shipped ones.")
    ] = None,
    form: Form = Format.text,
) -> None:
    """Recompute every printed claim. Example: ukcso check --format csv"""
    asked = datasets.load_claims() if claims is None else _own(claims, "claims")
    printed = None if figures is None else _own(figures, "figures")
    if release is not None:
        asked = _of_release(asked, release)
    checked = claim_checks.check_claims(asked, printed, progress=_check.patiently)
    if not everything:
        checked = checked[checked["verdict"] != "reproduced"]
        asked = asked[asked["claim_id"].isin(checked["claim_id"])]
    if form is Format.text:
        _check.show(asked, checked)
    else:
        write(checked, form)


@app.command(context_settings={"ignore_unknown_options": True})
def claim(
    relation: Annotated[str, typer.Argument(help="growth, ratio, share, one_in, per_day, ...")],
    printed: Annotated[str, typer.Argument(help="The number as printed, such as 66 or -22.")],
    subject: Annotated[str, typer.Option(help="The count spoken of, such as 200.")],
    reference: Annotated[str | None, typer.Option(help="The earlier count, or the whole.")] = None,
    period: Annotated[str | None, typer.Option(help="The period, such as 2018/19.")] = None,
    hedge: Annotated[str, typer.Option(help="exact, over, nearly, about, ...")] = "exact",
    subject_hedge: Annotated[str, typer.Option(help="The word beside the subject.")] = "exact",
    reference_hedge: Annotated[str, typer.Option(help="The word beside the reference.")] = "exact",
    form: Form = Format.text,
) -> None:
    """
    Check one printed statement; exit 1 if it differs.

    Example: ukcso claim growth 66 --subject 200 --reference 118
    """
    result = claim_checks.check(
        cast("Kind", relation),
        printed,
        subject=_count("subject", subject, subject_hedge),
        reference=None if reference is None else _count("reference", reference, reference_hedge),
        period=period,
        hedge=cast("Hedge", hedge),
    )
    value = result.recomputed
    low, high = (value.lower, value.upper) if isinstance(value, Bounds) else (value, value)
    row = {
        "relation": relation,
        "printed": printed,
        "recomputed": recomputed_phrase(relation, low, high, printed),
        "verdict": result.verdict,
        "would_read": result.would_read,
        "diagnosis": result.diagnosis,
    }
    write(pd.DataFrame([row]), form)
    if result.verdict == "differs":
        raise typer.Exit(1)


@app.command()
def cite(
    dataset: Annotated[str, typer.Argument(help="A dataset, or ukcso for the package.")] = "ukcso",
    version: Version = None,
    style: Annotated[str, typer.Option(help="text or bibtex.")] = "text",
) -> None:
    """Print a citation. Example: ukcso cite recorded_crime --style bibtex"""
    typer.echo(citation(dataset, version=version, style=style))  # type: ignore[arg-type]


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
        frame = _own(file, dataset)
    except SchemaError as error:
        if error.failures["row"].isna().any() or error.failures.empty:
            raise
        write(error.failures, form)
        typer.echo(f"{file}: {len(error.failures)} failures against {dataset}", err=True)
        raise typer.Exit(1) from None
    typer.echo(f"{file}: {len(frame)} rows, valid {dataset}", err=True)


def _own(file: Path, dataset: str) -> pd.DataFrame:
    """Read and check a user's CSV; complaints name the file."""
    schema = datasets.schema(dataset)
    return datasets.validate(read_csv(file, schema), dataset)


def _of_release(claims: pd.DataFrame, release: str) -> pd.DataFrame:
    known = set(datasets.load_releases()["release_id"]) | set(claims["release_id"])
    if release not in known:
        near = listed(difflib.get_close_matches(release, known))
        msg = f"no release {release!r}; " + (
            f"nearest: {near}" if near else "see ukcso show releases"
        )
        raise InvalidInputError(msg)
    return claims[claims["release_id"] == release]


def _count(name: str, text: str, hedge: str) -> Bounds:
    """Read an operand as typed: 200, 22,724, or with its hedge a range."""
    number = float(printed_number(text, name))
    meant = (
        Bounds.exactly(number) if hedge == "exact" else printed_bounds(text, cast("Hedge", hedge))
    )
    counts = meant.intersection(Bounds(0, math.inf))
    if counts is None:
        msg = f"{name} must be a count >= 0; got {text!r}"
        raise InvalidInputError(msg)
    return counts
