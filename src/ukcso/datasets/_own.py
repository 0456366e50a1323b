"""A frame of a user's own that stands in the place of a dataset, and what it is called."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

#: What stands in the place of a version's number.
OWN = "own"
#: How ids of releases and sources begin that are a file of somebody's own, without a row.
OWN_ID = "own-"
#: So many characters of a hash tell files apart for a reader; of a file's name, so many are shown.
_DIGITS, _LONGEST = 12, 80
#: A shipped dataset that own rows were put together with.
_SHIPPED = re.compile(r"(\w+) v(\d+)")
_LABEL = re.compile(rf"{OWN} (?:(?P<file>.+) )?(?P<digest>[0-9a-f]{{{_DIGITS}}})")


@dataclass(frozen=True, slots=True, eq=False)
class Own:
    """
    Rows of somebody's own in the place of a dataset, checked; nobody edits them.

    Attributes
    ----------
    file, sha256
        What the frame says it was read from; the hash is that of its CSV text where it
        does not say.
    content
        SHA-256 of its CSV text: what tells it from every other, also from a frame that was
        edited after it was read.
    attrs
        What `attrs["ukcso"]` of its rows says.
    """

    dataset: str
    file: str | None
    sha256: str
    content: str
    frame: pd.DataFrame
    attrs: Mapping[str, Any]

    @property
    def label(self) -> str:
        """What stands for its version in attrs and stamps: "own prc-2026.ods 3f2a91c0d1e2"."""
        return own_label(self.file, self.sha256, self.attrs.get("combined_with"))

    @property
    def key(self) -> tuple[str, str]:
        """What results are remembered by: a frame would be held for as long as they are."""
        return self.label, self.content


#: The number of a released version, or rows of somebody's own.
Version = int | Own


def said_of_file(frame: pd.DataFrame, dataset: str) -> Mapping[str, Any]:
    """Return what rows of a dataset say of the file that they were read from, or nothing."""
    origin: Mapping[str, Any] = frame.attrs.get("ukcso", {})
    is_read = origin.get("version") == OWN and origin.get("dataset") == dataset
    return origin if is_read else {}


def hash_of_text(frame: pd.DataFrame) -> str:
    """Return the SHA-256 of a frame's CSV text."""
    text = frame.to_csv(index=False, lineterminator="\n")
    return hashlib.sha256(text.encode()).hexdigest()


def own_label(file: str | None, sha256: str, beside: Mapping[str, int] | None = None) -> str:
    """
    Return the name of own data by their file and its hash, as attrs and stamps write it.

    `beside` are the shipped versions, by dataset, that they were put together with.

    Examples
    --------
    >>> own_label("prc-2026.ods", "3f2a91c0d1e2" + 52 * "0"), own_label(None, 64 * "a")
    ('own prc-2026.ods 3f2a91c0d1e2', 'own aaaaaaaaaaaa')
    >>> own_label(None, 64 * "a", {"recorded_crime": 1})
    'own rows + recorded_crime v1 aaaaaaaaaaaa'
    """
    shipped = [f"{name} v{version}" for name, version in (beside or {}).items()]
    name = _shown(file) if file else "rows" * bool(shipped)
    return " ".join(filter(None, (OWN, " + ".join([name, *shipped]), sha256[:_DIGITS])))


def _shown(file: str) -> str:
    """Return a file's name without what a stamp ends at, or a document would make markup of."""
    first, *others = file.split("; ")
    name = " ".join(re.sub(r"[^\w.()+ -]", "_", first).split())[:_LONGEST]
    return f"{name} and {len(others)} more" if others else name


def is_own(version: object) -> bool:
    """Say whether what stands for a version is the name of own data."""
    return isinstance(version, str) and _LABEL.fullmatch(version) is not None


def own_file(label: str) -> str:
    """
    Return the file that the name of own data speaks of; empty where it speaks of none.

    Examples
    --------
    >>> own_file("own prc-2026.ods 3f2a91c0d1e2"), own_file("own 3f2a91c0d1e2")
    ('prc-2026.ods', '')
    """
    match = _LABEL.fullmatch(label)
    return (match["file"] or "") if match else ""


def shipped_in(label: str) -> dict[str, int]:
    """
    Return the shipped versions, by dataset, that own data were put together with.

    Examples
    --------
    >>> shipped_in("own prc.ods + recorded_crime v1 3f2a91c0d1e2"), shipped_in("own 3f2a91c0d1e2")
    ({'recorded_crime': 1}, {})
    """
    parts = own_file(label).split(" + ")[1:]
    matches = (_SHIPPED.fullmatch(part) for part in parts)
    return {match[1]: int(match[2]) for match in matches if match}


def same_own(label: str, version: Own) -> bool:
    """Say whether a name speaks of these own data: by its hash, for files are renamed."""
    same_file = label[-_DIGITS:] == version.sha256[:_DIGITS]
    return label == OWN or (same_file and shipped_in(label) == shipped_in(version.label))


def version_in(origin: Mapping[str, Any]) -> int | str:
    """Return what stands for the version in the attrs of a loaded frame: own data by their name."""
    version: int | str = origin.get("version", 0)
    if version == OWN:
        beside = origin.get("combined_with")
        return own_label(origin.get("file"), str(origin.get("sha256")), beside)
    return version
