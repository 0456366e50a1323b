"""How all pictures look: colours, letters, sizes, and lines of text that fit."""

from __future__ import annotations

from typing import Any

from ukcso._rules import require_number

#: Bundled with vl-convert, so a picture is the same on a machine without fonts; Arial
#: has the same widths in a browser.
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"

# Okabe and Ito's colours, told apart by all kinds of colour vision.
BLACK, ORANGE, GREEN = "#000000", "#E69F00", "#009E73"
BLUE, VERMILION, PURPLE, SKY = "#0072B2", "#D55E00", "#CC79A7", "#56B4E9"
WHITE, INK, SOFT, FAINT = "#FFFFFF", "#222222", "#595959", "#E3E3E3"

#: Light to dark, so that grey paper keeps the order: viridis, backwards.
SEQUENCE = ("#FDE725", "#7AD151", "#22A884", "#2A788E", "#414487", "#440154")
#: The letters that stand out on each of them.
ON_SEQUENCE = (BLACK, BLACK, BLACK, WHITE, WHITE, WHITE)

#: What stands for a missing number, as in published tables.
NONE = "\N{EN DASH}"
PADDING = 8
_NARROWEST, _NARROW = 280, 480
_WIDTHS = {
    **dict.fromkeys("ijl'|!.,;:/ Itf()[]-", 0.31),
    **dict.fromkeys("mwMW%@", 0.89),
    **dict.fromkeys("ABCDEFGHJKLNOPQRSTUVXYZ&", 0.70),
}


def require_width(width: object) -> float:
    """Refuse a picture that is too narrow for its words."""
    words = f"at least {_NARROWEST} and finite (pixels)"
    return require_number("width", width, words, lambda x: _NARROWEST <= x < float("inf"))


def is_narrow(width: float) -> bool:
    """Say whether a picture is for one column of print."""
    return width < _NARROW


def letters(width: float) -> int:
    """Return the size of letters on axes and labels."""
    return 10 if is_narrow(width) else 11


def text_width(text: str, size: float) -> float:
    """
    Return about how many pixels a text takes.

    Examples
    --------
    >>> 60 < text_width("Hertfordshire", 11) < 75
    True
    """
    return size * sum(_WIDTHS.get(letter, 0.56) for letter in text)


def wrapped(text: str, width: float, size: float) -> list[str]:
    """
    Break a text into lines of at most so many pixels.

    Examples
    --------
    >>> wrapped("Offences recorded per 100,000 residents", 120, 11)
    ['Offences recorded per', '100,000 residents']
    """
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def config(width: float) -> dict[str, Any]:
    """Return the Vega-Lite config; every value told, so that no theme comes through."""
    size = letters(width)
    sizes = {"labelFontSize": size, "titleFontSize": size, "titleFontWeight": "normal"}
    words = {**sizes, "labelColor": INK, "titleColor": INK, "labelLimit": 0, "titleLimit": 0}
    lines = {"gridColor": FAINT, "domainColor": SOFT, "tickColor": SOFT}
    row = {"orient": "top", "direction": "horizontal", "title": None, "offset": 8}
    return {
        "font": FONT,
        "background": WHITE,
        "numberFormat": ",~f",
        "view": {"stroke": None},
        "axis": {**words, **lines, "labelSeparation": 6},
        "axisX": {"labelFlush": False},
        "legend": {**words, **row, "symbolSize": 70, "symbolOpacity": 1},
        "text": {"fontSize": size, "color": INK},
        "title": {"anchor": "start", "frame": "bounds", "offset": 10, "limit": 0},
    }
