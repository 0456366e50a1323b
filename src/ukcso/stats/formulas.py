"""
Every formula once, written with operators only.

Floats, arrays, Series and engine expressions all pass through. Nothing is checked
or rounded here: see the function of the same name that calls it.
"""

from __future__ import annotations

from typing import Any

HOURS_PER_DAY = 24
MINUTES_PER_DAY = 1_440
DAYS_PER_WEEK = 7
#: Mean length of a month in the Gregorian calendar, 146,097 days in 4,800 months.
DAYS_PER_MONTH = 146_097 / 4_800


def growth(old: Any, new: Any) -> Any:
    """Return the change as a fraction of the old value."""
    return (new - old) / old


def annual_growth(first: Any, last: Any, years: Any) -> Any:
    """Return the constant yearly growth that leads from first to last."""
    return (last / first) ** (1 / years) - 1


def index_number(value: Any, base: Any) -> Any:
    """Return the value where the base is 100."""
    return 100 * value / base


def rate(count: Any, population: Any, per: Any) -> Any:
    """Return events per `per` people."""
    return per * count / population


def share(part: Any, whole: Any) -> Any:
    """Return the part as a fraction of the whole."""
    return part / whole


def per_hour(count: Any, days: Any) -> Any:
    """Return events per hour."""
    return count / (days * HOURS_PER_DAY)


def per_day(count: Any, days: Any) -> Any:
    """Return events per day."""
    return count / days


def per_week(count: Any, days: Any) -> Any:
    """Return events per seven days."""
    return count / (days / DAYS_PER_WEEK)


def per_mean_month(count: Any, days: Any) -> Any:
    """Return events per mean month, for spans not made of whole months."""
    return count / (days / DAYS_PER_MONTH)


def per_calendar_month(count: Any, months: Any) -> Any:
    """Return events per calendar month."""
    return count / months


def minutes_between(count: Any, days: Any) -> Any:
    """Return the average minutes from one event to the next."""
    return days * MINUTES_PER_DAY / count


def hours_between(count: Any, days: Any) -> Any:
    """Return the average hours from one event to the next."""
    return days * HOURS_PER_DAY / count


def byar_lower(count: Any, z: Any) -> Any:
    """Return Byar's approximation to the lower limit of a Poisson count above 0."""
    return count * (1 - 1 / (9 * count) - z / (3 * count**0.5)) ** 3


def byar_upper(count: Any, z: Any) -> Any:
    """Return Byar's approximation to the upper limit: the lower's mirror at count + 1."""
    above = count + 1
    return above * (1 - 1 / (9 * above) + z / (3 * above**0.5)) ** 3


def wilson(part: Any, whole: Any, share: Any, z: Any) -> tuple[Any, Any]:
    """Return Wilson's limits of a share, solved for the count and put over the whole."""
    z2 = z * z
    centre = part + z2 / 2
    spread = (z2 * z2 / 4 + z2 * (part - part * share)) ** 0.5
    scale = 1 / (whole + z2)
    return (centre - spread) * scale, (centre + spread) * scale


def rate_ratio(count_1: Any, exposure_1: Any, count_2: Any, exposure_2: Any) -> Any:
    """Return the rate of group 1 over the rate of group 2."""
    return count_1 * exposure_2 / (count_2 * exposure_1)


def pearson(count: Any, expected: Any) -> Any:
    """Return the squared deviation from the expectation, in units of Poisson variance."""
    return (count - expected) ** 2 / expected
