"""The average yearly change of counts in one area, with a step at each break."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from ukcso._rules import several
from ukcso.areas import find_area
from ukcso.comparisons._dispersion import YearToYear, year_to_year_dispersion
from ukcso.comparisons._trend_fit import Fit, fitted
from ukcso.comparisons._trend_result import IN_ITS_MIDST, Trend
from ukcso.datasets import DTYPES
from ukcso.errors import InvalidInputError, listed
from ukcso.evidence import (
    FEW_RESIDENTS,
    Break,
    panel,
    parting,
    spans_of,
    trend_table,
    warn_about,
)
from ukcso.measures import official_table, title_of, unit_of
from ukcso.periods import Period, as_period

#: Fewer residual degrees of freedom tell nothing of how far counts lie from the fit.
_LEAST_LEFT = 3
#: How rarely a steady change would leave counts so far from the fit that a trend is uneven.
_RARELY = 0.01
_YEAR = 12
_STEPS = {
    "break_id": "text",
    "date": "day",
    "description": "text",
    **dict.fromkeys(("change", "lower", "upper"), "number"),
}
_UNEVEN = "Read it as if the change had been the same every year, which counts do not bear out"
#: As many years are named in a note; more are counted.
_FEW = 3
_KEPT = ["period", "period_start", "period_end", "count", "population"]


class _Step(NamedTuple):
    """The breaks that part the same years, and which years are after them."""

    breaks: tuple[Break, ...]
    after: tuple[bool, ...]


def trend(  # noqa: PLR0913 - what is counted, where, when, of whom
    measure_or_code: str | int,
    area: str,
    *,
    periods: Period | str | Iterable[Period | str] | None = None,
    breaks: bool = True,
    ages: str | None = "0-17",
    level: float = 0.95,
    release: str | None = None,
) -> Trend:
    """
    Average yearly change of counts in one area, with one step for each break inside.

    The logarithm of counts is taken as a straight line over years, as if the change had
    been the same every year, with a step where recording or law changed. Offences
    recorded are not offences committed.

    Parameters
    ----------
    measure_or_code
        An offence code for official counts of any area that its table holds, groups and
        nations too; or a measure of `figures`, where one release prints exact counts of
        enough years.
    area
        Any text that `find_area` takes.
    periods
        The years to fit, one or several, or spans of them ("2015/16 to 2022/23"); None is
        all that `trend_table` has.
    breaks
        Whether each change of recording, definition or law is a step, and a year with one
        in its midst left out. Without, what they moved is taken for change.
    ages
        Age band of the residents, as in `panel`; None fits counts alone. Counts alone are
        fitted too where some year lacks an estimate, and for the City of London, which has
        few residents; `notes` says so.
    level
        Confidence level of the intervals, a fraction in (0, 1).
    release
        For printed figures, the release to take; None is the one with most years, the
        first of `trend_table` among equals. Nothing is chained across releases.

    Returns
    -------
    `Trend`
        annual_change, lower, upper (fractions), steps, dispersion, n_periods, fitted,
        left_out; `str` gives two sentences fit to print.

    Raises
    ------
    InvalidInputError
        Fewer than 3 residual degrees of freedom, or counts that are 0 on one side of a
        step; a period without a count; what `trend_table` refuses.
    UnknownAreaError
        `area` names no area.
    MissingDependencyError
        statsmodels, of the extra ``models``, is not installed.

    Warns
    -----
    UkcsoWarning
        Counts lie much further from a steady change than from one year to the next: the
        change was not the same every year. It is told where the ratio of the two
        dispersions exceeds what an F distribution does in 1 of 100.

    Notes
    -----
    A quasi-Poisson model [1]_: log E(count) = level + slope x year + steps, plus the log of
    residents. The variance is dispersion x mean; the dispersion is Pearson's statistic over
    its degrees of freedom, taken as 1 where it is below. Limits are exp(b +- t se) - 1, with
    quantiles of t. Years are taken as independent of one another; where a high year is
    followed by a high one, the interval is too narrow. Changes of census bases are no steps,
    for residents are on one basis throughout, nor does a break without a day part years.
    Breaks that no year parts are one step. No break is searched for.

    What a step tells is what moved at once there, from whatever cause. A break also may
    work for years, which no step tells from a change.

    References
    ----------
    .. [1] P. McCullagh and J. A. Nelder, Generalized Linear Models, 2nd ed., Chapman and
       Hall 1989, section 6.2.

    Examples
    --------
    >>> change = trend("86", "Lancashire", periods="2015/16 to 2022/23")
    >>> [round(100 * it, 1) for it in (change.annual_change, change.lower, change.upper)]
    [12.8, 6.4, 19.5]
    >>> change.n_periods, change.left_out
    (8, {})
    """
    area_id = find_area(area).area_id
    with warnings.catch_warnings(action="ignore"):  # no growth is told, nor a rate
        table = _table(measure_or_code, area_id, ages or "0-17", level, release)
    found = trend_of(_within(table, periods), breaks=breaks, of_counts=ages is None)
    if found.is_uneven:
        said = [note.rstrip(".") for note in found.notes if note.startswith(_UNEVEN)]
        warn_about([found.measure_or_code], [found.area], found.periods, said)
    return found


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
    _require_enough(f"{name} in {place}", spans, steps)
    why_counts = _why_counts(kept, area_id, of_counts=of_counts)
    fit = fitted(
        kept["count"].to_numpy(float),
        np.array([span.start.year + (span.start.month - 1) / _YEAR for span in spans]),
        np.array([step.after for step in steps], dtype=float).reshape(-1, len(spans)).T,
        None if why_counts else kept["population"].to_numpy(float),
        origin["level"],
    )
    left_out |= dict.fromkeys(origin.get("incomplete", ()), "quarters of it are missing")
    usual = _usual(table)
    uneven = _unevenness(fit, usual)
    of = "" if why_counts else f" per {_resident(origin['ages'])}"
    return Trend(
        measure_or_code=name,
        title=title_of(name),
        area_id=area_id,
        area=place,
        counted=_counted(name) + of,
        periods=tuple(span.label for span in spans),
        annual_change=fit.annual.change,
        lower=fit.annual.lower,
        upper=fit.annual.upper,
        level=origin["level"],
        steps=_told(steps, fit),
        dispersion=fit.dispersion,
        degrees_of_freedom=fit.degrees_of_freedom,
        fitted=_fitted(kept, steps, fit, by_residents=not why_counts),
        left_out=dict(sorted(left_out.items())),
        per_resident=not why_counts,
        breaks=breaks,
        usual_dispersion=None if usual is None else usual.dispersion,
        is_uneven=bool(uneven),
        notes=tuple(filter(None, (why_counts, uneven, *_notes(kept, left_out, origin)))),
    )


def _table(
    measure_or_code: str | int, area_id: str, ages: str, level: float, release: str | None
) -> pd.DataFrame:
    """Return the years of an area; of printed figures, those of the release that has most."""

    def of(release: str | None) -> pd.DataFrame:
        return trend_table(
            measure_or_code, area_id, ages=ages, level=level, release=release, across="allow"
        )

    table = of(release)
    others = [] if release else table.attrs["ukcso"]["releases_left_out"]
    fullest = max(others, key=lambda other: int(other["n_exact"]), default=None)
    return of(fullest["release_id"]) if fullest and fullest["n_exact"] > len(table) else table


def _within(table: pd.DataFrame, periods: Any) -> pd.DataFrame:
    """Return the rows of the periods asked for, each of which has some."""
    origin = table.attrs["ukcso"]
    if table.empty:
        msg = f"no trend: no exact count of {origin['of']} in {find_area(origin['area_id']).name}"
        raise InvalidInputError(msg)
    if periods is None:
        return table
    spans = spans_of(table)
    asked = [as_period(it, "periods") for it in several("periods", periods, Period)]
    for period in asked:
        if not any(period.contains(span) for span in spans):
            msg = f"periods must have counts; {period} has none of {origin['of']}, "
            msg += f"which has {listed(spans)}"
            raise InvalidInputError(msg)
    inside = [any(period.contains(span) for period in asked) for span in spans]
    part = table[inside]
    part.attrs["ukcso"] = {
        **origin,
        "incomplete": [
            label
            for label in origin.get("incomplete", ())
            if any(period.contains(Period.parse(label)) for period in asked)
        ],
    }
    return part


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


def _require_enough(of: str, spans: Sequence[Period], steps: Sequence[_Step]) -> None:
    """Refuse a trend of too few years."""
    left = len(spans) - 2 - len(steps)
    if left >= _LEAST_LEFT:
        return
    ids = listed(change.break_id for step in steps for change in step.breaks)
    stepped = f" and {len(steps)} for steps ({ids})" if steps else ""
    msg = (
        f"no trend of {of}: {len(spans)} years, less 2 for level and change{stepped}, leave "
        f"{left} degrees of freedom; it takes at least {_LEAST_LEFT}"
    )
    raise InvalidInputError(msg)


def _why_counts(kept: pd.DataFrame, area_id: str, *, of_counts: bool) -> str:
    """Say why residents have no part in it; empty where they have."""
    if of_counts:
        return "Of counts alone, without regard to how many people live there."
    if area_id == FEW_RESIDENTS:
        return "Of counts alone: few people live in the City of London."
    lacking = kept.loc[kept["population"].isna(), "period"]
    if lacking.empty:
        return ""
    which = listed(lacking) if len(lacking) <= _FEW else f"{len(lacking)} of the years"
    which = "any of the years" if len(lacking) == len(kept) else which
    return f"Of counts alone: no estimate of residents of these ages is shipped for {which}."


def _usual(table: pd.DataFrame) -> YearToYear | None:
    """Return the dispersion of police force areas from one year to the next, if it is known."""
    name = table.attrs["ukcso"]["of"]
    release = next(iter(table["release_id"].dropna()), None)
    if release is None and official_table(name) != "recorded_crime":
        return None
    with warnings.catch_warnings(action="ignore"):  # no rate is told
        usual = year_to_year_dispersion(panel(name, release=release))
    return usual if usual.degrees_of_freedom else None


def _unevenness(fit: Fit, usual: YearToYear | None) -> str:
    """Say that counts lie much further from a steady change than usual; empty where not."""
    if usual is None:
        return ""
    from scipy.special import fdtrc  # noqa: PLC0415 - takes long to load

    ratio = fit.dispersion / max(1.0, usual.dispersion)
    if fdtrc(fit.degrees_of_freedom, usual.degrees_of_freedom, ratio) >= _RARELY:
        return ""
    return (
        f"{_UNEVEN}: the dispersion around the trend is {fit.dispersion:,.1f}, and "
        f"{usual.dispersion:,.1f} from one year to the next."
    )


def _notes(kept: pd.DataFrame, left_out: Mapping[str, str], origin: Mapping[str, Any]) -> list[str]:
    """Say which years are left out and why, what prints the counts, and what holds throughout."""
    release = next(iter(kept["release_id"].dropna()), None)
    notes = [f"Left out: {period}, {why}." for period, why in sorted(left_out.items())]
    notes += [f"Printed in release {release}."] if release else []
    return notes + [f"{text.rstrip('.')}." for text in origin.get("caveats", ())]


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


def _counted(name: str) -> str:
    """Return what one count is; offences are recorded, not committed."""
    unit = unit_of(name).replace("_", " ")
    return f"{unit} recorded" if unit == "offences" else unit


def _resident(ages: str) -> str:
    """Return one of those whom it is per."""
    first, _, last = ages.partition("-")
    return f"resident aged {first} to {last}" if last else "resident"
