"""What all dataset schemas share: strictness, and how columns and rules are declared."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping
from typing import Any

import pandas as pd
import pandera.pandas as pa
from pandera import extensions

#: The offence of sexual communication with a child is in force from this day: a real first one.
_IN_FORCE = pd.Timestamp("2017-04-03")
YEAR_MONTH = r"^\d{4}-(0[1-9]|1[0-2])$"
YEAR_MONTH_OR_DAY = r"^\d{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?$"
IDENTIFIER = r"^[a-z0-9]+([-_+][a-z0-9]+)*$"
BREAKDOWN = r"^(all|[a-z_]+:[a-z0-9_+-]+)$"


@extensions.register_check_method(statistics=["form"], check_type="vectorized")  # type: ignore[untyped-decorator,unused-ignore]
def has_form(series: pd.Series[Any], *, form: str) -> pd.Series[bool]:
    """Say which texts match a pattern; each text once, for ids repeat by the thousand."""
    matches = re.compile(form).match
    fitting = [text for text in series.unique() if matches(text)]
    return series.isin(fitting)


class Table(pa.DataFrameModel):
    """
    Columns exactly as declared: none missing, none extra, in this order.

    A dataset names the columns of its primary key, blanks between.
    """

    class Config:
        """Strict and coerced, for shipped files and users' frames alike."""

        strict = True
        ordered = True
        coerce = True

    def __init_subclass__(cls, *, key: str = "", **kwargs: Any) -> None:
        if key:
            cls.Config = type("Config", (cls.Config,), {"unique": key.split()})  # type: ignore[assignment,misc]
        super().__init_subclass__(**kwargs)  # type: ignore[no-untyped-call,unused-ignore]

    @classmethod
    def of_version(cls, version: int | None, names: Container[object] = ()) -> Any:
        """
        Return the columns and rules of one version: a later one may have more columns.

        None is the version whose columns a frame with these names has: the first, or that
        of the newest column there.
        """
        declared = cls.to_schema()
        since = {
            name: facts_of(column).get("since", 1) for name, column in declared.columns.items()
        }
        fitting = version or max(n for name, n in since.items() if n == 1 or name in names)
        later = [name for name, number in since.items() if number > fitting]
        return declared.remove_columns(later) if later else declared


def facts_of(column: Any) -> Mapping[str, Any]:
    """Return what a declared column says besides pandera's own: unit, keys, since when."""
    facts: Mapping[str, Any] = column.metadata or {}
    return facts


def column(
    description: str,
    *,
    unit: str | None = None,
    references: str | None = None,
    mentions: Mapping[str, str | None] | None = None,
    since: int | None = None,
    **rules: Any,
) -> Any:
    """
    Declare a column: what it holds, its unit where it has one, its rules.

    `references` names a column as `dataset.column`: every filled cell is a cell of
    it, as in a database. `mentions` is for cells of several ids with `;` between, and for
    ids that follow a prefix: the column by prefix, None where the prefix is a word itself.
    `since` is the version of the dataset that first has the column.
    """
    facts = {"unit": unit, "references": references, "mentions": mentions, "since": since}
    kept = {name: fact for name, fact in facts.items() if fact is not None}
    return pa.Field(description=description, metadata=kept or None, **rules)


def or_empty(description: str, **facts: Any) -> Any:
    """Declare a column as `column` does, whose cells may be empty."""
    return column(description, nullable=True, **facts)


def basis_of_period() -> Any:
    """Declare the column that says how a row's period is known."""
    words = "stated by the source, or inferred from its wording and the release"
    return column(words, isin=("stated", "inferred"))


def row_of(references: str, what: str = "", note: str = "", **rules: Any) -> Any:
    """Declare a column whose cells name a row of a dataset, as `areas.area_id` of `areas`."""
    words = filter(None, (what, f"a row of `{references.partition('.')[0]}`", note))
    if "isin" not in rules:
        rules.setdefault("has_form", IDENTIFIER)
    return column("; ".join(words), references=references, **rules)


def rule(column: str, words: str) -> Callable[[Callable[[pd.DataFrame], Any]], Any]:
    """
    Declare a rule across columns: the column to blame, and what must be so.

    The function below it says for each row of a frame whether it is; a missing answer is yes.
    """

    def declare(holds: Callable[[pd.DataFrame], Any]) -> Any:
        def check(_: type[Table], frame: pd.DataFrame) -> Any:
            return holds(frame).astype("boolean").fillna(value=True).astype(bool)

        check.__name__ = holds.__name__
        return pa.dataframe_check(error=f"{column} {words}", ignore_na=False)(check)

    return declare


def one_preferred(words: str, cell: str) -> Any:
    """Declare that of the rows of a cell, columns with blanks between, one at most is preferred."""

    def holds(frame: pd.DataFrame) -> Any:
        preferred = frame.groupby(cell.split())["preferred"].transform("sum")
        return (frame["preferred"] == 0) | (preferred == 1)

    return rule("preferred", words)(holds)


def runs_forwards(prefix: str = "") -> Any:
    """Declare that a period does not end before it starts."""
    start, end = f"{prefix}period_start", f"{prefix}period_end"
    return rule(end, f"must not be before {start}")(lambda frame: ~(frame[end] < frame[start]))


def completes_years(prefix: str = "") -> Any:
    """
    Declare that a period is no slip: one of whole months that misses years by some days.

    1 April 2017 to 13 March 2018 is one, and so is 4 April to 31 March. 3 April to
    2 October, half a year of a new law, is none, and neither is 1 January to 30 August,
    however odd.
    """

    def ends(frame: pd.DataFrame) -> Any:
        start, after, months = _months(frame, prefix)
        near = (months >= 11) & (months % 12).isin((0, 11))  # noqa: PLR2004 - a year, less a month
        return ~((start.day == 1) & (after.day != 1) & near)

    def begins(frame: pd.DataFrame) -> Any:
        start, after, months = _months(frame, prefix)
        near = (months >= 12) & (months % 12).isin((0, 1))  # noqa: PLR2004 - begun in a month
        slip = (start.day != 1) & (after.day == 1) & near
        return ~slip | (frame[f"{prefix}period_start"] == _IN_FORCE)

    words = "a month in a period that {} with one and is within a month of whole years"
    return (
        rule(f"{prefix}period_end", f"must end {words.format('begins')}")(ends),
        rule(f"{prefix}period_start", f"must begin {words.format('ends')}")(begins),
    )


def runs_months(words: str, months: int, first: int = 1) -> Any:
    """Declare that a period is so many whole months, counted from a first one of a year."""

    def holds(frame: pd.DataFrame) -> Any:
        start, after, months_apart = _months(frame)
        whole = (start.day == 1) & (after.day == 1) & (months_apart == months)
        unknown = frame[["period_start", "period_end"]].isna().any(axis=1)
        return unknown | (whole & start.month.isin(range(first, 13, months)))

    return rule("period_start", words)(holds)


def _months(frame: pd.DataFrame, prefix: str = "") -> tuple[Any, Any, Any]:
    """Return first days, the days after the last, and the months from one's to the other's."""
    start = frame[f"{prefix}period_start"].dt
    after = (frame[f"{prefix}period_end"] + pd.Timedelta(days=1)).dt
    return start, after, (after.year - start.year) * 12 + after.month - start.month


class Spans(Table):
    """Rows that speak of a span of days, first and last day inclusive."""

    _runs_forwards = runs_forwards()


class AnySpans(Spans):
    """Rows that each speak of whatever period a source has, so long as it is no slip."""

    _completes_years, _begins_years = completes_years()


class FinancialYears(Spans):
    """Rows that each speak of one financial year."""

    _year = runs_months("must be 1 April and period_end 31 March of the next year", 12, first=4)


class Quarters(Spans):
    """Rows that each speak of one quarter of a financial year."""

    _quarter = runs_months("must begin a quarter and period_end must end the same quarter", 3)
