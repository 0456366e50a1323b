"""How bodies write answers, as tables: hedges, refusals, shorthand, symbols."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ukcso.printed import Hedge
from ukcso.readers import _hedges

#: Kinds of answers that are no number, and what each says.
KINDS: Mapping[str, str] = {
    "refused": "refused, as for cost or under an exemption",
    "not_held": "the body does not hold the information",
    "not_answered": "no answer, or none yet",
    "suppressed": "a number that is there but not given, as for disclosure control",
    "not_applicable": "no number can be",
    "low": "rounds to nought but is not nought",
    "local_authority": "an answer of a local authority, which is no police force",
    "unreadable": "not understood; see the problems",
}

#: Words before a number.
BEFORE: Mapping[str, Hedge] = {
    **_hedges.BEFORE,
    **dict.fromkeys(("greater than", "higher than", "just over", "well over"), "over"),
    **dict.fromkeys(("lower than", "fewer then", "less then", "smaller than"), "under"),
    "just short of": "nearly",
    **dict.fromkeys(("ca", "in the region of", "\N{ALMOST EQUAL TO}"), "about"),
    **dict.fromkeys(("min", "min.", "minimum", "minimum of", "not less than"), "at_least"),
    **dict.fromkeys(("max", "max.", "maximum", "maximum of", "not more than"), "up_to"),
}
#: Words after one.
AFTER: Mapping[str, Hedge] = {
    **_hedges.AFTER,
    **dict.fromkeys(("or below", "or lower", "and under", "and below"), "up_to"),
    **dict.fromkeys(("or above", "and over", "and above", "and more", "plus"), "at_least"),
    **dict.fromkeys(("approx", "approx.", "approximately", "or so"), "about"),
    **dict.fromkeys(("(approx)", "(approx.)", "(approximately)"), "about"),
}

NUMBER_WORDS: Mapping[str, int] = {
    word: number
    for number, word in enumerate(
        ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    )
}
#: Ways to say that there were none.
NOUGHT = re.compile(
    r"(?:nil|zero|none|nought)(?: (?:return|offences?|crimes?|recorded|reported))*"
    r"|no (?:such )?(?:recorded )?(?:offences?|crimes?)(?: (?:were |was )?(?:recorded|reported))?"
)
#: What may stand after a number and only says what was asked for.
COUNTED = re.compile(r" ?(?:recorded )?(?:offences?|crimes?)(?: recorded)?")

#: Marks in brackets of official spreadsheets that stand instead of a number: the kind.
MARKS_FOR_NONE: Mapping[str, str] = {
    "c": "suppressed",
    "x": "not_answered",
    "z": "not_applicable",
    "low": "low",
    "w": "not_held",
}
#: Marks beside a number, which stays: what each says.
MARKS: Mapping[str, str] = {
    "u": "low reliability",
    "b": "break in the series",
    "e": "estimated",
    "f": "forecast",
    "p": "provisional",
    "r": "revised",
    "er": "earliest revision",
    "ns": "not significant",
    "s": "significant at 5 per cent",
    "ss": "significant at 1 per cent",
    "sss": "significant at 0.1 per cent",
    "a": "average",
    "t": "total",
}
#: Marks whose number is no count of this cell.
MARKS_OF_SUMS = {"a", "t"}
#: What may stand in round brackets after a number.
REMARK = re.compile(
    r"(?:see )?(?:foot)?notes?(?: ?\w{1,2})?|[a-z]|\*+|provisional|prov\.?|revised|rev\.?"
    r"|estimated?|est\.?|suppressed|rounded|subject to (?:change|revision)|as (?:at|of) [\w ]{1,25}"
)
#: A note marker in square brackets.
NOTE_MARKER = re.compile(r"(?:foot)?note ?\w{0,3}|\d{1,2}|[a-z]\d?")

#: Symbols whose meaning is the publisher's: the kind where the sheet says none, which is a problem.
SYMBOLS: Mapping[str, str] = {
    "-": "unreadable",
    "--": "unreadable",
    "*": "suppressed",
    "**": "suppressed",
    "#": "unreadable",
    "..": "not_answered",
    "...": "not_answered",
    ".": "unreadable",
    ":": "not_answered",
    "~": "low",
    "0~": "low",
    "k": "low",
    "c": "suppressed",
    "x": "unreadable",
    "z": "not_applicable",
    "?": "unreadable",
    "\N{DAGGER}": "unreadable",
}
#: Sections of the acts of 2000 and 2002 that a body may refuse under; 15A is an offence.
_SECTIONS = "12|14|2[1-9]|3[0-9]|4[0-5]"
_ACT = r"(?:(?:foi act|foisa|foia|foi)(?: \d{4})?,? )?(?:under |per )?"
_SECTION = rf"^\W?{_ACT}(?:s|ss|sec|sect|section|sections|exemption)\.? ?(?:{_SECTIONS})\b"
_GIVEN = "received|provided|supplied|answered|available|given|returned|responded|replied|sent"
_DATA = "information|info|data|figures?|details|statistics"
#: What words say; where several are said, the first in the text, of those the longest.
PHRASES: Mapping[str, re.Pattern[str]] = {
    kind: re.compile(words)
    for kind, words in {
        "refused": rf"refus|reject|declin|exempt|withh|{_SECTION}|(?:over|exceeds?|exceeded|above) "
        r"(?:the )?(?:costs?|appropriate|time|18)|costs? limit|appropriate limit|18 hours"
        r"|neither confirm|\bncnd\b|vexatious|not disclos|den(?:ied|y)|\brefd\b",
        "suppressed": r"suppress|redact|disclosive|confidential|(?:small|low) numbers?"
        r"|withheld[^.]{0,30}(?:small|low|personal)|too (?:small|few) to",
        "not_held": rf"not held|no (?:{_DATA})(?: (?:is|are|was|were))?(?: (?:held|recorded|kept))?"
        rf"(?! (?:yet|received|provided|supplied))\b|not (?:recorded|collected|kept|captured)\b"
        rf"|(?:do(?:es)? not|don'?t|doesn'?t) (?:hold|record|collect)|\bnih\b|nothing held"
        r"|none held|records? (?:are |is )?not held|no records? (?:is |are )?held",
        "not_answered": rf"not yet|no (?:reply|response|answer)|await|pending|outstanding|overdue"
        rf"|chas(?:ed|ing|er)|in progress|acknowledg|\bt\.?b\.?[ca]\b|to follow|to be confirmed"
        rf"|(?:not|never|nothing) (?:been )?(?:{_GIVEN})|unavailable"
        rf"|no (?:{_DATA}) (?:yet|{_GIVEN})"
        r"|did(?: not|n'?t) (?:respond|reply|answer)|clarif|^late$|under review|internal review"
        r"|with (?:the )?ico\b|on hold|(?:unable to|could not|cannot) "
        r"(?:be )?(?:provide|extract|supply|retriev)|due (?:on |by )?\d|still waiting",
        "not_applicable": r"^n ?[/.\\]? ?a\.?$|not applicable|does not apply|not in force"
        r"|offence did not exist|before the offence",
        "low": r"rounds to (?:zero|nought|0)",
    }.items()
}
