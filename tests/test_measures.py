"""Mirrors src/ukcso/measures.py: measures and codes, their titles, units and kin."""

from __future__ import annotations

import numpy as np
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
