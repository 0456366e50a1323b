"""The ONS's mid-year population estimates, as published, to residents of force areas."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from ukcso._rules import require_choice
from ukcso.areas import all_areas, force_areas
from ukcso.datasets import load_local_authorities, validate
from ukcso.errors import InvalidInputError, listed, refusal
from ukcso.readers._origin import files_of, one_by_one, own_origin
from ukcso.readers._population_tables import Residents, residents_of
from ukcso.readers._sheets import Sheet, iterate_sheets

_REBASED, _OLDER = "ons_mye_2021census_rebased", "ons_mye_pre2021census"
_FIRST_REBASED = 2021
#: Scottish council areas and districts of Northern Ireland: one force, one nation each.
_NATIONS_OF_DISTRICTS = {"S12": ("scotland", 32), "N09": ("northern-ireland", 11)}
#: Counties, metropolitan counties, regions, halves of London, nations and their sums.
_SUMS = re.compile(r"(E10|E11|E12|E13|E92|W92|S92|N92|K0\d)\d{6}")
_SHOWN = ("england", "wales", "england-and-wales", "united-kingdom")
_PUBLISHED = re.compile(
    r"(?:publi(?:shed|cation)|released?)\b.*?\b(\d{1,2} [A-Z][a-z]+ (?:19|20)\d\d)\b", re.IGNORECASE
)
_NAMED_MID_YEAR = re.compile(r"\b(?:mid[- ]?|june )((?:19|20)\d\d)\b", re.IGNORECASE)
_OF_MID_YEAR = re.compile(r"\bmid[- ]?((?:19|20)\d\d)", re.IGNORECASE)
_OF_MONTH = re.compile(r"\b[A-Z][a-z]{2,} ((?:19|20)\d\d)\b")
_COVER_ROWS = 60


def ons_population(
    path: str | os.PathLike[str] | Sequence[str | os.PathLike[str]],
    edition: str | None = None,
    *,
    basis: str | None = None,
    progress: Callable[[float], None] | None = None,
) -> pd.DataFrame:
    """
    Read the ONS's mid-year population estimates by local authority, as published.

    MYE2 (the sheet of persons by single year of age) and MYEB1 (authority, sex and age, a
    column a mid-year), as XLSX, XLS, ODS or CSV. Authorities are summed to police force areas
    through `load_local_authorities`, Scottish and Northern Irish districts to their nations,
    areas to England, Wales and the United Kingdom where all are there.

    Parameters
    ----------
    path
        The file; or several, where mid-years are in files of their own.
    edition
        What the column `edition` says. None takes it from the cover sheet ("ONS mid-2023
        edition (15 July 2024)"); a CSV has none.
    basis
        What the column `basis` says. None decides by the edition: editions of mid-2021 and
        later are rebased on the census of 2021 in all their mid-years, earlier ones are not;
        Scotland is from mid-2022 on.
    progress
        Called now and then with the fraction that is read.

    Returns
    -------
    DataFrame, one row per area, mid-year and age band (0-15, 0-17, all)
        Valid against the schema of `load_population`, in people; every row is preferred.
        ``attrs["ukcso"]`` has the file's name and hash, ``attrs["reading"]`` what was found.

    Raises
    ------
    InvalidInputError
        The file cannot be read, has neither table, lacks an authority of a force, names one
        that `load_local_authorities` does not have, or sums that are not those of its parts;
        or it has no cover and `edition` is None. The message names sheet and cell.
    MissingDependencyError
        It is XLSX or XLS, and python-calamine is not installed.

    Examples
    --------
    >>> import tempfile, ukcso
    >>> from pathlib import Path
    >>> table = [
    ...     ["MYE2: Persons by single year of age, mid-2024"],
    ...     ["Code", "Name", "Geography", "All ages", *range(91)],
    ...     ["E09000001", "City of London", "London Borough", 9100, *[100] * 91],
    ... ]
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder) / "mye2.csv"
    ...     _ = file.write_text(chr(10).join(",".join(map(str, row)) for row in table))
    ...     people = ukcso.readers.ons_population(file, edition="ONS mid-2024 edition")
    >>> people[["area_id", "mid_year", "age_band", "population"]].values.tolist()
    [['city-of-london', 2024, '0-15', 1600],
     ['city-of-london', 2024, '0-17', 1800],
     ['city-of-london', 2024, 'all', 9100]]
    """
    files = files_of("path", path)
    if edition is not None and (not isinstance(edition, str) or not edition.strip()):
        raise refusal(edition, "edition", "the words for the column edition")
    if basis is not None:
        require_choice("basis", basis, (_REBASED, _OLDER))
    rows: list[dict[str, Any]] = []
    read = 0
    for file, tell in one_by_one(files, progress):
        residents, covers = _residents(file, tell)
        read += len(residents)
        sums = _summed(file, residents)
        of_file = edition or _edition(file, covers)
        newest = max(year for _, year in sums)
        for (area_id, year), bands in sums.items():
            known = basis or _basis(area_id, newest, of_file)
            rows += [
                {
                    "area_id": area_id,
                    "mid_year": year,
                    "age_band": band,
                    "population": people,
                    "basis": known,
                    "edition": of_file,
                    "preferred": 1,
                }
                for band, people in bands.items()
            ]
    frame = pd.DataFrame(rows).sort_values(["area_id", "mid_year", "age_band"], ignore_index=True)
    frame = validate(frame, "population")
    years = [int(year) for year in sorted(frame["mid_year"].unique())]
    areas = int(frame["area_id"].nunique())
    reading = {"rows": read, "years": years, "areas": areas, "notes": list[str]()}
    reading["notes"] = [f"edition: {listed(frame['edition'].unique())}"]
    frame.attrs = {"ukcso": own_origin("population", files), "reading": reading}
    return frame


def _residents(
    path: Path, progress: Callable[[float], None]
) -> tuple[list[Residents], list[Sheet]]:
    """Return the residents by authority, and the small sheets around them."""
    residents: list[Residents] = []
    covers: list[Sheet] = []
    names = []
    for sheet in iterate_sheets(path, progress=progress):
        names.append(sheet.name)
        found = residents_of(path, sheet, covers)
        if found:
            residents += found
        elif len(sheet.rows) <= _COVER_ROWS:
            covers.append(sheet)
    if not residents:
        msg = f"{path.name}: has no sheet of residents by authority and year of age (there are: "
        msg += f"{listed(names)}); meant is a table MYE2 or MYEB1 of the mid-year estimates"
        raise InvalidInputError(msg)
    return residents, covers


def _summed(path: Path, residents: list[Residents]) -> dict[tuple[str, int], dict[str, int]]:
    """Sum authorities to the areas that they make up, and hold printed sums against them."""
    area_of = _area_of_authorities()
    parts: defaultdict[tuple[str, int], list[Residents]] = defaultdict(list)
    printed: dict[tuple[str, int], Residents] = {}
    seen: set[tuple[str, int]] = set()
    for row in residents:
        if (row.code, row.mid_year) in seen:
            msg = f"{row.where}: {row.code} {row.name} is there twice for mid-{row.mid_year}"
            raise InvalidInputError(msg + "; keep one of them")
        seen.add((row.code, row.mid_year))
        if _SUMS.fullmatch(row.code):
            printed[row.code, row.mid_year] = row
            continue
        nation, _ = _NATIONS_OF_DISTRICTS.get(row.code[:3], (None, 0))
        area_id = nation or area_of.get(row.code)
        if area_id is None:
            msg = f"{row.where}: {row.code} {row.name} is no local authority of April 2023, whose "
            msg += "force areas are known; a table by those authorities is meant"
            raise InvalidInputError(msg)
        parts[area_id, row.mid_year].append(row)
    _require_whole(path, parts, area_of)
    sums = {cell: _total(row.bands for row in rows) for cell, rows in parts.items()}
    for year in {year for _, year in parts}:
        for area_id in _SHOWN:
            members = [(member, year) for member in sorted(force_areas(area_id))]
            if all(member in sums for member in members):
                sums[area_id, year] = _total(sums[member] for member in members)
    by_code = {area.gss_code: area.area_id for area in all_areas().values() if area.gss_code}
    for (code, year), row in printed.items():
        summed = sums.get((by_code.get(code, ""), year), row.bands)
        if summed != row.bands:
            msg = f"{row.where}: {row.name} has {row.bands['all']:,} residents, its authorities "
            msg += f"have {summed['all']:,} in all"
            raise InvalidInputError(msg)
    return sums


def _require_whole(
    path: Path, parts: dict[tuple[str, int], list[Residents]], area_of: dict[str, str]
) -> None:
    """Refuse a table that has some authorities of an area and lacks others."""
    wanted: defaultdict[str, set[str]] = defaultdict(set)
    for code, area_id in area_of.items():
        wanted[area_id].add(code)
    districts = dict(_NATIONS_OF_DISTRICTS.values())
    for (area_id, year), rows in parts.items():
        there = {row.code for row in rows}
        missing = sorted(wanted[area_id] - there)
        if missing or len(there) < districts.get(area_id, 0):
            which = listed(missing) or f"{districts[area_id] - len(there)} districts"
            msg = f"{path.name}: {all_areas()[area_id].name} lacks {which} in mid-{year}"
            raise InvalidInputError(msg + "; the whole table is meant")


def _area_of_authorities() -> dict[str, str]:
    by_code = {area.gss_code: area.area_id for area in all_areas().values()}
    known = load_local_authorities()
    return {
        lad_code: by_code[pfa_code]
        for lad_code, pfa_code in zip(known["lad_code"], known["pfa_code"], strict=True)
    }


def _total(rows: Iterable[dict[str, int]]) -> dict[str, int]:
    total: defaultdict[str, int] = defaultdict(int)
    for bands in rows:
        for band, people in bands.items():
            total[band] += people
    return dict(total)


def _edition(path: Path, covers: list[Sheet]) -> str:
    """Return the edition that a cover sheet names: its mid-year and its day of publication."""
    for cover in covers:
        words = [cell for row in cover.rows for cell in row if isinstance(cell, str)]
        lines = [line for cell in words for line in cell.splitlines() if "next" not in line.lower()]
        day = next(filter(None, map(_PUBLISHED.search, lines)), None)
        year = next(filter(None, map(_NAMED_MID_YEAR.search, lines)), None)
        if day and year:
            return f"ONS mid-{year[1]} edition ({day[1]})"
    msg = f"{path.name}: has no cover sheet that names its edition; say it, such as "
    raise InvalidInputError(msg + 'edition="ONS mid-2024 edition (2023 LADs)"')


def _basis(area_id: str, newest: int, edition: str) -> str:
    """Return the basis of an edition: by its mid-year or its day, and its newest mid-year."""
    mid_years = [int(year) for year in _OF_MID_YEAR.findall(edition)]
    # an edition is published in the year after its mid-year
    mid_years += [int(year) - 1 for year in _OF_MONTH.findall(edition)]
    first = _FIRST_REBASED + (area_id == "scotland")
    return _REBASED if max([newest, *mid_years]) >= first else _OLDER
