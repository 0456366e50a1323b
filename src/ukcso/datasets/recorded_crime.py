"""Offences recorded by the police forces of England and Wales, by quarter."""

from __future__ import annotations

from pandera.typing import DataFrame

from ukcso.datasets._kinds import Day, Text, Whole
from ukcso.datasets._read import read
from ukcso.datasets._schema import Quarters, column, row_of
from ukcso.datasets.offence_codes import OFFENCE_CODE


class RecordedCrime(Quarters, key="area_id period_start offence_code"):
    """Offences of one code that one force recorded in one quarter."""

    area_id: Text = row_of("areas.area_id", "the force")
    period_start: Day = column("first day of the quarter")
    period_end: Day = column("last day of the quarter, inclusive")
    offence_code: Text = row_of("offence_codes.offence_code", has_form=OFFENCE_CODE)
    offences: Whole = column(
        "offences recorded in the quarter; below zero where corrections outweigh them",
        unit="offences",
    )


def load_recorded_crime(version: int | None = None) -> DataFrame[RecordedCrime]:
    """
    Offences recorded by the police forces of England and Wales, by quarter.

    One row per force, quarter and offence code, 5 columns; columns, units and
    allowed values are those of `RecordedCrime`, see also the codebook in
    docs/datasets.md.

    **Counts:** offences recorded in the quarter, whenever they happened. 15
    child-related classes, and `all`, `sexual-offences` and `rape` for context: these
    overlap, never add them up. England and Wales are the 43 forces plus British
    Transport Police.
    **Periods:** quarters, April 2012 to June 2023; 2023/24 has its first only.
    **Breaks:** 88A jumps in 2017/18, when a new offence came in; see `load_breaks`.
    **Missing:** nothing: 44 forces x 45 quarters x 18 codes. `all` leaves out what
    Action Fraud and industry bodies record.
    **Known oddities:** 70 counts below zero are genuine corrections of earlier
    quarters. Class 86 includes material not of children.
    **Source, licence, retrieval date:** ``metadata("recorded_crime")``.

    Parameters
    ----------
    version
        As in `load`.

    Returns
    -------
    DataFrame of shape (forces * quarters * codes, 5)

    Raises
    ------
    UnknownDatasetError, DatasetIntegrityError
        As in `load`.

    Examples
    --------
    England and Wales, code 86, year ending September 2013, as published:

    >>> crime = load_recorded_crime(version=1)
    >>> year = crime.period_start.between("2012-10-01", "2013-07-01")
    >>> int(crime[(crime.offence_code == "86") & year].offences.sum())
    3972
    """
    return read(RecordedCrime, version)
