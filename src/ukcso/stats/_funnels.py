"""How much counts of areas vary beyond chance, and where chance alone would put them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ukcso._rules import COUNT, POSITIVE, require_number
from ukcso.errors import InvalidInputError, quoted, refusal
from ukcso.stats import formulas
from ukcso.stats._apply import Measure, apply_all
from ukcso.stats._estimates import require_dispersion, require_level, tail
from ukcso.stats._series import frame_like

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt
    import pandas as pd

    Numbers = npt.NDArray[Any] | pd.Series[Any]

_PEOPLE = Measure(lambda people: people, {"population": POSITIVE})
_PEARSON = Measure(formulas.pearson, {"count": COUNT, "expected": POSITIVE})


def overdispersion(count: Numbers, expected: Numbers) -> float:
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

    Returns
    -------
    float
        Sum of ``(count - expected) ** 2 / expected`` over n - 1, >= 0. NaN with fewer
        than two areas.

    Raises
    ------
    InvalidInputError
        A negative count, an expectation at or below 0, shapes or indexes that differ.

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
    import numpy as np  # noqa: PLC0415 - a scalar call must not load numpy

    terms = np.asarray(apply_all(_PEARSON, count, expected)[0], dtype=np.float64)
    known = terms[~np.isnan(terms)]
    return float(known.sum() / (known.size - 1)) if known.size > 1 else float("nan")


def funnel_limits(
    count: Numbers,
    population: Numbers,
    *,
    per: float,
    levels: Sequence[float] = (0.95, 0.998),
    dispersion: float = 1.0,
) -> pd.DataFrame:
    """
    Control limits of each area's rate around the pooled rate of all.

    A rate outside its limits is unlikely to differ from the pooled rate by chance
    alone; it does not say why it differs.

    Parameters
    ----------
    count : array of shape (n,) or Series of length n
        Events of each area. Unit: events, >= 0. Areas with a missing count or
        population do not enter the pooled rate.
    population : same
        People at risk. Unit: people, > 0.
    per
        Size of the reference population, > 0.
    levels : sequence of floats
        Confidence levels, fractions in (0, 1), no two of one name.
    dispersion
        How many times more counts vary than Poisson, >= 1; see `overdispersion`.

    Returns
    -------
    DataFrame of the library of `count`, one row per area, index as in the input
        rate, pooled_rate, and lower_95, upper_95, lower_99_8, upper_99_8 for the
        levels, in events per `per` people. All NaN where no area has both a count and a
        population, for there is no pooled rate; the limits of an area without a
        population are NaN too.

    Raises
    ------
    InvalidInputError
        As in `rate`; levels that are no sequence, one outside (0, 1) or given twice, a
        dispersion below 1.

    References
    ----------
    D. J. Spiegelhalter (2005), Funnel plots for comparing institutional performance,
    Statistics in Medicine 24, 1185-1202, appendix A.1.1: exact limits, interpolated
    between whole counts by the gamma distribution.

    Examples
    --------
    Invented figures:

    >>> import numpy as np
    >>> funnel = funnel_limits(np.array([50.0, 90.0]), np.array([20e3, 20e3]), per=1_000)
    >>> funnel.round(2).loc[0].tolist()
    [2.5, 3.5, 2.68, 4.37, 2.26, 4.89]
    """
    import numpy as np  # noqa: PLC0415 - a scalar call must not load numpy

    size = require_number("per", per, "> 0 and finite", lambda x: 0 < x < float("inf"))
    factor = require_dispersion(dispersion)
    named = _by_name(levels)
    if np.ndim(count) != 1:
        msg = f"count must be an array or Series of one dimension; got {type(count).__name__}"
        raise InvalidInputError(msg)
    measure = Measure(
        lambda count, population: (formulas.rate(count, population, size), count),
        {"count": COUNT, "population": POSITIVE},
        outputs=2,
    )
    rates, counts = (np.asarray(x, np.float64) for x in apply_all(measure, count, population))
    # An area without a count has limits all the same, from its population.
    (people,) = apply_all(_PEOPLE, population)
    at_risk = np.broadcast_to(np.asarray(people, np.float64), rates.shape)
    known = ~np.isnan(rates)
    pooled = counts[known].sum() / at_risk[known].sum() if known.any() else np.nan
    columns = {"rate": rates, "pooled_rate": np.full(rates.shape, size * pooled)}
    for name, level in named.items():
        expected = pooled * at_risk / factor
        # Where nothing is expected, older scipy interpolates between numbers that are none.
        lower, upper = (np.where(expected == 0, 0.0, it) for it in _around(expected, level))
        columns[f"lower_{name}"] = size * factor * lower / at_risk
        columns[f"upper_{name}"] = size * factor * upper / at_risk
    funnel: pd.DataFrame = frame_like(count, columns)
    return funnel


def _by_name(levels: Sequence[float]) -> dict[str, float]:
    """Return the levels by the name that their columns have: 99_8 for 0.998."""
    if isinstance(levels, str) or not isinstance(levels, Iterable):
        raise refusal(levels, "levels", "a sequence of levels such as (0.95, 0.998)")
    checked = [require_level(level, "each of levels") for level in levels]
    named = {f"{100 * level:g}".replace(".", "_"): level for level in checked}
    if len(named) < len(checked):
        msg = f"levels must differ; got {quoted(levels)}"
        raise InvalidInputError(msg)
    return named


def _around(expected: Any, level: float) -> tuple[Any, Any]:
    """
    Return the counts that a Poisson count of this mean falls short of, or passes, seldom.

    P(X >= x) is the gamma distribution function of shape x at the mean, which is
    defined between whole numbers too.
    """
    import numpy as np  # noqa: PLC0415 - a scalar call must not load numpy
    from scipy.special import gdtrib  # noqa: PLC0415 - takes long to load

    seldom = tail(level)
    lower = gdtrib(1.0, 1 - seldom, expected) - 1
    return np.maximum(lower, 0.0), gdtrib(1.0, seldom, expected)
