"""Growth as a new column, each row matched with its earlier period by a join."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

import narwhals.stable.v2 as nw
from narwhals.dtypes import DType

from ukcso._rules import COUNT, require_choice, require_whole
from ukcso.errors import InvalidInputError, listed, warn
from ukcso.frames._columns import (
    NO_NUMBER,
    FrameT,
    above_0,
    at_least_0,
    is_day,
    number,
    open_frame,
    refuse_where,
    require_column,
    require_numbers,
    require_readable,
    whole,
)
from ukcso.stats import formulas

MONTHS = {"year": 12, "quarter": 3, "month": 1}

_QUARTER, _YEAR = 3, 12
_FINANCIAL_YEAR = "^[0-9]{4}[/-][0-9]{2}$"


def with_growth(  # noqa: PLR0913 - which rows follow each other has to be said
    frame: FrameT,
    *,
    value: str,
    by: str | Sequence[str] = (),
    period: str,
    periods: int = 1,
    unit: str = "year",
) -> FrameT:
    """
    Add the change from an earlier period as a fraction of the earlier value.

    Rows are matched on the period, never on their place: where the earlier period has
    no row, growth is null.

    Parameters
    ----------
    frame : dataframe of pandas, polars, PyArrow, DuckDB, PySpark, Ibis or Dask
        Eager or lazy. It is not changed.
    value : name of a column
        Counts or rates in one unit, >= 0.
    by : names of columns, or one
        What one series is told from another by: area, offence, release.
    period : name of a column
        Whole numbers, such as years; dates, each standing for the month it is in, so
        first or last days of periods; or financial years as text, 2017/18 or 2017-18.
    periods : int
        How many periods back, >= 1.
    unit
        Length of one period where `period` holds dates: "year", "quarter" or "month".
        Quarterly figures are compared with the same quarter of the year before unless
        this says otherwise.

    Returns
    -------
    Dataframe of the same engine
        With `growth`: 0.14 is a rise of 14 per cent. Null where either value is missing,
        the earlier one is 0 or has no row, or `period` or any of `by` is null.

    Raises
    ------
    InvalidInputError
        No dataframe, a column that is missing, of the wrong type or in the way of the
        new one, or of a name that the engine misreads; periods below 1, an unknown unit.
        On frames in memory (pandas, polars, PyArrow) also a negative or infinite value, a
        period that stands twice in one series and a text that is no financial year, the
        first of them named.

    Warns
    -----
    UkcsoWarning
        Dates are compared with those some quarters before that make no whole years:
        offences recorded have seasons. The message has the `periods` that compare a
        quarter with that of the year before. What whole numbers stand for is not known,
        nor is a frame read to see it.

    Notes
    -----
    A lazy frame cannot be searched without running it. There growth from and to a
    negative or infinite value is null, as is growth from a period that stands twice and
    from and to a text that is no financial year; no row is lost or doubled. How many
    values became null is a question to the frame that went in, to be asked where it is
    run: in SQL, ``select count(*) from crime where value < 0``.

    Rows of DuckDB, Spark and Ibis have no order that outlives a join: sort the result.
    Dask begins its index anew.

    References
    ----------
    As in `growth`.

    Examples
    --------
    Invented figures; 2015/16 is missing:

    >>> import pandas as pd
    >>> images = pd.DataFrame({"year": ["2014/15", "2016/17", "2017/18"], "n": [20, 100, 120]})
    >>> with_growth(images, value="n", period="year")
          year    n  growth
    0  2014/15   20     NaN
    1  2016/17  100     NaN
    2  2017/18  120     0.2
    """
    require_choice("unit", unit, MONTHS)
    back = require_whole("periods", periods, "a whole number >= 1", least=1)
    opened, schema = open_frame(frame, ("growth",))
    series = _series(schema, by, period)
    key, step = _key(schema, period, unit)
    if is_day(schema[period]):
        _warn_of_seasons(back, unit)
    require_numbers(opened, schema, COUNT, value=value)
    place, match, old, rows, *keys = _free_names(
        schema, ["place", "match", "old", "rows", *(f"key{i}" for i in range(len(series)))]
    )
    # A lazy join writes every column anew, by name.
    eager = isinstance(opened, nw.DataFrame)
    require_readable(opened, [period, *series] if eager else schema)

    # Under names of our own, because engines read some names as patterns or as paths.
    copies = [nw.col(name).alias(own) for name, own in zip(series, keys, strict=True)]
    keyed: Any = opened.with_columns(key.alias(match), *copies)
    is_period = nw.col(match) > NO_NUMBER
    is_other_text = ~is_period & ~nw.col(period).is_null()
    refuse_where(keyed, is_other_text, "period", period, "financial years such as 2017/18")
    # What has no period is matched with nothing.
    known = keyed.filter(is_period, *(~nw.col(key).is_null() for key in keys))
    if eager:
        _require_unique(known, [*series, period], [*keys, match])
    earlier = (
        known.select(*keys, nw.col(match) + back * step, above_0(number(value)).alias(old))
        .group_by(*keys, match)
        .agg(nw.col(old).max(), nw.len().alias(rows))
    )
    only = nw.when(nw.col(rows) == 1).then(nw.col(old))
    growth = formulas.growth(only, at_least_0(number(value))).alias("growth")
    if eager:
        joined = keyed.with_row_index(place).join(earlier, on=[*keys, match], how="left")
        result = opened.with_columns(joined.sort(place).select(growth)["growth"])
    else:
        joined = _left_join(keyed, earlier, [*keys, match])
        result = joined.with_columns(growth).drop(*keys, match, old, rows)
    return cast("FrameT", result.to_native())


def _series(schema: Mapping[str, DType], by: str | Iterable[str], period: str) -> list[str]:
    """Return the columns that tell series apart, having checked that they can."""
    require_column(schema, "period", period)
    names = [by] if isinstance(by, str) or not isinstance(by, Iterable) else list(by)
    for name in names:
        require_column(schema, "by", name)
    if len({*names, period}) <= len(names):
        msg = f"by must be different columns, none of them the period; got {listed(names)}"
        raise InvalidInputError(msg)
    return names


def _key(schema: Mapping[str, DType], period: str, unit: str) -> tuple[nw.Expr, int]:
    """Return a whole number for each period, and how far it is from one to the next."""
    dtype = schema[period]
    if is_day(dtype):
        date = nw.col(period).dt
        return 12 * whole(date.year()) + whole(date.month()), MONTHS[unit]
    if unit != "year":
        msg = f"unit {unit!r} needs a period column of dates; {period!r} is {dtype}"
        raise InvalidInputError(msg)
    if dtype.is_integer():
        return whole(nw.col(period)), 1
    if isinstance(dtype, (nw.String, nw.Categorical, nw.Enum)):
        return _first_year(nw.col(period).cast(nw.String)), 1
    msg = (
        "period must be a column of whole numbers, dates, or financial years such as 2017/18; "
        f"{period!r} is {dtype}"
    )
    raise InvalidInputError(msg)


def _warn_of_seasons(back: int, unit: str) -> None:
    """Warn where the earlier quarter is in another season; the arguments alone tell."""
    months = back * MONTHS[unit]
    if months % _QUARTER == 0 and months % _YEAR:
        warn(
            f"growth on the {'quarter' if months == _QUARTER else f'{months} months'} before mixes "
            "in the seasons (class 86: January to March 1.12 of the trend, July to September "
            f"0.87); periods={_YEAR // MONTHS[unit]} compares with the {unit} of the year before"
        )


def _first_year(label: nw.Expr) -> nw.Expr:
    """Return the year in which a financial year begins, `NO_NUMBER` where it is none."""
    label = label.fill_null("")
    # Nothing but digits may reach a cast, which some engines run on every row.
    label = nw.when(label.str.contains(_FINANCIAL_YEAR)).then(label).otherwise(nw.lit("0000/00"))
    first, last = (label.str.slice(*part).cast(nw.Int64) for part in ((0, 4), (5, 2)))
    following = first + 1
    runs_on = last == following - following // 100 * 100
    return nw.when(runs_on).then(first).otherwise(nw.lit(NO_NUMBER))


def _free_names(schema: Iterable[str], wanted: Iterable[str]) -> list[str]:
    """Return names that no column of the frame has, whatever the case."""
    there = {str(name).casefold() for name in schema}
    prefix = "ukcso_"
    while any(name.startswith(prefix) for name in there):
        prefix += "_"
    return [prefix + name for name in wanted]


def _require_unique(known: Any, named: list[str], on: list[str]) -> None:
    """Refuse a period that stands twice in a series."""
    (row,) = _free_names(known.columns, ["row"])
    numbered = known.with_row_index(row)
    firsts = numbered.group_by(*on).agg(nw.col(row).min())
    again = numbered.join(firsts, on=[*on, row], how="anti")
    if len(again):
        first = again.sort(row).rows(named=True)[0]
        cells = listed(f"{name} {first[name]!r}" for name in named)
        msg = (
            f"each period must stand once in a series; again there is {cells} "
            f"({len(again)} such rows); add to `by` what tells the series apart"
        )
        raise InvalidInputError(msg)


def _left_join(rows: Any, earlier: Any, keys: list[str]) -> Any:
    """Join lazily, keeping the order of rows on the engines that have one."""
    if rows.implementation.is_polars():
        # polars keeps the order only if told to, which narwhals does not do.
        left, right = rows.to_native(), earlier.to_native()
        return nw.from_native(left.join(right, on=keys, how="left", maintain_order="left"))
    return rows.join(earlier, on=keys, how="left")
