"""Type-checked, never run: what an IDE and a type checker make of the public names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, assert_type

import numpy as np
import numpy.typing as npt

import ukcso

if TYPE_CHECKING:
    import pandas as pd


def numbers(array: npt.NDArray[np.float64], series: pd.Series[Any]) -> None:
    """What goes in comes out: numbers, arrays, Series."""
    assert_type(ukcso.growth(118, 200), float)
    assert_type(ukcso.growth(array, array), npt.NDArray[Any])
    assert_type(ukcso.growth(series, series), "pd.Series[Any]")
    assert_type(ukcso.rate(50, 20_000.0, per=1_000), float)
    assert_type(ukcso.share(1, 2), float)
    assert_type(ukcso.per_day(8_224, "2018/19"), float)
    assert_type(ukcso.per_day(series, ukcso.Period.parse("2018/19")), "pd.Series[Any]")


def periods_and_bounds() -> None:
    """Value types keep their own type."""
    assert_type(ukcso.Period.parse("2017/18").next(), ukcso.Period)
    assert_type(ukcso.printed_bounds("66") * 2, ukcso.Bounds)
    assert_type(ukcso.implied_base("525", new=419).integers(), range)
    assert_type(ukcso.find_area("Met"), ukcso.Area)
    assert_type(ukcso.financial_year_of("2018-03-31"), ukcso.Period)


def datasets_and_claims() -> None:
    """Loaders and checks give frames and frozen results."""
    frame: pd.DataFrame = ukcso.load("figures", version=1)
    ukcso.check_claims(figures=ukcso.validate(frame, "figures"))
    assert_type(ukcso.metadata("figures").rows, int)
    assert_type(ukcso.check("growth", "66", subject=200, reference=118), ukcso.ClaimCheck)
    assert_type(ukcso.cite("figures", style="bibtex"), str)


def one_number_beside_a_series(series: pd.Series[Any], array: npt.NDArray[np.float64]) -> None:
    """Either operand may be a single number."""
    assert_type(ukcso.growth(series, 5), "pd.Series[Any]")
    assert_type(ukcso.growth(5, series), "pd.Series[Any]")
    assert_type(ukcso.rate(5, series, per=1_000), "pd.Series[Any]")
    assert_type(ukcso.share(1, array), npt.NDArray[Any])
