"""Mirrors src/ukcso/evidence/_operands.py: operands and comparability, rule by rule."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from ukcso import Bounds, load_figures
from ukcso.evidence import Cell, Evidence, Nowhere, Operand
from ukcso.evidence._coverage import coverage_of, differences

FROM, TO = pd.Timestamp("2017-04-01"), pd.Timestamp("2018-03-31")


@pytest.fixture(scope="module")
def shipped() -> Evidence:
    """Return the shipped figures."""
    return Evidence(load_figures(version=1))


class TestOperand:
    """What a printed number can stand for."""

    def test_an_exact_count_is_itself(self) -> None:
        """8,224 is 8,224, not whatever rounds to it."""
        assert Operand(8_224, "exact", "r", "s").bounds == Bounds.exactly(8_224)

    def test_a_hedged_count_is_a_range_of_counts(self) -> None:
        """No range of counts goes below 0."""
        assert Operand(5_000, "over", "r", "s").bounds == Bounds(
            5_000, math.inf, lower_closed=False
        )
        assert Operand(10, "up_to", "r", "s").bounds == Bounds(0, 10, upper_closed=True)


class TestFind:
    """The number a statement rests on, in the shipped figures."""

    UK = Cell("image_offences", "all", "united-kingdom", FROM, TO)

    def test_exact_in_the_release(self, shipped: Evidence) -> None:
        """Of 22,724, nearly 23,000 and about 22,700 in one wave, the exact one is taken."""
        found = shipped.find(self.UK, source_id="nobody", release_id="nspcc-2018-09-image-offences")
        assert isinstance(found, Operand)
        assert (found.value, found.hedge, found.basis) == (22_724, "exact", "same_release")

    def test_a_page_that_prints_two_waves(self, shipped: Evidence) -> None:
        """Northern Ireland 2023/24: 859 in the NSPCC's wave, 845 in the PSNI's, on one page."""
        cell = Cell(
            "image_offences",
            "all",
            "northern-ireland",
            pd.Timestamp("2023-04-01"),
            pd.Timestamp("2024-03-31"),
        )
        figures = load_figures(version=1)
        own = figures[(figures["value"] == 845) & (figures["area_id"] == "northern-ireland")]
        for release, value in (
            ("nspcc-2025-02-image-offences", 859),
            ("psni-2024-annual-crime", 845),
        ):
            found = shipped.find(cell, source_id=own["source_id"].iloc[0], release_id=release)
            assert isinstance(found, Operand)
            assert (found.value, found.basis) == (value, "same_source")

    def test_nowhere(self, shipped: Evidence) -> None:
        """A cell nobody printed is nowhere, without a reason of comparability."""
        cell = self.UK._replace(breakdown="platform:nobody")
        assert (
            shipped.find(cell, source_id="x", release_id="nspcc-2018-09-image-offences")
            == Nowhere()
        )


class TestNotComparable:
    """`not_comparable` says what differs."""

    @pytest.mark.parametrize(
        ("release", "other", "area", "reasons"),
        [
            ("nspcc-2018-09-image-offences", "nspcc-2018-09-image-offences", "united-kingdom", ()),
            # neither prints how many forces answered
            ("nspcc-2018-09-image-offences", "nspcc-2021-12-image-offences", "united-kingdom", ()),
            # not printed, and 35 forces
            (
                "nspcc-2018-09-image-offences",
                "nspcc-2024-03-image-offences",
                "united-kingdom",
                ("forces_responding",),
            ),
            # 41 and 42 forces
            (
                "nspcc-2022-07-sexual-communication",
                "nspcc-2023-08-sexual-communication",
                "united-kingdom",
                ("forces_responding",),
            ),
            # one force is the same force in every wave
            (
                "nspcc-2022-07-sexual-communication",
                "nspcc-2023-08-sexual-communication",
                "kent",
                (),
            ),
            # England, Wales and Northern Ireland is not the United Kingdom
            (
                "nspcc-2019-06-online-flag",
                "nspcc-2019-10-child-sexual-offences",
                "united-kingdom",
                ("different_scope",),
            ),
            # 43 of 43 forces both times
            (
                "nspcc-2019-09-sexual-communication",
                "nspcc-2021-10-sexual-communication-victims",
                "england-and-wales",
                (),
            ),
            # 43 of 43 and 45 of 45: every force of Wales answered both times
            ("nspcc-2019-09-sexual-communication", "nspcc-2016-09-image-offences", "wales", ()),
            # a release that nobody knows
            ("own", "nspcc-2018-09-image-offences", "united-kingdom", ("different_scope",)),
            ("own", "nspcc-2018-09-image-offences", "no-such-area", ("different_scope",)),
        ],
    )
    def test_reasons(self, release: str, other: str, area: str, reasons: tuple[str, ...]) -> None:
        """The order of the two releases does not matter; the scope is told before the forces."""
        for first, second in ((release, other), (other, release)):
            differing = differences(coverage_of(first), coverage_of(second), area)
            assert tuple(differing)[:1] == reasons
