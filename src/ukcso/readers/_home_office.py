"""The Home Office's recorded crime open data, as published, to counts by force and quarter."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd

from ukcso._rules import close_names, several
from ukcso.areas import all_areas
from ukcso.datasets import DTYPES, load_offence_codes, validate
from ukcso.errors import InvalidInputError, listed, quoted, refusal
from ukcso.readers._crime_tables import MEANT, NotCounted, Row, refuse_sister, year_label, year_rows
from ukcso.readers._labels import heading_key
from ukcso.readers._origin import files_of, one_by_one, own_origin
from ukcso.readers._sheets import Sheet, iterate_sheets

_TRANSPORT_POLICE = "british-transport-police"
_FIRST_MONTHS = {1: 4, 2: 7, 3: 10, 4: 1}
#: What is summed over codes, and which rows are; `all` is every row of a force.
_TOTALS: dict[str, Callable[[Row], bool]] = {
    "all": lambda _: True,
    "rape": lambda row: heading_key(row.subgroup).startswith("rape"),
    "sexual-offences": lambda row: heading_key(row.group) == "sexualoffences",
}
_COLUMNS = ("area_id", "period_start", "period_end", "offence_code", "offences")


def home_office_recorded_crime(
    path: str | os.PathLike[str] | Sequence[str | os.PathLike[str]],
    codes: str | Sequence[str] = "child",
    *,
    progress: Callable[[float], None] | None = None,
) -> pd.DataFrame:
    """
    Read the Home Office's open data of recorded crime by police force area, as published.

    ODS, XLSX, XLS and CSV. Sheets of financial years are found among covers and notes, and
    headings whatever their case, blanks, dots and footnote marks.

    Parameters
    ----------
    path
        The file; or several, where years are in files of their own.
    codes
        "child": the codes that `load_recorded_crime` has, `all`, `rape` and
        `sexual-offences` among them. "all": every code of the file as it stands, and no total
        of them. Or a list of codes and totals.
    progress
        Called now and then with the fraction that is read.

    Returns
    -------
    DataFrame, one row per offence code, force and quarter
        The columns of `load_recorded_crime`, valid against its schema where `codes` is
        "child"; with "all" also `offence_description`, and codes that `load_offence_codes`
        does not have. Counts are offences recorded, below zero where corrections outweigh
        them. What the file has no number of (N/A, or empty) is left out, with the sums that
        need it, and each such cell is named in the notes. ``attrs["ukcso"]`` has the file's
        name and hash, ``attrs["reading"]`` what was found: rows, years, areas, what is left
        out, notes.

    Raises
    ------
    InvalidInputError
        The file cannot be read, is another table, lacks a column, has a year twice, or a cell
        that is not what its heading says; the message names sheet and cell. Or `codes` is none.
    MissingDependencyError
        It is XLSX or XLS, and python-calamine is not installed.

    Notes
    -----
    What Action Fraud (Report Fraud), Cifas, UK Finance and Financial Fraud Action UK record is
    of no area: it is left out, and told in ``attrs["reading"]``. `all` is the sum of all rows
    of a force, `sexual-offences` that of its group, `rape` that of its sub-group: as the rows of
    `load_offence_codes` say, sums of the tables, without fraud that forces do not record.

    Examples
    --------
    >>> import tempfile, ukcso
    >>> from pathlib import Path
    >>> headings = "Financial Year,Financial Quarter,Force Name,Offence Description,"
    >>> headings += "Offence Group,Offence Subgroup,Offence Code,Number of Offences"
    >>> kent = "2025/26,1,Kent,Obscene publications etc,Miscellaneous,Miscellaneous,86, 310 "
    >>> fraud = "2025/26,1,Action Fraud,Fraud,Fraud offences,Fraud: action fraud,AF, 66776 "
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder) / "prc-pfa.csv"
    ...     _ = file.write_text(chr(10).join([headings, kent, fraud]))
    ...     crime = ukcso.readers.home_office_recorded_crime(file)
    >>> crime[["area_id", "offence_code", "offences"]].values.tolist()
    [['kent', '86', 310], ['kent', 'all', 310]]
    >>> crime.attrs["reading"]["left_out"]
    {'Action Fraud': 66776}
    """
    files = files_of("path", path)
    wanted = _wanted(codes)
    counts = _Counts(wanted)
    for file, tell in one_by_one(files, progress):
        counts.add_file(file, tell)
    frame = counts.frame(with_descriptions=codes == "all")
    if codes == "child":
        frame = validate(frame, "recorded_crime")
    frame.attrs = {"ukcso": own_origin("recorded_crime", files), "reading": counts.reading()}
    return frame


def _wanted(codes: object) -> list[str] | None:
    """Return the codes that are asked for; None for all as they stand."""
    if codes == "all":
        return None
    if codes == "child":
        known = load_offence_codes()
        home_office = known[
            (known["classification"] == "home-office") & (known["level"] == "class")
        ]
        return [*home_office["offence_code"], *_TOTALS]
    if isinstance(codes, str):
        raise refusal(codes, "codes", '"child", "all", or a list of codes')
    wanted = several("codes", codes)
    if not wanted or not all(isinstance(code, str) for code in wanted):
        raise refusal(codes, "codes", '"child", "all", or a list of codes')
    return wanted


class _Counts:
    """What the sheets have said so far."""

    def __init__(self, wanted: list[str] | None) -> None:
        self._wanted = wanted
        self._kept = None if wanted is None else set(wanted) - _TOTALS.keys()
        self._totals = {name: _TOTALS[name] for name in _TOTALS if name in (wanted or ())}
        self._counts: Counter[tuple[str, str, int, int]] = Counter()
        #: Counts that lack a part, and what is said of each cell without a number.
        self._not_known: set[tuple[str, str, int, int]] = set()
        self._not_counted: list[str] = []
        self._descriptions: dict[tuple[str, str, int, int], str] = {}
        self._codes: set[str] = set()
        self._sheet_of_year: dict[int, str] = {}
        self._quarters: dict[tuple[int, int], set[str]] = {}
        self._bodies: Counter[str] = Counter()
        self._rows = self._below_zero = 0

    def add_file(self, path: Path, progress: Callable[[float], None]) -> None:
        def show_head(_sheet: str, _place: int, row: list[object]) -> None:
            refuse_sister(path, row)

        names, before = [], self._rows
        for sheet in iterate_sheets(path, show_head=show_head, progress=progress):
            names.append(sheet.name)
            rows = year_rows(path, sheet)
            if rows is not None:
                self._add_sheet(path, sheet, list(rows))
        if self._rows == before:
            sheets = f"has no sheet of counts (there are: {listed(names)})"
            msg = f"{path.name}: {sheets}; meant is {MEANT}"
            raise InvalidInputError(msg)

    def _add_sheet(self, path: Path, sheet: Sheet, rows: list[Row]) -> None:
        where = f"{path.name}, sheet {sheet.name!r}"
        for year in dict.fromkeys(row.year for row in rows):
            if year in self._sheet_of_year:
                msg = f"{where}: {year_label(year)} is there twice, the first time in "
                msg += f"{self._sheet_of_year[year]}; keep one of them"
                raise InvalidInputError(msg)
            self._sheet_of_year[year] = where
        _refuse_doubled(where, rows)
        self._rows += len(rows)
        for row in rows:
            if isinstance(row.offences, NotCounted):
                self._leave_out(where, row, row.offences)
                continue
            if row.is_body:
                self._bodies[row.force] += row.offences
                continue
            self._quarters.setdefault((row.year, row.quarter), set()).add(row.force)
            self._below_zero += row.offences < 0
            self._codes.add(row.code)
            if self._kept is None or row.code in self._kept:
                key = (row.code, row.force, row.year, row.quarter)
                self._counts[key] += row.offences
                self._descriptions.setdefault(key, row.description)
            for name, belongs in self._totals.items():
                if belongs(row):
                    self._counts[name, row.force, row.year, row.quarter] += row.offences

    def _leave_out(self, where: str, row: Row, empty: NotCounted) -> None:
        """Note a cell without a number, and that no sum it is part of is known."""
        when = f"{year_label(row.year)} Q{row.quarter}"
        said = f"no number in {where}, cell {empty.cell}: {row.force}, {row.code}, {when}"
        self._not_counted.append(said + "; left out, with the sums that need it")
        if row.is_body:
            return
        self._quarters.setdefault((row.year, row.quarter), set()).add(row.force)
        self._codes.add(row.code)
        sums = [name for name, belongs in self._totals.items() if belongs(row)]
        for name in (row.code, *sums):
            self._not_known.add((name, row.force, row.year, row.quarter))

    def frame(self, *, with_descriptions: bool) -> pd.DataFrame:
        """Return the counts by code, force and quarter."""
        self._require_codes()
        known = self._counts.keys() - self._not_known
        keys = sorted(known, key=lambda key: (key[0], key[1], key[2], key[3]))
        days = {
            (year, quarter): _days(year, quarter) for year, quarter in {key[2:] for key in keys}
        }
        columns: dict[str, Any] = {
            "area_id": [key[1] for key in keys],
            "period_start": [days[key[2:]][0] for key in keys],
            "period_end": [days[key[2:]][1] for key in keys],
            "offence_code": [key[0] for key in keys],
            "offences": [self._counts[key] for key in keys],
        }
        types = dict(zip(_COLUMNS, ("text", "day", "day", "text", "int64"), strict=True))
        if with_descriptions:
            columns["offence_description"] = [self._descriptions[key] for key in keys]
            types["offence_description"] = "text"
        return pd.DataFrame(columns).astype(
            {name: DTYPES.get(kind, kind) for name, kind in types.items()}
        )

    def _require_codes(self) -> None:
        if not self._counts:
            msg = f"no row has one of the codes {listed(self._wanted or ())}; "
            near = [name for code in self._wanted or () for name in close_names(code, self._codes)]
            raise InvalidInputError(msg + f"nearest: {listed(dict.fromkeys(near))}")

    def reading(self) -> dict[str, Any]:
        """Return what was found and left out."""
        years = sorted(self._sheet_of_year)
        forces = set().union(*self._quarters.values())
        return {
            "rows": self._rows,
            "years": [year_label(year) for year in years],
            "areas": len(forces),
            "british_transport_police": _TRANSPORT_POLICE in forces,
            "left_out": dict(sorted(self._bodies.items())),
            "below_zero": self._below_zero,
            "notes": list(self._notes(forces)),
        }

    def _notes(self, forces: set[str]) -> Sequence[str]:
        notes = [*self._not_counted]
        if self._bodies:
            bodies = (f"{name} {count:,}" for name, count in sorted(self._bodies.items()))
            notes.append(f"left out, for they are no areas: {listed(bodies)}")
        there = "is" if _TRANSPORT_POLICE in forces else "is not"
        notes.append(f"British Transport Police {there} among the forces")
        missing = {
            area_id for area_id, area in all_areas().items() if area.kind == "police_force_area"
        } - forces
        if missing:
            notes.append(f"no rows of {listed(sorted(missing))}")
        for (year, quarter), present in sorted(self._quarters.items()):
            if gone := forces - present:
                notes.append(f"no rows of {listed(sorted(gone))} in {year_label(year)} Q{quarter}")
        last = max(self._sheet_of_year)
        quarters = sorted(quarter for year, quarter in self._quarters if year == last)
        if quarters != [1, 2, 3, 4]:
            notes.append(f"{year_label(last)} has quarters {listed(quarters)} only")
        absent = [code for code in self._wanted or () if code not in self._codes | _TOTALS.keys()]
        if absent:
            notes.append(f"no row has the codes {listed(absent)}")
        return notes


def _refuse_doubled(where: str, rows: list[Row]) -> None:
    """Refuse a sheet in which a force has the same offence of the same quarter twice."""
    first: dict[tuple[object, ...], int] = {}
    for row in rows:
        key = row[1:-1]
        # homicide is one code in four rows, as published
        if (
            "/" not in row.code
            and "omicide" not in row.subgroup
            and first.setdefault(key, row.place) != row.place
        ):
            msg = f"{where}, row {row.place + 1}: {row.force} has {quoted(row.code)} of "
            msg += f"{year_label(row.year)} Q{row.quarter} twice, the first time in row "
            msg += f"{first[key] + 1}; keep one of them"
            raise InvalidInputError(msg)


def _days(year: int, quarter: int) -> tuple[date, date]:
    """Return the first and last day of a quarter of a financial year."""
    start = date(year + (quarter == 4), _FIRST_MONTHS[quarter], 1)  # noqa: PLR2004 - January to March
    return start, (start + timedelta(days=92)).replace(day=1) - timedelta(days=1)
