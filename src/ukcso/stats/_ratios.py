"""Ratios of rates, and of what was counted to what was expected, with their intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ukcso._rules import BASE, COUNT, POSITIVE
from ukcso.stats import formulas, limits
from ukcso.stats._apply import Measure, apply
from ukcso.stats._estimates import Estimate, estimated, require_dispersion, require_level

if TYPE_CHECKING:
    from ukcso.stats._apply import Number, Scalar

_RATE_RATIO = Measure(
    formulas.rate_ratio,
    {"count_1": COUNT, "exposure_1": POSITIVE, "count_2": BASE, "exposure_2": POSITIVE},
)


def rate_ratio(
    count_1: Number | Scalar,
    exposure_1: Number | Scalar,
    count_2: Number | Scalar,
    exposure_2: Number | Scalar,
) -> Number:
    """
    Rate of group 1 over the rate of group 2.

    Parameters
    ----------
    count_1 : float, array of shape (n,) or Series of length n
        Events of group 1. Unit: events, >= 0.
    exposure_1 : same, or one float
        People, days or what else the events arose from, > 0.
    count_2 : as `count_1`
        Events of group 2.
    exposure_2 : as `exposure_1`, in its unit
        What the events of group 2 arose from.

    Returns
    -------
    Same type, shape and index as the inputs
        ``(count_1 / exposure_1) / (count_2 / exposure_2)``. NaN where `count_2` is 0.

    Raises
    ------
    InvalidInputError
        A negative count, an exposure at or below 0, shapes or indexes that differ.

    References
    ----------
    Rate ratio as in K. J. Rothman and S. Greenland (1998), Modern Epidemiology, 2nd
    ed., ch. 14.

    Examples
    --------
    >>> rate_ratio(200, 1_000, 100, 1_000)
    2.0
    """
    return apply(_RATE_RATIO, count_1, exposure_1, count_2, exposure_2)


def rate_ratio_interval(  # noqa: PLR0913 - the choices an interval leaves open
    count_1: Number | Scalar,
    exposure_1: Number | Scalar,
    count_2: Number | Scalar,
    exposure_2: Number | Scalar,
    *,
    level: float = 0.95,
    dispersion: float = 1.0,
) -> Estimate[Number]:
    """
    Rate ratio with its exact conditional ("central") interval.

    Given both counts together, the first is binomial; Clopper and Pearson's limits of
    its share become limits of the ratio.

    Parameters
    ----------
    count_1, exposure_1, count_2, exposure_2
        As in `rate_ratio`.
    level
        Confidence level, a fraction in (0, 1).
    dispersion
        How many times more counts vary than Poisson, >= 1. Both counts are read as
        clusters of this many events, which need not be whole numbers; the value stays
        as it is.

    Returns
    -------
    Estimate
        The lower limit is 0 where `count_1` is 0, the upper infinite where `count_2`
        is 0; the value is NaN there.

    Raises
    ------
    InvalidInputError
        As in `rate_ratio`; a level outside (0, 1), a dispersion below 1.

    Notes
    -----
    With a dispersion the interval rests on the quasi-Poisson reading: the variance is
    that many times the mean, at every size. It is exact for clusters of one size, and an
    approximation for what is recorded.

    References
    ----------
    E. L. Lehmann and J. P. Romano (2005), Testing Statistical Hypotheses, 3rd ed.,
    section 4.5; the interval of R's ``poisson.test`` for two counts. Dispersion:
    P. McCullagh and J. A. Nelder (1989), Generalized Linear Models, 2nd ed., section
    6.2.3.

    Examples
    --------
    Image offences recorded in Bedfordshire, 200 in 2017/18 and 118 in 2016/17:

    >>> ratio = rate_ratio_interval(200, 365, 118, 365)
    >>> round(ratio.value, 3), round(ratio.lower, 3), round(ratio.upper, 3)
    (1.695, 1.343, 2.146)
    """
    level = require_level(level)
    limits_of: limits.Limits = limits.of_ratios(level, require_dispersion(dispersion))

    def formula(*groups: Any) -> tuple[Any, Any, Any]:
        count_1, exposure_1, count_2, exposure_2 = groups
        # Only the value is undefined at 0: the limits of the ratio are not.
        value = formulas.rate_ratio(count_1, exposure_1, limits.known(count_2), exposure_2)
        return value, *limits_of(*groups)

    measure = Measure(formula, {**_RATE_RATIO.rules, "count_2": COUNT}, outputs=3)
    return estimated(level, "exact", measure, count_1, exposure_1, count_2, exposure_2)


def standardised_ratio(
    count: Number | Scalar,
    expected: Number | Scalar,
    *,
    level: float = 0.95,
    method: str = "auto",
    dispersion: float = 1.0,
) -> Estimate[Number]:
    """
    Count over the expected count, with its interval: a standardised (SMR-like) ratio.

    It is `rate_interval` by the name that the field has for it, the expected count in
    place of the population, and 1 in place of so many people.

    Parameters
    ----------
    count : float, array of shape (n,) or Series of length n
        Events that were counted. Unit: events, >= 0.
    expected : same, or one float
        Events to be expected at the rates of the standard, for instance the rates by age
        of the country times the people of each age here. Unit: events, > 0.
    level, method, dispersion
        As in `count_interval`.

    Returns
    -------
    Estimate
        value, lower, upper as fractions: 1 is as many as expected; the field often prints
        them times 100. NaN where count or expectation is missing.

    Raises
    ------
    InvalidInputError
        A negative count, an expectation at or below 0, shapes or indexes that differ, and
        as in `count_interval`.

    Notes
    -----
    The expectation is taken as known. Two ratios of areas with different age profiles
    have different weights in them: each is compared with 1, not with the other.

    References
    ----------
    N. E. Breslow and N. E. Day (1987), Statistical Methods in Cancer Research II, p. 69;
    R package PHEindicatormethods, ``calculate_ISRatio``.

    Examples
    --------
    Invented figures:

    >>> ratio = standardised_ratio(50, 40)
    >>> ratio.value, round(ratio.lower, 3), round(ratio.upper, 3)
    (1.25, 0.928, 1.648)
    """
    level = require_level(level)
    limits_of: limits.Limits = limits.of_counts(method, level, require_dispersion(dispersion))

    def formula(count: Any, expected: Any) -> tuple[Any, ...]:
        return tuple(formulas.rate(c, expected, 1.0) for c in (count, *limits_of(count)))

    measure = Measure(formula, {"count": COUNT, "expected": POSITIVE}, outputs=3)
    return estimated(level, method, measure, count, expected)
