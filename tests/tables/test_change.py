"""Mirrors src/ukcso/tables/_change.py: the publication table of changes."""

from __future__ import annotations

import warnings
from pathlib import Path

import pandas as pd
import pytest

import ukcso
from ukcso import tables
from ukcso.errors import InvalidInputError

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:.*City of London:ukcso.UkcsoWarning"),
    pytest.mark.filterwarnings("ignore:.*changes left blank:ukcso.UkcsoWarning"),
]

with warnings.catch_warnings(action="ignore"):
    FRAME = ukcso.change_table("86", "2022/23")


def test_cells() -> None:
    """Both counts, growth with its interval, that of the rest, p and the judgement."""
    table = tables.change(FRAME)
    row = next(row for row in table.rows if row[0].shown == "Staffordshire")
    *others, growth, rest, p, judgement = (cell.shown for cell in row)
    assert others == ["Staffordshire", "343", "744"]
    assert growth.startswith("116.9 (")
    assert rest == "13.4"
    expected = FRAME.loc[FRAME["name"] == "Staffordshire", "p_adjusted"].iloc[0]
    assert p == f"{expected:.3f}"
    assert judgement == "unusual, above"
    judged = [row[-1].shown for row in table.rows]
    assert judged.count("usual") == (FRAME["unusual"] == "usual").sum()


def test_what_is_not_judged_says_why() -> None:
    """The City of London has a dash, and a footnote that says why."""
    table = tables.change(FRAME)
    city = next(row for row in table.rows if row[0].shown == "City of London")
    assert [cell.shown for cell in city[3:]] == ["–"] * 4  # noqa: RUF001 - an en dash
    assert "So few residents" in city[3].notes[0]
    broken = tables.change("88A", "2017/18", areas="Kent")
    assert "A change of recording or law" in broken.rows[0][3].notes[0]
    assert any("brk-001" in note for note in broken.notes)


def test_notes() -> None:
    """What usual means, what the intervals allow for, and for how many areas the judgement does."""
    text = " ".join(tables.change(FRAME).notes)
    for words in ("Usual means: not told apart", "variance of chance alone", "42 areas (Holm)"):
        assert words in text


@pytest.mark.parametrize("ending", [".html", ".md", ".tex"])
def test_it_is_made_again(ending: str, tmp_path: Path) -> None:
    """A stamped table verifies, all its areas or some that were judged as those."""
    for name, table in (
        ("all", tables.change(FRAME)),
        ("some", tables.change("86", "2022/23", areas=["Kent", "Essex"])),
    ):
        file = table.save(tmp_path / f"{name}{ending}")
        assert ukcso.verify(file)
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("1,738", "1,783"), encoding="utf-8")
        assert len(ukcso.verify(file).differences) == 1


def test_the_judgement_allows_for_the_areas_asked_for() -> None:
    """One alone is not adjusted: its p is that of the frame's p_value."""
    alone = tables.change("86", "2022/23", areas="Staffordshire").rows[0]
    p_value = FRAME.loc[FRAME["name"] == "Staffordshire", "p_value"].iloc[0]
    assert p_value < 0.001
    assert alone[5].shown == "< 0.001"
    assert float(alone[5].plain[0]) == pytest.approx(p_value, rel=0.05)


def test_csv() -> None:
    """An interval is three columns, numbers have no signs but their own."""
    first, row = tables.change("86", "2022/23", areas="Kent").to_csv().splitlines()
    assert first == (
        "area,before,after,growth_percent,growth_lower,growth_upper,growth_rest_percent,p,judgement"
    )
    assert row.startswith("Kent,1612,1738,7.8,")
    assert row.endswith(",usual")


def test_a_growth_from_none() -> None:
    """Where there was none before there is a judgement, and no growth."""
    frame = ukcso.change_table("88A", "2013/14")
    from_none = frame[(frame["before"] == 0) & frame["unusual"].notna()]
    for name in from_none["name"]:
        row = next(row for row in tables.change(frame).rows if row[0].shown == name)
        assert row[3].shown == "–"  # noqa: RUF001 - an en dash
        assert "Growth from 0" in row[3].notes[0]


def test_wrong_frames() -> None:
    """Another function's frame, an edited one and an unknown option are refused."""
    with pytest.raises(InvalidInputError, match="change_table"):
        tables.change(ukcso.trend_table("86", "Kent", across="allow"))
    with pytest.raises(InvalidInputError, match="was edited"):
        tables.change(FRAME.assign(unusual=pd.Series("above", FRAME.index, dtype="string")))
    with pytest.raises(InvalidInputError, match="no option"):
        tables.change("86", "2022/23", per=1000)


def test_the_rest_is_called_what_it_is() -> None:
    """Forces are held against the country, regions against the other regions of England."""
    headings = {
        kind: [column.heading for column in tables.change("86", "2022/23", kind=kind).columns]
        for kind in ("police_force_area", "region")
    }
    assert "Rest of the country, %" in headings["police_force_area"]
    assert "8 other regions, %" in headings["region"]
