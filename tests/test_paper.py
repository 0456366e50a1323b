"""The example paper, the README's table, and the stamps in both: what .ci/run makes again."""

from __future__ import annotations

import re
import runpy
from importlib import metadata
from pathlib import Path

import pytest

import ukcso

ROOT = Path(__file__).parent.parent
PAPER = ROOT / "docs" / "paper"
BUILD = runpy.run_path(str(PAPER / "build.py"))


class TestPaper:
    """docs/paper: two tables, two figures, and every number of the text."""

    @pytest.mark.parametrize("name", ["table1.tex", "table2.tex"])
    def test_tables_come_out_the_same(self, name: str) -> None:
        """Each committed table is what its stamp makes, cell by cell."""
        found = ukcso.verify(PAPER / name)
        assert found.same, str(found)

    def test_every_part_is_committed(self) -> None:
        """What --check compares is there, and the text takes it in."""
        text = (PAPER / "paper.tex").read_text(encoding="utf-8")
        for name in BUILD["COMMITTED"]:
            assert (PAPER / name).is_file()
            assert f"{{{Path(name).stem}}}" in text

    def test_every_number_of_the_text_is_made(self) -> None:
        """The text uses every macro of numbers.tex, and types no count, rate or share."""
        text = (PAPER / "paper.tex").read_text(encoding="utf-8").partition(r"\begin{document}")[2]
        numbers = (PAPER / "numbers.tex").read_text(encoding="utf-8")
        macros = re.findall(r"\\newcommand\{(\\n\w+)\}", numbers)
        assert macros
        assert all(re.search(rf"{re.escape(it)}(?![A-Za-z])", text) for it in macros)
        words = text.partition(r"\begin{figure}")[0]
        # The class, the ages, the base of rates, and the month of a release.
        assert set(re.findall(r"\d+(?:,\d{3})*", words)) == {
            "86",
            "0",
            "17",
            "100,000",
            "2018",
            "1",
        }

    def test_every_dataset_behind_it_is_pinned(self) -> None:
        """The stamps name no dataset that build.py does not pin to the same version."""
        for name in ("table1.tex", "table2.tex"):
            for stamp in ukcso.verify(PAPER / name).stamps:
                assert stamp.datasets.items() <= BUILD["VERSIONS"].items()


class TestReadme:
    """The README's own table and picture."""

    def test_its_table_comes_out_the_same(self) -> None:
        """The README is a document with a stamped table, and verifies as one."""
        found = ukcso.verify(ROOT / "README.md")
        assert (found.same, len(found.stamps)) == (True, 1), str(found)

    def test_its_table_is_what_the_command_prints(self) -> None:
        """Caption, notes and stamp too."""
        built = runpy.run_path(str(ROOT / "docs" / "build_readme.py"))
        text = (ROOT / "README.md").read_text(encoding="utf-8")
        assert built["with_table"](text) == text, "run: python docs/build_readme.py"

    def test_its_picture_is_what_the_command_draws(self) -> None:
        """Where the libraries are those it was made with; .ci/run has them everywhere."""
        constraints = (PAPER / "constraints.txt").read_text(encoding="utf-8")
        for name in ("altair", "vl-convert-python"):
            if f"\n{name}=={metadata.version(name)}\n" not in constraints:
                pytest.skip(f"another {name} than in docs/paper/constraints.txt")
        built = runpy.run_path(str(ROOT / "docs" / "build_readme.py"))
        file, drawn = built["picture"]((ROOT / "README.md").read_text(encoding="utf-8"))
        assert file.read_text(encoding="utf-8") == drawn, "run: python docs/build_readme.py"
