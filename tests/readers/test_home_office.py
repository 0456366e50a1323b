"""The Home Office's recorded crime open data, as published and with every trap that is known."""

from __future__ import annotations

import random
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ukcso
from ukcso.errors import InvalidInputError
from ukcso.readers import home_office_recorded_crime

HEADINGS = [
    "Financial Year",
    "Financial Quarter",
    "Force Name",
    "Offence Description",
    "Offence Group",
    "Offence Subgroup",
    "Offence Code",
    "Number of Offences",
]
KENT = ["2019/20", 1, "Kent", "Obscene publications etc", "Miscellaneous", "Misc", "86", 12]
SEXUAL = ["2019/20", 1, "Kent", "Rape of a female", "Sexual offences", "Rape offences", "19C", 7]
GROOMING = ["2019/20", 1, "Kent", "Grooming", "Sexual offences", "Other sexual offences", "88A", -2]
PUBLISHED = "home-office-prc-pfa-2017-18.csv"


def own_table(build, path: Path, *rows: list, sheet: str = "2019-20", head=HEADINGS) -> Path:
    """Write a workbook of a cover and one sheet of these rows."""
    return build.book(path, {"Cover": [["Police recorded crime"]], sheet: [head, *rows]})


def counts(frame: pd.DataFrame) -> dict[str, int]:
    """Return the counts of a frame that has one area and quarter, by code."""
    return dict(zip(frame["offence_code"], frame["offences"].map(int), strict=True))


def refusal_of(path, **how: object) -> str:
    """Return the message that a file is refused with."""
    with pytest.raises(InvalidInputError) as caught:
        home_office_recorded_crime(path, **how)
    return str(caught.value)


class TestPublished:
    """One year, as an earlier release had it."""

    def test_totals_are_those_of_the_file(self, real_file) -> None:
        """Counts of codes and forces come out as they were added up from the file itself."""
        # the sums were made with another tool, in the notes beside the original file
        crime = home_office_recorded_crime(real_file(PUBLISHED))
        assert (crime["offence_code"].nunique(), crime["area_id"].nunique()) == (18, 44)
        of_code = crime.groupby("offence_code")["offences"].sum()
        assert of_code[["86", "88A", "71", "19D"]].tolist() == [22949, 4444, 1206, 7524]
        of_force = crime.groupby(["offence_code", "area_id"])["offences"].sum()
        for code, expected in (
            ("86", [680, 1946, 2]),
            ("88A", [187, 317, 2]),
            ("71", [15, 64, 0]),
            ("19D", [168, 928, 0]),
        ):
            forces = ["lancashire", "metropolitan", "city-of-london"]
            assert of_force[code][forces].tolist() == expected
        reading = crime.attrs["reading"]
        assert reading["left_out"] == {
            "Action Fraud": 277_033,
            "CIFAS": 276_997,
            "Financial Fraud Action UK": 24_961,
            "UK Finance": 59_367,
        }
        assert reading["below_zero"] == 36
        # what forces and bodies recorded makes up all rows of the file
        assert of_code["all"] + sum(reading["left_out"].values()) == 5_519_401
        assert reading["rows"] == 23_068
        assert reading["british_transport_police"]

    def test_every_code_of_the_file_is_there(self, real_file) -> None:
        """With all codes, nothing that a force recorded is lost or counted twice."""
        crime = home_office_recorded_crime(real_file(PUBLISHED), codes="all")
        assert crime["offences"].sum() == 5_519_401 - 638_358
        assert crime["offence_code"].nunique() == 132 - 4
        assert not crime.duplicated(["area_id", "period_start", "offence_code"]).any()
        described = crime.drop_duplicates("offence_code").set_index("offence_code")
        assert described.loc["86", "offence_description"] == "Obscene publications etc"

    def test_the_workforce_table_is_refused(self, real_file) -> None:
        """A workbook of the same family is no table of crime, and the right one is named."""
        message = refusal_of(real_file("open-data-table-police-workforce-260723.ods"))
        assert "is the police workforce table" in message
        assert "prc-pfa-mar2013-onwards" in message

    def test_functions_work_on_it(self, real_file) -> None:
        """It is valid against the schema, and carries the name and hash of its file."""
        crime = home_office_recorded_crime(real_file(PUBLISHED))
        assert ukcso.validate(crime, "recorded_crime").equals(crime)
        assert crime.attrs["ukcso"] == {
            "dataset": "recorded_crime",
            "version": "own",
            "file": PUBLISHED,
            "sha256": "72e2f98aaad643ef615654a3fdfb4af45641644bf2c5b3e0ce4bf797acf8f683",
        }


@pytest.mark.slow
class TestRoundTrip:
    """The shipped table, laid out as the Home Office does with all that varies between releases."""

    #: How headings are written, from sheet to sheet.
    STYLES = (
        HEADINGS,
        [heading.replace(" ", ".") for heading in HEADINGS],
        [heading.upper() for heading in HEADINGS],
        [f" {heading.replace(' ', '  ')} [note 3]" for heading in HEADINGS],
        [heading.replace("Offence Subgroup", "Offence Sub-group") for heading in HEADINGS],
    )
    BODIES = ("Action Fraud", "CIFAS", "UK Finance", "Financial Fraud Action UK")

    @pytest.mark.parametrize("kind", ["ods", "xlsx"])
    def test_a_workbook_in_the_published_layout_reads_back(self, tmp_path, build, kind) -> None:
        """What was written of the shipped table is read to exactly that table."""
        shipped = ukcso.load_recorded_crime(version=1)
        path = tmp_path / f"prc-pfa-mar2013-onwards-tables-191023.{kind}"
        build.book(path, self.sheets(shipped))
        crime = home_office_recorded_crime(path)
        pd.testing.assert_frame_equal(crime, shipped)
        reading = crime.attrs["reading"]
        assert reading["below_zero"] >= 70
        assert set(reading["left_out"]) == {"Action Fraud", "Cifas", "CIFAS", "UK finance"} | {
            "UK Finance",
            "Financial Fraud Action UK",
        }
        assert "2023/24 has quarters 1 only" in reading["notes"]

    def sheets(self, shipped: pd.DataFrame) -> dict[str, list]:
        """Return the sheets: two of words, one a year."""
        columns = ["period_start", "area_id", "offence_code", "offences"]
        by_quarter: dict = {}
        for day, area_id, code, count in shipped[columns].itertuples(index=False):
            by_quarter.setdefault(day, {}).setdefault(area_id, {})[code] = count
        codes = ukcso.load_offence_codes(version=1).astype(object).set_index("offence_code")
        facts = codes[["title", "offence_group", "offence_subgroup"]].T.to_dict("list")
        sheets: dict[str, list] = {
            "Cover_sheet": [["Police recorded crime open data"], ["Updated: 19 October 2023"]],
            "Notes": [["Note", "Text"], [6, "The Metropolitan Police moved to a new system."]],
        }
        for year in range(2012, 2024):
            label = f"{year}/{(year + 1) % 100:02}"
            rows: list[list] = [self.STYLES[year % len(self.STYLES)]]
            days = [f"{year}-04", f"{year}-07", f"{year}-10", f"{year + 1}-01"]
            for quarter, day in enumerate(days, 1):
                of_quarter = by_quarter.get(pd.Timestamp(day), {})
                forces = [
                    [label, quarter, self.name_of(area_id, year), *row]
                    for area_id, counts in of_quarter.items()
                    for row in self.of_force(counts, facts)
                ]
                bodies = [
                    [label, quarter, body, f"Recorded by {body}", "Fraud", "Fraud", "AF", 9]
                    for body in self.bodies(year)
                    if forces
                ]
                rows += [*bodies, *forces] if year < 2018 else [*forces, *bodies]
            sheets[f"{year}{'-_'[year % 2]}{(year + 1) % 100:02}"] = rows
        return sheets

    def bodies(self, year: int) -> tuple[str, ...]:
        """Return the bodies as a year writes them."""
        return self.BODIES if year < 2018 else ("Action Fraud", "Cifas", "UK finance [note 2]")

    def name_of(self, area_id: str, year: int) -> str:
        """Return a force as a year writes it."""
        name = ukcso.find_area(area_id, kind="police_force_area").name
        names = {
            "devon-and-cornwall": ("Devon & Cornwall", name),
            "avon-and-somerset": (" Avon & Somerset ", name),
            "city-of-london": ("London, City of", "City of London"),
            "metropolitan": ("Metropolitan Police [Note 6]", "Metropolitan Police"),
            "kent": ("Kent1", "KENT"),
        }
        return names.get(area_id, (name, name))[year % 2]

    def of_force(self, counts: dict[str, int], facts: dict[str, list]) -> list[list]:
        """Return a force's rows: the classes, and three that fill up the totals."""
        classes = [code for code in counts if code[0].isdigit()]

        def sum_of(group: str, subgroup: str = "") -> int:
            return sum(
                counts[code]
                for code in classes
                if facts[code][1] == group and facts[code][2].startswith(subgroup)
            )

        sexual, rape = "Sexual offences", "Rape offences"
        rapes = counts["rape"] - sum_of(sexual, rape)
        others = counts["sexual-offences"] - counts["rape"]
        others -= sum_of(sexual, "Other sexual offences")
        rest = counts["all"] - counts["sexual-offences"]
        rest -= sum(counts[code] for code in classes if facts[code][1] != sexual)
        return [
            *([*facts[code], code, int(counts[code])] for code in classes),
            ["Rape of a female aged 16 or over", sexual, rape, "19C", int(rapes)],
            ["Sexual assault", sexual, "Other sexual offences", "20A", int(others)],
            ["Assault", "Violence against the person", "Violence", "105A", int(rest)],
        ]


class TestSmall:
    """Sheets of a few rows."""

    def test_totals_are_sums_of_rows(self, tmp_path, build) -> None:
        """All, rape and sexual offences are summed as `offence_codes` says."""
        path = own_table(build, tmp_path / "a.ods", KENT, SEXUAL, GROOMING)
        assert counts(home_office_recorded_crime(path)) == {
            "86": 12,
            "88A": -2,
            "all": 17,
            "rape": 7,
            "sexual-offences": 5,
        }

    def test_codes_may_be_listed(self, tmp_path, build) -> None:
        """A list has codes of the file, and totals; other words are refused."""
        path = own_table(build, tmp_path / "a.xls", KENT, SEXUAL, GROOMING)
        crime = home_office_recorded_crime(path, codes=["19C", "rape"])
        assert counts(crime) == {"19C": 7, "rape": 7}
        assert "no row has one of the codes 19D; nearest: 19C" in refusal_of(path, codes=["19D"])
        for wrong in ("children", [], [86], 86):
            assert refusal_of(path, codes=wrong).startswith("codes must be")

    def test_years_may_be_in_several_files(self, tmp_path, build) -> None:
        """Files of one year each are one table; a year in two of them is refused."""
        first = own_table(build, tmp_path / "2019.csv", KENT, sheet="x")
        second = own_table(build, tmp_path / "2020.ods", ["2020/21", *KENT[1:]], sheet="2020_21")
        first.write_text(
            "\n".join(",".join(map(str, row)) for row in (HEADINGS, KENT)), encoding="utf-8"
        )
        crime = home_office_recorded_crime([first, second])
        assert crime.attrs["reading"]["years"] == ["2019/20", "2020/21"]
        assert crime.attrs["ukcso"]["file"] == "2019.csv; 2020.ods"
        assert "2019/20 is there twice, the first time in 2019.csv" in refusal_of([first, first])

    def test_british_transport_police_is_told(self, tmp_path, build) -> None:
        """It is said whether it is there, and what forces are not."""
        path = own_table(build, tmp_path / "a.ods", KENT)
        reading = home_office_recorded_crime(path).attrs["reading"]
        assert not reading["british_transport_police"]
        assert "British Transport Police is not among the forces" in reading["notes"]
        assert any(note.startswith("no rows of avon-and-somerset, ") for note in reading["notes"])
        transport = [*KENT[:2], "British Transport Police", *KENT[3:]]
        path = own_table(build, tmp_path / "a.ods", KENT, transport)
        assert home_office_recorded_crime(path).attrs["reading"]["british_transport_police"]

    def test_a_code_may_be_a_number(self, tmp_path, build) -> None:
        """Excel makes numbers of codes that look like some."""
        number, text = [*KENT[:6], 86, 1], [*KENT[:6], "37.2", 1]
        path = own_table(build, tmp_path / "a.xlsx", number, text)
        crime = home_office_recorded_crime(path, codes="all")
        assert counts(crime) == {"37.2": 1, "86": 1}
        assert list(crime["offence_description"]) == [KENT[3]] * 2

    def test_notes_below_the_table_are_no_rows(self, tmp_path, build) -> None:
        """Empty rows, and words below the last row, are left alone."""
        path = own_table(build, tmp_path / "a.ods", KENT, [], SEXUAL, [], ["Source: Home Office"])
        assert counts(home_office_recorded_crime(path))["all"] == 19

    @pytest.mark.parametrize("empty", ["N/A", " n/a ", None])
    def test_a_cell_without_a_number_is_left_out_with_its_sums(
        self, tmp_path, build, empty: object
    ) -> None:
        """Nothing is taken for zero: neither the code nor a sum that needs it has a row."""
        wrong = [*SEXUAL[:7], empty]
        frame = home_office_recorded_crime(
            own_table(build, tmp_path / "a.ods", KENT, wrong, GROOMING)
        )
        assert not {wrong[6], "all", "sexual-offences"} & set(frame["offence_code"])
        assert {KENT[6], GROOMING[6]} <= set(frame["offence_code"])
        note = frame.attrs["reading"]["notes"][0]
        assert note.startswith("no number in a.ods, sheet '2019-20', cell H3: kent, ")

    def test_homicide_may_have_several_rows(self, tmp_path, build) -> None:
        """One composite code stands in four rows a force and quarter, as published."""
        homicide = [*KENT[:3], "Homicide", "Violence", "Homicide", "1/4.1/4.10/4.2", 1]
        path = own_table(build, tmp_path / "a.ods", KENT, homicide, homicide)
        assert counts(home_office_recorded_crime(path))["all"] == 14

    @pytest.mark.parametrize(
        ("column", "value", "words"),
        [
            (
                0,
                "04/01/2019",
                "cell A3: must be a financial year such as 2017/18; got '04/01/2019'",
            ),
            (0, "2019/21", "cell A3: must be a financial year such as 2017/18; got '2019/21'"),
            (0, "2018/19", "cell A3: must be of 2019/20, as the sheet is named; got '2018/19'"),
            (0, None, "cell A3: is empty; it must be a financial year"),
            (1, 5, "cell B3: must be a quarter, 1 to 4; got 5"),
            (
                2,
                "Kemt",
                "cell C3: must be a police force; got 'Kemt' (no area 'Kemt'; nearest: Kent",
            ),
            (
                2,
                "England and Wales",
                "cell C3: must be a police force; got 'England and Wales', not",
            ),
            (2, "Maidstone", "cell C3: must be a police force; got 'Maidstone' (Maidstone lies in"),
            (6, None, "cell G3: is empty; it must be an offence code"),
            (7, "NA?", "cell H3: must be a whole number of offences; got 'NA?'"),
            (7, "-", "cell H3: must be a whole number of offences; got '-'"),
            (7, 1.5, "cell H3: must be a whole number of offences; got 1.5"),
            (7, "#REF!", "cell H3: is an error, #REF!; it must be a whole number of offences"),
        ],
    )
    def test_a_cell_that_is_not_what_its_heading_says(
        self, tmp_path, build, column: int, value: object, words: str
    ) -> None:
        """The one message names file, sheet and cell, and what must be there."""
        wrong = [*SEXUAL[:column], value, *SEXUAL[column + 1 :]]
        path = own_table(build, tmp_path / "a.ods", KENT, wrong, GROOMING)
        assert refusal_of(path).startswith(f"a.ods, sheet '2019-20', {words}")

    @settings(max_examples=60)
    @given(
        kind=st.sampled_from(["csv", "ods", "xlsx", "xls"]),
        row=st.integers(0, 3),
        column=st.integers(0, 8),
        value=st.one_of(
            st.none(),
            st.booleans(),
            st.integers(-(10**20), 10**20),
            st.floats(allow_nan=False, allow_infinity=False),
            st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=9),
            st.sampled_from(["9" * 5000, "2019/20", "Kent", "86", "#N/A", "CSP Name", "[x]"]),
        ),
    )
    def test_whatever_stands_in_a_cell_it_is_counts_or_one_error(
        self, tmp_path_factory, build, kind: str, row: int, column: int, value: object
    ) -> None:
        """One cell of a table is replaced, or stands beside it."""
        rows = [[*HEADINGS], [*KENT], [*SEXUAL], [*GROOMING]]
        rows[row][column : column + 1] = [value]
        path = tmp_path_factory.mktemp("any") / f"a.{kind}"
        build.book(path, {"2019-20": rows})
        try:
            crime = home_office_recorded_crime(path, codes="all")
        except InvalidInputError as error:
            assert str(error).startswith("a.")  # noqa: PT017 - either is right
        else:
            assert 1 <= len(crime) <= 3

    @pytest.mark.slow
    def test_a_damaged_official_file_is_counts_or_one_error(self, tmp_path, real_file) -> None:
        """Bytes of the published table are flipped, or it is cut off."""
        content = real_file(PUBLISHED).read_bytes()
        chance = random.Random(1)  # noqa: S311 - damage, not secrets
        path = tmp_path / "a.csv"
        for _ in range(20):
            damaged = bytearray(content)
            for _ in range(3):
                damaged[chance.randrange(len(damaged))] = chance.randrange(256)
            path.write_bytes(damaged[: chance.randrange(len(damaged) // 2, len(damaged))])
            try:
                home_office_recorded_crime(path)
            except InvalidInputError as error:
                assert str(error).startswith("a.csv")  # noqa: PT017 - either is right

    def test_the_same_row_twice_is_refused(self, tmp_path, build) -> None:
        """A year that was pasted twice into one sheet names both rows."""
        message = refusal_of(own_table(build, tmp_path / "a.ods", KENT, SEXUAL, KENT))
        assert "row 4: kent has '86' of 2019/20 Q1 twice, the first time in row 2" in message

    def test_a_year_in_two_sheets_is_refused(self, tmp_path, build) -> None:
        """Both spellings of a sheet's name are the same year."""
        sheets = {"2019-20": [HEADINGS, KENT], "2019_20": [HEADINGS, KENT]}
        message = refusal_of(build.book(tmp_path / "a.ods", sheets))
        assert "sheet '2019_20': 2019/20 is there twice, the first time in a.ods, sheet" in message

    def test_headings_that_are_missing_doubled_or_repeated_are_refused(
        self, tmp_path, build
    ) -> None:
        """The message says which, and in what row."""
        path = tmp_path / "a.ods"
        cut = own_table(build, path, KENT[:7], head=HEADINGS[:7])
        assert "row 1: there is no column Number of Offences;" in refusal_of(cut)
        twice = own_table(build, path, [*KENT, 1], head=[*HEADINGS, "number of offences"])
        assert "cell I1: is a second 'Number of Offences'" in refusal_of(twice)
        repeated = own_table(build, path, HEADINGS, KENT)
        assert "cell A2: repeats the heading in row 1; take row 2 out" in refusal_of(repeated)
        words = [heading.split()[0] for heading in HEADINGS]
        split = own_table(
            build, path, [heading.split()[-1] for heading in HEADINGS], KENT, head=words
        )
        assert "sheet '2019-20' has no row of headings; it must have, in one" in refusal_of(split)
        empty = own_table(build, path)
        assert "sheet '2019-20': there is no row below the headings" in refusal_of(empty)

    @pytest.mark.parametrize("kind", ["ods", "xlsx", "csv"])
    def test_the_partnership_table_is_refused(self, tmp_path, build, kind: str) -> None:
        """The sister table has other headings, and the right one is named."""
        head = ["Financial Year", "Financial Quarter", "Police Force", "CSP Name"]
        head += ["Offence Description", "Offence Group", "Offence Subgroup", "Offence Code"]
        path = build.book(tmp_path / f"csp.{kind}", {"2019_20": [[*head, "Offence Count"], KENT]})
        message = refusal_of(path)
        assert "is the table by community safety partnership" in message
        assert "prc-pfa-mar2013-onwards-tables" in message

    def test_the_partnership_table_is_refused_however_large(
        self, tmp_path, build, monkeypatch
    ) -> None:
        """Its headings are looked at before its 1.4 GB are unpacked."""
        monkeypatch.setattr("ukcso.readers._sheets._archive.MOST_UNPACKED", 1000)
        path = build.book(tmp_path / "csp.ods", {"2019_20": [["CSP Name"], *[KENT] * 100]})
        assert "is the table by community safety partnership" in refusal_of(path)

    def test_a_file_without_a_sheet_of_counts_is_refused(self, tmp_path, build) -> None:
        """The message lists its sheets."""
        path = build.book(tmp_path / "a.xlsx", {"Cover": [["x"]], "Tables": [["y", "z"]]})
        assert "has no sheet of counts (there are: Cover, Tables); meant is" in refusal_of(path)
        for wrong in (None, 7, [], [7]):
            assert refusal_of(wrong).startswith("path must be a path")
