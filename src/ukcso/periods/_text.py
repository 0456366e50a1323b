"""Names of periods, read and written; `Period` is the public face of this."""

from __future__ import annotations

import re
from calendar import month_abbr, month_name, monthrange
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import MAXYEAR, MINYEAR, date

from ukcso._rules import require_whole
from ukcso.errors import InvalidInputError, quoted, refusal

Days = tuple[date, date]

ACCEPTED = (
    "2017/18, 2017-18, 2017/2018, FY2017-18, FYE 2018, 2017, 2017/18 Q1, Q1 2018, "
    "2016/17 to 2020/21, year ending March 2018, YE Mar 2018, April 2017 to March 2018, "
    "1 April 2017 to 31 March 2018, 2017-04-01/2018-03-31"
)

_YEAR = 12
_APRIL = 3  # months after January
#: From here on, a year of two digits is of the last century, as for `time.strptime`.
_LAST_CENTURY = 69

_MONTHS = {name.lower(): n for n in range(1, 13) for name in (month_name[n], month_abbr[n])}
_MONTHS["sept"] = 9
_NTH = enumerate(("first", "second", "third", "fourth"))
#: Months before a part of a year, and months of it.
_PARTS = {
    name: (months * n, months)
    for n, nth in _NTH
    for unit, months in (("quarter", 3), ("half", 6))
    for name in (f"{nth} {unit}", f"{unit[0]}{n + 1}")
    if months * n < _YEAR
}


def month_of(day: date) -> int:
    """Return the month of a day as a number; January of year 1 is month 12."""
    return _YEAR * day.year + day.month - 1


def whole_months(first: int, count: int) -> Days:
    """Return first and last day of so many months from one; January of year 1 is month 12."""
    (year, month), (last_year, last_month) = divmod(first, _YEAR), divmod(first + count - 1, _YEAR)
    last_day = monthrange(last_year, last_month + 1)[1]
    return date(year, month + 1, 1), date(last_year, last_month + 1, last_day)


def financial_year(first_year: int) -> Days:
    """Return first and last day of the financial year that begins in `first_year`."""
    year = require_whole("first_year", first_year, "a whole number such as 2017")
    if not MINYEAR <= year < MAXYEAR:
        raise refusal(first_year, "first_year", "from 1 to 9998")
    return whole_months(_YEAR * year + _APRIL, _YEAR)


def parse(text: object) -> Days:
    """Return the days a printed name stands for; the accepted forms are `ACCEPTED`."""
    hints: Iterator[str] = iter(())
    if isinstance(text, str):
        tidy = text.lower()
        for varied, plain in _SPELLINGS.items():
            tidy = re.sub(varied, plain, tidy)
        for pattern, read in _FORMS:
            if match := re.fullmatch(pattern, tidy, re.ASCII):
                with suppress(OverflowError, ValueError):  # no such day
                    start, end = read(*match.groups())
                    if start <= end:
                        return start, end
        hints = (
            f"; {hint}" for pattern, hint in _HINTS.items() if re.fullmatch(pattern, tidy, re.ASCII)
        )
    msg = f"no period {quoted(text)}; accepted forms: {ACCEPTED}{next(hints, '')}"
    raise InvalidInputError(msg)


def label(start: date, end: date, kind: str, months: int | None) -> str:
    """Return the usual name of a span, in a form that `parse` reads back."""
    begins, since_april = divmod(month_of(start) - _APRIL, _YEAR)
    if kind == "quarter" and begins > 0:
        return f"{_year_name(begins)} Q{since_april // 3 + 1}"
    if kind in {"financial_year", "calendar_year", "years"}:
        years = (start.year, end.year) if since_april else (begins, end.year - 1)
        names = (f"{year:04}" if since_april else _year_name(year) for year in years)
        return " to ".join(dict.fromkeys(names))
    if months == _YEAR:
        return f"year ending {month_name[end.month]} {end.year:04}"
    return f"{start.isoformat()}/{end.isoformat()}"


def _year_name(first_year: int) -> str:
    return f"{first_year:04}/{(first_year + 1) % 100:02}"


def _full(year: str) -> int:
    century = 0 if len(year) > 2 else 1900 if int(year) >= _LAST_CENTURY else 2000  # noqa: PLR2004
    return century + int(year)


def _financial(word: str | None, first: str, second: str) -> Days:
    """Read 2017/18, 2017/2018, 2017/8 or 17/18; the second year must follow the first."""
    begins = _full(first)
    following = f"{begins + 1:04}"
    # A day or month is never 00, so 00/01 is the year that begins in 2000.
    could_be_days = not word and len(first) == 2 and int(first) and 0 < int(second) <= _YEAR  # noqa: PLR2004
    if second not in (following[-len(first) :], following[-2:], following[3:]) or could_be_days:
        raise ValueError
    return financial_year(begins)


def _ending(year: str) -> Days:
    return financial_year(int(year) - 1)


def _calendar(year: str) -> Days:
    return date(int(year), 1, 1), date(int(year), 12, 31)


def _month(month: str, year: str) -> Days:
    return whole_months(_YEAR * _full(year) + _MONTHS[month] - 1, 1)


def _day(day: str, month: str, year: str) -> Days:
    this = date(_full(year), _MONTHS.get(month) or int(month), int(day))
    return this, this


def _iso(day: str) -> Days:
    return date.fromisoformat(day), date.fromisoformat(day)


def _part(part: str, year: str) -> Days:
    """Read a quarter or half of a calendar or a financial year."""
    before, months = _PARTS[part]
    return whole_months(month_of(parse(year)[0]) + before, months)


def _year_to(end: str) -> Days:
    """Read the year up to a month, or to the last day of one."""
    last = parse(f"{end} to {end}")[1]
    year = whole_months(month_of(last) - _YEAR + 1, _YEAR)
    if year[1] != last:
        raise ValueError
    return year


def _from_to(read: Callable[..., Days]) -> Callable[..., Days]:
    def read_span(*ends: str) -> Days:
        half = len(ends) // 2
        return read(*ends[:half])[0], read(*ends[half:])[1]

    return read_span


def _in_one_year(first: str, last: str, year: str) -> Days:
    return parse(f"{first} {year} to {last}")


_DIGITS = r"(\d{4}|\d{2})"
_NAMES = "|".join(sorted(_MONTHS, key=len, reverse=True))
_FINANCIAL = rf"(fy|financial year )?{_DIGITS}[/-](\d{{4}}|\d{{2}}|(?<=\d{{4}}/)\d)"
_CALENDAR = r"(?:calendar year )?(\d{4})"
_MONTH = rf"({_NAMES})[ -]{_DIGITS}"
_DAY = rf"(\d{{1,2}})[ /.]({_NAMES}|\d{{1,2}})[ /.]{_DIGITS}"
_PART = f"({'|'.join(_PARTS)})"
_ANY_YEAR = r"((?:fy|financial year |calendar year )?\d+(?:[/-]\d+)?)"
_YEAR_TO = "(?:(?:year|12 months|twelve months) (?:to|ending|ended)|ye|y/e)"
_TO = "(?: to | until |-)"

#: What writers vary, and how it is written here.
_SPELLINGS = {
    "[\N{HYPHEN}-\N{HORIZONTAL BAR}]": "-",
    r"\s+": " ",
    r"^ |^ ?the | $": "",
    " ?([/-]) ?": r"\1",
    r"(?<=\d)(?:st|nd|rd|th)(?= [a-z])": "",
    "fy ": "fy",
    rf"{_PART} of (?:the )?": r"\1 ",
    rf"{_ANY_YEAR} {_PART}": r"\2 \1",
}
#: What can be both ends of a span, what stands between them, and how one is read.
_ENDS: tuple[tuple[str, str, Callable[..., Days]], ...] = (
    (_FINANCIAL, _TO, _financial),
    (_CALENDAR, "(?: to | until )", _calendar),
    (rf"{_PART} {_ANY_YEAR}", _TO, _part),
    (_MONTH, _TO, _month),
    (_DAY, _TO, _day),
    (r"(\d{4}-\d{2}-\d{2})", "(?: to | until |/)", _iso),
)
_FORMS: tuple[tuple[str, Callable[..., Days]], ...] = (
    (_FINANCIAL, _financial),
    (_CALENDAR, _calendar),
    (rf"({_NAMES}) (\d{{4}})", _month),
    (rf"{_PART} {_ANY_YEAR}", _part),
    (r"(?:fye|financial year ending)(?: (?:31 )?(?:march|mar))? (\d{4})", _ending),
    (rf"{_YEAR_TO} ((?:\d+ )?(?:{_NAMES})[ -]\d+|\d+[/.]\d+[/.]\d+)", _year_to),
    *((f"(?:from )?{end}{between}{end}", _from_to(read)) for end, between, read in _ENDS),
    (rf"(?:from )?((?:\d+ )?(?:{_NAMES})){_TO}(.*?(\d{{4}}))", _in_one_year),
)
#: What texts that could be meant in several ways, or lack something, are answered.
_HINTS = {
    r"\d{1,2}[/-]\d{1,2}": "17/18 is a year; what could be days, such as 11/12, is written 2011/12",
    r"(?:fy|financial year) ?\d+": "a financial year is named by both its years: 2017/18",
    _PART: "say of which year: Q1 2018 begins in January, 2018/19 Q1 in April",
    _MONTH: "a month is written with its whole year: April 2023",
    r"\d{4}-\d\d": "a month is April 2017; several years are 2017/18 to 2019/20, or 2017 to 2019",
    r"\d{4}[/-]\d{4}": "several years are 2017/18 to 2019/20, or 2017 to 2019",
    rf"{_YEAR_TO} .*": "say the month: year ending March 2018",
    rf"{_DAY}|[\d-]{{10}}": "a single day is 2017-04-01/2017-04-01",
}
