"""Words beside a number as people write them, beside those that every reader of hedges knows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import get_args

from ukcso.printed import HEDGES, Hedge

#: Words before a number.
BEFORE: Mapping[str, Hedge] = {
    **{word: hedge for hedge in get_args(Hedge) for word in HEDGES[hedge].words if word},
    **dict.fromkeys(("c", "c.", "ca.", "approx", "approx."), "about"),
    "\N{GREATER-THAN OR EQUAL TO}": "at_least",
    "\N{LESS-THAN OR EQUAL TO}": "up_to",
}
#: Words after one.
AFTER: Mapping[str, Hedge] = {
    **dict.fromkeys(("+", "or more", "or over"), "at_least"),
    **dict.fromkeys(("or fewer", "or less", "or under"), "up_to"),
}


def either(words: Iterable[str]) -> str:
    """
    Return the pattern of any of some words, a longer one before those that it begins with.

    Examples
    --------
    >>> either(["over", "overall"])
    'overall|over'
    """
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
