"""Bounds of the counts that nobody printed, and statements that cannot all be true."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pandas as pd

from ukcso._rules import require_known
from ukcso.areas import find_area
from ukcso.claims.system import (
    KINDS,
    ReleaseSystem,
    ReleaseSystems,
    Statement,
    Unknown,
    doubted,
    systems_of,
)
from ukcso.datasets import (
    load_releases,
    tells_origin,
    typed,
)
from ukcso.errors import Listing
from ukcso.evidence import Cell
from ukcso.measures import known_measure

_COLUMNS = {
    "measure": "text",
    "breakdown": "text",
    "area_id": "text",
    "period_start": "day",
    "period_end": "day",
    "release_id": "text",
    "lower": "whole",
    "upper": "whole",
    "bounded_by": "text",
    "n_constraints": "whole",
}
_CONTRADICTION_COLUMNS = {
    "release_id": "text",
    "contradiction": "whole",
    "statement_id": "text",
    "kind": "text",
    "set_aside": "flag",
    "statement": "text",
    "also": "text",
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
        upper (whole numbers, inclusive; a missing upper is not bounded), bounded_by
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
    >>> online[["lower", "upper", "bounded_by"]].values.tolist()
    [[67, 67, 'clm-00282;fig-00817']]
    >>> everything = cells[cells["period_start"] == "2019-04-01"]
    >>> everything[["lower", "upper", "bounded_by"]].values.tolist()
    [[3143, 3352, 'clm-00283;clm-00284;fig-00817']]
    """
    systems = systems_of(claims, figures, across=across)
    if measure is not None:
        spoken_of = {name for names in systems.measures.values() for name in names}
        measure = known_measure(measure, spoken_of)
    area_id = None if area is None else find_area(area).area_id

    def wanted(count: Unknown) -> bool:
        if not isinstance(count, Cell):
            return False
        return measure in {None, count.measure} and area_id in {None, count.area_id}

    bounds = [
        row
        for release_id in _releases(systems, release)
        if measure is None or measure in systems.measures.get(release_id, ())
        for row in _bounds(release_id, systems.of(release_id), wanted)
    ]
    table = typed(bounds, _COLUMNS).astype({"n_constraints": "int64"})
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
    Irreducible sets of statements of one release that cannot all be true.

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

    Notes
    -----
    A set is an irreducible infeasible subsystem (IIS): see J. W. Chinneck, *Feasibility
    and Infeasibility in Optimization* (Springer, 2008). Claims and hedged figures
    are left out where they can be, what adds up is given up last.

    Examples
    --------
    >>> sets = contradictions("nspcc-2018-09-image-offences")
    >>> sets.loc[sets["statement_id"] == "clm-00104", "set_aside"].tolist()
    [True]
    """
    systems = systems_of(claims, figures, across=across)
    statements = [
        row
        for release_id in _releases(systems, release)
        for row in _conflicts(release_id, systems.of(release_id))
    ]
    return typed(statements, _CONTRADICTION_COLUMNS).astype({"contradiction": "int64"})


def _releases(systems: ReleaseSystems, release: str | None) -> list[str]:
    if release is None:
        return list(systems.measures)
    known = systems.measures.keys() | {*load_releases()["release_id"]}
    return [require_known("release", release, known, Listing("releases"))]


def _bounds(
    release_id: str, system: ReleaseSystem, wanted: Callable[[Unknown], bool]
) -> Iterator[dict[str, object]]:
    for component in system.components(wanted):
        box = component.bounds
        for index, cell in enumerate(component.unknowns):
            if not isinstance(cell, Cell) or not wanted(cell) or cell in system.printed:
                continue
            # What nobody spoke of, and nothing bounds, is no news.
            if box.upper[index] is None and cell not in system.spoken_of:
                continue
            by = box.why(index, is_upper=False) | box.why(index, is_upper=True)
            ids = {component.statements[number].statement_id for number in by} - {""}
            yield {
                **cell._asdict(),
                "release_id": release_id,
                "lower": box.lower[index],
                "upper": box.upper[index],
                "bounded_by": ";".join(sorted(ids)),
                "n_constraints": system.n_constraints[cell],
            }


def _conflicts(release_id: str, system: ReleaseSystem) -> Iterator[dict[str, object]]:
    def sorted_ids(conflict: list[Statement]) -> list[str]:
        return sorted(one.statement_id for one in conflict if one.statement_id)

    for number, conflict in enumerate(sorted(system.conflicts, key=sorted_ids), start=1):
        aside = {id(one) for one in doubted(conflict)}
        for one in sorted(conflict, key=lambda one: (KINDS.index(one.kind), one.statement_id)):
            yield {
                "release_id": release_id,
                "contradiction": number,
                "statement_id": one.statement_id or None,
                "kind": one.kind,
                "set_aside": id(one) in aside and one.kind != "exact",
                "statement": one.words(),
                "also": ";".join(one.also) or None,
            }
