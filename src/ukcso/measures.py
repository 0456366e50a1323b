"""Measures and offence codes: what there are, what they count, what they are called."""

from __future__ import annotations

from ukcso._rules import require_known
from ukcso.datasets import (
    cached_by_version,
    load_measures,
    load_offence_codes,
    load_recorded_crime,
    rows,
)
from ukcso.errors import InvalidInputError

#: Units of figures and measures that are no counts, so that no arithmetic joins them.
NO_COUNTS = ("percent", "years_of_age")


def is_code(measure_or_code: str) -> bool:
    """Say whether official counts are shipped under this name."""
    return measure_or_code in set(load_recorded_crime()["offence_code"].unique())


def is_official(measure_or_code: str, release: str | None) -> bool:
    """
    Say whether a table is of official counts; else it is of printed figures.

    Raises
    ------
    InvalidInputError
        Neither a code nor a measure, or a release asked for official counts.
    """
    measures = set(load_measures()["measure"])
    if measure_or_code not in measures and is_code(measure_or_code):
        if release is not None:
            msg = f"release must be left out for official counts; got {release!r}"
            raise InvalidInputError(msg)
        return True
    if measure_or_code not in measures:
        names = measures | set(load_recorded_crime()["offence_code"])
        require_known("measure or offence code", measure_or_code, names, "load_measures()")
    return False


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
    if measure_or_code in titles():
        return titles()[measure_or_code]
    codes = load_offence_codes().set_index("offence_code")
    code = codes.loc[measure_or_code]
    named = "" if code["level"] == "total" else f" ({code['level']} {measure_or_code})"
    return f"{code['title']}{named}"


@cached_by_version("measures")
def titles() -> dict[str, str]:
    """Return the title of every measure."""
    return {row.measure: row.title for row in rows(load_measures())}


def unit_of(measure: str) -> str:
    """Return what a measure counts; offences where it is a reader's own."""
    return _units().get(measure, "offences")


def counts_something(measure: str) -> bool:
    """Say whether a measure's numbers can be added up."""
    return unit_of(measure) not in NO_COUNTS


@cached_by_version("measures")
def _units() -> dict[str, str]:
    measures = load_measures()
    return dict(zip(measures["measure"], measures["unit"], strict=True))
