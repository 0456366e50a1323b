"""What a reader of a trend must know beside it: what bounds it, and what it is of."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import Any

import pandas as pd

from ukcso.comparisons._dispersion import YearToYear, year_to_year_dispersion
from ukcso.comparisons._trend_fit import Fit
from ukcso.errors import listed
from ukcso.evidence import FEW_RESIDENTS, panel
from ukcso.measures import official_table, unit_of

#: How rarely a steady change would leave counts so far from the fit that a trend is uneven.
_RARELY = 0.01
#: As many years are named in a note; more are counted.
_FEW = 3
#: Begins what is said of an uneven trend.
UNEVEN = "Read it as if the change had been the same every year, which counts do not bear out"
_INDEPENDENT = (
    "Years are taken as independent of one another: where a high year is followed by a high one, "
    "the interval is too narrow."
)


def why_counts(kept: pd.DataFrame, area_id: str, *, of_counts: bool) -> str:
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


def usual_of(table: pd.DataFrame) -> YearToYear | None:
    """Return the dispersion of police force areas from one year to the next, if it is known."""
    name = table.attrs["ukcso"]["of"]
    release = next(iter(table["release_id"].dropna()), None)
    if release is None and official_table(name) != "recorded_crime":
        return None
    with warnings.catch_warnings(action="ignore"):  # no rate is told
        usual = year_to_year_dispersion(panel(name, release=release))
    return usual if usual.degrees_of_freedom else None


def unevenness(fit: Fit, usual: YearToYear | None) -> str:
    """Say that counts lie much further from a steady change than usual; empty where not."""
    if usual is None:
        return ""
    from scipy.special import fdtrc  # noqa: PLC0415 - takes long to load

    ratio = fit.dispersion / max(1.0, usual.dispersion)
    if fdtrc(fit.degrees_of_freedom, usual.degrees_of_freedom, ratio) >= _RARELY:
        return ""
    return (
        f"{UNEVEN}: the dispersion around the trend is {fit.dispersion:,.1f}, and "
        f"{usual.dispersion:,.1f} from one year to the next."
    )


def notes_on(
    kept: pd.DataFrame, left_out: Mapping[str, str], origin: Mapping[str, Any]
) -> list[str]:
    """Say what the interval rests on, which years are out, who printed them, what holds always."""
    release = next(iter(kept["release_id"].dropna()), None)
    notes = [_INDEPENDENT]
    notes += [f"Left out: {period}, {why}." for period, why in sorted(left_out.items())]
    notes += [f"Printed in release {release}."] if release else []
    return notes + [f"{text.rstrip('.')}." for text in origin.get("caveats", ())]


def counted_per(name: str, ages: str | None) -> str:
    """
    Return what one count is, and per whom; offences are recorded, not committed.

    Examples
    --------
    >>> counted_per("86", "0-17"), counted_per("86", None)
    ('offences recorded per resident aged 0 to 17', 'offences recorded')
    """
    unit = unit_of(name).replace("_", " ")
    counted = f"{unit} recorded" if unit == "offences" else unit
    if ages is None:
        return counted
    first, _, last = ages.partition("-")
    return f"{counted} per resident{f' aged {first} to {last}' if last else ''}"
