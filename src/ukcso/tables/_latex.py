r"""Tables as LaTeX, with booktabs: a float, or a longtable where that is taller than a page."""

from __future__ import annotations

import math
import re
import textwrap
from typing import TYPE_CHECKING

from ukcso.errors import refusal
from ukcso.tables._cells import written

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ukcso.tables._table import Column, Table

#: Points of a page that a float may take; a taller table goes on on the next page.
_A_PAGE = 600
#: Sizes of letters, the first at which a table fits on a page, each with that of its notes.
_SIZES = {9: 7.5, 8: 6.5, 7: 6}
_LONG, _SMALLEST = 8, 7
#: Lines of a row of long texts, of heading and caption, and the height of one in letters.
_WRAPPED, _HEAD, _LEADING = 5, 6, 1.2
#: Characters of a line of a heading; characters times their size of a line of notes.
_HEADING = {"words": 12, "number": 15, "interval": 22}
_NOTE = 600
_BREAK = "\\\\"
SIGNS = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "&%$#_{}"},
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    "–": "--",  # noqa: RUF001 - an en dash
}
_SIGN = re.compile("[" + re.escape("".join(SIGNS)) + "]")
_SLASH = re.compile(r"(?<=[^/:])/(?!/)")
_DOCUMENT = r"""\documentclass{article}
\usepackage[T1]{fontenc}
\usepackage[a4paper,margin=2cm]{geometry}
\usepackage{booktabs,longtable}
\begin{document}
%s
\end{document}
"""


def latex(table: Table, *, label: str | None, document: bool) -> str:
    """Return a float, or where that is taller than a page a table over several pages."""
    wide = any(column.width for column in table.columns)
    sides = "".join("l" if column.kind == "words" else "r" for column in table.columns)
    fitting = [size for size in list(_SIZES)[wide:] if _height(table, size) <= _A_PAGE]
    size, long = (fitting[0], False) if fitting else (_LONG, True)
    if label is not None and not re.fullmatch(r"[\w:.-]+", label):
        raise refusal(label, "label", "letters, digits and : . - _ only")
    named = "" if label is None else f"\\label{{{label}}}"
    caption = f"\\caption{{{tex(table.caption)}}}{named}"
    # A float is stretched to the line, so this is the least there is between two columns.
    gap = 3 if long and not wide else 2
    font = f"\\fontsize{{{size:.1f}pt}}{{{_LEADING * size:.1f}pt}}\\selectfont"
    font += f"\\setlength{{\\tabcolsep}}{{{gap}pt}}"
    if size == _SMALLEST:
        font += "\\renewcommand{\\arraystretch}{0.85}"
    cells, notes = written(table, tex, r"\textsuperscript{{{}}}")
    head = ["\\toprule", _line(map(_heading, table.columns)) + " "]
    head += ["\\midrule\\addlinespace[2.5pt]", *["\\endhead"] * long]
    if long:
        above = ["\\begingroup", font, f"\\begin{{longtable}}{{{sides}}}", f"{caption}{_BREAK}"]
        ends = ["\\end{longtable}", "\\endgroup"]
    else:
        above = ["\\begin{table}[tbp]", caption, "\\vspace{4pt}", font]
        above += [f"\\begin{{tabular*}}{{\\linewidth}}{{@{{\\extracolsep{{\\fill}}}}{sides}}}"]
        ends = ["\\end{tabular*}", "\\end{table}"]
    rows = [_line(map(_cell, row, table.columns)) for row in cells]
    below = _notes([*notes, tex(str(table.stamp))], _SIZES[size])
    text = "\n".join([*above, *head, *rows, "\\bottomrule", ends[0], *below, ends[1]])
    return _DOCUMENT % text if document else f"{text}\n"


def tex(text: str) -> str:
    """Return a text as TeX prints it; links may break after a slash."""
    words = _SIGN.sub(lambda sign: SIGNS[sign[0]], text).split()
    return " ".join(
        _SLASH.sub(r"/\\allowbreak{}", word) if "://" in word else word for word in words
    )


def _line(cells: Iterable[str]) -> str:
    return f"{' & '.join(cells)} {_BREAK}"


def _cell(text: str, column: Column) -> str:
    if text.startswith(("[", "*")):
        text = f"{{}}{text}"  # after the end of a row, TeX would take it for an option of that
    if column.width is None:
        return text
    return f"\\parbox[t]{{{column.width:g}\\linewidth}}{{\\raggedright {text}\\strut}}"


def _heading(column: Column) -> str:
    """Return a heading on as many lines as keep its column narrow."""
    lines = textwrap.wrap(column.heading, _HEADING[column.kind], break_on_hyphens=False)
    if len(lines) == 1:
        return tex(column.heading)
    side = "l" if column.kind == "words" else "r"
    return f"\\shortstack[{side}]{{{_BREAK.join(tex(line) for line in lines)}}}"


def _notes(notes: list[str], size: float) -> list[str]:
    lines = "\\par\n".join(notes)
    return [
        "\\par\\medskip",
        f"{{\\fontsize{{{size}pt}}{{{size + 1}pt}}\\selectfont\\raggedright",
        f"\\setlength{{\\parindent}}{{0pt}}\\setlength{{\\parskip}}{{1pt}}\n{lines}\\par}}",
    ]


def _height(table: Table, size: int) -> float:
    """Return about how many points high a float would be on a narrow page."""
    small = _SIZES[size]
    notes = [*table.footnotes.values(), *table.notes, *table.sources, str(table.stamp)]
    lines = sum(math.ceil(len(note) * small / _NOTE) for note in notes)
    wrapped = any(column.width for column in table.columns)
    rows = len(table.rows) * (_WRAPPED if wrapped else 1) + _HEAD
    return rows * _LEADING * size + lines * (small + 1.5)
