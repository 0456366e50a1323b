"""`frame_of` makes what outputs show; a frame that is handed over is made again and compared."""

from __future__ import annotations

import io
import warnings

import pandas as pd
import pytest

import ukcso
from ukcso.errors import InvalidInputError
from ukcso.outputs import frame_of, recipe_of, source_line, source_notes

RELEASE = "nspcc-2018-09-image-offences"


@pytest.fixture(scope="module")
def forces() -> pd.DataFrame:
    """Return class 86 by police force area."""
    with warnings.catch_warnings(action="ignore"):
        return ukcso.area_table("86", "2022/23")


class TestArguments:
    """`frame_of` arguments is what the function returns."""

    def test_as_the_function_itself(self) -> None:
        """Options included."""
        frame = frame_of("series", "image_offences", "UK", release=RELEASE)
        want = ukcso.series("image_offences", "UK", release=RELEASE)
        pd.testing.assert_frame_equal(frame, want)

    @pytest.mark.parametrize(
        ("function", "given", "message"),
        [
            ("area_table", ["86"], "period is missing: area_table takes measure_or_code and per"),
            ("trend_table", ["86", None], "area is missing: trend_table takes measure_or_code and"),
            ("series", [None, "UK"], "measure is missing: series takes measure and area"),
        ],
    )
    def test_one_that_is_missing_is_named(self, function, given, message) -> None:
        """By the name of the function that needs it."""
        with pytest.raises(InvalidInputError, match=message):
            frame_of(function, *given)


class TestFrames:
    """A frame is as good as the rows that the library makes from its recipe."""

    def test_some_rows_in_any_order(self, forces) -> None:
        """The library's own rows, in the order asked for, with what they say of themselves."""
        some = forces.iloc[[5, 2, 9]]
        frame = frame_of("area_table", some)
        pd.testing.assert_frame_equal(frame, some)
        assert frame.attrs["ukcso"] == forces.attrs["ukcso"]

    def test_more_columns_are_left_out(self, forces) -> None:
        """What somebody added is not shown by anything, so it does no harm."""
        assert list(frame_of("area_table", forces.assign(mine=1))) == list(forces)

    @pytest.mark.parametrize(
        ("edit", "message"),
        [
            (lambda it: it.assign(count=it["count"] * 10), r"at position 0 \(avon-and-somerset\)"),
            (
                lambda it: it.assign(rate=it["rate"].where(it["name"] != "Cleveland")),
                "position 5 .* edited",
            ),
            (lambda it: it.replace("Kent", "Kant"), "at position 19 .* or was edited"),
            (lambda it: pd.concat([it, it]), r"position 43 \(avon-and-somerset\) is there twice"),
            (lambda it: it.drop(columns=["rate", "upper"]), "area_table; it lacks rate, upper"),
        ],
    )
    def test_an_edited_or_doubled_frame(self, edit, message, forces) -> None:
        """It is refused, whatever its attrs say."""
        edited = edit(forces)
        edited.attrs = forces.attrs
        with pytest.raises(InvalidInputError, match=message):
            frame_of("area_table", edited)

    def test_a_merge_of_two_years(self, forces) -> None:
        """Rows of another recipe are none of this one."""
        with warnings.catch_warnings(action="ignore"):
            before = ukcso.area_table("86", "2021/22")
        both = pd.concat([forces, before])
        both.attrs = forces.attrs
        with pytest.raises(InvalidInputError, match=r"at position 43 .* is none of them"):
            frame_of("area_table", both)

    def test_edited_attrs_are_not_believed(self, forces) -> None:
        """What a frame says of itself is made again too; another recipe makes other rows."""
        attrs = {**forces.attrs["ukcso"], "pooled_rate": 1.0, "caveats": ["none"]}
        edited = forces.copy()
        edited.attrs["ukcso"] = attrs
        assert frame_of("area_table", edited).attrs["ukcso"] == forces.attrs["ukcso"]
        arguments = {"measure_or_code": "86", "period": "2018/19"}
        attrs["made_by"] = {"function": "area_table", "arguments": arguments}
        with pytest.raises(InvalidInputError, match="is none of them"):
            frame_of("area_table", edited)

    def test_a_frame_that_was_stored(self, forces) -> None:
        """Other dtypes are no edit; what made it may be told again."""
        stored = pd.read_csv(io.StringIO(forces.to_csv(index=False)), dtype={"source_ids": str})
        for name in ("period_start", "period_end"):
            if name in stored:
                stored[name] = pd.to_datetime(stored[name])
        stored.attrs = forces.attrs
        pd.testing.assert_frame_equal(frame_of("area_table", stored), forces)

    def test_a_frame_of_nothing_known(self) -> None:
        """The message says what may have happened."""
        frame = ukcso.series("image_offences", "UK")
        with pytest.raises(InvalidInputError, match=r"as area_table returned .* is from series"):
            frame_of("area_table", frame)
        frame.attrs = {}
        with pytest.raises(InvalidInputError, match=r"does not say what made it \(pandas drops"):
            frame_of("series", frame)

    def test_nothing_is_warned_of_twice(self, forces) -> None:
        """Whoever made the frame was told of the City of London then."""
        with warnings.catch_warnings(action="error"):
            frame_of("area_table", forces)


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

    def test_a_frame_of_own_data_names_no_sources(self) -> None:
        """It cannot be compared with anything, so nobody official stands behind it."""
        figures = ukcso.load_figures(version=1)
        own = figures.assign(value=figures["value"] + 1)
        made = frame_of("series", "image_offences", "UK", figures=own)
        assert recipe_of(made).own == ("figures",)
        assert source_notes(made)
        handed = frame_of("series", made.assign(value=5.0))
        assert recipe_of(handed).is_of_own_frame
        assert recipe_of(handed).arguments == {}
        assert source_notes(handed) == []
        assert source_line(handed).startswith("Source: data of the author's own. ukcso ")


def test_options_that_there_are_not() -> None:
    """The message names the option and what was called, not the function within."""
    with pytest.raises(InvalidInputError, match=r"^tables\.areas has no option 'foo'; .* kind"):
        ukcso.tables.areas("86", "2021/22", foo=1)
    with pytest.raises(InvalidInputError, match=r"^tables\.trend has no option 'foo'"):
        ukcso.tables.trend("86", "Kent", foo=1)
    with pytest.raises(InvalidInputError, match=r"^tables\.figures has no option 'foo'"):
        ukcso.tables.figures("image_offences", "UK", foo=1)
    with pytest.raises(InvalidInputError, match="areas must be a name, or several; got 5"):
        ukcso.tables.areas("86", "2021/22", areas=5)
    with pytest.raises(InvalidInputError, match="periods must be a name, or several; got 5"):
        ukcso.tables.trend("86", "Kent", periods=5)
