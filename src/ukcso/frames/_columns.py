"""
A frame opened and its columns checked: by name and type, and in memory by value.

No row of a lazy frame is read.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

import narwhals.stable.v2 as nw
from narwhals.dtypes import DType
from narwhals.exceptions import DuplicateError

from ukcso._rules import Rule, message
from ukcso.errors import InvalidInputError, listed, quoted

Frame = nw.DataFrame[Any] | nw.LazyFrame[Any]

FrameT = TypeVar("FrameT")


NUMBERS, DAYS = "numbers", "dates; text must be made dates first"

#: The largest float: NaN and infinity are not <= it.
LARGEST = sys.float_info.max

#: Stands for null among whole numbers: this, and anything below.
NO_NUMBER = -(2**40)

ENGINES = "pandas, polars, PyArrow, DuckDB, PySpark, Ibis or Dask"

#: Names that an engine takes for a pattern, for a path or for none, by engine.
MISREAD = {
    nw.Implementation.POLARS: re.compile(r"\*|\^.*\$", re.DOTALL),
    nw.Implementation.DUCKDB: re.compile(r"\*"),
    nw.Implementation.IBIS: re.compile(""),
    nw.Implementation.PYSPARK: re.compile(r"\*|.*[.`].*", re.DOTALL),
}


def open_frame(frame: object, new: Iterable[str]) -> tuple[Frame, Mapping[str, DType]]:
    """Return the frame and its schema, having made sure that no new column is there yet."""
    try:
        opened: Frame = nw.from_native(frame)
        schema = opened.collect_schema()
    except TypeError:
        msg = f"frame must be a dataframe of {ENGINES}; got {type(frame).__name__}"
        raise InvalidInputError(msg) from None
    except DuplicateError as error:
        msg = f"frame must not have two columns of one name: {error}"
        raise InvalidInputError(msg) from None
    # SQL does not tell Rate from rate, so no engine does.
    there = {str(name).casefold(): name for name in schema}
    for name in new:
        if name in there:
            msg = (
                f"frame already has a column {there[name]!r}, where the new column {name!r} "
                f"would go; rename it first; columns: {listed(schema)}"
            )
            raise InvalidInputError(msg)
    if opened.implementation.is_duckdb():  # it selects every column by its name
        require_readable(opened, schema)
    return opened, schema


def require_column(schema: Mapping[str, DType], argument: str, name: object) -> str:
    """Refuse the name of a column that is not there."""
    if not isinstance(name, str):
        msg = f"{argument} must be the name of a column; got {quoted(name)}"
        raise InvalidInputError(msg)
    if name not in schema:
        msg = f"{argument}: there is no column {quoted(name)}; columns: {listed(schema)}"
        raise InvalidInputError(msg)
    return name


def require_kind(frame: Frame, schema: Mapping[str, DType], kind: str, **columns: object) -> None:
    """Refuse columns, given by argument, that are missing, misread or not of a kind."""
    for argument, name in columns.items():
        dtype = schema[require_column(schema, argument, name)]
        if not (is_day(dtype) if kind == DAYS else dtype.is_numeric()):
            listing = listed(f"{other} ({held})" for other, held in schema.items())
            msg = f"{argument} must be a column of {kind}; {name!r} is {dtype}; columns: {listing}"
            raise InvalidInputError(msg)
    require_readable(frame, map(str, columns.values()))


def require_numbers(frame: Frame, schema: Mapping[str, DType], rule: Rule, **columns: str) -> None:
    """Refuse columns, given by argument, that do not hold numbers within a rule."""
    require_kind(frame, schema, NUMBERS, **columns)
    for argument, name in columns.items():
        refuse_where(frame, rule.broken(number(name)), argument, name, rule.words)


def is_day(dtype: DType) -> bool:
    """Say whether a column holds dates, with or without a time of day."""
    return isinstance(dtype, (nw.Date, nw.Datetime))


def require_readable(frame: Frame, names: Iterable[str]) -> None:
    """Refuse names that the engine takes for something else than one column."""
    misread = MISREAD.get(frame.implementation)
    for name in names:
        if misread and misread.fullmatch(name):
            engine = frame.implementation.value
            msg = f"{engine} does not take {name!r} for the name of a column; rename it first"
            raise InvalidInputError(msg)


def refuse_where(frame: Frame, broken: nw.Expr, argument: str, name: str, words: str) -> None:
    """Refuse the first value where a condition holds; a lazy frame cannot be searched."""
    if isinstance(frame, nw.LazyFrame):
        return
    places = frame.select(broken.alias("broken"))["broken"].fill_null(value=False).arg_true()
    if len(places):
        row = int(places[0])
        place = str(row)
        if frame.implementation.is_pandas_like():
            place += f" (label {frame.to_native().index.tolist()[row]!r})"
        (value,) = frame[name][[row]].to_list()
        bad = f"{len(places)} bad of {len(frame)}"
        raise InvalidInputError(message(f"{argument}, column {name!r},", words, value, place, bad))


def number(name: str) -> nw.Expr:
    """Return a column as 64-bit floats."""
    return nw.col(name).cast(nw.Float64)


def whole(values: nw.Expr) -> nw.Expr:
    """Return whole numbers, `NO_NUMBER` for null: not every engine has null among them."""
    return values.cast(nw.Float64).fill_null(float(NO_NUMBER)).cast(nw.Int64)


def at_least_0(values: nw.Expr) -> nw.Expr:
    """
    Return null in place of what is below 0, infinite or NaN.

    Comparing with the largest float finds NaN on every engine: it is above all numbers
    to some and above none to others, and never between two.
    """
    return nw.when((values >= 0) & (values <= LARGEST)).then(values)


def above_0(values: nw.Expr) -> nw.Expr:
    """Return null in place of what is not above 0, infinite or NaN."""
    return nw.when((values > 0) & (values <= LARGEST)).then(values)
