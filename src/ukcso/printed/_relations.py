"""The relations a printed statement can claim, each as a formula and its direction."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from ukcso.printed._bounds import Bounds
from ukcso.stats import formulas

if TYPE_CHECKING:
    from collections.abc import Callable

Kind = Literal[
    "growth",
    "ratio",
    "share",
    "one_in",
    "per_day",
    "per_week",
    "per_month",
    "minutes_between",
    "hours_between",
    "difference",
]


class Relation(NamedTuple):
    """How a printed number follows from its subject and a second operand."""

    meaning: str
    #: Takes the subject, then the reference count, or the days or months.
    formula: Callable[[Any, Any], Any]
    #: Whether the number rises with the subject, and so falls with a reference.
    rises: bool = True
    #: "reference": set against another count; "days", "months": against the calendar.
    against: Literal["reference", "days", "months"] = "reference"
    #: What the number can be at all: a part is not above its whole.
    possible: Bounds = Bounds(-math.inf, math.inf)


RELATIONS: dict[str, Relation] = {
    "growth": Relation("change in percent", lambda s, r: 100 * formulas.growth(r, s)),
    "ratio": Relation("times the reference", formulas.share),
    "share": Relation(
        "percent of the reference",
        lambda s, r: 100 * formulas.share(s, r),
        possible=Bounds(0, 100, upper_closed=True),
    ),
    "one_in": Relation(
        "one in this many of the reference",
        lambda s, r: formulas.share(r, s),
        rises=False,
        possible=Bounds(1, math.inf),
    ),
    "difference": Relation("more than the reference", lambda s, r: s - r),
    "per_day": Relation("a day", formulas.per_day, against="days"),
    "per_week": Relation("a week", formulas.per_week, against="days"),
    "per_month": Relation("a month", formulas.per_calendar_month, against="months"),
    "minutes_between": Relation(
        "minutes between two", formulas.minutes_between, rises=False, against="days"
    ),
    "hours_between": Relation(
        "hours between two", formulas.hours_between, rises=False, against="days"
    ),
}


def recompute(
    relation: Relation, subject: Bounds, second: Bounds | Fraction
) -> Fraction | Bounds | None:
    """
    Return what the operands make the printed number: one number or the range of it.

    Exact operands go through as fractions, so that a tie such as 14.5 is one. None
    where it is undefined: growth from nothing.
    """
    other = second if isinstance(second, Bounds) else Bounds.exactly(float(second))
    if subject.is_exact and other.is_exact:
        exact_second = second if isinstance(second, Fraction) else Fraction(other.lower)
        try:
            return Fraction(relation.formula(Fraction(subject.lower), exact_second))
        except ZeroDivisionError:
            return None
    lowest = (subject.lower, subject.lower_closed), (other.upper, other.upper_closed)
    highest = (subject.upper, subject.upper_closed), (other.lower, other.lower_closed)
    if not relation.rises:
        lowest, highest = highest, lowest
    lower, upper = (_corner(relation, s, r) for (s, _), (r, _) in (lowest, highest))
    allowed = Bounds(
        lower,
        upper,
        all(closed for _, closed in lowest),
        all(closed for _, closed in highest),
    )
    return allowed.intersection(relation.possible) or allowed


def _corner(relation: Relation, subject: float, second: float) -> float:
    """Return the formula at a corner of the operands' ranges, or its limit there."""
    operands = [Fraction(x) if math.isfinite(x) else x for x in (subject, second)]
    try:
        value = float(relation.formula(*operands))
    except ZeroDivisionError:
        return math.inf
    # Only growth from an endless base has no value of its own: it nears a fall of all.
    return -100.0 if math.isnan(value) else value
