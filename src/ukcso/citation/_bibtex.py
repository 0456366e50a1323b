"""Works as BibTeX entries."""

from __future__ import annotations

import re

from ukcso.citation._works import Work

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TEX = str.maketrans(
    {character: f"\\{character}" for character in "&%$#_{}"}
    | {
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "`": r"\`{}",  # the accent over nothing: in every font, unlike \textasciigrave
        "<": r"\textless{}",
        ">": r"\textgreater{}",
        "|": r"\textbar{}",
    }
)


def bibtex(work: Work) -> str:
    """
    Return one work as one entry.

    All are @misc, which every style knows and which asks for no field: where an author
    or a page is not known, none is made up.
    """
    year, month, day = [*work.published.split("-"), "", ""][:3]
    fields = {
        # Double braces keep a body's name from being read as first and last name.
        "author": f"{{{{{escaped(work.author)}}}}}",
        "title": f"{{{{{escaped(work.title)}}}}}",
        "year": _braced(year),
        "month": _MONTHS[int(month) - 1] if month else "",
        "date": _braced(work.published if day else ""),
        "howpublished": f"{{\\url{{{work.url}}}}}" if work.url else "",
        "urldate": _braced(work.retrieved if work.url else ""),
        "version": _braced(work.version),
        "type": _braced(work.genre),
        "note": _braced(work.note),
        "annote": _braced(work.remark),
    }
    lines = [f"  {name} = {value}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{work.key},", *lines, "}"])


def escaped(text: str) -> str:
    """Escape what TeX would read as a command, or join to a dash or a quotation mark."""
    return re.sub(r"([-',])(?=\1)", r"\1{}", text.translate(_TEX))


def _braced(text: str) -> str:
    return f"{{{escaped(text)}}}" if text else ""
