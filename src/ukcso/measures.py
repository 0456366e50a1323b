"""Measures and offence codes: what there are, what they count, what they are called."""

from __future__ import annotations

from collections.abc import Mapping
from numbers import Integral
from typing import NamedTuple

from ukcso._rules import require_known
from ukcso.datasets import (
    cached_by_version,
    load_measures,
    load_offence_codes,
    load_recorded_crime,
    rows,
)
from ukcso.errors import InvalidInputError, quoted, refusal

#: Units of figures and measures that are no counts, so that no arithmetic joins them.
NO_COUNTS = ("percent", "years_of_age")


class Measure(NamedTuple):
    """What printed figures count."""

    title: str
    unit: str
    #: The official codes nearest to it.
    codes: tuple[str, ...]


class Code(NamedTuple):
    """What official tables count."""

    title: str
    #: The class that it is a part of.
    parent: str | None


@cached_by_version
def all_measures() -> Mapping[str, Measure]:
    """Return every measure by its name."""
    known = load_measures().fillna({"official_codes": ""})
    codes = (filter(None, text.split(";")) for text in known["official_codes"])
    return {
        row.measure: Measure(row.title, row.unit, tuple(nearest))
        for row, nearest in zip(rows(known), codes, strict=True)
    }


@cached_by_version
def all_codes() -> Mapping[str, Code]:
    """Return every offence code, with its title as a heading says it."""
    known = load_offence_codes().fillna({"parent_code": ""})
    return {
        row.offence_code: Code(
            row.title if row.level == "total" else f"{row.title} ({row.level} {row.offence_code})",
            row.parent_code or None,
        )
        for row in rows(known)
    }


def as_name(measure_or_code: str | int) -> str:
    """
    Return a measure or offence code as the datasets write it; a code may be a whole number.

    Raises
    ------
    InvalidInputError
        Neither text nor a whole number.

    Examples
    --------
    >>> as_name(86)
    '86'
    """
    if isinstance(measure_or_code, Integral) and not isinstance(measure_or_code, bool):
        return str(int(measure_or_code))
    if not isinstance(measure_or_code, str):
        raise refusal(measure_or_code, "measure_or_code", "text, or a whole number for a code")
    return measure_or_code


@cached_by_version
def official_codes() -> frozenset[str]:
    """Return the offence codes with official counts of police force areas."""
    return frozenset(load_recorded_crime()["offence_code"].unique())


def is_code(measure_or_code: str | int) -> bool:
    """Say whether official counts are shipped under this name."""
    return as_name(measure_or_code) in official_codes()


def is_official(measure_or_code: str | int, release: str | None) -> bool:
    """
    Say whether a table is of official counts; else it is of printed figures.

    Raises
    ------
    InvalidInputError
        Neither a code nor a measure, or a release asked for official counts.
    """
    name = as_name(measure_or_code)
    # Official tables are read only where they are meant, for outputs say what was read.
    if name in all_measures():
        return False
    names = all_measures().keys() | official_codes()
    require_known("measure or offence code", name, names, "load_measures()")
    if release is not None:
        msg = f"release must be left out for official counts; got {quoted(release)}"
        raise InvalidInputError(msg)
    return True


def title_of(measure_or_code: str) -> str:
    """
    Return what is counted, as a title says it.

    Examples
    --------
    >>> title_of("86")
    'Obscene publications etc (class 86)'
    >>> title_of("image_offences")
    'Child abuse image offences'
    """
    return (all_measures().get(measure_or_code) or all_codes()[measure_or_code]).title


def titles() -> Mapping[str, str]:
    """Return the title of every measure."""
    return {name: measure.title for name, measure in all_measures().items()}


def unit_of(measure: str) -> str:
    """Return what a measure counts; offences where it is a reader's own."""
    known = all_measures().get(measure)
    return known.unit if known else "offences"


def counts_something(measure: str) -> bool:
    """Say whether a measure's numbers can be added up."""
    return unit_of(measure) not in NO_COUNTS
