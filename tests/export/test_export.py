"""`export`: what it takes, writes, refuses and needs."""

from __future__ import annotations

import hashlib
import json
import sys
from importlib.abc import MetaPathFinder
from importlib.util import find_spec
from pathlib import Path

import pandas as pd
import pytest

import ukcso
from ukcso.errors import InvalidInputError, MissingDependencyError, UnknownDatasetError
from ukcso.export import FORMATS, _described, export, read_back

NAMES = sorted(set(ukcso.list_datasets()["dataset"]))
NEEDS = {"parquet": "pyarrow", "duckdb": "duckdb", "xlsx": "openpyxl"}
SMALL = {"areas": 1, "breaks": 1, "local_authorities": 1}

every_format = pytest.mark.parametrize(
    "form",
    [
        pytest.param(
            form,
            marks=pytest.mark.skipif(
                form in NEEDS and find_spec(NEEDS[form]) is None, reason="not installed"
            ),
        )
        for form in FORMATS
    ],
)


class Without(MetaPathFinder):
    """An environment in which a package is not installed."""

    def __init__(self, package: str) -> None:
        self.package = package

    def find_spec(self, name: str, *_: object) -> None:
        """Find nothing, as if the package were nowhere."""
        if name == self.package:
            msg = f"No module named {name!r}"
            raise ModuleNotFoundError(msg, name=name)


def files_of(form: str, datasets: list[str]) -> list[str]:
    """Return the names of the files that an export of some datasets writes."""
    own = form in {"csv", "parquet"}
    data = [f"{name}.{form}" for name in datasets] if own else [f"ukcso.{form}"]
    return [*data, "datapackage.json", "croissant.json"]


class TestExport:
    """`export` writes what was asked for, and says what it wrote."""

    @every_format
    def test_returns_the_files_it_wrote(self, form: str, tmp_path: Path) -> None:
        """Data by name of dataset, then the two descriptors; nothing else is in the folder."""
        folder = tmp_path / "out"
        found = export(folder, SMALL, form)
        assert found == [folder / name for name in files_of(form, list(SMALL))]
        assert sorted(folder.iterdir()) == sorted(found)
        assert list(tmp_path.iterdir()) == [folder]

    def test_csv_is_the_default_and_everything_too(self, tmp_path: Path) -> None:
        """Without more said, every dataset is written as CSV."""
        found = export(tmp_path / "out")
        assert [file.name for file in found] == files_of("csv", NAMES)

    @pytest.mark.parametrize("name", NAMES)
    def test_csv_has_the_released_hash(self, name: str, tmp_path: Path) -> None:
        """The file is the shipped one byte for byte, so the sidecar's SHA-256 holds."""
        file, *_ = export(tmp_path / "out", {name: 1})
        found = hashlib.sha256(file.read_bytes()).hexdigest()
        assert found == ukcso.metadata(name, version=1).sha256

    @every_format
    def test_same_bytes_on_every_run(self, form: str, tmp_path: Path) -> None:
        """No clock and no chance is in any file, but for DuckDB's own id of a database."""
        first = export(tmp_path / "one", SMALL, form)
        second = export(tmp_path / "two", dict(reversed(SMALL.items())), form)
        for one, two in zip(first, second, strict=True):
            if form != "duckdb":
                assert one.read_bytes() == two.read_bytes()
            else:
                assert one.stat().st_size > 0

    @pytest.mark.parametrize(
        "asked",
        [
            "breaks",
            ["breaks"],
            {"breaks": 1},
            {"breaks": None},
            {"breaks"},
            iter(["breaks"]),
        ],
    )
    def test_ways_to_ask(self, asked: object, tmp_path: Path) -> None:
        """A name, some names, or names with versions."""
        file, *_ = export(tmp_path / "out", asked)
        assert file.name == "breaks.csv"

    def test_takes_text_for_a_folder(self, tmp_path: Path) -> None:
        """A path may be text, and folders above it need not be there."""
        (file, *_) = export(f"{tmp_path}/a/b/out", "breaks")
        assert file == tmp_path / "a" / "b" / "out" / "breaks.csv"
        assert file.is_file()

    def test_pins_hold(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """The version of a dataset without one is what `resolve_version` says."""
        asked = []

        def resolve(name: object, version: object = None) -> tuple[str, int]:
            asked.append((name, version))
            return str(name), 1

        monkeypatch.setattr("ukcso.export._export.resolve_version", resolve)
        export(tmp_path / "out", ["breaks", "areas"])
        assert asked == [("breaks", None), ("areas", None)]


class TestRefused:
    """What cannot be meant is refused in words, before anything is written."""

    @pytest.mark.parametrize(
        ("asked", "error", "words"),
        [
            ("crimes", UnknownDatasetError, "no dataset 'crimes'; there are: areas, "),
            (["areas", "crimes"], UnknownDatasetError, "no dataset 'crimes'"),
            ({"areas": 99}, UnknownDatasetError, "no version 99 of areas; there are: 1"),
            ({"areas": "1"}, UnknownDatasetError, "no version '1' of areas"),
            (["areas", "breaks", "areas"], InvalidInputError, "'areas' again at position 2"),
            ([], InvalidInputError, "must name at least one dataset"),
            ({}, InvalidInputError, "must name at least one dataset"),
            (3, InvalidInputError, "must be names, or a mapping .* got 3"),
            (b"areas", InvalidInputError, "must be names, or a mapping .* got b'areas'"),
            ([3], UnknownDatasetError, "no dataset 3"),
        ],
    )
    def test_datasets(
        self, asked: object, error: type[Exception], words: str, tmp_path: Path
    ) -> None:
        """Unknown, repeated and missing names are told."""
        with pytest.raises(error, match=words):
            export(tmp_path / "out", asked)
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize("form", ["json", "CSV", None, 3])
    def test_format(self, form: object, tmp_path: Path) -> None:
        """The formats there are, are listed."""
        with pytest.raises(InvalidInputError, match="format must be one of csv, parquet, sqlite"):
            export(tmp_path / "out", "areas", form)

    def test_directory(self) -> None:
        """A folder is a path."""
        with pytest.raises(InvalidInputError, match="directory must be a path; got 3"):
            export(3, "areas")

    def test_versions_that_do_not_fit_together(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A row that names one which the other version lacks would break every key."""
        load = _described.load

        def other(name: str, version: int) -> object:
            frame = load(name, version)
            if name == "releases":
                frame.loc[[4, 6], "measure"] = "unheard_of"
            return frame

        monkeypatch.setattr(_described, "load", other)
        words = "has 'unheard_of' as measure in row 4, .* of measures version 1 \\(2 such\\)"
        with pytest.raises(InvalidInputError, match=words):
            export(tmp_path / "out", ["releases", "measures"])
        assert list(tmp_path.iterdir()) == []
        assert export(tmp_path / "out", ["releases"])

    @pytest.mark.parametrize(("form", "package"), NEEDS.items())
    def test_missing_packages(
        self, form: str, package: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The message has the line that installs what a format needs."""
        for module in [m for m in sys.modules if m.partition(".")[0] == package]:
            monkeypatch.delitem(sys.modules, module)
        monkeypatch.setattr(sys, "meta_path", [Without(package), *sys.meta_path])
        with pytest.raises(MissingDependencyError, match=r'pip install "ukcso\[export\]"'):
            export(tmp_path / "out", "areas", form)
        assert list(tmp_path.iterdir()) == []


class TestDescribed:
    """What schemas and sidecars say, in one place."""

    def test_references_stay_within_the_export(self, tmp_path: Path) -> None:
        """A key to a dataset that is not exported is none."""
        export(tmp_path / "alone", "figures")
        export(tmp_path / "both", ["figures", "releases"])
        found = {}
        for folder in ("alone", "both"):
            text = (tmp_path / folder / "datapackage.json").read_text(encoding="utf-8")
            found[folder] = json.loads(text)["resources"][0]["schema"].get("foreignKeys", [])
        assert found["alone"] == []
        assert [key["reference"]["resource"] for key in found["both"]] == ["releases"]

    def test_parents_come_first(self) -> None:
        """Every dataset comes after those that it refers to."""
        datasets = _described.described(dict.fromkeys(NAMES, 1))
        ordered = [d.name for d in _described.parents_first(datasets)]
        assert sorted(ordered) == NAMES
        for dataset in datasets:
            for _, (parent, _) in dataset.references:
                assert ordered.index(parent) <= ordered.index(dataset.name)

    @pytest.mark.parametrize("name", NAMES)
    def test_key_columns_are_filled(self, name: str) -> None:
        """A primary key has no empty cell, so that databases take it."""
        (dataset,) = _described.described({name: 1})
        assert {c.name for c in dataset.columns if c.filled} >= set(dataset.key)


@every_format
def test_own_data(tmp_path: Path, form: str) -> None:
    """Rows that are pinned are written in the place of the shipped ones, and said to be own."""
    mine = ukcso.load_breaks(version=1).head(3)
    origin = {"dataset": "breaks", "version": "own", "file": "mine.csv", "sha256": 64 * "a"}
    mine.attrs["ukcso"] = origin
    with ukcso.pinned(breaks=mine):
        export(tmp_path, ["breaks", "areas"], form)
    package = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    (breaks,) = [it for it in package["resources"] if it["name"] == "breaks"]
    assert breaks["ukcso"]["version"] == "own"
    assert breaks["ukcso"]["publication"] == "mine.csv"
    assert json.loads((tmp_path / "croissant.json").read_text(encoding="utf-8"))["datePublished"]
    if form == "csv":  # known by the hash of its release
        with pytest.raises(InvalidInputError, match="is no shipped version of breaks"):
            read_back(tmp_path, "breaks")
        return
    read = read_back(tmp_path, "breaks")
    pd.testing.assert_frame_equal(read, mine)
    assert read.attrs["ukcso"]["version"] == "own"
    assert read_back(tmp_path, "areas").attrs["ukcso"]["version"] == 2


def test_nothing_but_own_data(tmp_path: Path) -> None:
    """Descriptors do without days and licences that nobody knows."""
    with ukcso.pinned(breaks=ukcso.load_breaks(version=1).head(3)):
        export(tmp_path, "breaks", "xlsx")
    assert "datePublished" not in json.loads((tmp_path / "croissant.json").read_text("utf-8"))
