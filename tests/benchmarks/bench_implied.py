# ruff: noqa: T201 - prints its table
"""
Size and time of what the claims imply, as the number of claims grows.

Run: python tests/benchmarks/bench_implied.py [claims ...]
"""

from __future__ import annotations

import random
import sys
import time
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import numpy as np
import pandas as pd

from ukcso import Period
from ukcso.areas import all_areas, force_areas
from ukcso.claims import implied
from ukcso.claims.system import ReleaseSystems
from ukcso.datasets import load_claims, load_figures

SIZES = (100, 300, 1_000, 3_000, 10_000)
CLAIMS_A_RELEASE = 100
MEASURES = ("image_offences", "sexual_communication_with_a_child", "child_sexual_offences")
YEARS = [Period.financial_year(first) for first in range(2012, 2024)]
AREAS = [i for i, area in all_areas().items() if area.kind in {"police_force_area", "region"}]
SAID = {"source_id": "made-up", "period_basis": "stated", "note": pd.NA}


def rounded(value: Fraction) -> str:
    """Return a number as a careful writer prints it, without decimals."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return str(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def world(
    claims: int, seed: int = 20_261_101, a_release: int = CLAIMS_A_RELEASE
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """
    Make up consistent claims and, for each, a figure; half of the figures are hedged.

    Growth and ratios over time, shares of a region, and so many a day: as printed.
    """
    chance = random.Random(seed)  # noqa: S311 - a benchmark
    truth: dict[tuple[str, str, str, Period], int] = {}

    def count(release: str, measure: str, area: str, year: Period) -> int:
        forces = sorted(force_areas(area))
        keys = [(release, measure, force, year) for force in forces]
        return sum(truth.setdefault(key, chance.randint(20, 2_000)) for key in keys)

    def cell(measure: str, area: str, year: Period) -> dict[str, object]:
        start, end = pd.Timestamp(year.start), pd.Timestamp(year.end)
        days = {"period_start": start, "period_end": end}
        return {"measure": measure, "breakdown": "all", "area_id": area} | days

    said, shown = [], []
    for place in range(claims):
        release = f"release-{place // a_release}"
        measure, area = chance.choice(MEASURES), chance.choice(AREAS)
        year, other = chance.sample(YEARS, 2)
        now, then = count(release, measure, area, year), count(release, measure, area, other)
        relation = chance.choice(["growth", "growth", "ratio", "per_day"])
        value = {
            "growth": Fraction(100 * (now - then), then),
            "ratio": Fraction(now, then),
            "per_day": Fraction(now, year.days),
        }[relation]
        row = {"claim_id": f"clm-{place:05}", "relation": relation, "printed": rounded(value)}
        unit = {"growth": "percent", "ratio": "times", "per_day": "offences_per_day"}[relation]
        row |= {"hedge": "exact", "unit": unit, "subject_value": np.nan, "ref_value": np.nan}
        row |= cell(measure, area, year) | {"release_id": release, **SAID}
        if relation != "per_day":
            row |= {f"ref_{name}": x for name, x in cell(measure, area, other).items()}
        said.append(row)
        hedged = chance.random() < 1 / 2
        printed = max(0, now - chance.randint(1, 50)) if hedged else now
        row = {"figure_id": f"fig-{place:05}", **cell(measure, area, year), "value": float(printed)}
        row |= {"hedge": "over" if hedged and printed < now else "exact", "unit": "offences"}
        shown.append(row | {"release_id": release, **SAID})
    return (
        pd.DataFrame(said, columns=load_claims(version=1).columns),
        pd.DataFrame(shown, columns=load_figures(version=1).columns),
    )


def measured(name: str, claims: pd.DataFrame, figures: pd.DataFrame) -> str:
    """Return a line of the table: sizes, and the time of a second call."""
    systems = ReleaseSystems(claims, figures)
    components = [
        component
        for release_id in systems.measures
        for component in systems.of(release_id).components(lambda _: True)
    ]
    boxes = [component.box for component in components]
    unknowns = sum(not box.is_fixed(u) for box in boxes for u in range(len(box.lower)))
    inequalities = sum(
        len(inequality.terms) > 0
        for component in components
        for statement in component.statements
        for inequality in statement.inequalities
    )
    start = time.perf_counter()
    table = implied(claims=claims, figures=figures)
    seconds = time.perf_counter() - start
    bounded = int(table["upper"].notna().sum())
    return (
        f"| {name} | {len(claims):,} | {len(figures):,} | {unknowns:,} | {inequalities:,} "
        f"| {len(table):,} | {bounded:,} | {seconds:.2f} |"
    )


if __name__ == "__main__":
    print("| world | claims | figures | unknowns | inequalities | cells | bounded | seconds |")
    print("|---|---|---|---|---|---|---|---|")
    implied()
    print(measured("shipped", load_claims(version=1), load_figures(version=1)), flush=True)
    for size in [int(text) for text in sys.argv[1:]] or SIZES:
        print(measured("releases of 100 claims", *world(size)), flush=True)
        print(measured("one release", *world(size, a_release=size)), flush=True)
