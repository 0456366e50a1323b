"""Ranks with their uncertainty: which places an area may have, as far as chance and years go."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from ukcso.stats import adjusted

Numbers = npt.NDArray[np.float64]


def rank_sets(
    count: Any, population: Any, *, dispersion: float, level: float
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """
    Return the marginal confidence set of each area's rank by rate: its first and last place.

    An area is told apart from another by the difference of the roots of their rates, whose
    variance is dispersion / 4 (1 / P + 1 / P'), adjusted for its comparisons with all others
    (Holm). Its set begins behind those told to be above it, and ends before those below.

    Parameters
    ----------
    count, population : arrays of shape (n,)
        Offences, >= 0, and residents, > 0; none missing.
    dispersion
        How many times more counts vary from year to year than Poisson, >= 1.
    level
        Confidence level of each set, a fraction in (0, 1).

    Returns
    -------
    two arrays of shape (n,)
        From 1, the highest rate, to n.

    References
    ----------
    M. Mogstad, J. P. Romano, A. M. Shaikh and D. Wilhelm (2024), Inference for ranks with
    applications to mobility across neighbourhoods and academic achievement across
    countries, Review of Economic Studies 91, 476-518, who take the critical values from a
    bootstrap; here they are Holm's, so that the same data give the same sets.

    Examples
    --------
    >>> lower, upper = rank_sets([900, 500, 480], [1e5, 1e5, 1e5], dispersion=7, level=0.95)
    >>> lower.tolist(), upper.tolist()
    ([1, 2, 2], [1, 3, 3])
    """
    from scipy.special import erfc  # noqa: PLC0415 - takes long to load

    counts, people = np.asarray(count, np.float64), np.asarray(population, np.float64)
    n, roots, variances = counts.size, np.sqrt(counts / people), dispersion / 4 / people
    apart = (roots[:, None] - roots) / np.sqrt(variances[:, None] + variances)
    p_values = erfc(np.abs(apart) / np.sqrt(2))  # of both tails
    np.fill_diagonal(p_values, np.nan)  # no area is compared with itself
    told = np.array([adjusted(own, "holm") for own in p_values]).reshape(n, n) < 1 - level
    above, below = (told & (apart < 0)).sum(axis=1), (told & (apart > 0)).sum(axis=1)
    return 1 + above, n - below
