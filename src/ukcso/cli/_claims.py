"""`ukcso check`, `claim`: printed statements against their operands."""

from __future__ import annotations

import difflib
import math
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import pandas as pd
import typer

from ukcso import areas as area_names
from ukcso import claims as claim_checks
from ukcso import datasets
from ukcso._rules import require_choice
from ukcso.claims import VERDICTS, recomputed_phrase
from ukcso.claims import explain as explain_claim
from ukcso.cli import _check
from ukcso.cli._app import Form, Release, app
from ukcso.cli._formats import Format, write
from ukcso.cli._own import own
from ukcso.errors import InvalidInputError, listed
from ukcso.printed import Bounds, printed_bounds, printed_number

if TYPE_CHECKING:
    from ukcso.printed import Hedge, Kind


@app.command()
def check(
    release: Release = None,
    area: Annotated[str | None, typer.Option(help="Only the claims about this area.")] = None,
    verdict: Annotated[str | None, typer.Option(help="Only the claims with this verdict.")] = None,
    explain: Annotated[
        str | None, typer.Option(help="Explain this claim in plain sentences.")
    ] = None,
    everything: Annotated[
        bool,
        typer.Option("--all/--findings", help="Every claim, or only those not reproduced."),
    ] = True,
    claims: Annotated[
        Path | None, typer.Option(help="A CSV of your own claims instead of the shipped ones.")
    ] = None,
    figures: Annotated[
        Path | None, typer.Option(help="A CSV of your own figures instead of the shipped ones.")
    ] = None,
    form: Form = Format.text,
) -> None:
    """
    Recompute every printed claim.

    Example: ukcso check --verdict differs; ukcso check --explain clm-00104
    """
    if verdict is not None:
        require_choice("verdict", verdict, VERDICTS)
    asked = datasets.load_claims() if claims is None else own(claims, "claims")
    printed = None if figures is None else own(figures, "figures")
    if explain is not None:
        typer.echo("\n".join(explain_claim(explain, asked, printed)))
        return
    # Every claim goes in, for claims bound each other's operands; then what is asked for.
    wanted = asked if release is None else _of_release(asked, release)
    if area is not None:
        area_id = area_names.find_area(area).area_id
        wanted = wanted[wanted["area_id"] == area_id]
    checked = claim_checks.check_claims(asked, printed, progress=_check.patiently)
    checked = checked[checked["claim_id"].isin(wanted["claim_id"])]
    if verdict is not None:
        checked = checked[checked["verdict"] == verdict]
    elif not everything:
        checked = checked[checked["verdict"] != "reproduced"]
    asked = asked[asked["claim_id"].isin(checked["claim_id"])]
    if form is Format.text:
        _check.show(asked, checked)
    else:
        write(checked, form)


@app.command(context_settings={"ignore_unknown_options": True})
def claim(
    relation: Annotated[str, typer.Argument(help="growth, ratio, share, one_in, per_day, ...")],
    printed: Annotated[str, typer.Argument(help="The number as printed, such as 66 or -22.")],
    subject: Annotated[str, typer.Option(help="The count spoken of, such as 200.")],
    reference: Annotated[str | None, typer.Option(help="The earlier count, or the whole.")] = None,
    period: Annotated[str | None, typer.Option(help="The period, such as 2018/19.")] = None,
    hedge: Annotated[str, typer.Option(help="exact, over, nearly, about, ...")] = "exact",
    subject_hedge: Annotated[str, typer.Option(help="The word beside the subject.")] = "exact",
    reference_hedge: Annotated[str, typer.Option(help="The word beside the reference.")] = "exact",
    form: Form = Format.text,
) -> None:
    """
    Check one printed statement; exit 1 if it differs.

    Example: ukcso claim growth 66 --subject 200 --reference 118
    """
    result = claim_checks.check(
        cast("Kind", relation),
        printed,
        subject=_count("subject", subject, subject_hedge),
        reference=None if reference is None else _count("reference", reference, reference_hedge),
        period=period,
        hedge=cast("Hedge", hedge),
    )
    value = result.recomputed
    low, high = (value.lower, value.upper) if isinstance(value, Bounds) else (value, value)
    row = {
        "relation": relation,
        "printed": printed,
        "recomputed": recomputed_phrase(relation, low, high, printed),
        "verdict": result.verdict,
        "would_read": result.would_read,
        "diagnosis": result.diagnosis,
    }
    write(pd.DataFrame([row]), form)
    if result.verdict == "differs":
        raise typer.Exit(1)


def _of_release(claims: pd.DataFrame, release: str) -> pd.DataFrame:
    known = set(datasets.load_releases()["release_id"]) | set(claims["release_id"])
    if release not in known:
        near = listed(difflib.get_close_matches(release, known))
        msg = f"no release {release!r}; " + (
            f"nearest: {near}" if near else "see ukcso show releases"
        )
        raise InvalidInputError(msg)
    return claims[claims["release_id"] == release]


def _count(name: str, text: str, hedge: str) -> Bounds:
    """Read an operand as typed: 200, 22,724, or with its hedge a range."""
    number = float(printed_number(text, name))
    meant = (
        Bounds.exactly(number) if hedge == "exact" else printed_bounds(text, cast("Hedge", hedge))
    )
    counts = meant.intersection(Bounds(0, math.inf))
    if counts is None:
        msg = f"{name} must be a count >= 0; got {text!r}"
        raise InvalidInputError(msg)
    return counts
