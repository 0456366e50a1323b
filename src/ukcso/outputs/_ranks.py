"""What an area table says of its ranks and its funnel, in words."""

from __future__ import annotations

from math import ceil
from typing import Any

import pandas as pd

from ukcso.outputs._words import joined, percent, settings
from ukcso.printed import grouped

#: What a rank is worth, wherever one stands.
LITTLE = "A rank carries little."


def has_sets(table: pd.DataFrame) -> bool:
    """Say whether an area table has ranks with their confidence sets; without, none is shown."""
    origin = table.attrs["ukcso"]
    return "why_not_ranked" not in origin and "why_no_rank_sets" not in origin


def why_no_ranks(table: pd.DataFrame) -> str:
    """Say why an area table shows no ranks; empty where it does."""
    origin = table.attrs["ukcso"]
    return str(origin.get("why_not_ranked") or origin.get("why_no_rank_sets") or "")


def rank_in_words(row: Any) -> str:
    """
    Word a rank with its set; a rank never stands without it.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> rank_in_words(SimpleNamespace(rank=5, n_ranked=42, rank_lower=1, rank_upper=34))
    '5th of 42 (1st to 34th)'
    """
    lower, upper = ordinal(row.rank_lower), ordinal(row.rank_upper)
    return f"{ordinal(row.rank)} of {row.n_ranked} ({lower} to {upper})"


def ordinal(place: int) -> str:
    """
    Write a place in an order.

    Examples
    --------
    >>> [ordinal(place) for place in (1, 2, 3, 4, 11, 12, 13, 21, 42, 111)]
    ['1st', '2nd', '3rd', '4th', '11th', '12th', '13th', '21st', '42nd', '111th']
    """
    teen = 10 < place % 100 < 14  # noqa: PLR2004 - eleventh to thirteenth
    return f"{place}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(place % 10, 'th')}"


def sets_in_words(table: pd.DataFrame, where: str = "In brackets") -> str:
    """Say what the sets of ranks are, where they stand, how wide they are, and what follows."""
    ranked = table[table["rank_lower"].notna()]
    of = ranked["n_ranked"].iloc[0]
    words = (
        f"{where}: the ranks that fit the counts, given how such counts vary from one year to the "
        f"next ({percent(settings(table)[3])} confidence set of each rank alone)."
    )
    if len(ranked) == of:
        places = ranked["rank_upper"].astype(float) - ranked["rank_lower"].astype(float) + 1
        words += f" Half of these sets hold {ceil(places.median())} places of {of} or more."
    return f"{words} {LITTLE}"


def funnel_in_words(table: pd.DataFrame, what: str = "Limits") -> list[str]:
    """
    Say what the limits of a funnel allow for, by which model, with the numbers of both.

    Parameters
    ----------
    table
        Of `area_table`, with funnel positions.
    what
        How the sentence begins.
    """
    origin = table.attrs["ukcso"]
    funnel = origin["funnel"]
    tau_squared, drawn = funnel["tau_squared"], f"{100 * funnel['winsorise']:g} per cent"
    spread = grouped(100 * tau_squared**0.5, 0)
    words = (
        f"{what} of 95% and 99.8% around the pooled rate allow for chance and, by the additive "
        f"model, for areas' own rates that differ from it by about {spread} per cent (tau squared "
        f"{grouped(tau_squared, 4)}; the outermost {drawn} at either end drawn in). By the "
        f"multiplicative model the variance is {grouped(funnel['overdispersion'], 1)} times that "
        f"of chance, {grouped(origin['overdispersion'], 1)} with none drawn in."
    )
    if not (depends := funnel["depends_on_model"]):
        return [words]
    names = dict(zip(table["area_id"], table["name"], strict=True))
    who = sorted(names[area] for area in depends if area in names)
    if not who:
        return [words]
    position = "position of {} depends" if len(who) == 1 else "positions of {} depend"
    return [words, f"The {position.format(joined(who))} on the model."]
