"""Mirrors src/ukcso/printed/_implied_counts.py, one class per public function."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from ukcso.errors import InvalidInputError
from ukcso.printed import (
    HEDGES,
    Bounds,
    check,
    implied_base,
    implied_new,
    implied_part,
    implied_whole,
)

INF = math.inf
HUGE = pytest.param(10**400, id="10**400")  # an integer above every float
COUNTS = st.integers(1, 30_000)
DIGITS = st.integers(0, 2)


def printed(percent: Fraction, digits: int) -> str:
    """Round exactly, half away from zero, and print with so many decimals."""
    units = math.floor(abs(percent) * 10**digits + Fraction(1, 2))
    text = str(units).zfill(digits + 1)
    text = f"{text[:-digits]}.{text[-digits:]}" if digits else text
    return f"-{text}" if percent < 0 and units else text


def growth_in_print(old: int, new: int, digits: int) -> str:
    """Print the growth from old to new in percent."""
    return printed(Fraction(100 * (new - old), old), digits)


class TestImpliedBase:
    """`implied_base`: the later count and the growth give the earlier count."""

    def test_published_example(self) -> None:
        """Up 525 per cent to 419: 419 / 6.255 = 66.99 to 419 / 6.245 = 67.09."""
        assert implied_base("525", new=419).integers() == range(67, 68)

    def test_a_fall(self) -> None:
        """Down 22 per cent to 163: 163 / 0.785 = 207.6 to 163 / 0.775 = 210.3."""
        assert implied_base("-22", new=163).integers() == range(208, 211)

    def test_bounds_as_operand(self) -> None:
        """Doubled, exactly, to between 10 and 20: from 5 to 10, within rounding."""
        found = implied_base("100", new=Bounds(10, 20))
        # 10 / 2.005 = 4.9875 and 20 / 1.995 = 10.0251.
        assert (found.lower, found.upper) == pytest.approx((10 / 2.005, 20 / 1.995), rel=1e-12)
        assert (found.lower_closed, found.upper_closed) == (False, False)

    def test_a_hedged_growth(self) -> None:
        """Over 525 per cent to 419: fewer than 419 / 6.25 = 67.04 before."""
        found = implied_base("525", new=419, hedge="over")
        assert found.integers() == range(1, 68)

    def test_what_zero_tells(self) -> None:
        """After a fall of 100 per cent to 0 anything may have been; otherwise only 0."""
        assert implied_base("-100", new=0) == Bounds(0, INF)
        assert implied_base("-99", new=0) == Bounds.exactly(0)
        assert implied_base("-100", new=419).lower == pytest.approx(419 / 0.005)

    @given(COUNTS, st.integers(0, 30_000), DIGITS)
    @example(8, 49, 0)  # 512.5 per cent, printed 513
    @example(40, 3, 0)  # -92.5 per cent, printed -93
    @example(8, 103, 0)  # 1187.5 per cent, printed 1188
    def test_holds_the_true_count(self, old: int, new: int, digits: int) -> None:
        """Whatever the counts were, correct rounding keeps the earlier one inside."""
        assert implied_base(growth_in_print(old, new, digits), new).contains(old)

    @given(st.integers(1, 300), st.integers(1, 900), DIGITS)
    @example(184, 21, 0)  # -88.6 per cent, printed -89; from 200 it is -89.5, printed -90
    def test_holds_no_other_count(self, old: int, new: int, digits: int) -> None:
        """Each whole number inside gives the growth as it was printed."""
        growth = growth_in_print(old, new, digits)
        found = implied_base(growth, new)
        assume(found.upper < 10_000)
        wrong = [n for n in found.integers() if growth_in_print(n, new, digits) != growth]
        assert wrong == []


@pytest.mark.parametrize("hedge", HEDGES)
class TestHedgedFalls:
    """A fall is read by its size, as `check` reads it."""

    def test_over_twenty_per_cent_down_to_eighty(self, hedge: Any) -> None:
        """By hand: 80 left after a fall of over 20 per cent were more than 100."""
        if hedge == "over":
            assert implied_base("-20", new=80, hedge=hedge) == Bounds(100, INF, lower_closed=False)
            assert implied_new("-20", old=100, hedge=hedge) == Bounds(0, 80)

    @given(printed=st.integers(1, 99), old=st.integers(1, 900), new=st.integers(0, 900))
    def test_what_a_check_finds_true_is_inside(
        self, hedge: Any, printed: int, old: int, new: int
    ) -> None:
        """Both counts are inside exactly where the statement holds of them."""
        growth = f"-{printed}"
        verdict = check("growth", growth, subject=new, reference=old, hedge=hedge).verdict
        holds = verdict == "reproduced"
        assert implied_new(growth, old, hedge=hedge).contains(new) is holds
        # A growth of -100 per cent to 0 leaves the earlier count open.
        if new or not holds:
            assert implied_base(growth, new, hedge=hedge).contains(old) is holds


class TestImpliedNew:
    """`implied_new`: the earlier count and the growth give the later count."""

    def test_published_example(self) -> None:
        """Up 37 per cent from 18,522: 1.365 and 1.375 times are 25,282.5 and 25,467.75."""
        assert implied_new("37", old=18_522).integers() == range(25_283, 25_468)

    def test_bounds_as_operand(self) -> None:
        """Half of 10 to 20, within rounding: 0.495 * 10 to 0.505 * 20, both open."""
        found = implied_new("-50", old=Bounds(10, 20))
        assert (found.lower, found.upper) == pytest.approx((4.95, 10.1), rel=1e-12)

    def test_never_below_zero(self) -> None:
        """A fall of 100 per cent leaves nothing, or what rounds to it."""
        found = implied_new("-100", old=18_522)
        assert found.lower == 0
        assert found.contains(0)
        assert found.upper == pytest.approx(92.61)  # 0.005 * 18,522

    def test_from_nothing_comes_nothing(self) -> None:
        """Any growth of 0 is 0."""
        assert implied_new("37", old=0) == Bounds.exactly(0)

    @given(COUNTS, st.integers(0, 30_000), DIGITS)
    @example(40, 3, 0)  # -92.5 per cent, printed -93
    @example(40, 13, 0)  # -67.5 per cent, printed -68
    def test_holds_the_true_count(self, old: int, new: int, digits: int) -> None:
        """Whatever the counts were, correct rounding keeps the later one inside."""
        assert implied_new(growth_in_print(old, new, digits), old).contains(new)

    @given(st.integers(1, 300), st.integers(0, 900), DIGITS)
    @example(200, 242, 0)  # 21 per cent; to 243 it is 21.5, printed 22
    def test_holds_no_other_count(self, old: int, new: int, digits: int) -> None:
        """Each whole number inside gives the growth as it was printed."""
        growth = growth_in_print(old, new, digits)
        found = implied_new(growth, old).integers()
        assert [n for n in found if growth_in_print(old, n, digits) != growth] == []


class TestImpliedWhole:
    """`implied_whole`: a part and its share give the whole."""

    def test_published_example(self) -> None:
        """419 are 13 per cent: 419 / 0.135 = 3,103.7 to 419 / 0.125 = 3,352, included."""
        assert implied_whole("13", part=419).integers() == range(3_104, 3_353)

    def test_never_below_the_part(self) -> None:
        """100 per cent is 99.5 to 100, never more."""
        found = implied_whole("100", part=4)
        assert found.lower == 4
        assert found.contains(4)
        assert found.upper == pytest.approx(4 / 0.995)

    def test_what_zero_tells(self) -> None:
        """No part at all, and 0 per cent, may be of anything; 0 is 13 per cent of 0 only."""
        assert implied_whole("0", part=0) == Bounds(0, INF)
        assert implied_whole("13", part=0) == Bounds.exactly(0)
        found = implied_whole("0", part=419)  # below 0.5 per cent: above 83,800
        assert (found.lower_closed, found.upper) == (False, INF)
        assert found.lower == pytest.approx(83_800)

    @given(COUNTS, st.integers(0, 30_000), DIGITS)
    @example(40, 7, 0)  # 17.5 per cent, printed 18
    @example(40, 23, 0)  # 57.5 per cent, printed 58
    def test_holds_the_true_count(self, whole: int, part: int, digits: int) -> None:
        """Whatever the counts were, correct rounding keeps the whole inside."""
        part = min(part, whole)
        share = printed(Fraction(100 * part, whole), digits)
        assert implied_whole(share, part).contains(whole)


class TestImpliedPart:
    """`implied_part`: a whole and a share give the part."""

    def test_by_hand(self) -> None:
        """0.4 per cent of 41,246: 0.0035 and 0.0045 times are 144.4 and 185.6."""
        assert implied_part("0.4", whole=41_246).integers() == range(145, 186)

    def test_never_above_the_whole(self) -> None:
        """100 per cent of 4 is 3.98 to 4, 0 per cent 0 to 0.02."""
        assert implied_part("100", whole=4).integers() == range(4, 5)
        assert implied_part("0", whole=4).integers() == range(1)
        assert implied_part("13", whole=0) == Bounds.exactly(0)

    @given(COUNTS, st.integers(0, 30_000), DIGITS)
    @example(40, 7, 0)  # 17.5 per cent, printed 18
    @example(80, 7, 1)  # 8.75 per cent, printed 8.8
    def test_holds_the_true_count(self, whole: int, part: int, digits: int) -> None:
        """Whatever the counts were, correct rounding keeps the part inside."""
        part = min(part, whole)
        share = printed(Fraction(100 * part, whole), digits)
        assert implied_part(share, whole).contains(part)

    @given(st.integers(1, 900), st.integers(0, 900), DIGITS)
    def test_holds_no_other_count(self, whole: int, part: int, digits: int) -> None:
        """Each whole number inside gives the share as it was printed."""
        share = printed(Fraction(100 * min(part, whole), whole), digits)
        found = implied_part(share, whole).integers()
        assert [n for n in found if printed(Fraction(100 * n, whole), digits) != share] == []


EVERY: list[tuple[Callable[..., Bounds], str, str]] = [
    (implied_base, "growth_percent", "new"),
    (implied_new, "growth_percent", "old"),
    (implied_whole, "share_percent", "part"),
    (implied_part, "share_percent", "whole"),
]


@pytest.mark.parametrize(("function", "percent", "count"), EVERY)
class TestEveryImplied:
    """All four refuse the same impossible input."""

    @pytest.mark.parametrize(
        "bad", ["419", None, True, -1, math.nan, INF, [1], HUGE, Bounds(-5, -1)]
    )
    def test_a_count_that_is_none(self, function: Any, percent: str, count: str, bad: Any) -> None:
        """The message names the argument and quotes what was given."""
        with pytest.raises(
            InvalidInputError, match=rf"^{count} must be a finite count >= 0, or Bounds of one; got"
        ):
            function(**{percent: "37", count: bad})

    @pytest.mark.parametrize("bad", ["", "nan", "37%", None, True, math.nan])
    def test_a_percentage_that_is_none(
        self, function: Any, percent: str, count: str, bad: Any
    ) -> None:
        """The message names the argument, not the function inside that read it."""
        with pytest.raises(InvalidInputError, match=rf"^{percent} must be a number as printed"):
            function(**{percent: bad, count: 419})

    def test_a_percentage_that_is_impossible(self, function: Any, percent: str, count: str) -> None:
        """A fall of 101 per cent or a share of 101 are not in this world."""
        bad = "-101" if percent == "growth_percent" else "101"
        with pytest.raises(InvalidInputError, match=rf"^{percent} must be within .*; got '{bad}'"):
            function(**{percent: bad, count: 419})

    def test_an_unknown_hedge(self, function: Any, percent: str, count: str) -> None:
        """The message lists the hedges."""
        with pytest.raises(InvalidInputError, match="hedge must be one of exact"):
            function(**{percent: "37", count: 419}, hedge="roughly")

    def test_only_the_possible_part_of_bounds(
        self, function: Any, percent: str, count: str
    ) -> None:
        """A count is never negative, so bounds across zero count from zero."""
        across = function(**{percent: "37", count: Bounds(-5, 5)})
        assert across == function(**{percent: "37", count: Bounds(0, 5)})
        assert across.lower == 0

    def test_an_exact_count_is_bounds_of_one(self, function: Any, percent: str, count: str) -> None:
        """A number and the bounds that hold only it give the same."""
        exactly = function(**{percent: "37", count: Bounds.exactly(419)})
        assert exactly == function(**{percent: "37", count: 419})


@pytest.mark.parametrize(
    ("function", "percent", "count", "implied"),
    [
        (implied_new, "1e-15", 200, Fraction(200)),
        (implied_base, "1e-15", 200, Fraction(200)),
        (implied_new, "9" * 30, 200, Fraction(2 * 10**30)),
        (implied_base, "9" * 30, 200, Fraction(2, 10**26)),
    ],
)
def test_ends_too_near_for_floats(
    function: Any, percent: str, count: int, implied: Fraction
) -> None:
    """Bounds narrower than the floats are widened, never empty."""
    result = function(percent, count)
    assert not result.is_empty
    assert Fraction(result.lower) == pytest.approx(implied, rel=1e-14)
    assert Fraction(result.upper) == pytest.approx(implied, rel=1e-14)
