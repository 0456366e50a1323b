"""Which versions stand for "the newest" just here, and which were read: one stack per context."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class _Scope(NamedTuple):
    pins: Mapping[str, int]
    used: dict[str, int]


_OPEN: ContextVar[tuple[_Scope, ...]] = ContextVar("ukcso_scopes", default=())


@contextmanager
def scope(pins: Mapping[str, int]) -> Iterator[dict[str, int]]:
    """Open a scope inside those that are open; give the record of what is read in it."""
    inner = _Scope(pins, {})
    token = _OPEN.set((*_OPEN.get(), inner))
    try:
        yield inner.used
    finally:
        _OPEN.reset(token)


def pinned_version(dataset: str) -> int | None:
    """Return the version that the innermost scope pins a dataset to, if any does."""
    for inner in reversed(_OPEN.get()):
        if dataset in inner.pins:
            return inner.pins[dataset]
    return None


def record(dataset: str, version: int) -> None:
    """Tell every open scope that a dataset was read."""
    for inner in _OPEN.get():
        inner.used[dataset] = version
