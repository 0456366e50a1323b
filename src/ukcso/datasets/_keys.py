"""Cells that name rows of other datasets: they must be there, in the versions that stand."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from ukcso.datasets._schema import Table
    from ukcso.datasets._validate import Failure

#: How many wrong names of a column are told the nearest right one: looking takes long.
_MOST_NEAREST = 20


def mentions_of(column: Any) -> Mapping[str, str | None]:
    """Return the columns whose cells a declared column names, by the prefix of its ids."""
    facts = column.metadata or {}
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
        texts = frame[name].astype(object).dropna().map(str)
        rules: dict[str, str] = {}
        for text in texts.unique():
            ids = text.split(";") if "mentions" in column.metadata else [text]
            lost = next((it for it in ids if _is_lost(it, mentions, cells_of)), None)
            if lost is not None:
                rules[text] = _rule(lost, mentions, cells_of, nearest=len(rules) < _MOST_NEAREST)
        for position, text in texts[texts.isin(list(rules))].items():
            yield int(str(position)), name, text, rules[text]


def _is_lost(
    text: str, mentions: Mapping[str, str | None], cells_of: Callable[[str], frozenset[str]]
) -> bool:
    target, key = _target(text, mentions)
    return target is not None and key not in cells_of(target)


def _target(text: str, mentions: Mapping[str, str | None]) -> tuple[str | None, str]:
    """Return the column that an id speaks of, None where it is a word, and the id there."""
    prefix = max((it for it in mentions if _speaks(text, it, mentions[it])), key=len)
    return mentions[prefix], text.removeprefix(prefix)


def _speaks(text: str, prefix: str, target: str | None) -> bool:
    return text == prefix if target is None else text.startswith(prefix)


def _rule(
    lost: str,
    mentions: Mapping[str, str | None],
    cells_of: Callable[[str], frozenset[str]],
    *,
    nearest: bool,
) -> str:
    target, key = _target(lost, mentions)
    dataset, _, column = str(target).partition(".")
    close = difflib.get_close_matches(key, sorted(cells_of(str(target))), n=1) if nearest else []
    named = f": {lost!r} is none" if key != lost or ";" in lost else ""
    return f"must be {column} of a row of {dataset}{named}" + "".join(
        f"; nearest: {name!r}" for name in close
    )
