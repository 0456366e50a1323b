"""The application, and the options that its commands share."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from ukcso._version import __version__
from ukcso.cli._formats import Format

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

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


def warned(make: Callable[[], T]) -> T:
    """Make something; tell its warnings as lines on stderr."""
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        made = make()
    for warning in told:
        typer.echo(f"note: {warning.message}", err=True)
    return made


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"ukcso {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    _version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """UK child-safety offence statistics: what was recorded, what was printed about it."""
