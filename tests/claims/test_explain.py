"""Mirrors src/ukcso/claims/_explain.py: one claim in plain sentences."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

import ukcso
from ukcso.claims import explain
from ukcso.errors import InvalidInputError

CLAIMS = ukcso.load_claims(version=1)
FIGURES = ukcso.load_figures(version=1)


def own(claim_id: str, **others: Any) -> pd.DataFrame:
    """Return one shipped claim as a frame, with other cells."""
    return CLAIMS[CLAIMS["claim_id"] == claim_id].assign(**others)


def test_a_claim_that_differs() -> None:
    """As docs/claims.md shows it."""
    assert explain("clm-00104", CLAIMS, FIGURES)[5:9] == [
        "Arithmetic (change in percent): (200 - 118) / 118 x 100 = 69.5 %.",
        "The printed 66 % allows 65.5 to 66.5.",
        "Verdict: differs, for no rounding of the recomputed value gives the printed one.",
        "It would read 69. One slip explains it: one digit: 69 printed as 66.",
    ]


@pytest.mark.parametrize(
    ("relation", "unit", "printed", "hedge", "arithmetic", "allows"),
    [
        # 8,224 in the 365 days of 2018/19; the schema takes the relation and the hedge.
        (
            "per_hour",
            "offences_per_hour",
            "1",
            "under",
            "Arithmetic (an hour): 8,224 / (365 days x 24 hours) = 0.9 an hour.",
            "The printed under 1 an hour allows 1 or less.",
        ),
        (
            "per_month",
            "offences_per_month",
            "685",
            "exact",
            "Arithmetic (a month): 8,224 / 12 months = 685.3 a month.",
            "The printed 685 a month allows 684.5 to 685.5.",
        ),
    ],
)
def test_relations_to_the_calendar(
    relation: str, unit: str, printed: str, hedge: str, arithmetic: str, allows: str
) -> None:
    """Days, hours and months stand in the arithmetic."""
    claims = own("clm-00153", relation=relation, unit=unit, printed=printed, hedge=hedge)
    lines = explain("clm-00153", claims, FIGURES)
    assert arithmetic in lines
    assert allows in lines
    assert any(line.startswith("Verdict: reproduced") for line in lines)


def test_a_hedged_one_in_so_many() -> None:
    """More than one in three is one in fewer than 3."""
    claims = own(
        "clm-00104",
        relation="one_in",
        unit="one_in",
        printed="3",
        hedge="over",
        subject_value=265.0,
        ref_value=1_000.0,
    )
    lines = explain("clm-00104", claims, FIGURES)
    assert "The printed over one in 3 allows 0 to 3." in lines
    assert any(line.startswith("Verdict: differs") for line in lines)


def test_figures_may_be_under_a_number() -> None:
    """A printed "<5" is a figure with the hedge `under`: from 0 up to 5."""
    figures = FIGURES[FIGURES["measure"] == "image_offences"].iloc[[0]]
    figures = ukcso.validate(figures.assign(value=5.0, hedge="under"), "figures")
    row = figures.iloc[0]
    claims = own(
        "clm-00153",
        **{name: row[name] for name in ("measure", "breakdown", "area_id", "release_id")},
        **{name: row[name] for name in ("period_start", "period_end", "source_id")},
        subject_value=float("nan"),
    )
    checked = ukcso.check_claims(claims, figures).iloc[0]
    assert checked["recomputed_lower"] == 0
    assert checked["recomputed_upper"] < 5


def test_an_unknown_claim() -> None:
    """The message lists the nearest."""
    with pytest.raises(InvalidInputError, match=r"no claim 'clm-1'; nearest: clm-00"):
        explain("clm-1")
