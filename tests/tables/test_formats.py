"""All formats say the same numbers: each is read here by a small reader of its own."""

from __future__ import annotations

import csv
import io
import re
import warnings
from decimal import ROUND_HALF_UP, Decimal
from html.parser import HTMLParser

import pandas as pd
import pytest

import ukcso
from ukcso import tables
from ukcso.errors import InvalidInputError
from ukcso.tables._cells import marks

OWN = pd.DataFrame(
    {
        "team": ["a & b", "[c] < d", "*e_f|g", "h", "all"],
        "offences": [3, 9, 1020, 12, 1044],
        "children": [900, 1500, 20_000, 1800, 24_200],
    }
)
COUNTS = {"label": "team", "count": "offences", "population": "children", "per": 1000}


def quietly(make):
    """Make something whose warnings are tested elsewhere."""
    with warnings.catch_warnings(action="ignore"):
        return make()


KINDS = {
    "areas": lambda: tables.areas("86", "2018/19", total="England and Wales"),
    "areas printed": lambda: tables.areas("image_offences", "2017/18"),
    "areas guarded": lambda: tables.areas(
        "86", "2018/19", total="England and Wales", suppress_below=300, round_to=5
    ),
    "trend": lambda: tables.trend("image_offences", "Lancashire"),
    "trend with breaks": lambda: tables.trend("86", "Kent", across="allow"),
    "figures": lambda: tables.figures("image_offences", "UK"),
    "claims": lambda: tables.claims(release="nspcc-2018-09-image-offences"),
    "counts": lambda: tables.counts(OWN, **COUNTS, total="all", suppress_below=5),
}
of_every_kind = pytest.mark.parametrize("kind", list(KINDS))
Rows = list[list[str]]


class _Cells(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.rows: Rows = []
        self.raised = False

    def handle_starttag(self, tag: str, _: object) -> None:
        """Open a row, a cell or a mark."""
        if tag == "tr":
            self.rows.append([])
        elif tag in {"td", "th"}:
            self.rows[-1].append("")
        self.raised = self.raised or tag == "sup"

    def handle_endtag(self, tag: str) -> None:
        """Close a mark."""
        self.raised = self.raised and tag != "sup"

    def handle_data(self, data: str) -> None:
        """Keep what stands in cells, marks aside."""
        if self.rows and self.rows[-1] and not self.raised:
            self.rows[-1][-1] += data


def from_html(table: tables.Table) -> Rows:
    """Return the rows of the body."""
    reader = _Cells()
    body = re.search(r"<tbody.*?</tbody>", table.to_html(), re.DOTALL)
    assert body
    reader.feed(body[0])
    return [[" ".join(cell.split()) for cell in row] for row in reader.rows]


def from_latex(table: tables.Table) -> Rows:
    """Return the rows between the rule below the heading and the last rule."""
    body = table.to_latex().partition("\\midrule")[2].partition("\\bottomrule")[0]
    body = body.partition("\n")[2].removeprefix("\\endhead\n")
    found = []
    for line in body.strip().split("\\\\\n"):
        cells = re.split(r"(?<!\\)&", line.strip().removesuffix("\\\\"))
        found.append([_printed(cell) for cell in cells])
    return found


def _printed(cell: str) -> str:
    cell = re.sub(r"\\parbox\[t\]\{.*?\}\{\\raggedright (.*)\\strut\}", r"\1", cell.strip())
    cell = re.sub(r"\\textsuperscript\{.*?\}", "", cell)
    for name, sign in {"less": "<", "greater": ">", "bar": "|", "backslash": "\\"}.items():
        cell = cell.replace(f"\\text{name}{{}}", sign)
    return re.sub(r"\\([&%$#_{}])", r"\1", cell.removeprefix("{}").replace("--", "\N{EN DASH}"))


def from_markdown(table: tables.Table) -> Rows:
    """Return the rows below the line of dashes."""
    lines = [line for line in table.to_markdown().splitlines() if line.startswith("|")]
    found = []
    for line in lines[2:]:
        cells = re.split(r"(?<!\\)\|", line)[1:-1]
        bare = [re.sub(r"<sup>.*?</sup>", "", cell).strip() for cell in cells]
        found.append([re.sub(r"\\([^a-zA-Z0-9\s])", r"\1", cell) for cell in bare])
    return found


def from_csv(table: tables.Table) -> Rows:
    """Return what the rows say, put together as people read it."""
    given = list(csv.reader(io.StringIO(table.to_csv())))
    names, rows = given[0], given[1:]
    found = []
    for row in rows:
        left = dict(zip(names, row, strict=True))
        cells = []
        for column in table.columns:
            texts = [left[name] for name in column.names]
            if column.kind != "words":
                texts = [f"{Decimal(it):,f}" if it else "" for it in texts]
            joined = {
                1: "{}",
                2: "{} of {}",
                3: "{} ({} to {})",
                4: "{} ({}-{})",  # of how many is in the heading
            }[len(texts)].format(*texts)
            cells.append(joined if any(texts) else "")
        found.append(cells)
    return found


class TestFormats:
    """HTML, LaTeX, Markdown and CSV show the same cells, and those are the frame's."""

    @of_every_kind
    def test_the_same_in_all_four(self, kind: str) -> None:
        """Every cell of every row; a CSV leaves empty what people see as a dash or [c]."""
        table = quietly(KINDS[kind])
        shown = [[cell.shown for cell in row] for row in table.rows]
        assert from_html(table) == shown
        assert from_latex(table) == shown
        assert from_markdown(table) == shown
        empty = {"\N{EN DASH}": "", "[c]": ""}
        assert from_csv(table) == [[empty.get(it, it) for it in row] for row in shown]

    def test_areas_shows_the_numbers_of_its_frame(self) -> None:
        """Each number is that of `area_table`, rounded half away from zero by decimal."""
        frame = quietly(lambda: ukcso.area_table("86", "2018/19"))
        shown = from_html(tables.areas(frame, digits=1))
        assert len(shown) == len(frame) == 43
        for row, cells in zip(frame.itertuples(), shown, strict=True):
            assert cells[:2] == [row.name, said(row.count)]
            assert cells[2] == said(row.population)
            assert cells[3] == said(row.rate, row.lower, row.upper, digits=1)
            ranked = f"{row.rank} ({row.rank_lower}-{row.rank_upper})"
            assert cells[4] == (said(float("nan")) if pd.isna(row.rank) else ranked)

    def test_trend_shows_the_numbers_of_its_frame(self) -> None:
        """Count, pace, growth in per cent, index and rate of `trend_table`."""
        frame = quietly(lambda: ukcso.trend_table("86", "Kent", across="allow"))
        for row, cells in zip(
            frame.itertuples(), from_latex(tables.trend(frame, digits=2)), strict=True
        ):
            assert cells == [
                row.period,
                said(row.count),
                said(row.per_day, digits=1),
                said(100 * row.growth, digits=1),
                said(row.index),
                said(row.rate, row.lower, row.upper, digits=2),
            ]

    def test_figures_shows_the_numbers_of_its_frame(self) -> None:
        """Values as printed, in the order of `series`."""
        frame = ukcso.series("image_offences", "UK")
        shown = from_markdown(tables.figures(frame))
        assert [cells[1] for cells in shown] == [said(value) for value in frame["value"]]
        assert [cells[6] for cells in shown] == [said(number) for number in frame["n_sources"]]

    def test_claims_shows_the_verdicts_of_its_frame(self) -> None:
        """Claim and verdict of `check_claims`, row by row."""
        frame = ukcso.check_claims()
        frame = frame[frame["verdict"] == "rounded_up"]
        shown = from_markdown(tables.claims(frame))
        assert [cells[0] for cells in shown] == frame["claim_id"].tolist()
        assert {cells[6] for cells in shown} == {"rounded up"}
        by = ukcso.load_sources(version=1).set_index("source_id")["publisher"]
        assert [cells[3] for cells in shown] == frame["source_id"].map(by).tolist()


def said(*values: float, digits: int = 0) -> str:
    """Write numbers as a table should, by means of their own."""
    if pd.isna(values[0]):
        return "\N{EN DASH}"
    unit = Decimal(1).scaleb(-digits)
    texts = [f"{Decimal(str(it)).quantize(unit, ROUND_HALF_UP):,f}" for it in map(float, values)]
    return texts[0] if len(texts) == 1 else f"{texts[0]} ({texts[1]} to {texts[2]})"


class TestEscaping:
    """What a caller writes is text in every format."""

    def test_html(self) -> None:
        """Markup in a caption and in a label is shown, not obeyed."""
        own = OWN.replace("h", "<img src=x>")
        written = tables.counts(own, **COUNTS, caption="<script>1</script> & *").to_html()
        assert "<script" not in written
        assert "<img" not in written
        assert "&lt;script&gt;1&lt;/script&gt; &amp; *" in written

    def test_markdown(self) -> None:
        """Nothing in a caption or cell opens a column, a tag, a link or emphasis."""
        own = OWN.replace("h", "line\nbreak")
        written = tables.counts(own, **COUNTS, caption="<b> | *x* [a](b) &lt; $1$ ~~").to_markdown()
        assert written.startswith(r"**\<b\> \| \*x\* \[a\](b) \&lt; \$1\$ \~\~**")
        assert r"| \*e\_f\|g" in written
        assert "| line break" in written

    def test_latex(self) -> None:
        """Signs that TeX would obey are printed."""
        written = tables.counts(OWN, **COUNTS, caption=r"& % $ # _ { } ~ ^ \ < > |").to_latex()
        signs = r"\caption{\& \% \$ \# \_ \{ \} \textasciitilde{} \textasciicircum{} "
        assert signs + r"\textbackslash{} \textless{} \textgreater{} \textbar{}}" in written
        assert "\n{}[c] \\textless{} d &" in written


class TestFootnotes:
    """Marks and their texts."""

    @of_every_kind
    def test_every_mark_has_its_text_and_every_text_its_mark(self, kind: str) -> None:
        """Letters run on in the order in which a reader meets them."""
        table = quietly(KINDS[kind])
        texts = list(dict.fromkeys(it for row in table.rows for cell in row for it in cell.notes))
        letters = list("abcdefghijklmnopqrstuvwxyz"[: len(texts)])
        assert list(table.footnotes.items()) == list(zip(letters, texts, strict=True))
        assert marks(table.rows) == dict(zip(texts, letters, strict=True))

    @of_every_kind
    def test_what_is_missing_says_why(self, kind: str) -> None:
        """No dash without a mark."""
        for row in quietly(KINDS[kind]).rows:
            assert all(cell.notes for cell in row if cell.shown == "\N{EN DASH}")

    def test_every_format_has_the_texts(self) -> None:
        """A CSV has them in the rows that they are about."""
        table = quietly(KINDS["trend with breaks"])
        (why,) = [it for it in table.footnotes.values() if "brk-003" in it]
        assert "18 November 2014" in why
        for written in (table.to_html(), table.to_latex(), table.to_markdown()):
            assert "18 November 2014" in written
        rows = pd.read_csv(io.StringIO(table.to_csv())).set_index("period")
        assert rows.loc["2014/15", "notes"].startswith(why)
        assert "Not comparable with the base" in rows.loc["2022/23", "notes"]
        assert pd.isna(rows.loc["2013/14", "notes"])

    def test_the_city_of_london(self) -> None:
        """It has its rate, and a footnote instead of rank and position."""
        table = quietly(KINDS["areas"])
        (row,) = [row for row in table.rows if row[0].shown == "City of London"]
        assert [cell.shown for cell in row[4:]] == ["\N{EN DASH}"] * 2
        assert row[0].notes == row[4].notes == row[5].notes
        assert row[0].notes[0].startswith("Few people live in the City of London")


class TestCsv:
    """A CSV is read by spreadsheets too."""

    def test_formulas_and_carriage_returns(self) -> None:
        """Text that a spreadsheet would run is text; a row stays a row."""
        own = OWN.assign(team=["=1+1", "a\rb", "@x", "-3", "all"])
        lines = tables.counts(own, label="team", count="offences").to_csv().split("\n")
        assert lines[1:4] == ["'=1+1,3", '"a\rb",9', "'@x,1020"]
        assert lines[4] == "-3,12"

    def test_a_fall_is_a_number(self) -> None:
        """A negative change has no apostrophe."""
        frame = pd.read_csv(io.StringIO(tables.trend("image_offences", "Lancashire").to_csv()))
        assert frame["growth_percent"].min() == -6.8

    def test_a_label_like_the_mark_of_withheld_cells(self) -> None:
        """Its row is not withheld, whatever it is called."""
        own = OWN.assign(team=["[c]", "b", "c", "d", "all"])
        table = tables.counts(own, label="team", count="offences", suppress_below=5)
        rows = pd.read_csv(io.StringIO(table.to_csv())).set_index("label")
        assert "Withheld." in rows.loc["[c]", "notes"]
        open_table = tables.counts(own, label="team", count="offences")
        assert "notes" not in open_table.to_csv()


class TestSources:
    """What is behind the rows."""

    @of_every_kind
    def test_the_stamp_names_files_and_package(self, kind: str) -> None:
        """Versions, and the first 12 characters of each file's hash."""
        table = quietly(KINDS[kind])
        stamp = str(table.stamp)
        assert stamp.startswith(f"ukcso {ukcso.__version__}: {kind.split(maxsplit=1)[0]}(")
        assert (kind == "counts") == ("frame=own" in stamp)
        for name, version in table.stamp.datasets.items():
            digest = ukcso.metadata(name, version).sha256[:12]
            assert f"{name} v{version} {digest}" in stamp
        for written in (table.to_html(), table.to_latex(), table.to_markdown()):
            assert all(it in written for it in table.stamp.datasets if "_" not in it)

    def test_titles_are_part_of_the_stamp(self) -> None:
        """A heading or footnote looked up in a dataset rests on its version too."""
        frame = quietly(lambda: ukcso.area_table("86", "2018/19"))
        table = tables.areas(frame)
        assert frame.attrs["ukcso"]["datasets"].items() <= table.stamp.datasets.items()
        assert {"offence_codes", "measures"} <= table.stamp.datasets.keys()

    @pytest.mark.parametrize("kind", ["areas printed", "figures", "claims", "trend"])
    def test_every_release_and_source_once(self, kind: str) -> None:
        """One line a release and a source of the rows, no line twice."""
        table = quietly(KINDS[kind])
        frame = quietly(
            {
                "areas printed": lambda: ukcso.area_table("image_offences", "2017/18"),
                "figures": lambda: ukcso.series("image_offences", "UK"),
                "claims": lambda: ukcso.check_claims().query(
                    "release_id == 'nspcc-2018-09-image-offences'"
                ),
                "trend": lambda: ukcso.trend_table("image_offences", "Lancashire"),
            }[kind]
        )
        assert len(set(table.sources)) == len(table.sources)
        for release in set(frame["release_id"].dropna()):
            assert sum(it.startswith(f"Release {release}:") for it in table.sources) == 1
        known = ukcso.load_sources(version=1).set_index("source_id")
        column = "source_ids" if "source_ids" in frame else "source_id"
        ids = {it for text in frame[column].dropna() for it in text.split(";")}
        for url in known.loc[sorted(ids), "url"].dropna():
            assert any(url in it for it in table.sources)


class TestShown:
    """What a table is where nobody asks for a format."""

    def test_a_prompt_has_one_line(self) -> None:
        """Kind, caption and size; print has the whole."""
        table = tables.counts(OWN, **COUNTS)
        assert repr(table) == "<Table counts: Offences by team; 5 rows, 4 columns>"
        assert repr(quietly(KINDS["trend"])) == (
            "<Table trend: Child abuse image offences: offences recorded, Lancashire, 2016/17 to "
            "2021/22, with rates per 100,000 residents aged 0 to 17; 6 rows, 6 columns>"
        )
        assert len(repr(tables.counts(OWN, **COUNTS, caption="9" * 10_000))) < 300
        assert str(table) == table.to_markdown()

    def test_notebooks_and_documents(self) -> None:
        """Jupyter and Quarto choose among these: each writes what it can show."""
        formatters = pytest.importorskip("IPython.core.formatters")
        table = tables.counts(OWN, **COUNTS)
        bundle, _ = formatters.DisplayFormatter().format(table)
        assert bundle == {
            "text/plain": repr(table),
            "text/html": table.to_html(),
            "text/latex": table.to_latex(),
            "text/markdown": table._repr_markdown_(),
        }

    def test_the_methods_that_they_call(self) -> None:
        """HTML and LaTeX are those of `to_html` and `to_latex`."""
        table = tables.counts(OWN, **COUNTS)
        assert table._repr_html_() == table.to_html()
        assert table._repr_latex_() == table.to_latex()

    def test_markdown_of_pandoc(self) -> None:
        """Pandoc drops tags on the way to Word: marks are its own, and so is the caption."""
        own = OWN.assign(team=["a ^ b", "@c", "d", "e", "all"])
        table = tables.counts(
            own, label="team", count="offences", suppress_below=5, caption="A ^ @ caption"
        )
        plain, of_pandoc = table.to_markdown(), table._repr_markdown_()
        assert "\n\n: A \\^ \\@ caption\n\n" in of_pandoc
        assert r"| a \^ b " in of_pandoc
        assert r"| \@c " in of_pandoc
        assert "**" not in of_pandoc
        assert plain.count("<sup>") == of_pandoc.count("<sup>") == 0
        dashes = quietly(KINDS["trend"])
        assert "\N{EN DASH}<sup>a</sup>" in dashes.to_markdown()
        assert "\N{EN DASH}^a^ |" in dashes._repr_markdown_()
        assert "\n\n^a^ No figure for the period directly before.\n\n" in dashes._repr_markdown_()
        assert "<sup>" not in dashes._repr_markdown_()
        assert dashes._repr_markdown_().endswith(f"`{dashes.stamp}`\n")


class TestSave:
    """`Table.save` goes by the file's ending."""

    def test_every_ending(self, tmp_path) -> None:
        """What a file holds is what the method returns; lines end the same everywhere."""
        table = tables.counts(OWN, **COUNTS)
        writers = {
            "html": lambda: table.to_html(document=True),
            "tex": table.to_latex,
            "md": table.to_markdown,
            "csv": table.to_csv,
            "json": table.to_json,
            "HTML": lambda: table.to_html(document=True),
        }
        for ending, write in writers.items():
            saved = table.save(tmp_path / f"table.{ending}")
            assert saved.read_bytes() == write().encode()

    def test_another_ending(self, tmp_path) -> None:
        """What there is is listed, and nothing is written."""
        with pytest.raises(
            InvalidInputError, match=r"\.html, \.tex, \.md, \.csv, \.json; got 'a\.pdf'"
        ):
            tables.counts(OWN, **COUNTS).save(tmp_path / "a.pdf")
        assert not list(tmp_path.iterdir())

    def test_a_missing_folder(self, tmp_path) -> None:
        """It is an error of this package, and nothing is written."""
        with pytest.raises(InvalidInputError, match="cannot be written: No such file"):
            tables.counts(OWN, **COUNTS).save(tmp_path / "none" / "a.md")

    def test_a_page_says_its_character_set(self, tmp_path) -> None:
        """A dash is a dash wherever the page is served from; a fragment goes into one."""
        table = quietly(KINDS["trend"])
        page = table.save(tmp_path / "a.html").read_bytes()
        assert page.startswith(b"<!DOCTYPE html>")
        assert b'<meta charset="utf-8">' in page[:200]
        assert "\N{EN DASH}".encode() in page
        assert "<meta" not in table.to_html()
        assert table.to_html() in page.decode()
        assert b"http" not in page.partition(b"<tfoot>")[0]

    def test_html_is_the_same_every_time(self) -> None:
        """No random id, so a committed table differs only where its content does."""
        assert (
            tables.counts(OWN, **COUNTS).to_html() == tables.counts(OWN.copy(), **COUNTS).to_html()
        )
