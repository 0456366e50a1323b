"""Mirrors src/ukcso/datasets/_keys.py: cells that name rows of other datasets."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

import ukcso
from ukcso import datasets
from ukcso.errors import SchemaError, UnknownDatasetError


def failures(frame: pd.DataFrame, dataset: str, **more: Any) -> list[tuple[str, str]]:
    """Return column and rule of every failure."""
    with pytest.raises(SchemaError) as caught:
        datasets.validate(frame, dataset, **more)
    return list(zip(caught.value.failures["column"], caught.value.failures["rule"], strict=True))


def figure(**cells: str) -> pd.DataFrame:
    """Return one shipped figure with other cells."""
    return datasets.load_figures(version=1).head(1).assign(**cells)


class TestWrongNames:
    """What names no row is told, with the nearest that does."""

    @pytest.mark.parametrize(
        ("column", "value", "rule"),
        [
            ("area_id", "kentt", "must be area_id of a row of areas; nearest: 'kent'"),
            (
                "measure",
                "image_offense",
                "must be measure of a row of measures; nearest: 'image_offences'",
            ),
            ("release_id", "q", "must be release_id of a row of releases"),
        ],
    )
    def test_of_a_figure(self, column: str, value: str, rule: str) -> None:
        """Area, measure and release are looked up where they are listed."""
        assert failures(figure(**{column: value}), "figures") == [(column, rule)]

    @pytest.mark.parametrize(
        ("dataset", "column", "value", "rule"),
        [
            (
                "areas",
                "members",
                "gwent;north-walls",
                "row of areas: 'north-walls' is none; nearest: 'north-wales'",
            ),
            (
                "measures",
                "official_codes",
                "86;88Z",
                "row of offence_codes: '88Z' is none; nearest: '88A'",
            ),
            (
                "breaks",
                "applies_to",
                "measure:image_offence",
                "row of measures: 'measure:image_offence' is none; nearest: 'image_offences'",
            ),
            ("breaks", "applies_to", "code:9", "code:9"),
            ("breaks", "area_id", "kentt", "must be area_id of a row of areas; nearest: 'kent'"),
            ("breaks", "applies_to", "all-crime", "nearest: 'all-crimes'"),
        ],
    )
    def test_in_lists_and_after_prefixes(
        self, dataset: str, column: str, value: str, rule: str
    ) -> None:
        """A cell of several ids, or an id after a prefix, is read as what it is."""
        own = datasets.load(dataset, 1)
        filled = own.index[own[column].notna()][0]
        own.loc[filled, column] = value
        found = [words for name, words in failures(own, dataset) if name == column]
        assert len(found) == 1
        assert rule in found[0]

    @pytest.mark.parametrize("value", ["all", "population", "code:86", "measure:image_offences"])
    def test_words_are_no_keys(self, value: str) -> None:
        """A break may apply to everything, and to populations."""
        own = datasets.load_breaks(version=1).head(1).assign(applies_to=value, area_id="all")
        assert len(datasets.validate(own, "breaks")) == 1

    def test_a_cell_that_breaks_its_form_is_told_once(self) -> None:
        """What is no id is not looked up."""
        ((column, rule),) = failures(figure(area_id="North Wales"), "figures")
        assert (column, rule[:11]) == ("area_id", "must match ")

    def test_every_row_is_told(self) -> None:
        """Each row of a frame in which every key is wrong, the nearest for the first ones only."""
        own = datasets.load_figures(version=1).head(50)
        own["source_id"] = [f"source-{number}" for number in range(50)]
        found = failures(own, "figures")
        assert len(found) == 50
        assert sum("nearest" in rule for _, rule in found) <= 20

    def test_versions_in_force_decide(self, second_version: str) -> None:
        """What is looked up is read in the pinned version, else the newest."""
        with ukcso.pinned(areas=1) as used:
            datasets.validate(datasets.load(second_version), second_version)
        assert used == {"areas": 1, "offence_codes": 1, second_version: 2}

    def test_own_figures_need_no_shipped_names_elsewhere(self) -> None:
        """Functions that take a caller's own figures take a release that nobody else knows."""
        own = datasets.load_figures(version=1).assign(release_id="mine")
        assert set(ukcso.series("image_offences", "Kent", figures=own)["release_id"]) == {"mine"}


class TestBeside:
    """Frames of one's own that name each other."""

    SOURCE = datasets.load_sources(version=1).head(1).assign(source_id="my-page")

    def test_own_rows_count(self) -> None:
        """A figure may name a source that is handed over beside it."""
        own = figure(source_id="my-page")
        assert failures(own, "figures")[0][0] == "source_id"
        assert len(datasets.validate(own, "figures", beside={"sources": self.SOURCE})) == 1

    def test_shipped_rows_count_too(self) -> None:
        """What is handed over adds to what is shipped."""
        assert len(datasets.validate(figure(), "figures", beside={"sources": self.SOURCE})) == 1

    def test_rows_of_the_frame_itself_count(self) -> None:
        """A group of areas and its members may both be new."""
        areas = datasets.load_areas(version=1).set_index("area_id", drop=False)
        group = areas.loc[["durham+northumbria"]].assign(members="kent;mine", area_id="kent+mine")
        place = areas.loc[["jersey"]].assign(area_id="mine", name="Mine")
        own = pd.concat([place, group.assign(name="Kent and mine")], ignore_index=True)
        assert len(datasets.validate(own, "areas")) == 2
        assert failures(own.tail(1), "areas")[0][0] == "members"

    def test_must_fit_its_schema(self) -> None:
        """A frame beside is told its own failures, under its own name."""
        beside = {"sources": self.SOURCE.assign(kind="blog")}
        with pytest.raises(SchemaError, match=r"^sources: 1 failure"):
            datasets.validate(figure(), "figures", beside=beside)

    def test_must_be_a_dataset(self) -> None:
        """A name that is none is refused."""
        with pytest.raises(UnknownDatasetError, match="no dataset 'source'"):
            datasets.validate(figure(), "figures", beside={"source": self.SOURCE})
