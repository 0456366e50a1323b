"""A value with its interval, and what all intervals share."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Generic, TypeVar

from ukcso._rules import require_number

T = TypeVar("T")


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


def require_level(level: object, argument: str = "level") -> float:
    """Return a confidence level as a float; 95 is refused, for it is not 0.95."""
    words = "a fraction in (0, 1), such as 0.95"
    return require_number(argument, level, words, lambda x: 0 < x < 1)


def require_dispersion(dispersion: object) -> float:
    """Refuse a dispersion below 1: recorded counts do not vary less than Poisson."""
    words = ">= 1 and finite"
    return require_number("dispersion", dispersion, words, lambda x: 1 <= x < float("inf"))


@lru_cache(maxsize=64)
def z_score(level: float) -> float:
    """Return the standard normal quantile that leaves half of 1 - level above."""
    from statistics import NormalDist  # noqa: PLC0415 - takes 10 ms to load

    return -NormalDist().inv_cdf(tail(level))


def tail(level: float) -> float:
    """Return the probability left on each side."""
    return (1 - level) / 2
