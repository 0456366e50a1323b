"""Local authorities of England and Wales and the police force area each lies in."""

from __future__ import annotations

from pandera.typing import DataFrame

from ukcso.datasets._kinds import Text
from ukcso.datasets._read import read
from ukcso.datasets._schema import Table, column


class LocalAuthorities(Table, key="lad_code"):
    """One local authority and the police force area it lies in."""

    lad_code: Text = column("ONS code of the local authority", has_form=r"^(E0[6-9]|W06)\d{6}$")
    lad_name: Text = column("name of the local authority", unique=True)
    pfa_code: Text = column(
        "ONS code of the police force area; a `gss_code` of `areas`",
        references="areas.gss_code",
        has_form=r"^(E23|W15)\d{6}$",
    )
    pfa_name: Text = column("name of the police force area, as ONS writes it")


def load_local_authorities(version: int | None = None) -> DataFrame[LocalAuthorities]:
    """
    Local authorities of England and Wales and the police force area each lies in.

    One row per local authority, 4 columns; columns and allowed values are those of
    `LocalAuthorities`, see also the codebook in docs/datasets.md.

    **Use:** sum a table by local authority to police force areas: each authority
    lies in exactly one.
    **Periods:** the authorities of April 2023, as in the lookup of December 2023;
    older tables have other codes.
    **Known oddities:** two areas are named as ONS writes them ("Devon & Cornwall",
    "London, City of"); both are aliases in `load_areas`.
    **Missing:** nothing; Scotland and Northern Ireland are one force each.
    **Source, licence, retrieval date:** ``metadata("local_authorities")``.

    Parameters
    ----------
    version
        As in `load`.

    Returns
    -------
    DataFrame of shape (local authorities, 4)

    Raises
    ------
    UnknownDatasetError, DatasetIntegrityError
        As in `load`.

    Examples
    --------
    >>> councils = load_local_authorities(version=1)
    >>> len(councils), councils.pfa_code.nunique()
    (318, 43)
    """
    return read(LocalAuthorities, version)
