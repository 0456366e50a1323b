"""What an output is of, in words: measures and codes, people, levels, kinds of area."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ukcso import measures

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

_OFFENCES = "offences"


def unit_of(measure_or_code: str) -> str:
    """Return what one count is: offences, arrests, respondents."""
    return measures.unit_of(measure_or_code).replace("_", " ")


def counted(measure_or_code: str) -> str:
    """Return the heading of a count: offences are recorded, not committed."""
    unit = unit_of(measure_or_code)
    return f"{unit} recorded" if unit == _OFFENCES else unit


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
    told = frame.attrs["ukcso"]
    return told["of"], told["ages"], told["per"], told["level"]
