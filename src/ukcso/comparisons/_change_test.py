"""Whether the change of one area is told apart from that of the others, and from what rise on."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

#: A rise to more than so many times the count is not looked for.
_MOST = 1e6


def p_value(before: Any, after: Any, growth: Any, dispersion: Any) -> Any:
    """
    How often chance would part two counts from a growth by as much as this, or more.

    Counts are taken as clusters of `dispersion` offences each. Given both together, the
    later one is binomial with a share of (1 + growth) / (2 + growth); the tails are those of
    Clopper and Pearson's interval, so the value is below 5 per cent exactly where the
    95 per cent `growth_interval` of the two counts excludes the growth.

    Parameters
    ----------
    before, after : numbers or arrays of shape (n,)
        Counts, >= 0.
    growth : same, or one number
        That of the others, a fraction > -1 and finite.
    dispersion : same, or one number
        As in `growth_interval`, >= 1.

    Returns
    -------
    number or array of shape (n,)
        From 0 to 1: twice the smaller tail. A tail is 1 where its count is 0.

    Examples
    --------
    >>> round(p_value(343, 744, 0.123, 7.2), 4)
    0.0001
    >>> p_value(0, 0, 0.1, 7.2)
    1.0
    """
    from scipy.special import betainc, betaincc  # noqa: PLC0415 - takes long to load

    share = (1 + growth) / (2 + growth)
    earlier, later = np.asarray(before) / dispersion, np.asarray(after) / dispersion
    with np.errstate(invalid="ignore"):
        # At least, and at most, so many of both are later.
        at_least = np.where(later == 0, 1.0, betainc(later, earlier + 1, share))
        at_most = np.where(earlier == 0, 1.0, betaincc(later + 1, earlier, share))
    p = np.minimum(1.0, 2 * np.minimum(at_least, at_most))
    return p if p.ndim else float(p)


def smallest_rise(
    before: float, growth: float, dispersion_of: Callable[[float], float], threshold: float
) -> float:
    """
    Return the least growth of a count that would be told apart, upwards, from a growth.

    Parameters
    ----------
    before, growth
        As in `p_value`.
    dispersion_of
        The dispersion of an area by its offences in both years together.
    threshold
        What the p value has to be below.

    Returns
    -------
    float
        That of the least whole count after; NaN from a count of 0, and where no rise
        would do.

    Examples
    --------
    >>> smallest_rise(100, 0.0, lambda offences: 1.0, 0.05)
    0.31
    """
    if before == 0:
        return math.nan

    def is_told(after: int) -> bool:
        p = p_value(before, after, growth, dispersion_of(before + after))
        return bool(p < threshold)

    # Doubled until it is told, then halved between the two.
    usual = math.floor(before * (1 + growth))
    told = usual + 1
    while not is_told(told):
        usual, told = told, 2 * told
        if told > _MOST * before:
            return math.nan
    while told - usual > 1:
        between = (usual + told) // 2
        usual, told = (usual, between) if is_told(between) else (between, told)
    return (told - before) / before
