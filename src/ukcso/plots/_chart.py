"""A drawing, its words above and below, and its alt text, put together."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ukcso.outputs import optional, source_line
from ukcso.plots import _style

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd

    from ukcso.plots._offline import OfflineChart


@dataclass(frozen=True, slots=True)
class Words:
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


def altair() -> Any:
    """
    Return Altair.

    Raises
    ------
    MissingDependencyError
        It is not installed; the message holds the install line.
    """
    return optional("altair", "plots")


def values(rows: Iterable[Mapping[str, object]]) -> Any:
    """Return rows as data of a chart, what is missing being null: JSON knows no NaN."""
    plain = [{name: _plain(value) for name, value in row.items()} for row in rows]
    return altair().Data(values=plain)


def finished(drawing: Any, words: Words, frame: pd.DataFrame, width: float) -> OfflineChart:
    """Put title, notes, source line and alt text around a drawing."""
    alt = altair()
    from ukcso.plots._offline import OfflineChart  # noqa: PLC0415 - it needs Altair

    room = width - 2 * _style.PADDING
    size = _style.letters(width)
    foot = [*words.notes, source_line(frame)]
    below = alt.TitleParams(
        text=[line for text in foot for line in _style.wrapped(text, room, size - 1)],
        orient="bottom",
        anchor="start",
        frame="bounds",
        color=_style.SOFT,
        fontSize=size - 1,
        fontWeight="normal",
        lineHeight=size + 2,
        offset=10,
        limit=0,
    )
    above = alt.TitleParams(
        # Bold letters are a tenth wider.
        text=_style.wrapped(words.title, room / 1.1, size + 2),
        subtitle=_style.wrapped(words.subtitle, room, size),
        anchor="start",
        frame="bounds",
        color=_style.INK,
        subtitleColor=_style.SOFT,
        fontSize=size + 2,
        subtitleFontSize=size,
        lineHeight=size + 5,
        subtitleLineHeight=size + 3,
        subtitlePadding=4,
        offset=10,
        limit=0,
    )
    return OfflineChart(
        vconcat=[drawing.properties(title=below)],
        title=above,
        description=" ".join([f"{words.title}.", f"{words.subtitle}.", *words.facts, *words.notes]),
        padding=_style.PADDING,
        config=_style.config(width),
    )


def _plain(value: object) -> object:
    """Return a value as JSON has it."""
    if isinstance(value, (str, bool, list)):
        return value
    if not isinstance(value, (int, float)):
        return None  # what pandas has for a missing text or whole number
    number = float(value)
    if math.isnan(number):
        return None
    return int(number) if number.is_integer() else number
