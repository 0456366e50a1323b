"""Mirrors src/ukcso/stats/_shares.py: `share`. What all measures share is in test_apply.py."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ukcso.errors import InvalidInputError
from ukcso.stats._shares import share

WHOLES = st.integers(1, 10_000_000)


class TestShare:
    """`share` is a part as a fraction of its whole."""

    @pytest.mark.parametrize(
        ("part", "whole", "expected"),
        [
            (146, 41_246, 0.003_539_737_187),  # prohibited images, printed 0.4 per cent
            (30, 120, 0.25),
            (0, 120, 0.0),
            (120, 120, 1.0),
            (0.5, 2.0, 0.25),
        ],
    )
    def test_hand_computed(self, part: float, whole: float, expected: float) -> None:
        """Agrees with arithmetic done by hand, as a fraction and not in percent."""
        assert share(part, whole) == pytest.approx(expected, rel=1e-9)
        assert share(np.array([part]), np.array([whole])) == pytest.approx([expected], rel=1e-9)

    def test_of_nothing_is_undefined(self) -> None:
        """Nothing of nothing is no fraction."""
        assert math.isnan(share(0, 0))
        assert np.isnan(share(np.zeros(2), np.array([0.0, 5.0]))).tolist() == [True, False]
        assert np.isnan(share(np.zeros(2), 0)).all()
        assert share(pd.Series([0, 0], dtype="Int64"), pd.Series([0, 5])).isna().tolist() == [
            True,
            False,
        ]

    @pytest.mark.parametrize(("part", "whole"), [(13, 10), (1, 0), (0.3, 0.2)])
    def test_a_part_above_its_whole_is_refused(self, part: float, whole: float) -> None:
        """The message gives the part and its position."""
        message = rf"^part must be at most the whole; got {part:.1f} at position 0 \(1 bad of 1\)$"
        with pytest.raises(InvalidInputError, match=message):
            share(part, whole)
        with pytest.raises(InvalidInputError, match=message):
            share(np.array([part]), whole)

    def test_parts_above_their_wholes_are_counted(self) -> None:
        """The first is named by label; missing values are not above anything."""
        part = pd.Series([1.0, 13.0, math.nan, 14.0, 5.0], index=list("abcde"))
        whole = pd.Series([2.0, 10.0, 3.0, 10.0, math.nan], index=list("abcde"))
        message = r"whole; got 13\.0 at position 1 \(label 'b'\) \(2 bad of 5\)$"
        with pytest.raises(InvalidInputError, match=message):
            share(part, whole)

    def test_one_whole_for_all_parts(self) -> None:
        """One number stands for every row, on either side, in the message too."""
        whole: Any = np.array([10.0, 3.0, 4.0])
        with pytest.raises(InvalidInputError, match=r"got 13\.0 at position 2 \(1 bad of 3\)$"):
            share(np.array([1.0, 2.0, 13.0]), 10)
        with pytest.raises(InvalidInputError, match=r"got 5\.0 at position 1 \(2 bad of 3\)$"):
            share(5, whole)

    def test_deep_inside_a_long_array(self) -> None:
        """The position is that in the whole array."""
        part, whole = np.ones(40_000), np.full(40_000, 2.0)
        part[30_000] = 3
        with pytest.raises(
            InvalidInputError, match=r"got 3\.0 at position 30000 \(1 bad of 40000\)$"
        ):
            share(part, whole)

    def test_a_negative_part_is_refused_as_such(self) -> None:
        """A negative count is the worse mistake, so it is named first."""
        with pytest.raises(InvalidInputError, match=r"^part must be >= 0 and finite; got -1\.0"):
            share(np.array([3.0, -1.0]), np.array([2.0, 2.0]))
        with pytest.raises(InvalidInputError, match=r"^whole must be >= 0 and finite; got -2\.0"):
            share(0, -2)

    @given(WHOLES, st.data())
    def test_with_the_rest_makes_one(self, whole: int, data: st.DataObject) -> None:
        """What is in the part and what is not are the whole."""
        part = data.draw(st.integers(0, whole))
        assert share(part, whole) + share(whole - part, whole) == pytest.approx(1, rel=1e-15)
        assert 0 <= share(part, whole) <= 1

    @given(WHOLES, st.data())
    def test_of_the_whole_gives_the_part(self, whole: int, data: st.DataObject) -> None:
        """The share of a whole leads back to its part."""
        part = data.draw(st.integers(0, whole))
        assert share(part, whole) * whole == pytest.approx(part)
