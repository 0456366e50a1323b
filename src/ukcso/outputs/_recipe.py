"""The frames that outputs show: made here or handed over, and always able to be made again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypedDict

import pandas as pd

from ukcso import claims, evidence
from ukcso.claims import _table
from ukcso.datasets import pinned
from ukcso.errors import InvalidInputError, listed
from ukcso.evidence import _area_table, _series, _trend_table

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from ukcso.evidence import Across


class AreaAsked(TypedDict, total=False):
    """What `area_table` takes besides a measure and a period."""

    kind: str
    ages: str
    per: float
    level: float
    release: str | None


class TrendAsked(TypedDict, total=False):
    """What `trend_table` takes besides a measure and an area."""

    ages: str
    per: float
    level: float
    release: str | None
    across: Across


class SeriesAsked(TypedDict, total=False):
    """What `series` takes besides a measure and an area."""

    breakdown: str
    release: str | None
    as_of: str | None
    figures: pd.DataFrame | None


_FUNCTIONS: dict[str, Callable[..., pd.DataFrame]] = {
    "area_table": evidence.area_table,
    "trend_table": evidence.trend_table,
    "series": evidence.series,
    "check_claims": claims.check_claims,
}
_COLUMNS: dict[str, Collection[str]] = {
    "area_table": _area_table.COLUMNS,
    "trend_table": _trend_table.COLUMNS,
    "series": _series.COLUMNS,
    "check_claims": _table.COLUMNS,
}


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a frame was made: a function, its arguments, and the versions that stood."""

    function: str
    arguments: Mapping[str, Any]
    datasets: Mapping[str, int]
    #: Arguments that were a caller's own data.
    own: tuple[str, ...] = ()

    def make(self) -> pd.DataFrame:
        """
        Make the frame from the same versions again.

        Raises
        ------
        InvalidInputError
            It was made from somebody's own data.
        UnknownDatasetError
            This release does not ship one of the versions.
        """
        if self.own:
            msg = f"{self.function} was given own data ({', '.join(self.own)}); only who has "
            msg += "them can make it again"
            raise InvalidInputError(msg)
        with pinned(**self.datasets):
            return _FUNCTIONS[self.function](**self.arguments)


def recipe_of(frame: pd.DataFrame) -> Recipe:
    """Return how a frame of `made` was made."""
    told = frame.attrs["ukcso"]
    made_by = told["made_by"]
    return Recipe(made_by["function"], made_by["arguments"], told["datasets"], tuple(told["own"]))


def made(function: str, given: object, *more: object, **asked: Any) -> pd.DataFrame:
    """
    Return a frame that a function made, or what it makes of the arguments instead.

    Raises
    ------
    InvalidInputError
        A frame of another function, one that lost its attrs, columns or rows, or
        arguments beside a frame.
    """
    if not isinstance(given, pd.DataFrame):
        rest = [it for it in more if it is not None]
        frame = _FUNCTIONS[function](*([] if given is None else [given]), *rest, **asked)
    else:
        frame = given
        beside = [str(it) for it in more if it is not None] + sorted(asked)
        if beside:
            msg = f"arguments of {function} go with a measure, not with a frame; got {beside[0]}"
            raise InvalidInputError(msg)
        by = frame.attrs.get("ukcso", {}).get("made_by", {}).get("function")
        if by != function:
            told = f"is from {by}" if by else "does not say what made it"
            msg = (
                f"the frame must be as {function} returned it, or some of its rows; it {told} "
                "(pandas drops attrs in merges)"
            )
            raise InvalidInputError(msg)
        if lacking := [name for name in _COLUMNS[function] if name not in frame]:
            msg = f"the frame must have every column of {function}; it lacks {listed(lacking)}"
            raise InvalidInputError(msg)
    if frame.empty:
        msg = f"nothing to show: {function} has no rows for this"
        raise InvalidInputError(msg)
    return frame
