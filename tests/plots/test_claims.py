"""The picture of printed statements against recomputed ones, as its specification has it."""

from __future__ import annotations

import json
import math
from typing import Any

import pandas as pd
import pytest

import ukcso
from ukcso.claims import VERDICTS
from ukcso.errors import InvalidInputError

alt = pytest.importorskip("altair")
from ukcso import plots  # noqa: E402 - after the check that Altair is there
from ukcso.plots._claims_marks import LOOKS, Plane, plot  # noqa: E402 - the same
from ukcso.printed import RELATIONS  # noqa: E402 - the same

pytestmark = pytest.mark.slow

with ukcso.pinned(claims=1, figures=1, population=1, releases=1, sources=1):
    CHECKED = ukcso.check_claims()
WAVE = "nspcc-2018-09-image-offences"


def layers(chart: Any) -> list[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Return every layer with the rows that it draws."""
    spec = chart.to_dict()
    inner = spec["vconcat"][0]
    shared = spec.get("data") or inner.get("data")
    return [(layer, (layer.get("data") or shared)["values"]) for layer in inner["layer"]]


def layer_of(chart: Any, mark: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return the first layer of a mark, and its rows."""
    return next(it for it in layers(chart) if it[0]["mark"]["type"] == mark)


class TestClaims:
    """`plots.claims`: printed against recomputed."""

    def test_every_statement_with_a_number_is_drawn(self) -> None:
        """Printed and recomputed numbers are those of `check_claims`."""
        _, rows = layer_of(plots.claims(CHECKED), "point")
        found = pd.DataFrame(rows).drop_duplicates("claim_id").set_index("claim_id")
        computed = CHECKED["recomputed_lower"].notna() & (CHECKED["relation"] == "growth")
        expected = CHECKED[computed].set_index("claim_id").loc[found.index]
        assert len(found) == computed.sum()
        assert found["lower"].tolist() == pytest.approx(expected["recomputed_lower"].tolist())
        assert found["verdict"].tolist() == expected["verdict"].tolist()
        assert found.loc["clm-00164", "printed"] == 322  # as printed, Slough Observer 2019-06

    def test_no_argument_draws_all_shipped_statements(self) -> None:
        """Checking first or not makes no difference."""
        assert plots.claims().to_dict() == plots.claims(CHECKED).to_dict()

    def test_a_release(self) -> None:
        """Only statements about one release are left, and the title names it."""
        chart = plots.claims(CHECKED, release=WAVE)
        _, rows = layer_of(chart, "point")
        of = CHECKED.set_index("claim_id")["release_id"]
        assert {of[it["claim_id"]] for it in rows} == {WAVE}
        assert WAVE in " ".join(chart.title.text)
        assert "NSPCC, 2018-09" in " ".join(chart.to_dict()["vconcat"][0]["title"]["text"])

    def test_every_verdict_has_its_own_look(self) -> None:
        """Shape and colour differ, for all verdicts that come with a number."""
        undrawn = {"not_comparable", "not_computable"}
        assert LOOKS.keys() == VERDICTS.keys() - undrawn
        colours, shapes = zip(*LOOKS.values(), strict=True)
        assert len(set(shapes)) == len(set(colours)) == len(LOOKS)
        point, rows = layer_of(plots.claims(CHECKED), "point")
        for place, channel in enumerate(("color", "shape")):
            scale = point["encoding"][channel]["scale"]
            looks = dict(zip(scale["domain"], scale["range"], strict=True))
            assert looks == {name: LOOKS[name][place] for name in looks}
            assert looks.keys() == {it["verdict"] for it in rows}

    def test_ranges_are_bars_between_two_marks(self) -> None:
        """An endless range has one mark, and a bar to the edge of the picture."""
        chart = plots.claims(CHECKED, relation="per_day")
        _, bars = layer_of(chart, "rule")
        _, points = layer_of(chart, "point")
        top = layer_of(chart, "line")[1][1]["lower"]
        of = CHECKED.set_index("claim_id")
        for bar in bars:
            low, high = of.loc[bar["claim_id"], ["recomputed_lower", "recomputed_upper"]]
            assert bar["lower"] == pytest.approx(low)
            assert bar["upper"] == pytest.approx(min(high, top))
            ends = [it["end"] for it in points if it["claim_id"] == bar["claim_id"]]
            assert ends == pytest.approx([it for it in (low, high) if it < top])
        ranges = (of["relation"] == "per_day") & (of["recomputed_lower"] < of["recomputed_upper"])
        assert {bar["claim_id"] for bar in bars} == set(of.index[ranges])

    def test_an_endless_range_runs_out_of_the_picture(self) -> None:
        """Infinity is drawn to the edge, and is no number in the specification."""
        endless = CHECKED[CHECKED["claim_id"].isin(["clm-00104", "clm-00125"])].copy()
        endless.loc[endless["claim_id"] == "clm-00125", "recomputed_upper"] = float("inf")
        chart = alt.vconcat(plot(Plane(endless, "growth", 700)))
        _, (bar,) = layer_of(chart, "rule")
        assert bar["upper"] == max(layer_of(chart, "line")[1][1].values())
        assert "Infinity" not in json.dumps(chart.to_dict())

    def test_the_diagonal_is_where_both_are_the_same(self) -> None:
        """It runs from corner to corner of one scale for both axes."""
        line, rows = layer_of(plots.claims(CHECKED), "line")
        assert all(it["printed"] == it["lower"] for it in rows)
        across, up = (line["encoding"][axis]["scale"] for axis in ("x", "y"))
        assert across == up
        assert across["domain"] == [it["lower"] for it in rows]

    @pytest.mark.parametrize("width", [320, 700])
    def test_every_statement_that_differs_is_named(self, width: int) -> None:
        """Its id is in the picture or below it, once."""
        for release in (None, WAVE):
            chart = plots.claims(CHECKED, release=release, width=width)
            wanted = CHECKED[(CHECKED["verdict"] == "differs") & (CHECKED["relation"] == "growth")]
            if release:
                wanted = wanted[wanted["release_id"] == release]
            shown = [it["label"].split()[0] for it in layer_of(chart, "text")[1]]
            foot = " ".join(chart.to_dict()["vconcat"][0]["title"]["text"])
            below = [name for name in wanted["claim_id"] if name in foot]
            assert sorted(shown + below) == sorted(wanted["claim_id"])

    def test_a_wide_range_has_a_logarithmic_scale(self) -> None:
        """Growth of all releases goes from a fall to over a thousand per cent."""
        kinds = {
            release: layer_of(plots.claims(CHECKED, release=release), "point")[0]["encoding"]["x"]
            for release in (None, WAVE)
        }
        assert kinds[None]["scale"]["type"] == "symlog"
        assert "(logarithmic scale)" in " ".join(kinds[None]["title"])
        assert kinds[WAVE]["scale"]["type"] == "linear"

    def test_pixels_are_those_of_the_scale(self) -> None:
        """The corners of the plot are the ends of the axes, as Vega's symlog has them."""
        plane = Plane(CHECKED[CHECKED["recomputed_lower"].notna()], "growth", 700.0)
        corners = pd.DataFrame({"printed": plane.ends, "lower": plane.ends})
        places = plane._pixels(corners)
        assert list(places["x"]) == pytest.approx([0, plane.plot_width])
        assert list(places["y"]) == pytest.approx([plane.height, 0])
        # d3-scale's symlog: sign(x) log(1 + |x / constant|)
        assert plane.scaled(-plane.fine) == pytest.approx(-math.log(2))

    @pytest.mark.parametrize("relation", sorted(set(CHECKED["relation"])))
    def test_each_relation_has_one_unit(self, relation: str) -> None:
        """Every kind of statement can be drawn, with its unit on both axes."""
        chart = plots.claims(CHECKED, relation=relation)
        point, rows = layer_of(chart, "point")
        of = CHECKED.set_index("claim_id")["relation"]
        assert {of[it["claim_id"]] for it in rows} == {relation}
        for axis in ("x", "y"):
            assert RELATIONS[relation].axis in " ".join(point["encoding"][axis]["title"])

    def test_what_is_not_drawn_is_told(self) -> None:
        """Statements without a recomputed number are counted below."""
        counts = CHECKED[CHECKED["relation"] == "growth"]["verdict"].value_counts()
        text = plots.claims(CHECKED).description
        assert (
            f"Not drawn: {counts['not_comparable']} not comparable and "
            f"{counts['not_computable']} not computable." in text
        )
        assert f"{counts['differs']} differs" in text
        assert "clm-00164 printed 322, would read 22" in text

    @pytest.mark.parametrize(
        ("call", "message"),
        [
            (lambda: plots.claims(CHECKED, relation="grwth"), "relation must be one of growth"),
            (lambda: plots.claims(CHECKED, release="nspcc"), "no release 'nspcc'"),
            (lambda: plots.claims(CHECKED.iloc[:0]), "no rows"),
            (lambda: plots.claims(ukcso.load_claims()), "does not say what made it"),
            (lambda: plots.claims(CHECKED, width=True), "width must be"),
            (
                lambda: plots.claims(CHECKED, release=WAVE, relation="hours_between"),
                "no hours_between statement in nspcc-2018-09",
            ),
        ],
    )
    def test_wrong_input(self, call: Any, message: str) -> None:
        """What cannot be drawn is refused, with the reason."""
        with pytest.raises(InvalidInputError, match=message):
            call()
