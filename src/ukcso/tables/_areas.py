"""One measure in one period, area by area, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from ukcso.areas import find_area, force_areas
from ukcso.datasets import rows
from ukcso.errors import InvalidInputError
from ukcso.evidence import FEW_RESIDENTS, add_rates, area_table, mid_year
from ukcso.measures import title_of
from ukcso.outputs import capital, caveats, counted, frame_of, residents, settings, unit_of
from ukcso.periods import Period
from ukcso.printed import grouped
from ukcso.tables._cells import WITHHELD_TEXT, Empty, Interval, Number, Words
from ukcso.tables._description import Column, of_chance, rate_column
from ukcso.tables._disclosure import Disclosure
from ukcso.tables._footnotes import Footnotes
from ukcso.tables._numbers import asked_digits, rate_digits
from ukcso.tables._parts import Parts, stamped

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Unpack

    from ukcso.outputs import AreaAsked
    from ukcso.tables._cells import Cell
    from ukcso.tables._table import Table

_POSITIONS = {
    "inside": "inside",
    "above_95": "above 95%",
    "below_95": "below 95%",
    "above_99_8": "above 99.8%",
    "below_99_8": "below 99.8%",
}
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
_NO_COUNT = "No exact count for this area and period in the release or table."
_NO_PEOPLE = "No estimate of residents of these ages for this area and year is shipped."


def areas(  # noqa: PLR0913 - a table's options, beside what it is of
    measure_or_code: str | pd.DataFrame,
    period: Period | str | None = None,
    *,
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
        kind, ages, per, level and release, as in `area_table`.

    Returns
    -------
    Table
        One row per area, in the order of the frame.

    Raises
    ------
    InvalidInputError
        As `area_table`; a frame that it did not return; a total that does not hold the
        areas; `suppress_below` or `round_to` that is no whole number from 1 up.

    Warns
    -----
    UserWarning
        As `area_table`: the City of London is among the areas.

    Examples
    --------
    >>> import warnings
    >>> with warnings.catch_warnings(action="ignore"):
    ...     table = areas("86", "2018/19", total="England and Wales")
    >>> print(table.to_csv().splitlines()[2])
    Bedfordshire,362,159533,227,204,252,15,inside,
    >>> table.rows[1][3].shown
    '227 (204 to 252)'
    """
    disclosure = Disclosure(suppress_below, round_to)
    digits = asked_digits(digits)
    frame = frame_of("area_table", measure_or_code, period, **asked)
    options = {"total": total, "digits": digits, **disclosure.options}
    return stamped(
        "areas", frame, lambda it: _parts(it, total, digits, disclosure), caption, options
    )


def _parts(
    frame: pd.DataFrame, total: str | None, digits: int | None, disclosure: Disclosure
) -> Parts:
    """Return the parts of the table of a frame of `area_table`."""
    if total is not None:
        frame = _with_total(frame, total)
    of, ages, per, level = settings(frame)
    period = Period.parse(frame.attrs["ukcso"]["period"])
    kind = frame.attrs["ukcso"]["kind"].replace("_", " ")
    shown = frame.reset_index(drop=True)
    if shown["count"].isna().all():
        msg = f"nothing to show: no area has a count of {of} in {period}"
        raise InvalidInputError(msg)
    last = len(shown) - 1 if total is not None else None
    withheld = disclosure.withheld(shown["count"], last)
    if disclosure.is_on:
        shown["count"] = disclosure.rounded(shown["count"])
        add_rates(shown, per=per, level=level)
    places = rate_digits(shown, withheld, digits)
    footnotes = Footnotes()
    cells = []
    for place, row in enumerate(rows(shown)):
        remark = _of_total(frame, total) if place == last else None
        made = _row(row, places, footnotes, remark, withheld=place in withheld)
        cells.append(made[:4] if disclosure.is_on else made)
    columns = (
        Column("Area", ("area",), "words"),
        Column(capital(counted(of)), ("count",)),
        Column(f"{capital(residents(ages))}, mid-{mid_year(period)}", ("population",)),
        rate_column(per, level, residents(ages)),
        Column("Rank", ("rank",)),
        Column("Position", ("position",), "words"),
    )
    return Parts(
        caption=f"{title_of(of)}: {counted(of)} by {kind}, {period}, with rates per {per:,.0f} "
        f"{residents(ages)}",
        columns=columns[: len(cells[0])],
        rows=tuple(cells),
        footnotes=footnotes.texts,
        notes=(*_notes(frame, is_on=disclosure.is_on), *disclosure.notes),
        frame=frame,
    )


def _with_total(frame: pd.DataFrame, total: str) -> pd.DataFrame:
    """Add the row of the area that holds the others, from the same function."""
    whole = find_area(total)
    inside: frozenset[str] = frozenset().union(*(force_areas(it) for it in frame["area_id"]))
    if not inside <= force_areas(whole.area_id) or whole.area_id in set(frame["area_id"]):
        msg = f"total must be an area that holds all areas of the table; got {total!r}"
        raise InvalidInputError(msg)
    asked: Mapping[str, Any] = frame.attrs["ukcso"]["made_by"]["arguments"]
    wholes = area_table(**{**asked, "kind": whole.kind})
    whole_row = wholes[wholes["area_id"] == whole.area_id].drop(columns=["rank", "funnel"])
    # Reindexed, for a national total has neither rank nor position.
    whole_row = whole_row.reindex(columns=frame.columns).astype(frame.dtypes.to_dict())
    both = pd.concat([frame, whole_row], ignore_index=True)
    both.attrs = frame.attrs
    return both


def _of_total(frame: pd.DataFrame, total: str | None) -> str | None:
    """Say what a total is where it is more than its rows."""
    if frame["release_id"].notna().any():
        return "As printed by the release, not added up from the areas."
    national = total is not None and find_area(total).area_id == "england-and-wales"
    return _WITH_TRANSPORT if national else None


def _row(
    row: Any, digits: int, footnotes: Footnotes, remark: str | None, *, withheld: bool
) -> tuple[Cell, ...]:
    few = row.area_id == FEW_RESIDENTS
    said = _FEW_PEOPLE if few else remark
    name = Words(row.name, (footnotes.mark(said),) if said else ())

    def missing(reason: str) -> Empty:
        return Empty(marks=(footnotes.mark(reason),))

    why = _NO_COUNT if pd.isna(row.count) else _NO_PEOPLE
    count: Cell = missing(_NO_COUNT) if pd.isna(row.count) else Number(row.count)
    people: Cell = missing(_NO_PEOPLE) if pd.isna(row.population) else Number(row.population)
    if withheld:
        return name, Empty(WITHHELD_TEXT), people, Empty(WITHHELD_TEXT)
    if pd.isna(row.rate):
        return name, count, people, *(missing(why) for _ in range(3))
    rate = Interval(row.rate, row.lower, row.upper, digits)
    if few:
        return name, count, people, rate, missing(_FEW_PEOPLE), missing(_FEW_PEOPLE)
    rank: Cell = Empty("") if pd.isna(row.rank) else Number(row.rank)
    position: Cell = Empty("") if pd.isna(row.funnel) else Words(_POSITIONS[row.funnel])
    return name, count, people, rate, rank, position


def _notes(frame: pd.DataFrame, *, is_on: bool) -> tuple[str, ...]:
    told = frame.attrs["ukcso"]
    per = f"{told['per']:,.0f}"
    notes = [
        *([_RECORDED] if unit_of(told["of"]) == "offences" else []),
        of_chance(told["level"]),
        *caveats(frame),
    ]
    if "overdispersion" in told and not is_on:
        notes.append(
            f"Position: against control limits around the pooled rate of "
            f"{grouped(told['pooled_rate'], 1)} per {per}, widened because the variance "
            f"between the areas is {grouped(told['overdispersion'], 1)} times that of chance."
        )
    return tuple(notes)
