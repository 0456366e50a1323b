r"""
The stamped tables of a document: HTML, LaTeX or Markdown, a table alone or among other text.

Only cells and stamps are read. A document and what is written anew go through the same
reader, so it need not understand markup: what is the same in both does not matter. Each
format's reader only says where rows and cells begin.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser

from ukcso.outputs import Stamp, stamps
from ukcso.tables._latex import SIGNS

Row = tuple[str, ...]

#: Stand for the end of a row, or of the text around it, and for the beginning of a cell.
_ROW, _CELL = "\x00", "\x01"
#: How a raised footnote mark is kept, so that it can be told from the text of its cell.
_MARK = "^"
#: Rows of two cells or more that follow each other without text in between.
_TABLE = re.compile(rf"(?:[{_ROW} ]+(?:{_CELL}[^{_ROW}{_CELL}]*){{2,}})+")

_HTML_STARTS = {"td": _CELL, "th": _CELL, "sup": _MARK, "tr": _ROW, "table": _ROW}
_HTML_ENDS = dict.fromkeys(["tr", "thead", "tbody", "tfoot", "table"], _ROW)
#: Tags in the middle of words; others part them.
_HTML_INLINE = dict.fromkeys(["a", "b", "code", "em", "font", "i", "span", "strong", "sup"], "")

_BRACES = r"\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}"
_TEX_TABLE = re.compile(
    rf"\\begin\{{(?P<name>tabular\*?|longtable)\}}(?:\s*(?:\[[^]]*\]|{_BRACES}))*"
    r"(?P<body>.*?)\\end\{(?P=name)\}",
    re.DOTALL,
)
#: A rule, or a command with its own line: spaces after it are not printed either.
_TEX_RULES = re.compile(
    r"\\(?:(?:top|mid|bottom)rule|hline|endhead)\b(?:\[[^]]*\])?|\\addlinespace\[[^]]*\]"
)
_TEX_STACK = re.compile(rf"\\shortstack\[\w\]{_BRACES}")
_TEX_PRINTED = {tex: sign for sign, tex in SIGNS.items() if tex.startswith("\\")}
_TEX_PRINTED |= {r"\textsuperscript": _MARK, r"\\": " "}
#: What is not printed as it is written: signs, settings, other commands, braces.
_TEX_MARKUP = re.compile(
    "|".join(map(re.escape, _TEX_PRINTED))
    + r"|\\parbox\[t\]\{[^{}]*\}|\\[a-zA-Z]+\*?(\[[^]]*\])?\s*|[{}]"
)


@dataclass(frozen=True, slots=True)
class Stamped:
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


def html_tables(text: str) -> list[Stamped]:
    """Return the stamped tables of an HTML page."""
    reader = _HtmlReader()
    reader.feed(text)
    reader.close()
    return _stamped("".join(reader.parts))


class _HtmlReader(HTMLParser):
    """The text of a page; rows need not be closed, which HTML allows."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        """Begin a row or a cell."""
        self.parts.append((_HTML_INLINE | _HTML_STARTS).get(tag, " "))

    def handle_endtag(self, tag: str) -> None:
        """End a row."""
        self.parts.append((_HTML_INLINE | _HTML_ENDS).get(tag, " "))

    def handle_data(self, data: str) -> None:
        """Keep the text."""
        self.parts.append(data)


def markdown_tables(text: str) -> list[Stamped]:
    """Return the stamped tables of a Markdown document."""
    text = re.sub(r"(?m)^[ \t]*\|[ \t|:-]*$", "", text)
    text = re.sub(r"(?m)^[ \t]*\|.*$", _markdown_row, text)
    text = text.replace("<sup>", _MARK).replace("</sup>", "")
    return _stamped(re.sub(r"\\([\\`*_|<>\[\]&~$])", r"\1", text))


def _markdown_row(line: re.Match[str]) -> str:
    bare = re.sub(r"(?<!\\)\|\s*$", "", line[0])
    return _ROW + re.sub(r"(?<!\\)\|", _CELL, bare) + _ROW


def latex_tables(text: str) -> list[Stamped]:
    """Return the stamped tables of a LaTeX document."""
    bare = re.sub(r"(?<!\\)((?:\\\\)*)%.*", r"\1", text)
    marked = _TEX_TABLE.sub(_latex_rows, bare)
    return _stamped(_TEX_MARKUP.sub(lambda markup: _TEX_PRINTED.get(markup[0], ""), marked))


def _latex_rows(table: re.Match[str]) -> str:
    body = _TEX_STACK.sub(lambda stack: stack[0].replace(r"\\", " "), table["body"])
    rows = re.split(r"\\\\(?:\*|[ ]*\[[^]]*\])?", _TEX_RULES.sub("", body))
    cells = [re.sub(r"(?<!\\)&", _CELL, row) for row in rows]
    return _ROW.join(["", *(_CELL + row for row in cells if _CELL in row), ""])


READERS = {".html": html_tables, ".md": markdown_tables, ".tex": latex_tables}


def _stamped(text: str) -> list[Stamped]:
    """
    Give each stamp the nearest table before it.

    A stamp that has none keeps its place, with no rows.
    """
    plain = " ".join(text.split())
    tables = []
    end = 0
    for place, stamp in stamps(plain):
        above = _TABLE.findall(plain, end, place)
        rows = [row.split(_CELL)[1:] for row in above[-1].split(_ROW)] if above else []
        heading, *others = [tuple(map(str.strip, row)) for row in rows if row] or [()]
        tables.append(Stamped(heading, tuple(others), stamp))
        end = place
    return tables
