"""What tests of several readers need: the real files, where they are, and files to build."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def real_file() -> Callable[[str], Path]:
    """Return the way to a file as its office published it, or skip the test."""

    def find(name: str) -> Path:
        folder = os.environ.get("UKCSO_REAL_FILES")
        if not folder:
            pytest.skip("set UKCSO_REAL_FILES to the folder of the original files")
        path = Path(folder) / name
        if not path.is_file():
            pytest.skip(f"{name} is not among the original files")
        return path

    return find
