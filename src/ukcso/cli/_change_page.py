"""The page of `ukcso change`: whether a change is more than usual, of an area or of all."""

from __future__ import annotations

import math
import warnings
from typing import TYPE_CHECKING, Any

import pandas as pd

import ukcso
from ukcso.cli._app import FOR_PEOPLE, Format, warned
from ukcso.cli._compare import NONE, sources_line
from ukcso.cli._formats import say, show, tell, tell_left_out, write
from ukcso.datasets import rows
from ukcso.errors import InvalidInputError, listed
from ukcso.measures import is_code, title_of
from ukcso.outputs import (
    RECORDED_NOTE,
    caveats,
    change_in_words,
    change_notes,
    in_percent,
    left_out,
    unit_of,
    why_not,
)
from ukcso.printed import grouped

if TYPE_CHECKING:
    from pathlib import Path

#: Columns for people in formats other than text, and their decimals.
_READ = ["name", "before", "after", "growth", "lower", "upper", "growth_rest"]
_READ += ["p_adjusted", "unusual", "smallest_change", "why_not"]
_DIGITS = dict.fromkeys(("growth", "lower", "upper", "growth_rest", "smallest_change"), 3)
_DIGITS["p_adjusted"] = 3
#: Those that matter least on a narrow terminal.
_GO = ("rest, %",)
_FIRST = ("above", "below", "usual")
_LEAST_P = 0.001
#: So many areas are named one by one.
_FEW = 5


def page(
    measure: str,
    areas: list[str],
    period: str,
    form: Format,
    output: Path | None,
    asked: dict[str, Any],
) -> None:
    """Print the change of an area in sentences, of more as a table; or write a file."""
    chosen = {name: value for name, value in asked.items() if value is not None}
    if areas:
        chosen["areas"] = areas
    if form is Format.text and output is None:
        with warnings.catch_warnings(action="ignore"):  # all is said below, in the page's words
            table = ukcso.change_table(measure, period, **chosen)
    else:
        table = warned(lambda: ukcso.change_table(measure, period, **chosen))
    if output is not None:
        tell(str(ukcso.tables.change(table).save(output)))
    elif form not in FOR_PEOPLE:
        write(table, form)
    elif form is Format.markdown:
        write(table[_READ], form, digits=_DIGITS)
    elif len(table) == 1:
        _show_one(table, chosen)
    else:
        _show_all(table)


def own_numbers(before: float, after: float, like: str, level: float, form: Format) -> None:
    """
    Print the growth from one number to another, as counts of a class vary from year to year.

    Raises
    ------
    InvalidInputError
        Numbers that are no counts, an unknown class.
    """
    with warnings.catch_warnings(action="ignore"):  # of the City of London, which is left out
        usual = ukcso.year_to_year_dispersion(ukcso.panel(like))
    if math.isnan(usual.dispersion):
        msg = f"--like {like}: no pair of its years can be compared, so nobody knows what is usual"
        raise InvalidInputError(msg)
    dispersion = float(usual.of_size(before + after))
    growth = ukcso.growth_interval(before, after, level=level, dispersion=dispersion)
    is_usual = growth.lower <= 0 <= growth.upper
    if form is not Format.text:
        row: dict[str, object] = {"before": before, "after": after, "growth": growth.value}
        row |= {"lower": growth.lower, "upper": growth.upper, "dispersion": dispersion}
        row |= {"like": like, "unusual": "usual" if is_usual else _side(growth.value)}
        write([row], form, digits=_DIGITS)
        return
    title = title_of(like)
    name = f"class {like}" if is_code(like) else title[:1].lower() + title[1:]
    grown = "growth from 0 is not defined"
    if not math.isnan(growth.value):
        ends = [grouped(100 * end, 1) for end in (growth.lower, growth.upper)]
        grown = f"{in_percent(growth.value)} ({100 * level:g}% interval of the growth "
        grown += f"{' to '.join(ends)})"
    say(f"From {before:,.15g} to {after:,.15g}: {grown}.")
    if is_usual:
        say(
            f"{'That' if math.isnan(growth.value) else 'A change of this size'} is usual: it is "
            "not told apart from no change, if these counts "
            f"vary from year to year as those of {name} do."
        )
    else:
        say(
            "A change of this size is not usual: it is told apart from no change, if these counts "
            f"vary from year to year as those of {name} do; the numbers do not say why."
        )
    say("")
    say(
        f"Counts of {name} vary from one year to the next by {grouped(dispersion, 1)} times the "
        "variance of chance alone at this size. Set the growth beside that of the country in "
        "the same years: where everything grew, growth is not news of one place."
    )
    say(RECORDED_NOTE)


def _side(growth: float) -> str:
    """Say on which side of no change a growth lies; from 0 there is only one."""
    return "below" if growth < 0 else "above"


def _show_one(table: pd.DataFrame, asked: dict[str, Any]) -> None:
    """Print two sentences on an area, and below them what they rest on."""
    origin = table.attrs["ukcso"]
    (row,) = rows(table)
    say(f"{title_of(origin['of'])}, {row.name}, {origin['period']}", bold=True)
    say(" ".join(change_in_words(row, table)))
    say("")
    if pd.notna(row.unusual):
        between = f"{100 * origin['level']:g}% interval {_between(row)}"
        grown = f"growth {_percent(row.growth)} ({between}), P value {_p(row.p_value)}"
        say(f"{row.before:,.0f} to {row.after:,.0f}: {grown}.")
        if pd.notna(row.smallest_change):
            least = _percent(row.smallest_change)
            say(f"At this size a growth of {least} or more would have been called unusual.")
    for text in change_notes(table):
        say(text)
    if pd.notna(row.unusual):
        options = [f"--{name} {asked[name]}" for name in ("against", "kind") if asked.get(name)]
        command = " ".join(["ukcso change", origin["of"], origin["period"], *options])
        say(f"Picked from many for its change? The table of all allows for that: {command}")
    _say_sources(table)


def _show_all(table: pd.DataFrame) -> None:
    """Print a row for each area: unusual ones first, then by p."""
    origin = table.attrs["ukcso"]
    order = table["unusual"].map({word: at for at, word in enumerate(_FIRST)}).fillna(len(_FIRST))
    table = table.assign(order=order.clip(lower=1)).sort_values(
        ["order", "p_value", "name"], kind="stable"
    )
    judged = table[table["unusual"].notna()]
    say(
        f"{title_of(origin['of'])}: change from {origin['against']} to {origin['period']}",
        bold=True,
    )
    level = f"{100 * origin['level']:g}%"
    headings = ["area", str(origin["against"]), str(origin["period"]), "change, %", level]
    headings += ["rest, %", "p", "unusual"]
    body = [
        [
            row.name,
            NONE if pd.isna(row.before) else f"{row.before:,.0f}",
            NONE if pd.isna(row.after) else f"{row.after:,.0f}",
            _percent(row.growth, ""),
            NONE if pd.isna(row.lower) else _between(row),
            _percent(row.growth_rest, ""),
            NONE if pd.isna(row.p_adjusted) else _p(row.p_adjusted),
            NONE if pd.isna(row.unusual) else row.unusual,
        ]
        for row in rows(table)
    ]
    gone = show(headings, body, goes=_GO, right=headings[1:7])
    if len(judged):
        marked = judged[judged["unusual"] != "usual"]
        named = f": {listed(marked['name'])}" if len(marked) else ""
        say(f"{len(marked)} of {len(judged)} changes are unusual{named}.")
    for text in change_notes(table):
        say(text)
    without = table[table["unusual"].isna()]
    reasons = pd.Series([why_not(row) for row in rows(without)], without.index, dtype=object)
    for reason, names in without["name"].groupby(reasons):
        who = listed(sorted(names)) if len(names) <= _FEW else f"{len(names)} areas"
        say(f"Not judged, for {reason}: {who}.")
    _say_sources(table)
    tell_left_out(gone)


def _say_sources(table: pd.DataFrame) -> None:
    """Print what holds of the counts, and where they are from."""
    recorded = [RECORDED_NOTE] if unit_of(table.attrs["ukcso"]["of"]) == "offences" else []
    for text in (*recorded, *caveats(table), *left_out(table), sources_line(table)):
        say(text)


def _percent(share: float, unit: str = "%") -> str:
    return NONE if pd.isna(share) or math.isinf(share) else f"{100 * share:+,.1f}{unit}"


def _between(row: Any) -> str:
    if math.isinf(row.upper):
        return f"from {100 * row.lower:.0f}"
    return f"{100 * row.lower:.0f} to {100 * row.upper:.0f}"


def _p(value: float) -> str:
    return f"< {_LEAST_P:g}" if value < _LEAST_P else f"{value:.3f}"
