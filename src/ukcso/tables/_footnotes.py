"""Footnotes: letters in order of first use, one letter for the same words."""

from __future__ import annotations

from string import ascii_lowercase


class Footnotes:
    """
    The footnotes of one table while its cells are made, row by row.

    Letters, because a raised digit reads as a part of a number.

    Examples
    --------
    >>> notes = Footnotes()
    >>> notes.mark("not known"), notes.mark("few people"), notes.mark("not known")
    ('a', 'b', 'a')
    >>> notes.texts
    {'a': 'not known', 'b': 'few people'}
    """

    def __init__(self) -> None:
        self._marks: dict[str, str] = {}

    def mark(self, text: str) -> str:
        """Return the mark of a footnote, a new one if nobody said this before."""
        if text not in self._marks:
            place = len(self._marks)
            rounds, letter = divmod(place, len(ascii_lowercase))
            self._marks[text] = ascii_lowercase[letter] * (rounds + 1)
        return self._marks[text]

    @property
    def texts(self) -> dict[str, str]:
        """Every footnote by its mark."""
        return {mark: text for text, mark in self._marks.items()}
