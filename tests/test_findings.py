"""docs/findings.md is what the shipped data say today."""

from __future__ import annotations

from pathlib import Path

DOCS = Path(__file__).parent.parent / "docs"


def test_findings_are_fresh(docs_script) -> None:
    """The page equals what its script makes; run: python docs/build_findings.py."""
    assert (DOCS / "findings.md").read_text(encoding="utf-8") == docs_script(
        "build_findings"
    ).page()
