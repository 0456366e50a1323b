"""Cells as people write them: numbers with the word beside them, areas, periods, days, names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

import pandas as pd

from ukcso.areas import find_area
from ukcso.datasets import cached_by_version, load_releases, load_sources
from ukcso.errors import InvalidInputError
from ukcso.measures import all_measures, as_name
from ukcso.periods import Period
from ukcso.printed import HEDGES, RELATIONS
from ukcso.readers._hedges import AFTER, BEFORE, either
from ukcso.readers._origin import own_id

_BEFORE = {**BEFORE, "exactly": "exact"}

_NUMBER = re.compile(
    rf"(?:(?P<before>{either(_BEFORE)}) ?)?(?:(?:one|1) in )?\N{{POUND SIGN}}?"
    r"(?P<number>[-\N{MINUS SIGN}+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)"
    rf" ?(?:%|per ?cent|times|offences|x)?(?: ?(?P<after>{either(AFTER)}))?"
)
#: What people call relations besides their names; a fall is a rise below zero.
_RELATIONS = {
    **{name.replace("_", " "): name for name in RELATIONS},
    **dict.fromkeys(("rise", "increase", "change", "up"), "growth"),
    **dict.fromkeys(("fall", "decrease", "drop", "down"), "fall"),
    **dict.fromkeys(("times", "fold", "multiple"), "ratio"),
    **dict.fromkeys(("proportion", "percentage"), "share"),
    **{f"offences per {unit}": f"per_{unit}" for unit in ("hour", "day", "week", "month")},
    "hourly": "per_hour",
    "daily": "per_day",
    "weekly": "per_week",
    "monthly": "per_month",
}
_ID = re.compile(r"[a-z0-9]+([-_+][a-z0-9]+)*")


class Hedged(NamedTuple):
    """A number as it is written, and the hedge of the word beside it; empty where there is none."""

    digits: str
    hedge: str


def hedged(text: str) -> Hedged:
    """
    Read a number with the word beside it.

    Raises
    ------
    InvalidInputError
        It is none.

    Examples
    --------
    >>> hedged("more than 1,500"), hedged("-22.50 per cent"), hedged("300+")
    (Hedged(digits='1500', hedge='over'), Hedged(digits='-22.50', hedge=''), ...)
    """
    match = _NUMBER.fullmatch(text.casefold())
    if match is None or (match["before"] and match["after"]):
        msg = "must be a number, with one word beside it at most, such as 1,234 or over 500"
        raise InvalidInputError(msg)
    digits = match["number"].replace(",", "").replace("\N{MINUS SIGN}", "-").removeprefix("+")
    return Hedged(digits, _BEFORE.get(match["before"] or "", AFTER.get(match["after"] or "", "")))


def hedge_of(text: str) -> str:
    """
    Return a hedge by its name or by a word of it.

    Examples
    --------
    >>> hedge_of("More than"), hedge_of("at least"), hedge_of("exact")
    ('over', 'at_least', 'exact')
    """
    word = text.casefold()
    name = _BEFORE.get(word) or AFTER.get(word) or word.replace(" ", "_")
    if name not in HEDGES:
        msg = f"must be one of {', '.join(HEDGES)}, or a word such as more than"
        raise InvalidInputError(msg)
    return name


def relation_of(text: str) -> str:
    """
    Return a relation by its name or an everyday word; "fall" for a rise below zero.

    Examples
    --------
    >>> relation_of("Increase"), relation_of("one in"), relation_of("per_day"), relation_of("drop")
    ('growth', 'one_in', 'per_day', 'fall')
    """
    name = _RELATIONS.get(text.casefold().replace("_", " ").replace("-", " "))
    if name is None:
        msg = f"must be one of {', '.join(RELATIONS)}, or rise or fall"
        raise InvalidInputError(msg)
    return name


def measure_of(text: str) -> str:
    """
    Return a measure by its name, title or an everyday word.

    Raises
    ------
    InvalidInputError
        It is none, or is an official code, whose counts are in tables of their own.
    """
    own_name = "_".join(text.casefold().split())
    if own_name in all_measures():  # "Sexual grooming" is also the title of a code
        return own_name
    name = as_name(text)
    if name in all_measures():
        return name
    meant = [known for known, measure in all_measures().items() if name in measure.codes]
    hint = f"; nearest: {', '.join(meant)}" if meant else ""
    msg = f"must be a measure of load_measures(), by name or in words{hint}"
    raise InvalidInputError(msg)


def area_of(text: str) -> str:
    """Return the id of an area by any of its names."""
    return find_area(text).area_id


def period_of(text: str) -> Period:
    """Return a period as people write it."""
    return Period.parse(text)


def day_of(cell: object) -> date:
    """
    Return a day: a date of a workbook, or ISO text.

    Raises
    ------
    InvalidInputError
        Other text; 3/4/2017 is two days.
    """
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    try:
        return date.fromisoformat(str(cell).strip())
    except ValueError:
        msg = "must be a day such as 2018-03-31"
        raise InvalidInputError(msg) from None


def release_of(text: str) -> str:
    """Return the id of a release by id or title; an id may be one of the user's own."""
    return _id_or_title(text, _releases(), "releases")


def source_of(text: str) -> str:
    """Return the id of a source by id, title or address; an id may be one of the user's own."""
    if text.casefold() not in _sources() and is_address(text):
        return own_id(text)
    return _id_or_title(text, _sources(), "sources")


def is_address(text: str) -> bool:
    """Say whether a source is the address of a page."""
    return re.fullmatch(r"https?://\S+", text) is not None


@cached_by_version
def _releases() -> Mapping[str, str]:
    return _by_title(load_releases(), "release_id")


@cached_by_version
def _sources() -> Mapping[str, str]:
    sources = load_sources()
    by_address = dict(zip(sources["url"].str.casefold(), sources["source_id"], strict=True))
    return by_address | _by_title(sources, "source_id")


def _by_title(frame: pd.DataFrame, ids: str) -> dict[str, str]:
    """Return ids by titles in small letters; a title that two rows share is none."""
    table = frame.dropna(subset="title").drop_duplicates("title", keep=False)
    return dict(zip(table["title"].str.casefold(), table[ids], strict=True))


def _id_or_title(text: str, known: Mapping[str, str], dataset: str) -> str:
    found = known.get(text.casefold())
    if found is None and _ID.fullmatch(text):
        return text
    if found is None:
        msg = f"must be an id or title in load_{dataset}(), or an id of your own such as my-wave"
        raise InvalidInputError(msg)
    return found
