"""Mirrors src/ukcso/stats/_funnels.py: variation beyond chance, and control limits."""

from __future__ import annotations

import math
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ukcso
from ukcso.errors import InvalidInputError


class TestFunnels:
    """`overdispersion` and `funnel_limits`."""

    def test_limits_are_those_of_r(self) -> None:
        """As `uniroot` on `pgamma`; see tests/reference."""
        rows = pd.read_csv(Path(__file__).parents[1] / "reference" / "funnel.csv")
        for level, group in rows.groupby("level"):
            mean = group["mean"].to_numpy()
            # With counts at their means, the pooled rate is 1 per person.
            funnel = ukcso.funnel_limits(mean, mean, per=1, levels=(float(level),))
            lower, upper = (c for c in funnel if c.startswith(("lower", "upper")))
            assert funnel["pooled_rate"].tolist() == [1.0] * len(mean)
            assert (funnel[lower] * mean).tolist() == pytest.approx(
                group["lower"].tolist(), abs=1e-8
            )
            assert (funnel[upper] * mean).tolist() == pytest.approx(
                group["upper"].tolist(), rel=1e-8
            )

    @given(
        count=st.lists(st.integers(0, 500), min_size=2, max_size=20).filter(any),
        dispersion=st.floats(1, 9),
    )
    def test_limits_surround_the_pooled_rate(self, count: list[int], dispersion: float) -> None:
        """Lower below, upper above, wider at the higher level and with dispersion."""
        counts, people = np.array(count, float), np.linspace(1e3, 1e5, len(count))
        plain = ukcso.funnel_limits(counts, people, per=1_000)
        wide = ukcso.funnel_limits(counts, people, per=1_000, dispersion=dispersion)
        for funnel in (plain, wide):
            assert (funnel["lower_99_8"] <= funnel["lower_95"]).all()
            assert (funnel["lower_95"] <= funnel["pooled_rate"]).all()
            assert (funnel["pooled_rate"] <= funnel["upper_95"]).all()
            assert (funnel["upper_95"] <= funnel["upper_99_8"]).all()
        assert (wide["upper_95"] >= plain["upper_95"] - 1e-9).all()

    def test_a_missing_area_stays_without_entering_the_pool(self) -> None:
        """Rows are kept; index too."""
        counts = pd.Series([50.0, None, 90.0], index=["a", "b", "c"])
        funnel = ukcso.funnel_limits(counts, pd.Series(20e3, index=counts.index), per=1_000)
        assert funnel.index.tolist() == ["a", "b", "c"]
        assert funnel["pooled_rate"].iloc[0] == 3.5
        assert np.isnan(funnel["rate"]).tolist() == [False, True, False]
        assert funnel["upper_95"].notna().all()

    def test_overdispersion_by_hand(self) -> None:
        """((8 - 10)^2 + (12 - 10)^2) / 10 over one degree of freedom is 0.8."""
        assert ukcso.overdispersion(np.array([8.0, 12.0]), np.array([10.0, 10.0])) == 0.8
        assert math.isnan(ukcso.overdispersion(np.array([8.0]), np.array([10.0])))
        missing = np.array([8.0, np.nan, 12.0])
        assert ukcso.overdispersion(missing, np.full(3, 10.0)) == 0.8

    def test_poisson_counts_have_none(self) -> None:
        """Seeded Poisson draws come out near 1."""
        draw = np.random.default_rng(7).poisson(50, 5_000).astype(float)
        assert ukcso.overdispersion(draw, np.full(5_000, 50.0)) == pytest.approx(1, abs=0.1)

    def test_wrong_input(self) -> None:
        """Single numbers and impossible values are refused."""
        with pytest.raises(InvalidInputError, match="one dimension"):
            ukcso.funnel_limits(5, 10, per=1)
        with pytest.raises(InvalidInputError, match="expected must be > 0"):
            ukcso.overdispersion(np.ones(2), np.zeros(2))
        with pytest.raises(InvalidInputError, match="per must be > 0"):
            ukcso.funnel_limits(np.ones(2), np.ones(2), per=0)
        with pytest.raises(InvalidInputError, match="each of levels must be"):
            ukcso.funnel_limits(np.ones(2), np.ones(2), per=1, levels=(95,))


class TestLevels:
    """The levels of a funnel are a sequence of fractions, each with columns of its own."""

    @pytest.mark.parametrize("bad", [0.95, "0.95", None, 95, np.float64(0.95), Decimal("0.95")])
    def test_one_number_is_no_sequence(self, bad: Any) -> None:
        """It is refused by name, not with Python's own TypeError."""
        with pytest.raises(InvalidInputError, match=r"^levels must be a sequence of levels"):
            ukcso.funnel_limits(np.ones(2), np.ones(2), per=1, levels=bad)

    @pytest.mark.parametrize("bad", [(95,), (0.95, 0), ("0.95",), (0.95, None), [[0.95]], (True,)])
    def test_each_is_a_fraction(self, bad: Any) -> None:
        """95 is not 0.95, at any place."""
        with pytest.raises(InvalidInputError, match=r"^each of levels must be a fraction"):
            ukcso.funnel_limits(np.ones(2), np.ones(2), per=1, levels=bad)

    @pytest.mark.parametrize("bad", [(0.95, 0.95), (0.998, Decimal("0.998")), (0.95, 0.95000001)])
    def test_no_two_of_one_name(self, bad: Any) -> None:
        """The columns of one would overwrite the other's."""
        with pytest.raises(InvalidInputError, match=r"^levels must differ; got "):
            ukcso.funnel_limits(np.ones(2), np.ones(2), per=1, levels=bad)

    @pytest.mark.parametrize(
        "levels", [[0.95, 0.998], np.array([0.95, 0.998]), (Decimal("0.95"), Decimal("0.998"))]
    )
    def test_any_sequence(self, levels: Any) -> None:
        """Lists, arrays and decimals give what the default gives."""
        counts = np.array([5.0, 9.0])
        found = ukcso.funnel_limits(counts, np.full(2, 100.0), per=1, levels=levels)
        pd.testing.assert_frame_equal(found, ukcso.funnel_limits(counts, np.full(2, 100.0), per=1))


class TestWithoutCounts:
    """Where nothing is known there is no pooled rate, and so no limit."""

    @pytest.mark.parametrize("size", [0, 1, 3])
    def test_all_is_missing(self, size: int) -> None:
        """Rate, pooled rate and every limit are NaN, and no warning is given."""
        funnel = ukcso.funnel_limits(np.full(size, np.nan), np.full(size, 9.0), per=1_000)
        assert len(funnel) == size
        assert len(funnel.columns) == 6
        assert funnel.isna().all(axis=None)

    def test_an_area_without_people(self) -> None:
        """It has neither rate nor limits; the others have both."""
        funnel = ukcso.funnel_limits(np.array([5.0, 9.0]), np.array([np.nan, 100.0]), per=1)
        assert funnel.isna().all(axis=1).tolist() == [False, False]
        assert funnel.drop(columns="pooled_rate").isna().all(axis=1).tolist() == [True, False]

    def test_nothing_recorded_is_known(self) -> None:
        """Counts of 0 pool to a rate of 0, with limits of 0."""
        funnel = ukcso.funnel_limits(np.zeros(2), np.full(2, 9.0), per=1)
        assert (funnel == 0).all(axis=None)
