"""Frames with the same column types on every pandas, also without rows; their rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pandas as pd

DTYPES: Mapping[str, Any] = {
    "text": pd.StringDtype("python"),
    "day": "datetime64[ns]",
    "whole": "Int64",
    "number": "float64",
    "flag": "bool",
}


def typed(found: Iterable[Mapping[str, object]], columns: Mapping[str, str]) -> pd.DataFrame:
    """Return rows as a frame of these columns, each of the kind named beside it."""
    frame = pd.DataFrame(list(found), columns=list(columns), dtype=object)
    return frame.astype({name: DTYPES[kind] for name, kind in columns.items()})


def rows(frame: pd.DataFrame) -> Iterator[Any]:
    """Go through rows as named tuples, whose cells have the types that the schema gave."""
    return iter(frame.itertuples(index=False))
