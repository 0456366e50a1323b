"""What a workbook says of its own symbols and rounding, in notes around its numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ukcso.readers.foi.words._cells import NO_LEGEND, Legend, Reading, read_cell, tidy
from ukcso.readers.foi.words._grammar import NUMBER_WORDS, SYMBOLS

_SYMBOLS = "|".join(re.escape(symbol) for symbol in sorted(SYMBOLS, key=len, reverse=True))
_SYMBOL = rf"""["'(]?(?P<symbol>\[(?:low|[a-z])\]|{_SYMBOLS})["')]?"""
_MEANS = (
    r"(?:=|:|-|means?|denotes?|indicates?|represents?|stands for|shows?|signif(?:ies|y)|is|are)"
)
#: Symbols by their names, and "fewer than 5 are shown as *" turned round.
_NAMED = (
    (re.compile(r"\b(?:an? |the )?asterisks?(?: ?\(\*\))?"), "*"),
    (re.compile(r"\b(?:an? |the )?(?:dash|hyphen)(?:es|s)?(?: ?\(-\))?"), "-"),
    (
        re.compile(
            r"([^.;\n]+?) (?:(?:is|are|have been|has been|were) )?(?:shown|replaced|denoted|marked"
            r"|displayed|represented|indicated|given|suppressed) (?:as|by|with|using)(?: an?| the)?"
            rf" (?:symbol )?{_SYMBOL}(?=$|[.;,\n])"
        ),
        r"\2 = \1",
    ),
)
_HEAD = re.compile(r"^(?:key|notes?|legend|symbols?|shorthand)(?: to symbols)? ?[:.-]? ?")
#: Where one entry ends and another begins.
_BETWEEN = re.compile(rf"[;\n]|[,.] (?=(?:and )?{_SYMBOL} ?{_MEANS})".replace("?P<symbol>", "?:"))
_ENTRY = re.compile(rf"(?:and )?{_SYMBOL}(?: ?{_MEANS}(?= )| ?=| )(?P<meaning>.+)")
#: A dash before words may begin an item of a list, so that it needs a sign or verb after it.
_ITEM = re.compile(rf"-+ (?!{_MEANS} )")
_MARK = r"\*+|\N{DAGGER}|\N{DOUBLE DAGGER}|[\u00b9\u00b2\u00b3]|\[note \w{1,2}\]|\(\w{1,2}\)"
_REFERRED = re.compile(rf"({_MARK})\W{{0,4}}(?=\w)")
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_SOME = "two|three|four|five|six|seven|eight|nine|ten|eleven"
_PART = re.compile(
    r"part[- ]?year|partial|incomplete|not (?:a |the )?(?:full|whole)|year to date|months only"
    rf"|\b(?:to|until|till) (?:\d+(?:st|nd|rd|th)? )?(?:{_MONTHS})[a-z]*\b|calendar year"
    rf"|\b(?:\d|{_SOME}) months|half[- ]year"
)
_FEW = re.compile(
    r"(?:fewer than|less than|under|below|<) ?(?:\d+|[a-z]+)\b|(?:\d+|[a-z]+) or (?:fewer|less)"
)
#: What rounds to nought and is none.
_LOW = re.compile(
    r"\brounds?\b|\brounded (?:down )?to|negligible|less than half|\blow (?:figure|number|value)"
    r"|not (?:0|zero|nil|nought)\b|(?:greater|more) than (?:0|zero|nil|nought)\b"
)
_NONE = re.compile(r"\b(?:zero|nil|none|no (?:such )?(?:recorded )?(?:offences?|crimes?))\b")
_AMOUNT = "|".join((r"\d[\d,]*", *NUMBER_WORDS, "hundred", "thousand"))
_ROUNDED = re.compile(rf"round(?:ed|ing|s)?(?: [a-z]+)?? to (?:the )?nearest ({_AMOUNT})")
_TENS = {"hundred": 100, "thousand": 1000}


def read_legend(texts: Iterable[str]) -> Legend:
    """
    Read the key of a workbook from the texts around its numbers.

    A symbol that is said to mean two things keeps none.

    Examples
    --------
    >>> legend = read_legend(["* = fewer than 5", "Rounded to the nearest 10."])
    >>> legend.symbols["*"].value, legend.symbols["*"].hedge, legend.rounded_to
    (5.0, 'under', 10.0)
    """
    symbols: dict[str, Reading] = {}
    unclear: set[str] = set()
    rounded: set[float] = set()
    for text in texts:
        plain = tidy(text).lower()
        for varied, named in _NAMED:
            plain = varied.sub(named, plain)
        for symbol, meaning in _entries(plain):
            reading = _meant(meaning)
            if reading is None:
                continue
            if symbol in symbols and _sense(symbols[symbol]) != _sense(reading):
                unclear.add(symbol)
            symbols[symbol] = reading
        for amount in _ROUNDED.findall(plain):
            number = NUMBER_WORDS.get(amount, _TENS.get(amount))
            rounded.add(float(amount.replace(",", "") if number is None else number))
    kept = {symbol: reading for symbol, reading in symbols.items() if symbol not in unclear}
    return Legend(kept, rounded.pop() if len(rounded) == 1 else None)


def notes_of_parts(texts: Iterable[str]) -> dict[str, str]:
    """
    Return the notes that say a number is of a part of its year, by the mark that refers to them.

    Examples
    --------
    >>> notes_of_parts(["* to 31 December only", "[note 2] Includes late reports"])
    {'*': '* to 31 December only'}
    """
    found = {}
    for text in texts:
        plain = tidy(text).lower()
        if (match := _REFERRED.match(plain)) and _PART.search(plain):
            found[match[1].strip()] = tidy(text)
    return found


def _entries(text: str) -> Iterator[tuple[str, str]]:
    has_head = _HEAD.match(text)
    for part in _BETWEEN.split(_HEAD.sub("", text)):
        entry = part.strip()
        if (has_head or not _ITEM.match(entry)) and (match := _ENTRY.fullmatch(entry)):
            yield match["symbol"], match["meaning"].strip(" .\"'")


def _sense(reading: Reading) -> tuple[object, ...]:
    return reading.kind, reading.value, reading.hedge


def _meant(meaning: str) -> Reading | None:
    """Return what a symbol stands for; None where its meaning is not clear either."""
    if _LOW.search(meaning):
        return Reading("low")
    reading = read_cell(meaning, NO_LEGEND)
    few, none = _FEW.search(meaning), _NONE.search(meaning)
    if none and not reading.expected and reading.kind != "figure":
        return None  # "nil or not applicable"
    if reading.expected and (few or none) and not (few and none):
        reading = read_cell((few or none)[0])  # type: ignore[index]
    return None if reading.expected or reading.kind == "empty" else reading
