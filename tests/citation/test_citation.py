"""Mirrors src/ukcso/citation."""

from __future__ import annotations

import calendar
import json
import re
import shutil
import subprocess
import warnings
from importlib import metadata
from pathlib import Path
from typing import Any

import bibtexparser
import jsonschema
import pandas as pd
import pytest

import ukcso
from ukcso.citation import references
from ukcso.citation._bibtex import bibtex
from ukcso.citation._csl import TYPES
from ukcso.citation._works import Work
from ukcso.datasets.sources import KINDS
from ukcso.errors import InvalidInputError, UkcsoError, UnknownDatasetError

NAMES = ukcso.list_datasets()["dataset"].tolist()
STYLES = ("text", "bibtex", "csl-json")
SCHEMA = json.loads(
    (Path(__file__).parents[1] / "reference" / "csl-items.schema.json").read_text(encoding="utf-8")
)


def official_schema() -> dict[str, object] | None:
    """Return the schema of CSL-data itself, where a package that ships it is installed."""
    try:
        shipped = metadata.files("commonmeta-py") or []
    except metadata.PackageNotFoundError:
        return None
    (file,) = [it for it in shipped if it.name == "csl-data.json"]
    return json.loads(file.read_text(encoding="utf-8"))


OFFICIAL = official_schema()
FIGURES = ukcso.load_figures(version=1)
SOURCES = ukcso.load_sources(version=1)
ARTICLE = r"""\documentclass{article}
\usepackage[utf8]{inputenc}
\usepackage{PACKAGE}
\begin{document}
\nocite{*}
\bibliographystyle{plain}
\bibliography{refs}
\end{document}
"""
#: The Comprehensive LaTeX Symbol List has these for each character.
TEX = {
    r"\textbackslash{}": "\\",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
    r"\textless{}": "<",
    r"\textgreater{}": ">",
    r"\textbar{}": "|",
    r"\`{}": "`",
    **{f"\\{character}": character for character in "&%$#_{}"},
}
AWKWARD = (
    "R&D: 5% of $1, #1_a {b} ~c ^d \\e \\& \"f\" 'g' `h` \u2018i\u2019 a -- b, a---b, ''c'' "
    "\u2013 \u2014 £3 café naïve Åström <j> |k| l/m* 50\u00a0%"
)


def plain(tex: str) -> str:
    """Undo TeX escapes, left to right, and the empty groups that keep signs apart."""
    escapes = "|".join(map(re.escape, TEX))
    return re.sub(rf"{escapes}|\{{\}}", lambda found: TEX.get(found[0], ""), tex)


def entries(text: str) -> dict[str, dict[str, str]]:
    """Read BibTeX with a parser that is not ours, and undo braces and escapes."""
    library = bibtexparser.parse_string(text)
    assert library.failed_blocks == []
    assert len(library.entries) == len(library.blocks) == text.count("\n@") + 1
    found = {}
    for entry in library.entries:
        assert entry.entry_type == "misc"
        fields = {field.key: str(field.value) for field in entry.fields}
        assert all(value.count("{") == value.count("}") for value in fields.values())
        for name in ("author", "title"):
            assert fields[name][0] + fields[name][-1] == "{}"
            fields[name] = fields[name][1:-1]
        page = fields.pop("howpublished", None)
        found[entry.key] = {name: plain(value) for name, value in fields.items()}
        if page:
            found[entry.key]["url"] = page.removeprefix("\\url{").removesuffix("}")
    assert len({key.lower() for key in found}) == len(found)
    return found


def items(text: str) -> dict[str, dict[str, object]]:
    """Read CSL-JSON that fits the schema."""
    found = json.loads(text)
    for schema in (SCHEMA, OFFICIAL or SCHEMA):
        jsonschema.validate(found, schema, cls=jsonschema.Draft7Validator)
    by_id = {item["id"]: item for item in found}
    assert len(by_id) == len(found)
    return by_id


@pytest.mark.skipif(
    OFFICIAL is None, reason="no csl-data.json: pip install --no-deps commonmeta-py"
)
class TestOfficialSchema:
    """Items fit the schema of CSL-data, which is not ours; .ci/run has it."""

    def test_it_is_the_official_one(self) -> None:
        """The schema names itself, and refuses what is none of its types."""
        assert OFFICIAL["$id"].endswith("csl-data.json")
        wrong = [{"id": "a", "type": "rumour"}]
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(wrong, OFFICIAL, cls=jsonschema.Draft7Validator)

    def test_everything_fits(self) -> None:
        """Every dataset, the package and all sources are items of it."""
        for name in (*NAMES, "ukcso"):
            assert len(items(ukcso.cite(name, style="csl-json"))) == 1
        every = items(ukcso.cite(SOURCES[["source_id"]].copy(), style="csl-json"))
        assert every.keys() >= set(SOURCES["source_id"])


def quietly(make, *args):
    """Make a table without its warnings, which are tested elsewhere."""
    with warnings.catch_warnings(action="ignore"):
        return make(*args)


@pytest.fixture(scope="module")
def everything() -> pd.DataFrame:
    """All figures and claims, and the sources that have neither."""
    frame = pd.concat([FIGURES, ukcso.load_claims(version=1), SOURCES], ignore_index=True)
    frame.attrs["ukcso"] = {"datasets": {"figures": 1, "claims": 1, "sources": 1}}
    return frame


class TestText:
    """`cite` names a work so that a reader finds it."""

    @pytest.mark.parametrize("name", NAMES)
    def test_text_holds_what_a_reader_needs(self, name: str) -> None:
        """Publisher, title, version, retrieval day, attribution and link are there."""
        facts = ukcso.metadata(name, version=1)
        text = ukcso.cite(name, version=1)
        for part in (
            facts.publisher,
            facts.title if facts.source_url == "dataset:sources" else facts.publication,
            "version 1",
            facts.retrieved,
            facts.attribution,
        ):
            assert part in text
        assert ("https://" in text) == facts.source_url.startswith("https://")

    @pytest.mark.parametrize("style", STYLES)
    def test_the_licence_line_of_official_data(self, style: str) -> None:
        """The Open Government Licence asks for this sentence, in every style."""
        assert (
            "Contains public sector information licensed under the Open Government Licence v3.0."
            in ukcso.cite("recorded_crime", style=style)
        )

    @pytest.mark.parametrize("style", STYLES)
    def test_the_package(self, style: str) -> None:
        """The package is cited with its version and the title and author of CITATION.cff."""
        cff = (Path(__file__).parents[2] / "CITATION.cff").read_text(encoding="utf-8")
        text = ukcso.cite("ukcso", style=style)
        (title,) = re.findall(r'^title: "(.*)"$', cff, re.MULTILINE)
        (author,) = re.findall(r'^  - name: "(.*)"$', cff, re.MULTILINE)
        assert f"{title}, version {ukcso.__version__}" in text
        assert author in text


class TestFrames:
    """What is behind a frame."""

    def test_a_frame_is_cited_by_where_it_came_from(self) -> None:
        """A loaded frame, or one column of it, knows its dataset and version."""
        frame = ukcso.load_recorded_crime(version=1)
        assert ukcso.cite(frame) == ukcso.cite("recorded_crime", version=1)
        assert ukcso.cite(frame["offences"]) == ukcso.cite(frame)
        areas = ukcso.load_areas(version=1)
        assert ukcso.cite(areas) == ukcso.cite("areas", version=1)

    def test_every_source_behind_some_figures_once(self) -> None:
        """Rows of figures bring their sources, each once, without invented titles."""
        rows = FIGURES[FIGURES["area_id"] == "lancashire"]
        found = entries(ukcso.cite(rows, style="bibtex"))
        assert list(found) == ["ukcso_figures_v1", *sorted(set(rows["source_id"]))]
        untitled = SOURCES.loc[SOURCES["title"].isna(), "source_id"]
        text = ukcso.cite(FIGURES[FIGURES["source_id"] == untitled.iloc[0]])
        assert "title not seen]" in text

    def test_several_sources_in_one_cell(self) -> None:
        """A series names all that printed a value, joined by semicolons."""
        told = ukcso.series("image_offences", "UK", figures=FIGURES)
        expected = {name for cell in told["source_ids"] for name in cell.split(";")}
        assert max(told["n_sources"]) > 1
        for frame in (told, quietly(ukcso.compare, told)):
            found = list(items(ukcso.cite(frame, style="csl-json")))
            assert found == ["ukcso_figures_v1", *sorted(expected)]

    def test_sources_of_operands(self) -> None:
        """A table of verdicts rests on the sources of the statement and of both operands."""
        claims = ukcso.load_claims(version=1)
        checked = ukcso.check_claims(claims[claims["area_id"] == "essex"], FIGURES)
        columns = ["source_id", "subject_source_id", "reference_source_id"]
        expected = set(pd.concat([checked[name] for name in columns]).dropna())
        assert expected > set(checked["source_id"])
        assert expected == items(ukcso.cite(checked, style="csl-json")).keys() - {
            "ukcso_claims_v1",
            "ukcso_figures_v1",
        }

    def test_official_tables(self) -> None:
        """A table of rates rests on counts and populations; lookups are not cited."""
        table = quietly(lambda: ukcso.area_table("86", "2018/19"))
        assert set(table.attrs["ukcso"]["datasets"]) >= {"population", "recorded_crime"}
        expected = [ukcso.cite("population"), ukcso.cite("recorded_crime")]
        assert references(table) == expected
        assert ukcso.cite(ukcso.official_series("86", "Kent")) == expected[1]

    @pytest.mark.parametrize(
        ("datasets", "expected"),
        [
            ({"releases": 1, "figures": 1, "areas": 1}, ["ukcso_figures_v1"]),
            ({"recorded_crime": 1, "population": 1}, ["ukcso_population_v1"]),
            ({"claims": 1, "sources": 1, "measures": 1}, ["ukcso_claims_v1"]),
        ],
    )
    def test_lookups_are_not_cited(self, datasets, expected) -> None:
        """Only datasets of numbers are cited, in the order of their names."""
        frame = pd.DataFrame({"value": [1.0]})
        frame.attrs["ukcso"] = {"datasets": datasets}
        found = list(items(ukcso.cite(frame, style="csl-json")))
        assert found[:1] == expected
        assert len(found) == len(set(datasets) - {"releases", "areas", "sources", "measures"})

    def test_each_dataset_of_a_frame_once(self) -> None:
        """A dataset named twice is cited once."""
        frame = pd.DataFrame({"value": [1.0]})
        name = "recorded_crime"
        told = {"datasets": {name: 1, "population": 1}, "dataset": name, "version": 1}
        frame.attrs["ukcso"] = told
        assert references(frame) == [ukcso.cite(each, version=1) for each in ("population", name)]

    def test_only_lookups_are_nothing_to_cite(self) -> None:
        """A frame of nothing but names is refused, as an empty citation would mislead."""
        frame = pd.DataFrame({"name": ["Kent"]})
        frame.attrs["ukcso"] = {"datasets": {"areas": 1}}
        with pytest.raises(InvalidInputError, match="frame must come from"):
            ukcso.cite(frame)

    def test_references_are_the_lines_of_the_text(self) -> None:
        """What stands below a table is what `cite` says."""
        told = ukcso.series("image_offences", "Lancashire", figures=FIGURES)
        assert references(told) == ukcso.cite(told).splitlines()

    def test_the_order_of_rows_does_not_matter(self) -> None:
        """The same rows in another order, or twice, are cited alike."""
        rows = FIGURES.head(40)
        assert references(pd.concat([rows[::-1], rows])) == references(rows)

    @pytest.mark.parametrize("version", [0, 99])
    def test_the_version_that_the_frame_names(self, version: int) -> None:
        """Datasets and sources are those of the versions named, not the newest."""
        for name in ("sources", "figures"):
            frame = pd.DataFrame({"source_id": ["nspcc-2020-08"]})
            frame.attrs["ukcso"] = {"datasets": {name: version}}
            with pytest.raises(UnknownDatasetError, match=f"no version {version} of {name}"):
                ukcso.cite(frame)


@pytest.mark.parametrize("big", ["x" * 1_000_000, 10**6000], ids=["text", "number"])
def test_long_input_is_cut(big: Any) -> None:
    """A megabyte of input, or a number too long to write, is no part of a message."""
    unknown = pd.DataFrame({"source_id": ["x" * 1_000_000, "y" * 1_000_000]})
    for asked in (
        lambda: ukcso.cite(big),
        lambda: ukcso.cite("figures", version=big),
        lambda: ukcso.cite("ukcso", version=big),
        lambda: ukcso.cite("figures", style=big),
        lambda: ukcso.cite(unknown),
        lambda: ukcso.series("image_offences", "UK", as_of=big),
    ):
        with pytest.raises(UkcsoError) as caught:
            asked()
        assert len(str(caught.value)) < 1000


class TestOwnFrames:
    """A frame that somebody else made."""

    def test_own_rows_need_only_ids_of_sources(self) -> None:
        """Ids in columns, categories or the index are found; missing ones name nothing."""
        own = pd.DataFrame(
            {
                "source_id": ["nspcc-2020-08", None, "lbc-2024-03"],
                "my_source_id": pd.Categorical(["lbc-2024-03", None, None]),
                "source_ids": ["", " wiredgov-2020-04 ;lbc-2024-03;", None],
                "my_source": ["x", "y", "z"],
                5: [1, 2, 3],
            }
        )
        expected = ["lbc-2024-03", "nspcc-2020-08", "wiredgov-2020-04"]
        for frame in (own, own.set_index(["source_id", "source_ids"])):
            assert list(items(ukcso.cite(frame, style="csl-json"))) == expected
        assert references(own["my_source_id"].head(1)) == references(own.loc[[0], ["my_source_id"]])

    @pytest.mark.parametrize("style", STYLES)
    def test_no_source_at_all(self, style: str) -> None:
        """A column of sources without any id rests on nothing that could be cited."""
        frame = pd.DataFrame({"source_id": ["lbc-2024-03", None]}, index=["a", "b"])
        with pytest.raises(InvalidInputError, match="row 'b' names none"):
            ukcso.cite(frame, style=style)
        with pytest.raises(InvalidInputError, match="it names none"):
            ukcso.cite(frame.head(0), style=style)

    def test_joined_tables_are_never_cited_as_nothing(self) -> None:
        """pandas drops where frames came from: what rows do not name is not made up for."""
        one, other = (quietly(ukcso.area_table, "86", year) for year in ("2021/22", "2022/23"))
        printed = quietly(ukcso.area_table, "image_offences", "2017/18")
        own = pd.DataFrame({"area_id": one["area_id"], "x": 1.0})
        official = ukcso.official_series("86", "Kent")
        told = ukcso.series("image_offences", "Kent")
        for joined in (
            pd.concat([one, other]),
            pd.concat([printed, other]),
            pd.concat([official, told]),
            # every row names a source, and yet rests on populations too
            pd.concat([printed, own.head(0)]).dropna(subset="source_ids"),
            told.merge(official, on=["area_id", "period"]),
            one.merge(own, on="area_id"),
            one.merge(other[["area_id", "count"]], on="area_id", suffixes=("", "_later")),
        ):
            joined.attrs = {}  # whatever this pandas keeps
            with pytest.raises(InvalidInputError, match="pandas drops where a frame came from"):
                ukcso.cite(joined)

    @pytest.mark.parametrize("attrs", ["kept", "dropped"])
    def test_merged_with_itself_names_every_source(self, attrs: str) -> None:
        """The suffixes that a merge gives to columns of sources hide none of them."""
        checked = ukcso.check_claims().head(3)
        told = ukcso.series("image_offences", "UK")
        printed = quietly(ukcso.area_table, "image_offences", "2017/18")
        for frame, on in ((checked, "claim_id"), (told, "period"), (printed, "area_id")):
            whole = references(frame)
            sources = [line for line in whole if not line.startswith("The ukcso authors")]
            for suffixes in (("_x", "_y"), ("", "2"), ("left", None)):
                joined = frame.merge(frame, on=on, suffixes=suffixes)
                joined.attrs = frame.attrs if attrs == "kept" else {}
                if attrs == "kept":
                    assert references(joined) == whole
                elif frame is not printed:  # some of its rows name no source
                    assert references(joined) == sources

    def test_lost_columns_of_sources_are_missed(self) -> None:
        """A frame that says what made it, and lost who printed its rows, is refused."""
        printed = quietly(ukcso.area_table, "image_offences", "2017/18")
        told = ukcso.series("image_offences", "UK")
        for frame in (
            printed.groupby("area_id")[["count"]].sum(),
            told[["period", "value"]],
            told.rename(columns={"source_ids": "who"}),
            ukcso.check_claims().drop(columns="source_id"),
            FIGURES[["figure_id", "value"]],
        ):
            origin = printed if "count" in frame else frame
            bare = frame.copy()
            bare.attrs = origin.attrs  # whatever this pandas keeps
            with pytest.raises(InvalidInputError, match="it lost source_id"):
                ukcso.cite(bare)
        for cells in ("nunique", list):
            counted = printed.groupby("release_id").agg({"source_ids": cells})
            with pytest.raises(InvalidInputError, match="source_ids must name sources"):
                ukcso.cite(counted)
        # there is nothing to lose where nobody but an office counted
        official = quietly(ukcso.area_table, "86", "2018/19")
        assert references(official[["area_id", "count"]]) == references(official)

    def test_joined_series_name_every_source(self) -> None:
        """Rows of figures name all who printed them, joined or not."""
        parts = [ukcso.series("image_offences", area) for area in ("Kent", "Essex")]
        alone = {line for part in parts for line in references(part)}
        assert set(references(pd.concat(parts))) == alone - {ukcso.cite("figures")}

    def test_unknown_sources_are_told(self) -> None:
        """The message names column, id, row, how many; nothing is left out silently."""
        own = pd.DataFrame({"source_id": ["lbc-2024-03", "nobody"], "n": 1}, index=["a", "b"])
        with pytest.raises(InvalidInputError) as told:
            ukcso.cite(own)
        assert str(told.value) == (
            "source_id must name sources that are in load_sources(); got 'nobody' in row 'b' "
            "(1 unknown in 1 cell)"
        )
        own["ref_source_id"] = ["x;lbc-2024-03;y", "x"]
        own["source_id"] = "lbc-2024-03"
        own.attrs["ukcso"] = {"datasets": {"sources": 1}}
        with pytest.raises(InvalidInputError) as told:
            references(own)
        assert str(told.value) == (
            "ref_source_id must name sources that are in load_sources(1); got 'x' in row 'a' "
            "(2 unknown in 2 cells: x, y)"
        )

    def test_a_frame_that_lost_its_origin(self) -> None:
        """Pandas drops attrs in merges; the message says what to do."""
        with pytest.raises(InvalidInputError, match="cite the dataset by name instead"):
            ukcso.cite(pd.DataFrame({"a": [1]}))

    @pytest.mark.parametrize("other", [None, 5, ["figures"], {"source_id": ["lbc-2024-03"]}])
    def test_what_is_no_frame(self, other: object) -> None:
        """Anything but a name or a frame is refused with what may be given."""
        with pytest.raises(InvalidInputError, match="name of a dataset, 'ukcso', or a pandas"):
            ukcso.cite(other)  # type: ignore[call-overload]


class TestArguments:
    """Names, versions and styles."""

    def test_wrong_names_and_styles(self) -> None:
        """Unknown datasets and styles are told with what there is."""
        with pytest.raises(UnknownDatasetError, match="there are: areas"):
            ukcso.cite("crime")
        with pytest.raises(
            InvalidInputError, match="style must be one of text, bibtex, csl-json; got 'apa'"
        ):
            ukcso.cite("figures", style="apa")  # type: ignore[arg-type]

    @pytest.mark.parametrize("other", ["ukcso", FIGURES])
    def test_a_version_where_it_means_nothing(self, other: object) -> None:
        """The package and a frame have their own version; another one is not ignored."""
        with pytest.raises(InvalidInputError, match="with the name of a dataset only; got 7"):
            ukcso.cite(other, version=7)  # type: ignore[arg-type]


class TestBibtex:
    """BibTeX, as a parser and LaTeX read it."""

    @pytest.mark.parametrize("name", NAMES)
    def test_a_dataset(self, name: str) -> None:
        """One entry, no field lost, the text as in the sidecar."""
        facts = ukcso.metadata(name, version=1)
        (key,) = found = entries(ukcso.cite(name, version=1, style="bibtex"))
        assert key == f"ukcso_{name}_v1"
        entry = found[key]
        compiled = facts.source_url == "dataset:sources"
        assert entry["author"] == ("The ukcso authors" if compiled else facts.publisher)
        assert entry["title"] == (facts.title if compiled else facts.publication)
        assert entry["version"] == "1"
        assert entry["note"].endswith(facts.attribution)
        linked = facts.source_url.startswith("https://")
        assert entry.get("url") == (facts.source_url if linked else None)
        assert entry.get("urldate") == (facts.retrieved if linked else None)
        undated = facts.retrieved[:4] if compiled else None
        dated = facts.published[:4] if facts.published != "various" else undated
        assert entry.get("year") == dated

    def test_the_package(self) -> None:
        """The package has its version in a field, too."""
        assert entries(ukcso.cite("ukcso", style="bibtex"))["ukcso"]["version"] == ukcso.__version__

    def test_every_source(self, everything) -> None:
        """All are there, each field as in `sources`, dates as far as known."""
        found = entries(ukcso.cite(everything, style="bibtex"))
        assert list(found) == ["ukcso_claims_v1", "ukcso_figures_v1", *SOURCES["source_id"]]
        months = [name.lower() for name in calendar.month_abbr]
        for row in SOURCES.fillna("").itertuples(index=False):
            entry = found[row.source_id]
            assert entry["author"] == row.publisher
            assert entry["title"] == (
                row.title or f"[{row.kind.replace('_', ' ')}, title not seen]"
            )
            assert entry["url"] == row.url
            assert entry.get("annote", "") == row.note
            year, month, day = [*row.published.split("-"), "", "", ""][:3]
            assert entry.get("year", "") == year
            assert entry.get("month", "") == (months[int(month)] if month else "")
            assert entry.get("date", "") == (row.published if day else "")
            assert "urldate" not in entry

    def test_awkward_signs(self) -> None:
        """Every sign that TeX reads as a command, or joins to another, comes back."""
        work = Work("k", "report", AWKWARD, AWKWARD, "2020", note=AWKWARD, remark=AWKWARD)
        entry = entries(bibtex(work))["k"]
        assert {entry[name] for name in ("author", "title", "note", "annote")} == {AWKWARD}
        assert not re.search(r"--|''|(?<!\\)[&%$#_~^`<>|]", bibtex(work).split("title")[1])

    @pytest.mark.parametrize("package", ["url", "hyperref"])
    def test_latex_compiles_it(self, package: str, everything, tmp_path: Path) -> None:
        """BibTeX and pdflatex take every entry, and the awkward signs, without an error."""
        if not (shutil.which("pdflatex") and shutil.which("bibtex")):
            pytest.skip("no pdflatex and bibtex here")
        awkward = Work("k", "report", AWKWARD, AWKWARD, "2020", note=AWKWARD)
        parts = [ukcso.cite(everything, style="bibtex"), bibtex(awkward)]
        parts += [ukcso.cite(name, style="bibtex") for name in ("ukcso", "recorded_crime")]
        (tmp_path / "refs.bib").write_text("\n".join(parts), encoding="utf-8")
        article = ARTICLE.replace("PACKAGE", package)
        (tmp_path / "paper.tex").write_text(article, encoding="utf-8")
        latex = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "paper"]
        for command in (latex, ["bibtex", "paper"], latex):
            done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
            assert done.returncode == 0, done.stdout.decode(errors="replace")[-2000:]
            assert b"Warning--" not in done.stdout
        listed = (tmp_path / "paper.bbl").read_text(encoding="utf-8")
        assert listed.count("\\bibitem{") == len(SOURCES) + 5


class TestCslJson:
    """CSL-JSON, as reference managers read it."""

    @pytest.mark.parametrize("name", NAMES)
    def test_a_dataset(self, name: str) -> None:
        """One item, no field lost."""
        facts = ukcso.metadata(name, version=1)
        (item,) = items(ukcso.cite(name, version=1, style="csl-json")).values()
        assert item["type"] == "dataset"
        compiled = facts.source_url == "dataset:sources"
        author = "The ukcso authors" if compiled else facts.publisher
        assert item["author"] == [{"literal": author}]
        assert item["title"] == (facts.title if compiled else facts.publication)
        assert item["publisher"] == author
        assert item["version"] == "1"
        assert item["note"].endswith(facts.attribution)
        assert ("accessed" in item) == ("URL" in item) == facts.source_url.startswith("https://")

    def test_the_package(self) -> None:
        """The package is software."""
        (item,) = items(ukcso.cite("ukcso", style="csl-json")).values()
        assert (item["type"], item["version"]) == ("software", ukcso.__version__)

    def test_every_source(self, everything) -> None:
        """All are there, each field as in `sources`, dates to the precision known."""
        found = items(ukcso.cite(everything, style="csl-json"))
        assert list(found) == ["ukcso_claims_v1", "ukcso_figures_v1", *SOURCES["source_id"]]
        for row in SOURCES.fillna("").itertuples(index=False):
            item = found[row.source_id]
            assert item["title"] == (row.title or f"[{row.kind.replace('_', ' ')}, title not seen]")
            assert item["author"] == [{"literal": row.publisher}]
            body = "container-title" if row.kind == "news" else "publisher"
            assert item[body] == row.publisher
            assert item["URL"] == row.url
            assert item.get("annote", "") == row.note
            parts = [[int(part) for part in row.published.split("-")]] if row.published else None
            assert item.get("issued") == ({"date-parts": parts} if parts else None)

    def test_every_kind_of_source_has_a_type(self) -> None:
        """A new kind of source must say what it is in CSL."""
        assert TYPES.keys() == {*KINDS, "dataset", "software"}
        allowed = SCHEMA["items"]["properties"]["type"]["enum"]
        assert set(TYPES.values()) == set(allowed)

    def test_text_is_not_escaped(self) -> None:
        """Letters beyond ASCII stay readable, and nothing is written for TeX."""
        text = ukcso.cite(SOURCES, style="csl-json")
        assert "\u2013" in text
        assert "\\u" not in text
        assert "\\url" not in text

    def test_a_csl_processor_reads_it(self, everything) -> None:
        """citeproc-py, where it is installed, makes a reference of every item."""
        citeproc = pytest.importorskip("citeproc")
        source = pytest.importorskip("citeproc.source.json")
        found = json.loads(ukcso.cite(everything, style="csl-json"))
        style = citeproc.CitationStylesStyle("harvard-cite-them-right", validate=False)
        library = citeproc.CitationStylesBibliography(
            style, source.CiteProcJSON(found), citeproc.formatter.plain
        )
        for item in found:
            library.register(citeproc.Citation([citeproc.CitationItem(item["id"])]))
        written = [str(line) for line in library.bibliography()]
        assert len(written) == len(found)
        assert all(any(row in line for line in written) for row in SOURCES["publisher"])
