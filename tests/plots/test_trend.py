"""The picture of one area over time, as its specification has it."""

from __future__ import annotations

import json
import warnings
from itertools import pairwise
from typing import Any

import pandas as pd
import pytest

import ukcso
from ukcso.errors import InvalidInputError, UnknownAreaError
from ukcso.plots import _style

alt = pytest.importorskip("altair")
from ukcso import plots  # noqa: E402 - after the check that Altair is there
from ukcso.plots._trend import _unit  # noqa: E402 - the same
from ukcso.plots._trend_points import Lines  # noqa: E402 - the same

pytestmark = pytest.mark.slow

with ukcso.pinned(claims=1, figures=1, population=1, releases=1, sources=1):
    KENT = ukcso.trend_table("86", "Kent", across="allow")


def layers(chart: Any) -> list[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Return every layer with the rows that it draws."""
    spec = chart.to_dict()
    inner = spec["vconcat"][0]
    shared = spec.get("data") or inner.get("data")
    return [(layer, (layer.get("data") or shared)["values"]) for layer in inner["layer"]]


def drawn(chart: Any, mark: str) -> list[dict[str, Any]]:
    """Return the rows of the first layer of a mark."""
    return next(rows for layer, rows in layers(chart) if layer["mark"]["type"] == mark)


class TestTrend:
    """`plots.trend`: line, points, band, breaks."""

    def test_points_are_the_rates_of_the_table(self) -> None:
        """Every period is a point at its middle, with the table's rate and interval."""
        points = drawn(plots.trend(KENT), "point")
        for name, column in {"value": "rate", "lower": "lower", "upper": "upper"}.items():
            assert [it[name] for it in points] == pytest.approx(KENT[column].tolist())
        assert [it["period"] for it in points] == KENT["period"].tolist()
        assert points[0]["middle"] == "2012-09-30"

    def test_a_frame_and_its_arguments_give_the_same_picture(self) -> None:
        """Handing over the table draws what naming it draws, in whatever order of rows."""
        named = plots.trend("86", "Kent").to_dict()
        assert plots.trend(KENT).to_dict() == named
        assert plots.trend(KENT.iloc[::-1]).to_dict() == named

    def test_dashed_exactly_where_periods_are_not_comparable(self) -> None:
        """Each segment ends in a period whose `comparable` says how it is drawn."""
        lines = pd.DataFrame(drawn(plots.trend(KENT), "line"))
        later = lines.groupby("segment").last().set_index("period")["joined"]
        expected = KENT.set_index("period")["comparable"].iloc[1:]
        assert (later == "no break known").to_dict() == expected.to_dict()
        spec, _ = next(it for it in layers(plots.trend(KENT)) if it[0]["mark"]["type"] == "line")
        scale = spec["encoding"]["strokeDash"]["scale"]
        assert scale["domain"] == ["no break known", "not comparable"]
        assert scale["range"][0] == [1, 0]
        assert scale["range"][1] != [1, 0]

    def test_the_band_covers_only_what_may_be_compared(self) -> None:
        """No band runs into or out of a period that lies on neither side of a break."""
        band = {it["period"] for it in drawn(plots.trend(KENT), "area")}
        assert "2014/15" not in band
        assert {"2012/13", "2013/14", "2022/23"} <= band

    def test_no_band_where_nothing_may_be_compared(self) -> None:
        """Three years around a break have intervals of their own, and no band."""
        chart = plots.trend("image_offences", "UK", release="nspcc-2016-09-image-offences")
        assert {it["mark"]["type"] for it, _ in layers(chart)} == {"line", "point", "rule", "text"}

    def test_breaks_stand_at_their_dates(self) -> None:
        """Class 88A has two changes in its time, each a line at its day and told in words."""
        chart = plots.trend("88A", "Kent")
        rows = next(rows for layer, rows in layers(chart) if "day" in rows[0])
        breaks = ukcso.load_breaks(version=1).set_index("break_id")["date"]
        expected = [breaks[name].date().isoformat() for name in ("brk-003", "brk-001")]
        assert [it["day"] for it in rows] == expected == ["2014-11-18", "2017-04-03"]
        assert "3 April 2017: Sexual communication with a child" in chart.description

    def test_labels_of_breaks_close_together_stand_one_above_the_other(self) -> None:
        """In print width two labels get a line each; on a screen they share one."""
        levels = {
            width: [
                it["level"]
                for it in next(
                    rows
                    for _, rows in layers(plots.trend("88A", "Kent", width=width))
                    if "day" in rows[0]
                )
            ]
            for width in (320, 700)
        }
        assert levels == {320: [0, 1], 700: [0, 0]}

    def test_a_break_in_the_first_or_last_days_keeps_its_label_inside(self) -> None:
        """The label runs inwards from a line near an edge."""
        for periods, inwards in ((KENT["period"].iloc[2:], True), (KENT["period"].iloc[:3], False)):
            chart = plots.trend("86", "Kent", periods=periods, width=300)
            (mark,) = next(rows for _, rows in layers(chart) if "day" in rows[0])
            middle = -_style.text_width("18 Nov 2014", 10) / 2
            assert (mark["dx"] > middle) == inwards

    def test_a_missing_period_is_a_gap(self) -> None:
        """No segment crosses a period that is not there, and the note says so."""
        part = KENT[KENT["period"] != "2019/20"]
        part.attrs = KENT.attrs
        chart = plots.trend(part)
        assert plots.trend("86", "Kent", periods=part["period"]).to_dict() == chart.to_dict()
        lines = pd.DataFrame(drawn(chart, "line"))
        together = lines.groupby("segment")["period"].agg(list).tolist()
        assert ["2018/19", "2020/21"] not in together
        assert len(together) == len(KENT) - 3
        assert "1 gap: periods without a figure." in chart.description

    def test_a_period_without_a_rate_is_named(self) -> None:
        """England and Wales has a population for three years only; the others are told."""
        chart = plots.trend("86", "England and Wales", show="rate")
        assert len(drawn(chart, "point")) == 3
        assert "Not known: 2012/13, 2013/14" in chart.description

    def test_counts_where_rates_are_few(self) -> None:
        """Without being told, England and Wales is drawn by counts."""
        chart = plots.trend("86", "England and Wales")
        points = drawn(chart, "point")
        assert points[-1]["value"] == 40472  # Home Office table, all forces in 2022/23
        assert chart.title.subtitle == ["Offences recorded, with 95% intervals"]

    def test_counts_have_the_interval_of_count_interval(self) -> None:
        """The picture computes no interval of its own."""
        points = drawn(plots.trend(KENT, show="count"), "point")
        expected = ukcso.count_interval(KENT["count"])
        assert [it["lower"] for it in points] == pytest.approx(expected.lower.tolist())
        assert [it["upper"] for it in points] == pytest.approx(expected.upper.tolist())

    def test_per_day_is_that_of_the_table(self) -> None:
        """Counts a day are the table's, interval and all divided by the same days."""
        points = drawn(plots.trend(KENT, show="per_day"), "point")
        assert [it["value"] for it in points] == pytest.approx(KENT["per_day"].tolist())
        low = ukcso.count_interval(KENT["count"]).lower.iloc[0] / 365
        assert points[0]["lower"] == pytest.approx(low)

    def test_axis_from_zero_unless_told(self) -> None:
        """`zero` goes into every scale of the vertical axis."""
        for zero in (True, False):
            chart = plots.trend(KENT, zero=zero)
            scales = [
                layer["encoding"]["y"]["scale"]["zero"]
                for layer, _ in layers(chart)
                if "scale" in layer["encoding"].get("y", {})
            ]
            assert set(scales) == {zero}

    @pytest.mark.parametrize(("width", "named"), [(700, 11), (320, 4)])
    def test_names_of_periods_have_room(self, width: int, named: int) -> None:
        """A narrow picture names every third year, the last one always."""
        chart = plots.trend(KENT, width=width)
        axis = layers(chart)[-1][0]["encoding"]["x"]["axis"]
        assert len(axis["values"]) == named
        assert "2022/23" in axis["labelExpr"]

    def test_a_percentage_has_no_interval(self) -> None:
        """A survey's share is no count, so nothing is drawn around it."""
        survey = KENT.copy()
        survey.attrs = {"ukcso": {**KENT.attrs["ukcso"], "of": "survey_adults_abused_before_16"}}
        lines = Lines([survey], "count")
        assert lines.points["lower"].isna().all()
        assert _unit(lines, "count")[0] == "Per cent"

    def test_words(self) -> None:
        """Title, subtitle, source line and alt text say what is drawn."""
        spec = plots.trend("86", "Kent").to_dict()
        assert spec["title"]["subtitle"] == [
            "Offences recorded per 100,000 residents aged 0 to 17, with 95% intervals"
        ]
        foot = " ".join(spec["vconcat"][0]["title"]["text"])
        assert "Sources: Home Office (recorded_crime v1)" in foot
        assert "Last: 425.6 in 2022/23." in spec["description"]
        assert "Lowest: 35.4 in 2012/13." in spec["description"]

    def test_refusing_goes_through(self) -> None:
        """`across="refuse"` refuses as in `trend_table`."""
        with pytest.raises(ukcso.errors.NotComparableError):
            plots.trend("86", "Kent", across="refuse")

    @pytest.mark.parametrize(
        ("call", "message"),
        [
            (lambda: plots.trend("86", "Kent", show="index"), "show must be one of rate, count"),
            (lambda: plots.trend("86", "Kent", width=100), "width must be at least 280"),
            (lambda: plots.trend(ukcso.check_claims()), "as trend_table returned it"),
            (lambda: plots.trend(pd.DataFrame(KENT.to_dict())), "does not say what made it"),
            (lambda: plots.trend(KENT.iloc[:0]), "no rows"),
            (lambda: plots.trend(KENT, "Kent"), "not with a frame"),
            (lambda: plots.trend("image_offences", "UK", show="rate"), "no period has a rate"),
            (lambda: plots.trend("86"), "area is missing: trend_table takes"),
            (lambda: plots.trend("86", "Kent", periods=["1999/00"]), "periods must be one of"),
            (lambda: plots.trend(KENT.assign(count=1.0)), "each once"),
        ],
    )
    def test_wrong_input(self, call: Any, message: str) -> None:
        """What cannot be drawn is refused, with the reason."""
        with pytest.raises(InvalidInputError, match=message):
            call()

    def test_an_unknown_area(self) -> None:
        """A name that is none is told as `find_area` tells it."""
        with pytest.raises(UnknownAreaError, match="Kentt"):
            plots.trend("86", "Kentt")


class TestReleases:
    """A trend of printed figures: nothing is hidden, nothing chained."""

    UK = ("image_offences", "United Kingdom")

    def test_every_release_with_exact_figures_is_drawn(self) -> None:
        """The years up to 2021/22 are there, each with the value that its release prints."""
        printed = ukcso.series(*self.UK)
        exact = printed[(printed["hedge"] == "exact") & ~printed["period"].str.contains("to")]
        points = drawn(plots.trend(*self.UK), "point")
        key = [(it["period"], it["value"]) for it in points]
        assert sorted(key) == sorted(zip(exact["period"], exact["value"], strict=True))
        # fig-... of NSPCC, 2023-02: 30,925 in 2021/22
        assert ("2021/22", 30925) in key
        assert {"NSPCC, 2016-09", "NSPCC, 2023-02"} <= {it["release"] for it in points}

    def test_nothing_is_drawn_from_one_release_to_another(self) -> None:
        """Both ends of each segment are of one release."""
        for mark in ("line", "area"):
            ends = pd.DataFrame(drawn(plots.trend(*self.UK), mark))
            assert all(len(set(both)) == 1 for _, both in ends.groupby("segment")["release"])
        assert "nothing is drawn from one release to another" in plots.trend(*self.UK).description

    def test_releases_differ_in_shape_and_colour(self) -> None:
        """Each has a look of its own, and a line in the legend."""
        spec, rows = next(
            it for it in layers(plots.trend(*self.UK)) if it[0]["mark"]["type"] == "point"
        )
        for channel in ("shape", "color"):
            scale = spec["encoding"][channel]["scale"]
            assert scale["domain"] == list(dict.fromkeys(it["release"] for it in rows))
            looks = scale["range"][: len(scale["domain"])]
            assert len(set(looks)) == len(scale["domain"]) == 4
            assert spec["encoding"][channel]["legend"]["columns"] == 4
        assert plots.trend(*self.UK).to_dict()["config"]["legend"]["orient"] == "top"

    def test_points_of_one_period_stand_side_by_side(self) -> None:
        """18,522 and 18,574 in 2016/17, of two releases, do not hide each other."""
        points = [it for it in drawn(plots.trend(*self.UK), "point") if it["period"] == "2016/17"]
        assert sorted(it["value"] for it in points) == [18522, 18574]
        assert len({it["shift"] for it in points}) == 2

    def test_one_release_on_request(self) -> None:
        """`release` keeps one, drawn as before; so does handing over its table."""
        chart = plots.trend(*self.UK, release="nspcc-2018-09-image-offences")
        assert [it["period"] for it in drawn(chart, "point")] == ["2016/17", "2017/18"]
        table = ukcso.trend_table(*self.UK, release="nspcc-2018-09-image-offences")
        assert plots.trend(table).to_dict() == chart.to_dict()

    def test_the_source_line_names_only_what_is_drawn(self) -> None:
        """Populations are credited where rates are shown, and nowhere else."""
        for show, credited in (("rate", True), ("count", False), ("per_day", False)):
            spec = plots.trend("86", "Kent", show=show).to_dict()
            foot = " ".join(spec["vconcat"][0]["title"]["text"])
            assert ("population" in foot) == credited
            assert "recorded_crime v1" in foot
        spec = plots.trend(*self.UK).to_dict()
        assert "on 4 releases (figures v" in " ".join(spec["vconcat"][0]["title"]["text"])
        assert "population" not in json.dumps(spec["vconcat"][0]["title"])
        assert "per 100,000" not in json.dumps(spec["title"])

    def test_rates_that_need_another_census_basis_are_told(self) -> None:
        """Gwent's newest years have residents on another basis: the picture says so."""
        text = plots.trend("86", "Gwent", show="rate").description
        with warnings.catch_warnings(action="ignore"):
            table = ukcso.trend_table("86", "Gwent", across="allow")
        missing = table.loc[table["why_not_rate"] == "other_basis", "period"]
        if len(missing):
            assert f"Not known: {' and '.join(missing)}. Residents of these ages are est" in text


#: The longest names of forces are among them.
SIX = [
    *("Devon and Cornwall", "Metropolitan Police", "Kent"),
    *("Greater Manchester", "Avon and Somerset", "West Yorkshire"),
]


def named(chart: Any) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return the layer that names areas beside the plot, and its rows."""
    return next(
        (layer, rows)
        for layer, rows in layers(chart)
        if layer["mark"]["type"] == "text" and "area" in rows[0]
    )


class TestAreas:
    """A trend of several areas in one picture."""

    def test_points_are_those_of_the_single_pictures(self) -> None:
        """Rates and intervals are the same, area after area in the order asked for."""
        points = drawn(plots.trend("86", ["Kent", "Essex"]), "point")
        alone = [it for name in ("Kent", "Essex") for it in drawn(plots.trend("86", name), "point")]
        for name in ("period", "middle", "value", "lower", "upper"):
            assert [it[name] for it in points] == [it[name] for it in alone]
        assert [it["area"] for it in points] == ["Kent"] * 11 + ["Essex"] * 11

    def test_one_area_in_a_list_is_one_area(self) -> None:
        """So is one that is named twice, by two of its names."""
        alone = plots.trend("86", "Metropolitan Police").to_dict()
        assert plots.trend("86", ["Met"]).to_dict() == alone
        assert plots.trend("86", ("Met", "Metropolitan Police")).to_dict() == alone

    def test_lines_join_points_of_one_area(self) -> None:
        """No segment runs from one area to another; each has all of its own."""
        ends = pd.DataFrame(drawn(plots.trend("86", SIX), "line"))
        together = ends.groupby("segment")["area"].agg(list)
        assert all(len(set(both)) == 1 for both in together)
        assert together.str[0].value_counts().to_dict() == dict.fromkeys(SIX, 10)

    @pytest.mark.parametrize("width", [320, 700])
    def test_areas_differ_in_shape_and_colour(self, width: int) -> None:
        """Grey paper keeps the shapes; names are beside the plot or, in print, in a legend."""
        chart = plots.trend("86", SIX, width=width)
        point, _ = next(it for it in layers(chart) if it[0]["mark"]["type"] == "point")
        for channel in ("shape", "color"):
            scale = point["encoding"][channel]["scale"]
            assert scale["domain"] == SIX
            assert len(set(scale["range"][:6])) == 6
            assert (point["encoding"][channel]["legend"] is None) == (width == 700)

    @pytest.mark.parametrize(
        ("areas", "periods"),
        [
            (SIX, None),
            # 195.0 and 195.6 in 2020/21; 240.1 and 256.9
            (["Surrey", "Hertfordshire", "Essex", "Sussex"], ["2019/20", "2020/21"]),
            # The smallest two of six, below all others, lie on the axis.
            (["England and Wales", "Gwent", "Cumbria", "Dyfed-Powys", "Warwickshire"], None),
        ],
    )
    def test_names_stand_beside_the_last_points_none_over_another(
        self, areas: list[str], periods: list[str] | None
    ) -> None:
        """Each name stands in the order of the last values, a line apart, inside the plot."""
        chart = plots.trend("86", areas, periods=periods)
        layer, rows = named(chart)
        spec = chart.to_dict()["vconcat"][0]
        low, high = layer["encoding"]["y"]["scale"]["domain"]
        assert [it["area"] for it in rows] == [
            it["area"] for it in sorted(rows, key=lambda it: -it["value"])
        ]
        places = [
            spec["height"] * (1 - (it["value"] - low) / (high - low)) + it["dy"] for it in rows
        ]
        assert all(below - above >= 13 for above, below in pairwise(places))  # letters are 11
        assert places[0] >= 0
        assert places[-1] <= spec["height"] + 1e-9
        assert {it["area"] for it in rows} == set(areas)

    def test_counts_of_areas_say_that_they_are_no_rates(self) -> None:
        """England and Wales has few rates, so all have counts, and the picture says so."""
        chart = plots.trend("86", ["Kent", "England and Wales"])
        assert chart.title.subtitle == ["Offences recorded, with 95% intervals"]
        assert "Counts, not rates: the areas differ" in chart.description
        assert "Counts, not rates" not in plots.trend("86", "Kent", show="count").description

    def test_words(self) -> None:
        """Title and alt text name the areas; what is of some only says of which."""
        chart = plots.trend("88A", ["Gwent", "Kent", "South Wales"], show="rate")
        assert chart.title.text[0].startswith("Sexual grooming (class 88A), Gwent, Kent and South")
        assert "Line chart of 3 areas. Gwent: " in chart.description
        assert "Kent: 2.3 in 2012/13 and 59.3 in 2022/23." in chart.description
        assert "Not known (Gwent and South Wales): 2012/13" in chart.description
        assert "Vertical line, 3 April 2017: Sexual communication" in chart.description
        assert chart.description.count("Left out, quarters are missing: 2023/24.") == 1

    def test_a_break_of_some_areas_says_of_which(self) -> None:
        """A change of recording in England and Wales is none of Lancashire's from 2016 on."""
        chart = plots.trend("image_offences", ["Lancashire", "United Kingdom"], show="count")
        assert "Vertical line, 18 November 2014 (United Kingdom): Recording" in chart.description
        assert "One line for each area and release; nothing is drawn" in chart.description

    def test_seven_are_too_many(self) -> None:
        """More lines than six cannot be told apart: refused, with their number."""
        with pytest.raises(InvalidInputError, match=r"at most 6 areas.*got 7: .*kent"):
            plots.trend("86", [*SIX, "Essex"])

    @pytest.mark.parametrize("area", [[], 5, ["Kent", 5]])
    def test_no_names(self, area: Any) -> None:
        """No area, or none that is a name, is refused."""
        with pytest.raises(ukcso.errors.UkcsoError):
            plots.trend("86", area)

    def test_unknown_among_several(self) -> None:
        """The name that is none is told."""
        with pytest.raises(UnknownAreaError, match="Kentt"):
            plots.trend("86", ["Essex", "Kentt"])
