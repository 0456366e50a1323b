"""Printed figures and claims as linear inequalities between whole numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache, partial
from typing import Any, Literal, get_args

from ukcso.areas import all_areas
from ukcso.claims.system._inequalities import (
    IMPOSSIBLE,
    Inequality,
    Unknown,
    exactly,
    quotient_within,
)
from ukcso.datasets import cached_by_version
from ukcso.evidence import Cell
from ukcso.measures import NO_COUNTS, PER_MONTH, counts_something, titles
from ukcso.periods import Period
from ukcso.printed import (
    RELATIONS,
    Bounds,
    meant_by,
    number_phrase,
    one_step_around,
    printed_phrase,
)

Kind = Literal["exact", "hedged", "claim", "total"]
#: In the order in which the statements of a contradiction are told.
KINDS = get_args(Kind)


@dataclass(slots=True)
class Statement:
    """What one printed number, or one rule of addition, says about counts."""

    #: claim_id or figure_id; empty for a rule of addition.
    statement_id: str
    kind: Kind
    #: Says it in words: only contradictions need them.
    words: Callable[[], str]
    inequalities: tuple[Inequality, ...]
    #: The same with its digits cut off or rounded up, where that is another reading.
    loosely: Callable[[], tuple[Inequality, ...]] = tuple
    #: Other claims and figures that say the same.
    also: tuple[str, ...] = ()
    #: Every count it speaks of.
    counts: set[Unknown] = field(init=False)

    def __post_init__(self) -> None:
        self.counts = {count for one in self.inequalities for count, _ in one.terms}

    @property
    def is_one_number(self) -> bool:
        """Whether it leaves one number for one count."""
        if self.kind != "exact":
            return False
        least, most = self.inequalities
        return most.limit == -least.limit

    @property
    def count(self) -> Unknown:
        """The one count that a figure is about."""
        return self.inequalities[0].terms[0][0]


def figure_statement(figure: Any) -> Statement | None:
    """Return what a row of `figures` says; None where it is no count."""
    if figure.unit in NO_COUNTS:
        return None
    cell, value = cell_of(figure), figure.value
    words = partial(_figure_words, figure)
    if figure.hedge == "exact" and figure.unit != PER_MONTH and value.is_integer():
        return Statement(figure.figure_id, "exact", words, exactly(cell, int(value)))
    months = _time("per_month", cell) if figure.unit == PER_MONTH else 1
    meant = _meant_by(value, figure.hedge)
    within = quotient_within((1, 0, 0), (0, 0, months), meant, cell)
    return Statement(figure.figure_id, "hedged", words, within)


def claim_statements(claim: Any) -> Iterator[Statement]:
    """Return what a row of `claims` says, and the counts printed beside it."""
    subject, reference = cell_of(claim), reference_of(claim)
    for cell, value in ((subject, claim.subject_value), (reference, claim.ref_value)):
        # A missing number is no whole number.
        if cell and float(value).is_integer() and counts_something(cell.measure):
            words = partial(_operand_words, cell, value)
            yield Statement(claim.claim_id, "exact", words, exactly(cell, int(value)))
    if all(counts_something(measure) for measure in {c.measure for c in (subject, reference) if c}):
        meant = _meant_by(claim.printed, claim.hedge, inverse=RELATIONS[claim.relation].inverse)
        yield Statement(
            claim.claim_id,
            "claim",
            partial(_claim_words, claim),
            _allowed(claim, meant),
            partial(_loosely_allowed, claim),
        )


def _allowed(claim: Any, meant: Bounds) -> tuple[Inequality, ...]:
    """Return what a claim says of its counts if its number means one within bounds."""
    relation, subject, reference = RELATIONS[claim.relation], cell_of(claim), reference_of(claim)
    both = meant.intersection(relation.possible)
    if both is None:  # a share of 120 per cent
        return (IMPOSSIBLE,)
    forms = relation.quotient(None if reference else _time(claim.relation, subject))
    return quotient_within(*forms, both, subject, reference)


def _loosely_allowed(claim: Any) -> tuple[Inequality, ...]:
    return _allowed(claim, one_step_around(claim.printed)) if claim.hedge == "exact" else ()


def merged(statements: Iterable[Statement]) -> list[Statement]:
    """Return every statement once, with the ids of all who made it."""
    alike: dict[object, Statement] = {}
    for statement in statements:
        first = alike.setdefault((statement.kind == "exact", statement.inequalities), statement)
        if statement.statement_id not in {"", first.statement_id, *first.also}:
            first.also += (statement.statement_id,)
    return list(alike.values())


def cell_of(row: Any) -> Cell:
    """Return the cell that a figure, or the subject of a claim, is about."""
    return Cell(row.measure, row.breakdown, row.area_id, row.period_start, row.period_end)


def reference_of(claim: Any) -> Cell | None:
    """Return the cell that a claim's subject is set against, None for the calendar."""
    if RELATIONS[claim.relation].against != "reference":
        return None
    return Cell(*(getattr(claim, f"ref_{name}") for name in Cell._fields))


_meant_by = lru_cache(maxsize=1_024)(meant_by)


def _time(relation: str, cell: Cell) -> Fraction:
    """Return the days or months that a cell's count is spread over."""
    return RELATIONS[relation].time(Period(cell.period_start, cell.period_end))


def _figure_words(figure: Any) -> str:
    hedge = "" if figure.hedge == "exact" else f"{figure.hedge.replace('_', ' ')} "
    monthly = " a month" * (figure.unit == PER_MONTH)
    return f"{cell_phrase(cell_of(figure))}: {hedge}{number_phrase(figure.value)}{monthly}"


def _operand_words(cell: Cell, value: float) -> str:
    return f"{cell_phrase(cell)}: {number_phrase(value)}, printed beside the claim"


def _claim_words(claim: Any) -> str:
    reference = reference_of(claim)
    phrase = printed_phrase(claim.relation, claim.printed, claim.hedge)
    against = f", against {cell_phrase(reference)}" if reference else ""
    return f"{cell_phrase(cell_of(claim))}: {claim.relation} {phrase}{against}"


@cached_by_version
def cell_phrase(cell: Cell) -> str:
    """Word a cell as a reader would say it."""
    measure = titles().get(cell.measure, cell.measure)
    part = "" if cell.breakdown == "all" else f" ({cell.breakdown})"
    area = all_areas()[cell.area_id].name if cell.area_id in all_areas() else cell.area_id
    return f"{measure}{part}, {area}, {Period(cell.period_start, cell.period_end)}"
