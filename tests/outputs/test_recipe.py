"""Mirrors src/ukcso/_made.py: frames that outputs show, and how they are made again."""

from __future__ import annotations

import pandas as pd
import pytest

import ukcso
from ukcso.errors import InvalidInputError
from ukcso.outputs._recipe import made, recipe_of


class TestMade:
    """`made` returns the frame handed over, or makes one."""

    def test_from_arguments(self) -> None:
        """As the function itself."""
        frame = made("series", "image_offences", "UK", release="nspcc-2018-09-image-offences")
        want = ukcso.series("image_offences", "UK", release="nspcc-2018-09-image-offences")
        pd.testing.assert_frame_equal(frame, want)

    def test_a_frame(self) -> None:
        """The same object, whole or in part."""
        frame = ukcso.series("image_offences", "UK").head(2)
        assert made("series", frame, None) is frame

    def test_a_frame_without_a_column(self) -> None:
        """The columns that it lacks are named; more of them are no harm."""
        frame = ukcso.series("image_offences", "UK")
        more = frame.assign(mine=1)
        assert made("series", more) is more
        with pytest.raises(InvalidInputError, match="every column of series; it lacks value, unit"):
            made("series", frame.drop(columns=["value", "unit"]))

    def test_a_merge_drops_attrs(self) -> None:
        """The message says what may have happened."""
        frame = ukcso.series("image_offences", "UK")
        frame.attrs = {}
        with pytest.raises(InvalidInputError, match=r"does not say what made it \(pandas drops"):
            made("series", frame)


class TestRecipe:
    """`recipe_of` a frame makes it again."""

    @pytest.mark.parametrize("newest", [1, 2])
    def test_from_its_own_versions(self, newest: int, second_version: str) -> None:
        """Whatever is newest by then."""
        with ukcso.pinned(**{second_version: newest}):
            frame = ukcso.trend_table("86", "Kent", across="allow")
        again = recipe_of(frame).make()
        pd.testing.assert_frame_equal(frame, again)
        assert recipe_of(frame).datasets[second_version] == newest

    def test_own_data(self) -> None:
        """Nobody else has them."""
        figures = ukcso.load_figures(version=1)
        own = figures.assign(value=figures["value"] + 1)
        frame = ukcso.series("image_offences", "UK", figures=own)
        with pytest.raises(InvalidInputError, match=r"series was given own data \(figures\)"):
            recipe_of(frame).make()
