"""The words of titles, axes and alt texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ukcso._rounding import rounded
from ukcso.datasets import load_measures, load_offence_codes, pinned

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    import pandas as pd

_COUNTED = {"offences": "offences recorded", "arrests": "arrests", "respondents": "respondents"}


class Measured(NamedTuple):
    """What a frame counts, in words."""

    title: str
    #: "offences recorded"; None for what is no count.
    counted: str | None

    @property
    def unit(self) -> str:
        """The unit as a word that begins a line."""
        return (self.counted or "per cent").capitalize()


def told(frame: pd.DataFrame) -> Mapping[str, Any]:
    """Return what a frame says of itself."""
    found: Mapping[str, Any] = frame.attrs["ukcso"]
    return found


def measured(frame: pd.DataFrame) -> Measured:
    """Return the title and unit of the measure or offence code that a frame is of."""
    of = told(frame)["of"]
    with pinned(**told(frame)["datasets"]):
        measures = load_measures().set_index("measure")
        codes = load_offence_codes().drop_duplicates("offence_code").set_index("offence_code")
    if of in measures.index:
        title, unit = measures.loc[of, ["title", "unit"]]
        return Measured(str(title), _COUNTED.get(str(unit)))
    return Measured(f"{codes.loc[of, 'title']} (code {of})", _COUNTED["offences"])


def per_residents(frame: pd.DataFrame) -> str:
    """Word the denominator: per 100,000 residents aged 0 to 17."""
    ages, per = told(frame)["ages"], told(frame)["per"]
    aged = "" if ages == "all" else f" aged {ages.replace('-', ' to ')}"
    return f"per {per:,.15g} residents{aged}"


def intervals(frame: pd.DataFrame) -> str:
    """Word the level of the intervals: 95% intervals."""
    return f"{100 * told(frame)['level']:.10g}% intervals"


def span(periods: Iterable[str]) -> str:
    """Word the first and the last of some periods."""
    names = list(periods)
    return names[0] if len(names) == 1 else f"{names[0]} to {names[-1]}"


def digits(numbers: Iterable[float]) -> int:
    """Return how many decimals numbers of this size are told with."""
    largest = max(numbers, default=0.0)
    return 0 if largest >= 1_000 else 1 if largest >= 10 else 2  # noqa: PLR2004 - three figures


def number(value: float, places: int) -> str:
    """
    Write a number with thousands apart.

    Examples
    --------
    >>> number(40472.0, 0), number(0.25, 1)
    ('40,472', '0.3')
    """
    return f"{rounded(value, places):,f}"


def day(date: date) -> str:
    """
    Write a day as in a text.

    Examples
    --------
    >>> from datetime import date
    >>> day(date(2014, 11, 18))
    '18 November 2014'
    """
    return f"{date.day} {date:%B %Y}"


def counted(count: int, one: str, many: str | None = None) -> str:
    """
    Write how many there are.

    Examples
    --------
    >>> counted(1, "area"), counted(3, "area")
    ('1 area', '3 areas')
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def joined(names: Sequence[str]) -> str:
    """
    Join names as in a text.

    Examples
    --------
    >>> joined(["Kent"]), joined(["Essex", "Kent", "Surrey"])
    ('Kent', 'Essex, Kent and Surrey')
    """
    return " and ".join([*([", ".join(names[:-1])] if names[1:] else []), *names[-1:]])
