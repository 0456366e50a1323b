"""Mirrors src/ukcso/periods/_period.py, one class per public function."""

from __future__ import annotations

import copy
import pickle
from calendar import month_name, monthrange
from dataclasses import FrozenInstanceError
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from ukcso.errors import InvalidInputError, UkcsoError
from ukcso.periods import Period, as_period, financial_year_of


def span(start: str, end: str) -> Period:
    """Build a period from two ISO days."""
    return Period(date.fromisoformat(start), date.fromisoformat(end))


def whole_months(year: int, month: int, months: int) -> Period:
    """Build a period of whole months from its first month."""
    last_year, last_month = divmod(year * 12 + month - 1 + months - 1, 12)
    last_day = monthrange(last_year, last_month + 1)[1]
    return Period(date(year, month, 1), date(last_year, last_month + 1, last_day))


# The forms of API.md, and spellings of them, under the days a calendar gives them.
ACCEPTED = {
    "2017-04-01 2018-03-31": (
        "2017/18|2017-18|2017\N{EN DASH}18|2017/2018|2017-2018|FY2017-18|FY 2017/18|fy2017/2018|"
        "2017/18 to 2017/18|year ending March 2018|YE Mar 2018|April 2017 to March 2018|"
        "2017-04-01/2018-03-31|  2017/18\n"
    ),
    "1999-04-01 2000-03-31": "1999/00|1999-2000",
    "2017-01-01 2017-12-31": "2017|Year ending  December 2017",
    "2017-04-01 2017-06-30": "2017/18 Q1|FY2017-18 q1|2017/2018 Q1",
    "2017-07-01 2017-09-30": "2017/18 Q2",
    "2017-10-01 2017-12-31": "2017-18 Q3|Oct 2017 to Dec 2017",
    "2020-01-01 2020-03-31": "2019/20 Q4",
    "2016-04-01 2021-03-31": "2016/17 to 2020/21|FY2016-17 to FY2020-21",
    "2013-01-01 2015-12-31": "2013 to 2015",
    "2017-10-01 2018-09-30": "ye sept 2018|YE Sep 2018|year ending September 2018",
    "2019-03-01 2020-02-29": "YE Feb 2020",
    "2019-05-01 2020-02-29": "May 2019 to February 2020",
    "2017-04-01 2017-04-01": "2017-04-01/2017-04-01",
    # As letters and freedom-of-information answers write them.
    "2023-04-01 2024-03-31": (
        "1 April 2023 to 31 March 2024|1st April 2023 - 31st March 2024|01/04/2023 to 31/03/2024|"
        "01/04/23-31/03/24|1.4.2023 to 31.3.2024|from 1 Apr 23 until 31 Mar 24|2023-04-01 to "
        "2024-03-31|23/24|23-24|FY23/24|FY 2023-24|fy 23 / 24|Financial Year 2023/24|Apr 23 - Mar "
        "24|Apr-23 - Mar-24|April 2023 - March 2024|APRIL 2023\N{EN DASH}MARCH 2024|"
        "2023 \N{EM DASH} 24|year to 31 March 2024|the year ended March 2024|"
        "12 months to March 2024|Y/E Mar 24"
    ),
    "2019-04-01 2020-03-31": "19/20|FY19-20",
    # By the year it ends in, with one digit of it, and in the year 2000, which is no day.
    "2022-04-01 2023-03-31": (
        "FYE 2023|FYE March 2023|fye Mar 2023|financial year ending 2023|2022/3|FYE 31 March 2023"
    ),
    "2000-04-01 2001-03-31": "00/01|2000/1|FY00/01",
    "2020-04-01 2021-03-31": "20/21",
    "2011-04-01 2012-03-31": "FY11/12|financial year 11-12",
    "1998-04-01 1999-03-31": "98/99",
    "2021-01-01 2021-12-31": "2021|calendar year 2021|year to December 2021",
    "2018-01-01 2018-03-31": "Q1 2018|2018 q1|first quarter of 2018|Q4 2017/18|FY17/18 Q4",
    "2018-04-01 2018-06-30": "2018/19 Q1|Q1 2018/19|Q1 of the financial year 2018/19|Q2 2018",
    "2020-10-01 2021-09-30": "year to September 2021|YEAR  TO SEPT 2021|year to 30 September 2021",
    "2021-01-01 2021-06-30": "first half of 2021|H1 2021|2021 H1|January to June 2021",
    "2021-10-01 2022-03-31": "second half of 2021/22|H2 of 21/22|Oct 2021 - Mar 2022",
    "2018-01-01 2018-09-30": "Q1 2018 to Q3 2018|2018 Q1 - 2018 Q3",
    "2023-04-01 2023-06-30": "1 April to 30 June 2023|April - June 2023|from April to June 2023",
    "2023-04-01 2023-04-30": "April 2023",
}
#: What could be meant in several ways, or lacks something, and what its answer must say.
HINTS = {
    "3/4|71/17|11/12|09/10|03-04": "such as 11/12, is written 2011/12",
    "FY18|FY 2018|financial year 2018": "named by both its years: 2017/18",
    "Q1|H2|first half": "Q1 2018 begins in January, 2018/19 Q1 in April",
    "Apr 23|Apr-23": "April 2023",
    "2017-19|2013-2015": "2017/18 to 2019/20, or 2017 to 2019",
    "2017-04": "a month is April 2017",
    "year ending 2018|year to 5 April 2024": "year ending March 2018",
    "1 April 2023|01/04/2023|2023-04-01": "a single day is 2017-04-01/2017-04-01",
}
REFUSED = (
    "|2017-19|2017/17|2018-17|2017/2019|2017-1|2017/18 Q5|2017/18 Q0|2017/19 Q1|"
    "2020/21 to 2016/17|2016/17 to 2018|2015 to 2013|year ending 2018|2017-04|"
    "year ending Marsh 2018|March 2018 to April 2017|2017-04-01|2018-03-31/2017-04-01|nonsense|"
    "2017-02-30/2017-03-31|30/02/2023 to 31/03/2023|04/13/2023 to 31/03/2024|17/2018|from 2017/18|"
    "April to March 2024|Q1 2016/17-2020/21|Q1 18|32nd of May 2023 to 1 June 2023|"
    "2017/18 and 2018/19|FYE June 2023|FYE 23|01/02|2017/9|0000|0000/01|9999/00|20178|2017.0"
)
NAMED_IN_MESSAGE = (
    "2017/18, 2017-18, 2017/2018, FY2017-18, 2017, 2017/18 Q1, 2016/17 to 2020/21, "
    "year ending March 2018, YE Mar 2018, April 2017 to March 2018, 2017-04-01/2018-03-31"
)

MODERN = st.dates(date(1700, 1, 1), date(2300, 12, 31))
MODERN_YEARS = st.integers(1700, 2300)
MONTHS = st.integers(1, 12)
ANY_PERIODS = st.builds(lambda a, b: Period(min(a, b), max(a, b)), st.dates(), st.dates())
NAMED_PERIODS = st.one_of(
    st.integers(1, 9998).map(Period.financial_year),
    st.builds(whole_months, st.integers(1, 9998), st.sampled_from([1, 4, 7, 10]), st.just(3)),
    st.builds(whole_months, st.integers(1, 9998), st.just(1), st.just(12)),
    st.builds(
        lambda y, m, n: whole_months(y, m, 12 * n),
        st.integers(1, 9900),
        st.sampled_from([1, 4]),
        st.integers(2, 90),
    ),
    st.builds(whole_months, st.integers(1, 9998), MONTHS, st.just(12)),
)
STEPPING_PERIODS = st.one_of(
    st.builds(whole_months, MODERN_YEARS, MONTHS, st.integers(1, 40)),
    st.builds(lambda a, n: Period(a, a + timedelta(days=n)), MODERN, st.integers(0, 1000)),
)


class TestParse:
    """`Period.parse` reads what statistics print, and what `label` writes."""

    @pytest.mark.parametrize(
        ("days", "text"), [(d, t) for d, texts in ACCEPTED.items() for t in texts.split("|")]
    )
    def test_accepted_forms(self, days: str, text: str) -> None:
        """Each accepted form gives its first and last day."""
        start, end = days.split()
        assert Period.parse(text) == span(start, end)

    @pytest.mark.parametrize(
        "text", [*REFUSED.split("|"), 2017, None, 2017.5, date(2017, 4, 1), ["2017/18"]]
    )
    def test_anything_else_is_refused(self, text: Any) -> None:
        """The message quotes what was given and names the accepted forms."""
        with pytest.raises(InvalidInputError) as caught:
            Period.parse(text)
        message = str(caught.value)
        assert repr(text) in message
        assert [form for form in NAMED_IN_MESSAGE.split(", ") if form not in message] == []

    @pytest.mark.parametrize(
        ("text", "hint"), [(t, hint) for texts, hint in HINTS.items() for t in texts.split("|")]
    )
    def test_what_is_ambiguous_is_told_how_to_write_it(self, text: str, hint: str) -> None:
        """It is refused, never guessed."""
        with pytest.raises(InvalidInputError) as caught:
            Period.parse(text)
        assert hint in str(caught.value)

    @pytest.mark.parametrize("word", ["q1 ", "first half of ", "the ", "1 april to "])
    def test_words_without_end_are_refused(self, word: str) -> None:
        """However often a word comes, it is refused like any other text, and soon."""
        with pytest.raises(InvalidInputError, match=r"^no period"):
            Period.parse(word * 50_000 + "2018")

    @given(st.one_of(ANY_PERIODS, NAMED_PERIODS), st.booleans())
    def test_reads_days_as_letters_write_them(self, period: Period, in_words: bool) -> None:
        """First and last day in words or in numbers, and the usual name in any case."""
        days = (period.start, period.end)
        words = [f"{day.day} {month_name[day.month]} {day.year:04}" for day in days]
        numbers = [f"{day.day:02}/{day.month:02}/{day.year:04}" for day in days]
        assert Period.parse(" to ".join(words if in_words else numbers)) == period
        assert Period.parse(f" {period.label.upper()} ") == period

    @pytest.mark.parametrize("text", ["year ending December 9999", "year ending January 0001"])
    def test_the_ends_of_the_calendar_raise_nothing_else(self, text: str) -> None:
        """A year the calendar cannot hold is read or refused like any other text."""
        try:
            found = Period.parse(text)
        except InvalidInputError:
            return
        assert found == span("9999-01-01", "9999-12-31")

    @given(st.one_of(ANY_PERIODS, NAMED_PERIODS))
    def test_reads_back_every_label(self, period: Period) -> None:
        """Parsing the label of a period gives the period."""
        assert Period.parse(period.label) == Period.parse(str(period)) == period
        assert str(period) == period.label
        assert repr(period) == f"Period.parse({period.label!r})"

    @given(st.text(max_size=30))
    def test_random_text_raises_only_our_error(self, text: str) -> None:
        """No text brings out a bare error of Python's."""
        try:
            Period.parse(text)
        except UkcsoError as error:
            assert "accepted forms" in str(error)  # noqa: PT017 - either outcome is right


class TestPeriod:
    """A `Period` is a span of days that knows its name and its neighbours."""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            # Days by hand: 365, 366 where 29 February falls inside.
            ("2019-20", ("2019/20", "financial_year", 366, 12)),
            ("2018-19", ("2018/19", "financial_year", 365, 12)),
            ("1999-2000", ("1999/00", "financial_year", 366, 12)),
            ("2020", ("2020", "calendar_year", 366, 12)),
            ("2019", ("2019", "calendar_year", 365, 12)),
            ("1900", ("1900", "calendar_year", 365, 12)),  # a century, no leap year
            ("2017-18 q1", ("2017/18 Q1", "quarter", 91, 3)),  # 30 + 31 + 30
            ("2017-18 q2", ("2017/18 Q2", "quarter", 92, 3)),  # 31 + 31 + 30
            ("2017-18 q3", ("2017/18 Q3", "quarter", 92, 3)),  # 31 + 30 + 31
            ("2017-18 q4", ("2017/18 Q4", "quarter", 90, 3)),  # 31 + 28 + 31
            ("2019-20 q4", ("2019/20 Q4", "quarter", 91, 3)),  # 31 + 29 + 31
            ("2016-17 to 2020-21", ("2016/17 to 2020/21", "years", 1826, 60)),  # 5 * 365 + 1
            ("2013 to 2015", ("2013 to 2015", "years", 1095, 36)),  # 3 * 365
            ("YE Sep 2018", ("year ending September 2018", "other", 365, 12)),
            ("Apr 2017 to Sep 2017", ("2017-04-01/2017-09-30", "other", 183, 6)),  # 91 + 92
            ("Feb 2020 to Apr 2020", ("2020-02-01/2020-04-30", "other", 90, 3)),  # 29 + 31 + 30
            ("Feb 2020 to Feb 2020", ("2020-02-01/2020-02-29", "other", 29, 1)),
            ("2017-04-02/2018-03-31", ("2017-04-02/2018-03-31", "other", 364, None)),
            ("2017-04-01/2018-03-30", ("2017-04-01/2018-03-30", "other", 364, None)),
            ("2017-04-15/2017-04-15", ("2017-04-15/2017-04-15", "other", 1, None)),
        ],
    )
    def test_label_kind_days_months(self, text: str, expected: tuple[Any, ...]) -> None:
        """A period knows its usual name, its sort and its length."""
        period = Period.parse(text)
        assert (period.label, period.kind, period.days, period.months) == expected

    @pytest.mark.parametrize(
        ("text", "n", "expected"),
        [
            ("2019/20", 1, "2020/21"),
            ("2018/19", 1, "2019/20"),
            ("2017/18", 0, "2017/18"),
            ("2017/18", -2, "2015/16"),
            ("2020", 1, "2021"),
            ("2017/18 Q4", 1, "2018/19 Q1"),
            ("2019/20 Q4", 4, "2020/21 Q4"),
            ("2013 to 2015", 1, "2016 to 2018"),
            ("2016/17 to 2020/21", -1, "2011/12 to 2015/16"),
            ("YE Feb 2020", 1, "YE Feb 2021"),
            ("Feb 2020 to Feb 2020", 12, "Feb 2021 to Feb 2021"),
            ("2020-02-20/2020-02-29", 1, "2020-03-01/2020-03-10"),  # ten days, over the leap day
            ("2017-04-02/2018-03-31", 1, "2018-04-01/2019-03-30"),  # 364 days
        ],
    )
    def test_next_and_previous(self, text: str, n: int, expected: str) -> None:
        """Whole months step by months, other spans by their days, and back again."""
        period, other = Period.parse(text), Period.parse(expected)
        assert period.next(n) == other
        assert other.previous(n) == period

    def test_steps_one_unless_told(self) -> None:
        """Without a number it is the neighbour."""
        year = Period.parse("2017/18")
        assert (year.previous().label, year.next().label) == ("2016/17", "2018/19")

    @pytest.mark.parametrize("step", ["next", "previous"])
    @pytest.mark.parametrize("n", [1.5, "1", None, True, [1]])
    def test_a_step_is_a_whole_number(self, step: str, n: Any) -> None:
        """Anything else is refused by name and as it was given."""
        with pytest.raises(InvalidInputError) as caught:
            getattr(Period.parse("2017/18"), step)(n)
        assert str(caught.value) == f"n must be a whole number; got {n!r}"

    @pytest.mark.parametrize("text", ["2017/18", "2017-04-02/2017-04-03"])
    @pytest.mark.parametrize("n", [10**7, -(10**7), 10**30])
    def test_the_calendar_ends(self, text: str, n: int) -> None:
        """A step beyond the years 1 to 9999 is refused."""
        with pytest.raises(InvalidInputError, match="the calendar ends"):
            Period.parse(text).next(n)

    def test_contains(self) -> None:
        """A period contains another when every day of it is inside."""
        year = Period.parse("2017/18")
        inside = ["2017/18", "2017/18 Q1", "2017/18 Q4", "2018-03-31/2018-03-31"]
        outside = ["2017", "2018/19", "2018/19 Q1", "2017-03-31/2017-04-01", "2016/17 to 2018/19"]
        assert all(year.contains(Period.parse(text)) for text in inside)
        assert not any(year.contains(Period.parse(text)) for text in outside)

    @pytest.mark.parametrize(
        ("text", "years"),
        [
            ("2016/17 to 2018/19", ["2016/17", "2017/18", "2018/19"]),
            ("2017/18", ["2017/18"]),
            ("2017/18 Q1", []),
            ("2017", []),
            ("2013 to 2015", ["2013/14", "2014/15"]),
            ("2016-04-02/2019-03-31", ["2017/18", "2018/19"]),
            ("2016-04-01/2019-03-30", ["2016/17", "2017/18"]),
        ],
    )
    def test_iterates_over_whole_financial_years(self, text: str, years: list[str]) -> None:
        """Only financial years that lie wholly inside come out, in order."""
        assert [year.label for year in Period.parse(text)] == years

    def test_ordered_by_start_then_end(self) -> None:
        """Sorting puts the earlier start first, then the earlier end."""
        texts = ["2016/17 to 2020/21", "2017", "2017/18 Q1", "2017/18", "2018/19"]
        assert [p.label for p in sorted(map(Period.parse, reversed(texts)))] == texts

    def test_equal_periods_are_one_key(self) -> None:
        """Two ways to write a period make one dictionary key."""
        written = ["2017/18", "YE Mar 2018", "2017-04-01/2018-03-31"]
        assert len({Period.parse(text) for text in written}) == 1

    def test_cannot_be_changed(self) -> None:
        """Neither field can be set and no field added."""
        year: Any = Period.parse("2017/18")
        for name in ("start", "end"):
            with pytest.raises(FrozenInstanceError):
                setattr(year, name, date(2000, 1, 1))
        with pytest.raises((AttributeError, TypeError)):
            year.note = "x"

    def test_survives_copy_and_pickle(self) -> None:
        """A copy, or a worker process, gets an equal period."""
        year = Period.parse("2017/18")
        assert pickle.loads(pickle.dumps(year)) == copy.deepcopy(year) == year  # noqa: S301 - our own bytes

    @pytest.mark.parametrize(
        "sort", [str, date.fromisoformat, datetime.fromisoformat, pd.Timestamp]
    )
    def test_takes_any_sort_of_day(self, sort: Any) -> None:
        """Dates, midnights and ISO text give plain dates."""
        period = Period(sort("2017-04-01"), sort("2018-03-31"))
        assert type(period.start) is date
        assert period == Period.parse("2017/18")

    @pytest.mark.parametrize("bad", [None, 2017, 17.5, "April 2017", "2017-02-29", "", pd.NaT, []])
    def test_a_day_that_is_none_is_refused(self, bad: Any) -> None:
        """The message names the argument and quotes what was given."""
        for name in ("start", "end"):
            days: dict[str, Any] = {"start": date(2018, 3, 31), "end": date(2018, 3, 31), name: bad}
            with pytest.raises(InvalidInputError) as caught:
                Period(**days)
            rule = f"{name} must be a date or an ISO day such as 2017-04-01; got {bad!r}"
            assert str(caught.value) == rule

    def test_the_end_is_not_before_the_start(self) -> None:
        """A period that runs backwards is refused with both days."""
        with pytest.raises(InvalidInputError, match="start; got 2018-04-01 to 2018-03-31"):
            span("2018-04-01", "2018-03-31")

    @given(STEPPING_PERIODS, st.integers(-50, 50))
    def test_stepping_back_undoes_a_step(self, period: Period, n: int) -> None:
        """The n-th before the n-th after is the period itself."""
        assert period.next(n).previous(n) == period

    @given(STEPPING_PERIODS)
    @example(Period(date(2020, 2, 1), date(2020, 2, 29)))
    def test_the_next_starts_the_day_after(self, period: Period) -> None:
        """Neighbours leave no gap, do not overlap and are of one length."""
        following = period.next()
        assert following.start == period.end + timedelta(days=1)
        assert following > period
        if period.months is None:
            assert following.days == period.days
        else:
            assert following.months == period.months

    @given(MODERN_YEARS, st.integers(1, 60))
    def test_days_of_a_span_are_those_of_its_years(self, first: int, years: int) -> None:
        """A span of financial years has the days of all its years."""
        period = whole_months(first, 4, 12 * years)
        assert len(list(period)) == years
        assert period.days == sum(year.days for year in period)
        assert all(period.contains(year) for year in period)

    @given(ANY_PERIODS, ANY_PERIODS)
    def test_containing_goes_with_days(self, a: Period, b: Period) -> None:
        """What is contained is never longer, and only equals contain each other."""
        assert a.contains(a)
        assert not a.contains(b) or a.days >= b.days
        assert (a.contains(b) and b.contains(a)) == (a == b)


class TestAsPeriod:
    """`as_period` takes a period or its text."""

    def test_both_forms(self) -> None:
        """A period comes back as it is, a text as what it names."""
        year = Period.parse("2017/18")
        assert as_period(year) is year
        assert as_period("2017-18") == year

    @pytest.mark.parametrize("bad", [2022, None, ["2021/22"], 365.0, date(2017, 4, 1), pd.NaT])
    def test_anything_else_is_refused(self, bad: Any) -> None:
        """The message names the argument and the accepted forms; never an AttributeError."""
        with pytest.raises(InvalidInputError) as caught:
            as_period(bad, "against")
        message = str(caught.value)
        assert message.startswith("against must be a Period, or text such as 2017/18, ")
        assert message.endswith(f"; got {bad!r}")

    def test_text_that_is_no_period(self) -> None:
        """The message is that of `Period.parse`."""
        with pytest.raises(InvalidInputError, match=r"^no period '2017-19'; accepted forms"):
            as_period("2017-19")


class TestFinancialYear:
    """`Period.financial_year` builds a year from the one it begins in."""

    def test_begins_on_the_first_of_april(self) -> None:
        """The year is named by the calendar year it begins in."""
        assert Period.financial_year(2017) == span("2017-04-01", "2018-03-31")

    @pytest.mark.parametrize("bad", [0, -1, 9999, 10**4, 10**30])
    def test_years_outside_the_calendar_are_refused(self, bad: int) -> None:
        """The message gives the range and the value."""
        with pytest.raises(InvalidInputError, match=f"from 1 to 9998; got {bad}$"):
            Period.financial_year(bad)

    @pytest.mark.parametrize("bad", ["2017", 2017.0, None, True])
    def test_only_whole_numbers(self, bad: Any) -> None:
        """A year is an integer, not text and not a float."""
        with pytest.raises(InvalidInputError, match="first_year must be a whole number"):
            Period.financial_year(bad)


class TestFinancialYearOf:
    """`financial_year_of` finds the year of a day, or of a Series of days."""

    @pytest.mark.parametrize(
        ("day", "label"),
        [("2018-03-31", "2017/18"), ("2018-04-01", "2018/19"), ("2020-02-29", "2019/20")],
    )
    def test_one_day(self, day: str, label: str) -> None:
        """Text, date, datetime and Timestamp agree on the year."""
        for sort in (str, date.fromisoformat, datetime.fromisoformat, pd.Timestamp):
            assert financial_year_of(sort(day)).label == label

    def test_a_series_keeps_index_name_and_gaps(self) -> None:
        """Missing stays missing, and the result stands beside its days."""
        stamps = [pd.Timestamp("2018-03-31"), pd.NaT, pd.Timestamp("2018-04-01")]
        days = pd.Series(stamps, index=["a", "b", "a"], name="day")
        kept = days.copy()
        years = financial_year_of(days)
        assert years.tolist() == [Period.financial_year(2017), None, Period.financial_year(2018)]
        assert years.index.equals(days.index)
        assert years.name == "day"
        pd.testing.assert_series_equal(days, kept)

    @pytest.mark.parametrize("days", [[], [None, None]])
    def test_a_series_without_days(self, days: list[None]) -> None:
        """Nothing in, nothing out; only missing in, only missing out."""
        assert financial_year_of(pd.Series(days, dtype="datetime64[ns]")).tolist() == days

    @pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
    def test_any_resolution_and_time_of_day(self, unit: str) -> None:
        """The last second of 31 March still is in the old year."""
        stamps = ["2018-03-31T23:59:59", "2018-04-01T00:00:00"]
        days = pd.Series(np.array(stamps, dtype=f"datetime64[{unit}]"))
        assert [year.label for year in financial_year_of(days)] == ["2017/18", "2018/19"]

    def test_a_time_zone_keeps_its_own_date(self) -> None:
        """The day is the one on the wall clock of the Series."""
        days = pd.Series([pd.Timestamp("2018-03-31 23:30", tz="UTC").tz_convert("Europe/London")])
        # British Summer Time began on 25 March 2018, so 23:30 UTC is 00:30 on 1 April.
        assert financial_year_of(days).tolist() == [Period.financial_year(2018)]

    @pytest.mark.parametrize("zone", [None, "Europe/London"])
    def test_an_index_gives_an_index(self, zone: str | None) -> None:
        """A DatetimeIndex keeps its name and its gaps, on its own wall clock."""
        days = pd.DatetimeIndex(["2018-03-31", None, "2018-04-01"], name="day", tz=zone)
        years = financial_year_of(days)
        assert type(years) is pd.Index
        assert years.tolist() == [Period.financial_year(2017), None, Period.financial_year(2018)]
        assert years.name == "day"
        assert financial_year_of(days[:0]).tolist() == []

    @pytest.mark.parametrize("unit", ["D", "s", "ns"])
    @pytest.mark.parametrize("shape", [(4,), (2, 2)])
    def test_an_array_gives_an_array(self, unit: str, shape: tuple[int, ...]) -> None:
        """A datetime64 array keeps its shape; not a time is None."""
        days = np.array(["2018-03-31", "NaT", "2018-04-01", "1999-12-31"], dtype=f"M8[{unit}]")
        years = financial_year_of(days.reshape(shape))
        assert (type(years), years.shape, years.dtype) == (np.ndarray, shape, object)
        labels = [year and year.label for year in years.reshape(-1)]
        assert labels == ["2017/18", None, "2018/19", "1999/00"]

    def test_a_single_day_of_numpy(self) -> None:
        """A datetime64 is a day like any other, also as an end of a period."""
        for unit in ("D", "s", "ns"):
            day = np.datetime64("2018-03-31", unit)
            assert financial_year_of(day) == Period.financial_year(2017)
            assert Period(day, day) == span("2018-03-31", "2018-03-31")
        for bad in (
            np.datetime64("NaT"),
            np.datetime64("2018-03-31T05"),
            np.datetime64(2**60, "s"),
        ):
            with pytest.raises(InvalidInputError, match="day must be a date"):
                financial_year_of(bad)

    @pytest.mark.parametrize("bad", [None, 2018, "31 March 2018", "2018-02-29", pd.NaT, []])
    def test_what_is_no_day_is_refused(self, bad: Any) -> None:
        """The message names the argument."""
        with pytest.raises(InvalidInputError, match="day must be a date"):
            financial_year_of(bad)

    @pytest.mark.parametrize("bad", [["2018-03-31"], [2018], [timedelta(days=1)]])
    def test_a_series_of_anything_else_is_refused(self, bad: Any) -> None:
        """Text, numbers and durations are no days, in a Series, an index or an array."""
        for days in (pd.Series(bad), pd.Index(bad), np.array(bad)):
            with pytest.raises(InvalidInputError, match="day must be a date"):
                financial_year_of(days)

    @given(st.dates(date(1, 4, 1), date(9999, 3, 31)))
    def test_contains_the_day(self, day: date) -> None:
        """The financial year of a day is one and holds the day."""
        year = financial_year_of(day)
        assert year.kind == "financial_year"
        assert year.contains(Period(day, day))

    @given(st.lists(st.one_of(MODERN, st.none()), max_size=8))
    def test_a_series_goes_day_by_day(self, days: list[date | None]) -> None:
        """The vectorised answer is the scalar one for each day."""
        assume(days)
        found = financial_year_of(pd.Series(np.array(days, dtype="datetime64[s]")))
        assert found.tolist() == [None if day is None else financial_year_of(day) for day in days]
