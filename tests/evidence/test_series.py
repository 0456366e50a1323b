"""Mirrors _series.py and _choice.py: which figure stands, and all others."""

from __future__ import annotations

import math
from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ukcso
from ukcso.errors import InvalidInputError, SchemaError, UnknownAreaError
from ukcso.evidence import revisions, series
from ukcso.printed import HEDGES

TEXT, DAY = pd.StringDtype("python"), np.dtype("datetime64[ns]")
DTYPES = {
    "measure": TEXT,
    "breakdown": TEXT,
    "area_id": TEXT,
    "period": TEXT,
    "period_start": DAY,
    "period_end": DAY,
    "value": np.dtype("float64"),
    "bound_lower": np.dtype("float64"),
    "bound_upper": np.dtype("float64"),
    "hedge": TEXT,
    "unit": TEXT,
    "release_id": TEXT,
    "published": TEXT,
    "source_ids": TEXT,
    "n_sources": pd.Int64Dtype(),
    "conflicting": np.dtype("bool"),
    "scope_area_id": TEXT,
    "forces_responding": pd.Int64Dtype(),
    "forces_asked": pd.Int64Dtype(),
}
# Real sources of each quality, and three of the press, the last without a day.
PRIMARY, PRESS, REPOST = "nspcc-2018-09", "lep-2018-09", "the-independent-copy-2018-09"
EARLIER, LATER, UNDATED = "deeside-2018-09", "lep-2018-09", "northants-telegraph-2018-09"
WAVE = "nspcc-2018-09-image-offences"


def printed(*figures: dict[str, object]) -> pd.DataFrame:
    """Return figures of image offences in Kent in 2017/18, in the wave of 2018, unless told."""
    cell: dict[str, object] = {
        "measure": "image_offences",
        "breakdown": "all",
        "area_id": "kent",
        "period_start": pd.Timestamp("2017-04-01"),
        "period_end": pd.Timestamp("2018-03-31"),
        "value": 100.0,
        "hedge": "exact",
        "unit": "offences",
        "release_id": WAVE,
        "source_id": PRESS,
        "period_basis": "stated",
        "note": pd.NA,
    }
    rows = [{"figure_id": f"fig-{n:05}"} | cell | own for n, own in enumerate(figures, start=1)]
    return pd.DataFrame(rows, columns=ukcso.load_figures(version=1).columns)


def kent(*figures: dict[str, object]) -> pd.DataFrame:
    """Return the series of Kent in a world of these figures."""
    return series("image_offences", "kent", figures=printed(*figures))


class TestTheRule:
    """Exact over hedged, primary over press over repost, then the latest published."""

    def test_the_sources_are_of_these_qualities(self) -> None:
        """The tests below use real sources, so that what they rank is real."""
        known = ukcso.load_sources(version=1).set_index("source_id")
        qualities = ("primary", "press", "repost")
        for source, quality in zip((PRIMARY, PRESS, REPOST), qualities, strict=True):
            assert known.loc[source, "quality"] == quality
        assert known.loc[EARLIER, "published"] < known.loc[LATER, "published"]
        assert known.loc[[EARLIER, LATER, UNDATED], "quality"].eq("press").all()
        assert pd.isna(known.loc[UNDATED, "published"])

    @pytest.mark.parametrize(
        ("better", "worse"),
        [
            # an exact repost before a hedged primary source
            ({"source_id": REPOST}, {"source_id": PRIMARY, "hedge": "over"}),
            ({"source_id": PRIMARY}, {"source_id": LATER}),
            ({"source_id": PRESS}, {"source_id": REPOST}),
            ({"source_id": LATER}, {"source_id": EARLIER}),
            ({"source_id": EARLIER}, {"source_id": UNDATED}),
            # a source that nobody knows comes last
            ({"source_id": REPOST}, {"source_id": "own-page"}),
            # among hedged ones the same order
            ({"source_id": PRIMARY, "hedge": "over"}, {"source_id": PRESS, "hedge": "about"}),
        ],
    )
    def test_each_step(self, better: dict[str, object], worse: dict[str, object]) -> None:
        """The better one stands, wherever it is in the table."""
        for pair in permutations([{**better, "value": 110.0}, {**worse, "value": 90.0}]):
            row = kent(*pair).iloc[0]
            assert (row["value"], row["n_sources"]) == (110, 2)
            assert row["source_ids"].split(";")[0] == better["source_id"]

    def test_among_equals_the_first_in_the_table_stands(self) -> None:
        """One page that prints two numbers is one source, and in conflict with itself."""
        row = kent({"value": 7.0}, {"value": 8.0}).iloc[0]
        assert (row["value"], row["n_sources"], row["conflicting"]) == (7, 1, True)

    def test_disagreement_is_flagged_never_averaged(self) -> None:
        """Two exact values in one release conflict; the value is one of them."""
        row = kent({"value": 90.0}, {"value": 110.0, "source_id": PRIMARY}).iloc[0]
        assert (row["value"], row["conflicting"]) == (110, True)

    @pytest.mark.parametrize("hedge", [hedge for hedge in HEDGES if hedge != "exact"])
    def test_a_hedged_number_does_not_conflict(self, hedge: str) -> None:
        """Nearly 100 beside 99 is a rounding, not a disagreement."""
        row = kent({"value": 99.0}, {"hedge": hedge, "source_id": PRIMARY}).iloc[0]
        assert (row["value"], row["conflicting"]) == (99, False)

    def test_releases_do_not_mix(self) -> None:
        """Two releases are two rows, by publication, and no conflict."""
        later = {"release_id": "nspcc-2023-02-image-offences", "value": 120.0}
        undated = {"release_id": "own-foi", "value": 130.0}
        found = kent(undated, later, {})
        assert found["value"].tolist() == [100, 120, 130]
        assert found["published"].tolist()[:2] == ["2018-09", "2023-02"]
        assert pd.isna(found["published"].iloc[2])
        assert not found["conflicting"].any()

    @given(
        st.sampled_from(sorted(HEDGES)),
        st.integers(0, 10**6),
        st.lists(st.sampled_from([PRIMARY, PRESS, REPOST, "own"]), min_size=1, max_size=4),
    )
    def test_the_value_is_printed_and_near_its_ends(
        self, hedge: str, value: int, sources: list[str]
    ) -> None:
        """Whatever is printed, the value is between its ends, one of them for over and up to."""
        row = kent(*({"value": value, "hedge": hedge, "source_id": it} for it in sources)).iloc[0]
        assert row["bound_lower"] <= row["value"] <= row["bound_upper"]
        assert (row["bound_lower"] == row["bound_upper"]) >= (hedge == "exact")
        assert row["n_sources"] == len(set(sources)) == len(row["source_ids"].split(";"))


class TestShippedSeries:
    """What the releases say, version 1 of the figures."""

    def test_uk_image_offences_of_2016_17_stand_twice(self) -> None:
        """18,522 in the wave of September 2018, 18,574 in that of February 2023."""
        found = series("image_offences", "united-kingdom")
        year = found[found["period"] == "2016/17"]
        assert year[["value", "published"]].to_numpy().tolist() == [
            [18_522, "2018-09"],
            [18_574, "2023-02"],
        ]

    def test_sexual_communication_of_2017_18_has_three_coverages(self) -> None:
        """3,171 of 41 in 44 forces, 3,217 of 43 in 43, 3,728 in the United Kingdom."""
        with ukcso.pinned(figures=1, releases=1):  # version 2 knows of 45 forces for the third
            found = pd.concat(
                series("sexual_communication_with_a_child", area)
                for area in ("england-and-wales", "united-kingdom")
            )
        year = found[(found["period"] == "2017/18") & (found["hedge"] == "exact")]
        told = year.assign(forces=year["forces_responding"].fillna(0).astype(int))
        assert told[["value", "scope_area_id", "forces"]].to_numpy().tolist() == [
            [3_171, "england-and-wales", 41],
            [3_217, "england-and-wales", 43],
            [3_728, "united-kingdom", 0],  # not printed
            [3_728, "united-kingdom", 44],
        ]

    def test_lancashire_is_told_by_two_waves(self) -> None:
        """591 and 674 in both waves; only that of 2023 has the years after."""
        found = series("image_offences", "lancashire")
        told = {
            release: rows.set_index("period")["value"].to_dict()
            for release, rows in found.groupby("release_id")
        }
        assert told == {
            WAVE: {"2016/17": 591, "2017/18": 674},
            "nspcc-2023-02-image-offences": {
                "2016/17": 591,
                "2016/17 to 2021/22": 4_819,
                "2017/18": 674,
                "2018/19": 770,
                "2019/20": 718,
                "2020/21": 933,
                "2021/22": 1_133,
            },
        }

    def test_thirteen_sources_print_the_year(self) -> None:
        """22,724 stands over nearly 23,000 and about 22,700, the press release first."""
        found = series("image_offences", "united-kingdom", release=WAVE)
        row = found.set_index("period").loc["2017/18"]
        assert (row["value"], row["n_sources"], row["conflicting"]) == (22_724, 13, False)
        assert row["source_ids"].startswith("nspcc-2018-09;")

    def test_the_conflicts_there_are(self) -> None:
        """Two of three releases in which sources disagree: 10,331 beside 10,391, 164 beside 185."""
        area = "england-wales-and-northern-ireland"
        for place, breakdown in ((f"{area}+guernsey+jersey", "all"), (area, "victim_age:0-10")):
            found = series("online_child_sexual_offences", place, breakdown)
            assert found["conflicting"].sum() == 1

    def test_as_of_a_day(self) -> None:
        """In 2019 nobody had printed 18,574."""
        found = series("image_offences", "united-kingdom", as_of="2019-12-31")
        assert found.loc[found["period"] == "2016/17", "value"].tolist() == [18_522]

    def test_every_printed_cell_is_one_row(self) -> None:
        """No period or release is lost, and the sources add up, over all that is shipped."""
        figures = ukcso.load_figures()
        keys = ["measure", "area_id", "breakdown"]
        for key, rows in figures.groupby(keys):
            found = series(*key)
            cells = rows.groupby(["period_start", "period_end", "release_id"])
            assert len(found) == cells.ngroups
            assert found["n_sources"].sum() == cells["source_id"].nunique().sum()
            assert set(found["value"]) <= set(rows["value"])
            assert found["bound_lower"].le(found["value"]).all()
            assert found["bound_upper"].ge(found["value"]).all()
            order = ["period_start", "period_end", "published"]
            pd.testing.assert_frame_equal(found, found.sort_values(order, kind="stable"))


class TestColumns:
    """The same types on every pandas, whatever is found."""

    def test_types(self) -> None:
        """Columns and types are those published; the frame says where it is from."""
        found = series("image_offences", "united-kingdom")
        assert found.dtypes.to_dict() == DTYPES
        told = found.attrs["ukcso"]
        newest = ukcso.metadata("figures").version
        assert (told["dataset"], told["version"]) == ("figures", newest)
        assert told["datasets"]["figures"] == newest
        assert math.isinf(found.set_index("period").loc["2022/23", "bound_upper"])

    def test_a_cell_that_nobody_printed_is_empty(self) -> None:
        """That nobody printed it is an answer: known names, no rows, the same types."""
        for found in (
            series("survey_respondents", "kent"),
            series("image_offences", "kent", release="psni-2022-02-online"),
            series("image_offences", "kent", as_of="1999-12-31"),
        ):
            assert found.empty
            assert found.dtypes.to_dict() == DTYPES
        assert revisions("image_offences", "kent", "1999/00").empty


class TestRevisions:
    """Every value ever printed for a cell."""

    def test_every_figure_is_there(self) -> None:
        """As many rows as figures, one standing per release, releases in order."""
        found = revisions("image_offences", "UK", "2017/18")
        figures = ukcso.load_figures(version=1)
        cell = figures[
            (figures["measure"] == "image_offences")
            & (figures["breakdown"] == "all")
            & (figures["area_id"] == "united-kingdom")
            & (figures["period_start"] == "2017-04-01")
            & (figures["period_end"] == "2018-03-31")
        ]
        assert sorted(found["figure_id"]) == sorted(cell["figure_id"])
        assert found.groupby("release_id")["stands"].sum().eq(1).all()
        assert found["published"].is_monotonic_increasing
        assert set(found["hedge"]) == {"exact", "nearly", "about"}

    def test_what_stands_is_what_series_takes(self) -> None:
        """The two functions follow one rule."""
        taken = series("image_offences", "united-kingdom")
        for period in taken["period"].unique():
            found = revisions("image_offences", "united-kingdom", ukcso.Period.parse(period))
            assert found.loc[found["stands"], "value"].tolist() == (
                taken.loc[taken["period"] == period, "value"].tolist()
            )

    def test_types_do_not_depend_on_what_is_found(self) -> None:
        """Empty or not, the columns are typed alike."""
        none = revisions("image_offences", "kent", "1999/00")
        some = revisions("image_offences", "united-kingdom", "2016/17")
        assert none.dtypes.to_dict() == some.dtypes.to_dict()


class TestErrors:
    """A name that is none is refused, with the nearest."""

    @pytest.mark.parametrize(
        ("arguments", "options", "message"),
        [
            (("image_offence", "kent"), {}, "no measure 'image_offence'; nearest: image_offences"),
            (("image_offences", "kent", "platform:instagramm"), {}, "platform:instagram,"),
            (("image_offences", "kent"), {"release": "nspcc-2018-09-image"}, f"nearest: {WAVE}"),
            (("image_offences", "kent"), {"release": 7}, "no release 7; all are in"),
            (("image_offences", "kent"), {"as_of": "2018"}, "as_of must be an ISO day"),
            (
                ("image_offences", "kent"),
                {"as_of": "2018-12-31", "figures": ukcso.load_figures(version=1)},
                "as_of goes with the shipped figures only",
            ),
        ],
    )
    def test_names(
        self, arguments: tuple[str, ...], options: dict[str, object], message: str
    ) -> None:
        """The message names the argument and what there is."""
        with pytest.raises(InvalidInputError, match=message):
            series(*arguments, **options)

    def test_areas(self) -> None:
        """An unknown area is refused as everywhere."""
        with pytest.raises(UnknownAreaError, match="nearest"):
            series("image_offences", "Lancashir")
        with pytest.raises(UnknownAreaError):
            revisions("image_offences", "nowhere", "2016/17")

    def test_periods(self) -> None:
        """A text that is no period is refused."""
        with pytest.raises(InvalidInputError, match="no period"):
            revisions("image_offences", "kent", "2016-18")

    def test_own_figures_are_checked(self) -> None:
        """A bad hedge is named before anything is chosen."""
        with pytest.raises(SchemaError, match="roughly"):
            kent({"hedge": "roughly"})


class TestNamesOfOtherThings:
    """Only measures are taken, so only they are offered; official codes are told as such."""

    def test_nearest_are_measures(self) -> None:
        """Misspelt: the measures that are near; the class is no measure."""
        words = "nearest: sexual_grooming, .*official codes, see official_series: 88A"
        with pytest.raises(ukcso.InvalidInputError, match=words):
            ukcso.series("groming", "Kent")

    def test_a_word_for_a_code(self) -> None:
        """Grooming is class 88A, which `revisions` would refuse."""
        words = "official codes, see official_series: 88A"
        with pytest.raises(ukcso.InvalidInputError, match=words):
            ukcso.revisions("grooming", "Kent", "2022/23")

    def test_a_code(self) -> None:
        """It is called what it is, and never no code."""
        with pytest.raises(ukcso.InvalidInputError) as refused:
            ukcso.series("88A", "Kent")
        assert str(refused.value) == (
            "no measure '88A'; it is an official code, see official_series, with counts in "
            "load_recorded_crime()"
        )
