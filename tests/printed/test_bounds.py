"""Mirrors src/ukcso/printed/_bounds.py: `Bounds` and its arithmetic, against brute force."""

from __future__ import annotations

import math
import operator
import pickle
from collections.abc import Callable, Iterator
from dataclasses import FrozenInstanceError
from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from ukcso.errors import InvalidInputError
from ukcso.printed import Bounds
from ukcso.printed._bounds import Exact, count_bounds

INF = math.inf
HUGE = pytest.param(10**400, id="10**400")  # an integer above every float
# Quarters are exact in binary, so their sums and products are exact too.
QUARTERS = st.integers(-40, 40).map(lambda n: n / 4)
ENDS = st.one_of(QUARTERS, st.sampled_from([0.0, -INF, INF]))


@st.composite
def bounds(draw: st.DrawFn, ends: st.SearchStrategy[float] = QUARTERS) -> Bounds:
    """Draw bounds that hold at least one number."""
    lower, upper = sorted((draw(ends), draw(ends)))
    assume((lower, upper) not in {(INF, INF), (-INF, -INF)})
    if lower == upper:
        return Bounds.exactly(lower)
    return Bounds(lower, upper, draw(st.booleans()), draw(st.booleans()))


def points(b: Bounds) -> Iterator[tuple[Fraction, bool]]:
    """Go through some points of the closure, and whether each belongs to the bounds."""
    low, high = Fraction(b.lower), Fraction(b.upper)
    yield low, b.lower_closed
    yield high, b.upper_closed
    yield from (((low * k + high * (8 - k)) / 8, True) for k in range(1, 8) if low < high)
    if low < 0 < high:
        yield Fraction(0), True


def brute_force(a: Bounds, b: Bounds, operate: Callable[[Any, Any], Any]) -> Bounds:
    """Combine every sampled point with every other and see where they end."""
    found = [
        (operate(x, y), x_in and y_in) for (x, x_in), (y, y_in) in product(points(a), points(b))
    ]
    low, high = min(z for z, _ in found), max(z for z, _ in found)
    return Bounds(low, high, (low, True) in found, (high, True) in found)


class TestBounds:
    """`Bounds` hold the numbers between two ends."""

    def test_closed_below_and_open_above_unless_told(self) -> None:
        """As a rounded positive number is: [65.5, 66.5)."""
        b = Bounds(65.5, 66.5)
        assert (b.lower_closed, b.upper_closed) == (True, False)

    @pytest.mark.parametrize(
        "number", [66, 66.0, Fraction(66), Decimal(66), np.int64(66), np.float64(66)]
    )
    def test_ends_are_plain_floats(self, number: Any) -> None:
        """Any sort of number is taken, and kept as a float."""
        assert Bounds(number, number) == Bounds(66.0, 66.0)
        assert type(Bounds(number, number).lower) is float

    @pytest.mark.parametrize("bad", ["66", None, True, math.nan, [66], 1j, Decimal("nan"), HUGE])
    @pytest.mark.parametrize("name", ["lower", "upper"])
    def test_an_end_that_is_no_number_is_refused(self, name: str, bad: Any) -> None:
        """The message names the end and quotes what was given."""
        ends: dict[str, Any] = {"lower": 1, "upper": 2, name: bad}
        with pytest.raises(InvalidInputError, match=rf"^{name} must be a number .*; got "):
            Bounds(**ends)

    def test_ends_the_wrong_way_round_are_refused(self) -> None:
        """The message gives both."""
        with pytest.raises(InvalidInputError, match=r"lower must not be above upper; got 3\.0 and"):
            Bounds(3, 2)

    def test_an_infinite_end_is_never_closed(self) -> None:
        """Infinity is not a number that could belong to it."""
        b = Bounds(-INF, INF, lower_closed=True, upper_closed=True)
        assert (b.lower_closed, b.upper_closed) == (False, False)

    def test_cannot_be_changed(self) -> None:
        """Bounds are values: equal ones are one key, and none is altered."""
        b: Any = Bounds(1, 2)
        with pytest.raises(FrozenInstanceError):
            b.lower = 0
        assert len({b, Bounds(1.0, 2.0), pickle.loads(pickle.dumps(b))}) == 1  # noqa: S301 - our own bytes
        assert b not in (Bounds(1, 2, lower_closed=False), Bounds(1, 2, upper_closed=True))

    def test_exact_and_empty(self) -> None:
        """One number with both ends closed is exact; with an end open nothing is left."""
        assert (Bounds.exactly(67).is_exact, Bounds.exactly(67).is_empty) == (True, False)
        assert (Bounds(67, 67).is_exact, Bounds(67, 67).is_empty) == (False, True)
        assert (Bounds(66, 67).is_exact, Bounds(66, 67).is_empty) == (False, False)

    @pytest.mark.parametrize(
        ("b", "text"),
        [
            (Bounds(65.5, 66.5), "[65.5, 66.5)"),
            (Bounds(5_000, INF, lower_closed=False), "(5000, inf)"),
            (Bounds(-INF, 7, upper_closed=True), "(-inf, 7]"),
            (Bounds.exactly(67), "67"),
            (Bounds.exactly(22_724), "22724"),
            (Bounds.exactly(1_234_567), "1234567"),
            (Bounds.exactly(0.0125), "0.0125"),
        ],
    )
    def test_str_reads_like_mathematics(self, b: Bounds, text: str) -> None:
        """Brackets say which end belongs, one number stands alone with all its digits."""
        assert str(b) == text

    @given(bounds(ENDS))
    def test_repr_makes_it_again(self, b: Bounds) -> None:
        """The representation is the call."""
        assert eval(repr(b), {"Bounds": Bounds, "inf": INF}) == b  # noqa: S307 - our own text


class TestContains:
    """`contains` asks whether one number is inside."""

    @given(bounds())
    def test_its_own_points(self, b: Bounds) -> None:
        """Inner points are inside, an end is where it is closed, and nothing beyond."""
        for x, inside in points(b):
            assert b.contains(x) == b.contains(float(x)) == inside
        assert not b.contains(b.lower - 0.125)
        assert not b.contains(b.upper + 0.125)

    @pytest.mark.parametrize("x", [math.nan, INF, -INF])
    def test_no_number_is_nowhere(self, x: float) -> None:
        """NaN and infinity are outside even what has no end."""
        assert not Bounds(-INF, INF).contains(x)

    def test_any_real_number_is_inside_no_ends(self) -> None:
        """However large an integer is, it is a number."""
        assert Bounds(-INF, INF).contains(10**400)
        assert not Bounds(1, 2).contains(10**400)

    @pytest.mark.parametrize("digits", ["0.285", "0.95", "16.45", "0.0075", "1.99995", "4.35"])
    @pytest.mark.parametrize("of", [float, np.float64, Decimal, Fraction])
    def test_a_float_stands_for_its_shortest_decimal(self, digits: str, of: Any) -> None:
        """At an end it is that end, whether closed or open, above zero and below."""
        end, other = float(digits), float(digits) - 0.001
        for closed in (True, False):
            above = Bounds(other, end, upper_closed=closed)
            below = Bounds(-end, -other, lower_closed=closed, upper_closed=True)
            assert above.contains(of(digits)) is below.contains(-of(digits)) is closed

    @pytest.mark.parametrize("number", [np.float32(0.1), np.int64(2**62), 10**400, Decimal("0.1")])
    def test_any_sort_of_number_inside(self, number: Any) -> None:
        """A number of another sort is read by its own digits."""
        assert Bounds(0, INF).contains(number)
        assert Bounds(0.1, 1).contains(number) == (number < 1)


class TestWithin:
    """`within`, `overlaps` and `intersection` compare two bounds."""

    @given(bounds(ENDS), bounds(ENDS))
    def test_agree_with_each_other(self, a: Bounds, b: Bounds) -> None:
        """What lies within is its own intersection, and order does not matter."""
        both = a.intersection(b)
        assert both == b.intersection(a)
        assert a.overlaps(b) == b.overlaps(a) == (both is not None)
        assert a.within(b) == (both == a)
        assert both is None or (both.within(a) and both.within(b))
        assert a.within(a)

    @given(bounds(), bounds())
    def test_intersection_holds_what_both_hold(self, a: Bounds, b: Bounds) -> None:
        """A point is in the intersection exactly when it is in both."""
        both = a.intersection(b)
        for x, _ in [*points(a), *points(b)]:
            assert (a.contains(x) and b.contains(x)) == (both is not None and both.contains(x))

    def test_touching_ends(self) -> None:
        """Neighbours share a point only where both ends are closed."""
        assert not Bounds(1, 2).overlaps(Bounds(2, 3))
        assert Bounds(1, 2, upper_closed=True).intersection(Bounds(2, 3)) == Bounds.exactly(2)
        assert not Bounds(1, 2, upper_closed=True).overlaps(Bounds(2, 3, lower_closed=False))

    def test_nothing_is_within_everything(self) -> None:
        """Empty bounds are within any and overlap none, themselves included."""
        empty = Bounds(5, 5)
        assert empty.within(Bounds(1, 2))
        assert not empty.overlaps(empty)
        assert not empty.contains(5)
        assert not Bounds(1, 2).within(empty)


class TestIntegers:
    """`integers` lists the whole numbers inside."""

    @given(bounds())
    def test_are_those_it_contains(self, b: Bounds) -> None:
        """Counting through shows the same ones."""
        assert list(b.integers()) == [n for n in range(-12, 13) if b.contains(n)]

    def test_empty_bounds_have_none(self) -> None:
        """Neither between two neighbours nor at an open end."""
        assert len(Bounds(0.1, 0.9).integers()) == 0
        assert len(Bounds(5, 5).integers()) == 0
        assert len(Bounds(5, 6, lower_closed=False).integers()) == 0

    @pytest.mark.parametrize("b", [Bounds(0, INF), Bounds(-INF, 0)])
    def test_endless_bounds_are_refused(self, b: Bounds) -> None:
        """There is no last whole number."""
        with pytest.raises(InvalidInputError, match="two finite ends"):
            b.integers()


class TestArithmetic:
    """`+ - * /` give every value the operands allow, and no more."""

    @pytest.mark.parametrize("operate", [operator.add, operator.sub, operator.mul])
    @given(a=bounds(), b=bounds())
    def test_agrees_with_brute_force(self, operate: Any, a: Bounds, b: Bounds) -> None:
        """Ends, and whether they belong, are those of the sampled points."""
        result = operate(a, b)
        assert result == brute_force(a, b, operate)
        for (x, x_in), (y, y_in) in product(points(a), points(b)):
            assert not (x_in and y_in) or result.contains(operate(x, y))

    @given(bounds(), bounds())
    @example(Bounds.exactly(49), Bounds.exactly(49))
    @example(Bounds.exactly(98), Bounds.exactly(49))
    def test_division_holds_every_quotient(self, a: Bounds, b: Bounds) -> None:
        """A number inside by a number inside is inside, correctly rounded."""
        assume(b != Bounds.exactly(0))
        result = a / b
        for (x, x_in), (y, y_in) in product(points(a), points(b)):
            if x_in and y_in and y:
                assert result.contains(float(x / y))

    def test_whole_quotients_stay_whole(self) -> None:
        """Twice a number by the number is 2, not 1.9999999999999998."""
        found = {n: (Bounds.exactly(2 * n) / n).integers() for n in range(1, 1_000)}
        assert {n: twos for n, twos in found.items() if twos != range(2, 3)} == {}

    @pytest.mark.parametrize(
        ("divisor", "expected"),
        [
            # 6 by what is inside: by hand, from the ends and towards zero.
            (Bounds(2, 3, upper_closed=True), Bounds(2, 3, upper_closed=True)),
            (Bounds(2, 3), Bounds(2, 3, lower_closed=False, upper_closed=True)),
            (Bounds(0, 3), Bounds(2, INF, lower_closed=False)),
            (Bounds(0, 3, lower_closed=False, upper_closed=True), Bounds(2, INF)),
            (Bounds(-3, 0), Bounds(-INF, -2, upper_closed=True)),
            (Bounds(-3, 0, lower_closed=False, upper_closed=True), Bounds(-INF, -2)),
            (Bounds(-1, 3), Bounds(-INF, INF)),
            (Bounds(2, INF), Bounds(0, 3, lower_closed=False, upper_closed=True)),
            (Bounds(-INF, -2, upper_closed=True), Bounds(-3, 0)),
        ],
    )
    def test_division_by_bounds_that_touch_zero(self, divisor: Bounds, expected: Bounds) -> None:
        """Towards zero the quotient has no end; across zero it may be anything."""
        assert 6 / divisor == expected

    @pytest.mark.parametrize("zero", [0, 0.0, Bounds.exactly(0), Bounds(0, 0)])
    def test_division_by_nothing_but_zero_is_refused(self, zero: Any) -> None:
        """There is no quotient at all."""
        with pytest.raises(InvalidInputError, match="cannot divide"):
            Bounds(1, 2) / zero

    @given(bounds(ENDS), QUARTERS)
    def test_a_number_stands_for_itself(self, b: Bounds, x: float) -> None:
        """On either side a plain number is bounds that hold only it."""
        exactly = Bounds.exactly(x)
        assert b + x == x + b == b + exactly
        assert b - x == b - exactly
        assert x - b == exactly - b
        assert b * x == x * b == b * exactly
        assert -b == b * -1 == 0 - b
        assert -b * -1 == b

    @pytest.mark.parametrize("number", [2, Fraction(2), Decimal(2), np.float64(2), np.int64(2)])
    def test_any_sort_of_number(self, number: Any) -> None:
        """Numbers of other sorts come in from the left and from the right."""
        b = Bounds(1, 3)
        assert b * number == number * b == Bounds(2, 6)
        assert number - b == Bounds(-1, 1, lower_closed=False, upper_closed=True)

    def test_open_ends_stay_open(self) -> None:
        """More than 5,000 in 100 days is more than 50 a day, and no limit above."""
        more = Bounds(5_000, INF, lower_closed=False)
        assert more / 100 == Bounds(50, INF, lower_closed=False)
        assert more - more == Bounds(-INF, INF)
        assert more * 0 == Bounds.exactly(0)

    def test_a_negative_divisor_turns_the_ends_round(self) -> None:
        """More than 5,000 by -2 is below -2,500."""
        assert Bounds(5_000, INF, lower_closed=False) / -2 == Bounds(-INF, -2_500)

    def test_what_is_above_zero_stays_above_it(self) -> None:
        """A number above 0 by one up to 1 never is 0; 0 by whatever is not 0 is."""
        above = Bounds(0, 2, lower_closed=False)
        assert above / Bounds(0, 1, upper_closed=True) == Bounds(0, INF, lower_closed=False)
        assert Bounds.exactly(0) / Bounds(0, 5) == Bounds.exactly(0)
        assert Bounds.exactly(0) / Bounds(-1, 3) == Bounds.exactly(0)

    @pytest.mark.parametrize(
        "operate", [operator.add, operator.sub, operator.mul, operator.truediv]
    )
    @pytest.mark.parametrize("other", [Bounds(-INF, INF), Bounds(1, 2), Bounds.exactly(3)])
    def test_out_of_nothing_comes_nothing(self, operate: Any, other: Bounds) -> None:
        """Where one operand holds no number, no result is left."""
        assert operate(Bounds(1, 1), other).is_empty
        assert operate(other, Bounds(1, 1)).is_empty
        assert (Bounds(1, 1) * 0).is_empty

    def test_a_result_beyond_the_floats_is_refused(self) -> None:
        """The message says so, and does not write three hundred digits."""
        with pytest.raises(InvalidInputError, match="that a float can hold") as caught:
            Bounds(1e308, 1e308, upper_closed=True) * 10
        assert len(str(caught.value)) < 350

    @pytest.mark.parametrize(
        "operate", [operator.add, operator.sub, operator.mul, operator.truediv]
    )
    def test_what_is_no_number_is_refused(self, operate: Any) -> None:
        """NaN is not a number; text is of the wrong type, as for any Python number."""
        with pytest.raises(InvalidInputError, match=r"must be a number .*; got nan"):
            operate(Bounds(1, 2), math.nan)
        for bad in ("2", None, [2]):
            with pytest.raises(TypeError, match=r"unsupported operand|can't multiply"):
                operate(Bounds(1, 2), bad)


# Every interval with these ends, open or closed, single numbers and the empty one among them.
GRID = [
    Bounds(lower, upper, lower_closed, upper_closed)
    for lower, upper in product((-INF, -1.0, 0.0, 2.0, INF), repeat=2)
    if lower <= upper and not (math.isinf(lower) and lower == upper)
    for lower_closed in ({False, True} if math.isfinite(lower) else {False})
    for upper_closed in ({False, True} if math.isfinite(upper) else {False})
]
_NEAR, _FAR = Fraction(1, 2**60), Fraction(2**40)
#: A sample beyond this only comes from an endless operand or a divisor nearing 0.
_ENDLESS = 2**15


def samples(b: Bounds) -> set[Fraction]:
    """Return numbers inside: ends, neighbours of open ends, simple ones, far ones."""
    ends = {Fraction(end) for end in (b.lower, b.upper) if math.isfinite(end)}
    near = {end + sign * _NEAR for end in ends for sign in (-1, 1)}
    simple = {Fraction(n, 2) for n in range(-5, 6)}
    every = ends | near | simple | {_NEAR, -_NEAR, _FAR, -_FAR}
    return {
        x
        for x in every
        if (x > b.lower or (x == b.lower and b.lower_closed))
        and (x < b.upper or (x == b.upper and b.upper_closed))
    }


def oracle(a: Bounds, b: Bounds, operate: Callable[[Any, Any], Any]) -> tuple[Any, ...] | None:
    """Return the ends that the results of all samples near, and whether they reach them."""
    pairs = product(samples(a), samples(b))
    results = {operate(x, y) for x, y in pairs if y or operate is not operator.truediv}
    if not results:
        return None

    def end(extreme: Fraction) -> tuple[float, bool]:
        if abs(extreme) > _ENDLESS:
            return math.copysign(INF, extreme), False
        limit = extreme.limit_denominator(100)
        return float(limit), limit in results

    (lower, lower_closed), (upper, upper_closed) = end(min(results)), end(max(results))
    return lower, upper, lower_closed, upper_closed


@pytest.mark.parametrize("operate", [operator.mul, operator.truediv, operator.add, operator.sub])
def test_every_pair_of_a_small_grid(operate: Any) -> None:
    """Open, closed, infinite and zero ends: the result is what samples of both show."""
    wrong = []
    for a, b in product(GRID, repeat=2):
        if operate is operator.truediv and b.lower == b.upper == 0:
            continue
        result, expected = operate(a, b), oracle(a, b, operate)
        ends = (result.lower, result.upper, result.lower_closed, result.upper_closed)
        if (None if result.is_empty else ends) != expected:
            wrong.append((a, b, result, expected))
    assert wrong == []


class TestCountBounds:
    """`count_bounds` reads an operand."""

    def test_fewer_than_five_is_from_none_to_four(self) -> None:
        """What of bounds is below 0 is no count."""
        assert count_bounds("subject", Bounds(-INF, 5)) == Bounds(0, 5)
        assert count_bounds("subject", np.int64(5)) == Bounds.exactly(5)

    @pytest.mark.parametrize("bad", [-1, Bounds(-2, -1), Bounds(3, 3), INF, "5", None, True])
    def test_what_is_no_count_is_refused(self, bad: Any) -> None:
        """A negative one, an empty one, an endless one, and what is no number."""
        with pytest.raises(InvalidInputError, match=r"^subject must be a finite count"):
            count_bounds("subject", bad)


class TestExact:
    """`Exact` is bounds that are not rounded on the way."""

    @given(bounds(ENDS), bounds(ENDS))
    def test_rounds_to_the_same(self, a: Bounds, b: Bounds) -> None:
        """One operation, rounded at its end, is that of plain bounds."""
        assert (Exact.of(a) * Exact.of(b)).as_floats() == a * b

    def test_thirds_come_back(self) -> None:
        """A third, three times, is one, with no digit lost."""
        assert Exact.exactly(1) / 3 * 3 == Exact.exactly(1)
