"""One simple slip that explains a printed number which its operands do not give."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from ukcso.printed._hedges import printed_number
from ukcso.printed._relations import RELATIONS
from ukcso.printed._verdict import judge, reading

if TYPE_CHECKING:
    from collections.abc import Callable
    from fractions import Fraction

    from ukcso.printed._hedges import Hedge

_WEEKS_TAKEN_AS_A_YEAR = 52

# Slips of calculation, by the relation printed: what was calculated instead.
_MIXED_UP: dict[str, tuple[tuple[str, Callable[[Fraction, Fraction], Fraction]], ...]] = {
    "growth": (
        ("a ratio printed as a change", lambda subject, base: 100 * subject / base),
        (
            "the later count taken as the base",
            lambda subject, base: 100 * (subject - base) / subject,
        ),
        (
            "a fall printed as a rise, or a rise as a fall",
            lambda subject, base: 100 * (base - subject) / base,
        ),
        ("a difference printed as a percentage", lambda subject, base: subject - base),
    ),
    "ratio": (
        ("a change printed as a ratio", lambda subject, base: (subject - base) / base),
        ("the two counts swapped", lambda subject, base: base / subject),
    ),
    "share": (
        (
            "the part set against the rest, not the whole",
            lambda part, whole: 100 * part / (whole - part),
        ),
        ("the share of the rest", lambda part, whole: 100 * (whole - part) / whole),
    ),
    "per_week": (
        ("a year taken as 52 weeks", lambda subject, _days: subject / _WEEKS_TAKEN_AS_A_YEAR),
    ),
}


def diagnose(
    kind: str,
    printed: str,
    hedge: Hedge,
    subject: Fraction,
    second: Fraction,
) -> str | None:
    """Name the slip, None where no single one explains the printed number."""
    for slip, instead in _MIXED_UP.get(kind, ()):
        try:
            value = instead(subject, second)
        except ZeroDivisionError:
            continue
        if judge(value, printed, hedge) in {"reproduced", "truncated"}:
            return slip
    if hedge != "exact":
        return None
    right = reading(RELATIONS[kind].formula(subject, second), printed)
    typed = _to_tens(right, printed) or _digit_slip(right, str(printed_number(printed)))
    return f"{typed}: {right} printed as {printed}" if typed else None


def _to_tens(right: str, printed: str) -> str | None:
    """Say whether a number was rounded more than its digits tell: 51 printed as 50."""
    wrong = printed_number(printed)
    tens = wrong == wrong.to_integral_value() and wrong % 10 == 0 and wrong
    return "rounded to tens" if tens and abs(Decimal(right) - wrong) <= 5 else None  # noqa: PLR2004 - half of ten


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
