"""The names users rely on, what importing them costs, and how they are laid out."""

from __future__ import annotations

import ast
import inspect
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from importlib import import_module
from operator import attrgetter
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import ukcso

ROOT = Path(__file__).parent.parent
HEAVY = (
    "pandas",
    "pandera",
    "scipy",
    "numpy",
    "narwhals",
    "typer",
    "rich",
    "importlib_resources",
    "altair",
    "vl_convert",
)

# Names, parameters and kinds of shared use: what acceptance rests on.
SIGNATURES = {
    "adjusted": "p_values method",
    "annual_growth": "first last years",
    "area_table": "measure_or_code period *kind *ages *per *level *release *sort",
    "between_areas": "count expected *winsorise",
    "change_table": ("measure_or_code period *areas *against *kind *ages *level *adjust *release"),
    "check": "relation printed *subject *reference *period *hedge *hedges",
    "check_claims": "claims figures *progress",
    "cite": "dataset_or_frame *version *style",
    "compare": "series_or_rows *across",
    "contradictions": "release *claims *figures *across",
    "count_interval": "count *level *method *dispersion",
    "export.export": "directory datasets format *overwrite",
    "export.read_back": "directory dataset *format",
    "financial_year_of": "day",
    "find_area": "text *kind",
    "frames.with_growth": "frame *value *by *period *periods *unit",
    "frames.with_per_day": "frame *count *start *end",
    "frames.with_rate": "frame *count *population *per *level",
    "frames.with_share": "frame *part *whole *level",
    "funnel_limits": "count population *per *levels *dispersion *model *winsorise",
    "growth": "old new",
    "growth_interval": "old new *old_exposure *new_exposure *level *dispersion",
    "hours_between": "count period",
    "implied": "measure area release *claims *figures *across",
    "implied_base": "growth_percent new *hedge *hedges",
    "implied_new": "growth_percent old *hedge *hedges",
    "implied_part": "share_percent whole *hedge *hedges",
    "implied_whole": "share_percent part *hedge *hedges",
    "index_numbers": "values base",
    "list_datasets": "",
    "load": "dataset version",
    "load_figures": "version *as_of",
    "metadata": "dataset version",
    "minutes_between": "count period",
    "official_series": "offence_code area *frequency *version",
    "overdispersion": "count expected *winsorise",
    "path": "dataset version",
    "panel": ("measure_or_code areas periods *kind *frequency *ages *per *level *release"),
    "per_day": "count period",
    "per_hour": "count period",
    "per_month": "count period",
    "per_week": "count period",
    "pinned": "datasets",
    "plots.claims": "checked *relation *release *width *title",
    "plots.funnel": "measure_or_code period *highlight *areas *width *title asked",
    "plots.ranking": "measure_or_code period *highlight *areas *zero *width *title asked",
    "plots.tile_map": "measure_or_code period *highlight *areas *width *title asked",
    "plots.trend": "measure_or_code area *show *periods *fit *zero *width *title asked",
    "printed_bounds": "printed hedge *hedges",
    "rate": "count population *per",
    "rate_interval": "count population *per *level *method *dispersion",
    "rate_ratio": "count_1 exposure_1 count_2 exposure_2",
    "rate_ratio_interval": "count_1 exposure_1 count_2 exposure_2 *level *dispersion",
    "revisions": "measure area period *breakdown *figures",
    "series": "measure area breakdown *release *as_of *figures",
    "share": "part whole",
    "share_interval": "part whole *level *method *dispersion",
    "standardised_ratio": "count expected *level *method *dispersion",
    "tables.areas": (
        "measure_or_code period *areas *total *caption *digits *suppress_below *round_to asked"
    ),
    "tables.claims": "checked *release *verdict *caption",
    "tables.counts": (
        "frame *label *count *population *total *per *level *caption *digits *suppress_below "
        "*round_to"
    ),
    "tables.figures": "measure area *caption *digits *suppress_below *round_to asked",
    "tables.trend": (
        "measure_or_code area *periods *caption *digits *suppress_below *round_to asked"
    ),
    "trend": "measure_or_code area *periods *breaks *ages *level *release",
    "trend_table": "measure_or_code area *ages *per *level *release *across",
    "validate": "frame dataset *beside",
    "verify": "path",
    "year_to_year_dispersion": "panel *apart",
}


def imported_by(statement: str) -> set[str]:
    """Return the top-level modules that a statement loads in a new interpreter."""
    code = f"import sys; {statement}; print(*{{n.partition('.')[0] for n in sys.modules}})"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(run.stdout.split())


class TestNames:
    """`ukcso.__all__` and what stands behind it."""

    def test_all_is_sorted_and_complete(self) -> None:
        """Every name in __all__ resolves, once, in order."""
        assert list(ukcso.__all__) == sorted(set(ukcso.__all__))
        assert all(getattr(ukcso, name) is not None for name in ukcso.__all__)

    def test_a_type_checker_sees_the_same_names(self) -> None:
        """The stub is the list: every name in it is there, and nothing public is beside it."""
        stub = ast.parse((Path(ukcso.__file__).parent / "__init__.pyi").read_text("utf-8"))
        homes = {
            alias.name: node.module
            for node in stub.body
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }
        modules = {name for name, home in homes.items() if home == "ukcso"}
        assert set(homes) - modules - {"__version__", "formulas"} == set(ukcso.__all__)
        for name, home in homes.items():
            assert home, name
            of = f"{home}.{name}" if name in modules else home
            assert getattr(ukcso, name) is (
                import_module(of) if name in modules else getattr(import_module(of), name)
            )

    def test_dir_lists_the_public_names_only(self) -> None:
        """An interactive user can complete every public name, loaded or not, and no other."""
        code = """if True:
            import rlcompleter, ukcso
            print(*dir(ukcso))
            ukcso.growth(1, 2), ukcso.find_area
            print(*dir(ukcso))
            print(rlcompleter.Completer({"ukcso": ukcso}).complete("ukcso.growth_i", 0))
        """
        run = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        )
        before, after, completed = run.stdout.splitlines()
        assert before == after
        modules = {
            "datasets",
            "errors",
            "export",
            "formulas",
            "frames",
            "plots",
            "readers",
            "tables",
        }
        names = {name for name in before.split() if not name.startswith("__")}
        assert names == set(ukcso.__all__) | modules
        of_module = {"__all__", "__doc__", "__file__", "__name__", "__version__"}
        assert set(before.split()) - names == of_module
        assert completed.startswith("ukcso.growth_interval(")

    def test_unknown_names_are_attribute_errors(self) -> None:
        """A misspelt name is told as Python tells it."""
        with pytest.raises(AttributeError, match="no attribute 'growht'"):
            _ = ukcso.growht  # type: ignore[attr-defined]

    @pytest.mark.parametrize(("name", "expected"), SIGNATURES.items())
    def test_parameters_are_as_published(self, name: str, expected: str) -> None:
        """Parameter names, their order and which are keyword-only do not change."""
        parameters = inspect.signature(attrgetter(name)(ukcso)).parameters.values()
        found = " ".join(f"*{p.name}" if p.kind is p.KEYWORD_ONLY else p.name for p in parameters)
        assert found == expected

    @pytest.mark.parametrize("first", ["annual_growth", "growth", "rate", "load_claims", "check"])
    def test_functions_survive_the_loading_of_their_modules(self, first: str) -> None:
        """No module of the package hides a function of the same name."""
        code = (
            f"import ukcso; ukcso.{first}; "
            "print(all(callable(getattr(ukcso, n)) for n in ukcso.__all__))"
        )
        run = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        )
        assert run.stdout.strip() == "True"


class TestImportCost:
    """Nothing heavy is loaded before it is used."""

    def test_importing_loads_nothing_heavy(self) -> None:
        """`import ukcso` leaves every dependency alone."""
        assert not imported_by("import ukcso") & set(HEAVY)

    @pytest.mark.parametrize(
        "statement",
        [
            "ukcso.growth(118, 200)",
            "ukcso.per_day(8224, '2018/19')",
            "ukcso.printed_bounds('66')",
            "ukcso.implied_base('525', new=419)",
            "ukcso.Period.parse('2017/18').label",
        ],
    )
    def test_scalar_work_loads_nothing_heavy(self, statement: str) -> None:
        """Dividing two numbers needs no dataframe library."""
        assert not imported_by(f"import ukcso; {statement}") & set(HEAVY)

    def test_a_single_claim_needs_no_data(self) -> None:
        """Measure functions on Series load pandas, and never pandera or scipy."""
        loaded = imported_by("import pandas as pd, ukcso; ukcso.growth(pd.Series([1.0]), 2.0)")
        assert not loaded & {"pandera", "scipy", "importlib_resources"}


class TestProject:
    """Facts of pyproject.toml that other files repeat."""

    PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]

    def test_the_oldest_environment_is_the_lower_end_of_each_dependency(self) -> None:
        """tests/oldest.txt pins what pyproject.toml promises to support."""
        extras = self.PROJECT["optional-dependencies"]
        optional = [
            it for name in ("cli", "plots", "export", "readers", "models") for it in extras[name]
        ]
        promised = {}
        for requirement in [*self.PROJECT["dependencies"], *optional]:
            match = re.match(r"([a-z-]+)>=([\d.]+)", requirement)
            assert match, requirement
            promised[match[1]] = match[2]
        lines = (ROOT / "tests" / "oldest.txt").read_text().splitlines()
        pinned = dict(line.split("==") for line in lines if not line.startswith("#"))
        assert pinned.keys() == promised.keys()
        for name, version in promised.items():
            assert (pinned[name] + ".").startswith(version + "."), name

    def test_the_package_says_it_is_typed(self) -> None:
        """py.typed is shipped, so type checkers read the annotations."""
        assert (Path(inspect.getfile(ukcso)).parent / "py.typed").is_file()


class TestShown:
    """What notebooks and Quarto show of results."""

    @pytest.mark.parametrize(
        ("shown", "text"),
        [
            (lambda: ukcso.find_area("Devon & Cornwall"), "Devon and Cornwall"),
            (lambda: ukcso.Period.parse("FY2017-18"), "2017/18"),
            (lambda: ukcso.Estimate(5.251, 3.8213, 7.2159, 0.95, "exact"), "5.25 (3.82 to 7.22)"),
        ],
    )
    def test_a_line_of_text(self, shown: Callable[[], Any], text: str) -> None:
        """An area, a period and an estimate stand in a sentence."""
        assert shown()._repr_html_() == shown()._repr_markdown_() == text

    def test_many_estimates(self) -> None:
        """A table, labels escaped."""
        counts = pd.Series([4, 9], index=["a<b", "c"])
        shown = ukcso.count_interval(counts)._repr_html_()
        assert shown.startswith("<table>")
        assert "<th>a&lt;b</th><td>4.0" in shown

    def test_metadata(self) -> None:
        """Every entry on a line of a table, in both."""
        facts = ukcso.metadata("recorded_crime", version=1)
        lines = facts._repr_markdown_().splitlines()
        assert "| dataset | recorded_crime |" in lines
        assert all(line.count("|") == 3 for line in lines)
        assert len(lines) - 2 == facts._repr_html_().count("<tr>")

    def test_checks(self) -> None:
        """Of a claim, both."""
        check = ukcso.check("growth", 66, subject=200, reference=118)
        assert "<td>differs</td>" in check._repr_html_()
        assert "| differs |" in check._repr_markdown_()
