"""Crude rates: events per so many people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ukcso import formulas
from ukcso._arrays import Measure, apply
from ukcso._rules import COUNT, POSITIVE

if TYPE_CHECKING:
    from ukcso._arrays import Number

_RATE = Measure(formulas.rate, {"count": COUNT, "population": POSITIVE, "per": POSITIVE})


def rate(count: Number | float, population: Number | float, *, per: float) -> Number:
    """
    Events per `per` people (a crude rate).

    Parameters
    ----------
    count : float, array of shape (n,) or Series of length n
        Events in the period. Unit: events, >= 0. NaN (suppressed or not published)
        gives NaN.
    population : same, or one float
        People at risk, normally the mid-year estimate. Unit: people, > 0.
    per : float
        Size of the reference population, > 0. No default: 1,000, 10,000 and 100,000
        are all in published use, and mixing them up is the usual error.

    Returns
    -------
    Same type, shape and index as the inputs
        ``per * count / population``, unrounded.

    Raises
    ------
    InvalidInputError
        A count below 0, a population or `per` at or below 0, shapes or indexes that
        differ. The message gives argument, rule, first bad value and its position.

    Notes
    -----
    Not age-standardised: do not rank areas with different age profiles by it.

    References
    ----------
    Crude rate as in the Office for National Statistics' and Public Health England's
    publications; R package PHEindicatormethods, ``phe_rate``.

    Examples
    --------
    Invented figures:

    >>> rate(50, 20_000, per=1_000)
    2.5
    >>> rate(5, 0, per=1_000)
    Traceback (most recent call last):
    ukcso.errors.InvalidInputError: population must be > 0 and finite; got 0.0 at ...
    """
    result: Number = apply(_RATE, count, population, per)
    return result
