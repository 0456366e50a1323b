"""What a published figure counts."""

from __future__ import annotations

from pandera.typing import DataFrame

from ukcso.datasets._kinds import Text
from ukcso.datasets._read import read
from ukcso.datasets._schema import IDENTIFIER, Table, column, or_empty
from ukcso.datasets.offence_codes import OFFENCE_CODE

UNITS = ("offences", "arrests", "respondents", "percent")

_OFFENCE_CODES = r"^{0}(;{0})*$".format(OFFENCE_CODE.strip("^$"))


class Measures(Table, key="measure"):
    """One thing that published figures count."""

    measure: Text = column("identifier, for ever", has_form=IDENTIFIER)
    title: Text = column("short title, ours", unique=True)
    definition: Text = column("what is counted, in one sentence")
    unit: Text = column("usual unit of its figures", isin=UNITS)
    official_codes: Text = or_empty(
        "nearest official classes; rows of `offence_codes`, `;` between; empty where there is none",
        mentions={"": "offence_codes.offence_code"},
        has_form=_OFFENCE_CODES,
    )
    note: Text = or_empty("what a reader must know")


def load_measures(version: int | None = None) -> DataFrame[Measures]:
    """
    What a published figure counts.

    One row per measure, 6 columns; columns and allowed values are those of
    `Measures`, see also the codebook in docs/datasets.md.

    **Use:** every `measure` of figures, claims and releases is a row here.
    **Known oddities:** age limits and offence lists differ between releases of one
    measure. An official class is the nearest one, not the same thing: class 86
    also holds material not of children.
    **Missing:** empty `official_codes` where no official class comes near.
    **Source, licence, retrieval date:** ``metadata("measures")``.

    Parameters
    ----------
    version
        As in `load`.

    Returns
    -------
    DataFrame of shape (measures, 6)

    Raises
    ------
    UnknownDatasetError, DatasetIntegrityError
        As in `load`.

    Examples
    --------
    >>> measures = load_measures(version=1).set_index("measure")
    >>> measures.loc["image_and_grooming_offences", "official_codes"]
    '86;88A'
    """
    return read(Measures, version)
