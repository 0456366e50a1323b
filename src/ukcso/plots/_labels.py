"""Labels beside points, none over another."""

from __future__ import annotations

import numpy as np
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
    places_of_points = points[["x", "y"]].to_numpy(float)
    taken = np.hstack([places_of_points - 4, places_of_points + 4])  # left, top, right, bottom
    high = size / 2 + 1
    places: dict[int, tuple[float, float, str]] = {}
    for at, label in enumerate(rows(labels)):
        long = text_width(label.label, size)
        for dx, dy in _STEPS:
            left, middle = label.x + dx - (long if dx < 0 else 0), label.y + dy
            box = np.array([left - _GAP, middle - high, left + long + _GAP, middle + high])
            meets = (box[:2] < taken[:, 2:]) & (taken[:, :2] < box[2:])
            inside = min(box) >= 0 and box[2] <= canvas.plot_width and box[3] <= canvas.height
            if inside and not meets.all(axis=1).any():
                taken = np.vstack([taken, box])
                places[at] = dx, dy, "left" if dx > 0 else "right"
                break
    beside = pd.DataFrame(list(places.values()), columns=["dx", "dy", "align"])
    return labels.iloc[list(places)].reset_index(drop=True).join(beside)
