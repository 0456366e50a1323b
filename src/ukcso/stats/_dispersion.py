"""How much counts of areas vary beyond chance: as a factor, and as a variance of their own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ukcso._rules import COUNT, POSITIVE, require_number
from ukcso.stats import formulas
from ukcso.stats._apply import Measure, apply_all

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas as pd

    Numbers = npt.NDArray[Any] | pd.Series[Any]

#: A count of 0 has no logarithm; it is taken as this.
_INSTEAD_OF_0 = 0.5
#: A share at either end from which nothing is left between.
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class BetweenAreas:
    """
    How much counts of areas vary beyond chance, by each of two models.

    Attributes
    ----------
    areas
        How many areas have both a count and an expectation.
    dispersion
        Multiplicative model: how many times more counts vary than Poisson counts, >= 0; as
        `overdispersion`. NaN with fewer than two areas.
    tau_squared
        Additive model: the variance between the areas of the logarithm of their rates,
        beside chance, >= 0. NaN with fewer than two areas.
    winsorise
        Share of the areas at each end that was drawn in to where the rest ends.

    Examples
    --------
    Rates that differ by about 20 per cent, for their logarithms have a standard deviation
    of 0.2:

    >>> between = BetweenAreas(areas=42, dispersion=40.6, tau_squared=0.04, winsorise=0.1)
    >>> between.tau_squared**0.5
    0.2
    """

    areas: int
    dispersion: float
    tau_squared: float
    winsorise: float


def overdispersion(count: Numbers, expected: Numbers, *, winsorise: float = 0.0) -> float:
    """
    Pearson dispersion factor: how many times more counts vary than Poisson counts do.

    1 is what chance alone gives; recorded offences of areas give far more, because
    areas differ and one offender can account for many offences.

    Parameters
    ----------
    count : array of shape (n,) or Series of length n, n >= 2
        Events of each area. Unit: events, >= 0. Areas with a missing count or
        expectation are left out.
    expected : same
        Events of each area at the common rate. Unit: events, > 0.
    winsorise
        Share of the areas at each end whose standardised deviations are drawn in to the
        quantiles of these shares, in [0, 0.5); see `between_areas`. One large area can
        make up most of the factor.

    Returns
    -------
    float
        Sum of ``(count - expected) ** 2 / expected`` over n - 1, >= 0. NaN with fewer
        than two areas.

    Raises
    ------
    InvalidInputError
        A negative count, an expectation at or below 0, shapes or indexes that differ, a
        share outside [0, 0.5).

    Notes
    -----
    It measures how areas differ, for good or by chance, and not how much one of them
    varies from year to year: no interval of change is to be made with it. Winsorised, it
    is less than the variance of all areas.

    References
    ----------
    P. McCullagh and J. A. Nelder (1989), Generalized Linear Models, 2nd ed., section
    6.2.3; one degree of freedom is spent on the common rate.

    Examples
    --------
    >>> import numpy as np
    >>> overdispersion(np.array([8.0, 12.0]), np.array([10.0, 10.0]))
    0.8
    """
    return between_areas(count, expected, winsorise=winsorise).dispersion


def between_areas(count: Numbers, expected: Numbers, *, winsorise: float = 0.0) -> BetweenAreas:
    """
    Measure how much counts of areas vary beyond chance, by both models of a funnel.

    The multiplicative model says that counts of every size vary so many times more than
    Poisson counts. The additive one says that the areas' own rates differ, by a variance
    that is the same at every size; the variation of large areas is then nearly all theirs.

    Parameters
    ----------
    count : array of shape (n,) or Series of length n, n >= 2
        Events of each area. Unit: events, >= 0. Areas with a missing count or
        expectation are left out.
    expected : same
        Events of each area at the common rate. Unit: events, > 0.
    winsorise
        Share of the areas at each end, in [0, 0.5), whose standardised deviations are
        drawn in to the quantiles `winsorise` and 1 - `winsorise` of all, interpolated
        linearly (type 7): outlying areas then count, but do not decide. The field takes
        0.1 for funnels.

    Returns
    -------
    BetweenAreas
        With z = sqrt(expected) log(count / expected), where a count of 0 is taken as 0.5,
        ``tau_squared`` is ``max(0, (sum(z**2) - (n - 1)) / (sum(expected) -
        sum(expected**2) / sum(expected)))``; ``dispersion`` is the sum of squared Pearson
        residuals over n - 1. Both after drawing in.

    Raises
    ------
    InvalidInputError
        As in `overdispersion`.

    References
    ----------
    R. DerSimonian and N. Laird (1986), Meta-analysis in clinical trials, Controlled
    Clinical Trials 7, 177-188, with the standardised deviations that NHS Digital has for
    its Summary Hospital-level Mortality Indicator (SHMI); R package FunnelPlotR, data type
    "SR". SHMI leaves out the outlying tenths, where here, as in that package's other
    methods, they are drawn in.

    Examples
    --------
    Invented figures: three areas as expected, and one with twice as many.

    >>> import numpy as np
    >>> count, expected = np.array([95.0, 105.0, 101.0, 200.0]), np.full(4, 100.0)
    >>> between = between_areas(count, expected)
    >>> round(between.dispersion, 2), round(between.tau_squared, 3)
    (33.5, 0.152)
    """
    import numpy as np  # noqa: PLC0415 - a scalar call must not load numpy

    share = require_winsorise(winsorise)
    results = apply_all(_DEVIATIONS, count, expected)
    columns = [np.asarray(x, dtype=np.float64) for x in results]
    known = ~np.isnan(columns[0])
    squares, pearson, logarithmic, weights = (column[known] for column in columns)
    n = int(squares.size)
    if n <= 1:
        return BetweenAreas(n, float("nan"), float("nan"), share)
    with np.errstate(all="ignore"):
        if share:
            squares = _drawn_in(pearson, share) ** 2
        total = weights.sum()
        # As the sum of weights less that of their squares over it, but never 0 by rounding.
        spread = (weights * ((total - weights) / total)).sum()
        excess = (_drawn_in(logarithmic, share) ** 2).sum() - (n - 1)
        tau_squared = max(0.0, float(excess / spread))
        return BetweenAreas(n, float(squares.sum() / (n - 1)), tau_squared, share)


def require_winsorise(winsorise: object) -> float:
    """Return a share of areas at each end as a float; 10 is refused, for it is not 0.1."""
    words = "a fraction in [0, 0.5), such as 0.1"
    return require_number("winsorise", winsorise, words, lambda x: 0 <= x < _HALF)


def _deviations(count: Any, expected: Any) -> tuple[Any, Any, Any, Any]:
    """Return the squared Pearson residual, the residual, SHMI's deviation, and the expectation."""
    import numpy as np  # noqa: PLC0415 - a scalar call must not load numpy

    root = np.sqrt(expected)
    some = np.where(np.equal(count, 0), _INSTEAD_OF_0, count)
    squared = formulas.pearson(count, expected)
    return squared, (count - expected) / root, root * np.log(some / expected), expected


_DEVIATIONS = Measure(_deviations, {"count": COUNT, "expected": POSITIVE}, outputs=4)


def _drawn_in(deviations: Any, share: float) -> Any:
    """Return deviations with those beyond the quantiles of a share put on them."""
    import numpy as np  # noqa: PLC0415 - a scalar call must not load numpy

    return np.clip(deviations, *np.quantile(deviations, [share, 1 - share]))
