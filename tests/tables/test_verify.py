"""`verify`: stamped tables, alone and in documents, edited and not."""

from __future__ import annotations

import re
import warnings
from pathlib import Path

import pandas as pd
import pytest

import ukcso
from ukcso import tables, verify
from ukcso.errors import InvalidInputError

pytestmark = pytest.mark.slow

FORMATS = ("html", "tex", "md")
in_every_format = pytest.mark.parametrize("ending", FORMATS)


def quietly(make):
    """Make something whose warnings are tested elsewhere."""
    with warnings.catch_warnings(action="ignore"):
        return make()


def forces(period: str = "2018/19") -> pd.DataFrame:
    """Return class 86 by police force area."""
    return ukcso.area_table("86", period)


def kent() -> pd.DataFrame:
    """Return class 86 in Kent, year by year, over breaks."""
    return ukcso.trend_table("86", "Kent", across="allow")


def english() -> pd.DataFrame:
    """Return the forces of England."""
    return forces().loc[lambda frame: frame["gss_code"].str.startswith("E")]


KINDS = {
    "areas": lambda: tables.areas("86", "2018/19"),
    "with a total": lambda: tables.areas("86", "2018/19", total="England and Wales", digits=2),
    "some with a total of their own": lambda: tables.areas(english(), total="England"),
    "ten": lambda: tables.areas(forces().head(10)),
    # The City of London has the first footnote here, and not in the whole table.
    "other letters": lambda: tables.areas(
        forces().sort_values("count").query("population.isna() or count < 200").iloc[::-1]
    ),
    "chosen areas": lambda: tables.areas(
        "86", "2018/19", areas=["Kent", "City of London", "Essex"], total="England"
    ),
    "chosen years": lambda: tables.trend(
        "86", "Kent", periods=["2017/18", "2012/13"], across="allow"
    ),
    "sorted": lambda: tables.areas("86", "2018/19", sort="rate", total="England and Wales"),
    "chosen and sorted": lambda: tables.areas(
        "86", "2018/19", areas=["Kent", "Essex"], sort="rank"
    ),
    "guarded": lambda: tables.areas(
        "86", "2018/19", total="England and Wales", suppress_below=300, round_to=5
    ),
    "printed": lambda: tables.areas("image_offences", "2017/18", caption="& < | % own words"),
    "trend": lambda: tables.trend(kent()),
    "years in another order": lambda: tables.trend(kent().iloc[[8, 3, 4, 5]], suppress_below=500),
    "rounded trend": lambda: tables.trend(kent().iloc[::-1], round_to=10, digits=3),
    "figures": lambda: tables.figures("image_offences", "UK"),
    "claims": lambda: tables.claims(release="nspcc-2018-09-image-offences", verdict="differs"),
    "chosen claims": lambda: tables.claims(
        ukcso.check_claims().query("verdict == 'rounded_up'").iloc[::-1]
    ),
}
KENT = tables.trend("image_offences", "Kent")


def written(folder: Path, text: str, ending: str) -> Path:
    """Write a document."""
    file = folder / f"document.{ending}"
    file.write_text(text, encoding="utf-8", newline="\n")
    return file


def text_of(table: tables.Table, ending: str) -> str:
    """Return a table in a format."""
    return {"html": table.to_html, "tex": table.to_latex, "md": table.to_markdown}[ending]()


def small() -> tables.Table:
    """Return a table of five rows."""
    return quietly(lambda: tables.areas(forces().iloc[[0, 1, 2, 3, 4]]))


class TestSame:
    """What nobody changed comes out the same."""

    @in_every_format
    @pytest.mark.parametrize("kind", list(KINDS))
    def test_every_kind(self, kind: str, ending: str, tmp_path: Path) -> None:
        """Rows, order and options are those of the document."""
        table = quietly(KINDS[kind])
        told = verify(table.save(tmp_path / f"table.{ending}"))
        assert told, str(told)
        assert str(told) == (f"table 1 ({table.stamp.function}, {len(table.rows)} rows): same")
        assert told.stamps == (table.stamp,)
        assert told.differences.columns.tolist() == [
            "table",
            "row",
            "column",
            "written",
            "remade",
        ]

    @in_every_format
    def test_swapped_rows(self, ending: str, tmp_path: Path) -> None:
        """The order of rows is no number."""
        text = text_of(small(), ending)
        if ending == "html":
            rows = re.findall(r"  <tr>\n    <td.*?</tr>\n", text, re.DOTALL)
        else:
            rows = [it for it in text.splitlines(keepends=True) if re.match(r"\|? ?[BC][eah]", it)]
        assert len(rows) >= 3
        swapped = text.replace(rows[0], "@").replace(rows[2], rows[0]).replace("@", rows[2])
        assert swapped != text
        assert verify(written(tmp_path, swapped, ending))

    @pytest.mark.parametrize("newest", [1, 2])
    def test_from_the_versions_of_its_stamp(
        self, newest: int, second_version: str, tmp_path: Path
    ) -> None:
        """A table of version 1 stays the same after version 2, which is another table."""
        with ukcso.pinned(**{second_version: newest}):
            frame = quietly(lambda: ukcso.trend_table("86", "Kent", across="allow"))
        table = tables.trend(frame)
        assert table.rows[5][1].shown == {1: "1,209", 2: "2,209"}[newest]
        for ending in FORMATS:
            assert verify(table.save(tmp_path / f"table.{ending}"))

    def test_a_total_is_of_the_frames_version(self, second_version: str, tmp_path: Path) -> None:
        """A frame of version 1 gets the total of version 1, whatever is newest."""
        with ukcso.pinned(**{second_version: 1}):
            frame = quietly(lambda: forces("2017/18"))
            want = quietly(lambda: tables.areas(frame, total="England and Wales")).rows[-1]
        table = quietly(lambda: tables.areas(frame, total="England and Wales"))
        assert table.rows[-1] == want
        assert verify(table.save(tmp_path / "table.tex"))


class TestDocuments:
    """Tables in larger documents, reflowed and dressed up."""

    @in_every_format
    def test_among_other_text_and_tables(self, ending: str, tmp_path: Path) -> None:
        """Unstamped tables are left alone, stamped ones are told by their number."""
        other = {
            "html": "<p>Before.</p><table><tr><th>a<th>b<tr><td>1<td>2</table><p>After.",
            "md": "Before.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nAfter.\n",
            "tex": "Before.\\begin{tabular}{lr} a & b \\\\ 1 & 2 \\\\ \\end{tabular}\nAfter.\n",
        }[ending]
        first, second = text_of(small(), ending), text_of(KENT, ending)
        changed = second.replace(KENT.rows[1][1].shown, "7,777")
        told = verify(written(tmp_path, f"{other}\n{first}\n{other}\n{changed}\n{other}", ending))
        assert [stamp.function for stamp in told.stamps] == ["areas", "trend"]
        assert set(told.differences["table"]) == {2}
        assert str(told).splitlines()[0] == "table 1 (areas, 5 rows): same"

    @in_every_format
    def test_two_tables_directly_after_each_other(self, ending: str, tmp_path: Path) -> None:
        """Each stamp belongs to the table above it."""
        text = text_of(small(), ending) + text_of(KENT, ending)
        assert len(verify(written(tmp_path, text, ending)).stamps) == 2
        assert verify(written(tmp_path, text, ending))

    @in_every_format
    def test_line_ends_of_windows(self, ending: str, tmp_path: Path) -> None:
        """An editor may change them, and put a byte order mark in front."""
        file = written(tmp_path, "", ending)
        text = "\ufeff" + text_of(small(), ending).replace("\n", "\r\n")
        file.write_bytes(text.encode())
        assert verify(file)

    def test_latex_reflowed(self, tmp_path: Path) -> None:
        """Rows on one line, comments, other rules and spaces are the same table."""
        text = text_of(small(), "tex")
        head, body = text.split("\\bottomrule", 1)[0], text.split("\\bottomrule", 1)[1]
        flowed = re.sub(r"\s+", " ", head).replace("\\midrule", "\\hline % & a \\\\ comment\n")
        flowed = flowed.replace("\\\\ Cam", "\\\\[2pt]Cam").replace("{lrrrrl}", "{@{}lrrr|rl@{}}")
        assert verify(written(tmp_path, flowed + "\\bottomrule" + body, "tex"))

    def test_latex_stamp_over_several_lines(self, tmp_path: Path) -> None:
        """Notes may be broken anywhere between words."""
        text = text_of(small(), "tex")
        head, notes = text.split("\\end{tabular", 1)
        assert verify(written(tmp_path, head + "\\end{tabular" + notes.replace(" ", "\n"), "tex"))

    def test_html_dressed_otherwise(self, tmp_path: Path) -> None:
        """No classes, no indentation, no closing tags of rows, the caption as a caption."""
        bare = re.sub(r"<style>.*?</style>", "", text_of(small(), "html"), flags=re.DOTALL)
        bare = re.sub(r"<(\w+)( [^>]*)?>", r"<\1>", bare)
        bare = re.sub(r">\s+<", "><", bare).replace("</tr>", "").replace("</td>", "")
        assert verify(written(tmp_path, bare, "html"))
        nested = text_of(small(), "html").replace("484", "<b>4<i>84</i></b>")
        assert verify(written(tmp_path, nested, "html"))

    def test_markdown_reflowed(self, tmp_path: Path) -> None:
        """Cells without padding, and another line of dashes."""
        text = re.sub(r" +\|", " |", re.sub(r"\|:?-+:?(?=\|)", "| --- ", text_of(small(), "md")))
        assert verify(written(tmp_path, f"# A paper\n\n{text}\n\nMore.", "md"))


class TestDifferent:
    """What somebody changed is named."""

    @in_every_format
    def test_a_digit(self, ending: str, tmp_path: Path) -> None:
        """Row, column, what is written and what comes out."""
        text = text_of(small(), ending).replace("324", "342")
        told = verify(written(tmp_path, text, ending))
        assert not told
        assert told.differences.to_dict("records") == [
            {
                "table": 1,
                "row": "Cambridgeshire",
                "column": "Offences recorded",
                "written": "342",
                "remade": "324",
            }
        ]
        assert str(told).splitlines() == [
            "table 1 (areas, 5 rows): 1 cell differs",
            "  Cambridgeshire, Offences recorded: written 342, comes out as 324",
        ]

    def test_a_prompt_has_one_line(self, tmp_path: Path) -> None:
        """How many tables, and what came of them; print has the cells."""
        same, other = small().to_markdown(), KENT.to_markdown()
        outcomes = {
            same: "<Verification of 1 table: same>",
            same.replace("324", "342") + other: "<Verification of 2 tables: 1 cell differs>",
            same.replace("324", "342").replace("484", "448"): (
                "<Verification of 1 table: 2 cells differ>"
            ),
            same.replace("v1 ", "v9 ") + other: (
                "<Verification of 2 tables: 1 cannot be made again>"
            ),
        }
        for text, outcome in outcomes.items():
            assert repr(verify(written(tmp_path, text, "md"))) == outcome

    def test_another_version_of_the_package(self, tmp_path: Path) -> None:
        """Results may have moved since, which is what the changelog is for."""
        text = small().to_markdown().replace("ukcso 0.", "ukcso 9.")
        assert "made with" not in str(verify(written(tmp_path, text, "md")))
        told = str(verify(written(tmp_path, text.replace("484", "448"), "md")))
        assert re.search(r"1 cell differs; made with ukcso 9\.\S+, and the changelog of ", told)

    @in_every_format
    def test_a_heading(self, ending: str, tmp_path: Path) -> None:
        """A heading says what the numbers are."""
        text = text_of(small(), ending).replace("Rank", "Order")
        (told,) = verify(written(tmp_path, text, ending)).differences.to_dict("records")
        rank, order = "Rank of 42, 95% set", "Order of 42, 95% set"
        assert (told["row"], told["column"], told["written"]) == ("(heading)", rank, order)

    @in_every_format
    def test_a_row_of_all_that_is_gone(self, ending: str, tmp_path: Path) -> None:
        """A table of all years lacks one."""
        text = _less(text_of(KENT, ending), KENT.rows[2][0].shown, ending)
        (told,) = verify(written(tmp_path, text, ending)).differences.to_dict("records")
        assert told["row"] == KENT.rows[2][0].shown
        assert told["written"] == "(no such row)"

    @in_every_format
    def test_a_row_of_some_that_is_gone(self, ending: str, tmp_path: Path) -> None:
        """Which one cannot be known, but how many there were."""
        text = _less(text_of(small(), ending), "Bedfordshire", ending)
        told = verify(written(tmp_path, text, ending)).differences
        assert told[["row", "written", "remade"]].to_numpy().tolist() == [["(rows)", "4", "5"]]

    @in_every_format
    def test_a_row_too_many(self, ending: str, tmp_path: Path) -> None:
        """One of a place that is none, one twice, and one that is true but was not there."""
        ten = quietly(lambda: tables.areas(forces().iloc[:6]))
        row = _row_of(text_of(ten, ending), "Cleveland", ending)
        after = _row_of(text_of(small(), ending), "Cheshire", ending)
        for more, told in (
            (row.replace("Cleveland", "Nowhere"), "Nowhere"),
            (after, "Cheshire"),
            (row, "(rows)"),
        ):
            text = text_of(small(), ending).replace(after, after + more)
            found = verify(written(tmp_path, text, ending)).differences
            assert told in set(found["row"]), (ending, told)

    @in_every_format
    def test_a_column_that_is_gone(self, ending: str, tmp_path: Path) -> None:
        """Every row lacks a cell."""
        text = text_of(KENT, ending).replace("214", "")
        assert KENT.rows
        changed = _row_of(text, KENT.rows[1][0].shown, ending)
        ends = {"html": r"\s*<td[^>]*>[^<]*</td>\s*</tr>", "tex": r"& [^&]*\\\\", "md": r"[^|]*\|$"}
        cut = (
            re.sub(
                ends[ending],
                {"html": "</tr>", "tex": r"\\\\", "md": ""}[ending],
                changed.rstrip("\n"),
            )
            + "\n"
        )
        told = verify(written(tmp_path, text.replace(changed, cut), ending)).differences
        assert "(nothing)" in set(told["written"])


def _row_of(text: str, name: str, ending: str) -> str:
    ways = {
        "html": rf"  <tr>\s*<td[^>]*>{name}.*?</tr>\n",
        "tex": rf"(?m)^{name}.*\n",
        "md": rf"(?m)^\| {name}.*\n",
    }
    found = re.search(ways[ending], text, re.DOTALL if ending == "html" else 0)
    assert found
    return found[0]


def _less(text: str, name: str, ending: str) -> str:
    return text.replace(_row_of(text, name, ending), "")


class TestNotMade:
    """What cannot be made again is said, table by table."""

    @pytest.mark.parametrize(
        ("old", "new", "message"),
        [
            ("recorded_crime v1", "recorded_crime v9", "no version 9 of recorded_crime"),
            ("recorded_crime v1", "crime v1", "no dataset 'crime'"),
            ("areas v2 ", "areas v2 0", None),
            (
                ": areas(",
                ": nothing(",
                "no table 'nothing'; there are areas, trend, figures, claims",
            ),
            ("period='2018/19'", "period='soon'", "not a period|period"),
            ("period='2018/19'", "period='2018/19', order='rate'", "asks for what there is not"),
            ("period='2018/19'", "period='2018/19', sort='size'", "sort must be one of name, rank"),
            (" from areas v2", " of areas v2", "names no dataset"),
        ],
    )
    def test_a_stamp_of_something_else(self, old, new, message, tmp_path: Path) -> None:
        """Versions, files and functions that are not here, and stamps that were edited."""
        text = text_of(small(), "md")
        digest = ukcso.metadata("areas", 2).sha256[:12]
        if message is None:
            old, new, message = digest, "0" * 12, f"areas v2 {'0' * 12}; here areas v2 is {digest}"
        assert old in text
        told = verify(written(tmp_path, text.replace(old, new), "md"))
        assert not told
        assert told.differences.empty
        assert re.search(message, told.problems[1])
        assert str(told).startswith("table 1 (")
        assert "cannot be made again" in str(told)

    def test_own_data(self, tmp_path: Path) -> None:
        """Only their owner has them; the other table of the document is checked all the same."""
        figures = ukcso.load_figures(version=1)
        own = figures.assign(value=figures["value"] + 1)
        first = tables.figures("image_offences", "Lancashire", figures=own).to_markdown()
        told = verify(written(tmp_path, first + KENT.to_markdown(), "md"))
        assert list(told.problems) == [1]
        assert "own data (figures)" in told.problems[1]
        assert str(told).splitlines()[1].endswith("same")
        counts = tables.counts(pd.DataFrame({"a": ["x"], "n": [1]}), label="a", count="n")
        assert "own data (frame)" in verify(counts.save(tmp_path / "own.tex")).problems[1]

    @in_every_format
    def test_a_stamp_without_its_table(self, ending: str, tmp_path: Path) -> None:
        """A table that was cut out, or that text parts from its stamp, is not the same."""
        text = text_of(small(), ending)
        stamp = {"html": str(small().stamp), "md": str(small().stamp)}.get(
            ending, text.rsplit("ukcso", 1)[1].join(["ukcso", ""])
        )
        told = verify(written(tmp_path, f"{text}\n\n{stamp}\n", ending))
        assert list(told.problems) == [2]
        assert "no table stands above" in told.problems[2]


class TestRefused:
    """Files that `verify` cannot take."""

    def test_another_ending(self, tmp_path: Path) -> None:
        """What there is is listed."""
        with pytest.raises(InvalidInputError, match=r"\.html, \.md, \.tex; got 'table\.csv'"):
            verify(KENT.save(tmp_path / "table.csv"))

    @in_every_format
    def test_no_stamp(self, ending: str, tmp_path: Path) -> None:
        """What a stamp is is said."""
        with pytest.raises(InvalidInputError, match="no stamped table; a stamp is the line"):
            verify(written(tmp_path, "Nothing here.", ending))

    def test_no_utf_8(self, tmp_path: Path) -> None:
        """The first bad byte is told."""
        (tmp_path / "table.md").write_bytes("caf\xe9".encode("latin-1"))
        with pytest.raises(InvalidInputError, match=r"table\.md: must be UTF-8; byte 3"):
            verify(tmp_path / "table.md")

    def test_no_file(self, tmp_path: Path) -> None:
        """That is for the operating system to say."""
        with pytest.raises(FileNotFoundError):
            verify(tmp_path / "table.md")

    def test_arguments_that_are_none(self, tmp_path: Path) -> None:
        """A stamp is read, never run."""
        text = KENT.to_markdown().replace("area='Kent'", "area=Kent.name")
        with pytest.raises(InvalidInputError, match="arguments cannot be read: measure_or_code="):
            verify(written(tmp_path, text, "md"))


class TestOwnData:
    """A table of data of one's own asks for them, and comes out the same where they are."""

    @staticmethod
    def own(file: str = "prc 2026.ods", **cells: int) -> pd.DataFrame:
        """Return counts of one's own, as read from a file."""
        crime = ukcso.load_recorded_crime(version=1).assign(**cells)
        origin = {"dataset": "recorded_crime", "version": "own", "file": file, "sha256": 64 * "a"}
        crime.attrs["ukcso"] = origin
        return crime

    @in_every_format
    def test_it_asks_for_the_file(self, tmp_path: Path, ending: str) -> None:
        """Outside of the block nobody can make it again; the message names the file."""
        with ukcso.pinned(recorded_crime=self.own()):
            saved = tables.trend("86", "Kent", across="allow").save(tmp_path / f"kent.{ending}")
            assert str(verify(saved)) == "table 1 (trend, 11 rows): same"
        result = verify(saved)
        assert not result
        assert "hand prc 2026.ods over" in result.problems[1]

    def test_the_file_may_be_renamed(self, tmp_path: Path) -> None:
        """It is known by its hash."""
        with ukcso.pinned(recorded_crime=self.own()):
            saved = tables.trend("86", "Kent", across="allow").save(tmp_path / "kent.md")
        with ukcso.pinned(recorded_crime=self.own("renamed.ods")):
            assert verify(saved)

    def test_other_numbers_are_told(self, tmp_path: Path) -> None:
        """Rows that were edited after they were read give another table."""
        with ukcso.pinned(recorded_crime=self.own()):
            saved = tables.trend("86", "Kent", across="allow").save(tmp_path / "kent.md")
        with ukcso.pinned(recorded_crime=self.own(offences=1)):
            assert "cells differ" in str(verify(saved))

    def test_another_file(self, tmp_path: Path) -> None:
        """The message names what is pinned instead."""
        with ukcso.pinned(recorded_crime=self.own()):
            saved = tables.trend("86", "Kent", across="allow").save(tmp_path / "kent.md")
        other = self.own("other.ods")
        other.attrs["ukcso"]["sha256"] = 64 * "b"
        with ukcso.pinned(recorded_crime=other):
            assert "(own other.ods bbbbbbbbbbbb is)" in verify(saved).problems[1]
