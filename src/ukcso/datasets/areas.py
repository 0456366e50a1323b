"""Police force areas, regions, nations and the groups of areas that sources name together."""

from __future__ import annotations

from typing import cast

import pandas as pd
import pandera.pandas as pa
from pandera.typing import DataFrame, Series

from ukcso.datasets._read import read
from ukcso.datasets._schema import IDENTIFIER, Table, Text, WholeOrEmpty, column

KINDS = (
    "police_force_area",
    "non_territorial_force",
    "region",
    "nation",
    "country_group",
    "crown_dependency",
    "group",
)
NATIONS = ("england", "northern-ireland", "scotland", "wales")
GSS_CODE = r"^[EKNSW]\d{8}$"

_IDENTIFIERS = r"^{0}(;{0})*$".format(IDENTIFIER.strip("^$"))
_ALIASES = r"^[^;\s][^;]*(;[^;\s][^;]*)*$"


class Areas(Table):
    """One area, or one group of areas that a source named together."""

    area_id: Series[Text] = column(
        "identifier, for ever; the data.police.uk id for forces", has_form=IDENTIFIER
    )
    name: Series[Text] = column("name in full", unique=True)
    kind: Series[Text] = column("what sort of area it is", isin=KINDS)
    gss_code: Series[Text] = column(
        "ONS code; empty where none is used here", has_form=GSS_CODE, nullable=True
    )
    nation: Series[Text] = column(
        "nation it lies in; a row of `areas`; empty where it is not inside one",
        references="areas.area_id",
        isin=NATIONS,
        nullable=True,
    )
    region: Series[Text] = column(
        "English region it lies in; a row of `areas`",
        references="areas.area_id",
        has_form=IDENTIFIER,
        nullable=True,
    )
    force_name: Series[Text] = column(
        "name of the police force; empty where there is no one force", nullable=True
    )
    police_uk_id: Series[Text] = column(
        "id on data.police.uk; empty where it has none", has_form=IDENTIFIER, nullable=True
    )
    members: Series[Text] = column(
        "areas it is made of; rows of `areas`, `;` between", has_form=_IDENTIFIERS, nullable=True
    )
    aliases: Series[Text] = column(
        "other names in use, `;` between", has_form=_ALIASES, nullable=True
    )
    longitude: Series[float] = column(
        "of the centroid", unit="degrees east", ge=-9, le=2, nullable=True
    )
    latitude: Series[float] = column(
        "of the centroid", unit="degrees north", ge=49, le=61, nullable=True
    )
    tile_column: Series[WholeOrEmpty] = column(
        "place in the tile map from the west, 0 first", unit="tiles", ge=0, le=6, nullable=True
    )
    tile_row: Series[WholeOrEmpty] = column(
        "place in the tile map from the north, 0 first", unit="tiles", ge=0, le=8, nullable=True
    )

    class Config(Table.Config):
        """Primary key and order of rows."""

        unique = ["area_id"]
        metadata = {"sorted_by": ["area_id"]}

    @pa.dataframe_check(ignore_na=False)
    @classmethod
    def group_is_its_members(cls, frame: pd.DataFrame) -> pd.Series[bool]:
        """area_id must be the members joined with + for groups, and free of + for others."""
        joined = frame["members"].str.replace(";", "+").fillna("")
        group = frame["kind"] == "group"
        named = frame["area_id"] == joined
        return (group & named) | (~group & ~frame["area_id"].str.contains("+", regex=False))

    @pa.dataframe_check(ignore_na=False)
    @classmethod
    def wholes_have_members(cls, frame: pd.DataFrame) -> pd.Series[bool]:
        """members must be filled for groups, country groups and regions, empty for forces."""
        filled = frame["members"].notna()
        whole = frame["kind"].isin(["group", "country_group", "region"])
        return (filled | ~whole) & (~filled | whole | (frame["kind"] == "nation"))

    @pa.dataframe_check(ignore_na=False)
    @classmethod
    def places_have_codes(cls, frame: pd.DataFrame) -> pd.Series[bool]:
        """gss_code must be filled for police force areas, regions, nations; empty for groups."""
        filled = frame["gss_code"].notna()
        coded = frame["kind"].isin(["police_force_area", "region", "nation"])
        return (filled | ~coded) & (~filled | (frame["kind"] != "group"))

    @pa.dataframe_check(ignore_na=False)
    @classmethod
    def codes_are_unique(cls, frame: pd.DataFrame) -> pd.Series[bool]:
        """gss_code must be unique where it is filled."""
        return frame["gss_code"].isna() | ~frame["gss_code"].duplicated()

    @pa.dataframe_check(ignore_na=False)
    @classmethod
    def places_lie_in_a_nation(cls, frame: pd.DataFrame) -> pd.Series[bool]:
        """nation must be filled for police force areas, regions and nations only."""
        inside = frame["kind"].isin(["police_force_area", "region", "nation"])
        return frame["nation"].notna() == inside

    @pa.dataframe_check(ignore_na=False)
    @classmethod
    def english_forces_lie_in_a_region(cls, frame: pd.DataFrame) -> pd.Series[bool]:
        """region must be filled for English police force areas only."""
        english = (frame["nation"] == "england").fillna(value=False).astype(bool)
        return frame["region"].notna() == ((frame["kind"] == "police_force_area") & english)

    @pa.dataframe_check(ignore_na=False)
    @classmethod
    def forces_have_names(cls, frame: pd.DataFrame) -> pd.Series[bool]:
        """force_name must be filled for forces, and may be for nations that are one force."""
        filled = frame["force_name"].notna()
        force = frame["kind"].isin(["police_force_area", "non_territorial_force"])
        return (filled | ~force) & (~filled | force | (frame["kind"] == "nation"))

    @pa.dataframe_check(ignore_na=False)
    @classmethod
    def forces_have_a_longitude(cls, frame: pd.DataFrame) -> pd.Series[bool]:
        """longitude must be filled for police force areas only."""
        return frame["longitude"].notna() == (frame["kind"] == "police_force_area")

    @pa.dataframe_check(ignore_na=False)
    @classmethod
    def forces_have_a_latitude(cls, frame: pd.DataFrame) -> pd.Series[bool]:
        """latitude must be filled for police force areas only."""
        return frame["latitude"].notna() == (frame["kind"] == "police_force_area")

    @pa.dataframe_check(ignore_na=False)
    @classmethod
    def forces_have_a_tile_column(cls, frame: pd.DataFrame) -> pd.Series[bool]:
        """tile_column must be filled for police force areas only."""
        return frame["tile_column"].notna() == (frame["kind"] == "police_force_area")

    @pa.dataframe_check(ignore_na=False)
    @classmethod
    def forces_have_a_tile_row(cls, frame: pd.DataFrame) -> pd.Series[bool]:
        """tile_row must be filled for police force areas only."""
        return frame["tile_row"].notna() == (frame["kind"] == "police_force_area")

    @pa.dataframe_check(ignore_na=False)
    @classmethod
    def tiles_do_not_overlap(cls, frame: pd.DataFrame) -> pd.Series[bool]:
        """tile_column and tile_row must be unique together where they are filled."""
        return frame["tile_row"].isna() | ~frame.duplicated(["tile_column", "tile_row"])


def load_areas(version: int | None = None) -> DataFrame[Areas]:
    """
    Police force areas, regions, nations and the groups sources name together.

    One row per area or group, 14 columns; columns, units and allowed values are
    those of `Areas`, see also the codebook in docs/datasets.md.

    **Use:** every `area_id` of the other datasets is a row here. Ids are for ever.
    **Groups:** `members` are ids with `;` between; the id of a group joins them
    with `+`. Members may be groups themselves: the United Kingdom's are nations.
    **Known oddities:** Scotland and Northern Ireland stand for their one police
    force too. British Transport Police has no territory, so no code and no tile.
    The tile map is our own layout of the 43 areas of England and Wales.
    **Missing:** empty where the kind of area has no such thing.
    **Source, licence, retrieval date:** ``metadata("areas")``.

    Parameters
    ----------
    version
        Data version; None is the newest shipped. Pin it in anything you publish.

    Returns
    -------
    DataFrame of shape (areas, 14)
        ``attrs["ukcso"]`` holds dataset and version.

    Raises
    ------
    UnknownDatasetError
        The version is not shipped.
    DatasetIntegrityError
        The shipped file is damaged.

    Examples
    --------
    >>> areas = load_areas(version=1).set_index("area_id")
    >>> areas.loc["wales", "members"].split(";")
    ['dyfed-powys', 'gwent', 'north-wales', 'south-wales']
    >>> int((areas.kind == "police_force_area").sum())
    43
    """
    return cast("DataFrame[Areas]", read("areas", version, Areas))
