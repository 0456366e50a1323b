"""How numbers are shown: decimals, and for counts of one's own withholding and rounding."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import asdict, dataclass
from math import floor, inf, isfinite, log10
from statistics import median

import pandas as pd

from ukcso._rules import require_number
from ukcso.evidence import add_rates
from ukcso.printed import rounded
from ukcso.tables._cells import WITHHELD

#: Of rates, however narrow their intervals are.
_MOST_RATE_DIGITS = 6
#: Significant digits of an interval's width that are worth showing.
_OF_WIDTH = 2
#: Decimals that a caller may ask for; floats have no more that mean something.
_MOST_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Presentation:
    """
    Decimals, and what must not be read from a table, nor worked out from its total.

    Examples
    --------
    One count below 5 would be the total less the others, so the next smallest goes too:

    >>> counts = pd.Series([3.0, 9.0, 20.0, 32.0], index=["a", "b", "c", "all"])
    >>> sorted(Presentation(suppress_below=5).withheld(counts, total="all"))
    ['a', 'b']
    """

    #: Decimals of rates; None goes by the width of their intervals.
    digits: int | None = None
    suppress_below: int | None = None
    round_to: int | None = None

    def __post_init__(self) -> None:
        limits = {"digits": (0, _MOST_DIGITS), "suppress_below": (1, inf), "round_to": (1, inf)}
        for name, (least, most) in limits.items():
            object.__setattr__(self, name, whole(name, getattr(self, name), least, most))

    @property
    def options(self) -> dict[str, int]:
        """What was asked for, by the name of the argument."""
        return {name: value for name, value in asdict(self).items() if value is not None}

    @property
    def is_guarded(self) -> bool:
        """Whether counts are withheld or rounded."""
        return self.suppress_below is not None or self.round_to is not None

    def of_rates(
        self, frame: pd.DataFrame, *, per: float, level: float, total: int | None = None
    ) -> tuple[pd.DataFrame, int]:
        """
        Return counts rounded, with rates of them and a column `withheld`; and the rates' decimals.

        Decimals that nobody asked for go by the intervals that are shown.
        """
        shown = frame.reset_index(drop=True)
        shown["withheld"] = shown.index.isin(list(self.withheld(shown["count"], total)))
        shown["count"] = self.rounded(shown["count"])
        add_rates(shown, per=per, level=level)
        widths = (shown["upper"] - shown["lower"])[~shown["withheld"]]
        return shown, digits_for(widths) if self.digits is None else self.digits

    def withheld(self, counts: pd.Series, total: Hashable | None = None) -> set[Hashable]:
        """
        Return the labels of the counts to withhold, the second ones included.

        With the total, who reads the table knows what the withheld parts add up to. They
        learn nothing beyond "below the limit" if that sum leaves every withheld part all
        of its range: another part of at least the limit is among them, or several small
        ones whose sum is neither too small nor too large for that. A missing part is not
        known to anybody and protects nothing. Where no part is left to withhold, the
        total goes.
        """
        if self.suppress_below is None:
            return set()
        small = set(counts.index[counts < self.suppress_below])
        if total is None or total in small:
            return set(counts.index) if total in small else small
        parts = counts.drop(total).dropna()
        hidden = small & set(parts.index)
        if not hidden or self._says_nothing(parts[list(hidden)]):
            return small
        open_parts = parts.drop(list(hidden)).sort_values(kind="stable")
        return small | {total if open_parts.empty else open_parts.index[0]}

    def _says_nothing(self, hidden: pd.Series) -> bool:
        """Say whether a known sum leaves each of some small counts all values below the limit."""
        most = (self.suppress_below or 0) - 1
        return most <= hidden.sum() <= (len(hidden) - 1) * most

    def rounded(self, counts: pd.Series) -> pd.Series:
        """Return counts to the multiple asked for, each for itself, the total too."""
        if self.round_to is None:
            return counts
        base = self.round_to
        return counts.map(lambda count: to_multiple(count, base), na_action="ignore")

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader must know of it."""
        notes = []
        if self.suppress_below is not None:
            notes.append(
                f"{WITHHELD.shown}: withheld, because the count is below {self.suppress_below}, "
                "or because such a count could be worked out with it."
            )
        if self.round_to is not None:
            notes.append(
                f"Counts are rounded to the nearest {self.round_to}, each for itself, so they "
                "may not add up; what is derived from them is derived from the rounded counts."
            )
        return tuple(notes)


def whole(name: str, value: float | None, least: int, most: float) -> int | None:
    """
    Return an option that is a whole number between limits, or None where none is given.

    Raises
    ------
    InvalidInputError
        Anything else.
    """
    if value is None:
        return None
    words = f"a whole number from {least} {'up' if most == inf else f'to {most}'}"

    def holds(number: float) -> bool:
        return least <= number <= most and number.is_integer()

    return int(require_number(name, value, words, holds))


def to_multiple(value: float, base: int) -> float:
    """
    Round to a multiple, half away from zero.

    Examples
    --------
    >>> to_multiple(12.5, 5), to_multiple(12.4, 5), to_multiple(2, 5)
    (15.0, 10.0, 0.0)
    """
    return float(rounded(value / base, 0) * base)


def digits_for(widths: Iterable[float]) -> int:
    """
    Return the decimals that show two significant digits of the usual interval's width.

    More would be noise, fewer would hide what is known. One number for a whole column,
    for its decimals should line up: that of the median width.

    Examples
    --------
    >>> digits_for([3.5]), digits_for([25.8]), digits_for([0.4, 0.04, 30.0]), digits_for([])
    (1, 0, 2, 0)
    """
    known = [width for width in widths if isfinite(width) and width > 0]
    if not known:
        return 0
    return min(_MOST_RATE_DIGITS, max(0, _OF_WIDTH - 1 - floor(log10(median(known)))))
