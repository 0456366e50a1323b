"""Mirrors src/ukcso/cli/_change.py and _change_page.py: whether a change is news."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

import ukcso
from ukcso.cli import _formats

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:.*City of London:ukcso.UkcsoWarning"),
]


class TestOneArea:
    """Two sentences that are fit to print, and what they rest on."""

    def test_a_usual_change(self, run) -> None:
        """The number, the growth, that of the rest, and what usual means."""
        result = run("change", "86", "Kent", "2022/23")
        assert (result.code, result.err) == (0, "")
        heading, sentences, *others = result.out.splitlines()
        assert heading == "Obscene publications etc (class 86), Kent, 2022/23"
        assert sentences.startswith(
            "Kent recorded 1,738 offences in 2022/23, 7.8 per cent more than the year before; the "
            "rest of the country 14.7 per cent more. Changes of this size are usual: "
        )
        text = " ".join(others)
        assert "does not mean ordinary" in text
        assert "its P value is not adjusted" in text
        assert "a rise in recording is not a rise in abuse" in text

    def test_an_unusual_change(self, run) -> None:
        """Staffordshire's is not usual, and the numbers do not say why."""
        out = run("change", "86", "Staffordshire", "2022/23").out
        assert "116.9 per cent more than the year before" in out
        assert "A change of this size is not usual" in out

    def test_a_break(self, run) -> None:
        """No growth is told over a change of law, which is named."""
        result = run("change", "88A", "Kent", "2017/18")
        assert (result.code, result.err) == (0, "")
        assert "cannot be told" in result.out
        assert "brk-001 (2017-04-03)" in result.out
        assert "per cent" not in result.out

    def test_the_area_as_an_option(self, run) -> None:
        """Before the period or as --area, it is the same page."""
        assert (
            run("change", "86", "Kent", "2022/23").out
            == run("change", "86", "2022/23", "--area", "Kent").out
        )

    def test_the_way_to_the_whole_table_keeps_the_options(self, run) -> None:
        """The command for all areas has the same year to compare with."""
        out = run("change", "86", "London", "2022/23", "--kind", "region").out
        assert out.count("ukcso change 86 2022/23 --kind region") == 1
        out = run("change", "86", "Kent", "2022/23", "--against", "2019/20").out
        assert "more than in 2019/20" in out
        assert "ukcso change 86 2022/23 --against 2019/20" in out


class TestAllAreas:
    """The table: the unusual first, then by p."""

    def test_rows(self, run) -> None:
        """Every area has a row; Staffordshire is first and the City of London last."""
        result = run("change", "86", "2022/23")
        assert (result.code, result.err) == (0, "")
        lines = result.out.splitlines()
        body = lines[3 : lines.index("")]
        assert len(body) == 43
        assert body[0].startswith("Staffordshire")
        assert body[0].endswith("above")
        assert body[-1].startswith("City of London")
        table = ukcso.change_table("86", "2022/23").sort_values(["p_value", "name"])
        usual = table.loc[table["unusual"] == "usual", "name"].tolist()
        assert [re.split(r"  +", line)[0] for line in body[1:-1]] == usual
        assert "1 of 42 changes are unusual: Staffordshire." in lines

    def test_at_80_columns(self, run, monkeypatch: pytest.MonkeyPatch) -> None:
        """A row is a line, and every column is there; only headings take two."""
        monkeypatch.setattr(_formats, "screen", lambda *_: 80)
        result = run("change", "86", "2022/23")
        lines = re.sub(r"\x1b\[[0-9;]*m", "", result.out).splitlines()
        assert max(map(len, lines)) <= 80
        assert sum(line.startswith("Staffordshire ") for line in lines) == 1
        assert result.err == ""

    def test_formats(self, run) -> None:
        """CSV and JSON have every column of change_table; markdown those for people."""
        table = ukcso.change_table("86", "2022/23")
        rows = list(
            csv.DictReader(io.StringIO(run("change", "86", "2022/23", "--format", "csv").out))
        )
        assert list(rows[0]) == list(table)
        assert [row["area_id"] for row in rows] == table["area_id"].tolist()
        objects = json.loads(run("change", "86", "2022/23", "--format", "json").out)
        assert objects[1]["p_value"] == pytest.approx(table["p_value"][1])
        assert "| Kent" in run("change", "86", "2022/23", "--format", "markdown").out

    def test_some_areas_and_adjustments(self, run) -> None:
        """The judgement allows for the areas asked for."""
        out = run("change", "86", "2022/23", "--area", "Kent", "--areas", "Essex").out
        assert "adjusted for 2 areas (Holm)" in out
        out = run("change", "86", "2022/23", "--adjust", "bh").out
        assert "(Benjamini and Hochberg)" in out

    def test_a_break(self, run) -> None:
        """Where nothing is judged, what lies between the years is told once."""
        out = run("change", "88A", "2017/18").out
        assert out.count("brk-001") == 1
        assert "42 areas" in out

    def test_a_file(self, run, tmp_path: Path) -> None:
        """The publication table, with its stamp."""
        file = tmp_path / "change.md"
        result = run("change", "86", "2022/23", "-o", str(file))
        assert (result.code, result.out) == (0, "")
        assert ukcso.verify(file)


class TestOwnNumbers:
    """Two numbers of one's own, as counts of a class vary from year to year."""

    def test_usual(self, run) -> None:
        """Growth and interval, with the dispersion that the class has at this size."""
        result = run("change", "--from", "933", "--to", "1133", "--like", "86")
        assert (result.code, result.err) == (0, "")
        usual = ukcso.year_to_year_dispersion(ukcso.panel("86"))
        growth = ukcso.growth_interval(933, 1133, dispersion=usual.of_size(933 + 1133))
        interval = f"{100 * growth.lower:.1f} to {100 * growth.upper:.1f}"
        assert (
            f"From 933 to 1,133: 21.4 per cent more (95% interval of the growth {interval})."
            in (result.out)
        )
        assert "A change of this size is usual: it is not told apart from no change" in result.out
        assert "class 86" in result.out

    def test_unusual(self, run) -> None:
        """More than such counts vary: told apart, and not why."""
        out = run("change", "--from", "343", "--to", "744", "--like", "86").out
        assert "A change of this size is not usual: it is told apart from no change" in out
        assert "do not say why" in out

    def test_from_none(self, run) -> None:
        """No growth is made of a count of 0."""
        out = run("change", "--from", "0", "--to", "5", "--like", "86").out
        assert "From 0 to 5: growth from 0 is not defined." in out

    def test_every_digit_of_large_numbers(self, run) -> None:
        """Seven digits are printed as they were given."""
        _, out, _ = run("change", "--from", "1234567", "--to", "1334567", "--like", "86")
        assert out.startswith("From 1,234,567 to 1,334,567: 8.1 per cent more")

    def test_as_data(self, run) -> None:
        """Other formats have the numbers."""
        arguments = ("change", "--from", "933", "--to", "1133", "--like", "86", "--format", "json")
        (row,) = json.loads(run(*arguments).out)
        assert row["growth"] == pytest.approx(200 / 933)
        assert row["lower"] < 0 < row["growth"] < row["upper"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "are missing: ukcso change 86 Kent 2022/23"),
        (("86",), "the period is missing: ukcso change 86 Kent 2022/23"),
        (("86", "Kent"), "the period is missing after 'Kent': ukcso change 86 Kent 2022/23"),
        (("Kent", "2022/23"), "comes first; 'Kent' is an area: ukcso change 86 Kent 2022/23"),
        (
            ("86", "2022/23", "Kent"),
            "the area comes before the period: ukcso change 86 Kent 2022/23",
        ),
        (("86", "Kent", "next year"), "no period 'next year'"),
        (("86", "Kent", "2099/00"), "no count of 86 in 2098/99"),
        (("86", "Atlantis", "2022/23"), "no area 'Atlantis'"),
        (("99", "Kent", "2022/23"), "no measure or offence code '99'"),
        (("86", "Kent", "2022/23", "--area", "Essex"), "before the period or after --area"),
        (("86", "Kent", "2022/23", "--adjust", "x"), "adjust must be one of holm, bh, none"),
        (("86", "Kent", "2022/23", "--level", "2"), "level"),
        (("86", "Kent", "2022/23", "--against", "2023/24"), "against"),
        (("--from", "5", "--like", "86"), "--to is missing"),
        (("--from", "5", "--to", "9"), "--like is missing"),
        (("--like", "86"), "--from is missing"),
        (("86", "--from", "5", "--to", "9", "--like", "86"), "86 has no place beside them"),
        (("--from", "-5", "--to", "9", "--like", "86"), "must be >= 0"),
        (("--from", "5", "--to", "9", "--like", "nothing"), "no measure or offence code"),
    ],
)
def test_wrong_usage(run, arguments: tuple[str, ...], message: str) -> None:
    """One line, with the command as it would be right."""
    result = run("change", *arguments)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("error: ")
    assert message in result.err
    assert len(result.err.splitlines()) == 1
