"""Which columns of a block hold the answers, and which hold the years, offences and remarks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from ukcso.periods import Period
from ukcso.readers.foi.layout._context import Context
from ukcso.readers.foi.layout._scan import Block, Scanned
from ukcso.readers.foi.words._cells import read_cell, tidy
from ukcso.readers.foi.words._headings import Heading, periods_in, quarter_of, read_heading
from ukcso.readers.foi.words._offences import fit, ideas_of

#: Roles of columns that hold answers where no others do.
_LESSER = {"status", "total"}
_MOSTLY = 0.6
#: A longer text over empty cells is a title.
_LONGEST = 40
_MONTHS = "the years that end in these months, as in year ending March 2020, or more months"
_ONE_WHOLE = "one column that is the whole of the year, such as Total, All or Persons"
#: A heading below a year that is of all its parts.
_WHOLE = re.compile(
    r"(?:(?:grand|overall|sub)[- ]?)?totals?(?: (?:number|offences|recorded|crimes|victims))*"
    r"|all(?: (?:ages|persons|people|sexes|genders|offences|crimes|victims|children))?|persons"
    r"|both(?: sexes)?|overall|everyone"
)
_A_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBER = re.compile(r"(?:no\.?|#)", re.IGNORECASE)
#: Roles of columns that hold no answers.
_NO_ANSWERS = {"other", "status", "note", "mark", "derived", "total", "start", "end", "area"}


@dataclass(slots=True)
class Columns:
    """Columns of a block by what they hold."""

    headings: dict[int, Heading]
    answers: list[int] = field(default_factory=list)
    #: Columns that may hold answers, and what their headings should say.
    unclear: dict[int, str] = field(default_factory=dict)
    period: int | None = None
    start: int | None = None
    end: int | None = None
    offence: int | None = None
    totals: list[int] = field(default_factory=list)
    remarks: list[int] = field(default_factory=list)
    notes: list[int] = field(default_factory=list)
    #: For columns of shorthand, the column of numbers before.
    marks: dict[int, int] = field(default_factory=dict)


def columns_of(scanned: Scanned, block: Block, measure: str, around: str = "") -> Columns:
    """Find the columns of a block; `around` is what the workbook says of its years."""
    context = block.contexts[0]
    stacks = _stacks(scanned, block)
    headings = {at: read_heading(stack, measure, around) for at, stack in stacks.items()}
    result = Columns(headings)
    free = [at for at in headings if at not in scanned.area_columns and _has(scanned, block, at)]
    _answers_by_another_name(scanned, block, headings, free)
    _parts_of_groups(headings, free)
    named = [at for at in headings if at not in scanned.area_columns and headings[at].is_period]
    named = [at for at in named if at in free or len(headings[at].text) <= _LONGEST]
    result.period = _period_column(scanned, block, headings, free, named)
    result.start = next((at for at in free if headings[at].role == "start"), None)
    result.end = next((at for at in free if headings[at].role == "end"), None)
    if result.period is not None:
        named = []
    result.offence = _offence_column(
        scanned, block, headings, free, measure, {result.period, *named}
    )
    taken = {result.period, result.offence, result.start, result.end}
    result.totals = [at for at in free if headings[at].role == "total" and at not in named]
    _mark_columns(scanned, block, result, free, named)
    result.notes = [at for at in free if headings[at].role == "note" and at not in result.marks]
    if named:
        _choose(result, named, measure, context, has_offences=result.offence is not None)
    else:
        possible = [at for at in free if at not in taken and headings[at].role not in _NO_ANSWERS]
        possible = [
            at for at in possible if at not in result.marks and _holds_answers(scanned, block, at)
        ]
        if not possible:  # the only numbers are called a total, or a reply
            lesser = [at for at in free if at not in taken and headings[at].role in _LESSER]
            possible = [at for at in lesser if _holds_answers(scanned, block, at, figures=True)]
            result.totals = [at for at in result.totals if at not in possible]
        if not possible:  # "No." beside a year is no number of a row
            short = [at for at in free if at not in taken and _NUMBER.fullmatch(headings[at].text)]
            possible = [at for at in short if result.period is not None]
            possible = [at for at in possible if _holds_answers(scanned, block, at, figures=True)]
        _choose_one(result, possible, measure, context, has_offences=result.offence is not None)
    used = {*taken, *result.answers, *result.unclear, *result.totals, *result.marks}
    result.remarks = [
        at
        for at in free
        if at not in used and headings[at].role not in {"derived", "other", "area"}
    ]
    return result


def _answers_by_another_name(
    scanned: Scanned, block: Block, headings: dict[int, Heading], free: list[int]
) -> None:
    """Take "No." or "Reply" below a year for its answers, where nothing else below it is."""
    named = {it.period.period for it in headings.values() if it.is_period and it.period}
    for at in free:
        heading = headings[at]
        if heading.period is None or heading.period.period in named:
            continue
        if heading.role in {"status", "other"} and _holds_answers(scanned, block, at):
            headings[at] = replace(heading, role="count")


def _parts_of_groups(headings: dict[int, Heading], free: list[int]) -> None:
    """Take of the columns below a year the one that is the whole, and none where none says so."""
    groups: dict[Period | None, list[int]] = {}
    for at in free:
        heading = headings[at]
        if heading.below and heading.period and heading.period.period:
            groups.setdefault(heading.period.period, []).append(at)
    for columns in groups.values():
        below = {at: headings[at].text.rpartition(" | ")[2] for at in columns}
        # A year, or a quarter of the one above, is the period itself and no part of it.
        is_period = {at: _A_YEAR.search(text) or quarter_of(text) for at, text in below.items()}
        below = {at: text for at, text in below.items() if not is_period[at]}
        whole = [at for at, text in below.items() if _WHOLE.fullmatch(text.lower())]
        parts = [
            at
            for at, text in below.items()
            if at not in whole and text and not headings[at].role and headings[at].fit is None
        ]
        if not whole and (parts or not any(headings[at].is_period for at in columns)):
            parts += [at for at, text in below.items() if ideas_of(text) == {"part"}]
        if not parts:
            continue
        if len(whole) == 1:
            headings[whole[0]] = replace(headings[whole[0]], role="count", below=frozenset())
            headings.update({at: replace(headings[at], role="derived") for at in parts})
            continue
        for at in [it for it in columns if headings[it].is_period or it in {*whole, *parts}]:
            period = replace(headings[at].period, expected=_ONE_WHOLE)  # type: ignore[type-var]
            headings[at] = replace(headings[at], period=period, role="", below=frozenset())


def _stacks(scanned: Scanned, block: Block) -> dict[int, list[object]]:
    """Return the cells above each column, the nearest first; a group's is over all of it."""
    grid = scanned.grid
    stacks: dict[int, list[object]] = {at: [] for at in range(grid.width)}
    for place, row in enumerate(reversed(block.headings)):
        over: object = None
        for at in range(grid.width):
            value = grid.at(row, at)
            if value is not None and at not in scanned.area_columns:
                over = value
            elif value is not None:  # an offence over a table beside another one
                over = value if ideas_of(tidy(value)) else None
            shown = value if place == 0 else over
            if shown is not None:
                stacks[at].append(shown)
    if grid.turned and block.headings:
        _carry(scanned, block, stacks)
    return stacks


def _carry(scanned: Scanned, block: Block, stacks: dict[int, list[object]]) -> None:
    """Put a heading that stands alone, an offence before its years, over the columns after it."""
    over: object = None
    for at, stack in stacks.items():
        if not stack or at in scanned.area_columns:
            continue
        if _has(scanned, block, at):
            stack.extend([] if over is None else [over])
        elif ideas_of(tidy(stack[0])):
            over = stack[0]


def _cells(scanned: Scanned, block: Block, at: int) -> Iterator[object]:
    values = (scanned.grid.at(row, at) for row in block.rows)
    return (value for value in values if value is not None)


def _has(scanned: Scanned, block: Block, at: int) -> bool:
    return any(True for _ in _cells(scanned, block, at))


def _period_column(
    scanned: Scanned, block: Block, headings: dict[int, Heading], free: list[int], named: list[int]
) -> int | None:
    """Return the column that names a period in most rows."""
    if len(named) > 1:
        return None
    for wanted in ("period", "", "offence"):
        for at in free:
            if headings[at].role not in {wanted, "count" if headings[at].period else wanted}:
                continue
            cells = [value for value in _cells(scanned, block, at) if not isinstance(value, date)]
            periods = list(periods_in(cells))
            is_named = wanted == "period" and not headings[at].is_period
            if periods and (is_named or len(periods) >= _MOSTLY * len(cells)):
                return at
    return None


def _offence_column(  # noqa: PLR0913, PLR0917 - a block, and what is known of its columns
    scanned: Scanned,
    block: Block,
    headings: dict[int, Heading],
    free: list[int],
    measure: str,
    taken: set[int | None],
) -> int | None:
    """Return the column that names an offence in each row."""

    def fitting(at: int) -> int:
        cells = {tidy(value) for value in _cells(scanned, block, at) if isinstance(value, str)}
        cells = {text for text in cells if read_cell(text).kind == "unreadable"}
        return sum(fit(text, measure) is not None for text in cells if len(text) <= 150)  # noqa: PLR2004 - a label

    possible = [
        at
        for at in free
        if at not in taken and headings[at].role in {"offence", "count", "period", ""}
    ]
    found = {at: fitting(at) for at in possible}
    best = max(found, key=lambda at: found[at], default=None)
    return best if best is not None and found[best] else None


def _mark_columns(
    scanned: Scanned, block: Block, result: Columns, free: list[int], named: list[int]
) -> None:
    """Find columns of shorthand: named so, or without a name of their own, after numbers."""
    for at in free:
        heading = result.headings[at]
        if heading.period and heading.role in heading.below - {"other", "total"}:
            result.marks[at] = at - 1
            continue
        own = scanned.grid.at(block.headings[-1], at) if block.headings else None
        if heading.role == "mark" or own is None:
            cells = list(_cells(scanned, block, at))
            if all(isinstance(value, str) and tidy(value)[:1] == "[" for value in cells):
                result.marks[at] = at - 1
                if at in named:
                    named.remove(at)


def _holds_answers(scanned: Scanned, block: Block, at: int, *, figures: bool = False) -> bool:
    """Say whether half the cells of a column are answers, or some are numbers."""
    cells = list(_cells(scanned, block, at))
    readings = [read_cell(value) for value in cells if not isinstance(value, date)]
    if figures and not any(reading.kind == "figure" for reading in readings):
        return False
    return 2 * sum(reading.kind != "unreadable" for reading in readings) >= len(cells) > 0


def _choose(
    result: Columns, named: list[int], measure: str, context: Context, *, has_offences: bool
) -> None:
    """Choose among columns of periods those of the offence that is asked for."""
    headings = result.headings
    fits = {at: headings[at].fit for at in named}
    if has_offences and not any(fits.values()):
        chosen = named
    else:
        chosen = _asked(named, headings, measure, context)
    expected = _expected(measure)
    months = _years_apart([period.period for at in named if (period := headings[at].period)])
    for at in named:
        period = headings[at].period
        if period and period.period in months:
            period = replace(period, expected=_MONTHS)
        is_other = fits[at] == "other" and at not in chosen
        if period and period.expected and not (is_other and chosen):
            result.unclear[at] = period.expected
        elif at in chosen:
            result.answers.append(at)
        elif not chosen:
            result.unclear[at] = expected


def _years_apart(periods: Sequence[Period | None]) -> set[Period | None]:
    """Return single months, each a year after another, which may stand for the years they end."""
    months = {period for period in periods if period and period.months == 1}
    if len(months) > 1 and len({month.start.month for month in months}) == 1:
        return set(months)
    return set()


def _asked(
    columns: list[int], headings: dict[int, Heading], measure: str, context: Context
) -> list[int]:
    """Return the columns whose headings speak of the offence; none where that is not clear."""
    asked = [at for at in columns if headings[at].fit == "asked"]
    if asked:
        return asked
    plain = [at for at in columns if headings[at].fit is None]
    sole = [at for at in columns if headings[at].fit == "sole"]
    if len(plain) == len(columns):
        return plain
    if plain and context.offence and fit(context.offence, measure) == "asked":
        return plain
    labels = {headings[at].offence for at in columns}
    return sole if len(sole) == len(columns) and len(labels) == 1 else []


def _choose_one(
    result: Columns, possible: list[int], measure: str, context: Context, *, has_offences: bool
) -> None:
    """Choose the one column of numbers, where rows name the period, or a title does."""
    headings = result.headings
    chosen = (
        possible
        if has_offences and len(possible) == 1
        else _asked(possible, headings, measure, context)
    )
    if len(chosen) > 1:
        counts = [at for at in chosen if headings[at].role == "count"]
        chosen = counts if len(counts) == 1 else chosen
    if len(chosen) == 1:
        result.answers = chosen
        return
    words = _expected(measure) if len(possible) > 1 else "a heading that says what is counted"
    result.unclear.update(dict.fromkeys(possible, words))


def _expected(measure: str) -> str:
    return f"one heading that names {measure.replace('_', ' ')}"
