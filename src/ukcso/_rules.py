"""What an argument must be, and the message where it is not."""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterable
from html import escape
from numbers import Integral, Number
from typing import TYPE_CHECKING, Any, NamedTuple

from ukcso.errors import InvalidInputError, Listing, UkcsoError, listed, quoted, refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    import pandas as pd

_LARGEST = 1.7976931348623157e308  # the largest float; NaN and infinity are not <= it
_INFINITY_BITS = 0x7FF0_0000_0000_0000


class Rule(NamedTuple):
    """What an argument must be. NaN, which is missing, is always allowed."""

    words: str
    broken: Callable[[Any], Any]
    #: Whether 0 is refused, or makes the result undefined.
    zero_is_bad: bool = False
    zero_is_undefined: bool = False

    def plainly_holds(self, values: Any) -> bool:
        """
        Say quickly whether no value is bad, missing or makes the result undefined.

        Reductions read a block faster than comparisons. As unsigned bits, every finite
        float from 0 up is below infinity, and negative ones and NaN are above it.
        """
        if self.zero_is_bad or self.zero_is_undefined:
            return bool(values.min() > 0 and values.max() <= _LARGEST)
        return bool(values.view("u8").max() < _INFINITY_BITS)


class Together(NamedTuple):
    """A rule between arguments, reported against one of them."""

    name: str
    words: str
    broken: Callable[..., Any]


COUNT = Rule(">= 0 and finite", lambda x: (x < 0) | (x == math.inf))
BASE = COUNT._replace(zero_is_undefined=True)
POSITIVE = Rule("> 0 and finite", lambda x: (x <= 0) | (x == math.inf), zero_is_bad=True)
PART_OF_WHOLE = Together("part", "at most the whole", lambda part, whole: part > whole)


def message(name: str, words: str, value: object, place: str = "0", bad: str = "1 bad of 1") -> str:
    """Say argument, rule, first bad value, its place and how many there are."""
    return f"{name} must be {words}; got {value!r} at position {place} ({bad})"


def message_for(
    name: str, words: str, values: Any, broken: Any, series: pd.Series[Any] | None
) -> str:
    """Describe all that breaks a rule in an array by the first of them."""
    import numpy as np  # noqa: PLC0415 - a scalar call must not load numpy

    bad = np.atleast_1d(broken).reshape(-1)
    first = int(np.argmax(bad))
    value = float(np.broadcast_to(np.asarray(values).reshape(-1), bad.shape)[first])
    place = str(first)
    if series is not None and len(series) == len(bad):
        label = series.index[first]
        place = f"{first} (label {label.item() if isinstance(label, np.generic) else label!r})"
    return message(name, words, value, place, f"{int(bad.sum())} bad of {bad.size}")


def require_choice(name: str, value: object, allowed: Iterable[str]) -> None:
    """Refuse a word that is none of those allowed."""
    words = tuple(allowed)
    if not isinstance(value, str) or value not in words:
        raise refusal(value, name, f"one of {listed(words)}")


def require_number(name: str, value: object, words: str, holds: Callable[[float], bool]) -> float:
    """Refuse anything but a single number for which the rule holds."""
    plain = value.item() if getattr(value, "ndim", None) == 0 else value  # type: ignore[attr-defined]
    if isinstance(plain, Number) and not isinstance(plain, bool):
        try:
            number = float(plain)  # type: ignore[arg-type]
        except (OverflowError, TypeError, ValueError):
            number = math.nan
        if holds(number):
            return number
    raise refusal(value, name, words)


def require_whole(
    name: str, value: object, words: str = "a whole number", least: float = -math.inf
) -> int:
    """Refuse anything but an integer, Python's or numpy's, from `least` up."""
    if isinstance(value, Integral) and not isinstance(value, bool) and int(value) >= least:
        return int(value)
    raise refusal(value, name, words)


def several(argument: str, given: object, *single: type) -> list[Any]:
    """
    Return one name, or one of the `single` types, or several of them, as a list.

    Raises
    ------
    InvalidInputError
        It is neither.

    Examples
    --------
    >>> several("areas", "Kent"), several("areas", ("Kent", "Essex"))
    (['Kent'], ['Kent', 'Essex'])
    """
    if isinstance(given, (str, *single)):
        return [given]
    if isinstance(given, Iterable) and not isinstance(given, bytes):
        return list(given)
    raise refusal(given, argument, "a name, or several")


def require_known(
    argument: str,
    value: object,
    names: Collection[str],
    where: Listing | str,
    error: type[UkcsoError] = InvalidInputError,
) -> str:
    """
    Return a name that is one of those there are.

    Parameters
    ----------
    argument
        What is named, as the message says it: "measure", "offence code".
    names
        All names there are.
    where
        Where they are listed: a dataset, or words such as "the column release_id".
    error
        What is raised.

    Raises
    ------
    InvalidInputError
        It is not, or is no text; the message gives the nearest names. Another error
        where `error` says so.
    """
    if isinstance(value, str) and value in names:
        return value
    near = close_names(value, names) if isinstance(value, str) else ()
    hint = f"nearest: {listed(near)}; " if near else ""
    kind = "" if isinstance(value, str) else ", as text"
    msg = f"no {argument} {quoted(value)}; {hint}all are in "
    raise error(msg, where, kind)


def close_names(value: str, names: Iterable[str]) -> list[str]:
    """
    Return at most five names that are like a value, the most alike first.

    Examples
    --------
    >>> close_names("image_offense", ["grooming_offences", "image_offences"])
    ['image_offences']
    """
    # Longer text is like no name, and comparing takes long.
    return difflib.get_close_matches(value[:200], sorted(names), n=5)


class ShownAsText:
    """What notebooks and Quarto show of an object that reads as one line of text."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return escape(str(self))

    def _repr_markdown_(self) -> str:
        return str(self)
