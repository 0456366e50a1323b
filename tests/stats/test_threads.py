"""Mirrors the threads of src/ukcso/stats/_apply.py: same numbers, same errors, nothing left."""

from __future__ import annotations

import multiprocessing
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pandas as pd
import pytest

import ukcso
from ukcso.errors import InvalidInputError
from ukcso.stats import _apply

ROWS = 5_003
DRAW = np.random.default_rng(11)
COUNTS = DRAW.poisson(9, ROWS).astype(float)
COUNTS[::97] = np.nan
MIXED = np.where(DRAW.random(ROWS) < 0.1, COUNTS + 0.5, np.floor(COUNTS * 1e4))
PEOPLE = DRAW.uniform(1e3, 1e6, ROWS)

CALLS: dict[str, Callable[[Any], Any]] = {
    "rate": lambda n: ukcso.rate(n, PEOPLE, per=1_000),
    "growth": lambda n: ukcso.growth(n, PEOPLE),
    "rate_interval": lambda n: ukcso.rate_interval(n, PEOPLE, per=1_000),
    "exact": lambda n: ukcso.count_interval(n, method="exact", dispersion=2),
    "share_interval": lambda n: ukcso.share_interval(n, n + 7),
    "growth_interval": lambda n: ukcso.growth_interval(n, 7.0),
    "minutes_between": lambda n: ukcso.minutes_between(n, "2017/18"),
}


@pytest.fixture
def threads(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Return a function that sets how many threads short arrays go through, in small blocks."""

    def use(cores: int) -> None:
        monkeypatch.setattr(_apply, "_CACHED", 300)
        monkeypatch.setattr(_apply, "_RUN", 2)
        monkeypatch.setattr(_apply, "_PER_THREAD", 100)
        monkeypatch.setattr(_apply, "_cores", lambda: cores)

    return use


def numbers(result: Any) -> list[bytes]:
    """Return value and limits to the last bit."""
    parts = (result.value, result.lower, result.upper) if hasattr(result, "level") else (result,)
    return [np.asarray(part, dtype=np.float64).tobytes() for part in parts]


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
@pytest.mark.parametrize("counts", [COUNTS, MIXED, pd.Series(COUNTS)], ids=["n", "mixed", "Series"])
def test_the_same_to_the_last_bit(
    call: Callable[[Any], Any], counts: Any, threads: Callable[[int], None]
) -> None:
    """One thread, two or seven: not a bit differs."""
    threads(1)
    alone = numbers(call(counts))
    for cores in (2, 7):
        threads(cores)
        assert numbers(call(counts)) == alone


@pytest.mark.parametrize("cores", [1, 2, 7])
@pytest.mark.parametrize("first", [0, 99, 100, 2_500, ROWS - 2])
def test_the_first_bad_value_is_named(
    cores: int, first: int, threads: Callable[[int], None]
) -> None:
    """Whichever thread meets one first, the message is that of the first in the array."""
    threads(cores)
    bad, people = COUNTS.copy(), PEOPLE.copy()
    bad[first] = -2
    bad[-1] = -3
    people[first + 1 :] = -1  # in the same block or a later one
    where = rf"^count must be .* got -2\.0 at position {first} \(2 bad of {ROWS}\)$"
    with pytest.raises(InvalidInputError, match=where):
        ukcso.rate_interval(bad, 5.0, per=1)
    with pytest.raises(InvalidInputError, match=where):
        ukcso.rate_interval(bad, people, per=1)


def test_short_arrays_start_no_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Below a million rows nothing is shared out, whatever the cores."""
    monkeypatch.setattr(_apply, "_cores", lambda: 64)
    monkeypatch.setattr(threading.Thread, "start", None)
    assert ukcso.growth(np.full(999_999, 2.0), 3.0)[-1] == 0.5


def test_no_thread_is_left_behind(threads: Callable[[int], None]) -> None:
    """After a result or an error there are as many threads as before."""
    threads(4)
    before = threading.active_count()
    ukcso.rate(COUNTS, PEOPLE, per=1)
    assert threading.active_count() == before
    with pytest.raises(InvalidInputError):
        ukcso.rate(-PEOPLE, PEOPLE, per=1)
    assert threading.active_count() == before


def test_without_threads_it_is_one(
    threads: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the system starts no thread, the caller's own does the work."""
    threads(1)
    alone = numbers(ukcso.rate_interval(COUNTS, PEOPLE, per=1))

    def refuse(_self: threading.Thread) -> None:
        msg = "can't start new thread"
        raise RuntimeError(msg)

    threads(4)
    monkeypatch.setattr(threading.Thread, "start", refuse)
    assert numbers(ukcso.rate_interval(COUNTS, PEOPLE, per=1)) == alone


def test_many_callers_at_once(threads: Callable[[int], None]) -> None:
    """Eight threads of the caller's, each starting its own, agree."""
    threads(1)
    alone = numbers(CALLS["exact"](MIXED))
    threads(3)
    with ThreadPoolExecutor(8) as pool:
        assert all(
            found == alone
            for found in pool.map(lambda _: numbers(CALLS["exact"](MIXED)), range(24))
        )


@pytest.mark.skipif(
    "fork" not in multiprocessing.get_all_start_methods(), reason="no fork on this system"
)
def test_a_forked_child_computes(tmp_path: Any) -> None:
    """A child of fork starts threads of its own, even where the parent is in the middle."""
    script = tmp_path / "forks.py"
    script.write_text("""if True:
        import os, threading, warnings
        import numpy as np, ukcso
        from ukcso.stats import _apply
        warnings.simplefilter("ignore")
        _apply._PER_THREAD, _apply._CACHED, _apply._cores = 100, 300, lambda: 3
        counts = np.arange(20_000.0)
        wanted = ukcso.rate_interval(counts, 9.0, per=1).upper
        stop = []
        def work():
            while not stop:
                ukcso.rate_interval(counts, 9.0, per=1)
        busy = threading.Thread(target=work)
        busy.start()
        for _ in range(10):
            child = os.fork()
            if child == 0:
                same = np.array_equal(ukcso.rate_interval(counts, 9.0, per=1).upper, wanted)
                os._exit(0 if same else 1)
            assert os.waitpid(child, 0)[1] == 0
        stop.append(True)
        busy.join()
        print("done")
    """)
    run = subprocess.run(
        [sys.executable, script], capture_output=True, text=True, timeout=120, check=False
    )
    assert (run.stdout, run.stderr) == ("done\n", "")
