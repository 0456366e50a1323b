"""Mirrors src/ukcso/stats/_rates.py: `rate`. What all measures share is in test_apply.py."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ukcso.errors import InvalidInputError
from ukcso.stats._rates import rate

COUNTS = st.integers(0, 1_000_000)
PEOPLE = st.integers(1, 70_000_000)
PER = st.sampled_from([1, 1_000, 10_000, 100_000])


class TestRate:
    """`rate` is events per so many people."""

    @pytest.mark.parametrize(
        ("count", "population", "per", "expected"),
        [
            # Invented figures: 50 in 20,000 are 2.5 in 1,000.
            (50, 20_000, 1_000, 2.5),
            (50, 20_000, 10_000, 25.0),
            (50, 20_000, 100_000, 250.0),
            (50, 20_000, 1, 0.0025),
            (0, 20_000, 1_000, 0.0),
            (0.5, 4.0, 100, 12.5),
            (30_000, 20_000, 1_000, 1_500.0),  # more events than people is possible
        ],
    )
    def test_hand_computed(
        self, count: float, population: float, per: float, expected: float
    ) -> None:
        """Agrees with arithmetic done by hand, at each scale in use."""
        assert rate(count, population, per=per) == pytest.approx(expected, rel=1e-15)
        found = rate(np.array([count]), np.array([population]), per=per)
        assert found == pytest.approx([expected], rel=1e-15)

    def test_is_not_rounded(self) -> None:
        """One in three is 333.33 in 1,000, with all the digits a float has."""
        assert rate(1, 3, per=1_000) == 1_000 / 3

    def test_per_has_no_default(self) -> None:
        """Mixing up the scales is the usual error, so it must be said, and by name."""
        call: Any = rate
        with pytest.raises(TypeError, match="per"):
            call(50, 20_000)
        with pytest.raises(TypeError, match="positional"):
            call(50, 20_000, 1_000)

    @pytest.mark.parametrize("per", [0, -1_000, math.inf])
    @pytest.mark.parametrize(
        "count", [5.0, np.array([5.0]), pd.Series([5.0]), np.array([])], ids=type
    )
    def test_per_is_above_zero(self, count: Any, per: float) -> None:
        """Nobody, or fewer, is no population to refer to."""
        with pytest.raises(InvalidInputError, match=rf"^per must be > 0 and finite; got {per:.1f}"):
            rate(count, 20_000, per=per)

    @pytest.mark.parametrize("per", [None, "1000", True, [1_000], {}])
    @pytest.mark.parametrize("count", [5.0, np.array([5.0])], ids=type)
    def test_per_is_a_number(self, count: Any, per: Any) -> None:
        """The message names the argument and the type it got."""
        with pytest.raises(InvalidInputError, match=rf"^per must be .*; got {type(per).__name__}$"):
            rate(count, 20_000, per=per)

    @pytest.mark.parametrize(
        ("count", "population", "message"),
        [
            (-1.0, 10.0, r"count must be >= 0 and finite; got -1\.0 at position 0 \(1 bad of 1\)"),
            (1.0, 0.0, r"population must be > 0 and finite; got 0\.0 at position 0 \(1 bad of 1\)"),
            (1.0, -3, r"population must be > 0 and finite; got -3\.0 at position 0 \(1 bad of 1\)"),
            (math.inf, 10.0, r"count must be >= 0 and finite; got inf at position 0"),
        ],
    )
    def test_impossible_input_is_refused(
        self, count: float, population: float, message: str
    ) -> None:
        """The message names argument, rule, value and position."""
        with pytest.raises(InvalidInputError, match=f"^{message}"):
            rate(count, population, per=1_000)

    def test_an_area_without_people_is_named(self) -> None:
        """The label says which row to look at."""
        people = pd.Series([10.0, 0.0, 0.0], index=["dorset", "city-of-london", "nowhere"])
        where = r"population .* 0\.0 at position 1 \(label 'city-of-london'\) \(2 bad of 3\)"
        with pytest.raises(InvalidInputError, match=where):
            rate(pd.Series([1.0, 2.0, 3.0], index=people.index), people, per=1_000)

    def test_suppressed_counts_stay_missing(self) -> None:
        """A suppressed count is not zero, nor is a population nobody estimated."""
        count, people = pd.Series([5, pd.NA, 5], dtype="Int64"), pd.Series([10.0, 10.0, math.nan])
        found = rate(count, people, per=10)
        assert found.tolist() == [5.0, pd.NA, pd.NA]

    @given(COUNTS, PEOPLE, PER)
    def test_scales_with_per(self, count: int, people: int, per: int) -> None:
        """Per 1,000 it is a thousand times per one."""
        assert rate(count, people, per=per) == pytest.approx(per * rate(count, people, per=1))

    @given(COUNTS, PEOPLE, PER)
    def test_times_the_population_gives_the_count(self, count: int, people: int, per: int) -> None:
        """The rate of a population leads back to its count."""
        assert rate(count, people, per=per) * people / per == pytest.approx(count)

    @given(st.lists(st.tuples(COUNTS, PEOPLE), min_size=1, max_size=20))
    def test_of_a_region_lies_between_its_areas(self, areas: list[tuple[int, int]]) -> None:
        """The pooled rate is the mean of the areas' rates, weighted by their people."""
        count, people = np.array(areas, dtype=float).T
        each = rate(count, people, per=1_000)
        pooled = rate(count.sum(), people.sum(), per=1_000)
        assert pooled == pytest.approx(np.average(each, weights=people))
