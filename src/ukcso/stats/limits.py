"""
Limits of Poisson counts and of shares, for one float or one block of an array.

`byar` and `wilson` are formulas; the exact limits are quantiles from scipy, which a
block of whole numbers takes from a table: counts repeat, so each is computed once.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from ukcso.stats import formulas
from ukcso.stats._estimates import tail, z_score

if TYPE_CHECKING:
    from collections.abc import Callable

    Limits = Callable[[Any], tuple[Any, Any]]
    LimitsOfShares = Callable[[Any, Any, Any], tuple[Any, Any]]
    LimitsOfRatios = Callable[[Any, Any], tuple[Any, Any]]

EXACT_BELOW = 10
_TABLE_ENDS = 1_048_576


def of_counts(method: str, level: float, dispersion: float) -> Limits:
    """
    Return the function from counts to their lower and upper limits.

    A dispersion of d reads a count as that many clusters of d events each: the limits
    are d times those of count / d.
    """
    limits: Limits = _METHODS[method](level)
    if dispersion == 1:
        return limits

    def widened(counts: Any) -> tuple[Any, Any]:
        lower, upper = limits(counts / dispersion)
        return dispersion * lower, dispersion * upper

    return widened


class _Byar:
    """Breslow and Day's approximation, never below 0."""

    def __init__(self, level: float) -> None:
        self._z = z_score(level)

    def __call__(self, counts: Any) -> tuple[Any, Any]:
        if isinstance(counts, float):
            lower = formulas.byar_lower(counts, self._z) if counts else 0.0
            return max(lower, 0.0), formulas.byar_upper(counts, self._z)
        import numpy as np  # noqa: PLC0415 - a scalar call must not load numpy

        # At 0 the formula is 0 times infinity; its limit, and for tiny counts too, is 0.
        lower = np.fmax(formulas.byar_lower(counts, self._z), 0.0)
        return lower, formulas.byar_upper(counts, self._z)


class _Exact:
    """Garwood's limits: gamma quantiles."""

    def __init__(self, level: float) -> None:
        self._tail = tail(level)
        self._lower: Any = None
        self._upper: Any = None

    def __call__(self, counts: Any) -> tuple[Any, Any]:
        if isinstance(counts, float):
            lower, upper = self._quantiles(counts)
            return float(lower), float(upper)
        import numpy as np  # noqa: PLC0415 - a scalar call must not load numpy

        known = np.where(counts < _TABLE_ENDS, counts, 0).astype(np.intp)
        if (known == counts).all():
            return self._from_table(known)
        lower, upper = np.empty_like(counts), np.empty_like(counts)
        whole = known == counts
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
        """Take limits from the table, having added the counts that it lacks."""
        import numpy as np  # noqa: PLC0415 - a scalar call must not load numpy

        size = int(counts.max(initial=0)) + 1
        if self._lower is None or size > len(self._lower):
            doubled = 2 * (0 if self._lower is None else len(self._lower))
            grown = max(size, min(doubled, _TABLE_ENDS))
            for name in ("_lower", "_upper"):
                table = np.full(grown, math.nan)
                if (old := getattr(self, name)) is not None:
                    table[: len(old)] = old
                setattr(self, name, table)
        upper = self._upper[counts]
        if np.isnan(upper.sum()):
            lacking = np.unique(counts[np.isnan(upper)])
            self._lower[lacking], self._upper[lacking] = self._quantiles(lacking.astype(float))
            upper = self._upper[counts]
        return self._lower[counts], upper


class _Auto:
    """The public-health convention: exact below 10, Byar's approximation from 10 on."""

    def __init__(self, level: float) -> None:
        self._byar, self._exact = _Byar(level), _Exact(level)

    def __call__(self, counts: Any) -> tuple[Any, Any]:
        if isinstance(counts, float):
            return self._exact(counts) if counts < EXACT_BELOW else self._byar(counts)
        lower, upper = self._byar(counts)
        small = counts < EXACT_BELOW
        if small.any():
            lower[small], upper[small] = self._exact(counts[small])
        return lower, upper


_METHODS: dict[str, Callable[[float], Limits]] = {"auto": _Auto, "byar": _Byar, "exact": _Exact}


def of_shares(method: str, level: float) -> LimitsOfShares:
    """Return the function from part, whole and share to the share's lower and upper limits."""
    limits = _wilson(z_score(level)) if method == "wilson" else _clopper_pearson(tail(level))

    def with_sharp_ends(part: Any, whole: Any, share: Any) -> tuple[Any, Any]:
        lower, upper = limits(part, whole, share)
        # Exactly 0 and 1 at the ends, where a float may miss them by a little.
        if isinstance(lower, float):
            return (lower if part else 0.0), (upper if part < whole else 1.0)
        for limit, at_end, sharp in ((lower, share == 0, 0.0), (upper, share == 1, 1.0)):
            if at_end.any():
                limit[at_end] = sharp
        return lower, upper

    return with_sharp_ends


def _wilson(z: float) -> LimitsOfShares:
    def limits(part: Any, whole: Any, share: Any) -> tuple[Any, Any]:
        return formulas.wilson(part, whole, share, z)

    return limits


def _clopper_pearson(alpha: float) -> LimitsOfShares:
    def limits(part: Any, whole: Any, _share: Any) -> tuple[Any, Any]:
        from scipy.special import betainccinv, betaincinv  # noqa: PLC0415 - only if exact

        rest = whole - part
        lower, upper = betaincinv(part, rest + 1, alpha), betainccinv(part + 1, rest, alpha)
        return (float(lower), float(upper)) if isinstance(part, float) else (lower, upper)

    return limits


def of_ratios(level: float) -> LimitsOfRatios:
    """Return the function from two Poisson counts to the exact limits of their ratio."""
    alpha = tail(level)

    def limits(count_1: Any, count_2: Any) -> tuple[Any, Any]:
        import numpy as np  # noqa: PLC0415 - a scalar call must not load numpy
        from scipy.special import betainccinv, betaincinv  # noqa: PLC0415 - only if exact

        # Odds of the share of group 1; share and rest each by its own quantile, because
        # 1 - share loses digits where the share is near 1.
        lower = betaincinv(count_1, count_2 + 1, alpha) / betainccinv(count_2 + 1, count_1, alpha)
        upper = betainccinv(count_1 + 1, count_2, alpha) / betaincinv(count_2, count_1 + 1, alpha)
        return np.where(count_1 == 0, 0.0, lower), np.where(count_2 == 0, math.inf, upper)

    return limits
