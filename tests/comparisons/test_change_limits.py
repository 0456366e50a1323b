"""Mirrors src/ukcso/comparisons/_change_limits.py: from which growth on a change is unusual."""

from __future__ import annotations

import warnings

import numpy as np
import pytest

import ukcso
from ukcso.comparisons import SIDES, YearToYear, change_limits

CHANCE = YearToYear(1.0, 1, (), (), 1, 1.0, 0.0)


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("growth", [-0.3, 0.0, 0.144])
def test_where_the_interval_just_excludes_the_growth_of_the_rest(side: str, growth: float) -> None:
    """At the limit, the other end of the 95 per cent growth interval is that growth."""
    sizes = np.array([50.0, 400.0, 3_000.0])
    limits = change_limits(sizes, growth, CHANCE, 0.05, side)
    interval = ukcso.growth_interval(sizes, sizes * (1 + limits))
    other = interval.lower if side == "upper" else interval.upper
    assert other == pytest.approx(np.full(3, growth), abs=1e-9)


def test_they_part_what_change_table_calls_unusual() -> None:
    """Asked alone, an area is unusual exactly where it lies outside the limits of its size."""
    with warnings.catch_warnings(action="ignore"):
        table = ukcso.change_table("86", "2022/23", adjust="none")
    table = table[table["unusual"].notna()]
    usual = YearToYear(**table.attrs["ukcso"]["dispersion"])
    outside = []
    for row in table.itertuples():
        size = np.array([row.before])
        lower, upper = (
            change_limits(size, row.growth_rest, usual, 0.05, side)[0] for side in SIDES
        )
        outside.append(row.growth < lower or row.growth > upper)
        # The least whole count above the limit is what the table has.
        assert row.growth_rest < upper <= row.smallest_change
        assert row.smallest_change - upper <= 1 / row.before
    assert outside == (table["unusual"] != "usual").tolist()
    assert any(outside)


def test_where_none_at_all_would_be_usual() -> None:
    """A small count has no lower limit: no offence after 3 is nothing unusual."""
    assert np.isnan(change_limits(np.array([3.0]), 0.0, CHANCE, 0.05, "lower")).all()
