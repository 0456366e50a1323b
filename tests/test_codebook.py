"""The generated pages of the docs are up to date and complete."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from ukcso import datasets

DOCS = Path(__file__).parents[1] / "docs"
NAMES = list(datasets.list_datasets()["dataset"])


@pytest.fixture(scope="module")
def builder(docs_script: Callable[[str], ModuleType]) -> ModuleType:
    """Return the script that writes the pages."""
    return docs_script("build_codebook")


def page(name: str) -> str:
    """Return a page as it stands."""
    return (DOCS / name).read_text(encoding="utf-8")


class TestCodebook:
    """docs/datasets.md."""

    def test_is_up_to_date(self, builder: ModuleType) -> None:
        """The page is what `python docs/build_codebook.py` writes."""
        assert page("datasets.md") == builder.codebook()

    @pytest.mark.parametrize("dataset", NAMES)
    def test_has_every_column(self, dataset: str) -> None:
        """Every column of a dataset has its line under the dataset's heading."""
        section = page("datasets.md").split(f"\n## {dataset}, version 1\n")[1].split("\n## ")[0]
        for column, declared in datasets.schema(dataset).of_version(1).columns.items():
            (line,) = [row for row in section.splitlines() if row.startswith(f"| `{column}` |")]
            assert line.endswith(f"| {declared.description} |")
            assert line.replace(r"\|", "").count("|") == 7

    @pytest.mark.parametrize("dataset", NAMES)
    def test_tells_known_issues(self, dataset: str) -> None:
        """What is wrong with a dataset is told on the page."""
        assert datasets.metadata(dataset, 1).known_issues in page("datasets.md")


class TestLicences:
    """docs/licences.md."""

    def test_is_up_to_date(self, builder: ModuleType) -> None:
        """The page is what `python docs/build_codebook.py` writes."""
        assert page("licences.md") == builder.licences()

    @pytest.mark.parametrize("dataset", NAMES)
    def test_names_dataset_under_its_licence(self, dataset: str) -> None:
        """Every dataset stands once, under its licence, beside its attribution."""
        facts = datasets.metadata(dataset, 1)
        (line,) = [row for row in page("licences.md").splitlines() if f"`{dataset}`" in row]
        assert line.endswith(f"| {facts.attribution} |")
        before = page("licences.md").split(line)[0].lower()
        assert before.split("\n## ")[-1].startswith(facts.licence.lower())
