"""Intervals against values made elsewhere; see tests/reference/README.md."""

from __future__ import annotations

import math
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from ukcso import (
    count_interval,
    growth_interval,
    overdispersion,
    rate_interval,
    rate_ratio_interval,
    share_interval,
)

REFERENCE = Path(__file__).parents[1] / "reference"
EXACTLY = {"rel": 1e-9, "abs": 0}


def made_by_r(name: str) -> pd.DataFrame:
    """Read a table that R wrote."""
    return pd.read_csv(REFERENCE / name)


class TestAgainstR:
    """R 4.2.2, package stats, by tests/reference/make_reference.R."""

    def test_exact_limits_of_counts(self) -> None:
        """As `poisson.test(count)`."""
        for level, rows in made_by_r("poisson_exact.csv").groupby("level"):
            result = count_interval(rows["count"], level=float(level), method="exact")
            assert result.lower.tolist() == pytest.approx(rows["lower"].tolist(), **EXACTLY)
            assert result.upper.tolist() == pytest.approx(rows["upper"].tolist(), **EXACTLY)

    def test_exact_limits_of_ratios(self) -> None:
        """As `poisson.test(c(count_1, count_2), c(exposure_1, exposure_2))`."""
        for level, rows in made_by_r("rate_ratio_exact.csv").groupby("level"):
            columns = [rows[c] for c in ("count_1", "exposure_1", "count_2", "exposure_2")]
            result = rate_ratio_interval(*columns, level=float(level))
            assert result.lower.tolist() == pytest.approx(rows["lower"].tolist(), **EXACTLY)
            assert result.upper.tolist() == pytest.approx(rows["upper"].tolist(), **EXACTLY)

    def test_dispersed_limits_of_ratios(self) -> None:
        """
        As `qf` has them for the counts as clusters, and without clusters too.

        Near 0 its quantiles are 1 less than an inverse, so they have no digit below 1e-16.
        """
        near_0 = {"rel": 1e-9, "abs": 1e-15}
        rows = made_by_r("rate_ratio_dispersed.csv")
        assert sorted(set(rows["dispersion"])) == [1, 1.5, 7.2, 71.4]
        columns = ("count_1", "exposure_1", "count_2", "exposure_2")
        for (dispersion, level), some in rows.groupby(["dispersion", "level"]):
            options = {"dispersion": float(dispersion), "level": float(level)}
            for kind in (lambda column: column, lambda column: column.to_numpy()):
                result = rate_ratio_interval(*(kind(some[c]) for c in columns), **options)
                assert result.lower.tolist() == pytest.approx(some["lower"].tolist(), **near_0)
                assert result.upper.tolist() == pytest.approx(some["upper"].tolist(), **EXACTLY)
            for row in some.itertuples():
                alone = growth_interval(
                    row.count_2,
                    row.count_1,
                    old_exposure=row.exposure_2,
                    new_exposure=row.exposure_1,
                    **options,
                )
                assert alone.lower + 1 == pytest.approx(row.lower, **near_0)
                assert alone.upper + 1 == pytest.approx(row.upper, rel=1e-9)

    @pytest.mark.parametrize("method", ["exact", "wilson"])
    def test_dispersed_limits_of_shares(self, method: str) -> None:
        """As `qbeta`, and Wilson's formula typed into R, have them for the effective size."""
        rows = made_by_r("shares_dispersed.csv")
        for (dispersion, level), some in rows.groupby(["dispersion", "level"]):
            options = {"dispersion": float(dispersion), "level": float(level), "method": method}
            result = share_interval(some["part"], some["whole"], **options)
            lower, upper = some[f"{method}_lower"], some[f"{method}_upper"]
            assert result.lower.tolist() == pytest.approx(lower.tolist(), **EXACTLY)
            assert result.upper.tolist() == pytest.approx(upper.tolist(), **EXACTLY)
            for row, low, high in zip(some.itertuples(), lower, upper, strict=True):
                alone = share_interval(row.part, row.whole, **options)
                assert (alone.lower, alone.upper) == (
                    pytest.approx(low, **EXACTLY),
                    pytest.approx(high, **EXACTLY),
                )

    def test_growth_is_the_ratio_less_1(self) -> None:
        """Growth shares the limits of the ratio of the later over the earlier rate."""
        rows = made_by_r("rate_ratio_exact.csv").query("level == 0.95")
        result = growth_interval(
            rows["count_2"],
            rows["count_1"],
            old_exposure=rows["exposure_2"],
            new_exposure=rows["exposure_1"],
        )
        assert (result.lower + 1).tolist() == pytest.approx(rows["lower"].tolist(), rel=1e-9)
        assert (result.upper + 1).tolist() == pytest.approx(rows["upper"].tolist(), rel=1e-9)

    @pytest.mark.parametrize(
        ("count", "lower", "upper"),
        [
            (1, 0.013072132901504351, 5.5637555824752605),
            (5, 1.6113477157471938, 11.668164123398595),
            (9, 4.1068850240131347, 17.085780688536683),
        ],
    )
    def test_byar_below_10(self, count: float, lower: float, upper: float) -> None:
        """
        The formula typed into R, where "auto" is exact.

        z <- qnorm(.975); O * (1 - 1 / (9 * O) - z / (3 * sqrt(O)))^3;
        (O + 1) * (1 - 1 / (9 * (O + 1)) + z / (3 * sqrt(O + 1)))^3
        """
        result = count_interval(count, method="byar")
        assert result.lower == pytest.approx(lower, **EXACTLY)
        assert result.upper == pytest.approx(upper, **EXACTLY)

    @pytest.mark.parametrize("method", ["exact", "wilson"])
    def test_limits_of_shares(self, method: str) -> None:
        """As `binom.test(part, whole)` and `prop.test(part, whole, correct = FALSE)`."""
        for level, rows in made_by_r("shares.csv").groupby("level"):
            result = share_interval(rows["part"], rows["whole"], level=float(level), method=method)
            for found, wanted in (
                (result.lower, rows[f"{method}_lower"]),
                (result.upper, rows[f"{method}_upper"]),
            ):
                # prop.test misses 0 by up to 1e-17 where the part is 0.
                assert found.tolist() == pytest.approx(wanted.tolist(), rel=1e-9, abs=1e-16)

    def test_dispersion(self) -> None:
        """As the Pearson statistic of `glm(count ~ 1 + offset(log(population)), poisson)`."""
        rows = made_by_r("dispersion.csv")
        found = overdispersion(rows["count"], rows["expected"])
        assert found == pytest.approx(rows["dispersion"].iloc[0], rel=1e-9)


@pytest.fixture(scope="module")
def peer() -> object:
    """Return the UK government's Python port of PHEindicatormethods."""
    return pytest.importorskip("PHStatsMethods", reason="PHStatsMethods is not installed")


COUNTS = [0.0, 1, 2, 3, 7, 9, 10, 11, 50, 67, 419, 8_224, 22_724]
LEVELS = [0.8, 0.95, 0.99, 0.998]


class TestAgainstPHStatsMethods:
    """The UK government's Python port of PHEindicatormethods, computed in the test."""

    @pytest.mark.parametrize("level", LEVELS)
    @pytest.mark.parametrize("count", COUNTS[1:])
    def test_auto(self, peer, count: float, level: float) -> None:
        """As `byars_lower` and `byars_upper`, which are exact below 10."""
        result = count_interval(count, level=level)
        assert result.upper == pytest.approx(peer.byars_upper(count, level), **EXACTLY)
        assert result.lower == pytest.approx(peer.byars_lower(count, level), **EXACTLY)

    @pytest.mark.parametrize("level", LEVELS)
    @pytest.mark.parametrize("count", COUNTS[1:])
    def test_exact(self, peer, count: float, level: float) -> None:
        """As `exact_lower` and `exact_upper`."""
        result = count_interval(count, level=level, method="exact")
        assert result.lower == pytest.approx(peer.exact_lower(count, level), **EXACTLY)
        assert result.upper == pytest.approx(peer.exact_upper(count, level), **EXACTLY)

    @pytest.mark.parametrize("level", [0.95, 0.998])
    def test_rates(self, peer, level: float) -> None:
        """As `ph_rate`, whose convention "auto" follows."""
        frame = pd.DataFrame({"area": range(len(COUNTS) - 1), "n": COUNTS[1:], "d": 10_000.0})
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the peer's own, about pandas
            theirs = peer.ph_rate(frame, "n", "d", ["area"], confidence=level, multiplier=1_000)
        ours = rate_interval(frame["n"], frame["d"], per=1_000, level=level)
        lower, upper = (next(c for c in theirs if c.startswith(p)) for p in ("lower", "upper"))
        assert ours.lower.tolist() == pytest.approx(theirs[lower].tolist(), **EXACTLY)
        assert ours.upper.tolist() == pytest.approx(theirs[upper].tolist(), **EXACTLY)

    @pytest.mark.parametrize("level", LEVELS)
    def test_wilson(self, peer, level: float) -> None:
        """As `wilson_lower` and `wilson_upper`."""
        for part, whole in ((3, 10), (30, 120), (146, 41_246)):
            result = share_interval(part, whole, level=level)
            assert result.lower == pytest.approx(peer.wilson_lower(part, whole, level), **EXACTLY)
            assert result.upper == pytest.approx(peer.wilson_upper(part, whole, level), **EXACTLY)


class TestAgainstStatsmodels:
    """statsmodels, computed in the test."""

    @pytest.mark.parametrize("level", LEVELS)
    def test_exact_counts(self, level: float) -> None:
        """As `confint_poisson(method="exact-c")`."""
        rates = pytest.importorskip("statsmodels.stats.rates", reason="no statsmodels")
        counts = np.array(COUNTS[1:])
        lower, upper = rates.confint_poisson(counts, 1, method="exact-c", alpha=1 - level)
        result = count_interval(counts, level=level, method="exact")
        assert result.lower.tolist() == pytest.approx(lower.tolist(), **EXACTLY)
        assert result.upper.tolist() == pytest.approx(upper.tolist(), **EXACTLY)

    @pytest.mark.parametrize("level", LEVELS)
    @pytest.mark.parametrize(("ours", "theirs"), [("wilson", "wilson"), ("exact", "beta")])
    def test_shares(self, level: float, ours: str, theirs: str) -> None:
        """As `proportion_confint`."""
        proportion = pytest.importorskip("statsmodels.stats.proportion", reason="no statsmodels")
        part, whole = np.array([1.0, 3, 30, 146]), np.array([10.0, 10, 120, 41_246])
        lower, upper = proportion.proportion_confint(part, whole, alpha=1 - level, method=theirs)
        result = share_interval(part, whole, level=level, method=ours)
        assert result.lower.tolist() == pytest.approx(lower.tolist(), **EXACTLY)
        assert result.upper.tolist() == pytest.approx(upper.tolist(), **EXACTLY)


class TestAgainstTextbooks:
    """Values printed in books and papers."""

    def test_garwood_of_nothing(self) -> None:
        """At 0 the upper limit is minus the logarithm of the tail: 3.689 at 95 per cent."""
        assert count_interval(0, method="exact").upper == pytest.approx(-math.log(0.025), rel=1e-12)

    def test_newcombe(self) -> None:
        """Newcombe (1998), Table I, method 3: 81 of 263 gives 0.2553 to 0.3662."""
        result = share_interval(81, 263)
        assert (round(result.lower, 4), round(result.upper, 4)) == (0.2553, 0.3662)
