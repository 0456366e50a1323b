"""Mirrors src/ukcso/printed/_diagnosis.py: the one slip that explains a number."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from ukcso import check
from ukcso.printed import HedgeRule, diagnose
from ukcso.printed._diagnosis import _digit_slip


class TestDiagnosis:
    """One simple slip, named."""

    @pytest.mark.parametrize(
        ("relation", "printed", "operands", "diagnosis"),
        [
            ("growth", "66", {"subject": 200, "reference": 118}, "one digit: 69 printed as 66"),
            (
                "growth",
                "322",
                {"subject": 369, "reference": 303},
                "a digit in front: 22 printed as 322",
            ),
            # 361 / 63 = 5.73 times
            ("growth", "573", {"subject": 361, "reference": 63}, "a ratio printed as a change"),
            # 43 / 6 = 7.1667 times, cut off
            ("growth", "716", {"subject": 43, "reference": 6}, "a ratio printed as a change"),
            # (200 - 118) / 200 = 41 per cent
            (
                "growth",
                "41",
                {"subject": 200, "reference": 118},
                "the later count taken as the base",
            ),
            (
                "growth",
                "22",
                {"subject": 164, "reference": 209},
                "a fall printed as a rise, or a rise as a fall",
            ),
            (
                "growth",
                "96",
                {"subject": 200, "reference": 118},
                "two digits swapped: 69 printed as 96",
            ),
            ("growth", "6", {"subject": 164, "reference": 100}, None),
            (
                "growth",
                "12",
                {"subject": 212, "reference": 100},
                "a digit missing: 112 printed as 12",
            ),
            (
                "growth",
                "1122",
                {"subject": 212, "reference": 100},
                "a digit too many: 112 printed as 1122",
            ),
            ("growth", "50", {"subject": 53, "reference": 35}, "rounded to tens: 51 printed as 50"),
            # (300 - 100) / 100 = 2
            ("ratio", "2", {"subject": 300, "reference": 100}, "a change printed as a ratio"),
            # 20 / (100 - 20) = 25 per cent
            (
                "share",
                "25",
                {"subject": 20, "reference": 100},
                "the part set against the rest, not the whole",
            ),
            ("share", "80", {"subject": 20, "reference": 100}, "the share of the rest"),
            # 1,249 / 52 = 24.02; a leap year has 52.29 weeks
            (
                "per_week",
                "24.0",
                {"subject": 1_249, "period": "2023/24"},
                "a year taken as 52 weeks",
            ),
            ("growth", "500", {"subject": 200, "reference": 118}, None),
        ],
    )
    def test_slips(
        self, relation: str, printed: str, operands: dict[str, object], diagnosis: str | None
    ) -> None:
        """Each slip is recognised; a number that no slip explains gets none."""
        result = check(relation, printed, **operands)  # type: ignore[arg-type]
        assert (result.verdict, result.diagnosis) == ("differs", diagnosis)

    @pytest.mark.parametrize(
        ("printed", "hedge", "subject", "diagnosis"),
        [
            # "Over 20" of 20: no slip gives it. The difference is 20 too, and not over it.
            ("20", "over", 120, None),
            # A fall of 20 per cent, printed as a rise of at least that.
            ("20", "at_least", 80, "a fall printed as a rise, or a rise as a fall"),
            # 300 is three times 100; the rise is 200. "Over 250" is true of 300, and not it.
            ("250", "over", 300, None),
            ("300", "at_least", 300, "a ratio printed as a change"),
            # 299.6 rounds to 300 and is nearly 300.
            ("300", "nearly", 299.6, "a ratio printed as a change"),
        ],
    )
    def test_a_hedged_number_is_given_exactly(
        self, printed: str, hedge: Any, subject: float, diagnosis: str | None
    ) -> None:
        """Under an open hedge almost any slip would do, so it must give the number itself."""
        result = check("growth", printed, subject=subject, reference=100, hedge=hedge)
        assert (result.verdict, result.diagnosis) == ("differs", diagnosis)

    def test_beside_a_hedge_no_digits_are_cut_off(self) -> None:
        """39 on 196 is a change of -0.801, which is 0 only when cut."""
        result = check("ratio", "0", subject=39, reference=196, hedge="up_to")
        assert (result.verdict, result.diagnosis) == ("differs", None)

    def test_a_stricter_table_counts_for_slips_too(self) -> None:
        """What does not satisfy the caller's word explains nothing."""
        strict = {"nearly": HedgeRule("", lambda p: (p - 1, p, True, False))}
        operands = (Fraction("299.6"), Fraction(100))
        assert diagnose("growth", "300", "nearly", *operands) == "a ratio printed as a change"
        assert diagnose("growth", "301", "nearly", *operands, hedges=strict) is None


class TestKeys:
    """Slips of the keys."""

    @pytest.mark.parametrize(
        ("right", "wrong", "slip"),
        [
            ("69", "66", "one digit"),
            ("69", "96", "two digits swapped"),
            ("22", "322", "a digit in front"),
            ("22", "222", "a digit in front"),
            ("112", "1122", "a digit too many"),
            ("112", "12", "a digit missing"),
            ("-21", "-12", "two digits swapped"),
            ("21", "-12", None),
            ("6", "7", None),
            ("1234", "4321", None),
            ("123", "321", None),
        ],
    )
    def test_one_slip(self, right: str, wrong: str, slip: str | None) -> None:
        """One digit that turns into another explains nothing where there is only one."""
        assert _digit_slip(right, wrong) == slip
