"""
Lines of code by room: without docstrings, comments, imports and blank lines.

python tests/benchmarks/code_lines.py
"""

# ruff: noqa: T201 - what it is for

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[2] / "src" / "ukcso"
DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def code_lines(path: Path) -> int:
    """Return how many lines of a module are code."""
    text = path.read_text(encoding="utf-8")
    left_out: set[int] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, DOCUMENTED) and ast.get_docstring(node, clean=False) is not None:
            node = node.body[0]  # noqa: PLW2901 - the docstring
        elif not isinstance(node, (ast.Import, ast.ImportFrom)):
            continue
        left_out |= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return sum(
        bool(line.strip()) and not line.strip().startswith("#")
        for number, line in enumerate(text.splitlines(), start=1)
        if number not in left_out
    )


def main() -> None:
    """Print each room with its lines, and all together."""
    rooms: Counter[str] = Counter()
    for path in ROOT.rglob("*.py"):
        rooms[path.relative_to(ROOT).parts[0]] += code_lines(path)
    for room, lines in rooms.most_common():
        print(f"{lines:6,}  {room}")
    print(f"{rooms.total():6,}  all")


if __name__ == "__main__":
    main()
