"""One printed statement against its operands."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from ukcso._rules import require_choice
from ukcso.errors import InvalidInputError, refusal
from ukcso.periods import Period
from ukcso.printed._bounds import Bounds, Exact, count_bounds, decimal_of
from ukcso.printed._diagnosis import diagnose
from ukcso.printed._hedges import HEDGES, Hedge, HedgeRule, Printed, printed_number
from ukcso.printed._relations import RELATIONS, Kind, recompute
from ukcso.printed._verdict import VERDICTS, Verdict, judge, reading
from ukcso.printed._wording import printed_phrase, recomputed_phrase


@dataclass(frozen=True, slots=True)
class ClaimCheck:
    """
    A printed statement, recomputed; it shows as its verdict, and what that rests on.

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

    Examples
    --------
    >>> check("growth", 66, subject=200, reference=118)
    differs: 66 % printed, 69.5 % recomputed, would read 69 (one digit: 69 printed as 66)
    """

    relation: str
    printed: str
    hedge: str
    verdict: Verdict
    recomputed: float | Bounds
    difference: float | Bounds
    diagnosis: str | None
    would_read: str | None

    def __repr__(self) -> str:
        words = self._words()
        reads = f", would read {self.would_read}" if self.would_read else ""
        slip = f" ({self.diagnosis})" if self.diagnosis else ""
        numbers = f"{words['printed']} printed, {words['recomputed']} recomputed"
        return f"{self.verdict}: {numbers}{reads}{slip}"

    def _repr_html_(self) -> str:
        """Show it in a notebook."""
        from html import escape  # noqa: PLC0415 - `check` itself needs none

        heads, cells = (
            "".join(f"<{tag}>{escape(text)}</{tag}>" for text in texts)
            for tag, texts in (("th", self._words()), ("td", self._words().values()))
        )
        return f"<table><tr>{heads}</tr><tr>{cells}</tr></table>"

    def _repr_markdown_(self) -> str:
        """Show it where a notebook becomes a document."""
        words = self._words()
        rows = (words, ["---"] * len(words), words.values())
        return "\n".join(f"| {' | '.join(row)} |" for row in rows)

    def _words(self) -> dict[str, str]:
        """Return what there is to say, each under its head."""
        value = self.recomputed
        low, high = (value.lower, value.upper) if isinstance(value, Bounds) else (value, value)
        words = {
            "verdict": self.verdict,
            "printed": printed_phrase(self.relation, self.printed, self.hedge),
            "recomputed": recomputed_phrase(self.relation, low, high, self.printed) or "no number",
            "would read": self.would_read,
            "diagnosis": self.diagnosis,
        }
        return {head: text for head, text in words.items() if text}


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
        `reference`. per_hour, per_day, per_week, per_month, minutes_between,
        hours_between: `subject` spread over `period`.
    printed
        The number as printed; text keeps its digits.
    subject
        The count spoken of, or `Bounds` where it is known only as a range; what of
        them is below 0 is left out.
    reference
        The earlier count, the whole or the other count.
    period
        A `Period`, its text, or days as a number.
    hedge
        The word beside the printed number: exact, over, under, nearly, about,
        at_least, up_to. For one_in it speaks of the share: "over", printed 3, is more
        than one in three.
    hedges
        The table of meanings, for a caller who reads the words more strictly.

    Returns
    -------
    ClaimCheck
        A printed number that its operands do not give is a result, not an error.

    Raises
    ------
    InvalidInputError
        An unknown relation or hedge, a number that is none, a negative count, a part
        above its whole, a missing reference or period, or one that the relation has no
        use for.

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
    require_choice("relation", relation, RELATIONS)
    rule = RELATIONS[relation]
    number = printed_number(printed)
    text = printed if isinstance(printed, str) else str(number)
    first = count_bounds("subject", subject)
    is_timed = rule.against != "reference"
    name, unused = ("reference", reference) if is_timed else ("period", period)
    if unused is not None:
        raise refusal(unused, name, f"left out for {relation}")
    if is_timed:
        second: Bounds = Exact.exactly(rule.time(period))
    elif reference is None:
        msg = f"reference must be given for {relation}: the count to set the subject against"
        raise InvalidInputError(msg)
    else:
        second = count_bounds("reference", reference)
    value = recompute(rule, first, second)
    if value is None:
        return ClaimCheck(relation, text, hedge, "not_computable", math.nan, math.nan, None, None)
    verdict = judge(value, text, hedge, hedges, inverse=rule.inverse)
    diagnosis = None
    if verdict == "differs" and first.is_exact and second.is_exact:
        operands = (Fraction(decimal_of(end)) for end in (first.lower, second.lower))
        diagnosis = diagnose(relation, text, hedge, *operands, hedges=hedges)
    recomputed = value if isinstance(value, Bounds) else float(value)
    difference = recomputed - float(number)
    reads = reading(value, text) if VERDICTS[verdict].is_right is False else None
    return ClaimCheck(relation, text, hedge, verdict, recomputed, difference, diagnosis, reads)
