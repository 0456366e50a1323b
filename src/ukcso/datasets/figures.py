"""Numbers printed by a source: one row is one printed number."""

from __future__ import annotations

from datetime import date

import pandas as pd
from pandera.typing import DataFrame

from ukcso.datasets._kinds import Day, Text
from ukcso.datasets._read import read
from ukcso.datasets._schema import BREAKDOWN, AnySpans, basis_of_period, column, or_empty, row_of
from ukcso.datasets.releases import load_releases
from ukcso.datasets.sources import load_sources
from ukcso.errors import InvalidInputError, quoted
from ukcso.printed import HEDGES

UNITS = (
    "offences",
    "arrests",
    "arrests_per_month",
    "communications",
    "victims",
    "instances",
    "respondents",
    "years_of_age",
    "percent",
)


class Figures(AnySpans, key="figure_id"):
    """One number printed by one source."""

    figure_id: Text = column("identifier, for ever", has_form=r"^fig-\d{5}$")
    measure: Text = row_of("measures.measure", "what is counted")
    breakdown: Text = column("`all`, or `dimension:value`", has_form=BREAKDOWN)
    area_id: Text = row_of("areas.area_id", "where")
    period_start: Day = column("first day")
    period_end: Day = column("last day, inclusive")
    value: float = column("the number as printed", unit="see the column unit", ge=0)
    hedge: Text = column("the printed qualifier", isin=tuple(HEDGES))
    unit: Text = column("what the number counts", isin=UNITS)
    release_id: Text = row_of("releases.release_id")
    source_id: Text = row_of("sources.source_id")
    period_basis: Text = basis_of_period()
    note: Text = or_empty("what a reader must know about this number")


def load_figures(version: int | None = None, *, as_of: str | None = None) -> DataFrame[Figures]:
    """
    Numbers that charities, newspapers and police forces printed.

    One row per printed number, 13 columns; columns, units and allowed values are
    those of `Figures`, see also the codebook in docs/datasets.md.

    **Counts:** offences recorded, not offences committed, victims or convictions.
    **Repeats:** the same number in two sources is two rows: corroboration, not
    two counts. Several values for one cell are common, because coverage and date
    of publication differ. Never add rows up.
    **Hedges:** "more than 5,000" is value 5000 with hedge over; see `printed_bounds`.
    **Periods:** `period_basis` is inferred where the source says "last year".
    **Source, licence, retrieval date:** ``metadata("figures")``.

    Parameters
    ----------
    version
        As in `load`.
    as_of
        ISO day. Keeps only figures known to have been published by then: the day
        of the source, else the last day of its month, else of its release's
        month. A figure with no date at all is left out.

    Returns
    -------
    DataFrame of shape (figures, 13)

    Raises
    ------
    InvalidInputError
        `as_of` is not an ISO day.
    UnknownDatasetError, DatasetIntegrityError
        As in `load`.

    Examples
    --------
    >>> figures = load_figures(version=1)
    >>> uk = figures[(figures.measure == "image_offences") & (figures.area_id == "united-kingdom")]
    >>> year = uk[(uk.period_start == "2016-04-01") & (uk.period_end == "2017-03-31")]
    >>> sorted(year["value"].unique().tolist())
    [18522.0, 18574.0]
    >>> load_figures(version=1, as_of="2015-12-31").shape[1]
    13
    """
    frame = read(Figures, version)
    if as_of is not None:
        frame = frame[_published(frame) <= _day(as_of)].reset_index(drop=True)
    return frame


def _day(as_of: str) -> pd.Timestamp:
    try:
        return pd.Timestamp(date.fromisoformat(as_of))
    except (TypeError, ValueError):
        msg = f"as_of must be an ISO day such as 2019-12-31; got {quoted(as_of)}"
        raise InvalidInputError(msg) from None


def _published(figures: pd.DataFrame) -> pd.Series[pd.Timestamp]:
    """Return the day by which each figure was certainly out; NaT where none is known."""
    by_source = figures["source_id"].map(load_sources().set_index("source_id")["published"])
    by_release = figures["release_id"].map(load_releases().set_index("release_id")["published"])
    printed = by_source.fillna(by_release)
    days = pd.to_datetime(printed.where(printed.str.len() == len("2019-12-31")))
    months = pd.to_datetime(printed.where(printed.str.len() == len("2019-12")), format="%Y-%m")
    return days.fillna(months + pd.offsets.MonthEnd(0))
