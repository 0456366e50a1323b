"""A value with its interval, and what all intervals share."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Generic, TypeVar

from ukcso._rules import require_choice, require_number

T = TypeVar("T")

COUNT_METHODS = ("auto", "exact", "byar")
SHARE_METHODS = ("wilson", "exact")


@dataclass(frozen=True, slots=True)
class Estimate(Generic[T]):
    """
    A value and its confidence interval.

    Attributes
    ----------
    value, lower, upper
        Of one type, shape and index, in one unit.
    level
        Confidence level, a fraction in (0, 1).
    method
        How the interval was made.
    """

    value: T
    lower: T
    upper: T
    level: float
    method: str

    @classmethod
    def of(cls, results: tuple[Any, ...], level: float, method: str) -> Estimate[Any]:
        """Return value, lower and upper as computed together."""
        value, lower, upper = results
        return Estimate(value, lower, upper, level, method)


def require_level(level: object) -> float:
    """Refuse a confidence level that is no fraction in (0, 1): 95 is not 0.95."""
    return require_number("level", level, "a fraction in (0, 1), such as 0.95", _is_fraction)


def require_method(method: object, allowed: tuple[str, ...]) -> None:
    """Refuse a method that is not offered."""
    require_choice("method", method, allowed)


def require_dispersion(dispersion: object) -> float:
    """Refuse a dispersion below 1: recorded counts do not vary less than Poisson."""
    return require_number("dispersion", dispersion, ">= 1 and finite", _widens)


@lru_cache(maxsize=64)
def z_score(level: float) -> float:
    """Return the standard normal quantile that leaves half of 1 - level above."""
    from statistics import NormalDist  # noqa: PLC0415 - takes 10 ms to load

    return -NormalDist().inv_cdf(tail(level))


def tail(level: float) -> float:
    """Return the probability left on each side."""
    return (1 - level) / 2


def _is_fraction(number: float) -> bool:
    return 0 < number < 1


def _widens(number: float) -> bool:
    return 1 <= number < float("inf")
