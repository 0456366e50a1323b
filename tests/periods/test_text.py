"""Mirrors src/ukcso/periods/_text.py: names of periods as days, and days as names."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ukcso.errors import InvalidInputError
from ukcso.periods import _text


class TestWholeMonths:
    """Months are counted on from January of a year 0 that has no days."""

    @pytest.mark.parametrize(
        ("first", "count", "start", "end"),
        [
            (12 * 2019 + 3, 12, date(2019, 4, 1), date(2020, 3, 31)),
            (12 * 2020 + 1, 1, date(2020, 2, 1), date(2020, 2, 29)),  # a leap year
            (12 * 1900 + 1, 1, date(1900, 2, 1), date(1900, 2, 28)),  # a century is none
            (12 * 2017 + 9, 6, date(2017, 10, 1), date(2018, 3, 31)),
            (12, 1, date(1, 1, 1), date(1, 1, 31)),
            (12 * 9999 + 11, 1, date(9999, 12, 1), date(9999, 12, 31)),
        ],
    )
    def test_by_the_calendar(self, first: int, count: int, start: date, end: date) -> None:
        """First and last day, whatever the length of the months."""
        assert _text.whole_months(first, count) == (start, end)

    @pytest.mark.parametrize(("first", "count"), [(11, 1), (12 * 10_000, 1), (12 * 9999 + 11, 2)])
    def test_the_calendar_ends(self, first: int, count: int) -> None:
        """No day before the year 1 or after 9999."""
        with pytest.raises(ValueError, match="year"):
            _text.whole_months(first, count)

    @given(st.integers(12, 12 * 9990), st.integers(1, 60))
    def test_months_follow_each_other(self, first: int, count: int) -> None:
        """The day after the last is the first of the next month."""
        _, end = _text.whole_months(first, count)
        assert end + timedelta(days=1) == _text.whole_months(first + count, 1)[0]


class TestNames:
    """`label` writes what `parse` reads."""

    @pytest.mark.parametrize(
        ("kind", "months", "days", "name"),
        [
            ("financial_year", 12, ("1999-04-01", "2000-03-31"), "1999/00"),
            ("financial_year", 12, ("0009-04-01", "0010-03-31"), "0009/10"),
            ("quarter", 3, ("2018-01-01", "2018-03-31"), "2017/18 Q4"),
            ("quarter", 3, ("0001-01-01", "0001-03-31"), "0001-01-01/0001-03-31"),  # of year 0
            ("calendar_year", 12, ("0987-01-01", "0987-12-31"), "0987"),
            ("years", 60, ("2016-04-01", "2021-03-31"), "2016/17 to 2020/21"),
            ("years", 24, ("2016-01-01", "2017-12-31"), "2016 to 2017"),
            ("other", 12, ("2017-10-01", "2018-09-30"), "year ending September 2018"),
            ("other", None, ("2017-10-02", "2018-09-30"), "2017-10-02/2018-09-30"),
        ],
    )
    def test_label(self, kind: str, months: int | None, days: tuple[str, str], name: str) -> None:
        """The usual name of each kind, and it reads back."""
        start, end = map(date.fromisoformat, days)
        assert _text.label(start, end, kind, months) == name
        assert _text.parse(name) == (start, end)

    @pytest.mark.parametrize(
        "text",
        [
            "2017/18 q4",
            "2016-17 TO 2020-21",
            "year  ending\tMarch 2018",
            " ye sept 2018 ",
            "fy2017/18",
        ],
    )
    def test_case_and_blanks_do_not_matter(self, text: str) -> None:
        """A name is read however it is set."""
        assert _text.parse(text) == _text.parse(text.upper()) == _text.parse(f"\n{text}  ")

    @pytest.mark.parametrize(
        "text",
        [
            "\N{FULLWIDTH DIGIT TWO}017",
            "2017\N{FRACTION SLASH}18",
            "year ending 2018-03",
            "2017/18\0",
        ],
    )
    def test_digits_are_ascii(self, text: str) -> None:
        """What only looks like a year is refused."""
        with pytest.raises(InvalidInputError, match=r"^no period .*; accepted forms: 2017/18, "):
            _text.parse(text)

    def test_a_megabyte_is_not_echoed(self) -> None:
        """However long the text, the message is short."""
        with pytest.raises(InvalidInputError) as caught:
            _text.parse("2017/18 " * 200_000)
        assert len(str(caught.value)) < 600
