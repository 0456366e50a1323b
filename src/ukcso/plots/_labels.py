"""Labels beside points, none over another."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from ukcso.datasets import rows
from ukcso.plots._chart import Canvas
from ukcso.plots._style import text_width

#: Steps away from a point, nearest first: how far sideways and down, in pixels.
_STEPS = [
    (sideways, down)
    for down in (0, -10, 10, -20, 20, -30, 30, -42, 42)
    for sideways in (8, -8, 22, -22)
]
_GAP = 2


class _Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: _Box) -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


def placed(labels: pd.DataFrame, points: pd.DataFrame, canvas: Canvas, size: float) -> pd.DataFrame:
    """
    Find room beside its point for each label, in turn.

    Parameters
    ----------
    labels
        Columns `label`, and `x` and `y` of its point, in pixels from the top left.
    points
        Columns `x` and `y` of all points, which no label may hide.
    canvas
        Where all labels must be inside.
    size
        Of letters.

    Returns
    -------
    DataFrame
        The labels there is room for, with `dx`, `dy` and `align`, seen from the point.

    Examples
    --------
    >>> import pandas as pd
    >>> from ukcso.plots._chart import Canvas
    >>> two = pd.DataFrame({"label": ["Kent", "Essex"], "x": [50, 50], "y": [50, 52]})
    >>> placed(two, two[:0], Canvas(320, (100, 100), ["0"], ""), 11)[["dx", "dy", "align"]].values
    array([[8, 0, 'left'],
           [-8, 0, 'right']], dtype=object)
    """
    taken = [_Box(row.x - 4, row.y - 4, row.x + 4, row.y + 4) for row in rows(points)]
    places: dict[int, tuple[float, float, str]] = {}
    for at, label in enumerate(rows(labels)):
        for dx, dy in _STEPS:
            box = _box(label.x + dx, label.y + dy, label.label, size, to_the_left=dx < 0)
            across = box.left >= 0 and box.right <= canvas.plot_width
            inside = across and box.top >= 0 and box.bottom <= canvas.height
            if inside and not any(box.meets(other) for other in taken):
                taken.append(box)
                places[at] = dx, dy, "left" if dx > 0 else "right"
                break
    beside = pd.DataFrame(list(places.values()), columns=["dx", "dy", "align"])
    return labels.iloc[list(places)].reset_index(drop=True).join(beside)


def _box(x: float, middle: float, text: str, size: float, *, to_the_left: bool) -> _Box:
    long = text_width(text, size)
    left = x - long if to_the_left else x
    return _Box(left - _GAP, middle - size / 2 - 1, left + long + _GAP, middle + size / 2 + 1)
