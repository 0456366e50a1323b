"""Counts and crude rates, with their intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ukcso._rules import COUNT, POSITIVE
from ukcso.stats import formulas, limits
from ukcso.stats._apply import Measure, apply
from ukcso.stats._estimates import Estimate, estimated, require_dispersion, require_level

if TYPE_CHECKING:
    from ukcso.stats._apply import Number, Scalar

_RATE = Measure(formulas.rate, {"count": COUNT, "population": POSITIVE, "per": POSITIVE})


def rate(count: Number | Scalar, population: Number | Scalar, *, per: float) -> Number:
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
    return apply(_RATE, count, population, per)


def count_interval(
    count: Number, *, level: float = 0.95, method: str = "auto", dispersion: float = 1.0
) -> Estimate[Number]:
    """
    Count with the interval of the expected count behind it, counts being Poisson.

    Parameters
    ----------
    count : float, array of shape (n,) or Series of length n
        Events. Unit: events, >= 0; means of years need not be whole numbers.
    level
        Confidence level, a fraction in (0, 1).
    method
        "exact" (Garwood), "byar" (Breslow and Day's form: O for the lower and O + 1
        for the upper limit; not the half-count form that the R package epitools has
        under the same name), or "auto": the public-health convention, exact below 10
        and Byar's from 10 on.
    dispersion
        How many times more counts vary than Poisson, >= 1; see `overdispersion`. One
        offender can account for many offences: the count is read as clusters of this
        many, which makes the interval wider by about its square root.

    Returns
    -------
    Estimate
        value, lower, upper of the type, shape and index of `count`, in events. The
        lower limit of 0 is 0. NaN where the count is missing.

    Raises
    ------
    InvalidInputError
        A negative count, a level outside (0, 1), an unknown method, a dispersion
        below 1.

    References
    ----------
    F. Garwood (1936), Fiducial limits for the Poisson distribution, Biometrika 28,
    437-442. N. E. Breslow and N. E. Day (1987), Statistical Methods in Cancer Research
    II, p. 69, equation 2.13 (Byar). Convention: R package PHEindicatormethods.

    Examples
    --------
    >>> exact = count_interval(67, method="exact")
    >>> round(exact.lower, 2), round(exact.upper, 2)
    (51.92, 85.09)
    >>> count_interval(0).lower
    0.0
    """
    level = require_level(level)
    limits_of: limits.Limits = limits.of_counts(method, level, require_dispersion(dispersion))
    measure = Measure(lambda count: (count, *limits_of(count)), {"count": COUNT}, outputs=3)
    return estimated(level, method, measure, count)


def rate_interval(  # noqa: PLR0913 - the choices an interval leaves open
    count: Number | Scalar,
    population: Number | Scalar,
    *,
    per: float,
    level: float = 0.95,
    method: str = "auto",
    dispersion: float = 1.0,
) -> Estimate[Number]:
    """
    Crude rate with its interval: that of the count, the population taken as known.

    Parameters
    ----------
    count : float, array of shape (n,) or Series of length n
        Events in the period. Unit: events, >= 0.
    population : same, or one float
        People at risk, normally the mid-year estimate. Unit: people, > 0.
    per : float
        Size of the reference population, > 0; no default, as in `rate`.
    level, method, dispersion
        As in `count_interval`.

    Returns
    -------
    Estimate
        value, lower, upper in events per `per` people. NaN where count or population
        is missing.

    Raises
    ------
    InvalidInputError
        As in `rate` and `count_interval`.

    References
    ----------
    As in `count_interval`; R package PHEindicatormethods, ``phe_rate``.

    Examples
    --------
    Invented figures:

    >>> result = rate_interval(50, 20_000, per=1_000)
    >>> result.value, round(result.lower, 3), round(result.upper, 3)
    (2.5, 1.855, 3.296)
    """
    level = require_level(level)
    limits_of: limits.Limits = limits.of_counts(method, level, require_dispersion(dispersion))

    def formula(count: Any, population: Any, per: Any) -> tuple[Any, ...]:
        return tuple(formulas.rate(c, population, per) for c in (count, *limits_of(count)))

    measure = Measure(formula, _RATE.rules, outputs=3)
    return estimated(level, method, measure, count, population, per)
