"""Shares: a part as a fraction of its whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ukcso import formulas
from ukcso._arrays import Measure, apply
from ukcso._rules import BASE, COUNT, Together

if TYPE_CHECKING:
    from ukcso._arrays import Number

_NOT_ABOVE_WHOLE = Together("part", "at most the whole", lambda part, whole: part > whole)

_SHARE = Measure(formulas.share, {"part": COUNT, "whole": BASE}, _NOT_ABOVE_WHOLE)


def share(part: Number | float, whole: Number | float) -> Number:
    """
    Part as a fraction of the whole.

    Parameters
    ----------
    part : float, array of shape (n,) or Series of length n
        Events of one sort. Unit: events, >= 0 and not above the whole.
    whole : same, or one float
        All events. Unit: events, >= 0.

    Returns
    -------
    Same type, shape and index as the inputs
        A fraction from 0 to 1. NaN where the whole is 0.

    Raises
    ------
    InvalidInputError
        A negative value, a part above its whole, shapes or indexes that differ.

    References
    ----------
    R package PHEindicatormethods, ``phe_proportion``.

    Examples
    --------
    Prohibited images among UK image offences recorded 2016/17 to 2017/18:

    >>> round(share(146, 41_246), 5)
    0.00354
    >>> share(13, 10)
    Traceback (most recent call last):
    ukcso.errors.InvalidInputError: part must be at most the whole; got 13.0 at ...
    """
    result: Number = apply(_SHARE, part, whole)
    return result
