"""Mirrors layout/: where a sheet has its areas, periods and answers, and what is listed."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ukcso.readers._sheets import Sheet, address
from ukcso.readers.foi.layout._collect import Collected, collect
from ukcso.readers.foi.words._cells import read_cell
from ukcso.readers.foi.words._legend import read_legend

Rows = Sequence[Sequence[object]]
N = None
IMAGES = "image_offences"


def read(
    sheets: Rows | Mapping[str, Rows], measure: str = IMAGES, file: str = "answers.xlsx"
) -> Collected:
    """Read sheets that are in memory."""
    named = sheets if isinstance(sheets, Mapping) else {"Sheet1": sheets}
    read_sheets = [
        Sheet(file, name, "xlsx", [list(row) for row in rows]) for name, rows in named.items()
    ]
    return collect([(file, read_sheets)], measure)


def figures(result: Collected) -> dict[tuple[str, str], tuple[float | None, str]]:
    """Return value and hedge by area and period."""
    return {
        (entry.area.area.area_id, str(entry.period)): (entry.reading.value, entry.reading.hedge)
        for entry in result.entries
        if entry.reading.kind == "figure" and entry.area and entry.area.area
    }


def kinds(result: Collected) -> dict[str, str]:
    """Return what answers without a number are, by cell."""
    return {
        entry.place.cell: entry.reading.kind
        for entry in result.entries
        if entry.reading.kind != "figure"
    }


def listed(result: Collected) -> list[str]:
    """Return the cells of problems."""
    return sorted({problem.place.cell for problem in result.problems})


KENT_AND_ESSEX = {
    ("kent", "2019/20"): (1, "exact"),
    ("kent", "2020/21"): (5, "under"),
    ("essex", "2019/20"): (3, "exact"),
    ("essex", "2020/21"): (4, "exact"),
}
SAME = {
    "a column a year": [["Force", "2019/20", "2020/21"], ["Kent", 1, "<5"], ["Essex", 3, 4]],
    "a row a year": [["Year", "Kent", "Essex"], ["2019/20", 1, 3], ["2020/21", "<5", 4]],
    "a row a force and year": [
        ["Force", "Year", "Number"],
        ["Kent", "2019/20", 1],
        ["Kent", "2020/21", "<5"],
        ["Essex", "2019/20", 3],
        ["Essex", "2020/21", 4],
    ],
    "merged names": [
        ["Force", "Year", "Number"],
        ["Kent", "2019/20", 1],
        [N, "2020/21", "<5"],
        [N, "Total", 4],
        ["Essex", "2019/20", 3],
        [N, "2020/21", 4],
    ],
    "forces as sections": [
        ["Kent Police"],
        ["2019/20", 1],
        ["2020/21", "<5"],
        ["Essex Police"],
        ["2019/20", 3],
        ["2020/21", 4],
    ],
    "merged headings": [
        ["Force", "Image offences", N, "Sexual comms", N],
        [N, "2019/20", "2020/21", "2019/20", "2020/21"],
        ["Kent", 1, "<5", 70, 71],
        ["Essex", 3, 4, 72, 73],
    ],
    "offences below years": [
        ["Force", "2019/20", N, "2020/21", N],
        [N, "Images", "Grooming", "Images", "Grooming"],
        ["Kent", 1, 70, "<5", 71],
        ["Essex", 3, 72, 4, 73],
    ],
    "offences down": [
        ["Force", "Offence", "2019/20", "2020/21"],
        ["Kent", "Indecent images", 1, "<5"],
        [N, "Grooming", 70, 71],
        ["Essex", "Indecent images", 3, 4],
        [N, "Grooming", 72, 73],
    ],
    "offences as sections beside forces across": [
        ["Offence and year", "Kent", "Essex"],
        ["Indecent images"],
        ["2019/20", 1, 3],
        ["2020/21", "<5", 4],
        ["Grooming"],
        ["2019/20", 70, 72],
        ["2020/21", 71, 73],
    ],
    "stacked tables": [
        ["Table 1: Sexual communication"],
        ["Force", "2019/20", "2020/21"],
        ["Kent", 70, 71],
        ["Essex", 72, 73],
        [N],
        ["Table 2: Child abuse image offences"],
        ["Force", "2019/20", "2020/21"],
        ["Kent", 1, "<5"],
        ["Essex", 3, 4],
    ],
    "tables side by side": [
        ["Force", "2019/20", "2020/21", N, "Force", "2019/20", "2020/21"],
        ["Kent", 1, "<5", N, "Essex", 3, 4],
    ],
    "titles, rates, changes, notes": [
        ["FOI 2023: image offences"],
        [N],
        ["No.", "Force", "Sent", "2019/20", "per 1,000", "2020/21", "per 1,000", "% change"],
        [1, "Kent", "2 May", 1, 0.1, "<5", 0.2, "n/a"],
        [2, "Essex", "2 May", 3, 0.3, 4, 0.4, 0.33],
        [N],
        ["Source: replies of forces. Extracted 12/5/2023."],
    ],
    "regions between": [
        ["Region", "Force", "2019/20", "2020/21"],
        ["South East", "Kent", 1, "<5"],
        ["East of England", "Essex", 3, 4],
    ],
    "a note beside each number": [
        ["Force", "2019/20", N, "2020/21", N],
        [N, "Number", "Notes", "Number", "Notes"],
        ["Kent", 1, N, N, "<5"],
        ["Essex", 3, N, 4, N],
    ],
    "a number by another name": [
        ["Force", "2019/20", N, "2020/21", N],
        [N, "No.", "%", "Reply", "% of all"],
        ["Kent", 1, 0.1, "<5", 0.2],
        ["Essex", 3, 0.3, 4, 0.4],
    ],
    "forces over years, offences down": [
        ["Offence", "Kent", N, "Essex", N],
        [N, "2019/20", "2020/21", "2019/20", "2020/21"],
        ["Image offences", 1, "<5", 3, 4],
        ["Sexual comms", 70, 71, 72, 73],
    ],
    "years over forces, offences down": [
        ["Offence", "2019/20", N, "2020/21", N],
        [N, "Kent", "Essex", "Kent", "Essex"],
        ["Image offences", 1, 3, "<5", 4],
        ["Sexual comms", 70, 72, 71, 73],
    ],
    "years by their ends": [
        ["Force", "Year ending", N],
        [N, "Mar-20", dt.date(2021, 3, 31)],
        ["Kent", 1, "<5"],
        ["Essex", 3, 4],
    ],
    "two dates": [
        ["Force", "From", "To", "Number"],
        ["Kent", "01/04/2019", "31/03/2020", 1],
        ["Kent", "01/04/2020", "31/03/2021", "<5"],
        ["Essex", dt.date(2019, 4, 1), dt.date(2020, 3, 31), 3],
        ["Essex", dt.date(2020, 4, 1), dt.date(2021, 3, 31), 4],
    ],
    "rows of statistics": [
        ["Police force", 201920, 202021],
        ["Kent", 1, "<5"],
        ["Essex", 3, 4],
        ["All forces", 4, 8],
        ["Average", 2, 3],
        ["Number of forces", 2, 2],
    ],
    "rates below": [
        ["Number of offences"],
        ["Force", "2019/20", "2020/21"],
        ["Kent", 1, "<5"],
        ["Essex", 3, 4],
        ["Rate per 1,000"],
        ["Force", "2019/20", "2020/21"],
        ["Kent", 9, 9],
        ["Essex", 8, 8],
    ],
}
SEVERAL = {
    "a sheet a year": {
        "2019-20": [["Force", "Image offences", "Grooming"], ["Kent", 1, 70], ["Essex", 3, 72]],
        "2020-21": [["Force", "Image offences", "Grooming"], ["Kent", "<5", 71], ["Essex", 4, 73]],
    },
    "a sheet a force": {
        "Kent": [["Year", "Offences"], ["2019/20", 1], ["2020/21", "<5"]],
        "Essex Police": [["Year", "Offences"], ["2019/20", 3], ["2020/21", 4]],
    },
    "a sheet an offence": {
        "Images": SAME["a column a year"],
        "Grooming": [["Force", "2019/20", "2020/21"], ["Kent", 70, 71], ["Essex", 72, 73]],
    },
    "people beside": {
        "Answers": SAME["a column a year"],
        "Population": [["Force", "2019/20", "2020/21"], ["Kent", 9, 9], ["Essex", 8, 8]],
    },
}


@pytest.mark.parametrize("sheets", [*SAME.values(), *SEVERAL.values()], ids=[*SAME, *SEVERAL])
def test_however_it_lies_it_says_the_same(sheets: Rows | Mapping[str, Rows]) -> None:
    """The same four answers in every layout, nothing more, and nothing listed."""
    result = read(sheets)
    assert figures(result) == KENT_AND_ESSEX
    assert result.problems == []


def test_a_reply_names_its_force_in_the_title_or_the_file() -> None:
    """Rows of offences, of which one is asked for."""
    rows = [
        ["Offence", "2019/20", "2020/21"],
        ["Indecent images of children", 1, "<5"],
        ["Sexual communication", 30, 31],
        ["Total", 31, 33],
    ]
    kent = {key: value for key, value in KENT_AND_ESSEX.items() if key[0] == "kent"}
    assert figures(read([["Kent Police: response"], [N], *rows])) == kent
    assert figures(read(rows, file="FOI 118-24 Kent Police.xlsx")) == kent
    assert figures(read([["Force", "Kent Police"], ["Reference", "12/24"], *rows])) == kent


def test_totals_are_held_against_their_parts() -> None:
    """A total that its parts can add up to is passed over, also with a hedge among them."""
    rows = [["Force", "2019/20", "2020/21"], ["Kent", 1, "<5"], ["Essex", 3, 4]]
    assert listed(read([*rows, ["Total", 4, 8]])) == []
    assert listed(read([*rows, ["Total", 5, 9]])) == ["B4", "C4"]
    assert listed(read([*rows, [N, 4, 8]])) == ["B4", "C4"]  # no label, and one hedge: not clear
    assert listed(read([*rows[:2], ["Essex", 3, 4], ["All forces", 4, "[c]"]])) == []


def test_a_total_column() -> None:
    """It is held against the years of its row."""
    rows = [["Force", "2019/20", "2020/21", "Total"], ["Kent", 1, 2, 3], ["Essex", 3, 4, 8]]
    assert listed(read(rows)) == ["D3"]


def test_a_suppressed_part_leaves_a_total_open() -> None:
    """A number that is there but not given is a part of the total; a refused one is not."""
    rows = [["Force", "2019/20", "2020/21"], ["Kent", "[c]", "Refused"], ["Essex", 3, 4]]
    assert listed(read([*rows, ["Surrey", 1, 1], ["Total", 9, 9]])) == ["C5"]


def test_the_same_cell_twice() -> None:
    """Both are listed and neither is a figure, whether or not they agree."""
    rows = [["Force", "2019/20"], ["Kent", 1], ["Essex", 3], ["Kent Police", 1]]
    result = read(rows)
    assert figures(result) == {("essex", "2019/20"): (3, "exact")}
    assert listed(result) == ["B2", "B4"]


def test_a_misspelt_force_is_listed_with_its_cells() -> None:
    """Its name, and each of its numbers: none is a figure of a force it may have meant."""
    result = read([["Force", "2019/20", "2020/21"], ["Kentt", 1, 2], ["Essex", 3, 4]])
    assert {key[0] for key in figures(result)} == {"essex"}
    assert listed(result) == ["A2", "B2", "C2"]


def test_a_period_that_is_not_clear() -> None:
    """Its heading and its cells are listed, those beside it are read."""
    result = read(
        [["Force", "2019/20", "2020/21 YTD", "FY22"], ["Kent", 1, 2, 3], ["Essex", 3, 4, 5]]
    )
    assert {key[1] for key in figures(result)} == {"2019/20"}
    assert listed(result) == ["C1", "C2", "C3", "D1", "D2", "D3"]


def test_plain_years_of_a_sheet_of_financial_years() -> None:
    """2020 may begin or end there, so it is listed."""
    rows = [["Force", 2020], ["Kent", 1], ["Essex", 2]]
    assert figures(read(rows))["kent", "2020"] == (1, "exact")
    result = read([*rows, [N], ["Years run from 1 April to 31 March"]])
    assert (figures(result), listed(result)) == ({}, ["B1", "B2", "B3"])


def test_no_heading_names_the_offence() -> None:
    """Of several offences, none is the one that is asked for: every cell is listed."""
    result = read([["Force", "Rape 2019/20", "Robbery 2019/20"], ["Kent", 1, 2], ["Essex", 3, 4]])
    assert (figures(result), len(result.problems)) == ({}, 6)


def test_local_authorities_are_kept_apart() -> None:
    """Their numbers are no figures of the force that they lie in."""
    result = read([["Area", "2019/20"], ["Kent", 1], ["Leeds City Council", 2], ["Bristol", "<5"]])
    assert figures(result) == {("kent", "2019/20"): (1, "exact")}
    authorities = [it for it in result.entries if it.area and it.area.kind == "authority"]
    assert [it.place.cell for it in authorities] == ["B3", "B4"]


def test_empty_cells() -> None:
    """An empty row was not answered, or what stands beside it says; a gap in a row is listed."""
    result = read(
        [
            ["Force", "Status", "2019/20", "2020/21"],
            ["Kent", "Answered", 1, N],
            ["Essex", "Refused (s12)", N, N],
            ["Surrey", N, N, N],
            ["Sussex", N, "Not held", N],
        ]
    )
    assert kinds(result) == {
        "D2": "not_answered",
        "C3": "refused",
        "D3": "refused",
        "C4": "not_answered",
        "D4": "not_answered",
        "C5": "not_held",
        "D5": "not_held",
    }
    assert listed(result) == ["D2"]


def test_questions_and_answers() -> None:
    """A reply that repeats each question beside its answer."""
    asked = "How many indecent image offences were recorded in {}?"
    rows = [
        [asked.format("2019/20"), 1],
        [asked.format("2020/21"), "<5"],
        ["How many offences of sexual communication in 2020/21?", 70],
    ]
    result = read(rows, file="Kent Police reply.xlsx")
    kent = {key: value for key, value in KENT_AND_ESSEX.items() if key[0] == "kent"}
    assert figures(result) == kent


def test_months_that_may_stand_for_years() -> None:
    """March of one year and March of another may be the years that end in them."""
    result = read([["Force", "March 2020", "March 2021"], ["Kent", 1, 2], ["Essex", 3, 4]])
    assert (figures(result), len(listed(result))) == ({}, 6)


def test_a_note_that_a_number_is_of_a_part_of_its_year() -> None:
    """The number is listed, whether its own mark refers to the note or that of its force."""
    rows = [
        ["Force", "2019/20", "2020/21"],
        ["Kent*", 1, 2],
        ["Essex", 3, "4 [note 1]"],
        ["Surrey", 5, "6 [note 2]"],
        [N],
        ["* to 31 December only"],
        ["[note 1] nine months only"],
        ["[note 2] includes late reports"],
    ]
    result = read(rows)
    assert listed(result) == ["B2", "C2", "C3"]
    assert figures(result)["surrey", "2020/21"] == (6, "exact")


def test_a_comment_that_speaks_of_one_year() -> None:
    """Its number is listed, those of other years are read; an extended deadline is no part."""
    rows = [
        ["Force", "2019/20", "2020/21", "Comments"],
        ["Kent", 1, 2, "2020/21 to December only"],
        ["Essex", 3, 4, "extended to 3 July"],
    ]
    assert listed(read(rows)) == ["C2"]


def test_a_symbol_means_what_its_sheet_says() -> None:
    """In a key in two columns, or in a sentence; without one it is listed."""
    rows = [["Force", "2019/20"], ["Kent", "*"], ["Essex", "-"]]
    assert (figures(read(rows)), listed(read(rows))) == ({}, ["B2", "B3"])
    for key in ([["*", "Fewer than 5"], ["-", "Nil"]], [["Key: * fewer than 5; - nil"]]):
        assert figures(read([*rows, [N], *key])) == {
            ("kent", "2019/20"): (5, "under"),
            ("essex", "2019/20"): (0, "exact"),
        }


def test_marks_in_columns_of_their_own() -> None:
    """Shorthand beside a number is of that number; beside an empty cell it is the answer."""
    rows = [["Force", "2019/20", "Mark"], ["Kent", 1, "[p]"], ["Essex", N, "[c]"], ["Surrey", 2, N]]
    result = read(rows)
    assert [entry.reading.note for entry in result.entries] == ["[p]", "[c]", ""]
    assert kinds(result) == {"B3": "suppressed"}


def test_regions_alone_are_regions() -> None:
    """West Midlands among regions is the region; beside its forces a region is a total."""
    regions = read([["Region", "2019/20"], ["North West", 1], ["West Midlands", 2]])
    assert {key[0] for key in figures(regions)} == {"north-west", "west-midlands-region"}
    forces = read([["Force", "2019/20"], ["Cheshire", 1], ["Cumbria", 2], ["North West", 3]])
    assert {key[0] for key in figures(forces)} == {"cheshire", "cumbria"}


FORCES = {
    "Kent": "kent",
    "Essex Police": "essex",
    "GMP": "greater-manchester",
    "Heddlu Gwent": "gwent",
    "D&C": "devon-and-cornwall",
    "PSNI": "northern-ireland",
}
YEARS = {"2018/19": "2018/19", "19/20": "2019/20", "FY 2020-21": "2020/21"}
FINE = [0, 7, "12", "1,234", "<5", "Refused", "c. 300", "nil", "45 [r]", "[c]"]
STRANGE = ["3/4", "12-15", "see note", "#REF!", "-", "45 (44)", 1.5, -1]


def generated(seed: int) -> tuple[list[list[object]], str, dict[tuple[str, str], str]]:
    """Return a sheet, the address of its one cell that is not clear, and all cells by meaning."""
    pick = random.Random(seed)  # noqa: S311 - no secret
    forces = pick.sample(list(FORCES), pick.randint(2, 6))
    years = list(YEARS)[: pick.randint(2, 3)]
    cells = {(force, year): pick.choice(FINE) for force in forces for year in years}
    strange = pick.choice(list(cells))
    cells[strange] = pick.choice(STRANGE)
    left = [N] * pick.randint(0, 2)
    rows: list[list[object]] = [[*left, "Reply to a request"]] * pick.randint(0, 2)
    rows += [[]] * pick.randint(1, 2)
    where: dict[tuple[str, str], tuple[int, int]] = {}
    layout = pick.choice(["wide", "across", "long"])
    extra = [N] * pick.randint(0, 1)  # a column that is empty, or hidden
    if layout == "long":
        rows.append([*left, "Force", *extra, "Year", "Number"])
        for (force, year), value in cells.items():
            where[force, year] = (len(rows), len(left) + len(extra) + 2)
            rows.append([*left, force, *extra, year, value])
    else:
        down, over = (forces, years) if layout == "wide" else (years, forces)
        if layout == "wide" and pick.random() < 0.5:
            rows.append([*left, N, *extra, "Number of offences", *[N] * (len(over) - 1)])
        rows.append([*left, "Force" if layout == "wide" else "Year", *extra, *over])
        for label in down:
            rows += [[]] * pick.choice([0, 0, 0, 1])
            for at, other in enumerate(over):
                key = (label, other) if layout == "wide" else (other, label)
                where[key] = (len(rows), len(left) + len(extra) + 1 + at)
            keys = [(label, other) if layout == "wide" else (other, label) for other in over]
            rows.append([*left, label, *extra, *(cells[key] for key in keys)])
    rows += [[], [*left, "Note: counts of offences recorded."]]
    width = max(map(len, rows))
    padded = [[*row, *[N] * (width - len(row))] for row in rows]
    places = {(FORCES[force], YEARS[year]): address(*at) for (force, year), at in where.items()}
    return padded, address(*where[strange]), places


@pytest.mark.parametrize("first", [0, pytest.param(200, marks=pytest.mark.slow)])
def test_addresses_are_those_of_excel(first: int) -> None:
    """In 2,000 sheets of three layouts, the one strange cell is listed, by its own address."""
    for seed in range(first, 200 if first == 0 else 2000):
        rows, strange, places = generated(seed)
        result = read(rows)
        assert listed(result) == [strange], seed
        found = {
            (entry.area.area.area_id, str(entry.period)): entry.place.cell
            for entry in result.entries
            if entry.area and entry.area.area
        }
        assert found == places, seed


LABELS = (
    "Kent,Essex,Total,England,Leeds,Kentt,2019/20,2020,Year,Force,Number,%,Notes,Q1,Mar-20,Status"
)
TITLES = "Image offences;Grooming;* = nil;FOI 12/13;Refused s.12;Rate per 1,000;Kent Police 2019/20"
CELLS = st.sampled_from(
    [
        N,
        *LABELS.split(","),
        *TITLES.split(";"),
        *FINE,
        *STRANGE,
        2021,
        dt.date(2020, 4, 1),
        True,
        1e9,
    ]
)


@given(st.lists(st.lists(CELLS, max_size=6), max_size=9))
def test_any_sheet_is_read_or_listed(rows: list[list[object]]) -> None:
    """Nothing raises; a figure is what its own cell says; a problem is in the sheet."""
    width = max(map(len, rows), default=0)
    rows = [[*row, *[N] * (width - len(row))] for row in rows]
    result = read(rows)
    places = {
        address(row, at): cell for row, line in enumerate(rows) for at, cell in enumerate(line)
    }
    legend = read_legend(cell for cell in places.values() if isinstance(cell, str))
    for entry in result.entries:
        if entry.reading.kind == "figure" and entry.area and entry.area.kind == "area":
            said = read_cell(places[entry.place.cell], legend)
            assert (entry.reading.value, entry.reading.hedge) == (said.value, said.hedge)
            assert entry.period is not None
    assert {problem.place.cell for problem in result.problems} <= {*places, "A1"}


def test_of_columns_below_a_year_only_the_whole_is_read() -> None:
    """Ages are parts; without a total all are listed."""
    ages = ["Under 13", "13 to 15", "Total"]
    rows = [
        ["Force", "2019/20", N, N, "2020/21", N, N],
        [N, *ages, *ages],
        ["Kent", 1, 2, 3, 4, 5, 9],
        ["Essex", 2, 2, 4, 1, 0, 1],
    ]
    assert figures(read(rows)) == {
        ("kent", "2019/20"): (3, "exact"),
        ("kent", "2020/21"): (9, "exact"),
        ("essex", "2019/20"): (4, "exact"),
        ("essex", "2020/21"): (1, "exact"),
    }
    parts_only = [[*row[:3], *row[4:6]] for row in rows]
    result = read(parts_only)
    assert not figures(result)
    assert {"B3", "C3", "D3", "E3", "B4", "E4"} <= set(listed(result))


@pytest.mark.parametrize(
    ("note", "gone"),
    [
        ("2019/20: withdrawn because of a fault; please do not use", {"B2", "B3"}),
        ("The numbers of Essex Police are incorrect", {"B3", "C3"}),
        ("Essex Police withdrew its number of 2020/21: do not use it", {"C3"}),
        ("2019/20 was counted again in May 2021", set()),
    ],
)
def test_numbers_that_a_note_takes_back_are_listed(note: str, gone: set[str]) -> None:
    """By the period and the area that it names."""
    rows = [["Force", "2019/20", "2020/21"], ["Kent", 1, 2], ["Essex", 3, 4], [N], [note]]
    result = read(rows)
    assert set(listed(result)) == gone
    assert len(figures(result)) == 4 - len(gone)


def test_sentences_of_which_nothing_is_read_are_listed() -> None:
    """Nothing is dropped."""
    rows = [
        ["Question", "Answer"],
        ["How many image offences were there?", "We recorded 66 offences in 2019/20."],
        [N, "In 2020/21 there were 70."],
        [N, "2021/22: refused"],
    ]
    result = read(rows, file="Norfolk Constabulary.xlsx")
    assert not figures(result)
    assert {"B2", "B3", "B4"} <= set(listed(result))
    assert listed(read([["Kent Police"], ["Thank you for your letter"]])) == ["A1"]


def test_years_that_go_by_their_end() -> None:
    """A financial year has one end; another year needs its month."""
    rows = [["Force", "financial_year_ending", "offences"], ["Kent", 2020, 1], ["Essex", 2021, 3]]
    assert set(figures(read(rows))) == {("kent", "2019/20"), ("essex", "2020/21")}
    unclear = [["Force", "Year ending", "Offences"], *rows[1:]]
    assert not figures(read(unclear))
    assert listed(read(unclear)) == ["C2", "C3"]


def test_days_in_a_row_of_answers_make_it_no_heading() -> None:
    """Two dates in a row are no years side by side."""
    rows = [
        ["Force", "Period", "Offences", "Date in"],
        ["Kent", "2019/20", 1, "10 Oct 2023"],
        ["Crime Commissioner for Oz", "2019/20", "not held", "10 Oct 2023"],
        ["Essex", "2019/20", 3, "11 Oct 2023"],
    ]
    result = read(rows)
    assert set(figures(result)) == {("kent", "2019/20"), ("essex", "2019/20")}
    assert "C3" in {*listed(result), *kinds(result)}


def test_the_number_of_a_year_may_be_called_no() -> None:
    """Beside a year it is no number of a row."""
    rows = [["Kent Police: image offences"], ["Year", "No.", "Change"], ["2019/20", 6, N]]
    assert figures(read([*rows, ["2020/21", 7, "+1"]])) == {
        ("kent", "2019/20"): (6, "exact"),
        ("kent", "2020/21"): (7, "exact"),
    }


def test_a_year_may_stand_in_brackets_after_the_question() -> None:
    """As forms on the web export it."""
    rows = [["Force", "Image offences [2019/20]", "Image offences [2020/21]"], ["Kent", 1, 2]]
    assert set(figures(read(rows))) == {("kent", "2019/20"), ("kent", "2020/21")}


def test_numbers_that_fit_nowhere_are_listed() -> None:
    """A column that nothing tells of, a number below the block, a year and answer in one cell."""
    rows = [
        ["Force", "2019/20", "2020/21", "Foo"],
        ["Kent", 1, 2, 7],
        ["Essex", 3, 4, 8],
        [N],
        ["2018/19: 30"],
        ["Note: 5 offences of 2019/20 were counted late."],
    ]
    result = read(rows)
    assert len(figures(result)) == 4
    assert listed(result) == ["A5", "D1"]


def test_an_answer_is_no_name_of_an_offence() -> None:
    """Here "under 10" is a number, and in a question an age."""
    rows = [
        ["Force", "Year", "Difficulties", "Recorded crimes"],
        ["Kent", "2019/20", 1, "under 10"],
        ["Essex", "2019/20", 3, 44],
    ]
    assert figures(read(rows)) == {
        ("kent", "2019/20"): (10, "under"),
        ("essex", "2019/20"): (44, "exact"),
    }


def test_an_offence_over_one_of_two_tables_is_of_that_one() -> None:
    """Also where it stands over the names."""
    years = ["Force", "2019/20", "2020/21"]
    rows = [
        ["Sexual offences with online flag", N, N, N, "Sexual offences without online flag"],
        [*years, N, *years],
        ["Kent", 1, 2, N, "Kent", 100, 200],
        ["Essex", 3, 4, N, "Essex", 300, 400],
    ]
    assert figures(read(rows, "online_child_sexual_offences")) == {
        ("kent", "2019/20"): (1, "exact"),
        ("kent", "2020/21"): (2, "exact"),
        ("essex", "2019/20"): (3, "exact"),
        ("essex", "2020/21"): (4, "exact"),
    }
