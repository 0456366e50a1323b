"""The growth from which on a change is called unusual, by how many there were before."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from scipy.special import betainc, betaincc

from ukcso.comparisons._dispersion import YearToYear

SIDES: tuple[Literal["lower", "upper"], ...] = ("lower", "upper")
_HALVINGS = 60
_LARGEST = 1e9


def change_limits(
    before: npt.NDArray[np.float64],
    growth: float,
    usual: YearToYear,
    threshold: float,
    side: Literal["lower", "upper"],
) -> npt.NDArray[np.float64]:
    """
    Return the growth at which the P value of `change_table` passes a threshold.

    Parameters
    ----------
    before : array of shape (n,)
        Counts of the earlier year, > 0.
    growth
        That of the rest, a fraction > -1.
    usual
        How far such counts scatter from year to year.
    threshold
        Of the P value.
    side
        Below or above the growth of the rest.

    Returns
    -------
    array of shape (n,)
        Fractions; NaN where even a count of 0 would be usual.

    Examples
    --------
    Counts that scatter by chance alone; the least whole count above the first is 131:

    >>> chance = YearToYear(1.0, 1, (), (), 1, 1.0, 0.0)
    >>> change_limits(np.array([100.0, 4.0]), 0.0, chance, 0.05, "upper").round(3)
    array([0.307, 2.239])
    >>> change_limits(np.array([100.0, 4.0]), 0.0, chance, 0.05, "lower").round(3)
    array([-0.268,    nan])
    """
    share = (1 + growth) / (2 + growth)
    above = side == "upper"

    def is_told(after: Any) -> Any:
        dispersion = np.maximum(1.0, usual.of_size(before + after, growth))
        later, earlier = after / dispersion, before / dispersion
        with np.errstate(all="ignore"):
            if above:
                tail = betainc(later, earlier + 1, share)
            else:
                tail = betaincc(later + 1, earlier, share)
        return 2 * tail < threshold

    same = before * (1 + growth)
    usual_end = same.copy()
    told_end = same + 1 if above else np.zeros_like(before)
    while above and not is_told(told_end).all() and told_end.max() < _LARGEST * before.max():
        told_end = np.where(is_told(told_end), told_end, 2 * told_end)
    is_never = ~is_told(told_end)
    for _ in range(_HALVINGS):
        between = (usual_end + told_end) / 2
        told = is_told(between)
        told_end, usual_end = np.where(told, between, told_end), np.where(told, usual_end, between)
    return np.where(is_never, np.nan, told_end / before - 1)
