"""
Numbers, arrays and Series through one formula: check, compute, same type out.

Arrays go through in blocks that stay in the processor's cache, so checking a value
and computing with it read memory once. numpy is loaded only when an array comes in.
"""

from __future__ import annotations

import math
from numbers import Real
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from ukcso._rules import Rule, Together, message, message_for
from ukcso.errors import InvalidInputError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import numpy as np
    import numpy.typing as npt
    import pandas as pd

    Number = TypeVar("Number", float, npt.NDArray[Any], pd.Series[Any])
    Floats = npt.NDArray[np.float64]

# Numbers computed at a time, over all outputs, so that they stay in the processor's cache.
_CACHED = 49_152


class Measure(NamedTuple):
    """A formula and what its arguments must be."""

    #: Takes one float or array per rule; returns one, or a tuple of `outputs`.
    formula: Callable[..., Any]
    #: By the name of the argument, in the formula's order.
    rules: Mapping[str, Rule]
    together: Together | None = None
    outputs: int = 1

    def __call__(self, parts: Sequence[Any]) -> tuple[Any, ...]:
        found = self.formula(*parts)
        return found if isinstance(found, tuple) else (found,)


def apply(measure: Measure, *values: object) -> Any:
    """
    Put values through a measure's formula, elementwise.

    Parameters
    ----------
    measure
        One with a single output.
    values
        Numbers, arrays of one shape, or Series of one index.

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
    (result,) = apply_each(measure, *values)
    return result


def apply_each(measure: Measure, *values: object) -> tuple[Any, ...]:
    """Return every output of a measure; else as `apply`."""
    scalars = [_scalar(value) for value in values]
    for (name, rule), value in zip(measure.rules.items(), scalars, strict=True):
        if value is not None and rule.broken(value):
            raise InvalidInputError(message(name, rule.words, value))
    if None not in scalars:
        return _of_scalars(measure, scalars)
    named = dict(zip(measure.rules, values, strict=True))
    series = _shared_series(named)
    numbers = {
        name: _numbers(value, name) if scalar is None else scalar
        for (name, value), scalar in zip(named.items(), scalars, strict=True)
    }
    _same_shape(numbers)
    results = _of_arrays(measure, numbers, series)
    return tuple(results) if series is None else tuple(_like(series, values, r) for r in results)


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


def _of_scalars(measure: Measure, values: list[Any]) -> tuple[float, ...]:
    together = measure.together
    if together and together.broken(*values):
        value = values[list(measure.rules).index(together.name)]
        raise InvalidInputError(message(together.name, together.words, value))
    for rule, value in zip(measure.rules.values(), values, strict=True):
        if math.isnan(value) or (rule.undefined_at_zero and value == 0):
            return (math.nan,) * measure.outputs
    try:
        return tuple(map(float, measure(values)))
    except OverflowError:  # only a power is ever too large, as an array has it
        return (math.inf,) * measure.outputs


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


def _numbers(value: Any, name: str) -> Any:
    """Return an array or Series as an array of numbers, missing as NaN."""
    import numpy as np  # noqa: PLC0415 - a scalar call must not load numpy

    if _is_series(value):
        if isinstance(value.dtype, np.dtype) and value.dtype.kind in "iuf":
            return value.to_numpy()
        if value.dtype.kind in "iuf" or (value.dtype.kind == "O" and value.isna().all()):
            return np.asarray(value.to_numpy(dtype=np.float64, na_value=np.nan))
    elif isinstance(value, np.ndarray) and value.dtype.kind in "iuf":
        masked = isinstance(value, np.ma.MaskedArray)
        return np.ma.filled(value.astype(np.float64), np.nan) if masked else value
    found = f"dtype {value.dtype}" if hasattr(value, "dtype") else type(value).__name__
    msg = f"{name} must be a number, or a numpy array or pandas Series of numbers; got {found}"
    raise InvalidInputError(msg)


def _same_shape(arrays: Mapping[str, Any]) -> None:
    shapes = {name: value.shape for name, value in arrays.items() if not isinstance(value, float)}
    if len(set(shapes.values())) > 1:
        found = ", ".join(f"{name} {shape}" for name, shape in shapes.items())
        msg = f"arrays must have one shape; got {found}"
        raise InvalidInputError(msg)


def _of_arrays(
    measure: Measure, values: Mapping[str, Any], series: pd.Series[Any] | None
) -> Sequence[Floats]:
    import numpy as np  # noqa: PLC0415 - a scalar call must not load numpy

    shape = next(v.shape for v in values.values() if not isinstance(v, float))
    flat = {n: v if isinstance(v, float) else v.reshape(-1) for n, v in values.items()}
    results = [np.empty(shape) for _ in range(measure.outputs)]
    outs = [result.reshape(-1) for result in results]
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        step = _CACHED // measure.outputs
        for start in range(0, outs[0].size, step):
            block = slice(start, start + step)
            parts = [
                v if isinstance(v, float) else v[block].astype(np.float64, copy=False)
                for v in flat.values()
            ]
            undefined = _checked(measure, parts, flat, series)
            for out, part in zip(outs, measure(parts), strict=True):
                out[block] = part
                if undefined is not None:
                    out[block][undefined] = np.nan
    return results


def _checked(
    measure: Measure,
    parts: Sequence[Any],
    whole: Mapping[str, Any],
    series: pd.Series[Any] | None,
) -> Any:
    """Refuse what breaks a rule; return where the result is missing or undefined."""
    import numpy as np  # noqa: PLC0415 - a scalar call must not load numpy

    undefined: Any = None
    for (name, rule), part in zip(measure.rules.items(), parts, strict=True):
        if not isinstance(part, float) and rule.plainly_holds(part):
            continue
        if np.any(rule.broken(part)):
            text = message_for(name, rule.words, whole[name], rule.broken(whole[name]), series)
            raise InvalidInputError(text)
        at = np.isnan(part) | (rule.undefined_at_zero & np.equal(part, 0))
        undefined = at if undefined is None else undefined | at
    together = measure.together
    if together and np.any(together.broken(*parts)):
        broken = together.broken(*whole.values())
        text = message_for(together.name, together.words, whole[together.name], broken, series)
        raise InvalidInputError(text)
    return undefined


def _like(model: pd.Series[Any], values: tuple[object, ...], result: Floats) -> pd.Series[Any]:
    """Wrap a result as the Series that went in: index, name, nullable or not."""
    import pandas as pd  # noqa: PLC0415 - only a caller who has a Series pays for pandas

    inputs: list[Any] = [value for value in values if _is_series(value)]
    names = {value.name for value in inputs}
    series = pd.Series(result, index=model.index, name=names.pop() if len(names) == 1 else None)
    if any(pd.api.types.is_extension_array_dtype(value.dtype) for value in inputs):
        return series.astype("Float64").mask(series.isna(), pd.NA)
    return series
