"""Every value ever printed for one cell."""

from __future__ import annotations

import pandas as pd

from ukcso.datasets import load_sources, rows, tells_origin, typed
from ukcso.evidence._choice import best
from ukcso.evidence._columns import NUMBER
from ukcso.evidence._coverage import coverage_of
from ukcso.evidence._series import ends, printed_of
from ukcso.periods import Period, as_period

_TEXTS = ("source_id", "source_published", "quality", "period_basis", "note", "figure_id")
_COLUMNS = (
    NUMBER
    | {"release_id": "text", "published": "text", "stands": "flag"}
    | dict.fromkeys(_TEXTS, "text")
)


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
        value, bound_lower, bound_upper, hedge, unit, release_id, published (month of the
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
    span = as_period(period)
    cell = printed_of(figures, measure, area, breakdown)
    start, end = pd.Timestamp(span.start), pd.Timestamp(span.end)
    cell = cell[(cell["period_start"] == start) & (cell["period_end"] == end)]
    sources = load_sources()[["source_id", "published", "quality"]]
    sources = sources.rename(columns={"published": "source_published"})
    printed = cell.merge(sources, how="left", on="source_id", validate="many_to_one")
    printed["published"] = [coverage_of(it).published or None for it in printed["release_id"]]
    standing = {best(rows(own)).figure_id for _, own in printed.groupby("release_id")}
    order = ["published", "release_id", "source_published"]
    frame = typed(
        (
            {**row._asdict(), **ends(row), "stands": row.figure_id in standing}
            for row in rows(printed.sort_values(order))
        ),
        _COLUMNS,
    )
    frame.attrs = dict(cell.attrs)
    return frame
