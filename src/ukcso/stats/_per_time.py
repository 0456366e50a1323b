"""Counts spread over time: per hour, day, week, month; minutes and hours between."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ukcso._rules import BASE, COUNT, POSITIVE, Rule
from ukcso.errors import InvalidInputError
from ukcso.periods import Period, as_period
from ukcso.stats import formulas
from ukcso.stats._apply import Measure, apply

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt
    import pandas as pd

    from ukcso.stats._apply import Number

    Days = Period | str | float | npt.NDArray[Any] | pd.Series[Any]


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
    return _spread(formulas.per_day, count, period)


def per_hour(count: Number, period: Days) -> Number:
    """
    Return events per hour: `per_day` divided by 24.

    Parameters
    ----------
    count, period
        As in `per_day`.

    Raises
    ------
    InvalidInputError
        As in `per_day`.

    Examples
    --------
    >>> per_hour(8_760, "2017/18")
    1.0
    """
    return _spread(formulas.per_hour, count, period)


def per_week(count: Number, period: Days) -> Number:
    """
    Return events per seven days: a year has 52.14 weeks, a leap year 52.29.

    Parameters
    ----------
    count, period
        As in `per_day`.

    Raises
    ------
    InvalidInputError
        As in `per_day`.

    Examples
    --------
    Image offences recorded in South Yorkshire, 2023/24, as printed:

    >>> round(per_week(1_249, "2023/24"), 2)
    23.89
    """
    return _spread(formulas.per_week, count, period)


def per_month(count: Number, period: Days) -> Number:
    """
    Return events per calendar month.

    A period of whole calendar months has that many; anything else has its days divided by
    the mean month of the Gregorian calendar, 30.436875 days.

    Parameters
    ----------
    count, period
        As in `per_day`.

    Raises
    ------
    InvalidInputError
        As in `per_day`.

    Examples
    --------
    Image and grooming offences recorded in the North West, 2021/22, as printed:

    >>> round(per_month(6_271, "2021/22"), 2)
    522.58
    """
    if isinstance(period, (str, Period)) and (months := as_period(period).months):
        return _spread(formulas.per_calendar_month, count, months)
    return _spread(formulas.per_mean_month, count, period)


def minutes_between(count: Number, period: Days) -> Number:
    """
    Return the average minutes from one event to the next, NaN where the count is 0.

    Parameters
    ----------
    count, period
        As in `per_day`.

    Raises
    ------
    InvalidInputError
        As in `per_day`.

    Examples
    --------
    UK image offences recorded in 2017/18, as printed:

    >>> round(minutes_between(22_724, "2017/18"), 1)
    23.1
    """
    return _spread(formulas.minutes_between, count, period, BASE)


def hours_between(count: Number, period: Days) -> Number:
    """
    Return the average hours from one event to the next, NaN where the count is 0.

    Parameters
    ----------
    count, period
        As in `per_day`.

    Raises
    ------
    InvalidInputError
        As in `per_day`.

    Examples
    --------
    Sexual offences against children recorded by Avon and Somerset, 2016/17:

    >>> round(hours_between(1_483, "2016/17"), 1)
    5.9
    """
    return _spread(formulas.hours_between, count, period, BASE)


def _spread(
    formula: Callable[[Any, Any], Any], count: Number, period: Days, rule: Rule = COUNT
) -> Number:
    """Put a count and the days of its period, or days as they are, through a formula."""
    if period is None:
        msg = "period must be a Period, its text such as 2018/19, or days; got None"
        raise InvalidInputError(msg)
    days: Any = as_period(period).days if isinstance(period, (str, Period)) else period
    measure = Measure(formula, {"count": rule, "period": POSITIVE})
    result: Number = apply(measure, count, days)
    return result
