"""Names of periods, read and written; `Period` is the public face of this."""

from __future__ import annotations

import re
from calendar import month_abbr, month_name, monthrange
from datetime import date, timedelta
from numbers import Integral
from typing import TYPE_CHECKING

from ukcso.errors import InvalidInputError

if TYPE_CHECKING:
    from collections.abc import Callable

Days = tuple[date, date]

ACCEPTED = (
    "2017/18, 2017-18, 2017/2018, FY2017-18, 2017, 2017/18 Q1, 2016/17 to 2020/21, 2013 to 2015, "
    "year ending March 2018, YE Mar 2018, April 2017 to March 2018, 2017-04-01/2018-03-31"
)

_MONTHS = {
    name.lower(): number
    for names in (month_name, month_abbr)
    for number, name in enumerate(names)
    if name
} | {"sept": 9}
_MONTH = "(" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + ")"
_FINANCIAL_YEAR = r"(?:fy ?)?(\d{4})[/-](\d{2}|\d{4})"


def financial_year(first_year: int) -> Days:
    """Return first and last day of the financial year that begins in `first_year`."""
    if isinstance(first_year, bool) or not isinstance(first_year, Integral):
        msg = f"first_year must be a whole number such as 2017; got {first_year!r}"
        raise InvalidInputError(msg)
    try:
        return date(int(first_year), 4, 1), date(int(first_year) + 1, 3, 31)
    except (OverflowError, ValueError):
        msg = f"first_year must be from 1 to 9998; got {first_year}"
        raise InvalidInputError(msg) from None


def parse(text: object) -> Days:
    """Return the days a printed name stands for; the accepted forms are `ACCEPTED`."""
    if isinstance(text, str):
        tidy = re.sub(r"\s+", " ", text.strip().lower().replace("\N{EN DASH}", "-"))
        for pattern, read in _FORMS:
            match = pattern.fullmatch(tidy)
            if match is None:
                continue
            try:
                days = read(*match.groups())
            except (OverflowError, ValueError):  # no such day
                break
            if days and days[0] <= days[1]:
                return days
    msg = f"no period {text!r}; accepted forms: {ACCEPTED}"
    raise InvalidInputError(msg)


def label(start: date, end: date, kind: str, months: int | None) -> str:
    """Return the usual name of a span, in a form that `parse` reads back."""
    first, last = _year_name(start.year), _year_name(end.year - 1)
    if kind == "financial_year":
        return first
    financial_year_begins = start.year - (start.month < 4)  # noqa: PLR2004 - April
    if kind == "quarter" and financial_year_begins > 0:
        return f"{_year_name(financial_year_begins)} Q{(start.month - 4) % 12 // 3 + 1}"
    if kind == "calendar_year":
        return f"{start.year:04}"
    if kind == "years":
        return f"{first} to {last}" if start.month == 4 else f"{start.year:04} to {end.year:04}"  # noqa: PLR2004 - April
    if months == 12:  # noqa: PLR2004 - a year
        return f"year ending {month_name[end.month]} {end.year:04}"
    return f"{start.isoformat()}/{end.isoformat()}"


def _year_name(first_year: int) -> str:
    return f"{first_year:04}/{(first_year + 1) % 100:02}"


def _one_year(first: str, second: str) -> Days | None:
    """Read 2017/18 or 2017/2018; None where the second year does not follow the first."""
    following = str(int(first) + 1).zfill(4)
    return financial_year(int(first)) if second in (following, following[-2:]) else None


def _span_of_years(first: str, second: str, third: str, fourth: str) -> Days | None:
    start, end = _one_year(first, second), _one_year(third, fourth)
    return (start[0], end[1]) if start and end else None


def _quarter(first: str, second: str, quarter: str) -> Days | None:
    year = _one_year(first, second)
    if year is None:
        return None
    month = (int(quarter) * 3) % 12 + 1
    return _months(year[0].year + (quarter == "4"), month, 3)


def _months(year: int, month: int, count: int) -> Days:
    last_year, last_month = divmod(year * 12 + month - 1 + count - 1, 12)
    last_day = monthrange(last_year, last_month + 1)[1]
    return date(year, month, 1), date(last_year, last_month + 1, last_day)


def _year_ending(month: str, year: str) -> Days:
    number = _MONTHS[month]
    end = date(int(year), number, monthrange(int(year), number)[1])
    day_after = end + timedelta(days=1)
    return date(day_after.year - 1, day_after.month, 1), end


def _between_months(month: str, year: str, last_month: str, last_year: str) -> Days:
    number = _MONTHS[last_month]
    end = date(int(last_year), number, monthrange(int(last_year), number)[1])
    return date(int(year), _MONTHS[month], 1), end


def _calendar_years(first: str, last: str | None = None) -> Days:
    return date(int(first), 1, 1), date(int(last or first), 12, 31)


def _iso(start: str, end: str) -> Days:
    return date.fromisoformat(start), date.fromisoformat(end)


_FORMS: tuple[tuple[re.Pattern[str], Callable[..., Days | None]], ...] = tuple(
    (re.compile(pattern, re.ASCII), read)
    for pattern, read in (
        (_FINANCIAL_YEAR, _one_year),
        (r"(\d{4})", _calendar_years),
        (rf"{_FINANCIAL_YEAR} q([1-4])", _quarter),
        (rf"{_FINANCIAL_YEAR} to {_FINANCIAL_YEAR}", _span_of_years),
        (r"(\d{4}) to (\d{4})", _calendar_years),
        (rf"(?:year ending|ye) {_MONTH} (\d{{4}})", _year_ending),
        (rf"{_MONTH} (\d{{4}}) to {_MONTH} (\d{{4}})", _between_months),
        (r"(\d{4}-\d{2}-\d{2})/(\d{4}-\d{2}-\d{2})", _iso),
    )
)
