"""`ukcso check`, `claim`: printed statements against their operands."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer
from typer import Argument, Option

import ukcso
from ukcso._rules import require_choice, require_known
from ukcso.cli._app import Form, Format, Release, app
from ukcso.cli._formats import say, tell, write
from ukcso.cli._lookups import own
from ukcso.errors import InvalidInputError, Listing
from ukcso.printed import (
    RELATIONS,
    VERDICTS,
    Bounds,
    Hedge,
    Kind,
    printed_number,
    recomputed_phrase,
)

if TYPE_CHECKING:
    import pandas as pd


@app.command()
def check(
    release: Release = None,
    area: Annotated[str | None, Option(help="Only the claims about this area.")] = None,
    verdict: Annotated[str | None, Option(help="Only the claims with this verdict.")] = None,
    explain: Annotated[str | None, Option(help="Explain this claim in plain sentences.")] = None,
    everything: Annotated[
        bool | None,
        Option("--all/--findings", help="List every claim, or all that are not reproduced."),
    ] = None,
    claims: Annotated[
        Path | None, Option(help="A CSV of your own claims instead of the shipped ones.")
    ] = None,
    figures: Annotated[
        Path | None, Option(help="A CSV of your own figures instead of the shipped ones.")
    ] = None,
    form: Form = Format.text,
) -> None:
    """
    Recompute every printed claim; show what differs.

    Example: ukcso check --area Kent --all; ukcso check --explain clm-00104
    """
    from ukcso.claims import explain as explained  # noqa: PLC0415 - loads pandas
    from ukcso.cli import _check  # noqa: PLC0415

    if verdict is not None:
        require_choice("verdict", verdict, VERDICTS)
    every = ukcso.load_claims() if claims is None else own(claims, "claims")
    printed = None if figures is None else own(figures, "figures")
    if explain is not None:
        for sentence in explained(explain, every, printed):
            say(sentence)
        return
    wanted = _wanted(every, release, area)
    # What is shipped is checked already, and solved once for all who ask.
    own_claims = None if claims is None else every
    checked = ukcso.check_claims(own_claims, printed, progress=_check.patiently)
    checked = checked[checked["claim_id"].isin(wanted["claim_id"])]
    if form is Format.text:
        _check.summarise(checked)
    if verdict is None and everything is None and form is Format.text:
        verdict = "differs"
    if verdict is not None:
        checked = checked[checked["verdict"] == verdict]
    elif everything is False:
        checked = checked[checked["verdict"] != "reproduced"]
    if form is not Format.text:
        write(checked, form)
        return
    if len(checked):
        _check.show(every, checked)
    tell("each in plain sentences: ukcso check --explain CLAIM; every one: ukcso check --all")


def _wanted(every: pd.DataFrame, release: str | None, area: str | None) -> pd.DataFrame:
    """Return the claims asked for. All are checked, for they bound each other's operands."""
    wanted = every
    if release is not None:
        releases = {*ukcso.load_releases()["release_id"], *every["release_id"]}
        require_known("release", release, releases, Listing("releases"))
        wanted = wanted[wanted["release_id"] == release]
    if area is not None:
        wanted = wanted[wanted["area_id"] == ukcso.find_area(area).area_id]
    return wanted


@app.command(context_settings={"ignore_unknown_options": True})
def claim(
    relation: Annotated[str, Argument(help="growth, ratio, share, one_in, per_day, ...")],
    printed: Annotated[str, Argument(help="The number as printed, such as 66 or -22.")],
    subject: Annotated[str, Option(help="The count spoken of, such as 200.")],
    reference: Annotated[str | None, Option(help="The earlier count, or the whole.")] = None,
    period: Annotated[str | None, Option(help="The period, such as 2018/19.")] = None,
    hedge: Annotated[str, Option(help="exact, over, nearly, about, ...")] = "exact",
    subject_hedge: Annotated[str, Option(help="The word beside the subject.")] = "exact",
    reference_hedge: Annotated[str, Option(help="The word beside the reference.")] = "exact",
    form: Form = Format.text,
) -> None:
    """
    Check one printed statement; exit 1 if it differs.

    Example: ukcso claim growth 66 --subject 200 --reference 118
    """
    require_choice("relation", relation, RELATIONS)
    by_count = RELATIONS[relation].against == "reference"
    given = {"reference": reference, "period": period}
    needed, unused = sorted(given, reverse=by_count)
    if given[needed] is None or given[unused] is not None:
        wrong = f"--{needed} is missing" if given[needed] is None else f"--{unused} is superfluous"
        msg = f"{wrong}: {relation} takes --subject and --{needed}"
        raise InvalidInputError(msg)
    result = ukcso.check(
        cast("Kind", relation),
        printed,
        subject=_count("subject", subject, subject_hedge),
        reference=None if reference is None else _count("reference", reference, reference_hedge),
        period=period,
        hedge=cast("Hedge", hedge),
    )
    value = result.recomputed
    low, high = (value, value) if isinstance(value, float) else (value.lower, value.upper)
    row = {
        "relation": relation,
        "printed": printed,
        "recomputed": recomputed_phrase(relation, low, high, printed),
        "verdict": result.verdict,
        "would_read": result.would_read,
        "diagnosis": result.diagnosis,
    }
    write([row], form)
    if result.verdict == "differs":
        raise typer.Exit(1)


def _count(name: str, text: str, hedge: str) -> float | Bounds:
    """Read an operand as typed: 200, 22,724, or with its hedge a range."""
    number = float(printed_number(text, name))
    return number if hedge == "exact" else ukcso.printed_bounds(text, cast("Hedge", hedge))
