r"""
Write docs/benchmarks.md from one run of the benchmarks.

    python -m pytest -c /dev/null --confcutdir=tests/benchmarks tests/benchmarks/test_speed.py \
        --benchmark-json=benchmarks.json
    python tests/benchmarks/bench_implied.py > implied.txt
    python tests/benchmarks/bench_front_door.py ../before/src > front-door.txt
    python docs/build_benchmarks.py benchmarks.json implied.txt front-door.txt

In an environment with the package, pytest, pytest-benchmark, PHStatsMethods and statsmodels
only: pandera loads hypothesis and pyspark wherever it finds them, which no user pays for.
"""

from __future__ import annotations

import json
import sys
import textwrap
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

PAGE = Path(__file__).parent / "benchmarks.md"
PACKAGES = (
    "ukcso",
    "numpy",
    "pandas",
    "pandera",
    "scipy",
    "statsmodels",
    "PHStatsMethods",
    "pytest-benchmark",
)
HEAD = """\
# Benchmarks

Made by `docs/build_benchmarks.py` from one run of `tests/benchmarks`, ours and the peers in turn on
one machine. Each figure is the fastest of its rounds: on a shared machine the others measure
the neighbours. "Per row" sets a peer that is slow on fewer rows against ours on ten million.

"""


IMPLIED = """\
## What the claims imply

Size and time of `implied` by `tests/benchmarks/bench_implied.py`, as the number of claims grows:
the shipped ones, and made-up worlds whose claims are all true.
"""


FRONT_DOOR = """\
## At the front door

What a user waits for, beside the package before its rooms were put in order (commit 1bf3cf3), by
`tests/benchmarks/bench_front_door.py`: medians of five runs, the two in turn.
"""


class Row(NamedTuple):
    """One line of the table."""

    work: str
    must: str
    measured: str
    met: bool


def fastest(runs: dict[str, Any], name: str) -> float:
    """Return the seconds of the fastest round."""
    return float(runs[name]["stats"]["min"])


def per_row(runs: dict[str, Any], name: str) -> float:
    """Return the seconds a row of the fastest round."""
    return fastest(runs, name) / int(runs[name]["extra_info"]["rows"])


def milliseconds(seconds: float) -> str:
    """Write a time with as many digits as it deserves."""
    return f"{1000 * seconds:,.0f} ms" if seconds >= 0.01 else f"{1000 * seconds:.2f} ms"


def rows(runs: dict[str, Any]) -> list[Row]:
    """Return every target beside what was measured."""
    found = []

    def at_least(work: str, ours: str, peer: str, factor: float) -> None:
        ratio = per_row(runs, peer) / per_row(runs, ours)
        must = f"at least {factor:,g} x faster per row"
        took = milliseconds(fastest(runs, ours))
        found.append(Row(work, must, f"{took}; {ratio:,.1f} x", ratio >= factor))

    def at_most(work: str, ours: str, other: str, factor: float) -> None:
        ratio = fastest(runs, ours) / fastest(runs, other)
        took, against = milliseconds(fastest(runs, ours)), milliseconds(fastest(runs, other))
        measured = f"{took} against {against}; {ratio:.2f} x"
        found.append(Row(work, f"at most {factor:g} x", measured, ratio <= factor))

    work = "`rate_interval` auto, 10 million rows, against PHStatsMethods `ph_rate`"
    at_least(work, "test_rate_interval", "test_rate_interval_phstatsmethods", 5_000)
    at_most("the same, against copying its input", "test_rate_interval", "test_copy", 12)
    work = "`count_interval` exact, 10 million integer counts, against statsmodels `exact-c`"
    at_least(work, "test_count_interval_exact", "test_count_interval_exact_statsmodels", 50)
    work = "`share_interval` Wilson, 10 million rows, against statsmodels"
    at_least(work, "test_share_interval", "test_share_interval_statsmodels", 2)
    work = "`growth`, 10 million rows, against the bare numpy expression"
    at_most(work, "test_growth", "test_growth_numpy", 1.5)
    extra = float(runs["test_peak_memory"]["extra_info"]["extra_mib"])
    measured = f"{extra:.0f} MiB above the result arrays"
    found.append(Row("memory of `rate_interval`, 10 million rows", "64 MiB", measured, extra <= 64))
    sizes = [per_row(runs, f"test_scaling[{power}]") for power in (4, 5, 6, 7, 8)]
    measured = ", ".join(f"{1e9 * size:.0f}" for size in sizes) + " ns a row"
    # Up to a quarter more is the page faults of arrays that no longer fit a cache.
    steady = all(later <= 1.25 * min(sizes[:-1]) for later in sizes[1:])
    found.append(Row("10^4 to 10^8 rows", "no faster than the rows", measured, steady))
    for name, run in runs.items():
        if name.startswith("test_scalar["):
            call = name.removeprefix("test_scalar[").removesuffix("]")
            exact = call.endswith("exact") or call in {"growth_interval", "rate_ratio_interval"}
            limit = 100 if exact else 20
            took = float(run["extra_info"]["us"])
            must, measured = f"under {limit} microseconds", f"{took:.1f} microseconds"
            found.append(Row(f"one scalar call of `{call}`", must, measured, took < limit))
    work = "`load_recorded_crime()` in a new process, against a bare `pandas.read_csv`"
    at_most(work, "test_load_recorded_crime", "test_read_csv", 1.6)
    again = fastest(runs, "test_second_load")
    found.append(Row("a second load", "under 2 ms", milliseconds(again), again < 0.002))
    idle = 1000 * (fastest(runs, "test_import") - fastest(runs, "test_bare_interpreter"))
    measured = f"{idle:.0f} ms over a bare interpreter"
    found.append(Row("`import ukcso`", "60 ms", measured, idle <= 60))
    return found


def page(report: dict[str, Any]) -> str:
    """Return the text of the page."""
    runs = {run["name"]: run for run in report["benchmarks"]}
    machine = report["machine_info"]
    cpu = machine["cpu"].get("brand_raw", machine["processor"] or machine["machine"])
    made = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    lines = [
        f"{report['datetime'][:10]}; {cpu}, {machine['cpu'].get('count', '?')} cores;",
        *textwrap.wrap(f"Python {machine['python_version']}, {made}.", 100),
        "",
        "| work | must reach | measured | met |",
        "|---|---|---|---|",
        *(
            f"| {r.work} | {r.must} | {r.measured} | {'yes' if r.met else '**no**'} |"
            for r in rows(runs)
        ),
    ]
    return HEAD + "\n".join([*lines, "", held_back(runs)]) + "\n"


def held_back(runs: dict[str, Any]) -> str:
    """Say what keeps the load of a dataset from its target."""
    imported = milliseconds(fastest(runs, "test_import_pandera"))
    ratio = fastest(runs, "test_import_pandera") / fastest(runs, "test_read_csv")
    return (
        "What holds `load_recorded_crime()` back is the import of pandera, which runs its schema:\n"
        f"importing pandas and pandera and reading nothing took {imported} in this run, "
        f"{ratio:.2f} x a bare\n`pandas.read_csv`. Everything else, hash, parsing and checks "
        "included, is the small rest.\n\n"
        "Wilson's limits stand near their target and pass it in some runs: a square root and two "
        "divisions\na row, and the memory of three results, are what the peer pays for too."
    )


def implied(table: str) -> str:
    """Return the section on what claims imply, from what its own benchmark printed."""
    return f"\n{IMPLIED}\n{table.strip()}\n"


def front_door(table: str) -> str:
    """Return the section on what a user waits for, from what its own benchmark printed."""
    return f"\n{FRONT_DOOR}\n{table.strip()}\n"


if __name__ == "__main__":
    report = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    table, waits = (Path(it).read_text(encoding="utf-8") for it in sys.argv[2:4])
    PAGE.write_text(page(report) + front_door(waits) + implied(table), encoding="utf-8")
