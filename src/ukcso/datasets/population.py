"""Mid-year population estimates of areas, by age band and edition."""

from __future__ import annotations

from pandera.typing import DataFrame

from ukcso.datasets._kinds import Text, Whole
from ukcso.datasets._read import read
from ukcso.datasets._schema import Table, column, one_preferred, row_of

AGE_BANDS = ("0-15", "0-17", "all")
#: Best first: estimates that know the census of 2021, and those that do not.
BASES = ("ons_mye_2021census_rebased", "ons_mye_pre2021census")


class Population(Table, key="area_id mid_year age_band basis edition"):
    """Residents of one area in one age band on one 30 June, as one edition gives them."""

    area_id: Text = row_of("areas.area_id", "where")
    mid_year: Whole = column("year whose 30 June is meant", unit="calendar year", ge=1801, le=2100)
    age_band: Text = column("ages in whole years, inclusive", isin=AGE_BANDS)
    population: Whole = column("usual residents on 30 June", unit="people", ge=0)
    basis: Text = column("whether rebased on the census of 2021", isin=BASES)
    edition: Text = column("edition of the estimates the number is from")
    preferred: Whole = column(
        "1 = the one value of its area, year and band: rebased first, then newest edition",
        isin=[0, 1],
    )

    _one_is_preferred = one_preferred(
        "must be 1 in one row only of an area, year and age band", "area_id mid_year age_band"
    )


def load_population(version: int | None = None) -> DataFrame[Population]:
    """
    Mid-year population estimates of areas, by age band and edition.

    One row per area, year, age band and edition, 7 columns; columns, units and allowed
    values are those of `Population`, see also the codebook in docs/datasets.md.

    **Counts:** usual residents; local authorities summed to police force areas.
    **Periods:** 30 June of `mid_year`, mid-2012 to mid-2024.
    **Breaks:** `basis` says whether an estimate is rebased on the census of 2021. Never
    add areas of different basis or edition; see `load_breaks`.
    **Missing:** 0-15 for English police force areas before 2017. In version 1 also 0-17
    for Wales and its forces in 2012 to 2016 and 2018, 0-15 in 2018, and most of
    Scotland and Northern Ireland.
    **Known oddities:** keep ``preferred == 1`` for one value a cell. Preferred 0-17 and
    all ages are rebased throughout, but the United Kingdom and its nations are of two
    editions in 2022 and 2023, so 0-17 do not add up there; 0-15 mixes editions and
    bases. Version 1 mixes more: never add up its preferred values. Dorset 0-17 for
    2012 to 2018 is the regional total less the other areas. City of London has few
    residents: a rate says nothing.
    **Source, licence, retrieval date:** ``metadata("population")``.

    Parameters
    ----------
    version
        As in `load`.

    Returns
    -------
    DataFrame of shape (areas, years, bands and editions, 7)

    Raises
    ------
    UnknownDatasetError, DatasetIntegrityError
        As in `load`.

    Examples
    --------
    >>> people = load_population(version=1).query("preferred == 1").set_index("area_id")
    >>> year = people[(people.mid_year == 2023) & (people.age_band == "all")]
    >>> int(year.loc["england-and-wales", "population"])
    60854727
    """
    return read(Population, version)
