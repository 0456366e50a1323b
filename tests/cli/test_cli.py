"""Mirrors src/ukcso/cli: what a user types, sees and gets back."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

import ukcso
from ukcso.claims._explain import explain
from ukcso.cli import _check

pytestmark = pytest.mark.slow


class TestCheck:
    """`ukcso check`: the main job."""

    def test_a_summary_then_every_claim(self, run) -> None:
        """--all lists all shipped claims below the summary, which adds up to them."""
        result = run("check", "--all")
        assert result.code == 0
        claims = ukcso.load_claims()
        assert all(claim_id in result.out for claim_id in claims["claim_id"])
        summary, _, listed = result.out.partition("claim ")
        assert not re.search(r"clm-\d", summary)
        counts = ukcso.check_claims()["verdict"].value_counts()
        for verdict, count in counts.items():
            assert any(line.split()[:2] == [verdict, str(count)] for line in summary.splitlines())
        total = ["all", str(len(claims))]
        assert any(line.split()[:2] == total for line in summary.splitlines())
        assert "verdict" in listed.splitlines()[0]

    def test_what_differs_by_kind_of_slip(self, run) -> None:
        """Without --all, the statements that do not reproduce, in one table that lines up."""
        result = run("check")
        assert result.code == 0
        lines = result.out.splitlines()
        checked = ukcso.check_claims()
        differ = checked[checked["verdict"] == "differs"]
        assert sorted(re.findall(r"clm-\d+", result.out)) == sorted(differ["claim_id"])
        heading = next(line for line in lines if line.startswith("claim "))
        place = heading.index("recomputed")
        body = lines[lines.index(heading) + 2 :]
        cells = [line for line in body if line.startswith("clm-")]
        assert all(line[place - 2 : place] == "  " and line[place] != " " for line in cells)
        sections = [line for line in body if line and not line.startswith("clm-")]
        # As a diagnosis says it before its colon, with how many there are; the largest first.
        slips = differ["diagnosis"].str.partition(":")[0].value_counts()
        assert sections[0] == f"{slips.index[0]} ({slips.iloc[0]})"
        assert sections[-1] == f"no single slip explains it ({differ['diagnosis'].isna().sum()})"
        numbers = [int(section.rpartition("(")[2].rstrip(")")) for section in sections]
        assert sum(numbers) == len(differ)
        assert numbers[:-1] == sorted(slips, reverse=True)
        assert body.index(sections[0]) < body.index(next(x for x in body if "clm-00104" in x))
        assert "ukcso check --all" in result.err

    def test_nothing_differs(self, run) -> None:
        """The summary alone says so."""
        out = run("check", "--area", "Cumbria").out
        assert "differs" in out
        assert "clm-" not in out

    def test_grouped_by_release(self, run) -> None:
        """Each release has one heading, with publisher, title, month and id."""
        out = run("check", "--all").out
        headings = [line for line in out.splitlines() if line.rstrip().endswith("]")]
        releases = ukcso.load_claims()["release_id"].nunique()
        assert len(headings) == releases
        title = "NSPCC: recorded image offences, 2016/17 and 2017/18 (2018-09)"
        assert f"{title} [nspcc-2018-09-image-offences]" in out

    def test_reads_like_a_sentence(self, run) -> None:
        """A row says what is claimed, from what, what comes out and why."""
        line = next(x for x in run("check").out.splitlines() if "clm-00104" in x)
        for part in ("66 %", "118 to 200", "69.5 %", "differs"):
            assert part in line

    def test_nothing_is_coloured_or_clipped_in_a_pipe(self, run) -> None:
        """No escape codes and no ellipsis reach a file."""
        out = run("check").out
        assert "\x1b" not in out
        assert "\N{HORIZONTAL ELLIPSIS}" not in out

    def test_one_release(self, run) -> None:
        """--release keeps the claims of one wave."""
        out = run("check", "--release", "nspcc-2018-09-image-offences", "--format", "csv").out
        frame = pd.read_csv(io.StringIO(out))
        assert set(frame["release_id"]) == {"nspcc-2018-09-image-offences"}

    def test_findings_only(self, run) -> None:
        """--findings leaves out what reproduces."""
        out = run("check", "--findings", "--format", "csv").out
        assert "reproduced" not in set(pd.read_csv(io.StringIO(out))["verdict"])
        assert "clm-00104" in run("check", "--findings").out

    def test_formats_say_the_same(self, run) -> None:
        """JSON, CSV and Markdown hold every row of the table."""
        table = ukcso.check_claims()
        parsed = json.loads(run("check", "--format", "json").out)
        assert [row["verdict"] for row in parsed] == table["verdict"].tolist()
        assert parsed[103]["recomputed_lower"] == pytest.approx(100 * 82 / 118)
        frame = pd.read_csv(io.StringIO(run("check", "--format", "csv").out))
        assert frame["verdict"].tolist() == table["verdict"].tolist()
        assert frame["recomputed_lower"].to_numpy() == pytest.approx(
            table["recomputed_lower"].to_numpy(), nan_ok=True, rel=1e-14
        )
        markdown = run("check", "--format", "markdown").out.splitlines()
        assert len(markdown) == len(table) + 2
        assert all(line.startswith("|") for line in markdown)

    def test_own_claims_and_figures(self, run, tmp_path: Path) -> None:
        """A reader's own CSV files are checked the same way."""
        claims, figures = tmp_path / "claims.csv", tmp_path / "figures.csv"
        ukcso.load_claims().head(4).to_csv(claims, index=False)
        ukcso.load_figures().head(0).to_csv(figures, index=False)
        out = run(
            "check", "--claims", str(claims), "--figures", str(figures), "--format", "csv"
        ).out
        frame = pd.read_csv(io.StringIO(out))
        # Their operands are printed beside the claims, so no figure is needed.
        assert frame["verdict"].tolist() == ukcso.check_claims()["verdict"].head(4).tolist()


class TestProgress:
    """How far it is: only on a terminal, and only if it takes long enough to ask."""

    @staticmethod
    def watched(monkeypatch: pytest.MonkeyPatch, *, terminal: bool, seconds: float) -> str:
        """Return what is shown while three items take so many seconds each."""
        screen = io.StringIO()
        screen.isatty = lambda: terminal
        monkeypatch.setattr(sys, "stderr", screen)
        clock = iter(range(10_000))
        monkeypatch.setattr(_check.time, "monotonic", lambda: next(clock) * seconds)
        assert list(_check.patiently([1, 2, 3])) == [1, 2, 3]
        return screen.getvalue()

    def test_shown_on_a_terminal_when_slow(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """After a second it is told, and wiped away at the end."""
        shown = self.watched(monkeypatch, terminal=True, seconds=2)
        assert "checking claims: 2 of 3" in shown
        assert shown.endswith(f"\r{' ' * len('checking claims: 2 of 3')}\r")

    def test_not_shown_when_quick(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Work that is done in a moment shows nothing."""
        assert self.watched(monkeypatch, terminal=True, seconds=0.001) == ""

    def test_not_shown_in_a_pipe(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A log file never holds it."""
        assert self.watched(monkeypatch, terminal=False, seconds=2) == ""


class TestClaim:
    """`ukcso claim`: one statement."""

    def test_differs_is_exit_1(self, run) -> None:
        """A statement that does not hold fails a script, with the reason shown."""
        result = run("claim", "growth", "66", "--subject", "200", "--reference", "118")
        assert result.code == 1
        for part in ("69.5 %", "differs", "one digit: 69 printed as 66"):
            assert part in result.out

    def test_negative_numbers_are_numbers(self, run) -> None:
        """-22 is a fall, not an option."""
        result = run("claim", "growth", "-22", "--subject", "164", "--reference", "209")
        assert result.code == 0
        assert "reproduced" in result.out

    def test_period_and_hedges(self, run) -> None:
        """Calendar relations take a period; hedged operands are ranges."""
        result = run(
            "claim", "per_day", "2", "--subject", "674", "--period", "2017/18", "--hedge", "nearly"
        )
        assert "reproduced" in result.out
        result = run(
            "claim",
            "per_day",
            "11",
            "--subject",
            "4,000",
            "--subject-hedge",
            "over",
            "--period",
            "2018/19",
        )
        assert "possible" in result.out

    def test_json(self, run) -> None:
        """Programs get the same as JSON."""
        result = run(
            "claim", "per_day", "22", "--subject", "8224", "--period", "2018/19", "--format", "json"
        )
        assert json.loads(result.out)[0]["verdict"] == "truncated"


class TestEvidence:
    """`ukcso series`, `revisions`, `implied`, `areas MEASURE PERIOD`."""

    def test_series(self, run) -> None:
        """Printed figures by period and release; official counts for an offence code."""
        out = run("series", "image_offences", "UK", "--format", "csv").out
        frame = pd.read_csv(io.StringIO(out))
        year = frame[frame["period"] == "2016/17"]
        assert year["value"].tolist() == [18_522, 18_574]
        result = run("series", "86", "Kent Police")
        assert "1738" in result.out
        assert result.err.strip() == "left out, incomplete: 2023/24"

    def test_series_as_of(self, run) -> None:
        """Only what was out by a day."""
        out = run("series", "image_offences", "UK", "--as-of", "2019-12-31", "--format", "csv").out
        assert 18_574 not in pd.read_csv(io.StringIO(out))["value"].tolist()

    def test_revisions(self, run) -> None:
        """Every value ever printed for a cell."""
        frame = pd.read_csv(
            io.StringIO(run("revisions", "image_offences", "UK", "2016/17", "--format", "csv").out)
        )
        assert set(frame["value"]) == {18_522, 18_574}

    def test_implied(self, run) -> None:
        """419 after a rise of 525 per cent was 67."""
        out = run("implied", "online_child_sexual_offences", "Lancashire", "--format", "csv").out
        frame = pd.read_csv(io.StringIO(out))
        assert [67, 67] in frame[["lower", "upper"]].to_numpy().tolist()

    def test_area_table(self, run) -> None:
        """43 rows; the release, what ranks and limits rest on or why there are none on stderr."""
        result = run("areas", "image_offences", "2017/18", "--format", "csv")
        assert len(pd.read_csv(io.StringIO(result.out))) == 43
        assert "release nspcc-2018-09-image-offences" in result.err
        assert "No rank and no position in the funnel: 16 of 43 areas" in result.err
        official = run("areas", "86", "2022/23").err
        assert "City of London" in official
        assert "A rank carries little." in official
        assert "by the additive model" in official
        assert re.search(r"positions of .*Metropolitan Police.* depend on the model", official)

    def test_a_rank_never_stands_without_its_set(self, run) -> None:
        """People get both in one column, programs in columns beside each other."""
        people = run("areas", "86", "2022/23", "--sort", "rate", "--top", "5").out
        assert re.search(r"  1st of 42 \(1st to \d+(st|nd|rd|th)\)  ", people)
        assert re.search(r"  5th of 42 \(1st to \d+(st|nd|rd|th)\)  ", people)
        frame = pd.read_csv(io.StringIO(run("areas", "86", "2022/23", "--format", "csv").out))
        assert {"rank", "rank_lower", "rank_upper", "n_ranked"} <= set(frame)
        unranked = run("areas", "image_offences", "2017/18", "--top", "3").out
        assert "rank" not in unranked

    def test_incomplete_periods_are_told_everywhere(self, run) -> None:
        """A table by area says which years have no count, as a series does."""
        assert "left out, incomplete: 2023/24" in run("series", "86", "Kent").err.splitlines()
        assert "2023/24: it lacks quarters in 43 of 43 areas" in run("areas", "86", "2023/24").err

    def test_sorted_and_cut(self, run) -> None:
        """The highest rates, and of how many; the same as the table's own order by rank."""
        result = run("areas", "86", "2022/23", "--sort", "rate", "--top", "10", "--format", "csv")
        frame = pd.read_csv(io.StringIO(result.out))
        assert frame["rank"].tolist() == list(range(1, 11))
        assert frame["rate"].is_monotonic_decreasing
        assert "10 of 43 areas" in result.err
        assert "of 43 areas" not in run("areas", "86", "2022/23").err
        assert "sort must be one of" in run("areas", "86", "2022/23", "--sort", "size").err

    def test_options_of_figures_are_refused_for_a_code(self, run) -> None:
        """Ignored, they would seem to have worked."""
        result = run("series", "86", "Kent", "--as-of", "2019-12-31")
        assert (result.code, result.out) == (2, "")
        assert "--as-of go with a measure; 86 is a code" in result.err

    def test_explain(self, run) -> None:
        """Operands, sources, arithmetic, diagnosis, in sentences."""
        out = run("check", "--explain", "clm-00104").out
        for part in (
            "NSPCC: recorded image offences",
            "200, printed by Royston Crow",
            "(200 - 118) / 118 x 100 = 69.5 %",
            "allows 65.5 to 66.5",
            "It would read 69.",
            "one digit: 69 printed as 66",
        ):
            assert part in out

    @pytest.mark.parametrize("claim_id", ukcso.load_claims()["claim_id"][::37])
    def test_every_kind_of_claim_can_be_explained(self, claim_id: str) -> None:
        """Sentences end in full stops and name the verdict."""
        lines = explain(claim_id)
        assert all(line.endswith(".") for line in lines)
        assert any(line.startswith("Verdict: ") for line in lines)

    def test_filters(self, run) -> None:
        """--area and --verdict narrow the list, and the verdicts stay the same."""
        found = pd.read_csv(
            io.StringIO(run("check", "--verdict", "differs", "--format", "csv").out)
        )
        everything = ukcso.check_claims()
        differs = everything[everything["verdict"] == "differs"]
        assert found["claim_id"].tolist() == differs["claim_id"].tolist()
        out = run("check", "--area", "Bedfordshire Police", "--format", "csv").out
        assert "clm-00104" in out
        assert "clm-00164" not in out


class TestLookUps:
    """`ukcso datasets`, `show`, `areas`, `cite`, `validate`."""

    def test_datasets(self, run) -> None:
        """Every dataset is listed; CSV has the hashes too."""
        out = run("datasets").out
        assert all(
            name in out.replace("\n", "") or name[:20] in out
            for name in ukcso.list_datasets()["dataset"]
        )
        # The official counts by force end in June 2023, as the metadata of the dataset say.
        line = next(line for line in out.splitlines() if line.startswith("recorded_crime "))
        assert "April 2012 to June 2023" in line
        frame = pd.read_csv(io.StringIO(run("datasets", "--format", "csv").out))
        assert frame["sha256"].tolist() == ukcso.list_datasets()["sha256"].tolist()

    def test_show(self, run) -> None:
        """People see the first 20 rows and are told how many there are."""
        result = run("show", "figures", "--format", "markdown")
        assert len(result.out.splitlines()) == 22
        assert result.err.strip() == f"20 of {len(ukcso.load_figures())} rows; more with --rows"
        result = run("show", "figures", "--format", "csv")
        assert len(result.out.splitlines()) == 1 + len(ukcso.load_figures())
        assert result.err == ""
        assert "2014-01-01" in result.out

    def test_shown_csv_is_the_shipped_csv(self, run) -> None:
        """Nothing is rounded or dropped on the way out."""
        with ukcso.path("population", version=1) as shipped:
            assert (
                run("show", "population", "--version", "1", "--format", "csv").out
                == shipped.read_text()
            )

    def test_areas(self, run) -> None:
        """An everyday name finds the area; nothing lists them all."""
        assert "hertfordshire" in run("areas", "Herts Police").out
        assert len(pd.read_csv(io.StringIO(run("areas", "--format", "csv").out))) == 81

    def test_cite(self, run) -> None:
        """Text and BibTeX come from the same facts."""
        assert run("cite", "recorded_crime").out.startswith("Home Office (2023).")
        assert run("cite", "recorded_crime", "--style", "bibtex").out.startswith("@misc{")
        assert "ukcso" in run("cite").out

    def test_validate_beside_rows_of_ones_own(self, run, tmp_path: Path) -> None:
        """A release that nobody ships is known from a file of one's own; `check` takes it too."""
        figures, releases = tmp_path / "figures.csv", tmp_path / "releases.csv"
        ukcso.load_figures().head(1).assign(release_id="mine").to_csv(figures, index=False)
        ukcso.load_releases().head(1).assign(release_id="mine").to_csv(releases, index=False)
        command = ["validate", "figures", str(figures)]
        result = run(*command)
        assert result.code == 1
        assert "1 failure against figures" in result.err
        assert run(*command, "--beside", f"releases={releases}").code == 0
        assert run("check", "--figures", str(figures)).code == 0

    def test_validate(self, run, tmp_path: Path) -> None:
        """A good file passes; bad cells are listed and the exit is 1."""
        good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
        figures = ukcso.load_figures().head(5)
        figures.to_csv(good, index=False)
        assert run("validate", "figures", str(good)).code == 0
        figures.assign(hedge=figures["hedge"].replace("exact", "roughly")).to_csv(bad, index=False)
        result = run("validate", "figures", str(bad), "--format", "csv")
        assert result.code == 1
        assert len(pd.read_csv(io.StringIO(result.out))) == (figures["hedge"] == "exact").sum()

    def test_help_shows_an_example(self, run) -> None:
        """Each command's help ends in something to type."""
        for command in (
            "area",
            "areas",
            "check",
            "cite",
            "claim",
            "compare",
            "datasets",
            "export",
            "implied",
            "plot",
            "revisions",
            "series",
            "show",
            "table",
            "validate",
            "verify",
        ):
            assert f"ukcso {command}" in run(command, "--help").out.partition("Example:")[2]

    def test_version(self, run) -> None:
        """--version says what is installed."""
        assert run("--version").out == f"ukcso {ukcso.__version__}\n"


class TestMistakes:
    """One clear line on stderr, exit 2, no traceback, nothing on stdout."""

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (["show", "figurs"], "no dataset 'figurs'; there are: areas,"),
            (["show", "figures", "--version", "9"], "no version 9 of figures; there are: 1"),
            (["show", "../../etc/passwd"], "no dataset '../../etc/passwd'"),
            (["areas", "Yorkshire"], "no area 'Yorkshire'; nearest:"),
            (["cite", "nothing"], "no dataset 'nothing'"),
            (["cite", "figures", "--style", "apa"], "style must be one of text, bibtex"),
            (["check", "--release", "nspcc-2018-9"], "no release 'nspcc-2018-9'; nearest:"),
            (["check", "--release", "zzz"], "all are in ukcso show releases"),
            (["check", "--explain", "clm-1"], "no claim 'clm-1'; nearest:"),
            (["check", "--verdict", "wrong"], "verdict must be one of reproduced"),
            (["check", "--area", "Yorkshire"], "no area 'Yorkshire'"),
            (["series", "image_offense", "UK"], "nearest: image_offences"),
            (["revisions", "image_offences", "UK", "lately"], "no period 'lately'"),
            (["areas", "image_offences", "2017/18 Q1"], "period must be one year"),
            (["implied", "image_offense"], "image_offences"),
            (["check", "--claims", "nowhere.csv"], "nowhere.csv: no such file or directory"),
            (["check", "--claims", "."], "is a directory"),
            (["validate", "figures", "nowhere.csv"], "nowhere.csv: no such file or directory"),
            (["claim", "groth", "6", "--subject", "2"], "relation must be one of growth"),
            (
                ["claim", "growth", "much", "--subject", "2", "--reference", "1"],
                "printed must be a number",
            ),
            (
                ["claim", "growth", "6", "--subject", "many", "--reference", "1"],
                "subject must be a number",
            ),
            (
                ["claim", "growth", "6", "--subject", "-2", "--reference", "1"],
                "subject must be a finite count >= 0",
            ),
            (
                ["claim", "per_day", "6", "--subject", "2", "--period", "lately"],
                "no period 'lately'",
            ),
            (["claim", "growth", "6", "--subject", "2"], "--reference is missing"),
            (
                ["claim", "ratio", "6", "--subject", "2", "--reference", "1", "--hedge", "x"],
                "hedge must be",
            ),
        ],
    )
    def test_one_line(self, run, arguments: list[str], message: str) -> None:
        """The line says what is wrong and what there is."""
        result = run(*arguments)
        assert result.code == 2
        assert result.out == ""
        assert message in result.err
        assert len(result.err.strip().splitlines()) == 1

    @pytest.mark.parametrize(
        ("content", "message"),
        [
            (b"", "not a readable CSV"),
            (b"\xff\xfe\x00broken", "not a readable CSV"),
            (b'a,b\n1,2,3\n"', "not a readable CSV"),
            (b"figure_id,measure\nfig-00001,x\n", "column breakdown is missing"),
        ],
    )
    @pytest.mark.parametrize("command", [["validate", "figures"], ["check", "--figures"]])
    def test_a_broken_csv(
        self, run, tmp_path: Path, command: list[str], content: bytes, message: str
    ) -> None:
        """A file that is no such table is told in one line."""
        file = tmp_path / "broken.csv"
        file.write_bytes(content)
        result = run(*command, str(file))
        assert (result.code, result.out) == (2, "")
        assert message in result.err
        assert len(result.err.strip().splitlines()) == 1

    @pytest.mark.parametrize(
        "arguments",
        [["figures"], ["show"], ["check", "--frmat", "csv"], ["check", "--format", "xml"]],
    )
    def test_wrong_usage(self, run, arguments: list[str]) -> None:
        """Unknown commands and options are refused with a hint at --help."""
        result = run(*arguments)
        assert result.code == 2
        assert "Traceback" not in result.err
        assert "--help" in result.err


class TestInstalledCommand:
    """The command as a process of its own."""

    def test_works_in_a_pipe_that_closes(self) -> None:
        """`ukcso check | head` ends quietly."""
        ukcso_command = f"{sys.executable} -c 'from ukcso.cli import main; main()'"
        command = f"{ukcso_command} show figures --format csv | head -n 1"
        done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)  # noqa: S602
        assert done.stdout.startswith("figure_id,")
        assert "Traceback" not in done.stderr

    def test_without_its_packages_it_says_how_to_get_them(self) -> None:
        """A bare install of the library tells the install line."""
        code = "import sys; sys.modules['typer'] = None; from ukcso.cli import main; main()"
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=False
        )
        assert done.returncode == 2
        assert 'pip install "ukcso[cli]"' in done.stderr
        assert "Traceback" not in done.stderr

    def test_is_quick(self) -> None:
        """The main job takes seconds, not minutes."""
        began = time.monotonic()
        code = "import sys; sys.argv = ['ukcso', 'check']; from ukcso.cli import main; main()"
        subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
        assert time.monotonic() - began < 30


class TestNothing:
    """Where nothing is known, stderr says so, and says it once."""

    def test_no_count_in_any_area(self, run) -> None:
        """One line, with how far official counts reach, as the data's own facts have it."""
        result = run("areas", "86", "2099")
        covers = ukcso.metadata("recorded_crime").covers
        assert (result.code, result.out) == (2, "")
        assert (
            result.err == f"error: no count of 86 in 2099: recorded_crime holds it from {covers}\n"
        )

    def test_missing_quarters_are_said_once(self, run) -> None:
        """And the editions of the population have a label and a line."""
        lines = run("areas", "86", "2023/24").err.splitlines()
        assert sum("lacks quarters" in line or "incomplete:" in line for line in lines) == 1
        assert sum(line.startswith("population: ONS") for line in lines) == 1
        assert any(line.startswith("No rank and no position") for line in lines)

    def test_no_rows(self, run) -> None:
        """Headings alone come with a reason."""
        result = run("series", "image_offences", "UK", "--as-of", "2010-01-01")
        assert "no rows" in result.err
