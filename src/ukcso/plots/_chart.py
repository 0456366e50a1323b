"""What every picture is put together from: its size, its data, its words and its alt text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ukcso.errors import refusal
from ukcso.outputs import RECORDED, capital, caveats, optional, source_line
from ukcso.plots import _style

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd

    from ukcso.plots._offline import OfflineChart

_RIGHT = 14
#: Bold letters are wider.
_BOLDER = 1.1


class _Altair:
    """Altair, loaded when a picture first needs it; missing, its error has the install line."""

    def __getattr__(self, name: str) -> Any:
        return getattr(optional("altair", "plots"), name)


altair = _Altair()


class Canvas:
    """
    The size of a picture, and what its vertical axis leaves of it, in pixels.

    Parameters
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

    def __init__(
        self, width: float, heights: tuple[float, float], labels: Sequence[str], title: str
    ) -> None:
        self.narrow = _style.is_narrow(width)
        self.size = _style.letters(width)
        self.height = heights[not self.narrow]
        self.title = _style.wrapped(title, self.height, self.size)
        widest = max(_style.text_width(label, self.size) for label in labels)
        self.extent = 8 + max(24, _BOLDER * widest)
        beside = len(self.title) * (self.size + 3) + 6 if self.title else 0
        self.plot_width = width - 2 * _style.PADDING - self.extent - beside - _RIGHT

    def x(self, field: str, title: str, scale: Mapping[str, Any], **axis: Any) -> Any:
        """Return the horizontal axis of a number; `field` of what is returned has another."""
        return altair.X(
            field=field,
            type="quantitative",
            title=_style.wrapped(title, self.plot_width, self.size),
            scale=altair.Scale(**scale),
            axis=altair.Axis(**axis),
        )

    def y(self, field: str, scale: Mapping[str, Any], **axis: Any) -> Any:
        """Return the vertical axis of a number."""
        return altair.Y(
            f"{field}:Q",
            title=self.title,
            scale=altair.Scale(**scale),
            axis=altair.Axis(**{"tickCount": 6, "minExtent": self.extent, **axis}),
        )

    def layered(self, *layers: Any) -> Any:
        """Return layers as one plot, the last on top."""
        return altair.LayerChart(layer=list(layers), width=self.plot_width, height=self.height)


def along(values: Any, low: Any, high: Any) -> Any:
    """Return how far along an axis values are, from 0 to 1."""
    return (values - low) / (high - low)


def chart(frame: pd.DataFrame) -> Any:
    """Return a chart of the rows of a frame, what is missing being null: JSON knows no NaN."""
    plain = frame.select_dtypes(exclude="datetime").astype(object)
    plain = plain.where(plain.notna(), None)
    return altair.Chart(altair.Data(values=plain.to_dict("records")))


def tips(*columns: tuple[str, str, str]) -> list[Any]:
    """Return tooltips of columns, each with its heading and, where it is a number, a format."""
    return [
        altair.Tooltip(
            f"{name}:{'Q' if form else 'N'}", title=title, format=form or altair.Undefined
        )
        for name, title, form in columns
    ]


def looks(field: str, words: Iterable[str], key: Any, **looks: Iterable[Any]) -> dict[str, Any]:
    """Return channels in which each word of a column has a look of its own, told by a legend."""
    return {
        channel: getattr(altair, capital(channel))(
            f"{field}:N", scale=altair.Scale(domain=list(words), range=list(range_)), legend=key
        )
        for channel, range_ in looks.items()
    }


def names(base: Any, **text: Any) -> list[Any]:
    """
    Return texts beside points, where the columns dx, dy and align say.

    White below the letters keeps lines from running through them.
    """
    text |= {part: {"expr": f"datum.{part}"} for part in ("dx", "dy", "align")}
    text["baseline"] = "middle"
    halo = base.mark_text(**text, stroke=_style.WHITE, strokeWidth=4)
    return [halo, base.mark_text(**text, color=_style.INK)]


def if_highlighted(then: object, otherwise: object) -> Any:
    """Return one look for highlighted rows, and one for the others."""
    return altair.condition("datum.highlighted", altair.value(then), altair.value(otherwise))


def points(frame: pd.DataFrame, **encoded: Any) -> Any:
    """Return points as large as the column size says, with a rim where they are highlighted."""
    return (
        chart(frame)
        .mark_point(filled=True, opacity=1)
        .encode(
            size=altair.Size("size:Q", scale=None),
            stroke=if_highlighted(_style.INK, _style.WHITE),
            strokeWidth=if_highlighted(2, 0.5),
            **encoded,
        )
    )


def dashed(lines: pd.DataFrame, dashes: Mapping[str, list[int]], columns: int) -> Any:
    """
    Return the lines of a column curve, told apart by how the words of a column level are dashed.

    Parameters
    ----------
    lines
        A row a point of a line.
    dashes
        How long dashes and gaps are, by word, in the order of the legend.
    columns
        How many words of the legend stand beside each other.
    """
    stroke = {"symbolType": "stroke", "symbolSize": 300, "symbolStrokeColor": _style.INK}
    key = altair.Legend(columns=columns, **stroke)
    line = chart(lines).mark_line(color=_style.INK, strokeWidth=1.2)
    return line.encode(detail="curve:N", **looks("level", dashes, key, strokeDash=dashes.values()))


def finished(  # noqa: PLR0913 - what a picture says in words
    plot: Any,
    frame: pd.DataFrame,
    width: float,
    *,
    given: str | None,
    title: str,
    subtitle: str,
    notes: Sequence[str],
    facts: Sequence[str],
) -> OfflineChart:
    """
    Put title, notes, source line and alt text around a plot.

    Parameters
    ----------
    plot, frame, width
        What is drawn, the rows that it is of, and how wide the picture is.
    given
        The title that a caller wants; None takes `title`, which the alt text has anyway.
    title, subtitle
        Measure, place and period; what is counted, per whom.
    notes
        What a reader must know of the marks, and of what is not drawn; what holds of the
        measure follows them.
    facts
        Sentences for those who do not see it.

    Raises
    ------
    InvalidInputError
        The title that is wanted is no text, or empty.
    """
    from ukcso.plots._offline import OfflineChart  # noqa: PLC0415 - it needs Altair

    if given is not None and not (isinstance(given, str) and given.strip()):
        raise refusal(given, "title", "a text")
    room, size = width - 2 * _style.PADDING, _style.letters(width)
    titles = [f"{title}."] if given is None else [f"{given}.", f"{title}."]
    recorded = [RECORDED] if subtitle.startswith("Offences recorded") else []
    notes = [*notes, *caveats(frame), *recorded]
    foot = [*notes, source_line(frame)]
    below = altair.TitleParams(
        text=[line for text in foot for line in _style.wrapped(text, room, size - 1)],
        orient="bottom",
        color=_style.SOFT,
        fontSize=size - 1,
        fontWeight="normal",
        lineHeight=size + 2,
    )
    above = altair.TitleParams(
        text=_style.wrapped(given or title, room / _BOLDER, size + 2),
        subtitle=_style.wrapped(subtitle, room, size),
        color=_style.INK,
        subtitleColor=_style.SOFT,
        fontSize=size + 2,
        subtitleFontSize=size,
        lineHeight=size + 5,
        subtitleLineHeight=size + 3,
        subtitlePadding=4,
    )
    return OfflineChart(
        vconcat=[plot.properties(title=below)],
        title=above,
        description=" ".join([*titles, f"{subtitle}.", *facts, *notes]),
        padding=_style.PADDING,
        config=_style.config(width),
    )
