"""
What can go wrong, one class each, all of them `UkcsoError`.

Each class also is the builtin it refines, so `except ValueError` keeps working.
"""

from __future__ import annotations

import sys
import warnings
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import pandas as pd


class Listing(NamedTuple):
    """A part of a message: the dataset that lists all names, as Python shows it."""

    dataset: str

    def __str__(self) -> str:
        return f"load_{self.dataset}()"


class UkcsoError(Exception):
    """
    Base of every error this package raises on purpose.

    Its arguments are the parts of its message, each text or a `Listing`.
    """

    def __str__(self) -> str:
        return self.worded(str)

    def worded(self, show: Callable[[Listing], str]) -> str:
        """
        Return the message as another interface words it: how it shows a dataset.

        Examples
        --------
        >>> error = UkcsoError("no area 'Kemt'; all are in ", Listing("areas"))
        >>> str(error), error.worded(lambda listing: f"ukcso show {listing.dataset}")
        ("no area 'Kemt'; all are in load_areas()", "no area 'Kemt'; all are in ukcso show areas")
        """
        parts = (show(part) if isinstance(part, Listing) else str(part) for part in self.args)
        return "".join(parts)


class InvalidInputError(UkcsoError, ValueError):
    """An argument that cannot be meant: a negative count, an unreadable period."""


class UnknownDatasetError(UkcsoError, LookupError):
    """A dataset, or a version of one, that this release does not ship."""


class UnknownAreaError(UkcsoError, LookupError):
    """
    A text that names no area, or more than one.

    Attributes
    ----------
    lies_in : str or None
        The id of the area that it lies in, where it names a local authority.
    """

    def __init__(self, *message: object, lies_in: str | None = None) -> None:
        super().__init__(*message)
        self.lies_in = lies_in


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


def optional(module: str, extra: str) -> Any:
    """
    Import a package of an extra, which only some functions need.

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
