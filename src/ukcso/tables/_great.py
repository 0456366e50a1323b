r"""
Tables as HTML and LaTeX, by great-tables.

It has no footnotes in LaTeX, so marks are part of the cells in both; nor captions with
a number (its own is ``\caption*``, of another package), wrapped cells or repeated
headings, so those are put into what it writes.
"""

from __future__ import annotations

import hashlib
import html as html_module
import math
import re
import textwrap
import warnings
from typing import TYPE_CHECKING, Any

from ukcso.errors import InvalidInputError
from ukcso.outputs import optional

if TYPE_CHECKING:
    from ukcso.tables._cells import Cell
    from ukcso.tables._description import Column, Description

#: Points of a page that a float may take; a taller table goes on on the next page.
_A_PAGE = 600
#: Sizes of letters, the first at which a table fits on a page; that of notes is smaller.
_SIZES = (9, 8, 7)
_SMALLEST = 6
#: Lines of a row of long texts, of heading and caption, and the height of one in letters.
_WRAPPED, _HEAD, _LEADING = 5, 6, 1.2
#: Characters of a line of a heading; characters times their size of a line of notes.
_HEADING = {"words": 12, "number": 15, "interval": 22}
_NOTE = 600
BREAK = "\\\\"
_TEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{mark: f"\\{mark}" for mark in "&%$#_{}"},
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    "–": "--",  # noqa: RUF001 - an en dash
}
#: Raised without making its line higher.
_SUP = '<sup style="line-height:0">'
_LINK = re.compile(r"(?<=[^/:])/(?!/)")
_TEX_MARKS = re.compile("[" + re.escape("".join(_TEX)) + "]")
_DOCUMENT = r"""\documentclass{article}
\usepackage[T1]{fontenc}
\usepackage[a4paper,margin=2cm]{geometry}
\usepackage{booktabs,longtable}
\begin{document}
%s
\end{document}
"""


def html(table: Description) -> str:
    """Return a fragment with its own style, and an id that is the same every time."""
    great = optional("great_tables", "tables")
    marked = [[_html_cell(cell) for cell in row] for row in table.rows]
    made = _great_table(table, marked, [_lines(c.heading) for c in table.columns])
    made = made.tab_header(title=table.caption).with_id(f"ukcso-{_digest(str(table.stamp))}")
    made = made.opt_table_font(font=great.system_fonts("humanist")).tab_options(
        table_font_size="14px",
        heading_title_font_size="16px",
        heading_align="left",
        source_notes_font_size="12px",
        data_row_padding="3px",
        table_width="100%",
    )
    for mark, text in table.footnotes.items():
        made = made.tab_source_note(great.html(f"<sup>{mark}</sup> {html_module.escape(text)}"))
    for note in (*table.notes, *table.sources, str(table.stamp)):
        made = made.tab_source_note(great.html(html_module.escape(note)))
    written: str = made.as_raw_html()
    return written


def latex(table: Description, *, label: str | None, document: bool) -> str:
    """Return a float, or where that is taller than a page a table over several pages."""
    wide = any(column.width for column in table.columns)
    sizes = _SIZES[1:] if wide else _SIZES
    fitting = [size for size in sizes if _height(table, size) <= _A_PAGE]
    size, long = (fitting[0], False) if fitting else (_SIZES[1], True)
    written = _latex_body(table, size, long=long)
    # A float is stretched to the line, so this is the least there is between two columns.
    gap = 3 if long and not wide else 2
    narrow = f"\\selectfont\\setlength{{\\tabcolsep}}{{{gap}pt}}"
    if size == _SIZES[-1]:
        narrow += "\\renewcommand{\\arraystretch}{0.85}"
    written = written.replace("\\selectfont", narrow, 1)
    named = f"\\label{{{_checked(label)}}}" if label is not None else ""
    caption = f"\\caption{{{tex(table.caption)}}}{named}"
    if long:
        start = re.search(r"\\begin\{longtable\}\{\w+\}", written)
        written = written.replace(start[0], f"{start[0]}\n{caption}\\\\", 1) if start else written
        rule = "\\addlinespace[2.5pt]\n"
        written = written.replace(rule, f"{rule}\\endhead\n", 1)
        written = written.replace("\n\\endgroup", f"\n{_tex_notes(table, size)}\n\\endgroup")
    else:
        begin = f"\\begin{{table}}[tbp]\n{caption}\n\\vspace{{4pt}}"
        written = written.replace("\\begin{table}[!t]", begin, 1)
        written = written.replace("\\end{table}", f"{_tex_notes(table, size)}\n\\end{{table}}")
    return _DOCUMENT % written if document else f"{written}\n"


def _latex_body(table: Description, size: int, *, long: bool) -> str:
    """Return what great-tables writes, with headings of ours."""
    marked = [
        [_tex_cell(cell, column.width) for cell, column in zip(row, table.columns, strict=True)]
        for row in table.rows
    ]
    headings = [f"heading{place}" for place in range(len(table.columns))]
    made = _great_table(table, marked, headings).tab_options(table_font_size=f"{size}pt")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # styles that LaTeX output has not
        written = str(made.as_latex(use_longtable=long))
    for place, column in enumerate(table.columns):
        written = written.replace(f"heading{place} ", f"{_tex_heading(column)} ", 1)
    return re.sub(r"\n{2,}", "\n", written).strip()


def _checked(label: str) -> str:
    if not re.fullmatch(r"[\w:.-]+", label):
        msg = f"label must be letters, digits and : . - _ only; got {label!r}"
        raise InvalidInputError(msg)
    return label


def tex(text: str) -> str:
    """Return a text as TeX prints it; links may break after a slash."""
    words = (_LINK.sub(r"/\\allowbreak{}", it) if "://" in it else it for it in _tex_words(text))
    return " ".join(words)


def _tex_words(text: str) -> list[str]:
    return _TEX_MARKS.sub(lambda found: _TEX[found[0]], text).split(" ")


def _great_table(table: Description, cells: list[list[str]], headings: list[Any]) -> Any:
    """Return what both formats share: cells as they are, columns aligned by their kind."""
    import pandas as pd  # noqa: PLC0415 - a table that is only described needs none

    great = optional("great_tables", "tables")
    names = [f"column{place}" for place in range(len(table.columns))]
    made = great.GT(pd.DataFrame(cells, columns=names, dtype=object))
    made = made.cols_label(dict(zip(names, headings, strict=True)))
    for side, kinds in (("left", {"words"}), ("right", {"number", "interval"})):
        on = [name for name, it in zip(names, table.columns, strict=True) if it.kind in kinds]
        if on:
            made = made.cols_align(side, columns=on)
    return made.fmt(str, columns=names)  # as they are: they are escaped already


def _lines(heading: str) -> Any:
    great = optional("great_tables", "tables")
    return great.html(html_module.escape(heading))


def _html_cell(cell: Cell) -> str:
    marks = ",".join(cell.marks)
    return html_module.escape(cell.shown) + (f"{_SUP}{marks}</sup>" if marks else "")


def _tex_cell(cell: Cell, width: float | None) -> str:
    marks = ",".join(cell.marks)
    text = tex(cell.shown)
    if text.startswith(("[", "*")):
        text = f"{{}}{text}"  # after the end of a row, TeX would take it for an option of that
    text += f"\\textsuperscript{{{marks}}}" if marks else ""
    if width is None:
        return text
    return f"\\parbox[t]{{{width:g}\\linewidth}}{{\\raggedright {text}\\strut}}"


def _tex_heading(column: Column) -> str:
    """Return a heading on as many lines as keep its column narrow."""
    lines = textwrap.wrap(column.heading, _HEADING[column.kind], break_on_hyphens=False)
    if len(lines) == 1:
        return tex(column.heading)
    side = "l" if column.kind == "words" else "r"
    return f"\\shortstack[{side}]{{{BREAK.join(tex(line) for line in lines)}}}"


def _tex_notes(table: Description, size: int) -> str:
    footnotes = [f"\\textsuperscript{{{m}}} {tex(t)}" for m, t in table.footnotes.items()]
    notes = [tex(note) for note in (*table.notes, *table.sources, str(table.stamp))]
    small = _of_notes(size)
    lines = "\\par\n".join([*footnotes, *notes])
    return (
        f"\\par\\medskip\n{{\\fontsize{{{small}pt}}{{{small + 1}pt}}\\selectfont\\raggedright\n"
        f"\\setlength{{\\parindent}}{{0pt}}\\setlength{{\\parskip}}{{1pt}}\n{lines}\\par}}"
    )


def _height(table: Description, size: float) -> float:
    """Return about how many points high a float would be on a narrow page."""
    small = _of_notes(size)
    notes = [*table.footnotes.values(), *table.notes, *table.sources, str(table.stamp)]
    lines = sum(math.ceil(len(note) * small / _NOTE) for note in notes)
    wrapped = any(column.width for column in table.columns)
    rows = len(table.rows) * (_WRAPPED if wrapped else 1) + _HEAD
    return rows * _LEADING * size + lines * (small + 1.5)


def _of_notes(size: float) -> float:
    return max(_SMALLEST, size - 1.5)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]
