"""Counts spread over time: per hour, day, week, month; minutes and hours between."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ukcso._rules import BASE, COUNT, POSITIVE, Rule
from ukcso.errors import InvalidInputError
from ukcso.periods import Period
from ukcso.stats import formulas
from ukcso.stats._apply import Measure, apply

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt
    import pandas as pd

    from ukcso.stats._apply import Number

    Days = Period | str | float | npt.NDArray[Any] | pd.Series[Any]


def per_hour(count: Number, period: Days) -> Number:
    """
    Events per hour: `per_day` divided by 24.

    Parameters
    ----------
    count : float, array of shape (n,) or Series of length n
        Events in the period. Unit: events, >= 0.
    period : Period, its text, days as a number, or Series of days
        As in `per_day`.

    Returns
    -------
    Same type, shape and index as `count`
        Events per hour. NaN where the count is missing.

    Raises
    ------
    InvalidInputError
        As in `per_day`.

    References
    ----------
    Calendar arithmetic: 24 hours to each calendar day of the period.

    Examples
    --------
    >>> per_hour(8_760, "2017/18")
    1.0
    """
    result: Number = _apply(formulas.per_hour, COUNT, count, _days(period))
    return result


def per_day(count: Number, period: Days) -> Number:
    """
    Events per calendar day of the period.

    Parameters
    ----------
    count : float, array of shape (n,) or Series of length n
        Events in the period. Unit: events, >= 0.
    period : Period, its text, days as a number, or Series of days
        Both ends counted: 2017/18 has 365 days, 2019/20 has 366. A number is days,
        > 0; a Series of days has the index of `count`.

    Returns
    -------
    Same type, shape and index as `count`
        Events per day. NaN where the count is missing.

    Raises
    ------
    InvalidInputError
        A negative count, days that are not above 0, a text that is no period, shapes
        or indexes that differ.

    References
    ----------
    Calendar arithmetic on the days of the period.

    Examples
    --------
    Online child sexual offences recorded in 40 of 44 forces, 2018/19, as printed:

    >>> round(per_day(8_224, "2018/19"), 2)
    22.53
    """
    result: Number = _apply(formulas.per_day, COUNT, count, _days(period))
    return result


def per_week(count: Number, period: Days) -> Number:
    """
    Events per seven days: seven times `per_day`.

    A year has 52.14 weeks, or 52.29 in a leap year, not 52.

    Parameters
    ----------
    count : float, array of shape (n,) or Series of length n
        Events in the period. Unit: events, >= 0.
    period : Period, its text, days as a number, or Series of days
        As in `per_day`.

    Returns
    -------
    Same type, shape and index as `count`
        Events per week. NaN where the count is missing.

    Raises
    ------
    InvalidInputError
        As in `per_day`.

    References
    ----------
    Calendar arithmetic on the days of the period.

    Examples
    --------
    Image offences recorded in South Yorkshire, 2023/24, as printed:

    >>> round(per_week(1_249, "2023/24"), 2)
    23.89
    """
    result: Number = _apply(formulas.per_week, COUNT, count, _days(period))
    return result


def per_month(count: Number, period: Days) -> Number:
    """
    Events per calendar month.

    Parameters
    ----------
    count : float, array of shape (n,) or Series of length n
        Events in the period. Unit: events, >= 0.
    period : Period, its text, days as a number, or Series of days
        A period of whole calendar months has that many; anything else has its days
        divided by the mean month of the Gregorian calendar, 30.436875 days.

    Returns
    -------
    Same type, shape and index as `count`
        Events per month. NaN where the count is missing.

    Raises
    ------
    InvalidInputError
        As in `per_day`.

    References
    ----------
    Calendar arithmetic on the months, or days, of the period.

    Examples
    --------
    Image and grooming offences recorded in the North West, 2021/22, as printed:

    >>> round(per_month(6_271, "2021/22"), 2)
    522.58
    """
    known = _as_period(period)
    months = known.months if isinstance(known, Period) else None
    formula = formulas.per_calendar_month if months else formulas.per_mean_month
    result: Number = _apply(formula, COUNT, count, months or _days(known))
    return result


def minutes_between(count: Number, period: Days) -> Number:
    """
    Average minutes from one event to the next: the period's minutes by the count.

    Parameters
    ----------
    count : float, array of shape (n,) or Series of length n
        Events in the period. Unit: events, >= 0.
    period : Period, its text, days as a number, or Series of days
        As in `per_day`.

    Returns
    -------
    Same type, shape and index as `count`
        Minutes. NaN where the count is 0 or missing.

    Raises
    ------
    InvalidInputError
        As in `per_day`.

    References
    ----------
    Calendar arithmetic: 1,440 minutes to each calendar day of the period.

    Examples
    --------
    UK image offences recorded in 2017/18, as printed:

    >>> round(minutes_between(22_724, "2017/18"), 1)
    23.1
    """
    result: Number = _apply(formulas.minutes_between, BASE, count, _days(period))
    return result


def hours_between(count: Number, period: Days) -> Number:
    """
    Average hours from one event to the next: the period's hours by the count.

    Parameters
    ----------
    count : float, array of shape (n,) or Series of length n
        Events in the period. Unit: events, >= 0.
    period : Period, its text, days as a number, or Series of days
        As in `per_day`.

    Returns
    -------
    Same type, shape and index as `count`
        Hours. NaN where the count is 0 or missing.

    Raises
    ------
    InvalidInputError
        As in `per_day`.

    References
    ----------
    Calendar arithmetic: 24 hours to each calendar day of the period.

    Examples
    --------
    Sexual offences against children recorded by Avon and Somerset, 2016/17:

    >>> round(hours_between(1_483, "2016/17"), 1)
    5.9
    """
    result: Number = _apply(formulas.hours_between, BASE, count, _days(period))
    return result


def _as_period(period: Any) -> Any:
    return Period.parse(period) if isinstance(period, str) else period


def _days(period: Any) -> Any:
    """Return the days of a period; numbers, arrays and Series are days already."""
    if period is None:
        msg = "period must be a Period, its text such as 2018/19, or days; got None"
        raise InvalidInputError(msg)
    known = _as_period(period)
    return known.days if isinstance(known, Period) else known


def _apply(formula: Callable[[Any, Any], Any], rule: Rule, count: Any, days: Any) -> Any:
    return apply(Measure(formula, {"count": rule, "period": POSITIVE}), count, days)
