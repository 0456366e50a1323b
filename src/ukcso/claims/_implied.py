"""Bounds of the counts that nobody printed, and statements that cannot all be true."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any

import pandas as pd

from ukcso.areas import find_area
from ukcso.claims.system import World
from ukcso.datasets import (
    conform,
    load_claims,
    load_figures,
    load_measures,
    load_releases,
    tells_origin,
)
from ukcso.errors import InvalidInputError, listed
from ukcso.evidence import Cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ukcso.claims.system import Solution, Statement

_TEXT = pd.StringDtype("python")
_COLUMNS: dict[str, Any] = {
    "measure": _TEXT,
    "breakdown": _TEXT,
    "area_id": _TEXT,
    "period_start": "datetime64[ns]",
    "period_end": "datetime64[ns]",
    "release_id": _TEXT,
    "lower": "Int64",
    "upper": "Int64",
    "pinned_by": _TEXT,
    "n_constraints": "int64",
}
_KINDS = ("exact", "hedged", "claim", "total")
_CONTRADICTION_COLUMNS: dict[str, Any] = {
    "release_id": _TEXT,
    "contradiction": "int64",
    "statement_id": _TEXT,
    "kind": _TEXT,
    "set_aside": "bool",
    "statement": _TEXT,
    "also": _TEXT,
}


@tells_origin
def implied(  # noqa: PLR0913 - three filters, two frames and a switch
    measure: str | None = None,
    area: str | None = None,
    release: str | None = None,
    *,
    claims: pd.DataFrame | None = None,
    figures: pd.DataFrame | None = None,
    across: bool = False,
) -> pd.DataFrame:
    """
    Tightest bounds of the counts that nobody printed exactly, release by release.

    Every figure and claim of a release is an inequality between whole numbers; so is
    what adds up: areas of a group, periods of a span, parts of a whole. A printed
    number is taken at its word: "37 per cent" is from 36.5 to 37.5. See
    docs/implied.md for what is done about statements that contradict.

    Parameters
    ----------
    measure
        Only cells of this measure.
    area
        Only cells of this area: any text that `find_area` takes.
    release
        Only this release. None is all of them, each by itself.
    claims
        A frame valid against the schema of `claims`; None is the shipped one.
    figures
        A frame valid against the schema of `figures`; None is the shipped one.
    across
        Whether a count that a release speaks of without printing it may be taken from
        another release that covers the area the same way, as `check_claims` does.

    Returns
    -------
    DataFrame, one row per cell and release, sorted by them
        measure, breakdown, area_id, period_start, period_end, release_id, lower,
        upper (whole numbers, inclusive; a missing upper is not bounded), pinned_by
        (the claims and figures that the two ends rest on, `;` between them),
        n_constraints (how many statements speak of the cell).

    Raises
    ------
    InvalidInputError
        A measure or release that nothing is known of.
    UnknownAreaError
        A text that names no area, or more than one.
    SchemaError
        A frame of your own breaks its schema; `.failures` lists every cell.

    Examples
    --------
    Lancashire recorded 419 online child sexual offences in 2019/20, printed as a rise
    of 525 per cent, and as 13 per cent, or one in eight, of all child sexual offences:

    >>> cells = implied(area="Lancashire", release="nspcc-2020-11-online-flag")
    >>> online = cells[cells["measure"] == "online_child_sexual_offences"]
    >>> online[["lower", "upper", "pinned_by"]].values.tolist()
    [[67, 67, 'clm-00282;fig-00817']]
    >>> everything = cells[cells["period_start"] == "2019-04-01"]
    >>> everything[["lower", "upper", "pinned_by"]].values.tolist()
    [[3143, 3352, 'clm-00283;clm-00284;fig-00817']]
    """
    world = _world(claims, figures, across=across)
    _known("measure", measure, _measures(world))
    asked = _asked(world, release)
    area_id = None if area is None else find_area(area).area_id
    found = [row for one in asked for row in _cells(one, world.solution(one))]
    kept = [
        row
        for row in found
        if measure in {None, row["measure"]} and area_id in {None, row["area_id"]}
    ]
    table = pd.DataFrame(kept, columns=list(_COLUMNS)).astype(_COLUMNS)
    return table.sort_values(list(_COLUMNS)[:6], ignore_index=True)


@tells_origin
def contradictions(
    release: str | None = None,
    *,
    claims: pd.DataFrame | None = None,
    figures: pd.DataFrame | None = None,
    across: bool = False,
) -> pd.DataFrame:
    """
    Smallest sets of statements of one release that cannot all be true.

    Without any one of a set, the rest of the set can be true. A claim that holds once
    its digits are read as cut off or rounded up contradicts nothing.

    Parameters
    ----------
    release
        Only this release. None is all of them, each by itself.
    claims, figures
        Frames of your own, as for `implied`.
    across
        As for `implied`.

    Returns
    -------
    DataFrame, one row per statement of a set
        release_id, contradiction (number of the set in its release, from 1),
        statement_id (claim_id or figure_id; empty for a rule of addition), kind (exact,
        hedged, claim, total), set_aside (whether `implied` does without it),
        statement (in words), also (others that say the same, `;` between them).

    Raises
    ------
    InvalidInputError
        A release that nothing is known of.
    SchemaError
        A frame of your own breaks its schema; `.failures` lists every cell.

    Examples
    --------
    >>> found = contradictions("nspcc-2018-09-image-offences")
    >>> found.loc[found["statement_id"] == "clm-00104", "set_aside"].tolist()
    [True]
    """
    world = _world(claims, figures, across=across)
    found = [row for one in _asked(world, release) for row in _sets(one, world.solution(one))]
    return pd.DataFrame(found, columns=list(_CONTRADICTION_COLUMNS)).astype(_CONTRADICTION_COLUMNS)


def _world(claims: pd.DataFrame | None, figures: pd.DataFrame | None, *, across: bool) -> World:
    said = load_claims() if claims is None else conform(claims, "claims")
    shown = load_figures() if figures is None else conform(figures, "figures")
    return World(said, shown, across=across)


def _asked(world: World, release: str | None) -> list[str]:
    _known("release", release, {*world.releases, *load_releases()["release_id"]})
    return world.releases if release is None else [release]


def _measures(world: World) -> set[str]:
    return {*world.measures, *load_measures()["measure"]}


def _known(name: str, value: str | None, known: Iterable[str]) -> None:
    if value is None:
        return
    names = sorted(known)
    if value not in names:
        close = difflib.get_close_matches(str(value), names, n=3)
        nearest = f"; nearest: {listed(close)}" if close else ""
        msg = f"{name} must be one of those in load_{name}s(); got {value!r}{nearest}"
        raise InvalidInputError(msg)


def _cells(release_id: str, solution: Solution) -> Iterator[dict[str, object]]:
    for cell, lower in solution.lower.items():
        if not isinstance(cell, Cell) or cell in solution.printed:
            continue
        upper = solution.upper.get(cell)
        # What nobody spoke of, and nothing bounds, is no news.
        if upper is None and cell not in solution.spoken_of:
            continue
        by = {one.statement_id for one in solution.pinned_by[cell]} - {""}
        yield {
            **cell._asdict(),
            "release_id": release_id,
            "lower": lower,
            "upper": pd.NA if upper is None else upper,
            "pinned_by": ";".join(sorted(by)),
            "n_constraints": solution.n_constraints[cell],
        }


def _sets(release_id: str, solution: Solution) -> Iterator[dict[str, object]]:
    for number, core in enumerate(sorted(solution.conflicts, key=_first_id), start=1):
        aside = any(one.kind != "exact" for one in core)
        for one in sorted(core, key=lambda one: (_KINDS.index(one.kind), one.statement_id)):
            yield {
                "release_id": release_id,
                "contradiction": number,
                "statement_id": one.statement_id or pd.NA,
                "kind": one.kind,
                "set_aside": aside and one.kind != "exact",
                "statement": one.words,
                "also": ";".join(one.also) or pd.NA,
            }


def _first_id(core: list[Statement]) -> list[str]:
    return sorted(one.statement_id for one in core if one.statement_id)
