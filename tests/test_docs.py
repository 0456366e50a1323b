"""What the documents say is what the package does."""

from __future__ import annotations

import doctest
import inspect
import os
import re
import runpy
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import ukcso
from ukcso.claims import VERDICTS
from ukcso.printed import HEDGES

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
TEXTS = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in DOCUMENTS}
WRITTEN = [name for name, text in TEXTS.items() if not text.startswith("<!-- Generated")]
README, CLAIMS, FLOW = TEXTS["README.md"], TEXTS["docs/claims.md"], TEXTS["docs/data-flow.md"]
CONTINUOUS_INTEGRATION = ROOT / ".ci" / "run"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONTRACTS = PROJECT["tool"]["importlinter"]["contracts"]

COMMANDS = {
    "main-job": 'python -m pip install ".[cli]" && ukcso check',
    "test": (
        "python -m pip install --upgrade pip && "
        'python -m pip install --editable ".[all]" --group test && python -m pytest'
    ),
}
MODULES = ("export", "frames", "plots", "tables")
FUNCTIONS = [
    *(name for name in ukcso.__all__ if inspect.isfunction(getattr(ukcso, name))),
    *(
        f"{module}.{name}"
        for module in MODULES
        for name in getattr(ukcso, module).__all__
        if inspect.isfunction(getattr(getattr(ukcso, module), name))
    ),
]
NUMPYDOC = ["Parameters", "Returns", "Raises", "Warns", "Notes", "References", "Examples"]

every_document = pytest.mark.parametrize("name", TEXTS)
every_function = pytest.mark.parametrize("name", FUNCTIONS)


def blocks(text: str, language: str) -> list[str]:
    """Return the code blocks of one language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL)


def tables(text: str) -> list[list[list[str]]]:
    """Return the tables of a document as rows of cells, without code marks and headings."""
    found = []
    for lines in re.findall(r"^\|.*\n\|-.*\n((?:\|.*\n)+)", text, flags=re.MULTILINE):
        rows = [line.strip("| ").split(" | ") for line in lines.splitlines()]
        found.append([[cell.strip("` ") for cell in row] for row in rows])
    return found


def table_of(text: str, first: str) -> list[list[str]]:
    """Return the one table that begins with this cell."""
    (found,) = [rows for rows in tables(text) if rows[0][0] == first]
    return found


def prose(text: str) -> list[str]:
    """Return the lines that are neither in a code block nor in a table, nor made by a command."""
    text = re.sub(r"<!-- table -->.*?<!-- end of table -->", "", text, flags=re.DOTALL)
    plain = re.sub(r"^ *```.*?^ *```$", "", text, flags=re.MULTILINE | re.DOTALL)
    return [line for line in plain.splitlines() if not line.startswith("|")]


def sections(function: object) -> dict[str, str]:
    """Return the numpydoc sections of a docstring, in order."""
    parts = re.split(r"^(\w+)\n-+$", inspect.getdoc(function) or "", flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


COMMAND_LINES = sorted(
    {
        line
        for text in TEXTS.values()
        for block in blocks(text, "sh")
        for line in block.splitlines()
        if line.startswith("ukcso ")
    }
)
#: What a block of text right below a command line says that it prints.
OUTPUTS = dict(
    re.findall(
        r"^```sh\n(ukcso .*)\n```\n\n```text\n((?:.*\n)*?)```$",
        "\n".join(TEXTS.values()),
        re.MULTILINE,
    )
)


@pytest.mark.slow
class TestCommands:
    """The two commands of the README, and every other one in the documents."""

    @pytest.mark.parametrize(("marker", "command"), COMMANDS.items())
    def test_the_readme_prints_the_command(self, marker: str, command: str) -> None:
        """The command stands on one line, in its own block, right below its marker."""
        found = re.findall(
            rf"^<!-- {marker} -->\n```sh\n(.*?)^```$", README, re.MULTILINE | re.DOTALL
        )
        assert found == [f"{command}\n"]

    @pytest.mark.parametrize(("marker", "command"), COMMANDS.items())
    def test_continuous_integration_reads_the_same(self, marker: str, command: str) -> None:
        """The function of .ci/run that reads the README finds the same command."""
        script = CONTINUOUS_INTEGRATION.read_text(encoding="utf-8")
        (function,) = re.findall(r"^readme_command\(\) \{.*\}$", script, flags=re.MULTILINE)
        bash = shutil.which("bash")
        if bash is None:
            pytest.skip("no bash here")
        code = f"root={shlex.quote(str(ROOT))}\n{function}\nreadme_command {marker}"
        run = subprocess.run([bash, "-c", code], capture_output=True, text=True, check=True)
        assert run.stdout.strip() == command

    def test_the_documents_show_commands(self) -> None:
        """There are some to run, and one that is shown with what it prints."""
        assert len(COMMAND_LINES) > 6
        assert OUTPUTS.keys() & set(COMMAND_LINES)

    @pytest.mark.parametrize("command", COMMAND_LINES)
    def test_every_command_of_the_documents_works(
        self, command: str, tmp_path: Path, run: Callable[[str, Path], Run]
    ) -> None:
        """Every `ukcso ...` line prints what is shown; one that differs exits 1, all others 0."""
        write_own_files(tmp_path)
        result = run(command, tmp_path)
        assert result.code == ("claim growth 66" in command), result.err
        assert "error" not in result.err
        assert result.out == OUTPUTS.get(command, result.out)

    def test_the_two_ways_to_check_own_claims_agree(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The Python of docs/claims.md gives what its command line gives."""
        write_own_files(tmp_path)
        command = "ukcso check --claims my-claims.csv --figures my-figures.csv --format csv"
        assert command in CLAIMS
        lines = run_ukcso(command, tmp_path).out.splitlines()
        place = lines[0].split(",").index("verdict")
        monkeypatch.chdir(tmp_path)
        (code,) = blocks(CLAIMS, "python")
        names: dict[str, Any] = {}
        exec(code, names)  # noqa: S102 - the documents are ours
        verdicts = list(names["checked"]["verdict"])
        assert verdicts == [line.split(",")[place] for line in lines[1:]]
        assert verdicts == ["differs", "reproduced"]


def write_own_files(folder: Path) -> None:
    """Save the files that docs/claims.md and docs/own-data.md show, and newer counts."""
    (folder / "docs" / "images").mkdir(parents=True)
    names = ["claims", "figures", "releases", "sources"]
    for name, text in zip(names, blocks(CLAIMS, "csv"), strict=True):
        (folder / f"my-{name}.csv").write_text(text, encoding="utf-8")
    (text,) = blocks(TEXTS["docs/own-data.md"], "csv")
    (folder / "answers.csv").write_text(text, encoding="utf-8")
    for name in ("prc-pfa-mar2013-onwards-tables-230726.ods", "crime.csv"):
        write_newer_crime(folder / name)


def write_newer_crime(file: Path) -> None:
    """Save shipped counts of class 86 as if three years later, in the published layout."""
    crime = ukcso.load_recorded_crime(version=1).query("offence_code == '86'")
    crime = crime[crime["period_start"].between("2020-04-01", "2023-01-01")]
    names = ukcso.load_areas(version=2).set_index("area_id")["name"]
    headings = "Financial Year,Financial Quarter,Force Name,Offence Description,Offence Group"
    lines = [f"{headings},Offence Subgroup,Offence Code,Number of Offences"]
    for row in crime.itertuples(index=False):
        year = row.period_start.year - (row.period_start.month < 4) + 3
        quarter = (row.period_start.month - 4) // 3 % 4 + 1
        words = f"{names[row.area_id]},Obscene publications,Miscellaneous,Miscellaneous"
        lines.append(f"{year}/{(year + 1) % 100},{quarter},{words},86,{row.offences}")
    file.write_text("\n".join(lines), encoding="utf-8")  # its first bytes say that it is a CSV


class Run(NamedTuple):
    """What a command gave back."""

    code: int
    out: str
    err: str


@pytest.fixture
def run(run: Callable[..., Run], monkeypatch: pytest.MonkeyPatch) -> Callable[[str, Path], Run]:
    """Return a function that runs a command as printed, in this process and some folder."""

    def command(line: str, folder: Path) -> Run:
        monkeypatch.chdir(folder)
        return run(*shlex.split(line)[1:])

    return command


def run_ukcso(command: str, folder: Path) -> Run:
    """Run a command as printed, in a new process, with this interpreter and this package."""
    program = [sys.executable, "-W", "ignore", "-c", "from ukcso.cli import main; main()"]
    package = Path(ukcso.__file__).parent.parent
    done = subprocess.run(
        [*program, *shlex.split(command)[1:]],
        capture_output=True,
        text=True,
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(package)},
        encoding="utf-8",
        check=False,
    )
    return Run(done.returncode, done.stdout, done.stderr)


class TestExamples:
    """Examples are run, so they cannot go stale."""

    @every_document
    def test_examples_come_out_as_shown(self, name: str) -> None:
        """Every `>>>` of a document gives what stands below it."""
        failed, _ = doctest.testfile(
            str(ROOT / name),
            module_relative=False,
            encoding="utf-8",
            optionflags=doctest.ELLIPSIS
            | doctest.IGNORE_EXCEPTION_DETAIL
            | doctest.NORMALIZE_WHITESPACE,
        )
        assert failed == 0

    def test_the_tour_is_there(self) -> None:
        """The README shows each of the main functions at work."""
        tour = "".join(blocks(README, "pycon"))
        shown = set(re.findall(r"ukcso\.(\w+)\(", tour))
        assert shown >= {"load", "find_area", "check", "check_claims", "cite"}
        assert shown >= {"growth", "per_day", "minutes_between", "rate", "share"}
        assert shown >= {"printed_bounds", "implied_base", "growth_interval"}
        assert shown >= {"series", "area_table", "implied"}
        assert "ukcso.frames.with_" in tour

    @every_document
    def test_examples_pin_the_version(self, name: str) -> None:
        """A dataset that an example loads has its version beside it."""
        typed = "\n".join(re.findall(r"^ *(?:>>>|\.\.\.) (.*)$", TEXTS[name], re.MULTILINE))
        for call in re.findall(r"\b(?:load(?:_\w+)?|metadata|path)\(([^)]*)\)", typed):
            assert "version=" in call, call


class TestNames:
    """Every public name is documented, as it is."""

    def test_the_list_of_names_is_fresh(self) -> None:
        """docs/api.md is what docs/build_api.py writes."""
        built = runpy.run_path(str(ROOT / "docs" / "build_api.py"))
        assert TEXTS["docs/api.md"] == built["page"](), "run: python docs/build_api.py"

    def test_every_public_name_is_mentioned(self) -> None:
        """A reader of the documents meets every name in `ukcso.__all__`."""
        words = set(re.findall(r"\w+", " ".join(TEXTS.values())))
        assert set(ukcso.__all__) <= words

    @every_function
    def test_docstrings_have_the_sections_that_apply(self, name: str) -> None:
        """Parameters, unless there are none; Returns, unless the first line says it; Examples."""
        function = attrgetter(name)(ukcso)
        found = sections(function)
        wanted = {"Examples"}
        if inspect.signature(function).parameters:
            wanted |= {"Parameters", "Raises"}
        if not (inspect.getdoc(function) or "").startswith("Return "):
            wanted |= {"Returns"}
        assert wanted <= set(found)
        assert list(found) == [section for section in NUMPYDOC if section in found]
        assert ">>> " in found["Examples"]

    @every_function
    def test_docstrings_name_every_parameter(self, name: str) -> None:
        """The Parameters section has the parameters of the function, in their order."""
        function = attrgetter(name)(ukcso)
        lines = sections(function).get("Parameters", "").splitlines()
        heads = [line.partition(" : ")[0] for line in lines if line and line[0] != " "]
        named = [part.strip(" *") for head in heads for part in head.split(",")]
        assert named == list(inspect.signature(function).parameters)

    @pytest.mark.parametrize("name", ukcso.__all__)
    def test_first_lines_are_sentences(self, name: str) -> None:
        """The first line of every docstring is one line and ends with a full stop."""
        first, _, rest = (inspect.getdoc(getattr(ukcso, name)) or "").partition("\n")
        assert first.endswith(".")
        assert not rest or rest.startswith("\n")


class TestTables:
    """Tables that repeat what is written in code."""

    @pytest.mark.parametrize("name", ["README.md", "docs/claims.md"])
    def test_verdicts(self, name: str) -> None:
        """The table of verdicts is `VERDICTS`, in its order."""
        rows = table_of(TEXTS[name], "reproduced")
        assert rows == [[verdict, rule.meaning] for verdict, rule in VERDICTS.items()]

    def test_every_verdict_has_an_example(self) -> None:
        """docs/claims.md shows each verdict in bold, and as a result."""
        shown = "".join(blocks(CLAIMS, "pycon"))
        for verdict in VERDICTS:
            assert f"\n**{verdict}**: " in CLAIMS
            assert verdict in shown

    def test_hedges(self) -> None:
        """The table of hedges is `HEDGES`, with what each makes of 23,000."""
        rows = table_of(CLAIMS, "exact")
        assert rows == [
            [hedge, rule.meaning, str(ukcso.printed_bounds("23,000", hedge))]
            for hedge, rule in HEDGES.items()
        ]

    def test_floors(self) -> None:
        """The floors of docs/data-flow.md are those of the import contract, from `cli` down."""
        (contract,) = [it for it in CONTRACTS if "layers" in it]
        floors = [
            [str(n), room]
            for n, layer in enumerate(contract["layers"])
            for room in layer.split(" | ")
        ]
        rows = table_of(FLOW, "1")
        assert sorted(row[:2] for row in rows) == sorted(floors[1:])

    def test_rooms_that_know_no_data(self) -> None:
        """docs/data-flow.md names the rooms of the contract about data files."""
        (contract,) = [
            it for it in CONTRACTS if "ukcso.datasets" in it.get("forbidden_modules", ())
        ]
        (named,) = re.findall(r"contracts\. ([^.]*) never import `datasets` or pandera", FLOW)
        rooms = [module.removeprefix("ukcso.") for module in contract["source_modules"]]
        assert re.findall(r"`(\w+)`", named) == rooms

    def test_files_of_the_recipes(self) -> None:
        """Every file that docs/data-flow.md sends a reader to is there."""
        package = Path(ukcso.__file__).parent
        files = set(re.findall(r"`([\w/]+\.pyi?)`", FLOW))
        assert len(files) > 20
        for name in files:
            assert (package / name).is_file() or (ROOT / name).is_file(), name

    def test_the_changelog_lists_every_dataset(self) -> None:
        """Each dataset of this version stands under Data with its number of rows."""
        shipped = ukcso.list_datasets()
        for dataset, version, rows in zip(
            shipped["dataset"], shipped["version"], shipped["rows"], strict=True
        ):
            assert f"| `{dataset}` v{version} | {rows:,} |" in TEXTS["CHANGELOG.md"]

    def test_the_changelog_lists_every_command(self, run: Callable[[str, Path], Run]) -> None:
        """The subcommands of the changelog are those of the command line."""
        lines = re.findall(
            r"(?:The command line `ukcso`|More commands): ([^.]*)\.", TEXTS["CHANGELOG.md"]
        )
        shown = run("ukcso --help", ROOT).out.partition("Commands:")[2]
        # Not in order: a test that imports a module of commands first moves them up.
        commands = re.findall(r"^  (\w+)", shown, re.MULTILINE)
        assert sorted(re.findall(r"`(\w+)`", " ".join(lines))) == sorted(commands)


class TestVersions:
    """One version, wherever it is written."""

    def test_changelog_citation_and_package_agree(self) -> None:
        """The newest release of the changelog and CITATION.cff have the version of the package."""
        released = r"^## \[([^]]+)\] - \d{4}-\d{2}-\d{2}$"
        top = re.search(released, TEXTS["CHANGELOG.md"], re.MULTILINE)
        citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
        cited = re.search(r"^version: (\S+)$", citation, re.MULTILINE)
        assert top
        assert cited
        assert top[1] == cited[1] == ukcso.__version__

    def test_citation_has_what_the_format_asks_for(self) -> None:
        """CITATION.cff has every required key of CFF 1.2.0, the licence and the authors."""
        citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
        keys = re.findall(r"^([a-z-]+):", citation, re.MULTILINE)
        assert {"cff-version", "message", "title", "authors", "type", "license"} <= set(keys)
        assert "cff-version: 1.2.0\n" in citation
        assert "license: MIT\n" in citation
        assert '  - name: "The ukcso authors"\n' in citation


class TestText:
    """What holds for every document."""

    @every_document
    def test_no_absolute_path(self, name: str) -> None:
        """No document names a path of somebody's machine."""
        text = re.sub(r"https?://\S+", "", TEXTS[name])
        assert not re.findall(r"(?:^|[\s`\"'(])(?:~?/\w[\w.-]*/|[A-Z]:\\)\S*", text)

    @pytest.mark.parametrize("name", WRITTEN)
    def test_prose_lines_are_short(self, name: str) -> None:
        """No line of prose that somebody wrote, not a script, is over 120 characters."""
        assert [line for line in prose(TEXTS[name]) if len(line) > 120] == []

    @every_document
    def test_local_links_resolve(self, name: str) -> None:
        """Every link to a file of the project finds it, and its heading where it names one."""
        for link in re.findall(r"\]\(([^)\s]+)\)", TEXTS[name]):
            if re.match(r"[a-z]+:", link):
                continue
            file, _, heading = link.partition("#")
            target = ((ROOT / name).parent / file).resolve() if file else ROOT / name
            assert target.is_file(), link
            if heading:
                titles = re.findall(r"^#+ (.+)$", target.read_text(encoding="utf-8"), re.MULTILINE)
                anchors = {re.sub(r"[^\w -]", "", t).lower().replace(" ", "-") for t in titles}
                assert heading in anchors, link
