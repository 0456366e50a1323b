"""Mirrors src/ukcso/claims/_implied.py: what the shipped claims imply, and small worlds."""

from __future__ import annotations

import itertools
import math
import os
import subprocess
import sys
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ukcso import InvalidInputError, Period, SchemaError, UnknownAreaError
from ukcso.claims import check_claims, contradictions, implied
from ukcso.datasets import load_claims, load_figures
from ukcso.datasets.claims import UNIT_OF
from ukcso.printed import meant_by

pytestmark = pytest.mark.slow

COLUMNS = [
    "measure", "breakdown", "area_id", "period_start", "period_end", "release_id", "lower",
    "upper", "bounded_by", "n_constraints",
]  # fmt: skip
CLAIMS, FIGURES = load_claims(version=1), load_figures(version=1)


@pytest.fixture(scope="module")
def shipped() -> pd.DataFrame:
    """Return what version 1 of claims and figures implies."""
    return implied(claims=CLAIMS, figures=FIGURES)


@pytest.fixture(scope="module")
def clashes() -> pd.DataFrame:
    """Return what contradicts in version 1 of claims and figures."""
    return contradictions(claims=CLAIMS, figures=FIGURES)


def bounds(table: pd.DataFrame, period: str, **wanted: str) -> tuple[int, int | None, str]:
    """Return the one pair of bounds for a period, and what pins it."""
    span = Period.parse(period)
    rows = table[
        (table["period_start"] == str(span.start)) & (table["period_end"] == str(span.end))
    ]
    for name, value in ({"breakdown": "all"} | wanted).items():
        rows = rows[rows[name] == value]
    (row,) = rows.itertuples()
    return row.lower, None if row.upper is pd.NA else row.upper, row.bounded_by


LANCASHIRE = {"area_id": "lancashire", "release_id": "nspcc-2020-11-online-flag"}
UK = {"area_id": "united-kingdom", "release_id": "nspcc-2021-12-image-offences"}


class TestShippedClaims:
    """What the press printed, taken together."""

    def test_lancashire_before_the_rise(self, shipped: pd.DataFrame) -> None:
        """419 up 525 per cent: 419 / 6.255 to 419 / 6.245 holds one whole number, 67."""
        found = bounds(shipped, "2018/19", measure="online_child_sexual_offences", **LANCASHIRE)
        assert found == (67, 67, "clm-00282;fig-00817")

    def test_all_of_lancashire(self, shipped: pd.DataFrame) -> None:
        """13 per cent gives 3,104 to 3,352; one in eight, 3,142.5 to 3,561.5: together 3,143 on."""
        found = bounds(shipped, "2019/20", measure="child_sexual_offences", **LANCASHIRE)
        assert found == (3_143, 3_352, "clm-00283;clm-00284;fig-00817")

    def test_all_of_lancashire_from_the_share_alone(self) -> None:
        """Without "one in eight", 419 / 0.135 = 3,103.7 to 419 / 0.125 = 3,352 is left."""
        share = CLAIMS[CLAIMS["claim_id"] == "clm-00284"]
        found = bounds(implied(claims=share, figures=FIGURES), "2019/20",
                       measure="child_sexual_offences", **LANCASHIRE)  # fmt: skip
        assert found == (3_104, 3_352, "clm-00284;fig-00817")

    def test_the_uk_before_the_rise(self, shipped: pd.DataFrame) -> None:
        """25,281 up 37 per cent is on 18,387 to 18,520: not on 18,522, of an earlier wave."""
        assert bounds(shipped, "2016/17", **UK) == (18_387, 18_520, "clm-00324;fig-00946")

    def test_the_years_between(self, shipped: pd.DataFrame) -> None:
        """
        Five years of 101,650 to 112,349, less those of which something is known.

        "About 107,000" is 5 per cent either side, and within "over 100,000". 2019/20 is
        25,281 / 1.185 = 21,334.2 to 25,281 / 1.175 = 21,515.7. So the two years between
        have 101,650 - 18,520 - 21,515 - 25,281 = 36,334 or more, and 112,349 - 18,387 -
        21,335 - 25,281 = 47,346 or fewer.
        """
        assert bounds(shipped, "2016/17 to 2020/21", **UK)[:2] == (101_650, 112_349)
        assert bounds(shipped, "2019/20", **UK)[:2] == (21_335, 21_515)
        low, high, by = bounds(shipped, "2017/18 to 2018/19", **UK)
        assert (low, high) == (36_334, 47_346)
        assert by == "clm-00324;clm-00325;fig-00943;fig-00946"

    def test_more_than_25_000(self) -> None:
        """
        37 per cent on 18,522, the count of another wave, is 25,283 to 25,467 in 2020/21.

        18,522 * 1.365 = 25,282.5 and 18,522 * 1.375 = 25,467.75; "over 25,000" holds too.
        """
        growth = CLAIMS[CLAIMS["claim_id"] == "clm-00324"]
        wave = FIGURES["figure_id"].isin(["fig-00462", "fig-00945"])
        figures = FIGURES[wave].assign(release_id="nspcc-2021-12-image-offences")
        found = bounds(implied(claims=growth, figures=figures), "2020/21", **UK)
        assert found == (25_283, 25_467, "clm-00324;fig-00462")

    def test_a_missing_member(self, shipped: pd.DataFrame) -> None:
        """North East 2022/23 less Durham and Northumbria is Cleveland's 2,108."""
        found = bounds(shipped, "2022/23", area_id="cleveland", measure="child_sexual_offences")
        printed = FIGURES[
            FIGURES["figure_id"].isin(["fig-01059", "fig-01060", "fig-01063", "fig-01073"])
        ]
        assert found[:2] == (2_108, 2_108)
        total, parts = printed["value"].max(), printed["value"].sum() - printed["value"].max()
        assert total - parts == 2_108

    def test_columns_and_order(self, shipped: pd.DataFrame) -> None:
        """One row per cell and release, sorted by them, whole numbers throughout."""
        assert list(shipped.columns) == COLUMNS
        assert not shipped.duplicated(COLUMNS[:6]).any()
        pd.testing.assert_frame_equal(shipped, shipped.sort_values(COLUMNS[:6], ignore_index=True))
        assert str(shipped["lower"].dtype) == str(shipped["upper"].dtype) == "Int64"
        assert (shipped["lower"] >= 0).all()
        assert (shipped["lower"] <= shipped["upper"]).fillna(value=True).all()

    def test_nothing_is_listed_that_the_release_prints(self, shipped: pd.DataFrame) -> None:
        """A cell with an exact figure is not one that nobody printed."""
        exact = FIGURES[(FIGURES["hedge"] == "exact") & (FIGURES["unit"] == "offences")]
        keys = COLUMNS[:6]
        assert shipped.merge(exact[keys].drop_duplicates(), on=keys).empty

    def test_every_pin_is_a_claim_or_figure(self, shipped: pd.DataFrame) -> None:
        """What pins a cell is printed by its own release."""
        release = dict(zip(CLAIMS["claim_id"], CLAIMS["release_id"], strict=True))
        release |= dict(zip(FIGURES["figure_id"], FIGURES["release_id"], strict=True))
        for row in shipped.itertuples():
            for name in filter(None, row.bounded_by.split(";")):
                assert release[name] == row.release_id

    def test_counts(self, shipped: pd.DataFrame) -> None:
        """How much the shipped claims imply, so that a change is seen."""
        assert len(shipped) == 363
        assert shipped["upper"].notna().sum() == 322
        assert (shipped["lower"] == shipped["upper"]).sum() == 53


class TestContradictions:
    """Sets that cannot all be true."""

    @pytest.mark.parametrize(
        ("release", "ids"),
        [
            # 118 to 200 is 69.5 per cent
            ("nspcc-2018-09-image-offences", {"fig-00397", "fig-00400", "clm-00104"}),
            # No whole number times 4.23 gives 369
            ("nspcc-2019-06-online-flag", {"fig-00544", "clm-00164"}),
            # 333 + 67 + 97 + 67 is 564, Wales is printed as 554
            (
                "nspcc-2024-11-sexual-communication",
                {"fig-01170", "fig-01131", "fig-01161", "fig-01124", "fig-01197", ""},
            ),
            # 1,949 + 1,176 + 3,304 is 6,429, the three together are printed as 7,064
            (
                "nspcc-2019-10-child-sexual-offences",
                {"fig-00669", "fig-00656", "fig-00658", "fig-00671", ""},
            ),
            # 10,331 and 10,391 for one cell
            ("nspcc-2020-09-online-flag", {"fig-00789", "fig-00790"}),
            # one year has as many as the five together
            ("nspcc-2021-12-image-offences", {"fig-00942", "fig-00938", "fig-00939", ""}),
            # 1,249 in 366 days is not over six a day
            ("nspcc-2025-02-image-offences", {"fig-01235", "clm-00455"}),
        ],
    )
    def test_smallest_sets(self, clashes: pd.DataFrame, release: str, ids: set[str]) -> None:
        """Each is named with nothing that it does not need; rules of addition have no id."""
        of_release = clashes[clashes["release_id"] == release]
        sets = [
            set(group["statement_id"].fillna(""))
            for _, group in of_release.groupby("contradiction")
        ]
        assert ids in sets

    def test_every_set_is_in_words(self, clashes: pd.DataFrame) -> None:
        """One line each, none empty."""
        assert clashes["statement"].str.len().gt(20).all()
        assert not clashes["statement"].str.contains("\n").any()
        assert clashes.groupby(["release_id", "contradiction"]).ngroups == 36

    def test_a_cut_off_number_is_no_contradiction(self, clashes: pd.DataFrame) -> None:
        """8,224 a year printed as 22 a day is truncated, not contradictory."""
        assert "clm-00153" not in set(clashes["statement_id"])

    def test_claims_that_contradict_exact_counts_differ(self, clashes: pd.DataFrame) -> None:
        """A claim at odds with exact counts alone has the verdict differs."""
        verdicts = check_claims(CLAIMS, FIGURES).set_index("claim_id")["verdict"]
        for _, group in clashes.groupby(["release_id", "contradiction"]):
            (*others, claim) = group.sort_values("kind", ascending=False)["statement_id"]
            if set(group["kind"]) == {"exact", "claim"} and list(group["kind"]).count("claim") == 1:
                claim = group.loc[group["kind"] == "claim", "statement_id"].item()
                assert verdicts[claim] == "differs", others


class World:
    """Claims and figures made up: image offences in Kent unless told."""

    def __init__(self) -> None:
        self._figures: list[dict[str, Any]] = []
        self._claims: list[dict[str, Any]] = []
        self._said = {"source_id": "made-up", "period_basis": "stated", "note": pd.NA}

    @staticmethod
    def _cell(period: str, **more: str) -> dict[str, Any]:
        span = Period.parse(period)
        days = {"period_start": pd.Timestamp(span.start), "period_end": pd.Timestamp(span.end)}
        return {"measure": "image_offences", "breakdown": "all", "area_id": "kent"} | days | more

    def figure(self, value: float, period: str, hedge: str = "exact", **more: Any) -> World:
        """Add a printed count."""
        row = {"figure_id": f"fig-{len(self._figures):05}", "value": float(value), "hedge": hedge}
        row |= {"unit": "offences", "release_id": "one", **self._said}
        self._figures.append(row | self._cell(period, **more))
        return self

    def claim(
        self,
        relation: str,
        printed: str,
        period: str,
        against: str | dict[str, str] | None = None,
        hedge: str = "exact",
        **more: Any,
    ) -> World:
        """Add a printed statement; `against` is a period, or the reference's other columns."""
        row = {"claim_id": f"clm-{len(self._claims):05}", "relation": relation}
        row |= {"printed": printed, "hedge": hedge, "unit": UNIT_OF[relation]}
        row |= {"subject_value": np.nan, "ref_value": np.nan, "release_id": "one", **self._said}
        row |= self._cell(period) | more
        if against is not None:
            other = (
                {"period": against} if isinstance(against, str) else {"period": period} | against
            )
            reference = self._cell(other.pop("period"), **other)
            row |= {f"ref_{name}": value for name, value in reference.items()}
        self._claims.append(row)
        return self

    @property
    def frames(self) -> dict[str, pd.DataFrame]:
        """Both frames, as keywords."""
        return {
            "claims": pd.DataFrame(self._claims, columns=CLAIMS.columns),
            "figures": pd.DataFrame(self._figures, columns=FIGURES.columns),
        }

    def bounds(self, period: str, **more: Any) -> tuple[int, int | None]:
        """Return the bounds of a cell."""
        wanted = {"area_id": "kent", "release_id": "one"} | more
        return bounds(implied(**self.frames), period, **wanted)[:2]

    def sets(self) -> list[list[str]]:
        """Return the ids of each contradictory set."""
        found = contradictions(**self.frames)
        groups = found.groupby("contradiction")["statement_id"]
        return [group.fillna("").tolist() for _, group in groups]


class TestRelations:
    """Each relation bounds its operands from the printed digits, exactly."""

    @pytest.mark.parametrize(
        ("relation", "printed", "hedge", "expected"),
        [
            # 200 * 1.495 = 299, 200 * 1.505 = 301, which rounds up
            ("growth", "50", "exact", (299, 300)),
            ("growth", "-50", "exact", (100, 101)),
            ("growth", "50", "over", (301, None)),
            ("growth", "-50", "over", (0, 99)),
            ("growth", "50", "at_least", (300, None)),
            ("growth", "50", "up_to", (0, 300)),
            ("growth", "50", "nearly", (290, 299)),
            ("ratio", "1.5", "exact", (290, 309)),
            # a part is at most all of it
            ("share", "50", "exact", (99, 100)),
            ("share", "100", "exact", (199, 200)),
            # 200 / 4.5 = 44.4, 200 / 3.5 = 57.1
            ("one_in", "4", "exact", (45, 57)),
            ("difference", "50", "exact", (250, 250)),
            ("difference", "-50", "exact", (150, 150)),
        ],
    )
    def test_against_a_count_of_200(
        self, relation: str, printed: str, hedge: str, expected: tuple[int, int | None]
    ) -> None:
        """Both ends, open ends left out."""
        world = World().figure(200, "2016/17").claim(relation, printed, "2017/18", "2016/17", hedge)
        assert world.bounds("2017/18") == expected

    @pytest.mark.parametrize(
        ("relation", "printed", "expected"),
        [
            # 365 * 1.5 = 547.5, 365 * 2.5 = 912.5
            ("per_day", "2", (548, 912)),
            # 365 / 7 * 1.5 = 78.2, 365 / 7 * 2.5 = 130.4
            ("per_week", "2", (79, 130)),
            # 12 * 1.5 = 18, 12 * 2.5 = 30, which rounds up
            ("per_month", "2", (18, 29)),
            # 525,600 / 23.5 = 22,366.0, 525,600 / 22.5 = 23,360
            ("minutes_between", "23", (22_366, 23_360)),
            # 8,760 / 6.5 = 1,347.7, 8,760 / 5.5 = 1,592.7
            ("hours_between", "6", (1_348, 1_592)),
        ],
    )
    def test_against_the_calendar(
        self, relation: str, printed: str, expected: tuple[int, int]
    ) -> None:
        """The days of 2017/18 are 365."""
        assert World().claim(relation, printed, "2017/18").bounds("2017/18") == expected

    def test_growth_from_nothing_has_no_value(self) -> None:
        """A growth that was printed had something to grow from."""
        world = World().claim("growth", "50", "2017/18", "2016/17")
        # 1.495 to 1.505 times a whole number: 2 gives 3, 1 gives none
        assert world.bounds("2016/17") == (2, None)
        assert world.bounds("2017/18") == (3, None)

    def test_a_hedged_figure(self) -> None:
        """Nearly 23,000 is from nine tenths on, and not 23,000."""
        assert World().figure(23_000, "2017/18", "nearly").bounds("2017/18") == (20_700, 22_999)

    def test_what_is_no_count_is_left_out(self) -> None:
        """A percentage of a survey bounds no number of offences."""
        world = World().figure(7.5, "2017/18", "over", unit="percent")
        assert implied(**world.frames).empty

    def test_a_count_a_month(self) -> None:
        """About 700 a month is 650 to 750 times twelve."""
        world = World().figure(700, "2020", "about", unit="arrests_per_month")
        assert world.bounds("2020") == (7_800, 8_999)


class TestTogether:
    """What only several statements give."""

    def test_a_chain_of_four_claims_pins_a_figure(self) -> None:
        """1,000, up 10.0, up 10.0, down 50.0 per cent, and 100 more: 1,100, 1,210, 605, 705."""
        world = World().figure(1_000, "2014/15")
        world.claim("growth", "10.0", "2015/16", "2014/15")
        world.claim("growth", "10.0", "2016/17", "2015/16")
        world.claim("growth", "-50.0", "2017/18", "2016/17")
        world.claim("difference", "100", "2018/19", "2017/18")
        table = implied(**world.frames)
        low, high, by = bounds(table, "2018/19", area_id="kent")
        assert (low, high) == (705, 705)
        assert by == "clm-00000;clm-00001;clm-00002;clm-00003;fig-00000"

    def test_a_contradiction_of_three_statements_is_named(self) -> None:
        """100 to 150 is not 80 per cent; what is said of other years has no part in it."""
        world = World().figure(100, "2016/17").figure(150, "2017/18").figure(90, "2015/16")
        world.claim("growth", "80", "2017/18", "2016/17").claim("per_day", "1", "2018/19")
        assert world.sets() == [["fig-00000", "fig-00001", "clm-00000"]]
        found = contradictions(**world.frames)
        assert found["set_aside"].tolist() == [False, False, True]
        kent = "Child abuse image offences, Kent"
        assert found["statement"].tolist() == [
            f"{kent}, 2016/17: 100",
            f"{kent}, 2017/18: 150",
            f"{kent}, 2017/18: growth 80 %, against {kent}, 2016/17",
        ]

    def test_an_end_that_only_two_claims_give(self) -> None:
        """Up 25 per cent, by 364: 364 / 0.255 = 1,427.5 to 364 / 0.245 = 1,485.7 before."""
        world = World().claim("growth", "25", "2017/18", "2016/17")
        world.claim("difference", "364", "2017/18", "2016/17")
        assert world.bounds("2016/17") == (1_428, 1_485)
        assert world.bounds("2017/18") == (1_792, 1_849)

    def test_an_impossible_claim_takes_no_true_one_with_it(self) -> None:
        """17 + 10 + 14: no year is 2.3 times all three, but 14 is 65.9 per cent below 41."""
        span = "2014/15 to 2016/17"
        world = World()
        for year, count in (("2014/15", 17), ("2015/16", 10), ("2016/17", 14)):
            world.figure(count, year)
        world.claim("ratio", "2.3", "2014/15", span)
        world.claim("growth", "-65.9", "2016/17", span, "nearly")
        sets = contradictions(**world.frames)
        assert "clm-00001" not in set(sets["statement_id"])
        assert set(sets.loc[sets["set_aside"], "statement_id"]) == {"clm-00000"}
        assert not sets.loc[sets["kind"] == "total", "set_aside"].any()
        # the sum is still known
        assert world.bounds(span) == (41, 41)

    def test_what_contradicts_bounds_nothing(self) -> None:
        """Two claims at odds leave only what the rest says."""
        world = World().figure(100, "2016/17").figure(500, "2017/18", "up_to")
        world.claim("growth", "80", "2017/18", "2016/17")
        world.claim("growth", "90", "2017/18", "2016/17")
        assert world.sets() == [["clm-00000", "clm-00001"]]
        assert world.bounds("2017/18") == (0, 500)

    def test_two_exact_counts_of_one_cell(self) -> None:
        """They contradict; for the rest it is anything between them."""
        world = World().figure(100, "2016/17").figure(110, "2016/17")
        world.claim("difference", "50", "2017/18", "2016/17")
        assert world.sets() == [["fig-00000", "fig-00001"]]
        assert world.bounds("2017/18") == (150, 160)

    def test_areas_add_up(self) -> None:
        """A group less two of its three members is the third."""
        group = {"area_id": "kent+surrey+sussex"}
        world = World().figure(100, "2017/18", **group).figure(60, "2017/18")
        world.figure(30, "2017/18", area_id="surrey")
        world.figure(50, "2017/18", "up_to", area_id="sussex")
        assert world.bounds("2017/18", area_id="sussex") == (10, 10)

    def test_a_member_is_within_its_group(self) -> None:
        """At most 100 in the group is at most 100 in Kent."""
        world = World().figure(100, "2017/18", "up_to", area_id="kent+surrey+sussex")
        assert world.claim("per_day", "1", "2017/18", None, "over").sets() == [
            ["fig-00000", "clm-00000", ""]
        ]

    def test_the_years_of_a_span_add_up(self) -> None:
        """Three years less the first is the two others together."""
        world = World().figure(100, "2015/16 to 2017/18").figure(40, "2015/16")
        assert world.bounds("2016/17 to 2017/18") == (60, 60)

    def test_a_quarter_is_within_its_year(self) -> None:
        """A year has as many as any part of it."""
        world = World().figure(40, "2017/18 Q1").figure(90, "2017/18", "up_to")
        assert world.bounds("2017/18") == (40, 90)

    def test_a_part_is_within_the_whole(self) -> None:
        """Possession is at most all; a narrower age is at most a wider one."""
        world = World().figure(40, "2017/18")
        world.figure(10, "2017/18", "over", breakdown="offence:possession")
        assert world.bounds("2017/18", breakdown="offence:possession") == (11, 40)
        world.figure(20, "2017/18", breakdown="victim_age:0-12")
        world.figure(5, "2017/18", "at_least", breakdown="victim_age:4-10")
        assert world.bounds("2017/18", breakdown="victim_age:4-10") == (5, 20)

    def test_classes_of_offence_do_not_overlap(self) -> None:
        """Two classes together are at most all."""
        world = World().figure(40, "2017/18").figure(30, "2017/18", breakdown="offence:possession")
        prohibited = "offence:prohibited_images"
        world.figure(1, "2017/18", "at_least", breakdown=prohibited)
        assert world.bounds("2017/18", breakdown=prohibited) == (1, 10)

    def test_victims_are_not_offences(self) -> None:
        """An offence may have two victims, so one count says nothing of the other."""
        world = World().figure(40, "2017/18")
        age = {"breakdown": "victim_age:13", "unit": "victims"}
        world.figure(10, "2017/18", "at_least", **age)
        assert world.bounds("2017/18", breakdown="victim_age:13") == (10, None)


class TestReleases:
    """Each release by itself, unless asked."""

    def world(self) -> World:
        """Return a growth in one release, on a count that another prints."""
        world = World().figure(200, "2016/17", release_id="other")
        return world.claim("growth", "50", "2017/18", "2016/17")

    def test_releases_are_not_mixed(self) -> None:
        """A count of another wave bounds nothing in this one."""
        assert self.world().bounds("2017/18") == (3, None)

    def test_across(self) -> None:
        """A single force answered or did not, so its count may be taken, if asked."""
        table = implied(**self.world().frames, across=True)
        assert bounds(table, "2017/18", area_id="kent") == (299, 300, "clm-00000;fig-00000")

    def test_across_a_coverage_that_differs(self) -> None:
        """A count of the UK stays where it is: nothing says the same forces answered."""
        uk = {"area_id": "united-kingdom"}
        world = World().figure(200, "2016/17", release_id="other", **uk)
        world.claim("growth", "50", "2017/18", {"period": "2016/17"} | uk, **uk)
        table = implied(**world.frames, across=True)
        assert bounds(table, "2017/18", **uk)[:2] == (3, None)


class TestTightest:
    """No narrower bounds hold."""

    YEARS = ("2015/16", "2016/17", "2017/18")
    SPAN = "2015/16 to 2017/18"
    MOST = 9

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def test_some_whole_numbers_reach_every_end(self, data: st.DataObject) -> None:
        """Going through all counts from 0 to 9 of three years finds the same ends."""
        cells = [*self.YEARS, self.SPAN]
        said = data.draw(
            st.lists(
                st.tuples(
                    st.sampled_from(["growth", "ratio", "difference", "share"]),
                    st.integers(-5, 12),
                    st.permutations(cells),
                ),
                max_size=3,
            )
        )
        world = World()
        for year in self.YEARS:
            world.figure(self.MOST, year, "up_to")
        world.figure(0, self.SPAN, "at_least")
        tests = []
        for relation, number, (subject, reference, *_) in said:
            tens = {"growth": 20, "share": 10}.get(relation, 1)
            printed = str(
                max(0, number) * tens if relation in {"ratio", "share"} else number * tens
            )
            world.claim(relation, printed, subject, reference)
            tests.append((relation, meant_by(printed, "exact"), subject, reference))
        possible = [
            dict(zip(cells, (*counts, sum(counts)), strict=True))
            for counts in itertools.product(range(self.MOST + 1), repeat=3)
        ]
        fitting = [world for world in possible if all(self.holds(one, world) for one in tests)]
        if not fitting or world.sets():
            return
        for cell in cells:
            values = [counts[cell] for counts in fitting]
            assert world.bounds(cell) == (min(values), max(values))

    @staticmethod
    def holds(test: tuple[str, Any, str, str], counts: dict[str, int]) -> bool:
        """Say whether counts make a printed statement."""
        relation, meant, subject, reference = test
        s, r = Fraction(counts[subject]), Fraction(counts[reference])
        if relation == "difference":
            return bool(meant.contains(s - r))
        if r == 0 or (relation == "share" and s > r):
            return False
        value = {"growth": 100 * (s - r) / r, "ratio": s / r, "share": 100 * s / r}[relation]
        return bool(meant.contains(value))


class TestOperandsOfClaims:
    """What the rest of a release implies helps to check a claim."""

    def test_an_operand_nobody_printed(self) -> None:
        """A growth on a count that the year's other claim pins gets a verdict."""
        world = World().figure(150, "2017/18").claim("difference", "50", "2017/18", "2016/17")
        world.claim("growth", "50", "2017/18", "2016/17")
        row = check_claims(**world.frames).iloc[1]
        assert (row.verdict, row.reference_hedge, row.basis) == (
            "reproduced",
            "implied",
            "same_release",
        )
        assert math.isnan(row.reference)

    def test_a_subject_nobody_printed_that_differs(self) -> None:
        """250 in two years less 100 is 150, no rise of 87 per cent; no other year explains it."""
        world = World().figure(100, "2016/17").figure(250, "2016/17 to 2017/18")
        world.figure(90, "2015/16").claim("growth", "87", "2017/18", "2016/17")
        row = check_claims(**world.frames).iloc[0]
        assert (row.verdict, row.subject_hedge, row.would_read) == ("differs", "implied", "50")
        assert row.diagnosis is pd.NA

    def test_a_claim_is_no_evidence_of_itself(self) -> None:
        """The same statement on two pages proves nothing: the count is still not printed."""
        world = World().figure(150, "2017/18")
        world.claim("growth", "50", "2017/18", "2016/17")
        world.claim("growth", "50", "2017/18", "2016/17")
        assert check_claims(**world.frames)["verdict"].tolist() == ["not_computable"] * 2

    def test_a_range_gets_narrower(self) -> None:
        """More than 100, and at most 120 by another claim, is 10 to 11 a month or so."""
        world = World().figure(120, "2017/18", "over")
        world.claim("growth", "30", "2017/18", "2016/17").figure(100, "2016/17")
        world.claim("per_month", "11", "2017/18")
        row = check_claims(**world.frames).iloc[1]
        # 100 * 1.295 = 129.5 to 100 * 1.305 = 130.5: 130 / 12 = 10.8
        assert (row.verdict, row.subject, row.subject_hedge) == ("reproduced", 120, "over")
        assert row.recomputed_lower == row.recomputed_upper == pytest.approx(130 / 12)


class TestArguments:
    """Filters, and what is refused."""

    def test_filters(self, shipped: pd.DataFrame) -> None:
        """Measure, area and release each keep their own rows, an area by any of its names."""
        found = implied("image_offences", "Cumbria Police", claims=CLAIMS, figures=FIGURES)
        of_area = shipped["area_id"] == "cumbria"
        wanted = shipped[of_area & (shipped["measure"] == "image_offences")]
        assert len(found)
        pd.testing.assert_frame_equal(found, wanted.reset_index(drop=True))

    def test_nothing_to_tell(self) -> None:
        """A release without statements gives an empty frame of the same types."""
        none = implied(claims=CLAIMS.head(0), figures=FIGURES.head(0))
        assert none.empty
        assert list(none.columns) == COLUMNS

    @pytest.mark.parametrize(
        ("arguments", "error", "message"),
        [
            ({"measure": "image_offence"}, InvalidInputError, "nearest: image_offences"),
            ({"release": "nspcc-2018"}, InvalidInputError, "no release .nspcc-2018.; nearest"),
            ({"area": "Yorkshire"}, UnknownAreaError, "no area 'Yorkshire'"),
        ],
    )
    def test_unknown_names(
        self, arguments: dict[str, str], error: type[Exception], message: str
    ) -> None:
        """They are refused, with the nearest that is known."""
        with pytest.raises(error, match=message):
            implied(**arguments)

    def test_unknown_release_of_contradictions(self) -> None:
        """It is refused there too."""
        with pytest.raises(InvalidInputError, match=r"no release .nspcc-2018.; nearest"):
            contradictions("nspcc-2018")

    def test_bad_frames(self) -> None:
        """A frame of the user's own is checked first."""
        with pytest.raises(SchemaError):
            implied(claims=CLAIMS.head(2).assign(relation="roughly"))


def test_the_same_in_every_process() -> None:
    """Sets of statements come out alike whatever order Python's hashes give."""
    code = "import ukcso; print(ukcso.contradictions().to_csv()); print(ukcso.implied().to_csv())"
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1
