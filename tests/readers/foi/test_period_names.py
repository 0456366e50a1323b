"""Mirrors words/_period_names.py: headings of years."""

from __future__ import annotations

import datetime as dt

import pytest

from ukcso.readers.foi.words._period_names import period_in, read_period


@pytest.mark.parametrize(
    ("heading", "label"),
    [
        ("2019/20", "2019/20"),
        ("19/20", "2019/20"),
        ("FY 2019-20", "2019/20"),
        ("2019-20 FY", "2019/20"),
        ("2019/20 (Apr-Mar)", "2019/20"),
        ("Apr 19 - Mar 20", "2019/20"),
        ("Apr19-Mar20", "2019/20"),
        ("Year ending March 2020", "2019/20"),
        ("1st April 2019 \N{EN DASH} 31st March 2020", "2019/20"),
        ("2019\n/20", "2019/20"),
        ("Offences 2019/20", "2019/20"),
        ("Number of offences recorded in 2019/20*", "2019/20"),
        (2019, "2019"),
        ("CY2019", "2019"),
        ("2019 (Jan-Dec)", "2019"),
        ("2019/20 Q1", "2019/20 Q1"),
    ],
)
def test_a_period_as_people_write_it(heading: object, label: str) -> None:
    """Words that say nothing else may stand around it."""
    name = read_period(heading)
    assert name is not None
    assert (str(name.period), name.rest, name.expected) == (label, "", "")


@pytest.mark.parametrize(
    "heading",
    [
        "Year 1",
        "FY19",
        "2019-21",
        "11/12",
        "2019 (Apr-Mar)",
        "2019/20 (Jan-Dec)",
        "1 April 2019 to 30 March 2020",
        "2018/19 and 2019/20",
        dt.date(2019, 4, 1),
    ],
)
def test_what_is_not_clear_is_no_period(heading: object) -> None:
    """It says which forms are."""
    name = read_period(heading)
    assert name is not None
    assert name.period is None
    assert name.expected


@pytest.mark.parametrize("heading", ["2019/20 YTD", "2019/20 (to Dec)", "2019/20 part year"])
def test_words_that_say_more_are_kept(heading: str) -> None:
    """A part of a year is not the year."""
    name = read_period(heading)
    assert name is not None
    assert name.rest or name.expected


def test_a_plain_year_by_what_stands_around() -> None:
    """A year that ends in March, a calendar year, or one that must be named by both its years."""
    assert str(read_period("2020", "Years ending 31 March").period) == "2019/20"
    assert str(read_period("2020", "Figures by calendar year").period) == "2020"
    for words in ("Financial years", "Years run from April to March"):
        assert read_period("2020", words).period is None


@pytest.mark.parametrize(
    ("title", "label"),
    [
        ("Offences recorded 1 April 2019 to 31 March 2020", "2019/20"),
        ("Kent 2019-20 reply", "2019/20"),
        ("2019", "2019"),
        ("FOI 123/24 Kent", "None"),
        ("FOI request 2021", "None"),
        ("Extracted 12 May 2023", "None"),
    ],
)
def test_the_period_of_a_title(title: str, label: str) -> None:
    """The number and the date of a request are none."""
    assert str(period_in(title)) == label
