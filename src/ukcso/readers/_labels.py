"""Labels in official tables, without what editions vary: footnote marks, case, blanks, dots."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_MARK = re.compile(
    r"\s*(\[[^\]]*\]|\((note|see note)?\s*\d+\)|[*\u2020\u2021]+|(?<=[^\W\d])\d{1,2})\s*$"
)


def unmarked(label: str) -> str:
    """
    Return a label without outer blanks and the footnote marks at its end.

    Examples
    --------
    >>> unmarked(" Metropolitan Police [Note 6]"), unmarked("Kent2"), unmarked("Essex (3)*")
    ('Metropolitan Police', 'Kent', 'Essex')
    """
    text = " ".join(unicodedata.normalize("NFKC", label).split())
    while (shorter := _MARK.sub("", text)) != text:
        text = shorter
    return text


@lru_cache(maxsize=4096)
def heading_key(label: object) -> str:
    """
    Return the letters of a heading, by which editions agree.

    Examples
    --------
    >>> heading_key("Financial.Year"), heading_key(" Number  of offences [note 2]"), heading_key(0)
    ('financialyear', 'numberofoffences', '')
    """
    if not isinstance(label, str):
        return ""
    return "".join(sign for sign in unmarked(label).casefold() if sign.isalpha())
