"""`ukcso series`, `revisions`, `implied`: what stands for a cell, and what follows."""

from __future__ import annotations

from typing import Annotated

import typer

from ukcso import claims as claim_checks
from ukcso import evidence
from ukcso.cli._app import FOR_PEOPLE, Form, Release, app
from ukcso.cli._formats import Format, write
from ukcso.errors import listed
from ukcso.measures import is_code


@app.command()
def series(
    measure: Annotated[str, typer.Argument(help="A measure, or an offence code.")],
    area: Annotated[str, typer.Argument(help="An area by any of its names.")],
    breakdown: Annotated[str, typer.Option(help="`all` or dimension:value.")] = "all",
    release: Release = None,
    as_of: Annotated[str | None, typer.Option(help="Only what was out by this ISO day.")] = None,
    form: Form = Format.text,
) -> None:
    """
    Show what stands for each period and release, or the official counts of a code.

    Example: ukcso series image_offences UK
    """
    if is_code(measure):
        frame = evidence.official_series(measure, area)
    else:
        frame = evidence.series(measure, area, breakdown, release=release, as_of=as_of)
    people = ["period", "value", "hedge", "release_id", "published", "n_sources", "conflicting"]
    shown = [name for name in people if name in frame] if form in FOR_PEOPLE else list(frame)
    write(frame[shown], form)
    if left_out := frame.attrs.get("ukcso", {}).get("incomplete"):
        typer.echo(f"left out, incomplete: {listed(left_out)}", err=True)


@app.command()
def revisions(
    measure: Annotated[str, typer.Argument(help="A measure.")],
    area: Annotated[str, typer.Argument(help="An area by any of its names.")],
    period: Annotated[str, typer.Argument(help="A period, such as 2016/17.")],
    form: Form = Format.text,
) -> None:
    """Show every value printed for a cell. Example: ukcso revisions image_offences UK 2016/17"""
    write(evidence.revisions(measure, area, period), form)


@app.command()
def implied(
    measure: Annotated[str | None, typer.Argument(help="A measure; all if left out.")] = None,
    area: Annotated[str | None, typer.Argument(help="An area by any of its names.")] = None,
    release: Release = None,
    form: Form = Format.text,
) -> None:
    """
    Bound the counts nobody printed exactly, by what else was printed.

    Example: ukcso implied online_child_sexual_offences Lancashire
    """
    write(claim_checks.implied(measure, area, release), form)
