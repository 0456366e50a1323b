"""`ukcso diff`: what a newer file changes in a dataset."""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated

from typer import Argument, Option

import ukcso
from ukcso.cli._app import Form, Format, Version, app
from ukcso.cli._formats import say, write
from ukcso.cli._own_data import patiently

By = StrEnum("By", "cell area code year")
_DIGITS = dict.fromkeys(("before", "after", "move", "largest_move"), 0)


@app.command()
def diff(
    dataset: Annotated[str, Argument(help="A name from `ukcso datasets`.")],
    file: Annotated[Path, Argument(help="The newer file, as published or as read before.")],
    by: Annotated[By, Option(help="One row for each cell, area, code or year.")] = By.cell,
    version: Version = None,
    form: Form = Format.text,
) -> None:
    """
    Show what a newer file changes in a dataset.

    Example: ukcso diff recorded_crime prc-pfa-mar2013-onwards-tables-230726.ods --by area
    """
    from ukcso.readers import own_rows  # noqa: PLC0415 - loads pandas

    revision = ukcso.revise(dataset, patiently(partial(own_rows, dataset, file)), version=version)
    if form is Format.text:
        lines = str(revision).splitlines()
        for line in lines if by is By.cell else lines[:4]:
            say(line)
        if by is By.cell:
            return
    table = revision.cells if by is By.cell else getattr(revision, f"by_{by}")
    no_text = [name for name in ("before_text", "after_text") if name in table]
    if form is not Format.text or table[no_text].notna().any(axis=None):
        no_text = []
    write(table.drop(columns=no_text), form, digits={} if by is By.cell else _DIGITS)
