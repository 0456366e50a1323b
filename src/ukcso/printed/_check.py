"""One printed statement against its operands."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from ukcso.errors import InvalidInputError, listed
from ukcso.periods import Period
from ukcso.printed._bounds import Bounds
from ukcso.printed._diagnosis import diagnose
from ukcso.printed._hedges import HEDGES, printed_number
from ukcso.printed._relations import RELATIONS, recompute
from ukcso.printed._verdict import judge, reading
from ukcso.stats.formulas import DAYS_PER_MONTH

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ukcso.printed._hedges import Hedge, HedgeRule, Printed
    from ukcso.printed._relations import Kind, Relation
    from ukcso.printed._verdict import Verdict

_EXPLAINED = {"truncated", "rounded_up", "differs"}


@dataclass(frozen=True, slots=True)
class ClaimCheck:
    """
    A printed statement, recomputed.

    Attributes
    ----------
    verdict
        reproduced, truncated, rounded_up, possible, differs or not_computable; see
        docs/claims.md.
    recomputed
        In the unit of the printed number; `Bounds` where an operand is one, NaN
        where it is undefined.
    difference
        Recomputed less printed.
    diagnosis
        For `differs`: the one simple slip that explains it, None where none does.
    would_read
        The printed number as it would stand if rounded from the operands; None
        where it stands already.
    """

    relation: str
    printed: str
    hedge: str
    verdict: Verdict
    recomputed: float | Bounds
    difference: float | Bounds
    diagnosis: str | None
    would_read: str | None


def check(  # noqa: PLR0913 - what a statement is made of
    relation: Kind,
    printed: Printed,
    *,
    subject: float | Bounds,
    reference: float | Bounds | None = None,
    period: Period | str | float | None = None,
    hedge: Hedge = "exact",
    hedges: Mapping[str, HedgeRule] = HEDGES,
) -> ClaimCheck:
    """
    Recompute a printed statement from its operands.

    The tolerance is taken from the printed digits: "66" means 65.5 to 66.5.

    Parameters
    ----------
    relation
        growth, share (percent), ratio (times), one_in, difference: `subject` against
        `reference`. per_day, per_week, per_month, minutes_between, hours_between:
        `subject` spread over `period`.
    printed
        The number as printed; text keeps its digits.
    subject
        The count spoken of, or `Bounds` where it is known only as a range.
    reference
        The earlier count, the whole or the other count.
    period
        A `Period`, its text, or days as a number.
    hedge
        The word beside the printed number: exact, over, nearly, about, at_least,
        up_to.
    hedges
        The table of meanings, for a caller who reads the words more strictly.

    Returns
    -------
    ClaimCheck
        A printed number that its operands do not give is a result, not an error.

    Raises
    ------
    InvalidInputError
        An unknown relation or hedge, a number that is none, a negative count, a
        missing reference or period, or one that the relation has no use for.

    Examples
    --------
    118 to 200, printed as a rise of 66 per cent:

    >>> result = check("growth", 66, subject=200, reference=118)
    >>> result.verdict, round(result.recomputed, 1), result.would_read, result.diagnosis
    ('differs', 69.5, '69', 'one digit: 69 printed as 66')

    8,224 a year, printed as 22 a day:

    >>> check("per_day", 22, subject=8_224, period="2018/19").verdict
    'truncated'
    """
    if relation not in RELATIONS:
        msg = f"relation must be one of {listed(RELATIONS)}; got {relation!r}"
        raise InvalidInputError(msg)
    number = printed_number(printed)
    text = str(printed)
    rule = RELATIONS[relation]
    first = _operand("subject", subject)
    if rule.against == "reference":
        _unused("period", period, relation)
        second = _operand("reference", reference)
    else:
        _unused("reference", reference, relation)
        second = Bounds.exactly(_spans(rule, period))
    value = recompute(rule, first, second)
    if value is None:
        return ClaimCheck(relation, text, hedge, "not_computable", math.nan, math.nan, None, None)
    verdict = judge(value, text, hedge, hedges)
    diagnosis = None
    if verdict == "differs" and not isinstance(value, Bounds):
        diagnosis = diagnose(relation, text, hedge, Fraction(first.lower), Fraction(second.lower))
    recomputed = value if isinstance(value, Bounds) else float(value)
    return ClaimCheck(
        relation=relation,
        printed=text,
        hedge=hedge,
        verdict=verdict,
        recomputed=recomputed,
        difference=recomputed - float(number),
        diagnosis=diagnosis,
        would_read=reading(value, text) if verdict in _EXPLAINED else None,
    )


def _operand(name: str, value: float | Bounds | None) -> Bounds:
    if value is None:
        msg = f"{name} must be given: this relation needs a second count"
        raise InvalidInputError(msg)
    try:
        bounds = value if isinstance(value, Bounds) else Bounds.exactly(value)
    except InvalidInputError:
        bounds = None
    if bounds is None or bounds.lower < 0 or bounds.lower == math.inf:
        msg = f"{name} must be a finite count >= 0, or Bounds of one; got {value!r}"
        raise InvalidInputError(msg)
    return bounds


def _unused(name: str, value: object, relation: str) -> None:
    if value is not None:
        msg = f"{name} must be left out for {relation}; got {value!r}"
        raise InvalidInputError(msg)


def _spans(rule: Relation, period: Period | str | float | None) -> float:
    """Return how many days, or months, a count is spread over."""
    known = Period.parse(period) if isinstance(period, str) else period
    if isinstance(known, Period):
        days: float = known.days
        months = known.months
    else:
        days, months = _days(known), None
    if rule.against == "days":
        return days
    return months or days / DAYS_PER_MONTH


def _days(value: object) -> float:
    number = float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else 0
    if not 0 < number < math.inf:
        msg = f"period must be a Period, its text such as 2018/19, or days > 0; got {value!r}"
        raise InvalidInputError(msg)
    return number
