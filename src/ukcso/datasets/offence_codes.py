"""Offence classes, sub-codes and totals of the official tables."""

from __future__ import annotations

from typing import Any

import pandas as pd
from pandera.typing import DataFrame

from ukcso.datasets._kinds import Text
from ukcso.datasets._read import read
from ukcso.datasets._schema import Table, column, or_empty, row_of, rule

_NUMBER = r"[1-9]\d{0,2}(\.[1-9]\d?)?[A-Z]?"
#: A Home Office class ("88A", "37.2"), a sub-code of one ("86/2"), or a name ("all-crimes").
OFFENCE_CODE = rf"^({_NUMBER}(/{_NUMBER})*|[a-z]+(-[a-z]+)*)$"
CLASSIFICATIONS = ("home-office", "psni", "scottish-government")
LEVELS = ("class", "sub-code", "total")
CHILD_SCOPES = ("all", "part", "none")


def _grouped(name: str) -> Any:
    def holds(frame: pd.DataFrame) -> Any:
        home_office = (frame["classification"] == "home-office") & (frame["level"] != "total")
        return frame[name].notna() == home_office

    return rule(name, "must be filled for Home Office classes and sub-codes only")(holds)


class OffenceCodes(Table, key="offence_code"):
    """One offence class, sub-code or total."""

    offence_code: Text = column("identifier, for ever", has_form=OFFENCE_CODE)
    classification: Text = column("whose list it belongs to", isin=CLASSIFICATIONS)
    level: Text = column("where it stands in that list", isin=LEVELS)
    parent_code: Text = row_of(
        "offence_codes.offence_code",
        "class a sub-code is counted in",
        has_form=OFFENCE_CODE,
        nullable=True,
    )
    title: Text = column("title as published")
    offence_group: Text = or_empty("Home Office group; empty for totals and other classifications")
    offence_subgroup: Text = or_empty(
        "Home Office sub-group; empty for totals and other classifications"
    )
    child_scope: Text = column(
        "whether all, part or none of it is offences against children", isin=CHILD_SCOPES
    )
    legislation: Text = or_empty("Act and section; empty where not named")
    note: Text = or_empty("what a reader must know")

    @rule("parent_code", "must be filled for sub-codes only")
    @staticmethod
    def _sub_codes_have_a_parent(frame: pd.DataFrame) -> Any:
        return frame["parent_code"].notna() == (frame["level"] == "sub-code")

    _group = _grouped("offence_group")
    _subgroup = _grouped("offence_subgroup")


def load_offence_codes(version: int | None = None) -> DataFrame[OffenceCodes]:
    """
    Offence classes, sub-codes and totals of the official tables.

    One row per code, 10 columns; columns and allowed values are those of
    `OffenceCodes`, see also the codebook in docs/datasets.md.

    **Use:** every `offence_code` of the recorded crime datasets is a row here. The
    three classifications do not translate into each other.
    **Child scope:** all, part or none of the class is offences against children.
    Class 86 is "part": mostly, not only, indecent images of children.
    **Known oddities:** sub-codes have no counts of their own here. That 71/17 is
    counted in class 88A is an inference from the counts.
    **Missing:** empty `legislation` is not looked up, not "none".
    **Source, licence, retrieval date:** ``metadata("offence_codes")``.

    Parameters
    ----------
    version
        As in `load`.

    Returns
    -------
    DataFrame of shape (codes, 10)

    Raises
    ------
    UnknownDatasetError, DatasetIntegrityError
        As in `load`.

    Examples
    --------
    >>> codes = load_offence_codes(version=1).set_index("offence_code")
    >>> codes.loc["86", "title"], codes.loc["86", "child_scope"]
    ('Obscene publications etc', 'part')
    >>> codes.loc["71/17", "parent_code"]
    '88A'
    """
    return read(OffenceCodes, version)
