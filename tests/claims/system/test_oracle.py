"""
The bounds of src/ukcso/claims against integer programmes written from the definitions.

Nothing of the code under test is used to write them: a year's count is an unknown whole
number from 0 up, a longer period is the sum of its years, and a printed number p with the
last digit u allows p - u/2 <= value < p + u/2, sizes for falls.
"""

from __future__ import annotations

import math
import random
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from ukcso import Period
from ukcso.claims import contradictions, implied
from ukcso.datasets import load_claims, load_figures

pytestmark = pytest.mark.slow

YEARS = ("2014/15", "2015/16", "2016/17", "2017/18")
#: Two of the spans begin or end where no other does, so that every year is a piece.
SPANS = ("2014/15 to 2015/16", "2014/15 to 2017/18")
CELLS = (*YEARS, *SPANS)
UNITS = {"growth": "percent", "ratio": "times", "share": "percent", "difference": "offences"}
NO_CLAIMS, NO_FIGURES = load_claims(version=1).head(0), load_figures(version=1).head(0)

Row = tuple[list[Fraction], Fraction, bool]


def years_of(cell: str) -> list[int]:
    """Return the years that a period is made of, as 0 and 1."""
    labels = [year.label for year in Period.parse(cell)]
    return [int(year in labels) for year in YEARS]


class World:
    """What was printed about true counts of four years, and what it allows."""

    def __init__(self, chance: random.Random) -> None:
        self.counts = [
            chance.choice([chance.randint(1, 30), chance.randint(1, 2_000)]) for _ in YEARS
        ]
        self.figures: list[dict[str, object]] = []
        self.claims: list[dict[str, object]] = []
        #: Weights of the years, the limit of their sum, and whether it is not reached.
        self.rows: list[Row] = []
        for _ in range(chance.randint(0, 2)):
            self._print_figure(chance)
        for _ in range(chance.randint(1, 4)):
            self._print_claim(chance)

    def count(self, cell: str) -> int:
        """Return the true count of a period."""
        return sum(x * y for x, y in zip(years_of(cell), self.counts, strict=True))

    def _columns(self, cell: str, prefix: str = "") -> dict[str, object]:
        span = Period.parse(cell)
        values = {"measure": "image_offences", "breakdown": "all", "area_id": "kent"}
        days = {"period_start": pd.Timestamp(span.start), "period_end": pd.Timestamp(span.end)}
        return {f"{prefix}{name}": value for name, value in (values | days).items()}

    def _print_figure(self, chance: random.Random) -> None:
        cell = chance.choice(CELLS)
        hedge = chance.choice(["exact", "at_least", "up_to", "over"])
        away = 0 if hedge == "exact" else chance.randint(1, 50)
        value = self.count(cell) + (away if hedge == "up_to" else -away)
        if value < 0:
            value, hedge = self.count(cell), "exact"
        self.figures.append(
            {"figure_id": f"fig-{len(self.figures):05}", "value": float(value), "hedge": hedge}
            | {"unit": "offences", "release_id": "one", "source_id": "made-up"}
            | {"period_basis": "stated"} | self._columns(cell)
        )  # fmt: skip
        weights = [Fraction(x) for x in years_of(cell)]
        if hedge != "up_to":
            self.rows.append(([-x for x in weights], Fraction(-value), hedge == "over"))
        if hedge in {"exact", "up_to"}:
            self.rows.append((weights, Fraction(value), False))

    def _print_claim(self, chance: random.Random) -> None:
        subject, reference = chance.sample(CELLS, 2)
        s, r = Fraction(self.count(subject)), Fraction(self.count(reference))
        values = {"growth": 100 * (s - r) / r, "ratio": s / r, "difference": s - r}
        if s <= r:
            values["share"] = 100 * s / r
        relation = chance.choice(sorted(values))
        digits = 0 if relation == "difference" else chance.randint(0, 1)
        exact = Decimal(values[relation].numerator) / Decimal(values[relation].denominator)
        printed = exact.quantize(Decimal((0, (1,), -digits)), rounding=ROUND_HALF_UP) + 0
        self.claims.append(
            {"claim_id": f"clm-{len(self.claims):05}", "relation": relation}
            | {"printed": str(printed), "hedge": "exact", "unit": UNITS[relation]}
            | {"subject_value": np.nan, "ref_value": np.nan, "release_id": "one"}
            | {"source_id": "made-up", "period_basis": "stated"}
            | self._columns(subject) | self._columns(reference, "ref_")
        )  # fmt: skip
        self._allow(relation, Fraction(printed), Fraction(1, 2 * 10**digits), subject, reference)

    def _allow(
        self, relation: str, printed: Fraction, half: Fraction, subject: str, reference: str
    ) -> None:
        """Write lower <= a / b < upper, or lower < a / b <= upper of a fall, as two rows."""
        s = [Fraction(x) for x in years_of(subject)]
        r = [Fraction(x) for x in years_of(reference)]
        above = {
            "growth": [100 * (x - y) for x, y in zip(s, r, strict=True)],
            "ratio": s,
            "share": [100 * x for x in s],
            "difference": [x - y for x, y in zip(s, r, strict=True)],
        }[relation]
        is_fall = printed < 0
        lower, upper = printed - half, printed + half
        for sign, end, is_open in ((-1, lower, is_fall), (1, upper, not is_fall)):
            if relation == "difference":
                self.rows.append(([sign * x for x in above], sign * end, is_open))
            else:
                weights = [sign * (x - end * y) for x, y in zip(above, r, strict=True)]
                self.rows.append((weights, Fraction(0), is_open))
        if relation == "share":  # a part is at most its whole
            self.rows.append(([x - y for x, y in zip(s, r, strict=True)], Fraction(0), False))
        if relation != "difference":  # it was printed, so there was something to divide by
            self.rows.append(([-x for x in r], Fraction(-1), False))

    @property
    def frames(self) -> dict[str, pd.DataFrame]:
        """Both frames, as keywords; whatever is not said is missing."""
        return {
            "claims": pd.DataFrame(self.claims, columns=NO_CLAIMS.columns),
            "figures": pd.DataFrame(self.figures, columns=NO_FIGURES.columns),
        }

    def ends(self, cell: str) -> tuple[int, float]:
        """Return the least and the most that a period's count can be."""
        weights, limits = [], []
        for row, limit, is_open in self.rows:
            scale = math.lcm(*(x.denominator for x in (*row, limit)))
            weights.append([float(x * scale) for x in row])
            limits.append(float(limit * scale) - is_open)
        target = np.array(years_of(cell), dtype=float)
        # Whole numbers grow for ever just where some direction lets any numbers (Meyer 1974).
        direction = linprog(-target, A_ub=weights, b_ub=[0] * len(limits), bounds=(0, 1))
        assert direction.status == 0, direction.message
        is_endless = direction.fun < -1e-6
        return self._optimum(target, weights, limits), (
            math.inf if is_endless else -self._optimum(-target, weights, limits)
        )

    @staticmethod
    def _optimum(target: np.ndarray, weights: list[list[float]], limits: list[float]) -> int:
        found = milp(
            target,
            constraints=LinearConstraint(np.array(weights), -np.inf, np.array(limits)),
            bounds=Bounds(0, 10_000_000),
            integrality=np.ones(len(YEARS)),
            options={"mip_rel_gap": 0.0},
        )
        assert found.status == 0, found.message
        return round(found.fun)


@pytest.mark.parametrize("seed", range(40))
def test_every_end_is_that_of_the_integer_programme(seed: int) -> None:
    """Ends that are there and ends that are missing are those of an independent solver."""
    world = World(random.Random(seed))  # noqa: S311 - the same worlds every time
    for row in implied(**world.frames).itertuples():
        cell = Period(row.period_start, row.period_end).label
        upper = math.inf if row.upper is pd.NA else row.upper
        assert (row.lower, upper) == world.ends(cell), cell
    assert contradictions(**world.frames).empty


def test_the_worlds_have_ends_that_no_single_statement_gives() -> None:
    """Up 25 per cent, by 364: from 364 / 0.255 = 1,427.5 to 364 / 0.245 = 1,485.7 before."""
    world = World(random.Random(0))  # noqa: S311 - emptied here
    world.figures, world.claims, world.rows = [], [], []
    for relation, printed in (("growth", "25"), ("difference", "364")):
        world.claims.append(
            {"claim_id": f"clm-{len(world.claims):05}", "relation": relation, "printed": printed}
            | {"hedge": "exact", "unit": UNITS[relation], "subject_value": np.nan}
            | {"ref_value": np.nan, "release_id": "one", "source_id": "made-up"}
            | {"period_basis": "stated"}
            | world._columns("2015/16") | world._columns("2014/15", "ref_")
        )  # fmt: skip
        world._allow(relation, Fraction(printed), Fraction(1, 2), "2015/16", "2014/15")
    table = implied(**world.frames)
    assert table[["lower", "upper"]].to_numpy().tolist() == [[1_428, 1_485], [1_792, 1_849]]
    assert world.ends("2014/15") == (1_428, 1_485)
    assert world.ends("2015/16") == (1_792, 1_849)
