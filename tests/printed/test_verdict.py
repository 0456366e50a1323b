"""Mirrors src/ukcso/printed/_verdict.py: from two numbers to a verdict."""

from __future__ import annotations

from fractions import Fraction
from typing import get_args

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ukcso import Bounds, check
from ukcso.printed import VERDICTS, Verdict, judge, one_step_from, reading
from ukcso.printed._verdict import places_of


class TestTies:
    """A tie is one: no rounding error of a float decides a verdict."""

    def test_half_rounds_away_from_zero(self) -> None:
        """29 on 200 is 14.5 per cent: 15 is rounded, 14 is cut off."""
        verdicts = [
            check("growth", p, subject=229, reference=200).verdict for p in ("15", "14", "16")
        ]
        assert verdicts == ["reproduced", "truncated", "differs"]

    def test_a_fall_is_its_mirror(self) -> None:
        """A fall of 14.5 per cent rounds to -15."""
        verdicts = [
            check("growth", p, subject=171, reference=200).verdict for p in ("-15", "-14", "-13")
        ]
        assert verdicts == ["reproduced", "truncated", "differs"]

    def test_a_step_up_reaches_the_next_number_only(self) -> None:
        """23.1 printed as 24 is rounded up, as 25 it differs."""
        verdicts = [check("per_day", p, subject=231, period=10).verdict for p in ("23", "24", "25")]
        assert verdicts == ["reproduced", "rounded_up", "differs"]

    def test_an_exact_value_is_not_cut_or_raised(self) -> None:
        """23 printed as 22 or 24 differs: no rounding leads there."""
        verdicts = [check("per_day", p, subject=230, period=10).verdict for p in ("22", "23", "24")]
        assert verdicts == ["differs", "reproduced", "differs"]

    @pytest.mark.parametrize(
        ("subject", "verdict"),
        # -0.6 and 0.7 per cent are cut to 0; -0.5 rounds to -1, -0.4 to 0; 1 per cent is 1.
        [
            (994, "truncated"),
            (1_007, "truncated"),
            (995, "truncated"),
            (996, "reproduced"),
            (1_010, "differs"),
            (990, "differs"),
        ],
    )
    def test_zero_is_only_cut_off(self, subject: int, verdict: str) -> None:
        """Cut and up are about size, and nothing steps up to 0."""
        assert check("growth", "0", subject=subject, reference=1_000).verdict == verdict


class TestJudge:
    """`judge` compares a number, or the range of it, with what was printed."""

    @given(st.fractions(-1_000, 1_000), st.integers(-1_000, 1_000))
    @example(Fraction(-6, 10), 0)
    def test_without_a_hedge_size_decides(self, value: Fraction, printed: int) -> None:
        """By hand: rounded, cut off, or stepped up, each of the size and with the sign."""
        size, same_sign = abs(value), value == 0 or printed == 0 or (value > 0) == (printed > 0)
        if same_sign and int(size + Fraction(1, 2)) == abs(printed):
            expected = "reproduced"
        elif same_sign and int(size) == abs(printed):
            expected = "truncated"
        elif same_sign and printed and -int(-size // 1) == abs(printed):
            expected = "rounded_up"
        else:
            expected = "differs"
        assert judge(value, str(printed), "exact") == expected

    def test_a_range_is_possible_where_it_overlaps(self) -> None:
        """Within is certain, outside is false, anything else may be."""
        ranges = [Bounds(66, 66.25), Bounds(60, 70), Bounds(60, 65), Bounds(66.5, 66.75)]
        verdicts = [judge(value, "66", "exact") for value in ranges]
        assert verdicts == ["reproduced", "possible", "differs", "truncated"]


class TestOneStep:
    """`one_step_from` says what is cut down, and what is stepped up, to a number."""

    @pytest.mark.parametrize(
        ("printed", "cut", "up"),
        [
            ("22", Bounds(22, 23), Bounds(21, 22, False, True)),
            ("-0.4", Bounds(-0.5, -0.4, False, True), Bounds(-0.4, -0.3)),
            ("0.0", Bounds(-0.1, 0.1, lower_closed=False), None),
        ],
    )
    def test_examples(self, printed: str, cut: Bounds, up: Bounds | None) -> None:
        """One unit of the last digit, away from zero or towards it."""
        assert one_step_from(printed) == (cut, up)


class TestReading:
    """`reading` writes a recomputed number as it would have been printed."""

    @pytest.mark.parametrize(
        ("value", "printed", "text"),
        [
            (Fraction(29, 2), "14", "15"),
            (Fraction(-29, 2), "-14", "-15"),
            (Fraction(-1, 4), "1", "0"),
            (Fraction(61, 20), "3", "3.1"),
            (Fraction(1, 10**7), "1.0000000", "0.0000001"),
            (Bounds(42.93, 47.7), "43", "43 to 48"),
            (Bounds(170, float("inf")), "110", "170 or more"),
            (Bounds(69.1, 69.4), "66", "69"),
        ],
    )
    def test_examples(self, value: Fraction | Bounds, printed: str, text: str) -> None:
        """Half away from zero, as many decimals as printed, more where it would read the same."""
        if (value, printed) == (Fraction(61, 20), "3"):
            assert Fraction(text) != 3
        assert reading(value, printed) == text

    def test_places(self) -> None:
        """Decimals are counted as printed."""
        assert [places_of(text) for text in ("66", "2.40", "22,724", "1e3")] == [0, 2, 0, 0]


class TestVerdicts:
    """`VERDICTS` holds all that is known of a verdict."""

    def test_are_those_of_the_type(self) -> None:
        """In the order of a summary."""
        assert tuple(VERDICTS) == get_args(Verdict)

    def test_no_two_look_alike(self) -> None:
        """What comes with a number has a shape and a colour of its own; the rest has none."""
        marks = [(rule.shape, rule.colour) for rule in VERDICTS.values() if rule.shape]
        assert len({shape for shape, _ in marks}) == len({c for _, c in marks}) == len(marks)
        without = [verdict for verdict, rule in VERDICTS.items() if not rule.shape]
        assert without == ["not_comparable", "not_computable"]

    def test_what_is_wrong_would_read_otherwise(self) -> None:
        """Only what settles that a number is wrong comes with another reading."""
        for printed, subject in (("15", 229), ("14", 229), ("16", 229)):
            result = check("growth", printed, subject=subject, reference=200)
            assert (result.would_read is None) == (VERDICTS[result.verdict].is_right is True)
