"""Which forces a release speaks of, and what two releases differ in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import pandas as pd

from ukcso.areas import all_areas, force_areas
from ukcso.datasets import cached_by_version, load_releases, rows

_COUNTS = {"forces_responding", "forces_asked"}


class Coverage(NamedTuple):
    """Where a release is about, and how many forces answered; None or empty if it does not say."""

    scope_area_id: str | None = None
    forces_responding: int | None = None
    forces_asked: int | None = None
    published: str = ""

    @property
    def is_complete(self) -> bool:
        """Whether every force that was asked answered."""
        return self.forces_asked is not None and self.forces_responding == self.forces_asked

    @property
    def forces(self) -> str:
        """How many forces answered, in words."""
        counts = (self.forces_responding, self.forces_asked)
        answered, asked = ("?" if number is None else str(number) for number in counts)
        return "not printed" if answered == asked == "?" else f"{answered} of {asked}"

    @classmethod
    def of(cls, row: Any) -> Coverage:
        """Return what a row says that has the columns of a release, or some of them."""
        cells = {name: getattr(row, name, None) for name in cls._fields}
        known = {name: cell for name, cell in cells.items() if not pd.isna(cell)}
        counts = {name: int(known[name]) for name in _COUNTS & known.keys()}
        return cls(**{**known, **counts})


def coverage_of(release_id: str | None, default: Coverage = Coverage()) -> Coverage:  # noqa: B008 - immutable
    """Return what a release says of itself, or the default where nobody knows it."""
    return _coverages().get(release_id or "", default)


@cached_by_version
def _coverages() -> Mapping[str, Coverage]:
    return {row.release_id: Coverage.of(row) for row in rows(load_releases())}


def differences(one: Coverage, other: Coverage, area_id: str) -> dict[str, str]:
    """
    Say in what two releases differ that makes them speak of an area in two ways.

    A single force answered or did not, so its number has the same coverage in
    every release. A group of forces has if all of them answered both times, or if
    both releases print the same scope and number of forces, or neither prints one.
    """
    if _is_whole(one, area_id) and _is_whole(other, area_id):
        return {}
    covered = _covers(one, area_id) and _covers(other, area_id)
    differing = {}
    if not covered or one.scope_area_id != other.scope_area_id:
        differing["different_scope"] = f"{one.scope_area_id or '-'}, {other.scope_area_id or '-'}"
    if one.forces != other.forces:
        differing["forces_responding"] = f"{one.forces}, {other.forces}"
    return differing


def answers_for(release_id: str, area_id: str) -> bool:
    """Say whether every force of an area is known to have answered a release."""
    return _is_whole(coverage_of(release_id), area_id)


def _is_whole(release: Coverage, area_id: str) -> bool:
    """Say whether it speaks of the whole area: a single force, or one of which all answered."""
    if area_id in all_areas() and force_areas(area_id) == {area_id}:
        return True
    return _covers(release, area_id) and release.is_complete


def _covers(release: Coverage, area_id: str) -> bool:
    """Say whether an area lies wholly inside what a release speaks of."""
    scope_id = release.scope_area_id
    if scope_id is None or not {scope_id, area_id} <= all_areas().keys():
        return False
    return force_areas(area_id) <= force_areas(scope_id)


def publication(release_id: str) -> tuple[bool, str, str]:
    """Return what sorts releases by publication, those without a month last."""
    published = coverage_of(release_id).published
    return not published, published, release_id
