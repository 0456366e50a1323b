"""Cells: how each reads, and what programs get of it."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ukcso.tables._cells import (
    BLANK,
    MISSING,
    WITHHELD,
    Cell,
    count_cell,
    interval,
    marks,
    number,
    rate_cell,
    words,
)


class TestCells:
    """One function a kind of cell."""

    def test_thousands(self) -> None:
        """People get separators, programs none."""
        cell = number(1_234_567.5, 1, "")
        assert (cell.shown, cell.plain) == ("1,234,567.5", ("1234567.5",))
        assert number(-1234.5, 0, "").shown == "-1,235"

    @given(value=st.floats(-1e9, 1e9, allow_nan=False), digits=st.integers(0, 6))
    def test_both_say_the_same(self, value, digits) -> None:
        """Without separators it is the same text, rounded half away from zero."""
        cell = number(value, digits, "")
        assert cell.shown.replace(",", "") == cell.plain[0]
        unit = Decimal(10) ** -digits
        assert Decimal(cell.plain[0]) == Decimal(repr(value)).quantize(unit, ROUND_HALF_UP)
        assert cell.value == value

    def test_interval(self) -> None:
        """Both limits have the decimals of the value."""
        cell = interval(SimpleNamespace(rate=1023.12, lower=21.4, upper=2024.95), 1, "")
        assert cell.shown == "1,023.1 (21.4 to 2,025.0)"
        assert cell.plain == ("1023.1", "21.4", "2025.0")

    @pytest.mark.parametrize("cell", [BLANK, MISSING, WITHHELD])
    def test_nothing(self, cell: Cell) -> None:
        """Programs get no values; only one of the three is withheld."""
        assert cell.plain == ()
        assert cell.value is None
        assert cell.withheld == (cell is WITHHELD)

    def test_a_text_like_the_mark_is_not_withheld(self) -> None:
        """What is withheld is known by its kind, not by its letters."""
        assert words("[c]").shown == WITHHELD.shown
        assert not words("[c]").withheld


class TestRateCells:
    """Count and rate of a row."""

    ROW = SimpleNamespace(count=7.0, rate=7.0, lower=2.8, upper=14.4)

    @pytest.mark.parametrize(
        ("change", "withheld", "shown"),
        [
            ({}, False, ["7", "7 (3 to 14)"]),
            ({}, True, ["[c]", "[c]"]),
            ({"count": math.nan, "rate": math.nan}, False, ["- no count", "- no count"]),
            ({"rate": math.nan}, False, ["7", "- no people"]),
        ],
    )
    def test_each_reason(self, change, withheld, shown) -> None:
        """What is missing says why; what is withheld takes its rate along."""
        reasons = {"no_count": "no count", "no_people": "no people"}
        row = SimpleNamespace(**{**vars(self.ROW), **change, **reasons, "withheld": withheld})
        cells = count_cell(row), rate_cell(row, 0)
        texts = [" ".join([cell.shown, *cell.notes]) for cell in cells]
        assert [text.replace("\N{EN DASH}", "-") for text in texts] == shown


class TestMarks:
    """`marks` gives letters in the order of reading."""

    def test_one_letter_for_the_same_words(self) -> None:
        """Row by row, a text that comes again has its letter already."""
        first, second = MISSING.noted("x"), words("a").noted("y", "x")
        assert marks([[first, second], [second, first]]) == {"x": "a", "y": "b"}

    def test_more_than_an_alphabet(self) -> None:
        """After z comes aa."""
        letters = marks([[words("a").noted(*map(str, range(54)))]])
        assert [letters[str(at)] for at in (0, 25, 26, 51, 52)] == ["a", "z", "aa", "zz", "aaa"]
