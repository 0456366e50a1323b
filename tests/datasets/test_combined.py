"""Mirrors src/ukcso/datasets/_combined.py: own rows and shipped ones as one frame."""

from __future__ import annotations

import copy
import hashlib
import json

import pandas as pd
import pytest

import ukcso

_HASH = 64 * "a"


def own(dataset: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return rows as a reader returns them."""
    origin = {"dataset": dataset, "version": "own", "file": "mine.ods", "sha256": _HASH}
    frame.attrs["ukcso"] = origin
    return frame


@pytest.fixture
def kent() -> pd.DataFrame:
    """Return counts of Kent of one's own: class 86 is higher by one, the rest is as shipped."""
    crime = ukcso.load_recorded_crime(version=1)
    crime = crime[crime["area_id"] == "kent"].reset_index(drop=True)
    crime.loc[crime["offence_code"] == "86", "offences"] += 1
    return own("recorded_crime", crime)


class TestRows:
    """The own value stands; everything else is as shipped."""

    def test_the_own_value_stands(self, kent: pd.DataFrame) -> None:
        """45 quarters of one code in one force are replaced."""
        shipped = ukcso.load_recorded_crime(version=1)
        together = ukcso.combine(shipped, kent)
        differ = together["offences"] != shipped["offences"]
        assert together.drop(columns="offences").equals(shipped.drop(columns="offences"))
        assert differ.sum() == 45
        assert ((together["offences"] - shipped["offences"])[differ] == 1).all()

    def test_rows_that_are_not_shipped(self, kent: pd.DataFrame) -> None:
        """New rows stand below the shipped ones, in their own order."""
        later = kent.assign(
            period_start=kent["period_start"] + pd.DateOffset(years=20),
            period_end=kent["period_end"] + pd.DateOffset(years=20),
        )
        together = ukcso.combine("recorded_crime", later)
        assert len(together) == len(ukcso.load_recorded_crime()) + len(later)
        assert together.tail(len(later)).reset_index(drop=True).equals(later)
        assert together.attrs["ukcso"]["replaced"] == ()

    def test_one_estimate_stays_preferred(self) -> None:
        """Residents of a newer edition stand for the shipped ones, which stay."""
        people = ukcso.load_population(version=2).query("mid_year == 2024 and preferred == 1")
        mine = people.assign(edition="mid-2025 edition", population=people["population"] + 3)
        with ukcso.pinned(population=2):
            together = ukcso.combine("population", own("population", mine))
        newest = together.query("mid_year == 2024")
        shipped = ukcso.load_population(version=2).query("mid_year == 2024")
        assert len(newest) == len(shipped) + len(people)
        assert set(newest.query("preferred == 1")["edition"]) == {"mid-2025 edition"}
        assert len(together.attrs["ukcso"]["replaced"]) == len(people)

    def test_own_rows_on_own_rows(self, kent: pd.DataFrame) -> None:
        """What was combined before is combined with more; the shipped version stays named."""
        first = ukcso.combine("recorded_crime", kent)
        again = ukcso.combine(first, kent.assign(offences=0))
        assert (again.loc[again["area_id"] == "kent", "offences"] == 0).all()
        assert again.attrs["ukcso"]["file"] == "mine.ods; mine.ods"
        assert again.attrs["ukcso"]["sha256"] == hashlib.sha256(2 * _HASH.encode()).hexdigest()
        assert again.attrs["ukcso"]["combined_with"] == {"recorded_crime": 1}


class TestProvenance:
    """The frame says what it is from, and what was replaced."""

    def test_attrs(self, kent: pd.DataFrame) -> None:
        """File and hash are those of the own rows; the shipped ones are named beside them."""
        origin = ukcso.combine("recorded_crime", kent).attrs["ukcso"]
        assert (origin["file"], origin["sha256"]) == ("mine.ods", _HASH)
        assert origin["combined_with"] == {"recorded_crime": 1}
        assert origin["version"] == "own"

    def test_what_was_replaced(self, kent: pd.DataFrame) -> None:
        """Each value that differs, with both; one that agrees is not in the list."""
        replaced = ukcso.combine("recorded_crime", kent).attrs["ukcso"]["replaced"]
        assert len(replaced) == 45
        assert {it["own"] - it["shipped"] for it in replaced} == {1}
        assert set(replaced[0]) == {
            "area_id",
            "period_start",
            "offence_code",
            "column",
            "shipped",
            "own",
        }
        assert json.loads(json.dumps(replaced))[0] == replaced[0]
        assert copy.deepcopy(replaced) is replaced  # pandas copies attrs with every frame

    def test_pinned_stamped_and_cited(self, kent: pd.DataFrame) -> None:
        """Tables name both, and the shipped part is cited with its licence."""
        together = ukcso.combine("recorded_crime", kent)
        with ukcso.pinned(recorded_crime=together) as used:
            table = ukcso.tables.trend("86", "Kent", across="allow")
            cited = ukcso.cite(ukcso.official_series("86", "Kent"))
        assert used["recorded_crime"].startswith("own mine.ods + recorded_crime v1 ")
        assert used["recorded_crime"] in str(table.stamp)
        own_line, shipped = cited.splitlines()
        assert own_line.startswith("Author's own data (n.d.). mine.ods + recorded_crime v1.")
        assert shipped == ukcso.cite("recorded_crime", version=1)

    def test_a_frame_of_no_file(self, kent: pd.DataFrame) -> None:
        """It is called rows, and is not taken for the same rows alone."""
        kent.attrs = {}
        together = ukcso.combine("recorded_crime", kent)
        assert together.attrs["ukcso"]["file"] is None
        with ukcso.pinned(recorded_crime=together) as used:
            ukcso.load_recorded_crime()
        assert used["recorded_crime"].startswith("own rows + recorded_crime v1 ")
        with ukcso.pinned(recorded_crime=kent), pytest.raises(ukcso.UnknownDatasetError):
            ukcso.pinned(recorded_crime=used["recorded_crime"])

    def test_a_frame_of_no_dataset(self, kent: pd.DataFrame) -> None:
        """What pandas dropped is asked for."""
        shipped = ukcso.load_recorded_crime(version=1)
        shipped.attrs = {}
        with pytest.raises(ukcso.InvalidInputError, match="name the dataset instead"):
            ukcso.combine(shipped, kent)
        with pytest.raises(ukcso.InvalidInputError, match="shipped must be the name"):
            ukcso.combine(3, kent)  # type: ignore[arg-type]
        with pytest.raises(ukcso.SchemaError):
            ukcso.combine("figures", kent)
