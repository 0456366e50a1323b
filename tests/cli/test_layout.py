"""Mirrors src/ukcso/cli/_layout.py: no character is lost, whatever the width."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ukcso.cli import _layout

WORD = st.text(alphabet="abcde;-/", min_size=1, max_size=24)
CELL = st.lists(WORD, max_size=8).map(" ".join)
ROWS = st.integers(1, 6).flatmap(
    lambda n: st.lists(st.lists(CELL, min_size=n, max_size=n), min_size=1, max_size=4)
)


def characters(text: str) -> str:
    """Return what a text has beside spaces."""
    return re.sub(r"\s", "", text)


class TestWrapped:
    """`wrapped`: between words and between ids only."""

    @given(CELL, st.integers(1, 40))
    def test_nothing_is_lost_and_no_word_is_cut(self, text: str, width: int) -> None:
        """Joined, the lines are the text; a line that is too wide is one piece."""
        lines = _layout.wrapped(text, width)
        assert characters("".join(lines)) == characters(text)
        for line in lines:
            assert len(line) <= width or " " not in line.strip()

    def test_without_a_width(self) -> None:
        """A pipe has no width."""
        assert _layout.wrapped("a " * 500, None) == ["a " * 500]


class TestTable:
    """`table`: a table, then fewer columns, then records."""

    @given(ROWS, st.sampled_from([None, 10, 30, 60, 80]), st.booleans())
    def test_every_character_is_there(
        self, rows: list[list[str]], width: int | None, may_go: bool
    ) -> None:
        """As often as in the cells of the columns that stayed."""
        headings = [f"h{place}" for place in range(len(rows[0]))]
        lines, left_out = _layout.table(headings, rows, width, goes=headings[1:] if may_go else ())
        kept = [place for place, name in enumerate(headings) if name not in left_out]
        printed = sorted(characters("".join(lines)).replace("─", ""))
        cells = "".join(row[place] for row in rows for place in kept)
        said_once = any(len({row[place] for row in rows}) == 1 < len(rows) for place in kept)
        if len(lines) > 1 and set(lines[1]) == {"─"} and not said_once:
            cells += "".join(headings[place] for place in kept)
            assert printed == sorted(characters(cells))
        else:
            assert not set(characters(cells)) - set(printed)

    def test_a_row_is_a_line_in_a_pipe(self) -> None:
        """Whatever is in it, line feeds and signs that steer a terminal too."""
        lines, _ = _layout.table(["a", "b"], [["x" * 300, "one\ntwo\x1b[31m"], ["y", ""]])
        assert len(lines) == 2 + 2
        assert lines[2] == f"{'x' * 300}  one two [31m"

    def test_the_widest_wraps_first(self) -> None:
        """Ids stay whole; the long text gives way."""
        lines, left_out = _layout.table(
            ["id", "note"], [["fig-00462", "all the forces there are"]], 28
        )
        assert lines[2:] == ["fig-00462  all the forces", "           there are"]
        assert left_out == []

    def test_columns_go_in_their_order_then_records(self) -> None:
        """The first of `goes` goes first; records have every column again."""
        row = ["fig-00462", "nspcc-2018-09", "royston-crow"]
        headings = ["id", "release", "source"]
        _, left_out = _layout.table(headings, [row], 24, goes=["release", "source"])
        assert left_out == ["release"]
        lines, left_out = _layout.table(headings, [row], 20, goes=[])
        assert lines == [
            "id: fig-00462",
            "release:",
            "  nspcc-2018-09",
            "source:",
            "  royston-crow",
            "",
        ]
        assert left_out == []

    def test_what_rows_share_is_said_above_them(self) -> None:
        """All rows' share first, then a line above the rows that share a column of `by`."""
        rows = [["a-measure", "release-1", "5", "6"], ["a-measure", "release-2", "7", "8"]]
        headings = ["measure", "release", "lower", "upper"]
        lines, left_out = _layout.table(headings, rows, 20, by=["release"])
        assert lines == [
            "measure: a-measure",
            "lower  upper",
            "────────────",
            "release: release-1",
            "5      6",
            "release: release-2",
            "7      8",
        ]
        assert left_out == []

    def test_bounds_and_periods_stay_together(self) -> None:
        """A lower bound goes with its upper one; in a record they share a line."""
        row = ["fig-00462", "2018-04-01", "2019-03-31", "5", "6"]
        headings = ["id", "period_start", "period_end", "lower", "upper"]
        lines, left_out = _layout.table(headings, [row], 40, goes=["upper"])
        assert left_out == ["lower", "upper"]
        lines, _ = _layout.table(headings, [row], 40)
        assert lines[-2:] == ["lower: 5  upper: 6", ""]

    def test_sections(self) -> None:
        """A heading stands above the rows that share it, in one table."""
        lines, _ = _layout.table(["n"], [["1"], ["2"], ["3"]], sections=["odd", "even", "even"])
        assert lines == ["n", "─", "odd", "1", "even", "2", "3"]

    def test_numbers_to_the_right_and_styles(self) -> None:
        """A style is around the text, not around the space beside it."""
        styles = {"differs": {"fg": "red"}}
        lines, _ = _layout.table(
            ["n", "verdict"], [["5", "differs"], ["10", "x"]], right=["n"], styles=styles
        )
        assert lines[2:] == [" 5  \x1b[31mdiffers\x1b[0m", "10  x"]

    @pytest.mark.parametrize("width", [None, 5, 80])
    def test_no_rows(self, width: int | None) -> None:
        """Headings alone are a table too."""
        lines, _ = _layout.table(["area", "count"], [], width)
        assert lines in ([["area  count", "───────────"], []][width == 5 :][:1])
