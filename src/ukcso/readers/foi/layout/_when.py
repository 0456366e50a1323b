"""Which period an answer is of: what stands above it, beside it, or over the whole sheet."""

from __future__ import annotations

from datetime import date, timedelta

from ukcso.periods import Period
from ukcso.readers.foi.layout._columns import Columns
from ukcso.readers.foi.layout._context import Context
from ukcso.readers.foi.layout._scan import Block, Scanned
from ukcso.readers.foi.words._cells import tidy
from ukcso.readers.foi.words._period_names import (
    EXPECTED,
    PeriodName,
    period_in,
    read_period,
    says_of_years,
)


class Periods:
    """Tells of the cells of a block which period they are of."""

    def __init__(self, scanned: Scanned, block: Block, columns: Columns, around: str) -> None:
        self.grid, self.block, self.columns, self.around = scanned.grid, block, columns, around
        self._below = self._filled_down(columns.period)

    def of(self, row: int, at: int, context: Context) -> PeriodName:
        """Return the period of a cell: beside it, above it, or over all rows."""
        columns = self.columns
        heading = columns.headings[at]
        if columns.start is not None and columns.end is not None:
            return _from_dates(self.grid.at(row, columns.start), self.grid.at(row, columns.end))
        if columns.period is not None:
            text = columns.headings[columns.period].text
            value = self._below[row]
            around = text if says_of_years(text) else self.around
            name = read_period(value, around) if value is not None else None
            if name and name.period and name.rest:
                return PeriodName(name.text, expected=EXPECTED)
            return name or PeriodName("", expected=EXPECTED)
        if heading.is_period and heading.period:
            return heading.period
        label = None if columns.offence is None else self.grid.at(row, columns.offence)
        period = (period_in(label) if isinstance(label, str) else None) or context.period
        return PeriodName("", period, expected="" if period else EXPECTED)

    def _filled_down(self, at: int | None) -> dict[int, object]:
        """Return the cells of a column by row, an empty one by what stands above: it is merged."""
        filled: dict[int, object] = {}
        last: object = None
        for row in self.block.rows if at is not None else ():
            value = self.grid.at(row, at or 0)
            last = last if value is None else value
            filled[row] = last
        return filled


def _from_dates(start: object, end: object) -> PeriodName:
    """Return the period of two columns of dates."""
    if isinstance(start, date) and isinstance(end, date) and start <= end:
        first, last = (date(day.year, day.month, day.day) for day in (start, end))
        if last - first >= timedelta(days=27):
            return PeriodName(f"{first} to {last}", Period(first, last))
    if start is not None and end is not None:
        text = f"{tidy(start)} to {tidy(end)}"
        return read_period(text) or PeriodName(text, expected=EXPECTED)
    return PeriodName("", expected=EXPECTED)
