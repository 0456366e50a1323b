r"""
The stamped tables of a document: HTML, LaTeX or Markdown, a table alone or among other text.

Only cells and stamps are read. A document and what is written anew go through the same
reader, so it need not understand markup: what is the same in both does not matter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from ukcso._stamp import Stamp, stamps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Row = tuple[str, ...]

_SIGNS = {
    "textbackslash": "/",
    "textasciitilde": "~",
    "textasciicircum": "^",
    "textless": "<",
    "textgreater": ">",
    "textbar": "|",
}
_TEX_SIGNS = re.compile(r"\\(" + "|".join(_SIGNS) + r")\{\}")
#: Commands whose arguments are not printed.
_TEX_SETTINGS = re.compile(r"\\parbox\[t\]\{[^{}]*\}|\\(?:fontsize|setlength)\{[^{}]*\}\{[^{}]*\}")


@dataclass(frozen=True, slots=True)
class Found:
    """A stamped table: its heading, its rows of cells as text, and its stamp."""

    heading: Row
    rows: tuple[Row, ...]
    stamp: Stamp


def html_tables(text: str) -> list[Found]:
    """Return the stamped tables of an HTML page."""
    reader = _HtmlReader()
    reader.feed(text)
    reader.close()
    return list(_stamped(reader.events))


def markdown_tables(text: str) -> list[Found]:
    """Return the stamped tables of a Markdown document."""
    events: list[Row | str] = []
    for line in text.splitlines():
        if not line.lstrip().startswith("|"):
            events.append(_unescaped(line))
        elif not re.fullmatch(r"[\s|:-]+", line):
            bare = re.sub(r"(?<!\\)\|\s*$", "", line.strip()).removeprefix("|")
            events.append(tuple(_plain(_unescaped(it)) for it in re.split(r"(?<!\\)\|", bare)))
    return list(_stamped(events))


def latex_tables(text: str) -> list[Found]:
    """Return the stamped tables of a LaTeX document."""
    bare = re.sub(r"(?<!\\)%.*", "", text)
    inside = re.compile(r"\\begin\{(tabular\*?|longtable)\}(.*?)\\end\{\1\}", re.DOTALL)
    events: list[Row | str] = []
    end = 0
    for table in inside.finditer(bare):
        events.append(_untexed(bare[end : table.start()]))
        # Spaces after a control word are not printed, so rules vanish with their line.
        body = re.sub(r"\\(?:top|mid|bottom)rule|\\addlinespace\[[^]]*\]|\\endhead", "", table[2])
        for line in re.split(r"\\\\\s*\n", body):
            cells = re.split(r"(?<!\\)&", line)
            if len(cells) > 1:
                events.append(tuple(_untexed(cell) for cell in cells))
        end = table.end()
    events.append(_untexed(bare[end:]))
    return list(_stamped(events))


READERS: dict[str, Callable[[str], list[Found]]] = {
    ".html": html_tables,
    ".md": markdown_tables,
    ".tex": latex_tables,
}


def _stamped(events: list[Row | str]) -> Iterator[Found]:
    """Give each stamp the nearest table before it: rows that follow each other without text."""
    rows: list[Row] = []
    between = ""
    for event in [*events, ()]:
        if isinstance(event, str):
            between += f" {event}"
            continue
        for _, stamp in stamps(" ".join(between.split())):
            if rows:
                yield Found(rows[0], tuple(rows[1:]), stamp)
                rows = []
        if between.strip():
            rows = []
        between = ""
        rows.append(event)


class _HtmlReader(HTMLParser):
    """Rows of table heads and bodies as tuples; everything else, table feet too, as text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.events: list[Row | str] = []
        self._row: list[str] | None = None
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a row or a cell."""
        if tag in {"tfoot", "style", "script", "caption"} or "gt_heading" in str(attrs):
            self._open.append(tag)
        elif tag == "tr" and not self._open:
            self._row = []
        elif tag in {"td", "th"} and self._row is not None:
            self._row.append("")

    def handle_endtag(self, tag: str) -> None:
        """Close a row."""
        if self._open and self._open[-1] == tag:
            self._open.pop()
        elif tag == "tr" and self._row is not None:
            self.events.append(tuple(_plain(cell) for cell in self._row))
            self._row = None

    def handle_data(self, data: str) -> None:
        """Add to the open cell, else to the text between tables."""
        if self._row:
            self._row[-1] += data
        elif self._row is None and not {"style", "script"} & set(self._open):
            self.events.append(data)


def _untexed(text: str) -> str:
    """Return what TeX prints, near enough to compare."""
    text = _TEX_SIGNS.sub(lambda found: _SIGNS[found[1]], text)
    text = _TEX_SETTINGS.sub("", text)
    text = re.sub(r"\\[a-zA-Z]+\*?(\[[^]]*\])? ?", "", text)
    text = re.sub(r"(?<!\\)[{}]", "", text)
    return _plain(re.sub(r"\\([&%$#_{}])", r"\1", text))


def _unescaped(text: str) -> str:
    return re.sub(r"</?sup>", "", re.sub(r"\\([\\`*_|<>\[\]])", r"\1", text))


def _plain(text: str) -> str:
    return " ".join(text.split())
