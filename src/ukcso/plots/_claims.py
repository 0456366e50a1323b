"""Printed statements against what their operands give."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from ukcso._rules import require_choice, require_known
from ukcso.datasets import rows
from ukcso.errors import InvalidInputError
from ukcso.outputs import frame_of, joined, number_of
from ukcso.plots import _style
from ukcso.plots._chart import finished
from ukcso.plots._claims_marks import Plane, plot
from ukcso.printed import RELATIONS

if TYPE_CHECKING:
    import altair as alt


def claims(
    checked: pd.DataFrame | None = None,
    *,
    relation: str = "growth",
    release: str | None = None,
    width: float = 700,
    title: str | None = None,
) -> alt.VConcatChart:
    """
    Draw printed numbers against the recomputed ones, by verdict.

    On the diagonal both are the same. Statements that differ are named by their id.

    Parameters
    ----------
    checked
        A frame as `check_claims` returned it, or some of its rows; None is all shipped
        statements.
    relation
        The one kind of statement to draw, for each has its own unit: growth, share,
        ratio, one_in, difference, per_hour, per_day, per_week, per_month,
        minutes_between or hours_between.
    release
        Keep statements about one release; None keeps all.
    width
        Of the picture in pixels, about: 700 for screens, 320 for a column of print.
    title
        Instead of the one made; what stands below the picture stays.

    Returns
    -------
    altair.VConcatChart
        ``.save("claims.svg")``, also .png, .pdf, .html.

    Raises
    ------
    InvalidInputError
        A frame of another function, an unknown relation or release, nothing to draw, a
        title that is no text.
    MissingDependencyError
        Altair is not installed.

    Notes
    -----
    What is known as a range only is a bar between two marks. Where a range has no upper
    end, the bar runs out of the picture.

    Examples
    --------
    >>> chart = claims(release="nspcc-2018-09-image-offences")
    >>> chart.title.text
    ['Printed growth against recomputed growth, nspcc-2018-09-image-offences']
    """
    whole = _style.require_width(width)
    require_choice("relation", relation, RELATIONS)
    frame = frame_of("check_claims", checked)
    if release is not None:
        names = set(frame["release_id"].dropna())
        require_known("release", release, names, "the column release_id")
        frame = frame[frame["release_id"] == release]
    frame = frame[frame["relation"] == relation]
    computed = frame[frame["recomputed_lower"].notna()]
    if computed.empty:
        place = f" in {release}" if release else ""
        msg = f"nothing to draw: no {relation} statement{place} could be recomputed"
        raise InvalidInputError(msg)
    plane = Plane(computed, relation, whole)
    name = RELATIONS[relation].plural
    return finished(
        plot(plane),
        frame,
        whole,
        given=title,
        title=f"Printed {name} against recomputed {name}, {release or 'all releases'}",
        subtitle=f"{number_of(len(computed), 'printed statement')}, {RELATIONS[relation].axis}",
        notes=_notes(frame, plane),
        facts=_facts(frame),
    )


def _notes(frame: pd.DataFrame, plane: Plane) -> list[str]:
    notes = []
    if hedged := int((plane.points["hedge"] != "exact").sum()):
        notes.append(
            f"{number_of(hedged, 'statement')} with a word such as “over” or "
            "“nearly” may lie off the line and still hold."
        )
    if len(plane.ranges):
        notes.append("A bar is a range: an operand is known only within bounds.")
    undrawn = [
        f"{count} {verdict.replace('_', ' ')}"
        for verdict in ("not_comparable", "not_computable")
        if (count := (frame["verdict"] == verdict).sum())
    ]
    if undrawn:
        notes.append(f"Not drawn: {joined(undrawn)}.")
    if plane.unlabelled:
        notes.append(f"Also differing: {', '.join(plane.unlabelled)}.")
    return notes


def _facts(frame: pd.DataFrame) -> list[str]:
    verdicts = [
        f"{count} {str(verdict).replace('_', ' ')}"
        for verdict, count in frame["verdict"].value_counts().items()
    ]
    differing = [
        f"{row.claim_id} printed {row.printed}"
        + (f", would read {row.would_read}" if isinstance(row.would_read, str) else "")
        for row in rows(frame[frame["verdict"] == "differs"])
    ]
    return [
        "Scatter plot with a diagonal where both numbers are the same.",
        f"Verdicts: {', '.join(verdicts)}.",
        *([f"Differing: {'; '.join(differing)}."] if differing else []),
    ]
