"""Mirrors src/ukcso/citation.py."""

from __future__ import annotations

import re

import pandas as pd
import pytest

import ukcso
from ukcso.errors import InvalidInputError, UnknownDatasetError

NAMES = ukcso.list_datasets()["dataset"].tolist()


def entries(bibtex: str) -> dict[str, dict[str, str]]:
    """Read BibTeX as written by `cite`: one field per line, braces balanced."""
    found: dict[str, dict[str, str]] = {}
    for entry in bibtex.split("\n@"):
        head, *lines, last = entry.removeprefix("@").splitlines()
        assert last == "}"
        match = re.fullmatch(r"misc\{([A-Za-z0-9_+.-]+),", head)
        assert match, head
        fields = [re.fullmatch(r"  ([a-z]+) = \{(.*)\},", line) for line in lines]
        assert all(fields), lines
        found[match[1]] = {field[1]: field[2] for field in fields if field}
        assert all(value.count("{") == value.count("}") for value in found[match[1]].values())
    return found


class TestCite:
    """`cite` names a work so that a reader finds it."""

    @pytest.mark.parametrize("name", NAMES)
    def test_text_holds_what_a_reader_needs(self, name: str) -> None:
        """Publisher, title, version, retrieval day, attribution and link are there."""
        facts = ukcso.metadata(name, version=1)
        text = ukcso.cite(name, version=1)
        for part in (
            facts.publisher,
            facts.publication,
            "version 1",
            facts.retrieved,
            facts.attribution,
        ):
            assert part in text
        assert ("https://" in text) == facts.source_url.startswith("https://")

    @pytest.mark.parametrize("name", NAMES)
    def test_bibtex_parses(self, name: str) -> None:
        """One entry per dataset, with its fields closed and its marks escaped."""
        (key,) = entry = entries(ukcso.cite(name, version=1, style="bibtex"))
        assert key == f"ukcso_{name}_v1"
        assert entry[key]["title"].startswith("{")
        assert not re.search(r"(?<!\\)[&%$#_]", entry[key]["note"])

    def test_the_licence_line_of_official_data(self) -> None:
        """The Open Government Licence asks for this sentence."""
        assert (
            "Contains public sector information licensed under the Open Government Licence v3.0."
            in ukcso.cite("recorded_crime")
        )

    def test_the_package(self) -> None:
        """The package is cited with its version."""
        assert ukcso.__version__ in ukcso.cite("ukcso")
        assert ukcso.__version__ in entries(ukcso.cite("ukcso", style="bibtex"))["ukcso"]["title"]

    def test_a_frame_is_cited_by_where_it_came_from(self) -> None:
        """A loaded frame knows its dataset and version."""
        frame = ukcso.load_recorded_crime(version=1)
        assert ukcso.cite(frame) == ukcso.cite("recorded_crime", version=1)

    def test_every_source_behind_some_figures_once(self) -> None:
        """Rows of figures bring their sources, each once, without invented titles."""
        figures = ukcso.load_figures(version=1)
        rows = figures[figures["area_id"] == "lancashire"]
        found = entries(ukcso.cite(rows, style="bibtex"))
        assert found.keys() == {"ukcso_figures_v1", *rows["source_id"]}
        sources = ukcso.load_sources(version=1).set_index("source_id")
        untitled = sources.index[sources["title"].isna()]
        text = ukcso.cite(figures[figures["source_id"] == untitled[0]])
        assert "title not seen]" in text

    def test_a_frame_that_lost_its_origin(self) -> None:
        """Pandas drops attrs in merges; the message says what to do."""
        with pytest.raises(InvalidInputError, match="cite the dataset by name instead"):
            ukcso.cite(pd.DataFrame({"a": [1]}))

    def test_wrong_names_and_styles(self) -> None:
        """Unknown datasets and styles are told with what there is."""
        with pytest.raises(UnknownDatasetError, match="there are: areas"):
            ukcso.cite("crime")
        with pytest.raises(InvalidInputError, match="style must be one of text, bibtex; got 'apa'"):
            ukcso.cite("figures", style="apa")  # type: ignore[arg-type]
