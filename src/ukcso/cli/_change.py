"""`ukcso change`: is it news?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from typer import Argument, Option

import ukcso
from ukcso.cli._app import AreaKind, Form, Format, Pins, Release, app, versions
from ukcso.errors import InvalidInputError, UnknownAreaError, quoted

_EXAMPLE = "ukcso change 86 Kent 2022/23"


@app.command()
def change(
    words: Annotated[
        list[str] | None,
        Argument(metavar="MEASURE [AREA] PERIOD", help="A measure or code, an area, a year."),
    ] = None,
    areas: Annotated[
        list[str] | None, Option("--area", "--areas", help="Only this area; may be repeated.")
    ] = None,
    against: Annotated[str | None, Option(help="Not the year before, but this one.")] = None,
    adjust: Annotated[str, Option(help="How p allows for many areas: holm, bh or none.")] = "holm",
    kind: AreaKind = None,
    ages: Annotated[str, Option(help="Age band of the population.")] = "0-17",
    level: Annotated[float, Option(help="Confidence level.")] = 0.95,
    release: Release = None,
    before: Annotated[
        float | None, Option("--from", help="A number of your own, with --to and --like.")
    ] = None,
    after: Annotated[float | None, Option("--to", help="The number after it.")] = None,
    like: Annotated[
        str | None, Option(help="The code as whose counts yours vary from year to year.")
    ] = None,
    form: Form = Format.text,
    output: Annotated[
        Path | None,
        Option("--output", "-o", help="A file ending in .html, .tex, .md, .csv or .json instead."),
    ] = None,
    pin: Pins = None,
) -> None:
    """
    Say whether a change on the year before is more than usual.

    Example: ukcso change 86 Kent 2022/23; ukcso change --from 933 --to 1133 --like 86
    """
    from ukcso.cli import _change_page  # noqa: PLC0415 - loads pandas

    with ukcso.pinned(**versions(pin)):
        if own := _own(before, after, like, [*(words or []), *(areas or [])]):
            _change_page.own_numbers(*own, level, form)
            return
        measure, named, period = _asked_of(words or [], areas or [])
        asked = {"against": against, "kind": kind, "ages": ages, "level": level}
        asked |= {"adjust": adjust, "release": release}
        _change_page.page(measure, named, period, form, output, asked)


def _own(
    before: float | None, after: float | None, like: str | None, others: list[str]
) -> tuple[float, float, str] | None:
    """
    Return two numbers of one's own and the code that they are like; None where none is given.

    Raises
    ------
    InvalidInputError
        One of the three is missing, or something else stands beside them.
    """
    given = {"--from": before, "--to": after, "--like": like}
    missing = [name for name, value in given.items() if value is None]
    if len(missing) == len(given):
        return None
    if before is None or after is None or like is None or others:
        what = f"{missing[0]} is missing" if missing else f"{others[0]} has no place beside them"
        msg = f"numbers of one's own take --from, --to and --like; {what}: "
        msg += "ukcso change --from 933 --to 1133 --like 86"
        raise InvalidInputError(msg)
    return before, after, like


def _asked_of(words: list[str], areas: list[str]) -> tuple[str, list[str], str]:
    """
    Read what stands after `ukcso change`: a code, areas or none, and a period.

    Raises
    ------
    InvalidInputError
        One of them is missing, or stands in the place of another; the message has the
        command as it would be right.
    """
    if not words:
        msg = f"a measure, an area and a period are missing: {_EXAMPLE}"
        raise InvalidInputError(msg)
    measure, *between = words
    if _is_area(measure):
        right = " ".join(["ukcso change 86", *map(_typed, words)])
        msg = f"a measure or offence code comes first; {quoted(measure)} is an area: {right}"
        raise InvalidInputError(msg)
    if not between:
        msg = f"the period is missing: {_EXAMPLE}, or, for all areas, ukcso change 86 2022/23"
        raise InvalidInputError(msg)
    *named, period = between
    if _is_area(period):
        right = " ".join(["ukcso change", *map(_typed, words), "2022/23"])
        msg = f"the period is missing after {quoted(period)}: {right}"
        raise InvalidInputError(msg)
    if named and areas:
        msg = f"an area stands before the period or after --area; got {named[0]} and {areas[0]}"
        raise InvalidInputError(msg)
    return measure, named or areas, period


def _is_area(text: str) -> bool:
    """Say whether a text is an area."""
    try:
        ukcso.find_area(text)
    except UnknownAreaError:
        return False
    return True


def _typed(text: str) -> str:
    """Return a word as it is typed in a shell."""
    return f'"{text}"' if " " in text else text
