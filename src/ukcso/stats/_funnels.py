"""Where chance, and the usual differences between areas, would put the rates of areas."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Literal

from ukcso._rules import COUNT, POSITIVE, require_choice, require_number
from ukcso.errors import InvalidInputError, quoted, refusal
from ukcso.stats import formulas
from ukcso.stats._apply import Measure, apply_all
from ukcso.stats._dispersion import between_areas, require_winsorise
from ukcso.stats._estimates import require_dispersion, require_level, tail, z_score
from ukcso.stats._series import frame_like

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from ukcso.stats._dispersion import Numbers

    Model = Literal["none", "additive", "multiplicative"]

_MODELS = ("none", "additive", "multiplicative")
_PEOPLE = Measure(lambda people: people, {"population": POSITIVE})


def funnel_limits(  # noqa: PLR0913 - the choices a funnel leaves open
    count: Numbers,
    population: Numbers,
    *,
    per: float,
    levels: Sequence[float] = (0.95, 0.998),
    dispersion: float = 1.0,
    model: Model = "none",
    winsorise: float = 0.0,
) -> pd.DataFrame:
    """
    Control limits of each area's rate around the pooled rate of all.

    A rate outside its limits is unlikely to differ from the pooled rate by chance
    alone, or, with a model, by more than areas do; it does not say why it differs.

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
        How many times more counts vary than Poisson, >= 1; see `overdispersion`. For
        model "none" only: the others take it from the counts.
    model
        What the limits allow for beside chance: "none", nothing but the `dispersion`
        given; "additive", a variance between the areas' own rates, the same at every
        size; "multiplicative", the `overdispersion` of the counts, where it is above 1.
    winsorise
        Share of the areas at each end, in [0, 0.5), that is drawn in before a model is
        fitted, as in `between_areas`; beside model "none" it must be 0.

    Returns
    -------
    DataFrame of the library of `count`, one row per area, index as in the input
        rate, pooled_rate, and lower_95, upper_95, lower_99_8, upper_99_8 for the
        levels, in events per `per` people. All NaN where no area has both a count and a
        population, for there is no pooled rate; the limits of an area without a
        population are NaN too, and with a model all limits where fewer than two areas
        have a rate. Of pandas, ``attrs["ukcso"]`` holds the model, and either its
        dispersion or, as `between_areas` has them, tau_squared, overdispersion, winsorise
        and areas.

    Raises
    ------
    InvalidInputError
        As in `rate`; levels that are no sequence, one outside (0, 1) or given twice, a
        dispersion below 1, an unknown model, a dispersion beside a model that takes its
        own, a winsorise that is no such share or has no model.

    References
    ----------
    Without dispersion: exact Poisson limits, interpolated between whole counts by the
    gamma distribution, which are those of Public Health England (2017), Technical Guide:
    Funnel plots, and R package PHEindicatormethods, ``calculate_funnel_limits``.
    Additive: as `between_areas`; limits of R package FunnelPlotR, data type "SR", method
    "SHMI".

    Examples
    --------
    Invented figures:

    >>> import numpy as np
    >>> funnel = funnel_limits(np.array([50.0, 90.0]), np.array([20e3, 20e3]), per=1_000)
    >>> funnel.round(2).loc[0].tolist()
    [2.5, 3.5, 2.68, 4.37, 2.26, 4.89]

    Two areas that differ as much as these leave room for more:

    >>> counts, people = np.array([50.0, 90.0]), np.array([20e3, 20e3])
    >>> additive = funnel_limits(counts, people, per=1_000, model="additive")
    >>> additive.round(2).loc[0].tolist()
    [2.5, 3.5, 1.54, 7.97, 0.96, 12.81]
    >>> round(additive.attrs["ukcso"]["tau_squared"], 3)
    0.162
    """
    import numpy as np  # noqa: PLC0415 - a scalar call must not load numpy

    size = require_number("per", per, "> 0 and finite", lambda x: 0 < x < float("inf"))
    factor = require_dispersion(dispersion)
    share = require_winsorise(winsorise)
    _require_model(model, factor, share)
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
    pooled = float(counts[known].sum() / at_risk[known].sum()) if known.any() else float("nan")
    about: dict[str, Any] = {"model": model, "dispersion": factor}
    tau_squared: float | None = None
    if model != "none":
        # Where nothing was recorded nothing is expected, and there is nothing to measure.
        some = known & (pooled > 0)
        between = between_areas(counts[some], pooled * at_risk[some], winsorise=share)
        if model == "additive":
            tau_squared = between.tau_squared
        elif pooled > 0:  # not max(), which depends on the order where nothing was measured
            factor = 1.0 if between.dispersion < 1 else between.dispersion
        about = {
            "model": model,
            "winsorise": between.winsorise,
            "areas": between.areas,
            "tau_squared": between.tau_squared,
            "overdispersion": between.dispersion,
        }
    columns = {"rate": rates, "pooled_rate": np.full(rates.shape, size * pooled)}
    columns |= control_limits(
        pooled, at_risk, per=size, levels=levels, dispersion=factor, tau_squared=tau_squared
    )
    funnel: pd.DataFrame = frame_like(count, columns)
    if hasattr(funnel, "attrs"):
        funnel.attrs["ukcso"] = about
    return funnel


def control_limits(  # noqa: PLR0913 - what a funnel is drawn from
    pooled: float,
    population: Any,
    *,
    per: float,
    levels: Sequence[float] = (0.95, 0.998),
    dispersion: float = 1.0,
    tau_squared: float | None = None,
) -> dict[str, Any]:
    """
    Return the limits that areas of these populations have around a pooled rate that is known.

    Parameters
    ----------
    pooled
        Events per person.
    population : array of shape (n,)
        People at risk, > 0; NaN gives NaN.
    per
        Size of the reference population.
    levels
        As in `funnel_limits`.
    dispersion
        How many times more counts vary than Poisson; 1 beside a tau squared.
    tau_squared
        Variance between the areas of the logarithm of their rates, as `between_areas` has
        it; None for exact limits of Poisson counts.

    Returns
    -------
    dict of arrays of shape (n,)
        lower_95, upper_95, lower_99_8, upper_99_8, in events per `per` people.

    Examples
    --------
    The funnel of the models in a picture, at populations of its own:

    >>> import numpy as np
    >>> limits = control_limits(0.0035, np.array([20e3, 80e3]), per=1_000, tau_squared=0.04)
    >>> limits["upper_95"].round(2).tolist()
    [5.53, 5.27]
    """
    import numpy as np  # noqa: PLC0415 - a scalar call must not load numpy

    columns: dict[str, Any] = {}
    expected = pooled * population / dispersion
    for name, level in _by_name(levels).items():
        with np.errstate(all="ignore"):
            if tau_squared is None:
                around = _around(expected, level)
            else:
                spread = np.exp(z_score(level) * np.sqrt(1 / expected + tau_squared))
                around = expected / spread, expected * spread
        # Where nothing is expected, older scipy interpolates between numbers that are none.
        lower, upper = (np.where(expected == 0, 0.0, it) for it in around)
        columns[f"lower_{name}"] = per * dispersion * lower / population
        columns[f"upper_{name}"] = per * dispersion * upper / population
    return columns


def _require_model(model: str, dispersion: float, winsorise: float) -> None:
    """Refuse an unknown model, and what does not go with it."""
    require_choice("model", model, _MODELS)
    if model == "none" and winsorise != 0:
        words = "0 beside model 'none', which fits nothing"
        raise refusal(winsorise, "winsorise", words)
    if model != "none" and dispersion != 1:
        words = f"1 beside model {model!r}, which takes it from the counts"
        raise refusal(dispersion, "dispersion", words)


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
