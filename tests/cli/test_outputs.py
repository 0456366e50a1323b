"""Mirrors src/ukcso/cli/_outputs.py and _pictures.py: tables, pictures, exports, checks of them."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

import ukcso


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
            ("text", "to_markdown"),
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

    def test_areas_with_a_total(self, run) -> None:
        """Options go to the function; its warning is a line on stderr."""
        result = run(
            "table", "areas", "86", "2018/19", "--total", "england-and-wales", "--format", "csv"
        )
        assert result.code == 0
        assert result.out.splitlines()[-1].startswith("England and Wales,25300,")
        assert result.err.startswith("note: City of London")

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
            (("areas", "86"), "areas takes a measure or offence code and a year, such as 2018/19"),
            (("trend", "86"), "trend takes a measure or offence code and an area, such as Kent"),
            (("claims", "86"), "claims takes --release, no measure; got '86'"),
            (("trend", "86", "Kent", "--total", "x"), "--total does not go with trend"),
            (("areas", "86", "2018/19", "--as-of", "x"), "--as-of does not go with areas"),
            (("trend", "86", "Kint"), "no area 'Kint'; nearest: Kent"),
            (("trend", "image_offence", "Kent"), "no measure or offence code 'image_offence'"),
            (("trend", "86", "Kent", "--pin", "crime"), "--pin must be dataset=version, such as"),
            (("trend", "86", "Kent", "--pin", "areas=9"), "no version 9 of areas; there are: 1"),
            (("trend", "86", "Kent", "--output", "x.doc"), "path must end in .html, .tex, .md"),
            (("trend", "86", "Kent", "--suppress-below", "0"), "suppress_below must be"),
            (("areas", "86", "2030/31"), "nothing to show: no area has a count of 86 in 2030/31"),
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
            (("trend", "86"), "trend takes a measure or offence code and an area, such as Kent"),
            (("ranking", "86"), "ranking takes a measure or offence code and a year"),
            (("claims", "86"), "claims takes --release, no measure; got '86'"),
            (("funnel", "86", "2018/19", "--show", "rate"), "--show does not go with funnel"),
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

    def test_without_the_package(self, run, monkeypatch: pytest.MonkeyPatch) -> None:
        """The message has the install line."""
        monkeypatch.setitem(sys.modules, "great_tables", None)
        result = run("show", "measures", "--format", "latex")
        assert (result.code, result.out) == (2, "")
        assert 'pip install "ukcso[tables]"' in result.err
