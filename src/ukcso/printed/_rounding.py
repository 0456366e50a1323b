"""Rounding as printed statistics do it: half away from zero, the number being what it reads as."""

from __future__ import annotations

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
