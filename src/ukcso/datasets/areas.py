"""Police force areas, regions, nations and the groups of areas that sources name together."""

from __future__ import annotations

from typing import Any

import pandas as pd
from pandera.typing import DataFrame

from ukcso.datasets._kinds import Text, WholeOrEmpty
from ukcso.datasets._read import read, read_newest
from ukcso.datasets._schema import IDENTIFIER, Table, column, or_empty, row_of, rule

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


_PLACES = ("police_force_area", "region", "nation")
_FORCES_ONLY = "must be filled for police force areas only"


def _filled(
    name: str,
    words: str,
    must: tuple[str, ...] = ("police_force_area",),
    may: tuple[str, ...] = (),
    never: tuple[str, ...] = (),
) -> Any:
    """Declare the kinds of area that must have a cell filled, and those that may, or never."""

    def holds(frame: pd.DataFrame) -> Any:
        filled, kind = frame[name].notna(), frame["kind"]
        allowed = ~kind.isin(never) if never else kind.isin(must + may)
        return (filled & allowed) | (~filled & ~kind.isin(must))

    return rule(name, words)(holds)


class Areas(Table, key="area_id"):
    """One area, or one group of areas that a source named together."""

    area_id: Text = column(
        "identifier, for ever; the data.police.uk id for forces", has_form=IDENTIFIER
    )
    name: Text = column("name in full", unique=True)
    kind: Text = column("what sort of area it is", isin=KINDS)
    gss_code: Text = or_empty("ONS code; empty where none is used here", has_form=GSS_CODE)
    nation: Text = row_of(
        "areas.area_id",
        "nation it lies in",
        "empty where it is not inside one",
        isin=NATIONS,
        nullable=True,
    )
    region: Text = row_of("areas.area_id", "English region it lies in", nullable=True)
    force_name: Text = or_empty("name of the police force; empty where there is no one force")
    police_uk_id: Text = or_empty(
        "id on data.police.uk; empty where it has none", has_form=IDENTIFIER
    )
    members: Text = or_empty(
        "areas it is made of; rows of `areas`, `;` between",
        mentions={"": "areas.area_id"},
        has_form=_IDENTIFIERS,
    )
    aliases: Text = or_empty("other names in use, `;` between", has_form=_ALIASES)
    longitude: float = or_empty("of the centroid", unit="degrees east", ge=-9, le=2)
    latitude: float = or_empty("of the centroid", unit="degrees north", ge=49, le=61)
    tile_column: WholeOrEmpty = or_empty(
        "place in the tile map from the west, 0 first", unit="tiles", ge=0, le=6
    )
    tile_row: WholeOrEmpty = or_empty(
        "place in the tile map from the north, 0 first", unit="tiles", ge=0, le=8
    )

    tile_name: Text = or_empty("name on the tile map, short; `|` for a line end", since=2)

    @rule("area_id", "must be the members joined with + for groups, and free of + for others")
    @staticmethod
    def _group_is_its_members(frame: pd.DataFrame) -> Any:
        group = frame["kind"] == "group"
        named = frame["area_id"] == frame["members"].str.replace(";", "+").fillna("")
        return (group & named) | (~group & ~frame["area_id"].str.contains("+", regex=False))

    _members = _filled(
        "members",
        "must be filled for groups, country groups and regions, empty for forces",
        must=("group", "country_group", "region"),
        may=("nation",),
    )
    _gss_code = _filled(
        "gss_code",
        "must be filled for police force areas, regions, nations; empty for groups",
        must=_PLACES,
        never=("group",),
    )
    _nation = _filled(
        "nation", "must be filled for police force areas, regions and nations only", must=_PLACES
    )
    _force_name = _filled(
        "force_name",
        "must be filled for forces, and may be for nations that are one force",
        must=("police_force_area", "non_territorial_force"),
        may=("nation",),
    )
    _longitude = _filled("longitude", _FORCES_ONLY)
    _latitude = _filled("latitude", _FORCES_ONLY)
    _tile_column = _filled("tile_column", _FORCES_ONLY)
    _tile_row = _filled("tile_row", _FORCES_ONLY)
    _tile_name = _filled("tile_name", _FORCES_ONLY)

    @rule("region", "must be filled for English police force areas only")
    @staticmethod
    def _english_forces_lie_in_a_region(frame: pd.DataFrame) -> Any:
        english = (frame["kind"] == "police_force_area") & frame["nation"].isin(["england"])
        return frame["region"].notna() == english

    @rule("gss_code", "must be unique where it is filled")
    @staticmethod
    def _codes_are_unique(frame: pd.DataFrame) -> Any:
        return frame["gss_code"].isna() | ~frame["gss_code"].duplicated()

    @rule("tile_column", "and tile_row must be unique together where they are filled")
    @staticmethod
    def _tiles_do_not_overlap(frame: pd.DataFrame) -> Any:
        return frame["tile_row"].isna() | ~frame.duplicated(["tile_column", "tile_row"])


def load_areas(version: int | None = None) -> DataFrame[Areas]:
    """
    Police force areas, regions, nations and the groups sources name together.

    One row per area or group, 15 columns; columns, units and allowed values are
    those of `Areas`, see also the codebook in docs/datasets.md.

    **Use:** every `area_id` of the other datasets is a row here. Ids are for ever.
    **Version 1:** without `tile_name`, and with fewer aliases.
    **Groups:** `members` are ids with `;` between; the id of a group joins them
    with `+`. Members may be groups themselves: the United Kingdom's are nations.
    **Names:** `aliases` has every name in use; no two areas of a kind share one.
    **Known oddities:** Scotland and Northern Ireland stand for their one police
    force too. British Transport Police has no territory, so no code and no tile.
    The tile map is our own layout of the 43 areas of England and Wales.
    **Missing:** empty where the kind of area has no such thing.
    **Source, licence, retrieval date:** ``metadata("areas")``.

    Parameters
    ----------
    version
        As in `load`.

    Returns
    -------
    DataFrame of shape (areas, 15)

    Raises
    ------
    UnknownDatasetError, DatasetIntegrityError
        As in `load`.

    Examples
    --------
    >>> areas = load_areas(version=1).set_index("area_id")
    >>> areas.loc["wales", "members"].split(";")
    ['dyfed-powys', 'gwent', 'north-wales', 'south-wales']
    >>> int((areas.kind == "police_force_area").sum())
    43
    """
    return read(Areas, version)


def area_names() -> pd.DataFrame:
    """
    Return the names of areas that are in use, which hold under every pin.

    Returns
    -------
    DataFrame, one row per area, index area_id
        aliases (`;` between) and tile_name (`|` for a line end), as the newest version has
        them; missing where there is none.

    Examples
    --------
    >>> area_names().loc["avon-and-somerset", "tile_name"]
    'Avon &|Somerset'
    """
    return read_newest(Areas).set_index("area_id")[["aliases", "tile_name"]]
