"""Mirrors src/ukcso/stats/_series.py: Series of polars and PyArrow go in and come back as such."""

from __future__ import annotations

import math
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

import ukcso
from ukcso.errors import InvalidInputError
from ukcso.stats import _series

FIRST, SECOND = [3, None, 7, 2], [8.0, 9.0, None, 30.0]
CALLS: dict[str, Callable[[Any, Any], Any]] = {
    "growth": ukcso.growth,
    "annual_growth": lambda a, b: ukcso.annual_growth(a, b, 4),
    "index_numbers": lambda a, _: ukcso.index_numbers(a, 0),
    "rate": lambda a, b: ukcso.rate(a, b, per=1_000),
    "share": ukcso.share,
    "rate_ratio": lambda a, b: ukcso.rate_ratio(a, 5, b, 6),
    "per_hour": ukcso.per_hour,
    "per_day": ukcso.per_day,
    "per_week": lambda a, _: ukcso.per_week(a, "2017/18"),
    "per_month": lambda a, _: ukcso.per_month(a, "2017/18"),
    "minutes_between": ukcso.minutes_between,
    "hours_between": ukcso.hours_between,
    "count_interval": lambda a, _: ukcso.count_interval(a).upper,
    "rate_interval": lambda a, b: ukcso.rate_interval(a, b, per=1_000).lower,
    "growth_interval": lambda a, b: ukcso.growth_interval(a, b).upper,
    "rate_ratio_interval": lambda a, b: ukcso.rate_ratio_interval(a, 5, b, 6).value,
    "share_interval": lambda a, b: ukcso.share_interval(a, b).lower,
}


def polars(values: list[Any], name: str = "n") -> Any:
    """Return a Series of polars."""
    return pytest.importorskip("polars").Series(name, values)


def pyarrow(values: list[Any], _name: str = "n") -> Any:
    """Return a column of PyArrow, in two pieces."""
    return pytest.importorskip("pyarrow").chunked_array([values[:1], values[1:]])


def values_of(result: Any) -> list[Any]:
    """Return Python's own values of a Series of either."""
    values: list[Any] = getattr(result, "to_list", getattr(result, "to_pylist", None))()
    return values


engines = pytest.mark.parametrize("column", [polars, pyarrow])


@engines
@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_it_comes_back_as_it_went_in(call: Any, column: Callable[..., Any]) -> None:
    """Every measure gives the numbers that arrays give, null where either value is."""
    result = call(column(FIRST), column(SECOND))
    arrays = [np.array(values, dtype=float) for values in (FIRST, SECOND)]
    assert type(result) is type(column(FIRST))
    wanted = [None if math.isnan(x) else x for x in call(*arrays).tolist()]
    assert values_of(result) == wanted
    assert None in wanted


@engines
def test_a_number_or_an_array_goes_beside_it(column: Callable[..., Any]) -> None:
    """Undefined is null too; nothing but nulls is nothing known."""
    assert values_of(ukcso.growth(column([2, 0]), 3)) == [0.5, None]
    assert values_of(ukcso.growth(np.array([2.0, 4.0]), column([3, 2]))) == [0.5, -0.5]
    assert values_of(ukcso.growth(column([None, None]), 3)) == [None, None]
    assert values_of(ukcso.growth(column([]), column([]))) == []


def test_a_common_name_stays() -> None:
    """The name of polars is kept as that of pandas is."""
    assert ukcso.growth(polars([1, 2]), 3).name == "n"
    assert ukcso.growth(polars([1, 2]), polars([1, 2])).name == "n"
    assert ukcso.growth(polars([1, 2]), polars([1, 2], "other")).name == ""


@engines
def test_dispersion_and_funnels(column: Callable[..., Any]) -> None:
    """A factor is a float; the limits are a frame of the same library."""
    counts, people = [50.0, None, 90.0], [20e3, 20e3, 20e3]
    assert ukcso.overdispersion(column([8.0, None, 12.0]), column([10.0] * 3)) == 0.8
    funnel = ukcso.funnel_limits(column(counts), column(people), per=1_000)
    wanted = ukcso.funnel_limits(np.array(counts, dtype=float), np.array(people), per=1_000)
    assert type(funnel).__module__.split(".")[0] == column.__name__
    assert values_of(funnel["rate"]) == [2.5, None, 4.5]
    frame = pd.DataFrame({name: values_of(funnel[name]) for name in wanted}, dtype=float)
    pd.testing.assert_frame_equal(frame, wanted)


@engines
@pytest.mark.parametrize(
    ("second", "message"),
    [
        (lambda make: make([1.0, 2.0]), r"^arrays must have one shape; got old \(3,\), new \(2,\)"),
        (lambda _: pd.Series([1.0] * 3), "^Series must be of one library; got old of .*, new of p"),
        (lambda make: make(["1", "2", "3"]), "^new must be a number, .* of numbers; got dtype Str"),
        (lambda make: make([True] * 3), "^new must be a number, .* of numbers; got dtype Bool"),
        (lambda make: make([1.0, -2.0, -3.0]), r"^new must be .*; got -2\.0 at position 1 \(2 bad"),
    ],
)
def test_what_does_not_fit_is_refused(column: Any, second: Any, message: str) -> None:
    """Another length, library or type, and impossible values, are told as for arrays."""
    with pytest.raises(InvalidInputError, match=message):
        ukcso.growth(column([1, 2, 3]), second(column))


def test_series_of_two_engines_are_refused() -> None:
    """Nothing says that their rows are the same."""
    with pytest.raises(InvalidInputError, match=r"got part of polars, whole of pyarrow$"):
        ukcso.share(polars([1, 2]), pyarrow([1, 2]))


def test_pandas_is_left_as_it_is() -> None:
    """A Series of pandas is none of narwhals', and other things are no Series."""
    series = pd.Series([1.0])
    assert _series.series_of(series) is series
    for other in (np.array([1.0]), [1.0], "1", pd.DataFrame(), pd.Index([1.0]), polars([1]).dtype):
        assert _series.series_of(other) is None


def test_only_such_a_series_loads_narwhals() -> None:
    """Numbers, arrays and pandas do not wait for it."""
    code = """if True:
        import sys
        import numpy as np, pandas as pd, ukcso
        ukcso.growth(118, 200), ukcso.rate_interval(np.ones(3), pd.Series(np.ones(3)), per=1)
        print(sorted({"narwhals", "polars", "pandera"} & set(sys.modules)))
    """
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
