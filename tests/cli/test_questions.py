"""Mirrors src/ukcso/cli/_questions.py, _area.py and _compare.py: questions, each on one page."""

from __future__ import annotations

import io
import re
import shlex

import pandas as pd
import pytest

import ukcso
from ukcso.cli import _compare, _formats
from ukcso.outputs import ordinal

pytestmark = pytest.mark.slow

AREAS = (
    "Lancashire",
    "North West",
    "Wales",
    "Scotland",
    "Northern Ireland",
    "BTP",
    "UK",
    "England and Wales",
    "City of London",
    "Jersey",
)


@pytest.fixture(params=[80, None], ids=["80 columns", "piped"])
def width(request, monkeypatch: pytest.MonkeyPatch) -> int | None:
    """Show everything on a terminal of 80 columns, and in a pipe."""
    for module in (_formats, _compare):
        monkeypatch.setattr(module, "screen", lambda *_: request.param)
    return request.param


def lines_within(out: str, width: int | None) -> list[str]:
    """Return lines, none of which is wider than the terminal."""
    lines = re.sub(r"\x1b\[[0-9;]*m", "", out).splitlines()
    assert width is None or max(map(len, lines)) <= width
    return lines


class TestArea:
    """`ukcso area NAME`: one page about an area."""

    @pytest.mark.parametrize("name", AREAS)
    def test_every_kind_of_area_has_a_page(self, run, width: int | None, name: str) -> None:
        """One screen with what there is, and what there is not; nothing said twice on stderr."""
        result = run("area", name)
        assert (result.code, result.err) == (0, "")
        lines = lines_within(result.out, width)
        assert lines[0].startswith(ukcso.find_area(name).name)
        assert len(lines) <= 60
        assert "Printed statements:" in result.out

    def test_a_force(self, run) -> None:
        """Counts, rates and rank are those of the tables, the statements those of check_claims."""
        out = run("area", "Lancashire Police").out
        row = next(line for line in out.splitlines() if line.startswith("86, "))
        # recorded_crime v1: 1,058 offences of class 86 in Lancashire in 2022/23.
        with pytest.warns(UserWarning, match="City of London"):
            table = ukcso.area_table("86", "2022/23")
        mine = table.set_index("area_id").loc["lancashire"]
        for part in ("2022/23", "1,058", f"{mine['rate']:.0f} ("):
            assert part in row
        place, first, last = (
            ordinal(int(mine[name])) for name in ("rank", "rank_lower", "rank_upper")
        )
        assert f"Rank by rate: 86, {place} of 42 ({first} to {last}); 88A, 5th of 42 (" in out
        assert "A rank carries little." in out
        assert "ukcso change 86 lancashire 2022/23" in out
        claims = ukcso.load_claims().merge(ukcso.check_claims())
        about = claims[claims["area_id"] == "lancashire"]
        assert f"Printed statements: {len(about)} (" in out
        assert "265*" in out  # 2014/15, from which on recording improved: brk-003
        assert "brk-003" in out

    def test_what_there_is_not(self, run) -> None:
        """Scotland and Northern Ireland count other classes, which are shown instead."""
        for name, dataset in (
            ("Scotland", "recorded_crime_scotland"),
            ("Northern Ireland", "recorded_crime_northern_ireland"),
        ):
            out = run("area", name).out
            assert re.search(r"No count of a year here: .*86, obscene publications", out)
            assert f"ukcso show {dataset}" in out
        # Recorded Crime in Scotland, 2024/25: indecent photos of children; by 1,019,613 residents
        # (population v2, scotland,2024,0-17, rebased), 81.2 per 100,000.
        row = r"indecent photos of children +2024/25 +828 +81 \(76 to 87\)"
        assert re.search(row, run("area", "Scotland").out)
        assert "nan" not in run("area", "Northern Ireland").out.split()

    @pytest.mark.parametrize("name", ["Lancashire", "Scotland", "North West"])
    def test_the_commands_that_go_deeper_run(self, run, name: str) -> None:
        """Each as it stands."""
        out = run("area", name).out.partition("to go deeper")[2]
        commands = re.findall(r"^ukcso (.*?)(?:  |$)", out, re.MULTILINE)
        assert len(commands) >= 3
        for command in commands:
            result = run(*shlex.split(command))
            assert result.code == 0, command
            assert result.out

    def test_a_local_authority_is_followed(self, run) -> None:
        """And it is said that its number is not the force's."""
        result = run("area", "Maidstone")
        assert result.out.startswith("Kent (police force area")
        assert result.out == run("area", "Kent").out
        assert result.err == "Maidstone lies in Kent; an authority's number is not its force's\n"

    def test_kind_decides(self, run) -> None:
        """The name of a force and of a region: unasked the force, with a note."""
        region = run("area", "West Midlands", "--kind", "region")
        assert (region.err, region.out.splitlines()[0]) == (
            "",
            "West Midlands (region) (region, E12000005)",
        )
        looked_up = run("areas", "West Midlands", "--kind", "region", "--format", "csv")
        assert looked_up.out.splitlines()[1].startswith("west-midlands-region,")
        assert run("areas", "--kind", "planet").err.startswith("error: kind must be one of")

    def test_what_is_left_out_is_said(self, run) -> None:
        """Other releases, a rate of few residents, and why there is no rate."""
        lancashire = run("area", "Lancashire").out
        assert "Releases are not mixed; left out: image offences, nspcc-2018-09-" in lancashire
        assert "(2016/17 to 2017/18); online flag, 2 releases." in lancashire
        # Two papers quote the release of September 2020, one with 67 for 2018/19, one with 66.
        assert re.search(r"^2018/19 .* 67†$", lancashire, re.MULTILINE)
        assert "† quoted from that release with other values too." in lancashire
        assert "66 to 419" in lancashire
        assert "so few of them" in run("area", "City of London").out
        assert "Rate –: No estimate of residents" in run("area", "BTP").out  # noqa: RUF001
        assert "Rate –" not in lancashire  # noqa: RUF001

    def test_an_unknown_area(self, run) -> None:
        """One line with the nearest names."""
        result = run("area", "Lancashir")
        assert (result.code, result.out) == (2, "")
        assert "nearest: Lancashire" in result.err
        assert len(result.err.splitlines()) == 1


class TestCompare:
    """`ukcso compare MEASURE AREA AREA ...`."""

    def test_side_by_side(self, run, width: int | None) -> None:
        """Count, rate and growth of each area, as its trend table has them."""
        result = run("compare", "86", "Kent", "Lancashire", "England and Wales")
        assert result.code == 0
        lines = lines_within(result.out, width)
        (row,) = [line for line in lines if line.startswith("2022/23 ")]
        # recorded_crime v1: 1,738 in Kent, 1,058 in Lancashire; 1,612 and 1,133 the year before.
        assert row.split()[1:4] == ["1,738", "425.6", "+7.8"]
        assert row.split()[4] == "1,058"
        assert row.split()[6] == "-6.6"
        assert "brk-003" in result.out
        assert "Sources: " in result.out
        text = " ".join(lines)
        assert "A change may be a usual one" in text
        assert "Whether one is: ukcso change 86 kent 2022/23" in text
        assert len(lines) <= 30
        notes = [line for line in result.err.splitlines() if "not comparable" in line]
        assert len(notes) == len(set(notes))

    def test_many_areas_below_one_another(self, run, width: int | None) -> None:
        """Six have room in 80 columns."""
        names = ["Kent", "Essex", "Surrey", "Sussex", "Lancashire", "England and Wales"]
        result = run("compare", "88A", *names)
        assert result.code == 0
        lines = lines_within(result.out, width)
        assert [line for line in lines if line in {"count", "rate", "change"}] == [
            "count",
            "rate",
            "change",
        ]

    def test_releases_that_differ_are_said(self, run) -> None:
        """Printed figures of one release are not compared with another's in silence."""
        out = run("compare", "image_offences", "Kent", "Lancashire").out
        assert "Releases differ" in out
        assert "nspcc-2024-03-image-offences" in out

    def test_csv_has_every_row(self, run) -> None:
        """Areas below one another, each row with its area."""
        out = run("compare", "86", "Kent", "Lancashire", "--format", "csv").out
        frame = pd.read_csv(io.StringIO(out))
        assert set(frame["area_id"]) == {"kent", "lancashire"}
        assert frame["count"].sum() == sum(
            ukcso.trend_table("86", area, across="allow")["count"].sum()
            for area in ("Kent", "Lancashire")
        )

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (("86",), "Missing argument"),
            (("86", "Kent", "Kent Police"), "each area is compared once"),
            (("86", "Kent", "Mars"), "no area 'Mars'"),
            (("nothing", "Kent"), "no measure or offence code 'nothing'"),
            (("image_offences", "BTP"), "nothing to compare"),
        ],
    )
    def test_mistakes(self, run, arguments: tuple[str, ...], message: str) -> None:
        """Told in a line, exit 2."""
        result = run("compare", *arguments)
        assert (result.code, result.out) == (2, "")
        assert message in result.err
        assert "Traceback" not in result.err


class TestTrend:
    """`ukcso trend CODE AREA`: the average yearly change, in two sentences."""

    def test_two_sentences_and_what_bounds_them(self, run, width: int | None) -> None:
        """The text is that of `trend`, followed by notes and sources; nothing is said twice."""
        result = run("trend", "86", "England and Wales")
        assert (result.code, result.err) == (0, "")
        with pytest.warns(ukcso.UkcsoWarning, match="same every year"):
            found = ukcso.trend("86", "England and Wales")
        text = " ".join(lines_within(result.out, width))
        assert text.startswith(str(found))
        assert text.count("the dispersion around the trend is 129.8") == 1
        assert "not offences committed" in text
        assert text.endswith("recorded_crime version 1 (Home Office).")

    def test_rows_for_programs(self, run) -> None:
        """The yearly change, then each step, with every digit; what is uneven goes to stderr."""
        result = run("trend", "88A", "england-and-wales", "--format", "csv")
        frame = pd.read_csv(io.StringIO(result.out))
        assert frame["term"].tolist() == ["annual_change", "step", "step"]
        # tests/reference/trend.csv, made by R
        assert frame["change"].tolist() == pytest.approx(
            [0.064890653373620183, 1.0831778446705369, 3.4346264729093852]
        )
        assert frame["date"].tolist()[1:] == ["2014-11-18", "2017-04-03"]
        assert "same every year" in result.err

    def test_options(self, run) -> None:
        """Periods, and breaks passed over, are handed on."""
        result = run("trend", "88A", "Wales", "--period", "2015/16 to 2022/23", "--no-breaks")
        assert result.code == 0
        assert "2015/16 to 2022/23: offences" in result.out
        assert "passed over" in result.out

    def test_too_few_years(self, run) -> None:
        """One line on stderr, and exit code 2."""
        result = run("trend", "86", "Kent", "--period", "2019/20 to 2022/23")
        assert (result.code, result.out) == (2, "")
        assert "it takes at least 3" in result.err
