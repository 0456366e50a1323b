"""Printed statements with their recomputation and verdict, as a table."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ukcso._rules import require_choice, require_known
from ukcso.claims import VERDICTS, about, operands_phrase, printed_phrase, recomputed_phrase, remark
from ukcso.datasets import load_claims, load_sources, rows
from ukcso.errors import InvalidInputError, Listing
from ukcso.outputs import capital, frame_of
from ukcso.tables._cells import MISSING, Cell, words
from ukcso.tables._kind import Content, Kind
from ukcso.tables._presentation import Presentation
from ukcso.tables._table import Column, Table

_ABOUT_VERDICTS = (
    "A verdict is about arithmetic: what differs may be a slip of the keys, or a number that was "
    "revised between two releases."
)
_COLUMNS = (
    Column("Claim", ("claim_id",), "words", width=0.095),
    Column("About", ("about",), "words", width=0.18),
    Column("Printed", ("printed",), "words", width=0.085),
    Column("By", ("publisher",), "words", width=0.125),
    Column("From", ("operands",), "words", width=0.1),
    Column("Recomputed", ("recomputed",), "words", width=0.115),
    Column("Verdict", ("verdict",), "words", width=0.105),
    Column("Remark", ("remark",), "words", width=0.115),
)


def claims(
    checked: pd.DataFrame | None = None,
    *,
    release: str | None = None,
    verdict: str | None = None,
    caption: str | None = None,
) -> Table:
    """
    Table of printed statements: what was printed, what comes out, and the verdict.

    Parameters
    ----------
    checked
        A frame that `check_claims` returned, or some of its rows; None checks the
        shipped statements.
    release
        Only the statements of this release.
    verdict
        Only those with this verdict: "differs".
    caption
        Instead of the one made from the release.

    Returns
    -------
    Table
        One row per statement.

    Raises
    ------
    InvalidInputError
        A frame that `check_claims` did not return, or with statements of your own; an
        unknown release or verdict; nothing is left.

    Examples
    --------
    >>> table = claims(release="nspcc-2018-09-image-offences", verdict="differs")
    >>> [cell.shown for cell in table.rows[0]][2:7]
    ['66 %', 'Royston Crow', '118 to 200', '69.5 %', 'differs']
    """
    frame = frame_of("check_claims", checked)
    return KIND.table(frame, caption, release=release, verdict=verdict)


def _choose(
    frame: pd.DataFrame, release: str | None = None, verdict: str | None = None
) -> pd.DataFrame:
    """Return the rows of one release, of one verdict, or of both."""
    kept = frame
    if release is not None:
        require_known("release", release, set(frame["release_id"]), Listing("releases"))
        kept = kept[kept["release_id"] == release]
    if verdict is not None:
        require_choice("verdict", verdict, VERDICTS)
        kept = kept[kept["verdict"] == verdict]
    if kept.empty:
        msg = f"nothing to show: no claim of release {release} has the verdict {verdict}"
        raise InvalidInputError(msg)
    return kept


def _content(frame: pd.DataFrame, _: Presentation) -> Content:
    """Return what the table of a frame of `check_claims` says."""
    facts = load_claims().set_index("claim_id")
    if not set(frame["claim_id"]) <= set(facts.index):
        msg = "the claims must be shipped ones: the table names what each is about"
        raise InvalidInputError(msg)
    publishers = load_sources().set_index("source_id")["publisher"]
    joined = frame.join(facts[facts.columns.difference(frame.columns)], "claim_id")
    joined["publisher"] = joined["source_id"].map(publishers)
    releases = frame["release_id"].unique()
    of = f", release {releases[0]}" if len(releases) == 1 else f" of {len(releases)} releases"
    caption = f"Printed statements and their recomputation{of}"
    return caption, _COLUMNS, tuple(map(_row, rows(joined))), (_ABOUT_VERDICTS,)


KIND = Kind("claims", "check_claims", _content, _choose)


def _row(row: Any) -> tuple[Cell, ...]:
    again = recomputed_phrase(row.relation, row.recomputed_lower, row.recomputed_upper, row.printed)
    verdict = row.verdict.replace("_", " ")
    meaning = f"{capital(verdict)}: {VERDICTS[row.verdict].meaning}."
    return (
        words(row.claim_id),
        words(about(row)),
        words(printed_phrase(row.relation, row.printed, row.hedge)),
        words(row.publisher),
        words(operands_phrase(row)),
        words(again) if again else MISSING.noted(meaning),
        words(verdict).noted(meaning),
        words(remark(row)),
    )
