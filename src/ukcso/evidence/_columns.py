"""Frames with the same column types on every pandas, also without rows; known names."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any

import pandas as pd

from ukcso.errors import InvalidInputError, listed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

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


def known(argument: str, text: object, names: Collection[str], where: str) -> str:
    """
    Return a name that is one of those there are.

    Raises
    ------
    InvalidInputError
        It is not; the message lists the nearest.
    """
    if isinstance(text, str) and text in names:
        return text
    close = difflib.get_close_matches(str(text), sorted(names), n=5, cutoff=0.5)
    nearest = f"nearest: {listed(close)}; " if close else ""
    msg = f"no {argument} {text!r}; {nearest}all are in {where}"
    raise InvalidInputError(msg)
