"""Intervals of numbers with open or closed ends, and arithmetic with them."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import product
from numbers import Rational
from typing import Any, Self

from ukcso.errors import InvalidInputError, refusal

_End = Fraction | float
#: An end, and whether it belongs to the bounds.
_Reached = tuple[_End, bool]
_Ends = tuple[_Reached, _Reached]


@dataclass(frozen=True, slots=True)
class Bounds:
    """
    An interval of numbers, each end open or closed.

    Arithmetic with numbers and other bounds gives every value the operands allow,
    each operand taken independently of the others, and none where an operand allows
    none. An end stands for the decimal it prints as, and is calculated with exactly; a
    result that no float holds becomes the next float outward.

    Parameters
    ----------
    lower, upper
        Ends; minus and plus infinity where there is none.
    lower_closed, upper_closed
        Whether the end itself belongs to it.

    Raises
    ------
    InvalidInputError
        An end that is not a number, or a lower end above the upper one; a result
        beyond the largest float.

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
                raise refusal(value, name, "a number that a float can hold")
            if not isinstance(value, Rational):
                object.__setattr__(self, name, float(value))
        lower, upper = _outward(self.lower, self.upper)
        object.__setattr__(self, "lower", lower)
        object.__setattr__(self, "upper", upper)
        if self.lower > self.upper:
            msg = f"lower must not be above upper; got {self.lower} and {self.upper}"
            raise InvalidInputError(msg)
        # An infinite end is never reached, whatever the caller said.
        object.__setattr__(self, "lower_closed", self.lower_closed and self.lower != -math.inf)
        object.__setattr__(self, "upper_closed", self.upper_closed and self.upper != math.inf)

    @classmethod
    def exactly(cls, value: _End) -> Self:
        """
        Return the bounds that hold one number only.

        Examples
        --------
        >>> Bounds.exactly(67).is_exact
        True
        """
        return cls(value, value, lower_closed=True, upper_closed=True)  # type: ignore[arg-type]

    @property
    def is_exact(self) -> bool:
        """Whether exactly one number is inside."""
        return self.lower == self.upper and self.lower_closed and self.upper_closed

    @property
    def is_empty(self) -> bool:
        """Whether no number is inside."""
        return self.lower == self.upper and not self.is_exact

    def contains(self, x: float | Fraction) -> bool:
        """Say whether a number lies inside; a float stands for its shortest decimal, as an end."""
        value = decimal_of(x)
        lower, upper = decimal_of(self.lower), decimal_of(self.upper)
        above = value > lower or (value == lower and self.lower_closed)
        below = value < upper or (value == upper and self.upper_closed)
        return above and below

    def within(self, other: Bounds) -> bool:
        """Say whether every number inside is inside `other` too."""
        return self.is_empty or self.intersection(other) == self

    def overlaps(self, other: Bounds) -> bool:
        """Say whether some number is inside both."""
        return self.intersection(other) is not None

    def intersection(self, other: Bounds) -> Self | None:
        """Return the numbers inside both, None where there are none."""
        lower, lower_open = max(
            (self.lower, not self.lower_closed), (other.lower, not other.lower_closed)
        )
        upper, upper_closed = min(
            (self.upper, self.upper_closed), (other.upper, other.upper_closed)
        )
        if lower > upper:
            return None
        both = type(self)(lower, upper, not lower_open, upper_closed)
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

    def __neg__(self) -> Self:
        return type(self)(-self.upper, -self.lower, self.upper_closed, self.lower_closed)

    def __add__(self, other: Bounds | float) -> Self:
        return self._combined(other, _sum)

    __radd__ = __add__

    def __sub__(self, other: Bounds | float) -> Self:
        return self._combined(other, lambda a, b: _sum(a, -b))

    def __rsub__(self, other: float) -> Self:
        return -self + other

    def __mul__(self, other: Bounds | float) -> Self:
        return self._combined(other, lambda a, b: _spanned(a, b, _product))

    __rmul__ = __mul__

    def __truediv__(self, other: Bounds | float) -> Self:
        return self._combined(other, _quotient)

    def __rtruediv__(self, other: float) -> Self:
        return self._combined(other, lambda a, b: _quotient(b, a))

    def _combined(self, other: Any, operate: Callable[[Bounds, Bounds], _Ends]) -> Self:
        """Calculate with a number or bounds; out of none comes none."""
        second = other
        if not isinstance(second, Bounds):
            if not _is_number(second):
                return NotImplemented  # type: ignore[no-any-return]
            second = type(self).exactly(second)
        (lower, lower_closed), (upper, upper_closed) = operate(self, second)
        if self.is_empty or second.is_empty:
            return type(self)(0, 0)
        return type(self)(lower, upper, lower_closed, upper_closed)  # type: ignore[arg-type]

    def __str__(self) -> str:
        if self.is_exact:
            return f"{self.lower:.12g}"
        left, right = "[" if self.lower_closed else "(", "]" if self.upper_closed else ")"
        return f"{left}{self.lower:.12g}, {self.upper:.12g}{right}"


class Exact(Bounds):
    """Bounds whose ends are fractions: steps on the way to a result that are not rounded."""

    __slots__ = ()

    def __post_init__(self) -> None:
        for name in ("lower", "upper"):
            end = decimal_of(getattr(self, name))
            object.__setattr__(self, name, end)
            if isinstance(end, float):  # infinity
                object.__setattr__(self, f"{name}_closed", False)

    @classmethod
    def of(cls, bounds: Bounds) -> Self:
        """Return bounds with their ends as fractions."""
        return cls(bounds.lower, bounds.upper, bounds.lower_closed, bounds.upper_closed)

    def as_floats(self) -> Bounds:
        """Return the result."""
        return Bounds(self.lower, self.upper, self.lower_closed, self.upper_closed)


def decimal_of(number: _End | Decimal) -> _End:
    """Return the decimal that a number prints as, exactly; infinity and NaN as they are."""
    if isinstance(number, Rational):
        return Fraction(int(number.numerator), int(number.denominator))
    return Fraction(str(number)) if math.isfinite(number) else float(number)


def _outward(lower: _End, upper: _End) -> tuple[float, float]:
    """Return ends as floats, an exact end that none holds as the next one outward."""
    low, high = float(lower), float(upper)
    if lower < upper:  # a single number stays one
        if isinstance(lower, Rational) and decimal_of(low) > lower:
            low = math.nextafter(low, -math.inf)
        if isinstance(upper, Rational) and decimal_of(high) < upper:
            high = math.nextafter(high, math.inf)
    return low, high


def count_bounds(name: str, value: Any) -> Bounds:
    """
    Return a count, or what of its bounds is a count: fewer than 5 is 0 to 4.

    Raises
    ------
    InvalidInputError
        A count below 0, or nothing of the kind.
    """
    bounds = value if isinstance(value, Bounds) else None
    if _is_number(value) and math.isfinite(value):
        bounds = Bounds.exactly(value)
    counts = bounds.intersection(Bounds(0, math.inf)) if bounds else None
    if counts is None:
        raise refusal(value, name, "a finite count >= 0, or Bounds of one")
    return counts


def _is_number(value: Any) -> bool:
    """Say whether a value is a number that a float can hold."""
    if isinstance(value, (bool, str)):
        return False
    try:
        float(value)
    except (OverflowError, TypeError, ValueError):
        return False
    return True


def _ends(bounds: Bounds) -> _Ends:
    lower, upper = decimal_of(bounds.lower), decimal_of(bounds.upper)
    return (lower, bounds.lower_closed), (upper, bounds.upper_closed)


def _sum(a: Bounds, b: Bounds) -> _Ends:
    (low_a, low_a_closed), (high_a, high_a_closed) = _ends(a)
    (low_b, low_b_closed), (high_b, high_b_closed) = _ends(b)
    lower, upper = low_a + low_b, high_a + high_b
    return (lower, low_a_closed and low_b_closed), (upper, high_a_closed and high_b_closed)


def _quotient(a: Bounds, b: Bounds) -> _Ends:
    if b.lower == b.upper == 0:
        msg = "cannot divide by bounds that hold only 0"
        raise InvalidInputError(msg)
    if b.lower < 0 < b.upper and not a.lower == a.upper == 0:
        return (-math.inf, False), (math.inf, False)
    return _spanned(a, b, _over) if b.upper > 0 else _spanned(-a, -b, _over)


def _spanned(a: Bounds, b: Bounds, operate: Callable[[_End, _End, bool, bool], _Reached]) -> _Ends:
    """Combine the ends pairwise; an end is reached where one of its pairs reaches it."""
    pairs = product(_ends(a), _ends(b))
    ends = [operate(x, y, x_closed, y_closed) for (x, x_closed), (y, y_closed) in pairs]
    return min(ends, key=lambda end: (end[0], not end[1])), max(ends)


def _product(x: _End, y: _End, x_closed: bool, y_closed: bool) -> _Reached:  # noqa: FBT001
    """Multiply ends; 0 times any number is 0, so it needs only its own end closed."""
    if x == 0 or y == 0:
        return Fraction(0), (x == 0 and x_closed) or (y == 0 and y_closed)
    return x * y, x_closed and y_closed


def _over(x: _End, y: _End, x_closed: bool, y_closed: bool) -> _Reached:  # noqa: FBT001
    """Divide ends, the divisor being above 0 or nearing it; a float is an infinite end."""
    if x == 0:
        return Fraction(0), x_closed
    if isinstance(x, float) or y == 0:
        return math.inf if x > 0 else -math.inf, False
    return (Fraction(0), False) if isinstance(y, float) else (x / y, x_closed and y_closed)
