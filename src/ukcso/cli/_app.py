"""The application, and the options that its commands share."""

from __future__ import annotations

from typing import Annotated

import typer

import ukcso
from ukcso.cli._formats import Format

app = typer.Typer(
    help="UK child-safety offence statistics: what was recorded, what was printed about it.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

#: Formats that a person reads: rows and digits are cut to what is readable.
FOR_PEOPLE = {Format.text, Format.markdown}

Form = Annotated[Format, typer.Option("--format", help="How to write the result.")]
Version = Annotated[int | None, typer.Option(help="Data version; the newest if left out.")]
Release = Annotated[str | None, typer.Option(help="Only this release.")]


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
