"""The regression behind a trend: yearly change, steps and dispersion; numbers in, numbers out."""

from __future__ import annotations

import warnings
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from ukcso.errors import InvalidInputError, optional

_Numbers = npt.NDArray[np.float64]


class Change(NamedTuple):
    """A change as a fraction, with its limits."""

    change: float
    lower: float
    upper: float


class Fit(NamedTuple):
    """
    What a regression says of counts.

    Attributes
    ----------
    annual, steps
        The change from one year to the next, and what each step moves at once.
    dispersion
        Pearson's statistic over its degrees of freedom.
    degrees_of_freedom
        Of what is left over.
    expected
        The counts as fitted.
    """

    annual: Change
    steps: list[Change]
    dispersion: float
    degrees_of_freedom: int
    expected: _Numbers


def fitted(
    counts: _Numbers, years: _Numbers, after: _Numbers, people: _Numbers | None, level: float
) -> Fit:
    """
    Fit log counts to a straight line with steps, as R's glm(family = quasipoisson).

    Limits are exp(b +- t se) - 1: t has the residual degrees of freedom, and se Pearson's
    dispersion, or 1 where that is below 1, for counts vary no less than by chance.

    Parameters
    ----------
    counts, years
        One of each a period, >= 0; years are told by numbers, such as 2017.0.
    after
        One column a step: 1 in periods after it, else 0.
    people
        Residents, whose logarithm is the offset; None is none.
    level
        Confidence level, a fraction.

    Raises
    ------
    InvalidInputError
        The likelihood has no maximum: a yearly change, or a step, without bound fits best.
    MissingDependencyError
        statsmodels is not installed.
    """
    _require_maximum(counts, years, after)
    GLM = optional("statsmodels.genmod.generalized_linear_model", "models").GLM  # noqa: N806
    families = optional("statsmodels.genmod.families", "models")
    from scipy.special import stdtrit  # noqa: PLC0415 - takes long to load

    design = np.column_stack([np.ones_like(counts), years - years.mean(), after])
    offset = None if people is None else np.log(people)
    with warnings.catch_warnings():
        # Counts that lie on the line exactly are no mistake.
        warnings.simplefilter("ignore")
        result = GLM(counts, design, family=families.Poisson(), offset=offset).fit(
            tol=1e-12, tol_criterion="params", rtol=1e-12
        )
    left = int(result.df_resid)
    # Not by scale="X2", which divides by 0 where all counts are the same.
    dispersion = float(result.pearson_chi2) / left
    covariance: Any = max(1.0, dispersion) * result.normalized_cov_params
    away = stdtrit(left, (1 + level) / 2) * np.sqrt(np.diag(covariance))
    ends = np.stack([result.params, result.params - away, result.params + away], axis=1)
    with np.errstate(over="ignore"):  # a step from very small counts has hardly a limit
        changes = [Change(*map(float, row)) for row in np.expm1(ends)]
    return Fit(changes[1], changes[2:], dispersion, left, np.asarray(result.fittedvalues))


def _require_maximum(counts: _Numbers, years: _Numbers, after: _Numbers) -> None:
    """Refuse counts that lie at one edge of all that the model can say."""
    # Periods between the same steps make a segment; each has a level of its own.
    segments = after.sum(axis=1)
    slack = [0.0, 0.0]
    for segment in np.unique(segments):
        inside = segments == segment
        own = years[inside]
        if not counts[inside].any():
            msg = "no trend: counts on one side of a step, or all of them, are 0"
            raise InvalidInputError(msg)
        slack[0] += (counts[inside] * (own - own.min())).sum()
        slack[1] += (counts[inside] * (own.max() - own)).sum()
    if min(slack) <= 0:
        msg = "no trend: everything was recorded in the first or the last year, the rest are 0"
        raise InvalidInputError(msg)
