"""Mirrors src/ukcso/stats/_funnels.py: control limits, by model."""

from __future__ import annotations

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
from ukcso.stats import control_limits


class TestFunnels:
    """`funnel_limits` without a model."""

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

    @pytest.mark.parametrize("side", ["lower", "upper"])
    @pytest.mark.parametrize(("sigmas", "name"), [(2, "95"), (3, "99_8")])
    def test_limits_are_those_of_public_health_england(
        self, side: str, sigmas: int, name: str
    ) -> None:
        """
        As `calculate_funnel_limits` of PHStatsMethods, the port of PHEindicatormethods.

        It gives the population at which a limit is a whole count; ours there is that count.
        Its search stops at 1e-7 of a fraction, so the numbers are as good as that.
        """
        peer = pytest.importorskip("PHStatsMethods", reason="PHStatsMethods is not installed")
        counts, people = np.array([3.0, 20, 70, 260, 590]), np.array([2e3, 9e3, 4e4, 1.2e5, 3e5])
        frame = pd.DataFrame({"n": counts, "people": people, "rate": 1e5 * counts / people})
        theirs = peer.calculate_funnel_limits(
            frame,
            "n",
            "rate",
            1e5,
            denom_col="people",
            rate="rate",
            rate_type="crude",
            years_of_data=1,
        )
        at_risk = theirs[f"{side}_{sigmas}s_population_1_year"].to_numpy()
        ours = control_limits(counts.sum() / people.sum(), at_risk, per=1e5)[f"{side}_{name}"]
        assert len(ours) == 100
        assert ours.tolist() == pytest.approx(theirs[f"{side}_{sigmas}s_limit"].tolist(), rel=1e-5)

    def test_a_missing_area_stays_without_entering_the_pool(self) -> None:
        """Rows are kept; index too."""
        counts = pd.Series([50.0, None, 90.0], index=["a", "b", "c"])
        funnel = ukcso.funnel_limits(counts, pd.Series(20e3, index=counts.index), per=1_000)
        assert funnel.index.tolist() == ["a", "b", "c"]
        assert funnel["pooled_rate"].iloc[0] == 3.5
        assert np.isnan(funnel["rate"]).tolist() == [False, True, False]
        assert funnel["upper_95"].notna().all()

    def test_wrong_input(self) -> None:
        """Single numbers and impossible values are refused."""
        with pytest.raises(InvalidInputError, match="one dimension"):
            ukcso.funnel_limits(5, 10, per=1)
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


@pytest.fixture(scope="module")
def forces() -> pd.DataFrame:
    """Return class 86 (obscene publications) of 2022/23, and residents under 18, of 42 forces."""
    crime, people = ukcso.load_recorded_crime(version=1), ukcso.load_population(version=2)
    year = crime[(crime["offence_code"] == "86") & (crime["period_start"] >= "2022-04-01")]
    counts = year[year["period_end"] <= "2023-03-31"].groupby("area_id")["offences"].sum()
    people = people[(people["mid_year"] == 2022) & (people["age_band"] == "0-17")]
    children = people[people["preferred"] == 1].set_index("area_id")["population"]
    both = pd.DataFrame({"count": counts, "population": children}).dropna().astype(float)
    return both.drop("city-of-london")


def outside(funnel: pd.DataFrame, level: str) -> list[str]:
    """Return the areas whose rate is outside limits."""
    rate, lower, upper = (funnel[c] for c in ("rate", f"lower_{level}", f"upper_{level}"))
    return funnel.index[(rate < lower) | (rate > upper)].tolist()


class TestModels:
    """`funnel_limits` by what it allows for beside chance."""

    @pytest.mark.parametrize(
        ("winsorise", "tau_squared", "limits"),
        [
            (
                0.1,
                0.0335080843737884,
                [0.697923515422423, 1.4328217604113, 0.567198734991113, 1.76305047650656],
            ),
            (
                0.0,
                0.0826510803255727,
                [0.568913726111239, 1.75773575869827, 0.410948199335419, 2.4333967191417],
            ),
        ],
    )
    def test_additive_is_that_of_funnelplotr(
        self, forces: pd.DataFrame, winsorise: float, tau_squared: float, limits: list[float]
    ) -> None:
        """
        Tau squared, and the limits of the Metropolitan Police over the pooled rate.

        R 4.2.2; R/od_adjustment.R and R/calculate_limits.R of FunnelPlotR 0.6.0 sourced:
        E <- x$population * sum(x$count) / sum(x$population)
        m <- transformed_zscore(data.frame(numerator = x$count, denominator = E), "SR", "SHMI")
        m <- winsorisation(m, 0.1)   (0: m$Wuzscore <- m$Uzscore)
        tau2 <- tau_func(nrow(m), phi_func(nrow(m), m$Wuzscore), m$s)
        calculate_limits(data.frame(number_seq = E), "SR", "SHMI", 1, tau2, 1, TRUE)
        Its normal quantiles have seven digits.
        """
        funnel = ukcso.funnel_limits(
            forces["count"], forces["population"], per=1e5, model="additive", winsorise=winsorise
        )
        about = funnel.attrs["ukcso"]
        assert about["tau_squared"] == pytest.approx(tau_squared, rel=1e-12)
        assert (about["model"], about["winsorise"], about["areas"]) == ("additive", winsorise, 42)
        row = funnel.loc["metropolitan"] / funnel.loc["metropolitan", "pooled_rate"]
        names = ["lower_95", "upper_95", "lower_99_8", "upper_99_8"]
        assert row[names].tolist() == pytest.approx(limits, rel=1e-6)

    def test_who_is_outside(self, forces: pd.DataFrame) -> None:
        """
        Seven of 42 are outside 95 per cent and none outside 99.8, by that run of FunnelPlotR.

        Not winsorised, the Metropolitan Police makes room for all, itself among them; by the
        multiplicative model it is outside either way.
        """
        both = forces["count"], forces["population"]
        options = {"per": 1e5, "model": "additive"}
        funnel = ukcso.funnel_limits(*both, **options, winsorise=0.1)
        assert outside(funnel, "95") == [
            "cleveland", "durham", "hertfordshire", "lincolnshire", "metropolitan", "suffolk",
            "surrey",
        ]  # fmt: skip
        assert outside(funnel, "99_8") == []
        assert outside(ukcso.funnel_limits(*both, **options), "95") == []
        for share in (0.0, 0.1):
            funnel = ukcso.funnel_limits(*both, per=1e5, model="multiplicative", winsorise=share)
            assert "metropolitan" in outside(funnel, "99_8")

    @pytest.mark.parametrize("winsorise", [0.0, 0.1])
    def test_multiplicative_is_the_factor_given(
        self, forces: pd.DataFrame, winsorise: float
    ) -> None:
        """It is the funnel of before, widened by the factor of its own counts."""
        both = forces["count"], forces["population"]
        expected = both[1] * both[0].sum() / both[1].sum()
        factor = ukcso.overdispersion(both[0], expected, winsorise=winsorise)
        funnel = ukcso.funnel_limits(*both, per=1e5, model="multiplicative", winsorise=winsorise)
        assert funnel.attrs["ukcso"]["overdispersion"] == pytest.approx(factor, rel=1e-12)
        given_it = ukcso.funnel_limits(*both, per=1e5, dispersion=factor)
        pd.testing.assert_frame_equal(funnel, given_it, rtol=1e-10)

    @pytest.mark.parametrize("model", ["additive", "multiplicative"])
    def test_areas_as_alike_as_chance_has_them(self, model: Any) -> None:
        """Nothing is between them, so tau squared is 0, and limits are not below Poisson's."""
        counts, people = np.array([100.0, 101.0, 99.0]), np.full(3, 1e4)
        funnel = ukcso.funnel_limits(counts, people, per=1e4, model=model)
        plain = ukcso.funnel_limits(counts, people, per=1e4)
        assert funnel.attrs["ukcso"]["tau_squared"] == 0
        if model == "multiplicative":
            pd.testing.assert_frame_equal(funnel, plain)
        else:  # R: 100 * exp(qnorm(0.975) / sqrt(100))
            assert funnel["upper_95"].tolist() == pytest.approx([121.6522523964603] * 3)

    def test_says_what_it_was_made_with(self) -> None:
        """Without a model the frame says so, and the factor that was given."""
        both = np.array([5.0, 9.0]), np.full(2, 100.0)
        assert ukcso.funnel_limits(*both, per=1).attrs["ukcso"] == {
            "model": "none",
            "dispersion": 1.0,
        }
        about = ukcso.funnel_limits(*both, per=1, dispersion=4).attrs["ukcso"]
        assert about == {"model": "none", "dispersion": 4.0}

    @pytest.mark.parametrize("model", ["additive", "multiplicative"])
    def test_where_too_little_is_known(self, model: Any) -> None:
        """One area has no limits, for nothing says how areas differ; of none all is missing."""
        known = np.array([5.0, np.nan]), np.full(2, 100.0)
        funnel = ukcso.funnel_limits(*known, per=1, model=model)
        assert funnel.filter(regex="lower|upper").isna().all(axis=None)
        assert funnel["pooled_rate"].tolist() == [0.05, 0.05]
        nothing = ukcso.funnel_limits(np.full(3, np.nan), np.full(3, 9.0), per=1, model=model)
        assert nothing.isna().all(axis=None)
        assert nothing.attrs["ukcso"]["areas"] == 0

    @pytest.mark.parametrize("model", ["additive", "multiplicative"])
    def test_nothing_recorded(self, model: Any) -> None:
        """Counts of 0 pool to a rate of 0, with limits of 0, by every model."""
        funnel = ukcso.funnel_limits(np.zeros(3), np.full(3, 9.0), per=1, model=model)
        assert (funnel == 0).all(axis=None)

    def test_an_area_without_a_count(self) -> None:
        """It is not fitted, but has limits from its population."""
        counts, people = np.array([50.0, 90.0, 70.0, np.nan]), np.array([20e3, 21e3, 22e3, 20e3])
        funnel = ukcso.funnel_limits(counts, people, per=1e3, model="additive")
        fewer = ukcso.funnel_limits(counts[:3], people[:3], per=1e3, model="additive")
        assert funnel.attrs["ukcso"] == fewer.attrs["ukcso"]
        assert funnel["upper_95"].iloc[3] == pytest.approx(funnel["upper_95"].iloc[0], rel=1e-12)

    def test_polars_has_the_same_limits(self) -> None:
        """A frame of another library has no attrs; `between_areas` has the numbers."""
        polars = pytest.importorskip("polars", reason="polars is not installed")
        counts, people = [50.0, 90.0, 70.0], [20e3, 21e3, 22e3]
        options: dict[str, Any] = {"per": 1e3, "model": "additive", "winsorise": 0.1}
        theirs = ukcso.funnel_limits(polars.Series(counts), polars.Series(people), **options)
        ours = ukcso.funnel_limits(np.array(counts), np.array(people), **options)
        assert theirs.columns == list(ours)
        assert theirs["upper_95"].to_list() == ours["upper_95"].tolist()

    @given(
        count=st.lists(st.integers(0, 5_000), min_size=3, max_size=20).filter(any),
        winsorise=st.sampled_from([0.0, 0.1, 0.25]),
    )
    def test_additive_limits_surround_the_pooled_rate(
        self, count: list[int], winsorise: float
    ) -> None:
        """They do so evenly on the scale of logarithms, wider for fewer people."""
        counts, people = np.array(count, float), np.linspace(1e3, 1e5, len(count))
        funnel = ukcso.funnel_limits(
            counts, people, per=1_000, model="additive", winsorise=winsorise
        )
        pooled = funnel["pooled_rate"]
        for name in ("95", "99_8"):
            lower, upper = funnel[f"lower_{name}"], funnel[f"upper_{name}"]
            assert ((lower <= pooled) & (pooled <= upper)).all()
            assert (lower * upper).tolist() == pytest.approx((pooled**2).tolist(), rel=1e-9)
            assert (np.diff(upper) <= 1e-9 * upper[1:]).all()

    @given(
        count=st.lists(st.integers(0, 500), min_size=3, max_size=12).filter(any),
        times=st.sampled_from([2.0, 10.0]),
        model=st.sampled_from(["none", "additive", "multiplicative"]),
    )
    def test_the_unit_of_people_changes_nothing(
        self, count: list[int], times: float, model: Any
    ) -> None:
        """So many times the people, and the rate per so many times as many, are the same."""
        counts, people = np.array(count, float), np.linspace(1e3, 1e5, len(count))
        one = ukcso.funnel_limits(counts, people, per=1e3, model=model)
        other = ukcso.funnel_limits(counts, times * people, per=times * 1e3, model=model)
        pd.testing.assert_frame_equal(one, other, rtol=1e-9)

    @pytest.mark.parametrize("model", ["additive", "multiplicative"])
    def test_a_dispersion_has_no_place_beside_a_model(self, model: Any) -> None:
        """It takes its own from the counts; 1 is none, and goes."""
        both = np.array([5.0, 9.0]), np.full(2, 100.0)
        words = (
            rf"^dispersion must be 1 beside model '{model}', which takes it from the counts; got"
        )
        with pytest.raises(InvalidInputError, match=words):
            ukcso.funnel_limits(*both, per=1, dispersion=2.0, model=model)
        assert len(ukcso.funnel_limits(*both, per=1, dispersion=1, model=model)) == 2

    def test_winsorising_has_no_place_without_a_model(self) -> None:
        """There is nothing to fit; 0 is none, and goes."""
        both = np.array([5.0, 9.0]), np.full(2, 100.0)
        with pytest.raises(InvalidInputError, match=r"^winsorise must be 0 beside model 'none'"):
            ukcso.funnel_limits(*both, per=1, winsorise=0.1)
        assert len(ukcso.funnel_limits(*both, per=1, winsorise=0)) == 2

    @pytest.mark.parametrize("model", ["none", "additive", "multiplicative"])
    @pytest.mark.parametrize("winsorise", [-0.1, 0.5, 10, "0.1", None, True, np.ones(2)])
    def test_winsorise_is_a_fraction_below_a_half(self, model: Any, winsorise: Any) -> None:
        """10 is not 0.1."""
        options = {"per": 1, "model": model, "winsorise": winsorise}
        with pytest.raises(InvalidInputError, match=r"^winsorise must be a fraction in \[0, 0.5\)"):
            ukcso.funnel_limits(np.ones(2), np.ones(2), **options)

    @pytest.mark.parametrize("model", ["Additive", "shmi", None, 1])
    def test_an_unknown_model(self, model: Any) -> None:
        """The message lists the models."""
        words = "^model must be one of none, additive, multiplicative; got"
        with pytest.raises(InvalidInputError, match=words):
            ukcso.funnel_limits(np.ones(2), np.ones(2), per=1, model=model)


class TestControlLimits:
    """`control_limits`, from which a picture draws its curves."""

    @pytest.mark.parametrize("model", ["none", "additive", "multiplicative"])
    def test_are_those_of_the_funnel(self, model: Any) -> None:
        """At the populations of the areas, given what the frame says of itself."""
        counts, people = np.array([50.0, 90.0, 70.0]), np.array([20e3, 21e3, 22e3])
        funnel = ukcso.funnel_limits(counts, people, per=1e3, model=model)
        about = funnel.attrs["ukcso"]
        with_it = {
            "none": {},
            "additive": {"tau_squared": about.get("tau_squared")},
            "multiplicative": {"dispersion": about.get("overdispersion")},
        }[model]
        curves = control_limits(counts.sum() / people.sum(), people, per=1e3, **with_it)
        assert list(curves) == list(funnel)[2:]
        for name, curve in curves.items():
            assert curve.tolist() == funnel[name].tolist()

    def test_hardly_anyone(self) -> None:
        """Where next to nothing is expected, limits are 0 and infinite, without a warning."""
        limits = control_limits(0.003, np.array([1e-9, np.nan]), per=1e3, tau_squared=0.04)
        assert (limits["lower_95"][0], limits["upper_95"][0]) == (0, np.inf)
        assert np.isnan(limits["upper_95"][1])
