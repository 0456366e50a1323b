"""
Spans of days as official statistics name them: financial years, quarters, years.

A UK financial year runs from 1 April to 31 March; its first quarter is April to
June. Days are calendar days, both ends included: 2019/20 has 366.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Literal, overload

from ukcso._rules import ShownAsText, require_whole
from ukcso.errors import InvalidInputError, quoted, refusal
from ukcso.periods import _text

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    import numpy.typing as npt
    import pandas as pd

PeriodKind = Literal["financial_year", "quarter", "calendar_year", "years", "other"]

_APRIL = 4


@dataclass(frozen=True, order=True, slots=True)
class Period(ShownAsText):
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
        Read a period as statistics and letters write it, whatever the case and dashes.

        "2017-18" is the financial year, never a month, and so are "17/18", "19/20" and
        "20/21"; "2021" is the calendar year. "Q1 2018" begins in January, "2018/19 Q1" in
        April. Days are written day first.

        Parameters
        ----------
        text
            Financial years: "2017/18", "2017-18", "2017/2018", "2017/8", "17/18",
            "FY2017-18", "FYE 2018", "FYE March 2018" (both end in March 2018).
            Calendar years: "2017". Parts of either: "2017/18 Q1", "Q1 2018", "first half
            of 2021". A year by its end: "year ending March 2018", "YE Mar 2018", "year to
            31 March 2018". From and to: "2016/17 to 2020/21", "2013 to 2015", "April 2017
            to March 2018", "Apr 17 - Mar 18", "1 April 2017 to 31 March 2018",
            "01/04/2017 to 31/03/2018", "2017-04-01/2018-03-31". A month: "April 2017".

        Raises
        ------
        InvalidInputError
            Anything else, also what could be meant in two ways: "11/12" may be days,
            "FY18" begin or end in 2018. The message names the accepted forms.

        Examples
        --------
        >>> Period.parse("year ending March 2018") == Period.parse("FY2017-18")
        True
        >>> str(Period.parse("Apr 23 - Mar 24")), str(Period.parse("Q1 2018"))
        ('2023/24', '2017/18 Q4')
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
        first = _text.month_of(self.start)
        months = _text.month_of(self.end) - first + 1
        return months if _text.whole_months(first, months) == (self.start, self.end) else None

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
        return self.next(-require_whole("n", n))

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
        steps = require_whole("n", n)
        try:
            if self.months:
                first = _text.month_of(self.start) + steps * self.months
                return Period(*_text.whole_months(first, self.months))
            step = timedelta(days=self.days * steps)
            return Period(self.start + step, self.end + step)
        except (ArithmeticError, ValueError):
            msg = f"no period {quoted(n)} steps from {self.label}: the calendar ends before it"
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
            raise refusal(other, "other", "a Period")
        return self.start <= other.start and other.end <= self.end

    def __iter__(self) -> Iterator[Period]:
        """Go through the financial years that lie wholly inside."""
        years = map(Period.financial_year, range(self.start.year, self.end.year))
        return filter(self.contains, years)

    def __str__(self) -> str:
        return self.label

    def __repr__(self) -> str:
        return f"Period.parse({self.label!r})"


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
    raise refusal(value, argument, f"a Period, or text such as {_text.ACCEPTED}")


def _has_time(value: date) -> bool:
    """Say whether a time of day would be lost; NaT is a date that is not itself."""
    return value != value or (isinstance(value, datetime) and value.time() != time.min)  # noqa: PLR0124


def _as_date(value: object, name: str) -> date:
    """Take a date, a datetime, Timestamp or datetime64 at midnight, or ISO text."""
    day = value
    if getattr(getattr(value, "dtype", None), "kind", "") == "M":  # a single one of numpy's
        whole_day = value.astype("datetime64[D]")  # type: ignore[attr-defined]
        day = whole_day.item() if whole_day == value else None
    if isinstance(day, str) and len(day) == len("2017-04-01") and day[4] == "-":
        with suppress(ValueError):
            return date.fromisoformat(day)
    elif isinstance(day, date) and not _has_time(day):
        return date(day.year, day.month, day.day)
    raise refusal(value, name, "a date or an ISO day such as 2017-04-01")


@overload
def financial_year_of(day: date | str | np.datetime64) -> Period: ...
@overload
def financial_year_of(day: pd.Series[pd.Timestamp]) -> pd.Series[Period]: ...  # type: ignore[type-var]
@overload
def financial_year_of(day: pd.DatetimeIndex) -> pd.Index[Period]: ...  # type: ignore[type-var]
@overload
def financial_year_of(day: npt.NDArray[np.datetime64]) -> npt.NDArray[np.object_]: ...
def financial_year_of(day: Any) -> object:
    """
    Return the financial year a day falls in.

    Parameters
    ----------
    day : date, ISO text, or Series, DatetimeIndex or datetime64 array of days
        31 March 2018 falls in 2017/18, 1 April 2018 in 2018/19.

    Returns
    -------
    Period, or Series, Index or array of Period
        A Series has the same index, an array the same shape. Missing stays missing (None).

    Raises
    ------
    InvalidInputError
        Not a day, or a Series, index or array that does not hold days.

    Examples
    --------
    >>> financial_year_of("2018-03-31").label
    '2017/18'
    >>> import pandas as pd
    >>> days = pd.Series(pd.to_datetime(["2018-03-31", "2018-04-01"]))
    >>> financial_year_of(days).map(str).tolist()
    ['2017/18', '2018/19']
    """
    if getattr(day, "ndim", 0) == 0:
        one_day = _as_date(day, "day")
        return Period.financial_year(one_day.year - (one_day.month < _APRIL))
    if getattr(getattr(day, "dtype", None), "kind", "") != "M":
        kind = f"dtype {day.dtype}" if hasattr(day, "dtype") else type(day).__name__
        msg = f"day must be a date, an ISO day, or a datetime64 Series, index or array; got {kind}"
        raise InvalidInputError(msg)
    import pandas as pd  # noqa: PLC0415 - a single day needs no pandas

    flat = day if isinstance(day, (pd.Series, pd.Index)) else day.reshape(-1)
    days: Any = pd.Series(flat)
    first_year = days.dt.year - (days.dt.month < _APRIL)
    years = {year: Period.financial_year(int(year)) for year in first_year.dropna().unique()}
    periods = first_year.map(years).astype(object).where(days.notna(), None)
    if isinstance(day, pd.Series):
        return periods
    if isinstance(day, pd.Index):
        return pd.Index(periods, dtype=object, name=day.name)
    return periods.to_numpy().reshape(day.shape)
