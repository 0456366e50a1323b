"""Labels beside points, none over another."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ukcso.plots._style import text_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: Steps away from a point, nearest first: how far sideways and down, in pixels.
_STEPS = [
    (sideways, down)
    for down in (0, -10, 10, -20, 20, -30, 30, -42, 42)
    for sideways in (8, -8, 22, -22)
]
_GAP = 2


class Label(NamedTuple):
    """A text and the point that it names, in pixels from the top left."""

    x: float
    y: float
    text: str


class Place(NamedTuple):
    """Where a label goes, seen from its point."""

    dx: float
    dy: float
    align: str


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


def placed(
    labels: Sequence[Label],
    points: Iterable[tuple[float, float]],
    *,
    size: float,
    width: float,
    height: float,
) -> list[Place | None]:
    """
    Find room beside its point for each label, in turn; None where there is none.

    Examples
    --------
    >>> two = [Label(50, 50, "Kent"), Label(50, 52, "Essex")]
    >>> placed(two, [], size=11, width=200, height=100)
    [Place(dx=8, dy=0, align='left'), Place(dx=-8, dy=0, align='right')]
    """
    taken = [_Box(x - 4, y - 4, x + 4, y + 4) for x, y in points]
    found: list[Place | None] = []
    for label in labels:
        for dx, dy in _STEPS:
            box = _box(label, dx, dy, size)
            inside = box.left >= 0 and box.right <= width and box.top >= 0 and box.bottom <= height
            if inside and not any(box.meets(other) for other in taken):
                taken.append(box)
                found.append(Place(dx, dy, "left" if dx > 0 else "right"))
                break
        else:
            found.append(None)
    return found


def _box(label: Label, dx: float, dy: float, size: float) -> _Box:
    long = text_width(label.text, size)
    left = label.x + dx - (0 if dx > 0 else long)
    middle = label.y + dy
    return _Box(left - _GAP, middle - size / 2 - 1, left + long + _GAP, middle + size / 2 + 1)
