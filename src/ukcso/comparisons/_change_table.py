"""The change of every area between two years, and whether it is more than usual."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import pandas as pd

from ukcso._rules import require_choice
from ukcso.comparisons._change_rows import (
    areas_asked,
    both_years,
    compare,
    judge,
    notes_on,
    require_no_overlap,
    warnings_of,
    years_between,
)
from ukcso.comparisons._dispersion import dispersion_of
from ukcso.comparisons._year_pairs import year_pairs
from ukcso.datasets import tells_origin
from ukcso.evidence import (
    AREA,
    ORIGIN,
    areas_of,
    mid_year,
    parting,
    rated_years,
    shaped,
    warn_about,
)
from ukcso.measures import as_name
from ukcso.periods import Period, as_period
from ukcso.stats import require_level

_COLUMNS = (
    AREA
    | {"period": "text"}
    | dict.fromkeys(("before", "after", "population_before", "population_after"), "number")
    | dict.fromkeys(("growth", "lower", "upper", "growth_rate", "growth_rest"), "number")
    | dict.fromkeys(("difference", "p_value", "p_adjusted"), "number")
    | {"unusual": "text", "smallest_change": "number", "dispersion": "number", "why_not": "text"}
    | ORIGIN
)


@tells_origin
def change_table(  # noqa: PLR0913 - what is counted, where, between which years, how it is judged
    measure_or_code: str | int,
    period: Period | str,
    *,
    areas: str | Iterable[str] | None = None,
    against: Period | str | None = None,
    kind: str = "police_force_area",
    ages: str = "0-17",
    level: float = 0.95,
    adjust: Literal["holm", "bh", "none"] = "holm",
    release: str | None = None,
) -> pd.DataFrame:
    """
    Change of every area between two years, and whether it is told apart from that of the rest.

    Recorded counts vary several times more from year to year than chance alone would let
    them. How much more is measured in the other pairs of years, and what the change of one
    area is held against is that of all others together.

    Parameters
    ----------
    measure_or_code
        An offence code for official counts, or a measure of `figures` for printed ones, as
        in `area_table`.
    period
        One year, a `Period` or its text.
    areas
        Whatever `find_area` finds, one or several, all of `kind`; None is all of `kind`. They
        are set against all other areas of the kind, asked for or not.
    against
        The earlier year; None is the year before. Over more than a year counts scatter
        further, so the dispersion is then that of other years as far apart.
    kind
        Kind of area, as in `areas`; one whose areas do not overlap.
    ages
        Age band of the population for `growth_rate`, as in `panel`.
    level
        Confidence level of the intervals, a fraction in (0, 1); `unusual` is what has a
        `p_adjusted` below 1 - `level`.
    adjust
        How p values are adjusted for the number of areas judged: "holm", "bh" (Benjamini
        and Hochberg) or "none".
    release
        For printed figures, the release of both years; None takes the one with exact counts
        of both for most of these areas, the latest among equals. Releases are not mixed.

    Returns
    -------
    DataFrame, one row per area, by name or as asked for
        area_id, gss_code, name, period, before, after (offences recorded),
        population_before, population_after (residents), growth (of the count, a fraction;
        NaN from 0, missing where the years are not comparable), lower, upper (of it, by
        `growth_interval` with the dispersion of this row; not adjusted for the number of
        areas), growth_rate (of offences per resident), growth_rest (of the counts of all
        other areas together), difference (growth - growth_rest), p_value, p_adjusted,
        unusual ("above", "below" or "usual"; missing where it is not judged),
        smallest_change (the least growth that would have been called above whatever
        the other areas did; NaN where none would), dispersion (the one used), why_not
        (few_residents, incomplete, no_count, break_in_series, no_rest, small_rest or
        no_other_pair; `comparisons.WHY_NOT_JUDGED` words them), release_id, source_ids,
        population_basis, population_edition.

        ``attrs["ukcso"]`` holds period, against, apart (years), level, adjust ("none" where
        one area was asked for alone), n_areas (of the kind), n_compared (of them, with the
        rest that each is held against), n_judged, growth_all, dispersion (as `YearToYear` has
        it, of the other pairs), release_id, releases_left_out, population_basis, breaks
        (those between the years), caveats, and notes (sentences to print with the table).

    Raises
    ------
    InvalidInputError
        As `area_table`; `against` is no whole number of years before `period`; an area of
        another kind; a kind whose areas overlap; an unknown `adjust`.
    UnknownAreaError
        One of `areas` names no area.

    Warns
    -----
    UkcsoWarning
        As `area_table`; or a break lies between the years, or no other years as far apart
        are there: then nothing is judged.

    Notes
    -----
    With counts a before and b after, R the growth factor of the rest, p = R / (1 + R),
    x = b / phi and y = a / phi, P is the smaller of 1 and twice the smaller of I_p(x, y + 1)
    and 1 - I_p(x + 1, y), I being the regularised incomplete beta function: below 0.05
    exactly where the 95 per cent interval excludes R - 1. Populations enter by the
    dispersion only.

    The dispersion phi of an area is c + 2 t n p (1 - p), n = a + b: counts of mean m are
    taken to vary by c m + t m^2. c and t are fitted to the pairs of comparable years other
    than this one, c is at least 1, and there is no judgement without a pair. One phi for all
    areas would call too many of the large ones unusual, and too few of the small.
    How often the interval is right is in docs/intervals.md.

    Usual means: not told apart from the rest; it does not mean ordinary for this area. An
    unusual change of a count may be one of recording.

    Examples
    --------
    >>> import warnings
    >>> with warnings.catch_warnings(action="ignore"):
    ...     table = change_table("86", "2022/23")
    >>> table.loc[table["unusual"] == "above", ["name", "before", "after"]].values.tolist()
    [['Staffordshire', 343.0, 744.0]]
    >>> int((table["unusual"] == "usual").sum())
    41
    """
    require_level(level)
    require_choice("adjust", adjust, ("holm", "bh", "none"))
    name, when = as_name(measure_or_code), as_period(period)
    mid_year(when)  # refuses what is no year
    earlier = when.previous() if against is None else as_period(against, "against")
    apart = years_between(earlier, when)
    everywhere = [area.area_id for area in areas_of(kind)]
    asked = everywhere if areas is None else areas_asked(areas, kind, everywhere)
    years, about, notes = rated_years(
        name, [earlier, when], kind, release, ages=ages, per=1.0, level=level
    )
    require_no_overlap(kind, years.loc[years["count"].notna(), "area_id"].unique())
    table, of_release = both_years(years, everywhere, earlier, when, release)
    pairs, left_out = year_pairs(years, apart)
    others = [pair for pair in pairs if (pair.earlier, pair.later) != (earlier, when)]
    usual = dispersion_of(others, left_out, apart)
    breaks = {area: parting(name, area, earlier, when) for area in everywhere}
    compare(table, breaks)
    n_compared = int((table["why_not"].isna() | (table["why_not"] == "small_rest")).sum())
    table = table.loc[asked].reset_index(drop=True)
    adjust = "none" if len(asked) == 1 else adjust
    judge(table, usual, level, adjust)
    warn_about([name], [kind], [f"{earlier} to {when}"], notes + warnings_of(table, breaks))
    table = shaped(table.assign(period=when.label), _COLUMNS)
    table.attrs["ukcso"] = {
        "table": "change_table",
        "of": name,
        "period": str(when),
        "against": str(earlier),
        "apart": apart,
        "kind": kind,
        "adjust": adjust,
        "n_areas": len(everywhere),
        "n_compared": n_compared,
        "n_judged": int(table["unusual"].notna().sum()),
        **{key: value for key, value in about.items() if key != "per"},
        **of_release,
        "dispersion": usual.as_data(),
        "breaks": sorted({str(change) for area in asked for change in breaks[area]}),
        "notes": notes_on(table, usual, adjust),
    }
    return table
