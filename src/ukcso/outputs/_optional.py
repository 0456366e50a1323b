"""Packages that only some outputs need, loaded when they are."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from ukcso.errors import MissingDependencyError


def optional(module: str, extra: str) -> Any:
    """
    Import a package of an extra.

    Raises
    ------
    MissingDependencyError
        It is not installed; the message holds the install line.

    Examples
    --------
    >>> optional("json", "tables").dumps([1])
    '[1]'
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if error.name != module.partition(".")[0]:
            raise
        msg = f'{error.name} is needed for this; install it with: pip install "ukcso[{extra}]"'
        raise MissingDependencyError(msg) from None
