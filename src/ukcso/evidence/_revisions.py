"""Every value ever printed for one cell."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import pandas as pd

from ukcso.datasets import load_sources, rows, tells_origin, typed
from ukcso.evidence._choice import best
from ukcso.evidence._coverage import UNKNOWN, coverages, publication
from ukcso.evidence._series import asked_of, ends, figures_of
from ukcso.periods import Period

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_REVISIONS = {
    "value": "number",
    "lower": "number",
    "upper": "number",
    "hedge": "text",
    "unit": "text",
    "release_id": "text",
    "published": "text",
    "stands": "flag",
    "source_id": "text",
    "source_published": "text",
    "quality": "text",
    "period_basis": "text",
    "note": "text",
    "figure_id": "text",
}


@tells_origin
def revisions(
    measure: str,
    area: str,
    period: Period | str,
    *,
    breakdown: str = "all",
    figures: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """
    Every value ever printed for one cell, with its release, source and date.

    Parameters
    ----------
    measure, area
        As in `series`.
    period
        A `Period`, or its text: "2016/17".
    breakdown, figures
        As in `series`.

    Returns
    -------
    DataFrame, one row per printed figure, by publication of release, then of source
        value, lower, upper, hedge, unit, release_id, published (month of the
        release), stands (`series` takes it for its release), source_id,
        source_published, quality, period_basis, note, figure_id. Without rows where
        nobody printed a figure.

    Raises
    ------
    UnknownAreaError
        No such area.
    InvalidInputError
        No such measure or breakdown, or a text that is no period.
    SchemaError
        A frame of your own breaks its schema.

    Examples
    --------
    >>> found = revisions("image_offences", "united-kingdom", "2016/17")
    >>> found[["value", "published", "stands"]].values.tolist()
    [[18522.0, '2018-09', True], [18574.0, '2023-02', True], [18574.0, '2023-02', False]]
    """
    span = period if isinstance(period, Period) else Period.parse(period)
    shown = figures_of(figures)
    asked = asked_of(shown, measure, area, breakdown)
    start, end = pd.Timestamp(span.start), pd.Timestamp(span.end)
    asked = asked[(asked["period_start"] == start) & (asked["period_end"] == end)]
    frame = typed(_printed(list(rows(asked))), _REVISIONS)
    frame.attrs = dict(shown.attrs)
    return frame


def _printed(printed: list[Any]) -> Iterator[Mapping[str, object]]:
    """Go through the rows of revisions."""
    by_release: dict[str, list[Any]] = defaultdict(list)
    for row in printed:
        by_release[row.release_id].append(row)
    sources = load_sources().set_index("source_id").to_dict("index")
    for release_id in sorted(by_release, key=publication):
        stands = best(by_release[release_id])
        told = [(sources.get(row.source_id, {}), row) for row in by_release[release_id]]
        days = [source.get("published", pd.NA) for source, _ in told]
        order = sorted(range(len(told)), key=lambda i: (pd.isna(days[i]), str(days[i])))
        for source, row in (told[i] for i in order):
            yield {
                **{name: getattr(row, name, None) for name in _REVISIONS},
                **ends(row),
                "published": coverages().get(release_id, UNKNOWN).published or None,
                "stands": row is stands,
                "source_published": source.get("published"),
                "quality": source.get("quality"),
            }
