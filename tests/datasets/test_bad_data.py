"""Damaged files, frames that do not fit, and requests for what is not there."""

from __future__ import annotations

import csv
import hashlib
import os
import pickle
import shutil
import subprocess
import sys
import textwrap
import zipfile
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import ukcso
from ukcso import datasets
from ukcso.errors import (
    DatasetIntegrityError,
    InvalidInputError,
    SchemaError,
    UkcsoError,
    UnknownDatasetError,
)

# pandas 2.2.0 warns of how the oldest pandera puts its own report together
pytestmark = pytest.mark.filterwarnings(
    "ignore:The behavior of DataFrame concatenation with empty:FutureWarning"
)

PACKAGE = Path(ukcso.__file__).parent
INSIDE = Path("datasets") / "data"


def run(root: Path, code: str) -> str:
    """Run code in a fresh process that finds the package under `root`; return what it prints."""
    environment = {**os.environ, "PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", textwrap.dedent(code)],
        env=environment,
        cwd=root.parent,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def caught(root: Path, dataset: str) -> tuple[str, str]:
    """Load a dataset from a damaged copy; return the error's class and message."""
    output = run(
        root,
        f"""
        from ukcso import datasets
        try:
            datasets.load({dataset!r})
        except Exception as error:
            print(type(error).__name__)
            print(error)
        """,
    )
    name, _, message = output.partition("\n")
    return name, message


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return a folder that holds a copy of the package, free to be damaged."""
    root = tmp_path / "copy"
    shutil.copytree(PACKAGE, root / "ukcso", ignore=shutil.ignore_patterns("__pycache__"))
    return root


def failing(frame: Any, dataset: str) -> SchemaError:
    """Return the error that validating a frame raises."""
    with pytest.raises(SchemaError) as caught_error:
        datasets.validate(frame, dataset)
    return caught_error.value


def listed(error: SchemaError) -> list[Any]:
    """Return the failures as plain tuples, empty cells as None."""
    rows = error.failures[["row", "column", "value", "rule"]].to_numpy().tolist()
    return [tuple(None if pd.isna(cell) else cell for cell in row) for row in rows]


class TestDamagedInstallation:
    """What was released is checked byte for byte, in a process of its own."""

    def test_one_changed_byte_is_noticed(self, copy: Path) -> None:
        """The message names the file, the expected and the found hash, and a way out."""
        file = copy / "ukcso" / INSIDE / "breaks" / "v1.csv"
        content = file.read_bytes()
        damaged = content.replace(b"4,622", b"4,623")
        assert len(damaged) == len(content)
        file.write_bytes(damaged)
        name, message = caught(copy, "breaks")
        assert name == "DatasetIntegrityError"
        assert "breaks/v1.csv" in message
        assert datasets.metadata("breaks", 1).sha256 in message
        assert hashlib.sha256(damaged).hexdigest() in message
        assert "reinstall" in message

    def test_changed_line_ends_are_noticed(self, copy: Path) -> None:
        """A checkout that turns LF into CRLF is not what was released."""
        file = copy / "ukcso" / INSIDE / "measures" / "v1.csv"
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
        assert caught(copy, "measures")[0] == "DatasetIntegrityError"

    def test_other_datasets_still_load(self, copy: Path) -> None:
        """Damage to one file does not keep the others from loading."""
        (copy / "ukcso" / INSIDE / "breaks" / "v1.csv").write_bytes(b"")
        code = "from ukcso import datasets; print(len(datasets.load_measures()))"
        assert run(copy, code).strip() == "14"

    def test_broken_row_with_right_hash_is_noticed(self, copy: Path) -> None:
        """A file that breaks its schema does not load even where its hash is right."""
        file = copy / "ukcso" / INSIDE / "recorded_crime_scotland" / "v1.csv"
        content = file.read_bytes()
        damaged = content.replace(
            b"1996-04-01,1997-03-31,all-crimes", b"1996-04-01,1997-03-30,all-crimes"
        )
        assert damaged != content
        file.write_bytes(damaged)
        sidecar = file.with_suffix(".toml")
        old, new = (hashlib.sha256(c).hexdigest() for c in (content, damaged))
        sidecar.write_text(sidecar.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
        name, message = caught(copy, "recorded_crime_scotland")
        assert name == "DatasetIntegrityError"
        assert "recorded_crime_scotland/v1.csv breaks its own schema" in message
        assert "row 0, column period_start: '1996-04-01' (period_start must be 1 April" in message

    @pytest.mark.parametrize("change", ["added = 1\n", ""])
    def test_sidecar_entries_are_exact(self, copy: Path, change: str) -> None:
        """An unknown entry, or a missing one, is named."""
        sidecar = copy / "ukcso" / INSIDE / "breaks" / "v1.toml"
        lines = sidecar.read_text(encoding="utf-8").splitlines(keepends=True)
        text = "".join(lines if change else [line for line in lines if not line.startswith("rows")])
        sidecar.write_text(text + change, encoding="utf-8")
        name, message = caught(copy, "breaks")
        assert name == "DatasetIntegrityError"
        assert (
            f"breaks/v1.toml: missing or unknown entries: {'added' if change else 'rows'}"
            in message
        )

    def test_loads_from_a_zip(self, copy: Path, tmp_path: Path) -> None:
        """From a zip on the path, data load and `path` gives a file that can be read."""
        archive = tmp_path / "package.zip"
        with zipfile.ZipFile(archive, "w") as target:
            for file in sorted((copy / "ukcso").rglob("*")):
                target.write(file, file.relative_to(copy))
        output = run(
            archive,
            """
            import ukcso
            from ukcso import datasets
            print(ukcso.__file__)
            print(len(datasets.list_datasets()), len(datasets.load_figures(version=1)))
            with datasets.path("figures", version=1) as csv:
                print(csv.read_bytes().count(b"\\n"))
            print(csv.exists())
            """,
        )
        origin, counts, lines, left = output.split("\n")[:4]
        assert archive.name in origin
        assert counts == f"{len(datasets.list_datasets())} 1313"
        assert lines == "1314"
        assert left == "False"

    def test_eight_threads_load_at_once(self) -> None:
        """In a fresh process every thread gets a whole frame of its own, all alike."""
        output = run(
            PACKAGE.parent,
            """
            import threading
            from concurrent.futures import ThreadPoolExecutor
            import pandas as pd
            from ukcso import datasets

            start = threading.Barrier(8)

            def load(_):
                start.wait()
                return [datasets.load(n) for n in ("recorded_crime", "figures", "areas")]

            with ThreadPoolExecutor(8) as pool:
                results = list(pool.map(load, range(8)))
            for mine in results:
                for frame, first in zip(mine, results[0]):
                    pd.testing.assert_frame_equal(frame, first)
                    assert frame.attrs == first.attrs
            print(len({id(frame) for mine in results for frame in mine}), len(results[0][0]))
            """,
        )
        assert output.split() == ["24", "35640"]


class TestOwnFrames:
    """A frame that does not fit is told every failing cell."""

    def test_three_bad_cells_are_three_failures(self) -> None:
        """Row label, column, value as given, and the rule in words, for each of them."""
        own = datasets.load_figures(version=1).head(5).set_axis(list("abcde"))
        own.loc["b", "hedge"] = "roughly"
        own.loc["c", "value"] = -3.0
        own.loc["e", "area_id"] = "North Wales"
        error = failing(own, "figures")
        hedges = "'exact', 'over', 'nearly', 'about', 'at_least', 'up_to'"
        assert listed(error) == [
            ("b", "hedge", "roughly", f"must be one of {hedges}"),
            ("c", "value", -3.0, "must be at least 0"),
            ("e", "area_id", "North Wales", "must match ^[a-z0-9]+([-_+][a-z0-9]+)*$"),
        ]
        message = str(error)
        assert message.startswith("figures: 3 failures against the schema\n")
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
            (lambda f: f.drop(columns="hedge"), "hedge", "is missing"),
            (lambda f: f.assign(added=1), "added", "is not a column of this dataset"),
            (lambda f: pd.concat([f, f[["value"]]], axis=1), "value", "is there more than once"),
        ],
    )
    def test_columns_are_exact(
        self, change: Callable[[pd.DataFrame], pd.DataFrame], column: str, rule: str
    ) -> None:
        """A column missing, extra or doubled is the one failure."""
        error = failing(change(datasets.load_figures(version=1).head(2)), "figures")
        assert listed(error) == [(None, column, None, rule)]
        assert f"column {column} {rule}" in str(error)

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
    ({"unit": "times"}, "unit", "unit must be that of the relation"),
    ({"printed": "about 50"}, "printed", "must match"),
    ({"ref_area_id": None}, "ref_measure", "ref_measure must be filled or empty together"),
    ({"relation": "per_day", "unit": "offences_per_day"}, "ref_measure", "must be empty for"),
    ({"relation": "ratio", "unit": "times", "printed": "-2"}, "printed", "must not be negative"),
    ({"ref_period_end": "2001-01-01"}, "ref_period_end", "must not be before ref_period_start"),
    ({"period_end": "2001-01-01"}, "period_end", "must not be before period_start"),
]


class TestRulesAcrossColumns:
    """Each rule across columns is broken once, and blamed on the right cell."""

    @pytest.mark.parametrize(("change", "column", "rule"), CLAIM_RULES)
    def test_claims(self, change: dict[str, Any], column: str, rule: str) -> None:
        """Unit, sign and reference follow from the relation."""
        own = datasets.load_claims(version=1).query("relation == 'growth'").head(3)
        own = own.reset_index(drop=True).astype({"ref_period_end": object, "period_end": object})
        for name, value in change.items():
            own.loc[1, name] = value
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


class TestUnknown:
    """Asking for what is not shipped lists what is."""

    @pytest.mark.parametrize(
        "name", ["../../etc/passwd", "", None, "Figures", "figure", 1, "figures/", ["figures"]]
    )
    @pytest.mark.parametrize(
        "function",
        [
            datasets.load,
            datasets.metadata,
            datasets.path,
            datasets.schema,
            lambda name: datasets.validate(pd.DataFrame(), name),
        ],
        ids=["load", "metadata", "path", "schema", "validate"],
    )
    def test_unknown_dataset(self, function: Callable[[Any], object], name: object) -> None:
        """The message repeats the name and lists every dataset."""
        with pytest.raises(UnknownDatasetError) as caught_error:
            function(name)
        message = str(caught_error.value)
        assert message.startswith(f"no dataset {name!r}; there are: areas, breaks, claims, ")
        assert all(known in message for known in datasets.list_datasets()["dataset"])

    @pytest.mark.parametrize("version", [0, 99, -1, "1", True, 1.0, "newest", [1]])
    @pytest.mark.parametrize(
        "function",
        [
            lambda v: datasets.load("figures", v),
            lambda v: datasets.metadata("figures", v),
            lambda v: datasets.path("figures", v),
            lambda v: datasets.load_figures(version=v),
        ],
        ids=["load", "metadata", "path", "load_figures"],
    )
    def test_unknown_version(self, function: Callable[[Any], object], version: object) -> None:
        """The message repeats the version and lists those there are."""
        with pytest.raises(UnknownDatasetError) as caught_error:
            function(version)
        assert str(caught_error.value) == f"no version {version!r} of figures; there are: 1"

    def test_version_of_the_list_is_known(self) -> None:
        """A version taken from list_datasets, a numpy number, is a version."""
        version: Any = datasets.list_datasets()["version"].to_numpy()[0]
        assert type(version).__name__ == "int64"
        assert datasets.load("areas", version=version).attrs["ukcso"]["version"] == 1

    def test_error_is_a_lookup_error(self) -> None:
        """Code that catches LookupError catches it."""
        assert issubclass(UnknownDatasetError, LookupError)


def day_known(text: str) -> str | None:
    """Return the last day a printed date can stand for."""
    if len(text) == len("2019-12"):
        year, month = map(int, text.split("-"))
        return f"{text}-{monthrange(year, month)[1]}"
    return text or None


def read(dataset: str) -> list[dict[str, str]]:
    """Read a shipped CSV without the package."""
    with (PACKAGE / INSIDE / dataset / "v1.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class TestAsOf:
    """load_figures(as_of=...) keeps what had been published by a day."""

    @pytest.mark.parametrize(
        "as_of",
        ["2010-01-01", "2016-09-01", "2018-09-03", "2019-06-30", "2019-12-31", "2030-01-01"],
    )
    def test_keeps_what_was_out(self, as_of: str) -> None:
        """The day of the source, else its month's last day, else that of the release."""
        sources = {row["source_id"]: row["published"] for row in read("sources")}
        releases = {row["release_id"]: row["published"] for row in read("releases")}
        expected = []
        for row in read("figures"):
            day = day_known(sources[row["source_id"]] or releases[row["release_id"]])
            if day is not None and day <= as_of:
                expected.append(row["figure_id"])
        kept = datasets.load_figures(version=1, as_of=as_of)
        assert kept["figure_id"].tolist() == expected
        assert kept.index.equals(pd.RangeIndex(len(expected)))
        assert kept.attrs["ukcso"] == {"dataset": "figures", "version": 1}
        assert list(kept.dtypes) == list(datasets.load_figures(version=1).dtypes)

    def test_figures_without_any_date_are_left_out(self) -> None:
        """However late the day, a figure nobody can date is not counted as out."""
        everything = datasets.load_figures(version=1)
        dated = datasets.load_figures(version=1, as_of="2099-12-31")
        left_out = everything[~everything["figure_id"].isin(dated["figure_id"])]
        sources = datasets.load_sources(version=1).set_index("source_id")["published"]
        releases = datasets.load_releases(version=1).set_index("release_id")["published"]
        assert len(left_out)
        assert left_out["source_id"].map(sources).isna().all()
        assert left_out["release_id"].map(releases).isna().all()

    def test_month_is_out_on_its_last_day(self) -> None:
        """A source dated by month only is certainly out when the month is."""
        source = next(row for row in read("sources") if len(row["published"]) == len("2018-08"))
        last = date.fromisoformat(str(day_known(source["published"])))
        for as_of, kept in ((last - timedelta(days=1), False), (last, True)):
            found = datasets.load_figures(version=1, as_of=as_of.isoformat())["source_id"]
            assert (source["source_id"] in set(found)) == kept

    @pytest.mark.parametrize(
        "as_of", ["2018", "2018-13-01", "31/12/2018", "", "today", 2018, date(2018, 1, 1), 1.5]
    )
    def test_bad_day_is_refused(self, as_of: Any) -> None:
        """Anything but an ISO day is refused, with the value and an example."""
        with pytest.raises(InvalidInputError, match="as_of must be an ISO day such as 2019-12-31"):
            datasets.load_figures(version=1, as_of=as_of)

    def test_is_keyword_only(self) -> None:
        """A day in the place of the version is no version."""
        load: Callable[..., object] = datasets.load_figures
        with pytest.raises(TypeError):
            load(1, "2019-12-31")
        with pytest.raises(UnknownDatasetError):
            load("2019-12-31")
