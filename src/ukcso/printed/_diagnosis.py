"""One simple slip that explains a printed number which its operands do not give."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from ukcso.printed._hedges import HEDGES, Hedge, HedgeRule, printed_number
from ukcso.printed._relations import RELATIONS
from ukcso.printed._verdict import judge, reading


def diagnose(  # noqa: PLR0913 - a statement and its operands
    kind: str,
    printed: str,
    hedge: Hedge,
    subject: Fraction,
    second: Fraction,
    *,
    hedges: Mapping[str, HedgeRule] = HEDGES,
) -> str | None:
    """
    Name the slip, None where no single one explains the printed number.

    A slip gives the number itself, and makes the statement hold: under an open hedge
    alone, almost anything would. Beside a hedge no digits are cut off.
    """
    relation = RELATIONS[kind]
    gives = {"reproduced", "truncated"} if hedge == "exact" else {"reproduced"}
    for slip, instead in relation.slips:
        try:
            value = instead(subject, second)
        except ZeroDivisionError:
            continue
        as_meant = judge(value, printed, hedge, hedges, inverse=relation.inverse)
        if {judge(value, printed, "exact"), as_meant} <= gives:
            return slip
    if hedge != "exact":
        return None
    right = reading(relation.formula(subject, second), printed)
    typed = _to_tens(right, printed) or _digit_slip(right, f"{printed_number(printed):f}")
    return f"{typed}: {right} printed as {printed}" if typed else None


def _to_tens(right: str, printed: str) -> str | None:
    """Say whether a number was rounded more than its digits tell: 51 printed as 50."""
    wrong = Fraction(printed_number(printed))
    tens = wrong % 10 == 0 and wrong
    return "rounded to tens" if tens and abs(Fraction(right) - wrong) <= 5 else None  # noqa: PLR2004 - half of ten


def _digit_slip(right: str, wrong: str) -> str | None:
    """Name what one slip of the keys did to a number."""
    same_sign = right.startswith("-") == wrong.startswith("-")
    right, wrong = right.lstrip("-"), wrong.lstrip("-")
    # A single digit turns into any other: that explains nothing.
    if not same_sign or min(len(right), len(wrong)) < 2:  # noqa: PLR2004
        return None
    if len(right) == len(wrong):
        return _substitution(right, wrong)
    if wrong[1:] == right:
        return "a digit in front"
    if right in _without_one(wrong):
        return "a digit too many"
    return "a digit missing" if wrong in _without_one(right) else None


def _substitution(right: str, wrong: str) -> str | None:
    unlike = [place for place, digit in enumerate(right) if digit != wrong[place]]
    if len(unlike) == 1:
        return "one digit"
    first, *others = unlike
    swapped = wrong[: first + 2] == right[:first] + right[first + 1] + right[first]
    return "two digits swapped" if swapped and others == [first + 1] else None


def _without_one(text: str) -> set[str]:
    return {text[:place] + text[place + 1 :] for place in range(len(text))}
