"""Columns that several frames of this room have, each with its kind."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from ukcso.datasets import DTYPES

PERIOD_ENDS = ["period_start", "period_end"]
AREA = dict.fromkeys(("area_id", "gss_code", "name"), "text")
PERIOD = {"period": "text", "period_start": "day", "period_end": "day"}
NUMBER = {"value": "number", "lower": "number", "upper": "number", "hedge": "text", "unit": "text"}
RATE = dict.fromkeys(("population", "rate", "lower", "upper"), "number") | {"why_not_rate": "text"}
ORIGIN = dict.fromkeys(
    ("release_id", "source_ids", "population_basis", "population_edition"), "text"
)


def shaped(frame: pd.DataFrame, columns: Mapping[str, str]) -> pd.DataFrame:
    """Return a frame with these columns, each of the kind named beside it."""
    frame = frame.reindex(columns=list(columns))
    return frame.astype({name: DTYPES[kind] for name, kind in columns.items()})
