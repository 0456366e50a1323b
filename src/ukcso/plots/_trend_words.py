"""What is said of a trend: below the picture, and to those who do not see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ukcso.datasets import rows
from ukcso.evidence import REASONS, WHY_NOT_RATE
from ukcso.outputs import counted_in, day, digits, joined, number_of
from ukcso.plots._trend_points import Lines
from ukcso.printed import grouped

if TYPE_CHECKING:
    from collections.abc import Iterable


def facts_of(lines: Lines) -> list[str]:
    """Say how many periods are drawn, and the ends of what they hold."""
    numbers = lines.known["value"]
    written = numbers.map(lambda value: grouped(value, digits(numbers)))
    values = written + " in " + lines.known["period"]
    ends: dict[str, Any] = {"Highest": numbers.idxmax(), "Lowest": numbers.idxmin()}
    if lines.many:
        facts = [f"Line chart of {number_of(len(lines.names), lines.by)}."]
        for name, of_line in values.groupby(lines.known[lines.by], sort=False):
            shown = of_line.tolist()
            if lines.by == "area" and shown[1:]:  # many periods: the ends are enough
                shown = [shown[0], shown[-1]]
            facts.append(f"{name}: {joined(shown)}.")
        values += " (" + lines.known[lines.by] + ")"
    else:
        facts = [f"Line chart of {number_of(len(numbers), 'period')}."]
        ends = {"First": numbers.index[0], "Last": numbers.index[-1], **ends}
    return facts + [f"{word}: {values[place]}." for word, place in ends.items()]


def notes_on(lines: Lines, shown: str) -> list[str]:
    """Say what a reader must know of the marks, and of what is not drawn."""
    notes = []
    if len(lines.areas) > 1 and shown != "rate" and counted_in(lines.points)[1]:
        notes.append("Counts, not rates: the areas differ in the number of people who live there.")
    if len(lines.releases) > 1:
        each = "area and release" if lines.by == "area" else "release"
        notes.append(f"One line for each {each}; nothing is drawn from one release to another.")
    apart = lines.later[~lines.later["comparable"].astype(bool)]
    if len(apart):
        whys = apart["why_not"].dropna().str.split(";").explode().unique()
        reasons = dict.fromkeys(REASONS[reason].several for reason in whys)
        because = f" because of {joined(list(reasons))}" if reasons else ""
        notes.append(f"Dashed: periods that may not be compared{because}.")
    notes += [
        f"Vertical line, {day(change.date)}{_of(lines, change.areas)}: "
        f"{change.description.rstrip('.')}."
        for change in rows(lines.breaks)
    ]
    for (why, periods), areas in lines.missing.items():
        because = f" {WHY_NOT_RATE[why]}" if why else ""
        notes.append(f"Not known{_of(lines, areas)}: {joined(periods)}.{because}")
    if len(lines.known["population_basis"].unique()) > 1 and shown == "rate":
        notes.append("Residents are estimated on two census bases; rates on both do not compare.")
    if lines.gaps:
        notes.append(f"{number_of(lines.gaps, 'gap')}: periods without a figure.")
    if lines.odd:
        notes.append(f"Not drawn, for they are of another length: {joined(lines.odd)}.")
    return notes + [
        f"Left out, quarters are missing{_of(lines, areas)}: {joined(periods)}."
        for periods, areas in lines.incomplete.items()
        if periods
    ]


def _of(lines: Lines, areas: Iterable[str]) -> str:
    """Name the areas that a note is of, where it is not of all that are drawn."""
    names = [name for name in lines.areas if name in set(areas)]
    return "" if names == lines.areas else f" ({joined(names)})"
