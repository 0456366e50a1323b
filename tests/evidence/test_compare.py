"""Mirrors _compare.py, _points.py and _breaks.py: what may be set side by side."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ukcso
from ukcso import Period
from ukcso.errors import InvalidInputError, NotComparableError, UkcsoWarning
from ukcso.evidence import REASONS, compare, official_series, series
from ukcso.evidence._breaks import Break, affecting, all_breaks, names_of
from ukcso.evidence._compare import compared

ADDED = [
    "earlier_value", "earlier_release_id", "growth", "growth_bound_lower", "growth_bound_upper",
    "comparable", "why_not", "break_ids",
]  # fmt: skip
WAVE_2018, WAVE_2021 = "nspcc-2018-09-image-offences", "nspcc-2021-12-image-offences"
# 35 forces answered; 40 of 44, and Scotland left out
WAVE_2024, FLAGGED = "nspcc-2024-03-image-offences", "nspcc-2019-06-online-flag"


def rows(*values: tuple[object, ...], **same: object) -> pd.DataFrame:
    """Return rows of a series from (period, value) or (period, value, release, hedge)."""
    names = ["label", "value", "release_id", "hedge"][: len(values[0])]
    frame = pd.DataFrame(list(values), columns=names)
    periods = [Period.parse(label) for label in frame.pop("label")]
    frame["period_start"] = pd.to_datetime([it.start for it in periods])
    frame["period_end"] = pd.to_datetime([it.end for it in periods])
    return frame.assign(**same)


def why(*values: tuple[object, ...], **same: object) -> object:
    """Return what is said of the last row."""
    reason = compare(rows(*values, **same), across="allow")["why_not"].iloc[-1]
    return None if pd.isna(reason) else reason


class TestGrowth:
    """The number itself."""

    @given(
        st.lists(st.integers(0, 10**6), min_size=1, max_size=8), st.randoms(use_true_random=False)
    )
    def test_is_that_of_growth(self, counts: list[int], random: object) -> None:
        """Whatever the order of the rows, growth is `ukcso.growth` on the year before."""
        years = [(f"{2010 + n}/{11 + n}", count) for n, count in enumerate(counts)]
        frame = rows(*years)
        order = list(range(len(counts)))
        random.shuffle(order)
        found = compare(frame.iloc[order]).sort_index()
        expected = ukcso.growth(np.array(counts[:-1], dtype=float), np.array(counts[1:], float))
        np.testing.assert_array_equal(found["growth"].iloc[1:], expected)
        assert np.isnan(found["growth"].iloc[0])
        for end in ("growth_bound_lower", "growth_bound_upper"):
            np.testing.assert_array_equal(found[end], found["growth"])

    def test_a_missing_period_gives_no_growth(self) -> None:
        """2018/19 is not set against 2016/17, nor a year against a quarter."""
        found = compare(rows(("2016/17", 100), ("2018/19", 150), ("2019/20 Q1", 40)))
        assert found["growth"].isna().all()
        assert found["earlier_value"].isna().all()
        assert not found["comparable"].any()
        assert found["why_not"].isna().all()

    def test_a_missing_value_gives_no_growth(self) -> None:
        """A value that is not known is no value to compare with, nor one to compare."""
        found = compare(rows(("2016/17", 100), ("2017/18", np.nan), ("2018/19", 150)))
        assert found["earlier_value"].isna().all()

    def test_below_zero_and_from_zero(self) -> None:
        """Neither a correction nor 0 is a base; the two are comparable all the same."""
        found = compare(rows(("2016/17", -1), ("2017/18", 0), ("2018/19", 5)))
        assert found["growth"].isna().all()
        assert found["comparable"].tolist() == [False, True, True]

    def test_quarters_and_spans(self) -> None:
        """Any kind of period is set against the one of its length before it."""
        frame = rows(
            ("2013", 10), ("2014", 12), ("2013/14 Q4", 4), ("2014/15 Q1", 5), ("2015/16", 1)
        )
        with pytest.warns(UkcsoWarning, match="seasons"):
            found = compare(frame)
        assert found["growth"].round(6).tolist()[1::2] == [0.2, 0.25]

    @pytest.mark.parametrize("across", ["warn", "allow", "refuse"])
    def test_quarters_have_seasons(self, across: str) -> None:
        """Growth from a quarter to the next stands, with one warning that names the right one."""
        frame = rows(("2018/19 Q1", 4), ("2018/19 Q2", 3), ("2018/19 Q3", 6))
        match = (
            r"\(2 of it\) .*set 2018/19 Q3 not against 2018/19 Q2 but against 2017/18 Q3, "
            "that of the year before"
        )
        with pytest.warns(UkcsoWarning, match=match) as caught:
            found = compare(frame, across=across)
        assert len(caught) == 1
        assert found["growth"].fillna(0).tolist() == [0, -0.25, 1]
        assert found["comparable"].tolist() == [False, True, True]

    def test_half_years_have_seasons_and_years_have_not(self) -> None:
        """April to September is set against that of the year before; a missing one is no growth."""
        frame = rows(("first half of 2018", 4), ("second half of 2018", 3))
        with pytest.warns(UkcsoWarning, match="against 2017-07-01/2017-12-31"):
            compare(frame)
        compare(rows(("2018/19 Q1", 4), ("2018/19 Q3", 6), ("2016/17", 1), ("2017/18", 2)))

    def test_seasons_and_breaks_are_one_warning(self) -> None:
        """Official quarters of Kent cross a break: both are told at once."""
        quarters = official_series("86", "Kent", frequency="quarter", version=1)
        with pytest.warns(UkcsoWarning, match=r"left blank.*; growth on the quarter") as caught:
            found = compare(quarters)
        assert len(caught) == 1
        assert found["growth"].notna().sum() == 42

    @pytest.mark.parametrize(("across", "notes"), [("warn", 1), ("refuse", 1), ("allow", 0)])
    def test_a_table_that_compares_warns_once_or_not(self, across: str, notes: int) -> None:
        """Tables get one note of seasons to warn of; pictures, which allow all, get none."""
        frame = rows(("2018/19 Q1", 4), ("2018/19 Q2", 3))
        assert len(compared(frame, across)[1]) == notes

    def test_the_seasons_are_as_the_documents_say(self) -> None:
        """Class 86 in England and Wales over a centred year: 1.12 and 0.87 in the median."""
        quarters = official_series("86", "england-and-wales", frequency="quarter", version=1)
        of_a_year = quarters["value"].rolling(4).sum()
        trend = (of_a_year + of_a_year.shift(-1)).shift(-1) / 8
        ratio = (quarters["value"] / trend).groupby(quarters["period_start"].dt.month).median()
        assert ratio.to_dict() == pytest.approx({1: 1.12, 4: 1.01, 7: 0.87, 10: 0.98}, abs=0.01)

    def test_series_do_not_mix(self) -> None:
        """Kent is not set against Essex in one frame of both."""
        frame = pd.concat(
            [rows(("2016/17", 1), ("2017/18", 2), area_id=area) for area in ("kent", "essex")]
        )
        assert compare(frame)["growth"].fillna(0).tolist() == [0, 1, 0, 1]

    def test_the_frame_comes_back_with_columns(self) -> None:
        """Rows, order and index are kept, the caller's frame is left alone."""
        frame = rows(("2017/18", 2), ("2016/17", 1)).set_axis(["b", "a"])
        before = frame.copy()
        found = compare(frame)
        pd.testing.assert_frame_equal(frame, before)
        pd.testing.assert_frame_equal(found[frame.columns], before)
        assert list(found.columns) == [*frame.columns, *ADDED]
        types = {name: str(dtype) for name, dtype in found[ADDED].dtypes.items()}
        assert set(types.values()) == {"float64", "bool", "string"}
        none = compare(frame.head(0))
        assert {name: str(dtype) for name, dtype in none[ADDED].dtypes.items()} == types


class TestReasons:
    """Every reason, alone and together."""

    def test_the_documents_list_them(self) -> None:
        """The table of docs/evidence.md has each reason, in this order."""
        page = Path(__file__).parents[2] / "docs" / "evidence.md"
        listed = re.findall(r"^\| `(\w+)` \|", page.read_text(encoding="utf-8"), re.MULTILINE)
        assert tuple(listed) == tuple(REASONS)

    def test_same_release(self) -> None:
        """Two values of one release may be compared."""
        same = ("2016/17", 1, WAVE_2018), ("2017/18", 2, WAVE_2018)
        assert why(*same, area_id="united-kingdom") is None

    def test_different_release(self) -> None:
        """Another release is a reason even where its coverage is alike."""
        other = ("2016/17", 1, WAVE_2018), ("2017/18", 2, WAVE_2021)
        for area in ("united-kingdom", "kent"):
            assert why(*other, area_id=area) == "different_release"

    def test_forces_responding(self) -> None:
        """35 forces beside a release that does not say."""
        other = ("2016/17", 1, WAVE_2018), ("2017/18", 2, WAVE_2024)
        assert why(*other, area_id="united-kingdom") == "different_release;forces_responding"
        assert why(*other, area_id="kent") == "different_release"

    def test_every_reason_is_told(self) -> None:
        """Scope, coverage, a break and a hedge at once, in the order documented."""
        other = ("2022/23", 1, FLAGGED, "exact"), ("2023/24", 2, WAVE_2024, "over")
        told = why(*other, area_id="united-kingdom", measure="image_offences")
        assert told == ";".join(REASONS)

    def test_own_releases_bring_their_own_coverage(self) -> None:
        """Columns say what a release that nobody knows covers."""
        own = ("2016/17", 1, "own-1"), ("2017/18", 2, "own-2")
        wales = {"area_id": "wales", "scope_area_id": "wales"}
        assert why(*own, area_id="wales") == "different_release;different_scope"
        assert why(*own, **wales, forces_responding=3) == "different_release"
        nowhere = {"area_id": "wales", "scope_area_id": "atlantis"}
        assert why(*own, **nowhere) == "different_release;different_scope"
        assert why(*own, **wales, forces_responding=[3, 4]) == "different_release;forces_responding"

    def test_inexact(self) -> None:
        """A hedge at either end; what it allows is told."""
        frame = rows(("2016/17", 100, "own", "exact"), ("2017/18", 150, "own", "over"))
        found = compare(frame, across="allow").iloc[1]
        assert (found["why_not"], found["growth"]) == ("inexact", 0.5)
        assert (found["growth_bound_lower"], found["growth_bound_upper"]) == (0.5, np.inf)
        frame["hedge"] = ["about", "exact"]
        # about 100 is from 95 to 105, and half a unit of its last significant digit 50 to 150
        found = compare(frame, across="allow").iloc[1]
        assert (found["growth_bound_lower"], found["growth_bound_upper"]) == (0, 2)

    def test_the_nearest_release_is_taken(self) -> None:
        """Its own; else alike in coverage, exact, out by then, the latest."""
        uk = {"area_id": "united-kingdom"}
        for earlier, taken in [
            ([(WAVE_2021, "over"), (WAVE_2018, "exact")], WAVE_2021),
            ([(WAVE_2024, "exact"), (WAVE_2018, "over")], WAVE_2018),
            ([("nspcc-2023-02-image-offences", "exact"), (WAVE_2018, "exact")], WAVE_2018),
        ]:
            base = [("2016/17", 1, *it) for it in earlier]
            found = compare(rows(*base, ("2017/18", 2, WAVE_2021, "exact"), **uk), across="allow")
            assert found["earlier_release_id"].iloc[-1] == taken


class TestBreaks:
    """Which changes part which periods."""

    @pytest.mark.parametrize(
        ("day", "earlier", "later", "parted"),
        [
            # a law of 3 April 2017: 2 of 365 days of 2017/18 are before it
            ("2017-04-03", "2015/16", "2016/17", False),
            ("2017-04-03", "2016/17", "2017/18", True),
            ("2017-04-03", "2017/18", "2018/19", False),
            # the same by quarters: 2 of 91 days
            ("2017-04-03", "2016/17 Q4", "2017/18 Q1", True),
            ("2017-04-03", "2017/18 Q1", "2017/18 Q2", False),
            # the first day of a year
            ("2015-04-01", "2014/15", "2015/16", True),
            ("2015-04-01", "2015/16", "2016/17", False),
            # the last days of a year: 362 of 365 days are before it
            ("2018-03-29", "2016/17", "2017/18", False),
            ("2018-03-29", "2017/18", "2018/19", True),
            # in the midst of a year: it is parted from both its neighbours
            ("2014-11-18", "2012/13", "2013/14", False),
            ("2014-11-18", "2013/14", "2014/15", True),
            ("2014-11-18", "2014/15", "2015/16", True),
            ("2014-11-18", "2015/16", "2016/17", False),
        ],
    )
    def test_the_rule(self, day: str, earlier: str, later: str, parted: bool) -> None:
        """Both on one side, with 95 per cent of their days, or parted."""
        change = Break("brk-999", "all", "all", dt.date.fromisoformat(day), "made up")
        assert change.parts(Period.parse(earlier), Period.parse(later)) is parted

    def test_throughout_parts_nothing(self) -> None:
        """A break without a day is a caveat of the whole series."""
        change = Break("brk-999", "all", "all", None, "made up")
        assert not change.parts(Period.parse("2016/17"), Period.parse("2017/18"))

    @given(st.dates(dt.date(2010, 1, 1), dt.date(2030, 1, 1)), st.integers(2009, 2030))
    def test_at_most_two_growths_are_parted(self, day: dt.date, first: int) -> None:
        """The growth into the year of the change, the one out of it, or both; no other."""
        change = Break("brk-999", "all", "all", day, "made up")
        year = Period.financial_year(first)
        near = year.previous().start < day <= year.end
        assert change.parts(year.previous(), year) <= near
        if year.contains(Period(day, day)):
            assert change.parts(year.previous(), year) or change.parts(year, year.next())

    @pytest.mark.parametrize(
        ("measure", "code", "area", "expected"),
        [
            ("sexual_grooming", None, "kent", {"001", "003"}),
            # sub-class 71/17 of 88A
            ("sexual_communication_with_a_child", None, "wales", {"001", "003"}),
            ("image_offences", None, "northern-ireland", {"004", "010"}),
            # a group that holds Scotland has what Scotland has
            ("image_offences", None, "united-kingdom", {"003", "004", "007", "010"}),
            ("child_sexual_offences", None, "scotland", {"007"}),
            (None, "all-sexual-crimes", "scotland", {"007", "008"}),
            (None, "indecent-photos-of-children", "scotland", {"006", "007"}),
            # a force of Great Britain, counted in the total of England and Wales
            (None, "71", "british-transport-police", {"002", "003"}),
            (None, "86", "british-transport-police", {"003", "004"}),
            ("online_child_sexual_offences", None, None, {"009"}),
            (None, "all", "kent", {"003"}),
        ],
    )
    def test_whom_they_concern(
        self, measure: str | None, code: str | None, area: str | None, expected: set[str]
    ) -> None:
        """By measure, official code, class above it and area, in version 1 of the breaks."""
        found = affecting(names_of(measure, code), area)
        ids = {it.break_id for it in found if it.applies_to != "population"}
        assert ids == {f"brk-{number}" for number in expected}

    def test_how_releases_are_compiled_parts_releases_only(self) -> None:
        """brk-010 is about whose figures a wave holds; one release is compiled one way."""
        own = ("2022/23", 10, "own"), ("2023/24", 12, "own")
        same = {"measure": "image_offences", "area_id": "kent"}
        assert why(*own, **same) is None
        two = ("2022/23", 10, "own"), ("2023/24", 12, "other")
        assert why(*two, **same) == "different_release;break_in_series"
        frame = rows(("2022/23", 10), ("2023/24", 12), **same)
        assert compare(frame)["growth"].iloc[1] == pytest.approx(0.2)

    def test_law_and_recording_part_one_release_too(self) -> None:
        """The law of April 2017 counts for everybody's figures, one's own too."""
        own = ("2016/17", 10, "own"), ("2017/18", 12, "own")
        assert why(*own, offence_code="88A", area_id="kent") == "break_in_series"

    def test_every_break_concerns_something(self) -> None:
        """No row of the dataset is out of reach."""
        measures = ukcso.load_measures(version=1)["measure"]
        codes = ukcso.load_offence_codes(version=1)["offence_code"]
        names = [names_of(it, None) for it in measures] + [names_of(None, it) for it in codes]
        reached = {it for group in names for it in affecting(group, "united-kingdom")}
        assert reached == set(all_breaks())

    def test_populations_differ_by_basis_not_by_day(self) -> None:
        """The census parts two bases; on one basis 2020 and 2021 may be compared."""
        years = ("2020", 100), ("2021", 110)
        same = {"area_id": "kent", "basis": "ons_mye_2021census_rebased"}
        assert why(*years, **same) is None
        same["basis"] = ["ons_mye_pre2021census", "ons_mye_2021census_rebased"]
        assert why(*years, **same) == "break_in_series"
        assert why(*years, area_id="scotland", basis=["old", "new"]) is None


class TestShippedData:
    """Version 1 of figures, breaks and recorded crime."""

    def test_image_offences_in_the_uk(self) -> None:
        """Within one wave 18,522 to 22,724 is growth; 25,281 to 30,925 is across two."""
        with pytest.warns(
            ukcso.UkcsoWarning, match=r"4 of 5 growths left blank.*different_release \(2\)"
        ):
            found = compare(series("image_offences", "united-kingdom")).set_index("period")
        assert found.loc["2017/18", "growth"] == pytest.approx(4_202 / 18_522)
        assert found.loc["2021/22", "why_not"] == "different_release"
        assert np.isnan(found.loc["2021/22", "growth"])
        told = "different_release;forces_responding;inexact"
        assert found.loc["2022/23", "why_not"] == told
        assert found.loc["2015", "break_ids"] == "brk-003"

    def test_a_new_offence(self) -> None:
        """88A from 2016/17 to 2017/18 is parted by section 15A, no other year of it after."""
        found = compare(official_series("88A", "england-and-wales"), across="allow")
        found = found.set_index("period")
        assert found.index[found["break_ids"] == "brk-001"].tolist() == ["2017/18"]
        # 4,622 / 1,156 - 1
        assert found.loc["2017/18", "growth"] == pytest.approx(2.99827, abs=5e-6)
        assert not found.loc["2017/18", "comparable"]
        assert found.loc["2018/19":, "comparable"].all()

    def test_what_holds_of_a_class_is_not_said_of_a_measure(self) -> None:
        """Image offences are close to class 86, and yet only of children."""
        release = "nspcc-2023-02-image-offences"
        found = compare(series("image_offences", "Lancashire", release=release), across="allow")
        assert found.attrs["ukcso"]["caveats"] == []
        dated = compare(official_series("86", "kent"), across="allow")["break_ids"].dropna()
        assert set(dated) == {"brk-003"}

    def test_caveats_stand_beside(self) -> None:
        """Class 86 holds more than images of children throughout: told, and in the way of none."""
        found = compare(official_series("86", "kent"), across="allow")
        (caveat,) = json.loads(json.dumps(found.attrs))["ukcso"]["caveats"]
        assert caveat.startswith("brk-004 (throughout): Class holds obscene publications")
        assert found["break_ids"].dropna().unique().tolist() == ["brk-003"]
        assert found.attrs["ukcso"]["incomplete"] == ["2023/24"]


class TestAcross:
    """What is done where values are not comparable."""

    FRAME = series("image_offences", "united-kingdom").query("period_start >= '2020'")

    def test_refuse_names_the_releases_and_what_differs(self) -> None:
        """Both releases, their coverage, and how many more there are."""
        with pytest.raises(NotComparableError) as caught:
            compare(self.FRAME, across="refuse")
        message = str(caught.value)
        assert message.startswith(f"2020/21 ({WAVE_2021}) and 2021/22 (nspcc-2023-02-image-off")
        assert message.endswith("; and 1 more")
        with pytest.raises(NotComparableError, match=r"not printed, 35 of \?.*over 33,000"):
            compare(self.FRAME.tail(2), across="refuse")

    def test_refuse_says_nothing_where_all_is_well(self) -> None:
        """A release of its own is compared."""
        found = series("image_offences", "united-kingdom", release=WAVE_2018)
        assert compare(found, across="refuse")["comparable"].sum() == 1

    def test_allow_fills_and_keeps_the_reasons(self) -> None:
        """5,644 / 25,281 across two releases, with the reason beside it."""
        found = compare(self.FRAME, across="allow").set_index("period").loc["2021/22"]
        assert found["growth"] == pytest.approx(0.22325, abs=5e-6)
        assert (found["comparable"], found["why_not"]) == (False, "different_release")

    def test_warn_points_at_the_caller(self) -> None:
        """The warning names this file."""
        with pytest.warns(ukcso.UkcsoWarning, match="left blank") as caught:
            compare(self.FRAME)
        assert caught[0].filename == __file__


class TestErrors:
    """Frames that cannot be meant."""

    @pytest.mark.parametrize(
        ("frame", "message"),
        [
            (rows(("2016/17", 1)).drop(columns="value"), "missing: value"),
            ([1, 2], "missing: period_start, period_end, value"),
            (rows(("2016/17", 1), ("2016/17", 2)), "2016/17 stands 2 times"),
            (rows(("2016/17", 1, "own", "roughly")), "hedge must be one of .*got 'roughly'"),
            (rows(("2016/17", "many")), "value must be a number; got 'many'"),
            (rows(("2016/17", 1), period_end=pd.NaT), "end must be a date"),
        ],
    )
    def test_frames(self, frame: pd.DataFrame, message: str) -> None:
        """The message says what is wrong."""
        with pytest.raises(InvalidInputError, match=message):
            compare(frame)

    def test_across(self) -> None:
        """Another word is refused."""
        with pytest.raises(InvalidInputError, match="one of warn, refuse, allow; got 'ignore'"):
            compare(rows(("2016/17", 1)), across="ignore")
