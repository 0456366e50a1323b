"""Mirrors src/ukcso/evidence/_releases.py: how far the exact counts of releases reach."""

from __future__ import annotations

import pandas as pd
import pytest

import ukcso
from ukcso.errors import InvalidInputError, UnknownAreaError
from ukcso.evidence import Reach, exact_releases

# Published in September 2018, December 2021 and February 2023.
FIRST, SECOND, THIRD = (
    "nspcc-2018-09-image-offences",
    "nspcc-2021-12-image-offences",
    "nspcc-2023-02-image-offences",
)


def kent(*figures: tuple[str, str], hedge: str = "exact") -> pd.DataFrame:
    """Return figures of Kent from (period, release)."""
    shipped = ukcso.load_figures(version=1)
    rows = []
    for number, (label, release) in enumerate(figures, start=1):
        period = ukcso.Period.parse(label)
        rows.append(
            {
                "figure_id": f"fig-{number:05}",
                "measure": "image_offences",
                "breakdown": "all",
                "area_id": "kent",
                "period_start": pd.Timestamp(period.start),
                "period_end": pd.Timestamp(period.end),
                "value": 100.0 + number,
                "hedge": hedge,
                "unit": "offences",
                "release_id": release,
                "source_id": "nspcc-2018-09",
                "period_basis": "stated",
                "note": pd.NA,
            }
        )
    return pd.DataFrame(rows, columns=shipped.columns)


def order(*figures: tuple[str, str]) -> list[Reach]:
    """Return the releases of Kent in a world of these figures."""
    return exact_releases("image_offences", "Kent", figures=kent(*figures))


class TestOrder:
    """Furthest first, then fullest, then latest."""

    def test_the_newest_period_comes_before_more_of_them(self) -> None:
        """One newer year goes before three older ones, whoever printed them last."""
        old = [(year, THIRD) for year in ("2013/14", "2014/15", "2015/16")]
        assert order(*old, ("2016/17", FIRST)) == [
            Reach(FIRST, "2016/17", "2016/17", 1),
            Reach(THIRD, "2013/14", "2015/16", 3),
        ]

    def test_the_fullest_among_equals(self) -> None:
        """Two releases that reach the same year: the one with more years."""
        found = order(("2016/17", THIRD), ("2015/16", FIRST), ("2016/17", FIRST))
        assert [it.release_id for it in found] == [FIRST, THIRD]

    def test_the_latest_of_those_as_full(self) -> None:
        """Publication decides last."""
        found = order(("2016/17", SECOND), ("2016/17", THIRD), ("2016/17", FIRST))
        assert [it.release_id for it in found] == [THIRD, SECOND, FIRST]

    def test_years_stand_before_longer_periods(self) -> None:
        """A total of three years is not set among years, also where it reaches further."""
        assert order(("2016/17", FIRST), ("2016/17 to 2018/19", SECOND)) == [
            Reach(FIRST, "2016/17", "2016/17", 1)
        ]
        (only,) = order(("2016/17 to 2018/19", SECOND))
        assert (only.release_id, only.last) == (SECOND, "2016/17 to 2018/19")


class TestWhatCounts:
    """Exact counts of one series only."""

    def test_hedged_numbers_do_not(self) -> None:
        """More than 100 is no count."""
        hedged = kent(("2016/17", FIRST), hedge="over")
        assert exact_releases("image_offences", "Kent", figures=hedged) == []

    def test_it_agrees_with_trend_table(self) -> None:
        """By default the table takes the first, and any of them on request."""
        for reach in exact_releases("image_offences", "united-kingdom"):
            table = ukcso.trend_table(
                "image_offences", "united-kingdom", across="allow", release=reach.release_id
            )
            labels = table["period"].tolist()
            assert (labels[0], labels[-1], len(labels)) == (reach.first, reach.last, reach.n_exact)

    def test_unknown_names(self) -> None:
        """As everywhere."""
        with pytest.raises(UnknownAreaError):
            exact_releases("image_offences", "nowhere")
        with pytest.raises(InvalidInputError, match="no measure 'rumours'"):
            exact_releases("rumours", "kent")
