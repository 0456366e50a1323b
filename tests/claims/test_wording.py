"""Mirrors src/ukcso/claims/_wording.py: what a claim is about, from what, and why the verdict."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

import ukcso
from ukcso.claims import about, operands_phrase, remark, slip
from ukcso.claims._wording import cell_phrase
from ukcso.claims.system import cell_of, reference_of
from ukcso.printed import RELATIONS

CLAIMS = ukcso.load_claims(version=1).set_index("claim_id")
CHECKED = ukcso.check_claims(ukcso.load_claims(version=1), ukcso.load_figures(version=1)).set_index(
    "claim_id"
)
FACTS = CLAIMS.join(CHECKED[[name for name in CHECKED if name not in CLAIMS]])


def claim(claim_id: str, **others: Any) -> Any:
    """Return one claim with its verdict, with some of its cells as they are not."""
    row = FACTS.loc[claim_id].copy()
    for name, value in others.items():
        row[name] = value
    return row


@pytest.mark.parametrize(
    ("claim_id", "words"),
    [
        ("clm-00104", "image offences, Bedfordshire, 2017/18 on 2016/17"),
        ("clm-00153", "online child sexual offences, England, Wales and Northern Ireland, 2018/19"),
    ],
)
def test_about(claim_id: str, words: str) -> None:
    """Measure, area, period, and the period of the reference where it is another."""
    assert about(claim(claim_id)) == words


def test_a_cell_is_named_alike_on_both_sides() -> None:
    """Subject and reference of Bedfordshire's growth differ in the year only."""
    row = claim("clm-00104", ref_breakdown="victim_age:0-10")
    assert cell_phrase(cell_of(row)) == "image offences, Bedfordshire, 2017/18"
    reference = reference_of(row)
    assert reference is not None
    assert cell_phrase(reference) == "image offences, victim age 0-10, Bedfordshire, 2016/17"


@pytest.mark.parametrize(
    ("relation", "words"),
    [("growth", "118 to 200"), ("ratio", "118 to 200"), ("share", "200 of 118")],
)
def test_operands(relation: str, words: str) -> None:
    """A change goes from one count to the other, a share is one of the other."""
    assert operands_phrase(claim("clm-00104", relation=relation)) == words


def test_operands_that_are_hedged_or_missing() -> None:
    """The word stands before the number; a question mark where there is none."""
    row = claim("clm-00104", subject_hedge="at_least", reference=float("nan"))
    assert operands_phrase(row) == "? to at least 200"
    assert operands_phrase(claim("clm-00153")) == "8,224"


@pytest.mark.parametrize(
    ("others", "words"),
    [
        ({}, "one digit: 69 printed as 66"),
        ({"diagnosis": pd.NA}, "would read 69"),
        ({"diagnosis": pd.NA, "would_read": pd.NA, "basis": pd.NA}, ""),
        (
            {"diagnosis": pd.NA, "why_not": "forces_responding", "basis": "other_release"},
            "would read 69; forces responding; operand from another release",
        ),
    ],
)
def test_remark(others: dict[str, Any], words: str) -> None:
    """A diagnosis says more than what it would read; then what is missing, then where from."""
    assert remark(claim("clm-00104", **others)) == words


@pytest.mark.parametrize(
    ("claim_id", "kind"),
    [
        ("clm-00104", "one digit"),  # 69 printed as 66
        ("clm-00164", "a digit in front"),  # 22 printed as 322
        ("clm-00266", "another printed base"),  # 199, in the release of June 2019
        ("clm-00456", "a year taken as 52 weeks"),
        ("clm-00014", ""),  # reproduced
    ],
)
def test_kind_of_slip(claim_id: str, kind: str) -> None:
    """The words before the numbers, so that claims with the same slip make a group."""
    assert slip(claim(claim_id)) == kind


def test_no_slip_of_a_relation_has_the_colon_that_ends_a_kind() -> None:
    """What stands before the first colon of a diagnosis is its kind, whatever the relation."""
    assert not [name for rule in RELATIONS.values() for name, _ in rule.slips if ":" in name]
