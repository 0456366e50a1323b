"""Mirrors src/ukcso/datasets/_versions.py, with _scopes.py and _origin.py behind it."""

from __future__ import annotations

import json
import threading

import numpy as np
import pandas as pd
import pytest

import ukcso
from ukcso.datasets import _versions
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
        assert used == {"areas": 1}

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

    def test_remembered_for_its_version_only(self, second_version: str) -> None:
        """A cached function runs once a version, and once for each argument."""
        calls = []

        @_versions.cached_by_version(second_version)
        def rows_of(code: str) -> int:
            calls.append(code)
            return len(ukcso.load(second_version).query("offence_code == @code"))

        assert rows_of("86") == rows_of("86")
        with ukcso.pinned(recorded_crime=1):
            rows_of("86")
        rows_of("88A")
        assert calls == ["86", "86", "88A"]


class TestOrigin:
    """Frames that are made from datasets say from which, and how."""

    def test_datasets_and_arguments(self) -> None:
        """What was read, by whom it was made, and only what was asked beyond the defaults."""
        table = ukcso.trend_table("86", ukcso.find_area("Kent").name, ages="0-15", across="allow")
        told = json.loads(json.dumps(table.attrs["ukcso"]))
        assert told["made_by"] == {
            "function": "trend_table",
            "arguments": {
                "measure_or_code": "86",
                "area": "Kent",
                "ages": "0-15",
                "across": "allow",
            },
        }
        assert {"recorded_crime", "population", "breaks", "areas"} <= told["datasets"].keys()
        assert "figures" not in told["datasets"]
        assert told["own"] == []

    def test_printed_counts_do_not_rest_on_official_ones(self) -> None:
        """A table of a measure reads no official counts, so it does not name them."""
        table = ukcso.area_table("image_offences", "2017/18")
        assert "recorded_crime" not in table.attrs["ukcso"]["datasets"]

    def test_a_period_is_told_as_text(self) -> None:
        """Arguments can be written to JSON."""
        table = ukcso.area_table("image_offences", ukcso.Period.parse("2017/18"))
        assert table.attrs["ukcso"]["made_by"]["arguments"]["period"] == "2017/18"

    def test_numbers_of_numpy_are_numbers(self) -> None:
        """An argument of numpy's is told as Python's, so that it reads back as one."""
        table = ukcso.trend_table("86", "Kent", per=np.int64(1_000), across="allow")
        asked = table.attrs["ukcso"]["made_by"]["arguments"]
        assert (asked["per"], type(asked["per"])) == (1_000, int)

    def test_shipped_frames_are_datasets_and_changed_ones_are_own(self) -> None:
        """A frame handed over is known by what is in it, not by what it says it is."""
        figures = ukcso.load_figures(version=1)
        asked = {"measure": "image_offences", "area": "UK"}
        assert ukcso.series(**asked, figures=figures).attrs["ukcso"]["own"] == []
        changed = figures.assign(value=figures["value"] + 1)
        told = ukcso.series(**asked, figures=changed).attrs["ukcso"]
        assert told["own"] == ["figures"]
        assert told["made_by"]["arguments"] == asked

    @pytest.mark.parametrize("attrs", [{}, {"ukcso": {"dataset": "figures", "version": 1}}])
    def test_what_a_comparison_rests_on(self, attrs: dict[str, object]) -> None:
        """The datasets behind the rows that were handed over are named too, where known."""
        rows = ukcso.official_series("86", "Kent")
        assert "recorded_crime" in ukcso.compare(rows, across="allow").attrs["ukcso"]["datasets"]
        bare = pd.DataFrame(rows)
        bare.attrs = attrs
        datasets = ukcso.compare(bare, across="allow").attrs["ukcso"]["datasets"]
        assert "recorded_crime" not in datasets
        assert ("figures" in datasets) == bool(attrs)
