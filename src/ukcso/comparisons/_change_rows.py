"""The rows of `change_table`: counts of two years, the growth of the rest, and the judgement."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Literal

import numpy as np
import pandas as pd

from ukcso._rules import several
from ukcso.areas import all_areas, find_area, force_areas
from ukcso.comparisons._change_test import p_value, smallest_rise
from ukcso.comparisons._dispersion import YearToYear
from ukcso.datasets import rows
from ukcso.errors import listed, refusal
from ukcso.evidence import FEW_RESIDENTS, Break, chosen, reaches
from ukcso.periods import Period
from ukcso.stats import adjusted, growth, growth_interval

#: Why an area is not judged, by the word of the column `why_not` of `change_table`.
WHY_NOT_JUDGED: Mapping[str, str] = {
    "few_residents": "So few residents that its counts are left out of every comparison.",
    "incomplete": "Quarters of one of the two years are missing, so it has no count.",
    "no_count": "No exact count of both years in the release or table.",
    "break_in_series": "A change of recording or law lies between the two years.",
    "no_rest": "No other area has offences in both years to set it against.",
    "small_rest": (
        "The others together have fewer than three times its offences: their own change is too "
        "uncertain to set it against."
    ),
    "no_other_pair": "There are no other years so far apart to say what is usual.",
}
_CITY = (
    "City of London: the change of so few offences says nothing; it is left out, also of the rest "
    "and of the dispersion"
)
_USUAL = (
    "Usual means: not told apart from the other areas together. It does not mean ordinary for "
    "this area."
)
#: The growth of the rest is taken as known, so the rest has to be so many times as large.
_REST = 3
_JUDGED = ("p_value", "p_adjusted", "lower", "upper", "smallest_change", "dispersion")


def years_between(earlier: Period, later: Period) -> int:
    """Return how many years lie between two, which begin in the same month."""
    apart = later.start.year - earlier.start.year
    if apart < 1 or earlier.next(apart) != later:
        words = f"a whole number of years before {later}"
        raise refusal(str(earlier), "against", words)
    return apart


def areas_asked(areas: str | Iterable[str], kind: str, everywhere: Collection[str]) -> list[str]:
    """Return the ids of the areas asked for, each once; one of another kind is refused."""
    found = [find_area(name, kind=kind) for name in several("areas", areas)]
    if not found:
        raise refusal(areas, "areas", "a name, or several")
    for area in found:
        if area.area_id not in everywhere:
            words = f"of kind {kind}; {area.name} is of kind {area.kind}"
            raise refusal(area.name, "areas", words)
    return list(dict.fromkeys(area.area_id for area in found))


def require_no_overlap(kind: str, area_ids: Iterable[str]) -> None:
    """Refuse a kind of which two areas with counts share a force: no rest is without this one."""
    holder: dict[str, str] = {}
    for area_id in area_ids:
        for force in force_areas(area_id):
            if (other := holder.setdefault(force, area_id)) != area_id:
                names = listed(all_areas()[name].name for name in (other, area_id))
                raise refusal(kind, "kind", f"one whose areas do not overlap, as {names} do")


def both_years(
    years: pd.DataFrame,
    area_ids: list[str],
    earlier: Period,
    later: Period,
    release: str | None,
) -> tuple[pd.DataFrame, dict[str, Any]]:
    """
    Set the counts of two years side by side.

    Returns
    -------
    DataFrame, dict
        One row per area, by its id, and which release they are of, and which others there are.
    """
    of_earlier, of_later = (
        years[(years["period_start"] == str(year.start)) & (years["period_end"] == str(year.end))]
        for year in (earlier, later)
    )
    about: dict[str, Any] = {"release_id": None, "releases_left_out": []}
    if years["release_id"].notna().any() or release is not None:
        printed = of_later.dropna(subset="count")
        both = printed.merge(of_earlier[["area_id", "release_id"]], on=["area_id", "release_id"])
        available = reaches(both if len(both) else printed, ["area_id"])
        taken, about["releases_left_out"] = chosen(available, release)
        about["release_id"] = taken
        of_earlier, of_later = (
            side[side["release_id"] == taken] for side in (of_earlier, of_later)
        )
    names = {"count": "after", "population": "population_after", "why_not": "why_not_after"}
    table = of_later.rename(columns=names).set_index("area_id").reindex(area_ids)
    before = of_earlier.set_index("area_id").reindex(area_ids)
    table["before"], table["population_before"] = before["count"], before["population"]
    incomplete = (table["why_not_after"] == "incomplete") | (before["why_not"] == "incomplete")
    table["why_not"] = pd.Series(pd.NA, table.index, dtype=object)
    table.loc[table["before"].isna() | table["after"].isna(), "why_not"] = "no_count"
    table.loc[incomplete.fillna(value=False), "why_not"] = "incomplete"
    places = [all_areas()[area_id] for area_id in area_ids]
    table["area_id"] = area_ids
    table["name"] = [place.name for place in places]
    table["gss_code"] = pd.Series([place.gss_code for place in places], table.index, dtype=object)
    return table, about


def compare(table: pd.DataFrame, breaks: Mapping[str, Sequence[Break]]) -> None:
    """Add the growth of each area and of all others, and why an area is not compared."""
    parted = pd.Series({area: bool(own) for area, own in breaks.items()})
    table.loc[table["why_not"].isna() & parted, "why_not"] = "break_in_series"
    table.loc[table["area_id"] == FEW_RESIDENTS, "why_not"] = "few_residents"
    compared = table["why_not"].isna()
    before, after = (table[name].where(compared).astype(float) for name in ("before", "after"))
    rest_before, rest_after = before.sum() - before, after.sum() - after
    has_rest = (rest_before > 0) & (rest_after > 0)
    is_small = rest_before + rest_after < _REST * (before + after)
    table.loc[compared & is_small, "why_not"] = "small_rest"
    table.loc[compared & ~has_rest, "why_not"] = "no_rest"
    table["growth"] = growth(before, after)
    residents = table["population_after"] / table["population_before"]
    table["growth_rate"] = (1 + table["growth"]) / residents.astype(float) - 1
    table["growth_rest"] = growth(rest_before.where(has_rest), rest_after.where(has_rest))
    table["difference"] = table["growth"] - table["growth_rest"]


def judge(
    table: pd.DataFrame, usual: YearToYear, level: float, adjust: Literal["holm", "bh", "none"]
) -> None:
    """Add interval, p value and verdict of each area that there is something to judge by."""
    table[list(_JUDGED)] = np.nan
    table["unusual"] = pd.Series(pd.NA, table.index, dtype=object)
    if not usual.pairs:
        table.loc[table["why_not"].isna(), "why_not"] = "no_other_pair"
    judged = table.index[table["why_not"].isna()]
    threshold = 1 - level
    # What is below it is so whatever the others are; it is the first step of Holm and of BH.
    certain = threshold if adjust == "none" else threshold / max(1, len(judged))
    for row, area in zip(judged, rows(table.loc[judged]), strict=True):
        rest, before, after = area.growth_rest, area.before, area.after

        def dispersion_at(offences: float, rest: float = rest) -> float:
            return float(usual.of_size(offences, rest))

        dispersion = dispersion_at(before + after)
        interval = growth_interval(before, after, level=level, dispersion=dispersion)
        table.loc[row, list(_JUDGED)] = [
            p_value(before, after, rest, dispersion),
            np.nan,
            interval.lower,
            interval.upper,
            smallest_rise(before, rest, dispersion_at, certain),
            dispersion,
        ]
    table["p_adjusted"] = adjusted(table["p_value"], adjust)
    is_unusual = table["p_adjusted"] < threshold
    # From a count of 0 there is no growth to set beside that of the rest, but a side.
    above = table["after"] > table["before"] * (1 + table["growth_rest"])
    table.loc[judged, "unusual"] = "usual"
    table.loc[is_unusual & above, "unusual"] = "above"
    table.loc[is_unusual & ~above, "unusual"] = "below"


def warnings_of(table: pd.DataFrame, breaks: Mapping[str, Sequence[Break]]) -> list[str]:
    """Return what to warn of: areas that are not judged, and why, where it is not plain."""
    why_not = table["why_not"].value_counts()
    said = [_CITY] if ((why_not.get("few_residents", 0)) and table["before"].notna().any()) else []
    if number := why_not.get("incomplete", 0):
        said.append(f"quarters are missing in {number} of {len(table)} areas: they have no count")
    if number := why_not.get("break_in_series", 0):
        own = {str(change) for area in table["area_id"] for change in breaks[area]}
        said.append(f"{number} of {len(table)} changes left blank, parted by {listed(sorted(own))}")
    if why_not.get("no_other_pair", 0):
        said.append("no other years so far apart say what is usual: nothing is judged")
    return said


def notes_on(table: pd.DataFrame, usual: YearToYear, adjust: str) -> list[str]:
    """Return the sentences that belong below the table."""
    number = int(table["unusual"].notna().sum())
    if not number:
        return []
    if len(table) == 1:
        family = "One area was asked for alone: its P value is not adjusted."
    elif adjust == "none":
        family = "Neither P values nor intervals are adjusted for the number of areas."
    elif number == 1:
        family = "One area was judged: its P value needs no adjustment."
    else:
        method = {"holm": "Holm", "bh": "Benjamini and Hochberg"}[adjust]
        family = (
            f"Unusual is judged by P values adjusted for {number} areas ({method}); the intervals "
            "are not adjusted."
        )
    said = [_USUAL, family]
    alone = sum(not pair.has_residents for pair in usual.pairs)
    if alone:
        said.append(
            f"Of the {len(usual.pairs)} pairs of years that say what is usual, {alone} are held "
            "together by counts alone: some areas have no estimate of residents."
        )
    residents = table.loc[table["unusual"].notna(), ["population_before", "population_after"]]
    if residents.isna().any(axis=None):
        said.append("Where residents are not known the change is that of counts alone.")
    return said
