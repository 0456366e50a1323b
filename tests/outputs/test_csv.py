"""Comma-separated values: read back as they were, and run by no spreadsheet."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ukcso.outputs import csv_text, runs_as_formula

words = st.text(st.characters(codec="utf-8", exclude_characters="\0"))


class TestCsvText:
    """`csv_text` is one line a row."""

    @given(rows=st.lists(st.tuples(words, words), max_size=5))
    def test_what_is_written_is_read_back(self, rows) -> None:
        """Quotes, commas, line feeds and carriage returns, on every Python."""
        text = csv_text(["a", "b"], rows)
        read = list(csv.reader(io.StringIO(text, newline="")))
        assert read[0] == ["a", "b"]
        bare = [[cell[1:] if cell[:1] == "'" else cell for cell in row] for row in read[1:]]
        want = [[cell[1:] if cell[:1] == "'" else cell for cell in row] for row in rows]
        assert bare == want

    @pytest.mark.parametrize("text", ["a\rb", "\n", "a,b", 'say "x"', "a\r\nb"])
    def test_a_row_stays_one(self, text: str) -> None:
        """What would end a line or a cell is quoted."""
        assert f'"{text.replace(chr(34), 2 * chr(34))}",' in csv_text(["a", "b"], [[text, ""]])

    @pytest.mark.parametrize("text", ["=1+1", "+A1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "-"])
    def test_formulas_are_text(self, text: str) -> None:
        """As OWASP advises: an apostrophe before = + - @, tab and carriage return."""
        assert runs_as_formula(text)
        (_, row) = csv.reader(io.StringIO(csv_text(["a"], [[text]]), newline=""))
        assert row == [f"'{text}"]

    @pytest.mark.parametrize("text", ["-12.3", "+4", "-0.5e-7", "-inf", "a=b", "", " =1", "1-2"])
    def test_numbers_stay_numbers(self, text: str) -> None:
        """A negative change is one; and what begins otherwise is text anyway."""
        assert not runs_as_formula(text)
        assert csv_text(["a", "b"], [[text, "x"]]) == f"a,b\n{text},x\n"
