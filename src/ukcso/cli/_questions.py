"""`ukcso area`, `compare`, `trend`: what people ask first, each on one page."""

from __future__ import annotations

from typing import Annotated

from typer import Argument, Option

from ukcso.cli._app import AreaKind, Form, Format, Release, app, warned
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


@app.command()
def trend(  # noqa: PLR0913, PLR0917 - one parameter per option
    measure: Annotated[str, Argument(help="A measure, or an offence code.")],
    area: Annotated[str, Argument(help="An area by any of its names.")],
    periods: Annotated[
        list[str] | None, Option("--period", help="Only this year, or span; may be repeated.")
    ] = None,
    breaks: Annotated[  # noqa: FBT002 - typer makes an option of it
        bool, Option(help="Take changes of recording and law as steps, or pass them over.")
    ] = True,
    release: Release = None,
    form: Form = Format.text,
) -> None:
    """
    Say how much it changed a year, on average.

    Example: ukcso trend 86 Kent --period "2015/16 to 2022/23"
    """
    from ukcso.cli import _trend  # noqa: PLC0415 - loads pandas

    asked = {"periods": periods or None, "breaks": breaks, "release": release}
    _trend.answer(measure, area, form, **asked)
