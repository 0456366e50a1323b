"""Crimes recorded in Scotland, by financial year."""

from __future__ import annotations

from pandera.typing import DataFrame

from ukcso.datasets._kinds import Day, Text, Whole
from ukcso.datasets._read import read
from ukcso.datasets._schema import FinancialYears, column, row_of

OFFENCE_CODES = (
    "all-crimes",
    "all-sexual-crimes",
    "causing-to-view-sexual-activity-or-images",
    "communicating-indecently",
    "indecent-photos-of-children",
)


class RecordedCrimeScotland(FinancialYears, key="area_id period_start offence_code edition"):
    """Crimes of one code recorded in Scotland in one financial year."""

    area_id: Text = row_of("areas.area_id", "where", isin=["scotland"])
    period_start: Day = column("first day of the financial year")
    period_end: Day = column("last day of the financial year, inclusive")
    offence_code: Text = row_of("offence_codes.offence_code", isin=OFFENCE_CODES)
    offences: Whole = column("crimes recorded in the year", unit="offences", ge=0)
    edition: Text = column("publication the number is from")


def load_recorded_crime_scotland(version: int | None = None) -> DataFrame[RecordedCrimeScotland]:
    """
    Crimes recorded in Scotland, by financial year.

    One row per year and code, 6 columns; columns, units and allowed values are those
    of `RecordedCrimeScotland`, see also the codebook in docs/datasets.md.

    **Counts:** crimes recorded by the police: all, all sexual crimes, and three kinds
    of them. Up to 2021/22 the sum of the 32 council areas, then totals as printed.
    **Periods:** financial years, 1996/97 to 2024/25.
    **Breaks:** new law in December 2010, a new offence in July 2017; see
    `load_breaks`.
    **Missing:** indecent photos of children before 2009/10 and in 2022/23;
    communicating indecently before 2010/11 and, like causing to view, after 2021/22.
    **Known oddities:** the classification of 2022 is applied throughout, so sexual
    crimes of 2016/17 are 11,092, against 10,822 as published at the time.
    Communicating and causing to view have child and adult victims.
    **Source, licence, retrieval date:** ``metadata("recorded_crime_scotland")``.

    Parameters
    ----------
    version
        As in `load`.

    Returns
    -------
    DataFrame of shape (years and codes, 6)

    Raises
    ------
    UnknownDatasetError, DatasetIntegrityError
        As in `load`.

    Examples
    --------
    >>> crime = load_recorded_crime_scotland(version=1)
    >>> year = crime[crime.period_start == "2021-04-01"].set_index("offence_code").offences
    >>> int(year["all-sexual-crimes"]), int(year["all-crimes"])
    (15049, 286464)
    """
    return read(RecordedCrimeScotland, version)
