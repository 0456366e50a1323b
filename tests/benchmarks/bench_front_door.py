# ruff: noqa: T201 - prints its table
"""
What a user waits for at the front door, beside an earlier version of the package.

    git worktree add ../before 1bf3cf3
    python tests/benchmarks/bench_front_door.py ../before/src > front-door.txt

Each figure is the median of five runs, the two versions in turn. The environment needs what
the command lines of both versions need (rich and tabulate for the earlier one).
"""

from __future__ import annotations

import os
import pickle
import runpy
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

NOW = Path(__file__).parents[2] / "src"
RUNS = 5
COMMAND = "import sys; sys.argv = ['ukcso', {}]; from ukcso.cli import main; main()"
#: Prints the seconds of what stands between the two lines.
TIMED = "import time; start = time.perf_counter()\n{}\nprint(time.perf_counter() - start)"
CHECK = "import ukcso; ukcso.check('growth', '66', subject=200, reference=118)"
IMPLIED = "ukcso.implied('image_offences', 'Lancashire')"
LOADED = """
import ukcso, ukcso.claims
ukcso.load_claims(); ukcso.load_figures(); ukcso.find_area("Kent")
"""
READ = """
import pickle, ukcso, ukcso.claims
claims, figures = pickle.load(open({!r}, 'rb'))
ukcso.implied(claims=claims.head(0), figures=figures.head(0))
"""
RATES = """
import numpy as np, ukcso
counts = np.random.default_rng(0).poisson(40, 10_000_000)
people = np.full(10_000_000, 300_000.0)
ukcso.rate_interval(counts[:1000], people[:1000], per=100_000)
"""
RATE = "ukcso.rate_interval(counts, people, per=100_000)"


class Work(NamedTuple):
    """Something to wait for."""

    name: str
    goal: str
    #: What is timed: the whole process, where there is nothing to prepare.
    code: str
    prepare: str | None = None
    #: Processors that it may use; None is all.
    cores: set[int] | None = None


def seconds(work: Work, source: Path) -> float:
    """Run something once in a new process and return what it took."""
    code = work.code
    if work.prepare is not None:
        code = f"{work.prepare}\n{TIMED.format(work.code)}"
    environment = os.environ | {"PYTHONPATH": str(source)}
    whole = f"""
import os, subprocess, sys, time
start = time.perf_counter()
done = subprocess.run([sys.executable, "-W", "ignore", "-c", {code!r}], stdout=subprocess.PIPE)
print(done.stdout.decode().split()[-1] if {work.prepare is not None} else 0)
print(time.perf_counter() - start)
"""
    run = subprocess.run(
        [sys.executable, "-c", whole],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
        preexec_fn=(lambda: os.sched_setaffinity(0, work.cores)) if work.cores else None,
    )
    timed, whole_process = map(float, run.stdout.split())
    return timed if work.prepare is not None else whole_process


def medians(work: Work, before: Path) -> tuple[float, float]:
    """Return the medians of both versions, run in turn."""
    pairs = [(seconds(work, before), seconds(work, NOW)) for _ in range(RUNS)]
    return statistics.median(it[0] for it in pairs), statistics.median(it[1] for it in pairs)


def main() -> None:
    """Print the table."""
    before = Path(sys.argv[1]).resolve()
    sys.path.insert(0, str(NOW))
    bench = runpy.run_path(str(Path(__file__).with_name("bench_implied.py")))
    with tempfile.TemporaryDirectory() as folder:
        world = Path(folder) / "world.pickle"
        world.write_bytes(pickle.dumps(bench["world"](10_000)))
        one_core = {min(os.sched_getaffinity(0))}
        works = [
            Work("first `ukcso.check` of a process, import included", "0.15 s", CHECK, ""),
            Work("`ukcso --version`", "0.3 s", COMMAND.format("'--version'")),
            Work("`ukcso --help`", "0.3 s", COMMAND.format("'--help'")),
            Work(
                "`ukcso claim growth 66 ...`",
                "0.3 s",
                COMMAND.format("'claim', 'growth', '69', '--subject', '200', '--reference', '118'"),
            ),
            Work("imports of `ukcso check` only", "", "import ukcso.claims, ukcso.cli"),
            Work("`ukcso check`, whole process", "imports + 0.8 s", COMMAND.format("'check'")),
            Work(
                "`implied(measure, area)`, first call",
                "0.3 s",
                IMPLIED,
                LOADED,
            ),
            Work("the same, again", "", IMPLIED, f"import ukcso; {IMPLIED}"),
            Work(
                "`implied`, 10,000 claims in 100 releases",
                "4 s",
                "ukcso.implied(claims=claims, figures=figures)",
                READ.format(str(world)),
            ),
            Work("`rate_interval`, 10 million rows, one core", "", RATE, RATES, one_core),
            Work("the same, all cores", "1.7 x on two cores", RATE, RATES),
        ]
        print("| work | before | now | goal |")
        print("|---|---|---|---|")
        for work in works:
            earlier, later = medians(work, before)
            print(f"| {work.name} | {earlier:.3f} s | {later:.3f} s | {work.goal} |", flush=True)


if __name__ == "__main__":
    main()
