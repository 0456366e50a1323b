"""
Limits of Poisson counts, of their ratios and of shares, for one float or one block of an array.

Byar's and Wilson's are formulas; the exact limits are quantiles from scipy, which a
block of whole numbers takes from a table: counts repeat, so each is computed once.
Blocks may come from several threads at a time.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from ukcso._rules import require_choice
from ukcso.stats import formulas
from ukcso.stats._estimates import tail, z_score

#: From what a limit depends on to the lower and the upper one.
Limits = Callable[..., tuple[Any, Any]]

EXACT_BELOW = 10
_TABLE_ENDS = 262_144


def of_counts(method: str, level: float, dispersion: float) -> Limits:
    """
    Return the function from counts to their lower and upper limits.

    A dispersion of d reads a count as that many clusters of d events each: the limits
    are d times those of count / d.
    """
    require_choice("method", method, _METHODS)
    limits = _METHODS[method](level)
    if dispersion == 1:
        return limits

    def widened(counts: Any) -> tuple[Any, Any]:
        lower, upper = limits(counts / dispersion)
        return dispersion * lower, dispersion * upper

    return widened


def _byar(level: float) -> Limits:
    """Breslow and Day's approximation, never below 0."""
    z = z_score(level)

    def limits(counts: Any) -> tuple[Any, Any]:
        upper = formulas.byar_upper(counts, z)
        if isinstance(counts, float):
            return max(formulas.byar_lower(counts, z), 0.0) if counts else 0.0, upper
        import numpy as np  # noqa: PLC0415 - a scalar call must not load numpy

        # At 0 the formula is 0 times infinity; its limit, and for tiny counts too, is 0.
        return np.fmax(formulas.byar_lower(counts, z), 0.0), upper

    return limits


class _Exact:
    """Garwood's limits: gamma quantiles."""

    def __init__(self, level: float) -> None:
        self._tail = tail(level)
        self._table: Any = None  # lower and upper limits by count; no upper limit is 0

    def __call__(self, counts: Any) -> tuple[Any, Any]:
        if isinstance(counts, float):
            lower, upper = self._quantiles(counts)
            return float(lower), float(upper)
        import numpy as np  # noqa: PLC0415 - a scalar call must not load numpy

        known = np.where(counts < _TABLE_ENDS, counts, 0).astype(np.intp)
        whole = known == counts
        if whole.all():
            return self._from_table(known)
        lower, upper = np.empty_like(counts), np.empty_like(counts)
        lower[whole], upper[whole] = self._from_table(known[whole])
        lower[~whole], upper[~whole] = self._quantiles(counts[~whole])
        return lower, upper

    def _quantiles(self, counts: Any) -> tuple[Any, Any]:
        import numpy as np  # noqa: PLC0415 - a scalar call must not load numpy
        from scipy.special import gammainccinv, gammaincinv  # noqa: PLC0415 - only if exact

        # scipy knows no quantile at 0, nor at counts so small that it is 0 as a float.
        lower = gammaincinv(counts, self._tail)
        return np.where(np.isnan(lower), 0.0, lower), gammainccinv(counts + 1, self._tail)

    def _from_table(self, counts: Any) -> tuple[Any, Any]:
        """Take limits from the table, having added those that it lacks."""
        import numpy as np  # noqa: PLC0415 - a scalar call must not load numpy

        table = self._table
        if table is None:
            table = self._table = np.zeros((2, _TABLE_ENDS))  # no memory until written to
        upper = table[1].take(counts)
        if not upper.all():
            lacking = np.unique(counts[upper == 0])
            # The upper limit last: where another thread sees it, the lower one is there.
            table[0, lacking], table[1, lacking] = self._quantiles(lacking.astype(float))
            upper = table[1].take(counts)
        return table[0].take(counts), upper


def _auto(level: float) -> Limits:
    """Return the limits of the public-health convention: exact below 10, Byar's from there."""
    byar, exact = _byar(level), _Exact(level)

    def limits(counts: Any) -> tuple[Any, Any]:
        if isinstance(counts, float):
            return exact(counts) if counts < EXACT_BELOW else byar(counts)
        lower, upper = byar(counts)
        small = counts < EXACT_BELOW
        if small.any():
            lower[small], upper[small] = exact(counts[small])
        return lower, upper

    return limits


_METHODS: dict[str, Callable[[float], Limits]] = {"auto": _auto, "exact": _Exact, "byar": _byar}


def of_shares(method: str, level: float, dispersion: float = 1.0) -> Limits:
    """
    Return the function from part, whole and share to the share's lower and upper limits.

    A dispersion of d leaves an effective size of whole / d, with the same share of it.
    """
    require_choice("method", method, ("wilson", "exact"))
    z, alpha = z_score(level), tail(level)

    def limits(part: Any, whole: Any, share: Any) -> tuple[Any, Any]:
        some, every, rest = part, whole, whole - part
        if dispersion != 1:
            some, every, rest = part / dispersion, whole / dispersion, rest / dispersion
        if method == "wilson":
            lower, upper = formulas.wilson(some, every, share, z)
        else:
            from scipy.special import betainccinv, betaincinv  # noqa: PLC0415 - only if exact

            lower, upper = betaincinv(some, rest + 1, alpha), betainccinv(some + 1, rest, alpha)
        # Exactly 0 and 1 at the ends, where a float may miss them by a little.
        if isinstance(lower, float):
            return (lower if part else 0.0), (upper if part < whole else 1.0)
        lower[share == 0], upper[share == 1] = 0.0, 1.0
        return lower, upper

    return limits


def known(count: Any) -> Any:
    """Return a count with NaN in place of 0: what is divided by it is undefined there."""
    import numpy as np  # noqa: PLC0415 - a scalar call must not load numpy

    return np.where(count == 0, math.nan, count)


def of_ratios(level: float, dispersion: float = 1.0) -> Limits:
    """
    Return the function from two Poisson counts and their exposures to the ratio's limits.

    A dispersion of d reads both counts as clusters of d events each, of which there are
    count / d; with F the quantile of the F distribution and a, b the clusters of group 2
    and 1, the limits are b / (a + 1) F(alpha; 2 b, 2 a + 2) and
    (b + 1) / a F(1 - alpha; 2 b + 2, 2 a).
    """
    alpha = tail(level)

    def limits(count_1: Any, exposure_1: Any, count_2: Any, exposure_2: Any) -> tuple[Any, Any]:
        import numpy as np  # noqa: PLC0415 - a scalar call must not load numpy
        from scipy.special import betainccinv, betaincinv  # noqa: PLC0415 - only if exact

        b, a = count_1, count_2
        if dispersion != 1:
            b, a = b / dispersion, a / dispersion
        # Odds of the share of group 1; share and rest each by its own quantile, because
        # 1 - share loses digits where the share is near 1. A small part of one cluster may
        # have a quantile of 0, or odds beyond every float.
        with np.errstate(all="ignore"):
            lower = betaincinv(b, a + 1, alpha) / betainccinv(a + 1, b, alpha)
            upper = betainccinv(b + 1, a, alpha) / betaincinv(a, b + 1, alpha)
            exposures = exposure_2 / exposure_1
            lower = np.where(count_1 == 0, 0.0, lower) * exposures
            return lower, np.where(count_2 == 0, math.inf, upper) * exposures

    return limits
