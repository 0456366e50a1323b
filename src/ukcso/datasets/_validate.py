"""Schema checks that name every failing cell, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pandera.errors

from ukcso.errors import SchemaError, listed

if TYPE_CHECKING:
    from ukcso.datasets._schema import Table

_SHOWN = 20
_COLUMNS = ("row", "column", "value", "rule")

# pandera's names for its checks, in words
_PLAIN = {
    "not_nullable": "must not be empty",
    "field_uniqueness": "must be unique",
    "column_in_dataframe": "is missing",
    "column_in_schema": "is not a column of this dataset",
    "column_ordered": "is not in its place",
}
_WORDED = {
    "str_matches": "must match",
    "isin": "must be one of",
    "greater_than": "must be above",
    "greater_than_or_equal_to": "must be at least",
    "less_than_or_equal_to": "must be at most",
    "in_range": "must be within",
}
_WANTED = {
    "datetime64[ns]": "a date such as 2018-03-31",
    "int64": "a whole number",
    "Int64": "a whole number",
}


def check(frame: pd.DataFrame, schema: type[Table], dataset: str) -> pd.DataFrame:
    """Return the frame with its declared types, or raise `SchemaError`."""
    if not isinstance(frame, pd.DataFrame):
        msg = f"{dataset}: expected a pandas DataFrame; got {type(frame).__name__}"
        raise SchemaError(msg, pd.DataFrame(columns=_COLUMNS))
    try:
        return schema.to_schema().validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as error:
        failures = _failures(error.failure_cases, frame, schema)
        raise SchemaError(_message(failures, dataset), failures) from None


def _failures(cases: pd.DataFrame, frame: pd.DataFrame, schema: type[Table]) -> pd.DataFrame:
    """Turn pandera's report into one row per failing cell."""
    columns = list(schema.to_schema().columns)
    unreadable = set(cases.loc[cases["check"].str.startswith("coerce_dtype"), "column"])
    repeats = cases["check"] == "multiple_fields_uniqueness"
    first_seen = cases["index"].isin(cases.loc[repeats, "index"]) & ~cases["index"].isin(
        frame.index[frame.duplicated(schema.to_schema().unique)] if repeats.any() else ()
    )
    rows = []
    for case in cases[~(repeats & first_seen)].itertuples(index=False):
        rule = _rule(str(case.check), case.column, schema)
        if pd.notna(case.index):
            blamed = case.column if case.schema_context == "Column" else _blamed(rule)
            if case.column == blamed:
                rows.append((case.index, blamed, frame[blamed].loc[case.index], rule))
        elif case.column not in unreadable:  # else checks could not run; the cells are listed
            whole = case.column if case.column in columns else case.failure_case
            rows.append((pd.NA, whole, pd.NA, rule))
    found = pd.DataFrame(rows, columns=_COLUMNS, dtype=object)
    found = found.drop_duplicates(["row", "column", "rule"])
    return found.sort_values("row", kind="stable", na_position="first", ignore_index=True)


def _blamed(rule: str) -> str:
    """Return the column that a rule across columns is about: its first word."""
    return rule.partition(" ")[0].rstrip(",")


def _rule(check_name: str, column: str, schema: type[Table]) -> str:
    """Say a failed check as a rule a reader can act on."""
    kind, _, argument = check_name.partition("(")
    declared = schema.to_schema().columns.get(column)
    if kind in _PLAIN:
        return _PLAIN[kind]
    if kind == "multiple_fields_uniqueness":
        key = schema.to_schema().unique or ()
        return f"{listed(key)} must be unique{' together' if len(key) > 1 else ''}"
    if kind in {"coerce_dtype", "dtype"} and declared is not None:
        return f"must be {_WANTED.get(str(declared.dtype), 'a number')}"
    if kind in _WORDED:
        return f"{_WORDED[kind]} {argument.removesuffix(')').strip('()')}"
    return str(getattr(schema, check_name).__doc__).strip().rstrip(".")


def _message(failures: pd.DataFrame, dataset: str) -> str:
    lines = [
        f"column {case.column} {case.rule}"
        if case.row is pd.NA
        else f"row {case.row}, column {case.column}: {_shown(case.value)} ({case.rule})"
        for case in failures.head(_SHOWN).itertuples(index=False)
    ]
    if len(failures) > _SHOWN:
        lines.append(f"and {len(failures) - _SHOWN} more, see the error's .failures")
    count = f"{len(failures)} failure{'' if len(failures) == 1 else 's'}"
    return "\n  ".join([f"{dataset}: {count} against the schema", *lines])


def _shown(value: object) -> str:
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    return "empty" if value is pd.NA or value is None else repr(value)
