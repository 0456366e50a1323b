"""The words of titles, axes and alt texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ukcso.datasets import pinned
from ukcso.measures import title_of
from ukcso.outputs import _words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd


RECORDED = "Offences recorded, not committed; a rise in recording is not a rise in abuse."


class Measured(NamedTuple):
    """What a frame counts, in words."""

    title: str
    #: "offences recorded"; None for what is no count.
    counted: str | None

    @property
    def is_recorded(self) -> bool:
        """Whether it is of offences, which are recorded, not committed."""
        return self.counted is not None and self.counted.endswith("recorded")

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
        is_count = _words.unit_of(of) != "percent"
        return Measured(title_of(of), _words.counted(of) if is_count else None)


def per_residents(frame: pd.DataFrame) -> str:
    """Word the denominator: per 100,000 residents aged 0 to 17."""
    return f"per {told(frame)['per']:,.15g} {_words.residents(told(frame)['ages'])}"


def intervals(frame: pd.DataFrame) -> str:
    """Word the level of the intervals: 95% intervals."""
    return f"{_words.percent(told(frame)['level'])} intervals"


def span(periods: Iterable[str]) -> str:
    """Word the first and the last of some periods."""
    names = list(periods)
    return names[0] if len(names) == 1 else f"{names[0]} to {names[-1]}"


def digits(numbers: Iterable[float]) -> int:
    """Return how many decimals numbers of this size are told with."""
    largest = max(numbers, default=0.0)
    return 0 if largest >= 1_000 else 1 if largest >= 10 else 2  # noqa: PLR2004 - three figures


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
