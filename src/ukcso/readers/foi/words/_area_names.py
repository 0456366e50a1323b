"""Labels of rows and columns: which area one names, or that it is a total."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from ukcso.areas import Area, all_areas, find_area, is_name
from ukcso.errors import UkcsoWarning, UnknownAreaError
from ukcso.readers.foi.words._cells import tidy

Kind = Literal["area", "authority", "total", "average", "unknown"]

#: Kinds of areas that answer for themselves, and the nations with one force.
ANSWERING = {"police_force_area", "non_territorial_force", "crown_dependency"}
_LONGEST = 90
_MOST_WORDS = 8
_MARKS = re.compile(
    r"(?: ?\[[^\]]*\]| ?[*\N{DAGGER}\N{DOUBLE DAGGER}\N{SECTION SIGN}^:]+"
    r"|[\u00b9\u00b2\u00b3\u2070-\u2079]+| ?\((?:see )?(?:foot)?(?:note )?\w{1,2}\))+$"
)
_NUMBERED = re.compile(r"^\d{1,2}[.)] ")
_FORCE = re.compile(
    r"^(?:the )?(?:chief constable of |heddlu )?(.*?)"
    r"(?: (?:police|constabulary|police (?:service|force)|force))?$"
)
_POINTS = {"n": "north", "s": "south", "e": "east", "w": "west"}
_ALL = r"(?:total|listed|shown|above|combined|together|here)"
_TOTAL = re.compile(
    r"(?:(?:grand|overall|all|uk|national|sub|force|running|combined) ?-?)*totals?\b.*"
    rf"|sum|overall|all|all (?:\d+ )?(?:forces|areas|police forces|years|periods)(?: {_ALL})?"
    r"|(.+?)[ ,-]+(?:sub-?)?totals?(?: \(.*\))?"
)
_AVERAGE = re.compile(
    r"(?:.* )?(?:average|mean|median)\b.*|%.*|(?:% |percentage )?change.*|growth.*|.*\brates?\b.*"
    r"|population.*|per .*|min(?:imum)?|max(?:imum)?|highest|lowest"
    r"|(?:no\.?|number|count) of (?:forces|replies|responses)\b.*"
    r"|(?:forces|replies|responses)(?: (?:who|that|replied|responding|received|outstanding).*)?"
)
#: What stands above local authorities, and is the name of none.
_HEADING = re.compile(
    r"(?:local |unitary )?(?:authority|council|borough|district|csp)(?: name| code|/.*)?"
    r"|community safety partnership|authority type"
)
_AUTHORITY = re.compile(
    r".*\b(?:council|borough|unitary authority|county of|local authority|combined authority|csp"
    r"|community safety partnership|nhs|city council)\b.*"
)


@dataclass(frozen=True, slots=True)
class AreaName:
    """What a label says: an area, a local authority, a total, or no name that is known."""

    kind: Kind
    text: str
    area: Area | None = None
    #: The marks after the name, which refer to notes.
    marks: str = ""

    @property
    def answers(self) -> bool:
        """Whether it is an area that answers for itself: a force, or a nation with one."""
        return self.area is not None and (self.area.kind in ANSWERING or not self.area.members)


class AreaNames:
    """Reads labels, each text once."""

    def __init__(self) -> None:
        self._read: dict[str, AreaName | None] = {}

    def read(self, value: object) -> AreaName | None:
        """Return what a label says; None where it is no text, or is a sentence."""
        if not isinstance(value, str):
            return None
        if value not in self._read:
            self._read[value] = _read(tidy(value))
        return self._read[value]

    def known(self, value: object) -> AreaName | None:
        """Return what a label says, if it names an area or a local authority."""
        name = self.read(value)
        return name if name and name.kind in {"area", "authority"} else None

    def as_region(self, name: AreaName) -> AreaName:
        """Return a name as that of a region, where a force shares it."""
        if not is_name(name.text):
            return name
        try:
            area = find_area(name.text, kind="region")
        except UnknownAreaError:
            return name
        region = AreaName("area", name.text, area, name.marks)
        return region if _is_region(region) else name

    def answering(self, cells: Iterable[object]) -> tuple[set[str], bool]:
        """
        Return the areas that labels name which answer for themselves, and whether all are regions.

        Where all others are regions, the name that a force shares with one is the region's.
        """
        named = [name for name in map(self.known, cells) if name and name.area]
        forces = {name.area.area_id for name in named if name.area and name.answers}
        regions = {region.text for region in map(self.as_region, named) if _is_region(region)}
        shared = {name.text for name in named if name.answers and _is_region(self.as_region(name))}
        are_regions = len(regions) > 1 and len(shared) == len(forces)
        return (set() if are_regions else forces), are_regions

    def mentioned(self, text: str) -> list[Area]:
        """Return the forces that a title or file name speaks of, longest names first."""
        words = re.sub(r"[_.,;()\[\]:]| - ", " ", tidy(text)).split()
        found: list[Area] = []
        taken: set[int] = set()
        for length in range(min(7, len(words)), 0, -1):
            for start in range(len(words) - length + 1):
                places = set(range(start, start + length))
                if places & taken:
                    continue
                name = self.known(" ".join(words[start : start + length]))
                if name and name.area and name.answers:
                    taken |= places
                    found.append(name.area)
        return list(dict.fromkeys(found))


def _is_region(name: AreaName) -> bool:
    return name.area is not None and name.area.kind == "region"


def _read(text: str) -> AreaName | None:
    if not text or len(text) > _LONGEST or not re.search("[a-z]", text, re.IGNORECASE):
        return None
    plain = _NUMBERED.sub("", _MARKS.sub("", text)).strip(" ,;-")
    marks = match[0].strip(" :") if (match := _MARKS.search(text)) else ""
    lower = plain.lower()
    if _AVERAGE.fullmatch(lower):
        return AreaName("average", text)
    area = _area(plain)
    if isinstance(area, Area):
        return AreaName("area", text, area, marks)
    if total := _TOTAL.fullmatch(lower):
        part = _area(total[1]) if total[1] else None
        return AreaName("total", text, part if isinstance(part, Area) else None)
    is_name = len(lower.split()) <= _MOST_WORDS and not text.endswith(".")
    is_name = is_name and not _HEADING.fullmatch(lower)
    if area == "authority" or (is_name and _AUTHORITY.fullmatch(lower)):
        return AreaName("authority", text)
    return AreaName("unknown", text)


def _area(text: str) -> Area | str | None:
    """Return an area by a name in several forms, which must agree; "authority" for one."""
    if found := _found(text):
        return found
    if match := re.fullmatch(r"(.+?) ?\(([^()]+)\)", text):
        outer, inner = _found(match[1]), _found(match[2])
        if isinstance(outer, Area) and _goes_with(outer, inner, match[1], match[2]):
            return outer
        return None
    parts = [part for part in re.split(r" ?/ ?| - | \| ", text) if part]
    meant = {
        part if isinstance(part, str) else part.area_id if part else ""
        for part in map(_found, parts)
    }
    return all_areas().get(meant.pop()) if len(parts) > 1 and len(meant) == 1 else None


def _goes_with(outer: Area, inner: Area | str | None, name: str, bracket: str) -> bool:
    """Say whether what stands in brackets after a name says nothing else."""
    if isinstance(inner, Area):
        return inner.area_id in {outer.area_id, outer.nation, outer.region} or (
            outer.area_id in inner.members
        )
    initials = "".join(word[0] for word in re.findall("[A-Za-z]+", name) if word[0].isupper())
    return bracket.upper() == initials or bracket.lower() in {
        "police",
        "force",
        "pfa",
        "territorial",
    }


def _found(text: str) -> Area | str | None:
    for form in _forms(text):
        if not is_name(form):
            continue
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", UkcsoWarning)
                area = find_area(form, kind="police_force_area")
        except UnknownAreaError as error:
            if error.lies_in and form == text:
                return "authority"
            continue
        if form == text or area.kind in ANSWERING or not area.members:
            return area
    return None


def _forms(text: str) -> Iterator[str]:
    yield text
    lower = re.sub(r"\biow\b", "isle of wight", text.lower())
    yield lower
    if abbreviated := re.match(r"([nsew])\.? (?=[a-z]{3})", lower):
        yield _POINTS[abbreviated[1]] + lower[abbreviated.end(1) :].lstrip(".")
    if (match := _FORCE.fullmatch(lower)) and match[1] not in {"", lower}:
        yield match[1]
