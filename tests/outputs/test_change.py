"""Mirrors src/ukcso/outputs/_change.py: what is printed about a change."""

from __future__ import annotations

import warnings
from types import SimpleNamespace

import pandas as pd
import pytest

import ukcso
from ukcso.datasets import rows
from ukcso.outputs import change_in_words, change_notes

#: What no sentence about a change may say.
NEVER = ("significant", "real rise", "real increase", "dramatic", "surge", "soar", "abuse rose")


def told(*args: object, **options: object) -> tuple[str, str, pd.DataFrame]:
    """Return the two sentences on the only area of a table, and the table."""
    with warnings.catch_warnings(action="ignore"):
        table = ukcso.change_table(*args, **options)
    (row,) = rows(table)
    return *change_in_words(row, table), table


def test_a_usual_change() -> None:
    """Two sentences: the number beside the rest, and that it is not told apart from it."""
    first, second, table = told("86", "2022/23", areas="Kent")
    # 1,738 after 1,612; the other 41 areas 38,730 after 33,771 (recorded_crime v1, by hand).
    assert first == (
        "Kent recorded 1,738 offences in 2022/23, 7.8 per cent more than the year before; the rest "
        "of the country 14.7 per cent more."
    )
    assert second.startswith("Changes of this size are usual: ")
    assert "not told apart" in second
    meaning, *others = change_notes(table)
    assert "does not mean ordinary" in meaning
    assert any("times the variance of chance alone" in text for text in others)


def test_an_unusual_change() -> None:
    """It says so, and that the numbers do not say why."""
    first, second, _ = told("86", "2022/23", areas="Staffordshire")
    assert "744 offences in 2022/23, 116.9 per cent more than the year before" in first
    assert "not usual" in second
    assert "above that of the rest" in second
    assert second.endswith("the numbers do not say why.")


def test_a_break_gives_no_growth() -> None:
    """The two counts are told, nothing is made of them, and what lies between is named."""
    first, second, table = told("88A", "2017/18", areas="Kent")
    assert first == "Kent recorded 167 offences in 2017/18, and 34 the year before."
    assert "cannot be told: a change of recording or law" in second
    assert "per cent" not in first + second
    assert change_notes(table)[0].startswith("Between the years lies brk-001")


def test_another_year() -> None:
    """What it is set against is named where it is not the year before."""
    first, *_, table = told("86", "2022/23", areas="Kent", against="2019/20")
    assert "more than in 2019/20; " in first
    assert any("vary over 3 years: " in text for text in change_notes(table))


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (0.0, 5.0, "Kent recorded 5 offences in 2022/23, after none the year before; the rest"),
        (5.0, 5.0, "Kent recorded 5 offences in 2022/23, about as many as the year before; the"),
        (5.0, 4.0, "Kent recorded 4 offences in 2022/23, 20.0 per cent fewer than the year before"),
    ],
)
def test_other_growths(before: float, after: float, words: str) -> None:
    """From none there is no growth; a fall is "fewer"."""
    *_, table = told("86", "2022/23", areas="Kent")
    growth = (after - before) / before if before else float("nan")
    row = SimpleNamespace(name="Kent", unusual="usual", growth_rest=0.1, growth=growth)
    row.before, row.after = before, after
    assert change_in_words(row, table)[0].startswith(words)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (3.0, None, "Kent: no exact count of the later year is known here, 3 the year before."),
        (None, None, "Kent: no exact count of the later year is known here."),
        (None, 4.0, "Kent recorded 4 offences in 2022/23, and an unknown number the year before."),
    ],
)
def test_counts_that_are_not_known(before: object, after: object, words: str) -> None:
    """What is not known is told as that."""
    *_, table = told("86", "2022/23", areas="Kent")
    row = SimpleNamespace(name="Kent", unusual=pd.NA, why_not="no_count", before=before)
    row.after = after
    first, second = change_in_words(row, table)
    assert first == words
    assert second == (
        "Whether that is usual cannot be told: no exact count of both years in the release or "
        "table."
    )


@pytest.mark.slow
@pytest.mark.parametrize("code", ["86", "88A", "image_offences"])
@pytest.mark.parametrize("period", ["2013/14", "2017/18", "2021/22"])
def test_no_sentence_says_more_than_is_known(code: str, period: str) -> None:
    """Of every area and year: two sentences, none with a word that a statistician would strike."""
    with warnings.catch_warnings(action="ignore"):
        table = ukcso.change_table(code, period)
    for row in rows(table):
        sentences = change_in_words(row, table)
        assert all(text.endswith(".") and "nan" not in text for text in sentences)
        assert not any(word in text.lower() for word in NEVER for text in sentences)
