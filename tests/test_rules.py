"""Mirrors src/ukcso/_rules.py: what an argument must be, and what the refusal says."""

from __future__ import annotations

import math
import pickle
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import pytest

from ukcso import _rules
from ukcso.errors import InvalidInputError, Listing, UnknownDatasetError, quoted

MEASURES = {"image_offences", "grooming_offences", "86"}


class TestKnown:
    """One refusal for all names: the nearest, and where the rest are."""

    def test_a_known_name_comes_back(self) -> None:
        """What is there is returned as it is."""
        assert _rules.require_known("measure", "86", MEASURES, Listing("measures")) == "86"

    @pytest.mark.parametrize(
        ("value", "message"),
        [
            (
                "image_offense",
                "no measure 'image_offense'; nearest: image_offences; all are in load_measures()",
            ),
            ("xyz", "no measure 'xyz'; all are in load_measures()"),
            # The nearest to the number 86 is not itself.
            (86, "no measure 86; all are in load_measures(), as text"),
            (None, "no measure None; all are in load_measures(), as text"),
            ([], "no measure []; all are in load_measures(), as text"),
        ],
    )
    def test_the_refusal(self, value: object, message: str) -> None:
        """It quotes the value, gives the nearest where any is near, and says where to look."""
        with pytest.raises(InvalidInputError) as caught:
            _rules.require_known("measure", value, MEASURES, Listing("measures"))
        assert str(caught.value) == message

    def test_an_interface_lists_in_its_own_words(self) -> None:
        """The message names the dataset; Python and the command line show it differently."""
        with pytest.raises(InvalidInputError) as caught:
            _rules.require_known("measure", "load_measures()", MEASURES, Listing("measures"))
        error = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - our own bytes
        assert str(error) == "no measure 'load_measures()'; all are in load_measures()"
        in_commands = error.worded(lambda listing: f"ukcso show {listing.dataset}")
        # What the user wrote stays as written.
        assert in_commands == "no measure 'load_measures()'; all are in ukcso show measures"

    def test_another_error(self) -> None:
        """Who refuses datasets says so by class."""
        with pytest.raises(UnknownDatasetError, match=r"^no dataset 'area'; nearest: areas; all"):
            _rules.require_known(
                "dataset", "area", ["areas"], "list_datasets()", UnknownDatasetError
            )

    def test_the_most_alike_come_first_and_at_most_five(self) -> None:
        """A list for reading is short."""
        names = ["kent", *(f"clm-{i:05}" for i in range(200))]
        assert _rules.close_names("clm-00012", names)[0] == "clm-00012"
        assert len(_rules.close_names("clm-00012", names)) == 5
        assert not _rules.close_names("zzz", names)

    def test_a_megabyte_is_not_echoed(self) -> None:
        """However long the input, the message is short and comes at once."""
        with pytest.raises(InvalidInputError) as caught:
            _rules.require_known("measure", "x" * 1_000_000, MEASURES, Listing("measures"))
        assert len(str(caught.value)) < 300
        with pytest.raises(InvalidInputError) as caught:
            _rules.require_choice("method", "x" * 1_000_000, ["exact"])
        assert len(str(caught.value)) < 300


class TestChoiceAndNumber:
    """A word of a short list; a single number for which a rule holds."""

    def test_a_choice(self) -> None:
        """Any of those allowed passes, anything else is told all of them."""
        _rules.require_choice("method", "exact", iter(["auto", "exact"]))
        for bad in ("Exact", None, 1, ["exact"]):
            with pytest.raises(InvalidInputError) as caught:
                _rules.require_choice("method", bad, ["auto", "exact"])
            assert str(caught.value) == f"method must be one of auto, exact; got {bad!r}"

    @pytest.mark.parametrize(
        "value", [2, 2.0, np.float64(2), np.int64(2), np.array(2), Decimal(2), Fraction(2)]
    )
    def test_a_number(self, value: Any) -> None:
        """It comes back as a plain float."""
        number = _rules.require_number("per", value, "> 0", lambda x: x > 0)
        assert (number, type(number)) == (2.0, float)

    @pytest.mark.parametrize(
        "bad",
        [
            0,
            -1,
            math.nan,
            True,
            "2",
            b"2",
            None,
            [2],
            10**400,
            pd.NA,
            2j,
            np.bool_(True),
            np.array([2]),
        ],
    )
    def test_no_such_number(self, bad: Any) -> None:
        """Text, truth values and what is too large for a float are no numbers."""
        with pytest.raises(InvalidInputError, match=r"^per must be > 0 and finite; got "):
            _rules.require_number("per", bad, "> 0 and finite", lambda x: 0 < x < math.inf)


class TestRules:
    """The quick test of a block and the slow one of a value agree."""

    @pytest.mark.parametrize("rule", [_rules.COUNT, _rules.BASE, _rules.POSITIVE])
    @pytest.mark.parametrize(
        "value", [0.0, -0.0, 5e-324, 1.0, 1.7976931348623157e308, math.inf, -1.0, -math.inf]
    )
    def test_plainly_holds(self, rule: _rules.Rule, value: float) -> None:
        """No bad or undefined value passes the quick test, and nothing that does is bad."""
        block = np.array([1.0, value, 2.0])
        fine = not rule.broken(value) and not (rule.zero_is_undefined and value == 0)
        # A negative zero fails the quick test only, which then is not the last word.
        assert rule.plainly_holds(block) == (fine and math.copysign(1, value) > 0)

    def test_missing_breaks_no_rule(self) -> None:
        """NaN is allowed, and looked at closely."""
        for rule in (_rules.COUNT, _rules.BASE, _rules.POSITIVE):
            assert not rule.broken(math.nan)
            assert not rule.plainly_holds(np.array([1.0, math.nan]))

    def test_the_message_for_an_array(self) -> None:
        """First bad value, its place, its label, and how many there are."""
        values = pd.Series([1.0, -2.0, -3.0], index=[10, 20, 30])
        text = _rules.message_for("count", ">= 0", values.to_numpy(), values < 0, values)
        assert text == "count must be >= 0; got -2.0 at position 1 (label 20) (2 bad of 3)"


def test_quoted_says_how_long_it_was() -> None:
    """Long input is cut to at most 200 characters, short input is whole."""
    assert quoted("it's") == '"it\'s"'
    assert quoted("a" * 198) == f"'{'a' * 198}'"
    text = quoted("a" * 199)
    assert (text[:3], text[-22:]) == ("'aa", "aa... (201 characters)")
    assert len(quoted("a" * 1_000_000)) <= 200
    assert quoted(10**5_000) == "<int too long to write>"
