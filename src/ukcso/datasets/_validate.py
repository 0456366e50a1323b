"""Schema checks that name every failing cell, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pandera.errors

from ukcso.errors import SchemaError, listed

if TYPE_CHECKING:
    from ukcso.datasets._schema import Table

_SHOWN = 20
_COLUMNS = ("row", "column", "value", "rule")

_MISSING = "column_in_dataframe"

# pandera's names for its checks, in words
_PLAIN = {
    "not_nullable": "must not be empty",
    "field_uniqueness": "must be unique",
    _MISSING: "is missing",
    "column_in_schema": "is not a column of this dataset",
    "column_ordered": "is not in its place",
}
_WORDED = {
    "has_form": "must match",
    "isin": "must be one of",
    "greater_than": "must be above",
    "greater_than_or_equal_to": "must be at least",
    "less_than_or_equal_to": "must be at most",
    "in_range": "must be within",
}
_WANTED = {
    "day": "a date such as 2018-03-31",
    "whole number": "a whole number",
    "whole number or empty": "a whole number",
}


def check(frame: pd.DataFrame, schema: type[Table], dataset: str) -> pd.DataFrame:
    """Return the frame with its declared types, or raise `SchemaError`."""
    if not isinstance(frame, pd.DataFrame):
        msg = f"{dataset}: expected a pandas DataFrame; got {type(frame).__name__}"
        raise SchemaError(msg, pd.DataFrame(columns=_COLUMNS))
    repeated = frame.columns[frame.columns.duplicated()].unique()
    if len(repeated):
        rows = [(pd.NA, name, pd.NA, "is there more than once") for name in repeated]
        failures = pd.DataFrame(rows, columns=_COLUMNS, dtype=object)
        raise SchemaError(_message(failures, dataset), failures)
    # numbered, because an index of the user's own may repeat or have levels
    numbered = frame.reset_index(drop=True)
    try:
        return schema.to_schema().validate(numbered, lazy=True).set_axis(frame.index)
    except pandera.errors.SchemaErrors as error:
        cases = error.failure_cases.astype(object)
    unreadable = cases.loc[cases["check"].str.startswith("coerce_dtype"), "index"].dropna()
    if len(unreadable):
        # one such cell keeps the checks of its column from the readable ones
        cases = pd.concat([cases, _cases(numbered.drop(index=unreadable.unique()), schema)])
    failures = _failures(cases, frame, schema)
    raise SchemaError(_message(failures, dataset), failures)


def _cases(frame: pd.DataFrame, schema: type[Table]) -> pd.DataFrame | None:
    try:
        schema.to_schema().validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as error:
        cases: pd.DataFrame = error.failure_cases
        return cases.astype(object)
    return None


def _failures(cases: pd.DataFrame, frame: pd.DataFrame, schema: type[Table]) -> pd.DataFrame:
    """Turn pandera's report into one row per failing cell."""
    key = schema.to_schema().unique
    repeats = cases["check"] == "multiple_fields_uniqueness"
    later = frame.duplicated(key).to_numpy().nonzero()[0] if repeats.any() else ()
    # checks that need a cell nobody could read, or a column that is missing, did not run
    stopped = (cases["check"].str.startswith("coerce_dtype") | (cases["check"] == _MISSING)).any()
    found = []
    kept: list[Any] = list(cases[~repeats | cases["index"].isin(later)].itertuples(index=False))
    for case in kept:
        rule = _rule(str(case.check), case.column, schema)
        if pd.notna(case.index):
            found += _cell(case, rule, frame, schema)
        elif case.check in _PLAIN or not stopped:
            whole = case.failure_case if case.check in _PLAIN else case.column
            found.append((-1, whole, pd.NA, rule))
    if not found:  # pandera named no cell: name the columns, never nothing
        found = [(-1, c.column, pd.NA, _rule(str(c.check), c.column, schema)) for c in kept]
    failures = pd.DataFrame(found, columns=_COLUMNS, dtype=object)
    failures = failures.drop_duplicates(["row", "column", "rule"])
    failures = failures.sort_values("row", kind="stable", ignore_index=True)
    labels = [pd.NA if row < 0 else frame.index[row] for row in failures["row"]]
    return failures.assign(row=pd.Series(labels, dtype=object))


def _cell(
    case: Any, rule: str, frame: pd.DataFrame, schema: type[Table]
) -> list[tuple[int, Any, Any, str]]:
    """Return the one failing cell of a case, or none where another case tells it better."""
    blamed = case.column if case.schema_context == "Column" else _blamed(rule)
    if case.column != blamed:
        return []
    value = frame[blamed].iloc[int(case.index)]
    if _is_empty(value) and str(case.check).startswith(("coerce_dtype", "dtype")):
        if schema.to_schema().columns[blamed].nullable:
            return []
        rule = _PLAIN["not_nullable"]
    return [(int(case.index), blamed, value, rule)]


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
        argument = argument.removeprefix("form=").removesuffix(")")
        return f"{_WORDED[kind]} {argument.strip('()') if kind == 'isin' else argument}"
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
    if _is_empty(value):
        return "empty"
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    return repr(value.item() if isinstance(value, np.generic) else value)


def _is_empty(value: Any) -> bool:
    return bool(pd.api.types.is_scalar(value) and pd.isna(value))
