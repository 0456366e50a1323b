"""Growth between consecutive periods, and whether the two may be compared at all."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd

from ukcso.datasets import DTYPES, tells_origin
from ukcso.errors import InvalidInputError, NotComparableError, listed
from ukcso.evidence._points import REASONS, Point, earlier_of, points_of
from ukcso.evidence._warn import warn
from ukcso.stats import growth

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Across = Literal["warn", "refuse", "allow"]
_ACROSS: tuple[Across, ...] = ("warn", "refuse", "allow")
_ADDED = {
    "earlier_value": "number",
    "earlier_release_id": "text",
    "growth": "number",
    "growth_lower": "number",
    "growth_upper": "number",
    "comparable": "flag",
    "why_not": "text",
    "break_ids": "text",
}


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
        `UserWarning`; "refuse" raises; "allow" gives it all the same, with its reasons beside it.

    Returns
    -------
    DataFrame, the rows as they came, index kept, with eight more columns
        earlier_value, earlier_release_id (missing where there is no period before),
        growth (a fraction, of the values as printed; NaN from 0 and where corrections
        make a count negative), growth_lower and growth_upper (what the hedges allow),
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
    UserWarning
        ``across="warn"`` and some growth is left blank; the message counts the reasons.

    Notes
    -----
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
    if across not in _ACROSS:
        msg = f"across must be one of {listed(_ACROSS)}; got {across!r}"
        raise InvalidInputError(msg)
    points = points_of(series_or_rows)
    earlier = earlier_of(points)
    reasons = [
        {} if one is None else dict(point.reasons(one))
        for one, point in zip(earlier, points, strict=True)
    ]
    refused = [place for place, why in enumerate(reasons) if why]
    if refused and across == "refuse":
        raise NotComparableError(_refusal(points, earlier, reasons))
    shown = [
        one if one is not None and (across == "allow" or not why) else None
        for one, why in zip(earlier, reasons, strict=True)
    ]
    grown = _growth(shown, points)
    ends = _ends(shown, points, grown)
    crossed = [
        [] if one is None else [it.break_id for it in point.crossed(one)]
        for one, point in zip(earlier, points, strict=True)
    ]
    added: dict[str, list[Any]] = {
        "earlier_value": [None if one is None else one.value for one in earlier],
        "earlier_release_id": [None if one is None else one.release_id for one in earlier],
        "growth": grown,
        "growth_lower": [lower for lower, _ in ends],
        "growth_upper": [upper for _, upper in ends],
        "comparable": [
            one is not None and not why for one, why in zip(earlier, reasons, strict=True)
        ],
        "why_not": [";".join(why) or None for why in reasons],
        "break_ids": [";".join(broken) or None for broken in crossed],
    }
    frame = series_or_rows.copy()
    for name, cells in added.items():
        column = pd.Series(cells, index=frame.index, dtype=object)
        frame[name] = column.astype(DTYPES[_ADDED[name]])
    standing = {str(it) for point in points for it in point.breaks if it.day is None}
    origin = series_or_rows.attrs.get("ukcso", {})
    frame.attrs = {**series_or_rows.attrs, "ukcso": {**origin, "caveats": sorted(standing)}}
    if refused and across == "warn":
        counted = Counter(why for place in refused for why in reasons[place])
        told = listed(f"{why} ({counted[why]})" for why in REASONS if counted[why])
        compared = sum(one is not None for one in earlier)
        msg = f"{len(refused)} of {compared} growths left blank, not comparable: {told}"
        warn(msg)
    return frame


def _growth(earlier: Sequence[Point | None], points: Sequence[Point]) -> list[float]:
    """Return growth as `ukcso.growth` has it, missing where corrections make a count negative."""
    old = np.array([np.nan if one is None else one.value for one in earlier], dtype=float)
    new = np.array([point.value for point in points], dtype=float)
    negative = (old < 0) | (new < 0)
    old[negative], new[negative] = np.nan, np.nan
    return list(growth(old, new))


def _ends(
    earlier: Sequence[Point | None], points: Sequence[Point], grown: Sequence[float]
) -> list[tuple[float, float]]:
    """Return what the hedges allow a growth to be; the growth itself where both are exact."""
    ends = []
    for one, point, value in zip(earlier, points, grown, strict=True):
        if one is None or np.isnan(value) or one.hedge == point.hedge == "exact":
            ends.append((value, value))
        else:
            allowed = point.bounds / one.bounds - 1
            ends.append((allowed.lower, allowed.upper))
    return ends


def _refusal(
    points: Sequence[Point],
    earlier: Sequence[Point | None],
    reasons: Sequence[Mapping[str, str]],
) -> str:
    """Name the first two values that may not be compared, what differs, and how many more."""
    refused = [place for place, why in enumerate(reasons) if why]
    first = refused[0]
    told = "; ".join(f"{why} ({what})" for why, what in reasons[first].items())
    more = f"; and {len(refused) - 1} more" if len(refused) > 1 else ""
    return f"{earlier[first]} and {points[first]} are not comparable: {told}{more}"
