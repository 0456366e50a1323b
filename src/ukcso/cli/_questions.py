"""`ukcso area`, `compare`: what people ask first, each on one page."""

from __future__ import annotations

from typing import Annotated

from typer import Argument

from ukcso.cli._app import AreaKind, Form, Format, app, warned
from ukcso.cli._formats import write


@app.command()
def area(
    name: Annotated[str, Argument(help="A force, region, nation or local authority.")],
    kind: AreaKind = None,
) -> None:
    """
    Show one area on a page: counts, rates, rank, what was printed.

    Example: ukcso area Lancashire
    """
    from ukcso.cli import _area  # noqa: PLC0415 - loads pandas

    _area.show_page(name, kind)


@app.command()
def compare(
    measure: Annotated[str, Argument(help="A measure, or an offence code.")],
    areas: Annotated[list[str], Argument(help="Areas by any of their names.")],
    form: Form = Format.text,
) -> None:
    """
    Set areas beside one another, year by year.

    Example: ukcso compare 86 Kent Lancashire "England and Wales"
    """
    from ukcso.cli import _compare  # noqa: PLC0415 - loads pandas

    tables = warned(lambda: _compare.tables_of(measure, areas))
    if form is Format.text:
        _compare.show(tables)
    else:
        write(_compare.below_one_another(tables), form)
