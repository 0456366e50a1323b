"""Mirrors src/ukcso/datasets/_csv.py: files of one's own, as they stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from ukcso import datasets
from ukcso.errors import InvalidInputError, SchemaError

SOURCES = datasets.schema("sources")
HEADINGS = "source_id,kind,publisher,title,published,url,quality,note"


class TestOwnCsv:
    """A file is read without guessing, and its rows are named as a spreadsheet names them."""

    def test_rows_are_those_of_a_spreadsheet(self, tmp_path: Path) -> None:
        """The headings are row 1; an empty row has its number, and is left out."""
        file = tmp_path / "sources.csv"
        good, bad = "a,news,A,,2020-01,https://a.org,press,", "b,blog,A,,,https://b.org,press,"
        file.write_text(f"{HEADINGS}\n{good}\n\n{bad}\n\n", encoding="utf-8")
        own = datasets.read_own_csv(file, SOURCES)
        assert list(own.index) == [2, 4]
        with pytest.raises(SchemaError) as caught:
            datasets.validate(own, "sources")
        assert caught.value.failures["row"].tolist() == [4]
        first, second = str(caught.value).splitlines()
        assert first.endswith("; rows as a spreadsheet numbers them, headings first")
        assert second.startswith("  row 4, column kind: 'blog'")

    def test_empty_lines_before_the_headings_count(self, tmp_path: Path) -> None:
        """A file that begins with empty lines is read, and they are rows."""
        file = tmp_path / "sources.csv"
        file.write_bytes(f"\r\n\r\n{HEADINGS}\r\na,news,A,,,https://a.org,press,\r\n".encode())
        assert list(datasets.read_own_csv(file, SOURCES).index) == [4]

    def test_text_stays_text(self, tmp_path: Path) -> None:
        """A title in figures, and the word NA, are read as they stand."""
        file = tmp_path / "sources.csv"
        file.write_text(f"{HEADINGS}\na,news,NA,007,2020-01,https://a.org,press,\n", "utf-8")
        row = datasets.read_own_csv(file, SOURCES).iloc[0]
        assert (row["publisher"], row["title"]) == ("NA", "007")

    @pytest.mark.parametrize(("separator", "words"), [(";", "semicolons"), ("\t", "tabs")])
    def test_other_separators_are_named(self, tmp_path: Path, separator: str, words: str) -> None:
        """A file as many a spreadsheet saves it gets one error, which says what is wrong."""
        file = tmp_path / "own.csv"
        row = "a,news,A,One,,https://a.org,press,One".replace(",", separator)
        file.write_text(f"{HEADINGS.replace(',', separator)}\n{row}, two\n", "utf-8")
        with pytest.raises(InvalidInputError, match=rf"own\.csv: .* by commas, not by {words}$"):
            datasets.read_own_csv(file, SOURCES)

    @pytest.mark.parametrize("content", [b"", b"\xff\xfe", b'a,b\n"open', b"a,b\n1,2\n1,2,3,4\n"])
    def test_what_is_no_csv_is_refused(self, tmp_path: Path, content: bytes) -> None:
        """The message names the file."""
        file = tmp_path / "own.csv"
        file.write_bytes(content)
        with pytest.raises(InvalidInputError, match=r"own\.csv: not a readable CSV"):
            datasets.read_own_csv(file, SOURCES)
