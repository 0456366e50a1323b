"""
What a rounded or hedged printed number can stand for.

A printed "66" means 65.5 to 66.5; "more than 5,000" means above 5,000.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from decimal import Context, Decimal, localcontext
from fractions import Fraction
from numbers import Rational, Real
from typing import Any, Literal, NamedTuple

from ukcso.errors import InvalidInputError, listed, quoted, refusal
from ukcso.printed._bounds import Bounds, Exact, decimal_of

Hedge = Literal["exact", "over", "under", "nearly", "about", "at_least", "up_to"]

#: Text keeps the printed digits, and the digits are the precision.
Printed = str | int | float | Decimal

# The caller's decimal context must not round a printed number.
_EXACT = Context(prec=100)
_AS_PRINTED = re.compile(
    r"[+-]?(?=\.?[0-9])([0-9]{1,3}(,[0-9]{3})+|[0-9]+)?(\.[0-9]+)?([eE](?P<exponent>[+-]?[0-9]+))?"
)
#: People print so many digits at most, from the power of ten of minus this to that of this.
_MOST = 30
_LONGEST = 100


class HedgeRule(NamedTuple):
    """What a hedge says about the printed number `p`, in words and as bounds."""

    meaning: str
    bounds: Callable[[Decimal], tuple[Decimal, Decimal, bool, bool]]
    #: How people say it, the phrase of tables first.
    words: tuple[str, ...] = ("",)


def _half_unit(p: Decimal) -> Decimal:
    """Return half a unit of the last digit."""
    return Decimal((0, (5,), int(p.as_tuple().exponent) - 1))


def _rounded(p: Decimal) -> tuple[Decimal, Decimal, bool, bool]:
    half = _half_unit(p)
    # Half rounds away from zero, so the end nearer zero is the one that belongs to it.
    return p - half, p + half, p > 0, p < 0


def _nearly(p: Decimal) -> tuple[Decimal, Decimal, bool, bool]:
    ends = sorted((p * Decimal("0.9"), p))
    return ends[0], ends[1], p > 0, p < 0


def _about(p: Decimal) -> tuple[Decimal, Decimal, bool, bool]:
    # The last significant digit is no trailing zero, but in 0 itself.
    half = max(_half_unit(p.normalize() if p else p), abs(p) * Decimal("0.05"))
    return p - half, p + half, True, False


_INFINITY = Decimal("Infinity")

#: The everyday meaning of each hedge; a caller may pass a stricter table.
HEDGES: Mapping[str, HedgeRule] = {
    "exact": HedgeRule("what rounds to the number as printed", _rounded),
    "over": HedgeRule(
        "above the number",
        lambda p: (p, _INFINITY, False, False),
        ("over", "more than", "above", "upwards of", "in excess of", "exceeding", ">"),
    ),
    "under": HedgeRule(
        "below the number",
        lambda p: (-_INFINITY, p, False, False),
        ("under", "fewer than", "less than", "below", "<"),
    ),
    "nearly": HedgeRule(
        "from nine tenths of the number up to it, not reaching it",
        _nearly,
        ("nearly", "almost", "just under", "just below", "close to"),
    ),
    "about": HedgeRule(
        "half a unit of the last significant digit or 5 per cent either side, whichever is wider",
        _about,
        ("about", "around", "approximately", "roughly", "some", "circa", "~"),
    ),
    "at_least": HedgeRule(
        "the number or more",
        lambda p: (p, _INFINITY, True, False),
        ("at least", "no fewer than", "no less than", "a minimum of", ">="),
    ),
    "up_to": HedgeRule(
        "the number or less",
        lambda p: (-_INFINITY, p, False, True),
        ("up to", "at most", "no more than", "a maximum of", "<="),
    ),
}


def printed_number(printed: Printed, name: str = "printed") -> Decimal:
    """
    Read a printed number without losing its digits.

    Raises
    ------
    InvalidInputError
        Not a plain number, or one that nobody prints: more than 30 significant digits,
        or an exponent beyond 30.

    Examples
    --------
    >>> printed_number("22,724"), printed_number("0.40")
    (Decimal('22724'), Decimal('0.40'))
    """
    text = _text(printed)
    match = _AS_PRINTED.fullmatch(text)
    if not match:
        raise refusal(printed, name, "a number as printed, such as 66 or 0.4")
    if len(text) <= _LONGEST and abs(int(match["exponent"] or 0)) <= _LONGEST:
        number = Decimal(text.replace(",", ""))
        _, digits, unit = number.as_tuple()
        if len(digits) <= _MOST and int(unit) >= -_MOST and number.adjusted() <= _MOST:
            return number
    words = f"at most {_MOST} digits and an exponent within {_MOST}"
    raise refusal(printed, name, f"a number as people print them, with {words}")


def _text(printed: Any) -> str:
    """Return what stands in print; a float has no printed digits, so 66.0 is 66."""
    if isinstance(printed, bool) or not isinstance(printed, (str, Real, Decimal)):
        return ""
    if isinstance(printed, Real) and not isinstance(printed, Rational):
        number = float(printed)
        printed = int(number) if number.is_integer() else printed
    try:
        return str(printed).strip().replace("\N{MINUS SIGN}", "-")
    except ValueError:  # an integer of more digits than Python writes
        return ""


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
        Not a number as people print them, or a hedge that is not in the table.

    Examples
    --------
    >>> str(printed_bounds("66")), str(printed_bounds("0.4"))
    ('[65.5, 66.5)', '[0.35, 0.45)')
    >>> str(printed_bounds("23,000", "nearly")), str(printed_bounds("700", "about"))
    ('[20700, 23000)', '[650, 750)')
    """
    number = printed_number(printed)
    if not isinstance(hedge, str) or hedge not in hedges:
        meant = [f"; say {name}" for name, rule in HEDGES.items() if hedge in rule.words]
        msg = f"hedge must be one of {listed(hedges)}; got {quoted(hedge)}"
        raise InvalidInputError(msg + "".join(meant))
    with localcontext(_EXACT):
        lower, upper, lower_closed, upper_closed = hedges[hedge].bounds(number)
    return Exact(lower, upper, lower_closed, upper_closed).as_floats()  # type: ignore[arg-type]


def meant_by(
    printed: Printed,
    hedge: Hedge = "exact",
    hedges: Mapping[str, HedgeRule] = HEDGES,
    *,
    inverse: bool = False,
) -> Bounds:
    """
    Return what a printed statement allows.

    "A fall of over 20 per cent" is printed -20, over: the word is about the size of
    the fall, so the bounds are those of 20, mirrored. "More than one in three" is
    printed 3, over, of the inverse of a share: the word is about the share, so the
    number is below 3.

    Examples
    --------
    >>> str(meant_by("-20", "over")), str(meant_by("3", "over", inverse=True))
    ('(-inf, -20)', '(0, 3)')
    """
    number = printed_number(printed)
    if number < 0:
        return -printed_bounds(number.copy_abs(), hedge, hedges=hedges)
    bounds = printed_bounds(number, hedge, hedges=hedges)
    p, positive = Fraction(number), bounds.intersection(Bounds(0, math.inf, lower_closed=False))
    is_one_sided = not decimal_of(bounds.lower) < p < decimal_of(bounds.upper)
    if not (inverse and positive and is_one_sided):
        return bounds
    # A hedge on one side of p holds, of a share of 1/p, the same multiples of that.
    return (Exact.exactly(p * p) / positive).as_floats()
