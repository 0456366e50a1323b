"""Mirrors src/ukcso/datasets/_validate.py: frames that do not fit are told every failing cell."""

from __future__ import annotations

import pickle
import re
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from ukcso import datasets
from ukcso.datasets import _validate
from ukcso.errors import DatasetIntegrityError, SchemaError, UkcsoError
from ukcso.printed import HEDGES

#: Every column of every dataset.
COLUMNS = [
    (dataset, str(column))
    for dataset in datasets.DATASETS
    for column in datasets.schema(dataset).of_version(1).columns
]


def failing(frame: Any, dataset: str) -> SchemaError:
    """Return the error that validating a frame raises."""
    with pytest.raises(SchemaError) as caught_error:
        datasets.validate(frame, dataset)
    return caught_error.value


def listed(error: SchemaError) -> list[Any]:
    """Return the failures as plain tuples, empty cells as None."""
    rows = error.failures[["row", "column", "value", "rule"]].to_numpy().tolist()
    return [tuple(None if pd.isna(cell) else cell for cell in row) for row in rows]


class TestOwnFrames:
    """A frame that does not fit is told every failing cell."""

    def test_three_bad_cells_are_three_failures(self) -> None:
        """Row label, column, value as given, and the rule in words, for each of them."""
        own = datasets.load_figures(version=1).head(5).set_axis(list("abcde"))
        own.loc["b", "hedge"] = "roughly"
        own.loc["c", "value"] = -3.0
        own.loc["e", "area_id"] = "North Wales"
        error = failing(own, "figures")
        hedges = ", ".join(map(repr, HEDGES))
        assert listed(error) == [
            ("b", "hedge", "roughly", f"must be one of {hedges}"),
            ("c", "value", -3.0, "must be at least 0"),
            ("e", "area_id", "North Wales", "must match ^[a-z0-9]+([-_+][a-z0-9]+)*$"),
        ]
        message = str(error)
        assert message.startswith("figures: 3 failures against the schema\n")  # rows have names
        assert "row b, column hedge: 'roughly' (must be one of" in message
        assert "row c, column value: -3.0 (must be at least 0)" in message
        assert "row e, column area_id: 'North Wales' (must match" in message

    def test_long_lists_are_cut_in_the_message_only(self) -> None:
        """The message shows twenty failures, the frame has all."""
        own = datasets.load_sources(version=1).assign(quality="good")
        error = failing(own, "sources")
        assert len(error.failures) == 359
        assert len(str(error).splitlines()) == 22
        assert str(error).endswith("and 339 more, see the error's .failures")

    @pytest.mark.parametrize(
        ("values", "failures"),
        [
            ([1.0, 2.5, 3.0], [(1, 2.5, "must be a whole number")]),
            ([1, "x", None], [(1, "x", "must be a whole number"), (2, None, "must not be empty")]),
            (["1", "2.0001", "3"], [(1, "2.0001", "must be a whole number")]),
            ([1.0, np.inf, 3.0], [(1, np.inf, "must be a whole number")]),
        ],
    )
    def test_fractions_are_not_cut_off(self, values: list[Any], failures: list[Any]) -> None:
        """2.5 offences are refused, not read as two."""
        own = datasets.load_recorded_crime(version=1).head(3).assign(offences=values)
        found = [
            (row, value, rule) for row, _, value, rule in listed(failing(own, "recorded_crime"))
        ]
        assert found == failures

    @pytest.mark.parametrize("values", [[1.0, 2.5, None], [1, 2.5, "3"], ["1", "2.5", None]])
    def test_fractions_are_not_cut_off_beside_empty_cells(self, values: list[Any]) -> None:
        """The same where a count may be empty."""
        own = datasets.load_recorded_crime_northern_ireland(version=1).head(3)
        error = failing(own.assign(offences=values), "recorded_crime_northern_ireland")
        assert [(row, float(value)) for row, _, value, _ in listed(error)] == [(1, 2.5)]

    @pytest.mark.parametrize("day", ["01/04/2012", "2012-13-01", "1 April 2012", 20120401])
    def test_dates_are_not_guessed(self, day: Any) -> None:
        """Only an ISO day is a day; the checks on periods wait until it can be read."""
        own = datasets.load_recorded_crime(version=1).head(2).astype({"period_start": object})
        own.loc[1, "period_start"] = day
        rule = "must be a date such as 2018-03-31"
        assert listed(failing(own, "recorded_crime")) == [(1, "period_start", day, rule)]

    def test_dates_of_any_kind_are_read(self) -> None:
        """ISO text, dates and timestamps all become the same column."""
        own = datasets.load_recorded_crime(version=1).head(3)
        days = own["period_start"]
        for given in (days.dt.strftime("%Y-%m-%d"), days.dt.date, days.astype("datetime64[s]")):
            read = datasets.validate(own.assign(period_start=given), "recorded_crime")
            pd.testing.assert_series_equal(read["period_start"], days)

    def test_one_unreadable_cell_hides_no_other(self) -> None:
        """In the column of an unreadable cell the other rows are checked too."""
        values: list[Any] = [-1, "abc", None]
        own = datasets.load_figures(version=1).head(3).assign(value=values)
        assert listed(failing(own, "figures")) == [
            (0, "value", -1, "must be at least 0"),
            (1, "value", "abc", "must be a number"),
            (2, "value", None, "must not be empty"),
        ]

    def test_rules_about_empty_cells_name_them(self) -> None:
        """A cell that had to be filled is named although it holds nothing."""
        own = datasets.load_areas(version=1)
        forces = own.index[own["kind"] == "police_force_area"][:2]
        own.loc[forces[0], "tile_row"] = pd.NA
        own.loc[forces[1], "gss_code"] = pd.NA
        error = failing(own, "areas")
        assert [(row, column) for row, column, _, _ in listed(error)] == [
            (forces[0], "tile_row"),
            (forces[1], "gss_code"),
        ]
        assert f"row {forces[0]}, column tile_row: empty (tile_row must be filled" in str(error)

    @pytest.mark.parametrize(
        ("dataset", "column", "cell", "rule"),
        [
            ("recorded_crime", "offences", pd.Timestamp("2018-03-31"), "must be a whole number"),
            ("recorded_crime", "offences", [1], "must be a whole number"),
            ("recorded_crime", "period_end", float("inf"), "must be a date such as 2018-03-31"),
            ("recorded_crime", "period_end", {"a": 1}, "must be a date such as 2018-03-31"),
            ("recorded_crime", "period_end", "", "must not be empty"),
            ("figures", "value", [1], "must be a number"),
        ],
    )
    def test_cells_of_any_kind_are_told(
        self, dataset: str, column: str, cell: object, rule: str
    ) -> None:
        """Whatever Python object stands in a cell, it is the one failure."""
        own = datasets.load(dataset, 1).head(3).astype(object)
        own.at[1, column] = cell  # noqa: PD008 - a list is one cell
        ((row, blamed, _, words),) = failing(own, dataset).failures.to_numpy().tolist()
        assert (row, blamed, words) == (1, column, rule)

    def test_labels_may_repeat(self) -> None:
        """A frame put together from several, with labels that repeat, is told the right cell."""
        own = datasets.load_recorded_crime(version=1).head(4).set_axis([0, 1, 0, 1])
        own["offence_code"] = ["11A", "11A", "?", "11A"]
        ((row, column, value, _),) = listed(failing(own, "recorded_crime"))
        assert (row, column, value) == (0, "offence_code", "?")

    def test_index_is_kept(self) -> None:
        """A valid frame comes back with the labels it came with."""
        own = datasets.load_recorded_crime(version=1).head(2).set_axis(["x", "y"])
        assert list(datasets.validate(own, "recorded_crime").index) == ["x", "y"]

    def test_repeated_key_is_blamed_on_the_repeat(self) -> None:
        """Of two rows with one key the second is named."""
        own = datasets.load_breaks(version=1)
        own = pd.concat([own, own.tail(1)], ignore_index=True)
        assert listed(failing(own, "breaks")) == [
            (10, "break_id", "brk-010", "break_id must be unique")
        ]

    @pytest.mark.parametrize(
        ("change", "column", "rule"),
        [
            (lambda f: f.assign(added=1), "added", "is not a column of this dataset"),
            (lambda f: pd.concat([f, f[["value"]]], axis=1), "value", "is there more than once"),
        ],
    )
    def test_columns_are_exact(
        self, change: Callable[[pd.DataFrame], pd.DataFrame], column: str, rule: str
    ) -> None:
        """A column extra or doubled is the one failure."""
        error = failing(change(datasets.load_figures(version=1).head(2)), "figures")
        assert listed(error) == [(None, column, None, rule)]
        assert f"column {column} {rule}" in str(error)

    def test_a_column_of_a_later_version(self) -> None:
        """An own frame may lack it; a released file has it exactly from that version on."""
        first, second = (datasets.load_areas(version=version) for version in (1, 2))
        assert list(datasets.validate(first, "areas")) == list(second)[:-1]
        assert list(datasets.validate(second, "areas")) == list(second)
        for version, frame in ((1, second), (2, first)):
            with pytest.raises(SchemaError, match="column tile_name is"):
                _validate.conform(frame, datasets.schema("areas"), "areas", version)

    @pytest.mark.parametrize(("dataset", "column"), COLUMNS, ids="-".join)
    def test_a_missing_column_is_named(self, dataset: str, column: str) -> None:
        """Any column may be missing, of the key too; the nearest that is there is named."""
        own = datasets.load(dataset, 1).head(3)
        ((row, blamed, _, rule),) = listed(failing(own.drop(columns=column), dataset))
        assert (row, blamed) == (None, column)
        (nearest,) = re.findall(r"^is missing(?:; the nearest there is '(\w+)')?$", rule)
        assert not nearest or nearest in set(own) - {column}

    @pytest.mark.parametrize("column", ["value", "unit", "note"])
    def test_no_column_is_near(self, column: str) -> None:
        """A name that is like none of the others is not told one of them."""
        own = datasets.load_figures(version=1).head(3)
        for frame in (own.drop(columns=column), own.rename(columns={column: "Spalte"})):
            rules = [rule for _, _, _, rule in listed(failing(frame, "figures"))]
            assert "is missing" in rules

    @pytest.mark.parametrize(
        ("column", "misnamed"),
        [
            ("figure_id", "Figure ID"),
            ("figure_id", "figureid"),
            ("figure_id", "id"),
            ("unit", "units"),
            ("value", "VALUE"),
        ],
    )
    def test_a_misnamed_column_is_found(self, column: str, misnamed: str) -> None:
        """The nearest of the columns that the dataset does not know comes first."""
        error = failing(
            datasets.load_figures(version=1).rename(columns={column: misnamed}), "figures"
        )
        assert listed(error) == [
            (None, misnamed, None, "is not a column of this dataset"),
            (None, column, None, f"is missing; the nearest there is {misnamed!r}"),
        ]

    def test_cells_beside_a_missing_column_are_checked(self) -> None:
        """What can be said without the column is said."""
        own = datasets.load_figures(version=1).head(3).assign(hedge="roughly")
        error = failing(own.drop(columns=["figure_id", "period_start"]), "figures")
        assert [(row, column) for row, column, _, _ in listed(error)] == [
            (None, "figure_id"),
            (None, "period_start"),
            (0, "hedge"),
            (1, "hedge"),
            (2, "hedge"),
        ]

    def test_rows_are_said_to_count_from_zero(self) -> None:
        """Without labels of the caller's own, the message says how rows are numbered."""
        error = failing(datasets.load_figures(version=1).assign(hedge="roughly"), "figures")
        first, second = str(error).splitlines()[:2]
        assert first.endswith("against the schema; rows count from 0")
        assert second.startswith("  row 0, column hedge: ")

    def test_attrs_are_kept(self) -> None:
        """What a frame says of itself is said of the checked one."""
        own = datasets.load_figures(version=1)
        assert datasets.validate(own, "figures").attrs == own.attrs

    def test_rules_have_their_words_without_docstrings(self) -> None:
        """Under python -OO, which drops docstrings, every failure is worded as ever."""
        code = (
            "from ukcso import datasets; from ukcso.errors import SchemaError\n"
            "own = datasets.load_claims(version=1).head(3).assign(\n"
            "    hedge='roughly', unit='times', period_end='2001-01-01')\n"
            "try: datasets.validate(own, 'claims')\n"
            "except SchemaError as error: print(error)\n"
        )
        plain, stripped = (
            subprocess.run(
                [sys.executable, "-W", "ignore", *options, "-c", code],
                capture_output=True,
                text=True,
                check=True,
            ).stdout
            for options in ([], ["-OO"])
        )
        assert "period_end must not be before period_start" in plain
        assert stripped == plain

    def test_columns_are_in_order(self) -> None:
        """Columns in another order are refused: position is meaning in a CSV."""
        own = datasets.load_figures(version=1).head(2)
        error = failing(own[own.columns[::-1]], "figures")
        assert set(error.failures["rule"]) == {"is not in its place"}
        assert "note" in set(error.failures["column"])

    @pytest.mark.parametrize(
        "thing", [None, [1], {"figure_id": ["x"]}, "figures", np.zeros((2, 2))]
    )
    def test_only_frames_are_checked(self, thing: object) -> None:
        """Anything but a pandas DataFrame is refused by its type."""
        error = failing(thing, "figures")
        assert str(error) == f"figures: expected a pandas DataFrame; got {type(thing).__name__}"
        assert list(error.failures.columns) == ["row", "column", "value", "rule"]
        assert error.failures.empty

    def test_no_rows_are_fine(self) -> None:
        """A frame without rows but with all columns is valid."""
        own = datasets.load_figures(version=1).head(0)
        assert datasets.validate(own, "figures").shape == (0, 13)

    def test_frame_given_is_left_alone(self) -> None:
        """Checking a frame does not change it."""
        own = datasets.load_population(version=1).head(3).astype({"population": str})
        before = own.copy()
        assert datasets.validate(own, "population")["population"].dtype == "int64"
        pd.testing.assert_frame_equal(own, before)

    def test_error_survives_pickling(self) -> None:
        """A worker process hands over message and failures."""
        error = failing(datasets.load_breaks(version=1).assign(kind="x"), "breaks")
        again = pickle.loads(pickle.dumps(error))  # noqa: S301  our own bytes
        assert type(again) is SchemaError
        assert str(again) == str(error)
        pd.testing.assert_frame_equal(again.failures, error.failures)

    def test_error_is_a_value_error(self) -> None:
        """Code that catches ValueError, or any error of ours, catches it."""
        assert issubclass(SchemaError, ValueError)
        assert issubclass(SchemaError, UkcsoError)
        assert not issubclass(DatasetIntegrityError, ValueError)


CLAIM_RULES = [
    ({"period_start": "2017-04-01", "period_end": "2018-03-13"}, "period_end", "must end a month"),
    ({"ref_period_start": "2016-04-01", "ref_period_end": "2018-04-30"}, None, ""),
    (
        {"ref_period_start": "2016-04-01", "ref_period_end": "2018-04-29"},
        "ref_period_end",
        "must end a month",
    ),
    ({"unit": "times"}, "unit", "unit must be that of the relation"),
    ({"printed": "about 50"}, "printed", "must match"),
    ({"ref_area_id": None}, "ref_measure", "ref_measure must be filled or empty together"),
    ({"relation": "per_day", "unit": "offences_per_day"}, "ref_measure", "must be empty for"),
    ({"relation": "ratio", "unit": "times", "printed": "-2"}, "printed", "must not be negative"),
    ({"ref_period_end": "2001-01-01"}, "ref_period_end", "must not be before ref_period_start"),
    ({"period_end": "2001-01-01"}, "period_end", "must not be before period_start"),
]


class TestLongInput:
    """No message repeats a megabyte of input."""

    def test_a_long_cell_or_heading_is_cut(self) -> None:
        """Cells, row labels and names of columns of any length are told by how they begin."""
        long = "x" * 1_000_000
        own = datasets.load_figures(version=1).head(1)
        for frame in (
            own.assign(hedge=long),
            own.assign(hedge="").set_axis([long]),
            own.assign(area_id=long),
            own.assign(**{long: 1}),
        ):
            assert len(str(failing(frame, "figures"))) < 3000


class TestFloatsAsText:
    """A column of text that holds floats, as pandas makes of one with a gap."""

    @pytest.mark.parametrize("dtype", ["float64", "Float64", "float32", "Float32", object])
    def test_printed_numbers_keep_their_digits(self, dtype: Any) -> None:
        """A whole float reads as a whole number, any other as its shortest decimal."""
        claims = datasets.load_claims(version=1)
        own = claims.assign(printed=claims["printed"].astype(float).astype(dtype))
        pd.testing.assert_frame_equal(datasets.validate(own, "claims"), claims)

    def test_gaps_stay_gaps(self) -> None:
        """NaN is missing, and a small or a large float has no exponent."""
        notes = pd.Series([np.nan, 38.0, -0.0, 1e-07, 1e17], dtype=float)
        own = datasets.load_claims(version=1).head(5).assign(note=notes)
        read = datasets.validate(own, "claims")["note"]
        assert read.isna().tolist() == [True, False, False, False, False]
        assert read.dropna().tolist() == ["38", "0", "0.0000001", "100000000000000000"]

    def test_codes_name_rows_of_other_datasets(self) -> None:
        """Code 86 is found among the offence codes when it is given as 86.0."""
        crime = datasets.load_recorded_crime(version=1).query("offence_code == '86'").head(3)
        own = crime.assign(offence_code=86.0)
        assert datasets.validate(own, "recorded_crime")["offence_code"].tolist() == ["86"] * 3


#: What is a slip in a period of printed figures, and what is odd but real.
SPANS = [
    ("2017-04-01", "2018-03-13", "period_end"),
    ("2017-04-01", "2018-03-30", "period_end"),
    ("2017-04-01", "2018-04-01", "period_end"),
    ("2016-01-01", "2017-12-30", "period_end"),
    ("2016-04-04", "2017-03-31", "period_start"),
    ("2016-03-31", "2018-03-31", "period_start"),
    ("2016-01-31", "2016-12-31", "period_start"),
    ("2017-04-01", "2018-03-31", None),
    ("2017-04-01", "2018-02-28", None),
    ("2017-04-01", "2018-04-30", None),
    ("2017-04-03", "2018-03-31", None),  # the first year of a law in force since 3 April
    ("2016-05-16", "2016-12-31", None),  # nowhere near whole years
    ("2017-04-03", "2017-10-02", None),  # as shipped: its first six months
    ("2018-01-01", "2018-08-30", None),  # as shipped
    ("2020-03-23", "2020-04-23", None),  # as shipped
]


class TestRulesAcrossColumns:
    """Each rule across columns is broken once, and blamed on the right cell."""

    @pytest.mark.parametrize(("change", "column", "rule"), CLAIM_RULES)
    def test_claims(self, change: dict[str, Any], column: str | None, rule: str) -> None:
        """Unit, sign and reference follow from the relation."""
        own = datasets.load_claims(version=1).query("relation == 'growth'").head(3)
        own = own.reset_index(drop=True).astype({"ref_period_end": object, "period_end": object})
        own = own.astype({"period_start": object, "ref_period_start": object})
        for name, value in change.items():
            own.loc[1, name] = value
        if column is None:
            datasets.validate(own, "claims")
            return
        ((row, blamed, _, found),) = listed(failing(own, "claims"))
        assert (row, blamed) == (1, column)
        assert rule in found

    def test_reference_value_needs_a_reference(self) -> None:
        """An operand without a cell it belongs to is refused."""
        own = datasets.load_claims(version=1).query("relation == 'per_day'").head(1)
        error = failing(own.assign(ref_value=3.0), "claims")
        assert [column for _, column, _, _ in listed(error)] == ["ref_value"]

    @pytest.mark.parametrize(
        ("area", "change", "column"),
        [
            ("durham+northumbria", {"members": "durham;norfolk"}, "area_id"),
            ("wales", {"area_id": "wales+wales"}, "area_id"),
            ("london", {"members": None}, "members"),
            ("kent", {"members": "essex"}, "members"),
            ("durham+northumbria", {"gss_code": "E12345678"}, "gss_code"),
            ("metropolitan", {"gss_code": "E23000032"}, "gss_code"),
            ("kent", {"nation": None, "region": None}, "nation"),
            ("jersey", {"nation": "england"}, "nation"),
            ("kent", {"region": None}, "region"),
            ("gwent", {"region": "london"}, "region"),
            ("kent", {"force_name": None}, "force_name"),
            ("jersey", {"force_name": "x"}, "force_name"),
            ("kent", {"longitude": None}, "longitude"),
            ("jersey", {"latitude": 49.2}, "latitude"),
            ("jersey", {"tile_column": 0}, "tile_column"),
            ("kent", {"tile_column": 6, "tile_row": 6}, "tile_column"),
        ],
    )
    def test_areas(self, area: str, change: dict[str, Any], column: str) -> None:
        """What an area has follows from its kind."""
        own = datasets.load_areas(version=1)
        row = own.index[own["area_id"] == area][0]
        for name, value in change.items():
            own.loc[row, name] = value
        assert (row, column) in {(r, c) for r, c, _, _ in listed(failing(own, "areas"))}

    @pytest.mark.parametrize(
        ("code", "change", "column"),
        [
            ("86/2", {"parent_code": None}, "parent_code"),
            ("86", {"parent_code": "88A"}, "parent_code"),
            ("86", {"offence_group": None}, "offence_group"),
            ("all", {"offence_subgroup": "x"}, "offence_subgroup"),
        ],
    )
    def test_offence_codes(self, code: str, change: dict[str, Any], column: str) -> None:
        """What a code has follows from its level and list."""
        own = datasets.load_offence_codes(version=1)
        row = own.index[own["offence_code"] == code][0]
        for name, value in change.items():
            own.loc[row, name] = value
        assert [(r, c) for r, c, _, _ in listed(failing(own, "offence_codes"))] == [(row, column)]

    @pytest.mark.parametrize("dataset", ["population", "recorded_crime_national"])
    def test_two_values_cannot_both_be_preferred(self, dataset: str) -> None:
        """Of one cell only one edition is preferred."""
        own = datasets.load(dataset, 1)
        second = own.index[own["preferred"] == 0][0]
        own.loc[second, "preferred"] = 1
        found = {(r, c) for r, c, _, _ in listed(failing(own, dataset))}
        assert found == {(second - 1, "preferred"), (second, "preferred")}

    @pytest.mark.parametrize(
        ("change", "column"),
        [
            ({"counting": "recorded_crime"}, "counting"),
            ({"victim_age": "All ages"}, "victim_age"),
            ({"victim_sex": "Female"}, "victim_sex"),
        ],
    )
    def test_northern_ireland(self, change: dict[str, str], column: str) -> None:
        """What is counted and split follows from the collection."""
        own = datasets.load_recorded_crime_northern_ireland(version=1).head(3)
        own.loc[1, list(change)] = list(change.values())
        error = failing(own, "recorded_crime_northern_ireland")
        assert [(r, c) for r, c, _, _ in listed(error)] == [(1, column)]

    @pytest.mark.parametrize(("first", "last", "blamed"), SPANS)
    def test_spans_that_nearly_are_years(self, first: str, last: str, blamed: str | None) -> None:
        """A period of whole months but for days at one end, and nearly years long, is a slip."""
        own = datasets.load_figures(version=1).head(1).assign(period_start=first, period_end=last)
        if blamed is None:
            assert len(datasets.validate(own, "figures")) == 1
        else:
            assert [(r, c) for r, c, _, _ in listed(failing(own, "figures"))] == [(0, blamed)]

    @pytest.mark.parametrize(
        ("dataset", "first", "last"),
        [
            ("recorded_crime", "2012-04-01", "2012-07-31"),
            ("recorded_crime", "2012-05-01", "2012-07-31"),
            ("recorded_crime_scotland", "2012-01-01", "2012-12-31"),
            ("recorded_crime_scotland", "2012-04-01", "2014-03-31"),
        ],
    )
    def test_periods(self, dataset: str, first: str, last: str) -> None:
        """Quarters are quarters, financial years are financial years."""
        own = datasets.load(dataset, 1).head(1)
        own = own.assign(period_start=first, period_end=last)
        assert [(r, c) for r, c, _, _ in listed(failing(own, dataset))] == [(0, "period_start")]

    def test_no_more_answers_than_questions(self) -> None:
        """A release cannot have more forces answering than were asked."""
        own = datasets.load_releases(version=1)
        row = own.index[own["release_id"] == "nspcc-2019-06-online-flag"][0]
        own.loc[row, "forces_responding"] = 45
        found = listed(failing(own, "releases"))
        assert [(r, c, v) for r, c, v, _ in found] == [(row, "forces_responding", 45)]
