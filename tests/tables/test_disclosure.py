"""Disclosure control: what a table with withheld or rounded counts gives away, by brute force."""

from __future__ import annotations

import io
import warnings
from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ukcso
from ukcso import tables
from ukcso.errors import InvalidInputError
from ukcso.tables import _areas, _figures, _trend
from ukcso.tables._kind import Kind
from ukcso.tables._presentation import Presentation

pytestmark = pytest.mark.slow

WITHHELD = "[c]"


def counts_of(parts, *, limit: int, total: bool = True, **more) -> tables.Table:
    """Return a table of counts, with their sum in the last row."""
    own = pd.DataFrame({"team": [f"t{at}" for at in range(len(parts))], "n": parts})
    own["people"] = 1000.0
    if total:
        own.loc[len(own)] = ["all", np.nansum(parts), 5000.0]
    return tables.counts(
        own,
        label="team",
        count="n",
        total="all" if total else None,
        suppress_below=limit,
        **more,
    )


def table_of(kind: Kind, frame: pd.DataFrame, **options: int) -> tables.Table:
    """Return the table of other counts than the shipped ones, which `tables` would refuse."""
    return kind.table(frame, None, Presentation(**options))


def shown(table: tables.Table, column: int = 1) -> list[str]:
    """Return the cells of a column as they read."""
    return [row[column].shown for row in table.rows]


def what_it_can_be(read: list[str], limit: int) -> list[set[int]]:
    """
    Return every value that each part can have, for somebody who reads counts and total.

    Whoever reads it knows that something withheld is below the limit.
    """
    *parts, total = read
    # A total that is withheld may be anything; as large as these examples go is enough.
    sums = range(60) if total == WITHHELD else (int(total),)
    ranges = [range(max(sums) + 1) if it == WITHHELD else (int(it),) for it in parts]
    found: list[set[int]] = [set() for _ in parts]
    hidden = [at for at, it in enumerate(parts) if it == WITHHELD]
    for values in product(*ranges):
        if sum(values) in sums and (not hidden or min(values[at] for at in hidden) < limit):
            for at, value in enumerate(values):
                found[at].add(value)
    return found


class TestCounts:
    """`counts`: a part below the limit cannot be had from the total."""

    @settings(max_examples=150)
    @given(
        parts=st.lists(st.integers(0, 9), min_size=1, max_size=4),
        limit=st.integers(2, 6),
    )
    def test_a_withheld_count_keeps_all_values_below_the_limit(self, parts, limit) -> None:
        """Whoever adds up and takes away learns no more than "below the limit"."""
        read = shown(counts_of(parts, limit=limit))
        small = [at for at, count in enumerate(parts) if count < limit]
        assert all(read[at] == WITHHELD for at in small)
        if read[-1] == WITHHELD:
            assert set(read) == {WITHHELD}
            return
        possible = what_it_can_be(read, limit)
        for at in small:
            assert set(range(limit)) <= possible[at]

    @given(parts=st.lists(st.integers(0, 9), min_size=1, max_size=6), limit=st.integers(1, 6))
    def test_no_more_than_one_goes_beside_the_small_ones(self, parts, limit) -> None:
        """What is not small stays, but for one count, unless the total itself is small."""
        read = shown(counts_of(parts, limit=limit))
        small = sum(count < limit for count in parts)
        assert read.count(WITHHELD) <= small + 1 or sum(parts) < limit

    @given(parts=st.lists(st.integers(0, 9), min_size=1, max_size=5), limit=st.integers(1, 6))
    def test_without_a_total_only_the_small_ones_go(self, parts, limit) -> None:
        """Nothing can be worked out where nothing is added up."""
        read = shown(counts_of(parts, limit=limit, total=False))
        assert [it == WITHHELD for it in read] == [count < limit for count in parts]

    @pytest.mark.parametrize(
        ("parts", "read"),
        [
            ([3, 9, 20], "[c] [c] 20 32"),
            ([0, 9, 20], "[c] [c] 20 29"),  # a zero is small too, and says as much
            ([2, 2, 20], "[c] [c] 20 24"),  # each can be 0 to 4
            ([4, 4, 20, 9], "[c] [c] 20 [c] 37"),  # 8 would be 4 and 4
            ([0, 0, 20, 9], "[c] [c] 20 [c] 29"),  # 0 would be 0 and 0
            ([1, 1, 1], "[c] [c] [c] [c]"),  # 3, which is small itself
            ([4, 4], "[c] [c] [c]"),  # no other part is left
            ([3, 20, 20], "[c] [c] 20 43"),
            ([9, 20], "9 20 29"),
        ],
    )
    def test_known_cases(self, parts, read) -> None:
        """By hand, with 5 as the limit."""
        assert " ".join(shown(counts_of(parts, limit=5))) == read

    def test_a_missing_part_protects_nothing(self) -> None:
        """Whoever knows that a part is missing may take it for none."""
        assert shown(counts_of([3, np.nan, 20, 9], limit=5)) == [
            WITHHELD,
            "\N{EN DASH}",
            "20",
            WITHHELD,
            "32",
        ]

    def test_a_missing_total(self) -> None:
        """Without a number there is nothing to take the rest from."""
        own = pd.DataFrame({"team": ["a", "b", "all"], "n": [3, 9, np.nan]})
        read = shown(tables.counts(own, label="team", count="n", total="all", suppress_below=5))
        assert read[0] == WITHHELD
        assert read[2] == "\N{EN DASH}"

    def test_rates_go_with_their_counts(self) -> None:
        """A rate times its population would be the count."""
        table = counts_of([3, 9, 20], limit=5, population="people", per=100)
        assert [it == WITHHELD for it in shown(table, 1)] == [True, True, False, False]
        assert [it == WITHHELD for it in shown(table, 3)] == [True, True, False, False]
        read = pd.read_csv(io.StringIO(table.to_csv()))
        assert read.loc[:1, ["count", "rate", "rate_lower"]].isna().to_numpy().all()
        assert read["notes"].fillna("").tolist() == ["Withheld.", "Withheld.", "", ""]

    def test_the_digits_are_not_those_of_a_withheld_interval(self) -> None:
        """A column of one withheld rate more has the decimals that it has without."""
        one = counts_of([3, 900], limit=5, total=False, population="people", per=1)
        other = counts_of([0, 900], limit=5, total=False, population="people", per=1)
        assert one.to_csv() == other.to_csv()

    @given(
        parts=st.lists(st.integers(0, 200), min_size=1, max_size=5),
        base=st.integers(1, 25),
    )
    def test_rounded_counts(self, parts, base) -> None:
        """Each is the nearest multiple, halves up; rates are those of the rounded counts."""
        own = pd.DataFrame({"team": range(len(parts)), "n": parts, "people": 1000.0})
        table = tables.counts(
            own, label="team", count="n", population="people", per=100, digits=3, round_to=base
        )
        found = [row[1].value for row in table.rows]
        assert found == [base * ((2 * count + base) // (2 * base)) for count in parts]
        rates = ukcso.rate_interval(np.array(found), np.full(len(found), 1000.0), per=100)
        for row, value, upper in zip(table.rows, rates.value, rates.upper, strict=True):
            assert row[3].value == value
            assert float(row[3].plain[2]) == pytest.approx(upper, abs=0.5)
        assert any(f"nearest {base}" in note for note in table.notes)

    def test_withheld_by_the_exact_count_not_the_rounded_one(self) -> None:
        """Of 4 and 5, which both round to 5, one is below 5."""
        own = pd.DataFrame({"team": ["a", "b"], "n": [4, 5]})
        table = tables.counts(own, label="team", count="n", suppress_below=5, round_to=5)
        assert shown(table) == [WITHHELD, "5"]
        assert len(table.notes) == 2

    def test_a_total_that_is_not_the_sum(self) -> None:
        """Nobody could say what it gives away."""
        own = pd.DataFrame({"team": ["a", "b", "all"], "n": [3, 9, 13]})
        asked = {"label": "team", "count": "n", "total": "all"}
        assert shown(tables.counts(own, **asked)) == ["3", "9", "13"]
        with pytest.raises(InvalidInputError, match="sum of the other rows, 12; got 13"):
            tables.counts(own, **asked, suppress_below=5)
        own["n"] = [3, np.nan, 2]
        with pytest.raises(InvalidInputError, match="sum of the other rows, 3; got 2"):
            tables.counts(own, **asked, suppress_below=5)

    def test_parts_of_counts(self) -> None:
        """Weighted counts have no "below 5" that would mean as many people."""
        own = pd.DataFrame({"team": ["a", "b"], "n": [3.5, 9]})
        with pytest.raises(InvalidInputError, match=r"n must be whole .* got 3\.5 at position 0"):
            tables.counts(own, label="team", count="n", suppress_below=5)


@pytest.fixture(scope="module")
def trend() -> pd.DataFrame:
    """Return a trend without breaks, to put other counts into."""
    with warnings.catch_warnings(action="ignore"):
        return ukcso.trend_table("86", "Kent", across="allow").tail(5).reset_index(drop=True)


def with_counts(frame: pd.DataFrame, counts, why_not: int | None = None) -> pd.DataFrame:
    """Return a trend of other counts, with everything that `trend_table` derives from them."""
    counts = pd.Series(counts, dtype="float64", index=frame.index)
    estimate = ukcso.rate_interval(counts, frame["population"], per=100_000)
    base = ukcso.index_numbers(counts, 0) if counts.iloc[0] else np.nan
    made = frame.assign(
        count=counts,
        per_day=counts / ((frame["period_end"] - frame["period_start"]).dt.days + 1),
        growth=ukcso.growth(counts.shift().to_numpy(), counts.to_numpy()),
        index=base,
        rate=estimate.value,
        lower=estimate.lower,
        upper=estimate.upper,
    )
    made["why_not"] = made["why_not"].where(made.index != why_not, "different_release")
    made["comparable"] = made.index != why_not
    return made


class TestTrend:
    """`trend`: a table does not depend on what it withholds."""

    @settings(max_examples=60)
    @given(
        counts=st.lists(st.integers(0, 12), min_size=5, max_size=5),
        others=st.lists(st.integers(0, 4), min_size=5, max_size=5),
        order=st.permutations(range(5)),
        rows=st.integers(1, 5),
        why_not=st.none() | st.integers(1, 4),
    )
    def test_other_small_counts_give_the_same_table(
        self, trend, counts, others, order, rows, why_not
    ) -> None:
        """Whatever is below 5, in the table or left out of it, in any order of the rows."""
        hidden = [it if it >= 5 else other for it, other in zip(counts, others, strict=True)]
        kept = list(order)[:rows]
        one, other = (
            table_of(_trend.KIND, with_counts(trend, it, why_not).iloc[kept], suppress_below=5)
            for it in (counts, hidden)
        )
        assert one.to_csv() == other.to_csv()
        assert (one.caption, one.columns, one.rows) == (other.caption, other.columns, other.rows)
        assert (one.footnotes, one.notes) == (other.footnotes, other.notes)

    @settings(max_examples=60)
    @given(
        counts=st.lists(st.integers(0, 60), min_size=5, max_size=5),
        more=st.lists(st.integers(-2, 2), min_size=5, max_size=5),
        order=st.permutations(range(5)),
    )
    def test_counts_that_round_alike_give_the_same_table(self, trend, counts, more, order) -> None:
        """Pace, growth, index and rate are made of the rounded counts."""
        fives = [5 * ((2 * it + 5) // 10) for it in counts]
        others = [max(0, it + by) for it, by in zip(fives, more, strict=True)]
        one, other = (
            table_of(_trend.KIND, with_counts(trend, it).iloc[list(order)[:4]], round_to=5)
            for it in (fives, others)
        )
        assert one.to_csv() == other.to_csv()
        assert one.footnotes == other.footnotes

    def test_what_is_withheld(self, trend) -> None:
        """The count, all that is derived from it, and the growth of the year after."""
        table = table_of(_trend.KIND, with_counts(trend, [10, 3, 30, 60, 0]), suppress_below=5)
        assert shown(table) == ["10", WITHHELD, "30", "60", WITHHELD]
        assert shown(table, 3) == ["\N{EN DASH}", WITHHELD, WITHHELD, "100.0", WITHHELD]
        assert shown(table, 4) == ["100", WITHHELD, "300", "600", WITHHELD]

    def test_an_index_on_a_withheld_count_is_left_out(self, trend) -> None:
        """Index times base would be the count, either way round."""
        table = table_of(_trend.KIND, with_counts(trend, [3, 30, 60, 60, 60]), suppress_below=5)
        assert not [it for it in table.columns if it.heading.startswith("Index")]
        assert all(len(row) == len(table.columns) for row in table.rows)

    def test_growth_on_a_year_that_is_not_in_the_table(self, trend) -> None:
        """Count and growth would give the count of the year before away."""
        table = table_of(
            _trend.KIND, with_counts(trend, [3, 30, 60, 60, 60]).iloc[1:], suppress_below=5
        )
        assert shown(table, 3)[:2] == ["\N{EN DASH}", "100.0"]
        assert "not in this table" in table.rows[0][3].notes[0]
        assert table.columns[4].heading == f"Index, {trend['period'][1]} = 100"


class TestAreas:
    """`areas`: the same, with rank and position left out."""

    def test_a_table_of_areas_does_not_depend_on_what_it_withholds(self) -> None:
        """Two small counts in place of one another give the same rows, notes and digits."""
        with warnings.catch_warnings(action="ignore"):
            frame = ukcso.area_table("86", "2018/19")
        london = frame["area_id"] == "city-of-london"
        made = []
        for count in (0, 3, 9):
            changed = frame.assign(count=frame["count"].where(~london, count))
            estimate = ukcso.rate_interval(changed["count"], changed["population"], per=100_000)
            changed = changed.assign(
                rate=estimate.value, lower=estimate.lower, upper=estimate.upper
            )
            made.append(table_of(_areas.KIND, changed, suppress_below=10))
        assert len({it.to_csv() for it in made}) == 1
        assert len({(it.caption, it.notes, str(it.footnotes)) for it in made}) == 1
        assert [it.heading for it in made[0].columns][-1].startswith("Rate")
        assert "pooled rate of" not in " ".join(made[0].notes)

    def test_with_a_total_another_goes(self) -> None:
        """England and Wales less the others would be the City of London."""
        with warnings.catch_warnings(action="ignore"):
            table = tables.areas("86", "2018/19", total="England and Wales", suppress_below=10)
        hidden = [row[0].shown for row in table.rows if row[1].shown == WITHHELD]
        # 160 in Gloucestershire is the smallest count but that of the City of London.
        assert hidden == ["City of London", "Gloucestershire"]

    def test_rates_of_rounded_counts(self) -> None:
        """362 in Bedfordshire becomes 350, of 159,533 residents."""
        with warnings.catch_warnings(action="ignore"):
            table = tables.areas("86", "2018/19", round_to=50)
        (row,) = [row for row in table.rows if row[0].shown == "Bedfordshire"]
        rate = ukcso.rate_interval(350, 159_533, per=100_000)
        assert row[1].shown == "350"
        assert row[3].value == rate.value
        assert [float(end) for end in row[3].plain[1:]] == pytest.approx(
            [rate.lower, rate.upper], abs=0.5
        )


class TestFigures:
    """`figures`: own figures of several years beside those of one."""

    def test_a_span_with_a_withheld_year_goes_too(self) -> None:
        """Six years less five would be the one."""
        asked = {"release": "nspcc-2023-02-image-offences", "suppress_below": 600}
        table = tables.figures("image_offences", "Lancashire", **asked)
        by_period = {row[0].shown: row[1].shown for row in table.rows}
        assert by_period["2016/17"] == by_period["2016/17 to 2021/22"] == WITHHELD
        assert by_period["2017/18"] == "674"

    def test_a_table_of_figures_does_not_depend_on_what_it_withholds(self) -> None:
        """Not even by its decimals."""
        frame = ukcso.series("image_offences", "Lancashire")
        small = frame["value"] < 700
        made = [
            table_of(
                _figures.KIND,
                frame.assign(value=frame["value"].where(~small, it)),
                suppress_below=700,
            )
            for it in (0.0, 3.5)
        ]
        assert made[0].rows == made[1].rows
        assert made[0].footnotes == made[1].footnotes


class TestOptions:
    """What may be asked for."""

    @pytest.mark.parametrize("name", ["suppress_below", "round_to"])
    @pytest.mark.parametrize("value", [0, -5, 1.5, "5", True, float("inf"), float("nan")])
    def test_no_whole_number_from_1_up(self, name, value) -> None:
        """Argument, rule and value are told, whatever the kind of table."""
        words = rf"{name} must be a whole number from 1 up; got {value!r}"
        with pytest.raises(InvalidInputError, match=words):
            tables.areas("86", "2018/19", **{name: value})

    def test_numbers_of_numpy(self) -> None:
        """They stand in the stamp as what they are worth."""
        own = pd.DataFrame({"team": ["a"], "n": [12]})
        table = tables.counts(
            own, label="team", count="n", round_to=np.int64(5), suppress_below=np.float64(5)
        )
        assert shown(table) == ["10"]
        stamped = tables.trend("image_offences", "Lancashire", suppress_below=np.int64(5))
        assert "suppress_below=5)" in str(stamped.stamp)
