"""docs/findings.md is what the shipped data say today."""

from __future__ import annotations

import importlib.util
from pathlib import Path

DOCS = Path(__file__).parent.parent / "docs"


def test_findings_are_fresh() -> None:
    """The page equals what its script makes; run: python docs/build_findings.py."""
    spec = importlib.util.spec_from_file_location("build_findings", DOCS / "build_findings.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert (DOCS / "findings.md").read_text(encoding="utf-8") == module.page()
