"""What the heading of a column says: a period, an offence, a role, or what is to be left alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from ukcso.periods import Period
from ukcso.readers.foi.words._cells import tidy
from ukcso.readers.foi.words._offences import Fit, fit, ideas_of
from ukcso.readers.foi.words._period_names import (
    EXPECTED,
    PeriodName,
    looks_like_year,
    read_period,
    says_of_years,
)

Role = Literal[
    "area", "period", "start", "end", "offence", "count", "status", "note", "mark", "derived",
    "total", "other", "",
]  # fmt: skip

#: The first that fits is the role; "mark" columns hold the shorthand of the cell before.
_ROLE_WORDS: dict[Role, tuple[str, ...]] = {
    "derived": (
        r"%|\bper ?cent|percentage|\bchange\b|\bincrease|\bdecrease|\bgrowth\b|\+/-",
        r"\bdiff(?:erence)?\b|\bvariance\b|\brates?\b|\bper (?:1|\d|capita|head|day|month|week)",
        r"\baverage\b|\bmean\b|\bmedian\b|\brank(?:ing)?\b|\bindex\b|\btrend\b|\bshare\b",
        r"\bproportion\b|\bratio\b",
    ),
    "other": (
        r"\bdates?\b(?! range)|\bref\b|\brefs?\.|\breference|\bids?$|\burn\b|e-?mail|contact",
        r"\burl\b|\blinks?\b|\bregions?\b|\bnations?\b|\bcountry\b|\bcodes?\b|\bgss\b|\bons\b",
        r"population|\bpop\b|officers?|\bstaff\b|\bdays (?:taken|to)\b|working days",
        r"\bcost\b|\bfees?\b",
        r"\bsent\b|\bdue\b|deadline|\bchased?\b|\bfile ?name|\bsource\b|\bprepared\b|\bupdated\b",
        r"^no\.?$|^#$|^row\b|\baddress\b|telephone",
    ),
    "mark": (r"^(?:marks?|markers?|flags?|symbols?|shorthand)$",),
    "note": (r"\bnotes?\b|\bcomments?\b|\bcaveats?\b|\bremarks?\b|footnote",),
    "status": (
        r"\bstatus\b|\bresult\b|\bdecision\b|\boutcome of\b|\boutcome$|\breplied\b|\breceived\b",
        r"^(?:our )?(?:response|reply|replied|answer)$|response (?:received|status|type)",
        r"\banswered\b",
    ),
    "start": (r"^(?:period )?(?:from|start)(?: date)?$|^(?:date )?from$",),
    "end": (r"^(?:period )?(?:to|end|until)(?: date)?$|^(?:date )?to$",),
    "total": (
        (
            r"^(?:(?:grand|overall|sub|row|all|\d+|five|years?|yrs?|combined)[- ]?)*totals?\b"
            r"(?! (?:number|offences|recorded|crimes))"
        ),
        r"^all years$|^sum$|^overall$",
    ),
    "area": (
        r"\bforces?\b|\bconstabulary\b|^(?:police )?area|\bpfa\b|police service|^police$",
        r"\bauthorit(?:y|ies)\b|\bbody\b|\borganisation\b|\bresponder\b|\bname$",
    ),
    "period": (
        (
            r"^(?:financial |calendar |reporting |fiscal )?(?:year|period|yr|fy|time period)s?\b"
            r"(?!.*\d{4})"
        ),
        r"year ending|^y/?e\b|date range",
    ),
    "count": (
        r"\bnumbers?\b|\bno\.|\bcounts?\b|\btotal\b|\brecorded\b|\bfigures?\b|\bvalues?\b",
        r"\bvolume\b|\bn$|\boffences\b|\bcrimes\b|\banswers?\b|\bresponses?\b|\bquantity\b",
    ),
    "offence": (
        r"\boffence\b|\bcrime\b|\bcategory\b|\bquestion\b|\bdescription\b|\bclassification\b",
        r"\bmeasure\b|\bindicator\b|\bsection\b|\btype\b",
    ),
}
_ROLES = {role: re.compile("|".join(words)) for role, words in _ROLE_WORDS.items()}
#: A longer title says more than what it is of.
_MOST_WORDS = 8
_BESIDE: frozenset[Role] = frozenset({"status", "note", "mark", "other", "total"})
_QUARTER = re.compile(r"q(?:tr|uarter)? ?([1-4])(?: ?\(?([a-z]{3})[a-z]* ?(?:-|to) ?[a-z]+\)?)?")
_MONTHS_OF_QUARTERS = ("apr", "jul", "oct", "jan")
_COUNT = _ROLES["count"]
_ALL_DERIVED = _ROLES["derived"]


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above a column, read."""

    text: str = ""
    period: PeriodName | None = None
    fit: Fit | None = None
    #: The text that names the offence.
    offence: str = ""
    role: Role = ""
    #: Roles of columns that hold no answers, where the period is that of a group of columns.
    below: frozenset[Role] = frozenset()

    @property
    def is_period(self) -> bool:
        """Whether the column is of a period, or of what looks like one."""
        return self.period is not None and self.role not in {"derived", *self.below}


def role_of(value: object) -> Role:
    """
    Return what a heading says that a column is for.

    Examples
    --------
    >>> role_of("Police force"), role_of("Number of offences"), role_of("% change")
    ('area', 'count', 'derived')
    """
    text = tidy(value).lower().replace("_", " ")
    if len(text) > 150:  # noqa: PLR2004 - a sentence is no heading
        return ""
    return next((role for role, words in _ROLES.items() if words.search(text)), "")


def is_of_another_kind(text: str) -> bool:
    """
    Say whether a title is of rates, changes or people, so that no counts stand below it.

    Examples
    --------
    >>> is_of_another_kind("Rates per 10,000 children"), is_of_another_kind("Number and rate")
    (True, False)
    """
    lower = tidy(text).lower()
    other = _ALL_DERIVED.search(lower) or re.search(
        r"\bpopulations?\b|\bofficers?\b|\bbudget|workforce", lower
    )
    is_short = len(lower.split()) <= _MOST_WORDS
    return (
        bool(other)
        and is_short
        and not re.search(r"\bnumbers?\b|\bcounts?\b|\boffences\b|\bcrimes\b", lower)
    )


def read_heading(stack: Sequence[object], measure: str, around: str = "") -> Heading:
    """
    Read the cells above a column.

    Parameters
    ----------
    stack
        The nearest first, then what stands above it, its own or a group's.
    measure
        The measure that is asked for.
    around
        What the sheet says of its years.
    """
    if not stack:
        return Heading()
    texts = [tidy(value) for value in stack]
    period = _period(stack, texts, around)
    role = role_of(texts[0])
    if period is None and role in {"", "count"} and "total" in map(role_of, texts[1:]):
        role = "total"
    named, offence = _offence(texts, period, measure)
    if any(map(is_of_another_kind, texts[1:])):
        role = "derived"
    if named == "other" and ideas_of(offence) == {"part"}:
        named, role = None, "derived"
    if period and period.period and period.rest:
        left = _left(period.rest, measure)
        if _ALL_DERIVED.search(period.rest):
            role = "derived"
        elif left:
            period = PeriodName(period.text, rest=left, expected=EXPECTED)
    is_of_group = period is not None and period.text != texts[0] and len(texts) > 1
    below = _BESIDE if is_of_group else frozenset()
    return Heading(" | ".join(reversed(texts)), period, named, offence, role, below)


def quarter_of(text: str) -> int | None:
    """
    Return which quarter a heading below a year is; with months, those of a financial year only.

    Examples
    --------
    >>> quarter_of("Qtr 2"), quarter_of("Q1 (Apr-Jun)"), quarter_of("Q1 (Jan-Mar)")
    (2, 1, None)
    """
    parts = _QUARTER.fullmatch(text.lower())
    if parts is None or parts[2] not in {None, _MONTHS_OF_QUARTERS[int(parts[1]) - 1]}:
        return None
    return int(parts[1])


def _period(stack: Sequence[object], texts: list[str], around: str) -> PeriodName | None:
    """Return the nearest period above a column; a quarter of the year above it is one."""
    nearest: PeriodName | None = None
    for at, value in enumerate(stack):
        if isinstance(value, date) and at:
            continue
        direct = " ".join(reversed(texts[at + 1 :]))
        others = around
        if at + 1 < len(texts) and (number := quarter_of(texts[at])):
            return read_period(f"{texts[at + 1]} Q{number}")
        name = read_period(value, direct if says_of_years(direct) else others)
        if name and name.period and not (at and name.rest):
            return name
        if name and not at:
            nearest = name
    return nearest


def _offence(texts: list[str], period: PeriodName | None, measure: str) -> tuple[Fit | None, str]:
    """Return how the nearest text that names an offence fits, and that text."""
    for text in texts:
        words = text
        if period and period.period and text == period.text:
            words = period.rest
        if words and (how := fit(words, measure)):
            return how, words
    return None, ""


def _left(rest: str, measure: str) -> str:
    """Return what is left of the words beside a period, where they name no offence."""
    return "" if fit(rest, measure) else rest


def periods_in(values: Sequence[object]) -> Iterator[Period]:
    """Go through the periods that cells name, and nothing else."""
    for value in values:
        name = read_period(value) if isinstance(value, str) or looks_like_year(value) else None
        if name and name.period and not name.rest:
            yield name.period
