"""Mirrors src/ukcso/printed/_rounding.py: half away from zero, once for all."""

from __future__ import annotations

import decimal
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ukcso.printed import grouped, printed_bounds, rounded


class TestRounded:
    """`rounded` rounds a number to so many decimals."""

    @given(st.floats(-1e15, 1e15), st.integers(0, 9))
    def test_agrees_with_decimal(self, value: float, digits: int) -> None:
        """The standard library's own rounding of the shortest decimal says the same."""
        with decimal.localcontext(decimal.Context(prec=100)):
            unit = Decimal(1).scaleb(-digits)
            expected = Decimal(repr(value)).quantize(unit, rounding=ROUND_HALF_UP)
        assert rounded(value, digits) == expected
        assert rounded(value, digits).as_tuple().exponent == -digits
        assert str(rounded(value, digits)).startswith("-") == (expected < 0)

    @given(st.fractions(-1_000, 1_000, max_denominator=999), st.integers(0, 6))
    def test_is_the_printed_number_it_belongs_to(self, value: Fraction, digits: int) -> None:
        """What was rounded lies in the bounds of what it was rounded to."""
        assert printed_bounds(f"{rounded(value, digits):f}").contains(value)

    def test_no_context_of_the_caller_rounds_it_again(self) -> None:
        """Three digits of precision elsewhere leave nine alone."""
        with decimal.localcontext(decimal.Context(prec=3)):
            assert str(rounded(123_456_789.5, 0)) == "123456790"


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [(40472.0, 0, "40,472"), (0.25, 1, "0.3"), (-1234.5, 0, "-1,235"), (-0.4, 0, "0")],
)
def test_grouped(value: float, digits: int, text: str) -> None:
    """Thousands apart, and no minus before a zero."""
    assert grouped(value, digits) == text
