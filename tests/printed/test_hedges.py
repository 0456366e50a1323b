"""Mirrors src/ukcso/printed/_hedges.py, one class per public function."""

from __future__ import annotations

import decimal
import math
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ukcso.errors import InvalidInputError
from ukcso.evidence import Operand
from ukcso.printed import (
    HEDGES,
    Bounds,
    HedgeRule,
    check,
    implied_base,
    implied_part,
    meant_by,
    printed_bounds,
    printed_number,
)

INF = math.inf
NO_NUMBERS: list[Any] = ["", "-", ",", "e5", ".", "1e", "66%", "sixty", "6 6", "nan", "inf"]
NO_NUMBERS += ["1/2", "£5", Decimal("NaN")]


def rounded(x: float, digits: int) -> str:
    """Round the shortest decimal of a float, half away from zero, and print as text."""
    with decimal.localcontext() as context:
        context.prec = 1_000
        return format(Decimal(repr(x)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP), "f")


class TestPrintedNumber:
    """`printed_number` reads a number and keeps its digits."""

    @pytest.mark.parametrize(
        ("printed", "digits"),
        [
            ("66", "66"),
            ("0.40", "0.40"),
            ("2.4", "2.4"),
            ("22,724", "22724"),
            ("1,234,567.5", "1234567.5"),
            ("-22", "-22"),
            ("\N{MINUS SIGN}22", "-22"),
            ("+66", "66"),
            (" 66\n", "66"),
            ("1.2E+6", "1.2E+6"),
            (66, "66"),
            (-22, "-22"),
            (0, "0"),
            (66.0, "66"),
            (0.4, "0.4"),
            (np.float64(0.4), "0.4"),
            (np.float64(69.0), "69"),
            (np.float32(0.4), "0.4"),
            (np.int64(66), "66"),
            ("9" * 30, "9" * 30),
            ("1e30", "1E+30"),
            ("0." + "0" * 29 + "1", "1E-30"),
            (".5", "0.5"),
            (Decimal("2.40"), "2.40"),
        ],
    )
    def test_keeps_the_digits(self, printed: Any, digits: str) -> None:
        """Text and Decimal keep trailing zeros, separators go, a float 66.0 is 66."""
        assert str(printed_number(printed)) == digits

    @pytest.mark.parametrize(
        "bad",
        [*NO_NUMBERS, math.nan, INF, True, None, [66], b"66", 66j],
    )
    def test_what_is_no_plain_number_is_refused(self, bad: Any) -> None:
        """The message names the argument, the rule and what was given."""
        for read in (printed_number, printed_bounds):
            with pytest.raises(InvalidInputError) as caught:
                read(bad)
            rule = "printed must be a number as printed, such as 66 or 0.4"
            assert str(caught.value) == f"{rule}; got {bad!r}"
        with pytest.raises(InvalidInputError, match=r"^growth_percent must be a"):
            printed_number(bad, "growth_percent")


NOBODY_PRINTS = [
    "1e9999999",
    "1e-1000000",
    "1e-999999999999",
    "1e999999999999",
    "1e" + "9" * 5_000,
    "1e-400",
    "1e31",
    "0e31",
    "9" * 31,
    "9" * 1_000_000,
    10**400,
    1e300,
    Decimal("1e-31"),
]


class TestLimits:
    """Numbers that nobody prints are refused at once, whoever reads them."""

    @pytest.mark.parametrize("bad", NOBODY_PRINTS, ids=lambda bad: str(bad)[:16])
    def test_one_clear_error(self, bad: Any) -> None:
        """The message says the limit, and never echoes a megabyte."""
        for read in (
            printed_number,
            printed_bounds,
            meant_by,
            lambda it: check("growth", it, subject=200, reference=118),
            lambda it: implied_base(it, 5),
        ):
            with pytest.raises(InvalidInputError, match="at most 30 digits") as caught:
                read(bad)
            assert len(str(caught.value)) < 350

    def test_an_integer_that_python_does_not_write(self) -> None:
        """More than 4,300 digits: neither read nor echoed."""
        with pytest.raises(InvalidInputError, match="too long to write"):
            printed_number(10**5_000)

    @pytest.mark.parametrize("hedge", HEDGES)
    @pytest.mark.parametrize("printed", ["9" * 30, "1e30", "1e-30", "0." + "123456789" * 3])
    def test_whatever_is_within_them_works(self, printed: str, hedge: Any) -> None:
        """Thirty digits and their bounds are calculated without a decimal error."""
        with decimal.localcontext(decimal.Context(prec=3, traps=[decimal.Inexact])):
            assert not printed_bounds(printed, hedge).is_empty
            check("ratio", printed, subject=7, reference=3, hedge=hedge)
            check("difference", f"-{printed}", subject=7, reference=3, hedge=hedge)


class TestPrintedBounds:
    """`printed_bounds` says what a printed number can stand for."""

    @pytest.mark.parametrize(
        ("printed", "hedge", "expected"),
        [
            # The first group is DESIGN.md and API.md, literally.
            ("66", "exact", Bounds(65.5, 66.5)),
            ("0.4", "exact", Bounds(0.35, 0.45)),
            ("23,000", "nearly", Bounds(20_700, 23_000)),
            ("700", "about", Bounds(650, 750)),
            ("25", "about", Bounds(23.75, 26.25)),
            ("5,000", "over", Bounds(5_000, INF, lower_closed=False)),
            ("5", "under", Bounds(-INF, 5)),
            ("5,000", "at_least", Bounds(5_000, INF)),
            ("5,000", "up_to", Bounds(-INF, 5_000, upper_closed=True)),
            # Half a unit of the last digit, by hand.
            ("2.40", "exact", Bounds(2.395, 2.405)),
            ("2.4", "exact", Bounds(2.35, 2.45)),
            ("22,724", "exact", Bounds(22_723.5, 22_724.5)),
            ("700", "exact", Bounds(699.5, 700.5)),
            ("1.2E+6", "exact", Bounds(1_150_000, 1_250_000)),
            # Half rounds away from zero: -22.5 prints as -23 and -21.5 as -22.
            ("-22", "exact", Bounds(-22.5, -21.5, lower_closed=False, upper_closed=True)),
            ("\N{MINUS SIGN}0.4", "exact", Bounds(-0.45, -0.35, False, True)),
            ("0", "exact", Bounds(-0.5, 0.5, lower_closed=False)),
            ("0.00", "exact", Bounds(-0.005, 0.005, lower_closed=False)),
            (66, "exact", Bounds(65.5, 66.5)),
            (66.0, "exact", Bounds(65.5, 66.5)),
            (0.4, "exact", Bounds(0.35, 0.45)),
            (Decimal("66.0"), "exact", Bounds(65.95, 66.05)),
            # 5 per cent of 1,234 is 61.7, wider than half a unit; 5 per cent of 1 is not.
            ("1,234", "about", Bounds(1_172.3, 1_295.7)),
            ("1", "about", Bounds(0.5, 1.5)),
            ("1,000", "about", Bounds(500, 1_500)),
            ("0", "about", Bounds(-0.5, 0.5)),
            ("-20", "over", Bounds(-20, INF, lower_closed=False)),
        ],
    )
    def test_what_each_hedge_allows(self, printed: Any, hedge: Any, expected: Bounds) -> None:
        """Each hedge has its everyday meaning."""
        assert printed_bounds(printed, hedge) == expected

    def test_exact_unless_told(self) -> None:
        """Without a hedge a number is what rounds to it."""
        assert printed_bounds("66") == printed_bounds("66", "exact")

    def test_a_stricter_table(self) -> None:
        """A caller may read a word more strictly; the shipped table stays as it is."""
        rule = HedgeRule("from 95 per cent", lambda p: (p * 95 / 100, p, True, False))
        strict = {**HEDGES, "nearly": rule}
        # 95 per cent of 23,000 is 21,850.
        assert printed_bounds("23,000", "nearly", hedges=strict) == Bounds(21_850, 23_000)
        assert printed_bounds("23,000", "nearly") == Bounds(20_700, 23_000)

    @pytest.mark.parametrize("bad", ["loosely", "Exact", None, 5, ["about"]])
    def test_an_unknown_hedge_is_refused(self, bad: Any) -> None:
        """The message lists those of the table in use."""
        with pytest.raises(InvalidInputError) as caught:
            printed_bounds("66", bad)
        known = "exact, over, under, nearly, about, at_least, up_to"  # the order of the table
        assert str(caught.value) == f"hedge must be one of {known}; got {bad!r}"
        with pytest.raises(InvalidInputError, match="must be one of exact; got 'about'"):
            printed_bounds("66", "about", hedges={"exact": HEDGES["exact"]})

    def test_each_meaning_is_said_in_words(self) -> None:
        """The table is shown in the docs, so no rule goes without words."""
        assert all(rule.meaning for rule in HEDGES.values())

    def test_the_callers_decimal_context_changes_nothing(self) -> None:
        """A coarse context elsewhere in a program does not coarsen a printed number."""
        with decimal.localcontext() as context:
            context.prec = 4
            assert printed_bounds("22,724") == Bounds(22_723.5, 22_724.5)

    @given(st.floats(-1e6, 1e6), st.integers(0, 6))
    @example(2.5, 0)
    @example(-2.5, 0)
    @example(0.285, 2)  # its binary is a little less, its shortest decimal prints 0.29
    @example(-0.285, 2)
    @example(-0.95, 1)
    @example(-16.45, 1)
    @example(1.005, 2)
    def test_holds_what_rounds_to_it(self, x: float, digits: int) -> None:
        """Whatever number was rounded, it is inside the bounds of what was printed."""
        assert printed_bounds(rounded(x, digits)).contains(x)

    @given(st.floats(-1e15, 1e15), st.integers(0, 6))
    @example(1e15, 6)
    @example(5_426_927_552.3, 6)
    @example(85_441_183_896.3175, 5)
    @example(4_425_760_774_207.656, 3)
    @example(642_802_540.0003074, 6)
    @example(-777_984_930_379.9764, 3)
    def test_holds_large_numbers_too(self, x: float, digits: int) -> None:
        """Where half a unit is finer than a float, the number itself still is inside."""
        assert printed_bounds(rounded(x, digits)).contains(x)

    @given(st.integers(-(10**30) + 1, 10**30 - 1))
    def test_holds_any_integer(self, n: int) -> None:
        """A printed integer may always stand for itself."""
        assert printed_bounds(f"{n:,}").contains(n)

    @given(st.integers(-99_999, 99_999), st.integers(0, 6))
    def test_holds_nothing_that_rounds_elsewhere(self, units: int, digits: int) -> None:
        """A tenth of a unit beyond either end is outside, inside the end it is inside."""
        unit = Decimal(1).scaleb(-digits)
        found = printed_bounds(str((units * unit).quantize(unit)))
        for tenths in (-6, -4, 0, 4, 6):
            x = units * unit + tenths * unit / 10
            assert found.contains(x) == (abs(tenths) < 5)  # type: ignore[arg-type]

    @given(st.integers(1, 10**6), st.sampled_from(["exact", "about", "at_least", "up_to"]))
    def test_may_be_what_was_printed(self, n: int, hedge: Any) -> None:
        """These hedges allow the number itself; over and nearly do not."""
        assert printed_bounds(str(n), hedge).contains(n)
        assert not printed_bounds(str(n), "over").contains(n)
        assert not printed_bounds(str(n), "nearly").contains(n)

    @given(st.integers(1, 99_999), st.integers(1, 6))
    @example(285, 3)
    def test_one_number_rounds_to_one(self, n: int, digits: int) -> None:
        """Neighbours share no tie: it is inside the one that half away from zero gives."""
        unit = Decimal(1).scaleb(-digits)
        tie = (n + Decimal("0.5")) * unit
        lower, upper = (str((k * unit).quantize(unit)) for k in (n, n + 1))
        for number in (tie, float(tie), np.float64(tie)):
            inside = [printed_bounds(text).contains(number) for text in (lower, upper)]  # type: ignore[arg-type]
            assert inside == [False, True]


class TestUnder:
    """The hedge `under`, for "<5" and "fewer than 5"."""

    def test_a_count_under_five_is_none_to_four(self) -> None:
        """Wherever a count is bounded: an operand of evidence, of a check, of what is implied."""
        fewer: Any = "under"
        assert Operand(5.0, fewer, "release", "source").bounds == Bounds(0, 5)
        under_5 = printed_bounds("5", "under")
        # 100 times up to 5 of 20.
        assert check("share", "9", subject=under_5, reference=20).recomputed == Bounds(0, 25)
        assert implied_part("50", under_5) == implied_part("50", Bounds(0, 5))


class TestWords:
    """The words that people use for a hedge."""

    def test_no_word_stands_for_two(self) -> None:
        """Each is one hedge's, so a text can be read; only `exact` has none."""
        words = [word for rule in HEDGES.values() for word in rule.words]
        assert len(words) == len(set(words))
        assert [hedge for hedge, rule in HEDGES.items() if not all(rule.words)] == ["exact"]

    @pytest.mark.parametrize(
        ("words", "hedge"), [("more than", "over"), ("fewer than", "under"), ("<", "under")]
    )
    def test_a_word_instead_of_its_hedge_is_pointed_out(self, words: Any, hedge: str) -> None:
        """The message says which hedge is meant."""
        with pytest.raises(InvalidInputError, match=f"; say {hedge}$"):
            printed_bounds("5", words)


class TestMeantBy:
    """`meant_by` says what a statement allows: falls by their size, one in so many by the share."""

    @pytest.mark.parametrize("hedge", HEDGES)
    @pytest.mark.parametrize("printed", ["20", "0.5", "22,724"])
    def test_a_fall_mirrors_a_rise(self, printed: str, hedge: Any) -> None:
        """The same word about the same size."""
        assert meant_by(f"-{printed}", hedge) == -meant_by(printed, hedge)

    @pytest.mark.parametrize(
        ("hedge", "expected"),
        [
            # A share above, at least, just below, at most, below a third.
            ("over", Bounds(0, 3, lower_closed=False)),
            ("at_least", Bounds(0, 3, lower_closed=False, upper_closed=True)),
            ("nearly", Bounds(3, 10 / 3, lower_closed=False, upper_closed=True)),
            ("up_to", Bounds(3, INF)),
            ("under", Bounds(3, INF, lower_closed=False)),
            ("about", Bounds(2.5, 3.5)),
            ("exact", Bounds(2.5, 3.5)),
        ],
    )
    def test_one_in_three(self, hedge: Any, expected: Bounds) -> None:
        """The word speaks of the share, so the number turns round."""
        assert meant_by("3", hedge, inverse=True) == expected

    def test_a_stricter_word_turns_round_too(self) -> None:
        """From 95 per cent of a third up to it: one in 3 to 3.158."""
        strict = {"nearly": HedgeRule("", lambda p: (p * 95 / 100, p, True, False))}
        assert meant_by("3", "nearly", strict, inverse=True).upper == pytest.approx(3 / 0.95)
