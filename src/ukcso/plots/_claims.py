"""Printed statements against what their operands give."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from ukcso._rules import require_choice, require_known
from ukcso.datasets import rows
from ukcso.errors import InvalidInputError
from ukcso.outputs import frame_of
from ukcso.plots import _style, _words
from ukcso.plots._chart import Words, finished
from ukcso.plots._claims_drawing import drawing
from ukcso.plots._claims_points import Drawn
from ukcso.printed import RELATIONS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import altair as alt


def claims(
    checked: pd.DataFrame | None = None,
    *,
    relation: str = "growth",
    release: str | None = None,
    width: float = 700,
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

    Returns
    -------
    altair.VConcatChart
        ``.save("claims.svg")``, also .png, .pdf, .html.

    Raises
    ------
    InvalidInputError
        A frame of another function, an unknown relation or release, nothing to draw.
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
        require_known(
            "release", release, set(frame["release_id"].dropna()), "the column release_id"
        )
        frame = _kept(frame, frame["release_id"] == release)
    frame = _kept(frame, frame["relation"] == relation)
    computed = frame["recomputed_lower"].notna()
    if not computed.any():
        place = f" in {release}" if release else ""
        msg = f"nothing to draw: no {relation} statement{place} could be recomputed"
        raise InvalidInputError(msg)
    drawn = Drawn(frame[computed], relation, whole)
    words = _said(frame, drawn, release or "all releases")
    return finished(drawing(drawn), words, frame, whole)


def _kept(frame: pd.DataFrame, wanted: pd.Series[bool]) -> pd.DataFrame:
    kept = frame[wanted]
    kept.attrs = frame.attrs
    return kept


def _said(frame: pd.DataFrame, drawn: Drawn, place: str) -> Words:
    name, unit = RELATIONS[drawn.relation].plural, RELATIONS[drawn.relation].axis
    verdicts = {str(name): n for name, n in frame["verdict"].value_counts().items()}
    undrawn = [
        f"{verdicts[verdict]} {verdict.replace('_', ' ')}"
        for verdict in ("not_comparable", "not_computable")
        if verdicts.get(verdict)
    ]
    hedged = drawn.frame["hedge"] != "exact"
    notes = []
    if hedged.any():
        notes.append(
            f"{_words.counted(int(hedged.sum()), 'statement')} with a word such as “over” or "
            "“nearly” may lie off the line and still hold."
        )
    if drawn.has_ranges:
        notes.append("A bar is a range: an operand is known only within bounds.")
    if undrawn:
        notes.append(f"Not drawn: {_words.joined(undrawn)}.")
    if drawn.unlabelled:
        notes.append(f"Also differing: {', '.join(drawn.unlabelled)}.")
    return Words(
        title=f"Printed {name} against recomputed {name}, {place}",
        subtitle=f"{_words.counted(len(drawn.frame), 'printed statement')}, {unit}",
        notes=notes,
        facts=[
            "Scatter plot with a diagonal where both numbers are the same.",
            f"Verdicts: {_counts(verdicts)}.",
            *_differing(drawn.frame),
        ],
    )


def _counts(verdicts: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in verdicts.items())


def _differing(frame: pd.DataFrame) -> Sequence[str]:
    found = [
        f"{row.claim_id} printed {row.printed}"
        + (f", would read {row.would_read}" if isinstance(row.would_read, str) else "")
        for row in rows(frame[frame["verdict"] == "differs"])
    ]
    return [f"Differing: {'; '.join(found)}."] if found else []
