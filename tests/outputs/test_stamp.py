"""A stamp: what is written is read back, wherever it stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ukcso
from ukcso.errors import InvalidInputError, UnknownDatasetError
from ukcso.outputs._stamp import Stamp, digest, stamps

words = st.text(st.characters(min_codepoint=32, max_codepoint=126, exclude_characters="'\"\\"))
values = words | st.integers() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False)


class TestStamp:
    """`Stamp` is a line of text, and comes back from one."""

    @given(
        arguments=st.dictionaries(st.sampled_from(["area", "per", "digits", "release"]), values),
        rows=st.integers(0, 10_000),
        datasets=st.sets(st.sampled_from(["areas", "figures", "recorded_crime"]), min_size=1),
    )
    def test_what_is_written_is_read_back(self, arguments, rows, datasets) -> None:
        """Arguments with their types, number of rows, versions; text around it does not matter."""
        stamp = Stamp("trend", arguments, rows, dict.fromkeys(sorted(datasets), 1))
        ((place, found),) = stamps(f"Before. {stamp}. After (all), 3 rows.")
        assert place == len("Before. ")
        assert found == stamp
        assert found.digests == {name: digest(name, 1) for name in datasets}

    def test_an_apostrophe(self) -> None:
        """Names may have one."""
        stamp = Stamp("areas", {"area": "King's"}, 1, {"areas": 1})
        assert stamps(str(stamp))[0][1] == stamp
        assert "1 row from" in str(stamp)

    def test_own_data(self) -> None:
        """Named, with no value."""
        stamp = Stamp("figures", {"area": "UK"}, 2, {"areas": 1}, ("figures",))
        assert "figures=own" in str(stamp)
        assert stamps(str(stamp))[0][1].own == ("figures",)

    def test_two_stamps(self) -> None:
        """Both are found, in order."""
        one, two = (Stamp(name, {}, 3, {"areas": 1}) for name in ("areas", "trend"))
        assert [it for _, it in stamps(f"{one} {two}")] == [one, two]

    def test_text_without(self) -> None:
        """The name of the package is no stamp."""
        assert stamps("Made with ukcso 0.1.0: see there (or elsewhere).") == []

    def test_unreadable_arguments(self) -> None:
        """They are literals, never code."""
        with pytest.raises(InvalidInputError, match="arguments cannot be read: area=1 \\+ x"):
            stamps("ukcso 0.1.0: areas(area=1 + x), 3 rows")

    def test_files(self) -> None:
        """A stamp of the files here is accepted, one of others is refused."""
        text = str(Stamp("areas", {}, 3, {"areas": 1}))
        stamps(text)[0][1].check_files()
        here = ukcso.metadata("areas", 1).sha256[:12]
        other = stamps(text.replace(here, "0" * 12))[0][1]
        with pytest.raises(UnknownDatasetError, match=f"areas v1 0+; here areas v1 is {here}"):
            other.check_files()
        with pytest.raises(UnknownDatasetError, match="no version 9 of areas"):
            stamps(text.replace("areas v1", "areas v9"))[0][1].check_files()


def test_own_data_come_back_as_they_were_written() -> None:
    """A stamp names own data by file and hash, among shipped ones, and is read back."""
    datasets: dict[str, int | str] = {
        "areas": 1,
        "population": "own mye 2025 (final).xlsx 0123456789ab",
        "recorded_crime": "own prc-2026.ods and 2 more 3f2a91c0d1e2",
        "releases": "own aaaaaaaaaaaa",
    }
    stamp = Stamp("areas", {"measure_or_code": "86"}, 43, datasets)
    ((_, again),) = stamps(f"below a table: {stamp}. And more text, areas v2 0123456789ab")
    assert again == stamp
    assert again.digests["recorded_crime"] == "3f2a91c0d1e2"


def test_own_data_that_are_not_pinned() -> None:
    """The message asks for the file, by name."""
    stamp = Stamp("areas", {}, 1, {"breaks": "own mine.csv aaaaaaaaaaaa"})
    ((_, again),) = stamps(str(stamp))
    with pytest.raises(UnknownDatasetError, match=r"hand mine\.csv over.*--with breaks=FILE"):
        again.check_files()
