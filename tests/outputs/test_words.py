"""The words that tables and pictures share."""

from __future__ import annotations

import pytest

import ukcso
from ukcso import outputs

KENT = ukcso.trend_table("86", "Kent", across="allow")


def test_what_a_table_is_of() -> None:
    """Offences are recorded; a percentage counts nothing."""
    assert outputs.counted_in(KENT) == ("Obscene publications etc (class 86)", "offences recorded")
    survey = KENT.copy()
    survey.attrs = {"ukcso": {**KENT.attrs["ukcso"], "of": "survey_adults_abused_before_16"}}
    assert outputs.counted_in(survey)[1] is None


def test_rates_and_intervals() -> None:
    """Denominator and level are those of the table."""
    assert outputs.per_residents(KENT) == "per 100,000 residents aged 0 to 17"
    assert outputs.intervals(KENT) == "95% intervals"


@pytest.mark.parametrize(("largest", "digits"), [(0.3, 2), (9.99, 2), (10, 1), (999, 1), (1e3, 0)])
def test_three_figures(largest: float, digits: int) -> None:
    """Numbers are written with about three figures, by the largest of them."""
    assert outputs.digits([0.0, largest]) == digits
    assert outputs.digits([]) == 2


@pytest.mark.parametrize(
    ("names", "text"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (list("abc"), "a, b and c")],
)
def test_joined(names: list[str], text: str) -> None:
    """Names are joined as in a sentence."""
    assert outputs.joined(names) == text


def test_releases_have_names() -> None:
    """Publisher and month, by id; official counts have no release."""
    table = ukcso.series("image_offences", "UK", release="nspcc-2018-09-image-offences")
    assert outputs.release_names(table) == {"nspcc-2018-09-image-offences": "NSPCC, 2018-09"}
    assert outputs.release_names(KENT) == {}
