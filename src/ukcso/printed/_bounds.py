"""Intervals of numbers with open or closed ends, and arithmetic with them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from ukcso.errors import InvalidInputError

if TYPE_CHECKING:
    from collections.abc import Callable

    _End = Fraction | float


@dataclass(frozen=True, slots=True)
class Bounds:
    """
    An interval of numbers, each end open or closed.

    Arithmetic with numbers and other bounds gives every value the operands allow,
    each operand taken independently of the others. An end stands for the decimal it
    prints as, and is calculated with exactly.

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
            if not _is_number(value) or math.isnan(value):
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
        try:
            value = Fraction(x)
        except (OverflowError, ValueError):  # infinite, NaN
            return False
        lower, upper = _decimal(self.lower), _decimal(self.upper)
        # At its own end, a float that falls short of the tie rounds towards zero.
        short_above = self.upper > 0 and x == self.upper and value < upper
        short_below = self.lower < 0 and x == self.lower and value > lower
        at_lower = x == self.lower or value == lower
        at_upper = x == self.upper or value == upper
        above = short_below or (self.lower_closed if at_lower else value > lower)
        below = short_above or (self.upper_closed if at_upper else value < upper)
        return above and below

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
            float(_decimal(self.lower) + _decimal(it.lower)),
            float(_decimal(self.upper) + _decimal(it.upper)),
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
        return _spanned(self, it, _times)

    __rmul__ = __mul__

    def __truediv__(self, other: Bounds | float) -> Bounds:
        if (it := _bounds(other)) is None:
            return NotImplemented
        return _divided(self, it)

    def __rtruediv__(self, other: float) -> Bounds:
        if (it := _bounds(other)) is None:
            return NotImplemented
        return _divided(it, self)

    def __str__(self) -> str:
        left, right = "[" if self.lower_closed else "(", "]" if self.upper_closed else ")"
        return (
            f"{self.lower:.12g}"
            if self.is_exact
            else f"{left}{self.lower:.12g}, {self.upper:.12g}{right}"
        )


def _is_number(value: object) -> bool:
    """Say whether a value is a number that a float can hold."""
    if isinstance(value, (bool, str)):
        return False
    try:
        float(value)  # type: ignore[arg-type]
    except (OverflowError, TypeError, ValueError):
        return False
    return True


def _decimal(end: float) -> _End:
    """Return the decimal that an end prints as, exactly; infinity as it is."""
    return Fraction(repr(end)) if math.isfinite(end) else end


def _bounds(value: object) -> Bounds | None:
    """Return a number or bounds as bounds, None for anything else."""
    if isinstance(value, Bounds):
        return value
    return Bounds.exactly(value) if _is_number(value) else None  # type: ignore[arg-type]


def _spanned(a: Bounds, b: Bounds, operate: Callable[[_End, _End], _End]) -> Bounds:
    """Combine the ends pairwise; an end is reached only where both its parts are."""
    ends = [
        (
            operate(_decimal(x), _decimal(y)),
            (x_closed and y_closed) or (x == 0 and x_closed) or (y == 0 and y_closed),
        )
        for x, x_closed in ((a.lower, a.lower_closed), (a.upper, a.upper_closed))
        for y, y_closed in ((b.lower, b.lower_closed), (b.upper, b.upper_closed))
    ]
    lower, upper = min(end for end, _ in ends), max(end for end, _ in ends)
    return Bounds(
        float(lower),
        float(upper),
        any(closed for end, closed in ends if end == lower),
        any(closed for end, closed in ends if end == upper),
    )


def _times(a: _End, b: _End) -> _End:
    """Multiply ends; nothing times an endless end is nothing, for the end is not reached."""
    return Fraction(0) if a == 0 or b == 0 else a * b


def _divided(a: Bounds, b: Bounds) -> Bounds:
    if b.lower == b.upper == 0:
        msg = "cannot divide by bounds that hold only 0"
        raise InvalidInputError(msg)
    if b.lower < 0 < b.upper:
        return Bounds(-math.inf, math.inf)
    if b.upper == 0:
        return _divided(-a, -b)
    return _spanned(a, b, _over)


def _over(a: _End, b: _End) -> _End:
    """Divide ends, the divisor being 0 or above."""
    if a == 0 or (math.isinf(b) and not math.isinf(a)):
        return Fraction(0)
    if b == 0 or math.isinf(a):
        return math.inf if a > 0 else -math.inf
    return a / b
