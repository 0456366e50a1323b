"""What answers add up to: totals as ranges, the same forces throughout, growth, and per day."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from ukcso.areas import all_areas, force_areas
from ukcso.datasets import load_figures, load_releases, rows, typed
from ukcso.measures import counts_something, title_of
from ukcso.periods import Period
from ukcso.printed import count_phrase
from ukcso.readers.foi.layout._totals import Range, added, range_of

_BY_PERIOD = {
    "period": "text",
    "period_start": "day",
    "period_end": "day",
    "answered": "whole",
    "total_lower": "number",
    "total_upper": "number",
    "throughout": "whole",
    "same_lower": "number",
    "same_upper": "number",
    "growth_lower": "number",
    "growth_upper": "number",
    "per_day_lower": "number",
    "per_day_upper": "number",
}
_WAVES = [
    "release_id",
    "publisher",
    "published",
    "area_id",
    "period_start",
    "period_end",
    "value",
    "hedge",
    "forces_responding",
    "forces_asked",
]


@dataclass(frozen=True, repr=False)
class AnswersSummary:
    """
    What answers add up to.

    Attributes
    ----------
    asked, answered
        How many areas were asked, and how many gave a number at all.
    throughout
        Areas that gave a number for every year there is.
    by_period
        One row a period: period, period_start, period_end, answered (areas with a number),
        total_lower and total_upper (a range where cells have a hedge; whole counts, the upper
        end infinite where one is open), throughout (how many gave every year), same_lower and
        same_upper (their total), growth_lower and growth_upper (of that, since the period just
        before, as a fraction), per_day_lower and per_day_upper (of that). Empty for periods
        that are no year like the others.
    waves
        Shipped figures of the same measure for the whole area of their release: release_id,
        publisher, published, area_id, period_start, period_end, value, hedge,
        forces_responding, forces_asked.
    """

    measure: str
    asked: int
    answered: int
    throughout: tuple[str, ...]
    by_period: pd.DataFrame
    waves: pd.DataFrame

    def __repr__(self) -> str:
        return f"<AnswersSummary of {self.measure}: {self.answered} of {self.asked} answered>"

    def __str__(self) -> str:
        return "\n".join(_lines(self))


def summarise(
    figures: pd.DataFrame, unanswered: pd.DataFrame, measure: str, release_id: str
) -> AnswersSummary:
    """Add answers up."""
    given = set(figures["area_id"])
    refused = unanswered.loc[unanswered["kind"] != "local_authority", "area_id"].dropna()
    asked = given | set(refused)
    cells = _cells(figures, _disjoint(given))
    periods = sorted(cells)
    years = _alike(periods)
    throughout = sorted(set.intersection(*(set(cells[year]) for year in years))) if years else []
    found: list[dict[str, object]] = []
    before: tuple[Period, Range] | None = None
    can_add = counts_something(measure)
    for period in periods:
        row: dict[str, object] = {
            "period": period.label,
            "period_start": period.start,
            "period_end": period.end,
            "answered": len(cells[period]),
        }
        if can_add:
            row |= _ends("total", added(cells[period].values()))
        if can_add and period in years and throughout:
            same = added(cells[period][area_id] for area_id in throughout)
            row |= {"throughout": len(throughout)} | _ends("same", same)
            row |= _ends("per_day", (same[0] / period.days, same[1] / period.days))
            if before and before[0] == _just_before(period, before[0]):
                row |= _ends("growth", _growth(before[1], same))
            before = period, same
        found.append(row)
    return AnswersSummary(
        measure,
        len(asked),
        len(given),
        tuple(throughout),
        typed(found, _BY_PERIOD),
        _waves(measure, release_id),
    )


def by_area(figures: pd.DataFrame, unanswered: pd.DataFrame) -> pd.DataFrame:
    """Return a row an area and a column a period, each cell in words."""
    periods: dict[Period, None] = {}
    cells: dict[str, dict[str, str]] = {}
    said = unanswered.dropna(subset=["area_id", "period_start"])
    words = [count_phrase(row.value, row.hedge) for row in rows(figures)]
    words += [str(kind).replace("_", " ") for kind in said["kind"]]
    columns = ["area_id", "period_start", "period_end"]
    both = pd.concat([figures[columns], said[columns]])
    for row, text in zip(rows(both), words, strict=True):
        period = Period(row.period_start.date(), row.period_end.date())
        periods[period] = None
        cells.setdefault(all_areas()[row.area_id].name, {})[period.label] = text
    labels = [period.label for period in sorted(periods)]
    found: list[dict[str, object]] = [
        {"area": name} | {label: cells[name].get(label) for label in labels}
        for name in sorted(cells)
    ]
    return typed(found, dict.fromkeys(("area", *labels), "text"))


def _cells(figures: pd.DataFrame, area_ids: set[str]) -> dict[Period, dict[str, Range]]:
    cells: dict[Period, dict[str, Range]] = {}
    for row in rows(figures):
        if row.area_id in area_ids:
            period = Period(row.period_start.date(), row.period_end.date())
            cells.setdefault(period, {})[row.area_id] = range_of(row.value, row.hedge)
    return cells


def _disjoint(area_ids: Iterable[str]) -> set[str]:
    """Return areas without those that another one of them is a part of."""
    known = set(area_ids)
    return {
        area_id
        for area_id in known
        if not any(
            other != area_id and force_areas(other) <= force_areas(area_id) for other in known
        )
    }


def _alike(periods: Sequence[Period]) -> list[Period]:
    """Return the periods of the commonest length that do not overlap."""
    lengths = Counter(period.months for period in periods)
    if not lengths:
        return []
    months = max(lengths, key=lambda it: (lengths[it], it or 0))
    alike = [period for period in periods if period.months == months]
    starts = Counter((period.start.month, period.start.day) for period in alike)
    if months == 12:  # noqa: PLR2004 - calendar and financial years overlap
        first = starts.most_common(1)[0][0]
        alike = [period for period in alike if (period.start.month, period.start.day) == first]
    return alike


def _just_before(period: Period, other: Period) -> Period | None:
    return other if (period.start - other.end).days == 1 else None


def _growth(old: Range, new: Range) -> Range:
    """Return the least and the greatest growth that two ranges allow."""
    lower = new[0] / old[1] - 1 if old[1] else math.nan
    upper = new[1] / old[0] - 1 if old[0] else math.inf if old[1] else math.nan
    return (-1.0 if math.isinf(old[1]) else lower), upper


def _ends(name: str, ends: Range) -> dict[str, object]:
    return {f"{name}_lower": ends[0], f"{name}_upper": ends[1]}


def _waves(measure: str, release_id: str) -> pd.DataFrame:
    figures = load_figures()
    figures = figures[(figures["measure"] == measure) & (figures["breakdown"] == "all")]
    figures = figures[figures["release_id"] != release_id]
    releases = load_releases().drop(columns=["period_start", "period_end", "measure", "note"])
    both = figures.merge(releases, on="release_id")
    several = both["forces_responding"].fillna(2) > 1  # not printed where all answered
    both = both[(both["area_id"] == both["scope_area_id"]) & several]
    order = ["published", "release_id", "period_start", "period_end"]
    return both.sort_values(order)[_WAVES].drop_duplicates().reset_index(drop=True)


def _lines(summary: AnswersSummary) -> Iterator[str]:
    title = title_of(summary.measure)
    yield f"{title}: {summary.answered} of {summary.asked} areas gave a number"
    frame = summary.by_period
    for row in rows(frame):
        total = (
            ""
            if pd.isna(row.total_lower)
            else f", total {span((row.total_lower, row.total_upper))}"
        )
        yield f"{row.period}: {row.answered} areas{total}"
    same = [row for row in rows(frame) if not pd.isna(row.same_lower)]
    if same and len(same) > 1:
        yield f"the same {len(summary.throughout)} areas, which gave every year:"
    for row in same if len(same) > 1 else []:
        per_day = span((row.per_day_lower, row.per_day_upper), digits=1)
        growth = ""
        if not pd.isna(row.growth_lower):
            ends = (100 * row.growth_lower, 100 * row.growth_upper)
            growth = f", growth in per cent {span(ends, digits=1)}"
        yield f"{row.period}: {span((row.same_lower, row.same_upper))}{growth}, {per_day} per day"
    waves = summary.waves
    if len(waves):
        yield f"{len(waves)} shipped figures of the same measure, the newest:"
    for row in rows(waves.tail(5)):
        period = Period(row.period_start.date(), row.period_end.date())
        known = "" if pd.isna(row.forces_responding) else f", {row.forces_responding} forces"
        number = count_phrase(row.value, row.hedge)
        yield f"{period}, {all_areas()[row.area_id]}: {number} ({row.release_id}{known})"


def span(ends: Range, digits: int = 0) -> str:
    """
    Return a range as text.

    Examples
    --------
    >>> span((1234, 1240)), span((5, 5)), span((300, math.inf))
    ('1,234 to 1,240', '5', '300 or more')
    """
    lower, upper = (f"{end:,.{digits}f}" for end in ends)
    if math.isinf(ends[1]):
        return f"{lower} or more"
    return lower if lower == upper else f"{lower} to {upper}"
