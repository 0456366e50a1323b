"""Names, aliases and codes of areas, and what a group of areas is made of."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, fields
from typing import Any

from ukcso._rules import close_names
from ukcso.datasets import cached_by_version, load_areas, rows
from ukcso.errors import UnknownAreaError, listed, quoted, warn

# Everyday names that no official list holds. Each names one area only; a test
# makes sure that none is also the name of another.
_EVERYDAY_NAMES = {
    "avon-and-somerset": ("Avon & Somerset",),
    "bedfordshire": ("Beds",),
    "british-transport-police": ("BTP",),
    "cambridgeshire": ("Cambs",),
    "derbyshire": ("Derbys",),
    "dyfed-powys": ("Dyfed Powys",),
    "gloucestershire": ("Glos",),
    "greater-manchester": ("GMP",),
    "hampshire": ("Hants", "Hampshire and Isle of Wight", "Hampshire & Isle of Wight Constabulary"),
    "hertfordshire": ("Herts",),
    "lancashire": ("Lancs",),
    "leicestershire": ("Leics",),
    "lincolnshire": ("Lincs",),
    "metropolitan": ("Met", "The Met", "Metropolitan", "MPS", "Scotland Yard"),
    "northamptonshire": ("Northants",),
    "nottinghamshire": ("Notts",),
    "south-yorkshire": ("South Yorks",),
    "north-yorkshire": ("North Yorks",),
    "staffordshire": ("Staffs",),
    "thames-valley": ("TVP",),
    "united-kingdom": ("The UK", "U.K."),
    "west-midlands": ("WMP",),
    "west-yorkshire": ("West Yorks",),
    "wiltshire": ("Wilts",),
}
_KIND_WORDS = re.compile(r" \(\w+\)$")
_FORCE_WORDS = re.compile(r" (police|constabulary|police service|police force)$")


@dataclass(frozen=True, slots=True)
class Area:
    """
    An area that figures are printed for.

    Attributes
    ----------
    area_id
        Identifier, for ever; a group's joins its members' with "+".
    kind
        police_force_area, non_territorial_force, region, nation, country_group,
        crown_dependency or group.
    gss_code
        Nine-character code of the Office for National Statistics, None where there
        is none.
    members
        Areas it is made of, one level down; empty for a single force area.
    aliases
        Other names it is known by.
    """

    area_id: str
    name: str
    kind: str
    gss_code: str | None
    nation: str | None
    region: str | None
    members: tuple[str, ...]
    aliases: tuple[str, ...]

    def __str__(self) -> str:
        return self.name


def find_area(text: str, *, kind: str | None = None) -> Area:
    """
    Find an area by id, name, alias or GSS code, whatever the case.

    It never guesses: a text that is no known name is refused, with the nearest
    names in the message.

    Parameters
    ----------
    text
        "lancashire", "Lancashire Police", "Herts Police", "Met", "GMP", "PSNI",
        "Devon & Cornwall", "E23000003".
    kind
        Which kind of area is meant where two share the name: "West Midlands" is a force's
        and a region's.

    Returns
    -------
    Area

    Raises
    ------
    UnknownAreaError
        No area has this name, or more than one has, of one kind or none of them a force's;
        the message lists them.

    Warns
    -----
    UkcsoWarning
        A force and another area share the name, and no kind says which is meant: it is the
        force.

    Examples
    --------
    >>> find_area("Herts Police").area_id, find_area("e23000003").name
    ('hertfordshire', 'Lancashire')
    >>> find_area("Yorkshire")
    Traceback (most recent call last):
    ukcso.errors.UnknownAreaError: no area 'Yorkshire'; nearest: ...
    """
    key = _key(text) if isinstance(text, str) else ""
    area_ids = _by_name().get(key, ())
    for meant in (kind, "police_force_area"):
        of_kind = [area_id for area_id in area_ids if all_areas()[area_id].kind == meant]
        if len(area_ids) > 1 and len(of_kind) == 1:
            if meant != kind:
                others = listed(area_id for area_id in area_ids if area_id not in of_kind)
                warn(f"{quoted(text)} is taken for the force; it may also be {others}")
            area_ids = tuple(of_kind)
    if len(area_ids) == 1:
        return all_areas()[area_ids[0]]
    near = f"nearest: {listed(names)}; " if (names := _nearest(key)) else ""
    msg = f"no area {quoted(text)}; {near}all are in load_areas()"
    if area_ids:
        msg = f"{quoted(text)} is ambiguous; it may be {listed(area_ids)}"
    raise UnknownAreaError(msg)


@cached_by_version
def all_areas() -> dict[str, Area]:
    """Return every area by its id."""
    known = load_areas().astype(object)
    return {row.area_id: _area(row) for row in rows(known.where(known.notna(), None))}


@cached_by_version
def force_areas(area_id: str) -> frozenset[str]:
    """
    Return the smallest areas an area is made of: police force areas or whole nations.

    Examples
    --------
    >>> sorted(force_areas("london"))
    ['city-of-london', 'metropolitan']
    >>> len(force_areas("england-and-wales")), len(force_areas("united-kingdom"))
    (43, 45)
    """
    members = all_areas()[area_id].members
    if not members:
        return frozenset([area_id])
    return frozenset().union(*(force_areas(member) for member in members))


def _area(row: Any) -> Area:
    def parts(value: str | None) -> list[str]:
        return value.split(";") if value else []

    everyday = _EVERYDAY_NAMES.get(row.area_id, ())
    names = dict.fromkeys((*parts(row.aliases), *parts(row.force_name), *everyday))
    names.pop(row.name, None)
    printed = {field.name: getattr(row, field.name) for field in fields(Area)}
    return Area(**printed | {"members": tuple(parts(row.members)), "aliases": tuple(names)})


@cached_by_version
def _by_name() -> dict[str, tuple[str, ...]]:
    """Return area ids by every name they go by; a full name wins over a shortened one."""
    full: defaultdict[str, set[str]] = defaultdict(set)
    shortened: defaultdict[str, set[str]] = defaultdict(set)
    for area in all_areas().values():
        names = [_key(name) for name in (area.area_id, area.name, *area.aliases)]
        kindless = _KIND_WORDS.sub("", names[1])
        for name in (*names, kindless, _key(area.gss_code or area.name)):
            full[name].add(area.area_id)
        if area.kind == "police_force_area":
            for bare in [_FORCE_WORDS.sub("", name) for name in names]:
                for form in (bare, f"{bare} police", f"{bare} constabulary"):
                    shortened[form].add(area.area_id)
    return {key: tuple(sorted(ids)) for key, ids in (shortened | full).items()}


def _key(name: str) -> str:
    """Return a name without what writers vary: case, blanks, ampersands, dots."""
    return " ".join(name.casefold().replace("&", " and ").replace(".", "").split())


def _nearest(key: str) -> list[str]:
    """Return names that are like a text, or that it is a word of; no more than six."""
    names = _by_name()
    parts = [name for name in names if len(key) > 2 and f" {key} " in f" {name} ".replace("-", " ")]  # noqa: PLR2004 - shorter parts match everything
    area_ids = (area_id for name in (*close_names(key, names), *parts) for area_id in names[name])
    areas = [all_areas()[area_id] for area_id in dict.fromkeys(area_ids)]
    return [area.name for area in areas if area.kind != "group"][:6]
