"""
Spans of days as official statistics name them: financial years, quarters, years.

A UK financial year runs from 1 April to 31 March; its first quarter is April to
June. Days are calendar days, both ends included: 2019/20 has 366.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from numbers import Integral
from typing import TYPE_CHECKING, Literal, overload

from ukcso.errors import InvalidInputError, quoted
from ukcso.periods import _text

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

PeriodKind = Literal["financial_year", "quarter", "calendar_year", "years", "other"]

_APRIL = 4
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, order=True, slots=True)
class Period:
    """
    A span of days, first and last included; ordered by start, then end.

    Parameters
    ----------
    start, end : date, or ISO text
        First and last day. `end` may not be before `start`.

    Raises
    ------
    InvalidInputError
        A day that is not one, or an end before the start.

    Examples
    --------
    >>> year = Period.parse("2019/20")
    >>> year.label, year.kind, year.days
    ('2019/20', 'financial_year', 366)
    >>> year.previous().label, year.next(2).label
    ('2018/19', '2021/22')
    >>> [y.label for y in Period.parse("2016/17 to 2018/19")]
    ['2016/17', '2017/18', '2018/19']
    >>> year.contains(Period.parse("2019/20 Q4"))
    True
    """

    start: date
    end: date

    def __post_init__(self) -> None:
        for name in ("start", "end"):
            object.__setattr__(self, name, _as_date(getattr(self, name), name))
        if self.end < self.start:
            msg = f"end must not be before start; got {self.start} to {self.end}"
            raise InvalidInputError(msg)

    @classmethod
    def parse(cls, text: str) -> Period:
        """
        Read a period as statistics print it.

        "2017-18" is the financial year, never a month.

        Parameters
        ----------
        text
            "2017/18", "2017-18", "2017/2018", "FY2017-18", "2017", "2017/18 Q1",
            "2016/17 to 2020/21", "2013 to 2015", "year ending March 2018",
            "YE Mar 2018", "April 2017 to March 2018", "2017-04-01/2018-03-31".

        Raises
        ------
        InvalidInputError
            Anything else; the message names the accepted forms.

        Examples
        --------
        >>> Period.parse("year ending March 2018") == Period.parse("FY2017-18")
        True
        >>> Period.parse("2017-19")
        Traceback (most recent call last):
        ukcso.errors.InvalidInputError: no period '2017-19'; ...
        """
        return cls(*_text.parse(text))

    @classmethod
    def financial_year(cls, first_year: int) -> Period:
        """
        Return the financial year that begins on 1 April of `first_year`.

        Raises
        ------
        InvalidInputError
            Not a whole number from 1 to 9998.

        Examples
        --------
        >>> Period.financial_year(2017).label
        '2017/18'
        """
        return cls(*_text.financial_year(first_year))

    @property
    def days(self) -> int:
        """Number of calendar days, both ends included."""
        return (self.end - self.start).days + 1

    @property
    def months(self) -> int | None:
        """Number of calendar months, None where it is not made of whole ones."""
        after = self.end + _ONE_DAY if self.end < date.max else None
        if after is None or self.start.day != 1 or after.day != 1:
            return None
        return (after.year - self.start.year) * 12 + after.month - self.start.month

    @property
    def kind(self) -> PeriodKind:
        """
        What sort of span it is.

        financial_year, quarter, calendar_year, years (two or more whole financial
        or calendar years) or other.
        """
        months, first_month = self.months, self.start.month
        if months == 3 and first_month % 3 == 1:  # noqa: PLR2004 - a quarter
            return "quarter"
        if months is None or months % 12 or first_month not in (1, _APRIL):
            return "other"
        if months > 12:  # noqa: PLR2004 - more than a year
            return "years"
        return "financial_year" if first_month == _APRIL else "calendar_year"

    @property
    def label(self) -> str:
        """The usual name, which `parse` reads back: "2017/18", "2017/18 Q1"."""
        return _text.label(self.start, self.end, self.kind, self.months)

    def previous(self, n: int = 1) -> Period:
        """
        Return the n-th period of the same length before this one.

        Whole months step by months, so a financial year steps to a financial year;
        other spans step by their days.

        Raises
        ------
        InvalidInputError
            `n` is not a whole number, or the calendar ends before it.
        """
        return self.next(-_whole(n))

    def next(self, n: int = 1) -> Period:
        """
        Return the n-th period of the same length after this one.

        Raises
        ------
        InvalidInputError
            `n` is not a whole number, or the calendar ends before it.

        Examples
        --------
        >>> Period.parse("2017/18 Q4").next().label
        '2018/19 Q1'
        """
        steps = _whole(n)
        try:
            if self.months is None:
                step = timedelta(days=self.days * steps)
                return Period(self.start + step, self.end + step)
            first = self.start.year * 12 + self.start.month - 1 + steps * self.months
            last_year, last_month = divmod(first + self.months - 1, 12)
            days = monthrange(last_year, last_month + 1)[1]
            return Period(
                date(first // 12, first % 12 + 1, 1), date(last_year, last_month + 1, days)
            )
        except (ArithmeticError, ValueError):
            msg = f"no period {n} steps from {self.label}: the calendar ends before it"
            raise InvalidInputError(msg) from None

    def contains(self, other: Period) -> bool:
        """
        Say whether every day of `other` is a day of this period.

        Raises
        ------
        InvalidInputError
            `other` is not a `Period`.
        """
        if not isinstance(other, Period):
            msg = f"other must be a Period; got {other!r}"
            raise InvalidInputError(msg)
        return self.start <= other.start and other.end <= self.end

    def __iter__(self) -> Iterator[Period]:
        """Go through the financial years that lie wholly inside."""
        first = self.start.year + (self.start > date(self.start.year, _APRIL, 1))
        for year in range(first, self.end.year):
            whole = Period.financial_year(year)
            if self.contains(whole):
                yield whole

    def __str__(self) -> str:
        return self.label


def as_period(value: object, argument: str = "period") -> Period:
    """
    Return a period that was given as one, or as its text.

    Raises
    ------
    InvalidInputError
        Neither a `Period` nor text in a form that `Period.parse` reads; the message
        names the argument and the accepted forms.

    Examples
    --------
    >>> as_period("2017/18").days
    365
    """
    if isinstance(value, Period):
        return value
    if isinstance(value, str):
        return Period.parse(value)
    msg = f"{argument} must be a Period, or text such as {_text.ACCEPTED}; got {quoted(value)}"
    raise InvalidInputError(msg)


def _whole(n: object) -> int:
    if isinstance(n, bool) or not isinstance(n, Integral):
        msg = f"n must be a whole number; got {n!r}"
        raise InvalidInputError(msg)
    return int(n)


def _has_time(value: date) -> bool:
    """Say whether a time of day would be lost; NaT is a date that is not itself."""
    return value != value or (isinstance(value, datetime) and value.time() != time.min)  # noqa: PLR0124


def _as_date(value: object, name: str) -> date:
    """Take a date, a datetime or Timestamp at midnight, or ISO text."""
    if isinstance(value, str) and len(value) == len("2017-04-01") and value[4] == "-":
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    elif isinstance(value, date) and not _has_time(value):
        return date(value.year, value.month, value.day)
    msg = f"{name} must be a date or an ISO day such as 2017-04-01; got {value!r}"
    raise InvalidInputError(msg)


@lru_cache(maxsize=256)
def _financial_year_from(first_year: int) -> Period:
    return Period.financial_year(first_year)


@overload
def financial_year_of(day: date | str) -> Period: ...
@overload
def financial_year_of(day: pd.Series[pd.Timestamp]) -> pd.Series[Period]: ...  # type: ignore[type-var]
def financial_year_of(day: date | str | pd.Series[pd.Timestamp]) -> object:
    """
    Return the financial year a day falls in.

    Parameters
    ----------
    day : date, ISO text, or datetime Series
        31 March 2018 falls in 2017/18, 1 April 2018 in 2018/19.

    Returns
    -------
    Period, or Series of Period with the same index
        Missing stays missing (None).

    Raises
    ------
    InvalidInputError
        Not a day, or a Series that does not hold days.

    Examples
    --------
    >>> financial_year_of("2018-03-31").label
    '2017/18'
    >>> import pandas as pd
    >>> days = pd.Series(pd.to_datetime(["2018-03-31", "2018-04-01"]))
    >>> financial_year_of(days).map(str).tolist()
    ['2017/18', '2018/19']
    """
    if isinstance(day, (str, date)):
        asked = _as_date(day, "day")
        return _financial_year_from(asked.year - (asked.month < _APRIL))
    if getattr(getattr(day, "dtype", None), "kind", "") != "M":
        found = f"dtype {day.dtype}" if hasattr(day, "dtype") else type(day).__name__
        msg = f"day must be a date, an ISO day or a datetime64 Series; got {found}"
        raise InvalidInputError(msg)
    first_year = day.dt.year - (day.dt.month < _APRIL)
    years = {year: _financial_year_from(int(year)) for year in first_year.dropna().unique()}
    return first_year.map(years).astype(object).where(day.notna(), None)
