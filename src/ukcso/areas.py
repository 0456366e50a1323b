"""Names, aliases and codes of areas, and what a group of areas is made of."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, fields
from typing import Any

from ukcso._rules import ShownAsText, close_names, require_known
from ukcso.datasets import area_names, cached_by_version, load_areas, load_local_authorities, rows
from ukcso.errors import Listing, UnknownAreaError, listed, quoted, warn

_FORCE_WORDS = re.compile(r" (police|constabulary|police service|police force)$")
#: Hyphens that do not break, and the dashes that editors make of hyphens.
_DASHES = re.compile("[\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}]")
#: What is said around the name of a local authority: "City of", ", County of", "Borough Council".
_AUTHORITY_WORDS = re.compile(
    r"^(the )?((london |royal )*borough|city|county) of |^the |kingston upon (?=hull$)"
    r"|( london| metropolitan| county)?( city| borough| district| county)? council$"
    r"|( county| metropolitan)? borough$| mbc$"
)


@dataclass(frozen=True, slots=True, repr=False)
class Area(ShownAsText):
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

    def __repr__(self) -> str:
        code = f", {self.gss_code}" if self.gss_code else ""
        return f"<Area {self.area_id}: {self.name}, {self.kind.replace('_', ' ')}{code}>"


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
    InvalidInputError
        No area is of this kind.
    UnknownAreaError
        No area has this name, or more than one has, of one kind or none of them a force's;
        the message lists them. A local authority is none: the error's `lies_in` is the
        id of the area it lies in.

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
    >>> find_area("Maidstone")
    Traceback (most recent call last):
    ukcso.errors.UnknownAreaError: Maidstone lies in Kent; ...
    """
    if kind is not None:
        require_known("kind", kind, {area.kind for area in all_areas().values()}, Listing("areas"))
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
    if authority := _authorities().get(_place(key)):
        name, lies_in = authority
        msg = f"{name} lies in {all_areas()[lies_in]}; figures here are of police force areas, "
        msg += "and the number of a force is not that of a local authority in it"
        raise UnknownAreaError(msg, lies_in=lies_in)
    near = f"nearest: {listed(names)}; " if (names := _nearest(key)) else ""
    if area_ids:
        msg = f"{quoted(text)} is ambiguous; it may be {listed(area_ids)}"
        raise UnknownAreaError(msg)
    msg = f"no area {quoted(text)}; {near}all are in "
    raise UnknownAreaError(msg, Listing("areas"))


def is_name(text: str) -> bool:
    """
    Say whether a text names an area or a local authority, without looking for the nearest.

    Examples
    --------
    >>> is_name("Herts Police"), is_name("Leeds"), is_name("Kentt")
    (True, True, False)
    """
    key = _key(text)
    return key in _by_name() or _place(key) in _authorities()


@cached_by_version
def all_areas() -> dict[str, Area]:
    """Return every area by its id."""
    known = load_areas().astype(object).set_index("area_id", drop=False)
    known["aliases"] = area_names()["aliases"].astype(object)
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

    names = dict.fromkeys((*parts(row.aliases), *parts(row.force_name)))
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
        kindless = names[1].partition(" (")[0]
        for name in (*names, kindless, _key(area.gss_code or area.name)):
            full[name].add(area.area_id)
        if area.kind == "police_force_area":
            for bare in [_FORCE_WORDS.sub("", name) for name in names]:
                for form in (bare, f"{bare} police", f"{bare} constabulary"):
                    shortened[form].add(area.area_id)
    return {key: tuple(sorted(ids)) for key, ids in (shortened | full).items()}


@cached_by_version
def _authorities() -> dict[str, tuple[str, str]]:
    """Return the local authorities by what is left of their names: name, area they lie in."""
    by_code = {area.gss_code: area.area_id for area in all_areas().values()}
    return {
        key: (row.lad_name.partition(", ")[0], by_code[row.pfa_code])
        for row in rows(load_local_authorities())
        for key in (_place(_key(row.lad_name)), _key(row.lad_code))
    }


def _place(key: str) -> str:
    """Return the key of a local authority without what writers vary: "Bristol, City of"."""
    name, _, words = key.partition(", ")
    turned = f"{words} {name}" if words.endswith(" of") else key
    return _AUTHORITY_WORDS.sub("", turned.replace("-", " ").replace("'", ""))


def _key(name: str) -> str:
    """Return a name without what writers vary: case, blanks, ampersands, dots, dashes."""
    dashless = _DASHES.sub("-", name.casefold())
    return " ".join(dashless.replace("&", " and ").replace(".", "").split())


def _nearest(key: str) -> list[str]:
    """Return names that are like a text, or that it is a word of; no more than six."""
    names = _by_name()
    parts = [name for name in names if len(key) > 2 and f" {key} " in f" {name} ".replace("-", " ")]  # noqa: PLR2004 - shorter parts match everything
    area_ids = (area_id for name in (*close_names(key, names), *parts) for area_id in names[name])
    areas = [all_areas()[area_id] for area_id in dict.fromkeys(area_ids)]
    return [area.name for area in areas if area.kind != "group"][:6]
