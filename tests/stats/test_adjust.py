"""Mirrors src/ukcso/stats/_adjust.py: p values of several tests."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ukcso
from ukcso.errors import InvalidInputError

P_VALUES = st.lists(st.floats(0, 1), min_size=1, max_size=60).map(np.array)
METHODS = pytest.mark.parametrize("method", ["holm", "bh"])


class TestAgainstOthers:
    """R and statsmodels."""

    @METHODS
    def test_is_that_of_r(self, method: Any) -> None:
        """As `p.adjust`, which leaves missing ones out of the family; see tests/reference."""
        rows = pd.read_csv(Path(__file__).parents[1] / "reference" / "p_adjusted.csv")
        found = ukcso.adjusted(rows["p"], method)
        assert found.tolist() == pytest.approx(rows[method].tolist(), rel=1e-14, nan_ok=True)

    @METHODS
    @pytest.mark.parametrize("size", [1, 2, 42, 300])
    def test_is_that_of_statsmodels(self, method: Any, size: int) -> None:
        """As `multipletests`, on seeded p values with ties: each call of it is slow."""
        peer = pytest.importorskip("statsmodels.stats.multitest", reason="no statsmodels")
        p_values = np.random.default_rng(size).beta(0.3, 1, size).round(3)
        name = {"holm": "holm", "bh": "fdr_bh"}[method]
        theirs = peer.multipletests(p_values, method=name)[1]
        assert ukcso.adjusted(p_values, method).tolist() == pytest.approx(theirs.tolist())


class TestLaws:
    """What adjusted p values are, whatever the method."""

    def test_by_hand(self) -> None:
        """Holm: 3 x 0.01, 2 x 0.03, then no less; missing ones are no test."""
        p_values = np.array([0.01, 0.04, math.nan, 0.03])
        holm = ukcso.adjusted(p_values)
        assert holm.tolist() == pytest.approx([0.03, 0.06, math.nan, 0.06], nan_ok=True)

    @METHODS
    @given(p_values=P_VALUES, missing=st.integers(0, 5))
    def test_laws(self, method: Any, p_values: Any, missing: int) -> None:
        """None below what it was or above 1; in the same order; missing ones beside the point."""
        found = ukcso.adjusted(p_values, method)
        assert ((found >= p_values * (1 - 1e-12)) & (found <= 1)).all()
        order = np.argsort(p_values, kind="stable")
        assert (np.diff(found[order]) >= 0).all()
        more = ukcso.adjusted(np.append(np.full(missing, np.nan), p_values), method)
        assert np.isnan(more[:missing]).all()
        assert more[missing:].tolist() == found.tolist()

    @METHODS
    def test_one_alone(self, method: Any) -> None:
        """One test is a family that needs no adjusting."""
        assert ukcso.adjusted(np.array([0.03]), method).tolist() == [0.03]
        assert ukcso.adjusted(np.array([math.nan, 0.03]), method)[1] == 0.03

    @pytest.mark.parametrize("method", ["holm", "bh", "none"])
    @pytest.mark.parametrize("size", [0, 3])
    def test_nothing_known(self, method: Any, size: int) -> None:
        """No tests, none adjusted."""
        assert np.isnan(ukcso.adjusted(np.full(size, np.nan), method)).tolist() == [True] * size

    def test_none_leaves_them(self) -> None:
        """They come back as they are, as a copy."""
        p_values = np.array([0.01, 0.5])
        found = ukcso.adjusted(p_values, "none")
        assert found.tolist() == [0.01, 0.5]
        assert found is not p_values
        assert ukcso.adjusted(np.array([0, 1])).dtype == np.float64

    def test_what_goes_in_comes_out(self) -> None:
        """A Series with its index and name, nullable or not; the input is not changed."""
        p_values = pd.Series([0.01, 0.04, None], index=list("abc"), name="p", dtype="Float64")
        found = ukcso.adjusted(p_values)
        assert found.index.tolist() == ["a", "b", "c"]
        assert (found.name, str(found.dtype)) == ("p", "Float64")
        assert found.isna().tolist() == [False, False, True]
        assert p_values.tolist()[:2] == [0.01, 0.04]
        polars = pytest.importorskip("polars", reason="polars is not installed")
        theirs = ukcso.adjusted(polars.Series("p", [0.01, 0.04, None]))
        assert theirs.to_list() == [0.02, 0.04, None]


class TestErrors:
    """What is refused."""

    def test_a_value_that_is_no_probability(self) -> None:
        """Named with its place and label."""
        with pytest.raises(
            InvalidInputError, match=r"p_values must be from 0 to 1; got 5.0 at .* 1"
        ):
            ukcso.adjusted(np.array([0.05, 5.0]))
        labelled = pd.Series([0.05, -0.1], index=["kent", "essex"])
        with pytest.raises(InvalidInputError, match=r"label 'essex'\) \(1 bad of 2\)"):
            ukcso.adjusted(labelled)

    @pytest.mark.parametrize("bad", [0.05, np.ones((2, 2)), [0.05], "0.05", None])
    def test_no_array_or_series(self, bad: Any) -> None:
        """One p value, or a table of them, is no family."""
        with pytest.raises(InvalidInputError, match=r"^p_values must be"):
            ukcso.adjusted(bad)

    @pytest.mark.parametrize("method", ["Holm", "bonferroni", "BH", None])
    def test_an_unknown_method(self, method: Any) -> None:
        """The message lists the methods."""
        with pytest.raises(InvalidInputError, match=r"^method must be one of holm, bh, none; got"):
            ukcso.adjusted(np.ones(2), method)
