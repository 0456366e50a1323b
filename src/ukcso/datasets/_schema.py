"""
What all dataset schemas share: strictness and the handful of column kinds.

Every dtype is spelled out, so a frame has the same types on pandas 2.2 and 3.
"""

from __future__ import annotations

import re
from numbers import Number
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import pandas as pd
import pandera.pandas as pa
from pandera import extensions
from pandera.dtypes import immutable
from pandera.engines import pandas_engine

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

YEAR_MONTH = r"^\d{4}-(0[1-9]|1[0-2])$"
YEAR_MONTH_OR_DAY = r"^\d{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?$"
IDENTIFIER = r"^[a-z0-9]+([-_+][a-z0-9]+)*$"
BREAKDOWN = r"^(all|[a-z_]+:[a-z0-9_+-]+)$"

PERIOD_BASES = ("stated", "inferred")


@extensions.register_check_method(statistics=["form"], check_type="vectorized")  # type: ignore[untyped-decorator,unused-ignore]
def has_form(series: pd.Series[Any], *, form: str) -> pd.Series[bool]:
    """Say which texts match a pattern; each text once, for ids repeat by the thousand."""
    matches = re.compile(form).match
    fitting = [text for text in series.unique() if matches(text)]
    return series.isin(fitting)


class _Kind(pandas_engine.DataType):
    """A kind of column: one dtype, and one way into it from what users have."""

    type: Any
    words: ClassVar[str]

    def coerce_value(self, value: Any) -> Any:
        """Return one cell converted, or raise: so pandera finds the failing cells."""
        return self.coerce(pd.Series([value])).iloc[0]

    def check(self, pandera_dtype: Any, data_container: Any = None) -> Any:
        """Say whether a column has exactly this dtype."""
        found = pandera_dtype if data_container is None else data_container.dtype
        return found == self.type

    def __str__(self) -> str:
        return self.words


@pandas_engine.Engine.register_dtype  # type: ignore[call-overload,untyped-decorator,unused-ignore]
@immutable
class Text(_Kind):
    """
    `StringDtype("python")` with `pd.NA`, whatever the pandas version.

    pandera's own string type means another dtype on pandas 3 (missing is NaN)
    than on pandas 2, and another again where pyarrow is installed.
    """

    type = pd.StringDtype("python")
    words = "text"

    def coerce(self, data_container: Any) -> Any:
        """Return the column as text."""
        return data_container.astype(self.type)


@pandas_engine.Engine.register_dtype  # type: ignore[call-overload,untyped-decorator,unused-ignore]
@immutable
class Day(_Kind):
    """
    `datetime64[ns]` without a time, from dates or from ISO text only.

    pandas would read 01/04/2017 as 4 January.
    """

    type = np.dtype("datetime64[ns]")
    words = "day"

    def coerce(self, data_container: Any) -> Any:
        """Return the column as days."""
        if pd.api.types.is_datetime64_any_dtype(data_container.dtype):
            return data_container.astype(self.type)
        if data_container.map(lambda cell: isinstance(cell, Number)).any():
            msg = "a number is no day"
            raise TypeError(msg)
        return pd.to_datetime(data_container, format="%Y-%m-%d", exact=True).astype(self.type)


@pandas_engine.Engine.register_dtype  # type: ignore[call-overload,untyped-decorator,unused-ignore]
@immutable
class Whole(_Kind):
    """`int64` from whole numbers only: a plain conversion would cut 3.7 down to 3."""

    type = np.dtype("int64")
    words = "whole number"

    def coerce(self, data_container: Any) -> Any:
        """Return the column as whole numbers."""
        if data_container.dtype == self.type:
            return data_container
        return pd.to_numeric(data_container).astype("Int64").astype(self.type)


@pandas_engine.Engine.register_dtype  # type: ignore[call-overload,untyped-decorator,unused-ignore]
@immutable
class WholeOrEmpty(_Kind):
    """`Int64` from whole numbers and empty cells only."""

    type = pd.Int64Dtype()
    words = "whole number or empty"

    def coerce(self, data_container: Any) -> Any:
        """Return the column as whole numbers with `pd.NA`."""
        return pd.to_numeric(data_container).astype(self.type)


class Table(pa.DataFrameModel):
    """
    Columns exactly as declared: none missing, none extra, in this order.

    A dataset names the columns of its primary key, blanks between, and those that order its
    rows where the key does not (a leading minus means falling).
    """

    class Config:
        """Strict and coerced, for shipped files and users' frames alike."""

        strict = True
        ordered = True
        coerce = True

    def __init_subclass__(cls, *, key: str = "", sorted_by: str = "", **kwargs: Any) -> None:
        if key:
            facts = {
                "unique": key.split(),
                "metadata": {"sorted_by": (sorted_by or key).split()},
            }
            cls.Config = type("Config", (cls.Config,), facts)  # type: ignore[assignment,misc]
        super().__init_subclass__(**kwargs)  # type: ignore[no-untyped-call,unused-ignore]


def column(
    description: str,
    *,
    unit: str | None = None,
    references: str | None = None,
    mentions: Mapping[str, str | None] | None = None,
    **rules: Any,
) -> Any:
    """
    Declare a column: what it holds, its unit where it has one, its rules.

    `references` names a column as `dataset.column`: every filled cell is a cell of
    it, as in a database. `mentions` is for cells of several ids with `;` between, and for
    ids that follow a prefix: the column by prefix, None where the prefix is a word itself.
    """
    facts = {"unit": unit, "references": references, "mentions": mentions}
    kept = {name: fact for name, fact in facts.items() if fact is not None}
    return pa.Field(description=description, metadata=kept or None, **rules)


def row_of(references: str, what: str = "", note: str = "", **rules: Any) -> Any:
    """Declare a column whose cells name a row of a dataset, as `areas.area_id` of `areas`."""
    words = filter(None, (what, f"a row of `{references.partition('.')[0]}`", note))
    if "isin" not in rules:
        rules.setdefault("has_form", IDENTIFIER)
    return column("; ".join(words), references=references, **rules)


def rule(column: str, words: str) -> Callable[[Callable[[pd.DataFrame], Any]], Any]:
    """
    Declare a rule across columns: the column to blame, and what must be so.

    The function below it says for each row of a frame whether it is.
    """

    def declare(holds: Callable[[pd.DataFrame], Any]) -> Any:
        def check(_: type[Table], frame: pd.DataFrame) -> Any:
            return holds(frame)

        check.__name__ = holds.__name__
        return pa.dataframe_check(error=f"{column} {words}", ignore_na=False)(check)

    return declare


#: What a span is that ends on 13 March after beginning on 1 April.
NEARLY_YEARS = "a period that begins with one and is within a month of whole years"


def one_preferred(words: str, cell: str) -> Any:
    """Declare that of the rows of a cell, columns with blanks between, one at most is preferred."""

    def holds(frame: pd.DataFrame) -> Any:
        preferred = frame.groupby(cell.split())["preferred"].transform("sum")
        return (frame["preferred"] == 0) | (preferred == 1)

    return rule("preferred", words)(holds)


class Spans(Table):
    """Rows that speak of a span of days, first and last day inclusive."""

    @rule("period_end", "must not be before period_start")
    @staticmethod
    def _runs_forwards(frame: pd.DataFrame) -> Any:
        return ~(frame["period_end"] < frame["period_start"])


class AnySpans(Spans):
    """Rows that each speak of whatever period a source has, so long as it is no slip."""

    @rule("period_end", f"must end a month in {NEARLY_YEARS}")
    @staticmethod
    def _completes_its_years(frame: pd.DataFrame) -> Any:
        return ~misses_whole_years(frame["period_start"], frame["period_end"])


class FinancialYears(Spans):
    """Rows that each speak of one financial year."""

    @rule("period_start", "must be 1 April and period_end 31 March of the next year")
    @staticmethod
    def _runs_april_to_march(frame: pd.DataFrame) -> Any:
        return _starts_quarter(frame, months=(4,)) & _lasts(frame, months=12)


class Quarters(Spans):
    """Rows that each speak of one quarter of a financial year."""

    @rule("period_start", "must begin a quarter and period_end must end the same quarter")
    @staticmethod
    def _runs_one_quarter(frame: pd.DataFrame) -> Any:
        return _starts_quarter(frame, months=(1, 4, 7, 10)) & _lasts(frame, months=3)


def misses_whole_years(start: pd.Series[pd.Timestamp], end: pd.Series[pd.Timestamp]) -> Any:
    """
    Say which spans from the first of a month end in mid-month, less than one from whole years.

    1 April 2017 to 13 March 2018 is a slip. 3 April to 2 October, half a year of a new law,
    is none, and neither is 1 January to 30 August, however odd.
    """
    after = end + pd.Timedelta(days=1)
    months = (after.dt.year - start.dt.year) * 12 + after.dt.month - start.dt.month
    near = (months >= 11) & (months % 12).isin((0, 11))  # noqa: PLR2004 - a year, less a month
    return (start.dt.day == 1) & (after.dt.day != 1) & near


def _starts_quarter(frame: pd.DataFrame, *, months: tuple[int, ...]) -> Any:
    start = frame["period_start"].dt
    return (start.day == 1) & start.month.isin(months)


def _lasts(frame: pd.DataFrame, *, months: int) -> Any:
    """Say where a period that starts a month ends with the last day of its n-th month."""
    start, day_after = frame["period_start"].dt, (frame["period_end"] + pd.Timedelta(days=1)).dt
    months_apart = (day_after.year - start.year) * 12 + day_after.month - start.month
    return (day_after.day == 1) & (months_apart == months)
