"""Schema checks that name every failing cell, in words."""

from __future__ import annotations

import copy
import difflib
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pandera.errors

from ukcso.datasets._csv import SPREADSHEET_ROW
from ukcso.errors import SchemaError, listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ukcso.datasets._schema import Table

    #: Position of the row (-1 for a whole column), column, value, rule.
    Failure = tuple[int, Any, Any, str]

_SHOWN = 20
_COLUMNS = ("row", "column", "value", "rule")

# pandera's names for its checks, in words
_PLAIN = {"not_nullable": "must not be empty", "field_uniqueness": "must be unique"}
_WORDED = {
    "has_form": "must match",
    "isin": "must be one of",
    "greater_than_or_equal_to": "must be at least",
    "less_than_or_equal_to": "must be at most",
}
_WANTED = {
    "day": "a date such as 2018-03-31",
    "whole number": "a whole number",
    "whole number or empty": "a whole number",
}


def conform(
    frame: pd.DataFrame,
    schema: type[Table],
    dataset: str,
    more: Callable[[pd.DataFrame], Iterable[Failure]] = lambda _: (),
) -> pd.DataFrame:
    """
    Return the frame with its declared types, whatever rows of other datasets it names.

    `more` finds further failures in a frame whose rows are numbered.

    Raises
    ------
    SchemaError
        A cell breaks a rule of its schema, or of `more`.
    """
    if not isinstance(frame, pd.DataFrame):
        msg = f"{dataset}: expected a pandas DataFrame; got {type(frame).__name__}"
        raise SchemaError(msg, pd.DataFrame(columns=_COLUMNS))
    declared = schema.to_schema()
    failures = _of_columns(list(frame.columns), list(declared.columns))
    # numbered, because an index of the user's own may repeat or have levels
    numbered = frame.reset_index(drop=True)
    if frame.columns.is_unique:
        present = [name for name in declared.columns if name in frame]
        if absent := [name for name in declared.columns if name not in frame]:
            declared = _without(declared, absent)
        try:
            typed = declared.validate(numbered[present], lazy=True)
        except pandera.errors.SchemaErrors as error:
            failures += _of_cells(error.failure_cases.astype(object), numbered, declared)
        failed = {failure[:2] for failure in failures}
        failures += [failure for failure in more(numbered) if failure[:2] not in failed]
    if failures:
        raise _error(failures, frame, dataset)
    return typed.set_axis(frame.index)


def _of_columns(names: list[Any], declared: list[Any]) -> list[Failure]:
    """Say which columns are doubled, missing, unknown or not in their place."""
    doubled = [name for name in dict.fromkeys(names) if names.count(name) > 1]
    if doubled:
        return [(-1, name, pd.NA, "is there more than once") for name in doubled]
    unknown = [name for name in names if name not in declared]
    found = [(-1, name, pd.NA, "is not a column of this dataset") for name in unknown]
    for name in (name for name in declared if name not in names):
        near = difflib.get_close_matches(name, map(str, unknown or names), n=1, cutoff=0)
        nearest = f"; the nearest there is {near[0]!r}" if near else ""
        found.append((-1, name, pd.NA, f"is missing{nearest}"))
    known = [name for name in names if name in declared]
    places = zip(known, sorted(known, key=declared.index), strict=True)
    moved = [name for name, expected in places if name != expected]
    return found + [(-1, name, pd.NA, "is not in its place") for name in moved]


def _without(declared: Any, absent: list[Any]) -> Any:
    """Return a schema less some columns; pandera fails on a key that lacks one."""
    rest = copy.deepcopy(declared)
    if set(absent) & set(rest.unique or ()):
        rest.unique = None
    return rest.remove_columns(absent)


def _of_cells(cases: pd.DataFrame, frame: pd.DataFrame, declared: Any) -> list[Failure]:
    """Turn pandera's report into one failure per cell."""
    unreadable = cases.loc[cases["check"].str.startswith("coerce_dtype"), "index"].dropna()
    if len(unreadable):
        # one such cell keeps the checks of its column from the readable ones
        try:
            readable = frame[~frame.index.isin(unreadable)]
            declared.validate(readable[[*declared.columns]], lazy=True)
        except pandera.errors.SchemaErrors as error:
            cases = pd.concat([cases, error.failure_cases.astype(object)])
    repeats = cases["check"] == "multiple_fields_uniqueness"
    later = frame.duplicated(declared.unique).to_numpy().nonzero()[0] if repeats.any() else ()
    kept: list[Any] = list(cases[~repeats | cases["index"].isin(later)].itertuples(index=False))
    found: list[Failure] = []
    for case in kept:
        if pd.notna(case.index):
            found += _of_cell(case, frame, declared)
    if not found:  # pandera named no cell: name the columns, never nothing
        found = [(-1, c.column, pd.NA, _rule(str(c.check), c.column, declared)) for c in kept]
    return found


def _of_cell(case: Any, frame: pd.DataFrame, declared: Any) -> list[Failure]:
    """Return the one failing cell of a case, or none where another case tells it better."""
    rule = _rule(str(case.check), case.column, declared)
    # A rule across columns begins with the column to blame.
    blamed = case.column if case.schema_context == "Column" else rule.partition(" ")[0].rstrip(",")
    if case.column != blamed:
        return []
    value = frame[blamed].iloc[int(case.index)]
    if _is_empty(value) and str(case.check).startswith(("coerce_dtype", "dtype")):
        if declared.columns[blamed].nullable:
            return []
        rule = _PLAIN["not_nullable"]
    return [(int(case.index), blamed, value, rule)]


def _rule(check_name: str, column: str, declared: Any) -> str:
    """Say a failed check as a rule a reader can act on."""
    kind, _, argument = check_name.partition("(")
    if kind in _PLAIN:
        return _PLAIN[kind]
    if kind == "multiple_fields_uniqueness":
        key = declared.unique or ()
        return f"{listed(key)} must be unique{' together' if len(key) > 1 else ''}"
    if kind in {"coerce_dtype", "dtype"} and column in declared.columns:
        return f"must be {_WANTED.get(str(declared.columns[column].dtype), 'a number')}"
    if kind in _WORDED:
        argument = argument.removeprefix("form=").removesuffix(")")
        return f"{_WORDED[kind]} {argument.strip('()') if kind == 'isin' else argument}"
    return check_name


def _error(failures: list[Failure], frame: pd.DataFrame, dataset: str) -> SchemaError:
    table = pd.DataFrame(failures, columns=_COLUMNS, dtype=object)
    table = table.drop_duplicates(["row", "column", "rule"])
    table = table.sort_values("row", kind="stable", ignore_index=True)
    labels = [pd.NA if row < 0 else frame.index[row] for row in table["row"]]
    table = table.assign(row=pd.Series(labels, dtype=object))
    lines = [
        f"column {case.column} {case.rule}"
        if case.row is pd.NA
        else f"row {case.row}, column {case.column}: {_shown(case.value)} ({case.rule})"
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


def _shown(value: object) -> str:
    if _is_empty(value):
        return "empty"
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    return repr(value.item() if isinstance(value, np.generic) else value)


def _is_empty(value: Any) -> bool:
    return bool(pd.api.types.is_scalar(value) and pd.isna(value))
