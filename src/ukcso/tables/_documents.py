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

from ukcso.outputs import Stamp, stamps

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
_TEX_TABLE = re.compile(
    r"\\begin\{(?P<name>tabular\*?|longtable)\}(?P<body>.*?)\\end\{(?P=name)\}", re.DOTALL
)
#: A rule, or a command with its own line: spaces after it are not printed either.
_TEX_RULES = re.compile(
    r"\\(?:(?:top|mid|bottom)rule|hline|endhead)\b(?:\[[^]]*\])?|\\addlinespace\[[^]]*\]"
)
#: What matters for the ends of cells and rows; a backslash takes the next sign with it.
_TEX_ENDS = re.compile(r"\\\\(?:\*|[ ]*\[[^]]*\])?|\\.|[{}&]", re.DOTALL)
#: How a raised footnote mark is kept, so that it can be told from the text of its cell.
_MARK = "^"


@dataclass(frozen=True, slots=True)
class Found:
    """A stamped table: its heading, its rows of cells as text, and its stamp."""

    heading: Row
    rows: tuple[Row, ...]
    stamp: Stamp


def without_marks(cell: str) -> str:
    """
    Return a cell without its footnote marks.

    Examples
    --------
    >>> without_marks("City of London^a"), without_marks("Kent")
    ('City of London', 'Kent')
    """
    return re.sub(r" ?\^[a-z, ]+$", "", cell)


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
            events.append(tuple(_plain(_unescaped(cell)) for cell in re.split(r"(?<!\\)\|", bare)))
    return list(_stamped(events))


def latex_tables(text: str) -> list[Found]:
    """Return the stamped tables of a LaTeX document."""
    bare = re.sub(r"(?<!\\)((?:\\\\)*)%.*", r"\1", text)
    events: list[Row | str] = []
    end = 0
    for table in _TEX_TABLE.finditer(bare):
        events.append(_untexed(bare[end : table.start()]))
        rows = _tex_rows(_TEX_RULES.sub("", _without_settings(table["body"])))
        events += [tuple(_untexed(cell) for cell in row) for row in rows if len(row) > 1]
        end = table.end()
    events.append(_untexed(bare[end:]))
    return list(_stamped(events))


READERS: dict[str, Callable[[str], list[Found]]] = {
    ".html": html_tables,
    ".md": markdown_tables,
    ".tex": latex_tables,
}


def _stamped(events: list[Row | str]) -> Iterator[Found]:
    """
    Give each stamp the nearest table before it: rows that follow each other without text.

    A stamp that has none keeps its place, with no rows.
    """
    rows: list[Row] = []
    between = ""
    for event in [*events, ()]:
        if isinstance(event, str):
            between += f" {event}"
            continue
        for _, stamp in stamps(_plain(between)):
            yield Found(rows[0] if rows else (), tuple(rows[1:]), stamp)
            rows = []
        if between.strip():
            rows = []
        between = ""
        rows.append(event)


class _HtmlReader(HTMLParser):
    """Rows of two cells or more as tuples; everything else, caption and notes too, as text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.events: list[Row | str] = []
        self._row: list[str] | None = None
        self._hidden = False

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        """Open a row or a cell."""
        if tag in {"style", "script"}:
            self._hidden = True
        elif tag in {"tr", "table"}:
            self._close()
            self._row = [] if tag == "tr" else None
        elif tag in {"td", "th"} and self._row is not None:
            self._row.append("")
        elif tag in {"br", "sup"}:
            self.handle_data(" " if tag == "br" else _MARK)

    def handle_endtag(self, tag: str) -> None:
        """Close a row, which HTML allows to be left open."""
        if tag in {"style", "script"}:
            self._hidden = False
        elif tag in {"tr", "thead", "tbody", "tfoot", "table"}:
            self._close()

    def handle_data(self, data: str) -> None:
        """Add to the open cell, else to the text between tables."""
        if self._row:
            self._row[-1] += data
        elif self._row is None and not self._hidden:
            self.events.append(data)

    def _close(self) -> None:
        if self._row:
            cells = tuple(_plain(cell) for cell in self._row)
            self.events.append(cells if len(cells) > 1 else cells[0])
        self._row = None


def _without_settings(body: str) -> str:
    """Drop what stands in braces and brackets right after the name: widths and columns."""
    while start := re.match(r"\s*(?:\[[^]]*\]|\{)", body):
        depth = start[0].count("{")
        end = start.end()
        while depth and end < len(body):
            depth += {"{": 1, "}": -1}.get(body[end], 0)
            end += 1
        body = body[end:]
    return body


def _tex_rows(body: str) -> Iterator[list[str]]:
    r"""Go through the rows: ``\\`` and ``&`` end rows and cells, except in braces."""
    row: list[str] = []
    depth = start = 0
    for found in _TEX_ENDS.finditer(body):
        sign = found[0]
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if depth == 0 and (sign == "&" or sign.startswith("\\\\")):
            row.append(body[start : found.start()])
            start = found.end()
            if sign != "&":
                yield row
                row = []
    yield [*row, body[start:]]


def _untexed(text: str) -> str:
    """Return what TeX prints, near enough to compare."""
    text = text.replace("\\textsuperscript{", f"{_MARK}{{")
    text = _TEX_SIGNS.sub(lambda found: _SIGNS[found[1]], text)
    text = re.sub(r"\\\\(?:\[[^]]*\])?", " ", _TEX_SETTINGS.sub("", text))
    text = re.sub(r"\\[a-zA-Z]+\*?(\[[^]]*\])?\s*", "", text)
    text = re.sub(r"(?<!\\)[{}]", "", text)
    return _plain(re.sub(r"\\([&%$#_{}])", r"\1", text))


def _unescaped(text: str) -> str:
    text = text.replace("<sup>", _MARK).replace("</sup>", "")
    return re.sub(r"\\([\\`*_|<>\[\]&~$])", r"\1", text)


def _plain(text: str) -> str:
    return " ".join(text.split())
