"""
Numbers known from outside the package, each with where it comes from.

"README" is the provenance note the data came with; "breaks" the dataset of that name.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from ukcso import datasets

#: README, first table: rows per file.
ROWS = {
    "areas": 81,
    "measures": 14,
    "offence_codes": 42,
    "releases": 90,
    "sources": 359,
    "figures": 1_313,
    "claims": 512,
    "breaks": 10,
    "recorded_crime": 35_640,
    "recorded_crime_national": 94,
    "recorded_crime_scotland": 111,
    "recorded_crime_northern_ireland": 266,
    "population": 2_304,
    "local_authorities": 318,
}
CELL = ["measure", "breakdown", "area_id", "period_start", "period_end"]

#: Populations of one edition may be added up, those of two may not.
EDITION = ["mid_year", "age_band", "basis", "edition"]
CENSUS_2021, BEFORE_2021 = "ons_mye_2021census_rebased", "ons_mye_pre2021census"


def financial_years(frame: Any) -> Any:
    """Return the year in which each row's financial year begins."""
    start = frame["period_start"].dt
    return (start.year - (start.month < 4)).rename("year")


def total(yearly: Any, code: str, year: int) -> int:
    """Return the offences of a code in England and Wales in one financial year."""
    return int(yearly.xs(code, level="offence_code")[year].sum())


def members(areas: Any, area: str) -> list[str]:
    """Return the ids of the areas an area is made of."""
    return str(areas["members"][area]).split(";")


@pytest.fixture(scope="module")
def areas() -> Any:
    """Return areas by id."""
    return datasets.load_areas(version=1).set_index("area_id")


@pytest.fixture(scope="module")
def crime() -> Any:
    """Return recorded crime with the year each row belongs to."""
    frame = datasets.load_recorded_crime(version=1)
    return frame.assign(year=financial_years(frame))


@pytest.fixture(scope="module")
def yearly(crime: Any) -> Any:
    """Return offences by code and area, one column per complete financial year."""
    complete = crime[crime["year"] < 2023]
    return complete.pivot_table(
        index=["offence_code", "area_id"], columns="year", values="offences", aggfunc="sum"
    )


@pytest.fixture(scope="module")
def people() -> Any:
    """Return all population estimates."""
    return datasets.load_population(version=1)


@pytest.fixture(scope="module")
def northern_ireland() -> Any:
    """Return recorded crime of Northern Ireland."""
    return datasets.load_recorded_crime_northern_ireland(version=1)


class TestRows:
    """As many rows as were handed over."""

    @pytest.mark.parametrize("dataset", sorted(ROWS))
    def test_rows_are_those_of_the_first_version(self, dataset: str) -> None:
        """README, first table."""
        assert len(datasets.load(dataset, 1)) == ROWS[dataset]


class TestRecordedCrime:
    """Offences by force and quarter."""

    def test_obscene_publications_year_ending_september_2013(self, crime: Any) -> None:
        """README: code 86, 43 forces and British Transport Police, 3,972, as published."""
        quarters = crime["period_start"].between("2012-10-01", "2013-07-01")
        rows = crime[quarters & (crime["offence_code"] == "86")]
        assert rows["area_id"].nunique() == 44
        assert rows["offences"].sum() == 3_972

    @pytest.mark.parametrize(
        ("code", "year", "offences"),
        [
            ("86", 2017, 23_236),  # raw/README, revised since from 22,949
            ("71", 2017, 1_057),  # raw/README, revised since from 1,206
            ("88A", 2016, 1_156),  # breaks, brk-001
            ("88A", 2017, 4_622),  # breaks, brk-001; raw/README, revised since from 4,444
        ],
    )
    def test_years_in_england_and_wales(
        self, yearly: Any, code: str, year: int, offences: int
    ) -> None:
        """Sums over the forces that the notes name."""
        assert total(yearly, code, year) == offences

    def test_no_cell_is_missing(self, crime: Any) -> None:
        """README: 44 forces x 45 quarters x 18 codes (15 classes and three totals)."""
        assert crime["area_id"].nunique() == 44
        assert crime["period_start"].nunique() == 45
        assert crime["offence_code"].nunique() == 18
        assert len(crime) == 44 * 45 * 18
        totals = {"all", "sexual-offences", "rape"}
        assert len(set(crime["offence_code"]) - totals) == 15

    def test_last_year_has_one_quarter(self, crime: Any) -> None:
        """README: 2023/24 has its first quarter only; all other years are complete."""
        quarters = crime.groupby("year")["period_start"].nunique().to_dict()
        assert quarters == dict.fromkeys(range(2012, 2023), 4) | {2023: 1}

    def test_seventy_counts_are_negative(self, crime: Any) -> None:
        """README: 70 corrections; none in the totals, the largest is North Wales, code 73."""
        negative = crime[crime["offences"] < 0]
        assert len(negative) == 70
        assert not set(negative["offence_code"]) & {"all", "sexual-offences", "rape"}
        lowest = negative.loc[negative["offences"].idxmin()]
        assert (lowest["area_id"], lowest["offence_code"]) == ("north-wales", "73")
        assert lowest["offences"] == -13

    def test_no_year_is_negative(self, crime: Any) -> None:
        """Corrections never outweigh a whole year, nor the one quarter of 2023/24."""
        sums = crime.groupby(["offence_code", "area_id", "year"])["offences"].sum()
        assert sums.min() == 0

    def test_wholes_are_not_less_than_their_parts(self, yearly: Any) -> None:
        """By force and year: all, sexual offences, rape, rape of children."""
        everything, sexual, rape = (yearly.loc[code] for code in ("all", "sexual-offences", "rape"))
        children = sum(yearly.loc[code] for code in ("19D", "19E", "19G", "19H"))
        assert (everything >= sexual).all(axis=None)
        assert (sexual >= rape).all(axis=None)
        assert (rape >= children).all(axis=None)

    def test_jumps_in_obscene_publications(self, yearly: Any) -> None:
        """
        Rises above 150 per cent in a year, by area and first year of the financial year.

        README names nine of them: Avon and Somerset (both), Derbyshire, Dyfed-Powys,
        Norfolk, South Yorkshire, Suffolk, Wiltshire (2014/15). The data have eight more:
        Cheshire, Cleveland, Dorset, Gwent, North Yorkshire, Wiltshire (2013/14), and City
        of London twice (1 to 6, and 0 to 3).
        """
        counts = yearly.loc["86"]
        jumps = counts > 2.5 * counts.shift(axis=1)
        assert {(area, year) for year in jumps for area in jumps.index[jumps[year]]} == {
            ("avon-and-somerset", 2013),
            ("avon-and-somerset", 2015),
            ("derbyshire", 2015),
            ("dyfed-powys", 2014),
            ("norfolk", 2014),
            ("south-yorkshire", 2014),
            ("suffolk", 2014),
            ("wiltshire", 2014),
            ("cheshire", 2013),
            ("cleveland", 2015),
            ("dorset", 2015),
            ("gwent", 2014),
            ("north-yorkshire", 2014),
            ("wiltshire", 2013),
            ("city-of-london", 2013),
            ("city-of-london", 2020),
        }


class TestRecordedCrimeNational:
    """Totals of the appendix tables against the sum of forces."""

    @pytest.mark.parametrize(("preferred", "limit"), [(1, 0.0022), (0, 0.0026)])
    def test_agrees_with_the_sum_of_forces(self, yearly: Any, preferred: int, limit: float) -> None:
        """
        README: within 0.22 per cent for 2015/16 to 2022/23.

        That holds for the preferred edition. The earlier one is 0.25 per cent away in
        2021/22 (sexual offences).
        """
        national = datasets.load_recorded_crime_national(version=1)
        national = national[national["preferred"] == preferred]
        gaps = {}
        for code, whole in (("sexual-offences", "sexual-offences"), ("all-excluding-fraud", "all")):
            rows = national[national["offence_code"] == code]
            printed = rows.set_index(financial_years(rows))["offences"].loc[2015:2022]
            gaps[code] = (yearly.loc[whole].sum()[printed.index] / printed - 1).abs()
        assert len(gaps["sexual-offences"]) == len(gaps["all-excluding-fraud"]) == 8
        largest = max(gap.max() for gap in gaps.values())
        assert limit - 0.0005 < largest < limit

    def test_two_years_agree_exactly(self, yearly: Any) -> None:
        """2013/14 and 2014/15 are the sum of forces; `all` of 2012/13 holds legacy fraud."""
        national = datasets.load_recorded_crime_national(version=1).query("preferred == 1")
        printed = national.pivot_table(
            index=financial_years(national), columns="offence_code", values="offences"
        )
        everything = yearly.loc["all"].sum()
        assert list(printed.loc[2013:2014, "all-excluding-fraud"]) == list(everything[[2013, 2014]])
        legacy_fraud = everything[2012] - printed.loc[2012, "all-excluding-fraud"]
        assert legacy_fraud == 3_615_657 - 3_553_168

    def test_newest_edition_is_preferred(self) -> None:
        """Both editions have every year but 2025/26, and the newer one is preferred."""
        national = datasets.load_recorded_crime_national(version=1)
        editions = national.groupby("preferred")["edition"].unique().map(list).to_dict()
        assert editions == {
            0: ["Appendix tables A5a, earlier edition (March 2026)"],
            1: ["Appendix tables A5a, year ending March 2026"],
        }
        years = national.groupby("preferred")["period_start"].nunique().to_dict()
        assert years == {0: 23, 1: 24}


class TestRecordedCrimeScotland:
    """Crimes by financial year."""

    @pytest.mark.parametrize(
        ("code", "start", "crimes"),
        [
            ("all-sexual-crimes", "2021-04-01", 15_049),  # README, as published
            ("all-crimes", "2021-04-01", 286_464),  # README, as published
            ("all-sexual-crimes", "2016-04-01", 11_092),  # README; 10,822 as published then
        ],
    )
    def test_published_totals(self, code: str, start: str, crimes: int) -> None:
        """Sums of the 32 council areas that equal the printed total."""
        scotland = datasets.load_recorded_crime_scotland(version=1)
        row = scotland[(scotland["offence_code"] == code) & (scotland["period_start"] == start)]
        assert row["offences"].tolist() == [crimes]

    def test_known_gaps_are_the_only_gaps(self) -> None:
        """README and breaks: no indecent photos before 2009/10 nor in 2022/23."""
        scotland = datasets.load_recorded_crime_scotland(version=1)
        by_code = scotland.groupby("offence_code")["period_start"]
        assert {code: set(starts.dt.year) for code, starts in by_code} == {
            "all-crimes": set(range(1996, 2025)),
            "all-sexual-crimes": set(range(1996, 2025)),
            "causing-to-view-sexual-activity-or-images": set(range(1996, 2022)),
            "communicating-indecently": set(range(2010, 2022)),
            "indecent-photos-of-children": set(range(2009, 2025)) - {2022},
        }


class TestRecordedCrimeNorthernIreland:
    """Totals contain the rows below them."""

    @pytest.mark.parametrize(
        ("total", "parts"),
        [
            (
                "ni-sexual-offences-total",
                [
                    "ni-all-other-sexual-offences",
                    "ni-exposure-and-voyeurism",
                    "ni-sexual-activity",
                    "ni-sexual-communication-with-a-child",
                    "ni-sexual-grooming",
                    "ni-sharing-an-intimate-image",
                ],
            ),
            (
                "ni-obscene-publications-total",
                ["ni-indecent-images-of-children", "ni-indecent-images-not-of-children"],
            ),
        ],
    )
    def test_totals_are_the_sum_of_their_parts(
        self, northern_ireland: Any, total: str, parts: list[str]
    ) -> None:
        """In each of 11 years, what is not available counting nothing."""
        online = northern_ireland.query("collection == 'PRCONL'").pivot_table(
            index="period_start", columns="offence_code", values="offences"
        )
        assert len(online) == 11
        assert (online[total] == online[parts].sum(axis=1)).all()

    def test_victims_add_up(self, northern_ireland: Any) -> None:
        """All persons are both sexes and unknown; children are no more than all ages."""
        victims = northern_ireland.query("collection == 'PRCVCTM'").pivot_table(
            index="period_start", columns=["victim_age", "victim_sex"], values="offences"
        )
        for age in ("All ages", "Under 18 years"):
            parts = victims[age][["Female", "Male", "Unknown"]].sum(axis=1)
            assert (victims[age]["All persons"] == parts).all()
        assert (victims["All ages"] >= victims["Under 18 years"]).all(axis=None)

    def test_three_cells_are_not_available(self, northern_ireland: Any) -> None:
        """README: empty is published as not available; zeros are there beside it."""
        empty = northern_ireland[northern_ireland["offences"].isna()]
        assert set(zip(empty["offence_code"], empty["period_start"].dt.year, strict=True)) == {
            ("ni-sexual-communication-with-a-child", 2014),
            ("ni-sharing-an-intimate-image", 2014),
            ("ni-sharing-an-intimate-image", 2015),
        }
        assert (northern_ireland["offences"] == 0).any()

    def test_years_by_collection(self, northern_ireland: Any) -> None:
        """README: 2007/08 to 2024/25, from a different year on in each collection."""
        starts = northern_ireland.groupby("collection")["period_start"]
        assert starts.min().dt.year.to_dict() == {"PRCONL": 2014, "PRCPD": 2019, "PRCVCTM": 2007}
        assert set(starts.max().dt.year) == {2024}


class TestPopulation:
    """Residents, to the person."""

    @pytest.mark.parametrize(
        ("area", "year", "band", "basis", "residents"),
        [
            # README: published totals of England and Wales
            ("england-and-wales", 2012, "all", BEFORE_2021, 56_567_796),
            ("england-and-wales", 2020, "all", BEFORE_2021, 59_719_724),
            ("england-and-wales", 2023, "all", CENSUS_2021, 60_854_727),
            # breaks, brk-005: England 0-17 mid-2019, old and rebased
            ("england", 2019, "0-17", BEFORE_2021, 12_023_568),
            ("england", 2019, "0-17", CENSUS_2021, 11_790_492),
        ],
    )
    def test_published_totals(
        self, people: Any, area: str, year: int, band: str, basis: str, residents: int
    ) -> None:
        """Totals as published, each on its own basis."""
        cell = people[
            (people["area_id"] == area)
            & (people["mid_year"] == year)
            & (people["age_band"] == band)
            & (people["basis"] == basis)
        ]
        assert cell["population"].tolist() == [residents]

    def test_forces_sum_to_nations(self, people: Any, areas: Any) -> None:
        """Inside every edition that has both: 51 times England, 38 times Wales, to the person."""
        forces = people[people["area_id"].map(areas["kind"]) == "police_force_area"]
        nation = forces["area_id"].map(areas["nation"]).rename("area_id")
        sums = forces.groupby([*EDITION, nation])["population"].sum()
        printed = people[people["area_id"].isin(["england", "wales"])]
        printed = printed.set_index([*EDITION, "area_id"])["population"]
        assert sums.to_dict() == printed.to_dict()
        assert sums.groupby("area_id").size().to_dict() == {"england": 51, "wales": 38}

    @pytest.mark.parametrize(
        ("whole", "editions"), [("england-and-wales", 38), ("united-kingdom", 10)]
    )
    def test_nations_sum_to_wholes(
        self, people: Any, areas: Any, whole: str, editions: int
    ) -> None:
        """Inside every edition that has it, a whole is its members, to the person."""
        table = people.pivot_table(index=EDITION, columns="area_id", values="population")
        table = table[table[whole].notna()]
        parts = members(areas, whole)
        assert len(table) == editions
        assert (table[parts].sum(axis=1, skipna=False) == table[whole]).all()

    def test_one_value_is_preferred(self, people: Any) -> None:
        """README: one value per area, year and band, rebased wherever that exists."""
        cell = people.groupby(["area_id", "mid_year", "age_band"])
        assert (cell["preferred"].sum() == 1).all()
        rebased = cell["basis"].agg(lambda basis: CENSUS_2021 in set(basis))
        preferred = people[people["preferred"] == 1].set_index(list(rebased.index.names))["basis"]
        assert ((preferred == CENSUS_2021).sort_index() == rebased.sort_index()).all()

    def test_preferred_values_do_not_add_up(self, people: Any) -> None:
        """README warns of 0-17 in 2017, 2019, 2020; 2021 to 2023 mix editions as well."""
        best = people.query("preferred == 1 and age_band == '0-17'")
        table = best.pivot_table(index="mid_year", columns="area_id", values="population")
        gap = (table["england-and-wales"] - table["england"] - table["wales"]).dropna()
        assert gap.to_dict() == {
            2017: 150_217,
            2019: 233_076,
            2020: 305_494,
            2021: -1_222,
            2022: -14_361,
            2023: -60_830,
            2024: 0,
        }

    def test_preferred_united_kingdom_is_on_the_old_basis(self, people: Any) -> None:
        """All ages to 2019: its members England and Wales are rebased, it is not."""
        best = people.query("preferred == 1 and age_band == 'all' and mid_year <= 2019")
        bases = best.set_index(["area_id", "mid_year"])["basis"]
        assert set(bases["united-kingdom"]) == {BEFORE_2021}
        assert set(bases["england"]) == set(bases["wales"]) == {CENSUS_2021}

    def test_years_of_children(self, people: Any, areas: Any) -> None:
        """README: 0-17 for 43 areas in 2017 and from 2019, for 39 in the years before."""
        forces = people[people["area_id"].map(areas["kind"]) == "police_force_area"]
        found = forces[forces["age_band"] == "0-17"].groupby("mid_year")["area_id"].nunique()
        english_only = [*range(2012, 2017), 2018]
        every = [2017, *range(2019, 2025)]
        assert found.to_dict() == dict.fromkeys(english_only, 39) | dict.fromkeys(every, 43)

    @pytest.mark.parametrize("area", ["scotland", "northern-ireland"])
    def test_years_outside_england_and_wales(self, people: Any, area: str) -> None:
        """README: all ages 2012 to 2019 and 2021, age bands 2019 and 2021."""
        rows = people[people["area_id"] == area]
        years = rows.groupby("age_band")["mid_year"].agg(list).to_dict()
        assert years == {
            "0-15": [2019, 2021],
            "0-17": [2019, 2021],
            "all": [*range(2012, 2020), 2021],
        }

    def test_bands_are_nested(self, people: Any) -> None:
        """Children under 16 are no more than those under 18, and these than all."""
        key = ["area_id", "mid_year", "basis", "edition"]
        table = people.pivot_table(index=key, columns="age_band", values="population")
        assert not (table["0-15"] > table["0-17"]).any()
        assert not (table["0-17"] > table["all"]).any()

    def test_city_of_london_has_few_residents(self, people: Any) -> None:
        """README: a rate by residents says nothing there; 712 to 1,825 children at most."""
        city = people[people["area_id"] == "city-of-london"].set_index("age_band")["population"]
        assert city["0-17"].max() == 1_825
        assert city["all"].max() < 20_000


class TestAreas:
    """The areas that the United Kingdom is made of here."""

    def test_kinds(self, areas: Any) -> None:
        """README: 43 police force areas, one force without, and what holds them."""
        assert areas["kind"].value_counts().to_dict() == {
            "police_force_area": 43,
            "non_territorial_force": 1,
            "region": 9,
            "nation": 4,
            "country_group": 4,
            "crown_dependency": 3,
            "group": 17,
        }

    @pytest.mark.parametrize(
        ("area", "expected"),
        [
            ("wales", ["dyfed-powys", "gwent", "north-wales", "south-wales"]),
            ("london", ["city-of-london", "metropolitan"]),
            ("england-and-wales", ["england", "wales"]),
            ("united-kingdom", ["england", "northern-ireland", "scotland", "wales"]),
            ("durham+northumbria", ["durham", "northumbria"]),
        ],
    )
    def test_members(self, areas: Any, area: str, expected: list[str]) -> None:
        """Lists known to everyone."""
        assert members(areas, area) == expected

    def test_england_has_39_forces(self, areas: Any) -> None:
        """39 English and 4 Welsh forces, the English ones in nine regions."""
        assert len(members(areas, "england")) == 39
        regions = areas.loc[areas["kind"] == "region", "members"].str.split(";").explode()
        assert sorted(regions) == members(areas, "england")

    def test_tiles_fill_a_seven_by_nine_map(self, areas: Any) -> None:
        """README: 43 tiles, no two in one place, north above south within a region."""
        tiles = areas[areas["tile_row"].notna()]
        assert len(tiles) == 43
        assert not tiles.duplicated(["tile_column", "tile_row"]).any()
        assert (tiles["tile_column"].min(), tiles["tile_column"].max()) == (0, 6)
        assert (tiles["tile_row"].min(), tiles["tile_row"].max()) == (0, 8)
        assert tiles.loc["northumbria", "latitude"] == tiles["latitude"].max()
        assert tiles.loc["northumbria", "tile_row"] == 0

    def test_tile_names_fit_a_tile(self) -> None:
        """Names of version 2 are those of the map: two lines at most, of nine letters at most."""
        names = datasets.load_areas(version=2).set_index("area_id")["tile_name"].dropna()
        lines = [name.split("|") for name in names]
        assert len(names) == 43
        assert max(map(len, lines)) == 2
        assert max(len(line) for name in lines for line in name) == 9
        assert names[["avon-and-somerset", "humberside", "kent"]].tolist() == [
            "Avon &|Somerset",
            "Humber-|side",
            "Kent",
        ]

    def test_version_2_only_adds(self) -> None:
        """Version 2 has every cell of version 1, more aliases, and one column more."""
        first, second = (datasets.load_areas(version=version) for version in (1, 2))
        pd.testing.assert_frame_equal(
            first.drop(columns="aliases"), second[first.columns].drop(columns="aliases")
        )
        for before, after in zip(first["aliases"], second["aliases"], strict=True):
            assert pd.isna(before) or after.startswith(before)

    def test_authorities_by_nation(self) -> None:
        """296 English and 22 Welsh local authorities in April 2023."""
        codes = datasets.load_local_authorities(version=1)["lad_code"].str[0]
        assert codes.value_counts().to_dict() == {"E": 296, "W": 22}


class TestFigures:
    """What sources printed, contradictions and all."""

    def test_distinct_cells(self) -> None:
        """README: 1,048 distinct cells of measure, breakdown, area and period."""
        assert len(datasets.load_figures(version=1).drop_duplicates(CELL)) == 1_048

    @pytest.mark.parametrize(
        ("measure", "area", "start", "values"),
        [
            ("image_offences", "united-kingdom", "2016-04-01", {18_522, 18_574}),
            ("sexual_communication_with_a_child", "united-kingdom", "2020-04-01", {5_441, 6_319}),
        ],
    )
    def test_two_values_for_one_cell(
        self, measure: str, area: str, start: str, values: set[int]
    ) -> None:
        """README: coverage and date of publication differ, both values stay."""
        figures = datasets.load_figures(version=1)
        year = figures["period_start"] + pd.DateOffset(years=1) - pd.Timedelta(days=1)
        cell = figures[
            (figures["measure"] == measure)
            & (figures["area_id"] == area)
            & (figures["breakdown"] == "all")
            & (figures["period_start"] == start)
            & (figures["period_end"] == year)
            & (figures["hedge"] == "exact")
        ]
        assert set(cell["value"]) == values

    def test_two_values_for_two_scopes(self) -> None:
        """README: online offences 2018/19 are 8,224 (40 of 44 forces) and 8,656 (44 of 45)."""
        figures = datasets.load_figures(version=1)
        releases = datasets.load_releases(version=1).set_index("release_id")
        online = figures[
            (figures["measure"] == "online_child_sexual_offences")
            & (figures["breakdown"] == "all")
            & (figures["period_start"] == "2018-04-01")
            & figures["value"].isin([8_224, 8_656])
        ]
        release = online.groupby("value")["release_id"].unique().map(list).to_dict()
        assert release == {
            8_224.0: ["nspcc-2019-06-online-flag"],
            8_656.0: ["nspcc-2019-10-child-sexual-offences"],
        }
        forces = releases.loc[
            [release[8_224.0][0], release[8_656.0][0]], ["forces_responding", "forces_asked"]
        ]
        assert forces.to_numpy().tolist() == [[40, 44], [44, 45]]

    def test_release_of_september_2018_has_no_number_of_forces(self) -> None:
        """README: all UK forces answered; the number is not printed and stays empty."""
        releases = datasets.load_releases(version=1).set_index("release_id")
        row = releases.loc["nspcc-2018-09-image-offences"]
        assert row["note"] == "all UK forces answered; their number is not printed"
        assert pd.isna(row["forces_responding"])
        assert pd.isna(row["forces_asked"])

    def test_periods_lie_inside_their_release(self) -> None:
        """But for two printed as the year 2011, which sister papers say is April to April."""
        figures = datasets.load_figures(version=1)
        releases = datasets.load_releases(version=1).set_index("release_id")
        early = figures["period_start"] < figures["release_id"].map(releases["period_start"])
        late = figures["period_end"] > figures["release_id"].map(releases["period_end"])
        assert list(figures.loc[early | late, "figure_id"]) == ["fig-00034", "fig-00035"]

    def test_one_value_is_not_whole(self) -> None:
        """The Crime Survey's 7.5 per cent of adults abused before 16 is not rounded."""
        values = datasets.load_figures(version=1)["value"]
        assert values[values % 1 != 0].tolist() == [7.5]


class TestClaims:
    """Wrong or odd statements stay as printed."""

    @pytest.mark.parametrize(
        ("area", "printed", "reference", "subject"),
        [
            # README, "What is known to be wrong or odd"
            ("bedfordshire", "66", 118, 200),
            ("thames-valley", "322", 303, 369),
            ("kent", "573", 63, 361),
            ("hertfordshire", "716", 6, 43),
            ("south-west", "584", 1_001, 6_852),  # five years set against one
        ],
    )
    def test_growth_as_printed(self, area: str, printed: str, reference: int, subject: int) -> None:
        """The printed growth stands beside operands that do not give it."""
        claims = datasets.load_claims(version=1)
        rows = claims[
            (claims["relation"] == "growth")
            & (claims["area_id"] == area)
            & (claims["printed"] == printed)
        ]
        assert rows[["ref_value", "subject_value"]].to_numpy().tolist() == [[reference, subject]]

    def test_six_a_day_as_printed(self) -> None:
        """README: South Yorkshire's 1,249 a year as over six a day."""
        claims = datasets.load_claims(version=1).set_index("claim_id")
        row = claims.loc["clm-00455"]
        assert (row["area_id"], row["relation"], row["printed"], row["hedge"]) == (
            "south-yorkshire",
            "per_day",
            "6",
            "over",
        )
        assert row["subject_value"] == 1_249

    def test_shares_are_at_most_all(self) -> None:
        """No share is above 100 per cent, and "one in" is at least one."""
        claims = datasets.load_claims(version=1)
        printed = claims["printed"].astype(float)
        assert printed[claims["relation"] == "share"].max() <= 100
        assert printed[claims["relation"] == "one_in"].min() >= 1

    def test_most_claims_are_growth(self) -> None:
        """README names ten relations; all occur."""
        counts = datasets.load_claims(version=1)["relation"].value_counts().to_dict()
        assert counts == {
            "growth": 247,
            "share": 119,
            "per_day": 51,
            "ratio": 42,
            "one_in": 15,
            "minutes_between": 13,
            "difference": 10,
            "per_month": 9,
            "per_week": 5,
            "hours_between": 1,
        }


class TestBreaks:
    """Changes that are dated."""

    def test_numbers_in_descriptions_are_those_of_the_data(self, yearly: Any) -> None:
        """brk-001 speaks of class 88A, brk-005 of England 0-17 (checked above)."""
        breaks = datasets.load_breaks(version=1).set_index("break_id")["description"]
        before, after = (total(yearly, "88A", year) for year in (2016, 2017))
        assert f"from {before:,} in 2016/17 to {after:,} in 2017/18" in breaks["brk-001"]
        assert "12,023,568 old, 11,790,492 rebased" in breaks["brk-005"]

    def test_one_break_is_throughout(self) -> None:
        """README: an empty date means throughout; class 86 holds more than images."""
        breaks = datasets.load_breaks(version=1)
        assert breaks.loc[breaks["date"].isna(), "applies_to"].tolist() == ["code:86"]
