"""Fixing the versions of datasets for a stretch of code, and remembering results by version."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from functools import wraps
from typing import ParamSpec, TypeVar

import pandas as pd

from ukcso.datasets import _pins, _scopes, _store

P = ParamSpec("P")
R = TypeVar("R")

#: How many arguments a function's results are kept for, and how many versions of each.
_MOST_ARGUMENTS = 2**14
_MOST_VERSIONS = 4


def pinned(
    **datasets: int | str | pd.DataFrame,
) -> AbstractContextManager[dict[str, int | str]]:
    """
    Fix the versions of datasets, or put rows of your own in their place, in a `with` block.

    A function that takes the newest version otherwise takes the pinned one, also where
    it has no parameter for it: `area_table`, `trend_table`, `check_claims`. A version
    named in a call goes before. Blocks nest, the innermost pin holds; other threads
    are not concerned.

    Own data take the place of a dataset whole: tables, pictures, exports and checks rest on
    them, and say so. `combine` puts them together with what is shipped.

    Parameters
    ----------
    **datasets
        Data version by name of dataset, or a frame that fits its schema, as `readers` give
        them. What its cells name (areas, codes, releases, sources) must be there: among the
        rows given for those datasets in the same call, else in what stands. Own data that an
        outer block pins may be asked for by the name that they have in ``attrs``. None at all
        pins nothing, and still records.

    Returns
    -------
    context manager giving a dict
        Version by name of every dataset that was read in the block. Own data are "own",
        the file that they were read from, and the beginning of its SHA-256 (where none is
        named, of that of the rows as CSV): "own prc-2026.ods 3f2a91c0d1e2".

    Raises
    ------
    UnknownDatasetError
        A dataset or version is not shipped.
    SchemaError
        A frame does not fit its schema, or names what is not there; `.failures` lists
        every cell.
    InvalidInputError
        A frame of another library than pandas.

    Notes
    -----
    A frame is copied and checked when `pinned` is called; the same rows are not checked
    again. Inside the block, `load` gives them with ``attrs["ukcso"]`` (version "own", file,
    sha256), and `metadata` what is known of them. What was made from them can be made again,
    and drawn, where they are pinned.

    Examples
    --------
    >>> import ukcso
    >>> with pinned(figures=1, releases=1) as used:
    ...     table = ukcso.series("image_offences", "Lancashire")
    >>> used["figures"], used["releases"]
    (1, 1)

    Counts of one's own, here the shipped ones five years later:

    >>> crime = ukcso.load_recorded_crime(version=1)
    >>> for day in ("period_start", "period_end"):
    ...     crime[day] += pd.DateOffset(years=5)
    >>> with pinned(recorded_crime=crime) as used:
    ...     kent = ukcso.official_series("86", "Kent")
    >>> kent["period"].iloc[-1], used["recorded_crime"]
    ('2027/28', 'own ...')
    """
    return _scopes.Scope(_pins.standing_in(datasets))


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


def _stand(chosen: Mapping[str, _scopes.Identity]) -> bool:
    """Say whether the same versions stand now; scopes around learn that they depend on them."""
    return all(
        _scopes.identity(_store.STORE.standing(name)) == version for name, version in chosen.items()
    )
