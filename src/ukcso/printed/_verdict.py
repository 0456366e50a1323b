"""From a printed and a recomputed number to a verdict."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from ukcso.printed._bounds import Bounds
from ukcso.printed._hedges import HEDGES, printed_bounds, printed_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ukcso.printed._hedges import Hedge, HedgeRule

Verdict = Literal[
    "reproduced",
    "truncated",
    "rounded_up",
    "possible",
    "differs",
    "not_comparable",
    "not_computable",
]

#: In the order of a summary, with what each says.
VERDICTS: dict[Verdict, str] = {
    "reproduced": "the recomputed value rounds to the printed one, or satisfies its hedge",
    "truncated": "cutting digits off instead of rounding gives the printed value",
    "rounded_up": "the next printed step up gives the printed value",
    "possible": "operands known only as ranges, which allow the printed value",
    "differs": "no rounding of the recomputed value gives the printed one",
    "not_comparable": "the operands' releases differ in scope or coverage, as far as printed",
    "not_computable": "an operand was never published, or the result is undefined",
}


def judge(
    recomputed: Fraction | Bounds,
    printed: str,
    hedge: Hedge,
    hedges: Mapping[str, HedgeRule] = HEDGES,
) -> Verdict:
    """Compare a recomputed number, or its range, with what was printed."""
    value = recomputed if isinstance(recomputed, Bounds) else None
    meant = meant_by(printed, hedge, hedges)
    if _inside(recomputed, meant):
        return "reproduced"
    if value is not None and value.overlaps(meant):
        return "possible"
    if hedge == "exact":
        cut, next_step = _one_step_from(printed)
        if _inside(recomputed, cut):
            return "truncated"
        if _inside(recomputed, next_step):
            return "rounded_up"
    return "differs"


def meant_by(printed: str, hedge: Hedge, hedges: Mapping[str, HedgeRule] = HEDGES) -> Bounds:
    """
    Return what a printed statement allows.

    "A fall of over 20 per cent" is printed -20, over: the word is about the size of
    the fall, so the bounds are those of 20, mirrored.
    """
    if printed_number(printed) < 0:
        return -printed_bounds(-printed_number(printed), hedge, hedges=hedges)
    return printed_bounds(printed, hedge, hedges=hedges)


def reading(recomputed: Fraction | Bounds, printed: str) -> str:
    """
    Return the recomputed number with as many decimals as were printed.

    With more where it would otherwise read the same: "nearly 3" for 3.05 would read
    3.1.
    """
    places = max(0, -int(printed_number(printed).as_tuple().exponent))
    if isinstance(recomputed, Bounds):
        lower = _rounded(Fraction(recomputed.lower), places)
        if math.isinf(recomputed.upper):
            return f"{lower} or more"
        upper = _rounded(Fraction(recomputed.upper), places)
        return lower if lower == upper else f"{lower} to {upper}"
    text = _rounded(recomputed, places)
    while Decimal(text) == printed_number(printed) and recomputed != Fraction(Decimal(text)):
        places += 1
        text = _rounded(recomputed, places)
    return text


def _rounded(value: Fraction, places: int) -> str:
    """Round half away from zero, as printed statistics do."""
    whole = int(abs(value) * 10**places + Fraction(1, 2))
    number = Decimal(whole).scaleb(-places)
    return str(number if value >= 0 or not whole else -number)


def _inside(recomputed: Fraction | Bounds, region: Bounds) -> bool:
    if isinstance(recomputed, Bounds):
        return recomputed.within(region)
    return region.contains(recomputed)


def _one_step_from(printed: str) -> tuple[Bounds, Bounds]:
    """Return what cuts down to the printed number, and what steps up to it."""
    number = printed_number(printed)
    unit = Decimal((0, (1,), int(number.as_tuple().exponent)))
    size = abs(number)
    cut = Bounds(float(size), float(size + unit))
    next_step = Bounds(float(size - unit), float(size), lower_closed=False, upper_closed=True)
    return (-cut, -next_step) if number < 0 else (cut, next_step)
