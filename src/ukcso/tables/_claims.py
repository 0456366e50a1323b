"""Printed statements with their recomputation and verdict, as a table."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ukcso._rules import require_choice, require_known
from ukcso.claims import VERDICTS, about, operands_phrase, printed_phrase, recomputed_phrase, remark
from ukcso.datasets import load_claims, load_sources
from ukcso.errors import InvalidInputError, Listing
from ukcso.outputs import capital, frame_of
from ukcso.tables._cells import MISSING, Cell, words
from ukcso.tables._kind import Columns, Content, Kind
from ukcso.tables._presentation import Presentation
from ukcso.tables._table import Column, Table

_ABOUT_VERDICTS = (
    "A verdict is about arithmetic: what differs may be a slip of the keys, or a number that was "
    "revised between two releases."
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
    if release is not None:
        require_known("release", release, set(frame["release_id"]), Listing("releases"))
        frame = frame[frame["release_id"] == release]
    if verdict is not None:
        require_choice("verdict", verdict, VERDICTS)
        frame = frame[frame["verdict"] == verdict]
    if frame.empty:
        msg = f"nothing to show: no claim of release {release} has the verdict {verdict}"
        raise InvalidInputError(msg)
    return frame


def _content(frame: pd.DataFrame, _: Presentation) -> Content:
    """Return what the table of a frame of `check_claims` says."""
    facts = load_claims().set_index("claim_id")
    if not set(frame["claim_id"]) <= set(facts.index):
        msg = "the claims must be shipped ones: the table names what each is about"
        raise InvalidInputError(msg)
    publishers = load_sources().set_index("source_id")["publisher"]
    joined = frame.join(facts[facts.columns.difference(frame.columns)], "claim_id")
    joined["publisher"] = joined["source_id"].map(publishers).fillna(joined["source_id"])
    releases = frame["release_id"].unique()
    of = f", release {releases[0]}" if len(releases) == 1 else f" of {len(releases)} releases"
    caption = f"Printed statements and their recomputation{of}"
    columns: Columns = {
        _words("Claim", "claim_id", 0.095): lambda row: words(row.claim_id),
        _words("About", "about", 0.18): lambda row: words(about(row)),
        _words("Printed", "printed", 0.085): lambda row: words(
            printed_phrase(row.relation, row.printed, row.hedge)
        ),
        _words("By", "publisher", 0.125): lambda row: words(row.publisher),
        _words("From", "operands", 0.1): lambda row: words(operands_phrase(row)),
        _words("Recomputed", "recomputed", 0.115): _recomputed,
        _words("Verdict", "verdict", 0.105): _verdict,
        _words("Remark", "remark", 0.115): lambda row: words(remark(row)),
    }
    return caption, columns, joined, [_ABOUT_VERDICTS]


KIND = Kind("claims", "check_claims", _content, _choose)


def _words(heading: str, name: str, width: float) -> Column:
    return Column(heading, (name,), "words", width)


def _verdict(row: Any) -> Cell:
    verdict = row.verdict.replace("_", " ")
    return words(verdict).noted(f"{capital(verdict)}: {VERDICTS[row.verdict].meaning}.")


def _recomputed(row: Any) -> Cell:
    again = recomputed_phrase(row.relation, row.recomputed_lower, row.recomputed_upper, row.printed)
    return words(again) if again else MISSING.noted(*_verdict(row).notes)
