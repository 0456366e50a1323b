"""Growth from one count to another: change, yearly change, index numbers."""

from __future__ import annotations

import math
from datetime import date
from numbers import Integral
from typing import TYPE_CHECKING, Any

from ukcso._rules import BASE, COUNT, POSITIVE
from ukcso.errors import InvalidInputError, refusal
from ukcso.stats import formulas, limits
from ukcso.stats._apply import Measure, apply, as_float
from ukcso.stats._estimates import Estimate, estimated, require_dispersion, require_level
from ukcso.stats._series import array_of, is_pandas, series_of

if TYPE_CHECKING:
    from collections.abc import Hashable

    import pandas as pd

    from ukcso.stats._apply import Number, Scalar

_GROWTH = Measure(formulas.growth, {"old": BASE, "new": COUNT})
_ANNUAL_GROWTH = Measure(formulas.annual_growth, {"first": BASE, "last": COUNT, "years": POSITIVE})


def growth(old: Number | Scalar, new: Number | Scalar) -> Number:
    """
    Change from `old` to `new` as a fraction of `old`.

    Parameters
    ----------
    old, new : float, array of shape (n,) or Series of length n
        Earlier and later value in one unit, counts or rates, >= 0. NaN (suppressed
        or not published) gives NaN.

    Returns
    -------
    Same type, shape and index as the inputs
        ``(new - old) / old``: 0.14 is a rise of 14 per cent. NaN where `old` is 0.

    Raises
    ------
    InvalidInputError
        A negative or infinite value, shapes or indexes that differ.

    Notes
    -----
    A rise in offences recorded is not a rise in offences committed.

    References
    ----------
    Relative change as in ``pandas.Series.pct_change``.

    Examples
    --------
    Image offences recorded in Bedfordshire, 2016/17 and 2017/18, as printed:

    >>> round(growth(118, 200), 4)
    0.6949
    >>> growth(0, 5)
    nan
    >>> growth(-1, 5)
    Traceback (most recent call last):
    ukcso.errors.InvalidInputError: old must be >= 0 and finite; got -1.0 at position 0 (1 bad of 1)
    """
    return apply(_GROWTH, old, new)


def growth_interval(  # noqa: PLR0913 - the choices an interval leaves open
    old: Number | Scalar,
    new: Number | Scalar,
    *,
    old_exposure: Number | Scalar = 1.0,
    new_exposure: Number | Scalar = 1.0,
    level: float = 0.95,
    dispersion: float = 1.0,
) -> Estimate[Number]:
    """
    Growth with its exact conditional interval: the ratio of two Poisson rates, less 1.

    Parameters
    ----------
    old, new : float, array of shape (n,) or Series of length n
        Earlier and later count. Unit: events, >= 0; counts, not rates, because the
        interval comes from their size.
    old_exposure, new_exposure : same, or one float
        Days or people behind each count, in one unit, > 0.
    level
        Confidence level, a fraction in (0, 1).
    dispersion
        How many times more the counts of one area vary from year to year than Poisson,
        >= 1, as in `rate_ratio_interval`. That of `overdispersion`, between areas, is
        not meant: it has their lasting differences in it.

    Returns
    -------
    Estimate
        Fractions: 0.14 is a rise of 14 per cent. Where `old` is 0 the value is NaN and
        the upper limit infinite; where `new` is 0 the lower limit is -1.

    Raises
    ------
    InvalidInputError
        A negative count, an exposure at or below 0, a level outside (0, 1), a dispersion
        below 1, shapes or indexes that differ.

    Notes
    -----
    Without a dispersion the interval is that of chance alone. Recorded counts vary more
    than that from year to year, so it tells many a usual change from none.

    References
    ----------
    As in `rate_ratio_interval`.

    Examples
    --------
    Image offences recorded in Bedfordshire, 2016/17 and 2017/18, as printed:

    >>> result = growth_interval(118, 200)
    >>> round(result.value, 3), round(result.lower, 3), round(result.upper, 3)
    (0.695, 0.343, 1.146)

    Were counts to vary seven times more than Poisson from year to year:

    >>> result = growth_interval(118, 200, dispersion=7)
    >>> round(result.value, 3), round(result.lower, 3), round(result.upper, 3)
    (0.695, -0.103, 2.3)
    """
    level = require_level(level)
    limits_of: limits.Limits = limits.of_ratios(level, require_dispersion(dispersion))

    def formula(old: Any, new: Any, old_exposure: Any, new_exposure: Any) -> tuple[Any, Any, Any]:
        lower, upper = limits_of(new, new_exposure, old, old_exposure)
        # Only the value is undefined from 0: the limits of the ratio are not.
        value = formulas.growth(limits.known(old) / old_exposure, new / new_exposure)
        return value, lower - 1, upper - 1

    rules = {"old": COUNT, "new": COUNT, "old_exposure": POSITIVE, "new_exposure": POSITIVE}
    measure = Measure(formula, rules, outputs=3)
    return estimated(level, "exact", measure, old, new, old_exposure, new_exposure)


def annual_growth(first: Number | Scalar, last: Number | Scalar, years: Number | Scalar) -> Number:
    """
    Compound annual growth rate: the constant yearly change from `first` to `last`.

    Parameters
    ----------
    first, last : float, array of shape (n,) or Series of length n
        First and last value in one unit, >= 0.
    years : same, or one float
        Years from the first to the last value, > 0: from 2016/17 to 2020/21 four.

    Returns
    -------
    Same type, shape and index as the inputs
        ``(last / first) ** (1 / years) - 1`` as a fraction. NaN where `first` is 0.

    Raises
    ------
    InvalidInputError
        A negative or infinite value, years that are not above 0, shapes or indexes
        that differ.

    References
    ----------
    Compound annual growth rate: the geometric mean of the yearly growth factors,
    minus 1.

    Examples
    --------
    >>> round(annual_growth(100, 121, 2), 12)
    0.1
    """
    return apply(_ANNUAL_GROWTH, first, last, years)


def index_numbers(values: Number, base: Hashable) -> Number:
    """
    Values where the one at `base` is 100.

    Parameters
    ----------
    values : array of shape (n,) or Series of length n
        Counts or rates in one unit, >= 0.
    base
        Label of the base in a Series' index, or a position. An integer is a label
        where the index holds integers, otherwise a position.

    Returns
    -------
    Same type, shape and index as `values`
        All NaN where the value at `base` is 0 or missing.

    Raises
    ------
    InvalidInputError
        Not an array or Series of one dimension, a negative value, or a `base` that
        is no single label or position of `values`.

    References
    ----------
    Simple index numbers, 100 at the base.

    Examples
    --------
    >>> import pandas as pd
    >>> counts = pd.Series([50.0, 60.0], index=["2016/17", "2017/18"])
    >>> index_numbers(counts, "2016/17").tolist()
    [100.0, 120.0]
    """
    # A base of 0 leaves nothing to compare with, as one that was never published.
    base_value = as_float(_value_at(values, base)) or math.nan
    measure = Measure(lambda values: formulas.index_number(values, base_value), {"values": COUNT})
    return apply(measure, values)


def _value_at(values: Any, base: Hashable) -> Any:
    """Return the one value at a label, or else at a position."""
    if series_of(values) is not None and not is_pandas(values):
        values = array_of(values, "values")
    if getattr(values, "ndim", 0) != 1:
        msg = f"values must be an array or Series of one dimension; got {type(values).__name__}"
        raise InvalidInputError(msg)
    index: pd.Index[Any] | None = getattr(values, "index", None)
    places: list[int] = [] if index is None else _places(base, index)
    if isinstance(base, Integral) and not isinstance(base, bool) and not places:
        labelled = index is not None and index.inferred_type == "integer"
        places = [] if labelled or not -len(values) <= base < len(values) else [int(base)]
    if len(places) != 1:
        raise refusal(base, "base", "one label or position of values")
    return getattr(values, "iloc", values)[places[0]]


def _places(base: Hashable, index: Any) -> list[int]:
    """Return where a label stands in an index; a day may be given as a date or as text."""
    if type(base) is date and index.inferred_type == "datetime64":
        base = str(base)
    try:
        places = index.get_indexer_for([base]) if base in index else []
    except TypeError:  # not hashable, so no label
        return []
    return [int(place) for place in places if place >= 0]
