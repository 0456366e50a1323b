"""What an output is of, in words: measures and codes, people, levels, kinds of area."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import pandas as pd

from ukcso import measures
from ukcso.datasets import pinned

RECORDED = "Offences recorded, not committed; a rise in recording is not a rise in abuse."
#: The same where it stands among other notes, in a table or on a page.
RECORDED_NOTE = (
    "Offences recorded, not offences committed; a rise in recording is not a rise in abuse."
)

#: Where changes on the year before stand without a judgement.
MAY_BE_USUAL = (
    "A change may be a usual one: counts vary from year to year by more than chance alone, and the "
    "rest of the country changes too."
)


def unit_of(measure_or_code: str) -> str:
    """Return what one count is: offences, arrests, respondents."""
    return measures.unit_of(measure_or_code).replace("_", " ")


def counted(measure_or_code: str) -> str:
    """Return the heading of a count: offences are recorded, not committed."""
    unit = unit_of(measure_or_code)
    return f"{unit} recorded" if unit == "offences" else unit


def residents(ages: str) -> str:
    """
    Return whom a rate is per.

    Examples
    --------
    >>> residents("0-17"), residents("all")
    ('residents aged 0 to 17', 'residents')
    """
    first, _, last = ages.partition("-")
    return f"residents aged {first} to {last}" if last else "residents"


def percent(level: float) -> str:
    """
    Return a confidence level as people write it.

    Examples
    --------
    >>> percent(0.95), percent(0.998)
    ('95%', '99.8%')
    """
    return f"{100 * level:g}%"


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


def capital(text: str) -> str:
    """Return a text with a capital first letter."""
    return text[:1].upper() + text[1:]


def settings(frame: pd.DataFrame) -> tuple[str, str, float, float]:
    """Return of what a made table is, of which ages, per how many people, at which level."""
    origin = frame.attrs["ukcso"]
    return origin["of"], origin["ages"], origin["per"], origin["level"]


def counted_in(frame: pd.DataFrame) -> tuple[str, str | None]:
    """Return the title of what a made table is of, and what it counts; None for a percentage."""
    origin = frame.attrs["ukcso"]
    with pinned(**origin["datasets"]):
        is_count = unit_of(origin["of"]) != "percent"
        return measures.title_of(origin["of"]), counted(origin["of"]) if is_count else None


def per_residents(frame: pd.DataFrame) -> str:
    """Word the denominator of a made table: per 100,000 residents aged 0 to 17."""
    _, ages, per, _ = settings(frame)
    return f"per {per:,.15g} {residents(ages)}"


def intervals(frame: pd.DataFrame) -> str:
    """Word the level of a made table's intervals: 95% intervals."""
    return f"{percent(settings(frame)[3])} intervals"


def span(names: Sequence[str]) -> str:
    """
    Word the first and the last of some periods.

    Examples
    --------
    >>> span(["2016/17"]), span(["2016/17", "2017/18", "2018/19"])
    ('2016/17', '2016/17 to 2018/19')
    """
    return names[0] if names[0] == names[-1] else f"{names[0]} to {names[-1]}"


def digits(numbers: Iterable[float]) -> int:
    """Return how many decimals numbers of this size are written with."""
    largest = max(numbers, default=0.0)
    return 0 if largest >= 1_000 else 1 if largest >= 10 else 2  # noqa: PLR2004 - three figures


def number_of(count: int, one: str) -> str:
    """
    Write how many there are.

    Examples
    --------
    >>> number_of(1, "area"), number_of(3, "area")
    ('1 area', '3 areas')
    """
    return f"{count:,} {one}{'' if count == 1 else 's'}"


def joined(names: Sequence[str]) -> str:
    """
    Join names as in a text.

    Examples
    --------
    >>> joined(["Kent"]), joined(["Essex", "Kent", "Surrey"])
    ('Kent', 'Essex, Kent and Surrey')
    """
    if len(names) < 2:  # noqa: PLR2004 - one name needs no "and"
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
