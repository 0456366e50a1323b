"""Rates, shares and events per day as new columns."""

from __future__ import annotations

from typing import Any, cast

import narwhals.stable.v2 as nw

from ukcso._rules import COUNT, PART_OF_WHOLE, POSITIVE, require_number
from ukcso.frames._columns import (
    DAYS,
    LARGEST,
    FrameT,
    above_0,
    at_least_0,
    number,
    open_frame,
    refuse_where,
    require_kind,
    require_numbers,
)
from ukcso.frames._columns import whole as whole_number
from ukcso.stats import formulas, limits, require_level, z_score


def with_rate(
    frame: FrameT, *, count: str, population: str, per: float, level: float = 0.95
) -> FrameT:
    """
    Add events per `per` people, with the interval of `rate_interval`.

    Parameters
    ----------
    frame : dataframe of pandas, polars, PyArrow, DuckDB, PySpark, Ibis or Dask
        Eager or lazy. It is not changed.
    count : name of a column
        Events in the period. Unit: events, >= 0.
    population : name of a column
        People at risk, normally the mid-year estimate. Unit: people, > 0.
    per : float
        Size of the reference population, > 0; no default, as in `rate`.
    level
        Confidence level, a fraction in (0, 1).

    Returns
    -------
    Dataframe of the same engine
        With `rate`, `rate_lower` and `rate_upper`, in events per `per` people: limits
        exact below 10 events, Byar's from 10 on. All three are null where the count or
        the population is missing; the limits also where the count is below 10 and no
        whole number.

    Raises
    ------
    InvalidInputError
        No dataframe, a column that is missing, not of numbers, in the way of a new one
        or of a name that the engine misreads; a `per` at or below 0, a level outside
        (0, 1). On frames in memory (pandas, polars, PyArrow) also a count below 0, a
        population at or below 0, an infinite value: the message gives column, rule, first
        bad value and row.

    Notes
    -----
    A lazy frame cannot be searched without running it, so there impossible values give
    null. To count them, ask where it is run: in SQL, ``select count(*) from areas where
    count < 0 or population <= 0``; in polars, ``lazy.filter((pl.col("count") < 0) |
    (pl.col("population") <= 0)).select(pl.len())``.

    References
    ----------
    As in `rate_interval`.

    Examples
    --------
    Invented figures:

    >>> import pandas as pd
    >>> areas = pd.DataFrame({"events": [50, 3, None], "people": [20_000, 6_000, 9_000]})
    >>> with_rate(areas, count="events", population="people", per=1_000).round(3)
       events  people  rate  rate_lower  rate_upper
    0    50.0   20000   2.5       1.855       3.296
    1     3.0    6000   0.5       0.103       1.461
    2     NaN    9000   NaN         NaN         NaN
    """
    per = require_number("per", per, "> 0 and finite", lambda x: 0 < x <= LARGEST)
    level = require_level(level)
    opened, schema = open_frame(frame, ("rate", "rate_lower", "rate_upper"))
    require_numbers(opened, schema, COUNT, count=count)
    require_numbers(opened, schema, POSITIVE, population=population)
    events, people = number(count), above_0(number(population))
    lower, upper = _limits_of(events, level)
    result = opened.with_columns(
        rate=formulas.rate(at_least_0(events), people, per),
        rate_lower=formulas.rate(lower, people, per),
        rate_upper=formulas.rate(upper, people, per),
    )
    return cast("FrameT", result.to_native())


def with_share(frame: FrameT, *, part: str, whole: str, level: float = 0.95) -> FrameT:
    """
    Add the part as a fraction of the whole, with Wilson's interval.

    Parameters
    ----------
    frame : dataframe of pandas, polars, PyArrow, DuckDB, PySpark, Ibis or Dask
        Eager or lazy. It is not changed.
    part : name of a column
        Events of one sort. Unit: events, >= 0 and not above the whole.
    whole : name of a column
        All events. Unit: events, >= 0.
    level
        Confidence level, a fraction in (0, 1).

    Returns
    -------
    Dataframe of the same engine
        With `share`, `share_lower` and `share_upper`, fractions from 0 to 1. All three
        are null where either value is missing, or the whole 0.

    Raises
    ------
    InvalidInputError
        As in `with_rate`. On frames in memory also a negative value, and a part above
        its whole, as `share` refuses them.

    Notes
    -----
    In a lazy frame impossible values give null; to count them, see `with_rate`.

    References
    ----------
    As in `share_interval`.

    Examples
    --------
    Prohibited images among UK image offences recorded 2016/17 to 2017/18:

    >>> import pandas as pd
    >>> images = pd.DataFrame({"prohibited": [146], "images": [41_246]})
    >>> with_share(images, part="prohibited", whole="images").round(5)
       prohibited  images    share  share_lower  share_upper
    0         146   41246  0.00354      0.00301      0.00416
    """
    z = z_score(require_level(level))
    opened, schema = open_frame(frame, ("share", "share_lower", "share_upper"))
    require_numbers(opened, schema, COUNT, part=part, whole=whole)
    some, every = at_least_0(number(part)), at_least_0(number(whole))
    refuse_where(opened, some > every, "part", part, PART_OF_WHOLE.words)
    every = above_0(every)
    some = nw.when(some <= every).then(some)
    share = formulas.share(some, every)
    lower, upper = formulas.wilson(some, every, share, z)
    # Exactly 0 and 1 at the ends, where a float may miss them by a little.
    result = opened.with_columns(
        share=share,
        share_lower=nw.when(share == 0).then(share).otherwise(lower),
        share_upper=nw.when(share == 1).then(share).otherwise(upper),
    )
    return cast("FrameT", result.to_native())


def with_per_day(frame: FrameT, *, count: str, start: str, end: str) -> FrameT:
    """
    Add events per calendar day, first and last day counted.

    Parameters
    ----------
    frame : dataframe of pandas, polars, PyArrow, DuckDB, PySpark, Ibis or Dask
        Eager or lazy. It is not changed.
    count : name of a column
        Events in the period. Unit: events, >= 0.
    start, end : names of columns
        First and last day of the period: dates, or datetimes whose time of day does
        not count.

    Returns
    -------
    Dataframe of the same engine
        With `per_day`: null where the count or a day is missing.

    Raises
    ------
    InvalidInputError
        As in `with_rate`; days that are not dates. On frames in memory also a negative
        count, and an end before its start.

    Notes
    -----
    In a lazy frame impossible values give null; to count them, see `with_rate`.

    References
    ----------
    Calendar arithmetic: the distance of two Julian day numbers, H. F. Fliegel and
    T. C. Van Flandern (1968), A machine algorithm for processing calendar dates,
    Communications of the ACM 11, 657.

    Examples
    --------
    Online child sexual offences recorded in 40 of 44 forces, 2018/19, as printed:

    >>> import pandas as pd
    >>> days = {"start": pd.to_datetime(["2018-04-01"]), "end": pd.to_datetime(["2019-03-31"])}
    >>> online = pd.DataFrame({"offences": [8_224]} | days)
    >>> with_per_day(online, count="offences", start="start", end="end")["per_day"].round(2)
    0    22.53
    Name: per_day, dtype: float64
    """
    opened, schema = open_frame(frame, ("per_day",))
    require_kind(opened, schema, DAYS, start=start, end=end)
    require_numbers(opened, schema, COUNT, count=count)
    days = (_day_number(end) - _day_number(start) + 1).cast(nw.Float64)
    known = ~nw.col(start).is_null() & ~nw.col(end).is_null()
    refuse_where(opened, known & (days < 1), "end", end, "on or after the start")
    events = nw.when(known).then(at_least_0(number(count)))
    result = opened.with_columns(per_day=formulas.per_day(events, above_0(days)))
    return cast("FrameT", result.to_native())


def _limits_of(counts: nw.Expr, level: float) -> tuple[nw.Expr, nw.Expr]:
    """Return the limits of the public-health convention, null for what is no count."""
    exact, z = limits.of_counts("exact", level, 1.0), z_score(level)
    # Nothing below 10 enters the formula: some engines fail on a division by 0.
    many = nw.when((counts >= limits.EXACT_BELOW) & (counts <= LARGEST)).then(counts)
    lower: Any = formulas.byar_lower(many, z)
    upper: Any = formulas.byar_upper(many, z)
    for count in reversed(range(limits.EXACT_BELOW)):
        low, high = exact(float(count))
        lower = nw.when(counts == count).then(nw.lit(low)).otherwise(lower)
        upper = nw.when(counts == count).then(nw.lit(high)).otherwise(upper)
    return lower, upper


def _day_number(name: str) -> nw.Expr:
    """
    Return the Julian day number of a date, any number where it is null.

    With operators only: engines disagree on what the difference of two dates is, days or
    a duration that not all can turn into days. In whole numbers, because old versions of
    DuckDB do not round what ``//`` makes of floats.
    """
    date = nw.col(name).dt
    year, month, day = (whole_number(part) for part in (date.year(), date.month(), date.day()))
    before_march = (14 - month) // 12
    year = year + 4800 - before_march
    month = month + 12 * before_march - 3
    in_year = day + (153 * month + 2) // 5
    return in_year + 365 * year + year // 4 - year // 100 + year // 400 - 32045
