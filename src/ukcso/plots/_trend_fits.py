"""The fitted lines of a trend, as `trend` fits them to what is drawn."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from ukcso.comparisons import Trend, trend_of
from ukcso.datasets import pinned
from ukcso.errors import InvalidInputError
from ukcso.outputs import capital
from ukcso.plots._trend_points import Lines, areas_of, releases_of

_DRAWN = ["middle", "period", "value", "lower", "upper", "area", "release", "shift"]
_STEADY = "as if the change had been the same every year"


class Fits:
    """
    What the picture of a trend draws of yearly changes: a line for each table that has one.

    Attributes
    ----------
    segments
        Both ends of each part of a line, and whether it is a step.
    notes
        What was fitted, line by line, and where nothing was.
    datasets
        The populations, by version, where they have a part in it.

    Raises
    ------
    InvalidInputError
        No table has enough years.
    """

    def __init__(self, tables: Sequence[pd.DataFrame], lines: Lines, shown: str) -> None:
        self.datasets: dict[str, int] = {}
        drawn: list[pd.DataFrame] = []
        told, refused = [], []
        for table, area, release in zip(tables, areas_of(tables), releases_of(tables), strict=True):
            name = area if lines.by == "area" else release
            versions = table.attrs["ukcso"]["datasets"]
            try:
                with pinned(**versions):
                    # Of rates, what has none is not drawn, and has no part in the line.
                    fit = trend_of(table[table["rate"].notna()] if shown == "rate" else table)
            except InvalidInputError as error:
                refused.append(error)
                why = str(error).partition(": ")[2]
                told.append(f"{name}, no line is fitted: {why}")
                continue
            if fit.per_resident:
                self.datasets = {"population": versions["population"]}
            points = lines.points
            own = points[(points["area"] == area) & (points["release"] == release)]
            part = _segments(fit, own, shown, table.attrs["ukcso"]["per"])
            drawn.append(part.assign(fit=len(drawn)))
            said = f"{fit.counted} {fit.in_words}"
            uneven = "; the counts do not bear out that it was the same every year"
            one_of_many = f"{name}: {said}{uneven if fit.is_uneven else ''}"
            told.append(one_of_many if lines.many else f"{said}, {fit.condition}")
        if not drawn:
            raise refused[0]
        self.segments = pd.concat(drawn, ignore_index=True)
        steps = ", dashed where a change of recording or law is a step of its own"
        dashed = steps if self.segments["is_step"].any() else ""
        if lines.many:
            self.notes = [f"Thick lines, fitted {_STEADY}{dashed}.", *(f"{it}." for it in told)]
        else:
            self.notes = [f"Thick line, fitted{dashed}.", f"{capital(told[0])}."]


def _segments(fit: Trend, own: pd.DataFrame, shown: str, per: float) -> pd.DataFrame:
    """Return the two ends of each part of a fitted line, in the unit that is shown."""
    points = own.merge(fit.fitted[["period", "fitted", "n_steps"]], on="period")
    values = points["fitted"]
    if shown == "rate":
        values = per * values / points["population"]
    elif shown == "per_day":
        values /= points["days"]
    points = points.assign(value=values).dropna(subset="value")
    later = np.arange(1, len(points))
    is_step = np.diff(points["n_steps"]) > 0
    ends = points.iloc[np.column_stack([later - 1, later]).ravel()]
    return ends[_DRAWN].assign(segment=np.repeat(later, 2), is_step=np.repeat(is_step, 2))
