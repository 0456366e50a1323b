"""P values of several tests, adjusted for how many they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from ukcso._rules import message_for, require_choice
from ukcso.errors import InvalidInputError
from ukcso.stats._series import array_of, is_pandas, like, series_of

if TYPE_CHECKING:
    from ukcso.stats._apply import Number

_METHODS = ("holm", "bh", "none")


def adjusted(p_values: Number, method: Literal["holm", "bh", "none"] = "holm") -> Number:
    """
    Adjust the p values of several tests for how many they are.

    Parameters
    ----------
    p_values : array of shape (n,) or Series of length n
        P values of one family of tests, from 0 to 1. Missing ones stay missing, and are no
        part of the family.
    method
        "holm": below 0.05 with a chance of at most 5 per cent that any one is so wrongly,
        whatever depends on what. "bh" (Benjamini and Hochberg): at most 5 per cent of
        those below 0.05 are so wrongly, on average, if the tests are independent or depend
        on each other positively. "none": as they are.

    Returns
    -------
    Same type, shape and index as the input
        Adjusted p values, from 0 to 1, none below what it was.

    Raises
    ------
    InvalidInputError
        Not an array or Series of one dimension, a value outside 0 to 1, an unknown method.

    References
    ----------
    S. Holm (1979), A simple sequentially rejective multiple test procedure, Scandinavian
    Journal of Statistics 6, 65-70. Y. Benjamini and Y. Hochberg (1995), Controlling the
    false discovery rate, J. R. Stat. Soc. B 57, 289-300. R's ``p.adjust``.

    Examples
    --------
    >>> import numpy as np
    >>> adjusted(np.array([0.01, 0.04, np.nan, 0.03]), "holm").tolist()
    [0.03, 0.06, nan, 0.06]
    >>> adjusted(np.array([0.01, 0.04, np.nan, 0.03]), "bh").tolist()
    [0.03, 0.04, nan, 0.04]
    """
    import numpy as np  # noqa: PLC0415 - a scalar call must not load numpy

    require_choice("method", method, _METHODS)
    if np.ndim(p_values) != 1:
        kind = type(p_values).__name__
        msg = f"p_values must be an array or Series of one dimension; got {kind}"
        raise InvalidInputError(msg)
    given: Any = p_values
    values = array_of(given, "p_values").astype(np.float64)
    if (bad := (values < 0) | (values > 1)).any():
        labelled = given if is_pandas(given) else None
        raise InvalidInputError(message_for("p_values", "from 0 to 1", values, bad, labelled))
    result = values.copy()
    known = np.flatnonzero(~np.isnan(values))
    order = known[np.argsort(values[known], kind="stable")]
    result[order] = _of_sorted(values[order], method)
    series = series_of(given)
    same: Number = result if series is None else like([series], result)
    return same


def _of_sorted(p: Any, method: str) -> Any:
    """Adjust p values that rise."""
    import numpy as np  # noqa: PLC0415 - a scalar call must not load numpy

    place = np.arange(1, p.size + 1)
    if method == "holm":
        return np.minimum(np.maximum.accumulate((p.size + 1 - place) * p), 1.0)
    if method == "bh":
        # The last of them, times 1, is at most 1, and so is every least from there down.
        return np.minimum.accumulate((p.size / place * p)[::-1])[::-1]
    return p
