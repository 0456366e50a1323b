"""One measure in one period, area by area, as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Unpack

import pandas as pd

from ukcso._rules import several
from ukcso.areas import find_area, force_areas
from ukcso.errors import InvalidInputError, refusal
from ukcso.evidence import FEW_RESIDENTS, WHY_NOT_RATE, mid_year, total_row
from ukcso.measures import title_of
from ukcso.outputs import (
    AreaAsked,
    capital,
    counted,
    frame_of,
    funnel_in_words,
    has_sets,
    percent,
    require_options,
    residents,
    sets_in_words,
    settings,
    why_no_ranks,
)
from ukcso.periods import Period
from ukcso.printed import grouped
from ukcso.tables._cells import BLANK, MISSING, Cell, count_cell, words
from ukcso.tables._kind import (
    Columns,
    Content,
    Kind,
    chosen,
    common_notes,
    promising_rates,
    rate_columns,
)
from ukcso.tables._presentation import Presentation
from ukcso.tables._table import Column, Table

_FEW_PEOPLE = (
    "Few people live in the City of London, so its rate by residents says nothing: it has no "
    "rank, no position and no part in the pooled rate."
)
_RECORDED = (
    "Offences recorded, not offences committed: forces differ in what is reported to them and in "
    "how they record it."
)
_WITH_TRANSPORT = (
    "With the offences recorded by British Transport Police, which has no area of its own: the "
    "areas add up to less."
)
_AS_PRINTED = "As printed by the release, not added up from the areas."
_NO_PEOPLE = "No estimate of residents on the census basis used here is shipped for this area."


def areas(  # noqa: PLR0913 - a table's options, beside what it is of
    measure_or_code: str | pd.DataFrame,
    period: Period | str | None = None,
    *,
    areas: str | Sequence[str] | None = None,
    total: str | None = None,
    caption: str | None = None,
    digits: int | None = None,
    suppress_below: int | None = None,
    round_to: int | None = None,
    **asked: Unpack[AreaAsked],
) -> Table:
    """
    Table of one measure in one year, area by area: count, residents, rate, rank, position.

    Parameters
    ----------
    measure_or_code
        An offence code or a measure, as `area_table` takes it; or a frame that
        `area_table` returned, or some of its rows.
    period
        One year, with a measure or code.
    areas
        Some of the areas only, in this order where no `sort` is asked for; any text that
        `find_area` takes.
    total
        An area that holds all the others, for a last row: "England and Wales".
    caption
        Instead of the one made from measure, period and unit.
    digits
        Decimals of the rates; None shows two significant digits of the usual
        interval's width.
    suppress_below
        Withhold counts below this, and with a total one more where the withheld one
        could be worked out. Rates go with their counts; rank and position are left out.
    round_to
        Round counts to the nearest multiple; rates are made from the rounded counts.
    **asked
        kind, ages, per, level, release and sort, as in `area_table`; a sort other than by
        name goes without disclosure control, for the order would tell of the counts.

    Returns
    -------
    Table
        One row per area, in the order of `sort`, of `areas` or of the frame, the total
        last. Everything in it is from one release, the total too.

    Raises
    ------
    InvalidInputError
        As `area_table`; a frame with rows that it did not return; one of `areas` that is
        not in the table, or twice; a total that does not hold the areas; `suppress_below`
        or `round_to` that is no whole number from 1 up, or beside a `sort` by numbers.

    Warns
    -----
    UkcsoWarning
        As `area_table`: the City of London is among the areas.

    Examples
    --------
    >>> import warnings
    >>> with warnings.catch_warnings(action="ignore"):
    ...     table = areas("86", "2018/19", total="England and Wales")
    >>> print(table.to_csv().splitlines()[2])
    Bedfordshire,362,159533,227,204,252,18,1,41,42,inside,
    >>> table.rows[1][3].shown
    '227 (204 to 252)'
    """
    require_options("tables.areas", "area_table", asked)
    presentation = Presentation(digits, suppress_below, round_to)
    if presentation.is_guarded and asked.get("sort", "name") != "name":
        raise refusal(asked["sort"], "sort", "name where counts are withheld or rounded")
    names = None if areas is None else several("areas", areas)
    frame = frame_of("area_table", measure_or_code, period, **asked)
    kind = frame.attrs["ukcso"]["kind"]
    ids = names and [find_area(name, kind=kind).area_id for name in names]
    return KIND.table(frame, caption, presentation, areas=ids, total=total)


def _choose(
    frame: pd.DataFrame, areas: Sequence[str] | None = None, total: str | None = None
) -> pd.DataFrame:
    """Return the rows of some areas, in their order, and that of an area that holds them."""
    some = chosen(frame, "area_id", areas, "areas")
    if areas is not None and "sort" in frame.attrs["ukcso"]["made_by"]["arguments"]:
        some = some.sort_index()
    return some if total is None else _with_total(some, total)


def _content(frame: pd.DataFrame, presentation: Presentation) -> Content:
    """Return what the table of rows of `area_table` says."""
    origin = frame.attrs["ukcso"]
    of, ages, per, level = settings(frame)
    period = Period.parse(origin["period"])
    if frame["count"].isna().all():
        why = ", because quarters are missing" if origin["incomplete"] else ""
        msg = f"nothing to show: no area has a count of {of} in {period}{why}"
        raise InvalidInputError(msg)
    last = len(frame) - 1 if "total" in origin else None
    shown, decimals = presentation.of_rates(frame, per=per, level=level, total=last)
    shown["is_total"] = shown.index == last
    shown["no_count"] = shown["why_not_rate"].map(WHY_NOT_RATE).fillna("")
    shown["no_people"] = shown["no_count"].mask(shown["count"].isna(), _NO_PEOPLE)
    columns: Columns = {
        Column("Area", ("area",), "words"): _name,
        Column(capital(counted(of)), ("count",)): count_cell,
    }
    people = f"{capital(residents(ages))}, mid-{mid_year(period)}"
    columns |= rate_columns(people, per, level, decimals, residents(ages))
    notes = common_notes(frame, _RECORDED)
    # Rank and position would tell of counts that are withheld or rounded.
    if not presentation.is_guarded and "funnel" in origin:
        if has_sets(frame):
            n_ranked = frame["n_ranked"].dropna().iloc[0]
            rank = ("rank", "rank_lower", "rank_upper", "n_ranked")
            columns[Column(f"Rank of {n_ranked}, {percent(level)} set", rank)] = _rank
            notes.append(sets_in_words(frame))
        else:
            notes.append(why_no_ranks(frame))
        columns[Column("Position", ("position",), "words")] = _position
        rate = f"{grouped(origin['pooled_rate'], 1)} per {per:,.0f}"
        first, *others = funnel_in_words(frame, f"Position: limits ({rate} pooled)")
        notes += [" ".join([first, *others])]
    elif "why_not_ranked" in origin:
        notes.append(origin["why_not_ranked"])
    caption = f"{title_of(of)}: {counted(of)} by {origin['kind'].replace('_', ' ')}, {period}"
    return promising_rates(caption, shown), columns, shown, [*notes, *presentation.notes]


KIND = Kind("areas", "area_table", _content, _choose)


def _with_total(frame: pd.DataFrame, total: str) -> pd.DataFrame:
    """Add the row of the area that holds the others, from the same function and release."""
    whole = find_area(total)
    inside: frozenset[str] = frozenset().union(*(force_areas(name) for name in frame["area_id"]))
    if not inside <= force_areas(whole.area_id) or whole.area_id in set(frame["area_id"]):
        raise refusal(total, "total", "an area that holds all areas of the table")
    both = pd.concat([frame, total_row(frame, whole.area_id)], ignore_index=True)
    both.attrs["ukcso"] = {**frame.attrs["ukcso"], "total": whole.area_id}
    return both


def _name(row: Any) -> Cell:
    """Return a name with what is special of the area, or of a total that is not just its rows."""
    name = words(row.name)
    if row.area_id == FEW_RESIDENTS:
        return name.noted(_FEW_PEOPLE)
    if not row.is_total:
        return name
    if pd.notna(row.release_id):
        return name.noted(_AS_PRINTED) if pd.notna(row.count) else name
    return name.noted(_WITH_TRANSPORT) if row.area_id == "england-and-wales" else name


def _rank(row: Any) -> Cell:
    """Return a place with those that fit as well; a total has none."""
    if (without := _without_place(row)) is not None:
        return without
    places = [int(place) for place in (row.rank, row.rank_lower, row.rank_upper, row.n_ranked)]
    place, lower, upper, _ = places
    return Cell(f"{place} ({lower}-{upper})", tuple(map(str, places)), value=place)


def _without_place(row: Any) -> Cell | None:
    """Return what stands for a rank or a position where there is none."""
    if pd.isna(row.rate):
        return MISSING.noted(row.no_count if pd.isna(row.count) else row.no_people)
    if row.area_id == FEW_RESIDENTS:
        return MISSING.noted(_FEW_PEOPLE)
    return BLANK if pd.isna(row.rank) else None


def _position(row: Any) -> Cell:
    """Return where in the funnel an area is, above_99_8 as above 99.8%; without a rank, nowhere."""
    without = _without_place(row)
    if without is not None or pd.isna(row.funnel):
        return without or BLANK
    return words(row.funnel.replace("_99_8", " 99.8%").replace("_95", " 95%"))
