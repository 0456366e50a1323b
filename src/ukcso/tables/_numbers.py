"""How many digits to show, and multiples to round to."""

from __future__ import annotations

import math
from collections.abc import Iterable
from statistics import median

from ukcso._rules import require_number
from ukcso.printed import rounded

#: Of rates, however narrow their intervals are.
_MOST_DIGITS = 6
#: Significant digits of an interval's width that are worth showing.
_OF_WIDTH = 2


def whole(name: str, value: float | None, least: int, most: int | None = None) -> int | None:
    """
    Return an option that is a whole number between limits, or None where none is given.

    Raises
    ------
    InvalidInputError
        Anything else.
    """
    if value is None:
        return None
    words = f"a whole number from {least} {'up' if most is None else f'to {most}'}"
    top = math.inf if most is None else most + 1
    # A whole number is no remainder, infinity has none at all.
    return int(
        require_number(name, value, words, lambda number: least <= number < top and number % 1 == 0)
    )


def to_multiple(value: float, base: int) -> float:
    """
    Round to a multiple, half away from zero.

    Examples
    --------
    >>> to_multiple(12.5, 5), to_multiple(12.4, 5), to_multiple(2, 5)
    (15.0, 10.0, 0.0)
    """
    return float(rounded(value / base, 0) * base)


def digits_for(widths: Iterable[float]) -> int:
    """
    Return the decimals that show two significant digits of the usual interval's width.

    More would be noise, fewer would hide what is known. One number for a whole column,
    for its decimals should line up: that of the median width.

    Examples
    --------
    >>> digits_for([3.5]), digits_for([25.8]), digits_for([0.4, 0.04, 30.0]), digits_for([])
    (1, 0, 2, 0)
    """
    known = [width for width in widths if math.isfinite(width) and width > 0]
    if not known:
        return 0
    return min(_MOST_DIGITS, max(0, _OF_WIDTH - 1 - math.floor(math.log10(median(known)))))
