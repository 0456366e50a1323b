"""
Write the tables of docs/intervals.md that show how often the interval of change is right.

python docs/build_calibration.py             half a minute
python docs/build_calibration.py --check     fail if the page differs from what comes out
"""

from __future__ import annotations

import itertools
import re
import sys
import warnings
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pandas as pd

import ukcso
from ukcso.comparisons._change_test import p_value
from ukcso.comparisons._dispersion import dispersion_of
from ukcso.comparisons._year_pairs import YearPair
from ukcso.measures import title_of

PAGE = Path(__file__).parent / "intervals.md"
THIRDS = ("smallest", "middle", "largest")
#: First the two that the library is asked about most; all offences together are left out.
FIRST, LEFT_OUT = ("86", "88A"), ("all",)

#: Means of the earlier count, and variances of a count of mean m, as c m + t m^2.
MEANS = (2, 10, 25, 50, 100, 300, 1_000, 5_000)
VARIANCES = {
    "2 m": (2.0, 0.0),
    "4 m": (4.0, 0.0),
    "7 m": (7.0, 0.0),
    "10 m": (10.0, 0.0),
    "2.2 m + 0.0165 m²": (2.2, 0.0165),
    "4.4 m + 0.0052 m²": (4.4, 0.0052),
}
GROWTH = 0.1
DRAWS = 40_000
#: So many made-up tables of as many areas and pairs of years as class 86 has.
TABLES, AREAS, PAIRS = 200, 42, 8


def tried(code: str) -> pd.DataFrame:
    """
    Return every area in every pair of comparable years of a code, with the third it is in.

    Its p value is by three readings of how counts vary: chance, one dispersion, and by size.
    """
    with warnings.catch_warnings(action="ignore"):
        pairs = ukcso.year_to_year_dispersion(ukcso.panel(code)).pairs
        tables = [ukcso.change_table(code, pair.later, adjust="none") for pair in pairs]
    frames = []
    for table in tables:
        one = max(1.0, table.attrs["ukcso"]["dispersion"]["dispersion"])
        judged = table.dropna(subset="p_value")
        counts = [judged[name].to_numpy(float) for name in ("before", "after", "growth_rest")]
        rows = {
            "size": counts[0] + counts[1],
            "chance": p_value(*counts, 1.0),
            "one": p_value(*counts, one),
            "by_size": judged["p_value"].to_numpy(float),
        }
        frames.append(_in_thirds(pd.DataFrame(rows)))
    return pd.concat(frames, ignore_index=True)


def _in_thirds(rows: pd.DataFrame) -> pd.DataFrame:
    place = rows["size"].rank(method="first").astype(int) - 1
    return rows.assign(third=3 * place // len(rows))


def shipped() -> pd.DataFrame:
    """Return, by code, how often in a hundred the interval excludes the growth of the rest."""
    codes = ukcso.load_recorded_crime()["offence_code"].unique()
    rest = sorted(set(codes) - {*FIRST, *LEFT_OUT})
    rows = {}
    for code in (*FIRST, *rest):
        areas = tried(code)
        by_third = areas.groupby("third")
        rows[code] = {
            "n": len(areas),
            "chance": _excluded(areas["chance"]),
            **{f"one_{i}": _excluded(own["one"]) for i, own in by_third},
            "one": _excluded(areas["one"]),
            **{f"size_{i}": _excluded(own["by_size"]) for i, own in by_third},
            "size": _excluded(areas["by_size"]),
        }
    return pd.DataFrame.from_dict(rows, orient="index")


def _excluded(p_values: pd.Series[float]) -> float:
    return 100 * float((p_values < 0.05).mean())


def _counts(draws: np.random.RandomState, means: np.ndarray, c: float, t: float) -> np.ndarray:
    """Draw negative-binomial counts of these means, with a variance of c m + t m^2."""
    more = c - 1 + t * means
    return draws.negative_binomial(means / more, 1 / (1 + more))


def _draws(seed: int) -> np.random.RandomState:
    # Its numbers are the same in every version of numpy.
    return np.random.RandomState(seed)


def simulated() -> pd.DataFrame:
    """Return, by variance and mean, how often in a hundred the interval holds the true growth."""
    rows = {}
    for place, (name, (c, t)) in enumerate(VARIANCES.items()):
        cells = {}
        for mean in MEANS:
            draws = _draws(100 * place + mean)
            before = _counts(draws, np.full(DRAWS, float(mean)), c, t)
            after = _counts(draws, np.full(DRAWS, mean * (1 + GROWTH)), c, t)
            share = (1 + GROWTH) / (2 + GROWTH)
            dispersion = c + 2 * t * (before + after) * share * (1 - share)
            p_values = p_value(before, after, GROWTH, dispersion)
            cells[mean] = 100 * float((p_values >= 0.05).mean())
        rows[name] = cells
    return pd.DataFrame.from_dict(rows, orient="index")


def whole_tables() -> pd.DataFrame:
    """
    Return, by variance and third, how often the interval holds the growth of the rest.

    As `change_table` makes it: the dispersion is fitted to the other pairs of years.
    """
    means = np.exp(np.linspace(np.log(40), np.log(4_000), AREAS))
    rows = {}
    for place, (name, (c, t)) in enumerate(VARIANCES.items()):
        draws, inside = _draws(10_000 + place), []
        for _ in range(TABLES):
            counts = [_counts(draws, means * 1.1**year, c, t) for year in range(PAIRS + 1)]
            *others, last = itertools.pairwise(counts)
            inside.append(_holds(others, *last))
        by_third = np.split(np.mean(inside, axis=0), len(THIRDS))
        rows[name] = {THIRDS[i]: 100 * float(own.mean()) for i, own in enumerate(by_third)}
    return pd.DataFrame.from_dict(rows, orient="index")


def _holds(
    others: Iterable[tuple[np.ndarray, np.ndarray]], before: np.ndarray, after: np.ndarray
) -> np.ndarray:
    """Say of each area whether its interval holds the growth of the rest."""
    year, areas = ukcso.Period.financial_year(2020), tuple(map(str, range(AREAS)))
    pairs = [
        YearPair(
            year,
            year.next(),
            areas,
            *map(np.float64, pair),
            residents=np.ones(AREAS),
            has_residents=False,
        )
        for pair in others
    ]
    usual = dispersion_of(pairs, [], 1)
    rest = (after.sum() - after) / (before.sum() - before) - 1
    return p_value(before, after, rest, usual.of_size(before + after, rest)) >= 0.05


def tables() -> dict[str, str]:
    """Return the three tables of the page, by the name that stands at their place."""
    found, draws, whole = shipped(), simulated(), whole_tables()
    thirds = [f"{third} third" for third in THIRDS]
    heads = [
        "code",
        "",
        "area-years",
        "chance alone",
        *(f"one dispersion: {third}" for third in THIRDS),
        "all",
        *(f"by size: {third}" for third in THIRDS),
        "all",
    ]
    return {
        "shipped": _table(
            heads,
            (
                [code, title_of(str(code)), str(int(row["n"])), *map(_percent, row.iloc[1:])]
                for code, row in found.iterrows()
            ),
        ),
        "simulated": _table(
            ["variance of a count of mean m", *(f"{mean:,}" for mean in MEANS)],
            ([name, *map(_percent, row)] for name, row in draws.iterrows()),
        ),
        "whole": _table(
            ["variance of a count of mean m", *thirds],
            ([name, *map(_percent, row)] for name, row in whole.iterrows()),
        ),
    }


def _percent(share: float) -> str:
    return f"{share:.1f}"


def _table(heads: list[str], rows: Iterable[list[object]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join(f"| {' | '.join(map(str, line))} |\n" for line in lines)


def page(text: str) -> str:
    """Return the page with its tables made anew."""
    for name, table in tables().items():
        place = re.compile(rf"(<!-- {name}: begin -->\n)(?:.*\n)*?(<!-- {name}: end -->\n)")
        text, times = place.subn(lambda block, table=table: block[1] + table + block[2], text)
        if times != 1:
            msg = f"{PAGE.name} must have one place for the table {name}; it has {times}"
            raise ValueError(msg)
    return text


def main() -> None:
    """Write the page, or compare it."""
    text = PAGE.read_text(encoding="utf-8")
    made = page(text)
    if "--check" in sys.argv:
        sys.stdout.write(f"{PAGE.name}: {'as committed' if made == text else 'differs'}\n")
        sys.exit(0 if made == text else 1)
    PAGE.write_text(made, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
