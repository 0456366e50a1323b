"""What each kind of table takes, refuses and shows."""

from __future__ import annotations

import inspect
import io
import json
import warnings

import numpy as np
import pandas as pd
import pytest

import ukcso
from ukcso import tables
from ukcso.errors import InvalidInputError
from ukcso.evidence import WHY_NOT_RATE
from ukcso.tables._verify import KINDS

OWN = pd.DataFrame({"team": ["a", "b", "all"], "n": [3, 9, 12], "people": [90, 100, 190]})


#: Where the release with most areas and another one both, or only the other, print a total:
#: every such number is in `figures`, read there by hand.
OWN_TOTALS = [
    ("child_sexual_offences", "2015/16", "police_force_area", "United Kingdom", 55_507),
    ("child_sexual_offences", "2015/16", "nation", "United Kingdom", 55_507),
    ("child_sexual_offences", "2014/15", "police_force_area", "United Kingdom", None),
    ("image_offences", "2016/17", "police_force_area", "United Kingdom", 18_522),
    ("image_offences", "2020/21", "nation", "United Kingdom", None),
    ("online_child_sexual_offences", "2016/17", "police_force_area", "England and Wales", None),
    ("online_child_sexual_offences", "2017/18", "nation", "United Kingdom", None),
    ("online_child_sexual_offences", "2018/19", "region", "United Kingdom", None),
    ("sexual_communication_with_a_child", "2017/18", "region", "United Kingdom", None),
    ("sexual_communication_with_a_child", "2018/19", "nation", "United Kingdom", None),
    ("sexual_communication_with_a_child", "2021/22", "region", "United Kingdom", 6_156),
    ("sexual_communication_with_a_child", "2022/23", "nation", "United Kingdom", 6_350),
    ("sexual_grooming", "2015/16", "police_force_area", "England and Wales", None),
]


@pytest.fixture(scope="module")
def forces() -> pd.DataFrame:
    """Return class 86 by police force area."""
    with warnings.catch_warnings(action="ignore"):
        return ukcso.area_table("86", "2018/19")


@pytest.fixture(scope="module")
def kent() -> pd.DataFrame:
    """Return class 86 in Kent, year by year."""
    return ukcso.trend_table("86", "Kent", across="allow")


class TestFrames:
    """A frame of the function instead of its arguments."""

    @pytest.mark.parametrize(
        ("table", "function"),
        [
            (tables.areas, "area_table"),
            (tables.trend, "trend_table"),
            (tables.figures, "series"),
            (tables.claims, "check_claims"),
        ],
    )
    def test_another_frame(self, table, function) -> None:
        """Of no function, of another one, and with nothing in it."""
        other = ukcso.official_series("86", "Kent")
        with pytest.raises(InvalidInputError, match=rf"as {function} returned .* official_series"):
            table(other)
        with pytest.raises(InvalidInputError, match=rf"as {function} returned .* does not say"):
            table(OWN)

    def test_arguments_beside_a_frame(self, forces) -> None:
        """They would be of no effect."""
        with pytest.raises(
            InvalidInputError, match="go with a measure, not with a frame; got 2018"
        ):
            tables.areas(forces, "2018/19")
        with pytest.raises(InvalidInputError, match="not with a frame; got ages"):
            tables.areas(forces, ages="0-15")

    def test_no_rows(self, forces) -> None:
        """A table without rows is none."""
        with pytest.raises(InvalidInputError, match="nothing to show: area_table has no rows"):
            tables.areas(forces.head(0))
        with pytest.raises(InvalidInputError, match="nothing to show: series has no rows"):
            tables.figures("image_offences", "City of London")

    def test_some_rows(self, forces) -> None:
        """In the order of the frame, with the digits of these rows."""
        some = forces.sort_values("count", ascending=False).head(2)
        table = tables.areas(some)
        assert [row[0].shown for row in table.rows] == ["Metropolitan Police", "West Yorkshire"]
        assert table.stamp.rows == 2

    def test_a_frame_is_left_as_it_was(self, forces, kent) -> None:
        """Nothing is written into it."""
        before, attrs = forces.copy(), dict(forces.attrs["ukcso"])
        with warnings.catch_warnings(action="ignore"):
            tables.areas(forces, total="England and Wales", suppress_below=5, round_to=5)
        pd.testing.assert_frame_equal(forces, before)
        assert forces.attrs["ukcso"] == attrs
        before = kent.copy()
        tables.trend(kent, round_to=10)
        pd.testing.assert_frame_equal(kent, before)

    def test_an_unknown_argument_of_a_frame(self) -> None:
        """What the function refuses is refused in its words."""
        with pytest.raises(InvalidInputError, match="'image'"):
            tables.figures("image", "UK")


class TestAreas:
    """`areas` with a total."""

    def test_the_total_is_that_of_the_function(self, forces) -> None:
        """25,300 offences of class 86 in England and Wales, as `official_series` adds them up."""
        with warnings.catch_warnings(action="ignore"):
            table = tables.areas(forces, total="England and Wales")
        official = ukcso.official_series("86", "England and Wales").set_index("period")["value"]
        assert table.rows[-1][1].value == official["2018/19"] == 25_300

    def test_a_total_has_neither_rank_nor_position(self, forces) -> None:
        """It is not one of those that are ranked."""
        with warnings.catch_warnings(action="ignore"):
            last = tables.areas(forces.head(4), total="England").rows[-1]
        assert [cell.shown for cell in last[4:]] == ["", ""]

    @pytest.mark.parametrize("total", ["England", "Kent", "Scotland"])
    def test_a_total_that_does_not_hold_them(self, total, forces) -> None:
        """Wales is not in England, and Kent is one of the rows."""
        with pytest.raises(InvalidInputError, match=f"holds all areas of the table; got '{total}'"):
            tables.areas(forces, total=total)

    def test_an_unknown_total(self, forces) -> None:
        """The nearest names are told."""
        with pytest.raises(ukcso.errors.UnknownAreaError, match="no area 'Englnd'; nearest"):
            tables.areas(forces, total="Englnd")

    @pytest.mark.parametrize(("measure", "period", "kind", "total", "number"), OWN_TOTALS)
    def test_a_total_is_of_the_release_of_its_areas(
        self, measure, period, kind, total, number
    ) -> None:
        """Another release that prints one too is left alone; where the own has none, none is."""
        with warnings.catch_warnings(action="ignore"):
            frame = ukcso.area_table(measure, period, kind=kind)
            table = tables.areas(measure, period, kind=kind, total=total)
        release = frame.attrs["ukcso"]["release_id"]
        figures = ukcso.load_figures(version=1)
        cell = figures[
            (figures[["measure", "breakdown"]] == [measure, "all"]).all(axis=1)
            & (figures["area_id"] == ukcso.find_area(total).area_id)
            & (figures["period_start"] == pd.Timestamp(ukcso.Period.parse(period).start))
            & (figures["period_end"] == pd.Timestamp(ukcso.Period.parse(period).end))
            & (figures["hedge"] == "exact")
        ]
        assert set(cell["release_id"]) - {release}
        own = set(cell.loc[cell["release_id"] == release, "value"])
        assert own == ({number} if number else set())
        shown = table.rows[-1][1]
        assert shown.value == number
        printed = "As printed by the release, not added up from the areas."
        assert table.rows[-1][0].notes == ((printed,) if number else ())
        assert number or shown.notes == (WHY_NOT_RATE["no_count"],)
        assert all(release in line for line in table.sources if line.startswith("Release "))

    def test_a_total_that_nobody_printed(self) -> None:
        """It is missing, with a footnote."""
        with warnings.catch_warnings(action="ignore"):
            table = tables.areas("image_offences", "2017/18", total="England and Wales")
        assert table.rows[-1][1].shown == "\N{EN DASH}"


class TestSubsets:
    """Some areas or periods, as an argument that the stamp records."""

    def test_areas(self, forces) -> None:
        """In the order asked for; the rest is that of the whole table."""
        with warnings.catch_warnings(action="ignore"):
            table = tables.areas("86", "2018/19", areas=["Kent", "Essex Police"], total="England")
        assert [row[0].shown for row in table.rows] == ["Kent", "Essex", "England"]
        assert "areas=['kent', 'essex'], total='England'), 3 rows from" in str(table.stamp)
        rows = tables.areas(forces.set_index("area_id").loc[["kent", "essex"]].reset_index())
        assert rows.rows == table.rows[:2]
        assert tables.areas(forces, areas="Kent").rows == rows.rows[:1]

    def test_sorted(self, forces) -> None:
        """As `area_table` sorts, the missing last and the total after them; the stamp says it."""
        with warnings.catch_warnings(action="ignore"):
            table = tables.areas("86", "2018/19", sort="rate", total="England and Wales")
            frame = ukcso.area_table("86", "2018/19", sort="rate")
            some = tables.areas("86", "2018/19", areas=["Kent", "Gwent", "Essex"], sort="count")
            handed = tables.areas(frame.iloc[[5, 3]])
        rates = [row[3].value for row in table.rows[:-1]]
        known = [rate for rate in rates if rate is not None]
        assert known == sorted(forces["rate"].dropna(), reverse=True)
        assert rates == known + [None] * (len(rates) - len(known))
        assert [row[0].shown for row in table.rows[:-1]] == frame["name"].tolist()
        assert table.rows[-1][0].shown == "England and Wales"
        assert "sort='rate', total=" in str(table.stamp)
        counts = forces.set_index("name")["count"][["Kent", "Gwent", "Essex"]].sort_values()
        assert [row[0].shown for row in some.rows] == counts.index[::-1].tolist()
        assert [row[0].shown for row in handed.rows] == frame["name"].iloc[[5, 3]].tolist()
        with pytest.raises(InvalidInputError, match="sort must be one of name, rank, count"):
            tables.areas("86", "2018/19", sort="size")

    def test_an_order_that_would_tell_of_withheld_counts(self) -> None:
        """A withheld rate would lie between its neighbours'."""
        for guard in ({"suppress_below": 300}, {"round_to": 5}):
            with pytest.raises(InvalidInputError, match="sort must be name where counts are with"):
                tables.areas("86", "2018/19", sort="rate", **guard)
        with warnings.catch_warnings(action="ignore"):
            by_name = tables.areas("86", "2018/19", sort="name", suppress_below=300)
            assert by_name == tables.areas("86", "2018/19", suppress_below=300)

    def test_periods(self, kent) -> None:
        """As texts or periods; the index is on the first of them."""
        asked = [ukcso.Period.parse("2017/18"), "FY2018-19"]
        table = tables.trend("86", "Kent", periods=asked, across="allow")
        assert table.rows == tables.trend(kent.iloc[[5, 6]]).rows
        assert "across='allow', periods=['2017/18', '2018/19']), 2 rows" in str(table.stamp)
        assert tables.trend(kent, periods="2017/18").rows[0][0].shown == "2017/18"

    def test_what_is_not_in_the_table(self, forces, kent) -> None:
        """A region is no police force area, a year may be too late, and none comes twice."""
        with pytest.raises(InvalidInputError, match="areas of the table, each once; got 'wales'"):
            tables.areas(forces, areas=["Kent", "Wales"])
        with pytest.raises(InvalidInputError, match="areas of the table, each once; got 'kent'"):
            tables.areas(forces, areas=["Kent", "Kent Police"])
        with pytest.raises(InvalidInputError, match="periods of the table, each once; got '1999"):
            tables.trend(kent, periods=["2017/18", "1999/2000"])


class TestWhatTheLibraryMade:
    """A stamp and sources stand under rows that the library made, and under no others."""

    def test_a_missing_argument(self) -> None:
        """Which one, in an error of this package."""
        with pytest.raises(InvalidInputError, match="period is missing: area_table takes measure"):
            tables.areas("86")
        with pytest.raises(InvalidInputError, match="area is missing: trend_table takes measure"):
            tables.trend("86")

    def test_edited_and_doubled_frames(self, forces, kent) -> None:
        """Ten times the counts, the same rows twice, a merge that kept the attrs."""
        doubled, merged = pd.concat([forces, forces]), forces.merge(forces[["area_id", "count"]])
        doubled.attrs = merged.attrs = forces.attrs
        merged["count"] += 1
        for frame in (forces.assign(count=forces["count"] * 10), doubled, merged):
            with pytest.raises(InvalidInputError, match="rows as area_table returned them"):
                tables.areas(frame)
        with pytest.raises(InvalidInputError, match="rows as trend_table returned them"):
            tables.trend(kent.assign(growth=0.5))
        checked = ukcso.check_claims()
        with pytest.raises(InvalidInputError, match="rows as check_claims returned them"):
            tables.claims(checked.assign(verdict="reproduced"))

    def test_own_figures(self) -> None:
        """Through arguments they are the library's table of them; as a frame nobody's but yours."""
        own = ukcso.load_figures(version=1)
        own["value"] += 1
        table = tables.figures("image_offences", "Lancashire", figures=own)
        assert "figures=own" in str(table.stamp)
        assert table.sources
        frame = ukcso.series("image_offences", "Lancashire", figures=own)
        handed = tables.figures(frame.head(2))
        assert handed.rows == table.rows[:2]
        assert handed.sources == ()
        assert str(handed.stamp) == f"ukcso {ukcso.__version__}: figures(frame=own), 2 rows"
        with pytest.raises(InvalidInputError, match="every column of series; it lacks 'value'"):
            tables.figures(frame.drop(columns="value"))

    def test_a_default_is_no_option(self) -> None:
        """Two equal tables have one stamp, whatever was spelled out."""
        plain = tables.trend("image_offences", "Lancashire")
        spelled = tables.trend(
            "image_offences", "Lancashire", per=100_000, level=0.95, periods=None, digits=None
        )
        assert plain == spelled


class TestWhatIsLeftOut:
    """A table says what it does not show, and why."""

    def test_other_releases_and_how_far_they_reach(self) -> None:
        """One release a table; by area the others are told with how many areas they have."""
        (note,) = [it for it in tables.trend("image_offences", "UK").notes if "left out" in it]
        assert "nspcc-2016-09-image-offences (2013 to 2015)" in note
        assert "nspcc-2018-09-image-offences (2016/17 to 2017/18)" in note
        notes = tables.areas("image_offences", "2017/18").notes
        assert any("nspcc-2023-02-image-offences (1 area)" in it for it in notes)
        assert not any(
            "left out: " in it for it in tables.trend("86", "Kent", across="allow").notes
        )

    def test_rates_are_promised_where_there_are_some(self) -> None:
        """Version 1 has no residents of the United Kingdom here: none are credited either."""
        with ukcso.pinned(population=1):
            table = tables.trend("image_offences", "UK")
        assert "rates" not in table.caption
        assert not any("population estimates" in line for line in table.sources)
        assert "rates per 100,000" in tables.trend("image_offences", "Lancashire").caption

    def test_residents_on_another_census_basis(self) -> None:
        """In version 1 Gwent's newest years are on the basis that the others are not on."""
        with warnings.catch_warnings(action="ignore"), ukcso.pinned(population=1):
            table = tables.trend("86", "Gwent")
        people = ukcso.load_population(version=1)
        gwent = people[(people["area_id"] == "gwent") & (people["age_band"] == "0-17")]
        for row in table.rows:
            year = int(row[0].shown[:4])
            estimates = gwent[gwent["mid_year"] == year]
            if row[-1].value is None:
                (note,) = row[-1].notes
                assert ("another census basis" in note) == (len(estimates) > 0)
                assert ("No estimate" in note) == estimates.empty
        (note,) = [it for it in table.notes if "census basis" in it]
        assert "ons_mye_pre2021census" in note
        assert "2021/22 and 2022/23" in note

    def test_a_year_that_lacks_quarters(self) -> None:
        """There is nothing to show, and the reason is told."""
        with (
            warnings.catch_warnings(action="ignore"),
            pytest.raises(InvalidInputError, match="of 86 in 2023/24, because quarters are miss"),
        ):
            tables.areas("86", "2023/24")

    def test_no_rank_from_fewer_than_half(self) -> None:
        """A few forces that a newspaper names say nothing of the others."""
        table = tables.areas("image_offences", "2017/18")
        assert [column.heading for column in table.columns][-1].startswith("Rate per")
        assert any("fewer than half" in note for note in table.notes)
        assert "rank" not in table.to_csv().splitlines()[0]

    def test_a_rank_stands_with_its_set(self, forces) -> None:
        """Of how many is in the heading; also where few rows are shown."""
        table = tables.areas(forces.head(2))
        # 38 before version 2 of population, which has the four Welsh forces too
        assert table.columns[4].heading == "Rank of 42, 95% set"
        expected = forces.head(2)[["rank", "rank_lower", "rank_upper", "n_ranked"]].astype(int)
        assert expected["rank"].tolist() == [39, 18]
        for row, (_, numbers) in zip(table.rows, expected.iterrows(), strict=True):
            rank, lower, upper, _ = numbers
            assert lower <= rank <= upper
            assert row[4].shown == f"{rank} ({lower}-{upper})"
            assert row[4].plain == tuple(map(str, numbers))
            assert row[4].value == rank
        names = table.to_csv().splitlines()[0]
        assert names.endswith("rank,rank_lower,rank_upper,n_ranked,position")
        text = " ".join(table.notes)
        assert "confidence set of each rank alone" in text
        assert "A rank carries little." in text
        assert "Half of these sets" not in text  # it is of two rows only

    def test_position_tells_the_model_and_the_numbers_of_both(self, forces) -> None:
        """Additive, with tau squared; the factor of the other model, drawn in and not."""
        text = " ".join(tables.areas(forces).notes)
        told = forces.attrs["ukcso"]
        assert "by the additive model" in text
        assert f"tau squared {told['funnel']['tau_squared']:.4f}" in text
        assert f"{told['funnel']['overdispersion']:.1f} times that of chance" in text
        assert f"{told['overdispersion']:.1f} with none drawn in" in text
        assert "Metropolitan Police" in text.partition("The position")[2]

    def test_no_rank_without_its_set(self) -> None:
        """Where no two years say how counts scatter, ranks are left out, and the note says so."""
        table = tables.areas("online_child_sexual_offences", "2019/20")
        assert "rank" not in table.to_csv().splitlines()[0].split(",")


class TestKinds:
    """A kind of table is one record, of which its function is made."""

    @pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
    def test_every_option_is_one_of_its_function(self, kind) -> None:
        """So that what a stamp records can be asked for."""
        known = inspect.signature(getattr(tables, kind.name)).parameters
        assert set(kind.options) <= set(known)


class TestTrend:
    """`trend` of some of the rows, in any order."""

    def test_a_change_may_be_a_usual_one(self, kent) -> None:
        """Said where changes stand, and whatever is withheld; one year has no change."""
        for table in (tables.trend(kent), tables.trend(kent, suppress_below=10_000)):
            assert any("A change may be a usual one" in note for note in table.notes)
        assert not any("usual" in note for note in tables.trend(kent.head(1)).notes)

    def test_the_index_is_on_the_first_year_shown(self, kent) -> None:
        """The heading names a year of the table, and the row of that year is 100."""
        table = tables.trend(kent.iloc[[7, 5, 6]])
        assert table.columns[4].heading == "Index, 2017/18 = 100"
        assert [row[4].shown for row in table.rows] == ["101", "100", "104"]
        assert ", Kent, 2017/18 to 2019/20, with" in table.caption
        assert ", Kent, 2017/18, with" in tables.trend(kent.iloc[[5]]).caption

    def test_growth_of_rounded_counts_is_on_the_year_before(self, kent) -> None:
        """On 510, for 507 in 2016/17, in whatever order the years stand."""
        table = tables.trend(kent.iloc[[5, 6, 4]], round_to=10)
        # From 510 to 1,210, and on to 1,260.
        assert [row[3].shown for row in table.rows] == ["137.3", "4.1", "\N{EN DASH}"]

    def test_a_break_is_named(self, kent) -> None:
        """Growth over a break that was asked for has the break in a footnote."""
        table = tables.trend(kent)
        (row,) = [row for row in table.rows if row[0].shown == "2014/15"]
        assert "18 November 2014" in row[3].notes[0]
        assert "brk-003" in row[3].notes[0]
        with pytest.warns(UserWarning, match="left blank"):
            blank = tables.trend("86", "Kent")
        assert blank.rows[2][3].shown == "\N{EN DASH}"
        assert "brk-003" in blank.rows[2][3].notes[0]
        assert any(note.startswith("Left out, because quarters") for note in blank.notes)


class TestClaims:
    """`claims` of one release or verdict."""

    def test_what_there_is_not(self) -> None:
        """A release, a verdict, or both together."""
        with pytest.raises(InvalidInputError, match="no release 'nspcc'"):
            tables.claims(release="nspcc")
        with pytest.raises(InvalidInputError, match=r"verdict must be one of .*; got 'wrong'"):
            tables.claims(verdict="wrong")
        with pytest.raises(InvalidInputError, match="nothing to show: no claim of release"):
            tables.claims(release="nspcc-2018-09-image-offences", verdict="rounded_up")

    def test_statements_of_ones_own(self) -> None:
        """What they are about is not shipped."""
        own = ukcso.load_claims().head(1).assign(claim_id="clm-99999")
        with pytest.raises(InvalidInputError, match="the claims must be shipped ones"):
            tables.claims(ukcso.check_claims(own))

    def test_every_verdict_is_explained(self) -> None:
        """In a footnote, once."""
        table = tables.claims(release="nspcc-2018-09-image-offences")
        verdicts = {row[6].shown for row in table.rows}
        assert len(table.footnotes) == len(verdicts)


class TestCounts:
    """`counts` of one's own."""

    @pytest.mark.parametrize(
        ("change", "message"),
        [
            ({"label": "group"}, "label must be a column; got 'group', there are team, n, people"),
            ({"count": "m"}, "count must be a column; got 'm'"),
            ({"count": "team"}, "team must hold numbers"),
            ({"population": "people"}, "population and per go together"),
            ({"per": 10}, "population and per go together"),
            ({"total": "sum"}, "total must be the team of one row; 'sum' is that of 0"),
            ({"population": "people", "per": 0}, "per must be > 0"),
            ({"population": "people", "per": 10, "level": 2}, "level must be"),
            ({"digits": -1}, "digits must be a whole number from 0 to 12; got -1"),
        ],
    )
    def test_wrong_arguments(self, change, message) -> None:
        """Which, and what is right."""
        with pytest.raises(InvalidInputError, match=message):
            tables.counts(OWN, **{"label": "team", "count": "n", **change})

    @pytest.mark.parametrize(
        ("column", "values", "message"),
        [
            ("n", [3, -1, 12], "n must be >= 0 and finite; got -1.0 at position 1"),
            ("n", [3, np.inf, 12], "n must be >= 0 and finite; got inf at position 1"),
            ("team", ["a", "all", "all"], "'all' is that of 2"),
            ("team", ["a", None, "all"], "team must be there in every row"),
            ("people", [90, 0, 190], "population must be > 0"),
        ],
    )
    def test_wrong_frames(self, column, values, message) -> None:
        """Where, and what is right."""
        own = OWN.assign(**{column: values})
        asked = {"label": "team", "count": "n", "total": "all", "population": "people", "per": 10}
        with pytest.raises(InvalidInputError, match=message):
            tables.counts(own, **asked)

    @pytest.mark.parametrize("frame", [None, [1], OWN.head(0)])
    def test_no_frame(self, frame) -> None:
        """Nothing to show."""
        with pytest.raises(InvalidInputError, match="frame must be a DataFrame with rows"):
            tables.counts(frame, label="team", count="n")

    def test_missing_numbers(self) -> None:
        """Each has a footnote with its reason."""
        own = OWN.assign(n=[3, np.nan, 12], people=[np.nan, 100, 190])
        table = tables.counts(own, label="team", count="n", population="people", per=10, digits=1)
        assert list(table.footnotes.values()) == ["No population given.", "No count given."]
        assert [row[3].shown for row in table.rows[:2]] == ["\N{EN DASH}"] * 2

    def test_digits_without_rates(self) -> None:
        """They are for rates; without any they change nothing."""
        table = tables.counts(OWN, label="team", count="n", digits=2)
        assert [row[1].shown for row in table.rows] == ["3", "9", "12"]

    def test_columns_that_are_numbered(self) -> None:
        """A heading is text, whatever a column is called."""
        own = OWN.rename(columns={"team": 0, "n": 1})
        table = tables.counts(own, label=0, count=1)
        assert (table.columns[0].heading, table.caption) == ("0", "1 by 0")


class TestFigures:
    """`figures` by period and release."""

    def test_a_breakdown_is_in_the_caption(self) -> None:
        """What the numbers are a part of, and the part."""
        figures = ukcso.load_figures(version=1)
        parts = figures[(figures["breakdown"] != "all") & (figures["hedge"] == "exact")].iloc[0]
        table = tables.figures(
            parts["measure"], parts["area_id"], breakdown=parts["breakdown"], digits=1
        )
        assert f"({parts['breakdown'].replace(':', ' ').replace('_', ' ')})" in table.caption
        assert all(row[1].shown.endswith(".0") for row in table.rows)


class TestAcrossBreaks:
    """What a table says of numbers that may not be set against each other."""

    def test_an_index_is_marked_from_the_first_break_on(self) -> None:
        """Kent's base is before the change of 2014; every index after it has the footnote."""
        with pytest.warns(UserWarning, match="not comparable"):
            table = tables.trend("86", "Kent")
        (note,) = [text for text in table.footnotes.values() if "with the base" in text]
        marked = {row[0].shown for row in table.rows if note in row[4].notes}
        assert {row[0].shown for row in table.rows} - marked == {"2012/13", "2013/14"}

    def test_an_index_over_years_that_are_left_out(self) -> None:
        """Rows of a frame may skip the break: then nobody knows from the rows alone."""
        frame = ukcso.trend_table("86", "Kent", across="allow").iloc[[5, 6, 9, 10]]
        table = tables.trend(frame)
        (note,) = [text for text in table.footnotes.values() if "with the base" in text]
        assert [note in row[4].notes for row in table.rows] == [False, False, True, True]

    def test_a_national_total_is_more_than_its_areas(self) -> None:
        """England and Wales has British Transport Police too; the table says so."""
        with pytest.warns(UserWarning, match="City of London"):
            table = tables.areas("86", "2022/23", total="England and Wales")
        (note,) = table.rows[-1][0].notes
        assert "British Transport Police" in note
        counts = [row[1].value for row in table.rows]
        assert counts[-1] - sum(counts[:-1]) == 4
        region = tables.areas("86", "2022/23", total="England", kind="region")
        assert region.rows[-1][0].notes == ()

    def test_what_a_class_holds_is_not_said_of_a_measure(self) -> None:
        """Image offences are of children; class 86 is not only."""
        assert not any("obscene" in it for it in tables.trend("image_offences", "Lancashire").notes)
        with pytest.warns(UserWarning, match="City of London"):
            assert any("obscene" in it for it in tables.areas("86", "2022/23").notes)


class TestJson:
    """`to_json`: what the CSV has, with types."""

    def test_the_same_as_csv(self) -> None:
        """Numbers are numbers, missing and withheld null, texts texts, footnotes with their row."""
        with pytest.warns(UserWarning, match="City of London"):
            table = tables.areas("86", "2018/19", suppress_below=300)
        rows = json.loads(table.to_json())
        frame = pd.read_csv(io.StringIO(table.to_csv()), keep_default_na=False)
        assert [list(row) for row in rows] == [list(frame.columns)] * 43
        for row, (_, line) in zip(rows, frame.iterrows(), strict=True):
            assert (row["area"], row["notes"]) == (line["area"], line["notes"])
            assert row["count"] == (int(line["count"]) if line["count"] else None)
            assert row["rate"] == (float(line["rate"]) if line["rate"] else None)


def test_what_is_no_caption_and_no_file() -> None:
    """Both are refused by the name of their argument."""
    with pytest.raises(InvalidInputError, match="caption must be text; got 5"):
        ukcso.tables.trend("image_offences", "Lancashire", caption=5)
    table = ukcso.tables.trend("image_offences", "Lancashire")
    for path in (5, None, "\0.md"):
        with pytest.raises(InvalidInputError, match="path must be a path"):
            table.save(path)
        with pytest.raises(InvalidInputError, match="path must be a path"):
            ukcso.verify(path)
