"""Labels beside points."""

from __future__ import annotations

from itertools import combinations

import pandas as pd
import pytest

from ukcso.plots._chart import Canvas
from ukcso.plots._labels import placed
from ukcso.plots._style import text_width, wrapped

CANVAS = Canvas(400, (200, 200), ["100"], "")


def crowd(count: int) -> pd.DataFrame:
    """Return points close together, each with a name."""
    return pd.DataFrame(
        {
            "label": [f"Area {place}" for place in range(count)],
            "x": [100.0 + place % 5 for place in range(count)],
            "y": [100.0 + place // 5 for place in range(count)],
        }
    )


class TestPlaced:
    """`placed`: room for each label, or none."""

    @pytest.mark.parametrize("count", [1, 5, 40])
    def test_no_label_lies_over_another_or_outside(self, count: int) -> None:
        """In a crowd some labels have no room; the others are apart, and inside the plot."""
        labels = placed(crowd(count), crowd(count), CANVAS, 11)
        long = labels["label"].map(lambda label: text_width(label, 11))
        left = labels["x"] + labels["dx"] - long.where(labels["align"] == "right", 0)
        middle = labels["y"] + labels["dy"]
        assert 0 < len(labels) <= count
        for one, other in combinations(labels.index, 2):
            beside = left[one] + long[one] < left[other] or left[other] + long[other] < left[one]
            assert beside or abs(middle[one] - middle[other]) > 11
        assert left.min() >= 0
        assert (left + long).max() <= CANVAS.plot_width
        assert middle.between(11 / 2, CANVAS.height - 11 / 2).all()

    def test_without_room_a_label_is_left_out(self) -> None:
        """Of forty at one place, the first ones have room; order is kept."""
        labels = placed(crowd(40), crowd(40), CANVAS, 11)
        assert len(labels) < 40
        assert labels["label"].iloc[0] == "Area 0"

    def test_at_the_right_edge_a_label_runs_to_the_left(self) -> None:
        """It stays inside."""
        edge = pd.DataFrame({"label": ["Hertfordshire"], "x": [CANVAS.plot_width - 5], "y": [100]})
        assert placed(edge, edge, CANVAS, 11)["align"].tolist() == ["right"]

    def test_nothing_to_label(self) -> None:
        """An empty frame stays empty, with all columns."""
        assert list(placed(crowd(0), crowd(3), CANVAS, 11)) == [*crowd(0), "dx", "dy", "align"]


def test_wrapped_lines_fit() -> None:
    """Every line is as narrow as asked, unless one word alone is wider; no word is lost."""
    text = "Recording improved after the 2014 inspection of crime data integrity"
    lines = wrapped(text, 150, 11)
    assert " ".join(lines) == text
    assert all(text_width(line, 11) <= 150 for line in lines)
    assert wrapped("Obscene publications", 10, 11) == ["Obscene", "publications"]


def test_a_canvas_leaves_room_for_its_axis() -> None:
    """Long labels and a title make the plot narrower, and nothing makes the picture wider."""
    long = Canvas(400, (200, 300), ["1,000,000,000"], "Offences recorded")
    assert long.plot_width < CANVAS.plot_width < 400
    assert long.height == 200
    assert Canvas(700, (200, 300), ["1"], "").height == 300
