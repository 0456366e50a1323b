"""Mirrors src/ukcso/stats/_growth.py, one class per public function."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ukcso.errors import InvalidInputError
from ukcso.periods import Period
from ukcso.stats._growth import annual_growth, growth, index_numbers

COUNTS = st.integers(1, 1_000_000)


class TestGrowth:
    """`growth` is the change as a fraction of the old value."""

    @pytest.mark.parametrize(
        ("old", "new", "expected"),
        [
            (118, 200, 82 / 118),  # Bedfordshire image offences, 2016/17 to 2017/18, as printed
            (303, 369, 66 / 303),  # 21.8 per cent, where 322 per cent was printed
            (67, 419, 352 / 67),  # 525 per cent
            (209, 163, -46 / 209),  # -22 per cent
            (200, 100, -0.5),
            (100, 0, -1.0),
            (5, 5, 0.0),
            (0.5, 0.75, 0.5),
        ],
    )
    def test_hand_computed(self, old: float, new: float, expected: float) -> None:
        """Agrees with arithmetic done by hand, in any kind of container."""
        assert growth(old, new) == pytest.approx(expected, rel=1e-15)
        assert growth(np.array([old]), np.array([new])) == pytest.approx([expected], rel=1e-15)

    @pytest.mark.parametrize("new", [0, 5, 1e9, math.nan])
    def test_growth_from_nothing_is_undefined(self, new: float) -> None:
        """From 0 no growth can be computed, so it is NaN and not infinite."""
        assert math.isnan(growth(0, new))
        assert np.isnan(growth(np.array([0.0, 0.0]), np.array([new, new]))).all()
        assert np.isnan(growth(0.0, np.array([new, new]))).all()
        nullable = growth(pd.Series([0, 1], dtype="Int64"), pd.Series([5, 5]))
        assert nullable.isna().tolist() == [True, False]

    def test_undefined_deep_inside(self) -> None:
        """A zero far down a long array is as undefined as one in front."""
        old = np.full(40_000, 2.0)
        old[[0, 20_000, 39_999]] = 0
        assert np.flatnonzero(np.isnan(growth(old, np.full(40_000, 3.0)))).tolist() == [
            0,
            20_000,
            39_999,
        ]

    def test_a_missing_release_is_not_zero(self) -> None:
        """A year that was not published has no growth into or out of it."""
        counts = pd.Series([118.0, math.nan, 200.0], index=["2016/17", "2017/18", "2018/19"])
        assert growth(counts.shift(), counts).isna().all()

    def test_agrees_with_pandas(self) -> None:
        """It is `pct_change` of consecutive values."""
        counts = pd.Series([118.0, 200.0, 163.0])
        pd.testing.assert_series_equal(growth(counts.shift(), counts), counts.pct_change())

    @given(COUNTS, st.integers(0, 1_000_000))
    def test_applied_to_the_old_it_gives_the_new(self, old: int, new: int) -> None:
        """Growing the old value by its growth leads to the new one."""
        assert old * (1 + growth(old, new)) == pytest.approx(new, rel=1e-9, abs=1e-9)

    @given(COUNTS, COUNTS, st.integers(1, 1_000))
    def test_has_no_unit(self, old: int, new: int, scale: int) -> None:
        """Counting in another unit changes nothing."""
        assert growth(scale * old, scale * new) == pytest.approx(growth(old, new), rel=1e-12)


class TestAnnualGrowth:
    """`annual_growth` is the constant yearly change."""

    @pytest.mark.parametrize(
        ("first", "last", "years", "expected"),
        [
            (100, 121, 2, 0.1),  # 1.1 * 1.1 = 1.21
            (100, 200, 1, 1.0),
            (1, 16, 4, 1.0),  # doubled four times
            (64, 27, 3, -0.25),  # 27 / 64 = 0.75 cubed
            (100, 110, 0.5, 0.21),  # half a year at 10 per cent is 1.21 in a year
            (5, 0, 2, -1.0),
        ],
    )
    def test_hand_computed(self, first: float, last: float, years: float, expected: float) -> None:
        """Agrees with arithmetic done by hand."""
        assert annual_growth(first, last, years) == pytest.approx(expected, rel=1e-12)

    def test_from_nothing_is_undefined(self) -> None:
        """From 0 no growth can be computed."""
        assert math.isnan(annual_growth(0, 5, 2))
        assert math.isnan(annual_growth(0, 0, 2))
        found = annual_growth(np.array([0.0, 1.0]), np.array([5.0, 5.0]), 2)
        assert np.isnan(found).tolist() == [True, False]

    def test_years_may_differ(self) -> None:
        """Each row may have its own number of years; a missing one gives missing."""
        years = pd.Series([1.0, 2.0, math.nan])
        found = annual_growth(pd.Series([100.0] * 3), pd.Series([121.0] * 3), years)
        assert found.tolist() == pytest.approx([0.21, 0.1, math.nan], nan_ok=True)

    @pytest.mark.parametrize("years", [0, -1, math.inf])
    def test_years_are_above_zero(self, years: float) -> None:
        """No time, or time that runs backwards, has no yearly growth."""
        with pytest.raises(InvalidInputError, match=r"^years must be > 0 and finite; got"):
            annual_growth(100, 121, years)
        with pytest.raises(
            InvalidInputError, match=r"^years must be > 0 .* position 1 \(1 bad of 2\)"
        ):
            annual_growth(np.ones(2), np.ones(2), np.array([1, years]))

    def test_beyond_every_float(self) -> None:
        """A growth too large for a float is the same for a number as in an array."""
        in_an_array = annual_growth(np.array([1.0]), np.array([1e10]), 0.001)[0]
        assert annual_growth(1, 1e10, 0.001) == in_an_array == math.inf

    @given(COUNTS, COUNTS, st.integers(1, 40))
    def test_compounded_it_gives_the_last(self, first: int, last: int, years: int) -> None:
        """So many years of it lead from the first value to the last."""
        compounded = first * (1 + annual_growth(first, last, years)) ** years
        assert compounded == pytest.approx(last, rel=1e-9)

    @given(COUNTS, COUNTS)
    def test_over_one_year_it_is_growth(self, first: int, last: int) -> None:
        """One year's constant growth is the growth."""
        assert annual_growth(first, last, 1) == pytest.approx(growth(first, last), abs=1e-12)


class TestIndexNumbers:
    """`index_numbers` are 100 at the base."""

    def test_hand_computed(self) -> None:
        """50, 60, 45 on base 50 are 100, 120, 90."""
        assert index_numbers(np.array([50.0, 60.0, 45.0]), 0).tolist() == [100.0, 120.0, 90.0]
        assert index_numbers(np.array([50, 60, 45]), -1)[0] == pytest.approx(100 * 50 / 45)

    @pytest.mark.parametrize(
        ("index", "base", "at"),
        [
            (["2016/17", "2017/18"], "2017/18", 1),
            (["2016/17", "2017/18"], 1, 1),  # no integers in the index: a position
            (["2016/17", "2017/18"], -2, 0),
            ([2017, 2018], 2018, 1),  # integers in the index: a label
            ([1, 0], 0, 1),
            (
                [Period.financial_year(2016), Period.financial_year(2017)],
                Period.parse("2017/18"),
                1,
            ),
            (pd.to_datetime(["2017-04-01", "2018-04-01"]), pd.Timestamp("2018-04-01"), 1),
            (pd.to_datetime(["2015-04-01", "2016-04-01"]), "2016-04-01", 1),
            (pd.to_datetime(["2015-04-01", "2016-04-01"]), date(2016, 4, 1), 1),
            (pd.to_datetime(["2015-04-01", "2016-04-01"]), np.datetime64("2016-04-01"), 1),
            (pd.DatetimeIndex(["2015-04-01", "2016-04-01"], tz="Europe/London"), "2016-04-01", 1),
            (pd.PeriodIndex(["2015", "2016"], freq="Y"), "2016", 1),
            (pd.to_datetime(["2015-04-01", "2016-04-01"]), 0, 0),  # a position
            (pd.MultiIndex.from_tuples([("a", 1), ("a", 2)]), ("a", 2), 1),
        ],
    )
    def test_base_by_label_or_position(self, index: Any, base: Any, at: int) -> None:
        """A label of the index is one; an integer otherwise is a position."""
        counts = pd.Series([50.0, 60.0], index=index, name="n")
        found = index_numbers(counts, base)
        pd.testing.assert_series_equal(found, 100 * counts / counts.iloc[at])

    @pytest.mark.parametrize("base", [np.int64(1), np.intp(1)])
    def test_base_as_numpy_counts_it(self, base: Any) -> None:
        """A position found by numpy, as `argmax` gives it, is a position."""
        assert index_numbers(np.array([50.0, 100.0]), base).tolist() == [50.0, 100.0]
        assert index_numbers(pd.Series([50.0, 100.0]), base).tolist() == [50.0, 100.0]

    @pytest.mark.parametrize("dtype", ["int64", "float32", "Int64", "Float64"])
    def test_returns_what_it_was_given(self, dtype: Any) -> None:
        """Array in, array out; nullable Series in, nullable Series out, missing as missing."""
        nullable = dtype in ("Int64", "Float64")
        counts = pd.Series([50, 60], index=["a", "b"], name="n").astype(dtype)
        found = index_numbers(counts, "a")
        kept = pd.Series([100.0, 120.0], index=["a", "b"], name="n")
        pd.testing.assert_series_equal(found, kept.astype("Float64") if nullable else kept)
        if nullable:
            assert index_numbers(pd.Series([50, pd.NA], dtype=dtype), 0).isna().tolist() == [
                False,
                True,
            ]

    @pytest.mark.parametrize("at_base", [0.0, math.nan])
    def test_without_a_base_all_is_undefined(self, at_base: float) -> None:
        """A base of 0, or one never published, leaves nothing to compare with."""
        assert np.isnan(index_numbers(np.array([at_base, 5.0]), 0)).all()
        assert index_numbers(pd.Series([at_base, 5.0], dtype="Float64"), 0).isna().all()

    @pytest.mark.parametrize(
        ("values", "base"),
        [
            (np.array([1.0, 2.0]), 2),
            (np.array([1.0, 2.0]), -3),
            (np.array([1.0, 2.0]), "2017/18"),
            (np.array([1.0, 2.0]), True),
            (np.array([1.0, 2.0]), 0.5),
            (np.array([1.0, 2.0]), None),
            (np.array([1.0, 2.0]), [0]),
            (np.array([]), 0),
            (pd.Series([1.0, 2.0], index=["a", "b"]), "c"),
            (pd.Series([1.0, 2.0], index=["a", "b"]), ["a"]),
            (pd.Series([1.0, 2.0], index=["a", "b"]), slice(0, 1)),
            (pd.Series([1.0, 2.0], index=["a", "a"]), "a"),
            (pd.Series([1.0, 2.0], index=[2017, 2018]), 0),
            (pd.Series([1.0, 2.0], index=pd.to_datetime(["2016-04-01"] * 2)), "2016-04-01"),
            (pd.Series([1.0], index=pd.to_datetime(["2016-04-01"])), "2017-04-01"),
            (pd.Series([1.0], index=pd.to_datetime(["2016-04-01"])), "2016"),
            (pd.Series([1.0], index=pd.to_datetime(["2016-04-01"])), "soon"),
        ],
        ids=repr,
    )
    def test_a_base_that_is_not_one_is_refused(self, values: Any, base: Any) -> None:
        """The message quotes the base that was asked for."""
        with pytest.raises(InvalidInputError) as caught:
            index_numbers(values, base)
        assert str(caught.value) == f"base must be one label or position of values; got {base!r}"

    @pytest.mark.parametrize("bad", [5.0, [1.0, 2.0], "12", None, True, {}, np.ones((2, 2))])
    def test_values_of_another_shape_are_refused(self, bad: Any) -> None:
        """One number has no base, and a table more than one."""
        with pytest.raises(
            InvalidInputError, match=r"^values must be an array or Series of one dim"
        ):
            index_numbers(bad, 0)

    @pytest.mark.parametrize(
        "bad", [np.array(["1", "2"]), pd.Series([True, False]), pd.Series("ab")]
    )
    def test_values_that_are_no_numbers_are_refused(self, bad: Any) -> None:
        """The message names the values, not the base."""
        with pytest.raises(InvalidInputError, match=r"^values must be a number, or a numpy array"):
            index_numbers(bad, 0)

    @pytest.mark.parametrize("base", [0, 1])
    def test_a_negative_value_is_refused(self, base: int) -> None:
        """Wherever it stands, also at the base."""
        with pytest.raises(
            InvalidInputError, match=r"^values must be >= 0 .* -2\.0 at position 1 \(l"
        ):
            index_numbers(pd.Series([1.0, -2.0]), base)

    @given(st.lists(st.integers(0, 100_000), min_size=2, max_size=30), st.data())
    def test_keeps_ratios(self, counts: list[int], data: st.DataObject) -> None:
        """It is 100 at the base and any two keep their ratio."""
        base = data.draw(st.integers(0, len(counts) - 1))
        other = data.draw(st.integers(0, len(counts) - 1))
        assume(counts[base] and counts[other])
        found = index_numbers(np.array(counts), base)
        assert found[base] == 100
        ratios = np.array(counts) / counts[other]
        np.testing.assert_allclose(found / found[other], ratios, rtol=1e-12)

    @given(st.permutations(range(5)))
    def test_order_does_not_matter(self, order: list[int]) -> None:
        """Shuffled years, one and the same base, give the shuffled index numbers."""
        counts = pd.Series([50.0, 60.0, 45.0, 70.0, 20.0], index=list("abcde"))
        found = index_numbers(counts.iloc[order], "c")
        pd.testing.assert_series_equal(found, index_numbers(counts, "c").iloc[order])

    def test_longer_than_a_block(self) -> None:
        """The base may be anywhere in a long series, which is not touched."""
        counts = np.arange(40_000.0)
        kept = counts.copy()
        found = index_numbers(counts, 25_000)
        np.testing.assert_allclose(found, kept / 250, rtol=1e-15)
        np.testing.assert_array_equal(counts, kept)
