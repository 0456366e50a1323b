"""What was printed for one measure in one area, release by release, as a table."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any, Unpack

import pandas as pd

from ukcso.areas import find_area
from ukcso.claims import hedge_phrase
from ukcso.datasets import load_releases
from ukcso.measures import title_of
from ukcso.outputs import SeriesAsked, capital, frame_of, require_options, unit_of
from ukcso.tables._cells import MISSING, WITHHELD, Cell, number, words
from ukcso.tables._kind import Columns, Content, Kind
from ukcso.tables._presentation import Presentation
from ukcso.tables._table import Column, Table

_CONFLICT = "Sources of this release print different numbers; the one that stands is shown."
_NOT_SAID = "The release does not say how many police forces it asked."
_NO_MONTH = "The month of publication is not known."
_AS_PRINTED = (
    "Every value as printed. Releases differ in scope, in the forces that answered and in what "
    "they count: values of two releases are not compared here, nor added up."
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
    require_options("tables.figures", "series", asked)
    presentation = Presentation(digits, suppress_below, round_to)
    frame = frame_of("series", measure, area, **asked)
    return KIND.table(frame, caption, presentation)


def _content(frame: pd.DataFrame, presentation: Presentation) -> Content:
    """Return what the table of a frame of `series` says."""
    first = frame.iloc[0]
    shown = frame.reset_index(drop=True)
    withheld = _with_spans(shown, presentation.withheld(shown["value"]))
    shown["value"] = presentation.rounded(shown["value"])
    shown["withheld"] = shown.index.isin(list(withheld))
    kept = shown["value"][~shown["withheld"]].dropna()
    usual = 0 if (kept % 1 == 0).all() else 1
    digits = usual if presentation.digits is None else presentation.digits
    releases = load_releases().set_index("release_id")
    titles = releases["publisher"] + ", " + releases["title"]
    shown["release"] = shown["release_id"].map(titles).fillna(shown["release_id"])
    where = find_area(first["area_id"])
    breakdown = first["breakdown"].replace(":", " ").replace("_", " ")
    part = "" if breakdown == "all" else f" ({breakdown})"
    unit = unit_of(first["measure"])
    caption = f"{title_of(first['measure'])}{part}: {unit} printed for {where.name}, "
    columns: Columns = {
        Column("Period", ("period",), "words", width=0.17): lambda row: words(row.period),
        Column(capital(unit), ("value",)): lambda row: _value(row, digits),
        Column("Qualifier", ("hedge",), "words"): lambda row: words(hedge_phrase(row.hedge)),
        Column("Release", ("release",), "words", width=0.28): lambda row: words(row.release),
        Column("Published", ("published",), "words"): lambda row: (
            MISSING.noted(_NO_MONTH) if pd.isna(row.published) else words(row.published)
        ),
        Column("Forces answering, of those asked", ("forces",), "words"): _forces,
        Column("Sources", ("n_sources",)): lambda row: number(row.n_sources, 0, ""),
    }
    notes = (_AS_PRINTED, *presentation.notes)
    return f"{caption}by period and release", columns, shown, notes


# Periods repeat: a row is that of a release too.
KIND = Kind("figures", "series", _content, keys=(0, 3))


def _with_spans(frame: pd.DataFrame, withheld: set[Hashable]) -> set[Hashable]:
    """Add the periods that contain a withheld one: less the rest, they would give it away."""
    spans = list(zip(frame["period_start"], frame["period_end"], strict=True))
    hidden = [span for place, span in enumerate(spans) if place in withheld]
    return withheld | {
        place
        for place, (start, end) in enumerate(spans)
        if any((start, end) != span and start <= span[0] and span[1] <= end for span in hidden)
    }


def _value(row: Any, digits: int) -> Cell:
    value = WITHHELD if row.withheld else number(row.value, digits, "")
    return value.noted(_CONFLICT) if row.conflicting else value


def _forces(row: Any) -> Cell:
    numbers = row.forces_responding, row.forces_asked
    if all(pd.isna(force) for force in numbers):
        return MISSING.noted(_NOT_SAID)
    return words(" of ".join("?" if pd.isna(force) else str(force) for force in numbers))
