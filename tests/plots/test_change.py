"""Mirrors src/ukcso/plots/_change.py and _change_marks.py: growth against size."""

from __future__ import annotations

import json
import warnings
from typing import Any

import pytest

import ukcso
from ukcso.errors import InvalidInputError, UnknownAreaError

alt = pytest.importorskip("altair")
from ukcso import plots  # noqa: E402 - after the check that Altair is there

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:.*changes left blank:ukcso.UkcsoWarning"),
]

with warnings.catch_warnings(action="ignore"), ukcso.pinned(population=1):
    TABLE = ukcso.change_table("86", "2022/23")


def layers(chart: Any) -> list[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Return every layer with the rows that it draws."""
    found = []
    for layer in chart.to_dict()["vconcat"][0]["layer"]:
        for part in layer.get("layer", [layer]):
            data = part.get("data") or layer.get("data")
            found.append((part, data["values"]))
    return found


def drawn(chart: Any, mark: str) -> list[dict[str, Any]]:
    """Return the rows of the first layer of a mark."""
    return next(rows for layer, rows in layers(chart) if layer["mark"]["type"] == mark)


def test_every_judged_area_is_a_point_where_its_table_has_it() -> None:
    """Count before, growth in per cent and judgement are those of the table."""
    points = {row["name"]: row for row in drawn(plots.change(TABLE), "point")}
    judged = TABLE[TABLE["unusual"].notna()]
    assert set(points) == set(judged["name"])
    for row in judged.itertuples():
        point = points[row.name]
        assert point["before"] == row.before
        assert point["percent"] == pytest.approx(100 * row.growth)
        assert point["judgement"].startswith("unusual") == (row.unusual != "usual")


def test_points_outside_the_solid_limits_are_those_called_unusual() -> None:
    """The limits part the unusual from the usual, but for areas whose rest is not quite all."""
    lines = drawn(plots.change(TABLE), "line")
    upper = [row for row in lines if row["curve"] == "all upper"]
    for point in drawn(plots.change(TABLE), "point"):
        nearest = min(upper, key=lambda row: abs(row["before"] - point["before"]))
        assert (point["percent"] > nearest["limit"]) == (point["unusual"] == "above")


def test_a_frame_and_its_arguments_give_the_same_picture() -> None:
    """Handing over the table draws what naming it draws, without a warning."""
    assert plots.change("86", "2022/23").to_dict() == plots.change(TABLE).to_dict()


def test_words() -> None:
    """Title, source, what usual means; the alt text has the growth of all and what stands out."""
    chart = plots.change(TABLE, highlight="Kent")
    assert chart.title.text == [
        "Obscene publications etc (class 86), police force areas, change from 2021/22 to 2022/23"
    ]
    text = chart.description
    for words in (
        "42 of 43 areas drawn.",
        # 40,468 after 35,383 without the City of London (recorded_crime v1, by hand).
        "All together: 14.4 per cent more.",
        "Unusual, above the rest: Staffordshire, 343 to 744 (116.9 per cent more).",
        "Unusual, below the rest: none.",
        "Highlighted: Kent, 1,612 to 1,738 (7.8 per cent more), usual.",
        "Usual means: not told apart from the other areas together.",
        "times the variance of chance alone",
        "City of London",
    ):
        assert words in text
    below = " ".join(chart.to_dict()["vconcat"][0]["title"]["text"])
    assert "Home Office (recorded_crime v1)" in below


def test_labels() -> None:
    """Unusual and highlighted areas are named, no others."""
    names = {row["label"] for row in drawn(plots.change(TABLE, highlight="Kent"), "text")}
    assert names == {"Staffordshire", "Kent"}


def test_some_areas_are_drawn_with_the_judgement_of_all() -> None:
    """Leaving areas out of the picture moves no limit and no judgement."""
    some = plots.change(TABLE, areas=["Kent", "Staffordshire"])
    assert {row["name"] for row in drawn(some, "point")} == {"Kent", "Staffordshire"}
    assert "All together: 14.4 per cent more." in some.description
    assert "Unusual, above the rest: Staffordshire" in some.description


@pytest.mark.parametrize("adjust", ["holm", "bh", "none"])
def test_the_limits_for_all_areas_are_those_of_holm(adjust: Any) -> None:
    """The other adjustments have no limit that is the same for every area."""
    levels = {row["level"] for row in drawn(plots.change("86", "2022/23", adjust=adjust), "line")}
    assert any("42 areas" in level for level in levels) == (adjust == "holm")
    assert "95% limits, one area" in levels


@pytest.mark.parametrize("width", [280, 320, 700])
@pytest.mark.parametrize("code", ["86", "88A"])
def test_it_is_drawn(code: str, width: int, tmp_path: Any) -> None:
    """Wide or narrow, the picture is made, and nothing in it is no number."""
    chart = plots.change(code, "2022/23", width=width)
    json.dumps(chart.to_dict(), allow_nan=False)
    chart.save(tmp_path / "change.svg")
    assert "<svg" in (tmp_path / "change.svg").read_text(encoding="utf-8")


def test_growth_from_none_is_named_and_not_drawn() -> None:
    """Two forces recorded no offence of class 88A in 2012/13."""
    with warnings.catch_warnings(action="ignore"):
        chart = plots.change("88A", "2013/14")
    assert "growth from 0 is not defined: Durham and Wiltshire." in chart.description
    assert "40 of 43 areas drawn." in chart.description


def test_what_cannot_be_drawn() -> None:
    """A break leaves nothing to draw; an area that is not judged cannot stand out."""
    with pytest.raises(InvalidInputError, match="nothing to show: no area has a change"):
        plots.change("88A", "2017/18")
    with pytest.raises(InvalidInputError, match="City of London has none"):
        plots.change(TABLE, highlight="City of London")
    with pytest.raises(InvalidInputError, match="must be among the areas"):
        plots.change(TABLE, highlight="Police Scotland")
    with pytest.raises(UnknownAreaError):
        plots.change(TABLE, highlight="Atlantis")
    with pytest.raises(InvalidInputError, match="no option 'per'"):
        plots.change("86", "2022/23", per=1)
    with pytest.raises(InvalidInputError, match="change_table"):
        plots.change(ukcso.trend_table("86", "Kent", across="allow"))
