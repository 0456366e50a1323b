"""Columns that several frames of this room have, each with its kind."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from ukcso.datasets import DTYPES

PERIOD_ENDS = ["period_start", "period_end"]
AREA = dict.fromkeys(("area_id", "gss_code", "name"), "text")
PERIOD = {"period": "text", "period_start": "day", "period_end": "day"}
NUMBER = dict.fromkeys(("value", "bound_lower", "bound_upper"), "number") | {
    "hedge": "text",
    "unit": "text",
}
RATE = dict.fromkeys(("population", "rate", "lower", "upper"), "number") | {"why_not_rate": "text"}
ORIGIN = dict.fromkeys(
    ("release_id", "source_ids", "population_basis", "population_edition"), "text"
)


#: Of counts before residents and names are set beside them.
COUNTS = (
    dict.fromkeys(("measure_or_code", "area_id"), "text")
    | dict.fromkeys(PERIOD_ENDS, "day")
    | {"count": "number", "complete": "flag"}
    | dict.fromkeys(("why_not_count", "release_id", "source_ids"), "text")
)


def shaped(frame: pd.DataFrame, columns: Mapping[str, str]) -> pd.DataFrame:
    """Return a frame with these columns, each of the kind named beside it."""
    frame = frame.reindex(columns=list(columns))
    return frame.astype({name: DTYPES[kind] for name, kind in columns.items()})
