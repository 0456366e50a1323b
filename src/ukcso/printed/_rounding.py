"""Rounding as printed statistics do it: half away from zero, the number being what it reads as."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal


def rounded(value: float, digits: int) -> Decimal:
    """
    Round to so many decimals.

    Examples
    --------
    >>> str(rounded(2.675, 2)), str(rounded(-0.5, 0)), str(round(2.675, 2))
    ('2.68', '-1', '2.67')
    """
    exact = Decimal(repr(float(value)))
    found = exact.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    return found or abs(found)


def grouped(value: float, digits: int) -> str:
    """
    Write a rounded number with its thousands apart.

    Examples
    --------
    >>> grouped(40472.0, 0), grouped(0.25, 1)
    ('40,472', '0.3')
    """
    return f"{rounded(value, digits):,f}"
