"""Mirrors words/_legend.py: what a sheet says of its own symbols."""

from __future__ import annotations

import pytest

from ukcso.readers.foi.words._legend import read_legend


@pytest.mark.parametrize(
    ("text", "symbol", "kind", "value"),
    [
        ("* = fewer than 5", "*", "figure", 5),
        ("'-' denotes nil", "-", "figure", 0),
        ("Note: - means no offences recorded in the year", "-", "figure", 0),
        ("Key: * fewer than 5; .. not available", "..", "not_answered", None),
        ("[c] = confidential, [x] = not available", "[c]", "suppressed", None),
        ("* suppressed (fewer than 5)", "*", "suppressed", None),
        ("Numbers below 5 are shown as *.", "*", "figure", 5),
        ("An asterisk (*) denotes a figure of less than 5", "*", "figure", 5),
        ("A dash means none recorded.", "-", "figure", 0),
    ],
)
def test_an_entry_of_a_key(text: str, symbol: str, kind: str, value: float | None) -> None:
    """However it is worded, the symbol stands for what a cell with those words would say."""
    reading = read_legend([text]).symbols[symbol]
    assert (reading.kind, reading.value) == (kind, value)


@pytest.mark.parametrize(
    "text",
    [
        "* Force changed its recording system in 2019",
        "- no offences were recorded by Kent",
        "* see 2",
    ],
)
def test_a_footnote_or_an_item_of_a_list_is_no_key(text: str) -> None:
    """A mark before words that are no answer means nothing for other cells."""
    assert not read_legend([text]).symbols


@pytest.mark.parametrize(
    "text",
    [
        "k = low figure, rounded to zero",
        "~ rounds to 0 but is not zero",
        "[low] = greater than zero and less than half the unit",
    ],
)
def test_what_rounds_to_nought_is_not_nought(text: str) -> None:
    """A key that speaks of nought may say that the number is none."""
    (reading,) = read_legend([text]).symbols.values()
    assert (reading.kind, reading.value) == ("low", None)


def test_a_key_that_leaves_it_open() -> None:
    """Nil or not applicable: which, it does not say."""
    assert not read_legend(["- = nil or not applicable"]).symbols
    assert not read_legend(["- = nil or fewer than 5"]).symbols


def test_a_symbol_of_two_meanings_has_none() -> None:
    """Where notes contradict each other, the cells are listed."""
    assert "*" not in read_legend(["* = fewer than 5", "* = suppressed"]).symbols


def test_what_numbers_are_rounded_to() -> None:
    """It is read in digits and words; two statements are none."""
    assert read_legend(["Figures are rounded to the nearest 5"]).rounded_to == 5
    assert read_legend(["rounded to the nearest ten"]).rounded_to == 10
    assert read_legend(["rounded to the nearest 5", "rounded to nearest 10"]).rounded_to is None
