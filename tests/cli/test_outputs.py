"""Mirrors src/ukcso/cli/_outputs.py and _pictures.py: tables, pictures, exports, checks of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import ukcso

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Run every command in a folder of its own."""
    monkeypatch.chdir(tmp_path)


TREND = ("table", "trend", "image_offences", "Lancashire")


class TestTable:
    """`ukcso table`: the tables of `ukcso.tables`."""

    @pytest.mark.parametrize(
        ("form", "write"),
        [
            ("markdown", "to_markdown"),
            ("csv", "to_csv"),
            ("json", "to_json"),
            ("latex", "to_latex"),
            ("html", "to_html"),
        ],
    )
    def test_every_format(self, run, form: str, write: str) -> None:
        """What is printed is what the method of the table returns, and nothing else."""
        table = ukcso.tables.trend("image_offences", "Lancashire")
        result = run(*TREND, "--format", form)
        assert (result.code, result.err) == (0, "")
        assert result.out == getattr(table, write)()

    @pytest.mark.parametrize("arguments", [(), ("--format", "text")])
    def test_text_is_for_reading(self, run, arguments: tuple[str, ...]) -> None:
        """In a pipe too: no markup, a row a line, footnotes in brackets, every cell as shown."""
        table = ukcso.tables.trend("image_offences", "Lancashire")
        result = run(*TREND, *arguments)
        assert (result.code, result.err) == (0, "")
        assert not set("|<\\`*") & set(result.out)
        lines = result.out.splitlines()
        assert lines[0] == table.caption
        assert "(a) No figure for the period directly before." in lines
        for row, line in zip(table.rows, lines[4:], strict=False):
            assert [cell for cell in row if cell.shown not in line] == []
        assert lines[-1] == str(table.stamp)

    def test_areas_with_a_total(self, run) -> None:
        """Options go to the function; its warning is a line on stderr."""
        result = run(
            "table", "areas", "86", "2018/19", "--total", "england-and-wales", "--format", "csv"
        )
        assert result.code == 0
        assert result.out.splitlines()[-1].startswith("England and Wales,25300,")
        assert result.err.startswith("note: 86, police_force_area, 2018/19: City of London")

    def test_kinds_of_area(self, run) -> None:
        """Regions are asked for with --area-kind."""
        out = run("table", "areas", "86", "2018/19", "--area-kind", "region", "--format", "csv").out
        assert "East of England," in out
        assert len(out.splitlines()) == 10

    def test_figures_and_claims(self, run) -> None:
        """What was printed, and what came of checking it."""
        release = "nspcc-2018-09-image-offences"
        printed = run("table", "figures", "image_offences", "UK", "--release", release)
        assert "22,724" in printed.out
        claims = run("table", "claims", "--release", release, "--verdict", "differs")
        assert "clm-00104" in claims.out
        assert "clm-00103" not in claims.out

    def test_a_file(self, run, tmp_path: Path) -> None:
        """A file is written by its ending, and told on stderr."""
        result = run(*TREND, "--output", "table.tex")
        assert (result.code, result.out, result.err) == (0, "", "table.tex\n")
        assert r"\begin{table}" in (tmp_path / "table.tex").read_text(encoding="utf-8")

    def test_pins(self, run, second_version: str) -> None:
        """A pinned version stands for the newest."""
        arguments = ("table", "trend", "86", "Kent", "--across", "allow", "--format", "csv")
        assert "2017/18,2209," in run(*arguments).out
        assert "2017/18,1209," in run(*arguments, "--pin", f"{second_version}=1").out

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (("trend", "86", "Kint"), "no area 'Kint'; nearest: Kent"),
            (("trend", "image_offence", "Kent"), "no measure or offence code 'image_offence'"),
            (("trend", "86", "Kent", "--pin", "crime"), "--pin must be dataset=version, such as"),
            (("trend", "86", "Kent", "--pin", "areas=9"), "no version 9 of areas; there are: 1"),
            (("trend", "86", "Kent", "--output", "x.doc"), "path must end in .html, .tex, .md"),
            (("trend", "86", "Kent", "--suppress-below", "0"), "suppress_below must be"),
            (
                ("areas", "86", "2030/31"),
                "no count of 86 in 2030/31: recorded_crime holds it from April 2012 to June 2023",
            ),
            (
                ("trend", "86", "Kent", "--format", "html", "--output", "x.md"),
                "--format goes without --output; the ending of x.md says the format",
            ),
        ],
    )
    def test_wrong_usage(self, run, arguments: tuple[str, ...], message: str) -> None:
        """One line says what to do; nothing is printed, and no traceback."""
        result = run("table", *arguments)
        assert (result.code, result.out) == (2, "")
        assert result.err.splitlines()[-1].startswith(f"error: {message}")


class TestCounts:
    """`ukcso table counts`: a user's own CSV, with disclosure control."""

    ROWS = "team,offences,people\nnorth,3,1000\nsouth,9,2000\nNA,20,\nall,32,3000\n"

    def test_small_counts_are_withheld(self, run, tmp_path: Path) -> None:
        """9 goes too, for 32 - 20 - 9 would give the 3 away; a team called NA is a team."""
        (tmp_path / "own.csv").write_text(self.ROWS, encoding="utf-8")
        columns = ("--label", "team", "--count", "offences", "--total", "all")
        result = run(
            "table", "counts", "own.csv", *columns, "--suppress-below", "5", "--format", "csv"
        )
        assert (result.code, result.err) == (0, "")
        cells = [line.split(",")[:2] for line in result.out.splitlines()[1:]]
        assert cells == [["north", ""], ["south", ""], ["NA", "20"], ["all", "32"]]
        assert "[c]" in run("table", "counts", "own.csv", *columns, "--suppress-below", "5").out

    def test_rates(self, run, tmp_path: Path) -> None:
        """With --population and --per; 3 of 1,000 are 3.0 per 1,000."""
        (tmp_path / "own.csv").write_text(self.ROWS, encoding="utf-8")
        columns = ("--label", "team", "--count", "offences", "--population", "people")
        out = run("table", "counts", "own.csv", *columns, "--per", "1000").out
        assert "3.0 (0.6 to 8.8)" in out  # exact Poisson limits of 3: 0.62 and 8.77

    @pytest.mark.parametrize(
        ("content", "options", "message"),
        [
            (ROWS, ("--label", "x", "--count", "offences"), "label must be a column; got 'x'"),
            (ROWS, ("--label", "team", "--count", "team"), "team must hold numbers"),
            ("", ("--label", "team", "--count", "offences"), "own.csv: not a readable CSV"),
            (ROWS, ("--label", "team", "--count", "people", "--per", "5"), "population and per"),
        ],
    )
    def test_wrong_files_and_columns(
        self, run, tmp_path: Path, content: str, options: tuple[str, ...], message: str
    ) -> None:
        """One line says what is wrong with it."""
        (tmp_path / "own.csv").write_text(content, encoding="utf-8")
        result = run("table", "counts", "own.csv", *options)
        assert (result.code, result.out) == (2, "")
        assert result.err.startswith(f"error: {message}")


class TestVerify:
    """`ukcso verify`: tables made again."""

    def test_the_same_and_not(self, run, tmp_path: Path) -> None:
        """Exit 0 where nothing differs; 1 with every differing cell where something does."""
        run(*TREND, "--output", "table.md")
        assert run("verify", "table.md") == (0, "table 1 (trend, 6 rows): same\n", "")
        file = tmp_path / "table.md"
        file.write_text(file.read_text(encoding="utf-8").replace(" 674 ", " 647 "), "utf-8")
        result = run("verify", "table.md")
        assert (result.code, result.err) == (1, "")
        assert result.out.splitlines() == [
            "table 1 (trend, 6 rows): 1 cell differs",
            "  2017/18, Offences recorded: written 647, comes out as 674",
        ]

    def test_wrong_files(self, run, tmp_path: Path) -> None:
        """A file that is not there, of another kind, or without a stamp is told in a line."""
        (tmp_path / "plain.md").write_text("no table", encoding="utf-8")
        for name, message in (
            ("none.md", "none.md: no such file"),
            ("table.doc", "path must end in"),
            ("plain.md", "plain.md: no stamped table"),
        ):
            result = run("verify", name)
            assert (result.code, result.out) == (2, "")
            assert result.err.startswith(f"error: {message}")


class TestExport:
    """`ukcso export`: datasets as files."""

    def test_some_datasets(self, run, tmp_path: Path) -> None:
        """The files that were written are listed; they are those that were asked for."""
        result = run("export", "data", "--dataset", "areas", "--dataset", "breaks")
        assert (result.code, result.err) == (0, "")
        written = [Path(line).name for line in result.out.splitlines()]
        assert sorted(written) == sorted(path.name for path in (tmp_path / "data").iterdir())
        assert {"areas.csv", "breaks.csv", "datapackage.json"} <= set(written)

    def test_nothing_is_overwritten_unasked(self, run) -> None:
        """A second export is refused, unless it is told to replace."""
        arguments = ("export", "data", "--dataset", "areas", "--format", "sqlite")
        assert run(*arguments).code == 0
        refused = run(*arguments)
        assert refused.code == 2
        assert "overwrite" in refused.err
        assert run(*arguments, "--overwrite").code == 0

    def test_pins(self, run, second_version: str, tmp_path: Path) -> None:
        """The pinned version is written."""
        run("export", "data", "--dataset", second_version, "--pin", f"{second_version}=1")
        described = json.loads((tmp_path / "data" / "datapackage.json").read_text("utf-8"))
        (resource,) = described["resources"]
        assert resource["hash"].endswith(ukcso.metadata(second_version, 1).sha256)

    def test_wrong_usage(self, run) -> None:
        """Unknown formats and datasets are told with what there is."""
        assert "format must be one of csv, parquet" in run("export", "d", "--format", "xls").err
        assert "no dataset 'crime'" in run("export", "d", "--dataset", "crime").err


class TestPlot:
    """`ukcso plot`: pictures as files."""

    def test_every_kind(self, run, tmp_path: Path) -> None:
        """Each kind is drawn and told on stderr; an SVG begins as one."""
        release = ("--release", "nspcc-2018-09-image-offences")
        for kind, *arguments in (
            ("trend", "86", "Kent", "--show", "count"),
            ("trend", "86", "Kent", "Lancashire", "--title", "Two forces"),
            ("ranking", "86", "2018/19", "--highlight", "Kent"),
            ("funnel", "86", "2018/19"),
            ("tile_map", "86", "2018/19", "--width", "320"),
            ("claims", "--relation", "growth", *release),
        ):
            result = run("plot", kind, *arguments, "--output", f"{kind}.svg")
            assert (result.code, result.out) == (0, ""), result.err
            assert result.err.splitlines()[-1] == f"{kind}.svg"
            assert (tmp_path / f"{kind}.svg").read_text(encoding="utf-8").startswith("<svg")

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (("funnel", "86", "lately"), "no period 'lately'"),
            (("trend", "86", "Kent", "Mars"), "no area 'Mars'"),
            (("ranking", "86", "2018/19", "--highlight", "Mars"), "no area 'Mars'"),
        ],
    )
    def test_wrong_usage(
        self, run, arguments: tuple[str, ...], message: str, tmp_path: Path
    ) -> None:
        """One line says what to do, and no file is written."""
        result = run("plot", *arguments, "--output", "x.svg")
        assert (result.code, result.out) == (2, "")
        assert result.err.splitlines()[-1].startswith(f"error: {message}")
        assert list(tmp_path.glob("*.svg")) == []

    def test_a_picture_needs_a_file(self, run) -> None:
        """Without --output there is nothing to draw to; another ending is refused."""
        assert run("plot", "trend", "86", "Kent").code == 2
        result = run("plot", "trend", "86", "Kent", "--output", "x.gif")
        assert result.code == 2
        assert "x.gif" in result.err


class TestCite:
    """`ukcso cite` with an area: everything behind a series."""

    def test_printed_and_official(self, run) -> None:
        """A measure brings its publications, a code the official table."""
        printed = run("cite", "image_offences", "Bedfordshire")
        assert "Royston Crow (2018)" in printed.out
        official = run("cite", "86", "Kent", "--style", "csl-json")
        assert [item["id"] for item in json.loads(official.out)] == ["ukcso_recorded_crime_v1"]


class TestLatex:
    """`--format latex` of the other commands: a plain table, signs escaped."""

    def test_a_frame(self, run) -> None:
        """Every row is there, and what TeX would take for a command is not one."""
        result = run("show", "measures", "--version", "1", "--format", "latex")
        assert (result.code, result.err) == (0, "")
        assert result.out.count(r" \\") == 1 + len(ukcso.load_measures(version=1))
        assert r"image\_offences & Child abuse image offences" in result.out
        assert r"\toprule" in result.out
