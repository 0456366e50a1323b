"""The average yearly change of counts in one area, with a step at each break."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from typing import Any

import pandas as pd

from ukcso._rules import several
from ukcso.areas import find_area
from ukcso.comparisons._trend_model import trend_of
from ukcso.comparisons._trend_notes import UNEVEN
from ukcso.comparisons._trend_result import Trend
from ukcso.errors import InvalidInputError, listed
from ukcso.evidence import spans_of, trend_table, warn_about
from ukcso.periods import Period, as_period


def trend(  # noqa: PLR0913 - what is counted, where, when, of whom
    measure_or_code: str | int,
    area: str,
    *,
    periods: Period | str | Iterable[Period | str] | None = None,
    breaks: bool = True,
    ages: str | None = "0-17",
    level: float = 0.95,
    release: str | None = None,
) -> Trend:
    """
    Average yearly change of counts in one area, with one step for each break inside.

    The logarithm of counts is taken as a straight line over years, as if the change had
    been the same every year, with a step where recording or law changed. Offences
    recorded are not offences committed.

    Parameters
    ----------
    measure_or_code
        An offence code for official counts of any area that its table holds, groups and
        nations too; or a measure of `figures`, where one release prints exact counts of
        enough years.
    area
        Any text that `find_area` takes.
    periods
        The years to fit, one or several, or spans of them ("2015/16 to 2022/23"); None is
        all that `trend_table` has.
    breaks
        Whether each change of recording, definition or law is a step, and a year with one
        in its midst left out. Without, what they moved is taken for change.
    ages
        Age band of the residents, as in `panel`; None fits counts alone. Counts alone are
        fitted too where some year lacks an estimate, and for the City of London, which has
        few residents; `notes` says so.
    level
        Confidence level of the intervals, a fraction in (0, 1).
    release
        For printed figures, the release to take; None is the one with most years, the
        first of `trend_table` among equals. Nothing is chained across releases.

    Returns
    -------
    `Trend`
        annual_change, lower, upper (fractions), steps, dispersion, n_periods, fitted,
        left_out; `str` gives two sentences fit to print.

    Raises
    ------
    InvalidInputError
        Fewer than 3 residual degrees of freedom, or counts that are 0 on one side of a
        step; a period without a count; what `trend_table` refuses.
    UnknownAreaError
        `area` names no area.
    MissingDependencyError
        statsmodels, of the extra ``models``, is not installed.

    Warns
    -----
    UkcsoWarning
        Counts lie much further from a steady change than from one year to the next: the
        change was not the same every year. It is told where the ratio of the two
        dispersions exceeds what an F distribution does in 1 of 100.

    Notes
    -----
    A quasi-Poisson model [1]_: log E(count) = level + slope x year + steps, plus the log of
    residents. The variance is dispersion x mean; the dispersion is Pearson's statistic over
    its degrees of freedom, taken as 1 where it is below. Limits are exp(b +- t se) - 1, with
    quantiles of t. Years are taken as independent of one another. In simulated series of 8
    to 11 years whose scatter is seven times that of chance, a 95 per cent interval then
    holds the true change in 94 to 96 per cent; where instead the scatter of each year
    stays with those after it, in 47 to 75 per cent: the interval is too narrow.

    Changes of census bases are no steps, for residents are on one basis throughout, nor
    does a break without a day part years. Breaks that no year parts are one step. No break
    is searched for.

    What a step tells is what moved at once there, from whatever cause. A break also may
    work for years, which no step tells from a change.

    References
    ----------
    .. [1] P. McCullagh and J. A. Nelder, Generalized Linear Models, 2nd ed., Chapman and
       Hall 1989, section 6.2.

    Examples
    --------
    >>> change = trend("86", "Lancashire", periods="2015/16 to 2022/23")
    >>> [round(100 * it, 1) for it in (change.annual_change, change.lower, change.upper)]
    [12.8, 6.4, 19.5]
    >>> change.n_periods, change.left_out
    (8, {})
    """
    area_id = find_area(area).area_id
    with warnings.catch_warnings(action="ignore"):  # no growth is told, nor a rate
        table = _table(measure_or_code, area_id, ages or "0-17", level, release)
    found = trend_of(_within(table, periods), breaks=breaks, of_counts=ages is None)
    if found.is_uneven:
        said = [note.rstrip(".") for note in found.notes if note.startswith(UNEVEN)]
        warn_about([found.measure_or_code], [found.area], found.periods, said)
    return found


def _table(
    measure_or_code: str | int, area_id: str, ages: str, level: float, release: str | None
) -> pd.DataFrame:
    """Return the years of an area; of printed figures, those of the release that has most."""

    def of(release: str | None) -> pd.DataFrame:
        return trend_table(
            measure_or_code, area_id, ages=ages, level=level, release=release, across="allow"
        )

    table = of(release)
    others = [] if release else table.attrs["ukcso"]["releases_left_out"]
    fullest = max(others, key=lambda other: int(other["n_exact"]), default=None)
    return of(fullest["release_id"]) if fullest and fullest["n_exact"] > len(table) else table


def _within(table: pd.DataFrame, periods: Any) -> pd.DataFrame:
    """Return the rows of the periods asked for, each of which has some."""
    origin = table.attrs["ukcso"]
    if table.empty:
        msg = f"no trend: no exact count of {origin['of']} in {find_area(origin['area_id']).name}"
        raise InvalidInputError(msg)
    if periods is None:
        return table
    spans = spans_of(table)
    asked = [as_period(it, "periods") for it in several("periods", periods, Period)]
    for period in asked:
        if not any(period.contains(span) for span in spans):
            msg = f"periods must have counts; {period} has none of {origin['of']}, "
            msg += f"which has {listed(spans)}"
            raise InvalidInputError(msg)
    inside = [any(period.contains(span) for period in asked) for span in spans]
    part = table[inside]
    part.attrs["ukcso"] = {
        **origin,
        "incomplete": [
            label
            for label in origin.get("incomplete", ())
            if any(period.contains(Period.parse(label)) for period in asked)
        ],
    }
    return part
