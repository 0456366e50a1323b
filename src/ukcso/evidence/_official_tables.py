"""The official tables: what each counts, whom it holds, and where the counts of others are."""

from __future__ import annotations

from calendar import month_name
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextvars import Context
from datetime import date
from typing import NamedTuple

import pandas as pd

from ukcso.areas import all_areas, force_areas
from ukcso.datasets import cached_by_version, is_own, load, standing_version
from ukcso.errors import InvalidInputError, Listing, listed, refusal
from ukcso.measures import all_codes, official_table
from ukcso.periods import Period


class OfficialTable(NamedTuple):
    """How a dataset of official counts is read: one count for each code, area and period."""

    #: How many months a count is of.
    months: int
    #: Which values of its columns are kept; what is left out counts otherwise or is superseded.
    kept: Mapping[str, Collection[object]] = {}
    #: Whether the notes of its codes bound what is counted.
    has_notes: bool = False


#: In the order in which they are asked for an area's counts.
OFFICIAL_TABLES: Mapping[str, OfficialTable] = {
    "recorded_crime": OfficialTable(3),
    "recorded_crime_scotland": OfficialTable(12, has_notes=True),
    # Outcomes are no offences, and crimes with a person victim are fewer than recorded crimes.
    "recorded_crime_northern_ireland": OfficialTable(
        12,
        {
            "counting": ("recorded_crime", "online_crime_recorded"),
            "victim_age": ("all",),
            "victim_sex": ("all",),
        },
        has_notes=True,
    ),
    "recorded_crime_national": OfficialTable(12, {"preferred": (1,)}),
}
#: What a way of counting leaves out.
_COUNTINGS = {
    "recorded_crime": "recorded crime; neither outcomes nor crimes by age and sex of the victim",
    "online_crime_recorded": "offences with an online motivation only, not all that were recorded",
}
#: Codes that come nearest to each other in several tables, though no two have one definition.
_KIN = (
    (
        "86",
        "indecent-photos-of-children",
        "ni-indecent-images-of-children",
        "ni-obscene-publications-total",
        "ni-indecent-images-not-of-children",
    ),
    (
        "88A",
        "communicating-indecently",
        "ni-sexual-communication-with-a-child",
        "ni-sexual-grooming",
    ),
    ("all", "all-excluding-fraud", "all-crimes"),
    ("11A", "13"),  # cruelty and abduction: only England and Wales have counts of them
)
#: Nearest to every code that is in no line above, for all of them are of sexual offences.
_SEXUAL = (
    "sexual-offences",
    "all-sexual-crimes",
    "ni-sexual-offences",
    "ni-sexual-offences-total",
)
#: National totals as published are the 43 forces plus this one.
IN_NATIONAL_TOTALS = "british-transport-police"
#: As many areas are named in a message; more are counted.
_FEW = 2


@cached_by_version
def counts_in(table: str) -> pd.DataFrame:
    """Return offences by code and area, a column for each period by its first day."""
    return _kept(table).pivot(  # noqa: PD010 - one row a cell, nothing to add up
        index=["offence_code", "area_id"], columns="period_start", values="offences"
    )


def parts_in(table: str, area_id: str) -> frozenset[str]:
    """
    Return what an area's count is added up from: itself where the table holds it, or its forces.

    England and Wales have a force of no area in their total.
    """
    forces = force_areas(area_id)
    if area_id in _areas_in(table):
        return frozenset([area_id])
    return forces | {IN_NATIONAL_TOTALS} if area_id == "england-and-wales" else forces


def is_counted(table: str, area_id: str) -> bool:
    """Say whether a table holds all parts of an area."""
    return parts_in(table, area_id) <= _areas_in(table)


def require_counted(code: str, area_ids: Iterable[str]) -> None:
    """
    Refuse areas that the official table of a code does not hold.

    Raises
    ------
    InvalidInputError
        The message says where their counts are, and which codes come nearest.
    """
    table = official_table(code)
    for area_id in area_ids:
        if lacking := sorted(parts_in(table, area_id) - _areas_in(table)):
            words = f"{all_areas()[area_id].name} is not in {_called(table)} under {code}: "
            raise InvalidInputError(words, *_where(code, lacking))


def note_of_uncounted(code: str, area_ids: Iterable[str]) -> list[str]:
    """Say which areas the official table of a code does not hold, and where their counts are."""
    table = official_table(code)
    missing = [area_id for area_id in area_ids if not is_counted(table, area_id)]
    if not missing:
        return []
    lacking = set().union(*(parts_in(table, area_id) - _areas_in(table) for area_id in missing))
    names = listed(all_areas()[area_id].name for area_id in missing)
    # Other tables are read for the words only: no output rests on them.
    told = list(_where(code, sorted(lacking))) if is_own(standing_version(table)) else []
    where = "".join(map(str, told or Context().run(list, _where(code, sorted(lacking)))))
    return [f"no counts of {names} in {_called(table)} under {code}: {where}"]


def require_kind_counted(code: str, kind: str) -> None:
    """
    Refuse a kind of area of which the official table of a code holds none.

    Raises
    ------
    InvalidInputError
        The message lists the kinds that it holds areas of.
    """
    table = official_table(code)
    kinds = {area.kind for area in all_areas().values() if is_counted(table, area.area_id)}
    if not kinds:
        msg = f"no count of {code} in {_called(table)}: it has no rows"
        raise InvalidInputError(msg)
    if kind not in kinds:
        words = f"one with areas in {_called(table)}, which holds {code}: {listed(sorted(kinds))}"
        raise refusal(kind, "kind", words)


def require_code_counted(code: str) -> None:
    """
    Refuse a code of which the rows that stand in the place of its table have no count.

    Raises
    ------
    InvalidInputError
        The message says which codes they have.
    """
    table = official_table(code)
    codes = counts_in(table).index.unique("offence_code")
    if code not in codes:
        msg = f"no count of {code} in {_called(table)}, which holds {listed(sorted(codes)) or '-'}"
        raise InvalidInputError(msg)


def _called(table: str) -> str:
    """Name an official table, or the rows of somebody's own that stand in its place."""
    version = standing_version(table)
    return f"{table} {version}" if is_own(version) else table


def require_reached(code: str, when: Period) -> None:
    """
    Refuse a period in which the official table of a code has no count at all.

    Raises
    ------
    InvalidInputError
        The message says from when until when the table reaches.
    """
    table = official_table(code)
    require_code_counted(code)
    counted = counts_in(table).loc[[code]].notna().any()
    starts = pd.DatetimeIndex(counted.index[counted])
    last = starts.max() + pd.offsets.MonthEnd(OFFICIAL_TABLES[table].months)
    first_day, last_day = starts.min().date(), last.date()
    if when.start > last_day or when.end < first_day:
        reach = f"from {_month(first_day)} to {_month(last_day)}"
        msg = f"no count of {code} in {when}: {_called(table)} holds it {reach}"
        raise InvalidInputError(msg)


def _month(day: date) -> str:
    return f"{month_name[day.month]} {day.year}"


def caveats_of_counts(code: str) -> list[str]:
    """Return what bounds the official counts of a code: the way of counting, and its note."""
    table = official_table(code)
    if not OFFICIAL_TABLES[table].has_notes:
        return []
    counts = _kept(table)
    own = counts[counts["offence_code"] == code]
    words = [_COUNTINGS[name] for name in own["counting"].unique()] if "counting" in own else []
    if "edition" in own and (editions := own["edition"].nunique()) > 1:
        words.append(f"years are from {editions} editions of the table; {table} says which")
    return [f"{code}: {text}" for text in (*words, all_codes()[code].note) if text]


def _where(code: str, area_ids: Iterable[str]) -> Iterator[object]:
    """Go through the parts of a message that says where the counts of areas are."""
    table = official_table(code)
    if is_own(standing_version(table)):
        names = [all_areas()[area_id].name for area_id in area_ids]
        yield f"these rows lack {_few(names)}"
        return
    homes: defaultdict[str, list[str]] = defaultdict(list)
    for area_id in area_ids:
        home = next((name for name in OFFICIAL_TABLES if area_id in _areas_in(name)), "")
        homes[home].append(all_areas()[area_id].name)
    near = next((codes for codes in _KIN if code in codes), _SEXUAL)
    for i, (home, names) in enumerate(homes.items()):
        places = _few(names)
        yield "; " if i else ""
        if not home:
            yield f"no official counts of {places} are shipped"
            continue
        codes = [other for other in near if official_table(other) == home]
        nearest = f"nearest: {listed(codes)}" if codes else f"none of them near to {code}"
        yield from (f"the counts of {places} are in ", Listing(home))
        yield f", under codes of its own, {nearest}"


@cached_by_version
def _areas_in(table: str) -> frozenset[str]:
    return frozenset(load(table)["area_id"].unique())


def _kept(table: str) -> pd.DataFrame:
    crime = load(table)
    for column, values in OFFICIAL_TABLES[table].kept.items():
        crime = crime[crime[column].isin(values)]
    return crime.astype({"offences": float})


def _few(names: list[str]) -> str:
    return listed(names) if len(names) <= _FEW else f"{len(names)} forces of it"
