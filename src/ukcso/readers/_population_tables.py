"""Sheets of the ONS's mid-year estimates: residents by authority, mid-year and year of age."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from ukcso.errors import InvalidInputError, listed, quoted
from ukcso.readers._labels import heading_key
from ukcso.readers._sheets import CellError, Sheet, address

_OLDEST = 90
_MOST_DIGITS = 10
_AGES = range(_OLDEST + 1)
_CODE = re.compile(r"[A-Z]\d{8}")
_MID_YEAR = re.compile(r"\b(?:mid[- ]?|june )((?:19|20)\d\d)\b", re.IGNORECASE)
_POPULATION = re.compile(r"population[ _.]*((?:19|20)\d\d)", re.IGNORECASE)
_AUTHORITY = re.compile(r"(lad|la|geog(raphy)?|area)?code", re.IGNORECASE)
_AUTHORITY_NAME = re.compile(r"(lad|la|geog(raphy)?|area)?name", re.IGNORECASE)
_SEXES = {"m": "M", "male": "M", "males": "M", "1": "M", "f": "F", "female": "F", "females": "F"}
_SEXES |= {"2": "F"}
_BANDS = {"0-15": 15, "0-17": 17, "all": _OLDEST}


class Residents(NamedTuple):
    """Residents of one authority on one 30 June, by band of age."""

    code: str
    name: str
    mid_year: int
    bands: dict[str, int]
    #: File, sheet and cell, for messages.
    where: str


def residents_of(path: Path, sheet: Sheet, others: Sequence[Sheet]) -> list[Residents] | None:
    """
    Return the rows of a sheet of residents by authority; None of any other sheet.

    `others` are the sheets before it, which may say what mid-year is meant.

    Raises
    ------
    InvalidInputError
        A cell is no whole number of people, an age is missing, or no mid-year is named.
    """
    for place, row in enumerate(sheet.rows[:25]):
        keys = [heading_key(cell) for cell in row]
        if "allages" in keys and not re.search(r"males?\b", sheet.name, re.IGNORECASE):
            return list(_wide(path, sheet, place, keys, others))
        if {"sex", "age"} <= set(keys) and any(map(_AUTHORITY.fullmatch, keys)):
            return _long(path, sheet, place, keys)
    return None


def _wide(
    path: Path, sheet: Sheet, first: int, keys: list[str], others: Sequence[Sheet]
) -> Iterator[Residents]:
    """Go through a sheet of MYE2: a row an authority, a column a year of age."""
    code, name = _place_of(path, sheet, first, keys)
    ages = _ages(path, sheet, first)
    mid_year = _mid_year(path, sheet, first, others)
    total = keys.index("allages")
    for place, row in _body(path, sheet, first, code, total):
        counts = [_people(path, sheet, place, column) for column in ages]
        if sum(counts) != _people(path, sheet, place, total):
            msg = f"{_where(path, sheet, place, total)}: is not the sum of the ages beside it"
            raise InvalidInputError(msg)
        bands = {band: sum(counts[: last + 1]) for band, last in _BANDS.items()}
        where = _where(path, sheet, place, code)
        yield Residents(str(row[code]).strip(), str(row[name]).strip(), mid_year, bands, where)


def _long(path: Path, sheet: Sheet, first: int, keys: list[str]) -> list[Residents] | None:
    """Return the rows of MYEB1: one an authority, sex and year of age, a column a mid-year."""
    years = {
        place: int(parts[1])
        for place, cell in enumerate(sheet.rows[first])
        if (parts := _POPULATION.fullmatch(str(cell or "").strip()))
    }
    code, name = _place_of(path, sheet, first, keys)
    known = {*years, code, name}
    others = {key for place, key in enumerate(keys) if place not in known}
    if not years or others - {"sex", "age", "country", ""}:
        return None  # MYEB2: components of change beside the residents
    sex, age = keys.index("sex"), keys.index("age")
    authorities: dict[str, _Authority] = {}
    for place, row in _body(path, sheet, first, code, next(iter(years))):
        key = str(row[code]).strip()
        where = _where(path, sheet, place, code)
        authority = authorities.setdefault(
            key, _Authority(key, str(row[name]).strip(), where, list(years.values()))
        )
        of_sex = _SEXES.get(str(row[sex]).strip().casefold())
        if of_sex is None:
            raise _refused(path, sheet, (place, sex), "a sex, M or F")
        of_age = _age(row[age])
        if of_age is None:
            raise _refused(path, sheet, (place, age), f"an age, 0 to {_OLDEST}")
        people = [_people(path, sheet, place, column) for column in years]
        authority.add(where, of_sex, of_age, people)
    return [row for authority in authorities.values() for row in authority.residents()]


class _Authority:
    """An authority's residents by mid-year, summed over sexes and ages."""

    def __init__(self, code: str, name: str, where: str, years: list[int]) -> None:
        self._code, self._name, self._where = code, name, where
        self._bands = {year: dict.fromkeys(_BANDS, 0) for year in years}
        self._there: set[tuple[str, int]] = set()

    def add(self, where: str, sex: str, age: int, people: list[int]) -> None:
        if (sex, age) in self._there:
            msg = f"{where}: {self._code} {self._name} has sex {sex}, age {age} twice; "
            msg += "keep one of them"
            raise InvalidInputError(msg)
        self._there.add((sex, age))
        for bands, count in zip(self._bands.values(), people, strict=True):
            for band, last in _BANDS.items():
                if age <= last:
                    bands[band] += count

    def residents(self) -> list[Residents]:
        if len(self._there) != 2 * len(_AGES):
            msg = f"{self._where}: {self._code} {self._name} has {len(self._there)} rows; it must "
            msg += f"have {2 * len(_AGES)}, one a sex and year of age"
            raise InvalidInputError(msg)
        return [
            Residents(self._code, self._name, year, bands, self._where)
            for year, bands in self._bands.items()
        ]


def _body(
    path: Path, sheet: Sheet, first: int, code: int, number: int
) -> Iterator[tuple[int, list[object]]]:
    """Go through the rows below the headings that have a code; words below the table have none."""
    for place, row in enumerate(sheet.rows[first + 1 :], first + 1):
        cell = row[code]
        if isinstance(cell, str) and _CODE.fullmatch(cell.strip()):
            yield place, row
        elif row[number] is not None:
            raise _refused(path, sheet, (place, code), "the code of an area, such as E07000105")


def _place_of(path: Path, sheet: Sheet, first: int, keys: list[str]) -> tuple[int, int]:
    """Return the columns of the code and the name of an area."""
    found = []
    for form, words in ((_AUTHORITY, "Code"), (_AUTHORITY_NAME, "Name")):
        place = next((place for place, key in enumerate(keys) if form.fullmatch(key)), None)
        if place is None:
            msg = f"{path.name}, sheet {sheet.name!r}, row {first + 1}: there is no column {words}"
            raise InvalidInputError(msg)
        found.append(place)
    return found[0], found[1]


def _ages(path: Path, sheet: Sheet, first: int) -> list[int]:
    """Return the columns of the ages from 0 to 90."""
    columns: dict[int, int] = {}
    for place, cell in enumerate(sheet.rows[first]):
        age = _age(cell)
        if age is not None and columns.setdefault(age, place) != place:
            msg = f"{_where(path, sheet, first, place)}: is a second column of age {age}"
            raise InvalidInputError(msg)
    if missing := [age for age in _AGES if age not in columns]:
        msg = f"{path.name}, sheet {sheet.name!r}, row {first + 1}: there is no column of age "
        msg += f"{listed(missing[:5])}; the sheet MYE2 - Persons has every year of age"
        raise InvalidInputError(msg)
    return [columns[age] for age in _AGES]


def _age(cell: object) -> int | None:
    text = str(cell).strip().removesuffix("+").removesuffix(" and over").strip()
    is_age = text.isascii() and text.isdecimal() and int(text[:4]) in _AGES
    return int(text) if is_age and not isinstance(cell, bool) else None


def _mid_year(path: Path, sheet: Sheet, first: int, others: Sequence[Sheet]) -> int:
    """Return the one mid-year that the rows above the headings name, else those before name."""
    for rows in (sheet.rows[:first], *(other.rows[:12] for other in others)):
        words = " ".join(cell for row in rows for cell in row if isinstance(cell, str))
        years = {int(year) for year in _MID_YEAR.findall(words)}
        if len(years) == 1:
            return years.pop()
    msg = f"{path.name}, sheet {sheet.name!r}: the rows above the headings name no mid-year; "
    msg += "write one there, such as mid-2024"
    raise InvalidInputError(msg)


def _people(path: Path, sheet: Sheet, row: int, column: int) -> int:
    cell = sheet.rows[row][column]
    if isinstance(cell, int) and not isinstance(cell, bool) and 0 <= cell < 10**_MOST_DIGITS:
        return cell
    if isinstance(cell, str) and not isinstance(cell, CellError):
        text = cell.strip().replace(",", "")
        if text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS:
            return int(text)
    raise _refused(path, sheet, (row, column), "a whole number of people")


def _refused(path: Path, sheet: Sheet, place: tuple[int, int], words: str) -> InvalidInputError:
    """Return the error of a cell that is not what it must be."""
    cell = sheet.rows[place[0]][place[1]]
    given = "nothing" if cell is None else quoted(str(cell))
    return InvalidInputError(f"{_where(path, sheet, *place)}: must be {words}; got {given}")


def _where(path: Path, sheet: Sheet, row: int, column: int) -> str:
    return f"{path.name}, sheet {sheet.name!r}, cell {address(row, column)}"
