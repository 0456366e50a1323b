"""A table of years as a regression has it: which years stand, which steps, and what comes out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from ukcso.areas import find_area
from ukcso.comparisons._trend_fit import Fit, fitted
from ukcso.comparisons._trend_notes import counted_per, notes_on, unevenness, usual_of, why_counts
from ukcso.comparisons._trend_result import IN_ITS_MIDST, Trend
from ukcso.datasets import DTYPES
from ukcso.errors import InvalidInputError, listed
from ukcso.evidence import Break, parting, spans_of
from ukcso.measures import title_of
from ukcso.periods import Period

#: Fewer residual degrees of freedom tell nothing of how far counts lie from the fit.
_LEAST_LEFT = 3
_YEAR = 12
_STEPS = {"break_id": "text", "date": "day", "description": "text"}
_STEPS |= dict.fromkeys(("change", "lower", "upper"), "number")
_KEPT = ["period", "period_start", "period_end", "count", "population"]


class _Step(NamedTuple):
    """The breaks that part the same years, and which years are after them."""

    breaks: tuple[Break, ...]
    after: tuple[bool, ...]


def trend_of(table: pd.DataFrame, *, breaks: bool = True, of_counts: bool = False) -> Trend:
    """
    Fit a trend to a table of `trend_table`, or to some of its rows.

    Parameters
    ----------
    table
        With its attrs, which say of what and where it is, of which ages, at which level.
    breaks, of_counts
        As in `trend`; whether residents are left aside.

    Raises
    ------
    InvalidInputError, MissingDependencyError
        As `trend`.
    """
    origin = table.attrs["ukcso"]
    name, area_id = origin["of"], origin["area_id"]
    kept, left_out = _of_years(table)
    spans = spans_of(kept)
    if breaks:
        midst = {span: parting(name, area_id, span, span) for span in spans}
        left_out |= {
            span.label: f"{IN_ITS_MIDST}, {listed(midst[span])}" for span in spans if midst[span]
        }
        kept = kept[[not midst[span] for span in spans]]
        spans = spans_of(kept)
    steps = _steps(name, area_id, spans) if breaks else []
    place = find_area(area_id).name
    _require_enough(f"{name} in {place}", spans, steps, left_out)
    no_residents = why_counts(kept, area_id, of_counts=of_counts)
    fit = fitted(
        kept["count"].to_numpy(float),
        np.array([span.start.year + (span.start.month - 1) / _YEAR for span in spans]),
        np.array([step.after for step in steps], dtype=float).reshape(-1, len(spans)).T,
        None if no_residents else kept["population"].to_numpy(float),
        origin["level"],
    )
    left_out |= dict.fromkeys(origin.get("incomplete", ()), "quarters of it are missing")
    usual = usual_of(table)
    uneven = unevenness(fit, usual)
    return Trend(
        measure_or_code=name,
        title=title_of(name),
        area_id=area_id,
        area=place,
        counted=counted_per(name, None if no_residents else origin["ages"]),
        periods=tuple(span.label for span in spans),
        annual_change=fit.annual.change,
        lower=fit.annual.lower,
        upper=fit.annual.upper,
        level=origin["level"],
        steps=_told(steps, fit),
        dispersion=fit.dispersion,
        degrees_of_freedom=fit.degrees_of_freedom,
        fitted=_fitted(kept, steps, fit, by_residents=not no_residents),
        left_out=dict(sorted(left_out.items())),
        per_resident=not no_residents,
        breaks=breaks,
        usual_dispersion=None if usual is None else usual.dispersion,
        is_uneven=bool(uneven),
        notes=tuple(filter(None, (no_residents, uneven, *notes_on(kept, left_out, origin)))),
    )


def _of_years(table: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, str]]:
    """Return the years that have a count, and why others are left out, by label."""
    spans = spans_of(table)
    months = [span.start.month for span in spans if span.months == _YEAR]
    usual = max(months, key=months.count, default=None)
    left_out = {}
    for span, count in zip(spans, table["count"], strict=True):
        if span.months != _YEAR:
            left_out[span.label] = "it is not one year"
        elif span.start.month != usual:
            left_out[span.label] = "it begins in another month than the others"
        elif np.isnan(count):
            left_out[span.label] = "it has no count"
        elif count < 0:
            left_out[span.label] = "corrections outweigh its count"
    return table[~table["period"].isin(list(left_out))], left_out


def _steps(name: str, area_id: str, spans: Sequence[Period]) -> list[_Step]:
    """Return the breaks between years, by day, those that part the same years together."""
    if not spans:
        return []
    crossed = [parting(name, area_id, spans[0], span) for span in spans]
    known = {change.break_id: change for changes in crossed for change in changes}
    alike: dict[tuple[bool, ...], list[Break]] = {}
    for change in sorted(known.values(), key=lambda it: (str(it.day), it.break_id)):
        after = tuple(change in changes for changes in crossed)
        alike.setdefault(after, []).append(change)
    return [_Step(tuple(changes), after) for after, changes in alike.items()]


def _require_enough(
    of: str, spans: Sequence[Period], steps: Sequence[_Step], left_out: Mapping[str, str]
) -> None:
    """Refuse a trend of too few years; say which there are, and which were left out and why."""
    left = len(spans) - 2 - len(steps)
    if left >= _LEAST_LEFT:
        return
    ids = listed(change.break_id for step in steps for change in step.breaks)
    stepped = f" and {len(steps)} for steps ({ids})" if steps else ""
    years = f"{len(spans)} years ({listed(span.label for span in spans)})" if spans else "0 years"
    without = "".join(f"; left out: {year}, {why}" for year, why in left_out.items())
    msg = (
        f"no trend of {of}: {years}, less 2 for level and change{stepped}, leave {left} degrees "
        f"of freedom; it takes at least {_LEAST_LEFT}{without}"
    )
    raise InvalidInputError(msg)


def _told(steps: Sequence[_Step], fit: Fit) -> pd.DataFrame:
    """Return the steps as a frame."""
    cells = [
        {
            "break_id": ";".join(change.break_id for change in step.breaks),
            "date": pd.Timestamp(str(step.breaks[0].day)),
            "description": "; ".join(change.description for change in step.breaks),
            **moved._asdict(),
        }
        for step, moved in zip(steps, fit.steps, strict=True)
    ]
    frame = pd.DataFrame(cells, columns=list(_STEPS), dtype=object)
    return frame.astype({name: DTYPES[kind] for name, kind in _STEPS.items()})


def _fitted(
    kept: pd.DataFrame, steps: Sequence[_Step], fit: Fit, *, by_residents: bool
) -> pd.DataFrame:
    """Return counts and what is expected of them, year by year."""
    frame = kept[_KEPT].reset_index(drop=True)
    if not by_residents:
        frame["population"] = np.nan
    taken = np.array([step.after for step in steps]).reshape(-1, len(frame)).sum(axis=0)
    frame = frame.assign(fitted=fit.expected, n_steps=taken.astype("int64"))
    frame.attrs["ukcso"] = {**kept.attrs["ukcso"], "table": "trend"}
    return frame
