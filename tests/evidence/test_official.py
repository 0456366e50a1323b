"""Mirrors src/ukcso/evidence/_official.py: quarters to years, forces to areas."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ukcso
from ukcso.areas import all_areas, force_areas
from ukcso.errors import InvalidInputError, UnknownAreaError, UnknownDatasetError
from ukcso.evidence import official_series

pytestmark = pytest.mark.slow

TEXT, DAY = pd.StringDtype("python"), np.dtype("datetime64[ns]")
CRIME = ukcso.load_recorded_crime(version=1)
CODES = sorted(CRIME["offence_code"].unique())
FORCES = sorted(CRIME["area_id"].unique())
# Groups whose members are all in the table, England and Wales apart.
GROUPS = sorted(
    area.area_id
    for area in all_areas().values()
    if area.members
    and force_areas(area.area_id) <= set(FORCES)
    and area.area_id != "england-and-wales"
)

codes = st.sampled_from(CODES)
frequencies = st.sampled_from(["year", "quarter"])
few = settings(max_examples=15)


def values(code: str, area: str, frequency: str = "year") -> pd.Series:
    """Return the counts by period."""
    found = official_series(code, area, frequency=frequency, version=1)
    return found.set_index("period")["value"]


class TestPublishedTotals:
    """Numbers that somebody else added up."""

    def test_year_ending_september_2013(self) -> None:
        """Class 86 in England and Wales: 3,972, as published (shared/data/README.md)."""
        quarters = values("86", "england-and-wales", "quarter")
        assert quarters.loc["2012/13 Q3":"2013/14 Q2"].sum() == 3_972

    @pytest.mark.parametrize(("year", "published"), [("2016/17", 1_156), ("2017/18", 4_622)])
    def test_class_88a(self, year: str, published: int) -> None:
        """Sexual grooming in England and Wales, as the description of brk-001 prints it."""
        assert values("88A", "england-and-wales")[year] == published

    def test_sexual_offences_are_near_the_national_table(self) -> None:
        """Within 0.22 per cent of ONS Table A5a for 2015/16 to 2022/23 (data README)."""
        national = ukcso.load_recorded_crime_national(version=1)
        ours = values("sexual-offences", "england-and-wales").loc["2015/16":]
        asked = national[
            (national["offence_code"] == "sexual-offences") & (national["preferred"] == 1)
        ]
        theirs = asked.assign(
            period=[
                ukcso.Period(*days).label
                for days in zip(asked["period_start"], asked["period_end"], strict=True)
            ]
        ).set_index("period")["offences"]
        assert len(ours) == 8
        assert ((ours / theirs.loc[ours.index] - 1).abs() < 0.0022).all()


class TestAddingUp:
    """Laws that hold for every code and area."""

    @few
    @given(codes, st.sampled_from(GROUPS), frequencies)
    def test_a_group_is_its_members(self, code: str, group: str, frequency: str) -> None:
        """Regions, nations and groups that sources named are the sum of their members."""
        members = all_areas()[group].members
        total = sum(values(code, member, frequency) for member in members)
        pd.testing.assert_series_equal(values(code, group, frequency), total)

    @few
    @given(codes, frequencies)
    def test_england_and_wales(self, code: str, frequency: str) -> None:
        """As published: England, Wales and British Transport Police."""
        parts = ("england", "wales", "british-transport-police")
        total = sum(values(code, part, frequency) for part in parts)
        pd.testing.assert_series_equal(values(code, "england-and-wales", frequency), total)

    @few
    @given(codes, st.sampled_from([*FORCES, *GROUPS, "england-and-wales"]))
    def test_a_year_is_its_quarters(self, code: str, area: str) -> None:
        """Four quarters make a year; the one quarter of 2023/24 makes none."""
        quarters = values(code, area, "quarter")
        by_year = quarters.groupby(quarters.index.str[:7]).sum()
        pd.testing.assert_series_equal(by_year.drop("2023/24"), values(code, area))

    @pytest.mark.parametrize("force", FORCES)
    def test_every_force_has_a_series(self, force: str) -> None:
        """The 43 forces and British Transport Police: 11 years each, all that was recorded."""
        own = CRIME[(CRIME["area_id"] == force) & (CRIME["offence_code"] == "86")]
        assert values("86", force, "quarter").sum() == own["offences"].sum()
        assert len(values("86", force)) == 11

    def test_corrections_stay(self) -> None:
        """70 quarters below 0 are genuine corrections (data README)."""
        below = sum((values(code, force, "quarter") < 0).sum() for code in CODES for force in
                    CRIME.loc[(CRIME["offences"] < 0) & (CRIME["offence_code"] == code), "area_id"]
                    .unique())  # fmt: skip
        assert below == 70


class TestFrame:
    """What comes back, and what it says about itself."""

    def test_types_and_origin(self) -> None:
        """Typed alike on every pandas; the year left out is named; all of it is plain JSON."""
        found = official_series("86", "London")
        assert found.dtypes.to_dict() == {
            "offence_code": TEXT,
            "area_id": TEXT,
            "gss_code": TEXT,
            "period": TEXT,
            "period_start": DAY,
            "period_end": DAY,
            "value": np.dtype("float64"),
            "unit": TEXT,
        }
        expected = {
            "dataset": "recorded_crime",
            "version": 1,
            "areas": ["city-of-london", "metropolitan"],
            "incomplete": ["2023/24"],
            "datasets": {"areas": ukcso.metadata("areas").version, "recorded_crime": 1},
            "made_by": {
                "function": "official_series",
                "arguments": {"offence_code": "86", "area": "London"},
            },
            "own": [],
        }
        assert json.loads(json.dumps(found.attrs["ukcso"])) == expected

    def test_no_quarter_is_incomplete(self) -> None:
        """Every quarter of the table is whole."""
        found = official_series("86", "kent", frequency="quarter")
        assert found.attrs["ukcso"]["incomplete"] == []
        assert len(found) == 45

    def test_areas_go_by_any_name(self) -> None:
        """An alias finds the force."""
        pd.testing.assert_series_equal(values("86", "Met"), values("86", "metropolitan"))


class TestErrors:
    """What the table does not hold is refused, with where it is."""

    @pytest.mark.parametrize(
        ("area", "message"),
        [
            ("Police Scotland", r"^Scotland is not in recorded_crime under 86: the counts of "),
            ("scotland", r"in load_recorded_crime_scotland\(\), under .*photos-of-children$"),
            ("PSNI", "^Northern Ireland is not in recorded_crime under 86: the counts of "),
            ("PSNI", r"load_recorded_crime_northern_ireland\(\), under .*images-of-children"),
            ("united-kingdom", r"northern_ireland\(\), .*; the counts of Scotland are in load_"),
            ("great-britain", r"load_recorded_crime_scotland"),
            ("england-wales-and-northern-ireland", "load_recorded_crime_northern_ireland"),
            ("jersey", "no official counts of Jersey are shipped"),
            ("isle-of-man", "no official counts of Isle of Man are shipped"),
        ],
    )
    @pytest.mark.parametrize("function", ["official_series", "trend_table", "panel"])
    def test_areas_outside_england_and_wales(self, function: str, area: str, message: str) -> None:
        """The message says which table has them, and under which codes, where there is one."""
        with pytest.raises(InvalidInputError, match=message):
            getattr(ukcso, function)("86", area)

    @pytest.mark.parametrize(
        ("code", "area", "nearest"),
        [
            ("86", "Scotland", "indecent-photos-of-children"),
            ("88A", "PSNI", "ni-sexual-communication-with-a-child, ni-sexual-grooming"),
            ("20B", "Scotland", "all-sexual-crimes"),
            ("rape", "PSNI", "ni-sexual-offences, ni-sexual-offences-total"),
            ("indecent-photos-of-children", "Kent", "86"),
            ("communicating-indecently", "BTP", "88A"),
            ("ni-sexual-activity", "Scotland", "all-sexual-crimes"),
            ("all-excluding-fraud", "Kent", "all"),
            ("all-crimes", "England", "all"),
        ],
    )
    def test_the_nearest_codes_of_another_table(self, code: str, area: str, nearest: str) -> None:
        """Not all that it has: those of the like, else of all sexual offences."""
        with pytest.raises(InvalidInputError) as caught:
            ukcso.panel(code, area)
        assert str(caught.value).endswith(f"under codes of its own, nearest: {nearest}")

    def test_no_code_is_near(self) -> None:
        """No other table holds cruelty, and that of Northern Ireland no crime but sexual ones."""
        with pytest.raises(InvalidInputError, match=r"of its own, none of them near to 11A$"):
            ukcso.trend_table("11A", "Northern Ireland")
        with pytest.raises(InvalidInputError, match=r"the counts of 39 forces of it are in "):
            ukcso.trend_table("all-sexual-crimes", "England")

    def test_a_command_line_words_it_its_own_way(self) -> None:
        """The loader is a part of the message that another interface shows as a command."""
        with pytest.raises(InvalidInputError) as caught:
            ukcso.panel("86", "Scotland")
        words = caught.value.worded(lambda listing: f"<{listing.dataset}>")
        assert "are in <recorded_crime_scotland>, under" in words

    @pytest.mark.parametrize("function", ["area_table", "panel"])
    def test_a_kind_that_a_table_holds_nothing_of(self, function: str) -> None:
        """A table of blanks alone is no answer."""
        asked = {"period": "2024/25"} if function == "area_table" else {}
        words = r"^kind must be one with areas in recorded_crime_scotland, .*: nation; got 'police"
        with pytest.raises(InvalidInputError, match=words):
            getattr(ukcso, function)("all-crimes", **asked)

    def test_yearly_tables_have_no_quarters(self) -> None:
        """They have one count a financial year."""
        for frame in (official_series, ukcso.panel):
            with pytest.raises(
                InvalidInputError, match=r"^frequency must be year: recorded_crime_"
            ):
                frame("all-crimes", "Scotland", frequency="quarter")

    def test_british_transport_police(self) -> None:
        """It has counts of every class, and no residents, so it is never an empty frame."""
        counts = values("86", "BTP")
        assert len(counts) == 11
        for table in (ukcso.panel("86", "BTP"), ukcso.trend_table("86", "BTP", across="allow")):
            found = table[table["count"].notna()]
            assert found["count"].tolist() == counts.tolist()
            assert found["rate"].isna().all()

    def test_unknown_names(self) -> None:
        """Codes and frequencies are listed, areas as everywhere, versions as everywhere."""
        with pytest.raises(InvalidInputError, match=r"no offence_code '88B'.*86, 88A, all"):
            official_series("88B", "kent")
        with pytest.raises(InvalidInputError, match="one of year, quarter; got 'month'"):
            official_series("86", "kent", frequency="month")
        with pytest.raises(UnknownAreaError):
            official_series("86", "nowhere")
        with pytest.raises(UnknownDatasetError):
            official_series("86", "kent", version=99)
