"""Rounding as printed statistics do it: half away from zero, the number being what it reads as."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from ukcso.printed._bounds import decimal_of


def rounded(value: float | Fraction, digits: int) -> Decimal:
    """
    Round to so many decimals.

    Examples
    --------
    >>> str(rounded(2.675, 2)), str(rounded(-0.5, 0)), str(round(2.675, 2))
    ('2.68', '-1', '2.67')
    """
    exact = Fraction(decimal_of(value))
    units = int(abs(exact) * 10**digits + Fraction(1, 2))
    # From text, so that no decimal context of a caller's rounds it again.
    return Decimal(f"{'-' if exact < 0 and units else ''}{units}e{-digits}")


def grouped(value: float, digits: int) -> str:
    """
    Write a rounded number with its thousands apart.

    Examples
    --------
    >>> grouped(40472.0, 0), grouped(0.25, 1)
    ('40,472', '0.3')
    """
    return f"{rounded(value, digits):,f}"


def range_phrase(lower: float, upper: float, write: Callable[[float], str]) -> str:
    """
    Word a range of numbers, each written as the function does; one number alone.

    Examples
    --------
    >>> range_phrase(43, 48, str), range_phrase(170, math.inf, str)
    ('43 to 48', '170 or more')
    """
    if math.isinf(lower):
        return "any number" if math.isinf(upper) else f"{write(upper)} or less"
    if math.isinf(upper):
        return f"{write(lower)} or more"
    low, high = write(lower), write(upper)
    return low if low == high else f"{low} to {high}"
