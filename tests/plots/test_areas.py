"""The pictures of areas in one period, as their specifications have them."""

from __future__ import annotations

import json
import re
import warnings
from typing import Any

import pandas as pd
import pytest

import ukcso
from ukcso.errors import InvalidInputError, UnknownAreaError
from ukcso.outputs import ordinal
from ukcso.plots import _style
from ukcso.plots._tile_map import classes

alt = pytest.importorskip("altair")
from ukcso import plots  # noqa: E402 - after the check that Altair is there

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:.*no counts of:ukcso.UkcsoWarning"),
]

V1 = ukcso.pinned(claims=1, figures=1, population=1, releases=1, sources=1)
with warnings.catch_warnings(action="ignore"), V1:
    TABLE = ukcso.area_table("86", "2018/19")
    # Sixteen of 43 forces answered the NSPCC's wave of September 2018 with a count.
    IMAGES = ukcso.area_table("image_offences", "2017/18")
RANKED = TABLE[TABLE["rank"].notna()].sort_values(["rank", "name"])


def layers(chart: Any) -> list[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Return every layer with the rows that it draws."""
    spec = chart.to_dict()
    inner = spec["vconcat"][0]
    shared = spec.get("data") or inner.get("data")
    found = []
    for panel in inner.get("hconcat", [inner]):
        for layer in panel["layer"]:
            for part in layer.get("layer", [layer]):
                data = part.get("data") or layer.get("data") or panel.get("data") or shared
                found.append((part, data["values"]))
    return found


def drawn(chart: Any, mark: str) -> list[dict[str, Any]]:
    """Return the rows of the first layer of a mark."""
    return next(rows for layer, rows in layers(chart) if layer["mark"]["type"] == mark)


def foot(chart: Any) -> str:
    """Return what stands below a picture."""
    return " ".join(chart.to_dict()["vconcat"][0]["title"]["text"])


every_picture = pytest.mark.parametrize("draw", [plots.ranking, plots.funnel, plots.tile_map])


class TestAll:
    """What ranking, funnel and tile map share."""

    @every_picture
    def test_a_frame_and_its_arguments_give_the_same_picture(self, draw: Any) -> None:
        """Handing over the table draws what naming it draws, without a warning."""
        assert draw("86", "2018/19").to_dict() == draw(TABLE).to_dict()

    @every_picture
    def test_what_is_not_drawn_is_told(self, draw: Any) -> None:
        """Areas without a population and the City of London are in the alt text."""
        text = draw(TABLE).description
        assert "38 of 43 areas drawn." in text
        assert "no population estimate: Dyfed-Powys, Gwent, North Wales and South Wales." in text
        assert "City of London is left out: few people live there" in text

    @every_picture
    def test_words(self, draw: Any) -> None:
        """Title, subtitle, source line and alt text say what is drawn."""
        chart = draw(TABLE, highlight="Kent")
        assert chart.title.text == [
            "Obscene publications etc (class 86), police force areas, 2018/19"
        ]
        assert chart.title.subtitle[0].startswith(
            "Offences recorded per 100,000 residents aged 0 to 17"
        )
        assert "Home Office (recorded_crime v1)" in foot(chart)
        highest = "Highest: Kent, 318.1 (interval 300.7 to 336.2), 1st of 38 (1st to 21st)."
        assert highest in chart.description
        assert "Highlighted: Kent, 318.1" in chart.description

    @every_picture
    def test_some_rows_of_a_table(self, draw: Any) -> None:
        """A part of the table keeps the ranks and the pooled rate of the whole."""
        names = ["Kent", "Essex", "Surrey", "Sussex"]
        part = TABLE[TABLE["name"].isin(names)]
        part.attrs = TABLE.attrs
        assert "4 of 4 areas drawn." in draw(part).description
        assert "Pooled rate: 201.9." in draw(part).description
        assert draw(TABLE, areas=names).to_dict() == draw(part).to_dict()
        assert draw("86", "2018/19", areas=names).to_dict() == draw(part).to_dict()

    @every_picture
    @pytest.mark.parametrize(
        "edited",
        [TABLE.assign(count=TABLE["count"] * 10), pd.concat([TABLE, TABLE])],
        ids=["edited", "doubled"],
    )
    def test_rows_that_the_library_did_not_make(self, draw: Any, edited: pd.DataFrame) -> None:
        """An edited or doubled table gets no picture, so no source line either."""
        edited.attrs = TABLE.attrs
        with pytest.raises(InvalidInputError, match="each once"):
            draw(edited)

    @every_picture
    @pytest.mark.parametrize(
        ("given", "more", "message"),
        [
            ((TABLE,), {"highlight": "Scotland"}, "highlight must be among .*Scotland is not"),
            ((TABLE,), {"areas": ["Kent", "Scotland"]}, "areas must be among .*Scotland is not"),
            ((TABLE,), {"ages": "0-15"}, "not with a frame"),
            ((TABLE, "2018/19"), {}, "not with a frame"),
            ((pd.DataFrame(TABLE.to_dict()),), {}, "does not say what made it"),
            ((TABLE.iloc[:0],), {}, "no rows"),
            ((TABLE[TABLE["rate"].isna()],), {}, "no area has both"),
            ((TABLE,), {"width": float("nan")}, "width must be"),
            (("image_offences", "1990"), {}, "no area has both"),
        ],
    )
    def test_wrong_input(self, draw: Any, given: Any, more: Any, message: str) -> None:
        """What cannot be drawn is refused, with the reason."""
        with pytest.raises(InvalidInputError, match=message):
            draw(*given, **more)

    @every_picture
    def test_an_unknown_area(self, draw: Any) -> None:
        """A highlighted name that is none is told as `find_area` tells it."""
        with pytest.raises(UnknownAreaError, match="Kentt"):
            draw(TABLE, highlight=["Kent", "Kentt"])

    @pytest.mark.parametrize("draw", [plots.ranking, plots.funnel])
    @pytest.mark.parametrize("name", ["Gwent", "City of London"])
    def test_a_highlighted_area_without_a_rate_is_refused(self, draw: Any, name: str) -> None:
        """What is not drawn cannot be pointed out; the map has a tile for it all the same."""
        with pytest.raises(InvalidInputError, match=f"must have a rate to draw; {name} has none"):
            draw(TABLE, highlight=["Kent", name])
        assert name in plots.tile_map(TABLE, highlight=name).description

    @every_picture
    def test_caveats(self, draw: Any) -> None:
        """What a class holds, and that offences are recorded, stands below each picture."""
        for text in (foot(draw(TABLE)), draw(TABLE).description):
            assert "Throughout: Class holds obscene publications as a whole" in text
            assert "Offences recorded, not committed" in text

    @pytest.mark.parametrize("draw", [plots.ranking, plots.tile_map])
    def test_caveats_of_other_measures(self, draw: Any) -> None:
        """They stand where they belong only."""
        assert "obscene" not in draw(IMAGES).description
        assert "no figure: Avon and Somerset, Cheshire" in draw(IMAGES).description


class TestRanking:
    """`plots.ranking`: dots and intervals in order."""

    def test_rows_are_in_order_of_rank(self) -> None:
        """The axis has the areas from rank 1 down, and no others."""
        point = next(it for it, _ in layers(plots.ranking(TABLE)) if it["mark"]["type"] == "point")
        assert point["encoding"]["y"]["scale"]["domain"] == RANKED["name"].tolist()

    def test_values_are_those_of_the_table(self) -> None:
        """Rate and interval of each area are drawn as they are."""
        rows = pd.DataFrame(drawn(plots.ranking(TABLE), "point"))
        for column in ("rate", "lower", "upper"):
            assert rows[column].tolist() == pytest.approx(RANKED[column].tolist())
        assert rows["rank"].tolist() == RANKED["rank"].tolist()

    def test_the_pooled_rate_is_a_line(self) -> None:
        """It stands at the pooled rate of the table."""
        (row,) = drawn(plots.ranking(TABLE), "rule")
        assert row["rate"] == TABLE.attrs["ukcso"]["pooled_rate"]
        assert row["label"] == "Pooled rate 201.9"

    def test_highlighting_is_more_than_colour(self) -> None:
        """Shape, size, weight and a label tell a highlighted area apart as well."""
        chart = plots.ranking(TABLE, highlight=["Kent", "Met"])
        point, rows = next(it for it in layers(chart) if it[0]["mark"]["type"] == "point")
        marked = {it["name"]: it for it in rows if it["highlighted"]}
        assert marked.keys() == {"Kent", "Metropolitan Police"}
        for channel in ("color", "shape", "size"):
            told = point["encoding"][channel]
            assert told["condition"]["test"] == "datum.highlighted"
            assert told["condition"]["value"] != told["value"]
        assert '"Kent"' in json.dumps(point["encoding"]["y"]["axis"]["labelFontWeight"]).replace(
            "\\", ""
        )
        assert marked["Kent"]["label"] == "318.1"
        assert marked["Kent"]["align"] == "right"  # its interval ends at the right edge
        assert marked["Metropolitan Police"]["align"] == "left"

    def test_each_rank_stands_beside_its_set(self) -> None:
        """On the right, in the same rows: the rank, and a line over the ranks that fit as well."""
        chart = plots.ranking(TABLE, highlight="Kent")
        rates, ranks = chart.to_dict()["vconcat"][0]["hconcat"]
        sets, dots = ranks["layer"]
        assert sets["encoding"]["x"]["field"] == "rank_lower"
        assert sets["encoding"]["x2"]["field"] == "rank_upper"
        assert dots["encoding"]["x"]["field"] == "rank"
        assert dots["encoding"]["x"]["scale"]["domain"] == [1, 38]
        assert dots["encoding"]["y"]["scale"]["domain"] == RANKED["name"].tolist()
        assert rates["height"] == ranks["height"]
        rows = pd.DataFrame(drawn(chart, "point"))
        for column in ("rank_lower", "rank_upper"):
            assert rows[column].tolist() == RANKED[column].tolist()
        kent = RANKED.set_index("name").loc["Kent"]
        last = ordinal(int(kent["rank_upper"]))
        assert (
            f"Highlighted: Kent, 318.1 (interval 300.7 to 336.2), 1st of 38 (1st to {last})."
            in (chart.description)
        )
        assert "A rank carries little." in foot(chart)
        assert "confidence set of each rank alone" in foot(chart)

    @pytest.mark.parametrize("width", [280, 320, 700])
    def test_both_panels_fit(self, width: int) -> None:
        """What the names leave of the width is shared between rates and ranks."""
        rates, ranks = plots.ranking(TABLE, width=width).to_dict()["vconcat"][0]["hconcat"]
        assert 40 < ranks["width"] < rates["width"]
        assert rates["width"] + ranks["width"] < width - 100

    def test_ranks_of_some_areas_are_those_of_all(self) -> None:
        """The set of a rank is that of the whole table; of the width of all nothing is said."""
        chart = plots.ranking(TABLE, areas=["Kent", "Essex"])
        assert {row["n_ranked"] for row in drawn(chart, "point")} == {38}
        assert "Half of these sets" not in foot(chart)
        assert "Half of these sets" in foot(plots.ranking(TABLE))

    def test_fewer_than_half_of_the_areas_have_no_rank(self) -> None:
        """16 of 43 forces are drawn in order, without ranks, and the picture says why."""
        chart = plots.ranking(IMAGES, highlight="Lancashire")
        rows = {it["name"]: it for it in drawn(chart, "point")}
        assert len(rows) == 16
        assert rows["Lancashire"]["label"] == "213.8"
        assert "No rank and no position in the funnel: 16 of 43 areas have a rate" in foot(chart)

    def test_other_kinds_of_area(self) -> None:
        """Nations are named as what they are."""
        chart = plots.ranking("86", "2019/20", kind="nation", ages="all")
        assert chart.title.text[0].endswith(", nations, 2019/20")
        assert chart.title.subtitle[0].startswith("Offences recorded per 100,000 residents, with")

    def test_axis_from_zero_unless_told(self) -> None:
        """`zero` goes into the scale."""
        chart = plots.ranking(TABLE, zero=False)
        point = next(it for it, _ in layers(chart) if it["mark"]["type"] == "point")
        assert point["encoding"]["x"]["scale"]["zero"] is False


class TestFunnel:
    """`plots.funnel`: rates against population within limits."""

    def test_points_are_those_of_the_table(self) -> None:
        """Population and rate of every area, and its position as the table has it."""
        rows = pd.DataFrame(drawn(plots.funnel(TABLE), "point"))
        assert rows["population"].tolist() == RANKED["population"].tolist()
        words = {"inside": "within the limits", "95": "outside 95%", "99_8": "outside 99.8%"}
        expected = RANKED["funnel"].map(lambda it: words[it.partition("_")[2] or "inside"])
        assert rows["position"].tolist() == expected.tolist()

    def test_curves_are_the_limits_of_the_table(self) -> None:
        """At the population of an area the curves pass where `funnel_limits` has its limits."""
        curves = pd.DataFrame(drawn(plots.funnel(TABLE), "line"))
        told = TABLE.attrs["ukcso"]
        limits = ukcso.funnel_limits(
            RANKED["count"],
            RANKED["population"],
            per=told["per"],
            model="additive",
            winsorise=0.1,
        )
        kent = RANKED.index[RANKED["name"] == "Kent"][0]
        for name in ("lower_95", "upper_95", "lower_99_8", "upper_99_8", "pooled_rate"):
            curve = curves[curves["curve"] == name].sort_values("population")
            below = curve[curve["population"] <= RANKED.loc[kent, "population"]].iloc[-1]["limit"]
            above = curve[curve["population"] >= RANKED.loc[kent, "population"]].iloc[0]["limit"]
            low, high = sorted((below, above))
            assert low * (1 - 1e-12) <= limits.loc[kent, name] <= high * (1 + 1e-12)

    def test_only_outliers_and_highlighted_are_named(self) -> None:
        """Highlighted first, then those outside the limits, as far as there is room."""
        chart = plots.funnel(TABLE, highlight="Essex")
        names = [it["name"] for it in drawn(chart, "text")]
        outside = RANKED[RANKED["funnel"] != "inside"]["name"].tolist()
        assert names[0] == "Essex"
        assert "Metropolitan Police" in outside
        assert set(names) <= {"Essex", *outside}
        unnamed = {"Essex", *outside} - set(names)
        assert all(name in foot(chart).partition("Not labelled")[2] for name in unnamed)
        between = RANKED["funnel"].str.endswith("_95").sum()
        assert f"Between the 95% and the 99.8% limit: {between} areas." in chart.description

    def test_no_names_without_reason(self) -> None:
        """Where no area lies outside the limits, none is named."""
        inside = RANKED[RANKED["funnel"] == "inside"]["name"].tolist()
        chart = plots.funnel(TABLE, areas=inside[:3])
        assert {it["mark"]["type"] for it, _ in layers(chart)} == {"line", "point"}

    def test_fewer_than_half_of_the_areas_make_no_funnel(self) -> None:
        """16 of 43 forces are no ground for limits: the picture is refused, with the reason."""
        with pytest.raises(InvalidInputError, match=r"no funnel .*16 of 43 areas have a rate"):
            plots.funnel(IMAGES)

    def test_model_and_numbers_are_told(self) -> None:
        """Below stand the model, the numbers of both, and whose position depends on it."""
        told = TABLE.attrs["ukcso"]
        text = foot(plots.funnel(TABLE))
        assert "by the additive model" in text
        assert f"tau squared {told['funnel']['tau_squared']:.4f}" in text
        factor = f"{told['funnel']['overdispersion']:.1f} times"
        # 51.3 is the overdispersion of version 1, as 0.1.0 had it.
        assert f"{factor} that of chance, 51.3 with none drawn in" in text
        (words,) = re.findall(r"The positions? of (.*?) depends? on the model", text)
        names = TABLE.set_index("area_id").loc[list(told["funnel"]["depends_on_model"]), "name"]
        assert "Metropolitan Police" in words
        assert set(re.split(", | and ", words)) >= {name for name in names if " and " not in name}

    def test_positions_differ_in_shape_and_colour(self) -> None:
        """Each position has a shape and a colour of its own."""
        point = next(it for it, _ in layers(plots.funnel(TABLE)) if it["mark"]["type"] == "point")
        for channel in ("shape", "color"):
            used = point["encoding"][channel]["scale"]["range"]
            assert len(set(used)) == len(used) == 3

    def test_names_without_room_are_listed_below(self) -> None:
        """With all areas highlighted in print width, not all names fit into the picture."""
        chart = plots.funnel(TABLE, highlight=RANKED["name"].tolist(), width=320)
        shown = {it["name"] for it in drawn(chart, "text")}
        assert shown < set(RANKED["name"])
        rest = sorted(set(RANKED["name"]) - shown)
        assert all(name in foot(chart).partition("Not labelled: ")[2] for name in rest)


class TestTileMap:
    """`plots.tile_map`: one tile for each police force area."""

    def test_tiles_are_where_the_areas_have_them(self) -> None:
        """Columns and rows are those of the dataset `areas`, for all 43."""
        rows = {it["name"]: it for it in drawn(plots.tile_map(TABLE), "rect")}
        places = ukcso.load_areas(version=1).dropna(subset="tile_column").set_index("name")
        assert rows.keys() == set(TABLE["name"])
        for name, it in rows.items():
            assert it["tile_column"] == places.loc[name, "tile_column"]
            assert it["tile_row"] == places.loc[name, "tile_row"]

    def test_tiles_have_the_rates_of_the_table(self) -> None:
        """The number in a tile is the rounded rate; a dash where there is none."""
        rows = {it["name"]: it for it in drawn(plots.tile_map(TABLE), "rect")}
        assert rows["Kent"]["number"] == "318"
        assert rows["Kent"]["rate"] == pytest.approx(318.064546)  # area_table
        for name in ("Gwent", "City of London"):
            assert rows[name]["number"] == _style.NONE
            assert rows[name]["rate"] is None

    def test_every_class_holds_its_rates(self) -> None:
        """The words of a class say between which limits its rates are."""
        for it in drawn(plots.tile_map(TABLE), "rect"):
            if it["rate"] is not None:
                ends = [float(part) for part in it["class"].split() if part.isdigit()]
                assert (it["rate"] < ends[0]) == it["class"].startswith("below")
                if " to " in it["class"]:
                    assert ends[0] <= it["rate"] < ends[1]

    def test_colours_darken_and_letters_stand_out(self) -> None:
        """Grey paper keeps the order, and letters have a contrast of 4.5 at least (WCAG 2.2)."""

        def luminance(colour: str) -> float:
            parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
            linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
            return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

        light = [luminance(colour) for colour in _style.SEQUENCE]
        assert light == sorted(light, reverse=True)
        for tile, letters in zip(_style.SEQUENCE, _style.ON_SEQUENCE, strict=True):
            high, low = sorted((luminance(tile), luminance(letters)), reverse=True)
            assert (high + 0.05) / (low + 0.05) >= 4.5

    @pytest.mark.parametrize(
        ("rates", "limits"),
        [
            ([5.0, 5.0], []),
            ([0.0, 1.0], [0.2, 0.4, 0.6, 0.8]),
            ([100.0, 200.0], [120.0, 140.0, 160.0, 180.0]),
            ([0.21, 5.9], [1.0, 2.0, 3.0, 4.0, 5.0]),
        ],
    )
    def test_classes_have_round_limits(self, rates: list[float], limits: list[float]) -> None:
        """At most five limits, all of them round numbers."""
        assert classes(pd.Series(rates)) == limits

    def test_a_single_rate_is_one_class(self) -> None:
        """One area alone is drawn, with its rate as the legend."""
        part = TABLE[TABLE["name"] == "Kent"]
        part.attrs = TABLE.attrs
        (row,) = drawn(plots.tile_map(part), "rect")
        assert row["class"] == "318.1"

    def test_names_fit_their_tiles(self) -> None:
        """No line of a name is wider than a tile, also in print."""
        for width in (320, 700):
            chart = plots.tile_map(TABLE, width=width)
            spec = chart.to_dict()["vconcat"][0]
            side = spec["width"] / 7
            size = next(
                it["mark"]["fontSize"] for it, _ in layers(chart) if it["mark"]["type"] == "text"
            )
            for it in drawn(chart, "text"):
                for line in it["short"].split("|"):
                    assert _style.text_width(line, size) < side - 2, line

    def test_names_are_the_newest_under_every_pin(self) -> None:
        """Areas version 1 has no names for tiles; whoever pins it has them all the same."""
        names = {it["name"]: it["short"] for it in drawn(plots.tile_map(TABLE), "text")}
        assert names["Avon and Somerset"] == "Avon &|Somerset"
        with ukcso.pinned(areas=1):
            chart = plots.tile_map("86", "2018/19")
        assert {it["name"]: it["short"] for it in drawn(chart, "text")} == names

    def test_areas_without_tiles(self) -> None:
        """Nations have none."""
        with pytest.raises(InvalidInputError, match="only police force areas have tiles"):
            plots.tile_map("86", "2019/20", kind="nation", ages="all")
