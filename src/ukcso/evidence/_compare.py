"""Growth between consecutive periods, and whether the two may be compared at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Literal, get_args

import numpy as np
import pandas as pd

from ukcso._rules import require_choice
from ukcso.datasets import tells_origin, typed
from ukcso.errors import NotComparableError, listed
from ukcso.evidence._points import Step, steps_of
from ukcso.evidence._reasons import REASONS, warn_about
from ukcso.evidence._releases import spans_of

Across = Literal["warn", "refuse", "allow"]
#: How many periods make a year, for those of several months that are parts of one.
_A_YEAR = {3: 4, 6: 2}
_GROWTH = ("growth", "growth_bound_lower", "growth_bound_upper")
_ADDED = (
    {"earlier_value": "number", "earlier_release_id": "text"}
    | dict.fromkeys(_GROWTH, "number")
    | {"comparable": "flag", "why_not": "text", "break_ids": "text"}
)


@tells_origin
def compare(series_or_rows: pd.DataFrame, *, across: Across = "warn") -> pd.DataFrame:
    """
    Growth on the period before, blank where the two may not be compared.

    Each value is set against the period of the same length directly before it: of its
    own release, or, where that has none, of the one that covers the area most alike,
    exact before hedged, out by then before later, the latest first. A missing period
    gives no growth, never the growth on the one before it.

    Parameters
    ----------
    series_or_rows
        A frame of `series` or `official_series`, or rows with period_start,
        period_end and value, one per series, period and release. Used where they are
        there: measure, offence_code, breakdown, area_id, unit (together they tell
        series apart), hedge, release_id, published, scope_area_id, forces_responding,
        forces_asked, and basis (of a population).
    across
        "warn" leaves a growth that is not comparable blank and says so in one
        `UkcsoWarning`; "refuse" raises; "allow" gives it all the same, with its reasons beside it.
        None of them blanks growth from one quarter to the next: it is warned of.

    Returns
    -------
    DataFrame, the rows as they came, index kept, with eight more columns
        earlier_value, earlier_release_id (missing where there is no period before),
        growth (a fraction, of the values as printed; NaN from 0 and where corrections
        make a count negative), growth_bound_lower and growth_bound_upper (what the
        hedges allow),
        comparable (False too where there is nothing to compare with), why_not (every
        reason, `;` between: different_release, different_scope, forces_responding,
        break_in_series, inexact), break_ids (rows of `load_breaks`, `;` between).
        ``attrs["ukcso"]["caveats"]`` lists the breaks that hold throughout: they make
        no two periods differ.

    Raises
    ------
    InvalidInputError
        A column is missing or not of its kind, a period stands twice in one release,
        or `across` is something else.
    NotComparableError
        Some growth is not comparable and `across` is "refuse"; the message names the
        two releases and what differs.

    Warns
    -----
    UkcsoWarning
        ``across="warn"`` and some growth is left blank; the message counts the reasons. Or
        growth is from one quarter to the next, which have seasons: the message names the
        quarter of the year before.

    Notes
    -----
    Offences recorded have seasons: of class 86 in England and Wales, January to March has
    1.12 of the trend and July to September 0.87. Growth from one to the other is the season's
    as much as the trend's.

    A break parts two periods that do not both have 95 per cent of their days on one
    side of it. It concerns a measure by its name or its official codes, and every
    area that shares a force with its own. One of a population concerns rows whose
    `basis` differs.

    Examples
    --------
    >>> from ukcso.evidence import series
    >>> found = series("image_offences", "Lancashire", release="nspcc-2023-02-image-offences")
    >>> one_year = found[found["period"].str.len() == 7]
    >>> compare(one_year)["growth"].round(3).tolist()
    [nan, 0.14, 0.142, -0.068, 0.299, 0.214]
    """
    frame, notes = compared(series_or_rows, across)
    if across == "allow":
        notes = _seasons(frame)
    named = frame.reindex(columns=["measure", "offence_code", "area_id"]).astype(object)
    of = named["measure"].where(named["measure"].notna(), named["offence_code"])
    labels = [span.label for span in spans_of(frame)]
    warn_about(of.dropna(), named["area_id"].dropna(), labels, notes)
    return frame


def compared(series_or_rows: pd.DataFrame, across: Across) -> tuple[pd.DataFrame, list[str]]:
    """Return what `compare` does, and what to warn of: nothing where all is allowed."""
    require_choice("across", across, get_args(Across))
    steps = steps_of(series_or_rows)
    refused = [step for step in steps if step.reasons]
    if refused and across == "refuse":
        raise NotComparableError(_refusal(refused))
    frame = series_or_rows.copy()
    added = typed((_row(step, across) for step in steps), _ADDED)
    frame[list(_ADDED)] = added.set_axis(frame.index)
    standing = {str(it) for step in steps for it in step.point.breaks if it.day is None}
    origin = series_or_rows.attrs.get("ukcso", {})
    frame.attrs = {**series_or_rows.attrs, "ukcso": {**origin, "caveats": sorted(standing)}}
    notes = [] if across == "allow" else _seasons(frame)
    if refused and across == "warn":
        counted = Counter(why for step in refused for why in step.reasons)
        whys = listed(f"{why} ({counted[why]})" for why in REASONS if counted[why])
        n_compared = sum(step.earlier is not None for step in steps)
        blank = f"{len(refused)} of {n_compared} growths left blank, not comparable: {whys}"
        notes.insert(0, blank)
    return frame, notes


def _seasons(frame: pd.DataFrame) -> list[str]:
    """Say that growth is from one quarter to the next, and what to set the latest against."""
    spans = spans_of(frame[frame["growth"].notna()])
    parts = [span for span in spans if span.months in _A_YEAR]
    if not parts:
        return []
    latest = max(parts)
    before, year_before = latest.previous(), latest.previous(_A_YEAR[latest.months or 0])
    note = (
        f"growth on the quarter or half year directly before ({len(parts)} of it) mixes in the "
        f"seasons: set {latest} not against {before} but against {year_before}, that of the year "
        "before, as frames.with_growth does with dates"
    )
    return [note]


def _row(step: Step, across: Across) -> dict[str, object]:
    """Return what is said of one value and the one before it."""
    blank = step.reasons and across != "allow"
    return {
        **dict(zip(_GROWTH, (np.nan,) * 3 if blank else step.growth, strict=True)),
        "earlier_value": step.earlier and step.earlier.value,
        "earlier_release_id": step.earlier and step.earlier.release_id,
        "comparable": step.earlier is not None and not step.reasons,
        "why_not": ";".join(step.reasons) or None,
        "break_ids": ";".join(change.break_id for change in step.breaks) or None,
    }


def _refusal(refused: Sequence[Step]) -> str:
    """Name the first two values that may not be compared, what differs, and how many more."""
    first = refused[0]
    whys = "; ".join(f"{why} ({what})" for why, what in first.reasons.items())
    more = f"; and {len(refused) - 1} more" if len(refused) > 1 else ""
    return f"{first.earlier} and {first.point} are not comparable: {whys}{more}"
