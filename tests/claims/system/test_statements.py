"""Mirrors src/ukcso/claims/system/_statements.py: what one row says."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from ukcso.claims.system._statements import (
    cell_of,
    claim_statements,
    figure_statement,
    merged,
    reference_of,
)
from ukcso.printed import RELATIONS

DAYS = {"period_start": pd.Timestamp("2017-04-01"), "period_end": pd.Timestamp("2018-03-31")}
CELL: dict[str, Any] = {"measure": "image_offences", "breakdown": "all", "area_id": "kent", **DAYS}


def figure(value: float, hedge: str = "exact", **more: Any) -> Any:
    """Return a row of figures."""
    row = {"figure_id": "fig-00001", "value": value, "hedge": hedge, "unit": "offences"}
    return SimpleNamespace(**CELL, **(row | more))


def claim(relation: str, printed: str, hedge: str = "exact", **more: Any) -> Any:
    """Return a row of claims, against Surrey."""
    reference = {f"ref_{name}": value for name, value in (CELL | {"area_id": "surrey"}).items()}
    row = {"claim_id": "clm-00001", "relation": relation, "printed": printed, "hedge": hedge}
    row |= {"subject_value": np.nan, "ref_value": np.nan}
    return SimpleNamespace(**CELL, **reference, **(row | more))


@pytest.mark.parametrize(
    ("row", "kind", "limits"),
    [
        (figure(100.0), "exact", [-100, 100]),
        (figure(100.0, "over"), "hedged", [-101]),
        (figure(100.0, "under"), "hedged", [99]),
        (figure(100.0, "up_to"), "hedged", [100]),
        (figure(23_000.0, "nearly"), "hedged", [-20_700, 22_999]),
        # 650 to 750 a month, for twelve months
        (figure(700.0, "about", unit="arrests_per_month"), "hedged", [-7_800, 8_999]),
    ],
)
def test_figures(row: Any, kind: str, limits: list[int]) -> None:
    """A count, or what its hedge allows."""
    statement = figure_statement(row)
    assert statement is not None
    assert statement.kind == kind
    assert [one.limit for one in statement.inequalities] == limits
    assert statement.count == cell_of(row)


def test_what_is_no_count_says_nothing() -> None:
    """A percentage bounds no number of offences."""
    assert figure_statement(figure(7.5, unit="percent")) is None


def test_a_claim_and_the_counts_beside_it() -> None:
    """Two counts printed beside a growth are two statements more."""
    statements = list(claim_statements(claim("growth", "50", subject_value=150.0, ref_value=100.0)))
    assert [one.kind for one in statements] == ["exact", "exact", "claim"]
    assert [one.words() for one in statements] == [
        "Child abuse image offences, Kent, 2017/18: 150, printed beside the claim",
        "Child abuse image offences, Surrey, 2017/18: 100, printed beside the claim",
        (
            "Child abuse image offences, Kent, 2017/18: growth 50 %, "
            "against Child abuse image offences, Surrey, 2017/18"
        ),
    ]


def test_a_share_above_the_whole_is_impossible() -> None:
    """A part of 120 per cent says what no counts satisfy."""
    (statement,) = claim_statements(claim("share", "120"))
    assert [(one.terms, one.limit) for one in statement.inequalities] == [((), -1)]


def test_only_digits_are_read_loosely() -> None:
    """A hedged number has no other reading."""
    (plain,), (hedged,) = (
        list(claim_statements(claim("per_day", "22", hedge))) for hedge in ("exact", "over")
    )
    # above 21 and below 23 in 365 days: 7,666 to 8,394
    assert [one.limit for one in plain.loosely()] == [-7_666, 8_394]
    assert hedged.loosely() == ()


def test_what_is_said_twice() -> None:
    """One statement, with the ids of all who made it."""
    both = merged(
        [
            *claim_statements(claim("ratio", "2")),
            *claim_statements(claim("ratio", "2", claim_id="z")),
        ]
    )
    assert [(one.statement_id, one.also) for one in both] == [("clm-00001", ("z",))]


@pytest.mark.parametrize("relation", RELATIONS)
def test_every_relation_has_its_inequalities(relation: str) -> None:
    """Nothing else than its record is needed: a relation that is new there works here."""
    row = claim(relation, "2")
    (statement,) = claim_statements(row)
    assert statement.inequalities
    assert statement.counts <= {cell_of(row), reference_of(row)}


def test_a_new_relation_is_one_record(monkeypatch: pytest.MonkeyPatch) -> None:
    """So many in a thousand of the reference: 2 is 1.5 to 2.5, so 2,000 r or so to 1,000 s."""
    record = RELATIONS["ratio"]._replace(weights=(1_000, 0), meaning="in a thousand")
    monkeypatch.setitem(RELATIONS, "per_thousand", record)
    (statement,) = claim_statements(claim("per_thousand", "2"))
    above, below, _ = statement.inequalities
    # 1,000 s >= 1.5 r and 1,000 s < 2.5 r
    assert [weight for _, weight in above.terms] == [-2_000, 3]
    assert [weight for _, weight in below.terms] == [400, -1]
