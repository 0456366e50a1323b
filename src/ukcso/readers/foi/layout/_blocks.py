"""Blocks of answers to entries: an area, a period and what its cell says, or what is not clear."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from ukcso.readers.foi.layout._columns import columns_of
from ukcso.readers.foi.layout._context import Context
from ukcso.readers.foi.layout._entries import Answered, Entry, Line, Problem
from ukcso.readers.foi.layout._scan import Block, Scanned
from ukcso.readers.foi.layout._when import Periods
from ukcso.readers.foi.layout._whose import Labels, adds_up, is_like_a_force
from ukcso.readers.foi.words._area_names import AreaName, AreaNames
from ukcso.readers.foi.words._cells import Legend, Reading, empty_cell, read_cell, tidy
from ukcso.readers.foi.words._headings import is_of_another_kind
from ukcso.readers.foi.words._legend import is_of_a_part
from ukcso.readers.foi.words._offences import fit
from ukcso.readers.foi.words._period_names import (
    EXPECTED,
    PeriodName,
)

_AREA = "the name of a police force, as find_area knows it"
_NO_ANSWERS = "a column of numbers under a period, or under a heading that says what is counted"
_NOT_USED = "a heading that says what is counted; its column was left out"
_NO_AREA = "a row of a police force; no name stands beside it"


class BlockReader:
    """Reads the rows of one block."""

    def __init__(  # noqa: PLR0913 - a block, and what is said of it elsewhere
        self,
        scanned: Scanned,
        block: Block,
        names: AreaNames,
        measure: str,
        legend: Legend,
        *,
        around: str = "",
        parts: Mapping[str, str] | None = None,
        everywhere: Collection[str] = (),
        whole: bool = True,
    ) -> None:
        self.scanned, self.block, self.names = scanned, block, names
        self.measure, self.legend, self.whole = measure, legend, whole
        self.grid, self.around = scanned.grid, around
        #: Notes that say a number is of a part of its year, by their marks.
        self.parts = parts or {}
        self.columns = columns_of(scanned, block, measure, around)
        self.result = Answered(columns=self.columns)
        self._offence_rows = self._asked_rows()
        self.periods = Periods(scanned, block, self.columns, around)
        self.labels = Labels(scanned, block, self.columns, names, everywhere)

    def read(self) -> Answered:
        """Return lines, totals and problems."""
        title = self.block.contexts[0].offence
        self.result.is_of_another_kind = is_of_another_kind(self.block.contexts[0].title)
        if not any(
            heading.fit
            for at, heading in self.columns.headings.items()
            if at in self.columns.answers
        ):
            self.result.title, self.result.title_fit = (
                title,
                fit(title, self.measure) if title else None,
            )
        self._tell_offences()
        for at, expected in self.columns.unclear.items():
            self._unclear_column(at, expected)
        self._tell_unused_columns()
        if not self.columns.answers and not self.columns.unclear and self.labels.answering:
            place = self.grid.place(self.block.rows[0], self.scanned.area_columns[0])
            self.result.problems.append(Problem(place, tidy(self._first_label()), _NO_ANSWERS))
        for areas, answers in self._groups():
            last: AreaName | None = None
            for row, context in zip(self.block.rows, self.block.contexts, strict=True):
                label = self.labels.of(row, context, last, areas)
                if label and label.kind in {"area", "authority", "unknown"}:
                    last = label
                if row in self._offence_rows:
                    self._line(row, label, context, answers, areas)
        return self.result

    def _tell_offences(self) -> None:
        """Say whether the block names the offence that is asked for, or only others."""
        columns = self.columns
        used = {columns.headings[at].fit for at in (*columns.answers, *columns.unclear)}
        if columns.offence is not None:
            cells = {self.grid.at(row, columns.offence) for row in self.block.rows}
            used |= {fit(tidy(value), self.measure) for value in cells if value is not None}
        chosen = {columns.headings[at].fit for at in columns.answers}
        is_titled = self.result.title_fit == "asked"
        self.result.is_asked = "asked" in used or "sole" in chosen or is_titled
        self.result.is_of_others = bool(used) and used <= {"other"}

    def _tell_unused_columns(self) -> None:
        """List the headings of columns of numbers that are none that is known."""
        for at in self.columns.remarks if self.block.headings else ():
            heading = self.columns.headings[at]
            cells = [self.grid.at(row, at) for row in self.block.rows]
            cells = [value for value in cells if value is not None]
            numbers = sum(read_cell(value).kind == "figure" for value in cells)
            is_named = heading.role or heading.fit or heading.period or at in self.columns.notes
            if not is_named and numbers and 2 * numbers >= len(cells):
                place = self.grid.place(self.block.headings[-1], at)
                self.result.problems.append(Problem(place, heading.text, _NOT_USED))

    def _groups(self) -> Iterator[tuple[list[int], list[int]]]:
        """Go through tables side by side: columns of areas, and those of their answers."""
        columns = self.scanned.area_columns
        starts = columns[:1]
        for at in columns[1:]:
            if any(starts[-1] < answer < at for answer in self.columns.answers):
                starts.append(at)
        if len(starts) < 2:  # noqa: PLR2004 - one table
            yield columns, self.columns.answers
            return
        for start, end in zip(starts, [*starts[1:], self.grid.width], strict=True):
            areas = [at for at in columns if start <= at < end]
            yield areas, [at for at in self.columns.answers if start < at < end]

    def _first_label(self) -> object:
        value = self.grid.at(self.block.rows[0], self.scanned.area_columns[0])
        return "" if value is None else value

    def _asked_rows(self) -> dict[int, str]:
        """Return the rows of the offence that is asked for; with a text where that is not clear."""
        at = self.columns.offence
        if at is None:
            return dict.fromkeys(self.block.rows, "")
        labels: dict[int, str] = {}
        last = ""
        for row in self.block.rows:
            value = self.grid.at(row, at)
            last = tidy(value) if value is not None else last
            labels[row] = last
        fits = {text: fit(text, self.measure) for text in set(labels.values())}
        asked = [text for text, how in fits.items() if how == "asked"]
        if asked:
            return {row: "" for row, text in labels.items() if text in asked}
        named = [text for text, how in fits.items() if how]
        if len(named) == 1 and fits[named[0]] == "sole":
            return {row: "" for row, text in labels.items() if text == named[0]}
        expected = f"one offence that is {self.measure.replace('_', ' ')}"
        return dict.fromkeys(labels, expected)

    def _line(
        self,
        row: int,
        label: AreaName | None,
        context: Context,
        answers: list[int],
        areas: list[int],
    ) -> None:
        readings = self._readings(row, answers)
        strange = label is not None and label.kind == "unknown"
        if not readings or (strange and all(self.grid.at(row, at) is None for at in answers)):
            if strange and label and is_like_a_force(label.text):
                self._strange(row, label, areas)
            return
        unclear = self._offence_rows[row]
        line = Line(row, label)
        is_sum = (
            self.labels.is_sum(label)
            or self.labels.is_total(row)
            or (label is None and adds_up(readings, self.result.lines))
        )
        for at, reading in readings.items():
            place = self.grid.place(row, at)
            period = self.periods.of(row, at, context)
            text = tidy(self.grid.at(row, at) if self.grid.at(row, at) is not None else "")
            if is_sum:
                line.entries[at] = Entry(
                    place, label, period.period, read_cell(self.grid.at(row, at), self.legend)
                )
                continue
            note = _note(reading, period, label)
            expected = unclear or self._trouble(label, period) or reading.expected
            if not expected and reading.kind == "figure" and (part := self._part(note, period)):
                expected = f"a number of the whole period; its note says {part!r}"
            entry = Entry(
                place,
                label,
                period.period,
                replace(reading, note=note),
            )
            if expected and (text or reading.expected == expected):
                self.result.problems.append(Problem(place, text, expected))
            if expected and expected != reading.expected:
                entry = replace(entry, reading=Reading("unreadable", text or reading.words))
            line.entries[at] = entry
        line.sums = {
            at: read_cell(self.grid.at(row, at), self.legend) for at in self.columns.totals
        }
        if strange and label:
            self._strange(row, label, areas)
        (self.result.totals if is_sum else self.result.lines).append(line)

    def _part(self, note: str, period: PeriodName) -> str:
        """Return the note that says a number is of a part of its year."""
        for piece in note.split("; "):
            if piece in self.parts:
                return self.parts[piece]
            if is_of_a_part(piece, period.period):
                return piece
        return ""

    def _strange(self, row: int, label: AreaName, areas: list[int]) -> None:
        """List the label itself of a row whose area is not known."""
        for at in areas:
            if self.grid.at(row, at) is not None:
                self.result.problems.append(Problem(self.grid.place(row, at), label.text, _AREA))

    def _trouble(self, label: AreaName | None, period: PeriodName) -> str:
        if label is None:
            return _NO_AREA
        if label.kind == "unknown":
            return f"{_AREA}; {label.text!r} is none"
        if label.kind == "authority":
            return ""
        if period.period is None:
            return period.expected or EXPECTED
        return ""

    def _readings(self, row: int, answers: list[int]) -> dict[int, Reading]:
        """Return what the cells of a row say, an empty one by what stands beside it."""
        columns = self.columns
        marks = {before: at for at, before in columns.marks.items()}
        readings: dict[int, Reading] = {}
        for at in answers:
            value = self.grid.at(row, at)
            mark = self.grid.at(row, marks[at]) if at in marks else None
            is_mark = mark is not None and tidy(mark).startswith("[")
            if mark is not None and value is None:
                value = mark
            elif is_mark:
                value = f"{tidy(value)} {tidy(mark)}"
            reading = read_cell(value, self.legend, whole=self.whole)
            if mark is not None and not is_mark and value is not mark:
                reading = replace(reading, note=_joined(reading.note, tidy(mark)))
            readings[at] = reading
        filled = [reading for reading in readings.values() if reading.kind != "empty"]
        said = self._said_beside(row)
        notes = [
            tidy(self.grid.at(row, at)) for at in columns.notes if self.grid.at(row, at) is not None
        ]
        alone = (
            filled[0]
            if len(filled) == 1 and filled[0].kind not in {"figure", "unreadable"}
            else None
        )
        for at, reading in readings.items():
            if reading.kind == "figure":
                readings[at] = replace(reading, note=_joined(reading.note, *notes))
            elif reading.kind == "empty" and alone:
                readings[at] = alone
            elif reading.kind == "empty" and said and not filled:
                readings[at] = said
            elif reading.kind == "empty":
                readings[at] = Reading("not_answered") if not filled else empty_cell()
        return readings

    def _said_beside(self, row: int) -> Reading | None:
        """Return what a status or comment says of a row without answers."""
        for at in (*self.columns.remarks, *self.columns.notes):
            value = self.grid.at(row, at)
            if isinstance(value, str):
                reading = read_cell(value, self.legend)
                if reading.kind not in {"figure", "unreadable", "empty"}:
                    return reading
        return None

    def _unclear_column(self, at: int, expected: str) -> None:
        heading = self.columns.headings[at]
        if self.block.headings:
            place = self.grid.place(self.block.headings[-1], at)
            self.result.problems.append(Problem(place, heading.text, expected))
        last: AreaName | None = None
        for row, context in zip(self.block.rows, self.block.contexts, strict=True):
            last = label = self.labels.of(row, context, last, self.scanned.area_columns)
            value = self.grid.at(row, at)
            if value is None or self.labels.is_sum(label):
                continue
            place = self.grid.place(row, at)
            period = heading.period.period if heading.period and heading.period.period else None
            self.result.problems.append(Problem(place, tidy(value), expected))
            entry = Entry(place, label, period, Reading("unreadable", tidy(value)))
            self.result.lines.append(Line(row, label, {at: entry}))


def _note(reading: Reading, period: PeriodName, label: AreaName | None) -> str:
    """Return the notes of a cell: its own, and the marks of its period and its area."""
    return _joined(reading.note, period.note, label.marks if label else "")


def _joined(*notes: str) -> str:
    return "; ".join(dict.fromkeys(note for note in notes if note))
