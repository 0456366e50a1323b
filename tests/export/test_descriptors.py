"""datapackage.json and croissant.json: complete, and valid for the tools of their standards."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import ukcso
from ukcso import datasets
from ukcso.export import FORMATS, export
from ukcso.export._terms import LICENCES

pytestmark = pytest.mark.slow

NAMES = sorted(set(ukcso.list_datasets()["dataset"]))
NEEDS = {"parquet": "pyarrow", "duckdb": "duckdb", "xlsx": "openpyxl"}
#: Of every kind of column and key, and without an empty number, which frictionless
#: reads from Parquet as not-a-number and then finds too small.
SMALL = ("breaks", "local_authorities", "measures", "offence_codes", "sources")

#: Prints what frictionless finds wrong, in an interpreter of its own: it warns on import.
FRICTIONLESS = """
import json, sys
from frictionless import Package
package = Package.from_descriptor(sys.argv[1] + "/datapackage.json")
errors = [str(error) for error in Package.metadata_validate(package.to_descriptor())]
checked = json.loads(sys.argv[2])
for resource in package.resources:
    if resource.name in checked:
        if resource.format == "parquet":
            resource.bytes = resource.hash = None  # which it does not count in Parquet files
        report = resource.validate()
        errors += report.flatten(["type", "rowNumber", "fieldName", "note"])
        if report.tasks[0].stats.get("rows") != checked[resource.name]:
            errors.append(resource.name + ": rows")
print(json.dumps(errors))
"""
CROISSANT = """
import json, sys
import mlcroissant
dataset = mlcroissant.Dataset(jsonld=sys.argv[1] + "/croissant.json")
issues = dataset.metadata.ctx.issues
found = {"issues": [*map(str, issues.errors), *map(str, issues.warnings)], "records": {}}
for name in json.loads(sys.argv[2]):
    found["records"][name] = [
        {key: value.decode() if isinstance(value, bytes) else value for key, value in row.items()}
        for row in dataset.records(name)
    ]
print(json.dumps(found, default=str))
"""

every_format = pytest.mark.parametrize("form", FORMATS)
needs_frictionless = pytest.mark.skipif(
    find_spec("frictionless") is None, reason="frictionless is not installed"
)
needs_croissant = pytest.mark.skipif(
    find_spec("mlcroissant") is None, reason="mlcroissant is not installed"
)


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Return a function that gives a folder with every dataset, small or all."""
    made: dict[tuple[str, tuple[str, ...]], Path] = {}

    def folder(form: str, names: tuple[str, ...] = SMALL) -> Path:
        if form in NEEDS and find_spec(NEEDS[form]) is None:
            pytest.skip(f"{NEEDS[form]} is not installed")
        if (form, names) not in made:
            made[form, names] = tmp_path_factory.mktemp("exports") / form
            export(made[form, names], dict.fromkeys(names, 1), form)
        return made[form, names]

    return folder


def read(folder: Path, name: str) -> dict[str, Any]:
    """Return a descriptor."""
    found: dict[str, Any] = json.loads((folder / name).read_text(encoding="utf-8"))
    return found


def run(program: str, folder: Path, argument: object) -> Any:
    """Run a program in an interpreter of its own and return what it printed."""
    command = [sys.executable, "-W", "ignore", "-c", program, str(folder), json.dumps(argument)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


class TestDataPackage:
    """datapackage.json."""

    @needs_frictionless
    def test_frictionless_finds_every_csv_as_described(self, exports: Any) -> None:
        """Descriptor, hashes, sizes, types, constraints and keys hold for every row."""
        rows = {name: ukcso.metadata(name, version=1).rows for name in NAMES}
        assert run(FRICTIONLESS, exports("csv", tuple(NAMES)), rows) == []

    @needs_frictionless
    @every_format
    def test_frictionless_takes_every_format(self, form: str, exports: Any) -> None:
        """The descriptor is valid, and so are the data where frictionless reads the format."""
        readable = SMALL if form in {"csv", "parquet", "xlsx"} else ()
        rows = {name: ukcso.metadata(name, version=1).rows for name in readable}
        assert run(FRICTIONLESS, exports(form), rows) == []

    @needs_frictionless
    def test_frictionless_finds_what_is_wrong(self, tmp_path: Path) -> None:
        """A broken key is found, so the test above means something."""
        export(tmp_path / "out", {"measures": 1, "offence_codes": 1})
        file = tmp_path / "out" / "offence_codes.csv"
        file.write_text(
            file.read_text(encoding="utf-8").replace(",19E,", ",99Z,"), encoding="utf-8"
        )
        rows = {"offence_codes": ukcso.metadata("offence_codes", version=1).rows}
        found = run(FRICTIONLESS, tmp_path / "out", rows)
        assert "foreign-key" in {error[0] for error in found}

    @every_format
    def test_files_are_as_told(self, form: str, exports: Any) -> None:
        """Path, size and hash are those of the file, for each resource."""
        folder = exports(form)
        found = read(folder, "datapackage.json")
        assert [resource["name"] for resource in found["resources"]] == sorted(SMALL)
        for resource in found["resources"]:
            content = (folder / resource["path"]).read_bytes()
            assert resource["bytes"] == len(content)
            assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
            assert resource["format"] == form
            assert ("encoding" in resource) == (form == "csv")

    @pytest.mark.parametrize("name", NAMES)
    def test_fields_are_the_schema(self, name: str, exports: Any) -> None:
        """Each column has its type, description, unit and rules; keys are there."""
        found = read(exports("csv", tuple(NAMES)), "datapackage.json")
        (resource,) = [r for r in found["resources"] if r["name"] == name]
        declared = datasets.schema(name).of_version(1)
        fields = {field["name"]: field for field in resource["schema"]["fields"]}
        assert list(fields) == list(declared.columns)
        keys = []
        for column, told in declared.columns.items():
            field, metadata = fields[column], told.metadata or {}
            assert field["description"] == told.description
            assert field.get("unit") == metadata.get("unit")
            rules = field["constraints"]
            assert rules["required"] is not told.nullable
            assert rules.get("unique", False) == told.unique
            assert len(rules) == 1 + told.unique + len(told.checks)
            if "references" in metadata:
                keys.append([column, *metadata["references"].split(".")])
        assert [
            [*key["fields"], key["reference"].get("resource", name), *key["reference"]["fields"]]
            for key in resource["schema"].get("foreignKeys", [])
        ] == keys
        assert resource["schema"]["primaryKey"] == list(declared.unique)
        assert resource["schema"]["missingValues"] == [""]

    def test_kinds_of_rules(self, exports: Any) -> None:
        """Allowed values, patterns and limits are told in the words of the standard."""
        found = read(exports("csv", tuple(NAMES)), "datapackage.json")
        by_name = {
            (resource["name"], field["name"]): field
            for resource in found["resources"]
            for field in resource["schema"]["fields"]
        }
        assert by_name["areas", "nation"]["constraints"]["enum"][0] == "england"
        assert by_name["areas", "longitude"]["constraints"]["minimum"] == -9
        assert by_name["areas", "longitude"]["constraints"]["maximum"] == 2
        assert by_name["areas", "gss_code"]["constraints"]["pattern"] == r"^[EKNSW]\d{8}$"
        assert by_name["areas", "longitude"]["unit"] == "degrees east"
        types = {field["type"] for field in by_name.values()}
        assert types == {"string", "date", "integer", "number"}
        (areas,) = [r for r in found["resources"] if r["name"] == "areas"]
        assert areas["schema"]["uniqueKeys"] == [["name"], ["gss_code"]]

    def test_sidecar_is_there(self, exports: Any) -> None:
        """Title, licence, source, and every other fact of the sidecar are told."""
        found = read(exports("csv", tuple(NAMES)), "datapackage.json")
        assert found["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
        assert found["version"] == ukcso.__version__
        assert "created" not in found
        assert {entry["title"] for entry in found["contributors"]} == {
            ukcso.metadata(name, version=1).publisher for name in NAMES
        }
        assert len(found["licenses"]) == 3
        for resource in found["resources"]:
            facts = ukcso.metadata(resource["name"], version=1)
            assert resource["title"] == facts.title
            assert resource["licenses"][0]["title"] == facts.licence
            assert resource["sources"][0]["title"] == facts.publication
            path = resource["sources"][0].get("path", "dataset:sources")
            assert path == facts.source_url
            assert resource["ukcso"]["attribution"] == facts.attribution

    @pytest.mark.parametrize("name", NAMES)
    def test_every_licence_has_a_name(self, name: str) -> None:
        """A new licence in a sidecar needs its name and address."""
        found = LICENCES[ukcso.metadata(name, version=1).licence]
        assert found.path.startswith("https://") or found.name == "notspecified"


class TestCroissant:
    """croissant.json."""

    @needs_croissant
    @every_format
    def test_mlcroissant_takes_every_format(self, form: str, exports: Any) -> None:
        """The description is valid, without a warning, for every dataset."""
        assert run(CROISSANT, exports(form, tuple(NAMES)), [])["issues"] == []

    @needs_croissant
    @pytest.mark.parametrize("form", ["csv", "parquet"])
    @pytest.mark.parametrize("name", ["breaks", "offence_codes", "releases"])
    def test_mlcroissant_reads_records(self, form: str, name: str, exports: Any) -> None:
        """Records read through the description are the rows of the dataset."""
        folder = exports(form, tuple(NAMES))
        found = run(CROISSANT, folder, [name])["records"][name]
        frame = ukcso.load(name, version=1)
        assert len(found) == len(frame)
        assert list(found[0]) == [f"{name}/{column}" for column in frame.columns]
        for column in frame.columns:
            wanted = [None if pd.isna(value) else str(value) for value in frame[column]]
            values = [row[f"{name}/{column}"] for row in found]
            assert [None if value is None else str(value) for value in values] == wanted

    @every_format
    def test_files_are_as_told(self, form: str, exports: Any) -> None:
        """Each file has its hash; tables inside a file are contained in it."""
        folder = exports(form)
        found = read(folder, "croissant.json")
        files = {entry["@id"]: entry for entry in found["distribution"]}
        for entry in files.values():
            if "containedIn" in entry:
                assert entry["containedIn"]["@id"] == f"ukcso.{form}"
                continue
            content = (folder / entry["contentUrl"]).read_bytes()
            assert entry["sha256"] == hashlib.sha256(content).hexdigest()
        sources = {
            field["source"]["fileObject"]["@id"]
            for records in found["recordSet"]
            for field in records["field"]
        }
        assert sources <= set(files)
        assert len(sources) == len(SMALL)

    def test_records_are_the_schemas(self, exports: Any) -> None:
        """Fields, types, keys and references follow the schema; a table to itself has none."""
        found = read(exports("csv", tuple(NAMES)), "croissant.json")
        types = {"text": "sc:Text", "day": "sc:Date", "float64": "sc:Float"}
        for records in found["recordSet"]:
            declared = datasets.schema(records["@id"]).of_version(1)
            assert [key["@id"].split("/") for key in records["key"]] == [
                [records["@id"], column] for column in declared.unique
            ]
            for field, (column, told) in zip(
                records["field"], declared.columns.items(), strict=True
            ):
                assert field["name"] == column
                assert field["dataType"] == types.get(str(told.dtype), "sc:Integer")
                wanted = (told.metadata or {}).get("references", "")
                if wanted.startswith(f"{records['@id']}."):
                    wanted = ""
                reference = field.get("references", {"field": {"@id": ""}})["field"]["@id"]
                assert reference == wanted.replace(".", "/")

    def test_sidecar_is_there(self, exports: Any) -> None:
        """Publishers, licences and attribution are told, and no clock."""
        found = read(exports("csv", tuple(NAMES)), "croissant.json")
        facts = [ukcso.metadata(name, version=1) for name in NAMES]
        assert found["conformsTo"] == "http://mlcommons.org/croissant/1.0"
        assert {entry["name"] for entry in found["creator"]} == {f.publisher for f in facts}
        assert all(f.attribution in found["citeAs"] for f in facts)
        assert found["datePublished"] == max(f.retrieved for f in facts)
        assert "https://opensource.org/license/mit" in found["license"]
