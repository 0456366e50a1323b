"""The answer of `ukcso trend`: the average yearly change in two sentences, and what bounds it."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

import ukcso
from ukcso.cli._app import Format, warned
from ukcso.cli._compare import sources_line
from ukcso.cli._formats import say, write
from ukcso.datasets import rows
from ukcso.errors import UkcsoWarning
from ukcso.outputs import RECORDED_NOTE

if TYPE_CHECKING:
    from ukcso import Trend


_DIGITS = dict.fromkeys(("change", "lower", "upper"), 3)
_DIGITS |= dict.fromkeys(("dispersion", "usual_dispersion"), 1)


def answer(measure: str, area: str, form: Format, **asked: Any) -> None:
    """Print the trend of an area as sentences, or its changes as rows."""
    if form is not Format.text:
        changes = _changes(warned(lambda: ukcso.trend(measure, area, **asked)))
        write(changes, form, digits=_DIGITS)
        return
    with warnings.catch_warnings():
        # The notes say it.
        warnings.filterwarnings("ignore", ".* same every year", UkcsoWarning)
        found = ukcso.trend(measure, area, **asked)
    for text in (str(found), *found.notes, RECORDED_NOTE, sources_line(found.fitted)):
        say(text)


def _changes(found: Trend) -> list[dict[str, Any]]:
    """Return the yearly change and each step as rows, each with what it is of."""
    of = {
        "measure_or_code": found.measure_or_code,
        "area_id": found.area_id,
        "period_first": found.periods[0],
        "period_last": found.periods[-1],
        "n_periods": found.n_periods,
        "per_resident": found.per_resident,
        "level": found.level,
        "dispersion": found.dispersion,
        "usual_dispersion": found.usual_dispersion,
    }
    annual = {
        "break_id": None,
        "date": None,
        "change": found.annual_change,
        "lower": found.lower,
        "upper": found.upper,
    }
    steps = [
        {name: getattr(step, name) for name in annual} | {"date": step.date.date()}
        for step in rows(found.steps)
    ]
    return [
        {"term": "annual_change", **annual, **of},
        *({"term": "step", **step, **of} for step in steps),
    ]
