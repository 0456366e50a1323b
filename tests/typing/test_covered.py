"""The file that type checkers read uses every public name, so none can lose its type unseen."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import ukcso

TREE = ast.parse((Path(__file__).parent / "public_api.py").read_text(encoding="utf-8"))
USED = {node.attr for node in ast.walk(TREE) if isinstance(node, ast.Attribute)}


@pytest.mark.parametrize("module", ["export", "frames", "plots", "tables", ""])
def test_every_public_name_is_used(module: str) -> None:
    """Those of the package, and those of its modules of outputs."""
    of = getattr(ukcso, module) if module else ukcso
    beside = {"FORMATS", "Format"}  # what arguments may be
    assert set(of.__all__) - USED - beside == set()
