"""Derived statements printed by a source: growth, shares, so many a day."""

from __future__ import annotations

from typing import Any

import pandas as pd
from pandera.typing import DataFrame

from ukcso.datasets._kinds import Day, Text
from ukcso.datasets._read import read
from ukcso.datasets._schema import (
    BREAKDOWN,
    AnySpans,
    basis_of_period,
    column,
    completes_years,
    or_empty,
    row_of,
    rule,
    runs_forwards,
)
from ukcso.printed import HEDGES, RELATIONS

#: Every relation and the unit it is printed in.
UNIT_OF = {name: relation.unit for name, relation in RELATIONS.items()}
_CALENDAR = [name for name, relation in RELATIONS.items() if relation.against != "reference"]
_SIGNED = [name for name, relation in RELATIONS.items() if relation.is_signed]
_UNITS = tuple(dict.fromkeys(UNIT_OF.values()))
_REFERENCE = ["ref_measure", "ref_breakdown", "ref_area_id", "ref_period_start", "ref_period_end"]


def _operand(side: str) -> Any:
    words = f"the {side}'s number, where the same source prints it"
    return or_empty(words, unit=f"that of the {side}'s measure", ge=0)


class Claims(AnySpans, key="claim_id"):
    """One derived statement printed by one source."""

    claim_id: Text = column("identifier, for ever", has_form=r"^clm-\d{5}$")
    relation: Text = column("how subject and reference are related", isin=list(UNIT_OF))
    printed: Text = column(
        "the number as printed; its digits are its precision", has_form=r"^-?\d+(\.\d+)?$"
    )
    hedge: Text = column("the printed qualifier", isin=tuple(HEDGES))
    unit: Text = column("unit of the printed number", isin=_UNITS)
    measure: Text = row_of("measures.measure", "subject: what is counted")
    breakdown: Text = column("subject: `all`, or `dimension:value`", has_form=BREAKDOWN)
    area_id: Text = row_of("areas.area_id", "subject: where")
    period_start: Day = column("subject: first day")
    period_end: Day = column("subject: last day, inclusive")
    ref_measure: Text = row_of(
        "measures.measure",
        "reference: what is counted",
        "empty for relations to the calendar",
        nullable=True,
    )
    ref_breakdown: Text = or_empty("reference: `all`, or `dimension:value`", has_form=BREAKDOWN)
    ref_area_id: Text = row_of("areas.area_id", "reference: where", nullable=True)
    ref_period_start: Day = or_empty("reference: first day")
    ref_period_end: Day = or_empty("reference: last day, inclusive")
    subject_value: float = _operand("subject")
    ref_value: float = _operand("reference")
    release_id: Text = row_of("releases.release_id")
    source_id: Text = row_of("sources.source_id")
    period_basis: Text = basis_of_period()
    note: Text = or_empty("what a reader must know about this statement")

    @rule("unit", "must be that of the relation")
    @staticmethod
    def _unit_follows_relation(frame: pd.DataFrame) -> Any:
        wanted = frame["relation"].astype(object).map(UNIT_OF)
        return wanted.isna() | (frame["unit"].astype(object) == wanted)

    @rule("printed", "must not be negative unless the relation is growth or difference")
    @staticmethod
    def _only_falls_are_negative(frame: pd.DataFrame) -> Any:
        return ~frame["printed"].str.startswith("-") | frame["relation"].isin(_SIGNED)

    @rule("ref_measure", "must be empty for relations to the calendar and filled for all others")
    @staticmethod
    def _calendar_needs_no_reference(frame: pd.DataFrame) -> Any:
        return frame["ref_measure"].isna() == frame["relation"].isin(_CALENDAR)

    @rule("ref_measure", "must be filled or empty together with the rest of the reference cell")
    @staticmethod
    def _reference_is_whole(frame: pd.DataFrame) -> Any:
        filled = frame[_REFERENCE].notna()
        return filled.all(axis=1) | ~filled.any(axis=1)

    _reference_runs_forwards = runs_forwards("ref_")
    _reference_completes_years, _reference_begins_years = completes_years("ref_")

    @rule("ref_value", "must be empty where there is no reference cell")
    @staticmethod
    def _no_value_without_reference(frame: pd.DataFrame) -> Any:
        return frame["ref_value"].isna() | frame["ref_measure"].notna()


def load_claims(version: int | None = None) -> DataFrame[Claims]:
    """
    Derived statements that charities, newspapers and police forces printed.

    One row per printed statement, 21 columns; columns, units and allowed values are
    those of `Claims`, see also the codebook in docs/datasets.md.

    **Relations:** growth and share in percent, ratio in times, one_in as the number
    after "one in", difference in offences; so many an hour, day, week or month; so many
    minutes or hours between two. The subject is set against the reference.
    **Printed:** text, because its digits are its precision ("66" is 65.5 to 66.5).
    What was printed stays as printed, right or wrong; see `check_claims`.
    **Periods:** of the subject, and in `ref_period_*` of the reference.
    **Missing:** no reference for relations to the calendar; operands only where the
    same source prints them.
    **Known oddities:** some printed numbers do not follow from the printed operands
    (Bedfordshire 118 to 200 as 66 per cent); they are shipped as they are.
    **Source, licence, retrieval date:** ``metadata("claims")``.

    Parameters
    ----------
    version
        As in `load`.

    Returns
    -------
    DataFrame of shape (claims, 21)

    Raises
    ------
    UnknownDatasetError, DatasetIntegrityError
        As in `load`.

    Examples
    --------
    >>> claims = load_claims(version=1)
    >>> wrong = claims[(claims.area_id == "thames-valley") & (claims.printed == "322")].iloc[0]
    >>> wrong.relation, float(wrong.ref_value), float(wrong.subject_value)
    ('growth', 303.0, 369.0)
    """
    return read(Claims, version)
