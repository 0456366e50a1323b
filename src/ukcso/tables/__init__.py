"""
Publication tables, with their sources, their caveats and a stamp to make them again by.

- `areas`: one measure in one year, area by area.
- `trend`: one measure in one area, year by year.
- `figures`: what was printed for one measure in one area, release by release.
- `claims`: printed statements, recomputed, with their verdicts.
- `counts`: counts of your own, with disclosure control.

Nothing is computed here: a table shows what a function of the package returned. Each
is a `Table`, with `to_html`, `to_latex`, `to_markdown`, `to_csv` and `save`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ukcso._made import made
from ukcso.tables import _areas, _claims, _counts, _figures, _trend
from ukcso.tables._disclosure import Disclosure
from ukcso.tables._numbers import asked_digits
from ukcso.tables._parts import stamped
from ukcso.tables._table import Table

if TYPE_CHECKING:
    from typing import Unpack

    import pandas as pd

    from ukcso._made import AreaAsked, SeriesAsked, TrendAsked
    from ukcso.periods import Period

__all__ = ["Table", "areas", "claims", "counts", "figures", "trend"]


def areas(  # noqa: PLR0913 - a table's options, beside what it is of
    measure_or_code: str | pd.DataFrame,
    period: Period | str | None = None,
    *,
    total: str | None = None,
    caption: str | None = None,
    digits: int | None = None,
    suppress_below: int | None = None,
    round_to: int | None = None,
    **asked: Unpack[AreaAsked],
) -> Table:
    """
    Table of one measure in one year, area by area: count, residents, rate, rank, position.

    Parameters
    ----------
    measure_or_code
        An offence code or a measure, as `area_table` takes it; or a frame that
        `area_table` returned, or some of its rows.
    period
        One year, with a measure or code.
    total
        An area that holds all the others, for a last row: "England and Wales".
    caption
        Instead of the one made from measure, period and unit.
    digits
        Decimals of the rates; None shows two significant digits of the usual
        interval's width.
    suppress_below
        Withhold counts below this, and with a total one more where the withheld one
        could be worked out. Rates go with their counts; rank and position are left out.
    round_to
        Round counts to the nearest multiple; rates are made from the rounded counts.
    **asked
        kind, ages, per, level and release, as in `area_table`.

    Returns
    -------
    Table
        One row per area, in the order of the frame.

    Raises
    ------
    InvalidInputError
        As `area_table`; a frame that it did not return; a total that does not hold the
        areas; `suppress_below` or `round_to` that is no whole number from 1 up.

    Warns
    -----
    UserWarning
        As `area_table`: the City of London is among the areas.

    Examples
    --------
    >>> import warnings
    >>> with warnings.catch_warnings(action="ignore"):
    ...     table = areas("86", "2018/19", total="England and Wales")
    >>> print(table.to_csv().splitlines()[2])
    Bedfordshire,362,159533,227,204,252,15,inside,
    >>> table.rows[1][3].shown
    '227 (204 to 252)'
    """
    disclosure = Disclosure(suppress_below, round_to)
    digits = asked_digits(digits)
    frame = made("area_table", measure_or_code, period, **asked)
    options = {"total": total, "digits": digits, **disclosure.options}
    return stamped(
        "areas", frame, lambda it: _areas.parts(it, total, digits, disclosure), caption, options
    )


def trend(  # noqa: PLR0913 - a table's options, beside what it is of
    measure_or_code: str | pd.DataFrame,
    area: str | None = None,
    *,
    caption: str | None = None,
    digits: int | None = None,
    suppress_below: int | None = None,
    round_to: int | None = None,
    **asked: Unpack[TrendAsked],
) -> Table:
    """
    Table of one measure in one area, year by year: count, pace, growth, index and rate.

    Parameters
    ----------
    measure_or_code
        An offence code or a measure, as `trend_table` takes it; or a frame that
        `trend_table` returned, or some of its rows.
    area
        Any text that `find_area` takes, with a measure or code.
    caption
        Instead of the one made from measure, area, periods and unit.
    digits
        Decimals of the rates; None shows two significant digits of the usual
        interval's width.
    suppress_below
        Withhold counts below this, and all that is derived from them.
    round_to
        Round counts to the nearest multiple; the rest is made from the rounded counts.
    **asked
        ages, per, level, release and across, as in `trend_table`.

    Returns
    -------
    Table
        One row per period.

    Raises
    ------
    InvalidInputError
        As `trend_table`; a frame that it did not return; `suppress_below` or `round_to`
        that is no whole number from 1 up.

    Warns
    -----
    UserWarning
        As `trend_table`: growth is left blank where it is not comparable.

    Examples
    --------
    >>> table = trend("image_offences", "Lancashire")
    >>> [cell.shown for cell in table.rows[1]]
    ['2017/18', '674', '1.8', '14.0', '114', '214 (198 to 231)']
    """
    disclosure = Disclosure(suppress_below, round_to)
    digits = asked_digits(digits)
    frame = made("trend_table", measure_or_code, area, **asked)
    options = {"digits": digits, **disclosure.options}
    return stamped(
        "trend", frame, lambda it: _trend.parts(it, digits, disclosure), caption, options
    )


def figures(  # noqa: PLR0913 - a table's options, beside what it is of
    measure: str | pd.DataFrame,
    area: str | None = None,
    *,
    caption: str | None = None,
    digits: int | None = None,
    suppress_below: int | None = None,
    round_to: int | None = None,
    **asked: Unpack[SeriesAsked],
) -> Table:
    """
    Table of what was printed for one measure in one area, by period and release.

    Parameters
    ----------
    measure
        A measure, as `series` takes it; or a frame that `series` returned, or some of
        its rows.
    area
        Any text that `find_area` takes, with a measure.
    caption
        Instead of the one made from measure and area.
    digits
        Decimals of the values; None shows none, or one where some value has them.
    suppress_below, round_to
        For figures of your own, as in `areas`. A period that contains a withheld one,
        six years and one of them, is withheld as well.
    **asked
        breakdown, release, as_of and figures, as in `series`.

    Returns
    -------
    Table
        One row per period and release.

    Raises
    ------
    InvalidInputError
        As `series`; a frame that it did not return; nothing was printed;
        `suppress_below` or `round_to` that is no whole number from 1 up.

    Examples
    --------
    >>> table = figures("image_offences", "Lancashire", release="nspcc-2023-02-image-offences")
    >>> [cell.shown for cell in table.rows[0]][:3]
    ['2016/17', '591', '']
    """
    disclosure = Disclosure(suppress_below, round_to)
    digits = asked_digits(digits)
    frame = made("series", measure, area, **asked)
    options = {"digits": digits, **disclosure.options}
    return stamped(
        "figures", frame, lambda it: _figures.parts(it, digits, disclosure), caption, options
    )


def claims(
    checked: pd.DataFrame | None = None,
    *,
    release: str | None = None,
    verdict: str | None = None,
    caption: str | None = None,
) -> Table:
    """
    Table of printed statements: what was printed, what comes out, and the verdict.

    Parameters
    ----------
    checked
        A frame that `check_claims` returned, or some of its rows; None checks the
        shipped statements.
    release
        Only the statements of this release.
    verdict
        Only those with this verdict: "differs".
    caption
        Instead of the one made from the release.

    Returns
    -------
    Table
        One row per statement.

    Raises
    ------
    InvalidInputError
        A frame that `check_claims` did not return, or with statements of your own; an
        unknown release or verdict; nothing is left.

    Examples
    --------
    >>> table = claims(release="nspcc-2018-09-image-offences", verdict="differs")
    >>> [cell.shown for cell in table.rows[0]][2:6]
    ['66 %', '118 to 200', '69.5 %', 'differs']
    """
    frame = _claims.chosen(made("check_claims", checked), release, verdict)
    options = {"release": release, "verdict": verdict}
    return stamped("claims", frame, _claims.parts, caption, options)


def counts(  # noqa: PLR0913 - what the columns are, and a table's options
    frame: pd.DataFrame,
    *,
    label: str,
    count: str,
    population: str | None = None,
    total: str | None = None,
    per: float | None = None,
    level: float = 0.95,
    caption: str | None = None,
    digits: int | None = None,
    suppress_below: int | None = None,
    round_to: int | None = None,
) -> Table:
    """
    Table of counts of your own, with rates and disclosure control.

    Parameters
    ----------
    frame
        One row per group, and one for their total where there is one.
    label, count, population
        Names of its columns: what a row is of; events, >= 0; people at risk, > 0.
    total
        The label of the row that is the sum of the others.
    per
        Size of the reference population of the rates, > 0; with population only.
    level
        Confidence level, a fraction in (0, 1).
    caption
        Instead of the one made from the names of the columns.
    digits
        Decimals of the rates; None shows two significant digits of the usual
        interval's width.
    suppress_below
        Withhold counts below this, and one more where the withheld one could be worked
        out from the total.
    round_to
        Round counts to the nearest multiple; rates are made from the rounded counts.

    Returns
    -------
    Table
        Rows in the order of the frame. Its stamp says that the data are your own.

    Raises
    ------
    InvalidInputError
        A column that is not there or not of numbers, a row without a label, a negative
        count, a population at or below 0, a total that is not the label of one row,
        `population` without `per`, digits that are no whole number from 0 to 12. With
        `suppress_below` also a count that is not whole, and a total that is not the sum
        of the other rows.

    Examples
    --------
    Invented numbers; 9 goes too, for 32 - 20 - 9 would give the 3 away:

    >>> import pandas as pd
    >>> own = pd.DataFrame({"team": ["a", "b", "c", "all"], "offences": [3, 9, 20, 32]})
    >>> table = counts(own, label="team", count="offences", total="all", suppress_below=5)
    >>> [row[1].shown for row in table.rows]
    ['[c]', '[c]', '20', '32']
    """
    disclosure = Disclosure(suppress_below, round_to)
    digits = asked_digits(digits)
    own = _counts.Own(frame, label, count, population, total, per, level)
    return _counts.table(own, caption, digits, disclosure)
