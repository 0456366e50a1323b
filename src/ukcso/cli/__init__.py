"""
The `ukcso` command: a thin layer over the public API.

Results go to stdout, messages and progress to stderr. Exit 0: fine; 1: a check
failed; 2: wrong usage or bad input, told in one line.

Modules of commands import only typer; the library's names load where a command uses
them, so that help, completion and `ukcso claim` need no pandas.
"""

from __future__ import annotations

import sys
import warnings

from ukcso.errors import Listing, MissingDependencyError, UkcsoError


def main() -> None:
    """Run the command line."""
    try:
        _run()
    except (UkcsoError, OSError, UnicodeError) as error:
        print(f"error: {_one_line(error)}", file=sys.stderr)  # noqa: T201 - the message itself
        raise SystemExit(2) from None


def _run() -> None:
    try:
        from ukcso.cli import (  # noqa: F401, PLC0415
            _change,
            _claims,
            _diff,
            _evidence,
            _foi,
            _lookups,
            _outputs,
            _questions,
            _read,
        )
        from ukcso.cli._app import app  # noqa: PLC0415 - typer comes with the extra `cli`
    except ModuleNotFoundError as error:
        if error.name != "typer":
            raise
        msg = 'the command line needs more packages; install them with: pip install "ukcso[cli]"'
        raise MissingDependencyError(msg) from None
    with warnings.catch_warnings():
        warnings.showwarning = _note
        app(prog_name="ukcso")


def _note(message: Warning | str, *_: object, **_keywords: object) -> None:
    """Tell a warning in a line, without the place in the code that it is about."""
    print(f"note: {message}", file=sys.stderr)  # noqa: T201 - the message itself


def _one_line(error: Exception) -> str:
    """Put a message that lists its findings line by line on a single line."""
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {(error.strerror or 'cannot be read').lower()}"
    text = str(error)
    if isinstance(error, UkcsoError):
        text = error.worded(_listing_command)
    return "; ".join(part.strip() for part in text.splitlines())


def _listing_command(listing: Listing) -> str:
    return "ukcso areas" if listing.dataset == "areas" else f"ukcso show {listing.dataset}"
