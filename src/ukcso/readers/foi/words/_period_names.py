"""Headings of years: which period one names, and what else it says."""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from ukcso.errors import InvalidInputError
from ukcso.periods import Period
from ukcso.readers.foi.words._cells import tidy

EXPECTED = "a period such as 2019/20, 2019, year ending March 2020 or Apr 19 - Mar 20"
_TWO_YEARS = "a financial year by both its years, such as 2019/20: this sheet is of financial years"
_FIRST_YEAR, _LAST_YEAR = 1990, 2050
_LONGEST = 120
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
#: What looks as if a period were meant.
_LIKE = re.compile(
    r"(?:19|20)\d\d|\b\d\d ?[/-] ?\d\d\b|\byear ?\d|\bq[1-4]\b|\bfye?\d|\bfye? \d"
    rf"|\b(?:{_MONTHS})[a-z]*[ '-]?\d\d\b|\byear (?:to|ending|ended)\b|\bytd\b"
    r"|\b(?:last|this|current|previous|latest|prior) (?:financial )?year\b"
)
_SPELT = (
    (
        re.compile(rf"\b((?:{_MONTHS})[a-z]*)['\u2018\u2019]? ?['\u2018\u2019]?(\d\d|\d{{4}})\b"),
        r"\1 \2",
    ),
    (re.compile(r"\bf\.?/?y\.?(?= ?[\d'])"), "fy"),
    (re.compile(r"\b(?:cy|cal\.?|calendar yr) ?(?=\d{4})"), "calendar year "),
    (re.compile(r"(?<=\d)_(?=\d)"), "/"),
    (re.compile(r"\bto(?= end (?:of )?[a-z])"), "to"),
    (re.compile(r"\b(ending|ended|to) end (?:of )?"), r"\1 "),
    (re.compile(r"\b(20\d\d)(20\d\d|\d\d)\b"), r"\1/\2"),
    (re.compile(r"^(\d{4}[/-]\d\d(?:\d\d)?) ?fy$"), r"fy\1"),
    (re.compile(r"[\[\]()*\N{DAGGER}:,;?]|\[[^\]]*\]"), " "),
)
_NOTES = re.compile(
    r" ?\[[^\]]*\]| ?[*\N{DAGGER}\N{DOUBLE DAGGER}^]+|[\u00b9\u00b2\u00b3\u2070-\u2079]+"
    r"| ?\((?:[a-z\d]|note ?\w{0,2})\)|(?<=\d)[pr](?=\s|$)"
)
_KEPT = re.compile(
    r"\[[^\]]*\]|\((?:provisional|revised)\)|[*\N{DAGGER}\N{DOUBLE DAGGER}^\u00b9\u00b2\u00b3]+"
)
#: A year that stands in brackets after what was asked.
_IN_BRACKETS = re.compile(r"\[((?:19|20)\d\d\b[^\[\]]*)\]")
#: A financial year that goes by the year in which it ends.
_FINANCIAL_END = re.compile(r"\b(?:financial|fiscal) years? (?:ending|ended|end)\b")
_WHOLE = re.compile(r"\(?(?:12|twelve) months\)?")
#: Words beside a period that only say what is counted, or when its year begins.
_FILLER = re.compile(
    r"(?:answers?|responses?|repl(?:y|ies)|figures?|data|values?|numbers?|nos?\.?|#|n|totals?|counts?|counted"
    r"|offences?|offs?|crimes?|recorded|reported|police|in|for|of|the|during|years?|financial|full|all|calendar"
    r"|how|many|were|was|did|there|have|has|been|record|you|your|force|forces|which"
    r"|fy|cy|from|period|provisional|revised|inclusive|per|annual|a|and|by|to|-|\|)"
)
#: The number of a request, which may look like a year.
_REFERENCE = re.compile(
    r"\b(?:foia?|ref|reference|request|no|number|rfi)\.? ?(?:\w*\d+[/-])?\d\d?[/-]\d\d\b(?![/-])"
)
_YEAR_KINDS = {
    "financial_year": re.compile(r"\(?(?:1 )?apr(?:il)? ?(?:-|to) ?(?:31 )?mar(?:ch)?\)?"),
    "calendar_year": re.compile(r"\(?(?:1 )?jan(?:uary)? ?(?:-|to) ?(?:31 )?dec(?:ember)?\)?"),
}
_APRIL_TO_MARCH = (
    r"\bapr(?:il)? ?(?:-|to|until) ?(?:(?:the )?31(?:st)? )?mar(?:ch)?\b(?! ?(?:19|20)\d\d)"
)
#: A heading whose months are the last of years.
_YEAR_ENDS = re.compile(
    r"\b(?:year|12 months|twelve months) (?:ending|ended|end|to)\b"
    rf"(?! ?(?:the )?(?:\d|{_MONTHS}))|\by/?e$"
)
#: What a sheet says of its plain years: that each ends in a month, or is a financial year.
_ENDING = re.compile(
    r"\b(?:(?:years?|12 months) (?:ending|ended|to)|y/?e) (?:the )?(?:31(?:st)? )?mar(?:ch)?\b"
    r"(?! ?,?(?:19|20)?\d\d)"
)
_FINANCIAL_WORDS = re.compile(
    rf"financial year|fiscal|\bfys?\b|{_APRIL_TO_MARCH}|1(?:st)? april to"
)
_CALENDAR_WORDS = re.compile(r"calendar|\bjan(?:uary)? ?(?:-|to) ?(?:31(?:st)? )?dec(?:ember)?\b")


@dataclass(frozen=True, slots=True)
class PeriodName:
    """What a label says of a period; `expected` where that is not clear."""

    text: str
    period: Period | None = None
    #: What else the label says.
    rest: str = ""
    note: str = ""
    expected: str = ""


def looks_like_year(value: object) -> bool:
    """Say whether a number may be a calendar year."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    if float(value).is_integer() and 199_000 <= value <= 205_000:  # noqa: PLR2004 - 201920
        return (value // 100 + 1) % 100 == value % 100
    return _FIRST_YEAR <= value <= _LAST_YEAR and float(value).is_integer()


@lru_cache(maxsize=4096)
def read_period(value: object, around: str = "") -> PeriodName | None:  # noqa: PLR0911 - one a kind
    """
    Read a label that may name a period; None where it looks like none.

    Parameters
    ----------
    value
        As the sheet has it.
    around
        What stands above the label, or in a title: "year ending March" above "2020".

    Examples
    --------
    >>> str(read_period("Offences 2019/20 [p]").period), str(read_period(2019).period)
    ('2019/20', '2019')
    >>> str(read_period("2020", "Year ending March").period)
    '2019/20'
    >>> read_period("Year 1").expected[:18], read_period("Comments")
    ('a period such as 2', None)
    """
    if isinstance(value, (date, datetime)) and _YEAR_ENDS.search(around.lower()):
        value = f"year ending {value.day} {month_name[value.month]} {value.year}"
    elif isinstance(value, (date, datetime)):
        return PeriodName(value.isoformat()[:10], expected=f"{EXPECTED}; Excel made a date of it")
    if not isinstance(value, str) and not looks_like_year(value):
        return None
    text = tidy(value)
    if len(text) > _LONGEST or not _LIKE.search(text.lower()):
        return None
    text = _IN_BRACKETS.sub(r" \1 ", text).strip()
    note = "; ".join(_KEPT.findall(text))
    plain = _NOTES.sub("", text.lower()).strip(" :")
    if _YEAR_ENDS.search(around.lower()) and re.fullmatch(
        rf"(?:{_MONTHS})[a-z]*[ '-]*\d{{2,4}}", plain
    ):
        plain = f"year ending {plain}"
    if re.fullmatch(r"\d{4}", plain) and around:
        return _plain_year(text, plain, around.lower().replace("_", " "), note)
    period, rest = _longest(plain)
    rest = _WHOLE.sub(" ", rest)
    kinds = [kind for kind, words in _YEAR_KINDS.items() if words.search(rest)]
    for kind in kinds:
        rest = _YEAR_KINDS[kind].sub(" ", rest)
    is_one = period is not None and not _LIKE.search(rest) and not is_slip(period)
    if period is None or not is_one or (kinds and kinds != [period.kind]):
        return PeriodName(text, rest=plain, expected=EXPECTED)
    if rest.startswith("q") and period.months is not None and period.months > 3:  # noqa: PLR2004 - a quarter is none of a quarter
        return PeriodName(text, rest=plain, expected=EXPECTED)
    words = [word for word in re.split(r"[\s()]+", rest) if word]
    left = " ".join(word for word in words if not _FILLER.fullmatch(word.strip(",.:")))
    return PeriodName(text, period, left, note)


def _plain_year(text: str, plain: str, around: str, note: str) -> PeriodName:
    """Read a year of four digits by what stands around it."""
    if _FINANCIAL_END.search(around):
        return PeriodName(text, Period.parse(f"year ending March {plain}"), note=note)
    ends, financial, calendar = (
        bool(words.search(around)) for words in (_ENDING, _FINANCIAL_WORDS, _CALENDAR_WORDS)
    )
    if ends and not calendar:
        return PeriodName(text, Period.parse(f"year ending March {plain}"), note=note)
    if financial and not (calendar and not ends):
        return PeriodName(text, expected=_TWO_YEARS)
    if ends or (_YEAR_ENDS.search(around) and not calendar):
        return PeriodName(text, expected=EXPECTED)
    return PeriodName(text, Period.parse(plain), note=note)


def _longest(text: str) -> tuple[Period | None, str]:
    """Return the period that most of the words of a text name, and the other words."""
    period = _parsed(text)
    if period:
        return period, ""
    words = text.split()
    for length in range(len(words), 0, -1):
        for start in range(len(words) - length + 1):
            part = " ".join(words[start : start + length])
            if re.search(r"\d", part) and (period := _parsed(part)):
                return period, " ".join([*words[:start], *words[start + length :]])
    return None, text


@lru_cache(maxsize=4096)
def _parsed(text: str) -> Period | None:
    for plain in _spellings(text):
        try:
            return Period.parse(plain)
        except InvalidInputError:
            continue
    return None


def _spellings(text: str) -> Iterator[str]:
    yield text
    spelt = text
    for varied, plain in _SPELT:
        spelt = varied.sub(plain, spelt)
    spelt = " ".join(spelt.split()).strip(" -.")
    if spelt != text:
        yield spelt


def says_of_years(text: str) -> bool:
    """
    Say whether a text tells which months a plain year has.

    Examples
    --------
    >>> says_of_years("All figures are for financial years."), says_of_years("Kent Police")
    (True, False)
    """
    lower = tidy(text).lower().replace("_", " ")
    told = (_ENDING, _YEAR_ENDS, _FINANCIAL_WORDS, _CALENDAR_WORDS)
    return any(words.search(lower) for words in told)


def is_slip(period: Period) -> bool:
    """
    Say whether a period misses whole years by some days, as figures may not.

    Examples
    --------
    >>> is_slip(Period("2017-04-01", "2018-03-30")), is_slip(Period("2017-04-01", "2017-10-02"))
    (True, False)
    """
    if period.months is not None:
        return False
    whole = period.start.day == 1 or (period.end.month, period.end.day) in {(3, 31), (12, 31)}
    near = min(period.days % 365, 365 - period.days % 365)
    exempt = str(period.start) == "2017-04-03"
    return whole and near <= 31 and period.days > 300 and not exempt  # noqa: PLR2004 - a month, and most of a year


def period_in(text: str) -> Period | None:
    """
    Return the only period that a title or name of a sheet speaks of, plain years aside.

    Examples
    --------
    >>> str(period_in("Offences recorded 1 April 2019 to 31 March 2020"))
    '2019/20'
    >>> period_in("FOI request 2021"), period_in("2019/20 and 2020/21")
    (None, None)
    """
    plain = re.sub(r"[()\[\],;:]", " ", tidy(text).lower().replace("_", " "))
    plain = " ".join(plain.split()).strip(" .")
    if whole := _parsed(plain):
        return whole
    found: set[Period] = set()
    rest = _REFERENCE.sub(" ", plain)
    while len(rest) <= _LONGEST and _LIKE.search(rest):
        period, others = _longest(rest)
        if period is None:
            break
        months = period.months or 0
        named = period.kind != "calendar_year" or re.search(
            rf"\b(?:in|during|calendar year|year:?) {period}\b", rest
        )
        if months > 2 and named:  # noqa: PLR2004 - a day or month is when something was sent
            found.add(period)
        rest = others
    return found.pop() if len(found) == 1 else None
