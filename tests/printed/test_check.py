"""Mirrors src/ukcso/printed/_check.py: one printed statement against its operands."""

from __future__ import annotations

import math
import subprocess
import sys
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ukcso
from ukcso import Bounds, Period, check, printed_bounds
from ukcso.errors import InvalidInputError
from ukcso.printed import HEDGES, HedgeRule

COUNTS = st.integers(min_value=1, max_value=10**7)
DIGITS = st.integers(min_value=0, max_value=3)


def rounded(value: Fraction, digits: int) -> str:
    """Return a number as a careful writer prints it: half away from zero."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return str(exact.quantize(Decimal((0, (1,), -digits)), rounding=ROUND_HALF_UP))


class TestPrintedInTheWild:
    """Statements that the press printed; operands as printed beside them."""

    @pytest.mark.parametrize(
        ("relation", "printed", "operands", "hedge", "verdict"),
        [
            # (200 - 118) / 118 = 69.49 per cent
            ("growth", "66", {"subject": 200, "reference": 118}, "exact", "differs"),
            # (369 - 303) / 303 = 21.78 per cent
            ("growth", "322", {"subject": 369, "reference": 303}, "exact", "differs"),
            # 525,600 minutes of 2017/18 / 22,724 = 23.13
            (
                "minutes_between",
                "23",
                {"subject": 22_724, "period": "2017/18"},
                "exact",
                "reproduced",
            ),
            # 674 / 365 = 1.85, which is between nine tenths of 2 and 2
            ("per_day", "2", {"subject": 674, "period": "2017/18"}, "nearly", "reproduced"),
            # 8,224 / 365 = 22.53
            ("per_day", "22", {"subject": 8_224, "period": "2018/19"}, "exact", "truncated"),
            # 146 / 41,246 = 0.354 per cent
            ("share", "0.4", {"subject": 146, "reference": 41_246}, "exact", "reproduced"),
            # 527,040 minutes of 2015/16, a leap year, / 55,507 = 9.495
            (
                "minutes_between",
                "10",
                {"subject": 55_507, "period": "2015/16"},
                "exact",
                "rounded_up",
            ),
            # (164 - 209) / 209 = -21.53 per cent
            ("growth", "-22", {"subject": 164, "reference": 209}, "exact", "reproduced"),
            # 31,238 / 8,282 = 3.77
            ("one_in", "4", {"subject": 8_282, "reference": 31_238}, "exact", "reproduced"),
            # 6,271 / 12 = 522.6
            ("per_month", "523", {"subject": 6_271, "period": "2021/22"}, "exact", "reproduced"),
            # 1,952 / (366 / 7) = 37.33
            ("per_week", "37", {"subject": 1_952, "period": "2019/20"}, "exact", "reproduced"),
            # 365 * 24 / 1,483 = 5.91
            ("hours_between", "6", {"subject": 1_483, "period": "2016/17"}, "exact", "reproduced"),
            # 820 - 247
            ("difference", "573", {"subject": 820, "reference": 247}, "exact", "reproduced"),
            # 640 / 151 = 4.24
            ("ratio", "4", {"subject": 640, "reference": 151}, "over", "reproduced"),
        ],
    )
    def test_verdicts(
        self, relation: str, printed: str, operands: dict[str, object], hedge: str, verdict: str
    ) -> None:
        """Each gets the verdict that its arithmetic earns."""
        assert check(relation, printed, hedge=hedge, **operands).verdict == verdict  # type: ignore[arg-type]

    def test_the_result_tells_all(self) -> None:
        """Recomputed value, difference, diagnosis and what it would read come together."""
        result = check("growth", "66", subject=200, reference=118)
        assert result.recomputed == pytest.approx(100 * 82 / 118, rel=1e-15)
        assert result.difference == pytest.approx(100 * 82 / 118 - 66, rel=1e-12)
        assert result.would_read == "69"
        assert result.diagnosis == "one digit: 69 printed as 66"
        assert (result.relation, result.printed, result.hedge) == ("growth", "66", "exact")

    def test_a_statement_that_holds_needs_no_correction(self) -> None:
        """Nothing is diagnosed, and nothing would read otherwise."""
        result = check("growth", "23", subject=22_724, reference=18_522)
        assert (result.verdict, result.diagnosis, result.would_read) == ("reproduced", None, None)


class TestRanges:
    """Operands known only as ranges."""

    def test_possible(self) -> None:
        """More than 4,000 in a year may be about 11 a day."""
        subject = printed_bounds("4,000", "over")
        result = check("per_day", "11", subject=subject, period="2018/19", hedge="about")
        assert result.verdict == "possible"
        assert isinstance(result.recomputed, Bounds)
        assert result.recomputed.lower == pytest.approx(4_000 / 365)
        assert result.recomputed.upper == math.inf

    def test_reproduced_whatever_the_operand(self) -> None:
        """More than 2,700 on 1,001 is more than double for certain."""
        subject = printed_bounds("2,700", "over")
        assert (
            check("ratio", "2", subject=subject, reference=1_001, hedge="over").verdict
            == "reproduced"
        )

    def test_differs_whatever_the_operand(self) -> None:
        """More than 2,700 on 1,001 is not 110 per cent more."""
        result = check("growth", "110", subject=printed_bounds("2,700", "over"), reference=1_001)
        assert (result.verdict, result.would_read, result.diagnosis) == (
            "differs",
            "170 or more",
            None,
        )

    def test_a_share_stays_within_its_whole(self) -> None:
        """However many more than 4,000, they are at most all of 9,259."""
        result = check("share", "50", subject=printed_bounds("4,000", "over"), reference=9_259)
        assert result.recomputed.upper == 100  # type: ignore[union-attr]

    def test_a_difference_without_a_lower_end(self) -> None:
        """5 set against more than 100 are fewer by 95 or more."""
        result = check("difference", "3", subject=5, reference=printed_bounds("100", "over"))
        assert (result.verdict, result.would_read) == ("differs", "-95 or less")

    def test_an_endless_base_and_an_endless_count(self) -> None:
        """More than 5,000 on more than 3,000 may be any growth at all."""
        result = check(
            "growth",
            "7",
            subject=printed_bounds("5000", "over"),
            reference=printed_bounds("3000", "over"),
        )
        assert result.verdict == "possible"
        assert result.recomputed == Bounds(-100, math.inf, lower_closed=False)

    def test_a_count_that_may_be_nothing(self) -> None:
        """At most ten a year are at least 876 hours apart, or endlessly."""
        result = check(
            "hours_between", "1000", subject=Bounds(0, 10, upper_closed=True), period="2017/18"
        )
        assert result.recomputed == Bounds(876, math.inf)

    def test_nothing_falls_by_all_whatever_it_was(self) -> None:
        """From up to 4 to none is a fall of 100 per cent, and nothing else."""
        operands = {"subject": 0, "reference": Bounds(0, 5)}
        verdicts = [check("growth", p, **operands).verdict for p in ("-100", "50")]  # type: ignore[arg-type]
        assert verdicts == ["reproduced", "differs"]


class TestUndefined:
    """What cannot be calculated is not refused, it is not computable."""

    def test_a_share_of_nothing(self) -> None:
        """0 of 0 is no share, as `share` says."""
        assert check("share", "0", subject=0, reference=0).verdict == "not_computable"
        assert math.isnan(ukcso.share(0, 0))

    def test_growth_from_nothing(self) -> None:
        """Growth from 0 has no value."""
        result = check("growth", "100", subject=5, reference=0)
        assert result.verdict == "not_computable"
        assert math.isnan(result.recomputed)  # type: ignore[arg-type]


class TestHedges:
    """Words keep their everyday meaning, the same for everyone."""

    @pytest.mark.parametrize(
        ("hedge", "subject", "holds"),
        [
            ("over", 201, True),
            ("over", 200, False),
            ("at_least", 200, True),
            ("at_least", 199, False),
            ("up_to", 200, True),
            ("up_to", 201, False),
            ("nearly", 180, True),
            ("nearly", 200, False),
            ("nearly", 179, False),
            ("about", 190, True),
            ("about", 151, True),
            ("about", 149, False),
        ],
    )
    def test_meanings(self, hedge: str, subject: int, holds: bool) -> None:
        """Each word allows what it says about "2 times"."""
        verdict = check("ratio", "2", subject=subject, reference=100, hedge=hedge).verdict  # type: ignore[arg-type]
        assert (verdict == "reproduced") is holds

    def test_a_fall_of_over(self) -> None:
        """A fall of over 20 per cent is a fall by more than 20 per cent."""
        assert (
            check("growth", "-20", subject=70, reference=100, hedge="over").verdict == "reproduced"
        )
        assert check("growth", "-20", subject=90, reference=100, hedge="over").verdict == "differs"

    def test_a_share_at_nine_tenths_is_nearly_one_in_so_many(self) -> None:
        """The end belongs to it, whether a float holds 5 / 0.9 or not."""
        for number in range(2, 400):
            result = check("one_in", number, subject=9, reference=10 * number, hedge="nearly")
            assert result.verdict == "reproduced"

    @pytest.mark.parametrize(
        ("hedge", "subjects"),
        # Of 1,000: a third is 333.3, nine tenths of it 300.
        [
            ("over", {333: False, 334: True}),
            ("at_least", {333: False, 334: True}),
            ("nearly", {299: False, 300: True, 333: True, 334: False}),
            ("up_to", {333: True, 334: False}),
            ("under", {333: True, 334: False}),
            ("about", {285: False, 286: True, 400: True, 401: False}),
        ],
    )
    def test_one_in_so_many_is_about_the_share(self, hedge: str, subjects: dict[int, bool]) -> None:
        """More than one in three is more than a third; 265 in 1,000 are not."""
        for subject, holds in ({265: hedge in {"up_to", "under"}} | subjects).items():
            verdict = check("one_in", "3", subject=subject, reference=1_000, hedge=hedge).verdict  # type: ignore[arg-type]
            assert (verdict == "reproduced") is holds, subject

    def test_a_stricter_table(self) -> None:
        """A caller may read "nearly" more strictly."""
        strict = {
            **HEDGES,
            "nearly": HedgeRule("from 95 per cent", lambda p: (p * 95 / 100, p, True, False)),
        }
        operands = {"subject": 185, "reference": 100}
        assert check("ratio", 2, hedge="nearly", **operands).verdict == "reproduced"  # type: ignore[arg-type]
        assert check("ratio", 2, hedge="nearly", hedges=strict, **operands).verdict == "differs"

    def test_what_it_would_read_is_never_what_was_printed(self) -> None:
        """The words "nearly 3" for 3.05 would read 3.1, not 3."""
        assert check("ratio", "3", subject=1_141, reference=374, hedge="nearly").would_read == "3.1"


class TestLaws:
    """What holds for every pair of counts."""

    @given(old=COUNTS, new=COUNTS, digits=DIGITS)
    def test_a_careful_writer_is_always_reproduced(self, old: int, new: int, digits: int) -> None:
        """Growth rounded half away from zero reproduces, however many digits."""
        printed = rounded(Fraction(100 * (new - old), old), digits)
        assert check("growth", printed, subject=new, reference=old).verdict == "reproduced"

    @given(part=COUNTS, rest=st.integers(0, 10**7), digits=DIGITS)
    def test_shares_and_their_inverse(self, part: int, rest: int, digits: int) -> None:
        """A rounded share, and "one in so many", reproduce."""
        whole = part + rest
        share, one_in = (
            rounded(Fraction(100 * part, whole), digits),
            rounded(Fraction(whole, part), digits),
        )
        assert check("share", share, subject=part, reference=whole).verdict == "reproduced"
        assert check("one_in", one_in, subject=part, reference=whole).verdict == "reproduced"

    @given(old=COUNTS, new=COUNTS, digits=DIGITS)
    def test_cutting_off_is_never_worse_than_truncated(
        self, old: int, new: int, digits: int
    ) -> None:
        """Digits cut off give reproduced or truncated."""
        value = Fraction(100 * (new - old), old)
        cut = Decimal(int(abs(value) * 10**digits)).scaleb(-digits)
        printed = str(-cut if value < 0 and cut else cut)
        assert check("growth", printed, subject=new, reference=old).verdict in {
            "reproduced",
            "truncated",
        }

    @given(old=COUNTS, new=COUNTS, off=st.integers(2, 50), digits=DIGITS)
    def test_two_steps_off_always_differs(self, old: int, new: int, off: int, digits: int) -> None:
        """A number two steps or more from the right one is never excused."""
        right = Decimal(rounded(Fraction(100 * (new - old), old), digits))
        wrong = right + (1 if right >= 0 else -1) * off * Decimal((0, (1,), -digits))
        assert check("growth", str(wrong), subject=new, reference=old).verdict == "differs"

    @given(count=COUNTS, old=COUNTS, slack=st.integers(0, 1000), digits=DIGITS)
    def test_the_truth_inside_a_range_is_never_called_different(
        self, count: int, old: int, slack: int, digits: int
    ) -> None:
        """A range that holds the true count allows what the true count gives."""
        printed = rounded(Fraction(100 * (count - old), old), digits)
        subject = Bounds(max(0, count - slack), count + slack, upper_closed=True)
        verdict = check("growth", printed, subject=subject, reference=old).verdict
        assert verdict in {"reproduced", "possible"}

    @given(count=COUNTS, year=st.integers(1990, 2030), digits=DIGITS)
    def test_calendar_relations(self, count: int, year: int, digits: int) -> None:
        """Per day, week, month and the gaps between agree with the calendar."""
        period = Period.financial_year(year)
        days = Fraction(366 if (year + 1) % 4 == 0 else 365)
        for relation, value in (
            ("per_hour", count / (days * 24)),
            ("per_day", count / days),
            ("per_week", count / (days / 7)),
            ("per_month", Fraction(count, 12)),
            ("minutes_between", days * 1440 / count),
            ("hours_between", days * 24 / count),
        ):
            result = check(relation, rounded(value, digits), subject=count, period=period)  # type: ignore[arg-type]
            assert result.verdict == "reproduced", relation


class TestPrinted:
    """What is printed may come as text or as a number of any sort."""

    @given(
        n=st.integers(-999, 9_999),
        subject=COUNTS,
        reference=COUNTS,
        relation=st.sampled_from(["growth", "ratio", "difference"]),
        hedge=st.sampled_from(sorted(HEDGES)),
    )
    def test_all_sorts_are_read_alike(
        self, n: int, subject: int, reference: int, relation: Any, hedge: Any
    ) -> None:
        """A column with a gap holds floats: 69.0 is 69, as `printed_bounds` reads it."""
        operands = {"subject": subject, "reference": reference, "hedge": hedge}
        as_text = check(relation, str(n), **operands)
        for sort in (int, float, np.int64, np.float64, np.float32, Decimal):
            assert check(relation, sort(n), **operands) == as_text  # type: ignore[arg-type]

    @given(tenths=st.integers(-999, 9_999), subject=COUNTS, reference=COUNTS)
    def test_tenths_too(self, tenths: int, subject: int, reference: int) -> None:
        """A float stands for its shortest decimal."""
        number = tenths / 10
        expected = check("growth", f"{number:g}", subject=subject, reference=reference)
        for printed in (number, np.float64(number), np.float32(number)):
            result = check("growth", printed, subject=subject, reference=reference)  # type: ignore[arg-type]
            assert result == expected

    def test_a_whole_float_has_no_decimals(self) -> None:
        """118 to 200 is 69.49 per cent: 69, however it is typed."""
        for printed in (69, 69.0, "69", np.float64(69.0)):
            result = check("growth", printed, subject=200, reference=118)
            assert (result.verdict, result.printed) == ("reproduced", "69")

    @pytest.mark.parametrize("days", [365, 365.0, np.int64(365), np.float64(365), Decimal(365)])
    def test_days_of_any_sort(self, days: Any) -> None:
        """As `per_day` takes them."""
        assert check("per_day", "22", subject=8_224, period=days).verdict == "truncated"

    def test_per_hour(self) -> None:
        """22,724 / (365 days x 24 hours) = 2.594."""
        result = check("per_hour", "2.6", subject=22_724, period="2017/18")
        assert result.verdict == "reproduced"
        assert result.recomputed == pytest.approx(ukcso.per_hour(22_724, "2017/18"), rel=1e-15)


class TestFrontDoor:
    """The first check of a process is fast, for it loads little."""

    def test_nothing_heavy_is_loaded(self) -> None:
        """No pandas, no numpy, no scipy, no pandera, also not for the wording."""
        code = (
            "import sys, time; start = time.perf_counter(); import ukcso;"
            "result = ukcso.check('growth', 66, subject=200, reference=118);"
            "took = time.perf_counter() - start;"
            "from ukcso.printed import recomputed_phrase, printed_phrase;"
            "words = recomputed_phrase('growth', 69.49, 69.49, '66');"
            "heavy = {'pandas', 'numpy', 'scipy', 'pandera', 'narwhals'} & set(sys.modules);"
            "print(result.verdict, words, sorted(heavy), took < 2)"
        )
        run = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        )
        # 0.08 s on the machine it was written on; a busy one gets 2 s.
        assert run.stdout.strip() == "differs 69.5 % [] True"


class TestBadInput:
    """Refused with the argument's name and the rule."""

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            ({"relation": "groth"}, "relation must be one of growth, ratio"),
            ({"printed": "two thirds"}, "printed must be a number as printed"),
            ({"printed": None}, "printed must be a number as printed"),
            ({"printed": "nan"}, "printed must be a number as printed"),
            ({"hedge": "roughly"}, "hedge must be one of exact, over"),
            ({"subject": -1}, "subject must be a finite count >= 0"),
            ({"subject": math.nan}, "subject must be a finite count >= 0"),
            ({"subject": "200"}, "subject must be a finite count >= 0"),
            ({"reference": None}, "reference must be given"),
            ({"relation": "share", "subject": 6, "reference": 5}, "at most the reference"),
            ({"relation": "one_in", "subject": 6, "reference": 5}, "at most the reference"),
            ({"relation": "share", "subject": 5, "reference": 0}, "at most the reference"),
            ({"relation": ["growth"]}, "relation must be one of growth, ratio"),
            ({"reference": math.inf}, "reference must be a finite count >= 0"),
            ({"period": "2017/18"}, "period must be left out for growth"),
            ({"relation": "per_day"}, "reference must be left out for per_day"),
            ({"relation": "per_day", "reference": None}, "period must be a Period, its text"),
            ({"relation": "per_day", "reference": None, "period": 0}, "days > 0; got 0"),
            ({"relation": "per_day", "reference": None, "period": "lately"}, "no period 'lately'"),
        ],
    )
    def test_messages(self, arguments: dict[str, object], message: str) -> None:
        """The message says what is wrong with what."""
        good: dict[str, object] = {
            "relation": "growth",
            "printed": "66",
            "subject": 200,
            "reference": 118,
        }
        call = good | arguments
        with pytest.raises(InvalidInputError, match=message):
            check(call.pop("relation"), call.pop("printed"), **call)  # type: ignore[arg-type]


class TestShown:
    """A result reads well where it is shown: its verdict first, in one line."""

    @pytest.mark.parametrize(
        ("result", "line"),
        [
            (
                check("growth", "66", subject=200, reference=118),
                (
                    "differs: 66 % printed, 69.5 % recomputed, would read 69 "
                    "(one digit: 69 printed as 66)"
                ),
            ),
            (
                check("per_day", 2, subject=674, period="2017/18", hedge="nearly"),
                "reproduced: nearly 2 a day printed, 1.8 a day recomputed",
            ),
            (
                check("share", "0.4", subject=Bounds(140, 160), reference=41_246),
                "possible: 0.4 % printed, 0.34 to 0.39 % recomputed",
            ),
            (
                check("growth", 66, subject=5, reference=0),
                "not_computable: 66 % printed, no number recomputed",
            ),
        ],
    )
    def test_one_line(self, result: Any, line: str) -> None:
        """The same in a prompt and in a text."""
        assert repr(result) == str(result) == line

    def test_in_a_notebook_and_a_document(self) -> None:
        """A small table; columns that would be empty are left out, and HTML is escaped."""
        result = check("per_day", 22, subject=8_224, period="2018/19")
        assert result._repr_markdown_().splitlines() == [
            "| verdict | printed | recomputed | would read |",
            "| --- | --- | --- | --- |",
            "| truncated | 22 a day | 22.5 a day | 23 |",
        ]
        strict = {"<b>": HEDGES["over"]}
        odd: Any = "<b>"
        html = check("per_day", 22, subject=1, period=1, hedge=odd, hedges=strict)._repr_html_()
        assert "<td>&lt;b&gt; 22 a day</td>" in html
        assert html.count("<th>") == html.count("<td>") == 4
