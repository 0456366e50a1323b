"""What refers to a row of another dataset finds it, in every version."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import pytest

from ukcso import datasets
from ukcso.datasets._keys import mentions_of


class Key(NamedTuple):
    """A column whose filled cells name rows of a dataset."""

    dataset: str
    column: str
    parent: str
    parent_column: str
    #: Kept only where an id begins with this, which is cut off.
    prefix: str = ""
    #: Words that are no reference.
    besides: frozenset[str] = frozenset()


def declared(fact: str) -> list[Key]:
    """Return the keys that schemas declare: `references` plain ones, `mentions` all others."""
    keys = []
    for dataset in datasets.DATASETS:
        for name, column in datasets.schema(dataset).to_schema().columns.items():
            mentions = mentions_of(column)
            words = frozenset(word for word, target in mentions.items() if target is None)
            keys += [
                Key(dataset, str(name), *target.split("."), prefix, words)
                for prefix, target in mentions.items()
                if target and fact in column.metadata
            ]
    return keys


PLAIN = declared("references")
#: Lists, ids with a prefix, and ids that may be another word: no keys of a database.
OTHERS = declared("mentions")
KEYS = [*PLAIN, *OTHERS]


def versions(dataset: str) -> list[int]:
    """Return the shipped versions of a dataset."""
    listed = datasets.list_datasets()
    return [int(version) for version in listed.loc[listed["dataset"] == dataset, "version"]]


def named(frame: Any, key: Key) -> set[str]:
    """Return the ids that a column names."""
    cells = set(frame[key.column].dropna())
    ids = {item for cell in cells for item in cell.split(";")} - key.besides
    if key.prefix:
        return {item.removeprefix(key.prefix) for item in ids if item.startswith(key.prefix)}
    return {item for item in ids if ":" not in item}


@pytest.fixture(scope="module")
def areas() -> Any:
    """Return areas by id, lists as lists."""
    frame = datasets.load_areas().set_index("area_id")
    return frame.assign(members=frame["members"].fillna("").astype(object).str.split(";"))


class TestKeys:
    """No exception was needed: every key holds for every row."""

    @pytest.mark.parametrize("key", KEYS, ids=lambda k: f"{k.dataset}.{k.prefix}{k.column}")
    def test_every_reference_is_found(self, key: Key) -> None:
        """Every filled cell names rows of the other dataset."""
        for version in versions(key.dataset):
            references = named(datasets.load(key.dataset, version), key)
            assert references
            assert references <= set(datasets.load(key.parent)[key.parent_column].dropna())

    @pytest.mark.parametrize("key", KEYS, ids=lambda k: f"{k.dataset}.{k.prefix}{k.column}")
    def test_first_versions_stand_alone(self, key: Key) -> None:
        """What version 1 names is in version 1 of the other dataset: the first release is whole."""
        there = datasets.load(key.parent, version=1)[key.parent_column].dropna()
        assert named(datasets.load(key.dataset, version=1), key) <= set(there)

    def test_columns_that_name_rows_are_declared(self) -> None:
        """A column described as rows of another dataset has its key, and no key is without."""
        described = {
            (dataset, str(name), parent)
            for dataset in datasets.list_datasets()["dataset"].unique()
            for name, column in datasets.schema(dataset).to_schema().columns.items()
            for parent in re.findall(r"(?:rows?|`gss_code`) of `(\w+)`", column.description)
        }
        others = {(k.dataset, k.column, k.parent) for k in OTHERS if k.column != "applies_to"}
        assert described == others | {(key.dataset, key.column, key.parent) for key in PLAIN}

    @pytest.mark.parametrize("key", PLAIN, ids=lambda k: f"{k.dataset}.{k.column}")
    def test_what_is_referred_to_is_unique(self, key: Key) -> None:
        """A filled cell names one row: the primary key, or a column without repeats."""
        for version in versions(key.parent):
            cells = datasets.load(key.parent, version)[key.parent_column].dropna()
            assert cells.is_unique

    def test_breaks_without_prefix_are_words_or_codes(self) -> None:
        """A break applies to all, to populations, or to a code named without a prefix."""
        applies_to = datasets.load_breaks()["applies_to"].astype(object)
        plain = set(applies_to[~applies_to.str.contains(":")]) - {"all", "population"}
        assert plain == {"all-sexual-crimes"}
        assert plain <= set(datasets.load_offence_codes()["offence_code"])

    def test_police_force_areas_are_named_by_name_or_alias(self, areas: Any) -> None:
        """The name ONS gives to an area is its name or one of its aliases here."""
        by_code = areas.dropna(subset=["gss_code"]).set_index("gss_code")
        for row in datasets.load_local_authorities().itertuples():
            area = by_code.loc[row.pfa_code]
            assert area["kind"] == "police_force_area"
            assert row.pfa_name in {area["name"], *area["aliases"].split(";")}

    @pytest.mark.parametrize(
        ("dataset", "column"), [("releases", "release_id"), ("sources", "source_id")]
    )
    def test_no_orphan_parent(self, dataset: str, column: str) -> None:
        """Every release and every source stands behind at least one figure or claim."""
        used = set(datasets.load_figures()[column]) | set(datasets.load_claims()[column])
        assert set(datasets.load(dataset)[column]) == used

    @pytest.mark.parametrize(
        ("dataset", "classification"),
        [
            ("recorded_crime", "home-office"),
            ("recorded_crime_national", "home-office"),
            ("recorded_crime_scotland", "scottish-government"),
            ("recorded_crime_northern_ireland", "psni"),
        ],
    )
    def test_codes_are_of_one_classification(self, dataset: str, classification: str) -> None:
        """A table of offences uses the codes of its own publisher."""
        codes = datasets.load_offence_codes().set_index("offence_code")["classification"]
        assert set(datasets.load(dataset)["offence_code"].map(codes)) == {classification}

    def test_sub_codes_lie_in_a_class_of_the_same_list(self) -> None:
        """The parent of a sub-code is a class of the same classification."""
        codes: Any = datasets.load_offence_codes().set_index("offence_code")
        for row in codes.dropna(subset=["parent_code"]).itertuples():
            parent = codes.loc[row.parent_code]
            assert (parent["level"], parent["classification"]) == ("class", row.classification)


class TestAreas:
    """The areas fit into each other."""

    def test_group_ids_are_their_members(self, areas: Any) -> None:
        """The id of a group joins its members, in order, with +."""
        groups = areas[areas["kind"] == "group"]
        assert len(groups) == 17
        assert list(groups.index) == ["+".join(members) for members in groups["members"]]

    def test_members_are_sorted_and_distinct(self, areas: Any) -> None:
        """Members are in alphabetical order and no area is its own member."""
        for area_id, members in areas["members"].items():
            assert members == sorted(set(members))
            assert area_id not in members

    @pytest.mark.parametrize("kind", ["region", "nation"])
    def test_members_are_the_forces_that_say_so(self, areas: Any, kind: str) -> None:
        """A region or nation has the forces as members that name it."""
        forces = areas[areas["kind"] == "police_force_area"]
        for area_id, row in areas[areas["kind"] == kind].iterrows():
            inside = sorted(
                forces.index[(forces[kind] == area_id).fillna(value=False).astype(bool)]
            )
            assert (row["members"] if row["members"] != [""] else []) == inside

    @pytest.mark.parametrize(("column", "kind"), [("region", "region"), ("nation", "nation")])
    def test_parents_are_of_the_right_kind(self, areas: Any, column: str, kind: str) -> None:
        """A region is a region, a nation a nation."""
        assert set(areas.loc[list(areas[column].dropna()), "kind"]) == {kind}

    def test_counts_are_by_forces(self, areas: Any) -> None:
        """recorded_crime is by the 43 police force areas and British Transport Police."""
        counted = set(datasets.load_recorded_crime()["area_id"])
        kinds = areas.loc[sorted(counted), "kind"].value_counts().to_dict()
        assert kinds == {"police_force_area": 43, "non_territorial_force": 1}

    def test_every_force_has_authorities(self, areas: Any) -> None:
        """Every police force area of England and Wales has a local authority."""
        codes = set(datasets.load_local_authorities()["pfa_code"])
        assert codes == set(areas.loc[areas["kind"] == "police_force_area", "gss_code"])
