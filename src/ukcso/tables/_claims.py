"""Printed statements with their recomputation and verdict, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ukcso._rules import require_choice, require_known
from ukcso.claims import VERDICTS, about, operands_phrase, printed_phrase, recomputed_phrase, remark
from ukcso.datasets import load_claims, load_sources, rows
from ukcso.errors import InvalidInputError
from ukcso.outputs import frame_of
from ukcso.tables._cells import Empty, Words
from ukcso.tables._description import Column
from ukcso.tables._footnotes import Footnotes
from ukcso.tables._parts import Parts, stamped

if TYPE_CHECKING:
    import pandas as pd

    from ukcso.tables._cells import Cell
    from ukcso.tables._table import Table

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
    frame = chosen(frame_of("check_claims", checked), release, verdict)
    options = {"release": release, "verdict": verdict}
    return stamped("claims", frame, _parts, caption, options)


def chosen(frame: pd.DataFrame, release: str | None, verdict: str | None) -> pd.DataFrame:
    """
    Return the rows of one release, of one verdict, or of both.

    Raises
    ------
    InvalidInputError
        No claim has this release, or there is no such verdict, or nothing is left.
    """
    kept = frame
    if release is not None:
        require_known("release", release, set(frame["release_id"]), "load_releases()")
        kept = kept[kept["release_id"] == release]
    if verdict is not None:
        require_choice("verdict", verdict, VERDICTS)
        kept = kept[kept["verdict"] == verdict]
    if kept.empty:
        msg = f"nothing to show: no claim of release {release} has the verdict {verdict}"
        raise InvalidInputError(msg)
    return kept


def _parts(frame: pd.DataFrame) -> Parts:
    """Return the parts of the table of a frame of `check_claims`."""
    facts = load_claims().set_index("claim_id")
    if not set(frame["claim_id"]) <= set(facts.index):
        msg = "the claims must be shipped ones: the table names what each is about"
        raise InvalidInputError(msg)
    taken = {"relation", "printed", "hedge", "source_id", "release_id"}
    by = load_sources().set_index("source_id")["publisher"]
    joined = frame.join(facts.drop(columns=sorted(taken)), on="claim_id")
    joined = joined.assign(publisher=joined["source_id"].map(by))
    footnotes = Footnotes()
    cells = tuple(_row(row, footnotes) for row in rows(joined))
    releases = frame["release_id"].unique()
    of = f", release {releases[0]}" if len(releases) == 1 else f" of {len(releases)} releases"
    return Parts(
        caption=f"Printed statements and their recomputation{of}",
        columns=_COLUMNS,
        rows=cells,
        footnotes=footnotes.texts,
        notes=(_ABOUT_VERDICTS,),
        frame=frame,
    )


def _row(row: Any, footnotes: Footnotes) -> tuple[Cell, ...]:
    again = recomputed_phrase(row.relation, row.recomputed_lower, row.recomputed_upper, row.printed)
    verdict = row.verdict.replace("_", " ")
    meaning = f"{verdict[0].upper()}{verdict[1:]}: {VERDICTS[row.verdict].meaning}."
    recomputed: Cell = Words(again) if again else Empty(marks=(footnotes.mark(meaning),))
    return (
        Words(row.claim_id),
        Words(about(row)),
        Words(printed_phrase(row.relation, row.printed, row.hedge)),
        Words(row.publisher),
        Words(operands_phrase(row)),
        recomputed,
        Words(verdict, (footnotes.mark(meaning),)),
        Words(remark(row)),
    )
