"""`ukcso series`, `revisions`, `implied`: what stands for a cell, and what follows."""

from __future__ import annotations

from typing import Annotated

from typer import Argument, Option

import ukcso
from ukcso.cli._app import FOR_PEOPLE, Form, Format, Release, app
from ukcso.cli._formats import tell_incomplete, write
from ukcso.errors import InvalidInputError

#: Columns of a series that a person reads first; the others are in csv and json.
_READ = ("period", "value", "hedge", "release_id", "published", "n_sources", "conflicting")
#: Columns of revisions that matter least to a person.
_LESSER = ("note", "period_basis", "quality", "source_published", "bound_upper")

Area = Annotated[str, Argument(help="An area by any of its names.")]


@app.command()
def series(
    measure: Annotated[str, Argument(help="A measure, or an offence code.")],
    area: Area,
    breakdown: Annotated[str, Option(help="`all` or dimension:value.")] = "all",
    release: Release = None,
    as_of: Annotated[str | None, Option(help="Only what was out by this ISO day.")] = None,
    form: Form = Format.text,
) -> None:
    """
    Show what stands for each period, or a code's official counts.

    Example: ukcso series image_offences UK
    """
    from ukcso.measures import is_official  # noqa: PLC0415 - reads a dataset

    if is_official(measure, None):
        if release or as_of or breakdown != "all":
            msg = f"--breakdown, --release and --as-of go with a measure; {measure} is a code"
            raise InvalidInputError(msg)
        frame = ukcso.official_series(measure, area)
    else:
        frame = ukcso.series(measure, area, breakdown, release=release, as_of=as_of)
    read = [name for name in _READ if name in frame] if form in FOR_PEOPLE else list(frame)
    write(frame[read], form, goes=("conflicting", "n_sources", "published"))
    tell_incomplete(frame)


@app.command()
def revisions(
    measure: Annotated[str, Argument(help="A measure.")],
    area: Area,
    period: Annotated[str, Argument(help="A period, such as 2016/17.")],
    form: Form = Format.text,
) -> None:
    """
    Show every value printed for one area and period.

    Example: ukcso revisions image_offences UK 2016/17
    """
    frame = ukcso.revisions(measure, area, period)
    write(frame, form, goes=_LESSER, by=("release_id", "published"))


@app.command()
def implied(
    measure: Annotated[str | None, Argument(help="A measure; all if left out.")] = None,
    area: Annotated[str | None, Argument(help="An area by any of its names.")] = None,
    release: Release = None,
    form: Form = Format.text,
) -> None:
    """
    Bound counts that nobody printed, by what else was printed.

    Example: ukcso implied online_child_sexual_offences Lancashire
    """
    bounds = ukcso.implied(measure, area, release)
    write(
        bounds, form, goes=("n_constraints", "bounded_by"), by=("measure", "breakdown", "area_id")
    )
