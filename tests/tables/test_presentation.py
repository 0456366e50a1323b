"""Rounding, digits and the way numbers read."""

from __future__ import annotations

import math
from decimal import Decimal
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ukcso.errors import InvalidInputError
from ukcso.printed import rounded
from ukcso.tables._presentation import Presentation, digits_for, to_multiple

numbers = st.floats(-1e9, 1e9, allow_nan=False)


class TestRounded:
    """`rounded` does what printed statistics do."""

    @given(value=numbers, digits=st.integers(0, 6))
    def test_half_away_from_zero(self, value, digits) -> None:
        """The number is what it reads as, and of two nearest the one farther from zero is it."""
        unit = Decimal(10) ** -digits
        whole = (abs(Decimal(repr(value))) / unit + Decimal("0.5")).to_integral_value("ROUND_FLOOR")
        assert abs(rounded(value, digits)) == whole * unit
        assert rounded(-value, digits) == -rounded(value, digits)

    @pytest.mark.parametrize(
        ("value", "digits", "text"),
        [(0.5, 0, "1"), (-0.5, 0, "-1"), (2.675, 2, "2.68"), (1.005, 2, "1.01"), (-0.4, 0, "0")],
    )
    def test_known_cases(self, value, digits, text) -> None:
        """By hand; there is no -0."""
        assert str(rounded(value, digits)) == text

    @given(value=st.integers(0, 10**6), base=st.integers(1, 1000))
    def test_multiples(self, value, base) -> None:
        """The nearest multiple, by whole-number arithmetic."""
        assert to_multiple(value, base) == base * ((2 * value + base) // (2 * base))


class TestDigits:
    """`digits_for` shows two significant digits of the usual width."""

    @given(widths=st.lists(st.floats(1e-4, 1e6), min_size=1))
    def test_two_significant_digits_and_no_more(self, widths) -> None:
        """With these decimals the median width has two digits, with one fewer it has not."""
        digits = digits_for(widths)
        shown = Decimal(repr(median(widths))).quantize(Decimal(10) ** -digits, "ROUND_FLOOR")
        assert shown >= 10 * Decimal(10) ** -digits
        if digits:
            assert Decimal(repr(median(widths))) < 10 * Decimal(10) ** -(digits - 1)

    def test_widths_that_say_nothing(self) -> None:
        """Missing, infinite and zero widths do not count."""
        assert digits_for([math.nan, math.inf, 0.0, 0.25]) == 2
        assert digits_for([math.nan]) == 0
        assert digits_for([1e-30]) == 6

    @pytest.mark.parametrize("digits", [-1, 13, 2.5, "1", True, math.nan])
    def test_what_is_no_number_of_digits(self, digits) -> None:
        """Argument, rule and value are told."""
        with pytest.raises(InvalidInputError, match=r"digits must be a whole number from 0 to 12"):
            Presentation(digits=digits)

    def test_what_is(self) -> None:
        """None is nobody's wish."""
        assert [Presentation(it).digits for it in (None, 0, 12.0)] == [None, 0, 12]
