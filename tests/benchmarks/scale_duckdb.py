"""
Measure `ukcso.frames` on a Parquet file that does not fit into memory, with DuckDB.

Writes a file of invented counts, adds a measure to every row, writes the result, checks
a sample of it against the array functions, and prints time and peak memory of each step
as rows of a markdown table. Every step runs in a process of its own, so that its peak
is its own; the files are deleted at the end:
python tests/benchmarks/scale_duckdb.py --rows 100000000 --memory 3GiB
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

import ukcso
from ukcso import frames

STEPS = ("write", "rate", "check", "totals", "growth")
SAMPLE = 100_000

# Invented: 40,000 areas in as many years as there are rows for; counts mostly small.
ROWS = """
select
    'E' || lpad((i % 40000)::varchar, 8, '0') as area,
    (2000 + i // 40000)::integer as year,
    (hash(i) % (1 + hash(i + 1) % 200))::integer as offences,
    (1000 + hash(i % 40000) % 500000)::integer as people
from range({rows}) t(i)
"""


def run(step: str, folder: Path, rows: int) -> None:
    """Do one step; what is lazy is only run when the file is written."""
    source = str(folder / "counts.parquet")
    if step == "write":
        duckdb.sql(ROWS.format(rows=rows)).write_parquet(source, compression="zstd")
        return
    counts = duckdb.read_parquet(source)
    if step == "growth":
        made = frames.with_growth(counts, value="offences", by="area", period="year")
    else:
        made = frames.with_rate(counts, count="offences", population="people", per=100_000)
    if step == "check":
        check(duckdb.read_parquet(str(folder / "rate.parquet")), rows)
    elif step == "totals":
        made.aggregate("year, avg(rate) as mean, max(rate_upper) as highest").fetchall()
    else:
        made.write_parquet(str(folder / f"{step}.parquet"), compression="zstd")


def check(result: Any, rows: int) -> None:
    """Hold a sample of the rows, and their number, to what the array function gives."""
    assert result.count("*").fetchall() == [(rows,)]
    found = duckdb.sql(f"from result using sample {SAMPLE} rows").fetchnumpy()
    made = ukcso.rate_interval(found["offences"], found["people"], per=100_000)
    for name, expected in zip(
        ("rate", "rate_lower", "rate_upper"), (made.value, made.lower, made.upper), strict=True
    ):
        np.testing.assert_allclose(found[name], expected, rtol=1e-12, atol=0)


def measured(step: str, folder: Path, options: argparse.Namespace) -> None:
    """Run one step under the limits and print its row."""
    duckdb.execute(f"set memory_limit = '{options.memory}'")
    duckdb.execute(f"set threads = {options.threads}")
    duckdb.execute(f"set temp_directory = '{folder / 'spilled'}'")
    duckdb.execute("set preserve_insertion_order = false")
    started = time.perf_counter()
    run(step, folder, options.rows)
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    file = folder / ("counts.parquet" if step == "write" else f"{step}.parquet")
    size = f"{file.stat().st_size / 2**30:.2f}" if file.exists() else ""
    say(f"| {step} | {seconds:,.0f} | {peak:.2f} | {size} |")


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    """Read the options, run the steps, say on what machine."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    parser.add_argument("--rows", type=int, default=100_000_000)
    parser.add_argument("--memory", default="3GiB", help="DuckDB's own memory_limit")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--folder", type=Path, help="where to put the files, deleted at the end")
    parser.add_argument("--steps", nargs="+", choices=STEPS, default=list(STEPS))
    parser.add_argument("--step", choices=STEPS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step:
        measured(options.step, options.folder, options)
        return
    names = ("ukcso", "narwhals", "duckdb")
    versions = ", ".join(f"{name} {version_of(name)}" for name in names)
    say(f"{options.rows:,} rows, memory_limit {options.memory}, {options.threads} threads")
    say(f"{platform.machine()}, Python {platform.python_version()}, {versions}\n")
    say("| step | seconds | peak GiB | file GiB |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        rest = ["--rows", str(options.rows), "--memory", options.memory]
        rest += ["--threads", str(options.threads), "--folder", folder]
        for step in options.steps:
            subprocess.run([sys.executable, __file__, "--step", step, *rest], check=True)


def version_of(name: str) -> str:
    """Return the version in use, also of this package run from its sources."""
    return ukcso.__version__ if name == "ukcso" else version(name)


if __name__ == "__main__":
    main()
