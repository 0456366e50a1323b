"""
Mirrors src/ukcso/stats/_apply.py: what every measure function does with what it is given.

Values by hand are in the test file of each function; here is what all of them share.
"""

from __future__ import annotations

import math
import subprocess
import sys
import timeit
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ukcso.errors import InvalidInputError, UkcsoError
from ukcso.stats import _apply, _growth, _per_time, _rates, _shares


class Measure(NamedTuple):
    """A measure function of two values, and the names it calls them by."""

    call: Callable[[Any, Any], Any]
    first: str
    second: str


MEASURES = {
    "growth": Measure(_growth.growth, "old", "new"),
    "annual_growth": Measure(lambda a, b: _growth.annual_growth(a, b, 4), "first", "last"),
    "rate": Measure(lambda a, b: _rates.rate(a, b, per=1_000), "count", "population"),
    "share": Measure(_shares.share, "part", "whole"),
    "per_hour": Measure(_per_time.per_hour, "count", "period"),
    "per_day": Measure(_per_time.per_day, "count", "period"),
    "per_week": Measure(_per_time.per_week, "count", "period"),
    "per_month": Measure(_per_time.per_month, "count", "period"),
    "minutes_between": Measure(_per_time.minutes_between, "count", "period"),
    "hours_between": Measure(_per_time.hours_between, "count", "period"),
}
every_measure = pytest.mark.parametrize("measure", MEASURES.values(), ids=MEASURES)
both_arguments = pytest.mark.parametrize("place", [0, 1])

FIRST, SECOND = [3.0, 1.0, 7.0, 2.0, 5.0, 4.0], [8.0, 9.0, 7.0, 30.0, 11.0, 6.0]
BLOCK = 12_288
LONG = 3 * BLOCK + 5
WRONG = {
    "list": [1.0],
    "tuple": (1.0,),
    "str": "one",
    "bool": True,
    "None": None,
    "dict": {},
    "complex": 1j,
    "date": date(2018, 4, 1),
    "object array": np.array([1.0, None]),
    "array of text": np.array(["1"]),
    "array of bool": np.array([True]),
    "array of complex": np.array([1j]),
    "array of days": np.array(["2018-04-01"], dtype="datetime64[D]"),
    "Series of text": pd.Series(["1"]),
    "Series of bool": pd.Series([True]),
    "Series of objects": pd.Series([1], dtype="str").astype(object),
    "Series of categories": pd.Series([1.0], dtype="category"),
    "Series of days": pd.Series([pd.Timestamp("2018-04-01")]),
    "Series of no day": pd.Series([pd.NaT]),
    "DataFrame": pd.DataFrame({"a": [1.0]}),
    "Index": pd.Index([1.0]),
}


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let arrays be long sooner."""
    monkeypatch.setattr(_apply, "_CACHED", BLOCK)


def swapped(measure: Measure, place: int, bad: object, good: object = 8.0) -> object:
    """Call with a bad value in one place and a good one in the other."""
    return measure.call(bad, good) if place == 0 else measure.call(good, bad)


def expected(measure: Measure) -> npt.NDArray[np.float64]:
    """Compute one number at a time."""
    return np.array([measure.call(a, b) for a, b in zip(FIRST, SECOND, strict=True)])


@every_measure
class TestWhatComesBack:
    """Same type, shape and index out as in; always floats."""

    @pytest.mark.parametrize("sort", [int, float, Fraction, np.int64, np.float64, np.float32])
    def test_a_number_gives_a_float(self, measure: Measure, sort: Any) -> None:
        """Whatever sort of number goes in, a plain float comes out."""
        result = measure.call(sort(3), sort(8))
        assert type(result) is float
        assert result == measure.call(3.0, 8.0)

    @pytest.mark.parametrize("dtype", ["f8", "f4", "i8", "i4", "u2", ">f8"])
    @pytest.mark.parametrize("shape", [(6,), (2, 3), (3, 1, 2)])
    def test_an_array_gives_an_array(self, measure: Measure, dtype: str, shape: Any) -> None:
        """The shape stays and each element is what it would be alone."""
        a, b = (np.array(v, dtype=dtype).reshape(shape) for v in (FIRST, SECOND))
        result = measure.call(a, b)
        assert type(result) is np.ndarray
        assert (result.shape, result.dtype) == (shape, np.float64)
        np.testing.assert_allclose(result.reshape(-1), expected(measure), rtol=1e-12)

    def test_an_array_in_any_memory_order(self, measure: Measure) -> None:
        """Strided, reversed, column-major and read-only arrays are arrays like any other."""
        a, b = np.array(FIRST), np.array(SECOND)
        wide = np.zeros((6, 2))
        wide[:, 1] = b
        strided = wide[:, 1]
        strided.flags.writeable = False
        found = measure.call(a[::-1], strided[::-1])
        np.testing.assert_allclose(found, expected(measure)[::-1], rtol=1e-12)
        result = measure.call(np.asfortranarray(a.reshape(2, 3)), b.reshape(3, 2).T)
        flat_b = b.reshape(3, 2).T.reshape(-1)
        np.testing.assert_array_equal(result.reshape(-1), measure.call(a, flat_b))

    def test_arrays_of_nothing_and_of_no_dimension(self, measure: Measure) -> None:
        """Empty gives empty, a single number in an array stays in one."""
        assert measure.call(np.array([]), np.array([])).shape == (0,)
        assert measure.call(np.empty((0, 3)), 8.0).shape == (0, 3)
        single = measure.call(np.array(3.0), np.array(8.0))
        assert (type(single), single.shape) == (np.ndarray, ())
        assert measure.call(pd.Series([], dtype="float64"), 8.0).tolist() == []

    def test_a_number_goes_with_every_element(self, measure: Measure) -> None:
        """One number beside an array or Series stands for as many."""
        a, b = np.array(FIRST), np.array(SECOND)
        np.testing.assert_array_equal(measure.call(a, 8), measure.call(a, np.full(6, 8.0)))
        np.testing.assert_array_equal(measure.call(1, b), measure.call(np.full(6, 1.0), b))
        assert measure.call(1, pd.Series(b, index=list("abcdef"))).index.tolist() == list("abcdef")

    @pytest.mark.parametrize("dtype", ["float64", "float32", "int64", "Int64", "Float64", "UInt16"])
    def test_a_series_gives_a_series(self, measure: Measure, dtype: str) -> None:
        """The index and a common name stay; nullable gives nullable."""
        index = pd.Index([30, 10, 20, 10, 5, 6], name="row")
        a = pd.Series(FIRST, index=index, name="n").astype(dtype)  # type: ignore[call-overload]
        b = pd.Series(SECOND, index=index, name="n").astype(dtype)  # type: ignore[call-overload]
        result = measure.call(a, b)
        nullable = pd.api.types.is_extension_array_dtype(a.dtype)
        kept = pd.Series(expected(measure), index=index, name="n")
        pd.testing.assert_series_equal(result, kept.astype("Float64" if nullable else "float64"))
        assert measure.call(a, b.rename("other")).name is None
        assert measure.call(a, 8.0).name == "n"

    def test_a_series_goes_with_an_array(self, measure: Measure) -> None:
        """An array of the same length has no index to disagree with."""
        a = pd.Series(FIRST, index=list("abcdef"))
        result = measure.call(a, np.array(SECOND))
        assert result.index.equals(a.index)
        np.testing.assert_allclose(result, expected(measure), rtol=1e-12)

    def test_missing_stays_missing(self, measure: Measure) -> None:
        """Missing in either value gives missing, and only there."""
        for nothing in (math.nan, np.float64("nan"), pd.NA):
            assert math.isnan(measure.call(nothing, 8.0))
            assert math.isnan(measure.call(3.0, nothing))
        a, b = np.array([math.nan, 3.0, 3.0]), np.array([8.0, math.nan, 8.0])
        assert np.isnan(measure.call(a, b)).tolist() == [True, True, False]
        for dtype in ("Int64", "Float64"):
            result = measure.call(pd.Series([pd.NA, 3, 3], dtype=dtype), pd.Series(b))
            assert result.dtype == "Float64"
            assert result.isna().tolist() == [True, True, False]
        assert measure.call(pd.Series([None, None], dtype=object), 8.0).isna().all()

    def test_masked_stays_missing(self, measure: Measure) -> None:
        """A masked value is refused or missing, never computed with."""
        hidden = np.ma.MaskedArray([3.0, 3.0], mask=[False, True])
        try:
            result = measure.call(hidden, np.array([8.0, 8.0]))
        except InvalidInputError:
            return
        assert np.isnan(np.ma.filled(result, math.nan)).tolist() == [False, True]

    def test_inputs_are_not_touched(self, measure: Measure) -> None:
        """What went in is the same afterwards and shares no memory with what came out."""
        a, b = np.array(FIRST), pd.Series(SECOND, dtype="Float64")
        kept_a, kept_b = a.copy(), b.copy()
        result = measure.call(a, b)
        result.iloc[0] = -5.0
        np.testing.assert_array_equal(a, kept_a)
        pd.testing.assert_series_equal(b, kept_b)

    @given(data=st.data())
    def test_order_does_not_matter(self, measure: Measure, data: st.DataObject) -> None:
        """Shuffled values give the shuffled answer."""
        numbers = st.tuples(st.integers(1, 500), st.integers(500, 9_000))
        pairs = np.array(data.draw(st.lists(numbers, min_size=1, max_size=20)), dtype=float)
        order = np.array(data.draw(st.permutations(range(len(pairs)))))
        result = measure.call(pairs[:, 0], pairs[:, 1])
        shuffled = pairs[order]
        np.testing.assert_array_equal(measure.call(shuffled[:, 0], shuffled[:, 1]), result[order])
        series = measure.call(
            pd.Series(shuffled[:, 0], index=order), pd.Series(shuffled[:, 1], order)
        )
        np.testing.assert_array_equal(series.sort_index(), result)

    def test_long_arrays_are_like_short_ones(self, measure: Measure) -> None:
        """Values beyond one block come out as the same values in front."""
        a, b = np.resize(FIRST, LONG), np.resize(SECOND, LONG)
        a[-1] = math.nan
        whole = np.resize(expected(measure), LONG)
        whole[-1] = math.nan
        np.testing.assert_allclose(measure.call(a, b), whole, rtol=1e-12)


@every_measure
@both_arguments
class TestWhatIsRefused:
    """Impossible input raises `InvalidInputError` that says what, where and how often."""

    @pytest.mark.parametrize("bad", WRONG.values(), ids=WRONG)
    def test_wrong_types(self, measure: Measure, place: int, bad: object) -> None:
        """The message begins with the argument's name, whatever else is an array."""
        name = measure.first if place == 0 else measure.second
        rule = f"{name} must be a number, or a numpy array or pandas Series"
        if name == "period" and isinstance(bad, str):
            rule = "no period 'one'"
        if name == "period" and bad is None:
            rule = "period must be a Period, its text"
        for good in (8.0, np.array([8.0]), pd.Series([8.0])):
            with pytest.raises(InvalidInputError, match=f"^{rule}"):
                swapped(measure, place, bad, good)

    @pytest.mark.parametrize("bad", [-1, -0.5, math.inf, -math.inf, np.float64(-1), -(10**400)])
    def test_an_impossible_number(self, measure: Measure, place: int, bad: Any) -> None:
        """Neither negative nor infinite numbers can be counts, people or days."""
        name = measure.first if place == 0 else measure.second
        with pytest.raises(
            InvalidInputError, match=rf"^{name} must be >=? 0 and finite; got .*inf|-"
        ):
            swapped(measure, place, bad)

    def test_the_first_of_several(self, measure: Measure, place: int) -> None:
        """The message gives argument, rule, first bad value, its position and how many."""
        name = measure.first if place == 0 else measure.second
        values = np.array([5.0, math.nan, -2.0, 5.0, -3.0, -4.0])
        message = rf"^{name} must be >=? 0 and finite; got -2\.0 at position 2 {{}}\(3 bad of 6\)$"
        with pytest.raises(InvalidInputError, match=message.format("")):
            swapped(measure, place, values)
        with pytest.raises(InvalidInputError, match=message.format(r"\(label 'c'\) ")):
            swapped(measure, place, pd.Series(values, index=list("abcdef")))
        with pytest.raises(InvalidInputError, match=message.format("")):
            swapped(measure, place, values.reshape(2, 3))

    @pytest.mark.parametrize("at", [0, BLOCK - 1, BLOCK, 30_000, LONG - 1])
    def test_deep_inside_a_long_array(self, measure: Measure, place: int, at: int) -> None:
        """The position is that in the whole array, not in a block of it."""
        values = np.full(LONG, 8.0)
        values[at] = values[-1] = -2.0
        bad = 1 if at == LONG - 1 else 2
        where = rf"got -2\.0 at position {at} \({bad} bad of {LONG}\)"
        with pytest.raises(InvalidInputError, match=where):
            swapped(measure, place, values)
        labelled = pd.Series(values, index=[f"row {i}" for i in range(LONG)])
        with pytest.raises(InvalidInputError, match=rf"at position {at} \(label 'row {at}'\) "):
            swapped(measure, place, labelled)

    @pytest.mark.parametrize("index", [list("xyz"), list("bac"), [0, 1, 2], list("abcd")])
    def test_series_of_another_index(self, measure: Measure, place: int, index: list[Any]) -> None:
        """Pandas would align them in silence; even a reordered index is refused."""
        here, there = pd.Series([5.0] * 3, index=list("abc")), pd.Series(8.0, index=index)
        names = rf"{measure.first} and {measure.second} must share one index"
        with pytest.raises(InvalidInputError, match=names):
            swapped(measure, place, here, there)

    @pytest.mark.parametrize("other", [np.ones(2), np.ones(1), np.ones((3, 1)), np.array(1.0)])
    def test_arrays_of_another_shape(self, measure: Measure, place: int, other: Any) -> None:
        """Nothing is stretched to fit, and the message gives both shapes."""
        names = rf"one shape; got {measure.first} \(.*\), {measure.second} \(.*\)$"
        for here in (np.ones(3), pd.Series(np.ones(3))):
            with pytest.raises(InvalidInputError, match=names):
                swapped(measure, place, here, other)

    def test_a_bad_number_beside_no_values(self, measure: Measure, place: int) -> None:
        """An impossible number is impossible even where there is nothing to apply it to."""
        with pytest.raises(InvalidInputError, match="and finite; got -1"):
            swapped(measure, place, -1.0, np.array([]))


class TestCost:
    """A single number costs what arithmetic costs."""

    def test_a_scalar_call_imports_neither_numpy_nor_pandas(self) -> None:
        """A script that asks for one rate does not wait for pandas."""
        code = """if True:
            import sys
            import ukcso as u
            u.growth(118, 200), u.annual_growth(1, 2, 3), u.rate(5, 10, per=1_000), u.share(1, 2)
            for each in u.per_hour, u.per_day, u.per_week, u.minutes_between, u.hours_between:
                each(22_724, "2017/18"), each(5, 365)
            u.per_month(5, u.Period("2017-04-01", "2018-03-31")), u.financial_year_of("2018-03-31")
            u.share_interval(1, 2, dispersion=7.2), u.standardised_ratio(90, 40, dispersion=7.2)
            u.implied_base("525", new=419), u.printed_bounds("66"), u.Bounds(1, 2) / 3
            try:
                u.growth(-1, 5)
            except ValueError:
                print(sorted({"numpy", "pandas", "scipy", "pandera"} & set(sys.modules)))
        """
        run = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        )
        assert run.stdout.strip() == "[]"

    @every_measure
    def test_a_scalar_call_takes_microseconds(
        self, measure: Measure, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The best of many takes under 50 microseconds and builds no array or frame."""
        for thing in (pd.DataFrame, pd.Series):
            monkeypatch.setattr(thing, "__init__", None)
        monkeypatch.setattr(np, "empty", None)
        best = min(timeit.repeat(lambda: measure.call(3, 8), number=50, repeat=20)) / 50
        assert best < 50e-6


class TestErrors:
    """What is refused is refused by an error of ours."""

    def test_errors_are_both_ours_and_pythons(self) -> None:
        """One clause catches all of ours, and `except ValueError` keeps working."""
        assert issubclass(InvalidInputError, UkcsoError)
        assert issubclass(InvalidInputError, ValueError)
