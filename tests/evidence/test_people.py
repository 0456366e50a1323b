"""Mirrors src/ukcso/evidence/_people.py and _reasons.py: rates on one census basis."""

from __future__ import annotations

import math

import pandas as pd
import pytest

import ukcso
from ukcso.areas import force_areas
from ukcso.datasets.population import BASES
from ukcso.errors import InvalidInputError
from ukcso.evidence import REASONS, WHY_NOT_RATE, mid_year
from ukcso.evidence._people import _residents, with_rates

REBASED, OLD = BASES


def rated(*cells: tuple[str, int | None, float | None], ages: str = "0-17") -> pd.DataFrame:
    """Return the rates of counts from (area, mid-year, count), on version 1 of population."""
    counts = pd.DataFrame(cells, columns=["area_id", "mid_year", "count"])
    counts = counts.astype({"mid_year": "Int64", "count": float})
    with ukcso.pinned(population=1):
        return with_rates(counts, ages=ages, per=100_000, level=0.95)[0]


class TestOneBasis:
    """The basis that covers most of what is asked, the rebased one if both do."""

    def test_most_of_it(self) -> None:
        """Gwent has 0-17 on the old basis in 2017, 2019 and 2020, rebased from 2021 on."""
        old = rated(("gwent", 2019, 10), ("gwent", 2020, 10), ("gwent", 2021, 10))
        assert old["population_basis"].fillna("").tolist() == [OLD, OLD, ""]
        assert old["why_not"].fillna("").tolist() == ["", "", "other_basis"]
        new = rated(("gwent", 2020, 10), ("gwent", 2021, 10))
        assert new["why_not"].fillna("").tolist() == ["other_basis", ""]

    def test_numbers_are_those_of_the_dataset(self) -> None:
        """Kent: 408,340 children mid-2022 (population); the rate is `rate_interval`'s."""
        row = rated(("kent", 2022, 1_738)).iloc[0]
        estimate = ukcso.rate_interval(1_738, 408_340, per=100_000)
        assert row["population"] == 408_340
        assert (row["rate"], row["lower"], row["upper"]) == (
            estimate.value,
            estimate.lower,
            estimate.upper,
        )


class TestSumsOfMembers:
    """An area without an estimate of its own has that of its members, where all have one."""

    @pytest.mark.parametrize(("total", "n_forces"), [("england-and-wales", 43), ("wales", 4)])
    @pytest.mark.parametrize("year", range(2012, 2025))
    def test_members_add_up_as_published(self, total: str, n_forces: int, year: int) -> None:
        """What the sums rest on: the published totals are the sums of the forces' estimates."""
        forces = force_areas(total)
        assert len(forces) == n_forces
        people = ukcso.load_population()
        own = people[
            (people["age_band"] == "0-17")
            & (people["mid_year"] == year)
            & (people["basis"] == REBASED)
            & (people["preferred"] == 1)
        ].set_index("area_id")["population"]
        assert own.loc[sorted(forces)].sum() == own[total]

    def test_london_has_the_city(self) -> None:
        """1,902,276 + 0-17 of the City, mid-2022: Metropolitan and City of London together."""
        table = ukcso.panel("86", ["London", "Metropolitan"], "2022/23").set_index("area_id")
        with pytest.warns(ukcso.UkcsoWarning):
            city = ukcso.panel("86", "City of London", "2022/23").iloc[0]
        london, met = table.loc["london"], table.loc["metropolitan"]
        assert london["population"] == met["population"] + city["population"]
        assert london["count"] == met["count"] + city["count"]
        assert london["rate"] == pytest.approx(1e5 * london["count"] / london["population"])
        assert london["population_basis"] == REBASED
        assert london["population_edition"] == met["population_edition"]

    def test_every_region_has_its_rates(self) -> None:
        """Eleven official years of nine regions; they add up to England."""
        table = ukcso.panel("86", kind="region")
        counted = table[table["count"].notna()]
        assert len(counted) == 99
        assert counted["why_not"].isna().all()
        england = ukcso.panel("86", "England").dropna(subset="count").set_index("period")
        sums = counted.groupby("period")["population"].sum()
        assert (sums == england["population"]).all()

    def test_own_estimate_stands_and_no_member_is_missing(self) -> None:
        """England's own 0-15 of mid-2022 (published later) is not its forces' sum; no part sums."""
        people = _residents("0-15").set_index(["area_id", "mid_year", "basis"])["population"]
        # 10,567,635: UK time series of July 2024; the sum of the 39 forces is 10,575,320.
        assert people["england", 2022, REBASED] == 10_567_635
        # Before 2021 few forces have this age band on the rebased basis.
        assert ("south-east", 2019, REBASED) not in people.index

    def test_editions_that_differ_are_all_named(self) -> None:
        """Great Britain, 0-17, mid-2023: Scotland's estimate is of another table."""
        people = _residents("0-17").set_index(["area_id", "mid_year", "basis"])
        whole = people.loc[("great-britain", 2023, REBASED)]
        parts = people.loc[[(part, 2023, REBASED) for part in ("england", "wales", "scotland")]]
        assert whole["population"] == parts["population"].sum()
        assert whole["edition"] == ";".join(sorted(set(parts["edition"])))
        assert ";" in whole["edition"]


class TestWhyNot:
    """Every missing rate has its reason, and every reason its words."""

    def test_each(self) -> None:
        """In the order: no count, no year, another basis, no estimate."""
        table = rated(
            ("kent", 2022, None), ("kent", None, 5), ("gwent", 2018, 5), ("gwent", 2019, 5),
            ("kent", 2022, 5), ("kent", 2019, 5),
        )  # fmt: skip
        assert table["why_not"].fillna("").tolist() == [
            "no_count", "not_a_year", "no_estimate", "other_basis", "", "",
        ]  # fmt: skip
        assert (table["rate"].isna() == table["why_not"].notna()).all()

    def test_every_reason_has_words(self) -> None:
        """A sentence for a rate; what follows "because of" for a comparison."""
        assert all(text.endswith(".") for text in WHY_NOT_RATE.values())
        assert not any(text.endswith(".") for reason in REASONS.values() for text in reason)

    def test_few_residents_are_warned_of(self) -> None:
        """The City of London has a rate that nobody should read."""
        with pytest.warns(ukcso.UkcsoWarning, match="City of London"):
            ukcso.panel("86", "City of London", "2021/22")

    @pytest.mark.parametrize("per", [math.nan, math.inf, 0])
    def test_per_whom(self, per: float) -> None:
        """Rates of so many people: NaN is no number of people."""
        for table in (
            lambda: ukcso.area_table("86", "2022/23", per=per),
            lambda: ukcso.trend_table("86", "Kent", per=per, across="allow"),
        ):
            with pytest.raises(InvalidInputError, match="per must be > 0 and finite"):
                table()

    def test_ages(self) -> None:
        """Bands are listed."""
        with pytest.raises(InvalidInputError, match="ages must be one of 0-15, 0-17, all"):
            rated(("kent", 2022, 5), ages="0-5")


@pytest.mark.parametrize(
    ("period", "year"),
    [("2021/22", 2021), ("2021", 2021), ("year ending June 2021", 2021), ("YE Mar 2021", 2020)],
)
def test_mid_year(period: str, year: int) -> None:
    """The 30 June that lies in the period."""
    assert mid_year(ukcso.Period.parse(period)) == year
