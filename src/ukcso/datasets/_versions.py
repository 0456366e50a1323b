"""Fixing the versions of datasets for a stretch of code, and knowing which it read."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from ukcso.datasets import _files, _scopes

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

P = ParamSpec("P")
R = TypeVar("R")


def pinned(**versions: int) -> AbstractContextManager[dict[str, int]]:
    """
    Fix the versions of datasets for everything that runs in a `with` block.

    A function that takes the newest version otherwise takes the pinned one, also where
    it has no parameter for it: `area_table`, `trend_table`, `check_claims`. A version
    named in a call goes before. Blocks nest, the innermost pin holds; other threads
    are not concerned.

    Parameters
    ----------
    **versions
        Data version by name of dataset. None at all pins nothing, and still records.

    Returns
    -------
    context manager giving a dict
        Version by name of every dataset that was read in the block.

    Raises
    ------
    UnknownDatasetError
        A dataset or version is not shipped.

    Examples
    --------
    >>> import ukcso
    >>> with pinned(figures=1, releases=1) as used:
    ...     found = ukcso.series("image_offences", "Lancashire")
    >>> used["figures"], used["releases"]
    (1, 1)
    """
    return _scopes.scope(dict(_files.resolve(name, number) for name, number in versions.items()))


def using(dataset: str, version: int | None = None) -> tuple[str, int]:
    """Return a dataset and version that exist, and record that they are read."""
    found = _files.resolve(dataset, version)
    _scopes.record(*found)
    return found


def cached_by_version(*datasets: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """
    Remember a function's results as long as the same versions of its datasets stand.

    A plain cache would keep what was made from another version than the pinned one, and
    would hide from the record that its datasets are needed.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        made: dict[tuple[object, ...], R] = {}

        @wraps(function)
        def found(*args: P.args, **kwargs: P.kwargs) -> R:
            key = (*(using(name) for name in datasets), *args, *kwargs.items())
            if key not in made:
                made[key] = function(*args, **kwargs)
            return made[key]

        return found

    return decorate
