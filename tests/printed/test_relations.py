"""Mirrors src/ukcso/printed/_relations.py: all that is known of a relation, in one record."""

from __future__ import annotations

import math
import subprocess
import sys
import textwrap
from fractions import Fraction
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import ukcso
from ukcso import Bounds, Period, check
from ukcso.errors import InvalidInputError
from ukcso.printed import RELATIONS, Kind, Relation, is_above_whole, printed_phrase, recompute

COUNTS = st.integers(1, 10**6)
INF = math.inf
REFERENCE = [name for name, rule in RELATIONS.items() if rule.against == "reference"]
CALENDAR = [name for name in RELATIONS if name not in REFERENCE]

#: The same formulas, from the functions that calculate with plain numbers.
FUNCTIONS: dict[str, Any] = {
    "growth": lambda s, r: 100 * ukcso.growth(r, s),
    "ratio": lambda s, r: s / r,
    "share": lambda s, r: 100 * ukcso.share(s, r),
    "one_in": lambda s, r: 1 / ukcso.share(s, r),
    "difference": lambda s, r: s - r,
    **{name: getattr(ukcso, name) for name in CALENDAR},
}


class TestRecords:
    """`RELATIONS` is complete, and says the same as what calculates elsewhere."""

    def test_are_those_of_the_type(self) -> None:
        """The names that type checkers know are those there are, and `check` names each."""
        assert set(RELATIONS) == set(get_args(Kind))
        assert all(name in (check.__doc__ or "") for name in RELATIONS)

    @pytest.mark.parametrize("name", REFERENCE)
    @given(COUNTS, COUNTS)
    def test_formulas_of_two_counts(self, name: str, subject: int, reference: int) -> None:
        """As the public functions have them."""
        reference += subject if RELATIONS[name].is_part else 0
        value = RELATIONS[name].formula(Fraction(subject), Fraction(reference))
        assert float(value) == pytest.approx(FUNCTIONS[name](subject, reference), rel=1e-12)

    @pytest.mark.parametrize("name", CALENDAR)
    @pytest.mark.parametrize(
        "period", ["2018/19", "2019/20", "2019/20 Q4", "2016/17 to 2017/18", 90]
    )
    def test_formulas_of_the_calendar(self, name: str, period: Any) -> None:
        """As the public functions have them, whole months or not."""
        rule = RELATIONS[name]
        value = float(rule.formula(Fraction(8_224), rule.time(period)))
        assert value == pytest.approx(FUNCTIONS[name](8_224, period), rel=1e-12)

    @pytest.mark.parametrize("name", RELATIONS)
    @given(COUNTS, COUNTS)
    def test_a_quotient_is_the_formula(self, name: str, subject: int, second: int) -> None:
        """One linear form over another, in subject, reference and 1."""
        rule = RELATIONS[name]
        time = None if rule.against == "reference" else Fraction(second)
        above, below = (
            sum(
                weight * operand for weight, operand in zip(form, (subject, second, 1), strict=True)
            )
            for form in rule.quotient(time)
        )
        assert Fraction(above) / below == rule.formula(Fraction(subject), Fraction(second))
        assert time is None or rule.quotient(time)[0][1] == rule.quotient(time)[1][1] == 0

    @pytest.mark.parametrize("name", RELATIONS)
    def test_only_one_in_so_many_is_an_inverse(self, name: str) -> None:
        """A hedge is about the number, or about the share that it is the inverse of."""
        rule = RELATIONS[name]
        assert rule.inverse == (rule.is_part and rule.over == "subject")

    def test_what_falls_below_zero(self) -> None:
        """A change in percent and a difference, nothing else."""
        assert {n for n, rule in RELATIONS.items() if rule.is_signed} == {"growth", "difference"}


class TestTime:
    """`Relation.time` says what a count is spread over."""

    @pytest.mark.parametrize(
        ("name", "period", "expected"),
        [
            ("per_day", "2019/20", 366),
            ("per_month", "2019/20", 12),
            ("per_month", Period.parse("2019/20 Q4"), 3),
            # A mean month has 30.436875 days: 146,097 in 4,800 months.
            ("per_month", 365, Fraction(365 * 4_800, 146_097)),
            ("per_hour", np.float64(0.5), Fraction(1, 2)),
        ],
    )
    def test_examples(self, name: str, period: Any, expected: Fraction) -> None:
        """Days, whole months of the calendar, or mean months."""
        assert RELATIONS[name].time(period) == expected

    @pytest.mark.parametrize("bad", [None, 0, -1, math.nan, INF, True, [365]])
    def test_what_is_no_span_is_refused(self, bad: Any) -> None:
        """The message says what a period may be."""
        with pytest.raises(InvalidInputError, match="period must be a Period, its text"):
            RELATIONS["per_day"].time(bad)


@st.composite
def counts(draw: st.DrawFn) -> Bounds:
    """Draw bounds of a small count, open and closed, exact and endless."""
    low, width = draw(st.integers(0, 4)), draw(st.integers(0, 4))
    if not width:
        return Bounds.exactly(low)
    high = INF if width == 4 else low + width
    return Bounds(low, high, draw(st.booleans()), draw(st.booleans()))


def inside(bounds: Bounds) -> list[Fraction]:
    """Return numbers inside, near each end and far out."""
    near, far = Fraction(1, 2**30), Fraction(2**30)
    ends = [Fraction(end) for end in (bounds.lower, bounds.upper) if math.isfinite(end)]
    every = {end + step for end in ends for step in (-near, 0, near)}
    every |= {Fraction(n, 2) for n in range(12)} | {far}
    return [x for x in every if bounds.contains(x)]


class TestRecompute:
    """`recompute` gives one number, or the range of it, or None."""

    @pytest.mark.parametrize("name", RELATIONS)
    @settings(max_examples=40)
    @given(counts(), counts())
    def test_agrees_with_brute_force(self, name: str, subject: Bounds, second: Bounds) -> None:
        """The range ends where samples do, and holds an end exactly where one reaches it."""
        rule = RELATIONS[name]
        assume(not is_above_whole(rule, subject, second))
        values = {
            rule.formula(s, x)
            for s in inside(subject)
            for x in inside(second)
            if {"subject": s, "second": x, None: 1}[rule.over]
        }
        possible = {value for value in values if rule.possible.contains(value)}
        result = recompute(rule, subject, second)
        if not possible:
            assert result is None
            return
        allowed = Bounds.exactly(result) if isinstance(result, Fraction) else result
        assert allowed is not None
        for value in possible:
            ends = [Fraction(end) for end in (allowed.lower, allowed.upper) if math.isfinite(end)]
            rounded_end = any(abs(value - end) < Fraction(1, 10**12) for end in ends)
            assert allowed.contains(value) or rounded_end
        for end, extreme in ((allowed.lower, min(possible)), (allowed.upper, max(possible))):
            assert abs(extreme) > 2**10 if math.isinf(end) else abs(extreme - Fraction(end)) < 1e-4

    def test_an_end_is_reached_at_none(self) -> None:
        """Up to 10 from any number: a fall of all is one of the changes."""
        result = recompute(RELATIONS["growth"], Bounds(0, 10), Bounds(3_000, INF))
        assert result == Bounds(-100, Fraction(100 * (10 - 3_000), 3_000))

    def test_undefined(self) -> None:
        """Growth from none, gaps between none, a share of none."""
        none, five = Bounds.exactly(0), Bounds.exactly(5)
        assert recompute(RELATIONS["growth"], five, none) is None
        assert recompute(RELATIONS["minutes_between"], none, five) is None
        assert recompute(RELATIONS["share"], none, none) is None

    @pytest.mark.parametrize("name", ["share", "one_in"])
    def test_a_part_above_its_whole(self, name: str) -> None:
        """Refused where it must be above; not where it need not be."""
        rule, five = RELATIONS[name], Bounds.exactly(5)
        for subject in (Bounds.exactly(6), Bounds(5, 7, lower_closed=False), Bounds(6, INF)):
            assert is_above_whole(rule, subject, five)
            with pytest.raises(InvalidInputError, match="at most the reference"):
                recompute(rule, subject, five)
        for subject in (five, Bounds(5, 7), Bounds(0, INF)):
            assert not is_above_whole(rule, subject, five)
        assert not is_above_whole(RELATIONS["ratio"], Bounds.exactly(6), five)


INVENTED = Relation(
    meaning="per mille of the reference",
    weights=(1_000, 0),
    over="second",
    unit="per_mille",
    suffix="per mille",
    arithmetic="{s} / {r} x 1,000",
    plural="shares in a thousand",
    axis="per mille",
    possible=Bounds(0, 1_000, upper_closed=True),
    slips=(("a per cent printed as a per mille", lambda part, whole: 100 * part / whole),),
)


class TestANewRelation:
    """A record is all that a new relation takes."""

    def test_check_and_words(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """146 of 41,246 are 3.54 in a thousand, and 0.354 in a hundred."""
        monkeypatch.setitem(RELATIONS, "per_mille", INVENTED)
        name: Any = "per_mille"
        operands: Any = {"subject": 146, "reference": 41_246}
        assert check(name, "3.5", **operands).verdict == "reproduced"
        assert check(name, "0.35", **operands).diagnosis == "a per cent printed as a per mille"
        assert printed_phrase(name, "3.5", "over") == "over 3.5 per mille"
        with pytest.raises(InvalidInputError, match="at most the reference"):
            check(name, "3.5", subject=6, reference=5)

    def test_schema_table_and_explanation(self) -> None:
        """A process that has one record more takes such claims, checks and explains them."""
        code = """
            from tests.printed.test_relations import INVENTED
            from ukcso.printed import RELATIONS
            RELATIONS["per_mille"] = INVENTED
            import ukcso
            from ukcso.claims import explain, operands_phrase
            claims = ukcso.load_claims(version=1)
            claims = claims[claims["relation"] == "share"].iloc[[0]].assign(
                relation="per_mille", unit="per_mille", printed="0.35", hedge="exact",
                subject_value=146.0, ref_value=41246.0)
            row = ukcso.check_claims(claims).iloc[0]
            print(row["verdict"], "/", row["diagnosis"])
            print([line for line in explain(row["claim_id"], claims) if "Arithmetic" in line][0])
        """
        run = subprocess.run(
            [sys.executable, "-c", textwrap.dedent(code)],
            capture_output=True,
            text=True,
            check=False,
            cwd=Path(__file__).parents[2],
        )
        assert run.stdout.splitlines() == [
            "differs / a per cent printed as a per mille",
            "Arithmetic (per mille of the reference): 146 / 41,246 x 1,000 = 3.540 per mille.",
        ], run.stderr
