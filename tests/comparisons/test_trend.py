"""Mirrors _trend.py, _trend_model.py, _trend_notes.py and _trend_result.py."""

from __future__ import annotations

import dataclasses
import warnings
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import ukcso
from ukcso import Trend, trend
from ukcso.comparisons import trend_of
from ukcso.comparisons._trend_model import _of_years
from ukcso.comparisons._trend_result import _number
from ukcso.errors import InvalidInputError, MissingDependencyError, UnknownAreaError

pytest.importorskip("statsmodels")
pytestmark = pytest.mark.filterwarnings("ignore:.*same every year:ukcso.UkcsoWarning")

# Made by R: see tests/reference/README.md.
EXPECTED = pd.read_csv(Path(__file__).parents[1] / "reference" / "trend.csv")
VERSIONS = dict.fromkeys(("figures", "population", "releases", "sources"), 2)
VERSIONS |= dict.fromkeys(("breaks", "recorded_crime", "recorded_crime_scotland"), 1)
SHIPPED = [case for case in EXPECTED["case"].unique() if not case.startswith("made up")]


@pytest.fixture(autouse=True)
def _these_versions() -> Iterator[None]:
    """Fix the versions that the numbers are of."""
    with ukcso.pinned(**VERSIONS):
        yield


@pytest.fixture(scope="module")
def kent() -> Trend:
    """Return class 86 in Kent."""
    with ukcso.pinned(**VERSIONS), warnings.catch_warnings(action="ignore"):
        return trend("86", "Kent")


class TestNumbers:
    """What is fitted, and to which years."""

    @pytest.mark.parametrize("case", SHIPPED)
    def test_is_what_r_fits_to_the_same_years(self, case: str) -> None:
        """Without 2014/15, with a step at each break, every change is R's."""
        code, area = case.split()
        expected = EXPECTED[EXPECTED["case"] == case]
        found = trend(code, area)
        changes = found.steps[["change", "lower", "upper"]].to_numpy()
        annual = [found.annual_change, found.lower, found.upper]
        np.testing.assert_allclose(
            [annual, *changes], expected[["change", "lower", "upper"]], rtol=1e-8
        )
        assert found.dispersion == pytest.approx(expected["dispersion"].iloc[0], rel=1e-8)
        assert found.degrees_of_freedom == expected["degrees_of_freedom"].iloc[0]
        assert found.n_periods == 10

    def test_a_break_is_a_step_and_the_year_that_it_divides_is_left_out(self, kent: Trend) -> None:
        """2014/15 lies on neither side of 18 November 2014; 2023/24 lacks quarters."""
        assert list(kent.steps) == ["break_id", "date", "description", "change", "lower", "upper"]
        assert kent.steps["break_id"].tolist() == ["brk-003"]
        assert kent.steps["date"].tolist() == [pd.Timestamp("2014-11-18")]
        assert kent.left_out["2014/15"].startswith("a break in its midst, brk-003")
        assert kent.left_out["2023/24"] == "quarters of it are missing"
        assert set(kent.left_out) == {"2014/15", "2023/24"}
        assert "2014/15" not in kent.periods
        assert kent.fitted["n_steps"].tolist() == [0, 0] + [1] * 8

    def test_fitted_counts_follow_the_change(self, kent: Trend) -> None:
        """Per resident they grow by the yearly change, and at the step by the step too."""
        per_resident = (kent.fitted["fitted"] / kent.fitted["population"]).to_numpy()
        yearly = per_resident[1:] / per_resident[:-1]
        rise, step = 1 + kent.annual_change, 1 + kent.steps["change"].iloc[0]
        np.testing.assert_allclose(np.delete(yearly, 1), rise)
        assert yearly[1] == pytest.approx(rise**2 * step)  # two years on, past the break
        assert kent.fitted["fitted"].sum() == pytest.approx(kent.fitted["count"].sum())

    def test_breaks_that_no_year_parts_are_one_step(self) -> None:
        """Without 2015/16 and 2016/17, two breaks of class 88A cannot be told apart."""
        found = trend("88A", "Kent", periods=["2012/13 to 2013/14", "2017/18 to 2022/23"])
        assert found.steps["break_id"].tolist() == ["brk-003;brk-001"]
        assert found.steps["date"].tolist() == [pd.Timestamp("2014-11-18")]
        assert (found.n_periods, found.degrees_of_freedom) == (8, 5)

    def test_breaks_passed_over(self) -> None:
        """Without breaks every year is in, and the rise is larger by what they moved."""
        found = trend("86", "Kent", breaks=False)
        assert (found.n_periods, len(found.steps)) == (11, 0)
        assert "2014/15" in found.periods
        assert found.annual_change > trend("86", "Kent").annual_change
        assert "passed over" in str(found)

    def test_periods(self) -> None:
        """Spans, labels and periods are taken; quarters missing elsewhere are not told."""
        whole = trend("86", "Kent", periods="2015/16 to 2022/23")
        one_by_one = trend(
            "86", "Kent", periods=[*(f"{y}/{y - 1999}" for y in range(2015, 2022)), "2022/23"]
        )
        assert whole.periods == one_by_one.periods
        assert whole.annual_change == one_by_one.annual_change
        assert whole.left_out == {}
        assert len(whole.steps) == 0

    def test_level(self) -> None:
        """A wider level holds a narrower one."""
        wide, narrow = (trend("88A", "Wales", level=level) for level in (0.99, 0.8))
        assert wide.annual_change == narrow.annual_change
        assert wide.lower < narrow.lower < narrow.upper < wide.upper
        assert "99 per cent interval" in str(wide)

    def test_a_table_gives_what_its_arguments_give(self) -> None:
        """`trend_of` a trend table is `trend`, at the table's level and by its residents."""
        table = ukcso.trend_table("88A", "Wales", across="allow", level=0.9, ages="0-15")
        named = trend("88A", "Wales", level=0.9, ages="0-15")
        assert str(trend_of(table)) == str(named)
        assert "resident aged 0 to 15" in str(named)


class TestResidents:
    """When residents are taken into account."""

    @pytest.mark.parametrize(
        ("measure", "area", "why"),
        [
            ("86", "British Transport Police", "for any of the years"),
            ("indecent-photos-of-children", "Scotland", "for 2009/10, 2011/12"),
            ("86", "City of London", "few people live"),
        ],
    )
    def test_counts_alone_are_said(self, measure: str, area: str, why: str) -> None:
        """A year without an estimate makes the whole trend one of counts, and it says so."""
        found = trend(measure, area)
        assert not found.per_resident
        assert why in found.notes[0]
        assert "per resident" not in str(found)
        assert found.fitted["population"].isna().all()

    def test_counts_on_request(self) -> None:
        """No ages, no residents: the change is that of the number recorded."""
        found = trend("88A", "Wales", ages=None)
        assert not found.per_resident
        assert found.annual_change != trend("88A", "Wales").annual_change
        ratio = found.fitted["fitted"].iloc[-1] / found.fitted["fitted"].iloc[-2]
        assert ratio == pytest.approx(1 + found.annual_change)


class TestPrinted:
    """Measures of printed figures, of one release."""

    def test_the_release_with_most_years_is_taken(self) -> None:
        """Seven years of one release, not the two of another that reaches as far."""
        found = trend("sexual_communication_with_a_child", "UK")
        release = "nspcc-2024-11-sexual-communication"
        assert found.periods[0] == "2017/18"
        assert found.n_periods == 7
        assert f"Printed in release {release}." in found.notes
        assert str(found) == str(trend("sexual_communication_with_a_child", "UK", release=release))

    def test_a_release_with_few_is_refused(self) -> None:
        """Of 2013, 2014 and 2015 the break of November 2014 leaves two."""
        with pytest.raises(
            InvalidInputError, match=r"2 years \(2013, 2015\), less 2 .* 1 for steps .*brk-003"
        ):
            trend("image_offences", "UK", release="nspcc-2016-09-image-offences")


class TestRefused:
    """What has no trend."""

    def test_below_three_degrees_of_freedom(self) -> None:
        """Four years are too few, five are enough."""
        with pytest.raises(InvalidInputError, match=r"leave 2 degrees of freedom.*at least 3"):
            trend("86", "Kent", periods="2019/20 to 2022/23")
        assert trend("86", "Kent", periods="2018/19 to 2022/23").degrees_of_freedom == 3

    def test_steps_cost_degrees_of_freedom(self) -> None:
        """Six years over two breaks are too few, which the message explains."""
        periods = ["2012/13", "2013/14", "2015/16", "2016/17", "2017/18", "2018/19"]
        with pytest.raises(InvalidInputError, match=r"2 for steps \(brk-003, brk-001\), leave 2"):
            trend("88A", "Kent", periods=periods)

    def test_zeros(self) -> None:
        """The City of London recorded no offence of class 88A before the break."""
        with pytest.raises(InvalidInputError, match="one side of a step"):
            trend("88A", "City of London")

    def test_names_and_periods(self) -> None:
        """An unknown area or code, a period without counts, a place where nothing was printed."""
        with pytest.raises(UnknownAreaError):
            trend("86", "Kemt")
        with pytest.raises(InvalidInputError):
            trend("no such code", "Kent")
        with pytest.raises(InvalidInputError, match="1999/00 has none of 86"):
            trend("86", "Kent", periods=["2015/16 to 2022/23", "1999/00"])
        with pytest.raises(InvalidInputError, match="no exact count of image_offences in Jersey"):
            trend("image_offences", "Jersey")

    def test_a_name_of_two_areas_is_warned_of(self) -> None:
        """What else is warned of is not swallowed."""
        with pytest.warns(ukcso.UkcsoWarning, match="West Midlands"):
            trend("86", "West Midlands")

    def test_without_statsmodels(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The message holds the install line."""

        def none(name: str) -> None:
            raise ModuleNotFoundError(name=name.partition(".")[0])

        monkeypatch.setattr("ukcso.errors.import_module", none)
        with pytest.raises(MissingDependencyError, match=r'pip install "ukcso\[models\]"'):
            trend("86", "Kent")

    def test_years_that_are_none(self) -> None:
        """Half years, years of another kind, missing and negative counts are left out by name."""
        periods = ["2015/16", "2016/17", "2017/18", "2018", "2018/19", "2019/20 Q1", "2020/21"]
        spans = [ukcso.Period.parse(period) for period in periods]
        table = pd.DataFrame(
            {
                "period": periods,
                "period_start": pd.to_datetime([span.start for span in spans]),
                "period_end": pd.to_datetime([span.end for span in spans]),
                "count": [5.0, np.nan, -2.0, 9.0, 8.0, 2.0, 7.0],
            }
        )
        kept, left_out = _of_years(table)
        assert kept["period"].tolist() == ["2015/16", "2018/19", "2020/21"]
        assert left_out == {
            "2016/17": "it has no count",
            "2017/18": "corrections outweigh its count",
            "2018": "it begins in another month than the others",
            "2019/20 Q1": "it is not one year",
        }


class TestSteadiness:
    """Whether the change was the same every year."""

    @pytest.mark.filterwarnings("error")
    def test_an_uneven_change_is_warned_of_once(self) -> None:
        """England and Wales, class 86: 130 around the trend, about 7 from year to year."""
        match = r"as if the change had been the same every year.* 129\.8, and 7\.\d from one year"
        with pytest.warns(ukcso.UkcsoWarning, match=match) as caught:
            found = trend("86", "England and Wales")
        assert len(caught) == 1
        assert found.is_uneven
        assert found.usual_dispersion == pytest.approx(7.3, abs=0.05)
        assert "which these counts do not bear out" in str(found)

    @pytest.mark.filterwarnings("error")
    def test_a_steady_one_is_not(self) -> None:
        """Wales, class 88A: nothing to warn of; and nothing to hold Scotland against."""
        found = trend("88A", "Wales")
        assert not found.is_uneven
        assert found.dispersion < 3 < found.usual_dispersion
        scottish = trend("indecent-photos-of-children", "Scotland")
        assert (scottish.usual_dispersion, scottish.is_uneven) == (None, False)

    def test_the_condition_is_always_printed(self, kent: Trend) -> None:
        """Every text says that a steady change is assumed."""
        for found in (kent, trend("88A", "Wales"), trend("71", "Kent")):
            assert "as if the change had been the same every year" in str(found)


class TestWords:
    """Two sentences that a careful statistician signs."""

    def test_a_rise(self) -> None:
        """Wales, class 88A, as R has it above."""
        assert str(trend("88A", "Wales")) == (
            "Sexual grooming (class 88A), Wales, 2012/13 to 2022/23: offences recorded per "
            "resident aged 0 to 17 rose by 3.7 per cent a year on average (95 per cent interval "
            "0.2 to 7.4 per cent), as if the change had been the same every year. The changes of "
            "recording or law of 18 November 2014 (brk-003), +47.8 per cent (-6.4 to +133), and "
            "of 3 April 2017 (brk-001), +521 per cent (+354 to +750), are taken as steps of their "
            "own, whatever caused them; 2014/15, with one in its midst, is left out."
        )

    def test_neither_and_a_fall(self) -> None:
        """An interval around 0 tells neither; one below 0 tells a fall, without a sign."""
        neither = "changed by -6.1 per cent a year on average (95 per cent interval -17.8 to +7.3 "
        assert neither in str(trend("86", "BTP"))
        # R, above: -45.9 per cent, -63.0 to -20.8
        fall = "fell by 45.9 per cent a year on average (95 per cent interval 20.8 to 63.0 per"
        assert fall in str(trend("88A", "BTP"))

    def test_divided_years_without_a_step(self) -> None:
        """Where years before a break are not asked for, only the divided one is told."""
        found = trend("86", "Lancashire", periods="2014/15 to 2022/23")
        assert str(found).endswith(
            "No other change of recording or law is known between these years; 2014/15, with one "
            "in its midst, is left out."
        )
        assert "DataFrame" not in repr(found)

    @pytest.mark.parametrize("area", ["Kent", "England and Wales", "BTP", "City of London"])
    @pytest.mark.parametrize("breaks", [True, False])
    def test_no_word_too_much(self, area: str, breaks: bool) -> None:
        """Nothing is significant or real, and nothing was committed."""
        found = trend("86", area, breaks=breaks)
        text = " ".join([str(found), *found.notes]).casefold()
        assert str(found).count(". ") == 1
        assert not [word for word in ("significan", "real ", "committed", "nan") if word in text]

    def test_notebooks_show_the_sentences(self, kent: Trend) -> None:
        """HTML is the text; nothing of it can be changed."""
        assert kent._repr_html_() == str(kent)
        with pytest.raises(dataclasses.FrozenInstanceError):
            kent.lower = 0.0

    def test_percentages(self) -> None:
        """One decimal, none from 100 on; a sign where asked for, never on 0."""
        written = [_number(x, signed=True) for x in (0.1234, -0.5, 5.123, -0.0004, 0, 12.0)]
        assert written == ["+12.3", "-50.0", "+512", "0.0", "0.0", "+1,200"]

    def test_the_frame_says_where_it_is_from(self, kent: Trend) -> None:
        """The fitted counts can be cited: datasets with their versions."""
        assert kent.fitted.attrs["ukcso"]["datasets"]["recorded_crime"] == 1
        assert "Home Office" in ukcso.cite(kent.fitted)
