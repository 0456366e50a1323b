"""Mirrors src/ukcso/plots/_trend_fits.py: fitted lines in the picture of a trend."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd
import pytest

import ukcso
from ukcso.errors import InvalidInputError

pytest.importorskip("altair")
pytest.importorskip("statsmodels")
from ukcso import plots

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:.*same every year:ukcso.UkcsoWarning"),
]


@pytest.fixture(autouse=True)
def _first_versions() -> Iterator[None]:
    """Version 2 is the first with residents of every year."""
    with ukcso.pinned(population=2, figures=2, releases=2, sources=2):
        yield


def layers(chart: Any) -> list[dict[str, Any]]:
    """Return every layer of a picture."""
    return chart.to_dict()["vconcat"][0]["layer"]


def fitted(chart: Any) -> pd.DataFrame:
    """Return the ends of all parts of fitted lines, with how each is dashed."""
    parts = []
    for layer in layers(chart):
        rows = layer.get("data", {}).get("values", [])
        if rows and "fit" in rows[0]:
            parts.append(pd.DataFrame(rows).assign(dashes=str(layer["mark"]["strokeDash"])))
    return pd.concat(parts, ignore_index=True)


class TestFits:
    """`plots.trend(..., fit=True)`."""

    def test_the_line_is_that_of_trend(self) -> None:
        """At each year it is at the count that `trend` expects, over the residents of the year."""
        found = ukcso.trend("88A", "Wales").fitted.set_index("period")
        expected = 100_000 * found["fitted"] / found["population"]
        drawn = fitted(plots.trend("88A", "Wales", fit=True))
        assert set(drawn["period"]) == set(found.index)
        for end in drawn.itertuples():
            assert end.value == pytest.approx(expected[end.period])

    @pytest.mark.parametrize("show", ["count", "per_day"])
    def test_in_the_unit_that_is_shown(self, show: str) -> None:
        """Counts are those expected, or as many a day; the residents behind them are cited."""
        chart = plots.trend("88A", "Wales", fit=True, show=show)
        last = fitted(chart).set_index("period").loc["2019/20", "value"].iloc[0]
        expected = ukcso.trend("88A", "Wales").fitted.set_index("period").loc["2019/20", "fitted"]
        assert last == pytest.approx(expected / (366 if show == "per_day" else 1))
        assert "population v" in str(chart.to_dict()["vconcat"][0]["title"]["text"])

    def test_dashed_exactly_at_steps(self) -> None:
        """The parts over 2014/15 and into 2017/18 are steps, all others are not."""
        drawn = fitted(plots.trend("88A", "Kent", fit=True))
        ends = drawn.groupby(["segment", "dashes"])["period"].agg(tuple).reset_index()
        dashed = ends[ends["dashes"] != "[1, 0]"]["period"].tolist()
        assert dashed == [("2013/14", "2015/16"), ("2016/17", "2017/18")]
        assert len(ends) == 9

    def test_without_it_nothing_changes(self) -> None:
        """The picture of before is drawn to the letter; with it the line of counts is thinner."""
        plain = plots.trend("86", "Kent")
        assert plain.to_dict() == plots.trend("86", "Kent", fit=False).to_dict()
        assert "fitted" not in plain.description

    def test_words(self) -> None:
        """Below the picture and in its alt text stand the change, and what it takes for granted."""
        chart = plots.trend("86", "Kent", fit=True)
        assert (
            "Thick line, fitted, dashed where a change of recording or law is a step of its own. "
            "Offences recorded per resident aged 0 to 17 rose by 18.7 per cent a year on average "
            "(95 per cent interval 7.4 to 31.3 per cent), as if the change had been the same "
            "every year, which these counts do not bear out."
        ) in chart.description

    def test_several_areas_have_a_line_each(self) -> None:
        """Each in the colour of its area, and a note of its own."""
        chart = plots.trend("88A", ["Kent", "Wales"], fit=True)
        drawn = fitted(chart)
        assert set(drawn["area"]) == {"Kent", "Wales"}
        assert drawn["fit"].nunique() == 2
        assert "Wales: offences recorded per resident aged 0 to 17 rose by 3.7" in chart.description

    def test_a_release_with_few_years_has_none(self) -> None:
        """The line is left out, and said."""
        chart = plots.trend("image_offences", "Lancashire", fit=True)
        assert set(fitted(chart)["release"]) == {"NSPCC, 2023-02"}
        told = "NSPCC, 2018-09, no line is fitted: 2 years (2016/17, 2017/18), less 2"
        assert told in chart.description

    def test_periods_drawn_are_those_fitted(self) -> None:
        """Only what is shown has a part in it."""
        years = [f"{year}/{year - 1999}" for year in range(2015, 2023)]
        drawn = fitted(plots.trend("86", "Lancashire", periods=years, fit=True))
        expected = ukcso.trend("86", "Lancashire", periods="2015/16 to 2022/23").fitted
        rate = 100_000 * expected["fitted"] / expected["population"]
        assert drawn["value"].iloc[-1] == pytest.approx(rate.iloc[-1])

    def test_years_without_a_rate_have_no_part_in_a_line_of_rates(self) -> None:
        """Scotland has residents from 2012/13 on: rates are fitted per resident from there."""
        chart = plots.trend("indecent-photos-of-children", "Scotland", fit=True)
        named = ukcso.trend("indecent-photos-of-children", "Scotland", periods="2012/13 to 2024/25")
        assert named.per_resident
        assert f"{named.counted} {named.in_words}"[1:] in chart.description

    def test_nothing_to_fit_is_refused(self) -> None:
        """Three years have no line, and `fit` is True or False."""
        with pytest.raises(InvalidInputError, match="at least 3"):
            plots.trend("86", "Kent", periods=["2020/21", "2021/22", "2022/23"], fit=True)
        with pytest.raises(InvalidInputError, match="fit must be True or False; got 'yes'"):
            plots.trend("86", "Kent", fit="yes")
