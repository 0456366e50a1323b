"""
Numbers, arrays and Series through one formula: check, compute, same type out.

Arrays go through in blocks that stay in the processor's cache, so checking a value
and computing with it read memory once. numpy is loaded only when an array comes in.
"""

from __future__ import annotations

import math
from numbers import Real
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from ukcso.errors import InvalidInputError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import numpy as np
    import numpy.typing as npt
    import pandas as pd

    Number = TypeVar("Number", float, npt.NDArray[Any], pd.Series[Any])
    Floats = npt.NDArray[np.float64]

_BLOCK = 16_384


class Rule(NamedTuple):
    """What an argument must be. NaN, which is missing, is always allowed."""

    words: str
    broken: Callable[[Any], Any]
    #: Whether 0, which is allowed, makes the result undefined.
    undefined_at_zero: bool = False


class Together(NamedTuple):
    """A rule between arguments, reported against one of them."""

    name: str
    words: str
    broken: Callable[..., Any]


_INFINITE = math.inf
COUNT = Rule(">= 0 and finite", lambda x: (x < 0) | (x == _INFINITE))
BASE = Rule(">= 0 and finite", lambda x: (x < 0) | (x == _INFINITE), undefined_at_zero=True)
POSITIVE = Rule("> 0 and finite", lambda x: (x <= 0) | (x == _INFINITE))


def apply(
    formula: Callable[..., Any],
    rules: Mapping[str, Rule],
    *values: object,
    together: Together | None = None,
) -> Any:
    """
    Put values through a formula, elementwise.

    Parameters
    ----------
    formula
        Takes one float or array per rule.
    rules
        What each value must be, by the name of its argument, in the same order.
    values
        Numbers, arrays of one shape, or Series of one index.
    together
        A rule between the values.

    Returns
    -------
    float, array or Series
        NaN where any value is missing or the result is undefined.

    Raises
    ------
    InvalidInputError
        Not numbers, shapes or indexes that differ, or a value that breaks its rule;
        the message names argument, rule, first bad value, its place and how many.
    """
    scalars = [_scalar(value) for value in values]
    for (name, rule), value in zip(rules.items(), scalars, strict=True):
        if value is not None and rule.broken(value):
            raise InvalidInputError(_message(name, rule.words, value))
    if None not in scalars:
        return _of_scalars(formula, rules, scalars, together)
    named = dict(zip(rules, values, strict=True))
    series = _shared_series(named)
    arrays = {
        name: _floats(value, name) if scalar is None else scalar
        for (name, value), scalar in zip(named.items(), scalars, strict=True)
    }
    _same_shape(arrays)
    result = _of_arrays(formula, rules, arrays, together)
    if isinstance(result, _Broken):
        raise InvalidInputError(result.message(series))
    return result if series is None else _like(series, values, result)


def _scalar(value: object) -> float | None:
    """Return a single number as a float, None for anything else."""
    if isinstance(value, bool):
        return None
    if isinstance(value, Real):
        try:
            return float(value)
        except OverflowError:
            return math.inf
    return math.nan if type(value).__name__ == "NAType" else None


def _of_scalars(
    formula: Callable[..., Any],
    rules: Mapping[str, Rule],
    values: list[Any],
    together: Together | None,
) -> float:
    if together and together.broken(*values):
        value = values[list(rules).index(together.name)]
        raise InvalidInputError(_message(together.name, together.words, value))
    try:
        return float(formula(*values))
    except ZeroDivisionError:
        return math.nan
    except OverflowError:  # only a power is ever too large, as an array has it
        return math.inf


def _message(name: str, words: str, value: float, place: str = "0", bad: str = "1 bad of 1") -> str:
    return f"{name} must be {words}; got {value!r} at position {place} ({bad})"


def _shared_series(arguments: Mapping[str, object]) -> pd.Series[Any] | None:
    """Return the first Series, having made sure that all share its index."""
    named = {name: value for name, value in arguments.items() if _is_series(value)}
    if not named:
        return None
    (first, model), *others = named.items()
    for name, other in others:
        if not other.index.equals(model.index):  # type: ignore[attr-defined]
            msg = (
                f"{first} and {name} must share one index; align them first, "
                f"for instance with {name}.reindex({first}.index)"
            )
            raise InvalidInputError(msg)
    return model  # type: ignore[return-value]


def _is_series(value: object) -> bool:
    return type(value).__name__ == "Series" and type(value).__module__.startswith("pandas")


def _floats(value: Any, name: str) -> Floats:
    """Return an array or Series as floats, missing as NaN, without a copy if possible."""
    import numpy as np  # noqa: PLC0415 - a scalar call must not load numpy

    if _is_series(value):
        if value.dtype == np.float64:
            return np.asarray(value)
        if value.dtype.kind in "iuf" or (value.dtype.kind == "O" and value.isna().all()):
            return np.asarray(value.to_numpy(dtype=np.float64, na_value=np.nan))
    elif isinstance(value, np.ndarray) and value.dtype.kind in "iuf":
        floats = value.astype(np.float64, copy=False)
        return np.ma.filled(floats, np.nan) if isinstance(value, np.ma.MaskedArray) else floats
    found = f"dtype {value.dtype}" if hasattr(value, "dtype") else type(value).__name__
    msg = f"{name} must be a number, or a numpy array or pandas Series of numbers; got {found}"
    raise InvalidInputError(msg)


def _same_shape(arrays: Mapping[str, Floats | float]) -> None:
    shapes = {name: value.shape for name, value in arrays.items() if not isinstance(value, float)}
    if len(set(shapes.values())) > 1:
        found = ", ".join(f"{name} {shape}" for name, shape in shapes.items())
        msg = f"arrays must have one shape; got {found}"
        raise InvalidInputError(msg)


class _Broken(NamedTuple):
    """Where a whole argument breaks a rule."""

    name: str
    words: str
    values: Floats | float
    broken: Any

    def message(self, series: pd.Series[Any] | None) -> str:
        import numpy as np  # noqa: PLC0415 - a scalar call must not load numpy

        broken = np.atleast_1d(self.broken).reshape(-1)
        first = int(np.argmax(broken))
        values = np.broadcast_to(np.asarray(self.values).reshape(-1), broken.shape)
        place = str(first)
        if series is not None and len(series) == len(broken):
            place = f"{first} (label {series.index[first]!r})"
        bad = f"{int(broken.sum())} bad of {broken.size}"
        return _message(self.name, self.words, float(values[first]), place, bad)


def _of_arrays(
    formula: Callable[..., Any],
    rules: Mapping[str, Rule],
    values: Mapping[str, Floats | float],
    together: Together | None,
) -> Floats | _Broken:
    import numpy as np  # noqa: PLC0415 - a scalar call must not load numpy

    flat = {n: v if isinstance(v, float) else v.reshape(-1) for n, v in values.items()}
    result = np.empty(next(v.shape for v in values.values() if not isinstance(v, float)))
    out = result.reshape(-1)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        for start in range(0, out.size, _BLOCK):
            block = slice(start, start + _BLOCK)
            parts = [v if isinstance(v, float) else v[block] for v in flat.values()]
            out[block] = formula(*parts)
            for (name, rule), part in zip(rules.items(), parts, strict=True):
                if np.any(rule.broken(part)):
                    return _Broken(name, rule.words, flat[name], rule.broken(flat[name]))
                if rule.undefined_at_zero and np.any(zero := part == 0):
                    out[block][zero] = np.nan
            if together and np.any(together.broken(*parts)):
                name = together.name
                return _Broken(name, together.words, flat[name], together.broken(*flat.values()))
    return result


def _like(model: pd.Series[Any], values: tuple[object, ...], result: Floats) -> pd.Series[Any]:
    """Wrap a result as the Series that went in: index, name, nullable or not."""
    import pandas as pd  # noqa: PLC0415 - only a caller who has a Series pays for pandas

    inputs: list[Any] = [value for value in values if _is_series(value)]
    names = {value.name for value in inputs}
    series = pd.Series(result, index=model.index, name=names.pop() if len(names) == 1 else None)
    if any(pd.api.types.is_extension_array_dtype(value.dtype) for value in inputs):
        return series.astype("Float64").mask(series.isna(), pd.NA)
    return series
