"""Mirrors src/ukcso/comparisons/_ranks.py."""

from __future__ import annotations

import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

import ukcso
from ukcso.comparisons._ranks import rank_sets

#: Made by csranks in R: see the head of rank_sets.R.
BY_CSRANKS = pd.read_csv(
    Path(__file__).parents[1] / "reference" / "rank_sets.csv", dtype={"code": str}
)
AREAS = st.lists(
    st.tuples(st.integers(0, 2_000), st.integers(10_000, 500_000)), min_size=2, max_size=12
)


@pytest.mark.parametrize("code", ["86", "88A"])
def test_within_a_few_places_of_csranks(code: str) -> None:
    """Holm's critical values are no smaller than those of a bootstrap: up to 4 places wider."""
    with warnings.catch_warnings(action="ignore"):
        table = ukcso.area_table(code, "2022/23").set_index("area_id")
    own = BY_CSRANKS[BY_CSRANKS["code"] == code].set_index("area_id")
    table = table.loc[own.index]
    assert table["rank"].tolist() == own["rank"].tolist()
    wider_up = (own["rank_lower"] - table["rank_lower"]).to_numpy(int)
    wider_down = (table["rank_upper"] - own["rank_upper"]).to_numpy(int)
    assert np.abs(np.concatenate([wider_up, wider_down])).max() <= 4
    assert np.concatenate([wider_up, wider_down]).mean() >= 0
    # at most one place apart in most of them
    assert (np.abs(np.concatenate([wider_up, wider_down])) <= 1).mean() > 0.8


def step_down(p_values: np.ndarray, alpha: float) -> np.ndarray:
    """Say what Holm's procedure rejects: the smallest at alpha / n, the next at alpha / (n - 1)."""
    told, n = np.zeros(len(p_values), bool), len(p_values)
    for place, which in enumerate(np.argsort(p_values, kind="stable")):
        if p_values[which] * (n - place) >= alpha:
            break
        told[which] = True
    return told


@given(AREAS, st.floats(1, 20), st.floats(0.5, 0.999))
def test_by_hand(areas: list[tuple[int, int]], dispersion: float, level: float) -> None:
    """Pair by pair."""
    count, people = (np.array(numbers, float) for numbers in zip(*areas, strict=True))
    lower, upper = rank_sets(count, people, dispersion=dispersion, level=level)
    for i, (own, among) in enumerate(areas):
        others = [j for j in range(len(areas)) if j != i]
        z = [
            (np.sqrt(own / among) - np.sqrt(areas[j][0] / areas[j][1]))
            / np.sqrt(dispersion / 4 * (1 / among + 1 / areas[j][1]))
            for j in others
        ]
        p = 2 * norm.sf(np.abs(z))
        told = step_down(p, 1 - level)
        assert lower[i] == 1 + sum(told & (np.array(z) < 0))
        assert upper[i] == len(areas) - sum(told & (np.array(z) > 0))


@settings(max_examples=50)
@given(AREAS, st.floats(1, 20))
def test_a_set_holds_the_rank(areas: list[tuple[int, int]], dispersion: float) -> None:
    """Its own place is one that an area may have, ties and zeros included."""
    count, people = (np.array(numbers, float) for numbers in zip(*areas, strict=True))
    lower, upper = rank_sets(count, people, dispersion=dispersion, level=0.95)
    ranks = pd.Series(count / people).rank(method="min", ascending=False)
    assert (lower <= ranks).all()
    assert (ranks <= upper).all()
    assert (lower >= 1).all()
    assert (upper <= len(areas)).all()


def test_no_offences_anywhere() -> None:
    """Nothing tells the areas apart."""
    lower, upper = rank_sets([0, 0, 0], [1e4, 1e4, 2e5], dispersion=7, level=0.95)
    assert (lower.tolist(), upper.tolist()) == ([1, 1, 1], [3, 3, 3])


def test_one_area_and_none() -> None:
    """One area is first; of none there is no set."""
    lower, upper = rank_sets([5], [1e4], dispersion=7, level=0.95)
    assert (lower.tolist(), upper.tolist()) == ([1], [1])
    assert rank_sets([], [], dispersion=7, level=0.95)[0].size == 0
