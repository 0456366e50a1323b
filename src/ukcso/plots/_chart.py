"""What every picture is put together from: its size, its data, its words and its alt text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from ukcso.outputs import optional, source_line
from ukcso.plots import _style

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from ukcso.plots._offline import OfflineChart

_RIGHT = 14
#: Bold letters are wider.
_BOLDER = 1.1


class Words(NamedTuple):
    """
    What a picture says in words.

    Attributes
    ----------
    title, subtitle
        Measure, place and period; what is counted, per whom.
    notes
        What a reader must know of the marks, and of what is not drawn.
    facts
        Sentences for those who do not see it.
    """

    title: str
    subtitle: str
    notes: Sequence[str]
    facts: Sequence[str]


@dataclass(frozen=True)
class Canvas:
    """
    The size of a picture, and what its vertical axis leaves of it, in pixels.

    Attributes
    ----------
    width
        Of the whole picture.
    heights
        Of the plot, in a narrow picture and in a wide one.
    labels
        Texts on the vertical axis, the longest among them.
    title
        Of the vertical axis.
    """

    width: float
    heights: tuple[float, float]
    labels: Sequence[str]
    title: str

    @property
    def narrow(self) -> bool:
        """Whether it is for one column of print."""
        return _style.is_narrow(self.width)

    @property
    def size(self) -> int:
        """Of letters."""
        return _style.letters(self.width)

    @property
    def height(self) -> float:
        """Of the plot."""
        return self.heights[not self.narrow]

    @property
    def title_lines(self) -> list[str]:
        """Title of the vertical axis, in lines that fit."""
        return _style.wrapped(self.title, self.height, self.size)

    @property
    def extent(self) -> float:
        """Room for the labels of the vertical axis."""
        widest = max(_style.text_width(label, self.size) for label in self.labels)
        return 8 + max(24, _BOLDER * widest)

    @property
    def plot_width(self) -> float:
        """What is left for the plot."""
        title = len(self.title_lines) * (self.size + 3) + 6 if self.title else 0
        return self.width - 2 * _style.PADDING - self.extent - title - _RIGHT

    def y(self, field: str, scale: Mapping[str, Any], **axis: Any) -> Any:
        """Return the vertical axis of a number."""
        alt = altair()
        fixed = {"minExtent": self.extent, "maxExtent": self.extent, "format": ",~f"}
        return alt.Y(
            f"{field}:Q",
            title=self.title_lines,
            scale=alt.Scale(**scale),
            axis=alt.Axis(**fixed, **(axis or {"tickCount": 6})),
        )

    def layered(self, *layers: Any) -> Any:
        """Return layers as one plot, the last on top."""
        return altair().LayerChart(layer=list(layers), width=self.plot_width, height=self.height)


def altair() -> Any:
    """
    Return Altair.

    Raises
    ------
    MissingDependencyError
        It is not installed; the message holds the install line.
    """
    return optional("altair", "plots")


def chart(frame: pd.DataFrame) -> Any:
    """Return a chart of the rows of a frame, what is missing being null: JSON knows no NaN."""
    plain = frame.select_dtypes(exclude="datetime").astype(object)
    plain = plain.where(plain.notna(), None)
    return altair().Chart(altair().Data(values=plain.to_dict("records")))


def tips(columns: Mapping[str, str | tuple[str, str]]) -> list[Any]:
    """Return tooltips: the heading of each column, with a format where it is a number."""
    alt = altair()
    headings = {name: (it, None) if isinstance(it, str) else it for name, it in columns.items()}
    return [
        alt.Tooltip(f"{name}:{'Q' if form else 'N'}", title=title, format=form or alt.Undefined)
        for name, (title, form) in headings.items()
    ]


def legend(**options: Any) -> Any:
    """Return a legend in a row above the plot."""
    options = {"title": None, "orient": "top", "direction": "horizontal", **options}
    return altair().Legend(**options)


def names(base: Any, **text: Any) -> list[Any]:
    """
    Return texts beside points, where the columns dx, dy and align say.

    White below the letters keeps lines from running through them.
    """
    text |= {part: {"expr": f"datum.{part}"} for part in ("dx", "dy", "align")}
    text["baseline"] = "middle"
    halo = base.mark_text(**text, stroke="#FFFFFF", strokeWidth=4)
    return [halo, base.mark_text(**text, color=_style.INK)]


def if_highlighted(then: object, otherwise: object) -> Any:
    """Return one look for highlighted rows, and one for the others."""
    alt = altair()
    return alt.condition("datum.highlighted", alt.value(then), alt.value(otherwise))


def finished(plot: Any, words: Words, frame: pd.DataFrame, width: float) -> OfflineChart:
    """Put title, notes, source line and alt text around a plot."""
    alt = altair()
    from ukcso.plots._offline import OfflineChart  # noqa: PLC0415 - it needs Altair

    room = width - 2 * _style.PADDING
    size = _style.letters(width)
    foot = [*words.notes, source_line(frame)]
    shared = {"anchor": "start", "frame": "bounds", "offset": 10, "limit": 0}
    below = alt.TitleParams(
        text=[line for text in foot for line in _style.wrapped(text, room, size - 1)],
        orient="bottom",
        color=_style.SOFT,
        fontSize=size - 1,
        fontWeight="normal",
        lineHeight=size + 2,
        **shared,
    )
    above = alt.TitleParams(
        text=_style.wrapped(words.title, room / _BOLDER, size + 2),
        subtitle=_style.wrapped(words.subtitle, room, size),
        color=_style.INK,
        subtitleColor=_style.SOFT,
        fontSize=size + 2,
        subtitleFontSize=size,
        lineHeight=size + 5,
        subtitleLineHeight=size + 3,
        subtitlePadding=4,
        **shared,
    )
    return OfflineChart(
        vconcat=[plot.properties(title=below)],
        title=above,
        description=" ".join([f"{words.title}.", f"{words.subtitle}.", *words.facts, *words.notes]),
        padding=_style.PADDING,
        config=_style.config(width),
    )
