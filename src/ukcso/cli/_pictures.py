"""`ukcso plot`: pictures, saved without a browser or a network."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ukcso import plots
from ukcso.cli._app import Release, app, warned
from ukcso.cli._outputs import (
    Across,
    Ages,
    Level,
    Measure,
    Per,
    Pins,
    refuse_others,
    subject,
    versions,
)
from ukcso.datasets import pinned

if TYPE_CHECKING:
    from collections.abc import Callable


class PlotKind(StrEnum):
    """What a picture shows."""

    trend = "trend"
    ranking = "ranking"
    funnel = "funnel"
    tile_map = "tile_map"
    claims = "claims"


_MAKERS: dict[PlotKind, Callable[..., Any]] = {
    PlotKind.trend: plots.trend,
    PlotKind.ranking: plots.ranking,
    PlotKind.funnel: plots.funnel,
    PlotKind.tile_map: plots.tile_map,
    PlotKind.claims: plots.claims,
}
_RATES = {"ages", "per", "level", "release", "width"}
_AREAS = {"highlight", *_RATES}
_OPTIONS = {
    PlotKind.trend: {"show", "across", *_RATES},
    PlotKind.ranking: _AREAS,
    PlotKind.funnel: _AREAS,
    PlotKind.tile_map: _AREAS,
    PlotKind.claims: {"relation", "release", "width"},
}


@app.command()
def plot(
    kind: Annotated[PlotKind, typer.Argument(help="What the picture shows.")],
    measure: Measure = None,
    place: Annotated[
        str | None, typer.Argument(help="An area for trend; a year for the others.")
    ] = None,
    output: Annotated[Path, typer.Option(help="A file ending in .svg, .png, .pdf or .html.")] = ...,  # type: ignore[assignment]
    highlight: Annotated[
        list[str] | None, typer.Option(help="An area to point out; may be repeated.")
    ] = None,
    show: Annotated[str | None, typer.Option(help="rate, count or per_day; for trend.")] = None,
    ages: Ages = None,
    per: Per = None,
    level: Level = None,
    release: Release = None,
    across: Across = None,
    relation: Annotated[str | None, typer.Option(help="growth, per_day, ...; for claims.")] = None,
    width: Annotated[float | None, typer.Option(help="Width in pixels; 320 for a column.")] = None,
    pin: Pins = None,
) -> None:
    """
    Draw a picture: SVG, PNG, PDF or stand-alone HTML.

    Example: ukcso plot trend 86 Kent --output kent.svg

    Example: ukcso plot ranking 86 2018/19 --highlight Kent --output ranking.png
    """
    asked: dict[str, Any] = {
        "highlight": highlight or None,
        "show": show,
        "ages": ages,
        "per": per,
        "level": level,
        "release": release,
        "across": across,
        "relation": relation,
        "width": width,
    }
    chosen = {name: value for name, value in asked.items() if value is not None}
    refuse_others(kind, chosen, _OPTIONS[kind])
    what = subject(kind, measure, place, by_area=kind is PlotKind.trend)
    with pinned(**versions(pin)):
        chart = warned(lambda: _MAKERS[kind](*what, **chosen))
        chart.save(output)
    typer.echo(output, err=True)
