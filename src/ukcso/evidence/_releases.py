"""Exact counts that releases print, how far each of them reaches, and which one to take."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

import pandas as pd

from ukcso._rules import require_known
from ukcso.datasets import load_figures, load_releases, rows
from ukcso.errors import Listing
from ukcso.evidence._choice import by_release, sources_of
from ukcso.evidence._columns import COUNTS, PERIOD_ENDS, shaped
from ukcso.evidence._coverage import answers_for, publication
from ukcso.evidence._series import in_time, series
from ukcso.measures import NO_COUNTS, PER_MONTH
from ukcso.periods import Period
from ukcso.stats.formulas import DAYS_PER_MONTH

_YEAR = 12
_NOT_COUNTED = (*NO_COUNTS, PER_MONTH)


class Reach(NamedTuple):
    """How far the exact counts of one release reach."""

    release_id: str
    #: Names of the first and the last period.
    first: str
    last: str
    #: How many periods of an area, or how many areas of a period.
    n_exact: int


def exact_releases(
    measure: str, area: str, breakdown: str = "all", *, figures: pd.DataFrame | None = None
) -> list[Reach]:
    """
    Releases that print exact counts of one area by year, the one that reaches furthest first.

    `trend_table` takes the first of them by default, and any other as its `release`.

    Parameters
    ----------
    measure, area, breakdown, figures
        As in `series`.

    Returns
    -------
    list of `Reach`
        release_id, first and last (names of periods), n_exact (periods between them
        with an exact count). Periods are years, or, where nobody prints a year, the
        longest of those that most are. By the end of the last one, then by how many
        there are, then by publication, newest first.

    Raises
    ------
    UnknownAreaError, InvalidInputError, SchemaError
        As in `series`.

    Examples
    --------
    >>> [(it.release_id, it.last) for it in exact_releases("image_offences", "Lancashire")]
    [('nspcc-2023-02-image-offences', '2021/22'), ('nspcc-2018-09-image-offences', '2017/18')]
    """
    printed = series(measure, area, breakdown, figures=figures)
    counts = printed[(printed["hedge"] == "exact") & ~printed["unit"].isin(_NOT_COUNTED)]
    return reaches(exact_of_a_trend(counts), PERIOD_ENDS)


def reaches(exact: pd.DataFrame, over: list[str]) -> list[Reach]:
    """Return the releases of some exact counts, by their reach over columns, furthest first."""
    found = []
    for release_id, own in exact.groupby("release_id"):
        spans, n_exact = spans_of(own), len(own[over].drop_duplicates())
        reach = Reach(str(release_id), min(spans).label, max(spans).label, n_exact)
        found.append((own["period_end"].max(), n_exact, publication(reach.release_id)[1:], reach))
    return [reach for *_, reach in sorted(found, reverse=True)]


def chosen(
    available: Sequence[Reach], release: str | None
) -> tuple[str | None, list[dict[str, Any]]]:
    """Return the release asked for, else the first, and the others as plain data."""
    taken = release or (available[0].release_id if available else None)
    return taken, [reach._asdict() for reach in available if reach.release_id != taken]


def exact_of_a_trend(exact: pd.DataFrame) -> pd.DataFrame:
    """Keep counts of years; where there are none, of the length that most periods have."""
    # In months, for years have 365 or 366 days; part months as what they are of one.
    months = [span.months or span.days / DAYS_PER_MONTH for span in spans_of(exact)]
    lengths = pd.Series(months, index=exact.index, dtype=float)
    usual = _YEAR if _YEAR in set(lengths) else lengths.mode().max()
    return exact[lengths == usual].reset_index(drop=True)


def spans_of(table: pd.DataFrame) -> list[Period]:
    """Return the period of every row."""
    return [Period(row.period_start, row.period_end) for row in rows(table)]


def printed_counts(
    measure: str, area_ids: Collection[str], release: str | None = None
) -> pd.DataFrame:
    """
    Return the exact counts that were printed, of one release or of all.

    Returns
    -------
    DataFrame, one row per area, period and release, by period, then by publication
        complete says that every force of the area is known to have answered.
    """
    figures = load_figures()
    if release is not None:
        require_release(release)
        figures = figures[figures["release_id"] == release]
    own = figures[
        (figures["measure"] == measure)
        & (figures["breakdown"] == "all")
        & figures["area_id"].isin(area_ids)
        & ~figures["unit"].isin(_NOT_COUNTED)
    ]
    cells = [
        {
            **stands._asdict(),
            "measure_or_code": measure,
            "count": stands.value,
            "complete": answers_for(stands.release_id, stands.area_id),
            "source_ids": sources_of(printed),
        }
        for stands, printed in sorted(by_release(own), key=in_time)
        if stands.hedge == "exact"
    ]
    return shaped(pd.DataFrame(cells, dtype=object), COUNTS)


def require_release(release: str) -> None:
    """Refuse anything but the name of a release."""
    names = {*load_releases()["release_id"], *load_figures()["release_id"]}
    require_known("release", release, names, Listing("releases"))


def with_missing(
    counts: pd.DataFrame,
    measure: str,
    area_ids: Sequence[str],
    spans: Sequence[Period] | None,
    release: str | None = None,
) -> pd.DataFrame:
    """
    Keep the printed counts of some periods, and add a row for each area and period without one.

    Where no periods are asked for, an area without any count has one row, of no period.
    """
    asked = pd.DataFrame({"area_id": pd.Series(area_ids, dtype=counts["area_id"].dtype)})
    if spans is not None:
        days = [(pd.Timestamp(span.start), pd.Timestamp(span.end)) for span in spans]
        periods = pd.DataFrame(days, columns=["period_start", "period_end"], dtype="datetime64[ns]")
        asked = asked.merge(periods, how="cross")
    rows = asked.merge(counts, how="left")
    rows["complete"] = rows["complete"].eq(other=True)
    rows["measure_or_code"] = measure
    return shaped(rows.assign(release_id=release) if release else rows, COUNTS)
