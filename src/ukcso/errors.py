"""
What can go wrong, one class each, all of them `UkcsoError`.

Each class also is the builtin it refines, so `except ValueError` keeps working.
"""

from __future__ import annotations

import sys
import warnings
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd


class UkcsoError(Exception):
    """Base of every error this package raises on purpose."""


class InvalidInputError(UkcsoError, ValueError):
    """An argument that cannot be meant: a negative count, an unreadable period."""


class UnknownDatasetError(UkcsoError, LookupError):
    """A dataset, or a version of one, that this release does not ship."""


class UnknownAreaError(UkcsoError, LookupError):
    """A text that names no area, or more than one."""


class DatasetIntegrityError(UkcsoError):
    """A shipped file that is not what was released: a damaged installation."""


class SchemaError(UkcsoError, ValueError):
    """
    A frame that does not fit its dataset's schema.

    Attributes
    ----------
    failures : DataFrame with columns row, column, value, rule
        Every failing cell. `row` is the frame's own index label, empty where a
        whole column is concerned.
    """

    def __init__(self, message: str, failures: pd.DataFrame) -> None:
        super().__init__(message)
        self.failures = failures

    def __reduce__(self) -> tuple[type[SchemaError], tuple[str, pd.DataFrame]]:
        """Survive pickling: a worker process must hand the failures over too."""
        return type(self), (str(self), self.failures)


class NotComparableError(UkcsoError, ValueError):
    """Two figures whose releases differ in scope, coverage or definition."""


class MissingDependencyError(UkcsoError, ImportError):
    """An optional package is needed; the message holds the install line."""


class UkcsoWarning(UserWarning):
    """
    Every warning of this package, one per call, so that a caller can filter them by category.

    Examples
    --------
    >>> import ukcso
    >>> with warnings.catch_warnings():
    ...     warnings.simplefilter("ignore", UkcsoWarning)
    ...     table = ukcso.area_table("86", "2022/23")
    """


def warn(message: str) -> None:
    """Warn, as from the first caller outside this package."""
    package, level = __name__.partition(".")[0], 1
    while sys._getframe(level).f_globals.get("__name__", "").partition(".")[0] == package:  # noqa: SLF001 - warnings has this itself from Python 3.12 on
        level += 1
    warnings.warn(message, UkcsoWarning, stacklevel=level + 1)


def listed(values: Iterable[object]) -> str:
    """
    Values as one readable list for a message.

    Examples
    --------
    >>> listed(["b", "a"])
    'b, a'
    """
    return ", ".join(str(value) for value in values)


def quoted(value: object) -> str:
    """
    Write a value as given, cut where it is longer than a message should be.

    Examples
    --------
    >>> quoted("66%"), quoted("9" * 1_000_000)[-30:]
    ("'66%'", '9999... (1,000,002 characters)')
    """
    try:
        text = repr(value)
    except ValueError:  # an integer of more digits than Python writes
        text = f"<{type(value).__name__} too long to write>"
    return cut(text)


def cut(text: str) -> str:
    """Cut a text where it is longer than a message should be."""
    return text if len(text) <= 200 else f"{text[:150]}... ({len(text):,} characters)"  # noqa: PLR2004


def refusal(value: object, argument: str, words: str) -> InvalidInputError:
    """
    Return the error of an argument that is not what it must be.

    Examples
    --------
    >>> refusal(95, "level", "a fraction in (0, 1)")
    InvalidInputError('level must be a fraction in (0, 1); got 95')
    """
    return InvalidInputError(f"{argument} must be {words}; got {quoted(value)}")
