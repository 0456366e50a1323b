"""Rooms have doors: what begins with an underscore is its own room's business."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import ukcso

PACKAGE = Path(ukcso.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
#: Shared by all rooms on purpose.
COMMON = {"_rules", "_version"}


def room_of(parts: list[str]) -> str:
    """Return the room of a module, by its parts below the package."""
    return parts[0] if parts else ""


@pytest.mark.parametrize("path", MODULES, ids=lambda it: str(it.relative_to(PACKAGE)))
def test_other_rooms_are_entered_by_the_door(path: Path) -> None:
    """No module imports a private module, or a private name, of another room."""
    room = room_of(list(path.relative_to(PACKAGE).with_suffix("").parts))
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.ImportFrom) or (node.module or "").split(".")[0] != "ukcso":
            continue
        for alias in node.names:
            parts = [*(node.module or "").split(".")[1:], alias.name]
            if room_of(parts) not in {room, *COMMON}:
                private = [part for part in parts if part.startswith("_") and part != "__version__"]
                assert not private, f"line {node.lineno}: {'.'.join(parts)}"


def test_the_folders_are_there() -> None:
    """The walk above has found the rooms."""
    assert len({room_of(list(path.relative_to(PACKAGE).parts)) for path in MODULES}) > 15
