"""What holds for every dataset, found by discovery: nothing to edit when one is added."""

from __future__ import annotations

import contextlib
import csv
import hashlib
import inspect
import io
import pkgutil
import re
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from ukcso import datasets

if TYPE_CHECKING:
    from collections.abc import Iterable

PACKAGE = Path(datasets.__file__).parent
DATA = PACKAGE / "data"
LOADERS = {
    name.removeprefix("load_"): function
    for name, function in inspect.getmembers(datasets, inspect.isfunction)
    if name.startswith("load_")
}
VERSIONS = [
    (str(row.dataset), int(str(row.version))) for row in datasets.list_datasets().itertuples()
]
EVERY = [pytest.param(*pair, id="{}-v{}".format(*pair)) for pair in VERSIONS]
NAMES = sorted(LOADERS)

every_version = pytest.mark.parametrize(("dataset", "version"), EVERY)
every_dataset = pytest.mark.parametrize("dataset", NAMES)

#: Numeric columns that count nothing: flags, 0 or 1.
FLAGS = {"preferred"}
#: Text although every cell looks like a number: its digits are its precision.
NUMBERS_KEPT_AS_TEXT = {("claims", "printed")}
#: Decimal although every cell happens to be whole: what a source prints beside a statement.
WHOLE_BY_CHANCE = {("claims", "subject_value"), ("claims", "ref_value")}
#: What orders the rows of a file where its primary key does not; a minus means falling.
ORDERS = {
    ("offence_codes", 1): "classification offence_code",
    ("population", 1): "age_band area_id mid_year -preferred edition",
    ("recorded_crime", 1): "offence_code area_id period_start",
    ("recorded_crime_national", 1): "offence_code period_start -preferred",
    (
        "recorded_crime_northern_ireland",
        1,
    ): "collection counting offence_code victim_age victim_sex period_start",
    ("recorded_crime_scotland", 1): "offence_code period_start",
}
DTYPES = {
    "text": pd.StringDtype("python"),
    "day": "datetime64[ns]",
    "whole": "int64",
    "whole or empty": pd.Int64Dtype(),
    "decimal": "float64",
}


def shipped(dataset: str, version: int, suffix: str = ".csv") -> bytes:
    """Return the bytes of a packaged file."""
    return (DATA / dataset / f"v{version}{suffix}").read_bytes()


def cells(dataset: str, version: int) -> list[list[str]]:
    """Return the cells of a CSV as text, headings first."""
    return list(csv.reader(io.StringIO(shipped(dataset, version).decode(), newline="")))


def as_text(value: Any) -> str:
    """Write one cell of a loaded frame the way the files are written."""
    if pd.isna(value):
        return ""
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    if isinstance(value, float):
        return repr(float(value)).removesuffix(".0")
    return str(value)


def columns_of(dataset: str, version: int | None = None) -> dict[str, Any]:
    """Return the declared columns of a version of a dataset, by name; None is the newest."""
    last = max(number for name, number in VERSIONS if name == dataset)
    return dict(datasets.schema(dataset).of_version(version or last).columns)


def is_numeric(column: Any) -> bool:
    """Say whether a declared column holds numbers."""
    return str(column.dtype) in {"whole number", "whole number or empty", "float64"}


class TestShipment:
    """Files, loaders, modules and exports belong together."""

    def test_each_folder_has_a_loader(self) -> None:
        """No orphan folder, no loader without data."""
        assert {entry.name for entry in DATA.iterdir()} == set(LOADERS)

    def test_each_loader_has_its_own_module(self) -> None:
        """A dataset's loader and schema live in the public module of its name."""
        modules = {m.name for m in pkgutil.iter_modules([str(PACKAGE)]) if m.name[0] != "_"}
        assert modules == set(LOADERS)
        for dataset, loader in LOADERS.items():
            assert loader.__module__ == f"ukcso.datasets.{dataset}"
            assert datasets.schema(dataset).__module__ == loader.__module__

    def test_each_loader_is_exported(self) -> None:
        """The list of public names holds every loader."""
        exported = list(datasets.__all__)
        assert {f"load_{dataset}" for dataset in LOADERS} <= set(exported)
        assert all(hasattr(datasets, name) for name in exported)

    @every_dataset
    def test_schema_class_is_named_after_the_dataset(self, dataset: str) -> None:
        """recorded_crime is RecordedCrime."""
        assert datasets.schema(dataset).__name__ == dataset.title().replace("_", "")

    @every_dataset
    def test_no_orphan_file(self, dataset: str) -> None:
        """Every version from 1 on is a CSV and its sidecar, and nothing else is there."""
        found = {entry.name for entry in (DATA / dataset).iterdir()}
        count = len([name for name in found if name.endswith(".csv")])
        assert found == {
            f"v{n}{suffix}" for n in range(1, count + 1) for suffix in (".csv", ".toml")
        }

    def test_list_is_complete_and_in_order(self) -> None:
        """list_datasets names every dataset, in alphabetical order."""
        listed = datasets.list_datasets()
        assert sorted(set(listed["dataset"])) == NAMES
        assert listed["dataset"].is_monotonic_increasing


class TestSidecar:
    """The sidecar tells the truth about the file beside it."""

    @every_version
    def test_hash_matches(self, dataset: str, version: int) -> None:
        """The recorded SHA-256 is that of the CSV."""
        found = hashlib.sha256(shipped(dataset, version)).hexdigest()
        assert datasets.metadata(dataset, version).sha256 == found

    @every_version
    def test_rows_match(self, dataset: str, version: int) -> None:
        """The recorded number of rows is that of the file and of the frame."""
        rows = datasets.metadata(dataset, version).rows
        assert rows == len(cells(dataset, version)) - 1 == len(datasets.load(dataset, version))

    @every_version
    def test_period_matches(self, dataset: str, version: int) -> None:
        """The recorded first and last day are those the rows speak of."""
        frame, facts = datasets.load(dataset, version), datasets.metadata(dataset, version)
        starts = [frame[c] for c in ("period_start", "ref_period_start") if c in frame]
        ends = [frame[c] for c in ("period_end", "ref_period_end") if c in frame]
        if starts:
            first, last = pd.concat(starts).min(), pd.concat(ends).max()
            expected = (as_text(first), as_text(last))
        elif "mid_year" in frame:
            years = frame["mid_year"]
            expected = (f"{years.min()}-06-30", f"{years.max()}-06-30")
        else:
            expected = ("", "")
        assert (facts.period_start, facts.period_end) == expected

    @every_version
    def test_covers_what_the_rows_speak_of(self, dataset: str, version: int) -> None:
        """The months, or mid-years, of the first and last day."""
        frame, facts = datasets.load(dataset, version), datasets.metadata(dataset, version)
        if "mid_year" in frame:
            expected = f"mid-{frame['mid_year'].min()} to mid-{frame['mid_year'].max()}"
        elif facts.period_start:
            days = pd.to_datetime([facts.period_start, facts.period_end])
            expected = " to ".join(days.strftime("%B %Y"))
        else:
            expected = ""
        assert facts.covers == expected
        assert (f"covers {expected}" in repr(facts)) == bool(expected)
        assert len(repr(facts)) < 200
        assert facts.sha256 in facts._repr_html_()

    @every_version
    def test_is_complete(self, dataset: str, version: int) -> None:
        """Every entry is filled; what changed is told from the second version on."""
        facts = datasets.metadata(dataset, version)
        only_later = {"supersedes", "changes"}
        for field in fields(facts):
            if not field.name.startswith("period_") and field.name not in only_later:
                assert getattr(facts, field.name), field.name
        assert (facts.supersedes is None) == (version == 1)
        assert bool(facts.changes) == (version > 1)

    @every_version
    def test_source_is_a_link(self, dataset: str, version: int) -> None:
        """The source is a secure link, or every row names its own."""
        url = datasets.metadata(dataset, version).source_url
        assert url == "dataset:sources" or re.fullmatch(r"https://[^\s/]+\.\S+", url)

    @every_version
    def test_days_are_iso(self, dataset: str, version: int) -> None:
        """The days published and retrieved are ISO; retrieved is a whole day."""
        facts = datasets.metadata(dataset, version)
        assert facts.published == "various" or pd.Period(facts.published)
        assert re.fullmatch(r"various|\d{4}-\d{2}(-\d{2})?", facts.published)
        assert pd.Timestamp(facts.retrieved).date().isoformat() == facts.retrieved

    @every_version
    def test_status_is_known(self, dataset: str, version: int) -> None:
        """The status is one of three."""
        known = {"accredited official statistics", "official statistics", "compiled"}
        assert datasets.metadata(dataset, version).status in known

    @every_version
    def test_attribution_fits_licence(self, dataset: str, version: int) -> None:
        """The Open Government Licence has its sentence, and nothing else has it."""
        facts = datasets.metadata(dataset, version)
        sentence = (
            "Contains public sector information licensed under the "
            "Open Government Licence v3.0. Source: "
        )
        assert facts.licence in {
            "Open Government Licence v3.0",
            "MIT",
            "facts quoted from the named publications",
        }
        open_government = facts.licence == "Open Government Licence v3.0"
        assert facts.attribution.startswith(sentence) == open_government
        assert (facts.source_url == "dataset:sources") != open_government
        if facts.status != "compiled":
            assert open_government
            assert facts.publisher in facts.attribution


class TestFile:
    """The CSV keeps the rules every file keeps."""

    @every_version
    def test_bytes_are_plain(self, dataset: str, version: int) -> None:
        """UTF-8 without a mark, LF, and one newline at the end, in CSV and sidecar."""
        for suffix in (".csv", ".toml"):
            content = shipped(dataset, version, suffix)
            assert content.decode("utf-8")
            assert not content.startswith(b"\xef\xbb\xbf")
            assert b"\r" not in content
            assert b"\t" not in content
            assert content.endswith(b"\n")
            assert not content.endswith(b"\n\n")

    @every_version
    def test_cells_are_tidy(self, dataset: str, version: int) -> None:
        """No outer or unusual blanks, and no word that stands for an empty cell."""
        rows = cells(dataset, version)
        for row in rows:
            assert len(row) == len(rows[0])
            for cell in row:
                assert cell == cell.strip()
                assert cell.isprintable()
                assert cell.lower() not in {"nan", "null", "na", "n/a", "-", "..", "*"}

    @every_version
    def test_headings_are_snake_case(self, dataset: str, version: int) -> None:
        """Headings are snake_case and those of the schema."""
        headings = cells(dataset, version)[0]
        assert all(re.fullmatch(r"[a-z]+(_[a-z]+)*", heading) for heading in headings)
        assert headings == list(columns_of(dataset, version))


class TestFrame:
    """The loaded frame is the file, typed."""

    @every_version
    def test_loads_and_says_what_it_is(self, dataset: str, version: int) -> None:
        """Passes its hash and schema and carries its name and version."""
        expected = {"dataset": dataset, "version": version}
        for frame in (LOADERS[dataset](version=version), datasets.load(dataset, version)):
            assert len(frame) > 0
            assert frame.attrs["ukcso"] == expected
            assert frame.index.equals(pd.RangeIndex(len(frame)))

    @every_dataset
    def test_newest_is_the_default(self, dataset: str) -> None:
        """No version means the newest one."""
        newest = max(version for name, version in VERSIONS if name == dataset)
        assert LOADERS[dataset]().attrs["ukcso"]["version"] == newest

    @every_version
    def test_round_trip_gives_the_same_bytes(self, dataset: str, version: int) -> None:
        """Written back, the frame is the file: nothing dropped, rounded or corrected."""
        frame = datasets.load(dataset, version)
        buffer = io.StringIO(newline="")
        writer = csv.writer(buffer, lineterminator="\n")
        writer.writerow(frame.columns)
        texts: list[Iterable[str]] = [map(as_text, frame[column]) for column in frame]
        writer.writerows(zip(*texts, strict=True))
        assert buffer.getvalue().encode() == shipped(dataset, version)

    @every_version
    def test_editing_harms_nobody(self, dataset: str, version: int) -> None:
        """A caller who overwrites a frame does not change the next caller's."""
        before = datasets.load(dataset, version)
        mine: Any = datasets.load(dataset, version)
        mine.iloc[:, 0] = mine.iloc[0, 0]
        mine["added"] = 1
        del mine[mine.columns[1]]
        mine.attrs["ukcso"]["dataset"] = "overwritten"
        after = datasets.load(dataset, version)
        pd.testing.assert_frame_equal(after, before)
        assert after.attrs["ukcso"] == {"dataset": dataset, "version": version}

    @every_version
    def test_labels_are_the_callers_own(self, dataset: str, version: int) -> None:
        """Writing into the labels of a frame, which pandas 2 allows, changes no other frame."""
        mine: Any = datasets.load(dataset, version)
        for labels in (mine.columns, mine.index):
            with contextlib.suppress(ValueError):  # read-only on pandas 3
                labels.values[0] = labels.values[1]  # noqa: PD011 - as the caller does
        after = datasets.load(dataset, version)
        assert list(after.columns) == list(columns_of(dataset, version))
        assert list(after.index[:3]) == [0, 1, 2]

    @every_version
    def test_own_frame_is_valid(self, dataset: str, version: int) -> None:
        """A shipped frame, and the same cells as text, pass validate unchanged."""
        frame = datasets.load(dataset, version)
        pd.testing.assert_frame_equal(datasets.validate(frame, dataset), frame)
        text = pd.DataFrame(
            {c: [as_text(v) or None for v in frame[c]] for c in frame}, dtype=object
        )
        pd.testing.assert_frame_equal(datasets.validate(text, dataset), frame)


class TestSchema:
    """The schema says everything about every column."""

    @every_dataset
    def test_is_strict(self, dataset: str) -> None:
        """No extra column, none out of place, types enforced."""
        declared = datasets.schema(dataset).to_schema()
        assert declared.strict is True
        assert declared.ordered is True
        assert declared.coerce is True

    @every_dataset
    def test_describes_every_column(self, dataset: str) -> None:
        """Every column has a description that is no sentence."""
        for name, column in columns_of(dataset).items():
            assert column.description, name
            assert column.description == column.description.strip().rstrip("."), name

    @every_dataset
    def test_gives_every_number_a_unit(self, dataset: str) -> None:
        """Every numeric column has a unit, flags and text have none."""
        for name, column in columns_of(dataset).items():
            unit = (column.metadata or {}).get("unit")
            assert bool(unit) == (is_numeric(column) and name not in FLAGS), name

    @every_dataset
    def test_flags_are_flags(self, dataset: str) -> None:
        """A column without a unit because it is a flag holds 0 and 1 only."""
        frame = datasets.load(dataset)
        for name in FLAGS & set(frame):
            assert set(frame[name]) == {0, 1}

    @every_version
    def test_empty_cells_are_declared(self, dataset: str, version: int) -> None:
        """A column may be empty exactly where some cell is."""
        frame = datasets.load(dataset, version)
        declared = {
            name for name, column in columns_of(dataset, version).items() if column.nullable
        }
        assert declared == {str(name) for name in frame if frame[name].isna().any()}

    @every_version
    def test_primary_key_is_unique(self, dataset: str, version: int) -> None:
        """The declared key has columns that are never empty, and no two rows share it."""
        key = datasets.schema(dataset).to_schema().unique
        frame = datasets.load(dataset, version)
        assert key
        assert not frame[key].isna().any(axis=None)
        assert not frame.duplicated(key).any()

    @every_version
    def test_rows_are_in_order(self, dataset: str, version: int) -> None:
        """Rows are sorted by the primary key or by what is listed above, without a tie."""
        key = " ".join(datasets.schema(dataset).to_schema().unique)
        order = ORDERS.get((dataset, version), key).split()
        frame = datasets.load(dataset, version)
        keys = pd.DataFrame(
            {name: -frame[name[1:]] if name[0] == "-" else frame[name] for name in order}
        )
        assert list(keys.sort_values(order, kind="stable").index) == list(frame.index)
        assert not keys.duplicated().any()

    @every_version
    def test_types_are_few(self, dataset: str, version: int) -> None:
        """Every column has one of five types, the same on every pandas."""
        for name, dtype in datasets.load(dataset, version).dtypes.items():
            assert any(dtype == allowed for allowed in DTYPES.values()), name

    @every_version
    def test_types_fit_the_cells(self, dataset: str, version: int) -> None:
        """What looks like a day, a whole number or a number all the way down is typed as one."""
        headings, *rows = cells(dataset, version)
        frame = datasets.load(dataset, version)
        for name, column in zip(headings, zip(*rows, strict=True), strict=True):
            filled = [cell for cell in column if cell]
            is_text = frame[name].dtype == DTYPES["text"]
            numbers = all(re.fullmatch(r"-?\d+(\.\d+)?", cell) for cell in filled)
            days = all(re.fullmatch(r"\d{4}-\d{2}-\d{2}", cell) for cell in filled)
            assert is_text == (not (numbers or days) or (dataset, name) in NUMBERS_KEPT_AS_TEXT)
            assert days == (frame[name].dtype == DTYPES["day"])
            if numbers and not is_text:
                whole = not any("." in cell for cell in filled)
                if not whole or (dataset, name) in WHOLE_BY_CHANCE:
                    kind = "decimal"
                else:
                    kind = "whole or empty" if "" in column else "whole"
                assert frame[name].dtype == DTYPES[kind], name


class TestDataCard:
    """A loader's docstring is a data card in fixed order."""

    @every_dataset
    def test_has_every_part(self, dataset: str) -> None:
        """What, shape, codebook, notes, source, then the numpydoc sections, in this order."""
        card = inspect.getdoc(LOADERS[dataset]) or ""
        width = len(columns_of(dataset))
        parts = [
            "One row per ",
            f"{width} columns; columns",
            f"`{datasets.schema(dataset).__name__}`, see also the",
            "docs/datasets.md",
            "**",
            f'**Source, licence, retrieval date:** ``metadata("{dataset}")``.',
            "Parameters\n----------\nversion\n    As in `load`.\n",
            "Returns\n-------\nDataFrame of shape (",
            f", {width})\n",
            "Raises\n------\n",
            "UnknownDatasetError, DatasetIntegrityError\n    As in `load`.\n",
            "Examples\n--------\n",
            ">>> ",
        ]
        # a phrase may run over the end of a line
        flat = card.replace("\n", " ")
        places = [flat.find(part.replace("\n", " ")) for part in parts]
        assert -1 not in places, [p for p, at in zip(parts, places, strict=True) if at == -1]
        assert places == sorted(places)
        assert len(re.findall(r"^\*\*[A-Z][^*]+:\*\*", card, flags=re.MULTILINE)) >= 3

    @every_dataset
    def test_first_line_is_short(self, dataset: str) -> None:
        """The first line is one sentence, under 80 characters."""
        first = (inspect.getdoc(LOADERS[dataset]) or "").splitlines()[0]
        assert first.endswith(".")
        assert len(first) < 80

    @every_dataset
    def test_counts_have_all_their_notes(self, dataset: str) -> None:
        """Official counts say what they count, when, what breaks, is missing, is odd."""
        if "offences" in columns_of(dataset):
            card = inspect.getdoc(LOADERS[dataset]) or ""
            parts = ("Counts", "Periods", "Breaks", "Missing", "Known oddities")
            places = [card.find(f"**{part}:**") for part in parts]
            assert -1 not in places
            assert places == sorted(places)

    @every_dataset
    def test_version_comes_first(self, dataset: str) -> None:
        """Every loader takes the version first and needs no argument."""
        parameters = list(inspect.signature(LOADERS[dataset]).parameters.values())
        assert parameters[0].name == "version"
        assert all(parameter.default is None for parameter in parameters)
