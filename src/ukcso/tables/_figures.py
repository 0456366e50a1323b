"""What was printed for one measure in one area, release by release, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from ukcso.areas import find_area
from ukcso.claims import hedge_phrase
from ukcso.datasets import load_releases, rows
from ukcso.measures import title_of
from ukcso.outputs import capital, frame_of, unit_of
from ukcso.tables._cells import WITHHELD_TEXT, Empty, Number, Words
from ukcso.tables._description import Column
from ukcso.tables._disclosure import Disclosure
from ukcso.tables._footnotes import Footnotes
from ukcso.tables._numbers import asked_digits
from ukcso.tables._parts import Parts, stamped

if TYPE_CHECKING:
    from collections.abc import Hashable
    from typing import Unpack

    from ukcso.outputs import SeriesAsked
    from ukcso.tables._cells import Cell
    from ukcso.tables._table import Table

_CONFLICT = "Sources of this release print different numbers; the one that stands is shown."
_NOT_SAID = "The release does not say how many police forces it asked."
_NO_MONTH = "The month of publication is not known."
_AS_PRINTED = (
    "Every value as printed. Releases differ in scope, in the forces that answered and in what "
    "they count: values of two releases are not compared here, nor added up."
)
_COLUMNS = (
    Column("Period", ("period",), "words", width=0.17),
    Column("", ("value",)),
    Column("Qualifier", ("hedge",), "words"),
    Column("Release", ("release",), "words", width=0.28),
    Column("Published", ("published",), "words"),
    Column("Forces answering, of those asked", ("forces",), "words"),
    Column("Sources", ("n_sources",)),
)


def figures(  # noqa: PLR0913 - a table's options, beside what it is of
    measure: str | pd.DataFrame,
    area: str | None = None,
    *,
    caption: str | None = None,
    digits: int | None = None,
    suppress_below: int | None = None,
    round_to: int | None = None,
    **asked: Unpack[SeriesAsked],
) -> Table:
    """
    Table of what was printed for one measure in one area, by period and release.

    Parameters
    ----------
    measure
        A measure, as `series` takes it; or a frame that `series` returned, or some of
        its rows.
    area
        Any text that `find_area` takes, with a measure.
    caption
        Instead of the one made from measure and area.
    digits
        Decimals of the values; None shows none, or one where some value has them.
    suppress_below, round_to
        For figures of your own, as in `areas`. A period that contains a withheld one,
        six years and one of them, is withheld as well.
    **asked
        breakdown, release, as_of and figures, as in `series`.

    Returns
    -------
    Table
        One row per period and release.

    Raises
    ------
    InvalidInputError
        As `series`; a frame that it did not return; nothing was printed;
        `suppress_below` or `round_to` that is no whole number from 1 up.

    Examples
    --------
    >>> table = figures("image_offences", "Lancashire", release="nspcc-2023-02-image-offences")
    >>> [cell.shown for cell in table.rows[0]][:3]
    ['2016/17', '591', '']
    """
    disclosure = Disclosure(suppress_below, round_to)
    digits = asked_digits(digits)
    frame = frame_of("series", measure, area, **asked)
    options = {"digits": digits, **disclosure.options}
    return stamped("figures", frame, lambda it: _parts(it, digits, disclosure), caption, options)


def _parts(frame: pd.DataFrame, digits: int | None, disclosure: Disclosure) -> Parts:
    """Return the parts of the table of a frame of `series`."""
    first = frame.iloc[0]
    withheld = _with_spans(frame, disclosure.withheld(frame["value"].reset_index(drop=True)))
    values = disclosure.rounded(frame["value"])
    shown = frame.assign(value=values)
    kept = values.reset_index(drop=True).drop(list(withheld))
    places = 0 if (kept.dropna() % 1 == 0).all() else 1
    titles = load_releases().set_index("release_id")
    footnotes = Footnotes()
    cells = [
        _row(
            row,
            titles,
            places if digits is None else digits,
            footnotes,
            withheld=at in withheld,
        )
        for at, row in enumerate(rows(shown))
    ]
    where = find_area(first["area_id"])
    part = "" if first["breakdown"] == "all" else f" ({_breakdown(first['breakdown'])})"
    unit = unit_of(first["measure"])
    value = Column(capital(unit), ("value",))
    return Parts(
        caption=f"{title_of(first['measure'])}{part}: {unit} printed for {where.name}, "
        "by period and release",
        columns=tuple(value if it.names == ("value",) else it for it in _COLUMNS),
        rows=tuple(cells),
        footnotes=footnotes.texts,
        notes=(_AS_PRINTED, *disclosure.notes),
        frame=frame,
    )


def _with_spans(frame: pd.DataFrame, withheld: set[Hashable]) -> set[Hashable]:
    """Add the periods that contain a withheld one: less the rest, they would give it away."""
    spans = list(zip(frame["period_start"], frame["period_end"], strict=True))
    hidden = [spans[place] for place in range(len(spans)) if place in withheld]
    return withheld | {
        place
        for place, (start, end) in enumerate(spans)
        if any((start, end) != it and start <= it[0] and it[1] <= end for it in hidden)
    }


def _row(
    row: Any, titles: pd.DataFrame, digits: int, footnotes: Footnotes, *, withheld: bool
) -> tuple[Cell, ...]:
    marks = (footnotes.mark(_CONFLICT),) if row.conflicting else ()
    value: Cell = Empty(WITHHELD_TEXT, marks) if withheld else Number(row.value, digits, marks)
    known = row.release_id in titles.index
    release = titles.loc[row.release_id] if known else None
    title = f"{release['publisher']}, {release['title']}" if release is not None else row.release_id
    published: Cell = (
        Empty(marks=(footnotes.mark(_NO_MONTH),))
        if pd.isna(row.published)
        else Words(row.published)
    )
    return (
        Words(row.period),
        value,
        Words(hedge_phrase(row.hedge)),
        Words(title),
        published,
        _forces(row, footnotes),
        Number(row.n_sources),
    )


def _forces(row: Any, footnotes: Footnotes) -> Cell:
    asked, answered = row.forces_asked, row.forces_responding
    if pd.isna(asked) and pd.isna(answered):
        return Empty(marks=(footnotes.mark(_NOT_SAID),))
    return Words(" of ".join("?" if pd.isna(it) else str(it) for it in (answered, asked)))


def _breakdown(breakdown: str) -> str:
    return breakdown.replace(":", " ").replace("_", " ")
