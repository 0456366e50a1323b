"""Counts and rates of areas and periods, tidy: what tables of areas and of years are views of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from numbers import Number
from operator import attrgetter
from typing import Any

import pandas as pd

from ukcso._rules import require_choice, require_known, several
from ukcso.areas import Area, all_areas, find_area
from ukcso.datasets import tells_origin
from ukcso.errors import Listing, listed, refusal
from ukcso.evidence._breaks import caveats
from ukcso.evidence._columns import AREA, ORIGIN, PERIOD, RATE, shaped
from ukcso.evidence._official import MONTHS, Frequency, official_counts
from ukcso.evidence._official_tables import (
    caveats_of_counts,
    require_counted,
    require_kind_counted,
)
from ukcso.evidence._people import mid_year, with_rates
from ukcso.evidence._reasons import warn_about
from ukcso.evidence._releases import printed_counts, spans_of, with_missing
from ukcso.measures import all_measures, as_name, is_official
from ukcso.periods import Period, as_period

_RATE = {name: kind for name, kind in RATE.items() if kind == "number"}
_COLUMNS = (
    {"measure_or_code": "text"}
    | AREA
    | PERIOD
    | {"count": "number"}
    | _RATE
    | ORIGIN
    | {"complete": "flag", "why_not": "text"}
)


@tells_origin
def panel(  # noqa: PLR0913 - what is counted, where, when, per whom
    measure_or_code: str | int | Iterable[str | int],
    areas: str | Iterable[str] | None = None,
    periods: Period | str | Iterable[Period | str] | None = None,
    *,
    kind: str = "police_force_area",
    frequency: Frequency = "year",
    ages: str = "0-17",
    per: float = 100_000,
    level: float = 0.95,
    release: str | None = None,
) -> pd.DataFrame:
    """
    Counts and rates of areas and periods, one row for each: a tidy frame for models and joins.

    Parameters
    ----------
    measure_or_code
        Offence codes for official counts (86 or "86"; Scotland and Northern Ireland have
        codes of their own, see `official_series`), measures of `figures` for printed
        ones; one, or several.
    areas
        Whatever `find_area` finds, one or several: names, area ids, GSS codes. None is
        all areas of `kind`.
    periods
        Periods as people write them, one or several, each as long as `frequency` says.
        None is all that there are.
    kind
        Kind of area, as in `areas`; it also says which is meant by a name that two kinds
        share, without a warning: "West Midlands" is the force unless `kind` is "region".
    frequency
        "year" or "quarter"; for printed figures "month" too. A year is any twelve months.
    ages
        Age band of the population: "0-17", "0-15" or "all".
    per
        Size of the reference population, > 0.
    level
        Confidence level of the rates, a fraction in (0, 1).
    release
        For printed figures, the release to take; None takes every one, each in rows of
        its own. Sum or compare within a release only.

    Returns
    -------
    DataFrame, by measure or code and by area as asked for (all areas: by name), then by period
        measure_or_code, area_id, gss_code, name, period (its label), period_start,
        period_end, count, population, rate, lower, upper (per `per` residents; the
        interval is Poisson's), release_id and source_ids (printed figures: who printed
        the count, `;` between, the one that stands first), population_basis,
        population_edition, complete (every quarter of every force is in the count; of a
        printed count, every force of the area is known to have answered), why_not (the
        word of `evidence.WHY_NOT_RATE` that says why there is no count, or no rate).

        Official counts have a row for every area and period. Printed ones have a row for
        every exact count, and one without a release for each area and period asked for
        that has none; where no periods are asked for, for each area that has none at all.
        All rates are on one census basis.

        ``attrs["ukcso"]`` holds ages, per, level, population_basis, incomplete (periods
        that lack quarters in some area) and caveats that hold throughout.

    Raises
    ------
    InvalidInputError
        An unknown measure, code, kind, frequency, age band or release; a period of
        another length, or than the code's table has; an area, or all of a kind, that the
        code's table does not hold (the message says where its counts are, and which codes
        come nearest).
    UnknownAreaError
        One of `areas` names no area.

    Warns
    -----
    UkcsoWarning
        The City of London is among the areas: it has few residents, so its rate says
        nothing. Or a period asked for lacks quarters.

    Examples
    --------
    >>> table = panel(["86", "88A"], ["Kent", "E23000003"], ["2021/22", "2022/23"])
    >>> table[["measure_or_code", "name", "period", "count"]].head(2).values.tolist()
    [['86', 'Kent', '2021/22', 1612.0], ['86', 'Kent', '2022/23', 1738.0]]
    """
    everywhere = areas_of(kind)
    require_choice("frequency", frequency, MONTHS)
    names = list(dict.fromkeys(map(as_name, _some("measure_or_code", measure_or_code, Number))))
    if areas is None:
        area_ids = [area.area_id for area in everywhere]
    else:
        named = (find_area(name, kind=kind) for name in _some("areas", areas))
        area_ids = list(dict.fromkeys(area.area_id for area in named))
    for name in names:
        if is_official(name, release):
            if areas is None:
                require_kind_counted(name, kind)
            else:
                require_counted(name, area_ids)
    spans = None if periods is None else _spans(periods, frequency)
    counts = pd.concat(
        [_counts(name, area_ids, frequency, spans, release) for name in names], ignore_index=True
    )
    table, about, notes = rated(counts, ages=ages, per=per, level=level)
    incomplete = table.loc[table["why_not"] == "incomplete", "period"].unique().tolist()
    if spans and incomplete:
        notes.append(f"{listed(incomplete)} lacks quarters: it has no count")
    warn_about(names, table["name"], table["period"], notes)
    table = shaped(table, _COLUMNS)
    table.attrs["ukcso"] = {
        **about,
        "incomplete": incomplete,
        "caveats": sorted({text for name in names for text in caveats_of(name)}),
    }
    return table


def _some(argument: str, given: object, *single: type) -> list[Any]:
    """Return one or several as a list that is not empty."""
    if values := several(argument, given, *single):
        return values
    raise refusal(given, argument, "a name, or several")


def rated(counts: pd.DataFrame, **of_rates: Any) -> tuple[pd.DataFrame, dict[str, Any], list[str]]:
    """
    Name areas and periods of counts, and add residents and rates; see `with_rates`.

    Returns
    -------
    DataFrame, dict, list of str
        The rows as they came; what attrs say of the rates; what to warn of.
    """
    ends = list(zip(counts["period_start"], counts["period_end"], strict=True))
    spans = {days: Period(*days) for days in set(ends) if days[0] is not pd.NaT}
    labels = {days: span.label for days, span in spans.items()}
    years = {days: mid_year(span) for days, span in spans.items() if span.months == MONTHS["year"]}
    areas = [all_areas()[area_id] for area_id in counts["area_id"]]
    named = counts.assign(
        gss_code=pd.Series([area.gss_code for area in areas], dtype=object),
        name=[area.name for area in areas],
        period=pd.Series(map(labels.get, ends), dtype=object),
        mid_year=pd.array([years.get(days) for days in ends], dtype="Int64"),
    )
    return with_rates(named, **of_rates)


def caveats_of(name: str) -> list[str]:
    """Return what holds of a measure or a code throughout, in any area."""
    if name in all_measures():
        return caveats(name, None)
    return [*caveats(None, name), *caveats_of_counts(name)]


def _counts(
    name: str,
    area_ids: Sequence[str],
    frequency: Frequency,
    spans: Sequence[Period] | None,
    release: str | None,
) -> pd.DataFrame:
    """Return the counts of one measure or code, by area as asked for, then by period."""
    if is_official(name, release):
        require_choice("frequency", frequency, ("year", "quarter"))
        return official_counts(name, area_ids, frequency, spans)
    printed = printed_counts(name, area_ids, release)
    months = pd.Series([span.months for span in spans_of(printed)], printed.index, dtype=float)
    printed = printed[months == MONTHS[frequency]]
    return with_missing(printed, name, area_ids, spans, release)


def areas_of(kind: str) -> list[Area]:
    """
    Return all areas of a kind, by name.

    Raises
    ------
    InvalidInputError
        No such kind.
    """
    require_known("kind", kind, {area.kind for area in all_areas().values()}, Listing("areas"))
    own = (area for area in all_areas().values() if area.kind == kind)
    return sorted(own, key=attrgetter("name"))


def _spans(periods: Period | str | Iterable[Period | str], frequency: Frequency) -> list[Period]:
    """Return the periods asked for, each once, in order."""
    given = _some("periods", periods, Period)
    spans = sorted({as_period(period, "periods") for period in given})
    for span in spans:
        if span.months != MONTHS[frequency]:
            raise refusal(str(span), "periods", f"each one {frequency}, as frequency says")
    return spans
