"""Measures and offence codes: what there are, what they count, what they are called."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from contextvars import Context
from numbers import Integral
from typing import NamedTuple

from ukcso._rules import close_names
from ukcso.datasets import (
    cached_by_version,
    is_own,
    load_measures,
    load_offence_codes,
    load_recorded_crime,
    rows,
    standing_version,
)
from ukcso.datasets.recorded_crime_northern_ireland import OFFENCE_CODES as NORTHERN_IRISH_CODES
from ukcso.datasets.recorded_crime_scotland import OFFENCE_CODES as SCOTTISH_CODES
from ukcso.errors import InvalidInputError, Listing, listed, quoted, refusal

#: Units of figures and measures that are no counts, so that no arithmetic joins them.
NO_COUNTS = ("percent", "years_of_age")
#: The unit of figures that count something, but in a mean month of their period.
PER_MONTH = "arrests_per_month"

#: What people say, beside names and titles; a word under two names is refused as ambiguous.
_EVERYDAY_WORDS: dict[str, tuple[str, ...]] = {
    "86": ("obscene publication",),
    "88A": ("grooming", "grooming offences", "sexual grooming offences", "online grooming"),
    "image_offences": (
        "indecent images",
        "indecent images of children",
        "indecent image offences",
        "image offence",
        "child abuse images",
        "child sexual abuse images",
        "child sexual abuse material",
        "csam",
        "iioc",
    ),
    "sexual_communication_with_a_child": ("sexual communication", "section 15a", "online grooming"),
    "child_sexual_offences": ("child sexual abuse", "sexual offences against under-18s"),
    "child_sexual_abuse_and_exploitation_offences": ("child sexual abuse", "csae"),
    "online_child_sexual_offences": ("online child sexual abuse", "online flag"),
}
#: The datasets with the counts of codes that no tables by force hold.
_TABLES = {
    **dict.fromkeys(SCOTTISH_CODES, "recorded_crime_scotland"),
    **dict.fromkeys(NORTHERN_IRISH_CODES, "recorded_crime_northern_ireland"),
    "all-excluding-fraud": "recorded_crime_national",
}
_LISTS = (Listing("measures"), " and ", Listing("offence_codes"))


class Measure(NamedTuple):
    """What printed figures count."""

    title: str
    unit: str
    #: The official codes nearest to it.
    codes: tuple[str, ...]


class Code(NamedTuple):
    """What official tables count."""

    title: str
    #: class, sub-code or total.
    level: str
    #: The class that it is a part of.
    parent: str | None
    #: Whose list it is of.
    classification: str
    #: What bounds it, as the list says.
    note: str | None = None

    @property
    def is_class(self) -> bool:
        """Whether the police of England and Wales have counts of it."""
        return self.classification == "home-office" and not self.parent


@cached_by_version
def all_measures() -> Mapping[str, Measure]:
    """Return every measure by its name."""
    known = load_measures().fillna({"official_codes": ""})
    codes = (filter(None, text.split(";")) for text in known["official_codes"])
    return {
        row.measure: Measure(row.title, row.unit, tuple(nearest))
        for row, nearest in zip(rows(known), codes, strict=True)
    }


@cached_by_version
def all_codes() -> Mapping[str, Code]:
    """Return every offence code by its name."""
    known = load_offence_codes().fillna({"parent_code": "", "note": ""})
    return {
        row.offence_code: Code(
            row.title, row.level, row.parent_code or None, row.classification, row.note or None
        )
        for row in rows(known)
    }


def as_name(measure_or_code: str | int) -> str:
    """
    Return a measure or offence code as the datasets write it.

    It is known by its name ("image_offences", "88a", "class 86", 86), its title, or an
    everyday word ("indecent images", "grooming"), whatever the case. What words mean is
    never guessed:

    - A title that a class of recorded crime and a measure share is the class: its counts
      are of one definition and of every force. The measure answers to its name
      ("sexual_grooming").
    - A sub-code has no counts of its own. It is the measure that it alone is the official
      code of ("71/17"), if there is one.
    - Codes of Scotland and Northern Ireland come after both.
    - A word that still fits several is refused, with their names.
    - Text that fits nothing comes back as it is: it may name a measure of a reader's own.

    Raises
    ------
    InvalidInputError
        Neither text nor a whole number, or a word that may mean several.

    Examples
    --------
    >>> as_name(86), as_name("Class 88a"), as_name("grooming"), as_name("71/17")
    ('86', '88A', '88A', 'sexual_communication_with_a_child')
    """
    if isinstance(measure_or_code, Integral) and not isinstance(measure_or_code, bool):
        return str(int(measure_or_code))
    if not isinstance(measure_or_code, str):
        raise refusal(measure_or_code, "measure_or_code", "text, or a whole number for a code")
    meant = _meant_by_words().get(_key(measure_or_code), (measure_or_code,))
    if len(meant) > 1:
        msg = f"{quoted(measure_or_code)} is ambiguous; it may be {listed(map(_named, meant))}"
        raise InvalidInputError(msg)
    return meant[0]


@cached_by_version
def codes_by_force() -> frozenset[str]:
    """
    Return the offence codes with official counts of police force areas.

    Where rows of somebody's own stand there, those that are shipped are codes all the same.
    """
    codes = frozenset(load_recorded_crime()["offence_code"].unique())
    is_of_own = is_own(standing_version("recorded_crime"))
    return codes | Context().run(codes_by_force) if is_of_own else codes


def official_table(code: str) -> str:
    """
    Return the dataset with the official counts of a code; empty where there is none.

    Of two that hold it, it is the one by force.

    Examples
    --------
    >>> official_table("86"), official_table("all-sexual-crimes"), official_table("86/2")
    ('recorded_crime', 'recorded_crime_scotland', '')
    """
    # Looked up before the tables by force are read, for outputs say what was read.
    return _TABLES.get(code) or ("recorded_crime" if code in codes_by_force() else "")


def is_code(measure_or_code: str | int) -> bool:
    """Say whether official counts are shipped under this name."""
    return bool(official_table(as_name(measure_or_code)))


def is_official(measure_or_code: str | int, release: str | None) -> bool:
    """
    Say whether a table is of official counts; else it is of printed figures.

    Raises
    ------
    InvalidInputError
        Neither a code nor a measure, or a release asked for official counts.
    """
    name = as_name(measure_or_code)
    # Official tables are read only where they are meant, for outputs say what was read.
    if name in all_measures():
        return False
    if not official_table(name):
        raise _unknown(name, "measure or offence code")
    if release is not None:
        raise refusal(release, "release", "left out for official counts")
    return True


def known_measure(measure: object, own: Collection[str] = ()) -> str:
    """
    Return a measure by any of its names, or one of a reader's own by the name it has there.

    Raises
    ------
    InvalidInputError
        No measure; the message lists the nearest measures, and what is an official code.

    Examples
    --------
    >>> known_measure("Indecent images"), known_measure("mine", own={"mine"})
    ('image_offences', 'mine')
    """
    if isinstance(measure, str):
        name = measure if measure in own else as_name(measure)
        if name in all_measures() or name in own:
            return name
    raise _unknown(measure, "measure")


def _unknown(name: object, argument: str) -> InvalidInputError:
    """Return the error of a name that is none of what was asked for."""
    refused = f"no {argument} {quoted(name)}"
    if not isinstance(name, str):
        return InvalidInputError(f"{refused}; all are in ", *_LISTS, ", as text")
    code = all_codes().get(name)
    if code and code.parent:
        holds = f"; it is a part of class {_named(code.parent)}, which holds its counts"
        return InvalidInputError(refused + holds)
    if table := official_table(name):
        words = f"{refused}; it is an official code, see official_series, with counts in "
        return InvalidInputError(words, Listing(table))
    meant = _meant_by_words()
    near = dict.fromkeys(n for words in close_names(_key(name), meant) for n in meant[words])
    if argument != "measure":
        hint = f"nearest: {listed(map(_named, near))}; " if near else ""
        return InvalidInputError(f"{refused}; {hint}all are in ", *_LISTS)
    measures, codes = (
        listed(_named(other) for other in near if (other in all_measures()) is is_measure)
        for is_measure in (True, False)
    )
    hint = f"nearest: {measures}; " if measures else ""
    elsewhere = f"official codes, see official_series: {codes}; " if codes else ""
    return InvalidInputError(f"{refused}; {hint}{elsewhere}all are in ", Listing("measures"))


def _named(name: str) -> str:
    """Return a measure's name, or a code with its title."""
    code = all_codes().get(name)
    return f"{name} ({code.title})" if code else name


def _meant_by_words() -> Mapping[str, tuple[str, ...]]:
    """Return what words mean by the newest lists, whatever is pinned; no output rests on it."""
    return Context().run(_by_word)


@cached_by_version
def _by_word() -> Mapping[str, tuple[str, ...]]:
    measures, codes = all_measures(), all_codes()
    measure_of = {known.codes: name for name, known in measures.items()}
    parts = {code: measure_of.get((code,), code) for code, known in codes.items() if known.parent}
    # Words by what they mean; each rank goes before those above it.
    ranks: list[dict[str, tuple[str, ...]]] = [
        {code: _titles(code, known) for code, known in codes.items() if not known.is_class},
        {name: _titles(name, known) for name, known in measures.items()},
        {code: _titles(code, known) for code, known in codes.items() if known.is_class},
        _EVERYDAY_WORDS,
        {name: (name,) for name in (*codes, *measures)},
    ]
    meant: dict[str, tuple[str, ...]] = {}
    for rank in ranks:
        names: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for name, words in rank.items():
            for word in words:
                names[_key(word)][parts.get(name, name)] = None
        meant |= {word: tuple(several) for word, several in names.items()}
    return meant


def _titles(name: str, known: Measure | Code) -> tuple[str, ...]:
    return known.title, known.title.removesuffix(" etc"), re.sub("[-_]", " ", name)


def _key(text: str) -> str:
    """Return words without what writers vary: case, blanks, stops, "class" before a number."""
    words = " ".join(re.sub("[.,]", "", text.casefold().replace("&", " and ")).split())
    return re.sub(r"^(?:(?:offence )?(?:class|code)|sub-?code) (?=\d)", "", words)


def title_of(measure_or_code: str) -> str:
    """
    Return what is counted, as a title says it.

    Examples
    --------
    >>> title_of("86")
    'Obscene publications etc (class 86)'
    >>> title_of("image_offences")
    'Child abuse image offences'
    """
    if measure := all_measures().get(measure_or_code):
        return measure.title
    code = all_codes()[measure_or_code]
    return code.title if code.level == "total" else f"{code.title} ({code.level} {measure_or_code})"


def titles() -> Mapping[str, str]:
    """Return the title of every measure."""
    return {name: measure.title for name, measure in all_measures().items()}


def unit_of(measure: str) -> str:
    """Return what a measure counts; offences where it is a reader's own."""
    known = all_measures().get(measure)
    return known.unit if known else "offences"


def counts_something(measure: str) -> bool:
    """Say whether a measure's numbers can be added up."""
    return unit_of(measure) not in NO_COUNTS
