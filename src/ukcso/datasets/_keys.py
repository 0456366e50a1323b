"""Cells that name rows of other datasets: they must be there, in the versions that stand."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import pandas as pd

from ukcso.datasets._schema import Table, facts_of
from ukcso.datasets._validate import Failure
from ukcso.errors import quoted

#: How many wrong names of a column are told the nearest right one: looking takes long.
_MOST_NEAREST = 20


def mentions_of(column: Any) -> Mapping[str, str | None]:
    """Return the columns whose cells a declared column names, by the prefix of its ids."""
    facts = facts_of(column)
    plain = {"": facts["references"]} if "references" in facts else {}
    mentions: Mapping[str, str | None] = facts.get("mentions", plain)
    return mentions


def broken_keys(
    frame: pd.DataFrame, schema: type[Table], cells_of: Callable[[str], frozenset[str]]
) -> Iterator[Failure]:
    """
    Find the cells of a frame that name no row; its rows are numbered.

    `cells_of` gives the cells of a column, named as `dataset.column`.
    """
    for name, column in schema.to_schema().columns.items():
        mentions = mentions_of(column)
        if name not in frame or not mentions:
            continue
        cells = column.dtype.coerce(frame[name].dropna()).dropna()
        rules: dict[str, str] = {}
        for cell in cells.unique():
            for item in cell.split(";"):
                target, key = _target(item, mentions)
                if target and key not in cells_of(target):
                    near = cells_of(target) if len(rules) < _MOST_NEAREST else ()
                    rules[cell] = _rule(target, key, near, "" if key == cell else item)
        for position, cell in cells[cells.isin(list(rules))].items():
            yield int(str(position)), name, cell, rules[cell]


def _target(item: str, mentions: Mapping[str, str | None]) -> tuple[str | None, str]:
    """Return the column that an id speaks of, None where it is a word, and the id there."""
    if mentions.get(item, "") is None:
        return None, item
    prefix = max((it for it, target in mentions.items() if target and item.startswith(it)), key=len)
    return mentions[prefix], item.removeprefix(prefix)


def _rule(target: str, key: str, near: Iterable[str], item: str) -> str:
    dataset, _, column = target.partition(".")
    lost = f": {quoted(item)} is none" if item else ""
    nearest = "".join(
        f"; nearest: {it!r}" for it in difflib.get_close_matches(key, sorted(near), n=1)
    )
    return f"must be {column} of a row of {dataset}{lost}{nearest}"
