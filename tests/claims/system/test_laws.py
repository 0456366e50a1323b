"""Laws of src/ukcso/claims/_implied.py, for every world of true counts made up."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ukcso import Period
from ukcso.areas import force_areas
from ukcso.claims import contradictions, implied
from ukcso.datasets import load_claims, load_figures
from ukcso.datasets.claims import UNIT_OF

pytestmark = pytest.mark.slow

FORCES = ("kent", "surrey", "sussex")
AREAS = (*FORCES, "kent+surrey+sussex")
YEARS = ("2016/17", "2017/18", "2018/19")
PERIODS = (*YEARS, "2017/18 to 2018/19", "2016/17 to 2018/19")
PARTS = ("offence:possession", "offence:prohibited_images")
CELLS = [(part, area, period) for part in ("all", *PARTS) for area in AREAS for period in PERIODS]
CELL = st.sampled_from(CELLS)
DIGITS = st.integers(0, 2)
NO_CLAIMS, NO_FIGURES = load_claims(version=1).head(0), load_figures(version=1).head(0)

Cell = tuple[str, str, str]


def rounded(value: Fraction, digits: int) -> str:
    """Return a number as a careful writer prints it: half away from zero."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return str(exact.quantize(Decimal((0, (1,), -digits)), rounding=ROUND_HALF_UP))


class Truth:
    """What was really recorded, by force, year and class of offence."""

    def __init__(self, counts: list[int]) -> None:
        keys = [(part, f, y) for part in ("", *PARTS) for f in FORCES for y in YEARS]
        self._counts = dict(zip(keys, counts, strict=True))

    def of(self, cell: Cell) -> int:
        """Return the true count of a cell, however it is put together."""
        part, area, period = cell
        years = [year.label for year in Period.parse(period)]
        parts = ("", *PARTS) if part == "all" else (part,)
        forces = force_areas(area)
        return sum(self._counts[p, f, y] for p in parts for f in forces for y in years)


def columns(cell: Cell, prefix: str = "") -> dict[str, object]:
    """Return a cell as the columns of a row."""
    part, area, period = cell
    span = Period.parse(period)
    names = ("measure", "breakdown", "area_id", "period_start", "period_end")
    values = ("image_offences", part, area, pd.Timestamp(span.start), pd.Timestamp(span.end))
    return {f"{prefix}{name}": value for name, value in zip(names, values, strict=True)}


SAID = {"release_id": "made-up", "source_id": "made-up", "period_basis": "stated", "note": pd.NA}


def figures(printed: list[tuple[Cell, float, str]]) -> pd.DataFrame:
    """Return printed figures as a frame."""
    table = [
        {"figure_id": f"fig-{i:05}", **columns(cell), "value": float(value), "hedge": hedge}
        | {"unit": "offences", **SAID}
        for i, (cell, value, hedge) in enumerate(printed)
    ]
    return pd.DataFrame(table, columns=NO_FIGURES.columns)


def claims(printed: list[tuple[str, str, str, Cell, Cell | None]]) -> pd.DataFrame:
    """Return printed claims as a frame."""
    table = [
        {"claim_id": f"clm-{i:05}", "relation": relation, "printed": number, "hedge": hedge}
        | {"unit": UNIT_OF[relation], "subject_value": np.nan, "ref_value": np.nan}
        | columns(subject)
        | ({} if reference is None else columns(reference, "ref_"))
        | SAID
        for i, (relation, number, hedge, subject, reference) in enumerate(printed)
    ]
    return pd.DataFrame(table, columns=NO_CLAIMS.columns)


@st.composite
def true_figures(draw: st.DrawFn, truth: Truth) -> tuple[Cell, float, str]:
    """Print a count exactly, or in another number with the word that fits."""
    cell = draw(CELL)
    count = truth.of(cell)
    hedge = draw(
        st.sampled_from(["exact", "exact", "over", "at_least", "up_to", "nearly", "about"])
    )
    away = draw(st.integers(1, 200))
    printed = {
        "over": max(0, count - away),
        "at_least": max(0, count - away + 1),
        "up_to": count + away - 1,
        "nearly": count + 1,
    }.get(hedge, count)
    if hedge == "over" and printed == count:
        hedge = "at_least"
    if hedge == "nearly" and count * 10 < 9 * printed:
        printed, hedge = count, "exact"
    return cell, printed, hedge


@st.composite
def true_claims(draw: st.DrawFn, truth: Truth) -> tuple[str, str, str, Cell, Cell | None]:
    """Print a relation of two counts, or of one to the calendar, rounded with care."""
    subject, reference = draw(CELL), draw(CELL)
    s, r = Fraction(truth.of(subject)), Fraction(truth.of(reference))
    span = Period.parse(subject[2])
    values: dict[str, Fraction] = {"difference": s - r, "per_day": s / span.days}
    values["per_week"], values["per_month"] = s * 7 / span.days, s / (span.months or 1)
    if r:
        values |= {"growth": 100 * (s - r) / r, "ratio": s / r}
    if r and s <= r:
        values["share"] = 100 * s / r
    if s:
        values["minutes_between"] = Fraction(span.days * 1440) / s
        values["hours_between"] = Fraction(span.days * 24) / s
    if s and s <= r:
        values["one_in"] = r / s
    relation = draw(st.sampled_from(sorted(values)))
    against = None if "per_" in relation or "between" in relation else reference
    number = rounded(values[relation], draw(DIGITS))
    return relation, "0" if Decimal(number) == 0 else number, "exact", subject, against


@st.composite
def worlds(draw: st.DrawFn) -> tuple[Truth, list[Any], list[Any]]:
    """Make up true counts, and what was printed about them."""
    size = len(FORCES) * len(YEARS) * (1 + len(PARTS))
    truth = Truth(draw(st.lists(st.integers(0, 900), min_size=size, max_size=size)))
    return (
        truth,
        draw(st.lists(true_figures(truth), max_size=6)),
        draw(st.lists(true_claims(truth), max_size=7)),
    )


def by_cell(table: pd.DataFrame) -> dict[Cell, tuple[int, float]]:
    """Return bounds by cell, a missing upper end as infinity."""
    return {
        (row.breakdown, row.area_id, Period(row.period_start, row.period_end).label): (
            row.lower,
            np.inf if row.upper is pd.NA else row.upper,
        )
        for row in table.itertuples()
    }


few = settings(max_examples=40, suppress_health_check=list(HealthCheck), deadline=None)


class TestLaws:
    """What holds for every consistent world."""

    @few
    @given(worlds())
    def test_the_truth_lies_inside(self, world: tuple[Truth, list[Any], list[Any]]) -> None:
        """No bound excludes the true count, and nothing true is called contradictory."""
        truth, shown, said = world
        frames = {"claims": claims(said), "figures": figures(shown)}
        for cell, (lower, upper) in by_cell(implied(**frames)).items():
            assert lower <= truth.of(cell) <= upper, cell
        assert contradictions(**frames).empty

    @few
    @given(st.data(), worlds())
    def test_a_true_claim_never_widens(
        self, data: st.DataObject, world: tuple[Truth, list[Any], list[Any]]
    ) -> None:
        """Every cell keeps its bounds or gets narrower ones when a true claim is added."""
        truth, shown, said = world
        more = [*said, data.draw(true_claims(truth))]
        before = by_cell(implied(claims=claims(said), figures=figures(shown)))
        after = by_cell(implied(claims=claims(more), figures=figures(shown)))
        for cell, (lower, upper) in before.items():
            if cell in after:
                assert after[cell][0] >= lower, cell
                assert after[cell][1] <= upper, cell

    @few
    @given(worlds())
    def test_repeating_changes_nothing(self, world: tuple[Truth, list[Any], list[Any]]) -> None:
        """The same statement printed twice bounds no more than once."""
        _, shown, said = world
        once = implied(claims=claims(said), figures=figures(shown))
        twice = implied(claims=claims(said + said), figures=figures(shown + shown))
        names = ["breakdown", "area_id", "period_start", "lower", "upper"]
        pd.testing.assert_frame_equal(once[names], twice[names])

    @few
    @given(
        old=st.integers(50, 5_000),
        first=st.integers(10, 40),
        second=st.integers(10, 40),
        off=st.integers(10, 30),
    )
    def test_a_contradiction_of_three_is_named(
        self, old: int, first: int, second: int, off: int
    ) -> None:
        """Two growths and one over both that does not follow from them: all three, no other."""
        one, two, three = (("all", "kent", year) for year in YEARS)
        both = (100 + first) * (100 + second) // 100 - 100 + off
        said = [
            ("growth", str(first), "exact", two, one),
            ("growth", str(second), "exact", three, two),
            ("growth", str(both), "exact", three, one),
            ("per_day", "1", "at_least", ("all", "surrey", YEARS[0]), None),
        ]
        shown = [(("all", "sussex", YEARS[0]), old, "exact")]
        found = contradictions(claims=claims(said), figures=figures(shown))
        assert found["statement_id"].tolist() == ["clm-00000", "clm-00001", "clm-00002"]
