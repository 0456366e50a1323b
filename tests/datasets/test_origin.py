"""Mirrors src/ukcso/datasets/_origin.py."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

import ukcso


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

    def test_a_code_is_told_as_text(self) -> None:
        """One table has one stamp, whether its code was written 86 or "86"."""
        as_text = ukcso.trend_table("86", "Kent", across="allow").attrs
        for code in (86, np.int64(86)):
            assert ukcso.trend_table(code, "Kent", across="allow").attrs == as_text  # type: ignore[arg-type]
        as_text = ukcso.official_series("86", "Kent").attrs
        assert ukcso.official_series(86, "Kent").attrs == as_text

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

    @pytest.mark.filterwarnings("ignore:.*City of London")
    @pytest.mark.parametrize(
        ("spelt", "told"),
        [
            ({"per": 100_000}, {}),
            ({"per": 100_000.0}, {}),
            ({"per": np.float64(1e5), "level": np.float64(0.95)}, {}),
            ({"ages": str(np.str_("0-17")), "kind": "police_force_area"}, {}),
            ({"per": 1_000.0}, {"per": 1000}),
            ({"release": None}, {}),
        ],
    )
    def test_defaults_spelt_out_are_no_arguments(
        self, spelt: dict[str, object], told: dict[str, object]
    ) -> None:
        """Two equal tables are told the same way, however they were asked for."""
        table = ukcso.area_table("86", "2022/23", **spelt)
        arguments = table.attrs["ukcso"]["made_by"]["arguments"]
        assert arguments == {"measure_or_code": "86", "period": "2022/23", **told}
        assert repr(arguments.get("per", 1000)) == "1000"

    @pytest.mark.filterwarnings("ignore:.*City of London")
    @pytest.mark.parametrize("period", ["2022-23", "FY2022-23", "year ending March 2023"])
    def test_a_period_is_spelt_one_way(self, period: str) -> None:
        """A financial year has one name in what a table says of itself."""
        table = ukcso.area_table("86", period)
        assert table.attrs["ukcso"]["made_by"]["arguments"]["period"] == "2022/23"
