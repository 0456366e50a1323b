"""Columns that several frames of this room have, each with its kind."""

from __future__ import annotations

from ukcso.periods import Period

PERIOD = {"period": "text", "period_start": "day", "period_end": "day"}
NUMBER = {"value": "number", "lower": "number", "upper": "number", "hedge": "text", "unit": "text"}
RATE = dict.fromkeys(("population", "rate", "lower", "upper"), "number") | {"why_not_rate": "text"}
ORIGIN = dict.fromkeys(
    ("release_id", "source_ids", "population_basis", "population_edition"), "text"
)


def named(span: Period) -> dict[str, object]:
    """Return a period as the cells of its columns."""
    return dict(zip(PERIOD, (span.label, span.start, span.end), strict=True))
