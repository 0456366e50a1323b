r"""
Speed and memory, peers timed in the same run.

Not part of the test run. The report in docs/benchmarks.md is made by:

    python -m pytest -c /dev/null --confcutdir=tests/benchmarks tests/benchmarks/test_speed.py \
        --benchmark-json=benchmarks.json
    python docs/build_benchmarks.py benchmarks.json implied.txt

In an environment with the package, pytest, pytest-benchmark, PHStatsMethods and statsmodels
only: pandera loads hypothesis and pyspark wherever it finds them, which no user pays for.
implied.txt is what tests/benchmarks/bench_implied.py prints.
"""

from __future__ import annotations

import subprocess
import sys
import timeit
import tracemalloc
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import ukcso

pytest.importorskip("pytest_benchmark", reason="the group `benchmark` is not installed")
pytestmark = pytest.mark.filterwarnings("default")

TEN_MILLION = 10_000_000
DATA = Path(ukcso.__file__).parent / "datasets" / "data"


def counts(rows: int) -> np.ndarray:
    """Return counts as of police force areas: most between a handful and some hundred."""
    return np.random.default_rng(1).poisson(40, rows).astype(float)


def people(rows: int) -> np.ndarray:
    """Return populations as of police force areas."""
    return np.random.default_rng(2).uniform(1e5, 2e6, rows)


def timed(benchmark, work, rows: int, rounds: int = 9) -> None:
    """Time some work on so many rows, after a warm-up."""
    benchmark.extra_info["rows"] = rows
    benchmark.pedantic(work, rounds=rounds, iterations=1, warmup_rounds=1)


class TestArrays:
    """Ten million rows of ours; as many of each peer as it does in a second or so."""

    def test_copy(self, benchmark) -> None:
        """Copying the input of rate_interval: counts and populations."""
        a, b = counts(TEN_MILLION), people(TEN_MILLION)
        timed(benchmark, lambda: (a.copy(), b.copy()), TEN_MILLION)

    def test_rate_interval(self, benchmark) -> None:
        """Ours, "auto"."""
        a, b = counts(TEN_MILLION), people(TEN_MILLION)
        timed(benchmark, lambda: ukcso.rate_interval(a, b, per=1e5), TEN_MILLION)

    def test_rate_interval_phstatsmethods(self, benchmark) -> None:
        """The UK government's Python port, ph_rate, grouped by area as it asks for."""
        peer = pytest.importorskip("PHStatsMethods")
        rows = 2_000
        frame = pd.DataFrame({"area": np.arange(rows), "n": counts(rows), "d": people(rows)})
        frame["n"] = frame["n"].clip(lower=1)  # it fails on a count of zero
        timed(benchmark, lambda: peer.ph_rate(frame, "n", "d", ["area"]), rows, rounds=3)

    def test_count_interval_exact(self, benchmark) -> None:
        """Ours, exact limits of integer counts."""
        a = counts(TEN_MILLION).astype(np.int64)
        timed(benchmark, lambda: ukcso.count_interval(a, method="exact"), TEN_MILLION)

    def test_count_interval_exact_statsmodels(self, benchmark) -> None:
        """statsmodels confint_poisson, exact-c."""
        peer = pytest.importorskip("statsmodels.stats.rates")
        rows = 200_000
        a = counts(rows)
        timed(benchmark, lambda: peer.confint_poisson(a, 1, method="exact-c"), rows)

    def test_share_interval(self, benchmark) -> None:
        """Ours, Wilson."""
        a, b = counts(TEN_MILLION), people(TEN_MILLION)
        timed(benchmark, lambda: ukcso.share_interval(a, b), TEN_MILLION)

    def test_share_interval_statsmodels(self, benchmark) -> None:
        """statsmodels proportion_confint, Wilson."""
        peer = pytest.importorskip("statsmodels.stats.proportion")
        a, b = counts(TEN_MILLION), people(TEN_MILLION)
        timed(benchmark, lambda: peer.proportion_confint(a, b, method="wilson"), TEN_MILLION, 3)

    def test_growth(self, benchmark) -> None:
        """Ours, checks included."""
        a, b = people(TEN_MILLION), counts(TEN_MILLION)
        timed(benchmark, lambda: ukcso.growth(a, b), TEN_MILLION)

    def test_growth_numpy(self, benchmark) -> None:
        """The bare expression, nothing checked."""
        a, b = people(TEN_MILLION), counts(TEN_MILLION)
        timed(benchmark, lambda: (b - a) / a, TEN_MILLION)


class TestScaling:
    """Time grows no faster than the rows."""

    @pytest.mark.parametrize("power", [4, 5, 6, 7, 8])
    def test_scaling(self, benchmark, power: int) -> None:
        """10 to the 4th to 8th rows."""
        rows = 10**power
        a, b = counts(rows), people(rows)
        timed(benchmark, lambda: ukcso.rate_interval(a, b, per=1e5), rows, 3 if power == 8 else 9)


class TestMemory:
    """Peak above what was there before, as numpy tells the tracer."""

    def test_peak_memory(self, benchmark) -> None:
        """Ten million rows of rate_interval: at most the three result arrays and 64 MiB."""
        a, b = counts(TEN_MILLION), people(TEN_MILLION)
        tracemalloc.start()
        result = ukcso.rate_interval(a, b, per=1e5)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        arrays = sum(x.nbytes for x in (result.value, result.lower, result.upper))
        benchmark.extra_info["extra_mib"] = (peak - arrays) / 2**20
        benchmark.pedantic(lambda: None, rounds=1)


SCALARS = {
    "growth": lambda: ukcso.growth(118, 200),
    "per_day": lambda: ukcso.per_day(8_224, "2018/19"),
    "rate": lambda: ukcso.rate(50, 20_000, per=1_000),
    "share": lambda: ukcso.share(146, 41_246),
    "rate_interval": lambda: ukcso.rate_interval(50, 20_000, per=1_000),
    "share_interval": lambda: ukcso.share_interval(30, 120),
    "count_interval exact": lambda: ukcso.count_interval(67, method="exact"),
    "share_interval exact": lambda: ukcso.share_interval(30, 120, method="exact"),
    "growth_interval": lambda: ukcso.growth_interval(118, 200),
    "rate_ratio_interval": lambda: ukcso.rate_ratio_interval(200, 365, 118, 365),
}


class TestScalars:
    """One call, in microseconds."""

    @pytest.mark.parametrize("name", SCALARS)
    def test_scalar(self, benchmark, name: str) -> None:
        """One number in, one number or interval out."""
        benchmark.extra_info["us"] = min(timeit.repeat(SCALARS[name], number=500, repeat=7)) * 2_000
        benchmark.pedantic(SCALARS[name], rounds=50, iterations=100)


class TestProcesses:
    """A process of its own, as a script pays for it."""

    @staticmethod
    def process(benchmark, code: str) -> None:
        """Time a new interpreter that runs some code."""
        command = [sys.executable, "-c", code]
        benchmark.pedantic(
            lambda: subprocess.run(command, check=True, capture_output=True),
            rounds=9,
            iterations=1,
            warmup_rounds=2,
        )

    def test_bare_interpreter(self, benchmark) -> None:
        """Nothing imported."""
        self.process(benchmark, "pass")

    def test_import(self, benchmark) -> None:
        """`import ukcso`."""
        self.process(benchmark, "import ukcso")

    def test_read_csv(self, benchmark) -> None:
        """A bare pandas.read_csv of the shipped file."""
        file = DATA / "recorded_crime" / "v1.csv"
        self.process(benchmark, f"import pandas; pandas.read_csv({str(file)!r})")

    def test_import_pandera(self, benchmark) -> None:
        """pandas and pandera imported, nothing read."""
        self.process(benchmark, "import pandas, pandera.pandas")

    def test_load_recorded_crime(self, benchmark) -> None:
        """Hash, schema and types included."""
        self.process(benchmark, "import ukcso; ukcso.load_recorded_crime()")

    def test_second_load(self, benchmark) -> None:
        """The same version again, in one process."""
        ukcso.load_recorded_crime()
        benchmark.pedantic(ukcso.load_recorded_crime, rounds=50, iterations=5)
