"""Every count of 2012/13 to 2024/25 has its rate by residents aged 0 to 17, on one census basis."""

from __future__ import annotations

import pandas as pd
import pytest

import ukcso

REBASED = "ons_mye_2021census_rebased"


def require_rates(table: pd.DataFrame) -> None:
    """Refuse a table with a count of these years that has no rate, or one on another basis."""
    counted = table[table["count"].notna()]
    assert len(counted) > 0
    assert counted["rate"].notna().all()
    assert set(counted["population_basis"]) == {REBASED}


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize(
    ("code", "area"),
    [
        *[(code, area) for code in ("86", "88A") for area in ("Gwent", "North Wales", "Wales")],
        ("86", "England"),
        ("86", "England and Wales"),
        ("image_offences", "Scotland"),
        ("image_offences", "United Kingdom"),
        ("sexual_communication_with_a_child", "United Kingdom"),
        ("online_child_sexual_offences", "Northern Ireland"),
    ],
)
def test_trends_have_every_rate(code: str, area: str) -> None:
    """Of forces in Wales, nations and the United Kingdom, where there are financial years."""
    table = ukcso.trend_table(code, area)
    years = table[table["period"].str.fullmatch(r"20(1[2-9]|2[0-4])/\d\d")]
    require_rates(years)


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("start", range(2012, 2023))
@pytest.mark.parametrize("kind", ["police_force_area", "nation", "country_group"])
def test_areas_have_every_rate(kind: str, start: int) -> None:
    """In all eleven years that the official counts by force hold."""
    require_rates(ukcso.area_table("86", f"{start}/{(start + 1) % 100:02}", kind=kind))
