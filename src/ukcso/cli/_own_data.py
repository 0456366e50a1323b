"""`--with DATASET=FILE` on every command: files of one's own in the place of datasets."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import partial, wraps
from inspect import Parameter, signature
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer
from typer import Option

from ukcso.errors import refusal

if TYPE_CHECKING:
    import pandas as pd

F = TypeVar("F", bound=Callable[..., Any])

With = Annotated[
    list[str] | None,
    Option(
        "--with",
        metavar="DATASET=FILE",
        help="A file of your own in the place of a dataset, as published or as "
        "`ukcso read` wrote it: recorded_crime=crime.ods, or population+=mye.xlsx for its "
        "rows with the shipped ones; may be repeated.",
    ),
]
_NAME = "own_data"


class App(typer.Typer):
    """Commands that each take data of the user's own: the option is added here, once for all."""

    def command(self, *of: Any, **how: Any) -> Callable[[F], F]:  # type: ignore[override,unused-ignore]
        """Register a command that runs with the files of `--with` in the place of datasets."""
        register = super().command(*of, **how)

        def registered(function: F) -> F:
            register(_with_own_data(function))
            return function

        return registered


def _with_own_data(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the option to a command: to its signature, for typer reads that."""

    @wraps(function)
    def command(**given: Any) -> Any:
        with pinned_files(given.pop(_NAME)):
            return function(**given)

    own = signature(function, eval_str=True)
    option = Parameter(_NAME, Parameter.KEYWORD_ONLY, default=None, annotation=With)
    parameters = [*own.parameters.values(), option]
    command.__signature__ = own.replace(parameters=parameters)  # type: ignore[attr-defined]
    command.__annotations__ = {it.name: it.annotation for it in parameters}
    return command


def pinned_files(given: list[str] | None) -> AbstractContextManager[object]:
    """
    Return a block in which files stand in the place of datasets; without files, one of nothing.

    Raises
    ------
    InvalidInputError
        A text of another form, a dataset twice, or a file that cannot be read.
    SchemaError
        A file whose rows do not fit the dataset.
    """
    if not given:
        return nullcontext()
    import ukcso  # noqa: PLC0415 - reading a file loads pandas, help does not
    from ukcso.readers import own_rows  # noqa: PLC0415

    files: dict[str, tuple[Path, bool]] = {}
    for text in given:
        name, _, file = text.partition("=")
        dataset = name.removesuffix("+")
        if not file or dataset in files:
            words = "DATASET=FILE, each dataset once, such as recorded_crime=crime.ods"
            raise refusal(text, "--with", words)
        files[dataset] = Path(file), name != dataset
    frames: dict[str, pd.DataFrame] = {}
    for dataset, (path, together) in files.items():
        rows = patiently(partial(own_rows, dataset, path))
        frames[dataset] = ukcso.combine(dataset, rows) if together else rows
    return ukcso.pinned(**frames)


def patiently(make: Callable[[Callable[[float], None]], pd.DataFrame]) -> pd.DataFrame:
    """Make a frame; on a terminal, tell how far."""
    shown = -1

    def progress(fraction: float) -> None:
        nonlocal shown
        percent = int(100 * fraction)
        if sys.stderr.isatty() and percent > shown:
            shown = percent
            typer.echo(f"\rreading: {percent} per cent", err=True, nl=False)

    try:
        return make(progress)
    finally:
        if shown >= 0:
            typer.echo(f"\r{' ' * 30}\r", err=True, nl=False)
