"""Warnings that point at the line of the user's that called us."""

from __future__ import annotations

import sys
import warnings

_PACKAGE = __name__.partition(".")[0]


def warn(message: str) -> None:
    """Warn, as from the first caller outside this package."""
    level = 1
    while sys._getframe(level).f_globals.get("__name__", "").partition(".")[0] == _PACKAGE:  # noqa: SLF001 - warnings has this itself from Python 3.12 on
        level += 1
    warnings.warn(message, UserWarning, stacklevel=level + 1)
