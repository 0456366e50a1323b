"""Offences recorded in England and Wales, by financial year and edition."""

from __future__ import annotations

from pandera.typing import DataFrame

from ukcso.datasets._kinds import Day, Text, Whole
from ukcso.datasets._read import read
from ukcso.datasets._schema import FinancialYears, column, one_preferred, row_of

OFFENCE_CODES = ("all-excluding-fraud", "sexual-offences")


class RecordedCrimeNational(FinancialYears, key="area_id period_start offence_code edition"):
    """Offences of one total in one financial year, as one edition gives them."""

    area_id: Text = row_of("areas.area_id", "where", isin=["england-and-wales"])
    period_start: Day = column("first day of the financial year")
    period_end: Day = column("last day of the financial year, inclusive")
    offence_code: Text = row_of("offence_codes.offence_code", isin=OFFENCE_CODES)
    offences: Whole = column("offences recorded in the year", unit="offences", ge=0)
    edition: Text = column("edition of the tables the number is from")
    preferred: Whole = column("1 = from the newest edition with the year", isin=[0, 1])

    _one_is_preferred = one_preferred(
        "must be 1 in one edition only of an area, year and offence code",
        "area_id period_start offence_code",
    )


def load_recorded_crime_national(version: int | None = None) -> DataFrame[RecordedCrimeNational]:
    """
    Offences recorded in England and Wales, by financial year and edition.

    One row per year, total and edition, 7 columns; columns, units and allowed values
    are those of `RecordedCrimeNational`, see also the codebook in docs/datasets.md.

    **Counts:** offences recorded by the 43 forces and British Transport Police: all
    sexual offences, and all offences but fraud and computer misuse.
    **Periods:** financial years, 2002/03 to 2025/26.
    **Breaks:** recording improved after November 2014; see `load_breaks`.
    **Missing:** the earlier edition ends with 2024/25.
    **Known oddities:** two editions of one table, so that revisions can be seen:
    keep ``preferred == 1`` for one value a year. Preferred values are within 0.22
    per cent of the sum of forces in `recorded_crime` for 2015/16 to 2022/23.
    **Source, licence, retrieval date:** ``metadata("recorded_crime_national")``.

    Parameters
    ----------
    version
        As in `load`.

    Returns
    -------
    DataFrame of shape (years * totals * editions, 7)

    Raises
    ------
    UnknownDatasetError, DatasetIntegrityError
        As in `load`.

    Examples
    --------
    >>> national = load_recorded_crime_national(version=1).query("preferred == 1")
    >>> sexual = national[national.offence_code == "sexual-offences"].set_index("period_start")
    >>> int(sexual.loc["2025-04-01", "offences"])
    217567
    """
    return read(RecordedCrimeNational, version)
