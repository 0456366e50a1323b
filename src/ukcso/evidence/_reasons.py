"""Why a number is not there, each reason worded once for everything that shows it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


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
