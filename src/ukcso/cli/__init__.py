"""
The `ukcso` command: a thin layer over the public API.

Results go to stdout, messages and progress to stderr. Exit 0: fine; 1: a check
failed; 2: wrong usage or bad input, told in one line.
"""

from __future__ import annotations

import sys

from ukcso.errors import MissingDependencyError, UkcsoError

__all__ = ["main"]


def main() -> None:
    """Run the command line."""
    try:
        _run()
    except (UkcsoError, OSError, UnicodeError) as error:
        print(f"error: {_one_line(error)}", file=sys.stderr)  # noqa: T201 - the message itself
        raise SystemExit(2) from None


def _run() -> None:
    try:
        from ukcso.cli._commands import app  # noqa: PLC0415 - needs the extra `cli`
    except ModuleNotFoundError as error:
        if error.name not in {"typer", "rich", "tabulate"}:
            raise
        msg = 'the command line needs more packages; install them with: pip install "ukcso[cli]"'
        raise MissingDependencyError(msg) from None
    app()


def _one_line(error: Exception) -> str:
    """Put a message that lists its findings line by line on a single line."""
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {(error.strerror or 'cannot be read').lower()}"
    return "; ".join(part.strip() for part in str(error).splitlines())
