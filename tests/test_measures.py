"""Mirrors src/ukcso/measures.py: measures and codes, their titles, units and kin."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import ukcso
from ukcso.errors import InvalidInputError
from ukcso.measures import (
    all_codes,
    all_measures,
    as_name,
    counts_something,
    is_code,
    is_official,
    known_measure,
    official_table,
    title_of,
    unit_of,
)


class TestNames:
    """Codes are text, and people write them as numbers."""

    @pytest.mark.parametrize("code", ["86", 86, np.int64(86)])
    def test_a_code_may_be_a_whole_number(self, code: object) -> None:
        """86 is "86", whoever counts."""
        assert as_name(code) == "86"
        assert is_code(code)
        assert is_official(code, None)

    @pytest.mark.parametrize("name", [True, None, 86.0, ["86"]])
    def test_what_is_no_name(self, name: object) -> None:
        """A truth value is no code, nor is a list of one."""
        assert not is_code(1)
        for function in (as_name, is_code, lambda name: is_official(name, None)):
            with pytest.raises(InvalidInputError, match="measure_or_code must be text"):
                function(name)

    def test_codes_and_measures_are_told_apart(self) -> None:
        """A measure is of printed figures; official counts have no release."""
        assert not is_official("image_offences", "any")
        with pytest.raises(InvalidInputError, match=r"release must be left out .* got 'any'"):
            is_official("86", "any")
        with pytest.raises(InvalidInputError, match="nearest: image_offences"):
            is_official("image_offense", None)

    def test_official_tables_are_read_only_where_they_are_meant(self) -> None:
        """An output of printed figures does not say that it rests on official counts."""
        with ukcso.pinned() as used:
            is_official("image_offences", None)
        assert set(used) == {"measures"}


class TestWords:
    """What people call measures and codes, and what that may mean."""

    @pytest.mark.parametrize(
        ("words", "name"),
        [
            (
                "88a|88A|class 88a|CLASS 88A|code 88A|offence code 88a|grooming|Grooming offences",
                "88A",
            ),
            ("86|class 86|Class  86|obscene publications|Obscene publications etc|86 ", "86"),
            ("Obscene Publications, etc.|OBSCENE PUBLICATIONS", "86"),
            (
                "image_offences|IMAGE_OFFENCES|image offences|indecent images|Child abuse images",
                None,
            ),
            ("child abuse image offences", "image_offences"),
            # 71/17 has no counts of its own in the Home Office tables, which go by class.
            ("71/17|sexual communication with a child", "sexual_communication_with_a_child"),
            # The class and the measure share this title: words are the class, the name the measure.
            ("sexual grooming|Sexual Grooming", "88A"),
            ("sexual_grooming|Sexual_Grooming", "sexual_grooming"),
            ("sexual offences|All sexual offences", "sexual-offences"),
            ("incest or familial sexual offences", "23"),
            ("Communicating indecently with a child (Scotland)", None),
            ("taking, distribution, possession etc of indecent photos of children", None),
        ],
    )
    def test_one_meaning(self, words: str, name: str | None) -> None:
        """Names, titles and everyday words, whatever the case, blanks and stops."""
        meant = {as_name(word) for word in words.split("|")}
        assert meant == {name} if name else len(meant) == 1
        assert meant <= all_measures().keys() | all_codes().keys()

    @pytest.mark.parametrize(
        ("word", "meanings"),
        [
            ("online grooming", "88A (Sexual grooming), sexual_communication_with_a_child"),
            (
                "Child sexual abuse",
                "child_sexual_offences, child_sexual_abuse_and_exploitation_offences",
            ),
        ],
    )
    def test_several_meanings_are_refused(self, word: str, meanings: str) -> None:
        """It never guesses; it lists what there is."""
        with pytest.raises(InvalidInputError) as caught:
            as_name(word)
        assert str(caught.value) == f"{word!r} is ambiguous; it may be {meanings}"

    def test_every_name_is_its_own(self) -> None:
        """No everyday word and no title hides a name; but a sub-code may be a measure."""
        for name in [*all_measures(), *all_codes()]:
            assert as_name(name) in {name, "sexual_communication_with_a_child"}
        for title in {measure.title for measure in all_measures().values()}:
            assert as_name(title) in {*all_measures(), "88A"}

    @pytest.mark.parametrize(
        ("name", "answer"),
        [
            ("obscene publicatons", "nearest: 86 (Obscene publications etc), "),
            ("image_offense", "nearest: image_offences, "),
            ("gromming", "nearest: 88A (Sexual grooming), sexual_grooming"),
            ("zzz", "no measure or offence code 'zzz'; all are in "),
            ("86/2", "it is a part of class 86 (Obscene publications etc), which holds its counts"),
        ],
    )
    def test_a_refusal_knows_both_lists(self, name: str, answer: str) -> None:
        """A misspelling gets the nearest measures and codes, a code its table."""
        with pytest.raises(InvalidInputError) as caught:
            is_official(name, None)
        assert answer in str(caught.value)
        if "nearest" in answer:
            assert str(caught.value).endswith("load_measures() and load_offence_codes()")

    @pytest.mark.parametrize(
        ("name", "table"),
        [
            ("86", "recorded_crime"),
            # Both tables hold it; the one by force goes before.
            ("sexual-offences", "recorded_crime"),
            ("ni-sexual-grooming", "recorded_crime_northern_ireland"),
            ("communicating-indecently", "recorded_crime_scotland"),
            ("all-excluding-fraud", "recorded_crime_national"),
        ],
    )
    def test_every_code_has_its_table(self, name: str, table: str) -> None:
        """Its counts are read from there, and a measure asked for by it is told so."""
        assert official_table(name) == table
        assert is_code(name)
        assert is_official(name, None)
        with pytest.raises(InvalidInputError) as caught:
            known_measure(name)
        assert str(caught.value).endswith(f"with counts in load_{table}()")

    def test_a_table_is_read_only_where_it_is_meant(self) -> None:
        """A code of Scotland does not rest on the tables of England and Wales."""
        with ukcso.pinned() as used:
            assert is_official("all-sexual-crimes", None)
        assert set(used) == {"measures"}

    def test_a_measure_of_ones_own(self) -> None:
        """It goes before what its name would mean, and needs no list."""
        assert known_measure("grooming", own={"grooming"}) == "grooming"
        assert known_measure("Indecent Images", own={"grooming"}) == "image_offences"
        with pytest.raises(
            InvalidInputError, match=r"^no measure '86'; .* load_recorded_crime\(\)$"
        ):
            known_measure("86")
        with pytest.raises(InvalidInputError, match=r"^no measure 86; .*, as text$"):
            known_measure(86)

    def test_a_word_is_read_from_the_newest_lists_and_leaves_no_trace(self) -> None:
        """What an output rests on is what it was made from, not how that was asked for."""
        with ukcso.pinned() as used:
            assert not is_official("indecent images", None)
        assert set(used) == {"measures"}
        printed = ukcso.series("indecent images", "Lancashire")
        pd.testing.assert_frame_equal(printed, ukcso.series("image_offences", "Lancashire"))
        assert len(ukcso.official_series("class 86", "Lancashire"))


class TestFacts:
    """What the datasets say of each."""

    def test_every_measure_and_code_has_a_title(self) -> None:
        """As in the datasets; classes and sub-codes say which they are."""
        for name in ukcso.load_measures(version=1)["measure"]:
            assert title_of(name) == all_measures()[name].title
        # Home Office counting rules: class 86, sub-code 71/17 of sexual grooming (88A)
        assert title_of("86") == "Obscene publications etc (class 86)"
        assert title_of("sexual-offences") == "All sexual offences"
        assert all_codes()["71/17"].parent == "88A"
        assert all_measures()["image_offences"].codes == ("86",)

    def test_units(self) -> None:
        """What cannot be added up is no count; a reader's own measure is of offences."""
        assert unit_of("arrests_online_child_abuse") == "arrests"
        assert unit_of("my_own_measure") == "offences"
        shares = [name for name, it in all_measures().items() if it.unit == "percent"]
        assert shares
        assert not any(map(counts_something, shares))
        assert counts_something("image_offences")
