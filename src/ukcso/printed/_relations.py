"""
The relations a printed statement can claim: all that is known of one, in one record.

To add a relation, add its record to `RELATIONS` (and, for type checkers, its name to
`Kind`): checks, wording, explanations, schemas, bounds and pictures follow.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any, Literal, NamedTuple

from ukcso._rules import require_number
from ukcso.errors import InvalidInputError
from ukcso.periods import Period
from ukcso.printed._bounds import Bounds, Exact, decimal_of
from ukcso.stats import formulas

_OfTwoCounts = Literal["growth", "ratio", "share", "one_in", "difference"]
_Frequency = Literal["per_hour", "per_day", "per_week", "per_month"]
Kind = Literal[_OfTwoCounts, _Frequency, "minutes_between", "hours_between"]

Number = int | Fraction
Linear = tuple[Number, Number, Number]

_MEAN_MONTH = Fraction(decimal_of(formulas.DAYS_PER_MONTH))
_ANY = Bounds(-math.inf, math.inf)


class Relation(NamedTuple):
    """How a printed number follows from its subject and a second operand, and its words."""

    meaning: str
    #: The number is the sum of the two operands, times these weights.
    weights: tuple[Number, Number]
    #: As in the column `unit` of `claims`.
    unit: str
    #: How it is worked out: {s} the subject, {r} the reference, {t} the days or months.
    arithmetic: str
    #: What several such statements are called, and what an axis with them is called.
    plural: str
    axis: str
    #: The operand that the sum is divided by; None for neither.
    over: Literal["subject", "second"] | None = "second"
    #: What stands before the number in a phrase, "one in 3", and after it, "22 a day".
    prefix: str = ""
    suffix: str = ""
    #: The second operand: another count, or the days or months of the subject's period.
    against: Literal["reference", "days", "months"] = "reference"
    #: What the number can be at all: a part is not above its whole.
    possible: Bounds = _ANY
    #: Whether it is the inverse of what a hedge speaks of: "more than one in three".
    inverse: bool = False
    #: Usual slips, and what was calculated instead, of subject and second operand.
    slips: tuple[tuple[str, Callable[[Fraction, Fraction], Fraction]], ...] = ()

    @property
    def is_part(self) -> bool:
        """Whether the subject is a part of the reference."""
        return self.possible != _ANY

    @property
    def is_change(self) -> bool:
        """Whether it tells of a change, from the reference to the subject."""
        return self.against == "reference" and not self.is_part

    @property
    def is_signed(self) -> bool:
        """Whether the number can fall below 0."""
        return min(self.weights) < 0

    def formula(self, subject: Any, second: Any) -> Any:
        """Return the number; each operand enters once, so that bounds come out tight."""
        of_subject, of_second = self.weights
        if self.over == "second":
            return of_subject * (subject / second) + of_second
        if self.over == "subject":
            return of_second * (second / subject) + of_subject
        return of_subject * subject + of_second * second

    def quotient(self, time: Fraction | None = None) -> tuple[Linear, Linear]:
        """
        Return the number as one linear form over another.

        A form is so many times the subject, the reference, and 1; a relation to the
        calendar has a constant, the days or months, instead of the reference.
        """
        of_subject, of_second = self.weights
        second: Linear = (0, 1, 0) if time is None else (0, 0, time)
        above = (of_subject, of_second * second[1], of_second * second[2])
        forms: dict[str | None, Linear] = {"subject": (1, 0, 0), "second": second, None: (0, 0, 1)}
        return above, forms[self.over]

    def time(self, period: Period | str | float | None) -> Fraction:
        """
        Return the days or months that a count is spread over.

        Raises
        ------
        InvalidInputError
            Not a period, nor days above 0.
        """
        known = Period.parse(period) if isinstance(period, str) else period
        if isinstance(known, Period):
            if self.against == "months" and known.months:
                return Fraction(known.months)
            known = known.days
        words = "a Period, its text such as 2018/19, or days > 0"
        number = require_number("period", known, words, lambda days: 0 < days < math.inf)
        days = Fraction(decimal_of(number))
        return days if self.against == "days" else days / _MEAN_MONTH


def _per(unit: str, weight: Number, arithmetic: str, **others: Any) -> Relation:
    """Return the relation of so many an hour, a day, a week or a month."""
    phrase = f"{'an' if unit == 'hour' else 'a'} {unit}"
    words = {"meaning": phrase, "suffix": phrase, "axis": phrase, "plural": f"figures {phrase}"}
    return Relation(
        weights=(weight, 0),
        unit=f"offences_per_{unit}",
        arithmetic=arithmetic,
        **({"against": "days"} | words | others),
    )


def _between(unit: str, short: str, a_day: int) -> Relation:
    """Return the relation of so many minutes or hours from one to the next."""
    return Relation(
        meaning=f"{unit} between two",
        weights=(0, a_day),
        over="subject",
        unit=unit,
        suffix=f"{short} apart",
        arithmetic=f"{{t}} days x {a_day:,} {unit} / {{s}}",
        plural=f"{unit} between offences",
        axis=unit,
        against="days",
    )


RELATIONS: dict[str, Relation] = {
    "growth": Relation(
        meaning="change in percent",
        weights=(100, -100),
        unit="percent",
        suffix="%",
        arithmetic="({s} - {r}) / {r} x 100",
        plural="growth",
        axis="per cent",
        slips=(
            ("a ratio printed as a change", lambda s, r: 100 * s / r),
            ("the later count taken as the base", lambda s, r: 100 * (s - r) / s),
            ("a fall printed as a rise, or a rise as a fall", lambda s, r: 100 * (r - s) / r),
            ("a difference printed as a percentage", lambda s, r: s - r),
        ),
    ),
    "ratio": Relation(
        meaning="times the reference",
        weights=(1, 0),
        unit="times",
        suffix="times",
        arithmetic="{s} / {r}",
        plural="ratios",
        axis="times the reference",
        slips=(
            ("a change printed as a ratio", lambda s, r: (s - r) / r),
            ("the two counts swapped", lambda s, r: r / s),
        ),
    ),
    "share": Relation(
        meaning="percent of the reference",
        weights=(100, 0),
        unit="percent",
        suffix="%",
        arithmetic="{s} / {r} x 100",
        plural="shares",
        axis="per cent",
        possible=Bounds(0, 100, upper_closed=True),
        slips=(
            ("the part set against the rest, not the whole", lambda s, r: 100 * s / (r - s)),
            ("the share of the rest", lambda s, r: 100 * (r - s) / r),
        ),
    ),
    "one_in": Relation(
        meaning="one in this many of the reference",
        weights=(0, 1),
        over="subject",
        unit="one_in",
        prefix="one in",
        arithmetic="{r} / {s}",
        plural="“one in”",
        axis="one in so many",
        possible=Bounds(1, math.inf),
        inverse=True,
    ),
    "per_hour": _per("hour", Fraction(1, formulas.HOURS_PER_DAY), "{s} / ({t} days x 24 hours)"),
    "per_day": _per("day", 1, "{s} / {t} days"),
    "per_week": _per(
        "week",
        formulas.DAYS_PER_WEEK,
        "{s} / ({t} days / 7)",
        slips=(("a year taken as 52 weeks", lambda s, _: s / 52),),
    ),
    "per_month": _per("month", 1, "{s} / {t} months", against="months"),
    "minutes_between": _between("minutes", "min", formulas.MINUTES_PER_DAY),
    "hours_between": _between("hours", "h", formulas.HOURS_PER_DAY),
    "difference": Relation(
        meaning="more than the reference",
        weights=(1, -1),
        over=None,
        unit="offences",
        suffix="more",
        arithmetic="{s} - {r}",
        plural="differences",
        axis="more than the reference",
    ),
}


def recompute(relation: Relation, subject: Bounds, second: Bounds) -> Fraction | Bounds | None:
    """
    Return what the operands make the printed number: one number or the range of it.

    One number is a fraction, so that a tie such as 14.5 is one. None where it is
    undefined: growth from nothing.

    Raises
    ------
    InvalidInputError
        A part above its whole, or a number beyond the floats.
    """
    if is_above_whole(relation, subject, second):
        msg = f"subject must be at most the reference, its whole; got {subject} of {second}"
        raise InvalidInputError(msg)
    divisor = {"subject": subject, "second": second, None: None}[relation.over]
    if divisor and divisor.lower == divisor.upper == 0:
        return None
    number = relation.formula(Exact.of(subject), Exact.of(second))
    allowed = number.intersection(relation.possible)
    if allowed is None:  # only none of none is left
        return None
    rounded = allowed.as_floats()
    return Fraction(allowed.lower) if allowed.is_exact else rounded


def is_above_whole(relation: Relation, subject: Bounds, reference: Bounds) -> bool:
    """Say whether a subject, which must be a part of the reference, cannot be one."""
    return relation.is_part and not (reference - subject).overlaps(Bounds(0, math.inf))
