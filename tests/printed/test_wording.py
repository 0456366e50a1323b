"""Mirrors src/ukcso/printed/_wording.py: printed and recomputed numbers in words."""

from __future__ import annotations

import math

import pytest

from ukcso.printed import (
    HEDGES,
    RELATIONS,
    hedge_phrase,
    number_phrase,
    printed_phrase,
    recomputed_phrase,
)

INF = math.inf


@pytest.mark.parametrize(
    ("relation", "hedge", "words"),
    [
        ("growth", "exact", "6 %"),
        ("ratio", "at_least", "at least 6 times"),
        ("one_in", "nearly", "nearly one in 6"),
        ("per_hour", "over", "over 6 an hour"),
        ("per_week", "under", "under 6 a week"),
        ("minutes_between", "up_to", "up to 6 min apart"),
        ("difference", "about", "about 6 more"),
    ],
)
def test_printed_phrase(relation: str, hedge: str, words: str) -> None:
    """Hedge, what stands before the number, the number, what stands after it."""
    assert printed_phrase(relation, "6", hedge) == words


@pytest.mark.parametrize("relation", RELATIONS)
@pytest.mark.parametrize("hedge", HEDGES)
def test_every_relation_and_hedge_has_words(relation: str, hedge: str) -> None:
    """None is left without, and no underscore shows."""
    words = printed_phrase(relation, "6", hedge)
    assert "6" in words
    assert "_" not in words


def test_a_hedge_that_is_none_stands_for_itself() -> None:
    """An operand that nobody printed is called implied."""
    assert hedge_phrase("implied") == "implied"


@pytest.mark.parametrize(
    ("relation", "lower", "upper", "printed", "words"),
    [
        ("growth", 69.4915, 69.4915, "66", "69.5 %"),
        ("share", 0.354, 0.354, "0.4", "0.35 %"),
        ("share", 42.93, 47.7, "43", "42.9 to 47.7 %"),
        ("per_day", 89.72, INF, "90", "89.7 or more a day"),
        ("one_in", 8.0, 8.0, "8", "one in 8"),
        ("growth", math.nan, math.nan, "66", ""),
    ],
)
def test_recomputed_phrase(
    relation: str, lower: float, upper: float, printed: str, words: str
) -> None:
    """One digit finer than printed; nothing where there is no number."""
    assert recomputed_phrase(relation, lower, upper, printed) == words


@pytest.mark.parametrize(
    ("value", "text"), [(22_724, "22,724"), (0.354, "0.35"), (INF, "inf"), (-1.005, "-1.01")]
)
def test_number_phrase(value: float, text: str) -> None:
    """Whole numbers without decimals, others with two."""
    assert number_phrase(value) == text
