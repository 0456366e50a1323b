"""The page of `ukcso compare`: areas beside one another, year by year."""

from __future__ import annotations

import pandas as pd

import ukcso
from ukcso.cli._formats import say, screen
from ukcso.cli._formats import show as show_table
from ukcso.datasets import is_own
from ukcso.errors import InvalidInputError, listed
from ukcso.evidence import REASONS
from ukcso.measures import title_of
from ukcso.outputs import MAY_BE_USUAL, RECORDED_NOTE, own_source, per_residents

NONE = "–"  # noqa: RUF001 - as in tables
#: How many areas have room side by side, and in how many columns of a terminal.
_BESIDE, _WIDE = 3, 80
#: Kinds of area that `ukcso change` sets beside the rest of their kind, and how it is told.
_OF_MANY = {"police_force_area": "", "region": " --kind region"}
_CHANGE, _GAP = "change", "  "
_KINDS = {"count": "{:,.0f}", "rate": "{:,.1f}", _CHANGE: "{:+.1f}"}


def tables_of(measure: str, areas: list[str]) -> dict[str, pd.DataFrame]:
    """
    Return the trend of each area by its name.

    Raises
    ------
    InvalidInputError
        An unknown measure or code, or an area asked for twice.
    """
    places = [ukcso.find_area(text) for text in areas]
    if len({place.area_id for place in places}) < len(places):
        msg = f"each area is compared once; got {listed(places)}"
        raise InvalidInputError(msg)
    tables = {place.name: ukcso.trend_table(measure, place.area_id) for place in places}
    if all(table.empty for table in tables.values()):
        msg = f"nothing to compare: no exact count of {measure} in {listed(tables)}"
        raise InvalidInputError(msg)
    return tables


def below_one_another(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Return all rows with the area that each is of."""
    named = [
        table.assign(area_id=table.attrs["ukcso"]["area_id"], name=name)
        for name, table in tables.items()
    ]
    together = pd.concat(named, ignore_index=True)
    return together[list(dict.fromkeys(["area_id", "name", *together]))]


def show(tables: dict[str, pd.DataFrame]) -> None:
    """Print counts, rates and growth: side by side, or below one another for many areas."""
    first = next(iter(tables.values()))
    columns = f"count, rate {per_residents(first)}, change on the year before in %"
    say(f"{title_of(first.attrs['ukcso']['of'])}: {columns}", bold=True)
    of_kinds = {
        kind: {name: _cells(table, kind, form) for name, table in tables.items()}
        for kind, form in _KINDS.items()
    }
    starts = pd.concat([table.set_index("period")["period_start"] for table in tables.values()])
    periods = starts[~starts.index.duplicated()].sort_values(kind="stable").index
    if len(tables) <= _BESIDE and (screen() or _WIDE) >= _WIDE:
        of_areas = {name: [of_kinds[kind][name] for kind in _KINDS] for name in tables}
        _show(periods, {name: _joined(cells, periods) for name, cells in of_areas.items()})
    else:
        for kind, cells in of_kinds.items():
            say(kind)
            _show(periods, cells)
    for text in _notes(tables):
        say(text)


def _cells(table: pd.DataFrame, kind: str, form: str) -> dict[str, str]:
    """Return one kind of number of an area by period, as it reads."""
    numbers = 100 * table["growth"] if kind == _CHANGE else table[kind]
    return {
        period: NONE if pd.isna(number) else form.format(number)
        for period, number in zip(table["period"], numbers, strict=True)
    }


def _joined(kinds: list[dict[str, str]], periods: pd.Index[str]) -> dict[str, str]:
    """Return all kinds of number of an area as one cell a period, below one another."""
    widths = [max(map(len, cells.values()), default=1) for cells in kinds]
    return {
        period: _GAP.join(
            cells.get(period, NONE).rjust(width) for cells, width in zip(kinds, widths, strict=True)
        )
        for period in periods
    }


def _show(periods: pd.Index[str], columns: dict[str, dict[str, str]]) -> None:
    rows = [
        [period, *(cells.get(period, NONE) for cells in columns.values())] for period in periods
    ]
    show_table(["period", *columns], rows, right=columns)


def _notes(tables: dict[str, pd.DataFrame]) -> list[str]:
    """Say why numbers are left out, what holds throughout, and where all is from."""
    abouts = {name: table.attrs["ukcso"] for name, table in tables.items()}
    together = pd.concat(tables.values())
    reasons = together["why_not"].dropna().str.split(";").explode().unique()
    breaks = sorted(set(together["break_ids"].dropna().str.split(";").explode()))
    releases = {name: set(table["release_id"].dropna()) for name, table in tables.items()}
    without = [name for name, table in tables.items() if table["rate"].isna().all()]
    notes = [RECORDED_NOTE]
    if together["growth"].notna().any():
        commands = [command for table in tables.values() if (command := command_of_change(table))]
        notes.append(f"{MAY_BE_USUAL} Whether one is: {commands[0]}" if commands else MAY_BE_USUAL)
    if len(reasons):
        words = listed(REASONS[reason].several for reason in reasons)
        notes.append(f"{NONE}: not comparable, {words}{f' ({listed(breaks)})' if breaks else ''}.")
    if without:
        notes.append(f"No rate, for want of a count or of residents: {listed(without)}.")
    if len(set().union(*releases.values())) > 1:
        of_each = listed(f"{name} {listed(sorted(ids))}" for name, ids in releases.items() if ids)
        notes.append(f"Releases differ, so areas are not comparable with one another: {of_each}.")
    elif any(releases.values()):
        notes.append(f"Printed in release {listed(sorted(set().union(*releases.values())))}.")
    notes += dict.fromkeys(text for about in abouts.values() for text in about.get("caveats", ()))
    incomplete = dict.fromkeys(label for a in abouts.values() for label in a.get("incomplete", ()))
    if incomplete:
        notes.append(f"Left out, because quarters are missing: {listed(incomplete)}.")
    return [*notes, sources_line(*tables.values())]


def command_of_change(table: pd.DataFrame) -> str:
    """
    Return the command that says whether the newest growth of a trend table is usual.

    Empty where there is none, or the area is not one of several of its kind.
    """
    about, grown = table.attrs["ukcso"], table.loc[table["growth"].notna(), "period"]
    kind = ukcso.find_area(about["area_id"]).kind
    if grown.empty or kind not in _OF_MANY:
        return ""
    command = f"ukcso change {about['of']} {about['area_id']} {grown.iloc[-1]}"
    return command + _OF_MANY[kind]


def sources_line(*frames: pd.DataFrame) -> str:
    """Name the datasets with numbers behind frames, with version and publisher."""
    versions = {k: v for frame in frames for k, v in frame.attrs["ukcso"]["datasets"].items()}
    named = []
    for name, version in versions.items():
        if name in {"figures", "population"} or name.startswith("recorded_crime"):
            own = is_own(version)
            publisher = own_source(version) if own else ukcso.metadata(name, version).publisher
            named.append(f"{name} {'own' if own else f'version {version}'} ({publisher})")
    return f"Sources: {'; '.join(named)}."
