"""The ONS's mid-year estimates by local authority, as published, summed to force areas."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ukcso
from ukcso.errors import InvalidInputError
from ukcso.readers import ons_population

PUBLISHED = "LAD23_Mid_Year_pop_2011_to_2023.xlsx"
EDITION = "ONS mid-2024 edition (2023 LADs)"
#: Of the mid-2023 workbook, with what follows from its cover.
COVER = [["Mid-Year Population Estimates, UK, June 2023"], ["Date published: 15 July 2024"]]
AGES = list(range(91))


def authorities() -> list[tuple[str, str, str]]:
    """Return code, name and area of every authority of the United Kingdom."""
    known = ukcso.load_local_authorities(version=1)
    by_code = {area: ukcso.find_area(area).area_id for area in known["pfa_code"].unique()}
    return [
        *((row.lad_code, row.lad_name, by_code[row.pfa_code]) for row in known.itertuples()),
        *((f"S120000{n:02}", f"Council {n}", "scotland") for n in range(5, 37)),
        *((f"N090000{n:02}", f"District {n}", "northern-ireland") for n in range(1, 12)),
    ]


def residents(seed: int) -> dict[str, list[int]]:
    """Return made-up residents by year of age, of every authority."""
    chance = random.Random(seed)  # noqa: S311 - the same numbers every time
    return {code: [chance.randrange(3000) for _ in AGES] for code, _, _ in authorities()}


def mye2(people: dict[str, list[int]], last: str = "90") -> list[list]:
    """Return the sheet MYE2: nations, regions and counties among the authorities."""
    whole = [sum(ages) for ages in zip(*people.values(), strict=True)]
    return [
        ["MYE2: Persons by single year of age and sex for local authorities, mid-2023"],
        [],
        ["Code", "Name", "Geography1", "All Ages", *map(str, AGES[:-1]), last],
        ["K02000001", "UNITED KINGDOM", "Country", sum(whole), *whole],
        ["E12000001", "NORTH EAST", "Region", 91, *[1] * 91],
        ["E11000007", "Tyne and Wear (Met County)", "Metropolitan County", 91, *[1] * 91],
        *(
            [code, name, "District", sum(people[code]), *people[code]]
            for code, name, _ in authorities()
            if code in people
        ),
        [],
        ["1. Geography: boundaries of April 2023"],
    ]


def population_of(frame, area_id: str, year: int) -> dict[str, int]:
    """Return the residents of an area by band."""
    rows = frame[(frame["area_id"] == area_id) & (frame["mid_year"] == year)]
    return dict(zip(rows["age_band"], map(int, rows["population"]), strict=True))


def expected_of(people: dict[str, list[int]], area_ids: set[str]) -> dict[str, int]:
    """Return the same, added up from the authorities."""
    rows = [people[code] for code, _, area_id in authorities() if area_id in area_ids]
    return {
        "0-15": sum(sum(ages[:16]) for ages in rows),
        "0-17": sum(sum(ages[:18]) for ages in rows),
        "all": sum(map(sum, rows)),
    }


def refusal_of(path: object, *more: object, **how: object) -> str:
    """Return the message that a file is refused with."""
    with pytest.raises(InvalidInputError) as caught:
        ons_population(path, *more, **how)
    return str(caught.value)


def test_totals_are_those_of_the_published_file(real_file) -> None:
    """England and Wales, and England, come out to the person; so does each area as shipped."""
    # as the sheet's own rows of nations and the notes beside the file have them
    people = ons_population(real_file(PUBLISHED))
    assert population_of(people, "england-and-wales", 2023) == {
        "0-15": 11_196_865,
        "0-17": 12_618_614,
        "all": 60_854_727,
    }
    assert population_of(people, "england", 2023)["0-17"] == 11_998_646
    assert population_of(people, "england", 2023)["all"] == 57_690_323
    assert people["area_id"].nunique() == 46
    assert set(people["edition"]) == {"ONS mid-2023 edition (15 July 2024)"}
    assert set(people["basis"]) == {"ons_mye_2021census_rebased"}
    assert people.attrs["reading"]["rows"] == 357
    assert people.attrs["ukcso"]["file"] == PUBLISHED
    shipped = ukcso.load_population(version=2).query(
        "edition == 'ONS mid-2023 edition (2023 LADs)' and mid_year == 2023"
    )
    key = ["area_id", "mid_year", "age_band"]
    both = people.merge(shipped, on=key, suffixes=("", "_shipped"))
    assert len(both) == 138
    assert (both["population"] == both["population_shipped"]).all()


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_authorities_of_mye2_are_summed_to_areas(tmp_path, build, kind: str) -> None:
    """Districts sum to forces and nations, whatever the kind of workbook."""
    people = residents(1)
    others = residents(2)
    path = build.book(
        tmp_path / f"mye.{kind}",
        {
            "Cover sheet": COVER,
            "MYE1": [["Groups", "England"], ["All Persons", 1]],
            "MYE2 - Persons": mye2(people, "90+"),
            "MYE2 - Males": mye2(others),
            "MYE2 - Females": mye2(others),
        },
    )
    frame = ons_population(path)
    for area_id in ("kent", "metropolitan", "gwent", "scotland", "northern-ireland"):
        assert population_of(frame, area_id, 2023) == expected_of(people, {area_id})
    everywhere = {area_id for _, _, area_id in authorities()}
    assert population_of(frame, "united-kingdom", 2023) == expected_of(people, everywhere)
    wales = {"dyfed-powys", "gwent", "north-wales", "south-wales"}
    assert population_of(frame, "wales", 2023) == expected_of(people, wales)
    assert len(frame) == 3 * (43 + 2 + 4)
    assert ukcso.validate(frame, "population").equals(frame)
    assert (frame["preferred"] == 1).all()
    assert set(frame["edition"]) == {"ONS mid-2023 edition (15 July 2024)"}


@pytest.mark.parametrize("sexes", ["MF", "12"])
def test_myeb1_has_a_column_a_mid_year(tmp_path, build, sexes: str) -> None:
    """Sexes and ages are summed, for every mid-year that has a column."""
    of_year = {2019: residents(1), 2020: residents(2)}
    some = [row for row in authorities() if row[2] in {"cleveland", "gwent"}]
    head = ["ladcode23", "laname23", "country", "sex", "age", "population_2019", "population_2020"]
    rows = [
        [code, name, code[0], sex, age, *(people[code][age] for people in of_year.values())]
        for code, name, _ in some
        for sex in sexes
        for age in AGES
    ]
    path = build.book(tmp_path / "myeb1.csv", {"MYEB1": [head, *rows]})
    frame = ons_population(path, EDITION)
    for year, people in of_year.items():
        for area_id in ("cleveland", "gwent"):
            once = expected_of(people, {area_id})
            twice = {band: 2 * count for band, count in once.items()}
            assert population_of(frame, area_id, year) == twice
    assert frame["area_id"].nunique() == 2
    assert set(frame["edition"]) == {EDITION}
    assert frame.attrs["reading"]["years"] == [2019, 2020]
    doubled = build.book(tmp_path / "a.csv", {"MYEB1": [head, *rows, rows[0]]})
    assert "has sex M, age 0 twice; keep one" in refusal_of(doubled, EDITION)
    cut = build.book(tmp_path / "a.csv", {"MYEB1": [head, *rows[1:]]})
    assert "E06000001 Hartlepool has 181 rows; it must have 182" in refusal_of(cut, EDITION)
    wrong = [*rows[0][:3], "X", *rows[0][4:]]
    path = build.book(tmp_path / "a.csv", {"MYEB1": [head, wrong]})
    assert "cell D2: must be a sex, M or F; got 'X'" in refusal_of(path, EDITION)
    # MYEB2 has births and deaths beside the residents, and is another table
    other = build.book(tmp_path / "a.csv", {"MYEB2": [[*head, "births_2020"], [*rows[0], 1]]})
    assert "has no sheet of residents by authority and year of age" in refusal_of(other, EDITION)


@pytest.mark.parametrize(
    ("edition", "area_id", "basis"),
    [
        ("ONS mid-2023 edition (2023 LADs)", "cleveland", "ons_mye_2021census_rebased"),
        ("ONS mid-2021 first edition (21 Dec 2022)", "cleveland", "ons_mye_2021census_rebased"),
        ("ONS mid-2021 first edition (21 Dec 2022)", "scotland", "ons_mye_pre2021census"),
        ("ONS UK time series (15 Jul 2024)", "scotland", "ons_mye_2021census_rebased"),
        ("ONS mid-2020 edition (2021 LADs)", "cleveland", "ons_mye_pre2021census"),
        ("ONS UK 1838-2020 time series (25 Jun 2021)", "cleveland", "ons_mye_pre2021census"),
    ],
)
def test_the_basis_is_that_of_the_edition(
    tmp_path, build, edition: str, area_id: str, basis: str
) -> None:
    """Editions that know the census of 2021 are rebased in all their mid-years."""
    of_area = {code for code, _, lies_in in authorities() if lies_in == area_id}
    people = {code: ages for code, ages in residents(1).items() if code in of_area}
    sheet = [row for row in mye2(people) if row[:1] != ["K02000001"]]
    sheet[0] = ["MYE2: mid-2016"]
    path = build.book(tmp_path / "a.xlsx", {"MYE2": sheet})
    assert set(ons_population(path, edition)["basis"]) == {basis}
    other = "ons_mye_pre2021census"
    assert set(ons_population(path, edition, basis=other)["basis"]) == {other}
    assert "basis must be one of" in refusal_of(path, edition, basis="new")


@pytest.mark.parametrize(
    "line",
    [
        "Date published: 15 July 2024",
        "Next release: 1 August 2025\nRelease date: 15 July 2024",
        "These tables were originally published at 9.30am 15 July 2024.",
    ],
)
def test_the_edition_is_read_from_the_cover(tmp_path, build, line: str) -> None:
    """The day of publication is told in several ways; that of the next one is another."""
    cover = [["Population estimates, mid-2023"], [line]]
    path = build.book(tmp_path / "a.ods", {"Cover": cover, "MYE2": one_force()})
    assert set(ons_population(path)["edition"]) == {"ONS mid-2023 edition (15 July 2024)"}


def test_an_edition_that_is_not_said_is_asked_for(tmp_path, build) -> None:
    """Without a cover that names the day of publication, the caller says which edition it is."""
    sheet = mye2(residents(1))
    for cover in ([["Estimates, June 2023"]], [["Date published: 15 July 2024"]], [["x"]]):
        path = build.book(tmp_path / "a.xlsx", {"Cover": cover, "MYE2": sheet})
        message = refusal_of(path)
        assert message.startswith("a.xlsx: has no cover sheet that names its edition; say it")
    for wrong in ("", " ", 2023):
        assert refusal_of(path, wrong).startswith("edition must be the words for the column")


@cache
def one_force() -> list[list]:
    """Return a small table: Cleveland's four authorities."""
    codes = [code for code, _, area_id in authorities() if area_id == "cleveland"]
    sheet = mye2({code: residents(1)[code] for code in codes})
    return [row for row in sheet if row[:1] != ["K02000001"]]


class TestRefused:
    """Tables that would give wrong sums."""

    def refused(self, tmp_path: Path, build, sheet: list[list]) -> str:
        return refusal_of(build.book(tmp_path / "a.ods", {"MYE2": sheet}), EDITION)

    def test_an_authority_that_is_not_known_is_named(self, tmp_path, build) -> None:
        """Districts of other years are not guessed to forces."""
        sheet = mye2(residents(1))
        sheet.insert(6, ["E07000004", "Aylesbury Vale", "District", 91, *[1] * 91])
        message = self.refused(tmp_path, build, sheet)
        assert "cell A7: E07000004 Aylesbury Vale is no local authority of April 2023" in message

    def test_a_missing_authority_is_named(self, tmp_path, build) -> None:
        """A force area without one of its authorities would be too small."""
        sheet = [row for row in mye2(residents(1)) if row[:1] != ["E06000002"]]
        sheet = [row for row in sheet if row[:1] != ["K02000001"]]
        message = self.refused(tmp_path, build, sheet)
        assert "Cleveland lacks E06000002 in mid-2023; the whole table is meant" in message
        sheet = [row for row in mye2(residents(1)) if row[:1] != ["S12000005"]]
        assert "Scotland lacks 1 districts in mid-2023" in self.refused(tmp_path, build, sheet)

    def test_a_nation_that_its_parts_do_not_make_up_is_told(self, tmp_path, build) -> None:
        """The table's own sums are held against its rows."""
        sheet = mye2(residents(1))
        sheet[3][4] += 1
        sheet[3][3] += 1
        message = self.refused(tmp_path, build, sheet)
        assert "cell A4: UNITED KINGDOM has" in message
        assert "its authorities have" in message

    def test_cells_are_checked(self, tmp_path, build) -> None:
        """The message names the cell, and what must be there."""
        people = residents(1)
        for column, value, words in (
            (4, "..", "cell E7: must be a whole number of people; got '..'"),
            (4, -1, "cell E7: must be a whole number of people; got '-1'"),
            (4, None, "cell E7: must be a whole number of people; got nothing"),
            (3, 5, "cell D7: is not the sum of the ages beside it"),
            (0, "Hartlepool", "cell A7: must be the code of an area, such as E07000105; got"),
        ):
            sheet = mye2(people)
            sheet[6][column] = value
            assert words in self.refused(tmp_path, build, sheet)

    def test_a_table_that_is_not_whole_is_told(self, tmp_path, build) -> None:
        """An authority twice, an age or a mid-year that is missing, another table."""
        sheet = mye2(residents(1))
        assert "E06000001 Hartlepool is there twice for mid-2023" in self.refused(
            tmp_path, build, [*sheet[:7], *sheet[6:]]
        )
        ages = [[cell for place, cell in enumerate(row) if place != 8] for row in sheet]
        assert "row 3: there is no column of age 4; the sheet" in self.refused(
            tmp_path, build, ages
        )
        assert "the rows above the headings name no mid-year" in self.refused(
            tmp_path, build, [["MYE2"], *sheet[1:]]
        )
        assert "has no sheet of residents by authority and year of age (there are: MYE2)" in (
            self.refused(tmp_path, build, [["Code", "Name", "Mid-2023"], ["E06000001", "x", 1]])
        )

    @settings(max_examples=40)
    @given(
        row=st.integers(0, 8),
        column=st.integers(0, 8),
        value=st.one_of(
            st.none(),
            st.booleans(),
            st.integers(-(10**20), 10**20),
            st.floats(allow_nan=False, allow_infinity=False),
            st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=9),
            st.sampled_from(["9" * 5000, "E06000001", "All ages", "4", "#N/A", "mid-2020"]),
        ),
    )
    def test_whatever_stands_in_a_cell_it_is_residents_or_one_error(
        self, tmp_path_factory, build, row: int, column: int, value: object
    ) -> None:
        """One cell of a table is replaced."""
        rows = [list(cells) for cells in one_force()]
        rows[row][column : column + 1] = [value]
        path = build.book(tmp_path_factory.mktemp("any") / "a.csv", {"MYE2": rows})
        try:
            people = ons_population(path, EDITION)
        except InvalidInputError as error:
            assert str(error).startswith("a.csv")  # noqa: PT017 - either is right
        else:
            assert len(people) >= 3
