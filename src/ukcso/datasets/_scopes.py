"""Which versions stand for "the newest" just here, and which were read: one stack per context."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextvars import ContextVar

from ukcso.datasets._own import Own, Version

#: What tells versions apart: a number, or the key of own data.
Identity = int | tuple[str, str]


class Scope:
    """
    A `with` block that pins versions, and records what is read in it.

    Entering it gives the record of what was read. Another thread has scopes of its own.
    """

    def __init__(self, pins: Mapping[str, Version]) -> None:
        self.pins = pins
        #: Version by dataset that was read in the block; own data by their name.
        self.used: dict[str, int | str] = {}
        #: The same for datasets without a version of their own: what the block depends on.
        self.chosen: dict[str, Identity] = {}

    def __enter__(self) -> dict[str, int | str]:
        _OPEN.set((self, *_OPEN.get()))
        return self.used

    def __exit__(self, *_: object) -> None:
        scopes = list(_OPEN.get())
        scopes.remove(self)  # the inner one, should it have been entered twice
        _OPEN.set(tuple(scopes))


#: The innermost first.
_OPEN: ContextVar[tuple[Scope, ...]] = ContextVar("ukcso_scopes", default=())


def identity(version: Version) -> Identity:
    """Return what tells a version from others."""
    return version.key if isinstance(version, Own) else version


def standing_version(dataset: str, newest: int) -> Version:
    """Return the version that the innermost pin names, else the newest, and record the choice."""
    scopes = _OPEN.get()
    pin = next((place for place, scope in enumerate(scopes) if dataset in scope.pins), None)
    version = newest if pin is None else scopes[pin].pins[dataset]
    # Outside of the pin nothing was chosen: whatever stands there, the pin holds.
    for scope in scopes[:pin]:
        scope.chosen[dataset] = identity(version)
    return version


def own_pins(dataset: str) -> Iterator[Own]:
    """Go through the own data that open blocks pin in the place of a dataset, innermost first."""
    for scope in _OPEN.get():
        version = scope.pins.get(dataset)
        if isinstance(version, Own):
            yield version


def record(used: Mapping[str, int | str]) -> None:
    """Tell every open scope which datasets were read."""
    for scope in _OPEN.get():
        scope.used.update(used)
