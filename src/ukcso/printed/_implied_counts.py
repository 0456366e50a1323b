"""Counts nobody printed, as a printed growth or share beside them implies."""

from __future__ import annotations

import math
from collections.abc import Mapping

from ukcso.errors import refusal
from ukcso.printed._bounds import Bounds, count_bounds
from ukcso.printed._hedges import HEDGES, Hedge, HedgeRule, Printed, meant_by, printed_number
from ukcso.printed._relations import RELATIONS

Hedges = Mapping[str, HedgeRule]

_CHANGES = Bounds(-100, math.inf)
_SHARES = RELATIONS["share"].possible


def implied_base(
    growth_percent: Printed, new: float | Bounds, *, hedge: Hedge = "exact", hedges: Hedges = HEDGES
) -> Bounds:
    """
    Return the earlier count, from the later one and the printed growth.

    Parameters
    ----------
    growth_percent
        Growth as printed, in percent; "-22" is a fall.
    new
        The later count, exact or as `Bounds`. Unit: events, >= 0.
    hedge
        The word beside the printed growth; for a fall it is about its size, so "over",
        printed -20, is a fall of more than 20 per cent.
    hedges
        The table of meanings, for a caller who reads the words more strictly.

    Returns
    -------
    Bounds
        In the unit of `new`, never below 0.

    Raises
    ------
    InvalidInputError
        Not a number, a negative count, or a growth below -100 per cent.

    Examples
    --------
    >>> implied_base("525", new=419).integers()
    range(67, 68)
    """
    return _quotient(count_bounds("new", new), _factor(growth_percent, hedge, hedges))


def implied_new(
    growth_percent: Printed, old: float | Bounds, *, hedge: Hedge = "exact", hedges: Hedges = HEDGES
) -> Bounds:
    """
    Return the later count, from the earlier one and the printed growth.

    Parameters
    ----------
    growth_percent, old, hedge, hedges
        As in `implied_base`, which is the other way round.

    Raises
    ------
    InvalidInputError
        As `implied_base`.

    Examples
    --------
    >>> implied_new("37", old=18_522).integers()
    range(25283, 25468)
    """
    return count_bounds("old", old) * _factor(growth_percent, hedge, hedges)


def implied_whole(
    share_percent: Printed, part: float | Bounds, *, hedge: Hedge = "exact", hedges: Hedges = HEDGES
) -> Bounds:
    """
    Return the whole, from a part and its printed share.

    The whole is never below the part itself.

    Parameters
    ----------
    share_percent
        Share as printed, in percent, 0 to 100.
    part, hedge, hedges
        As in `implied_base`.

    Raises
    ------
    InvalidInputError
        Not a number, a negative count, or a share outside 0 to 100 per cent.

    Examples
    --------
    >>> implied_whole("13", part=419).integers()
    range(3104, 3353)
    """
    return _quotient(count_bounds("part", part), _fraction(share_percent, hedge, hedges))


def implied_part(
    share_percent: Printed,
    whole: float | Bounds,
    *,
    hedge: Hedge = "exact",
    hedges: Hedges = HEDGES,
) -> Bounds:
    """
    Return a part, from the whole and the part's printed share.

    The part is never above the whole itself.

    Parameters
    ----------
    share_percent, whole, hedge, hedges
        As in `implied_whole`, which is the other way round.

    Raises
    ------
    InvalidInputError
        As `implied_whole`.

    Examples
    --------
    >>> implied_part("0.4", whole=41_246).integers()
    range(145, 186)
    """
    return count_bounds("whole", whole) * _fraction(share_percent, hedge, hedges)


def _quotient(product: Bounds, factor: Bounds) -> Bounds:
    """Return every count that times the factor gives the product."""
    if product.contains(0) and factor.contains(0):
        return Bounds(0, math.inf)
    return product / factor


def _factor(growth_percent: Printed, hedge: Hedge, hedges: Hedges) -> Bounds:
    """Return new over old as the printed growth allows it."""
    return _within(_CHANGES, "growth_percent", growth_percent, hedge, hedges) / 100 + 1


def _fraction(share_percent: Printed, hedge: Hedge, hedges: Hedges) -> Bounds:
    """Return part over whole as the printed share allows it."""
    return _within(_SHARES, "share_percent", share_percent, hedge, hedges) / 100


def _within(possible: Bounds, name: str, printed: Printed, hedge: Hedge, hedges: Hedges) -> Bounds:
    printed_number(printed, name)
    both = meant_by(printed, hedge, hedges).intersection(possible)
    if both is None:
        raise refusal(printed, name, f"within {possible}")
    return both
