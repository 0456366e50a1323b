"""The change of areas from one year to another, in words that are fit to print."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from ukcso.comparisons import WHY_NOT_JUDGED
from ukcso.outputs._words import capital, percent, unit_of
from ukcso.periods import Period
from ukcso.printed import grouped

#: A growth nearer to 0 would be printed as 0.0 per cent.
_NEXT_TO_NOTHING = 0.0005


def in_percent(growth: float) -> str:
    """
    Word a growth as people print it.

    Examples
    --------
    >>> in_percent(0.0782), in_percent(-0.0663), in_percent(0.0002)
    ('7.8 per cent more', '6.6 per cent fewer', 'about as many')
    """
    if abs(growth) < _NEXT_TO_NOTHING:
        return "about as many"
    return f"{grouped(abs(100 * growth), 1)} per cent {'more' if growth > 0 else 'fewer'}"


def than(growth: float, before: str) -> str:
    """
    Word a growth on another year.

    Examples
    --------
    >>> than(0.0782, "the year before"), than(0, "in 2016/17")
    ('7.8 per cent more than the year before', 'about as many as in 2016/17')
    """
    words = in_percent(growth)
    return f"{words} {'as' if words.startswith('about') else 'than'} {before}"


def change_in_words(row: Any, table: pd.DataFrame) -> tuple[str, str]:
    """
    Say in two sentences how many there were, beside what, and whether that is usual.

    Parameters
    ----------
    row
        One of a change table.
    table
        The table, for what it says of itself.
    """
    origin = table.attrs["ukcso"]
    unit = unit_of(origin["of"])
    verb = "recorded" if unit == "offences" else "counted"
    of, against = origin["period"], before_of(table)
    if pd.isna(row.unusual):
        first = _counts_alone(row, f"{verb} {{}} {unit} in {of}", against)
        return first, f"Whether that is usual cannot be told: {why_not(row)}."
    rest = rest_in_words(origin)
    number = f"{row.after:,.0f}" if row.after else "no"
    from_none = f"{'after' if row.after else 'as'} none {against}"
    grown = from_none if pd.isna(row.growth) else than(row.growth, against)
    first = f"{row.name} {verb} {number} {unit} in {of}, {grown}; {rest} "
    first += f"{in_percent(row.growth_rest)}."
    if row.unusual == "usual" and pd.isna(row.growth):
        return first, f"That is usual: it is not told apart from the change of {rest}."
    if row.unusual == "usual":
        return first, (
            f"Changes of this size are usual: this one is not told apart from that of {rest}."
        )
    return first, (
        f"A change of this size is not usual: it lies further {row.unusual} that of {rest} "
        "than such counts vary from one year to another; the numbers do not say why."
    )


def rest_in_words(origin: Mapping[str, Any]) -> str:
    """
    Say what the areas of a change table are held against, by what the table says of itself.

    Examples
    --------
    >>> rest_in_words({"kind": "police_force_area", "n_areas": 43, "n_compared": 42})
    'the rest of the country'
    >>> rest_in_words({"kind": "region", "n_areas": 9, "n_compared": 9})
    'the 8 other regions'
    >>> rest_in_words({"kind": "police_force_area", "n_areas": 43, "n_compared": 16})
    'the 15 other police force areas with a count'
    """
    compared, kind = origin["n_compared"], origin["kind"].replace("_", " ")
    is_whole = compared >= origin["n_areas"] - 1  # the City of London is left out
    if is_whole and origin["kind"] == "police_force_area":
        return "the rest of the country"
    others = f"the {compared - 1} other {kind}s"
    return others if is_whole else f"{others} with a count"


def heading_of_rest(origin: Mapping[str, Any]) -> str:
    """
    Head the growth of what the areas of a change table are held against.

    Examples
    --------
    >>> heading_of_rest({"kind": "police_force_area", "n_areas": 43, "n_compared": 42})
    'Rest of the country, %'
    >>> heading_of_rest({"kind": "region", "n_areas": 9, "n_compared": 9})
    '8 other regions, %'
    """
    return f"{capital(rest_in_words(origin).removeprefix('the '))}, %"


def before_of(table: pd.DataFrame) -> str:
    """Word what the counts of a change table are set against: the year before, or in such a one."""
    origin = table.attrs["ukcso"]
    against = Period.parse(origin["against"])
    is_before = Period.parse(origin["period"]).previous() == against
    return "the year before" if is_before else f"in {against}"


def why_not(row: Any) -> str:
    """Say why a change is not judged, as the end of a sentence."""
    words = WHY_NOT_JUDGED[row.why_not].rstrip(".")
    return words[:1].lower() + words[1:]


def judged_by(table: pd.DataFrame, what: str = "Intervals") -> str:
    """Say what the intervals and limits of a change table rest on."""
    origin = table.attrs["ukcso"]
    known = table["dispersion"].dropna()
    over = "from one year to the next" if origin["apart"] == 1 else f"over {origin['apart']} years"
    ends = [grouped(end, 1) for end in (known.min(), known.max())]
    times = f"{ends[0]} times the variance of chance alone at this size"
    if ends[0] != ends[1]:
        times = (
            f"{ends[0]} to {ends[1]} times the variance of chance alone, more where counts are "
            "larger"
        )
    return (
        f"{what} are of {percent(origin['level'])} and allow for how such counts vary "
        f"{over}: {times}."
    )


def change_notes(table: pd.DataFrame, what: str = "Intervals") -> list[str]:
    """Say what usual means and what all rests on; where nothing is judged, what lies between."""
    origin = table.attrs["ukcso"]
    if not table["unusual"].notna().any():
        return [f"Between the years lies {text.rstrip('.')}." for text in origin["breaks"]]
    usual, *others = origin["notes"]
    return [usual, judged_by(table, what), *others]


def _counts_alone(row: Any, recorded: str, against: str) -> str:
    """Say the counts of two years that are not set against each other."""
    if pd.isna(row.after):
        known = "" if pd.isna(row.before) else f", {row.before:,.0f} {against}"
        return f"{row.name}: no exact count of the later year is known here{known}."
    before = "an unknown number" if pd.isna(row.before) else f"{row.before:,.0f}"
    return f"{row.name} {recorded.format(f'{row.after:,.0f}')}, and {before} {against}."
