"""Printed figures and claims as linear inequalities between whole numbers."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Literal

from ukcso.areas import all_areas
from ukcso.claims.system._rows import Row, Terms, Unknown, ratio_within, within
from ukcso.datasets import cached_by_version
from ukcso.evidence import Cell
from ukcso.measures import NO_COUNTS, counts_something, titles
from ukcso.periods import Period
from ukcso.printed import (
    RELATIONS,
    Bounds,
    Hedge,
    meant_by,
    number_phrase,
    printed_number,
    printed_phrase,
)
from ukcso.stats.formulas import DAYS_PER_MONTH, DAYS_PER_WEEK, HOURS_PER_DAY, MINUTES_PER_DAY

if TYPE_CHECKING:
    from collections.abc import Iterable

_PER_MONTH = "arrests_per_month"


@dataclass(frozen=True)
class Statement:
    """What one printed number, or one rule of addition, says about counts."""

    #: claim_id or figure_id; empty for a rule of addition.
    statement_id: str
    kind: Literal["exact", "hedged", "claim", "total"]
    words: str
    rows: tuple[Row, ...]
    #: The same with its digits cut off or rounded up, where that is another reading.
    loosely: tuple[Row, ...] = ()
    #: Other claims and figures that say the same.
    also: tuple[str, ...] = ()

    @cached_property
    def cells(self) -> set[Unknown]:
        """Every count it speaks of."""
        return {unknown for row in self.rows for unknown, _ in row.terms}

    @cached_property
    def is_one_number(self) -> bool:
        """Whether it leaves one number for one count."""
        return self.kind == "exact" and self.rows[0].limit == -self.rows[1].limit


def figure_statement(figure: Any) -> Statement | None:
    """Return what a row of `figures` says; None where it is no count."""
    if figure.unit in NO_COUNTS or not counts_something(figure.measure):
        return None
    cell = cell_of(figure)
    said = "" if figure.hedge == "exact" else f"{figure.hedge.replace('_', ' ')} "
    monthly = figure.unit == _PER_MONTH
    words = f"{cell_phrase(cell)}: {said}{number_phrase(figure.value)}{' a month' * monthly}"
    value = Fraction(repr(figure.value))
    if figure.hedge == "exact" and not monthly and value.denominator == 1:
        return Statement(figure.figure_id, "exact", words, within({cell: Fraction(1)}, value))
    meant = _meant_by(figure.value, figure.hedge)
    share = 1 / _months(cell) if monthly else Fraction(1)
    return Statement(figure.figure_id, "hedged", words, within({cell: share}, meant))


def operand_statements(claim: Any) -> Iterable[Statement]:
    """Return what the counts printed beside a claim say."""
    for cell, value in (
        (cell_of(claim), claim.subject_value),
        (reference_of(claim), claim.ref_value),
    ):
        # A missing number is no whole number.
        if cell and counts_something(cell.measure) and float(value).is_integer():
            words = f"{cell_phrase(cell)}: {number_phrase(value)}, printed beside the claim"
            exactly = within({cell: Fraction(1)}, Fraction(int(value)))
            yield Statement(claim.claim_id, "exact", words, exactly)


def claim_statement(claim: Any) -> Statement | None:
    """Return what a row of `claims` says; None where it is not about counts."""
    subject, reference = cell_of(claim), reference_of(claim)
    if not all(counts_something(cell.measure) for cell in (subject, reference) if cell):
        return None
    rule = RELATIONS[claim.relation]
    above, below = _quotient(claim.relation, subject, reference)
    phrase = printed_phrase(claim.relation, claim.printed, claim.hedge)
    against = f", against {cell_phrase(reference)}" if reference else ""

    def allowed(meant: Bounds) -> tuple[Row, ...]:
        both = meant.intersection(rule.possible)
        if both is None:  # a share of 120 per cent
            return (Row((), -1),)
        return ratio_within(above, below, both)

    loosely = allowed(_one_step_around(claim.printed)) if claim.hedge == "exact" else ()
    return Statement(
        claim.claim_id,
        "claim",
        f"{cell_phrase(subject)}: {claim.relation} {phrase}{against}",
        allowed(_meant_by(claim.printed, claim.hedge)),
        loosely,
    )


def merged(statements: Iterable[Statement]) -> list[Statement]:
    """Return every statement once, with the ids of all who made it."""
    alike: dict[object, list[Statement]] = defaultdict(list)
    for one in statements:
        alike[one.kind == "exact", one.rows].append(one)
    found = []
    for first, *others in alike.values():
        ids = dict.fromkeys(other.statement_id for other in others)
        ids.pop(first.statement_id, None)
        also = tuple(i for i in ids if i)
        found.append(
            Statement(first.statement_id, first.kind, first.words, first.rows, first.loosely, also)
        )
    return found


def cell_of(row: Any) -> Cell:
    """Return the cell that a figure, or the subject of a claim, is about."""
    return Cell(*(getattr(row, name) for name in Cell._fields))


def reference_of(claim: Any) -> Cell | None:
    """Return the cell that a claim's subject is set against, None for the calendar."""
    if RELATIONS[claim.relation].against != "reference":
        return None
    return Cell(*(getattr(claim, f"ref_{name}") for name in Cell._fields))


def _quotient(relation: str, subject: Cell, reference: Cell | None) -> tuple[Terms, Terms]:
    """Return a relation's number as one linear form over another."""
    one, hundred = Fraction(1), Fraction(100)
    if reference is None:
        days = Fraction(Period(subject.period_start, subject.period_end).days)
        spread: dict[str, tuple[Terms, Terms]] = {
            "per_day": ({subject: one}, {None: days}),
            "per_week": ({subject: one}, {None: days / DAYS_PER_WEEK}),
            "per_month": ({subject: one}, {None: _months(subject)}),
            "minutes_between": ({None: days * MINUTES_PER_DAY}, {subject: one}),
            "hours_between": ({None: days * HOURS_PER_DAY}, {subject: one}),
        }
        return spread[relation]
    against: dict[str, tuple[Terms, Terms]] = {
        "growth": (_less(subject, reference, hundred), {reference: one}),
        "ratio": ({subject: one}, {reference: one}),
        "share": ({subject: hundred}, {reference: one}),
        "one_in": ({reference: one}, {subject: one}),
        "difference": (_less(subject, reference, one), {None: one}),
    }
    return against[relation]


@lru_cache(maxsize=1_024)
def _meant_by(printed: str | float, hedge: Hedge) -> Bounds:
    """Return what a printed number allows; a fall is read by its size."""
    return meant_by(printed, hedge)


@lru_cache(maxsize=1_024)
def _one_step_around(printed: str) -> Bounds:
    """Return what is less than one unit of the last digit away: cut off or rounded up."""
    number = printed_number(printed)
    unit = Decimal((0, (1,), int(number.as_tuple().exponent)))
    return Bounds(float(number - unit), float(number + unit), lower_closed=False)


def _less(subject: Cell, reference: Cell, weight: Fraction) -> Terms:
    return {} if subject == reference else {subject: weight, reference: -weight}


def _months(cell: Cell) -> Fraction:
    period = Period(cell.period_start, cell.period_end)
    return Fraction(period.months or period.days / Fraction(DAYS_PER_MONTH))


@cached_by_version("areas", "measures")
def cell_phrase(cell: Cell) -> str:
    """Word a cell as a reader would say it."""
    measure = titles().get(cell.measure, cell.measure)
    part = "" if cell.breakdown == "all" else f" ({cell.breakdown})"
    area = all_areas()[cell.area_id].name if cell.area_id in all_areas() else cell.area_id
    return f"{measure}{part}, {area}, {Period(cell.period_start, cell.period_end)}"
