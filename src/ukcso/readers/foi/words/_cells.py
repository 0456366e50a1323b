"""One cell: a number with its hedge, or an answer of a kind, or neither."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from decimal import Decimal

from ukcso.readers._hedges import either
from ukcso.readers.foi.words import _grammar

#: What a cell may be, as problems say it.
EXPECTED = "a number such as 1,234, <5 or c. 300, or why there is none, such as refused or not held"
_EXCEL_DATE = 'a number; Excel makes dates of texts such as "3/4"'
_WHOLE = "a whole number"
_NO_LEGEND = "a number, or a key in the sheet that says what {} means"
_EMPTY = "a number, 0, or why there is none; the cell is empty, or an error value of a formula"

_SUPERSCRIPTS = "\N{SUPERSCRIPT ONE}\N{SUPERSCRIPT TWO}\N{SUPERSCRIPT THREE}\u2070\u2074-\u2079"
_TIDY = (
    (re.compile("[\N{HYPHEN}-\N{HORIZONTAL BAR}\N{MINUS SIGN}]"), "-"),
    (re.compile("[\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}]"), "'"),
    (re.compile("[\u200b\u200c\u200d\ufeff\u00ad]"), ""),
    (re.compile(r"\s+"), " "),
)
_FOOTNOTE = re.compile(
    rf" ?((?:[*\N{{DAGGER}}\N{{DOUBLE DAGGER}}\N{{SECTION SIGN}}^]|[{_SUPERSCRIPTS}]+)+)$"
)
_BRACKETS = re.compile(r" ?\[([^\[\]]*)\] ?")
_DIGITS = r"\d{1,3}(?:(?:,| )\d{3})+|\d+"
_WORDS = "|".join(_grammar.NUMBER_WORDS)
_PLAIN = re.compile(rf"(?:{_DIGITS})(?:\.0+)?")

_NUMBER = re.compile(
    rf"(?:(?P<before>{either(_grammar.BEFORE)}) ?)?(?P<number>(?:{_DIGITS})(?:\.\d+)?|{_WORDS})"
    rf"(?P<counted>{_grammar.COUNTED.pattern})?(?: ?(?P<after>{either(_grammar.AFTER)}))?"
    rf"(?P<counted2>{_grammar.COUNTED.pattern})?(?: ?\((?P<remark>{_grammar.REMARK.pattern})\))*"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """
    What a cell says.

    `kind` is "figure", one of `KINDS`, or "empty"; `expected` says what should stand there,
    where that is not clear.
    """

    kind: str
    words: str = ""
    value: float | None = None
    hedge: str = "exact"
    note: str = ""
    expected: str = ""


@dataclass(frozen=True, slots=True)
class Legend:
    """What a sheet says of its own symbols, and what its numbers are rounded to."""

    symbols: Mapping[str, Reading]
    rounded_to: float | None = None


NO_LEGEND = Legend({})


def tidy(value: object) -> str:
    r"""
    Return a text without what writers vary: dashes, blanks, quotation marks.

    Examples
    --------
    >>> tidy(" 1,234\xa0 "), tidy("Apr\n19"), tidy(2019.0)
    ('1,234', 'Apr 19', '2019')
    """
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value)
    for varied, plain in _TIDY:
        text = varied.sub(plain, text)
    return text.strip().removeprefix("'").strip()


def read_cell(value: object, legend: Legend = NO_LEGEND, *, whole: bool = True) -> Reading:
    """
    Read a cell of a block of answers.

    Parameters
    ----------
    value
        As the sheet has it: None, text, number, date.
    legend
        What the sheet says of its symbols and its rounding.
    whole
        Whether only a whole number can be meant.

    Examples
    --------
    >>> read_cell("fewer than 10").value, read_cell("fewer than 10").hedge
    (10.0, 'under')
    >>> read_cell("45 [r]").note, read_cell("Section 40(2)").kind, read_cell("[low]").kind
    ('[r]', 'refused', 'low')
    """
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return Reading("empty")
    if isinstance(value, (date, time)):
        return Reading("unreadable", value.isoformat()[:10], expected=_EXCEL_DATE)
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        return _number(float(value), tidy(value), whole=whole)
    text = tidy(value)
    if not text or isinstance(value, bool):
        return Reading("unreadable", text, expected=EXPECTED) if text else Reading("empty")
    reading = _read(text, legend, whole=whole)
    return replace(reading, words=text)


def _number(value: float, words: str, *, whole: bool) -> Reading:
    if not math.isfinite(value) or value < 0 or (whole and not value.is_integer()):
        return Reading("unreadable", words, expected=_WHOLE if whole else "a number")
    return Reading("figure", words, value)


def _read(text: str, legend: Legend, *, whole: bool) -> Reading:  # noqa: PLR0911 - one a kind
    lower = text.lower()
    meant = legend.symbols.get(lower)
    if meant and not (meant.kind == "low" and legend.rounded_to):
        return replace(meant, note=f"shown as {text}")
    if meant or (
        lower in _grammar.SYMBOLS and _grammar.SYMBOLS[lower] == "low" and legend.rounded_to
    ):
        return _marked(["low"], legend)
    if lower in _grammar.SYMBOLS:
        return Reading(_grammar.SYMBOLS[lower], expected=_NO_LEGEND.format(text))
    rest, marks, notes = _marks(lower)
    if not rest:
        return _marked(marks, legend)
    note = "; ".join(notes)
    if match := _NUMBER.fullmatch(rest):
        return _hedged(match, marks, note, whole=whole)
    if _grammar.NOUGHT.fullmatch(rest):
        return Reading("figure", value=0.0, note=note)
    said = [
        (match.start(), -len(match[0]), kind)
        for kind, words in _grammar.PHRASES.items()
        if (match := words.search(rest))
    ]
    if said and not re.match(r"[<>~]? ?\d", rest):
        return Reading(min(said)[2], note=note)
    return Reading("unreadable", expected=EXPECTED)


def _marks(text: str) -> tuple[str, list[str], list[str]]:
    """Return a text without its marks; those that mean something, and all as they stand."""
    marks = [mark.strip() for mark in _BRACKETS.findall(text)]
    notes = [f"[{mark}]" for mark in marks]
    rest = _BRACKETS.sub(" ", text).strip()
    if (match := _FOOTNOTE.search(rest)) and rest[: match.start()]:
        notes.append(match[1])
        rest = rest[: match.start()].strip()
    meaning = [mark for mark in marks if not _is_note_marker(mark)]
    return rest, meaning, notes


def _is_note_marker(mark: str) -> bool:
    known = mark in _grammar.MARKS or mark in _grammar.MARKS_FOR_NONE
    return not known and bool(_grammar.NOTE_MARKER.fullmatch(mark))


def _marked(marks: list[str], legend: Legend) -> Reading:
    """Return what marks say that stand alone."""
    kinds = {_grammar.MARKS_FOR_NONE[mark] for mark in marks if mark in _grammar.MARKS_FOR_NONE}
    strange = [mark for mark in marks if mark not in {**_grammar.MARKS, **_grammar.MARKS_FOR_NONE}]
    shown = "".join(f"[{mark}]" for mark in marks)
    if len(kinds) != 1 or strange:
        expected = _NO_LEGEND.format(shown) if shown else EXPECTED
        return Reading("unreadable", expected=expected)
    kind = kinds.pop()
    if kind == "low" and legend.rounded_to:
        note = f"{shown}, rounded to the nearest {legend.rounded_to:g}"
        return Reading("figure", value=legend.rounded_to / 2, hedge="under", note=note)
    return Reading(kind, note=shown)


def _hedged(match: re.Match[str], marks: list[str], note: str, *, whole: bool) -> Reading:
    """Return the number of a text, with the hedge before or after it."""
    before, after = match["before"], match["after"]
    strange = [mark for mark in marks if mark not in _grammar.MARKS]
    if (before and after) or strange or {*marks} & _grammar.MARKS_OF_SUMS:
        return Reading("unreadable", expected=EXPECTED)
    if match["counted"] and match["counted2"]:
        return Reading("unreadable", expected=EXPECTED)
    digits = re.sub("[, ]", "", match["number"])
    number = _grammar.NUMBER_WORDS.get(digits)
    reading = _number(float(digits if number is None else number), "", whole=whole)
    hedge = _grammar.BEFORE[before] if before else _grammar.AFTER[after] if after else "exact"
    remarks = re.findall(r"\(([^()]*)\)", match[0])
    remarks = [f"({remark})" for remark in remarks if f"({remark})" != after]
    return replace(reading, hedge=hedge, note="; ".join(filter(None, (note, *remarks))))


def empty_cell(words: str = "") -> Reading:
    """Return what a cell says that has nothing in it, among others that have."""
    return Reading("not_answered", words, expected=_EMPTY)
