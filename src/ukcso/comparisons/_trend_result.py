"""What `trend` returns: the average yearly change, in numbers and in sentences fit to print."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from ukcso._rules import ShownAsText
from ukcso.datasets import rows

#: Begins the reason why a year is left out that a break divides.
IN_ITS_MIDST = "a break in its midst"
#: From here on, a percentage is told without decimals.
_LARGE = 100.0


@dataclass(frozen=True, eq=False)
class Trend(ShownAsText):
    """
    The average yearly change of counts in one area, fitted with a step at each break.

    `str` gives it in two sentences fit to print; a notebook shows the same.

    Attributes
    ----------
    measure_or_code, title, area_id, area
        What is counted, and where, by id and in words.
    counted
        What one count is, and of whom: "offences recorded per resident aged 0 to 17".
    periods
        Labels of the years that were fitted, in order.
    n_periods
        How many they are.
    annual_change, lower, upper
        Change from one year to the next as a fraction, 0.14 being 14 per cent, with its
        interval: of the number per resident, or of the number where `per_resident` is False.
    level
        Of all intervals, a fraction.
    steps : DataFrame, one row per step, by date
        break_id (`;` between those that no year parts), date, description, change, lower,
        upper: what moved at once there, beyond the yearly change, as fractions.
    dispersion
        Pearson's statistic over its degrees of freedom: how far counts lie from the fit, 1
        being by chance alone. Below 1 it is told here, and taken as 1 in the intervals.
    degrees_of_freedom
        Years less what was fitted.
    usual_dispersion
        That of counts from one year to the next, as `year_to_year_dispersion` has it; None
        where there are no police force areas to tell it from.
    is_uneven
        Whether counts lie much further from a steady change than usual.
    fitted : DataFrame, one row per year
        period, period_start, period_end, count, population (missing where the fit is of
        counts alone), fitted (the count that the fit expects), n_steps (taken before it).
        ``attrs["ukcso"]`` is that of `trend_table`, which made its counts.
    left_out
        Why a year has no part in it, by its label.
    per_resident
        Whether residents are taken into account, as the offset of the regression.
    breaks
        Whether breaks are taken as steps.
    notes
        What else a reader must know, in sentences.
    """

    measure_or_code: str
    title: str
    area_id: str
    area: str
    counted: str
    periods: tuple[str, ...]
    annual_change: float
    lower: float
    upper: float
    level: float
    steps: pd.DataFrame = field(repr=False)
    dispersion: float
    degrees_of_freedom: int
    fitted: pd.DataFrame = field(repr=False)
    left_out: Mapping[str, str]
    per_resident: bool
    breaks: bool = True
    usual_dispersion: float | None = None
    is_uneven: bool = False
    notes: tuple[str, ...] = ()

    @property
    def n_periods(self) -> int:
        """How many years were fitted."""
        return len(self.periods)

    def __str__(self) -> str:
        years = f"{self.periods[0]} to {self.periods[-1]}"
        said = f"{self.counted} {self.in_words}, {self.condition}"
        return f"{self.title}, {self.area}, {years}: {said}. {self._said_of_breaks()}"

    @property
    def condition(self) -> str:
        """What must be said with the yearly change wherever it stands."""
        borne_out = ", which these counts do not bear out" if self.is_uneven else ""
        return f"as if the change had been the same every year{borne_out}"

    @property
    def in_words(self) -> str:
        """The yearly change; a rise or fall is told only where the interval holds no other."""
        change = self.annual_change
        level = f"{100 * self.level:g} per cent interval"
        if self.lower > 0 or self.upper < 0:
            verb = "rose" if change > 0 else "fell"
            least, most = sorted(map(abs, (self.lower, self.upper)))
            told = f"({level} {_number(least)} to {_number(most)} per cent)"
            return f"{verb} by {_number(abs(change))} per cent a year on average {told}"
        ends = f"{_number(self.lower, signed=True)} to {_number(self.upper, signed=True)} per cent"
        told = f"({level} {ends}: neither a rise nor a fall can be told)"
        return f"changed by {_number(change, signed=True)} per cent a year on average {told}"

    def _said_of_breaks(self) -> str:
        """Say in one sentence what became of breaks, and which years they divide."""
        if not self.breaks:
            return "Changes of recording and law are passed over: what they moved is part of it."
        steps = [
            f"of {step.date.day} {step.date:%B %Y} ({step.break_id}), "
            f"{_number(step.change, signed=True)} per cent ({_number(step.lower, signed=True)} to "
            f"{_number(step.upper, signed=True)}),"
            for step in rows(self.steps)
        ]
        divided = [year for year, why in self.left_out.items() if why.startswith(IN_ITS_MIDST)]
        years, are = " and ".join(divided), "is" if len(divided) == 1 else "are"
        out = f"; {years}, with one in {'its' if are == 'is' else 'their'} midst, {are} left out"
        if len(steps) > 1:
            said = f"The changes of recording or law {' and '.join(steps)} are taken as steps of "
            said += "their own, whatever caused them"
        elif steps:
            said = f"The change of recording or law {steps[0]} is taken as a step of its own, "
            said += "whatever caused it"
        else:
            other = "other " if divided else ""
            said = f"No {other}change of recording or law is known between these years"
        return f"{said}{out if divided else ''}."


def _number(change: float, *, signed: bool = False) -> str:
    """
    Write a fraction as a percentage.

    Examples
    --------
    >>> _number(0.1433), _number(1.76, signed=True), _number(-0.0004, signed=True)
    ('14.3', '+176', '0.0')
    """
    value = 100 * change
    text = f"{value:,.0f}" if abs(value) >= _LARGE else f"{value:,.1f}"
    if text in {"0.0", "-0.0"}:
        return "0.0"
    return f"+{text}" if signed and value > 0 else text
