"""All sheets of all files to figures, answers without a number, and problems."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ukcso.errors import InvalidInputError
from ukcso.readers._sheets import Sheet, read_sheets
from ukcso.readers.foi.layout._blocks import BlockReader
from ukcso.readers.foi.layout._context import context_of
from ukcso.readers.foi.layout._entries import Answered, Entry, Problem
from ukcso.readers.foi.layout._grid import Grid, Place
from ukcso.readers.foi.layout._leftover import left_in_notes, leftovers, taken_back
from ukcso.readers.foi.layout._scan import Scanned, scan
from ukcso.readers.foi.layout._totals import check_totals
from ukcso.readers.foi.words._area_names import AreaNames
from ukcso.readers.foi.words._cells import Legend, Reading
from ukcso.readers.foi.words._legend import notes_of_parts, read_legend
from ukcso.readers.foi.words._offences import MEANT, ideas_of
from ukcso.readers.foi.words._period_names import says_of_years

#: Endings of files that may hold sheets.
SUFFIXES = {".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".ods"}
_ONCE = "one number for each force and period; the same cell stands also in {}"
_READABLE = "a file that can be read"
_NOTHING = "a row a force, or a column a force, with periods beside it or above it"


@dataclass(slots=True)
class Collected:
    """What sheets say."""

    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_files(
    files: Sequence[Path], measure: str, *, area_column: str | None = None, whole: bool = True
) -> Collected:
    """
    Read files as answers to one question.

    Of several files, one that cannot be read is a problem; where none can, it is an error.
    """
    workbooks: list[tuple[str, list[Sheet]]] = []
    errors: list[tuple[Path, InvalidInputError]] = []
    for file in files:
        try:
            workbooks.append((file.name, read_sheets(file)))
        except InvalidInputError as error:
            errors.append((file, error))
    if not workbooks:
        raise errors[0][1]
    result = collect(workbooks, measure, area_column=area_column, whole=whole)
    result.problems += [
        Problem(Place(file.name, "", ""), file.name, f"{_READABLE}: {error}")
        for file, error in errors
    ]
    return result


def collect(
    workbooks: Sequence[tuple[str, Sequence[Sheet]]],
    measure: str,
    *,
    area_column: str | None = None,
    whole: bool = True,
) -> Collected:
    """Read sheets, by the names of their files, as answers to one question."""
    names = AreaNames()
    read: list[tuple[Answered, Scanned, Legend]] = []
    result = Collected()
    scanned_by_file = [
        [_scan(sheet, names, area_column, alone=len(sheets) == 1) for sheet in sheets]
        for _, sheets in workbooks
    ]
    everywhere = _answering(scanned_by_file, names)
    for scanned in scanned_by_file:
        texts = [text for it in scanned for text in it.grid.texts(_outside(it))]
        legend = read_legend(texts)
        parts = notes_of_parts(texts)
        around = " | ".join(dict.fromkeys(text for text in texts if says_of_years(text)))
        for it in scanned:
            for block in it.blocks:
                reader = BlockReader(
                    it,
                    block,
                    names,
                    measure,
                    legend,
                    around=around,
                    parts=parts,
                    everywhere=everywhere,
                    whole=whole,
                )
                read.append((reader.read(), it, legend))
    for answered, it, legend in _asked_for(read, measure, result):
        result.problems += answered.problems
        result.problems += check_totals(answered, it.grid, legend.rounded_to)
        result.entries += [entry for line in answered.lines for entry in line.entries.values()]
    for (file, sheets), scanned in zip(workbooks, scanned_by_file, strict=True):
        texts = [text for it in scanned for text in it.grid.texts(_outside(it))]
        of_file = [entry for entry in result.entries if entry.place.file == file]
        rest = [entry for entry in result.entries if entry.place.file != file]
        result.problems += taken_back(of_file, texts, names)
        result.entries = rest + of_file
        result.problems += _not_read(file, sheets, scanned, [it for it, _, _ in read])
    _without_repeats(result)
    return result


def _not_read(
    file: str, sheets: Sequence[Sheet], scanned: Sequence[Scanned], read: Sequence[Answered]
) -> list[Problem]:
    """List what seems to be answers in a file or sheet of which nothing was understood."""
    used = {
        entry.place.sheet
        for answered in read
        for line in (*answered.lines, *answered.totals)
        for entry in line.entries.values()
        if entry.place.file == file
    }
    used |= {it.place.sheet for one in read for it in one.problems if it.place.file == file}
    problems: list[Problem] = []
    for it in scanned:
        if it.grid.sheet in used:
            problems += left_in_notes(it.grid, it.others)
        if it.grid.sheet not in used and (it.blocks or not used):
            problems += leftovers(it.grid)
    if not used and not problems:
        place = Place(file, sheets[0].name if sheets else "", "A1")
        problems.append(Problem(place, "", _NOTHING))
    return problems


def _answering(scanned: Iterable[Iterable[Scanned]], names: AreaNames) -> set[str]:
    """Return the areas of all sheets that answer for themselves."""
    answering: set[str] = set()
    for it in (it for sheets in scanned for it in sheets):
        cells = (it.grid.at(row, at) for at in it.area_columns for row in range(it.grid.height))
        answering |= names.answering(cells)[0]
    return answering


def _scan(sheet: Sheet, names: AreaNames, area_column: str | None, *, alone: bool) -> Scanned:
    grid = Grid.of(sheet.file, sheet.name, sheet.rows)
    context = context_of(sheet.file, sheet.name, names, alone=alone and sheet.kind == "csv")
    return scan(grid, names, context, area_column)


def _outside(scanned: Scanned) -> list[int]:
    """Return the rows in which a sheet may say what its symbols mean."""
    return scanned.others + [row for block in scanned.blocks for row in block.headings]


def _asked_for(
    read: list[tuple[Answered, Scanned, Legend]], measure: str, result: Collected
) -> Iterable[tuple[Answered, Scanned, Legend]]:
    """Go through the blocks that are of the measure by what stands over them."""
    some = any(answered.is_asked for answered, _, _ in read)
    wanted = frozenset().union(*MEANT.get(measure, ()))
    counts = any(not answered.is_of_another_kind for answered, _, _ in read)
    for answered, scanned, legend in read:
        if (answered.is_of_another_kind and counts) or (answered.is_of_others and some):
            continue
        if answered.title_fit == "other":
            if some:
                continue
            if not ideas_of(answered.title) & wanted:
                _list_all(answered, measure, result)
                continue
        yield answered, scanned, legend


def _list_all(answered: Answered, measure: str, result: Collected) -> None:
    """List a block that its title says is of something else."""
    expected = f"answers about {measure.replace('_', ' ')}; above it stands {answered.title!r}"
    for line in answered.lines:
        for entry in line.entries.values():
            if entry.reading.kind != "not_answered":
                result.problems.append(Problem(entry.place, entry.reading.words, expected))


def _without_repeats(result: Collected) -> None:
    """List cells that say something of the same area and period, and leave their numbers out."""
    same: defaultdict[tuple[str, object], list[int]] = defaultdict(list)
    for at, entry in enumerate(result.entries):
        if entry.area and entry.area.area and entry.period:
            same[entry.area.area.area_id, entry.period].append(at)
    gone: set[int] = set()
    for places in same.values():
        if len(places) == 1:
            continue
        empty = [at for at in places if _is_empty(result.entries[at].reading)]
        filled = [at for at in places if not _is_empty(result.entries[at].reading)]
        gone.update(empty if filled else empty[1:])
        clear = [at for at in filled if result.entries[at].reading.kind != "unreadable"]
        if len(filled) > 1 and clear:
            for at in filled:
                other = filled[0] if at != filled[0] else filled[1]
                _repeated(result, at, result.entries[other].place)
    result.entries = [entry for at, entry in enumerate(result.entries) if at not in gone]


def _is_empty(reading: Reading) -> bool:
    return reading.kind == "not_answered" and not reading.words


def _repeated(result: Collected, at: int, first: Place) -> None:
    entry = result.entries[at]
    where = first.cell if first.sheet == entry.place.sheet else f"{first.sheet} {first.cell}"
    where = where if first.file == entry.place.file else f"{first.file} {where}"
    result.problems.append(Problem(entry.place, entry.reading.words, _ONCE.format(where)))
    reading = Reading("unreadable", entry.reading.words)
    result.entries[at] = replace(entry, reading=reading)
