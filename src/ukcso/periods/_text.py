"""Names of periods, read and written; `Period` is the public face of this."""

from __future__ import annotations

import re
from calendar import month_abbr, month_name, monthrange
from collections.abc import Callable
from contextlib import suppress
from datetime import date

from ukcso._rules import require_whole
from ukcso.errors import InvalidInputError, quoted

Days = tuple[date, date]

ACCEPTED = (
    "2017/18, 2017-18, 2017/2018, FY2017-18, 2017, 2017/18 Q1, 2016/17 to 2020/21, 2013 to 2015, "
    "year ending March 2018, YE Mar 2018, April 2017 to March 2018, 2017-04-01/2018-03-31"
)

_YEAR = 12
_APRIL = 3  # months after January
_MONTHS = {name.lower(): n for n in range(1, 13) for name in (month_name[n], month_abbr[n])}
_MONTHS["sept"] = 9
_MONTH = "(" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + ")"
_FINANCIAL_YEAR = r"(?:fy ?)?(\d{4})[/-](\d{2}|\d{4})"


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
    try:
        return whole_months(_YEAR * year + _APRIL, _YEAR)
    except (OverflowError, ValueError):
        msg = f"first_year must be from 1 to 9998; got {quoted(first_year)}"
        raise InvalidInputError(msg) from None


def parse(text: object) -> Days:
    """Return the days a printed name stands for; the accepted forms are `ACCEPTED`."""
    if isinstance(text, str):
        tidy = re.sub(r"\s+", " ", text.strip().lower().replace("\N{EN DASH}", "-"))
        for pattern, read in _FORMS:
            if match := re.fullmatch(pattern, tidy, re.ASCII):
                with suppress(OverflowError, ValueError):  # no such day
                    start, end = read(*match.groups())
                    if start <= end:
                        return start, end
    msg = f"no period {quoted(text)}; accepted forms: {ACCEPTED}"
    raise InvalidInputError(msg)


def label(start: date, end: date, kind: str, months: int | None) -> str:
    """Return the usual name of a span, in a form that `parse` reads back."""
    begins, since_april = divmod(month_of(start) - _APRIL, _YEAR)
    if kind == "financial_year":
        return _year_name(begins)
    if kind == "quarter" and begins > 0:
        return f"{_year_name(begins)} Q{since_april // 3 + 1}"
    if kind == "calendar_year":
        return f"{start.year:04}"
    if kind == "years":
        financial = f"{_year_name(begins)} to {_year_name(end.year - 1)}"
        return f"{start.year:04} to {end.year:04}" if since_april else financial
    if months == _YEAR:
        return f"year ending {month_name[end.month]} {end.year:04}"
    return f"{start.isoformat()}/{end.isoformat()}"


def _year_name(first_year: int) -> str:
    return f"{first_year:04}/{(first_year + 1) % 100:02}"


def _one_year(first: str, second: str) -> Days:
    """Read 2017/18 or 2017/2018; the second year must follow the first."""
    following = str(int(first) + 1).zfill(4)
    if second not in (following, following[-2:]):
        raise ValueError
    return financial_year(int(first))


def _span_of_years(first: str, second: str, third: str, fourth: str) -> Days:
    return _one_year(first, second)[0], _one_year(third, fourth)[1]


def _quarter(first: str, second: str, quarter: str) -> Days:
    start, _ = _one_year(first, second)
    return whole_months(month_of(start) + 3 * (int(quarter) - 1), 3)


def _year_ending(month: str, year: str) -> Days:
    return whole_months(_YEAR * int(year) + _MONTHS[month] - _YEAR, _YEAR)


def _between_months(month: str, year: str, last_month: str, last_year: str) -> Days:
    first = _YEAR * int(year) + _MONTHS[month] - 1
    return whole_months(first, _YEAR * int(last_year) + _MONTHS[last_month] - first)


def _calendar_years(first: str, last: str | None = None) -> Days:
    return date(int(first), 1, 1), date(int(last or first), 12, 31)


def _iso(start: str, end: str) -> Days:
    return date.fromisoformat(start), date.fromisoformat(end)


_FORMS: tuple[tuple[str, Callable[..., Days]], ...] = (
    (_FINANCIAL_YEAR, _one_year),
    (r"(\d{4})", _calendar_years),
    (rf"{_FINANCIAL_YEAR} q([1-4])", _quarter),
    (rf"{_FINANCIAL_YEAR} to {_FINANCIAL_YEAR}", _span_of_years),
    (r"(\d{4}) to (\d{4})", _calendar_years),
    (rf"(?:year ending|ye) {_MONTH} (\d{{4}})", _year_ending),
    (rf"{_MONTH} (\d{{4}}) to {_MONTH} (\d{{4}})", _between_months),
    (r"(\d{4}-\d{2}-\d{2})/(\d{4}-\d{2}-\d{2})", _iso),
)
