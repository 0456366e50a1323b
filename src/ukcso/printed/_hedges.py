"""
What a rounded or hedged printed number can stand for.

A printed "66" means 65.5 to 66.5; "more than 5,000" means above 5,000.
"""

from __future__ import annotations

import math
import re
from decimal import Context, Decimal, localcontext
from numbers import Integral
from typing import TYPE_CHECKING, Literal, NamedTuple

from ukcso.errors import InvalidInputError, listed
from ukcso.printed._bounds import Bounds

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Hedge = Literal["exact", "over", "nearly", "about", "at_least", "up_to"]

#: Text keeps the printed digits, and the digits are the precision.
Printed = str | int | float | Decimal

# The caller's decimal context must not round a printed number.
_EXACT = Context(prec=1_000)
_AS_PRINTED = re.compile(r"[+-]?([0-9]{1,3}(,[0-9]{3})+|[0-9]+)?(\.[0-9]+)?([eE][+-]?[0-9]+)?")


class HedgeRule(NamedTuple):
    """What a hedge word says about the printed number `p`, in words and as bounds."""

    meaning: str
    bounds: Callable[[Decimal], tuple[Decimal, Decimal, bool, bool]]


def _half(unit: int) -> Decimal:
    """Return half a unit of the digit that stands for ten to this power."""
    return Decimal((0, (5,), unit - 1))


def _last_significant(p: Decimal) -> int:
    """Return the power of ten of the last digit that is not a trailing zero."""
    return int(p.normalize().as_tuple().exponent) if p else int(p.as_tuple().exponent)


def _rounded(p: Decimal) -> tuple[Decimal, Decimal, bool, bool]:
    half = _half(int(p.as_tuple().exponent))
    # Half rounds away from zero, so the end nearer zero is the one that belongs to it.
    return p - half, p + half, p > 0, p < 0


def _nearly(p: Decimal) -> tuple[Decimal, Decimal, bool, bool]:
    ends = sorted((p * Decimal("0.9"), p))
    return ends[0], ends[1], p > 0, p < 0


def _about(p: Decimal) -> tuple[Decimal, Decimal, bool, bool]:
    half = max(_half(_last_significant(p)), abs(p) * Decimal("0.05"))
    return p - half, p + half, True, False


_INFINITY = Decimal("Infinity")

#: The everyday meaning of each hedge; a caller may pass a stricter table.
HEDGES: Mapping[str, HedgeRule] = {
    "exact": HedgeRule("what rounds to the number as printed", _rounded),
    "over": HedgeRule("above the number", lambda p: (p, _INFINITY, False, False)),
    "nearly": HedgeRule("from nine tenths of the number up to it, not reaching it", _nearly),
    "about": HedgeRule(
        "half a unit of the last significant digit or 5 per cent either side, whichever is wider",
        _about,
    ),
    "at_least": HedgeRule("the number or more", lambda p: (p, _INFINITY, True, False)),
    "up_to": HedgeRule("the number or less", lambda p: (-_INFINITY, p, False, True)),
}


def printed_number(printed: Printed, name: str = "printed") -> Decimal:
    """
    Read a printed number without losing its digits.

    Raises
    ------
    InvalidInputError
        Not a plain number.

    Examples
    --------
    >>> printed_number("22,724"), printed_number("0.40")
    (Decimal('22724'), Decimal('0.40'))
    """
    if isinstance(printed, (str, Integral, float, Decimal)) and not isinstance(printed, bool):
        # A float has no printed digits: 66.0 is taken as 66.
        if isinstance(printed, float) and printed.is_integer():
            printed = int(printed)
        text = str(printed).strip().replace("\N{MINUS SIGN}", "-")
        if _AS_PRINTED.fullmatch(text) and any(character.isdigit() for character in text):
            return Decimal(text.replace(",", ""))
    msg = f"{name} must be a number as printed, such as 66 or 0.4; got {printed!r}"
    raise InvalidInputError(msg)


def printed_bounds(
    printed: Printed,
    hedge: Hedge = "exact",
    *,
    hedges: Mapping[str, HedgeRule] = HEDGES,
) -> Bounds:
    """
    Return what a printed number can stand for, its digits being its precision.

    Parameters
    ----------
    printed
        The number as printed: "66", "0.4", "22,724". Text keeps its digits: "2.40"
        is more precise than "2.4".
    hedge
        The word beside it. Words keep their everyday meaning: over is above, nearly
        is from nine tenths up to the number, about is within the rounding of the
        last significant digit or 5 per cent.
    hedges
        The table of meanings, for a caller who reads the words more strictly.

    Raises
    ------
    InvalidInputError
        Not a number, or a hedge that is not in the table.

    Examples
    --------
    >>> str(printed_bounds("66")), str(printed_bounds("0.4"))
    ('[65.5, 66.5)', '[0.35, 0.45)')
    >>> str(printed_bounds("23,000", "nearly")), str(printed_bounds("700", "about"))
    ('[20700, 23000)', '[650, 750)')
    """
    number = printed_number(printed)
    if not isinstance(hedge, str) or hedge not in hedges:
        msg = f"hedge must be one of {listed(hedges)}; got {hedge!r}"
        raise InvalidInputError(msg)
    with localcontext(_EXACT):
        lower, upper, lower_closed, upper_closed = hedges[hedge].bounds(number)
    low, high = float(lower), float(upper)
    # Where a float cannot hold an end's digits, widen: what rounds to it stays inside.
    if Decimal(repr(low)) > lower:
        low = math.nextafter(low, -math.inf)
    if Decimal(repr(high)) < upper:
        high = math.nextafter(high, math.inf)
    return Bounds(low, high, lower_closed, upper_closed)
