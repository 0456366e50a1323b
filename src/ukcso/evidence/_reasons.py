"""Why a number is not there, each reason worded once for everything that shows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ukcso.errors import listed, warn

#: As many names are told in a warning; more are counted.
_FEW = 2


class Reason(NamedTuple):
    """Why two values may not be compared, after "because of": one step, and several."""

    one: str
    several: str


#: By the word of the column `why_not` of `compare`, in the order in which they are told.
REASONS: Mapping[str, Reason] = {
    "different_release": Reason("another release", "different releases"),
    "different_scope": Reason("another scope", "a different scope"),
    "forces_responding": Reason("other forces answering", "other forces responding"),
    "break_in_series": Reason("a break in the series", "a break in the series"),
    "inexact": Reason("a number that is not exact", "figures that are not exact"),
}
#: By the word of the column `why_not_rate` of `area_table` and `trend_table`.
WHY_NOT_RATE: Mapping[str, str] = {
    "incomplete": "Quarters of this year are missing, so it has no count.",
    "no_count": "No exact count for this area and period in the release or table.",
    "not_a_year": "A rate by residents takes a period of one year.",
    "no_estimate": "No estimate of residents of these ages for this area and year is shipped.",
    "other_basis": (
        "Residents of these ages are estimated on another census basis only, which may not be set "
        "beside the one used here."
    ),
}


def warn_about(
    of: Iterable[str], areas: Iterable[str], periods: Iterable[str], notes: Iterable[str]
) -> None:
    """Warn once of all notes on a frame, and say what, where and when it is about."""
    if not (text := "; ".join(notes)):
        return
    parts = (_few(of, "measures"), _few(areas, "areas"), _few(periods, "periods"))
    warn(f"{', '.join(filter(None, parts))}: {text}")


def _few(names: Iterable[str], plural: str) -> str:
    """Name a few things, or say how many they are."""
    known = list(dict.fromkeys(names))
    return listed(known) if len(known) <= _FEW else f"{len(known)} {plural}"
