"""A value with its interval, and what all intervals share."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Any, Generic, TypeVar

from ukcso._rules import require_number
from ukcso.stats._apply import Measure, apply_all, as_float
from ukcso.stats._series import array_of, is_pandas

T = TypeVar("T")

#: So many estimates stand in a line, and in a table.
_FEW, _MANY = 3, 60
#: What is no further off is on it, but for how floats are rounded.
_ON_IT = 1e-9
#: From 10 to the power of this on, and with more decimals, numbers are written with exponents.
_PLAIN = 9


@dataclass(frozen=True, slots=True, repr=False)
class Estimate(Generic[T]):
    """
    A value and its confidence interval, which reads as "5.25 (3.82 to 7.22)".

    As text, all three have the decimals of three figures of the value, and more where the
    interval is narrow, or where what lies beside -1, 0 or 1 would seem to be on it.

    Attributes
    ----------
    value, lower, upper
        Of one type, shape and index, in one unit.
    level
        Confidence level, a fraction in (0, 1).
    method
        How the interval was made.

    Examples
    --------
    >>> estimate = Estimate(5.251, 3.8213, 7.2159, level=0.95, method="exact")
    >>> print(estimate)
    5.25 (3.82 to 7.22)
    >>> estimate
    <Estimate 5.25 (3.82 to 7.22), 95%, exact>
    """

    value: T
    lower: T
    upper: T
    level: float
    method: str

    def __str__(self) -> str:
        if self._is_one:
            return _read(self.value, self.lower, self.upper)
        texts = [read for _, read in self._first(_FEW)]
        size = array_of(self.value, "value").size
        return f"[{', '.join(texts)}{', ...' if size > _FEW else ''}]"

    def __repr__(self) -> str:
        return f"<Estimate {self}, {100 * self.level:g}%, {self.method}>"

    def _repr_html_(self) -> str:
        """Return the text; of many, a table of the first."""
        if self._is_one:
            return str(self)
        lines = [f"<tr><th></th><th>value ({100 * self.level:g}% interval)</th></tr>"]
        for label, read in self._first(_MANY):
            lines.append(f"<tr><th>{escape(label)}</th><td>{read}</td></tr>")
        more = array_of(self.value, "value").size - _MANY
        lines += [f"<tr><th>...</th><td>{more:,} more</td></tr>"] if more > 0 else []
        return f"<table>{''.join(lines)}</table>"

    def _repr_markdown_(self) -> str:
        """Return the text, for a sentence of a document; of many, a table of the first."""
        if self._is_one:
            return str(self)
        lines = [f"| | value ({100 * self.level:g}% interval) |", "|:---|---:|"]
        lines += [f"| {label} | {read} |" for label, read in self._first(_MANY)]
        more = array_of(self.value, "value").size - _MANY
        return "\n".join([*lines, f"| ... | {more:,} more |"] if more > 0 else lines)

    @property
    def _is_one(self) -> bool:
        return as_float(self.value) is not None

    def _first(self, most: int) -> list[tuple[str, str]]:
        """Return label or place, and text, of the first of several estimates."""
        parts: list[Any] = [self.value, self.lower, self.upper]
        arrays = [array_of(part, "value").reshape(-1)[:most].tolist() for part in parts]
        labels = parts[0].index[:most] if is_pandas(parts[0]) else range(len(arrays[0]))
        texts = [str(label).replace("|", r"\|") for label in labels]
        return list(zip(texts, map(_read, *arrays), strict=True))


def estimated(level: float, method: str, measure: Measure, *values: object) -> Estimate[Any]:
    """Put values through a measure whose outputs are value, lower and upper limit."""
    value, lower, upper = apply_all(measure, *values)
    return Estimate(value, lower, upper, level, method)


def _read(value: Any, lower: Any, upper: Any) -> str:
    """
    Write an estimate with three figures of its value, and two of its shorter side.

    Where a number lies off -1, 0 or 1, which mean no change or nothing left, it is written
    off it too.
    """
    numbers = [math.nan if x is None else float(x) for x in map(as_float, (value, lower, upper))]
    sides = (numbers[0] - numbers[1], numbers[2] - numbers[0])
    off = [abs(number - landmark) for number in numbers for landmark in (-1, 0, 1)]
    decimals = max(
        2 - _magnitude([abs(numbers[0])], of=abs(numbers[2])),
        1 - _magnitude(sides),
        -_magnitude([distance for distance in off if distance > _ON_IT]),
        0,
    )
    plain = decimals <= _PLAIN and not any(10**_PLAIN <= abs(x) < math.inf for x in numbers)
    texts = [f"{round(x, decimals) + 0.0:,.{decimals}f}" if plain else f"{x:.3g}" for x in numbers]
    return f"{texts[0]} ({texts[1]} to {texts[2]})"


def _magnitude(numbers: Iterable[float], of: float = 1.0) -> int:
    """Return the power of ten of the least number above 0, or of another if there is none."""
    least = min((number for number in numbers if 0 < number < math.inf), default=of)
    return math.floor(math.log10(least)) if 0 < least < math.inf else 0


def require_level(level: object, argument: str = "level") -> float:
    """Return a confidence level as a float; 95 is refused, for it is not 0.95."""
    words = "a fraction in (0, 1), such as 0.95"
    return require_number(argument, level, words, lambda x: 0 < x < 1)


def require_dispersion(dispersion: object) -> float:
    """Refuse a dispersion below 1: recorded counts do not vary less than Poisson."""
    words = ">= 1 and finite"
    return require_number("dispersion", dispersion, words, lambda x: 1 <= x < float("inf"))


@lru_cache(maxsize=64)
def z_score(level: float) -> float:
    """Return the standard normal quantile that leaves half of 1 - level above."""
    from statistics import NormalDist  # noqa: PLC0415 - takes 10 ms to load

    return -NormalDist().inv_cdf(tail(level))


def tail(level: float) -> float:
    """Return the probability left on each side."""
    return (1 - level) / 2
