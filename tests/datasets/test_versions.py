"""Mirrors src/ukcso/datasets/_versions.py, with _scopes.py behind it."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pandas as pd
import pytest

import ukcso
from ukcso.datasets import _store, _versions, cached_by_version
from ukcso.errors import UnknownDatasetError


def kent_2017() -> float:
    """Return class 86 in Kent in 2017/18, from the version that stands."""
    found = ukcso.official_series("86", "Kent").set_index("period")["value"]
    return float(found["2017/18"])


class TestPinned:
    """`pinned` fixes versions in a block, and tells which were read there."""

    def test_everything_in_the_block_takes_the_pinned_version(self, second_version: str) -> None:
        """Functions without a version parameter go by the pin; outside, the newest stands."""
        newest = kent_2017()
        with ukcso.pinned(recorded_crime=1):
            assert kent_2017() == newest - 1_000
            table = ukcso.trend_table("86", "Kent", across="allow").set_index("period")
            assert table.loc["2017/18", "count"] == newest - 1_000
            assert ukcso.metadata(second_version).version == 1
        assert kent_2017() == newest
        assert ukcso.metadata(second_version).version == 2

    def test_a_version_named_in_a_call_goes_before(self, second_version: str) -> None:
        """A pin is for those who name none."""
        with ukcso.pinned(recorded_crime=1):
            assert ukcso.load(second_version, version=2).attrs["ukcso"]["version"] == 2

    def test_blocks_nest(self, second_version: str) -> None:
        """The innermost pin holds; a block without pins changes nothing."""
        with ukcso.pinned(recorded_crime=1):
            with ukcso.pinned(recorded_crime=2):
                assert ukcso.load(second_version).attrs["ukcso"]["version"] == 2
            with ukcso.pinned(figures=1):
                assert ukcso.load(second_version).attrs["ukcso"]["version"] == 1

    def test_every_block_around_knows_what_was_read(self) -> None:
        """What an inner block reads is read in the outer one too, but not the other way."""
        with ukcso.pinned() as outer:
            ukcso.load("breaks")
            with ukcso.pinned(areas=1) as inner:
                ukcso.find_area("Kent")
        assert (outer, inner) == ({"breaks": 1, "areas": 1}, {"areas": 1})

    def test_what_is_remembered_counts_as_read(self) -> None:
        """A second look at the areas, from a cache, rests on the dataset all the same."""
        ukcso.find_area("Kent")
        with ukcso.pinned() as used:
            ukcso.find_area("Kent")
        assert used == {"areas": ukcso.metadata("areas").version}

    def test_the_same_block_may_be_entered_again(self, second_version: str) -> None:
        """A `pinned` that was kept pins whenever it is entered, also inside itself."""
        first = ukcso.pinned(recorded_crime=1)
        with first:
            with first:
                assert ukcso.metadata(second_version).version == 1
            assert ukcso.metadata(second_version).version == 1
        assert ukcso.metadata(second_version).version == 2

    def test_other_threads_are_not_concerned(self, second_version: str) -> None:
        """A pin holds for the code that runs in its block."""
        found: list[int] = []

        def look() -> None:
            found.append(ukcso.load(second_version).attrs["ukcso"]["version"])

        with ukcso.pinned(recorded_crime=1):
            thread = threading.Thread(target=look)
            thread.start()
            thread.join()
        assert found == [2]

    def test_the_pin_is_gone_after_an_error(self, second_version: str) -> None:
        """A block that fails leaves nothing behind."""
        with pytest.raises(ZeroDivisionError), ukcso.pinned(recorded_crime=1):
            _ = 1 / 0
        assert ukcso.metadata(second_version).version == 2

    def test_what_is_not_shipped(self) -> None:
        """Wrong names and versions are told at once, with what there is."""
        with pytest.raises(UnknownDatasetError, match="no dataset 'crime'; there are: areas"):
            ukcso.pinned(crime=1)
        with pytest.raises(UnknownDatasetError, match="no version 7 of figures; there are: 1"):
            ukcso.pinned(figures=7)


@pytest.fixture
def calls() -> list[object]:
    """Return a list for functions to note that they run."""
    return []


class TestCachedByVersion:
    """Results are kept while the versions stand that a function was seen to read."""

    def test_once_for_each_version_and_argument(
        self, second_version: str, calls: list[object]
    ) -> None:
        """No dataset is named: what is read is recorded."""

        @cached_by_version
        def rows_of(code: str) -> int:
            calls.append(code)
            return len(ukcso.load(second_version).query("offence_code == @code"))

        assert rows_of("86") == rows_of("86")
        with ukcso.pinned(recorded_crime=1):
            rows_of("86")
            rows_of("86")
        rows_of("86")
        rows_of("88A")
        rows_of(code="88A")
        assert calls == ["86", "86", "88A", "88A"]

    def test_no_stale_result(self, second_version: str) -> None:
        """Pinning another version, and taking the pin back, gives the result that goes with it."""

        @cached_by_version
        def version() -> int:
            return int(ukcso.load(second_version).attrs["ukcso"]["version"])

        assert version() == 2
        with ukcso.pinned(recorded_crime=1):
            assert version() == 1
        assert version() == 2

    def test_what_inner_functions_read_counts(
        self, second_version: str, calls: list[object]
    ) -> None:
        """A function rests on what others read for it, also where those remembered it."""

        @cached_by_version
        def inner() -> int:
            return int(ukcso.load(second_version).attrs["ukcso"]["version"])

        @cached_by_version
        def outer() -> int:
            calls.append(inner)
            ukcso.load("breaks")
            return inner()

        assert (inner(), outer(), outer()) == (2, 2, 2)
        with ukcso.pinned(recorded_crime=1) as used:
            assert (outer(), outer()) == (1, 1)
        assert used == {"breaks": 1, "recorded_crime": 1}
        assert len(calls) == 2
        with ukcso.pinned() as used:
            outer()
        assert used == {"breaks": 1, "recorded_crime": 2}

    def test_a_version_of_its_own_is_no_dependence(
        self, second_version: str, calls: list[object]
    ) -> None:
        """What names its version, or pins it, is the same whatever stands outside."""

        @cached_by_version
        def both() -> tuple[int, int]:
            calls.append(None)
            with ukcso.pinned(recorded_crime=1):
                first = ukcso.load(second_version)
            second = ukcso.load(second_version, version=2)
            return len(first), len(second)

        both()
        with ukcso.pinned(recorded_crime=1) as used:
            both()
        assert (len(calls), used) == (1, {"recorded_crime": 2})

    def test_facts_that_were_looked_up_count(self, second_version: str) -> None:
        """A result from the sidecar alone goes with the version too, though no rows are read."""

        @cached_by_version
        def version() -> int:
            return ukcso.metadata(second_version).version

        assert version() == 2
        with ukcso.pinned(recorded_crime=1) as used:
            assert version() == 1
        assert used == {}

    def test_frames_are_the_callers_own(self) -> None:
        """A caller who edits a frame changes nobody else's; anything else is shared."""

        @cached_by_version
        def table() -> pd.DataFrame:
            return ukcso.load("breaks", version=1).head(2)

        @cached_by_version
        def names() -> dict[str, int]:
            return {"kent": 1}

        mine = table()
        mine.iloc[0, 0] = "edited"
        mine.attrs["ukcso"]["dataset"] = "edited"
        assert table().iloc[0, 0] == "brk-001"
        assert table().attrs["ukcso"]["dataset"] == "breaks"
        assert names() is names()

    def test_errors_are_not_remembered(self, calls: list[object]) -> None:
        """A call that failed is made again."""

        @cached_by_version
        def fails() -> None:
            calls.append(None)
            raise ZeroDivisionError

        for _ in range(2):
            with pytest.raises(ZeroDivisionError):
                fails()
        assert len(calls) == 2
        assert ukcso.load("breaks").attrs["ukcso"]["version"] == 1

    def test_another_store_has_results_of_its_own(
        self, monkeypatch: pytest.MonkeyPatch, calls: list[object]
    ) -> None:
        """What was made from other files is not mixed up, though versions are the same."""

        @cached_by_version
        def rows() -> int:
            calls.append(None)
            return len(ukcso.load("breaks"))

        rows()
        monkeypatch.setattr(_store, "STORE", _store.Store(_store.STORE.root))
        rows()
        assert len(calls) == 2

    def test_caches_do_not_grow_without_end(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The oldest arguments go first, and of their versions the oldest."""
        monkeypatch.setattr(_versions, "_MOST_ARGUMENTS", 3)
        monkeypatch.setattr(_store, "STORE", _store.Store(_store.STORE.root))

        @cached_by_version
        def same(number: int) -> int:
            return number

        assert [same(number) for number in (1, 2, 3, 4, 2)] == [1, 2, 3, 4, 2]
        (kept,) = _store.STORE.results.values()
        assert [arguments for arguments, _ in kept] == [(2,), (3,), (4,)]

    def test_threads_get_right_results(self, second_version: str) -> None:
        """Eight threads, half of them pinned, at once: every result goes with its own pin."""

        @cached_by_version
        def version(_: int) -> int:
            return int(ukcso.load(second_version).attrs["ukcso"]["version"])

        def look(number: int) -> bool:
            if number % 2:
                with ukcso.pinned(recorded_crime=1):
                    return all(version(turn) == 1 for turn in range(50))
            return all(version(turn) == 2 for turn in range(50))

        with ThreadPoolExecutor(8) as pool:
            assert all(pool.map(look, range(8)))
