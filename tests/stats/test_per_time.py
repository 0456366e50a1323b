"""Mirrors src/ukcso/stats/_per_time.py, one class per public function."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ukcso.errors import InvalidInputError
from ukcso.periods import Period
from ukcso.stats._per_time import (
    hours_between,
    minutes_between,
    per_day,
    per_hour,
    per_month,
    per_week,
)

COUNTS = st.integers(1, 1_000_000)
DAYS = st.integers(1, 10_000)
PERIODS = st.builds(
    lambda start, days: Period(start, start + timedelta(days=days)),
    st.dates(date(1990, 1, 1), date(2030, 1, 1)),
    st.integers(0, 2_000),
)
EVERY: list[Callable[[Any, Any], Any]] = [
    per_hour,
    per_day,
    per_week,
    per_month,
    minutes_between,
    hours_between,
]


class TestPerHour:
    """`per_hour` divides by the hours of the period."""

    def test_hand_computed(self) -> None:
        """A year has 8,760 hours, a leap year 8,784."""
        assert per_hour(8_760, "2017/18") == 1
        assert per_hour(8_784, "2019/20") == 1
        assert per_hour(48, 1) == 2

    @given(COUNTS, DAYS)
    def test_is_a_24th_of_per_day(self, count: int, days: int) -> None:
        """A day has 24 hours, the two with a change of clocks included."""
        assert 24 * per_hour(count, days) == pytest.approx(per_day(count, days))


class TestPerDay:
    """`per_day` divides by the calendar days of the period."""

    @pytest.mark.parametrize(
        ("count", "period", "expected"),
        [
            (8_224, "2018/19", 22.531_507),  # printed 22 a day; 8,224 / 365
            (366, "2019/20", 1.0),
            (365, "2018/19", 1.0),
            (91, "2017/18 Q1", 1.0),  # 30 + 31 + 30 days
            (1_826, "2016/17 to 2020/21", 1.0),  # 5 * 365 + 1 days
            (10, Period(date(2018, 2, 1), date(2018, 2, 28)), 10 / 28),
            (10, 4, 2.5),
            (0, "2018/19", 0.0),
        ],
    )
    def test_hand_computed(self, count: float, period: Any, expected: float) -> None:
        """Agrees with arithmetic done by hand, the period in any form."""
        assert per_day(count, period) == pytest.approx(expected, rel=1e-7)
        assert per_day(np.array([count]), period) == pytest.approx([expected], rel=1e-7)

    def test_a_series_of_days(self) -> None:
        """Each row may have a period of its own length."""
        days = pd.Series([365, 366], index=["2018/19", "2019/20"])
        assert per_day(pd.Series([365.0, 366.0], index=days.index), days).tolist() == [1.0, 1.0]

    @given(COUNTS, COUNTS, PERIODS, st.data())
    def test_of_a_span_is_the_mean_of_its_parts(
        self, before: int, after: int, first: Period, data: st.DataObject
    ) -> None:
        """Two neighbouring periods together have their mean, weighted by days."""
        end = first.end + timedelta(days=data.draw(st.integers(1, 2_000)))
        second, whole = Period(first.end + timedelta(days=1), end), Period(first.start, end)
        mean = np.average(
            [per_day(before, first), per_day(after, second)], weights=[first.days, second.days]
        )
        assert per_day(before + after, whole) == pytest.approx(mean)

    @given(COUNTS, PERIODS)
    def test_any_form_of_the_period(self, count: int, period: Period) -> None:
        """A period, its name and its days give the same."""
        assert per_day(count, period) == per_day(count, period.label) == per_day(count, period.days)


class TestPerWeek:
    """`per_week` counts seven days to a week, not 52 weeks to a year."""

    def test_hand_computed(self) -> None:
        """1,249 in South Yorkshire in 2023/24, a leap year, as printed: 7 * 1,249 / 366."""
        assert per_week(1_249, "2023/24") == pytest.approx(23.888, abs=5e-4)
        assert per_week(3, 7) == 3

    @given(COUNTS, DAYS)
    def test_is_seven_times_per_day(self, count: int, days: int) -> None:
        """A week has seven days."""
        assert per_week(count, days) == pytest.approx(7 * per_day(count, days))


class TestPerMonth:
    """`per_month` counts calendar months where the period is made of them."""

    @pytest.mark.parametrize(
        ("count", "period", "expected"),
        [
            (6_271, "2021/22", 522.583_333),  # North West, as printed: 6,271 / 12
            (30, "2017/18 Q1", 10.0),
            (30, "2017/18 Q4", 10.0),  # 90 days, but three months
            (29, "2020-02-01/2020-02-29", 29.0),
            (60, "2016/17 to 2020/21", 1.0),
            # Otherwise days by the mean month of 30.436875 days.
            (10, "2017-04-01/2017-04-10", 30.436_875),
            (365, 365, 30.436_875),
            (365, "2017-04-02/2018-04-01", 30.436_875),
        ],
    )
    def test_hand_computed(self, count: float, period: Any, expected: float) -> None:
        """Agrees with arithmetic done by hand."""
        assert per_month(count, period) == pytest.approx(expected, rel=1e-8)
        assert per_month(pd.Series([count]), period).tolist() == pytest.approx([expected], rel=1e-8)

    def test_days_in_a_series_are_days(self) -> None:
        """Numbers carry no calendar, so 365 of them are not twelve months."""
        found = per_month(pd.Series([365.0, 12.0]), pd.Series([365.0, 30.436_875]))
        assert found.tolist() == pytest.approx([30.436_875, 12.0])

    @given(COUNTS, DAYS)
    def test_twelve_mean_months_are_a_mean_year(self, count: int, days: int) -> None:
        """The mean year of the Gregorian calendar has 365.2425 days."""
        assert 12 * per_month(count, days) == pytest.approx(365.2425 * per_day(count, days))


class TestMinutesBetween:
    """`minutes_between` is the mean gap from one event to the next."""

    def test_hand_computed(self) -> None:
        """22,724 in 2017/18 as printed, "every 23 minutes": 525,600 / 22,724."""
        assert minutes_between(22_724, "2017/18") == pytest.approx(23.1297, abs=5e-5)
        assert minutes_between(1, 1) == 1_440
        # 55,507 in 2015/16, a leap year of 527,040 minutes, printed "every 10 minutes".
        assert minutes_between(55_507, "2015/16") == pytest.approx(9.4950, abs=5e-5)

    @given(COUNTS, PERIODS)
    def test_times_the_count_fills_the_period(self, count: int, period: Period) -> None:
        """So many gaps of that length make the period."""
        assert minutes_between(count, period) * count == pytest.approx(1_440 * period.days)


class TestHoursBetween:
    """`hours_between` is the mean gap in hours."""

    def test_hand_computed(self) -> None:
        """1,483 in Avon and Somerset in 2016/17: 8,760 / 1,483 hours."""
        assert hours_between(1_483, "2016/17") == pytest.approx(5.9069, abs=5e-5)

    @given(COUNTS, DAYS)
    def test_is_a_60th_of_the_minutes(self, count: int, days: int) -> None:
        """An hour has 60 minutes, and so many events per hour are so far apart."""
        assert 60 * hours_between(count, days) == pytest.approx(minutes_between(count, days))
        assert hours_between(count, days) * per_hour(count, days) == pytest.approx(1)


class TestGaps:
    """Without events there is no gap between them."""

    @pytest.mark.parametrize("gap", [minutes_between, hours_between])
    def test_a_count_of_zero_is_undefined(self, gap: Any) -> None:
        """The gap is NaN, not infinite, for a number as in an array or Series."""
        assert math.isnan(gap(0, "2017/18"))
        assert np.isnan(gap(np.array([0, 5]), "2017/18")).tolist() == [True, False]
        assert gap(pd.Series([0, 5], dtype="Int64"), "2017/18").isna().tolist() == [True, False]
        assert np.isnan(gap(0, np.array([365.0, 366.0]))).all()


@pytest.mark.parametrize("pace", EVERY)
class TestEveryPace:
    """All six read the period alike."""

    @pytest.mark.parametrize("bad", ["2017-19", "", "365", "nonsense"])
    def test_a_text_that_is_no_period(self, pace: Any, bad: str) -> None:
        """The message is that of `Period.parse`, for any kind of count."""
        for count in (5, np.array([5.0]), pd.Series([5.0])):
            with pytest.raises(
                InvalidInputError, match=rf"^no period '{bad}'; accepted forms: 2017"
            ):
                pace(count, bad)

    @pytest.mark.parametrize("bad", [0, -365, math.inf])
    def test_days_that_are_none(self, pace: Any, bad: float) -> None:
        """No time has no pace."""
        with pytest.raises(
            InvalidInputError, match=rf"^period must be > 0 and finite; got {bad:.1f}"
        ):
            pace(5, bad)

    @pytest.mark.parametrize(
        "bad", [None, True, [365], date(2018, 4, 1), pd.Series([Period.parse("2018")])]
    )
    def test_a_period_of_another_type(self, pace: Any, bad: Any) -> None:
        """The message names the argument."""
        for count in (5, np.array([5.0]), pd.Series([5.0])):
            with pytest.raises(InvalidInputError, match=r"^period must be"):
                pace(count, bad)

    def test_a_negative_count(self, pace: Any) -> None:
        """The message names the count, its position and its label."""
        counts = pd.Series([5.0, -1.0], index=["dorset", "kent"])
        where = r"^count must be >= 0 and finite; got -1\.0 at position 1 \(label 'kent'\)"
        with pytest.raises(InvalidInputError, match=where):
            pace(counts, "2017/18")

    @given(count=COUNTS, days=DAYS, times=st.integers(2, 9))
    def test_the_same_pace_for_longer(self, pace: Any, count: int, days: int, times: int) -> None:
        """So many times the events in so many times the days is the same pace."""
        assert pace(times * count, times * days) == pytest.approx(pace(count, days))
