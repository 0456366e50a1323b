"""Laws, types and refusals of every interval; the numbers are in test_intervals_reference."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import binom, poisson

import ukcso
from ukcso import Estimate
from ukcso.errors import InvalidInputError

COUNTS = st.one_of(st.integers(0, 30), st.integers(0, 10**6)).map(float)
LEVELS = st.floats(0.5, 0.999)
METHODS = st.sampled_from(["auto", "exact", "byar"])


class Case(NamedTuple):
    """An interval function on fixed arguments, by name of the first."""

    call: object
    first: str

    def __call__(self, value: object, **options: object) -> Estimate:
        return self.call(value, **options)


INTERVALS = {
    "count_interval": Case(ukcso.count_interval, "count"),
    "rate_interval": Case(lambda x, **o: ukcso.rate_interval(x, 1000.0, per=100, **o), "count"),
    "share_interval": Case(lambda x, **o: ukcso.share_interval(x, 50.0, **o), "part"),
    "growth_interval": Case(lambda x, **o: ukcso.growth_interval(x, 7.0, **o), "old"),
    "rate_ratio_interval": Case(
        lambda x, **o: ukcso.rate_ratio_interval(x, 10.0, 7.0, 20.0, **o), "count_1"
    ),
    "standardised_ratio": Case(lambda x, **o: ukcso.standardised_ratio(x, 9.0, **o), "count"),
    "share_interval, dispersed": Case(
        lambda x, **o: ukcso.share_interval(x, 50.0, dispersion=7.2, **o), "part"
    ),
    "share_interval, exact and dispersed": Case(
        lambda x, **o: ukcso.share_interval(x, 50.0, method="exact", dispersion=7.2, **o), "part"
    ),
    "growth_interval, dispersed": Case(
        lambda x, **o: ukcso.growth_interval(x, 7.0, dispersion=7.2, **o), "old"
    ),
    "rate_ratio_interval, dispersed": Case(
        lambda x, **o: ukcso.rate_ratio_interval(x, 10.0, 7.0, 20.0, dispersion=7.2, **o), "count_1"
    ),
    "standardised_ratio, dispersed": Case(
        lambda x, **o: ukcso.standardised_ratio(x, 9.0, dispersion=7.2, **o), "count"
    ),
}
every_interval = pytest.mark.parametrize("interval", INTERVALS.values(), ids=INTERVALS)


@every_interval
class TestWhatComesBack:
    """One type, shape and index for value and limits."""

    def test_scalars(self, interval: Case) -> None:
        """A number in gives three plain floats."""
        result = interval(5)
        assert [type(x) for x in (result.value, result.lower, result.upper)] == [float] * 3
        assert result.lower <= result.value <= result.upper
        assert result.level == 0.95

    def test_arrays_agree_with_scalars(self, interval: Case) -> None:
        """Rows of an array, longer than one block, come out as they do alone."""
        counts = np.tile(np.array([0.0, 1, 9, 9.5, 10, 11, 49, np.nan]), 2_500)
        result = interval(counts)
        for place, count in enumerate(counts[:8]):
            alone = interval(float(count))
            for name in ("value", "lower", "upper"):
                found, wanted = getattr(result, name), getattr(alone, name)
                assert found[place] == pytest.approx(wanted, rel=1e-13, nan_ok=True)
                assert found[place::8] == pytest.approx(found[place], nan_ok=True, rel=0, abs=0)

    def test_series(self, interval: Case) -> None:
        """A Series in gives three Series with its index; missing stays missing."""
        counts = pd.Series([1, None, 3], index=["a", "b", "c"], dtype="Int64", name="n")
        result = interval(counts)
        for series in (result.value, result.lower, result.upper):
            assert series.index.equals(counts.index)
            assert series.isna().tolist() == [False, True, False]
            assert series.dtype == "Float64"

    def test_shapes_and_integers(self, interval: Case) -> None:
        """Two dimensions and integer arrays go through."""
        result = interval(np.array([[1, 2], [3, 4]]))
        assert result.upper.shape == (2, 2)
        assert result.upper[1, 1] == pytest.approx(interval(4).upper, rel=1e-13)

    def test_a_higher_level_contains_a_lower_one(self, interval: Case) -> None:
        """More confidence needs more room."""
        counts = np.array([0.0, 1, 5, 10, 30])
        narrow, wide = interval(counts, level=0.8), interval(counts, level=0.99)
        assert (wide.lower <= narrow.lower).all()
        assert (wide.upper >= narrow.upper).all()

    @pytest.mark.parametrize("level", [0, 1, 95, -0.1, math.nan, "0.95", None, True])
    def test_a_level_is_a_fraction(self, interval: Case, level: object) -> None:
        """95 is not 0.95."""
        with pytest.raises(InvalidInputError, match=r"^level must be a fraction in \(0, 1\)"):
            interval(5, level=level)

    def test_impossible_counts_are_refused(self, interval: Case) -> None:
        """The message names argument, rule, value and place, deep inside too."""
        counts = np.ones(20_000)
        counts[17_000] = -1
        with pytest.raises(
            InvalidInputError, match=rf"^{interval.first} must be .* position 17000 "
        ):
            interval(counts)
        with pytest.raises(InvalidInputError, match=rf"^{interval.first} must be .* got -1\.0"):
            interval(-1)


class TestCountInterval:
    """`count_interval`: Poisson."""

    @given(count=COUNTS, level=LEVELS, method=METHODS, dispersion=st.floats(1, 20))
    def test_contains_the_estimate(
        self, count: float, level: float, method: str, dispersion: float
    ) -> None:
        """The count lies inside, and no limit is below 0."""
        result = ukcso.count_interval(count, level=level, method=method, dispersion=dispersion)
        assert 0 <= result.lower <= count <= result.upper < math.inf

    @given(count=st.integers(1, 10**5), level=LEVELS, method=METHODS)
    def test_narrows_as_the_count_grows(self, count: int, level: float, method: str) -> None:
        """Four times the count has a narrower interval, relative to it."""
        widths = []
        for n in (10 * count, 40 * count):
            result = ukcso.count_interval(float(n), level=level, method=method)
            widths.append((result.upper - result.lower) / n)
        assert widths[1] < widths[0]

    @given(count=COUNTS, dispersion=st.floats(1.01, 20), method=METHODS)
    def test_dispersion_widens(self, count: float, dispersion: float, method: str) -> None:
        """More variation than Poisson's makes every interval wider."""
        plain = ukcso.count_interval(count, method=method)
        wide = ukcso.count_interval(count, method=method, dispersion=dispersion)
        assert wide.lower <= plain.lower
        assert wide.upper > plain.upper

    def test_dispersion_widens_by_its_square_root(self) -> None:
        """For large counts, a dispersion of 4 doubles the width."""
        plain, wide = (ukcso.count_interval(1e6, dispersion=d) for d in (1, 4))
        ratio = (wide.upper - wide.lower) / (plain.upper - plain.lower)
        assert ratio == pytest.approx(2, rel=1e-3)

    @given(mean=st.floats(0.5, 60), level=st.sampled_from([0.8, 0.95, 0.99]))
    def test_exact_covers_at_least_nominally(self, mean: float, level: float) -> None:
        """Summed over all counts that a mean can give, no simulation needed."""
        counts = np.arange(0, int(mean + 12 * math.sqrt(mean) + 40)).astype(float)
        result = ukcso.count_interval(counts, level=level, method="exact")
        covered = (result.lower <= mean) & (mean <= result.upper)
        assert poisson.pmf(counts[covered], mean).sum() >= level - 1e-9

    def test_exact_covers_in_a_simulation(self) -> None:
        """10,000 seeded draws per mean are covered at least nominally, within noise."""
        draw = np.random.default_rng(20261121)
        for mean in (0.7, 3, 12, 80):
            counts = draw.poisson(mean, 10_000).astype(float)
            result = ukcso.count_interval(counts, method="exact")
            covered = ((result.lower <= mean) & (mean <= result.upper)).mean()
            assert covered >= 0.95 - 3 * math.sqrt(0.95 * 0.05 / 10_000)

    @given(count=st.floats(0, 1e6), level=LEVELS)
    def test_auto_is_exact_below_10_and_byar_from_there(self, count: float, level: float) -> None:
        """The public-health convention, for means of years too."""
        auto = ukcso.count_interval(count, level=level)
        method = "exact" if count < 10 else "byar"
        named = ukcso.count_interval(count, level=level, method=method)
        assert (auto.lower, auto.upper) == (named.lower, named.upper)

    @pytest.mark.parametrize("method", ["auto", "exact", "byar"])
    def test_nothing(self, method: str) -> None:
        """Zero has a lower limit of exactly 0 and a finite upper one."""
        for count in (0.0, np.zeros(3)):
            result = ukcso.count_interval(count, method=method)
            assert np.all(result.lower == 0)
            assert np.all((result.upper > 3) & (result.upper < 4))

    def test_byar_is_not_epitools_form(self) -> None:
        """Breslow and Day take O and O + 1; the half-count form gives other limits."""
        z, half = 1.959963984540054, 50.5
        epitools = half * (1 - 1 / (9 * half) - z / 3 * math.sqrt(1 / half)) ** 3
        assert ukcso.count_interval(50, method="byar").lower != pytest.approx(epitools, rel=1e-4)

    def test_a_large_count_beyond_the_table(self) -> None:
        """Counts too large to tabulate, and fractions, are computed one by one."""
        counts = np.array([5.0, 2_000_000.0, 2.5])
        result = ukcso.count_interval(counts, method="exact")
        for place, count in enumerate(counts):
            alone = ukcso.count_interval(float(count), method="exact")
            assert result.lower[place] == pytest.approx(alone.lower, rel=1e-13)
            assert result.upper[place] == pytest.approx(alone.upper, rel=1e-13)

    @pytest.mark.parametrize(
        ("options", "message"),
        [
            ({"method": "normal"}, "method must be one of auto, exact, byar; got 'normal'"),
            ({"method": None}, "method must be one of"),
            ({"dispersion": 0.5}, "dispersion must be >= 1"),
            ({"dispersion": math.nan}, "dispersion must be >= 1"),
            ({"dispersion": "2"}, "dispersion must be >= 1"),
        ],
    )
    def test_wrong_options(self, options: dict[str, object], message: str) -> None:
        """Unknown methods and impossible factors are refused."""
        with pytest.raises(InvalidInputError, match=message):
            ukcso.count_interval(5, **options)


class TestRateInterval:
    """`rate_interval`: the count's interval, per so many people."""

    @given(count=COUNTS, population=st.floats(1, 1e8), per=st.sampled_from([1, 1_000, 100_000]))
    def test_scales_the_counts_interval(self, count: float, population: float, per: int) -> None:
        """Value and limits are those of the count times per over population."""
        result = ukcso.rate_interval(count, population, per=per)
        counted = ukcso.count_interval(count)
        assert result.value == ukcso.rate(count, population, per=per)
        assert result.lower == pytest.approx(per * counted.lower / population, rel=1e-12)
        assert result.upper == pytest.approx(per * counted.upper / population, rel=1e-12)

    def test_a_missing_population(self) -> None:
        """No population, no rate and no limits."""
        result = ukcso.rate_interval(np.array([5.0, 5.0]), np.array([np.nan, 10.0]), per=1)
        for values in (result.value, result.lower, result.upper):
            assert np.isnan(values).tolist() == [True, False]

    def test_per_is_needed(self) -> None:
        """There is no default size, and none at or below 0."""
        with pytest.raises(TypeError, match="per"):
            ukcso.rate_interval(5, 100)
        with pytest.raises(InvalidInputError, match="per must be > 0"):
            ukcso.rate_interval(5, 100, per=0)


class TestShareInterval:
    """`share_interval`: binomial."""

    @given(
        part=st.integers(0, 5_000),
        rest=st.integers(0, 5_000),
        level=LEVELS,
        method=st.sampled_from(["wilson", "exact"]),
    )
    def test_contains_the_share_and_stays_inside(
        self, part: int, rest: int, level: float, method: str
    ) -> None:
        """0 <= lower <= share <= upper <= 1, sharp at the ends."""
        if part + rest == 0:
            return
        result = ukcso.share_interval(part, part + rest, level=level, method=method)
        assert 0 <= result.lower <= result.value <= result.upper <= 1
        assert (result.lower == 0) == (part == 0)
        assert (result.upper == 1) == (rest == 0)

    def test_wilson_is_sharp_in_arrays_too(self) -> None:
        """Nothing of n gives exactly 0 and all of n exactly 1, for every n to 5,000."""
        whole = np.arange(1.0, 5_000)
        assert (ukcso.share_interval(np.zeros_like(whole), whole).lower == 0).all()
        assert (ukcso.share_interval(whole, whole).upper == 1).all()

    @given(share=st.floats(0.01, 0.99), whole=st.integers(1, 80))
    def test_exact_covers_at_least_nominally(self, share: float, whole: int) -> None:
        """Clopper and Pearson's interval, summed over all outcomes."""
        parts = np.arange(0.0, whole + 1)
        result = ukcso.share_interval(parts, float(whole), method="exact")
        covered = (result.lower <= share) & (share <= result.upper)
        assert binom.pmf(parts[covered], whole, share).sum() >= 0.95 - 1e-9

    def test_an_empty_whole(self) -> None:
        """Nothing of nothing is undefined."""
        result = ukcso.share_interval(np.array([0.0, 1.0]), np.array([0.0, 2.0]))
        assert np.isnan(result.lower).tolist() == [True, False]

    def test_more_than_the_whole(self) -> None:
        """13 of 10 is refused; statsmodels gives NaN."""
        with pytest.raises(InvalidInputError, match="part must be at most the whole"):
            ukcso.share_interval(13, 10)


class TestRatios:
    """`rate_ratio`, `rate_ratio_interval`, `growth_interval`."""

    POSITIVE = st.floats(0.01, 1e4)

    @given(a=st.integers(0, 5_000), b=st.integers(0, 5_000), m=POSITIVE, n=POSITIVE, level=LEVELS)
    def test_swapping_the_groups_inverts(
        self, a: int, b: int, m: float, n: float, level: float
    ) -> None:
        """The interval of B over A is the inverse of that of A over B."""
        one = ukcso.rate_ratio_interval(a, m, b, n, level=level)
        other = ukcso.rate_ratio_interval(b, n, a, m, level=level)
        for x, y in ((one.lower, other.upper), (one.upper, other.lower)):
            assert x == pytest.approx(1 / y if y else math.inf, rel=1e-9)

    @given(a=st.integers(1, 5_000), b=st.integers(1, 5_000), level=LEVELS)
    def test_contains_the_ratio(self, a: int, b: int, level: float) -> None:
        """The ratio lies between its limits."""
        result = ukcso.rate_ratio_interval(a, 1, b, 1, level=level)
        assert result.lower < result.value < result.upper
        assert result.value == ukcso.rate_ratio(a, 1, b, 1)

    @given(old=st.integers(1, 10**5), new=st.integers(0, 10**5))
    def test_growth_is_the_ratio_less_1(self, old: int, new: int) -> None:
        """Value as `growth`, limits as `rate_ratio_interval`."""
        result = ukcso.growth_interval(old, new)
        ratio = ukcso.rate_ratio_interval(new, 1, old, 1)
        assert result.value == ukcso.growth(old, new)
        assert result.lower == pytest.approx(ratio.lower - 1, abs=1e-12)
        assert result.upper == pytest.approx(ratio.upper - 1, rel=1e-12)

    def test_nothing_in_one_year(self) -> None:
        """A zero gives 0 or infinity at the right end, never an exception."""
        assert ukcso.rate_ratio_interval(0, 1, 5, 1).lower == 0
        assert ukcso.rate_ratio_interval(5, 1, 0, 1).upper == math.inf
        assert math.isnan(ukcso.rate_ratio_interval(5, 1, 0, 1).value)
        both = ukcso.rate_ratio_interval(np.zeros(2), 1, np.zeros(2), 1)
        assert (both.lower.tolist(), both.upper.tolist()) == ([0, 0], [math.inf, math.inf])
        assert ukcso.growth_interval(5, 0).lower == -1
        assert ukcso.growth_interval(0, 5).upper == math.inf

    def test_exposure_tells_a_leap_year(self) -> None:
        """366 days of the same daily pace is no growth."""
        result = ukcso.growth_interval(365, 366, old_exposure=365, new_exposure=366)
        assert result.value == pytest.approx(0, abs=1e-15)
        assert result.lower < 0 < result.upper

    def test_ratio_of_nothing_is_undefined(self) -> None:
        """A ratio over 0 is NaN."""
        assert math.isnan(ukcso.rate_ratio(5, 1, 0, 1))

    def test_messages_name_the_arguments(self) -> None:
        """Each argument is refused by its own name."""
        with pytest.raises(InvalidInputError, match="exposure_2 must be > 0"):
            ukcso.rate_ratio(1, 1, 1, 0)
        with pytest.raises(InvalidInputError, match="new_exposure must be > 0"):
            ukcso.growth_interval(1, 1, new_exposure=-1)


#: Intervals of two counts, those that a dispersion was added to, by what they are of.
OF_TWO = {
    "growth": ukcso.growth_interval,
    "ratio": lambda a, b, **o: ukcso.rate_ratio_interval(b, 1.0, a, 1.0, **o),
    "wilson": lambda a, b, **o: ukcso.share_interval(a, a + b, **o),
    "exact": lambda a, b, **o: ukcso.share_interval(a, a + b, method="exact", **o),
}
of_two = pytest.mark.parametrize("interval", OF_TWO.values(), ids=OF_TWO)


@of_two
class TestDispersion:
    """Counts as clusters, wherever there is an interval."""

    @given(a=st.integers(0, 10**5), b=st.integers(0, 10**5), level=LEVELS)
    def test_of_1_is_as_none(
        self, interval: Callable[..., Estimate], a: int, b: int, level: float
    ) -> None:
        """Chance alone, to the last bit; an integer is as good."""
        assume(a + b)
        plain = interval(float(a), float(b), level=level)
        for dispersion in (1.0, 1, np.float64(1)):
            same = interval(float(a), float(b), level=level, dispersion=dispersion)
            assert repr(same) == repr(plain)
            assert (same.lower, same.upper) == (plain.lower, plain.upper)

    @given(
        a=st.integers(0, 10**5),
        b=st.integers(0, 10**5),
        level=LEVELS,
        dispersion=st.floats(1.01, 100),
        more=st.floats(1, 10),
    )
    def test_widens(
        self,
        interval: Callable[..., Estimate],
        a: int,
        b: int,
        level: float,
        dispersion: float,
        more: float,
    ) -> None:
        """The more dispersion the wider, both ways, and the value stays."""
        assume(a + b)
        widths = [
            interval(float(a), float(b), level=level, dispersion=d)
            for d in (1.0, dispersion, dispersion * more)
        ]
        for narrow, wide in pairwise(widths):
            assert wide.lower <= narrow.lower or wide.lower == pytest.approx(narrow.lower)
            assert wide.upper >= narrow.upper or wide.upper == pytest.approx(narrow.upper)
            assert wide.value == narrow.value or math.isnan(wide.value)

    @given(
        a=st.integers(0, 10**4), b=st.integers(0, 10**4), level=LEVELS, dispersion=st.floats(1, 100)
    )
    def test_clusters_are_counted(
        self, interval: Callable[..., Estimate], a: int, b: int, level: float, dispersion: float
    ) -> None:
        """So many times the events with so large a dispersion have the same interval."""
        assume(a + b)
        events = interval(a * dispersion, b * dispersion, level=level, dispersion=dispersion)
        clusters = interval(float(a), float(b), level=level)
        assert events.lower == pytest.approx(clusters.lower, rel=1e-7, abs=1e-9)
        assert events.upper == pytest.approx(clusters.upper, rel=1e-7, abs=1e-9)

    def test_nothing_counted(self, interval: Callable[..., Estimate]) -> None:
        """Zeros on either side have the limits that they have without, in arrays too."""
        for a, b in ((0.0, 5.0), (5.0, 0.0)):
            plain, wide = (interval(a, b, dispersion=d) for d in (1.0, 7.2))
            ends = {-1.0, 0.0, 1.0, math.inf}
            for x, y in ((plain.lower, wide.lower), (plain.upper, wide.upper)):
                assert x == y or ends.isdisjoint({x, y})
            both = interval(np.full(2, a), np.full(2, b), dispersion=7.2)
            assert both.lower.tolist() == pytest.approx([wide.lower] * 2, rel=1e-13)
            assert both.upper.tolist() == pytest.approx([wide.upper] * 2, rel=1e-13)

    @pytest.mark.parametrize("dispersion", [100.0, 1e4, 1e8])
    def test_a_small_part_of_one_cluster(
        self, interval: Callable[..., Estimate], dispersion: float
    ) -> None:
        """Nothing is told of one, without an exception, a warning, or a NaN."""
        result = interval(1.0, 1.0, dispersion=dispersion)
        wide = interval(np.ones(2), np.ones(2), dispersion=dispersion)
        for found in (result.lower, result.upper, *wide.lower, *wide.upper):
            assert not math.isnan(found)
        assert result.lower <= result.value <= result.upper

    @pytest.mark.parametrize("bad", [0.5, 0, -1, math.nan, math.inf, "2", None, True, np.ones(2)])
    def test_is_one_number_from_1_up(self, interval: Callable[..., Estimate], bad: object) -> None:
        """Anything else is refused by name, as `rate_interval` refuses it."""
        with pytest.raises(InvalidInputError, match=r"^dispersion must be >= 1 and finite"):
            interval(3.0, 5.0, dispersion=bad)
