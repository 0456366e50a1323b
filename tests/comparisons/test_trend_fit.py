"""Mirrors src/ukcso/comparisons/_trend_fit.py: the regression, held against R's."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("statsmodels")

from ukcso.comparisons._trend_fit import fitted
from ukcso.errors import InvalidInputError

REFERENCE = Path(__file__).parents[1] / "reference"
# Made by R: see tests/reference/README.md.
COUNTS = pd.read_csv(REFERENCE / "trend_counts.csv")
EXPECTED = pd.read_csv(REFERENCE / "trend.csv")
FITTED = pd.read_csv(REFERENCE / "trend_fitted.csv")["fitted"]
NO_STEP = np.empty((5, 0))


def arrays(own: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray | None]:
    """Return counts, years, steps and residents of a case, as the function takes them."""
    steps = [own[name] for name in ("step_1", "step_2") if own[name].max() > own[name].min()]
    after = np.column_stack(steps).astype(float) if steps else np.empty((len(own), 0))
    people = None if own["population"].isna().any() else own["population"].to_numpy(float)
    return own["count"].to_numpy(float), own["year"].to_numpy(float), after, people


class TestReference:
    """R's glm(family = quasipoisson), with limits by quantiles of t."""

    @pytest.mark.parametrize("case", COUNTS["case"].unique())
    def test_changes_dispersion_and_fitted_counts(self, case: str) -> None:
        """Every number is R's, on shipped counts and made-up ones, to nine digits or more."""
        own = COUNTS[COUNTS["case"] == case]
        expected = EXPECTED[EXPECTED["case"] == case]
        found = fitted(*arrays(own), 0.95)
        changes = np.array([found.annual, *found.steps])
        np.testing.assert_allclose(changes, expected[["change", "lower", "upper"]], rtol=1e-9)
        assert found.dispersion == pytest.approx(expected["dispersion"].iloc[0], rel=1e-9)
        assert found.degrees_of_freedom == expected["degrees_of_freedom"].iloc[0]
        np.testing.assert_allclose(found.expected, FITTED[own.index], rtol=1e-9)

    def test_there_are_cases_of_every_kind(self) -> None:
        """With and without steps, residents and dispersion above that of chance."""
        n_steps = EXPECTED.groupby("case").size() - 1
        assert set(n_steps) == {0, 1, 2}
        assert (EXPECTED["dispersion"] < 1).any()
        assert (EXPECTED["dispersion"] > 100).any()
        assert COUNTS["population"].isna().any()


class TestCoverage:
    """How often a 95 per cent interval holds the true change, in made-up series."""

    @staticmethod
    def covered(n_years: int, *, step: bool, stays: bool) -> float:
        """Return it for counts from 500 up, 10 per cent more a year, seven times as scattered."""
        draw, hits, years = np.random.default_rng(12), [], np.arange(float(n_years))
        after = (years >= 3).astype(float)[:, None] if step else np.empty((n_years, 0))
        mean = 500 * 1.1**years * (2.2 ** after[:, 0] if step else 1)
        for _ in range(300):
            if stays:
                moved = np.cumsum(draw.normal(0, np.sqrt(7 / mean)))
                counts = draw.poisson(mean * np.exp(moved))
            else:
                counts = draw.negative_binomial(mean / 6, 1 / 7)  # variance 7 x mean
            found = fitted(counts.astype(float), years, after, None, 0.95).annual
            hits.append(found.lower <= 0.1 <= found.upper)
        return float(np.mean(hits))

    @pytest.mark.slow
    @pytest.mark.parametrize(("n_years", "step"), [(8, False), (10, True)])
    def test_as_the_documents_say(self, n_years: int, step: bool) -> None:
        """94 to 96 per cent where years are independent; 47 to 75 where their scatter stays."""
        # Of 300 runs two standard errors are 2.5 per cent.
        assert 0.92 < self.covered(n_years, step=step, stays=False) < 0.985
        assert 0.44 < self.covered(n_years, step=step, stays=True) < 0.78


class TestMaximum:
    """Counts that no finite change fits best."""

    @pytest.mark.parametrize("counts", [(0, 0, 0, 0, 0), (5, 0, 0, 0, 0), (0, 0, 0, 0, 9)])
    def test_all_at_one_end_is_refused(self, counts: tuple[int, ...]) -> None:
        """Nothing, or everything in the first or the last year, has no yearly change."""
        with pytest.raises(InvalidInputError, match="no trend"):
            fitted(np.array(counts, float), np.arange(5.0), NO_STEP, None, 0.95)

    def test_nothing_before_a_step_is_refused(self) -> None:
        """From 0 upwards a step has no size."""
        after = np.array([[0.0], [0], [1], [1], [1]])
        with pytest.raises(InvalidInputError, match="one side of a step"):
            fitted(np.array([0.0, 0, 3, 4, 5]), np.arange(5.0), after, None, 0.95)

    def test_counts_on_the_line_are_fitted(self) -> None:
        """Doubling every year is a change of 100 per cent, with the scatter of chance."""
        found = fitted(np.array([10.0, 20, 40, 80, 160]), np.arange(5.0), NO_STEP, None, 0.95)
        assert found.annual.change == pytest.approx(1)
        assert found.dispersion == pytest.approx(0, abs=1e-12)
        assert found.annual.lower < 0.9
        assert found.annual.upper > 1.1

    def test_counts_that_are_all_the_same_are_fitted(self) -> None:
        """No change, and no scatter at all, is a trend too."""
        found = fitted(np.full(5, 1000.0), np.arange(5.0), NO_STEP, None, 0.95)
        assert found.annual.change == pytest.approx(0, abs=1e-12)
        assert found.annual.lower < 0 < found.annual.upper

    @given(st.lists(st.integers(0, 10**6), min_size=6, max_size=12), st.integers(1, 5))
    def test_the_fit_is_the_maximum(self, counts: list[int], step_at: int) -> None:
        """Whatever is fitted solves the score equations: fitted and recorded add up alike."""
        years = np.arange(float(len(counts)))
        after = (years >= step_at).astype(float)[:, None]
        recorded = np.array(counts, float)
        try:
            found = fitted(recorded, years, after, None, 0.95)
        except InvalidInputError:
            return
        left = recorded - found.expected
        tolerance = 1e-7 * recorded.sum()
        for column in (np.ones_like(years), years, after[:, 0]):
            assert abs(left @ column) <= tolerance * max(1, column.max())
        assert found.annual.lower <= found.annual.change <= found.annual.upper
