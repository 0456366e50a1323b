"""Offences recorded in Northern Ireland, by financial year."""

from __future__ import annotations

from typing import Any

import pandas as pd
from pandera.typing import DataFrame

from ukcso.datasets._kinds import Day, Text, WholeOrEmpty
from ukcso.datasets._read import read
from ukcso.datasets._schema import FinancialYears, column, or_empty, row_of, rule

#: What is counted, and the collection of the data portal it is from.
COLLECTION_OF = {
    "online_crime_recorded": "PRCONL",
    "recorded_crime": "PRCPD",
    "sanction_outcomes": "PRCPD",
    "recorded_crimes_with_person_victim": "PRCVCTM",
}
OFFENCE_CODES = (
    "ni-all-other-sexual-offences",
    "ni-exposure-and-voyeurism",
    "ni-indecent-images-not-of-children",
    "ni-indecent-images-of-children",
    "ni-obscene-publications-total",
    "ni-sexual-activity",
    "ni-sexual-communication-with-a-child",
    "ni-sexual-grooming",
    "ni-sexual-offences",
    "ni-sexual-offences-total",
    "ni-sharing-an-intimate-image",
)
VICTIM_AGES = ("All ages", "Under 18 years", "all")
VICTIM_SEXES = ("All persons", "Female", "Male", "Unknown", "all")

_COLLECTIONS = tuple(dict.fromkeys(COLLECTION_OF.values()))


def _split_by_victims(name: str) -> Any:
    def holds(frame: pd.DataFrame) -> Any:
        return (frame[name] == "all") == (frame["collection"] != "PRCVCTM")

    return rule(name, "must be `all` in every collection but PRCVCTM")(holds)


class RecordedCrimeNorthernIreland(
    FinancialYears,
    key="area_id period_start collection counting offence_code victim_age victim_sex",
):
    """Offences of one code in one financial year, by one way of counting."""

    area_id: Text = row_of("areas.area_id", "where", isin=["northern-ireland"])
    period_start: Day = column("first day of the financial year")
    period_end: Day = column("last day of the financial year, inclusive")
    collection: Text = column("table of the NISRA data portal", isin=_COLLECTIONS)
    counting: Text = column("what is counted", isin=list(COLLECTION_OF))
    offence_code: Text = row_of("offence_codes.offence_code", isin=OFFENCE_CODES)
    victim_age: Text = column(
        "age of the victim as published; `all` where the table does not split it", isin=VICTIM_AGES
    )
    victim_sex: Text = column(
        "sex of the victim as published; `all` where the table does not split it", isin=VICTIM_SEXES
    )
    offences: WholeOrEmpty = or_empty(
        "number of them; empty = published as not available, never zero",
        unit="see the column counting",
        ge=0,
    )

    @rule("counting", "must be one of its collection")
    @staticmethod
    def _counting_belongs_to_collection(frame: pd.DataFrame) -> Any:
        wanted = frame["counting"].astype(object).map(COLLECTION_OF)
        return wanted.isna() | (frame["collection"].astype(object) == wanted)

    _age = _split_by_victims("victim_age")
    _sex = _split_by_victims("victim_sex")


def load_recorded_crime_northern_ireland(
    version: int | None = None,
) -> DataFrame[RecordedCrimeNorthernIreland]:
    """
    Offences recorded in Northern Ireland, by financial year.

    One row per year, way of counting, code and victim group, 9 columns; columns,
    units and allowed values are those of `RecordedCrimeNorthernIreland`, see also the
    codebook in docs/datasets.md.

    **Counts:** by `counting`: offences with an online motivation (PRCONL), crimes with
    a person as victim by age and sex (PRCVCTM), recorded crime and, where it says
    sanction_outcomes, outcomes (PRCPD). These overlap, never add them up.
    **Periods:** financial years, 2007/08 to 2024/25; PRCONL from 2014/15, PRCPD from
    2019/20.
    **Breaks:** two offences begin within the series; see **Missing**.
    **Missing:** empty `offences` is published as not available, never zero: sharing an
    intimate image before 2016/17, sexual communication with a child before 2015/16.
    **Known oddities:** rows whose code ends in `-total` contain the rows below them;
    "All ages" contains "Under 18 years", "All persons" both sexes and unknown.
    **Source, licence, retrieval date:** ``metadata("recorded_crime_northern_ireland")``.

    Parameters
    ----------
    version
        As in `load`.

    Returns
    -------
    DataFrame of shape (rows, 9)

    Raises
    ------
    UnknownDatasetError, DatasetIntegrityError
        As in `load`.

    Examples
    --------
    >>> crime = load_recorded_crime_northern_ireland(version=1)
    >>> images = crime[crime.offence_code == "ni-indecent-images-of-children"]
    >>> int(images[images.period_start == "2024-04-01"].offences.iloc[0])
    466
    """
    return read(RecordedCrimeNorthernIreland, version)
