"""Rows of a sheet sorted: titles, headings, rows of answers, notes; and where its areas are."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from ukcso.errors import refusal
from ukcso.readers._sheets import column_letters
from ukcso.readers.foi.layout._context import Context, under
from ukcso.readers.foi.layout._grid import Grid
from ukcso.readers.foi.words._area_names import AreaNames
from ukcso.readers.foi.words._cells import read_cell, tidy
from ukcso.readers.foi.words._grammar import SYMBOLS
from ukcso.readers.foi.words._headings import role_of
from ukcso.readers.foi.words._period_names import looks_like_year, read_period

#: The first of two cells, where the second is no answer.
_NOTE = re.compile(
    rf"(?:{'|'.join(map(re.escape, SYMBOLS))}|\[.*\]|(?:foot)?notes?\b.*|sources?\b.*|key\b.*)$"
)
_META = re.compile(
    r"\b(?:ref|reference|date|contact|request|requester|e-?mail|prepared|source|published|author"
    r"|version|status|foi|received|our|your|title|organisation)\b",
    re.IGNORECASE,
)

_DAY = re.compile(r"\d{1,2}(?:st|nd|rd|th)?[ /-](?:[A-Za-z]{3,9}|\d{1,2})[ /-](?:19|20)?\d\d")


@dataclass(slots=True)
class Block:
    """Rows of answers under the same headings."""

    headings: list[int]
    rows: list[int] = field(default_factory=list)
    contexts: list[Context] = field(default_factory=list)


@dataclass(slots=True)
class Scanned:
    """A sheet with its rows sorted."""

    grid: Grid
    area_columns: list[int]
    blocks: list[Block] = field(default_factory=list)
    #: Rows that are neither headings nor answers.
    others: list[int] = field(default_factory=list)


def scan(grid: Grid, names: AreaNames, context: Context, area_column: str | None = None) -> Scanned:
    """Sort the rows of a sheet; one whose areas stand side by side is turned first."""
    down = _areas_down(grid, names)
    turned = grid.turn()
    across = _areas_down(turned, names)
    most_down, most_across = (max(map(len, it.values()), default=0) for it in (down, across))
    if area_column is not None:
        columns = [_column_named(grid, area_column)]
    elif most_across > max(most_down, 1) or _heads_a_column(grid, down):
        titled = _titled(grid, names, context)
        return _sorted(turned, _columns(across), names, titled, is_turned=True)
    else:
        columns = _columns(down)
    return _sorted(grid, columns, names, context)


def _areas_down(grid: Grid, names: AreaNames) -> dict[int, set[str]]:
    """
    Return the areas that each column names, in rows that hold more.

    Regions and nations are counted only where no column names forces.
    """
    found: dict[int, set[str]] = {}
    groups: dict[int, set[str]] = {}
    for row in range(grid.height):
        cells = grid.filled(row)
        if len(cells) == 1 or _is_pair(cells):
            continue
        for column, value in cells:
            if name := names.known(value):
                kind = groups if name.area and not name.answers else found
                kind.setdefault(column, set()).add(name.area.area_id if name.area else name.text)
    if not found and not groups:
        return _alone(grid, names)
    most = [max(map(len, kind.values()), default=0) for kind in (found, groups)]
    return found if most[0] > 1 or most[0] >= most[1] else groups


def _heads_a_column(grid: Grid, down: dict[int, set[str]]) -> bool:
    """Say whether the only area of a sheet stands above its answers, not beside them."""
    if len(down) != 1 or len(next(iter(down.values()))) != 1:
        return False
    column = next(iter(down))
    named = [row for row in range(grid.height) if grid.at(row, column) is not None]
    row = next((row for row in named if role_of(grid.at(row, 0) or "") == "period"), None)
    return (
        row is not None and column > 0 and row + 1 in named and _is_answer(grid.at(row + 1, column))
    )


def _alone(grid: Grid, names: AreaNames) -> dict[int, set[str]]:
    """Return the areas that stand alone in row under row, as in a sheet not filled in yet."""
    found: dict[int, set[str]] = {}
    for column in range(min(grid.width, 3)):
        named = [names.known(grid.at(row, column)) for row in range(grid.height)]
        for name, after in pairwise(named):
            if name and after and name.area and after.area:
                found.setdefault(column, set()).update({name.area.area_id, after.area.area_id})
    return found


def _columns(found: dict[int, set[str]]) -> list[int]:
    """Return the columns of areas: where most forces are, and others that name as many."""
    if not found:
        return []
    most = max(map(len, found.values()))
    return sorted(column for column, areas in found.items() if 2 * len(areas) > most)


def _column_named(grid: Grid, text: str) -> int:
    """Return a column by its letters, or by a heading in it."""
    wanted = tidy(text).lower()
    for column in range(grid.width):
        if wanted == column_letters(column).lower():
            return column
        if any(tidy(grid.at(row, column) or "").lower() == wanted for row in range(grid.height)):
            return column
    words = f"a column of the sheet {grid.sheet}, by its letter or heading"
    raise refusal(text, "area_column", words)


def _is_pair(cells: list[tuple[int, object]]) -> bool:
    """Say whether two cells are a word of a form and its answer: "Force", "Kent Police"."""
    return len(cells) == 2 and role_of(cells[0][1]) in {"area", "other"}  # noqa: PLR2004 - a pair


def _titled(grid: Grid, names: AreaNames, context: Context) -> Context:
    for row in range(grid.height):
        cells = grid.filled(row)
        if len(cells) == 1:
            context = under(tidy(cells[0][1]), context, names)
        elif cells:
            break
    return context


def _sorted(
    grid: Grid, columns: list[int], names: AreaNames, context: Context, *, is_turned: bool = False
) -> Scanned:
    result = Scanned(grid, columns)
    headings: list[int] = []
    block: Block | None = None
    for row in range(grid.height):
        cells = grid.filled(row)
        if not cells:
            continue
        kind = (
            "heading"
            if is_turned and not block and row < _first_answers(grid, columns, names)
            else (_kind(grid, row, cells, columns, names, block, headings))
        )
        if kind == "heading":
            adjoins = (
                headings
                and headings[-1] == row - 1
                and (block is None or headings != block.headings)
            )
            headings = [*headings, row] if adjoins or (is_turned and not block) else [row]
        elif kind == "answers":
            if block is None or block.headings != headings:
                block = Block(headings)
                result.blocks.append(block)
            block.rows.append(row)
            block.contexts.append(context)
        else:
            result.others.append(row)
            text = tidy(cells[-1][1] if kind == "pair" else cells[0][1])
            context = under(text, context, names, is_section=block is not None)
    return result


def _first_answers(grid: Grid, columns: Collection[int], names: AreaNames) -> int:
    """Return the first row of a turned grid that is of an area."""
    rows = range(grid.height)
    return next(
        (row for row in rows if any(names.known(grid.at(row, column)) for column in columns)), 0
    )


def _kind(  # noqa: PLR0911, PLR0913, PLR0917 - a row, and all that stands around it
    grid: Grid,
    row: int,
    cells: list[tuple[int, object]],
    columns: list[int],
    names: AreaNames,
    block: Block | None,
    headings: list[int],
) -> str:
    """Say whether a row is a heading, answers, a pair of a form, or text."""
    labels = [names.read(grid.at(row, column)) for column in columns]
    is_labelled = any(label and label.kind != "unknown" for label in labels)
    if len(cells) == 1:
        if (
            is_labelled
            and (block is not None or headings)
            and labels[0]
            and labels[0].kind == "area"
        ):
            return "answers"
        aside = bool(columns) and cells[0][0] > columns[0] and block is None
        return "heading" if aside and isinstance(cells[0][1], str) else "text"
    if is_labelled:
        return "answers"
    if len(cells) == 2 and _NOTE.match(tidy(cells[0][1]).lower()):  # noqa: PLR2004 - a symbol, and what it means
        return "text"
    if _is_pair(cells) and (names.known(cells[1][1]) or _META.search(tidy(cells[0][1]))):
        return "pair"
    if headings and headings[-1] == row - 1 and _is_under_groups(grid, row, cells, columns):
        return "heading"
    others = [value for column, value in cells if column not in columns]
    periods = [value for value in others if not _is_day(value) and read_period(value)]
    answers = [value for value in others if value not in periods and _is_answer(value)]
    if len(periods) >= 2 and len(periods) >= len(answers):  # noqa: PLR2004 - side by side
        return (
            "answers"
            if block and all(map(looks_like_year, others)) and block.rows[-1] == row - 1
            else "heading"
        )
    if answers:
        return "answers"
    if block is None or block.rows[-1] != row - 1:
        return "heading"
    roles = [role_of(value) for _, value in cells]
    return "heading" if not periods and len([role for role in roles if role]) > 1 else "answers"


def _is_day(value: object) -> bool:
    """Say whether a cell is the day of a letter or an entry."""
    return isinstance(value, date) or (isinstance(value, str) and bool(_DAY.fullmatch(tidy(value))))


def _is_under_groups(
    grid: Grid, row: int, cells: list[tuple[int, object]], columns: Collection[int]
) -> bool:
    """Say whether a row names columns below headings that are each over several of them."""
    above = {at for at, _ in grid.filled(row - 1)}
    is_text = all(isinstance(value, str) for _, value in cells)
    is_aside = bool(columns) and all(at not in columns for at, _ in cells)
    texts = [tidy(value).lower() for _, value in cells]
    is_named = len(set(texts)) < len(texts) or any(map(role_of, texts))
    return is_text and is_aside and is_named and any(at not in above for at, _ in cells)


def _is_answer(value: object) -> bool:
    """Say whether a cell is an answer, and no year or heading."""
    if looks_like_year(value) or isinstance(value, date):
        return False
    if not isinstance(value, str):
        return True
    text = tidy(value).lower()
    is_number = re.match(r"[^a-z]*\d", text) is not None
    return is_number or text in SYMBOLS or not read_cell(value).expected
