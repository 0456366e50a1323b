"""Mirrors src/ukcso/comparisons/_change_table.py and _change_rows.py."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.multitest import multipletests

import ukcso
from ukcso.comparisons import WHY_NOT_JUDGED
from ukcso.comparisons._change_test import p_value
from ukcso.errors import InvalidInputError

pytestmark = pytest.mark.filterwarnings("ignore:.*City of London:ukcso.UkcsoWarning")

#: As published in the list of names, then where a count and its residents are from.
COLUMNS = [
    *("area_id", "gss_code", "name", "period", "before", "after"),
    *("population_before", "population_after", "growth", "lower", "upper"),
    *("growth_rate", "growth_rest", "difference", "p_value", "p_adjusted"),
    *("unusual", "smallest_change", "dispersion", "why_not"),
]


def changed(*arguments: Any, **options: Any) -> pd.DataFrame:
    """Return a change table by area, without its warnings."""
    with warnings.catch_warnings(action="ignore"):
        table = ukcso.change_table(*arguments, **options)
    by_area = table.set_index("area_id", drop=False)
    by_area.attrs = table.attrs
    return by_area


@pytest.fixture(scope="module")
def forces() -> pd.DataFrame:
    """Return class 86 from 2021/22 to 2022/23."""
    return changed("86", "2022/23")


class TestForces:
    """Class 86, 2022/23, as issue 12 tried it."""

    def test_columns(self, forces: pd.DataFrame) -> None:
        """All that are published, first."""
        assert forces.columns[: len(COLUMNS)].tolist() == COLUMNS
        assert len(forces) == 43
        assert set(forces["period"]) == {"2022/23"}

    def test_one_force_is_unusual(self, forces: pd.DataFrame) -> None:
        """Staffordshire, 343 to 744; 41 are usual, the City of London is not judged."""
        unusual = forces[forces["unusual"].isin(["above", "below"])]
        assert unusual[["before", "after", "unusual"]].to_numpy().tolist() == [[343, 744, "above"]]
        assert unusual.index.tolist() == ["staffordshire"]
        assert (forces["unusual"] == "usual").sum() == 41

    def test_chance_alone_would_call_ten_unusual(self, forces: pd.DataFrame) -> None:
        """The same test without dispersion, Holm over 42 forces."""
        judged = forces.dropna(subset="unusual")
        of_chance = [
            p_value(row.before, row.after, row.growth_rest, 1.0) for row in judged.itertuples()
        ]
        assert (multipletests(of_chance, method="holm")[1] < 0.05).sum() == 10

    def test_kent(self, forces: pd.DataFrame) -> None:
        """1,738 recorded, 7.8 per cent more; the rest of the country 14.7 per cent more."""
        kent = forces.loc["kent"]
        assert (kent["before"], kent["after"]) == (1_612, 1_738)
        assert round(kent["growth"], 3) == 0.078
        assert round(kent["growth_rest"], 3) == 0.147
        assert kent["difference"] == kent["growth"] - kent["growth_rest"]
        # residents aged 0 to 17 mid-2021 and mid-2022: population
        assert (kent["population_before"], kent["population_after"]) == (399_908, 408_340)
        rate = ukcso.growth(1_612 / 399_908, 1_738 / 408_340)
        assert kent["growth_rate"] == pytest.approx(rate, rel=1e-12)

    def test_the_rest_is_all_others(self, forces: pd.DataFrame) -> None:
        """Without this one, and without the City of London."""
        others = forces.drop(["city-of-london", "kent"])
        rest = others["after"].sum() / others["before"].sum() - 1
        assert forces.loc["kent", "growth_rest"] == pytest.approx(rest, rel=1e-12)

    def test_intervals_are_those_of_the_measure_function(self, forces: pd.DataFrame) -> None:
        """With the dispersion of the row; below 5 per cent where they exclude the rest."""
        for row in forces.dropna(subset="unusual").itertuples():
            interval = ukcso.growth_interval(row.before, row.after, dispersion=row.dispersion)
            assert (row.growth, row.lower, row.upper) == (
                interval.value,
                interval.lower,
                interval.upper,
            )
            excluded = not row.lower <= row.growth_rest <= row.upper
            assert (row.p_value < 0.05) == excluded

    def test_dispersion_is_of_the_other_pairs_by_size(self, forces: pd.DataFrame) -> None:
        """The pair under test is left out of it: 7.2 without, 7.3 with."""
        about = forces.attrs["ukcso"]["dispersion"]
        assert "2021/22" not in {pair["earlier"] for pair in about["pairs"]}
        panel = ukcso.panel("86")
        usual = ukcso.year_to_year_dispersion(panel[panel["period"] != "2022/23"])
        assert about["dispersion"] == pytest.approx(usual.dispersion, rel=1e-12)
        assert round(about["dispersion"], 2) == 7.20
        judged = forces.dropna(subset="unusual")
        expected = usual.of_size(judged["before"] + judged["after"], judged["growth_rest"])
        assert judged["dispersion"].to_numpy(float) == pytest.approx(
            expected.to_numpy(float), rel=1e-9
        )
        assert judged["dispersion"].idxmax() == "metropolitan"

    def test_the_city_of_london_is_left_out(self, forces: pd.DataFrame) -> None:
        """Its counts stand, with the reason, and nothing else."""
        city = forces.loc["city-of-london"]
        assert (city["before"], city["after"], city["why_not"]) == (3, 4, "few_residents")
        blank = ["growth", "lower", "growth_rest", "p_value", "unusual", "dispersion"]
        assert city[blank].isna().all()
        with pytest.warns(ukcso.UkcsoWarning, match="City of London: the change of so few"):
            ukcso.change_table("86", "2022/23")

    def test_smallest_change_would_be_called_above(self, forces: pd.DataFrame) -> None:
        """With that many offences after, or more, it is; Staffordshire's own is well above."""
        about = forces.attrs["ukcso"]["dispersion"]
        kent = forces.loc["kent"]
        after = round(kent["before"] * (1 + kent["smallest_change"]))
        share = (1 + kent["growth_rest"]) / (2 + kent["growth_rest"])
        for count, is_told in ((after, True), (after - 1, False)):
            spread = 2 * about["tau_squared"] * (kent["before"] + count) * share * (1 - share)
            p = p_value(kent["before"], count, kent["growth_rest"], about["of_chance"] + spread)
            assert (42 * p < 0.05) == is_told
        staffordshire = forces.loc["staffordshire"]
        assert staffordshire["growth"] > staffordshire["smallest_change"]
        sized = forces.dropna(subset="unusual").sort_values("before")
        assert sized["smallest_change"].is_monotonic_decreasing or (
            sized["smallest_change"].iloc[0] > sized["smallest_change"].iloc[-1]
        )


class TestAdjusting:
    """How many areas are judged decides how much it takes."""

    @pytest.mark.parametrize(
        ("adjust", "method"), [("holm", "holm"), ("bh", "fdr_bh"), ("none", None)]
    )
    def test_as_statsmodels_does(self, adjust: str, method: str | None) -> None:
        """Over the areas that are judged; `unusual` follows from it."""
        table = changed("88A", "2022/23", adjust=adjust).dropna(subset="p_value")
        expected = table["p_value"]
        if method:
            expected = multipletests(table["p_value"], method=method)[1]
        assert table["p_adjusted"].to_numpy(float) == pytest.approx(np.asarray(expected, float))
        assert ((table["p_adjusted"] < 0.05) == (table["unusual"] != "usual")).all()

    def test_one_area_alone_is_not_adjusted_and_says_so(self, forces: pd.DataFrame) -> None:
        """The rest is still all other forces; nothing but the adjustment differs."""
        alone = changed("86", "2022/23", areas="Staffordshire")
        row = alone.loc["staffordshire"]
        assert row["p_adjusted"] == row["p_value"] == forces.loc["staffordshire", "p_value"]
        assert row["growth_rest"] == forces.loc["staffordshire", "growth_rest"]
        assert row["smallest_change"] < forces.loc["staffordshire", "smallest_change"]
        about = alone.attrs["ukcso"]
        assert about["adjust"] == "none"
        assert "One area was asked for alone: its P value is not adjusted." in about["notes"]

    def test_a_few_areas_are_a_family_of_their_own(self, forces: pd.DataFrame) -> None:
        """Three areas, in the order in which they are asked for, adjusted for three."""
        asked = ["Staffordshire Police", "Kent", "kent", "E23000028"]
        few = changed("86", "2022/23", areas=asked)
        assert few["name"].iloc[:2].tolist() == ["Staffordshire", "Kent"]
        assert len(few) == 3
        assert few.loc["staffordshire", "p_adjusted"] == pytest.approx(
            3 * forces.loc["staffordshire", "p_value"]
        )
        assert "adjusted for 3 areas (Holm)" in " ".join(few.attrs["ukcso"]["notes"])

    def test_level(self) -> None:
        """At 99.9 per cent no force is unusual, and the intervals are wider."""
        wide, usual = changed("86", "2022/23", level=0.999), changed("86", "2022/23")
        assert set(wide["unusual"].dropna()) == {"usual"}
        assert wide.loc["kent", "upper"] > usual.loc["kent", "upper"]

    def test_what_usual_means_is_said(self, forces: pd.DataFrame) -> None:
        """The notes say it, and that intervals are not adjusted."""
        notes = " ".join(forces.attrs["ukcso"]["notes"])
        assert "not told apart from the other areas together" in notes
        assert "not mean ordinary for this area" in notes
        assert "the intervals are not adjusted" in notes


class TestOtherYears:
    """Breaks, longer distances, years of other months."""

    def test_over_a_break_nothing_is_judged(self) -> None:
        """The counts stand; growth is blank, as in `compare`, and the warning names the break."""
        with pytest.warns(ukcso.UkcsoWarning, match="42 of 43 changes left blank.*brk-003"):
            table = ukcso.change_table("86", "2014/15")
        assert table["before"].notna().all()
        assert table[["growth", "lower", "p_value", "unusual"]].isna().all(axis=None)
        assert set(table["why_not"]) == {"break_in_series", "few_residents"}
        assert table.attrs["ukcso"]["breaks"][0].startswith("brk-003")

    def test_longer_distances_use_pairs_as_far_apart(self) -> None:
        """Over four years the dispersion is that of other years four apart, not 7."""
        table = changed("86", "2022/23", against="2018/19")
        about = table.attrs["ukcso"]
        spans = [(pair["earlier"], pair["later"]) for pair in about["dispersion"]["pairs"]]
        assert spans == [("2015/16", "2019/20"), ("2016/17", "2020/21"), ("2017/18", "2021/22")]
        assert (about["apart"], about["against"]) == (4, "2018/19")
        assert about["dispersion"]["dispersion"] > 20
        # Kent, class 86: 1,255 in 2018/19 (recorded_crime)
        assert table.loc["kent", "before"] == 1_255

    def test_without_another_pair_there_is_no_judgement(self) -> None:
        """Seven years from 2015/16: no others are as far apart with no break between."""
        with pytest.warns(ukcso.UkcsoWarning, match="no other years so far apart"):
            table = ukcso.change_table("86", "2022/23", against="2015/16")
        judged = table[table["area_id"] != "city-of-london"]
        assert set(judged["why_not"]) == {"no_other_pair"}
        assert judged["growth"].notna().all()
        assert judged["growth_rest"].notna().all()
        assert judged[["lower", "p_value", "unusual", "dispersion"]].isna().all(axis=None)

    def test_years_may_begin_in_any_quarter(self) -> None:
        """Calendar years are held against calendar years."""
        table = changed("86", "2022")
        pairs = table.attrs["ukcso"]["dispersion"]["pairs"]
        assert {"2015", "2020"} <= {pair["earlier"] for pair in pairs}
        kent = ukcso.panel("86", "Kent", "2022")["count"].iloc[0]
        assert table.loc["kent", "after"] == kent

    def test_an_incomplete_year(self) -> None:
        """2023/24 has its first quarter only."""
        table = changed("86", "2023/24")
        assert set(table["why_not"]) == {"incomplete", "few_residents"}

    def test_before_may_be_named_in_any_way(self) -> None:
        """What made the frame is spelt one way."""
        table = changed("86", "FY2022-23", against="2020-21")
        made_by = table.attrs["ukcso"]["made_by"]["arguments"]
        assert made_by == {"measure_or_code": "86", "period": "2022/23", "against": "2020/21"}


class TestOtherKinds:
    """Regions, nations, printed measures, made-up data."""

    def test_regions(self) -> None:
        """Nine of them, each against the others, with the dispersion of regions."""
        table = changed("86", "2022/23", kind="region")
        assert len(table) == 9
        assert table["unusual"].notna().all()
        forces = changed("86", "2022/23").attrs["ukcso"]["dispersion"]["dispersion"]
        assert table.attrs["ukcso"]["dispersion"]["dispersion"] != forces

    def test_a_rest_that_is_small_is_no_measure(self) -> None:
        """England is not held against Wales, whose own change is uncertain; Wales is."""
        table = changed("86", "2022/23", kind="nation")
        assert table.loc["england", "why_not"] == "small_rest"
        assert table.loc["wales", "unusual"] == "usual"
        assert table.loc["scotland", "why_not"] == "no_count"

    def test_one_area_of_its_kind_has_no_rest(self) -> None:
        """Of the groups of countries only England and Wales has counts of 86."""
        table = changed("86", "2022/23", kind="country_group")
        assert table.loc["england-and-wales", "why_not"] == "no_rest"

    def test_areas_that_overlap_have_no_rest(self) -> None:
        """Printed counts of groups hold each other."""
        with pytest.raises(InvalidInputError, match="kind must be one whose areas do not overlap"):
            changed("online_child_sexual_offences", "2019/20", kind="country_group")

    def test_printed_counts_of_one_release(self) -> None:
        """Bedfordshire 118 to 200, in the wave of September 2018, as every row."""
        table = changed("image_offences", "2017/18")
        assert table.loc["bedfordshire", ["before", "after"]].tolist() == [118, 200]
        assert set(table["release_id"].dropna()) == {"nspcc-2018-09-image-offences"}
        about = table.attrs["ukcso"]
        assert about["release_id"] == "nspcc-2018-09-image-offences"
        assert {other["release_id"] for other in about["releases_left_out"]} == {
            "nspcc-2021-12-image-offences",
            "nspcc-2023-02-image-offences",
        }
        assert table["source_ids"].dropna().str.len().min() > 0

    def test_a_release_may_be_asked_for(self) -> None:
        """Then the other pairs are its own too."""
        release = "nspcc-2021-12-image-offences"
        table = changed("image_offences", "2017/18", release=release)
        assert table["before"].notna().sum() == 3
        assert table.attrs["ukcso"]["release_id"] == release

    def test_residents_that_are_not_known_are_told(self) -> None:
        """Version 1 has no Welsh children of 2018: counts alone, and the notes say so."""
        with ukcso.pinned(population=1):
            table = changed("86", "2018/19")
        assert table.loc["gwent", "unusual"] == "usual"
        assert np.isnan(table.loc["gwent", "growth_rate"])
        notes = " ".join(table.attrs["ukcso"]["notes"])
        assert "counts alone" in notes

    def test_zeros(self) -> None:
        """Cumbria recorded none of class 71 in 2017/18: no growth, and a judgement all the same."""
        cumbria = changed("71", "2018/19").loc["cumbria"]
        assert cumbria["before"] == 0
        assert np.isnan(cumbria["growth"])
        assert np.isnan(cumbria["smallest_change"])
        assert (cumbria["upper"], cumbria["unusual"]) == (np.inf, "usual")

    def test_reasons_are_worded(self, forces: pd.DataFrame) -> None:
        """Each word of `why_not` has a sentence."""
        assert set(forces["why_not"].dropna()) <= set(WHY_NOT_JUDGED)
        assert all(text.endswith(".") for text in WHY_NOT_JUDGED.values())


class TestRefusals:
    """Names and years that cannot be meant."""

    @pytest.mark.parametrize(
        ("arguments", "options", "message"),
        [
            (("87", "2022/23"), {}, "no measure or offence code '87'"),
            (("86", "2022/23 Q1"), {}, "period must be one year"),
            (("86", "2012/13"), {}, "no count of 86 in 2011/12"),
            (("86", "2022/23"), {"against": "2022/23"}, "against must be a whole number of years"),
            (("86", "2022/23"), {"against": "2023/24"}, "against must be a whole number of years"),
            (("86", "2022/23"), {"against": "2021"}, "against must be a whole number of years"),
            (("86", "2022/23"), {"adjust": "bonferroni"}, "adjust must be one of"),
            (("86", "2022/23"), {"level": 95}, "level must be"),
            (("86", "2022/23"), {"kind": "county"}, "no kind 'county'"),
            (("86", "2022/23"), {"areas": "England"}, "of kind police_force_area; England is of"),
            (("86", "2022/23"), {"areas": []}, "areas must be a name, or several"),
            (("86", "2022/23"), {"ages": "0-5"}, "ages must be one of"),
            (("86", "2022/23"), {"release": "x"}, "release must be left out"),
            (("image_offences", "2017/18"), {"release": "x"}, "no release 'x'"),
        ],
    )
    def test_messages(self, arguments: tuple, options: dict[str, object], message: str) -> None:
        """The message names what is wrong."""
        with pytest.raises(InvalidInputError, match=message):
            ukcso.change_table(*arguments, **options)

    def test_an_unknown_area(self) -> None:
        """As `find_area` has it."""
        with pytest.raises(ukcso.UnknownAreaError):
            ukcso.change_table("86", "2022/23", areas="Kentt")


class TestFewAreas:
    """Tables in which little or nothing is compared."""

    def test_a_measure_without_exact_counts_of_years_has_rows_all_the_same(self) -> None:
        """No release prints forces' counts of two years: every row says no_count."""
        table = changed("image_and_grooming_offences", "2021/22")
        assert len(table) == 43
        assert set(table["why_not"]) <= {"no_count", "few_residents"}

    def test_how_many_areas_the_rest_is(self) -> None:
        """Of 43 forces one release prints both years of 16, and all official counts are there."""
        origin = changed("image_offences", "2017/18").attrs["ukcso"]
        assert (origin["n_areas"], origin["n_compared"]) == (43, 16)
        assert changed("86", "2022/23", areas="Kent").attrs["ukcso"]["n_compared"] == 42

    def test_one_judged_of_several_is_one(self) -> None:
        """The City of London is never judged: Kent beside it is judged alone."""
        notes = changed("86", "2022/23", areas=["Kent", "City of London"]).attrs["ukcso"]["notes"]
        assert "One area was judged: its P value needs no adjustment." in notes

    def test_residents_are_spoken_of_only_where_they_are_not_known(self) -> None:
        """Growth from 0 has no rate, although the residents are known."""
        table = changed("73", "2021/22", areas="Cleveland")
        assert (table["before"].item(), table["after"].item()) == (0, 6)
        assert not any("Where residents" in text for text in table.attrs["ukcso"]["notes"])
