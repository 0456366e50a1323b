"""Kinds of tables and pictures: each a command with its own arguments, options and help."""

from __future__ import annotations

from collections.abc import Callable
from inspect import Parameter, Signature, signature
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer
from typer import Argument, Option
from typer.core import TyperGroup

from ukcso.cli._own_data import App


class Kind(NamedTuple):
    """What a table or picture is of, and what it takes; names, spaces between."""

    summary: str
    needed: str
    options: str
    #: What follows the command in the example of its help.
    example: str


def _option(help_text: str, *spelling: str, of: Any = str) -> Any:
    return Annotated[of | None, Option(*spelling, help=help_text)]


_ARGUMENTS: dict[str, Any] = {
    "measure": Annotated[str, Argument(help="A measure or offence code.")],
    "period": Annotated[str, Argument(help="A year, such as 2018/19.")],
    "area": Annotated[str, Argument(help="An area by any of its names, such as Kent.")],
    "several": Annotated[list[str], Argument(metavar="AREA...", help="An area, or up to six.")],
    "file": Annotated[Path, Argument(help="Your CSV file.")],
}
_OPTIONS: dict[str, Any] = {
    "total": _option("What holds all the others, for the last row: an area, or a label."),
    "kind": _option("Kind of area, such as region.", "--area-kind"),
    "ages": _option("Age band of the population."),
    "per": _option("Size of the reference population.", of=float),
    "level": _option("Confidence level, such as 0.95.", of=float),
    "release": _option("Only this release."),
    "across": _option("warn, refuse or allow growth not comparable."),
    "breakdown": _option("`all` or dimension:value."),
    "as_of": _option("Only what was out by this ISO day."),
    "against": _option("Not the year before, but this one."),
    "adjust": _option("How p allows for many areas: holm, bh or none."),
    "verdict": _option("Only this verdict."),
    "label": _option("The column that says what a row is of."),
    "count": _option("The column of counts."),
    "population": _option("The column of people at risk; with --per."),
    "digits": _option("Decimals of the rates.", of=int),
    "suppress_below": _option("Withhold smaller counts.", of=int),
    "round_to": _option("Round counts to this multiple.", of=int),
    "title": _option("Instead of the one made."),
    "caption": _option("Instead of the one made."),
    "areas": _option("Only this area; may be repeated.", "--area", of=list[str]),
    "periods": _option("Only this period; may be repeated.", "--period", of=list[str]),
    "highlight": _option("An area to point out; may be repeated.", of=list[str]),
    "fit": _option("Draw the average yearly change too.", "--fit", of=bool),
    "show": _option("rate, count or per_day."),
    "relation": _option("growth, share, per_day, ..."),
    "width": _option("Width in pixels; 320 for a column.", of=float),
}


class Group(TyperGroup):
    """Commands that once were one: a kind may be spelled with _, and follow options."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the kind first, as it is spelled now."""
        spelled = [text.replace("_", "-") for text in args]
        place = next((at for at, kind in enumerate(spelled) if kind in self.commands), None)
        if place is not None and (place == 0 or args[0].startswith("-")):
            args = [spelled[place], *args[:place], *args[place + 1 :]]
        return super().parse_args(ctx, args)


def group(name: str, kinds: dict[str, Kind], make: Callable[..., None]) -> typer.Typer:
    """
    Return a group with a command for each kind.

    A command calls `make` with its kind, its arguments, the options that were given, and
    those that all kinds have: the keywords of `make` itself.
    """
    commands = App(cls=Group, no_args_is_help=True, rich_markup_mode=None)
    for kind, record in kinds.items():
        text = f"{record.summary}\n\nExample: ukcso {name} {kind} {record.example}"
        commands.command(kind, help=text)(_command(kind, record, make))
    return commands


def _command(name: str, kind: Kind, make: Callable[..., None]) -> Callable[..., None]:
    """Return a function with the signature of a kind, for typer reads signatures."""
    common = [
        parameter
        for parameter in signature(make, eval_str=True).parameters.values()
        if parameter.kind is Parameter.KEYWORD_ONLY
    ]

    def command(**given: Any) -> None:
        shared = {option.name: given.pop(option.name) for option in common}
        chosen = {option: value for option, value in given.items() if value not in (None, [])}
        of = [chosen.pop(argument) for argument in _ARGUMENTS if argument in chosen]
        make(name, of, chosen, **shared)

    known = _ARGUMENTS | _OPTIONS
    own = [
        Parameter(parameter, Parameter.KEYWORD_ONLY, annotation=known[parameter], default=default)
        for names, default in ((kind.needed, Parameter.empty), (kind.options, None))
        for parameter in names.split()
    ]
    command.__signature__ = Signature([*own, *common])  # type: ignore[attr-defined]
    return command
