"""The application, and what its commands share."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from enum import StrEnum
from typing import Annotated, TypeVar

import typer
from typer import Option

from ukcso._version import __version__
from ukcso.cli._own_data import App, With, pinned_files
from ukcso.errors import refusal

T = TypeVar("T")

app = App(no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False)


#: How results are written.
Format = StrEnum("Format", "text csv json markdown latex")

#: Formats that a person reads: rows and digits are cut to what is readable.
FOR_PEOPLE = {Format.text, Format.markdown}

Form = Annotated[Format, Option("--format", help="How to write the result.")]
Version = Annotated[int | None, Option(help="Data version; the newest if left out.")]
Release = Annotated[str | None, Option(help="Only this release.")]
AreaKind = Annotated[str | None, Option("--kind", help="Kind of area: police_force_area, region.")]
Pins = Annotated[
    list[str] | None,
    Option("--pin", help="A dataset's version: recorded_crime=1; may be repeated."),
]


def versions(pins: list[str] | None) -> dict[str, int]:
    """
    Read what --pin was given: dataset=version.

    Raises
    ------
    InvalidInputError
        A text of another form.
    """
    pinned = {}
    for text in pins or ():
        name, _, number = text.partition("=")
        if not (number.isascii() and number.isdecimal()):
            raise refusal(text, "--pin", "dataset=version, such as recorded_crime=1")
        pinned[name] = int(number)
    return pinned


def warned(make: Callable[[], T]) -> T:
    """Make something; tell its warnings as lines on stderr, each once."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        result = make()
    from ukcso.cli._formats import tell  # noqa: PLC0415 - it needs the formats of this module

    for text in dict.fromkeys(str(warning.message) for warning in caught):
        tell(f"note: {text}")
    return result


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"ukcso {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    context: typer.Context,
    own_data: With = None,
    _version: Annotated[
        bool, Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """UK child-safety offence statistics: what was recorded, what was printed about it."""
    context.with_resource(pinned_files(own_data))
