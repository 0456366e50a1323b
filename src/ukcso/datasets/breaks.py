"""Changes after which a series is not comparable with itself."""

from __future__ import annotations

from pandera.typing import DataFrame

from ukcso.datasets._kinds import Day, Text
from ukcso.datasets._read import read
from ukcso.datasets._schema import IDENTIFIER, Table, column, or_empty

KINDS = (
    "definition",
    "different_collection",
    "new_law",
    "new_offence",
    "not_counted_before",
    "population_basis",
    "recording_practice",
)

_APPLIES_TO = r"^(all|population|code:[0-9A-Za-z/-]+|measure:[a-z0-9_]+|[a-z]+(-[a-z]+)*)$"


class Breaks(Table, key="break_id"):
    """One change after which a series is not comparable with itself."""

    break_id: Text = column("identifier, for ever", has_form=r"^brk-\d{3}$")
    area_id: Text = column(
        "`all`, or a row of `areas`",
        mentions={"": "areas.area_id", "all": None},
        has_form=IDENTIFIER,
    )
    applies_to: Text = column(
        "`all`, `population`, `code:` or `measure:` with one of them, or an offence code",
        mentions={
            "": "offence_codes.offence_code",
            "all": None,
            "population": None,
            "code:": "offence_codes.offence_code",
            "measure:": "measures.measure",
        },
        has_form=_APPLIES_TO,
    )
    date: Day = or_empty("first day of the new state; empty = throughout")
    kind: Text = column("what sort of change it is", isin=KINDS)
    description: Text = column("what changed, in words")


def load_breaks(version: int | None = None) -> DataFrame[Breaks]:
    """
    Changes after which a series is not comparable with itself.

    One row per change, 6 columns; columns and allowed values are those of `Breaks`,
    see also the codebook in docs/datasets.md.

    **Use:** compare a figure from before `date` with one from after it only with a
    word about the change. `applies_to` says which series, `area_id` where.
    **Known oddities:** the list is what is known, not all there is. One row names
    an offence code without the `code:` before it.
    **Missing:** empty `date` means throughout: the series never was what its name
    says.
    **Source, licence, retrieval date:** ``metadata("breaks")``.

    Parameters
    ----------
    version
        As in `load`.

    Returns
    -------
    DataFrame of shape (breaks, 6)

    Raises
    ------
    UnknownDatasetError, DatasetIntegrityError
        As in `load`.

    Examples
    --------
    >>> breaks = load_breaks(version=1).set_index("applies_to")
    >>> breaks.loc["code:88A", "kind"], str(breaks.loc["code:88A", "date"].date())
    ('new_offence', '2017-04-03')
    """
    return read(Breaks, version)
