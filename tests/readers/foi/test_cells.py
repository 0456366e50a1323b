"""Mirrors words/_cells.py: one cell of an answer."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ukcso.readers.foi.words._cells import Legend, read_cell
from ukcso.readers.foi.words._grammar import KINDS, MARKS
from ukcso.readers.foi.words._legend import read_legend


@pytest.mark.parametrize(
    ("cell", "value", "hedge"),
    [
        ("1,234", 1234, "exact"),
        ("1\N{NO-BREAK SPACE}234 ", 1234, "exact"),
        ("1 234", 1234, "exact"),
        (1234.0, 1234, "exact"),
        ("12.00", 12, "exact"),
        ("0", 0, "exact"),
        ("nil", 0, "exact"),
        ("Nil return", 0, "exact"),
        ("No offences recorded", 0, "exact"),
        ("12 offences", 12, "exact"),
        ("<5", 5, "under"),
        ("< 5", 5, "under"),
        ("fewer than 10", 10, "under"),
        ("less than five", 5, "under"),
        ("5 or fewer", 5, "up_to"),
        ("\N{LESS-THAN OR EQUAL TO}5", 5, "up_to"),
        ("up to 20", 20, "up_to"),
        ("c. 300", 300, "about"),
        ("approx. 300", 300, "about"),
        ("300 (approx)", 300, "about"),
        ("~300", 300, "about"),
        ("300+", 300, "at_least"),
        ("300 or more", 300, "at_least"),
        ("more than 5", 5, "over"),
        ("almost 300", 300, "nearly"),
    ],
)
def test_a_number_with_its_hedge(cell: object, value: float, hedge: str) -> None:
    """What people write is a number and one of the hedges."""
    reading = read_cell(cell)
    assert (reading.kind, reading.value, reading.hedge) == ("figure", value, hedge)
    assert not reading.expected


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("Refused", "refused"),
        ("s.12", "refused"),
        ("Section 40(2)", "refused"),
        ("FOIA s12", "refused"),
        ("Exceeds cost limit", "refused"),
        ("Refused - information not held centrally", "refused"),
        ("No information held", "not_held"),
        ("Not recorded", "not_held"),
        ("not yet", "not_answered"),
        ("awaiting", "not_answered"),
        ("Chased 3 May", "not_answered"),
        ("TBC", "not_answered"),
        ("N/A", "not_applicable"),
        ("suppressed", "suppressed"),
        ("[c]", "suppressed"),
        ("[x]", "not_answered"),
        ("[z]", "not_applicable"),
        ("[low]", "low"),
        ("[c] [note 3]", "suppressed"),
    ],
)
def test_an_answer_without_a_number(cell: str, kind: str) -> None:
    """It has a kind, its words stay, and it is no nought."""
    reading = read_cell(cell)
    assert (reading.kind, reading.words, reading.value) == (kind, cell, None)
    assert not reading.expected


@pytest.mark.parametrize("cell", ["-", "*", "..", ":", "~", "k", "[u]", "see note", "3/4", "12-15"])
def test_what_only_its_writer_knows_is_listed(cell: str) -> None:
    """A symbol without a key, half a date, a range: no number, and the cell says what is wanted."""
    reading = read_cell(cell)
    assert reading.kind != "figure"
    assert reading.expected


@pytest.mark.parametrize(
    "cell",
    [
        dt.datetime(2024, 4, 3),  # noqa: DTZ001 - as Excel has it
        dt.date(2024, 4, 3),
        "1,23",
        "1.234",
        12.5,
        -3,
        "(12)",
        "45 (44)",
        "12 (of which 3 online)",
        "80 (to 28 Feb)",
        "est. 300",
        "45%",
        "#REF!",
        True,
        "[c] 45",
        "45 [t]",
        "S.15A",
    ],
)
def test_what_is_no_count_is_unreadable(cell: object) -> None:
    """Dates that Excel made, decimals, two numbers: nothing is guessed."""
    reading = read_cell(cell)
    assert (reading.kind, reading.value) == ("unreadable", None)
    assert reading.expected


@pytest.mark.parametrize("mark", sorted(set(MARKS) - {"a", "t"}))
def test_a_marked_number_keeps_its_mark(mark: str) -> None:
    """The number stays, the mark goes to the note."""
    for cell in (f"1,045 [{mark}]", f"1045[{mark}][note 2]", f"1045 [r][{mark}]"):
        reading = read_cell(cell)
        assert (reading.kind, reading.value) == ("figure", 1045)
        assert f"[{mark}]" in reading.note


@pytest.mark.parametrize("cell", ["1,234*", "1,234\N{SUPERSCRIPT TWO}", "1,234 [note 2]"])
def test_a_footnote_mark_is_no_digit(cell: str) -> None:
    """A superscript 2 after 1,234 does not make 12,342 of it."""
    assert read_cell(cell).value == 1234


def test_low_is_under_half_the_unit_where_the_sheet_states_its_rounding() -> None:
    """[low] is greater than nought: a figure only with the rounding, and never 0."""
    assert read_cell("[low]").kind == "low"
    for cell in ("[low]", "~"):
        reading = read_cell(cell, Legend({}, rounded_to=10))
        assert (reading.kind, reading.value, reading.hedge) == ("figure", 5.0, "under")


def test_a_key_says_what_a_symbol_means() -> None:
    """With a key, a dash is nought and an asterisk a number below five."""
    legend = read_legend(["- = nil, * = fewer than 5"])
    assert read_cell("-", legend).value == 0
    assert (read_cell("*", legend).value, read_cell("*", legend).hedge) == (5, "under")
    assert read_cell("12*", legend).value == 12


@pytest.mark.parametrize("cell", [None, "", "  ", "\N{NO-BREAK SPACE}", float("nan")])
def test_an_empty_cell(cell: object) -> None:
    """It says nothing, and is not nought."""
    assert read_cell(cell).kind == "empty"


@given(st.integers(0, 10**7))
def test_every_count_reads_back(count: int) -> None:
    """As a number, as text, with commas or blanks between thousands, and with a hedge."""
    for cell in (count, float(count), str(count), f"{count:,}", f" {count:,} ".replace(",", " ")):
        assert read_cell(cell).value == count
    assert read_cell(f"fewer than {count:,}").value == count


@given(st.text(max_size=30))
def test_any_text_is_a_figure_an_answer_or_listed(text: str) -> None:
    """Nothing raises, nothing is of no kind, and a figure has a digit or a word for one."""
    reading = read_cell(text)
    assert reading.kind in {"figure", "empty", *KINDS}
    assert reading.kind != "unreadable" or reading.expected
