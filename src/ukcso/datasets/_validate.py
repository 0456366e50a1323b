"""Schema checks that name every failing cell, in words."""

from __future__ import annotations

import contextlib
import copy
import difflib
import re
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import pandas as pd

from ukcso.datasets._csv import SPREADSHEET_ROW
from ukcso.datasets._schema import Table
from ukcso.errors import SchemaError, cut, listed, quoted

#: Position of the row (-1 for a whole column), column, value, rule.
Failure = tuple[int, Any, Any, str]

_SHOWN = 20
_COLUMNS = ("row", "column", "value", "rule")

# pandera's names for its checks, in words
_WORDED = {
    "has_form": "must match",
    "isin": "must be one of",
    "greater_than_or_equal_to": "must be at least",
    "less_than_or_equal_to": "must be at most",
}
#: What a cell must be to be read, by what its column's type is called.
_WANTED = {
    "text": "must be text",
    "day": "must be a date such as 2018-03-31",
    "whole number": "must be a whole number",
    "whole number or empty": "must be a whole number",
    "float64": "must be a number",
}


def conform(
    frame: pd.DataFrame,
    schema: type[Table],
    dataset: str,
    version: int | None = None,
    more: Callable[[pd.DataFrame], Iterable[Failure]] = lambda _: (),
) -> pd.DataFrame:
    """
    Return the frame with its declared types, whatever rows of other datasets it names.

    `version` is that of a released file; a frame of a user's own may lack columns that only
    later versions have. `more` finds further failures in a frame whose rows are numbered.

    Raises
    ------
    SchemaError
        A cell breaks a rule of its schema, or of `more`.
    """
    if not isinstance(frame, pd.DataFrame):
        msg = f"{dataset}: expected a pandas DataFrame; got {type(frame).__name__}"
        raise SchemaError(msg, pd.DataFrame(columns=_COLUMNS))
    declared = schema.of_version(version, list(frame.columns))
    failures = _of_columns(list(frame.columns), list(declared.columns))
    if frame.columns.is_unique:
        # numbered, because an index of the user's own may repeat or have levels
        numbered = frame.reset_index(drop=True)
        typed = _Typed(numbered, declared)
        failures += typed.failures
        failed = {failure[:2] for failure in failures}
        failures += [failure for failure in more(numbered) if failure[:2] not in failed]
    if failures:
        raise _error(failures, frame, dataset)
    checked = typed.frame.set_axis(frame.index)
    checked.attrs = copy.deepcopy(frame.attrs)
    return checked


def _of_columns(names: list[Any], declared: list[Any]) -> list[Failure]:
    """Say which columns are doubled, missing, unknown or not in their place."""
    doubled = [name for name in dict.fromkeys(names) if names.count(name) > 1]
    if doubled:
        return [(-1, name, pd.NA, "is there more than once") for name in doubled]
    unknown = [name for name in names if name not in declared]
    found = [(-1, name, pd.NA, "is not a column of this dataset") for name in unknown]
    for name in (name for name in declared if name not in names):
        near = _nearest(name, unknown or names)
        nearest = "" if near is None else f"; the nearest there is {near!r}"
        found.append((-1, name, pd.NA, f"is missing{nearest}"))
    known = [name for name in names if name in declared]
    places = zip(known, sorted(known, key=declared.index), strict=True)
    moved = [name for name, expected in places if name != expected]
    return found + [(-1, name, pd.NA, "is not in its place") for name in moved]


def _nearest(name: str, others: Iterable[Any]) -> str | None:
    """Return the name that is like a declared one, or its first or last words, if one is."""
    spelt = {re.sub(r"\W+", "_", str(other)).casefold(): str(other) for other in others}
    near = difflib.get_close_matches(name, spelt, n=1) or [
        other for other in spelt if f"_{name}_".find(f"_{other}_") >= 0
    ]
    return spelt[near[0]] if near else None


class _Typed:
    """The columns of a frame in their declared types, and the cells that break a rule."""

    def __init__(self, given: pd.DataFrame, declared: Any) -> None:
        self.failures: list[Failure] = []
        self._given = given
        declared.get_backend(given)  # registers what runs checks, which old pandera does not itself
        columns = {
            name: self._column(name, column)
            for name, column in declared.columns.items()
            if name in given
        }
        unreadable = {row for row, _, _, rule in self.failures if rule in _WANTED.values()}
        rows = given.index[~given.index.isin(list(unreadable))]
        self.frame = pd.DataFrame({name: cells.reindex(rows) for name, cells in columns.items()})
        if set(declared.unique) <= set(self.frame):
            together = " together" if len(declared.unique) > 1 else ""
            words = f"{listed(declared.unique)} must be unique{together}"
            self._blame(~self.frame.duplicated(declared.unique), declared.unique[0], words)
        for check in declared.checks:
            column, _, _ = check.error.partition(" ")
            with contextlib.suppress(KeyError):  # it needs a column that is missing
                self._blame(check(self.frame).check_output, column, check.error)

    def _column(self, name: str, column: Any) -> pd.Series[Any]:
        """Return the cells of a column that are filled and readable, and check them."""
        given = self._given[name]
        filled = given.dropna()
        try:
            cells: pd.Series[Any] = column.dtype.coerce(filled)
        except (ArithmeticError, TypeError, ValueError):
            readable = filled.map(lambda cell: _is_readable(cell, column.dtype)).astype(bool)
            self._blame(readable, name, _WANTED[str(column.dtype)])
            filled = filled[readable]
            cells = column.dtype.coerce(filled)
        if not column.nullable:
            empty = given.isna() | given.index.isin(cells.index[cells.isna()])
            self._blame(~empty, name, "must not be empty")
        cells = cells.dropna()  # empty text is no day, and missing
        if column.unique:
            self._blame(~cells.duplicated(keep=False), name, "must be unique")
        for check in column.checks:
            self._blame(check(cells).check_output, name, _worded(check))
        return cells

    def _blame(self, holds: pd.Series[bool], name: str, rule: str) -> None:
        for row in holds.index[~holds.astype(bool)]:
            self.failures.append((row, name, self._given[name].iloc[row], rule))


def _is_readable(cell: object, dtype: Any) -> bool:
    try:
        dtype.coerce(pd.Series([cell], dtype=object))
    except (ArithmeticError, TypeError, ValueError):
        return False
    return True


def _worded(check: Any) -> str:
    """Say a check of a column as a rule a reader can act on."""
    ((_, value),) = check.statistics.items()
    return f"{_WORDED[check.name]} {listed(map(repr, value)) if check.name == 'isin' else value}"


def _error(failures: list[Failure], frame: pd.DataFrame, dataset: str) -> SchemaError:
    table = pd.DataFrame(failures, columns=_COLUMNS, dtype=object)
    table = table.drop_duplicates(["row", "column", "rule"])
    table = table.sort_values("row", kind="stable", ignore_index=True)
    labels = [pd.NA if row < 0 else frame.index[row] for row in table["row"]]
    table = table.assign(row=pd.Series(labels, dtype=object))
    lines = [
        f"column {cut(str(case.column))} {case.rule}"
        if case.row is pd.NA
        else f"row {cut(str(case.row))}, column {case.column}: {_shown(case.value)} ({case.rule})"
        for case in table.head(_SHOWN).itertuples(index=False)
    ]
    if len(table) > _SHOWN:
        lines.append(f"and {len(table) - _SHOWN} more, see the error's .failures")
    count = f"{len(table)} failure{'' if len(table) == 1 else 's'}"
    rows = ""
    if table["row"].notna().any():
        if frame.index.name == SPREADSHEET_ROW:
            rows = "; rows as a spreadsheet numbers them, headings first"
        elif frame.index.equals(pd.RangeIndex(len(frame))):
            rows = "; rows count from 0"
    msg = "\n  ".join([f"{dataset}: {count} against the schema{rows}", *lines])
    return SchemaError(msg, table)


def _shown(value: Any) -> str:
    if pd.api.types.is_scalar(value) and pd.isna(value):
        return "empty"
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    return quoted(value.item() if isinstance(value, np.generic) else value)
