"""Fixing the versions of datasets for a stretch of code, and remembering results by version."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from functools import wraps
from typing import ParamSpec, TypeVar

from ukcso.datasets import _read, _scopes, _store

P = ParamSpec("P")
R = TypeVar("R")

#: How many arguments a function's results are kept for, and how many versions of each.
_MOST_ARGUMENTS = 2**14
_MOST_VERSIONS = 4


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
    ...     table = ukcso.series("image_offences", "Lancashire")
    >>> used["figures"], used["releases"]
    (1, 1)
    """
    return _scopes.Scope(
        dict(_read.resolve_version(name, number) for name, number in versions.items())
    )


def cached_by_version(function: Callable[P, R]) -> Callable[P, R]:
    """
    Remember a function's results as long as the versions stand that it read.

    What it reads is recorded while it runs, also through other functions that remember,
    and counts as read again whenever the result is used again. A frame is copied for each
    caller; anything else is shared, so return what nobody edits.
    """

    @wraps(function)
    def remembered(*args: P.args, **kwargs: P.kwargs) -> R:
        key = (args, tuple(kwargs.items()))
        results = _store.STORE.results[function]
        for value, scope in results.get(key, ()):  # noqa: B007 - returned below
            if _stand(scope.chosen):
                _scopes.record(scope.used)
                break
        else:
            with (scope := _scopes.Scope({})):
                value = function(*args, **kwargs)
            with _store.LOCK:
                results[key] = ((value, scope), *results.get(key, ())[: _MOST_VERSIONS - 1])
                if len(results) > _MOST_ARGUMENTS:
                    del results[next(iter(results))]
        shared: R = _store.own_copy(value)
        return shared

    return remembered


def _stand(chosen: Mapping[str, int]) -> bool:
    """Say whether the same versions stand now; scopes around learn that they depend on them."""
    return all(_store.STORE.standing(name) == version for name, version in chosen.items())
