"""
Numbers, arrays and Series through one formula: check, compute, same type out.

Arrays go through in blocks that stay in the processor's cache, so checking a value and
computing with it read memory once; long ones in several threads, for numpy computes
without Python's lock. numpy is loaded only when an array comes in.
"""

from __future__ import annotations

import math
import os
from collections import deque
from numbers import Real
from typing import TYPE_CHECKING, Any, NamedTuple

from ukcso._rules import Rule, Together, message, message_for
from ukcso.errors import InvalidInputError, listed
from ukcso.stats._series import array_of, is_pandas, like, require_alike, series_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import numpy.typing as npt
    import pandas as pd
    from typing_extensions import TypeVar

    # What goes in comes out. The default and the int are for pyright, which otherwise knows no
    # result of two numbers, and takes an int for the first of the constraints.
    Number = TypeVar("Number", float, npt.NDArray[Any], pd.Series[Any], default=float)
    Scalar = float | int

# Numbers computed at a time, over all outputs, so that they stay in the processor's cache.
_CACHED = 196_608
# Values that are worth a thread, and blocks that one takes at a time.
_PER_THREAD = 500_000
_RUN = 4
# Bytes / 8 of an array that glibc must have seen freed before it keeps freed memory at hand
# in every thread; until then it returns each temporary to the system and faults it in anew.
_KEPT = 2**21


class Measure(NamedTuple):
    """A formula and what its arguments must be."""

    #: Takes one float or array per rule; returns one, or a tuple of `outputs`.
    formula: Callable[..., Any]
    #: By the name of the argument, in the formula's order.
    rules: Mapping[str, Rule]
    together: Together | None = None
    outputs: int = 1

    def __call__(self, parts: Sequence[Any]) -> tuple[Any, ...]:
        results = self.formula(*parts)
        return results if self.outputs > 1 else (results,)


def apply(measure: Measure, *values: Number | Scalar) -> Number:
    """Return the one output of a measure; see `apply_all`."""
    result: Number = apply_all(measure, *values)[0]
    return result


def apply_all(measure: Measure, *values: object) -> tuple[Any, ...]:
    """
    Put values through a measure's formula, elementwise.

    Parameters
    ----------
    measure
        The formula and the rules of its arguments.
    values
        Numbers, arrays of one shape, or Series of one library: of pandas with one index, of
        polars or PyArrow with one length.

    Returns
    -------
    tuple of float, array or Series, so many as the measure has outputs
        NaN where any value is missing or the result is undefined.

    Raises
    ------
    InvalidInputError
        Not numbers, shapes or indexes that differ, or a value that breaks its rule;
        the message names argument, rule, first bad value, its place and how many.
    """
    numbers = [as_float(value) for value in values]
    for (name, rule), number in zip(measure.rules.items(), numbers, strict=True):
        if number is not None and rule.broken(number):
            raise InvalidInputError(message(name, rule.words, number))
    if None in numbers:
        return _of_arrays(measure, dict(zip(measure.rules, values, strict=True)), numbers)
    return _of_scalars(measure, numbers)


def as_float(value: object) -> float | None:
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
        if math.isnan(value) or (rule.zero_is_undefined and value == 0):
            return (math.nan,) * measure.outputs
    try:
        return tuple(map(float, measure(values)))
    except OverflowError:  # only a power is ever too large, as an array has it
        return (math.inf,) * measure.outputs


def _of_arrays(
    measure: Measure, named: Mapping[str, object], numbers: list[float | None]
) -> tuple[Any, ...]:
    import numpy as np  # noqa: PLC0415 - a scalar call must not load numpy

    series = {name: column for name, x in named.items() if (column := series_of(x)) is not None}
    require_alike(series)
    arrays = {
        name: array_of(value, name) if number is None else number
        for (name, value), number in zip(named.items(), numbers, strict=True)
    }
    shapes = {name: a.shape for name, a in arrays.items() if not isinstance(a, float)}
    if len(set(shapes.values())) > 1:
        listing = listed(f"{name} {shape}" for name, shape in shapes.items())
        msg = f"arrays must have one shape; got {listing}"
        raise InvalidInputError(msg)
    results = [np.empty(next(iter(shapes.values()))) for _ in range(measure.outputs)]
    outs = [result.reshape(-1) for result in results]
    flat = {name: a if isinstance(a, float) else a.reshape(-1) for name, a in arrays.items()}
    labelled = next(filter(is_pandas, series.values()), None)
    step = _CACHED // measure.outputs

    def compute(starts: range) -> None:
        with np.errstate(all="ignore"):
            for start in starts:
                block = slice(start, start + step)
                parts = [
                    v if isinstance(v, float) else v[block].astype(np.float64, copy=False)
                    for v in flat.values()
                ]
                undefined = _checked(measure, parts, flat, labelled)
                for out, part in zip(outs, measure(parts), strict=True):
                    out[block] = part
                    if undefined is not None:
                        out[block][undefined] = np.nan

    _in_threads(compute, range(0, outs[0].size, step), outs[0].size)
    return tuple(like([*series.values()], r) if series else r for r in results)


def _in_threads(compute: Callable[[range], None], starts: range, size: int) -> None:
    """
    Compute blocks in as many threads as pay off, in order as far as anyone can see.

    The blocks are the same in one thread or in many, so the results are too; where some
    break a rule, the first of them is the one that raises. No thread outlives the call.
    """
    threads = min(_cores(), size // _PER_THREAD)
    if threads > 1:
        from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - only for long arrays

        import numpy as np  # noqa: PLC0415 - a scalar call must not load numpy

        np.empty(_KEPT)
        runs = [starts[i : i + _RUN] for i in range(0, len(starts), _RUN)]
        try:
            with ThreadPoolExecutor(threads) as pool:
                deque(pool.map(compute, runs), maxlen=0)
        except RuntimeError:  # the system gives no more threads
            pass
        else:
            return
    compute(starts)


def _cores() -> int:
    """Return how many cores this process may use, or has where the system does not say."""
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1


def _checked(
    measure: Measure, parts: list[Any], whole: Mapping[str, Any], series: pd.Series[Any] | None
) -> Any:
    """Refuse what breaks a rule; return where the result is missing or undefined."""
    import numpy as np  # noqa: PLC0415 - a scalar call must not load numpy

    def refuse(rule: Rule | Together, name: str, parts: list[Any], wholes: list[Any]) -> None:
        if np.any(rule.broken(*parts)):
            broken = rule.broken(*wholes)
            raise InvalidInputError(message_for(name, rule.words, whole[name], broken, series))

    undefined: Any = None
    for (name, rule), part in zip(measure.rules.items(), parts, strict=True):
        if isinstance(part, float) or not rule.plainly_holds(part):
            refuse(rule, name, [part], [whole[name]])
            at = np.isnan(part) | (rule.zero_is_undefined & np.equal(part, 0))
            undefined = at if undefined is None else undefined | at
    if measure.together:
        refuse(measure.together, measure.together.name, parts, list(whole.values()))
    return undefined
