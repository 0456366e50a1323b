"""Shares: a part as a fraction of its whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ukcso._rules import BASE, COUNT, PART_OF_WHOLE
from ukcso.stats import formulas, limits
from ukcso.stats._apply import Measure, apply
from ukcso.stats._estimates import Estimate, estimated, require_dispersion, require_level

if TYPE_CHECKING:
    from ukcso.stats._apply import Number, Scalar

_SHARE = Measure(formulas.share, {"part": COUNT, "whole": BASE}, PART_OF_WHOLE)


def share(part: Number | Scalar, whole: Number | Scalar) -> Number:
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
    return apply(_SHARE, part, whole)


def share_interval(
    part: Number | Scalar,
    whole: Number | Scalar,
    *,
    level: float = 0.95,
    method: str = "wilson",
    dispersion: float = 1.0,
) -> Estimate[Number]:
    """
    Share with its interval, the part being binomial.

    Parameters
    ----------
    part, whole
        As in `share`.
    level
        Confidence level, a fraction in (0, 1).
    method
        "wilson" (score interval) or "exact" (Clopper and Pearson).
    dispersion
        How many times more the part varies than a binomial one, >= 1. Events come in
        clusters of this many, which are all of one sort or all of another: the interval
        is that of the same share of ``whole / dispersion``.

    Returns
    -------
    Estimate
        Fractions from 0 to 1. The lower limit is exactly 0 where the part is 0, the
        upper exactly 1 where it is the whole. NaN where the whole is 0.

    Raises
    ------
    InvalidInputError
        As in `share`; a level outside (0, 1), an unknown method, a dispersion below 1.

    References
    ----------
    E. B. Wilson (1927), Probable inference, the law of succession, and statistical
    inference, J. Am. Stat. Assoc. 22, 209-212. C. J. Clopper and E. S. Pearson (1934),
    The use of confidence or fiducial limits illustrated in the case of the binomial,
    Biometrika 26, 404-413. Dispersion: P. McCullagh and J. A. Nelder (1989), Generalized
    Linear Models, 2nd ed., section 4.5.

    Examples
    --------
    >>> result = share_interval(30, 120)
    >>> round(result.value, 3), round(result.lower, 3), round(result.upper, 3)
    (0.25, 0.181, 0.334)
    """
    level = require_level(level)
    limits_of: limits.Limits = limits.of_shares(method, level, require_dispersion(dispersion))

    def formula(part: Any, whole: Any) -> tuple[Any, ...]:
        value: Any = formulas.share(part, whole)
        return value, *limits_of(part, whole, value)

    measure = Measure(formula, _SHARE.rules, _SHARE.together, outputs=3)
    return estimated(level, method, measure, part, whole)
