"""A row as people keep it, to a row of `figures` or `claims`; what is not clear is noted."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import pandas as pd

from ukcso.errors import InvalidInputError, UkcsoError
from ukcso.measures import unit_of
from ukcso.printed import RELATIONS
from ukcso.readers.friendly import _cells
from ukcso.readers.friendly._table import Line

T = TypeVar("T")
Row = dict[str, object]


def figure(line: Line) -> Row:
    """Return a row of `figures`."""
    value = _cell(line, "value", _cells.hedged)
    measure = _cell(line, "measure", _cells.measure_of)
    return {
        **_common(line, measure, value),
        "figure_id": line.text("figure_id") or None,
        "value": float(value.digits) if value else None,
        "unit": line.text("unit") or (unit_of(measure) if measure else None),
    }


def claim(line: Line) -> Row:
    """Return a row of `claims`."""
    printed = _cell(line, "printed", _cells.hedged)
    relation = _cell(line, "relation", _cells.relation_of)
    digits = printed.digits if printed else None
    if relation == "fall":
        relation = "growth"
        digits = f"-{digits.removeprefix('-')}" if digits else None
    measure = _cell(line, "measure", _cells.measure_of)
    common = _common(line, measure, printed)
    return {
        **common,
        "claim_id": line.text("claim_id") or None,
        "relation": relation,
        "printed": digits,
        "unit": RELATIONS[relation].unit if relation else None,
        **_reference(line, relation, common),
        "subject_value": _operand(line, "subject_value"),
        "ref_value": _operand(line, "ref_value"),
    }


def _common(line: Line, measure: str | None, number: _cells.Hedged | None) -> Row:
    """Return the columns that figures and claims share."""
    start, end = _days(line, "")
    hedge = _cell(line, "hedge", _cells.hedge_of) if line.text("hedge") else None
    beside = number.hedge if number else ""
    if hedge and beside and hedge != beside:
        line.refuse("hedge", f"must be that of the number, {beside}, or empty")
    return {
        "measure": measure,
        "breakdown": line.text("breakdown") or "all",
        "area_id": _cell(line, "area", _cells.area_of),
        "period_start": start,
        "period_end": end,
        "hedge": hedge or beside or "exact",
        "release_id": _cell(line, "release", _cells.release_of),
        "source_id": _cell(line, "source", _cells.source_of),
        "period_basis": line.text("period_basis").casefold() or "stated",
        "note": _note(line),
    }


def _note(line: Line) -> str | None:
    """Return the remark on a row, with what the dataset has no column for."""
    published, source = line.text("published"), line.text("source")
    said = [
        line.text("note"),
        f"published {published.removesuffix(' 00:00:00')}" if published else "",
        f"source {source}" if _cells.is_address(source) else "",
    ]
    return "; ".join(filter(None, said)) or None


def _reference(line: Line, relation: str | None, subject: Row) -> Row:
    """Return what a claim's subject is held against: what is not said is as the subject's."""
    said = [name for name in line.cells if name.startswith("ref_") and name != "ref_value"]
    if relation is None or (not said and RELATIONS[relation].against != "reference"):
        return {}
    if not said:
        line.refuse("ref_period", f"must be filled, or another ref_ column: {relation} needs both")
        return {}
    start, end = _days(line, "ref_") if any("period" in name for name in said) else (None, None)
    measure = _cell(line, "ref_measure", _cells.measure_of) if "ref_measure" in said else None
    area = _cell(line, "ref_area", _cells.area_of) if "ref_area" in said else None
    return {
        "ref_measure": measure or subject["measure"],
        "ref_breakdown": line.text("ref_breakdown") or subject["breakdown"],
        "ref_area_id": area or subject["area_id"],
        "ref_period_start": start or subject["period_start"],
        "ref_period_end": end or subject["period_end"],
    }


def _operand(line: Line, name: str) -> float | None:
    """Return a printed operand; a hedged one is a figure of its own."""
    if not line.text(name):
        return None
    number = _cell(line, name, _cells.hedged)
    if number and number.hedge not in {"", "exact"}:
        line.refuse(name, "must be exact; a hedged number is a row of figures")
    return float(number.digits) if number else None


def _days(line: Line, prefix: str) -> tuple[object, object]:
    """Return the first and the last day of a period: as one, or as two days."""
    name = f"{prefix}period"
    if line.text(name):
        period = _cell(line, name, _cells.period_of)
        return (pd.Timestamp(period.start), pd.Timestamp(period.end)) if period else (None, None)
    ends: list[object] = [None, None]
    for place, end in enumerate((f"{name}_start", f"{name}_end")):
        if end in line.cells:
            try:
                ends[place] = pd.Timestamp(_cells.day_of(line.cells[end]))
            except InvalidInputError as error:
                line.refuse(end, str(error))
        elif name not in line.lacking and not any(
            problem.column == name for problem in line.problems
        ):
            line.refuse(name, "must not be empty")
    return ends[0], ends[1]


def _cell(line: Line, name: str, read: Callable[[str], T]) -> T | None:
    """Return what a cell means; where that is not clear, note why, and None."""
    if not line.text(name):
        if name not in line.lacking:
            line.refuse(name, "must not be empty")
    elif not any(problem.column == name for problem in line.problems):
        try:
            return read(line.text(name))
        except UkcsoError as error:
            line.refuse(name, str(error))
    return None
