"""Printed figures as a series, one row per period and release."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ukcso._rules import require_known
from ukcso.areas import find_area
from ukcso.datasets import (
    conform,
    load_figures,
    load_measures,
    load_releases,
    tells_origin,
    typed,
)
from ukcso.errors import InvalidInputError
from ukcso.evidence._choice import by_release, sources_of
from ukcso.evidence._columns import NUMBER, PERIOD
from ukcso.evidence._coverage import coverage_of, publication
from ukcso.evidence._operands import Operand
from ukcso.periods import Period

_COLUMNS = (
    dict.fromkeys(("measure", "breakdown", "area_id"), "text")
    | PERIOD
    | NUMBER
    | dict.fromkeys(("release_id", "published", "source_ids"), "text")
    | {"n_sources": "whole", "conflicting": "flag", "scope_area_id": "text"}
    | dict.fromkeys(("forces_responding", "forces_asked"), "whole")
)


@tells_origin
def series(  # noqa: PLR0913 - three say what is counted, three which figures to look at
    measure: str,
    area: str,
    breakdown: str = "all",
    *,
    release: str | None = None,
    as_of: str | None = None,
    figures: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """
    Printed values of one measure in one area, one row per period and release.

    Several sources print the same cell of the same release. The one that stands is
    chosen by one rule: an exact number before a hedged one, then a primary source
    before the press before a repost, then the source published last. Nothing is
    averaged, and nothing is chained: two releases are two rows.

    Parameters
    ----------
    measure
        A row of `load_measures`: "image_offences".
    area
        Whatever `find_area` finds: "Lancashire", "united-kingdom".
    breakdown
        "all", or `dimension:value` as in `load_figures`: "victim_age:0-10".
    release
        A row of `load_releases`, to keep that release only.
    as_of
        ISO day. Keeps only what had been published by then, as in `load_figures`.
    figures
        A frame valid against the schema of `figures`; None is the shipped one.

    Returns
    -------
    DataFrame, sorted by period, then by publication of the release
        measure, breakdown, area_id, period (its label), period_start, period_end,
        value as printed, lower and upper (what its hedge allows; both are the value
        where it is exact, `upper` is infinite for over), hedge, unit, release_id,
        published (month of the release), source_ids (`;` between, the one that
        stands first), n_sources (sources that print the cell in this release),
        conflicting (they print two different exact values), scope_area_id,
        forces_responding, forces_asked. Without rows where nobody printed a figure.

    Raises
    ------
    UnknownAreaError
        No such area.
    InvalidInputError
        No such measure, breakdown or release (the message lists the nearest);
        `as_of` is not an ISO day, or goes with `figures` of your own.
    SchemaError
        A frame of your own breaks its schema.

    Examples
    --------
    Image offences in the United Kingdom in 2016/17, as two releases have them:

    >>> found = series("image_offences", "united-kingdom")
    >>> found.loc[found["period"] == "2016/17", ["value", "published"]].values.tolist()
    [[18522.0, '2018-09'], [18574.0, '2023-02']]
    """
    printed = printed_of(figures, measure, area, breakdown)
    if release is not None:
        names = {*load_releases()["release_id"], *printed["release_id"]}
        require_known("release", release, names, "load_releases()")
        printed = printed[printed["release_id"] == release]
    if as_of is not None:
        if figures is not None:
            msg = "as_of goes with the shipped figures only; filter figures of your own before"
            raise InvalidInputError(msg)
        printed = printed[printed["figure_id"].isin(load_figures(as_of=as_of)["figure_id"])]
    cells = sorted(by_release(printed), key=lambda cell: _order(cell[0]))
    frame = typed((_row(*cell) for cell in cells), _COLUMNS)
    frame.attrs = dict(printed.attrs)
    return frame


def printed_of(
    figures: pd.DataFrame | None, measure: str, area: str, breakdown: str
) -> pd.DataFrame:
    """Return the figures of one series, shipped or the caller's own, all names being known."""
    known = load_figures() if figures is None else conform(figures, "figures")
    measures = {*load_measures()["measure"], *known["measure"]}
    require_known("measure", measure, measures, "load_measures()")
    require_known("breakdown", breakdown, {"all", *known["breakdown"]}, "load_figures()")
    return known[
        (known["measure"] == measure)
        & (known["breakdown"] == breakdown)
        & (known["area_id"] == find_area(area).area_id)
    ]


def _order(row: Any) -> tuple[object, ...]:
    """Return what sorts by period, then by publication of the release."""
    return row.period_start, row.period_end, publication(row.release_id)


def _row(stands: Any, printed: list[Any]) -> dict[str, object]:
    """Return one row of a series from all that is printed for its cell and release."""
    coverage = coverage_of(stands.release_id)
    exact = {row.value for row in printed if row.hedge == "exact"}
    return {
        **stands._asdict(),
        **coverage._asdict(),
        **ends(stands),
        "period": Period(stands.period_start, stands.period_end).label,
        "published": coverage.published or None,
        "source_ids": sources_of(printed),
        "n_sources": len({row.source_id for row in printed}),
        "conflicting": len(exact) > 1,
    }


def ends(row: Any) -> dict[str, float]:
    """Return what the hedge of a printed number allows."""
    bounds = Operand(row.value, row.hedge, row.release_id, row.source_id).bounds
    return {"lower": bounds.lower, "upper": bounds.upper}
