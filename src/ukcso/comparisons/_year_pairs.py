"""Pairs of comparable years: the counts of many areas in both, and how far they scatter."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from ukcso._rules import require_choice
from ukcso.areas import all_areas
from ukcso.errors import InvalidInputError, listed, quoted, refusal
from ukcso.evidence import FEW_RESIDENTS, parting, publication
from ukcso.measures import as_name
from ukcso.periods import Period, as_period

Numbers: TypeAlias = npt.NDArray[np.float64]

_YEAR = 12
#: With one area alone nothing is left to scatter.
_FEWEST_AREAS = 2
_ROW = ["release", "year", "area"]


class LeftOut(NamedTuple):
    """Two years that are no pair, or are none for some areas, and why."""

    earlier: str
    later: str
    #: How many areas with both counts this concerns.
    areas: int
    #: break_in_series, few_areas or no_offences.
    why_not: str
    #: What parts them, where something does.
    breaks: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class YearPair:
    """Counts before and after of the areas that have both, and of their residents."""

    earlier: Period
    later: Period
    areas: tuple[str, ...]
    before: Numbers
    after: Numbers
    #: Residents after, as a share of those before; 1 throughout where some are not known.
    residents: Numbers
    has_residents: bool

    @cached_property
    def shares(self) -> Numbers:
        """
        The share of each area's offences expected in the later year, were growth one for all.

        The common growth is the one with which expected and recorded offences of the later
        year add up to the same: the fit of a Poisson model with area, year and residents.
        """
        from scipy.optimize import brentq  # noqa: PLC0415 - takes long to load

        both, later = self.before + self.after, self.after.sum()

        def excess(log_growth: float) -> float:
            return float((both * _share(log_growth + np.log(self.residents))).sum() - later)

        # The crude growth lies between those that the least and the most growth of residents leave.
        crude, more = np.log(later / self.before.sum()), np.log(self.residents)
        growth = brentq(excess, crude - more.max() - 1e-6, crude - more.min() + 1e-6, xtol=1e-14)
        return _share(growth + more)

    @cached_property
    def sizes(self) -> Numbers:
        """The variance that chance alone gives the later count, given both together."""
        chance: Numbers = (self.before + self.after) * self.shares * (1 - self.shares)
        return chance

    @cached_property
    def squares(self) -> Numbers:
        """The squared Pearson residual of each area."""
        expected = (self.before + self.after) * self.shares
        squares: Numbers = (self.after - expected) ** 2 / self.sizes
        return squares


def _share(log_odds: Numbers) -> Numbers:
    shares: Numbers = 1 / (1 + np.exp(-log_odds))
    return shares


def year_pairs(frame: pd.DataFrame, apart: int) -> tuple[list[YearPair], list[LeftOut]]:
    """
    Return every pair of comparable years so far apart, in order, and what is none.

    Each pair is of one release; where several print both years, of the one that does for
    most areas, the latest among equals.
    """
    counts, measure = _counts(frame)
    pairs, left_out = [], []
    for year in sorted(set(counts["year"])):
        later = year.next(apart)
        both = _both(counts, year, later)
        if both.empty:
            continue
        ends = (str(year), str(later))
        breaks = {area: parting(measure, area, year, later) for area in both["area"]}
        parted = np.array([bool(own) for own in breaks.values()])
        if parted.any():
            own = sorted({str(it) for area in both["area"][parted] for it in breaks[area]})
            left_out.append(LeftOut(*ends, int(parted.sum()), "break_in_series", tuple(own)))
        # Nothing was recorded, so nothing can scatter.
        both = both[~parted & (both["count"] + both["count_later"] > 0)]
        if not both["count"].sum() or not both["count_later"].sum():
            if not parted.all():
                left_out.append(LeftOut(*ends, len(both), "no_offences"))
        elif len(both) < _FEWEST_AREAS:
            left_out.append(LeftOut(*ends, len(both), "few_areas"))
        else:
            pairs.append(_pair(year, later, both))
    return pairs, left_out


def _both(counts: pd.DataFrame, year: Period, later: Period) -> pd.DataFrame:
    """Return the areas that one release counts in both years, by area."""
    of_year, of_later = (counts[counts["year"] == it] for it in (year, later))
    both = of_year.merge(of_later, on=["release", "area"], suffixes=("", "_later"))
    areas = both["release"].value_counts()
    if len(areas) > 1:
        taken = max(areas.index, key=lambda name: (areas[name], *publication(name)[1:]))
        both = both[both["release"] == taken]
    return both.sort_values("area", ignore_index=True)


def _pair(earlier: Period, later: Period, both: pd.DataFrame) -> YearPair:
    residents = (both["population_later"] / both["population"]).to_numpy(dtype=float)
    has_residents = bool((np.isfinite(residents) & (residents > 0)).all())
    return YearPair(
        earlier,
        later,
        tuple(both["area"]),
        both["count"].to_numpy(dtype=float),
        both["count_later"].to_numpy(dtype=float),
        residents if has_residents else np.ones(len(both)),
        has_residents,
    )


def _counts(frame: pd.DataFrame) -> tuple[pd.DataFrame, str | None]:
    """Return release, year, area, count and population of each count, and the measure."""
    if not isinstance(frame, pd.DataFrame):
        raise refusal(frame, "panel", "a DataFrame, as `panel` returns it")
    area = "area_id" if "area_id" in frame else "name"
    ends = ["period_start", "period_end"]
    period = ends if set(ends) <= set(frame) else ["period"]
    if lacking := [name for name in (area, *period, "count") if name not in frame]:
        needed = "area_id or name, period (or period_start and period_end) and count"
        msg = f"panel must have the columns {needed}; missing: {listed(lacking)}"
        raise InvalidInputError(msg)
    frame = frame.reset_index(drop=True)
    known = frame["count"].notna().to_numpy(dtype=bool)
    frame = frame[known]
    spans = list(map(_year, *(frame[name] for name in period)))
    table = pd.DataFrame(
        {
            "release": _of(frame, "release_id", "").fillna("").astype(str),
            "year": pd.Series(spans, frame.index, dtype=object),
            "area": frame[area].astype(object),
            "count": _numbers(frame, "count"),
            "population": _numbers(frame, "population"),
        }
    )
    if area == "name":
        ids = {place.name: place.area_id for place in all_areas().values()}
        table["area"] = table["area"].map(lambda name: ids.get(name, name))
    twice = table[table.duplicated(_ROW)]
    if len(twice):
        row = twice.iloc[0]
        msg = f"panel must have one count per area and year; {row['area']} has several in "
        raise InvalidInputError(msg + str(row["year"]))
    return table[table["area"] != FEW_RESIDENTS], _measure(frame)


def _of(frame: pd.DataFrame, column: str, default: object) -> Any:
    return frame[column] if column in frame else pd.Series(default, frame.index, dtype=object)


def _numbers(frame: pd.DataFrame, column: str) -> pd.Series[float]:
    """Return a column as numbers, missing where there is none; a negative one is refused."""
    given = _of(frame, column, np.nan)
    try:
        values: pd.Series[float] = given.astype(float)
    except (TypeError, ValueError):
        msg = f"panel must have numbers in {column}; got {quoted(given.iloc[0])}"
        raise InvalidInputError(msg) from None
    if len(bad := values[(values < 0) | np.isinf(values)]):
        msg = f"{column} of panel must be >= 0; got {bad.iloc[0]:,.10g} in row {bad.index[0]}"
        raise InvalidInputError(msg)
    return values


def _year(*given: Any) -> Period:
    """Return the year of a row, written as a period, as a whole number, or by its two ends."""
    if len(given) > 1:
        span = Period(*given)
    else:
        value = given[0]
        is_number = isinstance(value, (int, float, np.number)) and float(value).is_integer()
        span = as_period(str(int(value)) if is_number else value, "period")
    if span.months != _YEAR:
        raise refusal(str(span), "period", "one year in each row of panel")
    return span


def _measure(frame: pd.DataFrame) -> str | None:
    """Return what a frame counts, where it says so."""
    names = _of(frame, "measure_or_code", None).dropna().unique().tolist()
    if len(names) > 1:
        require_choice("measure_or_code of panel", str(names[1]), [str(names[0])])
    return as_name(names[0]) if names else None
