"""Mirrors src/ukcso/evidence/_official_tables.py: codes of Scotland and Northern Ireland."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd
import pytest

import ukcso
from ukcso.evidence._official_tables import OFFICIAL_TABLES, counts_in
from ukcso.measures import all_codes, is_code, official_table

pytestmark = pytest.mark.filterwarnings("ignore:.*no counts of:ukcso.UkcsoWarning")

REBASED = "ons_mye_2021census_rebased"


class Cell(NamedTuple):
    """One row of a shipped CSV, and the residents aged 0 to 17 of that mid-year."""

    code: str
    area: str
    period: str
    offences: int
    residents: int


#: Counts: rows of recorded_crime_scotland, _northern_ireland and _national, each version 1.
#: Residents: rows of population version 2, `<area>,<year>,0-17,...,ons_mye_2021census_rebased`.
CELLS = [
    # scotland,2024-04-01,2025-03-31,indecent-photos-of-children,828
    Cell("indecent-photos-of-children", "Scotland", "2024/25", 828, 1_019_613),
    # scotland,2012-04-01,2013-03-31,indecent-photos-of-children,595
    Cell("indecent-photos-of-children", "Police Scotland", "2012/13", 595, 1_036_796),
    # scotland,2024-04-01,2025-03-31,all-sexual-crimes,14892
    Cell("all-sexual-crimes", "S92000003", "2024/25", 14_892, 1_019_613),
    # northern-ireland,2024-04-01,2025-03-31,PRCONL,...,ni-indecent-images-of-children,all,all,466
    Cell("ni-indecent-images-of-children", "PSNI", "2024/25", 466, 435_536),
    # northern-ireland,2024-04-01,2025-03-31,PRCPD,recorded_crime,ni-sexual-offences,all,all,4244;
    # sanction outcomes (562) and crimes with a person victim (4165) are other countings.
    Cell("ni-sexual-offences", "Northern Ireland", "2024/25", 4_244, 435_536),
    # england-and-wales,2024-04-01,2025-03-31,all-excluding-fraud,5307433,...,1 (the preferred)
    Cell("all-excluding-fraud", "England and Wales", "2024/25", 5_307_433, 12_804_035),
]


@pytest.mark.filterwarnings("ignore::ukcso.UkcsoWarning")
@pytest.mark.parametrize("cell", CELLS)
class TestPublishedCells:
    """Every table gives the shipped count, and the rate that a pocket calculator gives."""

    def test_series(self, cell: Cell) -> None:
        """The count, and which dataset it is from."""
        counts = ukcso.official_series(cell.code, cell.area, version=1)
        assert counts.loc[counts["period"] == cell.period, "value"].tolist() == [cell.offences]
        assert counts.attrs["ukcso"]["dataset"] == official_table(cell.code)

    def test_rates(self, cell: Cell) -> None:
        """By residents aged 0 to 17, rebased; alike in panel, trend and area table."""
        kind = ukcso.find_area(cell.area).kind
        trend = ukcso.trend_table(cell.code, cell.area)
        tables = [
            ukcso.panel(cell.code, cell.area),
            trend,
            ukcso.area_table(cell.code, cell.period, kind=kind),
        ]
        area_id = ukcso.find_area(cell.area).area_id
        for table in tables:
            own = table[(table["area_id"] == area_id) & (table["period"] == cell.period)]
            assert own["count"].tolist() == [cell.offences]
            assert own["population"].tolist() == [cell.residents]
            assert own["population_basis"].tolist() == [REBASED]
            rate = 100_000 * cell.offences / cell.residents
            assert own["rate"].tolist() == pytest.approx([rate])
            assert official_table(cell.code) in table.attrs["ukcso"]["datasets"]
            assert "recorded_crime" not in table.attrs["ukcso"]["datasets"]


class TestTables:
    """What is read of each table."""

    @pytest.mark.parametrize("table", OFFICIAL_TABLES)
    def test_every_code_of_a_table_can_be_asked_for(self, table: str) -> None:
        """No count is shipped that cannot be reached, but those of a table that goes before."""
        codes = set(ukcso.load(table)["offence_code"])
        own = {code for code in codes if official_table(code) == table}
        assert own
        assert codes - own <= {"sexual-offences"}
        assert own <= set(counts_in(table).index.unique("offence_code"))

    def test_every_listed_code_with_counts_has_a_table(self) -> None:
        """Sub-codes have none; all else of the list of codes has."""
        for name, code in all_codes().items():
            assert is_code(name) == (code.parent is None)

    @pytest.mark.filterwarnings("ignore::ukcso.UkcsoWarning")
    @pytest.mark.parametrize(
        "table", ["recorded_crime_scotland", "recorded_crime_northern_ireland"]
    )
    def test_every_count_of_2012_to_2024_has_a_rate(self, table: str) -> None:
        """On the rebased census, whichever code; no year of it drops out but what is empty."""
        crime = ukcso.load(table)
        for code in crime["offence_code"].unique():
            area = crime["area_id"].iloc[0]
            years = ukcso.trend_table(code, area)
            years = years[years["period_start"] >= "2012-04-01"]
            assert years["rate"].notna().all()
            assert set(years["population_basis"]) == {REBASED}

    def test_an_empty_count_is_no_count(self) -> None:
        """Published as not available (PRCONL, 2014/15) is neither a zero nor a year."""
        code, area = "ni-sexual-communication-with-a-child", "Northern Ireland"
        assert "2014/15" not in set(ukcso.official_series(code, area)["period"])
        row = ukcso.panel(code, area, "2014/15").iloc[0]
        assert (row["why_not"], pd.isna(row["count"]), row["complete"]) == ("no_count", True, False)

    def test_sexual_offences_stay_those_by_force(self) -> None:
        """Years that only the national table has (2023/24 on) are not mixed in."""
        counts = ukcso.official_series("sexual-offences", "England and Wales")
        assert counts.attrs["ukcso"]["dataset"] == "recorded_crime"
        assert counts["period"].iloc[-1] == "2022/23"

    def test_nations_side_by_side(self) -> None:
        """Who counts otherwise has a row without a count, and none is ranked."""
        nations = ukcso.area_table("all-sexual-crimes", "2024/25", kind="nation")
        counted = nations[nations["count"].notna()]
        assert counted["name"].tolist() == ["Scotland"]
        assert nations["rank"].isna().all()
        assert set(nations["why_not_rate"].dropna()) == {"no_count"}


@pytest.mark.filterwarnings("ignore::ukcso.UkcsoWarning")
class TestWhatIsSaid:
    """Ways of counting, breaks, sources."""

    @pytest.mark.parametrize(
        ("code", "area", "words"),
        [
            ("ni-sexual-grooming", "PSNI", "offences with an online motivation only"),
            ("ni-sexual-offences", "PSNI", "neither outcomes nor crimes by age and sex"),
            ("communicating-indecently", "Scotland", "child and adult victims"),
            ("all-sexual-crimes", "Scotland", "years are from 3 editions of the table"),
            ("all-sexual-crimes", "Scotland", "classification of 2022"),
        ],
    )
    def test_caveats(self, code: str, area: str, words: str) -> None:
        """What bounds a count goes with every frame of it."""
        kind = ukcso.find_area(area).kind
        frames = [
            ukcso.official_series(code, area),
            ukcso.panel(code, area),
            ukcso.trend_table(code, area),
            ukcso.area_table(code, "2021/22", kind=kind),
        ]
        for frame in frames:
            assert any(words in text for text in frame.attrs["ukcso"]["caveats"])

    def test_breaks_of_scotland(self) -> None:
        """The act of December 2010 (brk-007) parts 2009/10, 2010/11 and 2011/12, no later years."""
        years = ukcso.trend_table("indecent-photos-of-children", "Scotland")
        parted = years.loc[years["break_ids"].notna(), ["period", "break_ids"]]
        assert parted.to_numpy().tolist() == [["2010/11", "brk-007"], ["2011/12", "brk-007"]]
        # 2022/23 has no count, so 2023/24 has no growth: never that on the year before it.
        assert years.set_index("period").loc[["2023/24"], "growth"].isna().all()

    def test_sources(self) -> None:
        """A citation names who recorded the crimes."""
        counts = ukcso.official_series("ni-sexual-grooming", "PSNI")
        assert ukcso.cite(counts).startswith("Police Service of Northern Ireland (2025).")
