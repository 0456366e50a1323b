"""Mirrors src/ukcso/datasets/figures.py: figures as they were known on a day."""

from __future__ import annotations

import csv
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from ukcso import datasets
from ukcso.errors import InvalidInputError, UnknownDatasetError

DATA = Path(datasets.__file__).parent / "data"


def day_known(text: str) -> str | None:
    """Return the last day a printed date can stand for."""
    if len(text) == len("2019-12"):
        year, month = map(int, text.split("-"))
        return f"{text}-{monthrange(year, month)[1]}"
    return text or None


def read(dataset: str) -> list[dict[str, str]]:
    """Read a shipped CSV without the package."""
    with (DATA / dataset / "v1.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class TestAsOf:
    """load_figures(as_of=...) keeps what had been published by a day."""

    @pytest.mark.parametrize(
        "as_of",
        ["2010-01-01", "2016-09-01", "2018-09-03", "2019-06-30", "2019-12-31", "2030-01-01"],
    )
    def test_keeps_what_was_out(self, as_of: str) -> None:
        """The day of the source, else its month's last day, else that of the release."""
        sources = {row["source_id"]: row["published"] for row in read("sources")}
        releases = {row["release_id"]: row["published"] for row in read("releases")}
        expected = []
        for row in read("figures"):
            day = day_known(sources[row["source_id"]] or releases[row["release_id"]])
            if day is not None and day <= as_of:
                expected.append(row["figure_id"])
        kept = datasets.load_figures(version=1, as_of=as_of)
        assert kept["figure_id"].tolist() == expected
        assert kept.index.equals(pd.RangeIndex(len(expected)))
        assert kept.attrs["ukcso"] == {"dataset": "figures", "version": 1}
        assert list(kept.dtypes) == list(datasets.load_figures(version=1).dtypes)

    def test_figures_without_any_date_are_left_out(self) -> None:
        """However late the day, a figure nobody can date is not counted as out."""
        everything = datasets.load_figures(version=1)
        dated = datasets.load_figures(version=1, as_of="2099-12-31")
        left_out = everything[~everything["figure_id"].isin(dated["figure_id"])]
        sources = datasets.load_sources(version=1).set_index("source_id")["published"]
        releases = datasets.load_releases(version=1).set_index("release_id")["published"]
        assert len(left_out)
        assert left_out["source_id"].map(sources).isna().all()
        assert left_out["release_id"].map(releases).isna().all()

    def test_month_is_out_on_its_last_day(self) -> None:
        """A source dated by month only is certainly out when the month is."""
        source = next(row for row in read("sources") if len(row["published"]) == len("2018-08"))
        last = date.fromisoformat(str(day_known(source["published"])))
        for as_of, kept in ((last - timedelta(days=1), False), (last, True)):
            found = datasets.load_figures(version=1, as_of=as_of.isoformat())["source_id"]
            assert (source["source_id"] in set(found)) == kept

    @pytest.mark.parametrize(
        "as_of", ["2018", "2018-13-01", "31/12/2018", "", "today", 2018, date(2018, 1, 1), 1.5]
    )
    def test_bad_day_is_refused(self, as_of: Any) -> None:
        """Anything but an ISO day is refused, with the value and an example."""
        with pytest.raises(InvalidInputError, match="as_of must be an ISO day such as 2019-12-31"):
            datasets.load_figures(version=1, as_of=as_of)

    def test_is_keyword_only(self) -> None:
        """A day in the place of the version is no version."""
        load: Callable[..., object] = datasets.load_figures
        with pytest.raises(TypeError):
            load(1, "2019-12-31")
        with pytest.raises(UnknownDatasetError):
            load("2019-12-31")
