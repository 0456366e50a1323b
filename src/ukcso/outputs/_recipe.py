"""The frames that outputs show: made by the library, from arguments or from a frame's recipe."""

from __future__ import annotations

import inspect
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypedDict

import pandas as pd

from ukcso.claims import check_claims
from ukcso.comparisons import area_table, change_table
from ukcso.datasets import pinned
from ukcso.errors import InvalidInputError, listed, quoted
from ukcso.evidence import Across, series, trend_table
from ukcso.periods import Period


class _RatesAsked(TypedDict, total=False):
    ages: str
    per: float
    level: float
    release: str | None


class AreaAsked(_RatesAsked, total=False):
    """What `area_table` takes besides a measure and a period."""

    kind: str
    sort: str


class ChangeAsked(TypedDict, total=False):
    """What `change_table` takes besides a measure, a period and areas."""

    against: Period | str | None
    kind: str
    ages: str
    level: float
    adjust: Literal["holm", "bh", "none"]
    release: str | None


class TrendAsked(_RatesAsked, total=False):
    """What `trend_table` takes besides a measure and an area."""

    across: Across


class SeriesAsked(TypedDict, total=False):
    """What `series` takes besides a measure and an area."""

    breakdown: str
    release: str | None
    as_of: str | None
    figures: pd.DataFrame | None


_FUNCTIONS: dict[str, Callable[..., pd.DataFrame]] = {
    function.__name__: function
    for function in (area_table, change_table, trend_table, series, check_claims)
}
#: Stands among a recipe's own data for a frame that nobody can make again.
OWN_FRAME = "frame"


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a frame was made: a function, its arguments, and the versions that stood."""

    function: str
    arguments: Mapping[str, Any]
    datasets: Mapping[str, int | str]
    #: Arguments that were a caller's own data.
    own: tuple[str, ...] = ()

    @property
    def is_of_own_frame(self) -> bool:
        """Whether the frame was handed over and could not be made again to be compared."""
        return OWN_FRAME in self.own

    def make(self) -> pd.DataFrame:
        """
        Make the frame from the same versions again.

        Raises
        ------
        InvalidInputError
            It was made from somebody's own data, or an argument is missing.
        UnknownDatasetError
            This release does not ship one of the versions, or it is own data that no block
            around pins.
        """
        if self.own:
            msg = f"{self.function} was given own data ({', '.join(self.own)}); only who has "
            msg += "them can make it again"
            raise InvalidInputError(msg)
        with pinned(**self.datasets):
            return _call(self.function, self.arguments)


def recipe_of(frame: pd.DataFrame) -> Recipe:
    """Return how a frame of `frame_of` was made."""
    origin = frame.attrs["ukcso"]
    made_by = origin["made_by"]
    own = tuple(origin.get("own", ()))
    return Recipe(made_by["function"], made_by["arguments"], origin.get("datasets", {}), own)


def require_options(called: str, function: str, options: Iterable[str]) -> None:
    """
    Refuse options that a table or picture cannot hand over to the function of its frame.

    Raises
    ------
    InvalidInputError
        With the name of the table or picture that was called, and of the first of them.
    """
    parameters = inspect.signature(_FUNCTIONS[function]).parameters.values()
    known = [of.name for of in parameters if of.default is not inspect.Parameter.empty]
    for name in options:
        if name not in known:
            msg = f"{called} has no option {quoted(name)}; of {function} it takes {listed(known)}"
            raise InvalidInputError(msg)


def frame_of(function: str, given: object, *more: object, **options: Any) -> pd.DataFrame:
    """
    Return the frame that a function makes of arguments, or made before.

    A frame is not trusted: it is made again from its recipe, and the rows that were
    handed over are picked from that. One that rests on data of a caller's own cannot be
    made again; it is returned as a copy that no longer says which datasets it is from.

    Raises
    ------
    InvalidInputError
        An argument is missing or goes with a frame; a frame of another function, or one
        with a row that this function did not return, or returned once and it is there
        twice; no rows.
    """
    if isinstance(given, pd.DataFrame):
        if beside := [str(value) for value in more if value is not None] + sorted(options):
            msg = f"arguments of {function} go with a measure, not with a frame; got {beside[0]}"
            raise InvalidInputError(msg)
        frame = _made_again(function, given)
    else:
        names = inspect.signature(_FUNCTIONS[function]).parameters
        frame = _call(function, {**dict(zip(names, (given, *more), strict=False)), **options})
    if frame.empty:
        msg = f"nothing to show: {function} has no rows for this"
        raise InvalidInputError(msg)
    return frame


def _call(function: str, arguments: Mapping[str, Any]) -> pd.DataFrame:
    """Call a function, after a look at whether every argument that it needs is there."""
    parameters = inspect.signature(_FUNCTIONS[function]).parameters
    needed = [name for name, of in parameters.items() if of.default is inspect.Parameter.empty]
    known = {name: value for name, value in arguments.items() if value is not None}
    for name in needed:
        if name not in known:
            msg = f"{name} is missing: {function} takes {' and '.join(needed)}"
            raise InvalidInputError(msg)
    return _FUNCTIONS[function](**known)


def _made_again(function: str, given: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of a frame as the function makes them, in the order of the frame."""
    origin = given.attrs.get("ukcso", {})
    by = origin.get("made_by", {}).get("function")
    if by != function:
        says = f"is from {by}" if by else "does not say what made it"
        msg = f"the frame must be as {function} returned it, or some of its rows; it {says} "
        msg += "(pandas drops attrs in merges)"
        raise InvalidInputError(msg)
    recipe = recipe_of(given)
    if recipe.own:
        copy = given.copy()
        made_by = {"function": function, "arguments": {}}
        copy.attrs["ukcso"] = {**origin, "made_by": made_by, "own": [OWN_FRAME]}
        return copy
    with warnings.catch_warnings(action="ignore"):  # whoever made it first was warned
        whole = recipe.make()
    if lacking := [name for name in whole if name not in given]:
        msg = f"the frame must have every column of {function}; it lacks {listed(lacking)}"
        raise InvalidInputError(msg)
    return whole.iloc[_places(function, given[list(whole)], whole)]


def _places(function: str, given: pd.DataFrame, whole: pd.DataFrame) -> list[int]:
    """Return where in the whole frame the rows of a part of it are."""
    place_of = {row: place for place, row in enumerate(_tuples(whole))}
    places: dict[int, int] = {}
    for at, row in enumerate(_tuples(given)):
        place = place_of.get(row)
        if place is None or place in places:
            why = "is there twice" if place is not None else "is none of them, or was edited"
            msg = f"the frame must hold rows as {function} returned them, each once; that at "
            msg += f"position {at} ({str(row[0])[:40]}) {why}"
            raise InvalidInputError(msg)
        places[place] = at
    return list(places)


def _tuples(frame: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    """Go through the rows as Python's own values, None where one is missing."""
    plain = frame.astype(object)
    return plain.where(plain.notna(), None).itertuples(index=False, name=None)
