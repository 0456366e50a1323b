"""Intervals of numbers with open or closed ends, and arithmetic with them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from ukcso.errors import InvalidInputError

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Bounds:
    """
    An interval of numbers, each end open or closed.

    Arithmetic with numbers and other bounds gives every value the operands allow,
    each operand taken independently of the others.

    Parameters
    ----------
    lower, upper
        Ends; minus and plus infinity where there is none.
    lower_closed, upper_closed
        Whether the end itself belongs to it.

    Raises
    ------
    InvalidInputError
        An end that is not a number, or a lower end above the upper one.

    Examples
    --------
    >>> count = Bounds(5_000, math.inf, lower_closed=False)
    >>> count / 100
    Bounds(lower=50.0, upper=inf, lower_closed=False, upper_closed=False)
    >>> count.contains(5_000), count.contains(5_001)
    (False, True)
    >>> Bounds(66.99, 67.1).integers()
    range(67, 68)
    """

    lower: float
    upper: float
    lower_closed: bool = True
    upper_closed: bool = False

    def __post_init__(self) -> None:
        for name in ("lower", "upper"):
            value = getattr(self, name)
            if isinstance(value, bool) or not _is_number(value) or math.isnan(value):
                msg = f"{name} must be a number; got {value!r}"
                raise InvalidInputError(msg)
            object.__setattr__(self, name, float(value))
        if self.lower > self.upper:
            msg = f"lower must not be above upper; got {self.lower} and {self.upper}"
            raise InvalidInputError(msg)
        # An infinite end is never reached, whatever the caller said.
        object.__setattr__(self, "lower_closed", self.lower_closed and self.lower != -math.inf)
        object.__setattr__(self, "upper_closed", self.upper_closed and self.upper != math.inf)

    @classmethod
    def exactly(cls, value: float) -> Bounds:
        """
        Return the bounds that hold one number only.

        Examples
        --------
        >>> Bounds.exactly(67).is_exact
        True
        """
        return cls(value, value, lower_closed=True, upper_closed=True)

    @property
    def is_exact(self) -> bool:
        """Whether exactly one number is inside."""
        return self.lower == self.upper and self.lower_closed and self.upper_closed

    @property
    def is_empty(self) -> bool:
        """Whether no number is inside."""
        return self.lower == self.upper and not self.is_exact

    def contains(self, x: float | Fraction) -> bool:
        """
        Say whether a number lies inside; NaN does not.

        A number stands for its exact value and an end for the decimal it prints as:
        the float 0.285, which is a little less than that, is inside [0.275, 0.285).
        """
        if not math.isfinite(x):
            return False
        value, lower, upper = Fraction(x), _decimal(self.lower), _decimal(self.upper)
        above = self.lower_closed if x == self.lower else value > lower
        below = value < upper or (self.upper_closed and x == self.upper)
        at_end = (self.lower_closed and value == lower) or (self.upper_closed and value == upper)
        return (above and below) or (at_end and lower <= value <= upper)

    def within(self, other: Bounds) -> bool:
        """Say whether every number inside is inside `other` too."""
        above = self.lower > other.lower or (
            self.lower == other.lower and (other.lower_closed or not self.lower_closed)
        )
        below = self.upper < other.upper or (
            self.upper == other.upper and (other.upper_closed or not self.upper_closed)
        )
        return (above and below) or self.is_empty

    def overlaps(self, other: Bounds) -> bool:
        """Say whether some number is inside both."""
        return self.intersection(other) is not None

    def intersection(self, other: Bounds) -> Bounds | None:
        """Return the numbers inside both, None where there are none."""
        lower, lower_open = max(
            (self.lower, not self.lower_closed), (other.lower, not other.lower_closed)
        )
        upper, upper_closed = min(
            (self.upper, self.upper_closed), (other.upper, other.upper_closed)
        )
        if lower > upper:
            return None
        both = Bounds(lower, upper, not lower_open, upper_closed)
        return None if both.is_empty else both

    def integers(self) -> range:
        """
        Return the whole numbers inside.

        Raises
        ------
        InvalidInputError
            An end is infinite, so there is no last one.

        Examples
        --------
        >>> Bounds(3103.7, 3352, upper_closed=True).integers()
        range(3104, 3353)
        """
        if math.isinf(self.lower) or math.isinf(self.upper):
            msg = f"bounds must have two finite ends to list their whole numbers; got {self}"
            raise InvalidInputError(msg)
        first, last = math.ceil(self.lower), math.floor(self.upper)
        first += first == self.lower and not self.lower_closed
        last -= last == self.upper and not self.upper_closed
        return range(first, max(first, last + 1))

    def __neg__(self) -> Bounds:
        return Bounds(-self.upper, -self.lower, self.upper_closed, self.lower_closed)

    def __add__(self, other: Bounds | float) -> Bounds:
        if (it := _bounds(other)) is None:
            return NotImplemented
        return Bounds(
            self.lower + it.lower,
            self.upper + it.upper,
            self.lower_closed and it.lower_closed,
            self.upper_closed and it.upper_closed,
        )

    __radd__ = __add__

    def __sub__(self, other: Bounds | float) -> Bounds:
        if (it := _bounds(other)) is None:
            return NotImplemented
        return self + -it

    def __rsub__(self, other: float) -> Bounds:
        return -self + other

    def __mul__(self, other: Bounds | float) -> Bounds:
        if (it := _bounds(other)) is None:
            return NotImplemented
        return _spanned(self, it, lambda a, b: 0.0 if a == 0 or b == 0 else a * b)

    __rmul__ = __mul__

    def __truediv__(self, other: Bounds | float) -> Bounds:
        if (it := _bounds(other)) is None:
            return NotImplemented
        return self * _inverse(it)

    def __rtruediv__(self, other: float) -> Bounds:
        if (it := _bounds(other)) is None:
            return NotImplemented
        return it * _inverse(self)

    def __str__(self) -> str:
        left, right = "[" if self.lower_closed else "(", "]" if self.upper_closed else ")"
        return (
            f"{self.lower:g}"
            if self.is_exact
            else f"{left}{self.lower:.12g}, {self.upper:.12g}{right}"
        )


def _is_number(value: object) -> bool:
    try:
        float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return False
    return not isinstance(value, str)


def _decimal(end: float) -> Fraction | float:
    """Return the decimal that an end prints as, exactly; infinity as it is."""
    return Fraction(repr(end)) if math.isfinite(end) else end


def _bounds(value: object) -> Bounds | None:
    """Return a number or bounds as bounds, None for anything else."""
    if isinstance(value, Bounds):
        return value
    return Bounds.exactly(value) if _is_number(value) else None  # type: ignore[arg-type]


def _spanned(a: Bounds, b: Bounds, operate: Callable[[float, float], float]) -> Bounds:
    """Combine the ends pairwise; an end is reached only where both its parts are."""
    ends = [
        (operate(x, y), (x_closed and y_closed) or (x == 0 and x_closed) or (y == 0 and y_closed))
        for x, x_closed in ((a.lower, a.lower_closed), (a.upper, a.upper_closed))
        for y, y_closed in ((b.lower, b.lower_closed), (b.upper, b.upper_closed))
    ]
    lower, upper = min(end for end, _ in ends), max(end for end, _ in ends)
    return Bounds(
        lower,
        upper,
        any(closed for end, closed in ends if end == lower),
        any(closed for end, closed in ends if end == upper),
    )


def _inverse(divisor: Bounds) -> Bounds:
    if divisor.is_exact and divisor.lower == 0:
        msg = "cannot divide by bounds that hold only 0"
        raise InvalidInputError(msg)
    if divisor.lower < 0 < divisor.upper:
        return Bounds(-math.inf, math.inf)
    if divisor.upper == 0:
        return -_inverse(-divisor)
    largest = math.inf if divisor.lower == 0 else 1 / divisor.lower
    smallest = 1 / divisor.upper
    return Bounds(smallest, largest, divisor.upper_closed, divisor.lower_closed)
