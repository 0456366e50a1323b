"""From a printed and a recomputed number to a verdict; all that is known of one, in one record."""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Literal, NamedTuple

from ukcso.printed._bounds import Bounds
from ukcso.printed._hedges import HEDGES, Hedge, HedgeRule, meant_by, printed_number
from ukcso.printed._rounding import range_phrase, rounded

_Judged = Literal["reproduced", "truncated", "rounded_up", "possible", "differs"]
Verdict = Literal[_Judged, "not_comparable", "not_computable"]


class VerdictRule(NamedTuple):
    """What a verdict says, and how it looks."""

    meaning: str
    #: On a terminal: arguments of `typer.style`.
    style: dict[str, Any]
    #: In a picture; empty where there is no number to draw.
    shape: str = ""
    colour: str = ""
    #: Whether the number reads as it should; None where that is not settled.
    is_right: bool | None = None


#: In the order of a summary.
VERDICTS: dict[Verdict, VerdictRule] = {
    "reproduced": VerdictRule(
        "the recomputed value rounds to the printed one, or satisfies its hedge",
        style={"fg": "green"},
        shape="circle",
        colour="blue",
        is_right=True,
    ),
    "truncated": VerdictRule(
        "cutting digits off instead of rounding gives the printed value",
        style={"fg": "cyan"},
        shape="triangle-down",
        colour="green",
        is_right=False,
    ),
    "rounded_up": VerdictRule(
        "the next printed step up gives the printed value",
        style={"fg": "cyan"},
        shape="triangle-up",
        colour="purple",
        is_right=False,
    ),
    "possible": VerdictRule(
        "operands known only as ranges, which allow the printed value",
        style={"fg": "blue"},
        shape="square",
        colour="orange",
    ),
    "differs": VerdictRule(
        "no rounding of the recomputed value gives the printed one",
        style={"fg": "red", "bold": True},
        shape="diamond",
        colour="vermilion",
        is_right=False,
    ),
    "not_comparable": VerdictRule(
        "the operands' releases differ in scope or coverage, as far as printed",
        style={"fg": "yellow"},
    ),
    "not_computable": VerdictRule(
        "an operand was never published, or the result is undefined", style={"dim": True}
    ),
}


def judge(
    recomputed: Fraction | Bounds,
    printed: str,
    hedge: Hedge,
    hedges: Mapping[str, HedgeRule] = HEDGES,
    *,
    inverse: bool = False,
) -> _Judged:
    """Compare a recomputed number, or its range, with what was printed; see `meant_by`."""
    meant = meant_by(printed, hedge, hedges, inverse=inverse)
    if _inside(recomputed, meant):
        return "reproduced"
    if isinstance(recomputed, Bounds) and recomputed.overlaps(meant):
        return "possible"
    if hedge == "exact" and _inside(recomputed, one_step_around(printed)):
        return "truncated" if _is_cut(recomputed, printed) else "rounded_up"
    return "differs"


def reading(recomputed: Fraction | Bounds, printed: str) -> str:
    """
    Return the recomputed number with as many decimals as were printed.

    With more where it would otherwise read the same: "nearly 3" for 3.05 would read
    3.1.
    """
    places = places_of(printed)
    if isinstance(recomputed, Bounds):
        lower, upper = recomputed.lower, recomputed.upper
        return range_phrase(lower, upper, lambda end: f"{rounded(end, places):f}")
    number = rounded(recomputed, places)
    while number == printed_number(printed) and recomputed != Fraction(number):
        places += 1
        number = rounded(recomputed, places)
    return f"{number:f}"


def places_of(printed: str) -> int:
    """Return how many decimals were printed."""
    return max(0, -int(printed_number(printed).as_tuple().exponent))


def one_step_around(printed: str) -> Bounds:
    """Return what is less than one unit of the last printed digit away."""
    number = printed_number(printed)
    unit = Fraction(10) ** int(number.as_tuple().exponent)
    lower, upper = Fraction(number) - unit, Fraction(number) + unit
    return Bounds(float(lower), float(upper), lower_closed=False)


def _is_cut(recomputed: Fraction | Bounds, printed: str) -> bool:
    """Say whether a number one step around is cut down to the printed one, not stepped up."""
    end = float(printed_number(printed))
    if not end:  # nothing steps up to 0
        return True
    beyond = Bounds(end, math.inf) if end > 0 else Bounds(-math.inf, end, upper_closed=True)
    return _inside(recomputed, beyond)


def _inside(recomputed: Fraction | Bounds, region: Bounds) -> bool:
    if isinstance(recomputed, Bounds):
        return recomputed.within(region)
    return region.contains(recomputed)
