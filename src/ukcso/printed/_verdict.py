"""From a printed and a recomputed number to a verdict; all that is known of one, in one record."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, NamedTuple

from ukcso.printed._bounds import Bounds
from ukcso.printed._hedges import HEDGES, meant_by, printed_number
from ukcso.printed._rounding import rounded

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


class VerdictRule(NamedTuple):
    """What a verdict says, and how it looks."""

    meaning: str
    #: On a terminal.
    style: str
    #: In a picture; empty where there is no number to draw.
    shape: str = ""
    colour: str = ""
    #: Whether the number reads as it should; None where that is not settled.
    is_right: bool | None = None


#: In the order of a summary.
VERDICTS: dict[Verdict, VerdictRule] = {
    "reproduced": VerdictRule(
        "the recomputed value rounds to the printed one, or satisfies its hedge",
        style="green",
        shape="circle",
        colour="blue",
        is_right=True,
    ),
    "truncated": VerdictRule(
        "cutting digits off instead of rounding gives the printed value",
        style="cyan",
        shape="triangle-down",
        colour="green",
        is_right=False,
    ),
    "rounded_up": VerdictRule(
        "the next printed step up gives the printed value",
        style="cyan",
        shape="triangle-up",
        colour="purple",
        is_right=False,
    ),
    "possible": VerdictRule(
        "operands known only as ranges, which allow the printed value",
        style="blue",
        shape="square",
        colour="orange",
    ),
    "differs": VerdictRule(
        "no rounding of the recomputed value gives the printed one",
        style="bold red",
        shape="diamond",
        colour="vermilion",
        is_right=False,
    ),
    "not_comparable": VerdictRule(
        "the operands' releases differ in scope or coverage, as far as printed", style="yellow"
    ),
    "not_computable": VerdictRule(
        "an operand was never published, or the result is undefined", style="dim"
    ),
}


def judge(
    recomputed: Fraction | Bounds,
    printed: str,
    hedge: Hedge,
    hedges: Mapping[str, HedgeRule] = HEDGES,
    *,
    inverse: bool = False,
) -> Verdict:
    """Compare a recomputed number, or its range, with what was printed; see `meant_by`."""
    value = recomputed if isinstance(recomputed, Bounds) else None
    meant = meant_by(printed, hedge, hedges, inverse=inverse)
    if _inside(recomputed, meant):
        return "reproduced"
    if value is not None and value.overlaps(meant):
        return "possible"
    if hedge == "exact":
        cut, next_step = one_step_from(printed)
        if _inside(recomputed, cut):
            return "truncated"
        if next_step and _inside(recomputed, next_step):
            return "rounded_up"
    return "differs"


def reading(recomputed: Fraction | Bounds, printed: str) -> str:
    """
    Return the recomputed number with as many decimals as were printed.

    With more where it would otherwise read the same: "nearly 3" for 3.05 would read
    3.1.
    """
    places = places_of(printed)
    if isinstance(recomputed, Bounds):
        lower = f"{rounded(recomputed.lower, places):f}"
        if math.isinf(recomputed.upper):
            return f"{lower} or more"
        upper = f"{rounded(recomputed.upper, places):f}"
        return lower if lower == upper else f"{lower} to {upper}"
    number = rounded(recomputed, places)
    while number == printed_number(printed) and recomputed != Fraction(number):
        places += 1
        number = rounded(recomputed, places)
    return f"{number:f}"


def places_of(printed: str) -> int:
    """Return how many decimals were printed."""
    return max(0, -int(printed_number(printed).as_tuple().exponent))


def one_step_from(printed: str) -> tuple[Bounds, Bounds | None]:
    """Return what cuts down to the printed number, and what steps up to it; nothing does to 0."""
    number = printed_number(printed)
    size = abs(Fraction(number))
    unit = Fraction(10) ** int(number.as_tuple().exponent)
    if not size:
        return Bounds(-float(unit), float(unit), lower_closed=False), None
    cut = Bounds(float(size), float(size + unit))
    next_step = Bounds(float(size - unit), float(size), lower_closed=False, upper_closed=True)
    return (-cut, -next_step) if number < 0 else (cut, next_step)


def _inside(recomputed: Fraction | Bounds, region: Bounds) -> bool:
    if isinstance(recomputed, Bounds):
        return recomputed.within(region)
    return region.contains(recomputed)
